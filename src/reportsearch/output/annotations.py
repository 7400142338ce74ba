"""Cutting an annotated text into pieces that can each be shown in one way.

Annotations may overlap. A piece shows the annotation that takes precedence and how many others
cover it. Running time grows with the number of annotations, not with how many overlap.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reportsearch.models.reuse import EDITED, EXACT, FORMULA

# Characters that XML 1.0 does not allow, and lone surrogates, which UTF-8 cannot encode.
_ILLEGAL_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a text to mark; ``number`` is that of the entry it points to."""

    start: int
    end: int
    number: int
    kind: str = FORMULA


@dataclass(frozen=True, slots=True)
class AnnotatedSegment:
    """A piece of a text that is marked in one way.

    ``kind`` is empty where the text is not marked. ``entry`` is the number of the entry that takes
    precedence, and ``others`` how many more cover the piece. Where one number is shown for several
    pieces, ``others`` is the most that cover any of them. ``formula`` is the number of the formula
    that the piece is part of. ``is_last`` is true if the next piece has another number, so that
    this piece shows its number.
    """

    start: int
    text: str
    kind: str = ""
    entry: int | None = None
    others: int = 0
    formula: int | None = None
    is_last: bool = True


def replace_illegal_xml(text: str) -> str:
    """Replace characters that XML and UTF-8 cannot hold by U+FFFD, keeping the length."""
    return _ILLEGAL_XML.sub("\N{REPLACEMENT CHARACTER}", text)


class _OpenAnnotations:
    """The annotations that cover a moving position. Exact ones take precedence over edited ones."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        self._starts = sorted(annotations, key=lambda mark: mark.start, reverse=True)
        self._ends = sorted(self._starts, key=lambda mark: mark.end, reverse=True)
        self._open: list[tuple[bool, int, bool, int]] = []
        self._numbers: Counter[int] = Counter()

    def advance(self, place: int) -> None:
        while self._starts and self._starts[-1].start <= place:
            mark = self._starts.pop()
            is_edited, is_formula = mark.kind == EDITED, mark.kind == FORMULA
            heapq.heappush(self._open, (is_edited, mark.number, is_formula, mark.end))
            self._numbers[mark.number] += 1
        while self._ends and self._ends[-1].end <= place:
            number = self._ends.pop().number
            self._numbers[number] -= 1
            if not self._numbers[number]:
                del self._numbers[number]
        while self._open and self._open[0][-1] <= place:
            heapq.heappop(self._open)

    @property
    def kind(self) -> str:
        if not self._open:
            return ""
        is_edited, _, is_formula, _ = self._open[0]
        return EDITED if is_edited else FORMULA if is_formula else EXACT

    @property
    def first_number(self) -> int | None:
        return self._open[0][1] if self._open else None

    @property
    def others(self) -> int:
        return max(len(self._numbers) - 1, 0)


def split_at(
    text: str, annotations: Sequence[Annotation], formulae: Sequence[Annotation] = ()
) -> list[AnnotatedSegment]:
    """Cut a text where an annotation or a formula begins or ends; joined, the pieces are the text.

    A piece of a formula has that kind whatever else covers it. It points to a source with the same
    text if there is one, otherwise to the formula. An annotation that begins in the text begins a
    piece, even if it is empty.
    """
    edges = {0, len(text)}
    for mark in (*annotations, *formulae):
        edges.update((mark.start, mark.end))
    places = sorted(edge for edge in edges if 0 <= edge <= len(text))
    covers, parts = _OpenAnnotations(annotations), _OpenAnnotations(formulae)
    found = []
    for start, end in pairwise(places):
        covers.advance(start)
        parts.advance(start)
        kind, entry, others = covers.kind, covers.first_number, covers.others
        if parts.kind:
            entry, others = (None, 0) if kind == EDITED else (entry, others)
            kind = FORMULA
        found.append(
            AnnotatedSegment(start, text[start:end], kind, entry, others, parts.first_number)
        )
    return found


def split_paragraphs(segments: Iterable[AnnotatedSegment]) -> list[list[AnnotatedSegment]]:
    """Split pieces at line ends and set ``is_last`` on those that show their numbers."""
    lines: list[list[AnnotatedSegment]] = [[]]
    for segment in segments:
        start = segment.start
        for number, text in enumerate(segment.text.split("\n")):
            if number:
                lines.append([])
                start += 1
            if text:
                lines[-1].append(replace(segment, start=start, text=text))
            start += len(text)
    for line in lines:
        others = 0
        for at, segment in enumerate(line):
            others = max(others, segment.others)
            following = _next_segment(line, at)
            goes_on = bool(segment.kind and following.kind) and _has_same_number(segment, following)
            line[at] = replace(segment, others=others, is_last=not goes_on)
            others = others if goes_on or not segment.kind else 0
    return lines


def _next_segment(line: list[AnnotatedSegment], at: int) -> AnnotatedSegment:
    """Return the next piece of a line, skipping unmarked punctuation."""
    for segment in line[at + 1 : at + 3]:
        if segment.kind or any(map(str.isalnum, segment.text)):
            return segment
    return AnnotatedSegment(0, "")


def _has_same_number(segment: AnnotatedSegment, other: AnnotatedSegment) -> bool:
    if segment.entry is None and other.entry is None:
        return segment.formula == other.formula
    return segment.entry == other.entry
