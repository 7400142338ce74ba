"""Table of a concordance (KWIC), with the matches aligned."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from reportsearch.locale import Translator
from reportsearch.models.report import OCR
from reportsearch.models.search import Concordance, SearchResult
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.citations import format_citation
from reportsearch.output.terminal import (
    DIM,
    OCR_MARK,
    capitalise,
    create_console,
    format_range,
    paint,
    print_text,
    replace_control_chars,
)

_MIN_LABEL_WIDTH = 12
"""Characters of a report's name to show; a wide terminal shows more."""
_MIN_CONTEXT = 6
"""Columns kept for the context in a narrow terminal."""


def print_table(
    result: Concordance, t: Translator, offset: int, width: int, found: SearchResult | None = None
) -> None:
    """Print one line per occurrence, aligned on the match.

    On a terminal, contexts and passage names shrink to its width. ``found`` is the answer to the
    same query as reports, to explain why there are no occurrences.
    """
    from rich.cells import cell_len, chop_cells, set_cell_size

    out = create_console()
    if not result.matched:
        for reason in _explain_nothing(result.query, found, t):
            print_text(out, reason)
        return
    print_text(out, t.ngettext("{number} occurrence", "{number} occurrences", result.matched))
    if not result.lines:
        return
    fits = out.is_terminal or "COLUMNS" in os.environ
    longest = max(_MIN_LABEL_WIDTH, out.width // 6) if fits else sys.maxsize
    places = [
        _shorten_passage(line.passage, longest) + (f" {OCR_MARK}" if line.reader == OCR else "")
        for line in result.lines
    ]
    label = max(map(cell_len, places))
    middle = max(cell_len(_to_one_line(line.match)) for line in result.lines)
    room = 2 * width
    if fits:
        room = max(_MIN_CONTEXT, min(room, (out.width - label - middle - 4) // 2))
    for line, place in zip(result.lines, places, strict=True):
        left = _to_one_line(line.left)
        while cell_len(left) > room:
            left = left[1:]
        right = (chop_cells(_to_one_line(line.right), room) or [""])[0]
        match = _to_one_line(line.match)
        text = paint(" " * (room - cell_len(left)) + left + " ")
        text.append(match, style="bold red")
        text.append(" " + set_cell_size(right, room + middle - cell_len(match)))
        text.append(" " + place, style=DIM)
        text.rstrip()
        out.print(text, no_wrap=True, overflow="ignore", crop=False)
    shown = offset + len(result.lines)
    if shown < result.matched:
        print_text(out, format_range(offset + 1, shown, result.matched, t), style=DIM)


def _explain_nothing(query: str, found: SearchResult | None, t: Translator) -> Iterator[str]:
    """Explain why there are no occurrences."""
    if found is None or (found.matched.passages and not found.partial):
        yield t("{query} has filters but no words to list; use search", query=query)
        return
    yield t("No passage matches all of {query}", query=query)
    if found.explain and found.explain.adds_detail:
        yield capitalise(t.translate(found.explain.reason))
    if found.matched.apart:
        yield t.ngettext(
            "{number} report has the terms in different passages; use search",
            "{number} reports have the terms in different passages; use search",
            found.matched.apart,
        )
    if found.suggestion:
        yield t("Did you mean: {suggestion}", suggestion=found.suggestion)


def _to_one_line(text: str) -> str:
    return replace_control_chars(" ".join(text.split("\n")))


def _shorten_passage(passage: str, longest: int) -> str:
    """Return a passage's id without folders, truncating a long name."""
    name, _, number = passage.rpartition("#")
    name = name.rpartition("/")[2]
    return replace_control_chars(
        f"{name if len(name) <= longest else name[: longest - 1] + '…'}#{number}"
    )


def format_csv(result: Concordance, t: Translator | None = None) -> str:
    """Format one row per occurrence."""
    header = (
        "report", "title", "passage", "left", "match", "right", "start", "end", "section", "sha256",
        "reader", "year", "reported_year", "region", "post", "official", "person", "citation",
    )  # fmt: skip
    return to_csv(
        header,
        [
            (
                line.report, line.title, line.passage, line.left, line.match, line.right,
                line.start, line.end, " › ".join(line.section), line.sha256, line.reader,
                line.year, line.reported_year, line.region, line.post, line.official, line.person,
                format_citation(line, line.section),
            )
            for line in result.lines
        ],
        t,
    )  # fmt: skip
