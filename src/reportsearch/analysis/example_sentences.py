"""Example sentences: the sentence of a report that contains a term."""

from __future__ import annotations

from collections.abc import Iterator

from reportsearch.models.keywords import Example
from reportsearch.models.report import Passage
from reportsearch.structure.passages import split_sentences


def extract_example(text: str, passage: Passage, start: int, end: int) -> Example:
    """Return the sentence around a span of a passage; ``text`` is that of the report.

    If the span reaches into another sentence, the example covers all of them.
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
    """Yield the spans of a passage's lines: its title and headings, and the paragraph."""
    start = passage.start
    for line in passage.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
