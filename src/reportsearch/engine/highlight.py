"""A passage as it stands in an answer, with what is marked as the reason why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportsearch.models import Passage, PassageHit
from reportsearch.normalise import normalise
from reportsearch.query import Term


def _occurrences(strings: Iterable[str], folded: str) -> list[tuple[int, int]]:
    spans = []
    for string in strings:
        at = folded.find(string)
        while at >= 0:
            spans.append((at, at + len(string)))
            at = folded.find(string, at + 1)
    return spans


def merge(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap or touch; sorted."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlights(terms: Sequence[Term], text: str, start: int) -> tuple[tuple[int, int], ...]:
    """The spans of a passage that meet the query's terms.

    Of a term its string and its synonyms are marked; where neither stands in the passage, its
    words. ``text`` is the passage's original text and ``start`` its place in the report's clean
    text, to which the spans refer.
    """
    view = normalise(text)
    spans: list[tuple[int, int]] = []
    for term in terms:
        found = _occurrences((term.string, *term.synonyms), view.text)
        spans += found or _occurrences(term.words, view.text)
    return tuple(
        (start + begin, start + end)
        for begin, end in merge(view.original(begin, end) for begin, end in spans)
    )


def passage_hit(passage: Passage, score: float, terms: Sequence[Term]) -> PassageHit:
    """A passage as it stands in an answer."""
    return PassageHit(
        id=passage.id,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=round(score, 6),
        highlights=highlights(terms, passage.text, passage.start),
    )
