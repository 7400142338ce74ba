"""Table of similar passages: each part of the query with its hits below it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.locale import Translator
from reportsearch.models.reuse import EDITED
from reportsearch.models.similar import Part, SimilarHit, SimilarResult
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.tables import highlighted_text
from reportsearch.output.tables.cells import list_year_and_official, pad_text
from reportsearch.output.terminal import (
    DIM,
    create_console,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console


def _explain_nothing(found: SimilarResult, limit: int | None, t: Translator) -> str:
    """Explain why there are no hits."""
    if not found.compared:
        return t("No passages to compare with; omit --where, or index more reports")
    if limit == 0:
        return t("No passages are shown, because of --limit 0")
    return t("No similar passages; try a longer text, or omit --where")


def print_table(found: SimilarResult, t: Translator, limit: int | None) -> None:
    """Print hits with their score and coverage, marking the shared text on both sides."""
    out = create_console()
    parts = {part.number: part for part in found.parts}
    several = len(parts) > 1
    compared = t.ngettext("{number} passage compared", "{number} passages compared", found.compared)
    paragraphs = t.ngettext("{number} paragraph", "{number} paragraphs", len(parts))
    print_text(out, join_facts((paragraphs if several else "", compared), DIM))
    kinds = {span.kind for hit in found.hits for span in hit.spans}
    if kinds:
        legend = highlighted_text.format_legend(kinds, t, color=highlighted_text.has_color(out))
        print_text(out, paint(t("marks: "), DIM) + legend)
    if not found.hits:
        print_text(out, _explain_nothing(found, limit, t))
    for number, hits in groupby(found.hits, key=lambda hit: hit.part):
        part = parts[number]
        if several:
            out.print()
            at = part.passage or t("from character {start}", start=part.start)
            place = join_facts((at, " › ".join(part.section)), DIM)
            title = t("Paragraph {number}", number=number)
            print_text(out, paint(f"{title}  ", "bold") + place)
        for rank, hit in enumerate(hits, 1):
            _print_hit(out, rank, hit, part, t)


def _print_hit(out: Console, rank: int, hit: SimilarHit, part: Part, t: Translator) -> None:
    out.print()
    figures = t(
        "similarity {score}, coverage {share}",
        score=f"{hit.score:.3f}",
        share=format_percent(hit.coverage),
    )
    print_text(out, paint(f"{rank}  ") + paint(hit.report.title, "bold") + paint(f"  {figures}"))
    place = (*list_year_and_official(hit.report), hit.passage, " › ".join(hit.section))
    print_text(out, join_facts(place, DIM), 3)
    color = highlighted_text.has_color(out)
    here = [(*span.query, span.kind) for span in hit.spans]
    there = [(*span.passage, span.kind) for span in hit.spans]
    for label, shown in (
        (
            t.pgettext("table", "this"),
            highlighted_text.highlight_text(part.text, part.start, here, color=color),
        ),
        (
            t.pgettext("table", "there"),
            highlighted_text.highlight_text(hit.text, hit.start, there, color=color),
        ),
    ):
        print_text(out, paint(pad_text(label, 7), DIM) + shown, 3)


def _iter_shared(hit: SimilarHit, part: Part) -> Iterator[str]:
    """Yield the stretches shared exactly, including any boilerplate in them."""
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


def format_csv(found: SimilarResult, t: Translator | None = None) -> str:
    """Format one row per hit, with the shared text as in the part, without edited stretches."""
    header = (
        "part", "part_passage", "part_start", "part_end", "part_text", "report", "title", "year",
        "reported_year", "official", "person", "passage", "section", "score", "coverage", "start",
        "end", "text", "shared",
    )  # fmt: skip
    parts = {part.number: part for part in found.parts}
    lines = [
        (
            hit.part, part.passage, part.start, part.end, part.text, hit.report.id,
            hit.report.title, hit.report.year, hit.report.reported_year, hit.report.official,
            hit.report.person,
            hit.passage, " › ".join(hit.section), hit.score, hit.coverage, hit.start, hit.end,
            hit.text, " | ".join(_iter_shared(hit, part)),
        )
        for hit in found.hits
        for part in [parts[hit.part]]
    ]  # fmt: skip
    return to_csv(header, lines, t)
