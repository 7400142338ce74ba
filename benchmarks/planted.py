"""Measure how much copied text is found, and how exactly, if it was edited after copying.

    python -m benchmarks.planted [REPORTS ...] [--seed 1] [--hosts 200]

REPORTS are folders of reports, or ``.jsonl``/``.jsonl.gz`` files with one report per row; default:
``corpus/``. Each host is a real report into which spans of 40-300 compared characters of other
reports, its donors, are inserted at random places, at least APART characters from one another. Of
the characters of a span, 0, 10 or 20 % are edited at random places: a third substituted, a third
deleted, a third preceded by a new one. New characters are drawn from the reports. Donors share no
run of 8 characters with the original host, so that anything found outside the spans is wrong; with
a run of 8 to 12, most would share a sentence apart from its figures. Long reports are first cut
into pieces of at most 4,000 characters. The host is compared with all of its donors at once,
without formulae.

By characters: those in an exact run or in a stretch with small edits against those that were
planted. By spans: adjacent matches in one donor are joined into regions; a span is found if a
region of its own donor covers it with an intersection of at least half of the union. A region is
wrong if it matches no span and either overlaps no planted span at all or is a fragment of a span of
the same donor. "Exact" is the recall of characters by exact runs alone. The last lines compare
hosts with nothing planted with reports that share no run of 8, and of 13 characters. Matches with
small edits are due to chance in the first case, and mostly real in the second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from reportsearch import Archive
from reportsearch.analysis.matching.formulae import SetPhraseIndex
from reportsearch.analysis.reuse.report_comparison import (
    SourceMatches,
    TextComparison,
    compare_text,
)
from reportsearch.comparable import ComparableText

CORPUS = Path(__file__).parents[1] / "corpus"
RATES = (0.0, 0.1, 0.2)
MIN_CHARS = 13
UNRELATED = 8
"""Donors share no run of this length with their host."""
PIECE = 4000
SHORTEST, LONGEST = 40, 300
SPANS = 6
"""Spans planted into each host."""
DONORS = 4
"""Donors per host."""
APART = 60
NEVER = 10**6
"""More officials than there are, so that there are no formulae."""


@dataclass(frozen=True)
class Planted:
    """A span of a host, and the span of a donor from which it was copied."""

    start: int
    end: int
    donor: int
    donor_start: int
    donor_end: int


@dataclass(frozen=True)
class Host:
    """A report with planted spans, its original text and its donors, all as compared characters."""

    text: str
    before: str
    donors: tuple[str, ...]
    planted: tuple[Planted, ...]


@dataclass(frozen=True)
class Tally:
    """Counts of right, found and wanted items."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Return the precision; 1 if nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Return the recall; 1 if nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Score:
    """The measures at one edit rate, summed over hosts."""

    chars: Tally = Tally()
    spans: Tally = Tally()
    exact: Tally = Tally()

    def __add__(self, other: Score) -> Score:
        return Score(self.chars + other.chars, self.spans + other.spans, self.exact + other.exact)


def read(paths: Iterable[Path], most: int | None = None) -> list[str]:
    """Return the reports as pieces of compared characters, at most ``most`` rows per file."""
    texts: list[str] = []
    for path in paths:
        if path.is_dir():
            with Archive.in_memory() as archive:
                archive.index(path)
                texts.extend(report.text for report in archive.reports())
        else:
            texts.extend(islice(_rows(path), most))
    return cut_into_pieces(texts)


def cut_into_pieces(texts: Iterable[str]) -> list[str]:
    """Return the compared characters of the texts in pieces."""
    pieces = [
        text[at : at + PIECE]
        for text in (ComparableText.of(original).text for original in texts)
        for at in range(0, len(text), PIECE)
    ]
    return [piece for piece in dict.fromkeys(pieces) if len(piece) > 2 * LONGEST]


def _rows(path: Path) -> Iterator[str]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)["text"]


