"""Passages as shown in an answer, with highlights of what matched."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache

from reportsearch.models.report import Passage
from reportsearch.models.search import PassageHit
from reportsearch.normalise import normalise
from reportsearch.search.query import FreeText, Term

Span = tuple[int, int]

MANY_STRINGS = 50
"""Number of strings from which looking up substrings is quicker than finding each string."""


def _find_strings(strings: Sequence[str], folded: str) -> list[Span]:
    """Find all occurrences of some strings, also overlapping ones, in any order."""
    if len(strings) > MANY_STRINGS:
        return _find_many_strings(_group_by_length(tuple(strings)), folded)
    spans = []
    for string in strings:
        at = folded.find(string)
        while at >= 0:
            spans.append((at, at + len(string)))
            at = folded.find(string, at + 1)
    return spans


@lru_cache(maxsize=64)
def _group_by_length(strings: tuple[str, ...]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for string in strings:
        found.setdefault(len(string), set()).add(string)
    return found


def _find_many_strings(strings: Mapping[int, Container[str]], folded: str) -> list[Span]:
    """Find strings, grouped by length, by looking up every substring."""
    return [
        (at, at + length)
        for length, wanted in strings.items()
        for at in range(len(folded) - length + 1)
        if folded[at : at + length] in wanted
    ]


@lru_cache(maxsize=64)
def _select_words(text: FreeText) -> tuple[str, ...]:
    """Return the words of a text to find: single characters only if there is nothing else."""
    return tuple(word for word in text.words if len(word) > 1) or text.words


def _find_term_spans(term: Term | FreeText, folded: str, year: int | None) -> list[Span]:
    """Find a term in a folded text: its string and synonyms, or else all of its words."""
    if isinstance(term, FreeText):
        # Single characters of a sentence occur everywhere, so they are ignored if there are words.
        return _find_strings((term.string,), folded) or _find_strings(_select_words(term), folded)
    strings = [term.string]
    for synonym in term.synonyms:
        if synonym.applies_in(year) and all(string in folded for string in synonym.strings):
            strings += synonym.strings
    found = _find_strings(strings, folded)
    if found or not all(word in folded for word in term.words):
        return found
    # Stop words must occur, but they are not what the user searched for.
    stop = set(term.ranking) - set(term.loose)
    return _find_strings([word for word in term.words if word not in stop], folded)


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Merge spans that overlap and sort them; spans that only touch stay separate."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def find_highlights(
    terms: Sequence[Term | FreeText], text: str, start: int, year: int | None
) -> tuple[Span, ...]:
    """Return the spans of a passage that match the query's terms.

    Highlights the string and the synonyms of a term, or if the passage contains neither, all of its
    words if they all occur. ``text`` is the passage's original text and ``year`` the report's.
    ``start`` is the offset of the passage in the report's clean text, to which the spans refer.
    """
    view = normalise(text)
    spans = (span for term in terms for span in _find_term_spans(term, view.text, year))
    original = (view.map_to_original(begin, end) for begin, end in spans)
    return tuple((start + begin, start + end) for begin, end in merge_spans(original))


def count_highlights(terms: Sequence[Term | FreeText], folded: str, year: int | None) -> int:
    """Count the highlights of a passage whose folded text has the offsets of the original."""
    return len(merge_spans(span for term in terms for span in _find_term_spans(term, folded, year)))


def build_passage_hit(
    passage: Passage, score: float, terms: Sequence[Term | FreeText], year: int | None
) -> PassageHit:
    """Build a passage as shown in an answer."""
    return PassageHit(
        id=passage.id,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=round(score, 6),
        highlights=find_highlights(terms, passage.text, passage.start, year),
    )


def order_for_display(masks: Sequence[int]) -> list[int]:
    """Return the order in which to show passages, given the parts of the query that each matches.

    ``masks`` are bit sets with a bit for each part, one per passage in order of score. Passages
    that show a part not shown before come first.
    """
    first: list[int] = []
    rest: list[int] = []
    covered = 0
    for place, mask in enumerate(masks):
        (first if mask & ~covered else rest).append(place)
        covered |= mask
    return first + rest
