"""Tables of officials side by side within a portfolio: shares, common figures, then each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.facts import Indicator
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_REPORTED,
    PortfolioOfficial,
    Quoted,
    SideBySide,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.figures import describe_period, label_sources
from reportsearch.output.prose.formatting import format_percent
from reportsearch.output.prose.portfolio_states import SEARCHED_FOR, STATES
from reportsearch.output.tables import figures
from reportsearch.output.tables.cells import (
    collapse_blanks,
    count_groups,
    format_bar,
    join_names,
    name_field,
    pad_text,
    truncate_text,
)
from reportsearch.output.tables.portfolios import SIGNS, STYLES, count_left_out
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MAX_ITEMS = 8
"""Maximum number of figures, documents and other items shown for each official."""
_BAR_WIDTH = 16
_NAME_WIDTH = 26
_ALL_FIGURES = Message("… and {number} more; --figures shared shows all")
_ALL_IN_CSV = Message("… and {number} more; --format csv lists all")


def print_table(found: SideBySide, t: Translator, limit: int) -> None:
    """Print shares, the figures that several officials report, and what each reports."""
    out = create_console()
    counted = (
        "" if found.by == "report" else count_groups(len(found.officials), found.by, t),
        t.ngettext("{number} report", "{number} reports", found.reports),
        count_left_out(found.without, found.by, t),
    )
    print_text(out, paint(found.portfolio, "bold") + paint("  ") + join_facts(counted, DIM))
    if not found.officials:
        message = t("No selected report assigns or covers this portfolio")
        if found.without:
            message = t(
                "No report on this portfolio states the field {field}; choose another --by",
                field=name_field(found.by, t),
            )
        print_text(out, message)
        return
    out.print()
    shown = found.officials[:limit]
    for one in shown:
        _print_share(out, one, t)
    print_more(out, len(found.officials) - limit, LIMIT_OR_CSV, t)
    if found.shared:
        _print_common(out, found, t)
    for one in shown:
        _print_official(out, one, t)


def _print_share(out: Console, one: PortfolioOfficial, t: Translator) -> None:
    """Print an official's share as a bar, with the shares by year."""
    portion = one.portion
    sign = SIGNS.get(portion.state, " ")
    head = paint(f"{sign} ", STYLES.get(portion.state, ""))
    head += paint(
        pad_text(truncate_text(one.value, _NAME_WIDTH), _NAME_WIDTH)
        + f"{format_percent(portion.share):>7}  "
    )
    head += paint(pad_text(format_bar(portion.share, _BAR_WIDTH), _BAR_WIDTH), "blue")
    state = t.translate(STATES[portion.state])
    if portion.state not in SIGNS:
        state = portion.role or state
    print_text(out, head + paint(f" {state}"))
    if len(one.by_year) > 1:
        years = " · ".join(f"{year} {format_percent(share)}" for year, share in one.by_year)
        print_text(out, years, _NAME_WIDTH + 4, DIM)


def _print_common(out: Console, found: SideBySide, t: Translator) -> None:
    """Print the figures that more than one official reports, below each other."""
    out.print()
    print_text(out, t("Figures reported by several"), style="bold")
    shared = found.build_figure_table()
    sources = label_sources(shared.infos, shared.by)
    figures.print_rows(out, shared.rows[:_MAX_ITEMS], shared.values, sources, t)
    print_more(out, found.shared - _MAX_ITEMS, _ALL_FIGURES, t, 2, DIM)


def _format_figure(figure: Indicator, one: PortfolioOfficial, t: Translator) -> Text:
    name = f"{figure.name or figure.wording}  "
    planned = t("planned") if figure.is_plan else ""
    facts = (describe_period(figure, t), planned, _format_place(figure.passage, one))
    value = paint(f"{figure.change}{figure.text}  ", "bold")
    return paint(name) + value + join_facts(facts, DIM)


def _format_place(passage: str, one: PortfolioOfficial) -> str:
    """Format a passage as its number, with the year if the official has several reports."""
    report, _, number = passage.rpartition("#")
    if len(one.reports) == 1:
        return f"#{number}"
    years = {info.id: info.year for info in one.reports}
    if all(years.values()) and len(set(years.values())) == len(one.reports):
        return f"{years[report]} #{number}"
    return passage


