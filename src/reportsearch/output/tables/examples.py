"""The sentence that a term is shown in, cut around it, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.models.keywords import Example
from reportsearch.models.reuse import EXACT
from reportsearch.output.prose.common import number_of
from reportsearch.output.tables import highlighted_text as marks
from reportsearch.output.terminal import DIM, show

if TYPE_CHECKING:
    from rich.console import Console

_LONGEST = 60
"""Characters of the sentence that a table shows."""


COLUMNS = ("example_passage", "example_start", "example_end", "example")
"""What lines of CSV have of an example."""


def cells(example: Example | None) -> tuple[object, ...]:
    """An example in these columns, empty where there is none."""
    if example is None:
        return (None,) * len(COLUMNS)
    return (example.passage, example.start, example.end, example.text)


def quote(out: Console, example: Example, indent: int, *, full: bool) -> None:
    """Print it; with the number of the passage, or in ``full`` the report's id as well."""
    from rich.text import Text

    text, start = around(example)
    length = example.end - example.start
    color = marks.has_color(out)
    shown = marks.marked(text, 0, [(start, start + length, EXACT)], color=color)
    place = example.passage if full else number_of(example.passage)
    show(out, shown + Text(f"  {place}", style=DIM), indent)


def around(example: Example) -> tuple[str, int]:
    """The sentence, cut around the term, and where the term is in it."""
    start = example.start - example.sentence_start
    first = max(0, min(start - _LONGEST // 2, len(example.text) - _LONGEST))
    cut = example.text[first : first + _LONGEST]
    before = "…" if first else ""
    after = "…" if first + _LONGEST < len(example.text) else ""
    flat = f"{before}{cut}{after}".replace("\n", "　")
    return flat, start - first + len(before)
