"""Example sentences of terms, cut around the term, with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.models.keywords import Example
from reportsearch.models.reuse import EXACT
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.tables import highlighted_text
from reportsearch.output.terminal import DIM, paint, print_text

if TYPE_CHECKING:
    from rich.console import Console

_MAX_CHARS = 60
"""Maximum number of characters of the sentence shown in a table."""


EXAMPLE_COLUMNS = ("example_passage", "example_start", "example_end", "example")
"""The CSV columns of an example."""


def to_example_cells(example: Example | None) -> tuple[object, ...]:
    """Convert an example to these columns, empty if there is none."""
    if example is None:
        return (None,) * len(EXAMPLE_COLUMNS)
    return (example.passage, example.start, example.end, example.text)


def print_example(out: Console, example: Example, indent: int, *, full: bool) -> None:
    """Print an example with its passage number, or with the report's id as well if ``full``."""
    text, start = cut_around_term(example)
    length = example.end - example.start
    color = highlighted_text.has_color(out)
    shown = highlighted_text.highlight_text(text, 0, [(start, start + length, EXACT)], color=color)
    place = example.passage if full else format_passage_number(example.passage)
    print_text(out, shown + paint(f"  {place}", DIM), indent)


def cut_around_term(example: Example) -> tuple[str, int]:
    """Return the sentence cut around the term, and the term's offset in it."""
    start = example.start - example.sentence_start
    first = max(0, min(start - _MAX_CHARS // 2, len(example.text) - _MAX_CHARS))
    cut = example.text[first : first + _MAX_CHARS]
    before = "…" if first else ""
    after = "…" if first + _MAX_CHARS < len(example.text) else ""
    flat = f"{before}{cut}{after}".replace("\n", "　")
    return flat, start - first + len(before)
