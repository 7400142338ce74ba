"""What two texts share, sentence by sentence, as it is shown to a reader.

What is counted are runs of characters, which begin and end anywhere: inside a number, or with the
first character of the next sentence. That is right for a rate and looks false to who reads it. So a
run is shown without what it has of a number or of a Latin word that goes on, without a crumb of a
sentence beyond a sentence end, and in pieces where a paragraph ends. What is edited is shown with
the whole of such a number. The pieces that stand in the same sentences of both texts are one place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportsearch.analysis.matching.alignment import Aligned
from reportsearch.comparable import Compared
from reportsearch.models.reuse import EDITED
from reportsearch.structure.passages import sentences

CRUMB = 6
"""Compared characters of a further sentence below which they are not shown."""
_AROUND = 150
"""Characters of a sentence, before and behind what is shared, that are shown of a long one."""
_LONGEST = 2_000
"""Characters of a place that no further piece is added to."""
_OPEN = 8
"""Places before the last one that a piece can belong to."""
_TOKEN = re.compile(
    r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]+"
    r"(?:[.．][0-9０-９]+|,[0-9]{3}(?![0-9]))*(?:[ \N{NO-BREAK SPACE}]?[年月日](?![a-z]))?"
)
"""A number with its decimals and the year, month or day that it counts; a word in Latin letters."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Side:
    """A text with its compared characters: where its sentences, lines and numbers are."""

    text: str
    view: Compared

    @cached_property
    def sentences(self) -> list[Span]:
        """The spans of the original."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found += sentences(self.text, start, start + len(line))
            start += len(line) + 1
        return found

    @cached_property
    def firsts(self) -> list[int]:
        """The compared character with which each sentence begins."""
        return [self.view.within(start, start)[0] for start, _ in self.sentences]

    @cached_property
    def lines(self) -> frozenset[int]:
        """The compared characters with which lines begin."""
        ends = (match.end() for match in re.finditer("\n", self.text))
        return frozenset(self.view.within(end, end)[0] for end in ends)

    @cached_property
    def _inside(self) -> frozenset[int]:
        """The compared characters that go on with a number or word."""
        found: set[int] = set()
        for match in _TOKEN.finditer(self.text):
            first, last = self.view.within(*match.span())
            found.update(range(first + 1, last))
        return frozenset(found)

    def cuts(self, at: int) -> bool:
        """Whether a number or word goes on at a place between compared characters."""
        return at in self._inside

    def sentence(self, at: int) -> int:
        """The number of the sentence of a compared character."""
        return max(bisect_right(self.firsts, at) - 1, 0)

    def begins(self, at: int) -> bool:
        """Whether a sentence begins with a compared character, or the text is at its end."""
        return at >= len(self.view.text) or self.firsts[self.sentence(at)] == at


@dataclass(slots=True)
class Place:
    """Sentences of two texts and the pieces that they share, by start."""

    sentences: Span
    other_sentences: Span
    pieces: list[Aligned] = field(default_factory=list)

    def takes(self, first: Span, other: Span) -> bool:
        """Whether pieces in these sentences belong here."""
        return _meet(self.sentences, first) and _meet(self.other_sentences, other)

    def add(self, piece: Aligned, first: Span, other: Span) -> None:
        """Take in a piece."""
        self.sentences = _around(self.sentences, first)
        self.other_sentences = _around(self.other_sentences, other)
        self.pieces.append(piece)


def _meet(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _around(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def trimmed(own: Side, other: Side, run: Aligned) -> Aligned:
    """An exact run without what it has of numbers and words that go on; it may be empty then."""
    start, end, shift = run.start, run.end, run.other_start - run.start
    while start < end and (own.cuts(start) or other.cuts(start + shift)):
        start += 1
    while start < end and (own.cuts(end) or other.cuts(end + shift)):
        end -= 1
    return Aligned(start, end, start + shift, end + shift, run.kind)


def whole(own: Side, other: Side, found: Iterable[Aligned]) -> Iterator[Aligned]:
    """What two texts have in common without a number or word that is cut; nothing else changes."""
    for entry in found:
        if entry.kind == EDITED:
            yield widened(own, other, entry)
        elif (run := trimmed(own, other, entry)).start < run.end:
            yield run


def shown(own: Side, other: Side, run: Aligned) -> Iterator[Aligned]:
    """The pieces of an exact run that are shown, by place."""
    run = trimmed(own, other, run)
    start, end, shift = run.start, run.end, run.other_start - run.start

    def begins(at: int) -> bool:
        return own.begins(at) or other.begins(at + shift)

    places = range(start + 1, min(start + CRUMB, end))
    if not begins(start) and (edges := [at for at in places if begins(at)]):
        start = edges[0]
    places = range(max(end - CRUMB, start) + 1, end)
    if not begins(end) and (edges := [at for at in places if begins(at)]):
        end = edges[-1]
    edges = [at for at in range(start + 1, end) if at in own.lines or at + shift in other.lines]
    for first, last in zip([start, *edges], [*edges, end], strict=True):
        if first < last:
            yield Aligned(first, last, first + shift, last + shift, run.kind)


def widened(own: Side, other: Side, stretch: Aligned) -> Aligned:
    """An edited piece with the whole of the numbers and words at its ends."""
    before = after = 0
    while own.cuts(stretch.start - before) or other.cuts(stretch.other_start - before):
        before += 1
    while own.cuts(stretch.end + after) or other.cuts(stretch.other_end + after):
        after += 1
    return Aligned(
        max(stretch.start - before, 0),
        min(stretch.end + after, len(own.view.text)),
        max(stretch.other_start - before, 0),
        min(stretch.other_end + after, len(other.view.text)),
        stretch.kind,
    )


def _without_crumbs(own: Side, other: Side, stretch: Aligned) -> Aligned:
    """An edited piece without what it has, on both sides, of a sentence before or after."""
    first, last = _edges(own, stretch.start, stretch.end)
    other_first, other_last = _edges(other, stretch.other_start, stretch.other_end)
    start, end, other_start, other_end = (
        stretch.start,
        stretch.end,
        stretch.other_start,
        stretch.other_end,
    )
    if first is not None and other_first is not None:
        start, other_start = first, other_first
    if last is not None and other_last is not None and last > start and other_last > other_start:
        end, other_end = last, other_last
    return Aligned(start, end, other_start, other_end, stretch.kind)


def _edges(side: Side, start: int, end: int) -> tuple[int | None, int | None]:
    """Where a sentence begins next to the start of a span, and next to its end."""
    heads = [at for at in range(start + 1, min(start + CRUMB, end)) if side.begins(at)]
    tails = [at for at in range(max(end - CRUMB, start) + 1, end) if side.begins(at)]
    first = start if side.begins(start) else heads[0] if heads else None
    last = end if side.begins(end) else tails[-1] if tails else None
    return first, last


def places(own: Side, other: Side, found: Iterable[Aligned]) -> list[Place]:
    """The sentences of both texts that share something, by place; ``found`` as it is counted."""
    pieces: list[Aligned] = []
    for entry in found:
        if entry.kind == EDITED:
            pieces.append(_without_crumbs(own, other, widened(own, other, entry)))
        else:
            pieces += shown(own, other, entry)
    pieces.sort(key=lambda piece: (piece.start, piece.end, piece.other_start))
    made: list[Place] = []
    for piece in pieces:
        first = _sentences(own, piece.start, piece.end)
        second = _sentences(other, piece.other_start, piece.other_end)
        for place in made[: -_OPEN - 1 : -1]:
            begun = place.pieces[0].start
            if place.takes(first, second) and piece.end - begun < _LONGEST:
                place.add(piece, first, second)
                break
        else:
            made.append(Place(first, second, [piece]))
    return made


def _sentences(side: Side, start: int, end: int) -> Span:
    return side.sentence(start), side.sentence(max(end - 1, start))


def extent(side: Side, numbers: Span, shared: Sequence[Span]) -> Span:
    """The span of the original that is shown of sentences with shared spans of the original."""
    start, end = min(span[0] for span in shared), max(span[1] for span in shared)
    if not side.sentences:
        return start, end
    first, last = side.sentences[numbers[0]][0], side.sentences[numbers[1]][1]
    return min(max(first, start - _AROUND), start), max(min(last, end + _AROUND), end)
