"""Similar passages: for each part of what was asked about, the two texts under each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import EDITED, Part, SimilarHit, SimilarResult
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.common import percent
from reportsearch.output.tables import highlighted_text as marks
from reportsearch.output.terminal import DIM, console, count, line, show

if TYPE_CHECKING:
    from rich.console import Console


def _nothing(found: SimilarResult, limit: int | None) -> str:
    """Why there is no hit."""
    if not found.compared:
        return "There is no passage to compare it with; leave out --where, or index more reports"
    if limit == 0:
        return "None is shown: --limit 0"
    return "No passage has two neighbouring characters of it"


def table(found: SimilarResult, limit: int | None) -> None:
    """Hits with their score and coverage; what both texts share is marked in both."""
    from rich.text import Text

    out = console()
    parts = {part.number: part for part in found.parts}
    several = len(parts) > 1
    compared = f"{count(found.compared, 'passage')} compared"
    show(out, Text(f"{count(len(parts), 'part')}, {compared}" if several else compared, style=DIM))
    kinds = {span.kind for hit in found.hits for span in hit.spans}
    if kinds:
        legend = marks.legend(kinds, color=marks.has_color(out))
        show(out, Text("marks: ", style=DIM) + legend)
    if not found.hits:
        show(out, Text(_nothing(found, limit)))
    for number, hits in groupby(found.hits, key=lambda hit: hit.part):
        part = parts[number]
        if several:
            out.print()
            place = line((part.passage or f"at {part.start}", " › ".join(part.section)), DIM)
            show(out, Text(f"Part {number}  ", style="bold") + place)
        for rank, hit in enumerate(hits, 1):
            _hit(out, rank, hit, part.text, part.start)


def _hit(out: Console, rank: int, hit: SimilarHit, text: str, start: int) -> None:
    from rich.text import Text

    out.print()
    head = Text(f"{rank}  {hit.score:.3f}  {percent(hit.coverage)} shared  ")
    show(out, head + Text(hit.report.title, style="bold"))
    place = (*_about(hit.report), hit.passage, " › ".join(hit.section))
    show(out, line(place, DIM), 3)
    color = marks.has_color(out)
    here = [(*span.query, span.kind) for span in hit.spans]
    there = [(*span.passage, span.kind) for span in hit.spans]
    for label, shown in (
        ("this   ", marks.marked(text, start, here, color=color)),
        ("there  ", marks.marked(hit.text, hit.start, there, color=color)),
    ):
        show(out, Text(label, style=DIM) + shown, 3)


def _about(info: ReportInfo) -> list[str]:
    return [str(info.year or ""), info.official or info.post or ""]


def _shared(hit: SimilarHit, part: Part) -> Iterator[str]:
    """The stretches that stand in both exactly; one that is part formula is given whole."""
    start = end = -1
    for span in hit.spans:
        if span.kind == EDITED:
            continue
        if span.query[0] != end and end >= 0:
            yield part.text[start - part.start : end - part.start]
        if span.query[0] != end:
            start = span.query[0]
        end = span.query[1]
    if end >= 0:
        yield part.text[start - part.start : end - part.start]


def rows(found: SimilarResult) -> str:
    """A line for each hit, with what is shared as it stands in the part, edits left out."""
    header = (
        "part", "part_passage", "part_start", "part_end", "part_text", "report", "title", "year",
        "official", "passage", "section", "score", "coverage", "start", "end", "text", "shared",
    )  # fmt: skip
    parts = {part.number: part for part in found.parts}
    lines = [
        (
            hit.part, part.passage, part.start, part.end, part.text, hit.report.id,
            hit.report.title, hit.report.year, hit.report.official, hit.passage,
            " › ".join(hit.section), hit.score, hit.coverage, hit.start, hit.end, hit.text,
            " | ".join(_shared(hit, part)),
        )
        for hit in found.hits
        for part in [parts[hit.part]]
    ]  # fmt: skip
    return to_csv(header, lines)
