"""The text that two reports share, sentence by sentence, prepared for readers.

Counted runs of characters begin and end anywhere: inside a number, or with the first character of
the next sentence. That is right for a rate but looks wrong to readers. A run is therefore shown
without cut numbers and Latin words, without a fragment of a sentence beyond a sentence end, and in
pieces where a paragraph ends. Edited spans are widened to whole numbers and words. Pieces in the
same sentences of both texts form one place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportsearch.analysis.matching.alignment import AlignedSpan
from reportsearch.comparable import ComparableText, Span
from reportsearch.models.reuse import EDITED, SharedSpan
from reportsearch.structure.passages import split_sentences

MIN_FRAGMENT_CHARS = 6
"""Minimum compared characters of a further sentence for it to be shown."""
_CONTEXT_CHARS = 150
"""Characters shown of a long sentence before and after the shared text."""
_MAX_PLACE_CHARS = 2_000
"""Characters of a place beyond which no piece is added."""
_MAX_OPEN_PLACES = 8
"""Places before the last one to which a piece can be added."""
_TOKEN = re.compile(
    r"[0-9０-９A-Za-zＡ-Ｚａ-ｚ]+"
    r"(?:[.．][0-9０-９]+|,[0-9]{3}(?![0-9]))*(?:[ \N{NO-BREAK SPACE}]?[年月日](?![a-z]))?"
)
"""A number with its decimals and its year, month or day unit, or a word in Latin letters."""


@dataclass(frozen=True)
class TextSide:
    """A text with its compared characters: the positions of its sentences, lines and numbers."""

    text: str
    view: ComparableText

    @cached_property
    def sentences(self) -> list[Span]:
        """Return the spans of the sentences in the original."""
        found, start = [], 0
        for line in self.text.split("\n"):
            found += split_sentences(self.text, start, start + len(line))
            start += len(line) + 1
        return found

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Return the compared character that each sentence begins with."""
        return [self.view.map_from_original(start, start)[0] for start, _ in self.sentences]

    @cached_property
    def line_starts(self) -> frozenset[int]:
        """Return the compared characters that lines begin with."""
        ends = (match.end() for match in re.finditer("\n", self.text))
        return frozenset(self.view.map_from_original(end, end)[0] for end in ends)

    @cached_property
    def _token_interiors(self) -> frozenset[int]:
        """Return the compared characters that continue a number or word."""
        found: set[int] = set()
        for match in _TOKEN.finditer(self.text):
            first, last = self.view.map_from_original(*match.span())
            found.update(range(first + 1, last))
        return frozenset(found)

    def is_inside_token(self, at: int) -> bool:
        """Return whether a position between compared characters is inside a number or word."""
        return at in self._token_interiors

    def find_sentence(self, at: int) -> int:
        """Return the number of the sentence of a compared character."""
        return max(bisect_right(self.sentence_starts, at) - 1, 0)

    def is_sentence_start(self, at: int) -> bool:
        """Return whether a position is the start of a sentence or the end of the text."""
        return at >= len(self.view.text) or self.sentence_starts[self.find_sentence(at)] == at


@dataclass(slots=True)
class SharedPlace:
    """Sentences of two texts and the pieces that they share, by start."""

    sentences: Span
    other_sentences: Span
    pieces: list[AlignedSpan] = field(default_factory=list)

    def accepts(self, first: Span, other: Span) -> bool:
        """Return whether pieces in these sentences belong here."""
        return _is_adjacent(self.sentences, first) and _is_adjacent(self.other_sentences, other)

    def add(self, piece: AlignedSpan, first: Span, other: Span) -> None:
        """Add a piece."""
        self.sentences = _merge_spans(self.sentences, first)
        self.other_sentences = _merge_spans(self.other_sentences, other)
        self.pieces.append(piece)


def _is_adjacent(one: Span, other: Span) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _merge_spans(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])


def trim_cut_tokens(own: TextSide, other: TextSide, run: AlignedSpan) -> AlignedSpan:
    """Remove cut numbers and words from the ends of an exact run, which may become empty."""
    start, end, shift = run.start, run.end, run.other_start - run.start
    while start < end and (own.is_inside_token(start) or other.is_inside_token(start + shift)):
        start += 1
    while start < end and (own.is_inside_token(end) or other.is_inside_token(end + shift)):
        end -= 1
    return AlignedSpan(start, end, start + shift, end + shift, run.kind)


def keep_whole_tokens(
    own: TextSide, other: TextSide, found: Iterable[AlignedSpan]
) -> Iterator[AlignedSpan]:
    """Yield the spans without cut numbers or words, and otherwise unchanged."""
    for entry in found:
        if entry.kind == EDITED:
            yield widen_to_tokens(own, other, entry)
        elif (run := trim_cut_tokens(own, other, entry)).start < run.end:
            yield run


def build_shared_spans(
    own: TextSide, other: TextSide, found: Iterable[AlignedSpan], start: int, other_start: int
) -> tuple[SharedSpan, ...]:
    """Return what two texts have in common as spans of the reports that contain them.

    ``start`` and ``other_start`` are the offsets of the texts in their reports.
    """
    return tuple(
        SharedSpan(
            shift_span(own.view.map_to_original(span.start, span.end), start),
            shift_span(other.view.map_to_original(span.other_start, span.other_end), other_start),
            span.kind,
        )
        for span in keep_whole_tokens(own, other, found)
    )


