"""Tables of text reuse: of a report or draft, and the pairs and formulae of a whole index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import (
    EDITED,
    Formula,
    Reuse,
    ReusedPlace,
    ReusePair,
    ReusePairs,
    Source,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_passage_number, format_percent
from reportsearch.output.tables import highlighted_text
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MAX_SPANS = 3
"""The most spans of a source shown in a table, longest first."""
_MAX_FORMULAE = 10
_MAX_PASSAGES = 3
"""The most passages named for a formula."""
_MAX_CHARS = 120
"""The most characters of a span shown in a table."""


def print_table(found: Reuse, limit: int) -> None:
    """Print the rates, then the first ``limit`` sources with their longest spans."""
    out = create_console()
    print_text(out, found.report.title, style="bold")
    draft = "not in the index" if found.is_draft else ""
    print_text(out, join_facts((*_list_metadata(found.report), found.report.id, draft), DIM), 2)
    runs = f"runs of {found.min_chars} characters or more"
    compared = f"compared with {format_count(found.other_count, 'other report')}, {runs}"
    if found.left_out:
        compared += f"; left out, being read from the same file: {', '.join(found.left_out)}"
    print_text(out, compared, 2, DIM)
    if found.report.official is None:
        unknown = "whose report it is, is not known, so no other report counts as own"
        print_text(out, f"{unknown}; tell by official in metadata.csv, or --official", 2, DIM)
    if not found.chars:
        print_text(out, "It has no letters or digits to compare", 2)
        return
    out.print()
    _print_rates(out, found)
    kinds = {span.kind for source in _list_sources(found) for span in source.spans}
    if kinds:
        color = highlighted_text.has_color(out)
        out.print()
        print_text(out, paint("marks: ") + highlighted_text.format_legend(kinds, color=color), 2)
    else:
        least = format_count(found.min_chars, "character")
        out.print()
        print_text(out, f"No other report has {least} in a row in common with it", 2)
    number = _print_sources(out, "Sources", found.sources, limit, 1)
    _print_sources(out, "Reused by later reports", found.reused_by, limit, number)
    left = len(found.formulae) - _MAX_FORMULAE
    shown = found.formulae[:_MAX_FORMULAE]
    _print_formulae(out, shown, found.formula_officials, left, "--format json lists all")


def _list_sources(found: Reuse) -> list[Source]:
    return [*found.sources, *found.reused_by]


def _list_metadata(info: ReportInfo) -> list[str]:
    return [str(info.year or ""), info.region or "", info.post or "", info.official or ""]


def _print_rates(out: Console, found: Reuse) -> None:
    of_all = f"{found.shared:,} of {found.chars:,} characters"
    rows = (
        ("also in other reports", format_percent(found.rate), of_all),
        ("  without boilerplate", format_percent(found.rate_without_formulae), ""),
        ("  without own earlier reports", format_percent(found.rate_without_own), ""),
        ("  in reports of others alone", format_percent(found.rate_from_others), ""),
        ("    without boilerplate", format_percent(found.rate_from_others_without_formulae), ""),
        ("  without later reports", format_percent(found.rate_from_sources), ""),
        ("  with small edits, too", format_percent(found.rate_with_edits), ""),
        ("longest run", str(found.longest), format_count(found.longest, "character").split(" ")[1]),
    )
    for name, value, more in rows:
        print_text(out, paint(f"{name:<31}{value:>8}  ") + paint(more, DIM), 2)


def _print_sources(
    out: Console, title: str, sources: Sequence[Source], limit: int, first: int
) -> int:
    """Print the sources, numbered from ``first``, and return the next number."""
    if not sources:
        return first
    out.print()
    out.print(paint(title, "bold"))
    for number, source in enumerate(sources[:limit], first):
        info = source.report
        print_text(
            out, paint(f"{number}  {format_percent(source.rate)}  ") + paint(info.title, "bold"), 2
        )
        own = "own" if source.is_own else ""
        facts = f"{format_count(source.chars, 'character')}, longest run {source.longest}"
        if source.chars_without_formulae < source.chars:
            facts += f", {source.chars_without_formulae} without boilerplate"
        if source.edited_chars:
            facts += f", {source.edited_chars} more with small edits"
        print_text(out, join_facts((*_list_metadata(info), own, info.id), DIM), 5)
        print_text(out, facts, 5, DIM)
        longest = sorted(source.places, key=lambda place: (-place.chars, place.start))[:_MAX_SPANS]
        for place in sorted(longest, key=lambda place: (place.start, place.end)):
            _print_place(out, place)
        if len(source.places) > _MAX_SPANS:
            more = format_count(len(source.places) - _MAX_SPANS, "more place")
            print_text(out, f"and {more}; --format json lists all", 5, DIM)
    print_more(out, len(sources) - limit, "--limit N shows more", 2, DIM)
    return first + len(sources)


def _print_place(out: Console, place: ReusedPlace) -> None:
    """Print the shared text of a place in context, and the other side if anything is edited."""
    color = highlighted_text.has_color(out)
    numbers = (format_passage_number(passage) for passage in (place.passage, place.source_passage))
    spans = [(*span.query, span.kind) for span in place.spans]
    shown = _highlight_place(place.text, place.start, spans, color=color)
    print_text(out, paint(f"{' = '.join(numbers)}: ", DIM) + shown, 5)
    if place.edited_chars or any(span.kind == EDITED for span in place.spans):
        spans = [(*span.passage, span.kind) for span in place.spans]
        there = _highlight_place(place.source_text, place.source_start, spans, color=color)
        print_text(out, paint("there: ", DIM) + there, 7)


def _highlight_place(
    text: str, start: int, spans: Sequence[highlighted_text.HighlightSpan], *, color: bool
) -> Text:
    """Highlight from the first mark to the last, shortening a long text."""
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    shown = _shorten_text(text[first - start : last - start])
    return highlighted_text.highlight_text(shown, first, spans, color=color)


def _shorten_text(text: str) -> str:
    flat = text.replace("\n", "¶")
    return flat if len(flat) <= _MAX_CHARS else f"{flat[: _MAX_CHARS - 1]}…"


def _print_formulae(
    out: Console, formulae: Sequence[Formula], officials: int, left: int, hint: str
) -> None:
    """Print the formulae, and how many are not shown."""
    if not formulae and left <= 0:
        return
    out.print()
    what = f"set phrases, and text in the reports of {officials} officials or more"
    out.print(paint("Boilerplate", "bold") + paint(f"  {what}", DIM))
    for entry in formulae:
        kind = "set phrase, " if entry.is_set_phrase else ""
        counted = format_count(entry.reports, "report"), format_count(entry.officials, "official")
        facts = paint(f"  {kind}{', '.join(counted)}", DIM)
        print_text(out, paint(_shorten_text(entry.text)) + facts, 2)
        passages = entry.passages[:_MAX_PASSAGES]
        # Within one report, numbers are enough.
        places = map(format_passage_number, passages) if entry.spans else passages
        print_text(out, ", ".join(places), 5, DIM)
    print_more(out, left, hint, 2, DIM)


def print_pairs(found: ReusePairs) -> None:
    """Print the pairs of reports, then the formulae."""
    out = create_console()
    counted = f"{format_count(found.reports, 'report')}, {found.chars:,} characters"
    print_text(out, counted)
    rule = f"in runs of {found.min_chars} characters or more, without boilerplate"
    print_text(out, rule, style=DIM)
    if found.without_official:
        unknown = f"the official of {format_count(found.without_official, 'report')} is not known"
        print_text(out, f"{unknown}: each counts as another's", style=DIM)
    if not found.matched:
        print_text(out, "No two reports have so much in common")
    else:
        out.print()
        head = f"{format_count(found.matched, 'pair')} of reports"
        out.print(
            paint(head, "bold")
            + paint("  characters, share, longest run; own: one official's", DIM)
        )
    for pair in found.pairs:
        _print_pair(out, pair)
    print_more(out, found.matched - len(found.pairs), "--limit N shows more", 2, DIM)
    left = found.matched_formulae - len(found.formulae)
    _print_formulae(out, found.formulae, found.formula_officials, left, "--limit N shows more")


def _print_pair(out: Console, pair: ReusePair) -> None:
    own = "own" if pair.is_own else ""
    facts = f"{pair.chars:>7}  {format_percent(pair.rate):>7}  {pair.longest:>5}  {own:<3}  "
    print_text(out, paint(facts) + paint(pair.report, "bold"), 2)
    back = f"{pair.source_chars:>7}  {format_percent(pair.source_rate):>7}  {'':>10}  "
    print_text(out, paint(back, DIM) + paint(pair.source), 2)


def format_csv(found: Sequence[Reuse]) -> str:
    """Format one row per span of each source, for one report or several drafts."""
    header = (
        "report", "source", "source_title", "source_year", "is_own", "is_later", "kind", "chars",
        "passage", "start", "end", "text", "source_passage", "source_start", "source_end",
        "source_text",
    )  # fmt: skip
    lines = [
        (
            result.report.id, source.report.id, source.report.title, source.report.year,
            str(source.is_own).lower(), str(later).lower(), span.kind, span.chars, span.passage,
            span.start, span.end, span.text, span.source_passage, span.source_start,
            span.source_end, span.source_text,
        )
        for result in found
        for later, sources in ((False, result.sources), (True, result.reused_by))
        for source in sources
        for span in source.spans
    ]  # fmt: skip
    return to_csv(header, lines)


def format_pairs_csv(found: ReusePairs) -> str:
    """Format one row per pair."""
    header = (
        "report", "title", "source", "source_title", "is_own", "chars", "rate", "source_chars",
        "source_rate", "longest",
    )  # fmt: skip
    return to_csv(
        header,
        [
            (
                pair.report, pair.title, pair.source, pair.source_title, str(pair.is_own).lower(),
                pair.chars, pair.rate, pair.source_chars, pair.source_rate, pair.longest,
            )
            for pair in found.pairs
        ],
    )  # fmt: skip
