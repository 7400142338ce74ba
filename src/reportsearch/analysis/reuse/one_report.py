"""One text compared with all others: what it has in common with each, and what of it is formula.

All texts here are compared characters (see compared.py); so are the offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.edited_matches import Stretch, find_stretches
from reportsearch.analysis.matching.exact_matches import SEED, Diagonals, Run, diagonals, maximal

Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """What a text has in common with one source: exact runs, and stretches with small edits."""

    source: int
    runs: tuple[Run, ...]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A set phrase that stands in the text, and in how many sources."""

    text: str
    spans: tuple[tuple[int, int], ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """A text compared with sources: a share for each with which it has something in common."""

    length: int
    shares: tuple[Share, ...]
    formulae: tuple[formulae.Found, ...]
    set_phrases: tuple[SetPhrase, ...]

    def covered(self, shares: Iterable[Share]) -> Truths:
        """Which characters of the text are in an exact run of one of some shares."""
        spans = [(run.start, run.end) for share in shares for run in share.runs]
        return formulae.mask(self.length, spans)

    def edited(self, shares: Iterable[Share]) -> Truths:
        """Which characters are in a stretch with small edits of one of some shares."""
        spans = [(entry.start, entry.end) for share in shares for entry in share.stretches]
        return formulae.mask(self.length, spans)

    @property
    def is_formula(self) -> Truths:
        """Which characters are part of a formula."""
        spans = [(entry.start, entry.end) for entry in self.formulae]
        spans += [span for phrase in self.set_phrases for span in phrase.spans]
        return formulae.mask(self.length, spans)


def compare(
    text: str,
    sources: Sequence[str],
    *,
    min_chars: int,
    formula_officials: int,
    officials: Sequence[int],
    own: int,
    counts_itself: bool,
    phrases: formulae.Phrases,
) -> Comparison:
    """Compare a text with sources.

    ``officials`` gives each source's official as a number, ``own`` is the text's own;
    ``counts_itself`` tells that the text is one of the collection whose formulae are meant.
    """
    shares: list[Share] = []
    commons = formulae.Commons(text)
    for part in diagonals(text, sources, min(SEED, min_chars)):
        commons.add(part)
        shares += _shares(text, sources, part, min_chars)
    return Comparison(
        length=len(text),
        shares=tuple(shares),
        formulae=tuple(
            commons.formulae(officials, own, formula_officials, counts_itself=counts_itself)
        ),
        set_phrases=tuple(_set_phrases(text, sources, phrases)),
    )


def _shares(text: str, sources: Sequence[str], part: Diagonals, min_chars: int) -> Iterable[Share]:
    best = maximal(part, min_chars)
    for source in np.unique(part.sources).tolist():
        exact = best.of(source)
        runs = tuple(
            Run(start, start + length, place)
            for start, length, place in zip(
                exact.starts.tolist(),
                exact.lengths.tolist(),
                exact.source_starts.tolist(),
                strict=True,
            )
        )
        found = part.of(source)
        triples = zip(
            found.starts.tolist(), found.source_starts.tolist(), found.lengths.tolist(), strict=True
        )
        stretches = find_stretches(text, sources[source], list(triples), min_chars)
        if runs or stretches:
            yield Share(source, runs, tuple(stretches))


def _set_phrases(
    text: str, sources: Sequence[str], phrases: formulae.Phrases
) -> Iterable[SetPhrase]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for place, number in phrases.find(text):
        phrase = phrases.phrases[number]
        spans.setdefault(phrase, []).append((place, place + len(phrase)))
    for phrase, places in spans.items():
        having = tuple(at for at, source in enumerate(sources) if phrase in source)
        yield SetPhrase(phrase, tuple(places), having)
