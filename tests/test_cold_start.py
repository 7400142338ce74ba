"""A search from the command line loads nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = """
import json, sys
from reportsearch.cli import main
code = main(sys.argv[1:])
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""
HEAVY = (
    "sklearn", "scipy", "numpy", "jieba", "docx", "lxml", "charset_normalizer", "email",
    "importlib.metadata", "reportsearch.structure", "reportsearch.extract",
    "reportsearch.engine.memory",
)  # fmt: skip


def loaded(shipped_index: Path, *arguments: str) -> set[str]:
    command = [sys.executable, "-c", PROBE, "--index", str(shipped_index), *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    code, modules = json.loads(done.stderr)
    assert code == 0
    return set(modules)


@pytest.mark.parametrize("format_", ["table", "json"])
def test_a_search_loads_neither_jieba_nor_any_reader(shipped_index: Path, format_: str) -> None:
    modules = loaded(shipped_index, "search", "招商引资", "--format", format_)
    assert modules.isdisjoint(HEAVY)
    assert "rjieba" in modules


def test_json_needs_no_terminal_library(shipped_index: Path) -> None:
    modules = loaded(shipped_index, "search", "招商引资", "--format", "json")
    assert not {name for name in modules if name.startswith("rich")}
