"""Measure, and learn, how the portfolios of passages are decided.

    python benchmarks/portfolios.py [SET ...] [-v] [--write]

A SET is a folder with ``texts/`` and ``gold.json``, as ``tools/measure_truth.py`` reads it. The
reports of ``corpus/`` that ``tests/gold/passages.json`` judges are always included. Every report is
judged with weights learnt from the others alone. The table says what each kind of evidence adds,
with 95 % intervals from 2,000 samples of whole reports; the last row uses the weights that ship,
which were learnt from these reports. --write learns the weights from all reports and writes
``data/portfolio_weights.toml``; -v lists the differences.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from reportsearch import extract, lexicon, structure
from reportsearch.models.report import Report
from reportsearch.structure.portfolio_assignment import find_features, load_weights
from reportsearch.structure.portfolio_features import FEATURES, NAMING
from reportsearch.tokenizer import Tokenizer

PROJECT = Path(__file__).parents[1]
WEIGHTS = PROJECT / "src" / "reportsearch" / "data" / "portfolio_weights.toml"
WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)
NAMES = [portfolio.name for portfolio in WORDS.portfolios]

_STRENGTH = 3.0
_CUT = 0.6
"""Log odds from which a portfolio is given."""
_SAMPLES = 2_000
_CORPUS = "corpus"
_KIND_OF_TEXT = (
    "personal", "personal words", "weaknesses", "plans", "closing", "opening",
    "long",
)  # fmt: skip
_STEPS = {
    "words of the lists": ("words", "several", *_KIND_OF_TEXT),
    "+ heading": ("heading above",),
    "+ run-in label": (),
    "+ declared duties": ("declared", "declared words", "declared alone", "undeclared"),
    "+ model": (
        "sentence", "clause", "passage", "odds", "clause long", "sentence long", "heading model",
        "undeclared by model",
    ),
    "+ neighbours": ("neighbours", "between", "neighbours alone"),
    "+ post": ("other post", "post alone", "post weaknesses", "post outside"),
}  # fmt: skip


@dataclass
class Judged:
    """Some text of a report: its passages, the portfolios wanted, and those allowed besides."""

    text: str
    passages: list[int]
    wanted: set[str]
    allowed: set[str]


@dataclass
class JudgedReport:
    """A report with what its passages are about."""

    name: str
    set: str
    values: Any
    named: dict[str, Any]
    sources: list[int]
    judged: list[Judged]


def read_report(path: Path) -> Report:
    """Return a parsed report."""
    read = extract.read_trusted(path.read_bytes(), path.name)
    return structure.parse_report(
        read.text,
        path.name,
        WORDS,
        TOKENIZER,
        name=path.stem,
        lines_are_paragraphs=read.lines_are_paragraphs,
    )


def get_features(report: Report) -> tuple[Any, dict[str, Any], list[int]]:
    """Return the features of a report, what its headings and labels name, and its tables' rows."""
    info = report.info
    features = find_features(
        report.text,
        report.sections,
        report.passages,
        report.duties,
        info.post,
        info.title or "",
        WORDS,
        TOKENIZER,
    )
    return features.values, features.is_named, features.find_sources()


def read_set(folder: Path) -> list[JudgedReport]:
    """Return the reports of a set whose passages are judged."""
    reports = []
    for name, gold in json.loads((folder / "gold.json").read_text(encoding="utf-8")).items():
        paths = sorted((folder / "texts").glob(f"{name}[_.]*"))
        if not paths or not gold.get("passages"):
            continue
        report = read_report(paths[0])
        judged = []
        for entry in gold["passages"]:
            start = report.text.find(entry["start"])
            end = report.text.find("\n", start)
            end = len(report.text) if end < 0 else end
            overlapping = [
                number
                for number, passage in enumerate(report.passages)
                if start >= 0 and passage.start < end and passage.end > start + 2
            ]
            judged.append(
                Judged(
                    report.text[start:end] if start >= 0 else entry["start"],
                    overlapping,
                    set(entry["portfolios"]),
                    set(entry["also"]),
                )
            )
        reports.append(JudgedReport(name, folder.name, *get_features(report), judged))
    return reports


def read_corpus() -> list[JudgedReport]:
    """Return the reports of ``corpus/`` whose passages are judged."""
    gold = PROJECT / "tests" / "gold" / "passages.json"
    reports = []
    for entry in json.loads(gold.read_text(encoding="utf-8")):
        report = read_report(PROJECT / "corpus" / entry["report"])
        judged = [
            Judged(
                passage.text,
                [number],
                set(entry["on"].get(str(passage.number), ())),
                set(entry["doubtful"].get(str(passage.number), ())),
            )
            for number, passage in enumerate(report.passages)
        ]
        reports.append(JudgedReport(entry["report"], _CORPUS, *get_features(report), judged))
    return reports