def _print_official(out: Console, one: PortfolioOfficial, t: Translator) -> None:
    out.print()
    portion = one.portion
    state = t.translate(STATES[portion.state])
    facts = (format_percent(portion.share), portion.role, state)
    print_text(
        out, paint(collapse_blanks(one.value), "bold") + paint("  ") + join_facts(facts, DIM)
    )
    for info in one.reports:
        print_text(out, join_facts((str(info.year or ""), info.id), DIM), 2)
    if portion.not_reported and portion.passages:
        ids = join_names(portion.not_reported, t)
        print_text(out, f"{SIGNS[NOT_REPORTED]} " + t("nothing found in {reports}", reports=ids), 2)
    if portion.mentioned and portion.chars:
        ids = join_names(portion.mentioned, t)
        only = t("mentioned only in {reports}", reports=ids)
        print_text(out, f"{SIGNS[MENTIONED_ONLY]} {only}", 2)
    if not portion.passages:
        where = join_names((_format_place(passage, one) for passage in portion.declared), t)
        print_text(out, t("assigned in the opening ({passages}) only", passages=where), 2)
    if portion.state == NOT_REPORTED:
        print_text(out, t.translate(SEARCHED_FOR), 2, style=DIM)
    if one.terms:
        terms = paint("、".join(term.term for term in one.terms))
        print_text(out, paint(t("terms  "), DIM) + terms, 2)
    for title, items in _iter_items(one, t):
        if items:
            print_text(out, t("{title} ({number})", title=title, number=len(items)), 2, DIM)
        for item in items[:_MAX_ITEMS]:
            print_text(out, item, 4)
        print_more(out, len(items) - _MAX_ITEMS, _ALL_IN_CSV, t, 4, DIM)


def _iter_items(one: PortfolioOfficial, t: Translator) -> Iterator[tuple[str, list[Text]]]:
    """Yield the lists of items of an official, each item with its place."""
    yield t("figures"), [_format_figure(figure, one, t) for figure in one.indicators]
    yield (
        t("documents"),
        [
            paint(f"{document.title}  ")
            + join_facts((document.action, _format_place(document.passage, one)), DIM)
            for document in one.citations
        ],
    )
    yield (
        t("projects"),
        [
            paint(f"{project.name}  {project.state}  ")
            + join_facts([_format_place(project.passage, one)], DIM)
            for project in one.projects
        ],
    )
    yield (
        t("shared text"),
        [
            paint(t("{other}, {chars} characters", other=shared.other, chars=shared.chars))
            + paint(f"  “{shared.here.text}”  ")
            + join_facts(
                (
                    _format_place(shared.here.passage, one),
                    t("other: {passage}", passage=shared.there.passage),
                ),
                DIM,
            )
            for shared in one.shared
        ],
    )
    yield t("weaknesses"), [_format_quotation(quoted, one) for quoted in one.weaknesses]
    yield t("plans"), [_format_quotation(quoted, one) for quoted in one.plans]


def _format_quotation(quoted: Quoted, one: PortfolioOfficial) -> Text:
    text = quoted.text.replace("\n", "　")
    return paint(f"{text}  ") + join_facts([_format_place(quoted.passage, one)], DIM)


_COLUMNS = (
    "value", "kind", "name", "text", "number", "low", "high", "unit", "masked", "period",
    "period_source", "span", "plan", "group", "state", "other", "other_passage", "other_start",
    "other_end", "passage", "start", "end",
)  # fmt: skip


def format_csv(found: SideBySide, t: Translator | None = None) -> str:
    """Format one row per item of each official; ``kind`` is the type of the item."""
    lines = (
        (one.value, *(known.get(column) for column in _COLUMNS[1:]))
        for one in found.officials
        for known in _iter_cells(one)
    )
    return to_csv((found.by, *_COLUMNS[1:]), lines, t)


def _iter_cells(one: PortfolioOfficial) -> Iterator[dict[str, object]]:
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
            "period_source": figure.period_source, "span": figure.span,
            "plan": str(figure.is_plan).lower(), "group": figure.group, **_to_span_cells(figure),
        }  # fmt: skip
    for document in one.citations:
        yield {
            "kind": "document", "name": document.title, "state": document.action,
            **_to_span_cells(document),
        }  # fmt: skip
    for project in one.projects:
        yield {
            "kind": "project",
            "name": project.name,
            "state": project.state,
            **_to_span_cells(project),
        }
    for shared in one.shared:
        yield {
            "kind": "shared", "text": shared.here.text, "number": shared.chars,
            "other": shared.other, "other_passage": shared.there.passage,
            "other_start": shared.there.start, "other_end": shared.there.end,
            **_to_span_cells(shared.here),
        }  # fmt: skip
    yield from _iter_quotations("weakness", one.weaknesses)
    yield from _iter_quotations("plan", one.plans)


def _iter_quotations(kind: str, quoted: Sequence[Quoted]) -> Iterator[dict[str, object]]:
    for one in quoted:
        yield {"kind": kind, "text": one.text, **_to_span_cells(one)}


def _to_span_cells(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("passage", "start", "end")}
