"""What the parser finds of what careful readers found, in the corpus that ships.

The gold (tests/gold/) was written by readers who had not seen the parser. The floors are a little
under what benchmarks/structure_gold.py measures: they hold what has been reached.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from benchmarks.structure_gold import (
    Score,
    measure_declarations,
    measure_openings,
    measure_passages,
    measure_reports,
)

from reportsearch import structure
from reportsearch.lexicon import Lexicon
from reportsearch.tokenizer import Tokenizer
from tests.conftest import CORPUS, PROJECT

GOLD = PROJECT / "tests" / "gold"

REPORTS = {
    "title": (1.0, 1.0),
    "kind": (1.0, 1.0),
    "year": (1.0, 1.0),
    "date": (1.0, 1.0),
    "post": (1.0, 1.0),
    "level": (1.0, 1.0),
    "region": (1.0, 1.0),
    "sections": (1.0, 0.99),
    "declared": (0.97, 0.95),
    "duties of no portfolio": (0.8, 1.0),
    "portfolios of sections": (0.86, 0.92),
}
OPENINGS = {
    "title": (1.0, 1.0),
    "kind": (1.0, 1.0),
    "year": (1.0, 1.0),
    "date": (1.0, 1.0),
    "post": (0.94, 0.94),
    "level": (0.84, 0.82),
    "region": (0.94, 0.92),
    "declared": (0.96, 0.99),
    "duties of no portfolio": (0.9, 1.0),
}


@pytest.fixture(scope="module")
def reports() -> dict[str, Score]:
    return measure_reports(CORPUS, GOLD)


@pytest.fixture(scope="module")
def openings() -> dict[str, Score]:
    return measure_openings(GOLD / "openings.json")


@pytest.mark.parametrize("field", REPORTS)
def test_the_shipped_reports_are_read_as_readers_read_them(
    reports: dict[str, Score], field: str
) -> None:
    precision, recall = REPORTS[field]
    assert reports[field].precision >= precision
    assert reports[field].recall >= recall


@pytest.mark.parametrize("field", OPENINGS)
def test_openings_of_all_kinds_are_read_as_readers_read_them(
    openings: dict[str, Score], field: str
) -> None:
    precision, recall = OPENINGS[field]
    assert openings[field].precision >= precision
    assert openings[field].recall >= recall


def test_passages_are_on_the_portfolios_that_a_reader_found() -> None:
    score = measure_passages(CORPUS, GOLD / "passages.json")
    assert score.precision >= 0.98
    assert score.recall >= 0.94


def test_sentences_that_declare_duties_are_told_from_those_that_seem_to() -> None:
    score = measure_declarations(GOLD / "declarations.json")
    assert score.differences == []


def test_every_report_of_the_corpus_has_its_gold() -> None:
    golds = [json.loads(path.read_text("utf-8")) for path in GOLD.glob("*.json")]
    files = {gold["file"] for gold in golds if isinstance(gold, dict) and "file" in gold}
    kept = {path.name for path in CORPUS.iterdir()} - {"README.md", "metadata.csv"}
    assert files == kept
    assert len(files) >= 12


def test_the_seed_has_its_thirteen_sections_and_five_portfolios(
    words: Lexicon, tokenizer: Tokenizer
) -> None:
    name = "副县长2023年履职情况的报告"
    gold: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    report = structure.parse_report(text, name, words, tokenizer)
    levels = [section.level for section in report.sections]
    assert (levels.count(1), levels.count(2)) == (4, 9)
    assert [s.heading for s in report.sections] == [s["heading"] for s in gold["sections"]]
    assert report.info.declared == ("民政", "文旅", "生态环境", "供销", "招商引资")
    assert "##" not in report.text
