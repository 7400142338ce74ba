"""Officials side by side within a portfolio: shares, figures of several, then each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportsearch.models.facts import Indicator
from reportsearch.models.portfolios import (
    IN_WORDS_ONLY,
    NOT_REPORTED,
    PortfolioOfficial,
    Quoted,
    SideBySide,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose import figures as wording
from reportsearch.output.prose.common import percent
from reportsearch.output.tables import figures
from reportsearch.output.tables.cells import bar, cut, flat, padded
from reportsearch.output.tables.portfolios import SIGNS, STYLES
from reportsearch.output.terminal import DIM, console, count, line, show

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_ITEMS = 8
"""Figures, documents and the like that a table shows of each official."""
_BAR = 16
_NAME = 26
_HEAD = "head of the whole"


def table(found: SideBySide, limit: int) -> None:
    """Shares, the figures that several report, and what each reports."""
    from rich.text import Text

    out = console()
    rows = count(len(found.officials), found.by) if found.by == "official" else f"by {found.by}"
    missing = f"{found.without} more without {found.by}" if found.without else ""
    about = line((rows, count(found.reports, "report"), missing), DIM)
    show(out, Text(found.portfolio, style="bold") + Text("  ") + about)
    if not found.officials:
        told = "No report that is asked about declares it or reports on it"
        if found.without:
            told = f"No report with it has a {found.by}; choose another --by"
        show(out, line([told]))
        return
    out.print()
    shown = found.officials[:limit]
    for one in shown:
        _share(out, one)
    if len(found.officials) > limit:
        rest = len(found.officials) - limit
        show(out, line([f"… and {rest} more; --limit N shows more, --format csv all"]))
    if found.shared:
        _common(out, found)
    for one in shown:
        _official(out, one)


def _share(out: Console, one: PortfolioOfficial) -> None:
    """The share of an official as a bar, with those of the years."""
    from rich.text import Text

    portion = one.portion
    sign = SIGNS.get(portion.state, " ")
    head = Text(f"{sign} ", style=STYLES.get(portion.state, ""))
    head += Text(padded(cut(one.value, _NAME), _NAME) + f"{percent(portion.share):>7}  ")
    head += Text(padded(bar(portion.share, _BAR), _BAR), style="blue")
    told = portion.state if portion.state in SIGNS else portion.role or _HEAD
    show(out, head + Text(f" {told}"))
    if len(one.by_year) > 1:
        years = " · ".join(f"{year} {percent(share)}" for year, share in one.by_year)
        show(out, Text(years, style=DIM), _NAME + 4)


def _common(out: Console, found: SideBySide) -> None:
    """Figures that more than one official reports, under one another."""
    from rich.text import Text

    out.print()
    show(out, Text("Figures that several report", style="bold"))
    shared = found.table()
    sources = wording.sources(shared.infos, shared.by)
    figures.rows(out, shared.rows[:_ITEMS], shared.values, sources)
    if found.shared > _ITEMS:
        show(out, line([f"… and {found.shared - _ITEMS} more; --figures shared has all"], DIM), 2)


def _figure(figure: Indicator, one: PortfolioOfficial, *, named: bool) -> Text:
    from rich.text import Text

    name = f"{figure.name or figure.wording}  " if named else ""
    told = (figure.period, "planned" if figure.is_plan else "", _place(figure.passage, one))
    value = Text(f"{figure.change}{figure.text}  ", style="bold")
    return Text(name) + value + line(told, DIM)


def _place(passage: str, one: PortfolioOfficial) -> str:
    """A passage by its number, and where the official has several reports by the year."""
    report, _, number = passage.rpartition("#")
    if len(one.reports) == 1:
        return f"#{number}"
    years = {info.id: info.year for info in one.reports}
    if all(years.values()) and len(set(years.values())) == len(one.reports):
        return f"{years[report]} #{number}"
    return passage


def _official(out: Console, one: PortfolioOfficial) -> None:
    from rich.text import Text

    out.print()
    portion = one.portion
    told = (percent(portion.share), portion.role, portion.state)
    show(out, Text(flat(one.value), style="bold") + Text("  ") + line(told, DIM))
    for info in one.reports:
        show(out, line((str(info.year or ""), info.id), DIM), 2)
    if portion.not_reported and portion.passages:
        show(out, line((f"{SIGNS[NOT_REPORTED]} not reported in", *portion.not_reported)), 2)
    if portion.mentioned and portion.chars:
        show(out, line((f"{SIGNS[IN_WORDS_ONLY]} mentioned in words in", *portion.mentioned)), 2)
    if not portion.passages:
        where = ", ".join(_place(passage, one) for passage in portion.declared)
        show(out, line([f"declared in {where}, and in no section"]), 2)
    if one.terms:
        show(out, Text("terms  ", style=DIM) + Text("、".join(term.term for term in one.terms)), 2)
    for title, items in _items(one):
        if items:
            show(out, Text(f"{title} ({len(items)})", style=DIM), 2)
        for item in items[:_ITEMS]:
            show(out, item, 4)
        _more(out, len(items), 4)


def _items(one: PortfolioOfficial) -> Iterator[tuple[str, list[Text]]]:
    """What is listed of an official, each with its place."""
    from rich.text import Text

    yield "figures", [_figure(figure, one, named=True) for figure in one.indicators]
    yield (
        "documents",
        [
            Text(f"{document.title}  ")
            + line((document.action, _place(document.passage, one)), DIM)
            for document in one.citations
        ],
    )
    yield (
        "projects",
        [
            Text(f"{project.name}  {project.state}  ") + line([_place(project.passage, one)], DIM)
            for project in one.projects
        ],
    )
    yield (
        "text in common",
        [
            Text(f"{shared.other}, {shared.chars} characters  ")
            + Text(f"“{shared.here.text}”  ")
            + line((_place(shared.here.passage, one), f"there {shared.there.passage}"), DIM)
            for shared in one.shared
        ],
    )
    yield "weaknesses", [_quoted(quoted, one) for quoted in one.weaknesses]
    yield "plans", [_quoted(quoted, one) for quoted in one.plans]


def _quoted(quoted: Quoted, one: PortfolioOfficial) -> Text:
    from rich.text import Text

    text = quoted.text.replace("\n", "　")
    return Text(f"{text}  ") + line([_place(quoted.passage, one)], DIM)


def _more(out: Console, number: int, indent: int) -> None:
    if number > _ITEMS:
        show(out, line([f"… and {number - _ITEMS} more; --format csv all"], DIM), indent)


_COLUMNS = (
    "value", "kind", "name", "text", "number", "low", "high", "unit", "masked", "period", "plan",
    "group", "state", "other", "other_passage", "other_start", "other_end", "passage", "start",
    "end",
)  # fmt: skip


def rows(found: SideBySide) -> str:
    """A line for everything that is found of each; ``kind`` tells what it is."""
    lines = (
        (one.value, *(known.get(column) for column in _COLUMNS[1:]))
        for one in found.officials
        for known in _cells(one)
    )
    return to_csv((found.by, *_COLUMNS[1:]), lines)


def _cells(one: PortfolioOfficial) -> Iterator[dict[str, object]]:
    portion = one.portion
    yield {"kind": "share", "number": portion.share, "state": portion.state, "name": portion.role}
    for year, share in one.by_year:
        yield {"kind": "year", "name": year, "number": share}
    for term in one.terms:
        example = term.example
        yield {
            "kind": "term", "name": term.term, "number": term.score, "text": example.text,
            "passage": example.passage, "start": example.start, "end": example.end,
        }  # fmt: skip
    for figure in one.indicators:
        yield {
            "kind": "indicator", "name": figure.name, "text": f"{figure.change}{figure.text}",
            "number": figure.value, "low": figure.low, "high": figure.high, "unit": figure.unit,
            "masked": str(figure.masked).lower(), "period": figure.period,
            "plan": str(figure.is_plan).lower(), "group": figure.group, **_span(figure),
        }  # fmt: skip
    for document in one.citations:
        yield {
            "kind": "document", "name": document.title, "state": document.action, **_span(document)
        }  # fmt: skip
    for project in one.projects:
        yield {"kind": "project", "name": project.name, "state": project.state, **_span(project)}
    for shared in one.shared:
        yield {
            "kind": "shared", "text": shared.here.text, "number": shared.chars,
            "other": shared.other, "other_passage": shared.there.passage,
            "other_start": shared.there.start, "other_end": shared.there.end,
            **_span(shared.here),
        }  # fmt: skip
    yield from _quotes("weakness", one.weaknesses)
    yield from _quotes("plan", one.plans)


def _quotes(kind: str, quoted: Sequence[Quoted]) -> Iterator[dict[str, object]]:
    for one in quoted:
        yield {"kind": kind, "text": one.text, **_span(one)}


def _span(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("passage", "start", "end")}
