"""Tables of text reuse: of a report or draft, and the pairs and boilerplate of a whole index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
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
from reportsearch.output.tables.cells import join_names, pad_text
from reportsearch.output.terminal import (
    ALL_IN_JSON,
    DIM,
    LIMIT,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_LABEL_WIDTH = 38
_MAX_SPANS = 3
"""Maximum number of spans of a source shown in a table, longest first."""
_MAX_FORMULAE = 10
_MAX_PASSAGES = 3
"""Maximum number of passages named for a formula."""
_MAX_CHARS = 120
"""Maximum number of characters of a span shown in a table."""


def print_table(found: Reuse, t: Translator, limit: int) -> None:
    """Print the rates, then the first ``limit`` sources with their longest spans."""
    out = create_console()
    print_text(out, found.report.title, style="bold")
    draft = t("not in the index") if found.is_draft else ""
    print_text(out, join_facts((*_list_metadata(found.report), found.report.id, draft), DIM), 2)
    compared = t.ngettext(
        "compared with {number} other report; shared text in runs of {least} characters or more",
        "compared with {number} other reports; shared text in runs of {least} characters or more",
        found.other_count,
        least=found.min_chars,
    )
    print_text(out, compared, 2, DIM)
    if found.left_out:
        same = t("not compared (same file): {names}", names=join_names(found.left_out, t))
        print_text(out, same, 2, DIM)
    if found.report.person is None:
        unknown = t(
            "official not known: all sources count as others' reports; name the official in "
            "metadata.csv, or with --official"
        )
        print_text(out, unknown, 2, DIM)
    if not found.chars:
        print_text(out, t("The text has no letters or digits to compare"), 2)
        return
    out.print()
    _print_rates(out, found, t)
    kinds = {span.kind for source in _list_sources(found) for span in source.spans}
    if kinds:
        color = highlighted_text.has_color(out)
        out.print()
        legend = highlighted_text.format_legend(kinds, t, color=color)
        print_text(out, paint(t("marks: ")) + legend, 2)
    else:
        out.print()
        print_text(out, t("No text shared with other reports"), 2)
    number = _print_sources(out, t("Sources"), found.sources, limit, 1, t)
    _print_sources(out, t("Also in later reports"), found.reused_by, limit, number, t)
    left = len(found.formulae) - _MAX_FORMULAE
    shown = found.formulae[:_MAX_FORMULAE]
    _print_formulae(out, shown, found.formula_officials, left, ALL_IN_JSON, t)


def _list_sources(found: Reuse) -> list[Source]:
    return [*found.sources, *found.reused_by]


def _list_metadata(info: ReportInfo) -> list[str]:
    return [str(info.year or ""), info.region or "", info.post or "", info.person or ""]


def _print_rates(out: Console, found: Reuse, t: Translator) -> None:
    of_all = t(
        "{shared} of {chars} characters", shared=f"{found.shared:,}", chars=f"{found.chars:,}"
    )
    rows = (
        (0, t("shared with other reports"), found.rate, of_all),
        (1, t("without boilerplate"), found.rate_without_formulae, ""),
        (1, t("without the author's earlier reports"), found.rate_without_own, ""),
        (1, t("only in others' reports"), found.rate_from_others, ""),
        (2, t("without boilerplate"), found.rate_from_others_without_formulae, ""),
        (1, t("without later reports"), found.rate_from_sources, ""),
        (1, t("including edited text"), found.rate_with_edits, ""),
    )
    for level, name, rate, more in rows:
        label = pad_text("  " * level + name, _LABEL_WIDTH)
        print_text(out, paint(f"{label}{format_percent(rate):>8}  ") + paint(more, DIM), 2)
    label = pad_text(t("longest run"), _LABEL_WIDTH)
    characters = t.ngettext("character", "characters", found.longest)
    print_text(out, paint(f"{label}{found.longest:>8}  ") + paint(characters, DIM), 2)


def _print_sources(
    out: Console, title: str, sources: Sequence[Source], limit: int, first: int, t: Translator
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
        own = t.pgettext("table", "own") if source.is_own else ""
        facts = [
            t.ngettext("{number} character", "{number} characters", source.chars),
            t("longest run {number}", number=source.longest),
        ]
        if source.chars_without_formulae < source.chars:
            facts.append(t("{number} without boilerplate", number=source.chars_without_formulae))
        if source.edited_chars:
            facts.append(t("{number} more edited", number=source.edited_chars))
        print_text(out, join_facts((*_list_metadata(info), own, info.id), DIM), 5)
        print_text(out, t(", ").join(facts), 5, DIM)
        longest = sorted(source.places, key=lambda place: (-place.chars, place.start))[:_MAX_SPANS]
        for place in sorted(longest, key=lambda place: (place.start, place.end)):
            _print_place(out, place, t)
        print_more(out, len(source.places) - _MAX_SPANS, ALL_IN_JSON, t, 5, DIM)
    print_more(out, len(sources) - limit, LIMIT, t, 2, DIM)
    return first + len(sources)


def _print_place(out: Console, place: ReusedPlace, t: Translator) -> None:
    """Print the shared text of a place in context, and the other side if anything is edited."""
    color = highlighted_text.has_color(out)
    numbers = (format_passage_number(passage) for passage in (place.passage, place.source_passage))
    spans = [(*span.query, span.kind) for span in place.spans]
    shown = _highlight_place(place.text, place.start, spans, color=color)
    print_text(out, paint(f"{' = '.join(numbers)}: ", DIM) + shown, 5)
    if place.edited_chars or any(span.kind == EDITED for span in place.spans):
        spans = [(*span.passage, span.kind) for span in place.spans]
        there = _highlight_place(place.source_text, place.source_start, spans, color=color)
        print_text(out, paint(t("there: "), DIM) + there, 7)


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
    out: Console,
    formulae: Sequence[Formula],
    officials: int,
    left: int,
    hint: Message,
    t: Translator,
) -> None:
    """Print the boilerplate, and how much is not shown."""
    if not formulae and left <= 0:
        return
    out.print()
    what = t("set phrases, and text in the reports of {number} officials or more", number=officials)
    print_text(out, paint(t("Boilerplate"), "bold") + paint(f"  {what}", DIM))
    for entry in formulae:
        facts = (
            t("set phrase") if entry.is_set_phrase else "",
            t.ngettext("{number} report", "{number} reports", entry.reports),
            t.ngettext("{number} official", "{number} officials", entry.officials),
        )
        counted = t(", ").join(filter(None, facts))
        print_text(out, paint(_shorten_text(entry.text)) + paint(f"  {counted}", DIM), 2)
        passages = entry.passages[:_MAX_PASSAGES]
        # Within one report, numbers are enough.
        places = map(format_passage_number, passages) if entry.spans else passages
        print_text(out, join_names(places, t), 5, DIM)
    print_more(out, left, hint, t, 2, DIM)


def print_pairs(found: ReusePairs, t: Translator) -> None:
    """Print the pairs of reports, then the boilerplate."""
    out = create_console()
    counted = (
        t.ngettext("{number} report", "{number} reports", found.reports),
        t("{number} characters", number=f"{found.chars:,}"),
    )
    print_text(out, t(", ").join(counted))
    rule = t(
        "shared text in runs of {least} characters or more, without boilerplate",
        least=found.min_chars,
    )
    print_text(out, rule, style=DIM)
    if found.without_official:
        unknown = t.ngettext(
            "{number} report without a known official counts as another official's",
            "{number} reports without a known official count as other officials'",
            found.without_official,
        )
        print_text(out, unknown, style=DIM)
    if not found.matched:
        print_text(out, t("No two reports share text of this length"))
    else:
        out.print()
        head = t.ngettext("{number} pair of reports", "{number} pairs of reports", found.matched)
        about = t("characters, share, longest run; own: by the same official")
        print_text(out, paint(head, "bold") + paint(f"  {about}", DIM))
    for pair in found.pairs:
        _print_pair(out, pair, t)
    print_more(out, found.matched - len(found.pairs), LIMIT, t, 2, DIM)
    left = found.matched_formulae - len(found.formulae)
    _print_formulae(out, found.formulae, found.formula_officials, left, LIMIT, t)


def _print_pair(out: Console, pair: ReusePair, t: Translator) -> None:
    own = pad_text(t.pgettext("table", "own") if pair.is_own else "", 4)
    facts = f"{pair.chars:>7}  {format_percent(pair.rate):>7}  {pair.longest:>5}  {own}  "
    print_text(out, paint(facts) + paint(pair.report, "bold"), 2)
    back = f"{pair.source_chars:>7}  {format_percent(pair.source_rate):>7}  {'':>11}  "
    print_text(out, paint(back, DIM) + paint(pair.source), 2)


def format_csv(found: Sequence[Reuse], t: Translator | None = None) -> str:
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
    return to_csv(header, lines, t)


def format_pairs_csv(found: ReusePairs, t: Translator | None = None) -> str:
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
        t,
    )  # fmt: skip
