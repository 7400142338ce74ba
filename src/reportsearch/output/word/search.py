"""Search hits as Word documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files
from reportsearch.models.search import Hit, PassageHit, SearchResult
from reportsearch.output.word.citations import (
    HASH_NOTE,
    NONE_RETRIEVED,
    NOTHING,
    PLACES_NOTE,
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

_MATCH_NOTES = {"report": "检索词分在不同段落", "part": "仅符合部分条件"}
_PARTIAL = "注意：没有报告符合全部条件，以下仅符合部分条件。"


def write_search_document(result: SearchResult, path: Path) -> None:
    """Write the hits of a search: reports as headings, passages with their matches in bold.

    Raises ReportSearchError if no file can be written to ``path``. An existing file is replaced
    only once the document is complete.
    """
    files.check_writable(path)
    document = create_document()
    add_query_heading(document, "检索", result.query)
    matched = result.matched
    if result.hits:
        reports = len({hit.report.id for hit in result.hits})
        passages = sum(len(hit.passages) for hit in result.hits)
        counts = f"共检索到报告{matched.reports}份、段落{matched.passages}段；"
        apart = f"其中{matched.apart}份的检索词分在不同段落；" if matched.apart else ""
        add_paragraph(
            document, f"{counts}{apart}以下列出报告{reports}份、段落{passages}段。", ABOUT
        )
    if result.partial:
        add_paragraph(document, _PARTIAL, ABOUT)
    if not result.hits:
        add_paragraph(document, NONE_RETRIEVED if result.matched.reports else NOTHING, ABOUT)
    before = None
    for hit in result.hits:
        # When each passage is a separate hit, several in a row may be from one report.
        if hit.report.id != before:
            add_paragraph(document, to_one_line(hit.report.title or hit.report.id), "Heading 2")
            add_paragraph(
                document, _format_metadata(hit), ABOUT
            ).paragraph_format.keep_with_next = True
        before = hit.report.id
        for passage in hit.passages:
            _add_passage(document, passage)
            add_paragraph(document, _format_citation(hit, passage), CITATION)
    if result.hits:
        add_paragraph(document, f"说明：{PLACES_NOTE}；{HASH_NOTE}。", CITATION)
    save_document(document, path)


def _format_metadata(hit: Hit) -> str:
    info = hit.report
    known = (
        ("年份", str(info.year or "")),
        ("人员", info.official),
        ("地区", info.region),
        ("职务", info.post),
        ("类型", info.kind),
    )
    parts = [f"{name}：{to_one_line(value)}" for name, value in known if value]
    if hit.met in _MATCH_NOTES:
        parts.append(_MATCH_NOTES[hit.met])
    return "　".join(parts)


def _format_citation(hit: Hit, passage: PassageHit) -> str:
    info = hit.report
    span = (passage.start, passage.end)
    return format_exact_citation(info, passage.section, passage.id, span)


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
