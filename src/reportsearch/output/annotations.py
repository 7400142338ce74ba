"""A text cut where marks begin and end, so that each piece can be shown in one way.

Marks may cover each other; a piece shows the one that counts most and how many others there are.
The work grows with the number of marks, not with how many of them lie over each other.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from reportsearch.models.reuse import EDITED, EXACT, FORMULA, ReusedPlace, SharedSpan

_MAX_ALIGNED = 600
"""Characters beyond which a difference is shown whole: to align longer ones takes too long."""

# What XML 1.0 cannot hold; a lone surrogate cannot be written as UTF-8 either.
_ILLEGAL_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# A number is another one when a digit of it is.
_DIFF_UNIT = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)*|.", re.DOTALL)

DiffPiece = tuple[str, bool]
"""A stretch of a text, and whether the other text has it, too."""
AnnotatedText = tuple[str, str]
"""A stretch of a text and how it is marked: as a kind of shared text, DIFFERS, or not at all."""
DIFFERS = "differs"
"""What is other in shared text than on the other side."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span of a text that is to be marked; ``number`` is that of the entry that it points to."""

    start: int
    end: int
    number: int
    kind: str = FORMULA


@dataclass(frozen=True, slots=True)
class AnnotatedSegment:
    """A piece of a text that is marked in one way.

    ``kind`` is empty where nothing marks it. ``entry`` is the number of the entry that counts
    most and ``others`` how many more cover it, or where one number is shown for several pieces, how
    many at most; ``formula`` is the number of the formula that it is
    part of. ``is_last`` tells that what follows has another number, so that it is shown here.
    """

    start: int
    text: str
    kind: str = ""
    entry: int | None = None
    others: int = 0
    formula: int | None = None
    is_last: bool = True


def replace_illegal_xml(text: str) -> str:
    """With U+FFFD for what XML and UTF-8 cannot hold; as long as before."""
    return _ILLEGAL_XML.sub("\N{REPLACEMENT CHARACTER}", text)


class _OpenAnnotations:
    """The marks that cover a place, as the place moves on. Exact ones count before edited ones."""

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
    """A text cut where a mark or a formula begins or ends; joined, the pieces are the text.

    A piece of a formula has that kind whatever else covers it; it points to what it is equal to, or
    else to the formula. A mark that begins in the text begins a piece, even an empty mark.
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
    """The pieces of each line of a text; ``is_last`` tells which of them show their numbers."""
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
    """The next piece of a line, but for punctuation that nothing marks."""
    for segment in line[at + 1 : at + 3]:
        if segment.kind or any(map(str.isalnum, segment.text)):
            return segment
    return AnnotatedSegment(0, "")


def _has_same_number(segment: AnnotatedSegment, other: AnnotatedSegment) -> bool:
    if segment.entry is None and other.entry is None:
        return segment.formula == other.formula
    return segment.entry == other.entry


def diff_texts(
    text: str, other: str, *, is_exact: bool = False
) -> tuple[list[DiffPiece], list[DiffPiece]]:
    """Two texts, each cut into what both have and what is different.

    ``is_exact`` tells that they differ in nothing that is compared: in punctuation, say.
    """
    if text == other:
        return [(text, True)], [(other, True)]
    if is_exact:
        same, there = _align_by_character(text, other)
        return split_into_pieces(text, same), split_into_pieces(other, there)
    own, others = _DIFF_UNIT.findall(text), _DIFF_UNIT.findall(other)
    shorter = min(len(own), len(others))
    head = next((at for at in range(shorter) if own[at] != others[at]), shorter)
    most = shorter - head
    tail = next((at for at in range(most) if own[-1 - at] != others[-1 - at]), most)
    blocks = [
        (0, 0, head),
        *_find_equal_blocks(own, others, head, tail),
        (len(own) - tail, len(others) - tail, tail),
    ]
    ends, other_ends = [0, *accumulate(map(len, own))], [0, *accumulate(map(len, others))]
    equal = [(ends[start], ends[start + size]) for start, _, size in blocks]
    places = [(other_ends[start], other_ends[start + size]) for _, start, size in blocks]
    return split_into_pieces(text, equal), split_into_pieces(other, places)


def _align_by_character(
    text: str, other: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The characters that are equal, one by one, in texts with the same letters and digits."""
    same, there = [], []
    at = place = 0
    while at < len(text) and place < len(other):
        if text[at] == other[place]:
            same.append((at, at + 1))
            there.append((place, place + 1))
            at, place = at + 1, place + 1
        elif not text[at].isalnum() or not other[place].isalnum():
            at, place = at + (not text[at].isalnum()), place + (not other[place].isalnum())
        else:
            # The same in another form: full width, or traditional.
            at, place = at + 1, place + 1
    return _join_adjacent(same), _join_adjacent(there)