def _grams(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def hosts_of(
    texts: Sequence[str], count: int, rate: float, seed: int, *, unrelated: int = UNRELATED
) -> Iterator[Host]:
    """Yield hosts with planted spans; for one seed, they are the same at each rate."""
    grams = [_grams(text, unrelated) for text in texts]
    drawn = "".join(texts)
    order = random.Random(f"{seed} hosts")  # noqa: S311
    made = 0
    for attempt in range(4 * count):
        own = order.randrange(len(texts))
        others = order.sample(range(len(texts)), len(texts))
        candidates = (at for at in others if at != own and grams[at].isdisjoint(grams[own]))
        donors = tuple(texts[at] for at in islice(candidates, DONORS))
        if not donors:
            continue
        yield _planted(texts[own], donors, rate, drawn, f"{seed} {attempt}")
        made += 1
        if made == count:
            return


def _planted(before: str, donors: tuple[str, ...], rate: float, drawn: str, seed: str) -> Host:
    places, edits = random.Random(f"{seed} places"), random.Random(f"{seed} edits")  # noqa: S311
    # One place in each stretch of the host, away from its ends.
    size = len(before) / SPANS
    at = [
        int(size * number + APART / 2 + places.random() * max(0.0, size - APART))
        for number in range(SPANS)
    ]
    text, last = "", 0
    planted = []
    for place in at:
        donor = places.randrange(len(donors))
        length = min(places.randint(SHORTEST, LONGEST), len(donors[donor]))
        start = places.randint(0, len(donors[donor]) - length)
        text += before[last:place]
        last = place
        copied = edited(donors[donor][start : start + length], rate, drawn, edits)
        planted.append(Planted(len(text), len(text) + len(copied), donor, start, start + length))
        text += copied
    return Host(text + before[last:], before, donors, tuple(planted))


def edited(text: str, rate: float, drawn: str, chance: random.Random) -> str:
    """Substitute, delete, or precede by a new one, a share of the characters of a text."""
    chars = list(text)
    places = chance.sample(range(len(text)), round(rate * len(text)))
    for number, place in enumerate(places):
        new = chance.choice(drawn)
        while new == text[place]:
            new = chance.choice(drawn)
        chars[place] = (new, "", new + text[place])[number % 3]
    return "".join(chars)


def compared_with(text: str, donors: Sequence[str]) -> TextComparison:
    """Compare the host with its donors."""
    return compare_text(
        text,
        donors,
        min_chars=MIN_CHARS,
        formula_officials=NEVER,
        officials=range(len(donors)),
        own=len(donors),
        counts_itself=True,
        phrases=SetPhraseIndex(()),
    )


def spans_of(share: SourceMatches) -> list[tuple[int, int]]:
    """Return the spans of a host that occur in one donor."""
    runs = [(run.start, run.end) for run in share.runs]
    return runs + [(stretch.start, stretch.end) for stretch in share.edited_matches]


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge spans that touch or overlap."""
    regions: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(regions[-1][1], end))
        else:
            regions.append((start, end))
    return regions


def _mask(length: int, spans: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    mask = np.zeros(length, dtype=np.bool_)
    for start, end in spans:
        mask[start:end] = True
    return mask


def _likeness(region: tuple[int, int], planted: Planted) -> float:
    """Return the intersection over the union (Jaccard)."""
    common = min(region[1], planted.end) - max(region[0], planted.start)
    union = max(region[1], planted.end) - min(region[0], planted.start)
    return max(0, common) / union


def score(host: Host) -> Score:
    """Score what is found of the spans of a host."""
    shares = compared_with(host.text, host.donors).source_matches
    length = len(host.text)
    wanted = _mask(length, ((span.start, span.end) for span in host.planted))
    found = _mask(length, (span for share in shares for span in spans_of(share)))
    exact = _mask(length, ((run.start, run.end) for share in shares for run in share.runs))
    matched: set[Planted] = set()
    right = wrong = 0
    for share in shares:
        for region in joined(spans_of(share)):
            own = [span for span in host.planted if span.donor == share.source]
            matches = [span for span in own if _likeness(region, span) >= 0.5]
            matched.update(matches)
            right += bool(matches)
            # Donors may share text: a match with another's span is not an error.
            is_fragment = any(_likeness(region, span) > 0 for span in own)
            wrong += not matches and (is_fragment or not wanted[slice(*region)].any())
    return Score(
        Tally(int((wanted & found).sum()), int(found.sum()), int(wanted.sum())),
        Tally(len(matched), len(matched) + wrong, len(host.planted)),
        Tally(int((wanted & exact).sum()), int(exact.sum()), int(wanted.sum())),
    )


def scores(texts: Sequence[str], count: int, seed: int) -> dict[float, Score]:
    """Return the measures at each edit rate."""
    return {rate: sum(map(score, hosts_of(texts, count, rate, seed)), Score()) for rate in RATES}


@dataclass(frozen=True)
class Unplanted:
    """Matches with small edits between reports that share no long run."""

    pairs: int
    with_edits: int
    chars: int
    edited: int


def unplanted(texts: Sequence[str], count: int, seed: int, unrelated: int) -> Unplanted:
    """Compare the original hosts with their donors."""
    pairs = with_edits = chars = edits = 0
    for host in hosts_of(texts, count, 0.0, seed, unrelated=unrelated):
        comparison = compared_with(host.before, host.donors)
        pairs += len(host.donors)
        chars += len(host.before)
        with_edits += sum(bool(share.edited_matches) for share in comparison.source_matches)
        edits += int(comparison.mark_edited(comparison.source_matches).sum())
    return Unplanted(pairs, with_edits, chars, edits)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="REPORTS", default=[CORPUS])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hosts", type=int, default=200, help="with 6 spans each")
    parser.add_argument("--most", type=int, help="reports of each file with a report a row")
    parser.add_argument("--half", type=int, choices=(0, 1), help="of the reports every other one")
    options = parser.parse_args()
    texts = read(options.paths, options.most)
    if options.half is not None:
        texts = texts[options.half :: 2]
    print(
        f"{time.strftime('%Y-%m-%d')} {sys.version.split()[0]}: {len(texts)} reports, "
        f"{sum(map(len, texts))} characters, seed {options.seed}\n"
        f"{'':<8}{'':>7}{'characters':>25}{'spans':>25}\n"
        f"{'edited':<8}{'spans':>7}{'P':>9}{'R':>8}{'F1':>8}{'P':>9}{'R':>8}{'F1':>8}{'exact':>9}"
    )
    for rate, result in scores(texts, options.hosts, options.seed).items():
        cells = "".join(
            f"{each.precision:9.3f}{each.recall:8.3f}{each.f1:8.3f}"
            for each in (result.chars, result.spans)
        )
        print(f"{rate:<8.0%}{result.spans.wanted:>7}{cells}{result.exact.recall:9.3f}", flush=True)
    for unrelated in (UNRELATED, MIN_CHARS):
        nothing = unplanted(texts, options.hosts, options.seed, unrelated)
        print(
            f"nothing planted, no common {unrelated} characters: {nothing.pairs} pairs, "
            f"{nothing.with_edits} with small edits, {nothing.edited} of {nothing.chars} characters"
        )


if __name__ == "__main__":
    main()