def learn(reports: Sequence[JudgedReport], columns: Sequence[int]) -> tuple[Any, float]:
    """Return the weights of features, and the intercept. Each set counts as much as another."""
    rows, right, sets = [], [], []
    for report in reports:
        for one in report.judged:
            if len(one.passages) != 1 or report.sources[one.passages[0]] != one.passages[0]:
                continue
            for column, name in enumerate(NAMES):
                if name in one.allowed - one.wanted:
                    continue
                rows.append(report.values[columns, one.passages[0], column])
                right.append(name in one.wanted)
                sets.append(report.set)
    different = sorted(set(sets))
    sizes = Counter(one for one, is_right in zip(sets, right, strict=True) if is_right)
    share = sizes.total() / len(different)
    weights = np.array([share / max(sizes[one], 1) for one in sets])
    model = LogisticRegression(C=_STRENGTH, max_iter=1_000)
    model.fit(np.array(rows), np.array(right), sample_weight=weights)
    return model.coef_[0], float(model.intercept_[0]) - _CUT


def judge(
    report: JudgedReport,
    columns: Sequence[int],
    weights: Any,
    intercept: float,
    bases: Sequence[str] = NAMING,
    *,
    verbose: bool,
) -> tuple[int, int, int]:
    """Return the numbers of right, found and wanted portfolios."""
    sums = np.tensordot(weights, report.values[columns], 1) + intercept
    for basis in bases:
        sums[report.named[basis]] = 1
    sums = np.maximum(sums, sums[report.sources])
    right = found = wanted = 0
    for one in report.judged:
        got = {NAMES[column] for at in one.passages for column in np.flatnonzero(sums[at] > 0)}
        right += len(got & one.wanted)
        found += len(got - (one.allowed - one.wanted))
        wanted += len(one.wanted)
        extra, missed = sorted(got - one.allowed - one.wanted), sorted(one.wanted - got)
        if verbose and (extra or missed):
            print(f"  {report.name}: {one.text[:40]!r}: found {extra}, missed {missed}")
    return right, found, wanted


def describe(counts: Sequence[tuple[int, int, int]]) -> str:
    """Return precision and recall with intervals from samples of whole reports."""
    table = np.array(counts)
    chance = np.random.default_rng(18)
    samples = table[chance.integers(0, len(table), (_SAMPLES, len(table)))].sum(1)
    texts = []
    for under in (1, 2):
        total = table.sum(0)
        shares = samples[:, 0] / np.maximum(samples[:, under], 1)
        low, high = np.quantile(shares, (0.025, 0.975))
        texts.append(f"{total[0] / max(total[under], 1):.3f} [{low:.2f}, {high:.2f}]")
    return "  ".join(texts)


def show(reports: Sequence[JudgedReport], *, verbose: bool) -> None:
    """Print the table."""
    print(f"{'':<34}{'precision':<21}{'recall'}")
    used: list[str] = []
    bases: list[str] = []
    for step, names in _STEPS.items():
        used += names
        bases += [basis for basis in NAMING if basis in step]
        columns = [FEATURES.index(name) for name in used]
        counts = []
        for left_out in reports:
            learnt = learn([one for one in reports if one is not left_out], columns)
            is_last = verbose and step == list(_STEPS)[-1]
            counts.append(judge(left_out, columns, *learnt, bases, verbose=is_last))
        show_rows(step, reports, counts)
    shipped = load_weights()
    everything = list(range(len(FEATURES)))
    counts = [
        judge(one, everything, shipped.weights, shipped.intercept, verbose=False) for one in reports
    ]
    show_rows("(weights that ship)", reports, counts)


def show_rows(
    step: str, reports: Sequence[JudgedReport], counts: Sequence[tuple[int, int, int]]
) -> None:
    """Print a row for the sets, and one for the reports that ship."""
    for label in dict.fromkeys(report.set for report in reports):
        chosen = [
            count for report, count in zip(reports, counts, strict=True) if report.set == label
        ]
        if chosen:
            print(f"{step:<24}{label:<18}{describe(chosen)}", flush=True)
            step = ""


def write_weights(reports: Sequence[JudgedReport]) -> None:
    """Learn the weights from all reports and write them."""
    weights, intercept = learn(reports, list(range(len(FEATURES))))
    lines = [
        "# Weights of what speaks for a portfolio in a passage, as portfolio_features.py has them,",
        "# learnt by benchmarks/portfolios.py --write. A passage is on a portfolio if the weighed",
        "# sum and the intercept exceed 0.",
        "",
        f"intercept = {intercept:.3f}",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.3f}' for name, weight in zip(FEATURES, weights, strict=True)),
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table, or write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", type=Path, help="folders with texts and gold.json")
    parser.add_argument("-v", "--verbose", action="store_true", help="list the differences")
    parser.add_argument("--write", action="store_true", help="write the weights")
    options = parser.parse_args()
    reports = [one for folder in options.sets for one in read_set(folder)] + read_corpus()
    if options.write:
        write_weights(reports)
    else:
        show(reports, verbose=options.verbose)


if __name__ == "__main__":
    main()
