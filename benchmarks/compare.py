"""Check that ``compare`` finds real differences, and none where there are none.

    python -m benchmarks.compare REPORTS.jsonl.gz [--splits 100] [--planted 5]

*Null*: the reports are split at random into two groups, half and half, and 10 against the others.
No term should differ. Counted are the splits in which some term has q < .01, those with q < .05,
and the share of terms whose confidence interval excludes zero, of which 5 % are expected.

*Planted*: made-up words are scattered over the texts at some rate, and at twice that rate in one
half of the reports. Counted are those with q < .01, those with q < .05, and those among the
distinctive terms of the group.

The same run measures the two most obvious tests on the same words: log-likelihood over tokens
(Rayson and Garside 2000) and over reports with and without a word (Dunning 1993), both with
Benjamini–Hochberg correction.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.special import chdtrc

from benchmarks.reuse import opened
from reportsearch import Archive
from reportsearch.analysis.compare import statistics
from reportsearch.analysis.compare.keyness import Keyness
from reportsearch.analysis.compare.selection import PassageSelection, read_selection
from reportsearch.analysis.groups import GroupBy
from reportsearch.arrays import Floats, Ints
from reportsearch.models.compare import PHRASES

RATES = (1, 2, 5, 10, 20)
"""Frequencies per 10,000 words."""
WORDS_A_RATE = 20
LEVELS = (0.01, 0.05)
SMALL = 10
TESTS = ("ranks of reports (ours)", "reports with the word, G2", "tokens, G2")


def selection_of(rows: Sequence[dict[str, str]]) -> PassageSelection:
    """Return the reports as ``compare`` reads them."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (place / "rows.jsonl").open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        with Archive.create(place / "index") as archive:
            archive.index(place / "rows.jsonl")
            held = archive._corpus  # noqa: SLF001
            return read_selection(held, GroupBy("report"), None, PHRASES, None)


def split(selection: PassageSelection, size: int, seed: int) -> Keyness:
    """Compare ``size`` reports, drawn at random, with the others."""
    reports = np.random.default_rng(seed).permutation(len(selection.infos))[:size]
    return Keyness(selection.table, np.flatnonzero(np.isin(selection.report, reports)))


def q_values(against: Keyness) -> list[Floats]:
    """Return the q values of the three tests; NaN for words that are not tested."""
    here, rest = against.here, against.rest
    count, other = against.count.astype(float), against.rest_count.astype(float)
    words, rest_words = here.all_words, rest.all_words
    share = (count + other) / (words + rest_words)
    with np.errstate(divide="ignore", invalid="ignore"):
        tokens = 2 * (
            np.where(count > 0, count * np.log(count / (words * share)), 0.0)
            + np.where(other > 0, other * np.log(other / (rest_words * share)), 0.0)
        )
    reports = statistics.log_likelihood(against.units, here.units, against.rest_units, rest.units)
    tested = against.significance_tests
    if tested is None:
        raise ValueError("one of the sides is a single official")
    return [
        tested.q,
        statistics.benjamini_hochberg(chdtrc(1, reports)),
        statistics.benjamini_hochberg(chdtrc(1, np.maximum(tokens, 0.0))),
    ]


def null(selection: PassageSelection, size: int, splits: int) -> None:
    """Test random splits, in which nothing should differ."""
    found = np.zeros((len(TESTS), len(LEVELS)), dtype=int)
    terms = np.zeros((len(TESTS), len(LEVELS)), dtype=int)
    outside: list[float] = []
    for seed in range(splits):
        against = split(selection, size, seed)
        for test, q in enumerate(q_values(against)):
            for level, most in enumerate(LEVELS):
                number = int((q < most).sum())
                found[test, level] += number > 0
                terms[test, level] += number
        frequent = against.units + against.rest_units >= 4
        outside.append(float((against.bounds != 0)[frequent].mean()))
    reports = len(selection.infos)
    print(f"{splits} random splits, {size} of {reports} reports against the others")
    for test, name in enumerate(TESTS):
        told = ", ".join(
            f"q < {most}: {found[test, level]} splits, {terms[test, level] / splits:.2f} terms"
            for level, most in enumerate(LEVELS)
        )
        print(f"  {name:26} {told}")
    print(f"  terms whose interval leaves out zero: {np.mean(outside):.3f}")


def planted(rows: Sequence[dict[str, str]], seed: int) -> tuple[list[dict[str, str]], set[str]]:
    """Return rows with planted words, twice as many in one half, and the ids of that half."""
    drawn = random.Random(seed)  # noqa: S311
    counts = np.random.default_rng(seed)
    ids = [row["id"] for row in rows]
    half = set(drawn.sample(ids, len(ids) // 2))
    found = []
    for row in rows:
        lines = row["text"].split("\n")
        full = [number for number, line in enumerate(lines) if len(line) > 10]
        # About as many words as the program counts.
        words = 0.44 * len(row["text"])
        places: list[tuple[int, int, str]] = []
        for rate in RATES:
            expected = words * rate / 10_000 * (2 if row["id"] in half else 1)
            for number in range(WORDS_A_RATE):
                for _ in range(int(counts.poisson(expected))):
                    line = drawn.choice(full)
                    at = drawn.randrange(len(lines[line]))
                    places.append((line, at, f"planted{rate}x{number}"))
        # From the end, so that no word is inserted into another.
        for line, at, word in sorted(places, reverse=True):
            lines[line] = f"{lines[line][:at]} {word} {lines[line][at:]}"
        found.append({**row, "text": "\n".join(lines)})
    return found, half


def find_planted(rows: Sequence[dict[str, str]], times: int) -> None:
    """Count how many of the planted words are found."""
    found = np.zeros((len(RATES), len(TESTS) + 2))
    for seed in range(times):
        changed, half = planted(rows, seed)
        selection = selection_of(changed)
        inside = [number for number, info in enumerate(selection.infos) if info.id in half]
        against = Keyness(selection.table, np.flatnonzero(np.isin(selection.report, inside)))
        q = q_values(against)
        terms = {term: number for number, term in enumerate(selection.table.term_occurrences.terms)}
        apart = against.overused()
        for row, rate in enumerate(RATES):
            words = [f"planted{rate}x{number}" for number in range(WORDS_A_RATE)]
            places: Ints = np.array([terms[word] for word in words if word in terms])
            found[row, : len(TESTS)] += [int((values[places] < LEVELS[0]).sum()) for values in q]
            found[row, -2] += int((q[0][places] < LEVELS[1]).sum())
            found[row, -1] += int(apart[places].sum())
    print(f"planted at twice the rate into one half, {times} times {WORDS_A_RATE} words a rate")
    names = "  ".join([*(f"{name}, q < .01" for name in TESTS), "ours, q < .05", "set it apart"])
    print(f"  in 10,000 words:  {names}")
    for row, rate in enumerate(RATES):
        shares = "  ".join(f"{value:.2f}" for value in found[row] / (times * WORDS_A_RATE))
        print(f"  {rate:>3} and {2 * rate:>3}:  {shares}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, metavar="REPORTS.jsonl.gz")
    parser.add_argument("--splits", type=int, default=100)
    parser.add_argument("--planted", type=int, default=5)
    options = parser.parse_args()
    rows = list(opened(options.path))
    started = time.perf_counter()
    selection = selection_of(rows)
    print(f"{len(rows)} reports, {selection.table.terms} terms")
    null(selection, len(rows) // 2, options.splits)
    null(selection, SMALL, options.splits)
    find_planted(rows, options.planted)
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
