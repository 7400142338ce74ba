"""Mangled files in a run: each is read or named, and no neighbour is lost."""

from __future__ import annotations

from pathlib import Path

from tests.mangled_files import check_mangled_files


def test_no_mangled_file_stops_a_run_or_costs_a_neighbour(tmp_path: Path) -> None:
    """Forty of them; three hundred: benchmarks/campaigns/mangled_files.py."""
    check_mangled_files(tmp_path, 40, 20261124)
