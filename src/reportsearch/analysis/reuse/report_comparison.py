"""One text compared with all others: what it has in common with each, and what of it is formula.

All texts here are compared characters (see comparable.py); so are the offsets.
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
    """What a text has in common with one source: exact runs, and stretches with small edits."""

    source: int
    runs: tuple[Match, ...]
    edited_matches: tuple[EditedMatch, ...]

    @property
    def longest(self) -> int:
        """The characters of the longest exact run."""
        return max((run.end - run.start for run in self.runs), default=0)


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A set phrase that stands in the text, and in how many sources."""

    text: str
    spans: tuple[tuple[int, int], ...]
    sources: tuple[int, ...]


@dataclass(frozen=True)
class TextComparison:
    """A text compared with sources: a share for each with which it has something in common."""

    length: int
    source_matches: tuple[SourceMatches, ...]
    formulae: tuple[formulae.FormulaMatch, ...]
    set_phrases: tuple[SetPhrase, ...]

    def mark_exact(self, shares: Iterable[SourceMatches]) -> Bools:
        """Which characters of the text are in an exact run of one of some shares."""
        spans = [(run.start, run.end) for share in shares for run in share.runs]
        return formulae.mark_spans(self.length, spans)

    def mark_edited(self, shares: Iterable[SourceMatches]) -> Bools:
        """Which characters are in a stretch with small edits of one of some shares."""
        spans = [(entry.start, entry.end) for share in shares for entry in share.edited_matches]
        return formulae.mark_spans(self.length, spans)

    @property
    def is_formula(self) -> Bools:
        """Which characters are part of a formula."""
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

    ``officials`` gives each source's official as a number, ``own`` is the text's own;
    ``counts_itself`` tells that the text is one of the collection whose formulae are meant.
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
