"""Comparison of two texts: the parts they have in common, and the differences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from reportsearch.models.reuse import EDITED, ReusedPlace, SharedSpan

_MAX_ALIGNED = 600
"""Maximum number of characters aligned; a longer difference is shown whole to save time."""

# A number is one unit: if a digit differs, the whole number differs.
_DIFF_UNIT = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)*|.", re.DOTALL)

DiffPiece = tuple[str, bool]
"""A stretch of a text, and whether the other text has it as well."""
AnnotatedText = tuple[str, str]
"""A stretch of a text and its mark: a kind of shared text, DIFFERS, or "" if unmarked."""
DIFFERS = "differs"
"""The mark for differences within shared text."""


def diff_texts(
    text: str, other: str, *, is_exact: bool = False
) -> tuple[list[DiffPiece], list[DiffPiece]]:
    """Cut two texts into common and differing parts.

    ``is_exact`` means that the texts differ only in what is not compared, such as punctuation.
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
    """Find the equal characters one by one, in texts with the same letters and digits."""
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
            # The same character in another form, such as full width or traditional.
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
    """Find the blocks that two texts share in the same order, as (start, other start, length).

    The first ``head`` and last ``tail`` units are known to be equal.
    """
    text, other = text[head : len(text) - tail], other[head : len(other) - tail]
    if not text or not other or max(len(text), len(other)) > _MAX_ALIGNED:
        return []
    blocks = SequenceMatcher(None, text, other, autojunk=False).get_matching_blocks()
    return [(head + block.a, head + block.b, block.size) for block in blocks if block.size]


def split_into_pieces(text: str, equal: Iterable[tuple[int, int]]) -> list[DiffPiece]:
    """Cut a text into its equal spans, in order, and the parts between them."""
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
    """Mark the shared text on both sides of a place; each side consists of whole sentences."""
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
    """Mark the spans of a text; where spans overlap, the one that begins first takes precedence."""
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
    """Cut a sentence that begins at ``start`` by what it has in common with another one.

    Differences in punctuation and white space are ignored, as in the comparison itself.
    """
    equal = [span.passage if is_before else span.query for span in spans if span.kind != EDITED]
    found = split_into_pieces(text, [(begin - start, end - start) for begin, end in equal])
    return [(piece, same or not _is_compared(piece)) for piece, same in found]


def _is_compared(text: str) -> bool:
    return any(char.isalnum() or char == "*" for char in text)
