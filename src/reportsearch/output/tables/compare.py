"""Tables of comparisons: the terms that distinguish each group; the use of terms as bars."""

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
from reportsearch.output.prose.compare_conclusions import build_conclusion
from reportsearch.output.tables.cells import measure_width, pad_text
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, print_example, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_text,
    replace_control_chars,
)

if TYPE_CHECKING:
    from rich.console import Console

_TERM_WIDTH = 18
_BAR_WIDTH = 24
_MAX_SUMMARISED = 3
"""The most groups for which each gets a summary in sentences."""
_MAX_GROUPS = 5
"""The most groups whose rates are shown next to a shared term."""
_LEGEND = (
    "in: number of reports with the term; /10k: occurrences per 10,000 words, here and in the "
    "rest; log2 ratio: 1 is twice as often, 2 four times, with its 95 % CI; q: false discovery "
    "rate up to this term, by ranks of the officials' rates, — if it cannot be tested; DP: 0 "
    "evenly spread, 1 all in one place"
)
_SHARE_LEGEND = (
    "room: the share of all characters; for an official, in the reports that declare the "
    "portfolio, compared with the mean of the others in charge of it. A passage on several "
    "portfolios counts for each. A difference below 5 percentage points, whole or divided among "
    "the portfolios, is not reported. Sentences count the string as search finds it, the table "
    "the term alone"
)
_NO_REFERENCE = "the selection has nothing else to compare it with"
_SINGLE_OFFICIAL = (
    "one official against others: nothing can be significant; intervals by its sections"
)
_NO_PASSAGE = "No passage is selected; check --by, --values, --where and --query"


def print_table(found: Comparison, limit: int) -> None:
    """Print the first ``limit`` groups with their terms, and the terms that all groups share."""
    out = create_console()
    if not found.groups:
        print_text(out, _format_left_out(found) or _format_both(found) or _NO_PASSAGE)
        return
    few = len(found.groups) <= _MAX_SUMMARISED
    for group in found.groups[:limit]:
        _print_head(out, group)
        for sentence in build_conclusion(found, group, group.value, "en") if few else ():
            print_text(out, sentence.text, 2)
        if group.terms:
            _print_columns(out)
        for rank, term in enumerate(group.terms, 1):
            _print_term(out, rank, term, full=group.reports > 1)
        if not group.terms and group.rest_words and not few:
            print_text(out, "no term is certain to be distinctive", 2)
        out.print()
    if len(found.groups) > limit:
        more = len(found.groups) - limit
        print_text(
            out, f"… and {format_count(more, 'group')} more; --limit, or --format json, shows them"
        )
        out.print()
    if found.shared:
        _print_shared(out, found.shared)
        out.print()
    room = _SHARE_LEGEND if few and found.by != "portfolio" else ""
    for note in (_format_left_out(found), _format_both(found), _format_empty(found), _LEGEND, room):
        if note:
            print_text(out, note, style=DIM)


def _format_left_out(found: Comparison | Uses) -> str:
    if not found.without:
        return ""
    left = "has" if found.without == 1 else "have"
    remedy = "; metadata.csv can name one" if found.by == "official" else ""
    return f"left out: {format_count(found.without, 'report')} that {left} no {found.by}{remedy}"


def _format_empty(found: Comparison) -> str:
    if not found.empty:
        return ""
    listed = "、".join(found.empty)
    return f"nothing is left of {listed}; check --where and --query" + (
        ", or leave out --pairwise" if found.both else ""
    )


def _format_both(found: Comparison) -> str:
    return f"{format_count(found.both, 'passage')} of both groups left out" if found.both else ""


def _print_head(out: Console, group: ComparedGroup) -> None:
    against = group.against or "all the rest"
    size = _format_size(group.reports, group.units, group.words)
    rest = _format_size(group.rest_reports, group.rest_units, group.rest_words)
    print_text(out, paint(group.value, "bold") + paint(f"  {size}", DIM))
    print_text(out, f"against {against}: {rest}", 2, DIM)
    print_text(out, _format_tested(group), 2, DIM)


def _print_columns(out: Console) -> None:
    head = f"     {'':{_TERM_WIDTH}}  times   in    /10k   rest  log2 ratio              q   DP"
    out.print(paint(head, DIM), no_wrap=True, crop=False, overflow="ignore")


def _format_tested(group: ComparedGroup) -> str:
    if not group.words:
        return "it has no words outside set phrases"
    if not group.rest_words:
        return _NO_REFERENCE
    if group.by_section:
        return _SINGLE_OFFICIAL
    if not group.candidates:
        return "so few officials that no term can be significant"
    tested = f"{group.significant} of {format_count(group.candidates, 'term')} that can be tested"
    return f"more frequent here with q < .05: {tested}"


def _format_size(reports: int, units: int, words: int) -> str:
    officials = "" if units == reports else f" of {format_count(units, 'official')}"
    return f"{format_count(reports, 'report')}{officials}, {words:,} words"


def _print_term(out: Console, rank: int, term: ComparedTerm, *, full: bool) -> None:
    figures = (
        f"{term.count:>5} {term.reports:>4}  {_format_rate(term.per_10k):>6} "
        f"{_format_rate(term.rest_per_10k):>6}  {term.log_ratio:>4.1f} "
        f"{_format_interval(term.interval):<12} {_format_q(term.q):>5} "
        f"{_format_dispersion(term.dispersion):>4}"
    )
    name = f"{term.term} (name)" if term.is_name else term.term
    text = paint(f"{rank:>3}  ", DIM) + paint(pad_text(name, _TERM_WIDTH - 1), "bold")
    out.print(text + paint(f"   {figures}"), no_wrap=True, crop=False, overflow="ignore")
    print_example(out, term.example, 5, full=full)