def shift_span(span: Span, by: int) -> Span:
    """Move a span."""
    return span[0] + by, span[1] + by


def split_for_display(own: TextSide, other: TextSide, run: AlignedSpan) -> Iterator[AlignedSpan]:
    """Yield the pieces of an exact run that are shown, by position."""
    run = trim_cut_tokens(own, other, run)
    start, end, shift = run.start, run.end, run.other_start - run.start

    def begins(at: int) -> bool:
        return own.is_sentence_start(at) or other.is_sentence_start(at + shift)

    places = range(start + 1, min(start + MIN_FRAGMENT_CHARS, end))
    if not begins(start) and (edges := [at for at in places if begins(at)]):
        start = edges[0]
    places = range(max(end - MIN_FRAGMENT_CHARS, start) + 1, end)
    if not begins(end) and (edges := [at for at in places if begins(at)]):
        end = edges[-1]
    edges = [
        at
        for at in range(start + 1, end)
        if at in own.line_starts or at + shift in other.line_starts
    ]
    for first, last in zip([start, *edges], [*edges, end], strict=True):
        # 11 is not the 1 and 1 that another text has on two lines.
        piece = AlignedSpan(first, last, first + shift, last + shift, run.kind)
        piece = trim_cut_tokens(own, other, piece)
        if piece.start < piece.end:
            yield piece


def widen_to_tokens(own: TextSide, other: TextSide, span: AlignedSpan) -> AlignedSpan:
    """Widen an edited piece to whole numbers and words at its ends."""
    before = after = 0
    while own.is_inside_token(span.start - before) or other.is_inside_token(
        span.other_start - before
    ):
        before += 1
    while own.is_inside_token(span.end + after) or other.is_inside_token(span.other_end + after):
        after += 1
    return AlignedSpan(
        max(span.start - before, 0),
        min(span.end + after, len(own.view.text)),
        max(span.other_start - before, 0),
        min(span.other_end + after, len(other.view.text)),
        span.kind,
    )


def _trim_fragments(own: TextSide, other: TextSide, span: AlignedSpan) -> AlignedSpan:
    """Remove fragments of adjacent sentences that an edited piece has on both sides."""
    first, last = _find_sentence_edges(own, span.start, span.end)
    other_first, other_last = _find_sentence_edges(other, span.other_start, span.other_end)
    start, end, other_start, other_end = span.start, span.end, span.other_start, span.other_end
    if first is not None and other_first is not None:
        start, other_start = first, other_first
    if last is not None and other_last is not None and last > start and other_last > other_start:
        end, other_end = last, other_last
    return AlignedSpan(start, end, other_start, other_end, span.kind)


def _find_sentence_edges(side: TextSide, start: int, end: int) -> tuple[int | None, int | None]:
    """Return where a sentence begins near the start of a span, and near its end."""
    heads = [
        at
        for at in range(start + 1, min(start + MIN_FRAGMENT_CHARS, end))
        if side.is_sentence_start(at)
    ]
    tails = [
        at
        for at in range(max(end - MIN_FRAGMENT_CHARS, start) + 1, end)
        if side.is_sentence_start(at)
    ]
    first = start if side.is_sentence_start(start) else heads[0] if heads else None
    last = end if side.is_sentence_start(end) else tails[-1] if tails else None
    return first, last


def find_shared_places(
    own: TextSide, other: TextSide, found: Iterable[AlignedSpan]
) -> list[SharedPlace]:
    """Return the sentences of both texts that share something; ``found`` is as counted."""
    pieces: list[AlignedSpan] = []
    for entry in found:
        if entry.kind == EDITED:
            pieces.append(_trim_fragments(own, other, widen_to_tokens(own, other, entry)))
        else:
            pieces += split_for_display(own, other, entry)
    pieces.sort(key=lambda piece: (piece.start, piece.end, piece.other_start))
    made: list[SharedPlace] = []
    for piece in pieces:
        first = _find_sentences(own, piece.start, piece.end)
        second = _find_sentences(other, piece.other_start, piece.other_end)
        for place in made[: -_MAX_OPEN_PLACES - 1 : -1]:
            begun = place.pieces[0].start
            if place.accepts(first, second) and piece.end - begun < _MAX_PLACE_CHARS:
                place.add(piece, first, second)
                break
        else:
            made.append(SharedPlace(first, second, [piece]))
    return made


def _find_sentences(side: TextSide, start: int, end: int) -> Span:
    return side.find_sentence(start), side.find_sentence(max(end - 1, start))


def find_display_span(side: TextSide, numbers: Span, shared: Sequence[Span]) -> Span:
    """Return the span of the original to show for sentences with shared spans."""
    start, end = min(span[0] for span in shared), max(span[1] for span in shared)
    if not side.sentences:
        return start, end
    first, last = side.sentences[numbers[0]][0], side.sentences[numbers[1]][1]
    return min(max(first, start - _CONTEXT_CHARS), start), max(min(last, end + _CONTEXT_CHARS), end)
