"""Comparison of one text with all others: the text shared with each, and the formulae.

All texts and offsets here are in compared characters (see comparable.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.edited_matches import EditedMatch, find_edited_matches
from reportsearch.analysis.matching.exact_matches import (
    SEED,
    Match,
    MatchDiagonals,
    find_diagonals,
    select_maximal,
)
from reportsearch.arrays import Bools


@dataclass(frozen=True, slots=True)
class SourceMatches:
    """The text shared with one source: exact runs, and stretches with small edits."""

    source: int
    runs: tuple[Match, ...]
    edited_matches: tuple[EditedMatch, ...]

    @property
    def longest(self) -> int:
        """Return the length of the longest exact run."""
        return max((run.end - run.start for run in self.runs), default=0)


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A set phrase in the text, and the sources that contain it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class TextComparison:
    """A text compared with sources: the matches with each source that shares something."""

    length: int
    source_matches: tuple[SourceMatches, ...]
    formulae: tuple[formulae.FormulaMatch, ...]
    set_phrases: tuple[SetPhrase, ...]

    def mark_exact(self, shares: Iterable[SourceMatches]) -> Bools:
        """Return which characters of the text are in an exact run of some matches."""
        spans = [(run.start, run.end) for share in shares for run in share.runs]
        return formulae.mark_spans(self.length, spans)

    def mark_edited(self, shares: Iterable[SourceMatches]) -> Bools:
        """Return which characters are in a stretch with small edits of some matches."""
        spans = [(entry.start, entry.end) for share in shares for entry in share.edited_matches]
        return formulae.mark_spans(self.length, spans)

    @property
    def is_formula(self) -> Bools:
        """Return which characters are part of a formula."""
        spans = [(entry.start, entry.end) for entry in self.formulae]
        spans += [span for phrase in self.set_phrases for span in phrase.spans]
        return formulae.mark_spans(self.length, spans)


def compare_text(
    text: str,
    sources: Sequence[str],
    *,
    min_chars: int,
    formula_officials: int,
    officials: Sequence[int],
    own: int,
    counts_itself: bool,
    phrases: formulae.SetPhraseIndex,
) -> TextComparison:
    """Compare a text with sources.

    ``officials`` has each source's official as a number, ``own`` is that of the text.
    ``counts_itself`` means that the text is part of the collection that decides what a formula is.
    """
    shares: list[SourceMatches] = []
    commons = formulae.CommonStrings(text)
    for part in find_diagonals(text, sources, min(SEED, min_chars)):
        commons.add(part)
        shares += _find_source_matches(text, sources, part, min_chars)
    return TextComparison(
        length=len(text),
        source_matches=tuple(shares),
        formulae=tuple(
            commons.find_formulae(officials, own, formula_officials, counts_itself=counts_itself)
        ),
        set_phrases=tuple(_find_set_phrases(text, sources, phrases)),
    )


def _find_source_matches(
    text: str, sources: Sequence[str], part: MatchDiagonals, min_chars: int
) -> Iterable[SourceMatches]:
    best = select_maximal(part, min_chars)
    for source in np.unique(part.sources).tolist():
        runs = tuple(
            Match(start, start + length, place)
            for start, place, length in best.select_source(source).iter_rows()
        )
        triples = list(part.select_source(source).iter_rows())
        stretches = find_edited_matches(text, sources[source], triples, min_chars)
        if runs or stretches:
            yield SourceMatches(source, runs, tuple(stretches))


def _find_set_phrases(
    text: str, sources: Sequence[str], phrases: formulae.SetPhraseIndex
) -> Iterable[SetPhrase]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for place, number in phrases.find(text):
        phrase = phrases.phrases[number]
        spans.setdefault(phrase, []).append((place, place + len(phrase)))
    for phrase, places in spans.items():
        having = tuple(at for at, source in enumerate(sources) if phrase in source)
        yield SetPhrase(phrase, tuple(places), having)