def _format_rate(rate: float) -> str:
    return f"{rate:.1f}" if rate < 1000 else f"{rate:,.0f}"


def _format_interval(ends: tuple[float | None, float | None]) -> str:
    low, high = ends
    first = "−∞" if low is None else f"{low:.1f}"
    last = "∞" if high is None else f"{high:.1f}"
    return f"{first} to {last}"


def _format_q(q: float | None) -> str:
    if q is None:
        return "—"
    if q < 0.001:
        return "<.001"
    return f"{q:.3f}".removeprefix("0")


def _format_dispersion(dispersion: float) -> str:
    return f"{dispersion:.2f}".removeprefix("0")


def _print_shared(out: Console, shared: Iterable[SharedTerm]) -> None:
    print_text(out, "Used by all groups about as often", style="bold")
    for term in shared:
        rates = [
            f"{group.value} {_format_rate(group.per_10k)}" for group in term.groups[:_MAX_GROUPS]
        ]
        more = "…" if len(term.groups) > _MAX_GROUPS else ""
        print_text(
            out,
            paint(f"  {pad_text(term.term, _TERM_WIDTH - 1)} ") + join_facts([*rates, more], DIM),
            3,
        )


def format_csv(found: Comparison) -> str:
    """Format one row per term of each group; shared terms have one row per group."""
    header = (
        "group", "against", "rank", "term", "count", "reports", "officials", "per_10k",
        "rest_count", "rest_reports", "rest_officials", "rest_per_10k", "log_ratio", "low", "high",
        "bound", "g2", "p", "q", "dispersion", "shared", "less", "is_name", *EXAMPLE_COLUMNS,
    )  # fmt: skip
    lines: list[tuple[object, ...]] = [
        (
            group.value, group.against, rank, term.term, term.count, term.reports, term.units,
            term.per_10k, term.rest_count, term.rest_reports, term.rest_units, term.rest_per_10k,
            term.log_ratio, *term.interval, term.bound, term.g2, term.p, term.q, term.dispersion,
            "", less, "yes" if term.is_name else "", *to_example_cells(term.example),
        )
        for group in found.groups
        for terms, less in ((group.terms, ""), (group.less, "yes"))
        for rank, term in enumerate(terms, 1)
    ]  # fmt: skip
    lines += [
        (
            one.value, "", rank, term.term, one.count, one.reports, None, one.per_10k,
            *[None] * 12, "yes", "", "", *to_example_cells(one.example),
        )
        for rank, term in enumerate(found.shared, 1)
        for one in term.groups
    ]  # fmt: skip
    return to_csv(header, lines)


def print_uses(found: Uses) -> None:
    """Print each term with its first use and one bar per group."""
    out = create_console()
    for number, term in enumerate(found.terms):
        if number:
            out.print()
        print_text(out, term.term, style="bold")
        if term.first is None:
            print_text(out, "nobody uses it", 2)
            continue
        print_text(out, f"first use known: {_format_first_use(term.first_dated)}", 2, DIM)
        print_example(out, term.first, 2, full=True)
        _print_points(out, term)
    out.print()
    of = format_count(found.reports, "report")
    about = f"in 10,000 characters, with a 95 % interval; reports that have it; of {of} asked about"
    for note in (about, _format_left_out(found)):
        if note:
            print_text(out, note, style=DIM)


def _format_first_use(dated: str) -> str:
    """Format the year reported on, and the report's date if that adds to it."""
    year, _, date = dated.partition(" ")
    if not year:
        return "in a report without a date"
    return f"{year}, in a report dated {date}" if date and date != year else year


def _print_points(out: Console, term: TermUse) -> None:
    most = max((point.per_10k for point in term.points), default=0.0)
    names = [replace_control_chars(point.value) for point in term.points]
    width = max(map(measure_width, names), default=0)
    for point, name in zip(term.points, names, strict=True):
        filled = round(_BAR_WIDTH * point.per_10k / most) if most else 0
        bar = "█" * filled + ("▏" if point.count and not filled else "")
        out.print(
            paint(f"  {pad_text(name, width)}  ")
            + paint(f"{bar:<{_BAR_WIDTH}}", "cyan")
            + paint(f"  {_format_point(point)}"),
            no_wrap=True,
            crop=False,
            overflow="ignore",
        )


def _format_point(point: UsePoint) -> str:
    if point.interval is None:
        return "no report"
    low, high = point.interval
    rate = f"{point.per_10k:>6.2f}  {f'{low:.2f} to {high:.2f}':<14}"
    return f"{rate}  {point.reports_with} of {point.reports}"


def format_uses_csv(found: Uses) -> str:
    """Format one row per term and group."""
    header = (
        found.by, "term", "count", "chars", "per_10k", "low", "high", "reports", "reports_with",
        "officials", "officials_with", *EXAMPLE_COLUMNS,
    )  # fmt: skip
    lines = [
        (
            point.value, term.term, point.count, point.chars, point.per_10k,
            *(point.interval or (None, None)), point.reports, point.reports_with, point.units,
            point.units_with, *to_example_cells(point.example),
        )
        for term in found.terms
        for point in term.points
    ]  # fmt: skip
    return to_csv(header, lines)
