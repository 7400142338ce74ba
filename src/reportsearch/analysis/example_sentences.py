"""The sentence of a report around a place: what a term is shown in."""

from __future__ import annotations

from collections.abc import Iterator

from reportsearch.models.keywords import Example
from reportsearch.models.report import Passage
from reportsearch.structure.passages import split_sentences


def extract_example(text: str, passage: Passage, start: int, end: int) -> Example:
    """The sentence with a span of a passage's text; ``text`` is that of the report.

    Where the span goes on into another sentence, what is between is part of the example.
    """
    reached = [
        (first, last)
        for line in _iter_line_spans(passage)
        for first, last in split_sentences(text, *line)
        if first < passage.start + end and passage.start + start < last
    ] or [(passage.start, passage.end)]
    first, last = reached[0][0], reached[-1][1]
    blanks = len(text[first:last]) - len(text[first:last].lstrip())
    return Example(
        passage=passage.id,
        start=passage.start + start,
        end=passage.start + end,
        text=text[first:last].strip(),
        sentence_start=first + blanks,
    )


def _iter_line_spans(passage: Passage) -> Iterator[tuple[int, int]]:
    """The lines of a passage: its title and headings, and the paragraph."""
    start = passage.start
    for line in passage.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