def _join_adjacent(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and found[-1][1] == start:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _find_equal_blocks(
    text: Sequence[str], other: Sequence[str], head: int, tail: int
) -> list[tuple[int, int, int]]:
    """What two texts have in common in the same order: the starts in both, and the length.

    The ``head`` and ``tail`` are known to be equal.
    """
    text, other = text[head : len(text) - tail], other[head : len(other) - tail]
    if not text or not other or max(len(text), len(other)) > _MAX_ALIGNED:
        return []
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    return [(head + block.a, head + block.b, block.size) for block in blocks if block.size]


def split_into_pieces(text: str, equal: Iterable[tuple[int, int]]) -> list[DiffPiece]:
    """A text cut into the spans that are equal, in order, and what lies between them."""
    found: list[DiffPiece] = []
    done = 0
    for begin, end in sorted(equal):
        start, stop = max(begin, done), min(end, len(text))
        if start >= stop:
            continue
        if done < start:
            found.append((text[done:start], False))
        found.append((text[start:stop], True))
        done = stop
    if done < len(text):
        found.append((text[done:], False))
    return found


def annotate_both_sides(place: ReusedPlace) -> tuple[list[AnnotatedText], list[AnnotatedText]]:
    """Both sides of a place: whole sentences in which all that they share is marked."""
    own: list[tuple[int, int, list[DiffPiece], str]] = []
    other: list[tuple[int, int, list[DiffPiece], str]] = []
    for span in place.spans:
        (start, end), (first, last) = span.query, span.passage
        here, there = diff_texts(
            place.text[start - place.start : end - place.start],
            place.source_text[first - place.source_start : last - place.source_start],
            is_exact=span.kind != EDITED,
        )
        own.append((start - place.start, end - place.start, here, span.kind))
        other.append((first - place.source_start, last - place.source_start, there, span.kind))
    return _lay_out_spans(place.text, own), _lay_out_spans(place.source_text, other)


def _lay_out_spans(
    text: str, spans: list[tuple[int, int, list[DiffPiece], str]]
) -> list[AnnotatedText]:
    """A text with the pieces of its spans; where spans overlap the one that begins first counts."""
    found: list[AnnotatedText] = []
    done = 0
    for start, end, parts, kind in sorted(spans, key=lambda span: span[:2]):
        if done < start:
            found.append((text[done:start], ""))
            done = start
        at = start
        for part, same in parts:
            if rest := part[max(done - at, 0) :]:
                found.append((rest, kind if same else DIFFERS))
            at += len(part)
        done = max(done, end)
    if done < len(text):
        found.append((text[done:], ""))
    return found


def diff_changed_sentence(
    text: str, start: int, spans: Iterable[SharedSpan], *, is_before: bool = False
) -> list[DiffPiece]:
    """A sentence that begins at ``start``, cut by what it has in common with another one.

    Punctuation and white space alone are no difference, since they are not compared.
    """
    equal = [span.passage if is_before else span.query for span in spans if span.kind != EDITED]
    found = split_into_pieces(text, [(begin - start, end - start) for begin, end in equal])
    return [(piece, same or not _is_compared(piece)) for piece, same in found]


def _is_compared(text: str) -> bool:
    return any(char.isalnum() or char == "*" for char in text)
