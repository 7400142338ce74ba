"""Comparisons: for each group the terms that set it apart; the use of terms as bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportsearch.models.compare import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    SharedTerm,
    TermUse,
    UsePoint,
    Uses,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.compare_conclusions import conclusion
from reportsearch.output.tables.cells import padded
from reportsearch.output.tables.examples import COLUMNS, cells, quote
from reportsearch.output.terminal import DIM, console, count, line, printable, show

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH = 18
_BAR = 24
_TOLD = 3
"""Groups up to which each is summed up in sentences."""
_GROUPS = 5
"""Groups whose rates are shown beside a shared term."""
_LEGEND = (
    "in: the reports that have it; /10k: times in 10,000 words, here and in the rest; log2 ratio: "
    "1 is twice as often, 2 four times, with its 95 % interval; q: the share of false ones among "
    "all up to it, by ranks of the officials' rates, — where none can be told; DP: 0 spread "
    "evenly, 1 all in one place"
)
_ROOM = (
    "room: the share of all characters, of an official in the reports that declare the portfolio, "
    "beside the mean of the others who are in charge of it, in theirs; a passage on several "
    "portfolios counts for each; told from 5 points on, also when it is divided among them. Times "
    "in sentences are those of the string, as search finds it; in the table, of the term alone"
)
_ALONE = "there is nothing else among what is asked about to set it against"
_SINGLE = "one official against others: nothing can be significant; intervals by its sections"
_NOTHING = "No passage is asked about; check --by, --values, --where and --query"


def table(found: Comparison, limit: int) -> None:
    """The first ``limit`` groups with their terms, and what all groups share."""
    from rich.text import Text

    out = console()
    if not found.groups:
        show(out, Text(_left_out(found) or _both(found) or _NOTHING))
        return
    few = len(found.groups) <= _TOLD
    for group in found.groups[:limit]:
        _head(out, group)
        for said in conclusion(found, group, group.value, "en") if few else ():
            show(out, Text(said.text), 2)
        if group.terms:
            _columns(out)
        for rank, term in enumerate(group.terms, 1):
            _term(out, rank, term, full=group.reports > 1)
        if not group.terms and group.rest_words and not few:
            show(out, Text("nothing sets it apart for certain"), 2)
        out.print()
    if len(found.groups) > limit:
        more = len(found.groups) - limit
        show(out, Text(f"… and {count(more, 'group')} more; --limit, or --format json, shows them"))
        out.print()
    if found.shared:
        _shared(out, found.shared)
        out.print()
    room = _ROOM if few and found.by != "portfolio" else ""
    for note in (_left_out(found), _both(found), _empty(found), _LEGEND, room):
        if note:
            show(out, Text(note, style=DIM))


def _left_out(found: Comparison | Uses) -> str:
    if not found.without:
        return ""
    left = "has" if found.without == 1 else "have"
    remedy = "; metadata.csv can name one" if found.by == "official" else ""
    return f"left out: {count(found.without, 'report')} that {left} no {found.by}{remedy}"


def _empty(found: Comparison) -> str:
    if not found.empty:
        return ""
    listed = "、".join(found.empty)
    return f"nothing is left of {listed}; check --where and --query" + (
        ", or leave out --pairwise" if found.both else ""
    )


def _both(found: Comparison) -> str:
    return f"{count(found.both, 'passage')} of both groups left out" if found.both else ""


def _head(out: Console, group: ComparedGroup) -> None:
    from rich.text import Text

    against = group.against or "all the rest"
    size = _size(group.reports, group.units, group.words)
    rest = _size(group.rest_reports, group.rest_units, group.rest_words)
    show(out, Text(group.value, style="bold") + Text(f"  {size}", style=DIM))
    show(out, Text(f"against {against}: {rest}", style=DIM), 2)
    show(out, Text(_tested(group), style=DIM), 2)


def _columns(out: Console) -> None:
    from rich.text import Text

    head = f"     {'':{_WIDTH}}  times   in    /10k   rest  log2 ratio              q   DP"
    out.print(Text(head, style=DIM), no_wrap=True, crop=False, overflow="ignore")


def _tested(group: ComparedGroup) -> str:
    if not group.words:
        return "it has no words outside set phrases"
    if not group.rest_words:
        return _ALONE
    if group.by_section:
        return _SINGLE
    if not group.candidates:
        return "so few officials that no term can be significant"
    tested = f"{group.significant} of {count(group.candidates, 'term')} that can be tested"
    return f"more frequent here with q < .05: {tested}"


def _size(reports: int, units: int, words: int) -> str:
    officials = "" if units == reports else f" of {count(units, 'official')}"
    return f"{count(reports, 'report')}{officials}, {words:,} words"


def _term(out: Console, rank: int, term: ComparedTerm, *, full: bool) -> None:
    from rich.text import Text

    figures = (
        f"{term.count:>5} {term.reports:>4}  {_rate(term.per_10k):>6} {_rate(term.rest_per_10k):>6}"
        f"  {term.log_ratio:>4.1f} {_interval(term.interval):<12} {_q(term.q):>5} "
        f"{_dp(term.dispersion):>4}"
    )
    name = f"{term.term} (name)" if term.is_name else term.term
    text = Text(f"{rank:>3}  ", style=DIM) + Text(padded(name, _WIDTH - 1), style="bold")
    out.print(text + Text(f"   {figures}"), no_wrap=True, crop=False, overflow="ignore")
    quote(out, term.example, 5, full=full)


def _rate(rate: float) -> str:
    return f"{rate:.1f}" if rate < 1000 else f"{rate:,.0f}"


def _interval(ends: tuple[float | None, float | None]) -> str:
    low, high = ends
    first = "−∞" if low is None else f"{low:.1f}"
    last = "∞" if high is None else f"{high:.1f}"
    return f"{first} to {last}"


def _q(q: float | None) -> str:
    if q is None:
        return "—"
    if q < 0.001:
        return "<.001"
    return f"{q:.3f}".removeprefix("0")


def _dp(dispersion: float) -> str:
    return f"{dispersion:.2f}".removeprefix("0")


def _shared(out: Console, shared: Iterable[SharedTerm]) -> None:
    from rich.text import Text

    show(out, Text("Used by all groups about as often", style="bold"))
    for term in shared:
        rates = [f"{group.value} {_rate(group.per_10k)}" for group in term.groups[:_GROUPS]]
        more = "…" if len(term.groups) > _GROUPS else ""
        show(out, Text(f"  {padded(term.term, _WIDTH - 1)} ") + line([*rates, more], DIM), 3)


def rows(found: Comparison) -> str:
    """A line for each term of each group; shared terms have a line for each group."""
    header = (
        "group", "against", "rank", "term", "count", "reports", "officials", "per_10k",
        "rest_count", "rest_reports", "rest_officials", "rest_per_10k", "log_ratio", "low", "high",
        "bound", "g2", "p", "q", "dispersion", "shared", "less", "is_name", *COLUMNS,
    )  # fmt: skip
    lines: list[tuple[object, ...]] = [
        (
            group.value, group.against, rank, term.term, term.count, term.reports, term.units,
            term.per_10k, term.rest_count, term.rest_reports, term.rest_units, term.rest_per_10k,
            term.log_ratio, *term.interval, term.bound, term.g2, term.p, term.q, term.dispersion,
            "", less, "yes" if term.is_name else "", *cells(term.example),
        )
        for group in found.groups
        for terms, less in ((group.terms, ""), (group.less, "yes"))
        for rank, term in enumerate(terms, 1)
    ]  # fmt: skip
    lines += [
        (
            one.value, "", rank, term.term, one.count, one.reports, None, one.per_10k,
            *[None] * 12, "yes", "", "", *cells(one.example),
        )
        for rank, term in enumerate(found.shared, 1)
        for one in term.groups
    ]  # fmt: skip
    return to_csv(header, lines)


def uses_table(found: Uses) -> None:
    """Each term with its first use, and a bar for each group."""
    from rich.text import Text

    out = console()
    for number, term in enumerate(found.terms):
        if number:
            out.print()
        show(out, Text(term.term, style="bold"))
        if term.first is None:
            show(out, Text("nobody uses it"), 2)
            continue
        show(out, Text(f"first use known: {_dated(term.first_dated)}", style=DIM), 2)
        quote(out, term.first, 2, full=True)
        _points(out, term)
    out.print()
    of = count(found.reports, "report")
    about = f"in 10,000 characters, with a 95 % interval; reports that have it; of {of} asked about"
    for note in (about, _left_out(found)):
        if note:
            show(out, Text(note, style=DIM))


def _dated(dated: str) -> str:
    """The year reported on, and the date of the report where that tells more."""
    year, _, date = dated.partition(" ")
    if not year:
        return "in a report without a date"
    return f"{year}, in a report dated {date}" if date and date != year else year


def _points(out: Console, term: TermUse) -> None:
    from rich.cells import cell_len
    from rich.text import Text

    most = max((point.per_10k for point in term.points), default=0.0)
    names = [printable(point.value) for point in term.points]
    width = max(map(cell_len, names), default=0)
    for point, name in zip(term.points, names, strict=True):
        filled = round(_BAR * point.per_10k / most) if most else 0
        bar = "█" * filled + ("▏" if point.count and not filled else "")
        out.print(
            Text(f"  {padded(name, width)}  ")
            + Text(f"{bar:<{_BAR}}", style="cyan")
            + Text(f"  {_point(point)}"),
            no_wrap=True,
            crop=False,
            overflow="ignore",
        )


def _point(point: UsePoint) -> str:
    if point.interval is None:
        return "no report"
    low, high = point.interval
    rate = f"{point.per_10k:>6.2f}  {f'{low:.2f} to {high:.2f}':<14}"
    return f"{rate}  {point.reports_with} of {point.reports}"


def uses_rows(found: Uses) -> str:
    """A line for each term and group."""
    header = (
        found.by, "term", "count", "chars", "per_10k", "low", "high", "reports", "reports_with",
        "officials", "officials_with", *COLUMNS,
    )  # fmt: skip
    lines = [
        (
            point.value, term.term, point.count, point.chars, point.per_10k,
            *(point.interval or (None, None)), point.reports, point.reports_with, point.units,
            point.units_with, *cells(point.example),
        )
        for term in found.terms
        for point in term.points
    ]  # fmt: skip
    return to_csv(header, lines)
