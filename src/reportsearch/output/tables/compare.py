"""Tables of comparisons: the terms that distinguish each group; the use of terms as bars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
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
from reportsearch.output.tables.cells import (
    align_right,
    measure_width,
    name_field,
    pad_text,
)
from reportsearch.output.tables.examples import EXAMPLE_COLUMNS, print_example, to_example_cells
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
    replace_control_chars,
)

if TYPE_CHECKING:
    from rich.console import Console

_TERM_WIDTH = 18
_BAR_WIDTH = 24
_MAX_SUMMARISED = 3
"""Maximum number of groups for which each gets a summary in sentences."""
_MAX_GROUPS = 5
"""Maximum number of groups whose rates are shown next to a shared term."""
_LEGEND = Message(
    "in: reports with the term; /10k: occurrences per 10,000 words; rest: the same in the "
    "reference; log2 ratio: 1 is twice as often, 2 four times, with its 95 % CI; q: significance "
    "(rank-sum test, Benjamini–Hochberg), — not tested; DP: dispersion, 0 evenly spread, 1 all in "
    "one place"
)
_SHARE_LEGEND = Message(
    "share of text: a portfolio's share of all characters; for an official, in the reports that "
    "assign the portfolio, compared with the mean of the other officials in charge of it. A "
    "passage on several portfolios counts for each; differences below 5 percentage points, even "
    "when such passages are divided, are omitted. Sentences count the exact string, as search "
    "does; the table leaves out occurrences inside longer terms"
)


def print_table(found: Comparison, t: Translator, limit: int) -> None:
    """Print the first ``limit`` groups with their terms, and the terms that all groups share."""
    out = create_console()
    if not found.groups:
        none = t("No passage is selected; check --by, --values, --where and --query")
        print_text(out, _format_left_out(found, t) or _format_both(found, t) or none)
        return
    few = len(found.groups) <= _MAX_SUMMARISED
    for group in found.groups[:limit]:
        _print_head(out, group, t)
        for sentence in build_conclusion(found, group, group.value, t) if few else ():
            print_text(out, sentence.text, 2)
        if group.terms:
            _print_columns(out, t)
        for rank, term in enumerate(group.terms, 1):
            _print_term(out, rank, term, t, full=group.reports > 1)
        if not group.terms and group.rest_words and not few:
            print_text(out, t("no distinctive terms"), 2)
        out.print()
    if len(found.groups) > limit:
        print_more(out, len(found.groups) - limit, LIMIT_OR_CSV, t)
        out.print()
    if found.shared:
        _print_shared(out, found.shared, t)
        out.print()
    shares = t.translate(_SHARE_LEGEND) if few and found.by != "portfolio" else ""
    notes = (_format_left_out(found, t), _format_both(found, t), _format_empty(found, t))
    for note in (*notes, t.translate(_LEGEND), shares):
        if note:
            print_text(out, note, style=DIM)


def _format_left_out(found: Comparison | Uses, t: Translator) -> str:
    if not found.without:
        return ""
    field = name_field(found.by, t)
    left_out = t.ngettext(
        "not counted: {number} report (no {field})",
        "not counted: {number} reports (no {field})",
        found.without,
        field=field,
    )
    if found.by == "official":
        return t("; ").join((left_out, t("metadata.csv can name the official")))
    return left_out


def _format_empty(found: Comparison, t: Translator) -> str:
    if not found.empty:
        return ""
    listed = "、".join(found.empty)
    if found.both:
        return t(
            "nothing is left of {groups}; check --where and --query, or omit --pairwise",
            groups=listed,
        )
    return t("nothing is left of {groups}; check --where and --query", groups=listed)


def _format_both(found: Comparison, t: Translator) -> str:
    if not found.both:
        return ""
    return t.ngettext(
        "not counted: {number} passage in both groups",
        "not counted: {number} passages in both groups",
        found.both,
    )


def _print_head(out: Console, group: ComparedGroup, t: Translator) -> None:
    size = _format_size(group.reports, group.units, group.words, t)
    rest = _format_size(group.rest_reports, group.rest_units, group.rest_words, t)
    against = group.against or t("all others")
    reference = t("reference ({group}): {size}", group=against, size=rest)
    print_text(out, paint(group.value, "bold") + paint(f"  {size}", DIM))
    print_text(out, reference, 2, DIM)
    print_text(out, _format_tested(group, t), 2, DIM)


def _print_columns(out: Console, t: Translator) -> None:
    head = (
        " " * (5 + _TERM_WIDTH)
        + align_right(t.pgettext("table", "times"), 7)
        + align_right(t.pgettext("table", "in"), 5)
        + align_right(t.pgettext("table", "/10k"), 8)
        + align_right(t.pgettext("table", "rest"), 7)
        + "  "
        + pad_text(t.pgettext("table", "log2 ratio"), 17)
        + align_right(t.pgettext("table", "q"), 6)
        + align_right(t.pgettext("table", "DP"), 5)
    )
    out.print(paint(head, DIM), no_wrap=True, crop=False, overflow="ignore")


def _format_tested(group: ComparedGroup, t: Translator) -> str:
    if not group.words:
        return t("no words apart from boilerplate")
    if not group.rest_words:
        return t("no other passages to compare with")
    if group.by_section:
        return t("a single official: nothing is tested; intervals by the official's sections")
    if not group.candidates:
        return t("too few officials for a test")
    return t(
        "significantly more frequent here (q < .05): {number} of {terms} tested",
        number=group.significant,
        terms=t.ngettext("{number} term", "{number} terms", group.candidates),
    )


def _format_size(reports: int, units: int, words: int, t: Translator) -> str:
    counted = t.ngettext("{number} report", "{number} reports", reports)
    if units != reports:
        officials = t.ngettext("{number} official", "{number} officials", units)
        counted = t("{reports} of {officials}", reports=counted, officials=officials)
    return t(", ").join((counted, t("{number} words", number=f"{words:,}")))


def _print_term(out: Console, rank: int, term: ComparedTerm, t: Translator, *, full: bool) -> None:
    figures = (
        f"{term.count:>5} {term.reports:>4}  {_format_rate(term.per_10k):>6} "
        f"{_format_rate(term.rest_per_10k):>6}  {term.log_ratio:>4.1f} "
        f"{pad_text(_format_interval(term.interval, t), 12)} {_format_q(term.q):>5} "
        f"{_format_dispersion(term.dispersion):>4}"
    )
    name = t("{term} (name)", term=term.term) if term.is_name else term.term
    text = paint(f"{rank:>3}  ", DIM) + paint(pad_text(name, _TERM_WIDTH - 1), "bold")
    out.print(text + paint(f"   {figures}"), no_wrap=True, crop=False, overflow="ignore")
    print_example(out, term.example, 5, full=full)


def _format_rate(rate: float) -> str:
    return f"{rate:.1f}" if rate < 1000 else f"{rate:,.0f}"


def _format_interval(ends: tuple[float | None, float | None], t: Translator) -> str:
    low, high = ends
    first = "−∞" if low is None else f"{low:.1f}"
    last = "∞" if high is None else f"{high:.1f}"
    return t("{first} to {last}", first=first, last=last)


def _format_q(q: float | None) -> str:
    if q is None:
        return "—"
    if q < 0.001:
        return "<.001"
    return f"{q:.3f}".removeprefix("0")


def _format_dispersion(dispersion: float) -> str:
    return f"{dispersion:.2f}".removeprefix("0")


def _print_shared(out: Console, shared: Iterable[SharedTerm], t: Translator) -> None:
    about = t("per 10,000 words")
    print_text(out, paint(t("Terms shared by all groups"), "bold") + paint(f"  {about}", DIM))
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


def format_csv(found: Comparison, t: Translator | None = None) -> str:
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
    return to_csv(header, lines, t)


def print_uses(found: Uses, t: Translator) -> None:
    """Print each term with its first use and one bar per group."""
    out = create_console()
    for number, term in enumerate(found.terms):
        if number:
            out.print()
        print_text(out, term.term, style="bold")
        if term.first is None:
            print_text(out, t("not used in the selected reports"), 2)
            continue
        print_text(out, _format_first_use(term.first_dated, t), 2, DIM)
        print_example(out, term.first, 2, full=True)
        _print_points(out, term, t)
    out.print()
    about = t.ngettext(
        "occurrences per 10,000 characters, with 95 % CI; reports with the term; {number} report "
        "selected",
        "occurrences per 10,000 characters, with 95 % CI; reports with the term; {number} reports "
        "selected",
        found.reports,
    )
    for note in (about, _format_left_out(found, t)):
        if note:
            print_text(out, note, style=DIM)


def _format_first_use(dated: str, t: Translator) -> str:
    """Format the year reported on, and the report's date if that adds to it."""
    year, _, date = dated.partition(" ")
    if not year:
        return t("first known use: in an undated report")
    if date and date != year:
        return t("first known use: {year} (report of {date})", year=year, date=date)
    return t("first known use: {year}", year=year)


def _print_points(out: Console, term: TermUse, t: Translator) -> None:
    most = max((point.per_10k for point in term.points), default=0.0)
    names = [replace_control_chars(point.value) for point in term.points]
    width = max(map(measure_width, names), default=0)
    for point, name in zip(term.points, names, strict=True):
        filled = round(_BAR_WIDTH * point.per_10k / most) if most else 0
        bar = "█" * filled + ("▏" if point.count and not filled else "")
        out.print(
            paint(f"  {pad_text(name, width)}  ")
            + paint(f"{bar:<{_BAR_WIDTH}}", "cyan")
            + paint(f"  {_format_point(point, t)}"),
            no_wrap=True,
            crop=False,
            overflow="ignore",
        )


def _format_point(point: UsePoint, t: Translator) -> str:
    if point.interval is None:
        return t("no reports")
    low, high = point.interval
    interval = pad_text(t("{first} to {last}", first=f"{low:.2f}", last=f"{high:.2f}"), 14)
    share = t("{number} of {all}", number=point.reports_with, all=point.reports)
    return f"{point.per_10k:>6.2f}  {interval}  {share}"


def format_uses_csv(found: Uses, t: Translator | None = None) -> str:
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
    return to_csv(header, lines, t)
