"""The sentence of a report around a place: what a term is shown in."""

from __future__ import annotations

from collections.abc import Iterator

from reportsearch.models import Example, Passage
from reportsearch.structure.passages import sentences


def example(text: str, passage: Passage, start: int, end: int) -> Example:
    """The sentence with a span of a passage's text; ``text`` is that of the report."""
    first, last = next(
        (
            (first, last)
            for line in _lines(passage)
            for first, last in sentences(text, *line)
            if first <= passage.start + start < last
        ),
        (passage.start, passage.end),
    )
    blanks = len(text[first:last]) - len(text[first:last].lstrip())
    return Example(
        passage=passage.id,
        start=passage.start + start,
        end=passage.start + end,
        text=text[first:last].strip(),
        sentence_start=first + blanks,
    )


def _lines(passage: Passage) -> Iterator[tuple[int, int]]:
    """The lines of a passage: its title and headings, and the paragraph."""
    start = passage.start
    for line in passage.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
