"""Mangled files in a run: each is read or named, and no neighbour is lost."""

from __future__ import annotations

from pathlib import Path

from tests.mangled_files import find_faults


def test_no_mangled_file_stops_a_run_or_costs_a_neighbour(tmp_path: Path) -> None:
    """Forty of them; ten thousand: benchmarks/faults/mangled_files.py."""
    assert find_faults(tmp_path, 40, 20261124) == []
