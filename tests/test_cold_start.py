"""A search from the command line loads nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from reportsearch import Archive

PROBE = """
import json, sys
from reportsearch.cli import main
for format_ in ("json", "table"):
    code = main([*sys.argv[1:], "--format", format_])
    sys.stderr.write(json.dumps([code, sorted(sys.modules)]) + "\\n")
"""
HEAVY = (
    "sklearn", "scipy", "jieba", "docx", "lxml", "charset_normalizer", "email",
    "importlib.metadata", "reportsearch.structure", "reportsearch.extract",
    "reportsearch.search.memory",
    # What draws.
    "altair", "vl_convert", "jinja2", "reportsearch.output.plots.style",
)  # fmt: skip


@pytest.fixture(scope="module")
def loaded(shipped_index: Path) -> dict[str, set[str]]:
    """The modules after a search printed as JSON, and after one more, printed as a table."""
    command = [sys.executable, "-c", PROBE, "--index", str(shipped_index), "search", "招商引资"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    codes, modules = zip(*map(json.loads, done.stderr.splitlines()), strict=True)
    assert codes == (0, 0)
    return dict(zip(("json", "table"), map(set, modules), strict=True))


@pytest.mark.parametrize("format_", ["table", "json"])
def test_a_search_loads_neither_jieba_nor_any_reader(
    loaded: dict[str, set[str]], format_: str
) -> None:
    assert loaded[format_].isdisjoint(HEAVY)
    assert "rjieba" in loaded[format_]


def test_json_needs_no_terminal_library(loaded: dict[str, set[str]]) -> None:
    assert not {name for name in loaded["json"] if name.startswith("rich")}
    assert "rich" in loaded["table"]


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
