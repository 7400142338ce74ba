"""Tables of keywords, one line each, with their figures and an example sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.keywords import (
    BOILERPLATE,
    COMMON,
    GENERAL,
    INDEX,
    NAME,
    SET_PHRASE,
    Keyword,
    KeywordGroup,
    Keywords,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.tables.cells import measure_width
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, print_example, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    create_console,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_BACKGROUNDS = {
    GENERAL: Message(
        "compared mainly with general Chinese; the rest of the index ({chars} characters) is small"
    ),
    INDEX: Message("compared with general Chinese and the rest of the index ({chars} characters)"),
}
_REASONS = {
    SET_PHRASE: Message("in set phrases only"),
    BOILERPLATE: Message("common to all reports"),
    COMMON: Message("as frequent elsewhere"),
    NAME: Message("place, post or name"),
}


def print_table(found: Keywords, t: Translator) -> None:
    """Print the keywords of each group, the best first."""
    out = create_console()
    if not found.groups or not any(group.passages for group in found.groups):
        print_text(out, t("No passage is selected; check REPORT, --where and --query"))
        return
    several = len(found.groups) > 1
    for number, group in enumerate(found.groups):
        if number:
            out.print()
        _print_head(out, group, t)
        if not group.passages:
            print_text(out, t("no passage of it matches --where and --query"), 2)
            continue
        for rank, entry in enumerate(group.keywords, 1):
            _print_keyword(out, f"{rank:>3}", entry, t, full=several or group.reports > 1)
        if not group.keywords:
            print_text(out, t("no distinctive terms"), 2)
        if group.set_aside:
            out.print()
            print_text(out, t("Excluded terms"), 2, "bold")
        for entry in group.set_aside:
            times = t.ngettext("{number} time", "{number} times", entry.count)
            facts = join_facts((times, t.translate(_REASONS[entry.reason])), DIM)
            print_text(out, paint(entry.term) + paint("  ") + facts, 5)


def _print_head(out: Console, group: KeywordGroup, t: Translator) -> None:
    title = paint(group.title or t("Selected passages"), "bold")
    of = t.ngettext("{number} passage", "{number} passages", group.passages)
    if group.reports > 1:
        reports = t.ngettext("{number} report", "{number} reports", group.reports)
        of = t("{passages} of {reports}", passages=of, reports=reports)
    name = group.id if group.id != group.title else ""
    print_text(out, title + paint("  ") + join_facts((name, of), DIM))
    if group.passages:
        background = t("compared with general Chinese only; the index has no other passages")
        if group.rest:
            background = t(_BACKGROUNDS[group.background].template, chars=f"{group.rest:,}")
        print_text(out, background, 2, DIM)


def _print_keyword(out: Console, rank: str, entry: Keyword, t: Translator, *, full: bool) -> None:
    space = " " * max(18 - measure_width(entry.term), 1)
    times = t(
        "{times} in {passages}",
        times=t.ngettext("{number} time", "{number} times", entry.count),
        passages=t.ngettext("{number} passage", "{number} passages", entry.passages),
    )
    known = join_facts((f"{entry.score:>6.1f}", times, entry.portfolio or ""), DIM)
    print_text(out, paint(f"{rank}  ", DIM) + paint(entry.term, "bold") + paint(space) + known)
    print_example(out, entry.example, 5, full=full)


def format_csv(found: Keywords, t: Translator | None = None) -> str:
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
    return to_csv(header, lines, t)
