"""A search from the command line loads nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from reportsearch import Archive

PROBE = """
import json, sys
from reportsearch.cli import main
code = main(sys.argv[1:])
sys.stderr.write(json.dumps([code, sorted(sys.modules)]))
"""
HEAVY = (
    "sklearn", "scipy", "jieba", "docx", "lxml", "charset_normalizer", "email",
    "importlib.metadata", "reportsearch.structure", "reportsearch.extract",
    "reportsearch.search.memory",
)  # fmt: skip


@cache
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


WITHOUT_RJIEBA = """
import sys
sys.modules["rjieba"] = None
from reportsearch import Archive
with Archive.open(sys.argv[1]) as archive:
    print(archive.search("养老补贴").matched.passages, archive.count_outdated(), "jieba" in sys.modules)
"""


def test_where_rjieba_is_missing_jieba_does_its_work(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        expected = archive.search("养老补贴").matched.passages
    command = [sys.executable, "-W", "ignore", "-c", WITHOUT_RJIEBA, str(shipped_index)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    # The reports were cut by the other segmenter, so the index counts as outdated.
    assert done.stdout.split() == [str(expected), "16", "True"]
