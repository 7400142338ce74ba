"""Tables of search results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportsearch.locale import Translator
from reportsearch.models.report import ReportInfo
from reportsearch.models.search import (
    Explanation,
    FacetValue,
    Hit,
    PassageHit,
    PortfolioFilter,
    SearchResult,
    TermExplained,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.citations import format_citation
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.prose.term_kinds import TERM_KINDS
from reportsearch.output.tables.cells import join_names, name_field, pad_text
from reportsearch.output.terminal import (
    DIM,
    OCR_MARK,
    capitalise,
    create_console,
    format_range,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_MATCH_STYLE = "bold red"
_SNIPPET_CHARS = 160
"""Maximum number of characters of a passage shown in a table."""
_CHARS_BEFORE = 30
_LAST_YEAR = 9999
"""The end of years without one."""


def print_table(
    result: SearchResult, t: Translator, offset: int, limit: int, group: str, reason: str = ""
) -> None:
    """Print hits and their passages with matches marked, or the reason if there are none."""
    out = create_console()
    for text in _summarise_result(result, group, t):
        print_text(out, text)
    if reason:
        print_text(out, capitalise(t.translate(reason)))
    if result.portfolio:
        out.print()
        print_text(out, _format_portfolio_filter(result.portfolio, t))
    for number, hit in enumerate(result.hits, offset + 1):
        _print_hit(out, number, hit, t, partial=result.partial)
    shown = offset + len(result.hits)
    total = result.matched.passages if group == "passage" else result.matched.reports
    if total and limit and not result.hits:
        past = t("Only {total} found; --offset {offset} is too large", total=total, offset=offset)
        print_text(out, past, style=DIM)
    elif limit and shown < total:
        out.print()
        print_text(out, format_range(offset + 1, shown, total, t), style=DIM)
    for facet, values in result.facets.items():
        if values:
            _print_facet(out, facet, values, t)
    if result.explain:
        _print_explanation(out, result.explain, t)


def _summarise_result(result: SearchResult, group: str, t: Translator) -> Iterator[str]:
    """Summarise the matches in a few lines."""
    matched = result.matched
    whole = matched.reports - matched.apart
    found = t(
        "{reports}, {passages}",
        reports=t.ngettext("{number} report", "{number} reports", whole),
        passages=t.ngettext("{number} passage", "{number} passages", matched.passages),
    )
    apart = t.ngettext(
        "{number} report with the terms in different passages",
        "{number} reports with the terms in different passages",
        matched.apart,
    )
    if not matched.reports:
        yield t("Nothing in the index matches {query}", query=result.query)
    elif result.partial:
        if group == "passage":
            yield t("No passage matches all of {query}", query=result.query)
        else:
            yield t("No report matches all of {query}", query=result.query)
        yield t("Partial matches: {found}", found=found)
    elif not whole:
        yield t("No passage matches all of {query}", query=result.query)
        yield apart
    else:
        yield t("; ").join([found, apart] if matched.apart else [found])
    if result.suggestion:
        yield t("Did you mean: {suggestion}", suggestion=result.suggestion)


def _format_portfolio_filter(found: PortfolioFilter, t: Translator) -> str:
    return t(
        "Passages on {portfolio} ({passages}): {query}",
        portfolio=found.name,
        passages=found.passages,
        query=t.translate(found.query),
    )


def _print_facet(out: Console, facet: str, values: tuple[FacetValue, ...], t: Translator) -> None:
    out.print()
    about = t("reports, occurrences, per 10,000 characters") if facet == "year" else ""
    title = paint(name_field(facet, t), "bold")
    print_text(out, title + paint(f"  {about}" if about else "", DIM))
    for entry in values:
        name = t("(none)") if entry.value is None else entry.value
        if facet == "year":
            rate = "–" if entry.per_10k is None else f"{entry.per_10k:.2f}"
            counts = f"{entry.count:>6}  {entry.occurrences:>6}  {rate:>8}"
            print_text(out, f"{pad_text(name, 6)}  {counts}", 2)
        else:
            print_text(out, f"{entry.count:>6}  {name}", 2)


def _print_explanation(out: Console, found: Explanation, t: Translator) -> None:
    out.print()
    print_text(out, t("Query analysis"), style="bold")
    for term in found.terms:
        part = t(
            "{term}  ({kind}): {passages}",
            term=term.text,
            kind=t.translate(TERM_KINDS[term.kind]),
            passages=t.ngettext("{number} passage", "{number} passages", term.passages),
        )
        print_text(out, part, 2)
        for text in _iter_term_parts(term, t):
            print_text(out, text, 6, DIM)
    if found.reason:
        print_text(out, capitalise(t.translate(found.reason)), 2)


def _iter_term_parts(term: TermExplained, t: Translator) -> Iterator[str]:
    """Yield the strings and words that a term expanded to, and how many passages contain each."""
    if term.string:
        yield t("as typed: {string} {number}", string=term.string, number=term.contained)
    for synonym in term.synonyms:
        strings = t(" and ").join(synonym.strings)
        if synonym.years:
            first, last = synonym.years
            years = f"{first or ''}..{'' if last == _LAST_YEAR else last}"
            strings = t("{strings} (in {years})", strings=strings, years=years)
        yield t("synonym: {strings} {number}", strings=strings, number=synonym.passages)
    if term.words:
        words = join_names((f"{word.text} {word.passages}" for word in term.words), t)
        yield t("words: {words}", words=words)


def _print_hit(out: Console, number: int, hit: Hit, t: Translator, *, partial: bool) -> None:
    out.print()
    print_text(out, paint(f"{number}  ") + paint(hit.report.title, "bold"))
    more = t("{number} passages match", number=hit.matched) if hit.matched > 1 else ""
    if hit.met == "report" and not partial:
        more = t("terms in different passages")
    print_text(out, join_facts((*_list_metadata(hit.report), hit.report.id, more), DIM), 3)
    for passage in hit.passages:
        place = join_facts((format_passage_number(passage.id), " › ".join(passage.section)), DIM)
        print_text(out, place, 3)
        print_text(out, format_snippet(passage, color=out.color_system is not None), 6)


def _list_metadata(info: ReportInfo) -> list[str]:
    mark = OCR_MARK if info.is_ocr else ""
    return [str(info.year or ""), info.region or "", info.post or "", info.kind, mark]


def _find_best_window(passage: PassageHit) -> int:
    """Find the earliest start from which the most different matches are shown."""
    places = [passage.start]
    places += [max(passage.start, start - _CHARS_BEFORE) for start, _ in passage.highlights]

    def count_matches(begin: int) -> int:
        inside = (span for span in passage.highlights if begin <= span[0] < begin + _SNIPPET_CHARS)
        return len({passage.text[s - passage.start : e - passage.start] for s, e in inside})

    return max(places, key=count_matches)


def format_snippet(passage: PassageHit, *, color: bool) -> Text:
    """Cut a passage around its matches, which are coloured or bracketed."""
    begin = _find_best_window(passage)
    end = min(passage.end, begin + _SNIPPET_CHARS)
    shown = paint("…" if begin > passage.start else "")
    at = begin
    for start, stop in _join_adjacent(passage.highlights):
        start, stop = max(start, begin), min(stop, end)
        if start >= stop:
            continue
        shown.append(passage.text[at - passage.start : start - passage.start])
        matched = passage.text[start - passage.start : stop - passage.start]
        shown.append(matched if color else f"【{matched}】", style=_MATCH_STYLE)
        at = stop
    shown.append(passage.text[at - passage.start : end - passage.start])
    if end < passage.end:
        shown.append("…")
    return shown


def _join_adjacent(spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Join adjacent spans, to show them as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def format_csv(
    result: SearchResult, t: Translator | None = None, *, offset: int, limit: int
) -> str:
    """Format one row per passage of each hit; if ``limit`` is 0, one per facet value."""
    if result.facets and not limit:
        return _format_facets_csv(result, t)
    header = (
        "rank", "report", "title", "year", "reported_year", "region", "post", "official", "person",
        "kind", "met", "passage", "section", "score", "start", "end", "text", "reader", "citation",
    )  # fmt: skip
    found = [
        (
            rank, hit.report.id, hit.report.title, hit.report.year, hit.report.reported_year,
            hit.report.region, hit.report.post, hit.report.official, hit.report.person,
            hit.report.kind, hit.met, passage.id,
            " › ".join(passage.section), passage.score, passage.start, passage.end, passage.text,
            hit.report.reader, format_citation(hit.report, passage.section),
        )
        for rank, hit in enumerate(result.hits, offset + 1)
        for passage in hit.passages
    ]  # fmt: skip
    return to_csv(header, found, t)


def _format_facets_csv(result: SearchResult, t: Translator | None) -> str:
    header = ("facet", "value", "count", "occurrences", "per_10k")
    found = [
        (facet, entry.value, entry.count, entry.occurrences, entry.per_10k)
        for facet, values in result.facets.items()
        for entry in values
    ]
    return to_csv(header, found, t)
