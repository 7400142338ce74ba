"""Search hits as Word documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files
from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.search import Hit, PassageHit, SearchResult
from reportsearch.output.prose.joining import add_colon, join_facts
from reportsearch.output.word.citations import (
    NONE_RETRIEVED,
    NOTHING,
    build_note,
    format_exact_citation,
)
from reportsearch.output.word.document import (
    ABOUT,
    CITATION,
    EXCERPT,
    add_paragraph,
    add_query_heading,
    add_run,
    create_document,
    save_document,
    set_style,
    to_one_line,
)

if TYPE_CHECKING:
    from docx.document import Document

_MATCH_NOTES = {
    "report": Message("terms in different passages"),
    "part": Message("matches part of the query"),
}


def write_search_document(result: SearchResult, path: Path, t: Translator) -> None:
    """Write the hits of a search: reports as headings, passages with their matches in bold.

    Citations name reports and headings in Chinese, whatever the language. Raises ReportSearchError
    if no file can be written to ``path``. An existing file is replaced only once the document is
    complete.
    """
    files.check_writable(path)
    document = create_document(t)
    add_query_heading(document, t("Search"), result.query, t)
    if result.hits:
        add_paragraph(document, _describe_matches(result, t), ABOUT)
    if result.partial:
        partial = t("Note: no report matches the whole query; the results match part of it.")
        add_paragraph(document, partial, ABOUT)
    if not result.hits:
        none = NONE_RETRIEVED if result.matched.reports else NOTHING
        add_paragraph(document, t.translate(none), ABOUT)
    before = None
    for hit in result.hits:
        # When each passage is a separate hit, several in a row may be from one report.
        if hit.report.id != before:
            add_paragraph(document, to_one_line(hit.report.title or hit.report.id), "Heading 2")
            add_paragraph(
                document, _format_metadata(hit, t), ABOUT
            ).paragraph_format.keep_with_next = True
        before = hit.report.id
        for passage in hit.passages:
            _add_passage(document, passage)
            add_paragraph(document, _format_citation(hit, passage, t), CITATION)
    if result.hits:
        add_paragraph(document, build_note(t), CITATION)
    save_document(document, path)


def _describe_matches(result: SearchResult, t: Translator) -> str:
    """State how many reports and passages match, and how many are listed."""
    matched = result.matched
    counts = {
        "reports": matched.reports,
        "passages": matched.passages,
        "listed": len({hit.report.id for hit in result.hits}),
        "listed_passages": sum(len(hit.passages) for hit in result.hits),
    }
    if matched.apart:
        return t(
            "Matching reports: {reports}, passages: {passages}; reports with the terms in "
            "different passages: {apart}. Listed here: {listed} reports, {listed_passages} "
            "passages.",
            apart=matched.apart,
            **counts,
        )
    return t(
        "Matching reports: {reports}, passages: {passages}. Listed here: {listed} reports, "
        "{listed_passages} passages.",
        **counts,
    )


def _format_metadata(hit: Hit, t: Translator) -> str:
    info = hit.report
    known = (
        (t("Year"), str(info.year or "")),
        (t("Official"), info.person),
        (t("Region"), info.region),
        (t("Post"), info.post),
        (t.pgettext("document", "Kind"), info.kind),
    )
    parts = [add_colon(t, name, to_one_line(value)) for name, value in known if value]
    if hit.met in _MATCH_NOTES:
        parts.append(t.translate(_MATCH_NOTES[hit.met]))
    return join_facts(t, *parts)


def _format_citation(hit: Hit, passage: PassageHit, t: Translator) -> str:
    info = hit.report
    span = (passage.start, passage.end)
    return format_exact_citation(info, passage.section, passage.id, span, t)


def _add_passage(document: Document, passage: PassageHit) -> None:
    """Add a passage with its headings as separate paragraphs, kept on the page of its citation."""
    excerpt = document.styles[EXCERPT].style_id
    at = passage.start
    for text in passage.text.split("\n"):
        paragraph = document.add_paragraph()
        set_style(paragraph, excerpt)
        paragraph.paragraph_format.keep_with_next = True
        for piece, bold in _iter_pieces(text, at, passage.highlights):
            add_run(paragraph, piece, bold=bold)
        at += len(text) + 1


def _iter_pieces(
    text: str, start: int, highlights: tuple[tuple[int, int], ...]
) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text cut at its highlights, and whether each is highlighted.

    ``start`` is the offset of the text in the string to which the highlights refer.
    """
    done = 0
    for first, last in sorted(highlights):
        begin, end = max(first - start, done), min(last - start, len(text))
        if begin >= end:
            continue
        if begin > done:
            yield text[done:begin], False
        yield text[begin:end], True
        done = end
    if done < len(text):
        yield text[done:], False
