"""Tables of portfolios: one block per official, then all portfolios together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED_AS_HEAD,
    PortfolioRow,
    Portfolios,
    Portion,
)
from reportsearch.models.report import PERSONAL_FIELDS, ReportInfo
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_passage_number, format_percent
from reportsearch.output.prose.portfolio_states import SEARCHED_FOR, STATES
from reportsearch.output.tables.cells import (
    align_right,
    collapse_blanks,
    count_groups,
    format_bar,
    join_names,
    measure_width,
    name_field,
    pad_text,
)
from reportsearch.output.terminal import (
    ALL_IN_JSON,
    DIM,
    LIMIT_OR_CSV,
    capitalise,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SIGNS = {NOT_REPORTED: "-", MENTIONED_ONLY: "~", NOT_DECLARED: "+"}
_TOTALS_HEADS = {
    NOT_REPORTED: Message("nothing found"),
    MENTIONED_ONLY: Message("mentioned only"),
    NOT_DECLARED: Message("not assigned"),
}
STYLES = {NOT_REPORTED: "bold red", MENTIONED_ONLY: "red", NOT_DECLARED: "bold yellow"}
_NOTABLE_REPORTS: dict[str, Callable[[Portion], tuple[str, ...]]] = {
    NOT_REPORTED: lambda one: one.not_reported,
    MENTIONED_ONLY: lambda one: one.mentioned,
    NOT_DECLARED: lambda one: one.not_declared,
}
OTHER = Message("no portfolio")
_BAR_WIDTH = 16
_CELL_WIDTH = 8
_MIN_ROOM = 24
"""The fewest columns after a bar that leave space for text."""
_TOTALS_WIDTH = 84
"""The columns needed for the totals with the notable states in words."""
_MAX_PLACES_WIDTH = 18


def print_table(found: Portfolios, t: Translator, limit: int) -> None:
    """Print one block per row, or one column per row if all fit; then the totals."""
    out = create_console()
    is_personal = found.by in PERSONAL_FIELDS
    counted = [t.ngettext("{number} report", "{number} reports", found.reports)]
    if found.rows and found.by != "report":
        counted.append(count_groups(len(found.rows), found.by, t))
    counted.append(count_left_out(found.without, found.by, t))
    print_text(out, join_facts(counted, DIM))
    if not found.rows:
        print_text(out, _explain_nothing(found, t))
        return
    print_text(
        out, join_facts((f"{SIGNS[state]} {t.translate(STATES[state])}" for state in SIGNS), DIM)
    )
    if not found.totals:
        print_text(out, t("No portfolio was recognised in these reports"))
    if not is_personal and len(found.rows) > 1 and _fits_as_columns(out, found, t):
        _print_columns(out, found, limit, t)
    else:
        for row in found.rows[:limit]:
            out.print()
            _print_block(out, row, t, is_one=is_personal)
        if len(found.rows) > limit:
            out.print()
            print_more(out, len(found.rows) - limit, LIMIT_OR_CSV, t)
    if found.totals and len(found.rows) > 1:
        _print_totals(out, found, limit, t)
    if is_personal and found.totals:
        _print_notable(out, found, limit, t)


def count_left_out(number: int, by: str, t: Translator) -> str:
    """Count the reports without the field by which they are grouped; empty if there are none."""
    if not number:
        return ""
    field = name_field(by, t)
    return t("{number} more without {field}", number=number, field=field)


def _explain_nothing(found: Portfolios, t: Translator) -> str:
    if found.without:
        return t(
            "No report states the field {field}; give it in metadata.csv, or choose another --by",
            field=name_field(found.by, t),
        )
    return t("No report is selected; check --where, or index more reports")


def _measure_names(names: Iterable[str], t: Translator) -> int:
    return max(map(measure_width, (*names, t.translate(OTHER))))


def _print_block(out: Console, row: PortfolioRow, t: Translator, *, is_one: bool) -> None:
    """Print a row with one line for each of its portfolios."""
    print_text(
        out,
        paint(collapse_blanks(row.value), "bold")
        + paint("  ")
        + join_facts(describe_row(row, t), DIM),
    )
    width = _measure_names((one.portfolio for one in row.portions), t)
    for one in row.portions:
        shown = paint(f"{SIGNS.get(one.state, ' ')} ", STYLES.get(one.state, ""))
        shown += paint(f"{pad_text(one.portfolio, width)}  {format_percent(one.share):>6}  ")
        shown += paint(pad_text(format_bar(one.share, _BAR_WIDTH), _BAR_WIDTH), "blue") + paint(" ")
        _print_hanging(out, shown, _list_facts(one, row, t, is_one=is_one))
    if row.unknown:
        unknown = t("? not in the word list")
        print_text(out, join_facts((unknown, "、".join(row.unknown)), DIM))
    other = pad_text(t.translate(OTHER), width)
    shown = paint(f"  {other}  {format_percent(row.other):>6}  ", DIM)
    print_text(out, shown + paint(format_bar(row.other, _BAR_WIDTH).replace("=", "."), DIM))


def _print_hanging(out: Console, head: Text, facts: Sequence[str]) -> None:
    """Print facts after the head of a line, and those that do not fit on lines below."""
    indent = head.cell_len if out.width - head.cell_len >= _MIN_ROOM else 4
    text, used = head.copy(), head.cell_len
    separator = ""
    for part in filter(None, facts):
        size = measure_width(separator + part)
        if used + size > out.width and used > indent:
            print_text(out, text)
            text, used, separator = paint(" " * indent), indent, ""
            size = measure_width(part)
        text += paint(separator + part)
        used += size
        separator = " · "
    print_text(out, text)


def describe_row(row: PortfolioRow, t: Translator) -> list[str]:
    """Describe the years, reports and characters of a row."""
    years = sorted({info.year for info in row.reports if info.year})
    span = "" if not years else str(years[0])
    if len(years) > 1:
        span = f"{years[0]}-{years[-1]}"
    several = len(row.reports) > 1
    reports = t.ngettext("{number} report", "{number} reports", len(row.reports))
    return [span, reports if several else "", t("{number} characters", number=f"{row.chars:,}")]


def _list_facts(one: Portion, row: PortfolioRow, t: Translator, *, is_one: bool) -> list[str]:
    """List the role, the notable state and the passages."""
    reports = len(row.reports)
    if not is_one:
        return [
            t(
                "assigned in {declared}, covered in {reported} of {reports}",
                declared=len(one.declared),
                reported=one.reported,
                reports=reports,
            )
        ]
    facts = [one.role] if one.role else []
    if one.state in SIGNS or one.state == REPORTED_AS_HEAD:
        facts.append(t.translate(STATES[one.state]))
    else:
        facts += [
            t(in_some.template, reports=_name_reports(ids, row.reports, t))
            for in_some, ids in (
                (Message("nothing found in {reports}"), one.not_reported),
                (Message("mentioned only in {reports}"), one.mentioned),
                (Message("not assigned in {reports}"), one.not_declared),
            )
            if ids
        ]
    facts.append(_format_places(one, reports, t))
    return facts


def _name_reports(ids: Sequence[str], infos: Sequence[ReportInfo], t: Translator) -> str:
    """Name reports by year if that is unambiguous, else count them."""
    known = {info.id: info for info in infos}
    years = [known[report].year for report in ids]
    if all(years) and len({info.year for info in infos}) == len(infos):
        return join_names(map(str, sorted(year for year in years if year)), t)
    return t.ngettext("{number} report", "{number} reports", len(ids))


def _format_places(one: Portion, reports: int, t: Translator) -> str:
    """Format the passage numbers of a single report, or the passage count of several."""
    if not one.passages:
        if reports > 1:
            return ""
        return t("opening {passage}", passage=format_passage_number(one.declared[0]))
    numbers = [int(passage.rpartition("#")[2]) for passage in one.passages]
    if reports > 1:
        return t.ngettext("{number} passage", "{number} passages", len(numbers))
    ends = [at for at, (this, after) in enumerate(pairwise(numbers)) if after != this + 1]
    firsts, lasts = [0, *(at + 1 for at in ends)], [*ends, len(numbers) - 1]
    spans = [
        f"{numbers[first]}..{numbers[last]}" if first < last else f"{numbers[first]}"
        for first, last in zip(firsts, lasts, strict=True)
    ]
    shown = "#" + spans[0]
    for span in spans[1:]:
        if len(shown) + len(span) + 1 > _MAX_PLACES_WIDTH:
            return f"{shown},…"
        shown = f"{shown},{span}"
    return shown


def _fits_as_columns(out: Console, found: Portfolios, t: Translator) -> bool:
    """Return whether all rows fit side by side as columns."""
    width = _measure_names((one.portfolio for one in found.totals), t) + 3
    columns = max(_CELL_WIDTH, *(measure_width(row.value) + 2 for row in found.rows))
    return width + columns * len(found.rows) <= out.width


def _print_columns(out: Console, found: Portfolios, limit: int, t: Translator) -> None:
    """Print portfolios as rows, and rows as columns."""
    width = _measure_names((one.portfolio for one in found.totals), t)
    cell = max(_CELL_WIDTH, *(measure_width(row.value) + 2 for row in found.rows))
    out.print()
    head = "".join(
        " " * (cell - 1 - measure_width(row.value)) + row.value + " " for row in found.rows
    )
    print_text(out, pad_text("", width) + head, style="bold")
    shares = [{one.portfolio: one for one in row.portions} for row in found.rows]
    for total in found.totals[:limit]:
        shown = paint(pad_text(total.portfolio, width))
        for row in shares:
            one = row.get(total.portfolio)
            text = "· "
            if one is not None:
                share = format_percent(one.share) if one.chars else ""
                text = share + SIGNS.get(one.state, " ")
            shown += paint(f"{text:>{cell}}", STYLES.get(one.state, "") if one else DIM)
        print_text(out, shown)
    other = "".join(f"{format_percent(row.other):>{cell - 1}} " for row in found.rows)
    print_text(out, pad_text(t.translate(OTHER), width) + other, style=DIM)
    reports = "".join(f"{len(row.reports):>{cell - 1}} " for row in found.rows)
    print_text(out, pad_text(t.pgettext("table", "reports"), width) + reports, style=DIM)


def _print_totals(out: Console, found: Portfolios, limit: int, t: Translator) -> None:
    """Print all portfolios: how many have each, and how many of those do not report on it."""
    width = _measure_names((one.portfolio for one in found.totals[:limit]), t)
    out.print()
    # If the words do not fit, signs replace them.
    is_wide = width + _TOTALS_WIDTH <= out.width
    signs = [f"{sign} {t.translate(_TOTALS_HEADS[state])}" for state, sign in SIGNS.items()]
    cell = max(map(measure_width, signs)) + 1 if is_wide else 5
    heads = "".join(align_right(sign if is_wide else sign[0], cell) for sign in signs)
    head = (
        align_right(_name_rows(found, t), 10)
        + align_right(t.pgettext("table", "share"), 8)
        + align_right(t.pgettext("table", "covered"), 9)
        + align_right(t.pgettext("table", "assigned"), 9)
        + heads
    )
    print_text(out, pad_text(t("Reports"), width) + head, style="bold")
    for one in found.totals[:limit]:
        shown = paint(pad_text(one.portfolio, width))
        shown += paint(
            f"{one.rows:>10}{format_percent(one.share):>8}{one.reported:>9}{one.declared:>9}"
        )
        for number, state in (
            (one.not_reported, NOT_REPORTED),
            (one.mentioned, MENTIONED_ONLY),
            (one.not_declared, NOT_DECLARED),
        ):
            shown += paint(f"{number or '·':>{cell}}", STYLES[state] if number else DIM)
        print_text(out, shown)
    print_more(out, len(found.totals) - limit, ALL_IN_JSON, t)
    other = f"{pad_text(t.translate(OTHER), width)}{'':>10}{format_percent(found.other):>8}"
    print_text(out, other, style=DIM)


def _name_rows(found: Portfolios, t: Translator) -> str:
    """Return the heading of a column that counts the rows."""
    if found.by == "official":
        return t.pgettext("table", "officials")
    return t.pgettext("table", "reports") if found.by == "report" else t.pgettext("table", "groups")


def _print_notable(out: Console, found: Portfolios, limit: int, t: Translator) -> None:
    """Print by row what is declared but not reported, and vice versa."""
    for state in SIGNS:
        lines = list(_iter_notable(found, state, t))
        out.print()
        title = f"{SIGNS[state]} {capitalise(t.translate(STATES[state]))}"
        print_text(out, paint(title, STYLES[state]) + paint("" if lines else t(": none")))
        for value, names in lines[:limit]:
            print_text(
                out, paint(f"{collapse_blanks(value)}  ") + paint("、".join(names), "bold"), 2
            )
        print_more(out, len(lines) - limit, LIMIT_OR_CSV, t, 2)
        if lines and state == NOT_REPORTED:
            print_text(out, t.translate(SEARCHED_FOR), 2, style=DIM)


def _iter_notable(found: Portfolios, state: str, t: Translator) -> Iterator[tuple[str, list[str]]]:
    for row in found.rows:
        names = []
        for one in row.portions:
            ids = _NOTABLE_REPORTS[state](one)
            if one.state == state:
                names.append(one.portfolio)
            elif ids:
                reports = _name_reports(ids, row.reports, t)
                names.append(t("{name} ({reports})", name=one.portfolio, reports=reports))
        if names:
            yield row.value, names


def format_csv(found: Portfolios, t: Translator | None = None) -> str:
    """Format one row per cell, and one per row for text that is about no portfolio."""
    header = (
        found.by, "portfolio", "state", "role", "chars", "share", "divided", "row_chars",
        "row_reports", "years", "declared_passages", "not_reported", "mentioned", "not_declared",
        "passages",
    )  # fmt: skip
    return to_csv(header, _iter_rows(found), t)


def _iter_rows(found: Portfolios) -> Iterator[tuple[object, ...]]:
    for row in found.rows:
        years = " ".join(str(year) for year in sorted({i.year for i in row.reports if i.year}))
        of_row = (row.chars, len(row.reports), years)
        for one in row.portions:
            yield (
                row.value, one.portfolio, one.state, one.role, one.chars, one.share, one.divided,
                *of_row, "\n".join(one.declared), "\n".join(one.not_reported),
                "\n".join(one.mentioned), "\n".join(one.not_declared), "\n".join(one.passages),
            )  # fmt: skip
        yield (row.value, "", "", "", "", row.other, row.other, *of_row, "", "", "", "", "")
