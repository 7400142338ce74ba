"""Measure the parser against what careful readers find in a report.

    python benchmarks/structure_gold.py [-v]

Precision and recall of metadata, sections and portfolios against tests/gold/. A section counts as
found if level and heading are exactly the reader's; -v lists the differences. Portfolios are also
measured passage by passage, in characters. A passage about several portfolios counts for each, and
a passage on which readers may disagree (tests/gold/passages.json, "doubtful") for none.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportsearch import extract, lexicon, structure
from reportsearch.models.report import Report
from reportsearch.tokenizer import Tokenizer

PROJECT = Path(__file__).parents[1]
METADATA = ("title", "kind", "year", "date", "post", "level", "region")


@dataclass
class Score:
    """Counts of found items, wanted items, and items that are both."""

    both: int = 0
    found: int = 0
    wanted: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of the found items that are right."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the wanted items that were found."""
        return self.both / self.wanted if self.wanted else 1.0

    def add(self, name: str, found: set[Any], wanted: set[Any]) -> None:
        """Count one report."""
        self.both += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)
        if found != wanted:
            extra, missed = sorted(map(str, found - wanted)), sorted(map(str, wanted - found))
            self.differences.append(f"{name}: found {extra}, missed {missed}")


def _known(value: object) -> set[object]:
    return set() if value is None else {value}


def measure_reports(corpus: Path, gold: Path) -> dict[str, Score]:
    """Score the reports of a corpus."""
    words = lexicon.load()
    tokenizer = Tokenizer(words)
    scores: dict[str, Score] = defaultdict(Score)
    for path in sorted(gold.glob("*.json")):
        wanted = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(wanted, dict) or "file" not in wanted:
            continue
        file = corpus / wanted["file"]
        read = extract.read_trusted(file.read_bytes(), file.name)
        report = structure.parse_report(
            read.text,
            file.name,
            words,
            tokenizer,
            name=file.stem,
            lines_are_paragraphs=read.lines_are_paragraphs,
        )
        for name in METADATA:
            scores[name].add(file.name, _known(getattr(report.info, name)), _known(wanted[name]))
        scores["sections"].add(
            file.name,
            {(section.level, section.heading) for section in report.sections},
            {(section["level"], section["heading"]) for section in wanted["sections"]},
        )
        scores["declared"].add(
            file.name,
            {(duty.portfolio, duty.role) for duty in report.duties if duty.portfolio},
            {(duty["portfolio"], duty["role"]) for duty in wanted["declared"] if duty["portfolio"]},
        )
        scores["duties of no portfolio"].add(
            file.name,
            _others(report),
            {(duty["item"], duty["role"]) for duty in wanted["declared"] if not duty["portfolio"]},
        )
        scores["portfolios of sections"].add(
            file.name,
            {(s.heading, entry.portfolio) for s in report.sections for entry in s.portfolios},
            {(s["heading"], name) for s in wanted["sections"] for name in s["about"]},
        )
    return dict(scores)


def measure_passages(corpus: Path, gold: Path) -> Score:
    """Score the characters of passages about portfolios."""
    words = lexicon.load()
    tokenizer = Tokenizer(words)
    score = Score()
    for wanted in json.loads(gold.read_text(encoding="utf-8")):
        file = corpus / wanted["report"]
        read = extract.read_trusted(file.read_bytes(), file.name)
        report = structure.parse_report(
            read.text,
            file.name,
            words,
            tokenizer,
            name=file.stem,
            lines_are_paragraphs=read.lines_are_paragraphs,
        )
        for passage in report.passages:
            right = set(wanted["on"].get(str(passage.number), ()))
            doubtful = set(wanted["doubtful"].get(str(passage.number), ()))
            found = set(passage.portfolios) - doubtful
            size = len("".join(passage.text.split()))
            score.both += size * len(found & right)
            score.found += size * len(found)
            score.wanted += size * len(right)
            if found != right:
                extra, missed = sorted(found - right), sorted(right - found)
                score.differences.append(f"{passage.id}: found {extra}, missed {missed}")
    return score


def measure_openings(gold: Path) -> dict[str, Score]:
    """Score the beginnings of reports of all kinds."""
    words = lexicon.load()
    tokenizer = Tokenizer(words)
    scores: dict[str, Score] = defaultdict(Score)
    for number, wanted in enumerate(json.loads(gold.read_text(encoding="utf-8")), 1):
        report = structure.parse_report(wanted["text"], str(number), words, tokenizer, name="报告")
        for name in METADATA:
            scores[name].add(str(number), _known(getattr(report.info, name)), _known(wanted[name]))
        scores["declared"].add(
            str(number),
            {(duty.portfolio, duty.role) for duty in report.duties if duty.portfolio},
            {(duty["portfolio"], duty["role"]) for duty in wanted["declared"]},
        )
        scores["duties of no portfolio"].add(
            str(number),
            _others(report),
            {(duty["item"], duty["role"]) for duty in wanted.get("others", ())},
        )
    return dict(scores)


def measure_declarations(gold: Path) -> Score:
    """Score sentences that declare duties, or seem to."""
    words = lexicon.load()
    tokenizer = Tokenizer(words)
    score = Score()
    for number, wanted in enumerate(json.loads(gold.read_text(encoding="utf-8")), 1):
        report = structure.parse_report(wanted["text"], str(number), words, tokenizer, name="报告")
        score.add(
            wanted["text"].splitlines()[2],
            {(duty.item, duty.portfolio, duty.role) for duty in report.duties},
            {(duty["item"], duty["portfolio"], duty["role"]) for duty in wanted["declared"]},
        )
    return score


def _others(report: Report) -> set[tuple[str, str]]:
    return {(duty.item, duty.role) for duty in report.duties if not duty.portfolio}


def show(title: str, scores: dict[str, Score], *, verbose: bool) -> None:
    """Print a table."""
    print(f"{title}\n{'':<24}found  right  wanted  precision  recall")
    for name, score in scores.items():
        print(
            f"{name:<24}{score.found:5}  {score.both:5}  {score.wanted:6}  "
            f"{score.precision:9.3f}  {score.recall:6.3f}"
        )
        for difference in score.differences if verbose else ():
            print(f"    {difference}")
    print()


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-v", "--verbose", action="store_true", help="list the differences")
    options = parser.parse_args()
    gold = PROJECT / "tests" / "gold"
    reports = measure_reports(PROJECT / "corpus", gold)
    show("The sixteen reports that ship", reports, verbose=options.verbose)
    passages = measure_passages(PROJECT / "corpus", gold / "passages.json")
    show("Eight of them, characters", {"portfolios of passages": passages}, verbose=options.verbose)
    openings = measure_openings(gold / "openings.json")
    show("Forty openings", openings, verbose=options.verbose)
    declarations = measure_declarations(gold / "declarations.json")
    show("Twenty-four declarations", {"duties": declarations}, verbose=options.verbose)


if __name__ == "__main__":
    main()
