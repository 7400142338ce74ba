"""Tables of keywords, one line each, with their figures and an example sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.models.keywords import GENERAL, INDEX, Keyword, KeywordGroup, Keywords
from reportsearch.output.json_csv import to_csv
from reportsearch.output.tables.cells import measure_width
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, print_example, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_BACKGROUNDS = {
    GENERAL: "compared with general Chinese, less with the rest ({:,} characters)",
    INDEX: "compared with general Chinese and the rest ({:,} characters)",
}
_NO_REFERENCE = "compared with general Chinese: there is no other passage in the index"


def print_table(found: Keywords) -> None:
    """Print the keywords of each group, the best first."""
    out = create_console()
    if not found.groups or not any(group.passages for group in found.groups):
        print_text(out, "No passage is selected; check REPORT, --where and --query")
        return
    several = len(found.groups) > 1
    for number, group in enumerate(found.groups):
        if number:
            out.print()
        _print_head(out, group)
        if not group.passages:
            print_text(out, "no passage of it meets --where and --query", 2)
            continue
        for rank, entry in enumerate(group.keywords, 1):
            _print_keyword(out, f"{rank:>3}", entry, full=several or group.reports > 1)
        if not group.keywords:
            print_text(out, "nothing sets it apart", 2)
        if group.set_aside:
            out.print()
            print_text(out, "Set aside", 2, "bold")
        for entry in group.set_aside:
            facts = f"  {format_count(entry.count, 'time')}, {entry.reason}"
            print_text(out, paint(entry.term) + paint(facts, DIM), 5)


def _print_head(out: Console, group: KeywordGroup) -> None:
    title = paint(group.title or "These passages", "bold")
    of = format_count(group.passages, "passage")
    if group.reports > 1:
        of = f"{of} of {group.reports} reports"
    name = group.id if group.id != group.title else ""
    print_text(out, title + paint("  ") + join_facts((name, of), DIM))
    if group.passages:
        background = _BACKGROUNDS[group.background] if group.rest else _NO_REFERENCE
        print_text(out, background.format(group.rest), 2, DIM)


def _print_keyword(out: Console, rank: str, entry: Keyword, *, full: bool) -> None:
    space = " " * max(18 - measure_width(entry.term), 1)
    times = f"{format_count(entry.count, 'time')} in {format_count(entry.passages, 'passage')}"
    known = join_facts((f"{entry.score:>6.1f}", times, entry.portfolio or ""), DIM)
    print_text(out, paint(f"{rank}  ", DIM) + paint(entry.term, "bold") + paint(space) + known)
    print_example(out, entry.example, 5, full=full)


def format_csv(found: Keywords) -> str:
    """Format one row per keyword; excluded ones have a reason."""
    header = (
        "group", "title", "rank", "term", "score", "count", "passages", "reports", "ratio",
        "portfolio", "reason", *EXAMPLE_COLUMNS,
    )  # fmt: skip
    lines = [
        (
            group.id, group.title, rank, entry.term, entry.score, entry.count, entry.passages,
            entry.reports, entry.ratio, entry.portfolio, entry.reason,
            *to_example_cells(entry.example),
        )
        for group in found.groups
        for rank, entry in (
            *enumerate(group.keywords, 1),
            *((None, entry) for entry in group.set_aside),
        )
    ]  # fmt: skip
    return to_csv(header, lines)
