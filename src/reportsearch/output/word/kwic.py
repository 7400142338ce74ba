"""Concordances (KWIC) as Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files
from reportsearch.locale import Translator
from reportsearch.models.search import Concordance, KwicLine
from reportsearch.output.word.citations import (
    NONE_RETRIEVED,
    NOTHING,
    build_note,
    format_exact_citation,
)
from reportsearch.output.word.document import (
    ABOUT,
    CITATION,
    LEFT,
    MATCH,
    RIGHT,
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


def write_kwic_document(result: Concordance, path: Path, t: Translator) -> None:
    """Write a concordance as a table: left context, match, right context, citation.

    Citations name reports and headings in Chinese, whatever the language. Raises ReportSearchError
    if no file can be written to ``path``. An existing file is replaced only once the document is
    complete.
    """
    from docx.enum.section import WD_ORIENT

    files.check_writable(path)
    document = create_document(t)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    add_query_heading(document, t("Concordance"), result.query, t)
    if result.lines:
        shown = t(
            "Occurrences: {matched}; listed here: {listed}.",
            matched=result.matched, listed=len(result.lines),
        )  # fmt: skip
        add_paragraph(document, shown, ABOUT)
        _add_table(document, result.lines, t)
        add_paragraph(document, build_note(t), CITATION)
    else:
        add_paragraph(document, t.translate(NONE_RETRIEVED if result.matched else NOTHING), ABOUT)
    save_document(document, path)


def _format_citation(line: KwicLine, t: Translator) -> str:
    span = (line.start, line.end)
    return format_exact_citation(line, line.section, line.passage, span, t)


def _add_table(document: Document, lines: tuple[KwicLine, ...], t: Translator) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    widths = (Mm(84), Mm(28), Mm(84), Mm(61))
    context = [document.styles[name].style_id for name in (LEFT, MATCH, RIGHT)]
    styles = [*context, document.styles[CITATION].style_id]
    # The heading of the last column is not a citation; style it like the column before.
    head = [*context, context[-1]]
    table = document.add_table(rows=len(lines) + 1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = [(t("Left context"), t("Match"), t("Right context"), t("Citation"))]
    rows += [
        (
            to_one_line(line.left),
            to_one_line(line.match),
            to_one_line(line.right),
            _format_citation(line, t),
        )
        for line in lines
    ]
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row_styles = styles if number else head
        for cell, text, style, width in zip(row.cells, texts, row_styles, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            set_style(paragraph, style)
            paragraph.paragraph_format.space_after = 0
            add_run(paragraph, text)
    elements = list(document.element.body.iter(qn("w:tr")))
    for element in elements:
        element.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    elements[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
