"""Occurrences in context as a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files as output
from reportsearch.models.search import Concordance, KwicLine
from reportsearch.output.word.citations import HASH, NOTHING, PAST, PLACES, cited
from reportsearch.output.word.document import (
    ABOUT,
    CITATION,
    LEFT,
    MATCH,
    RIGHT,
    add,
    begin,
    new_document,
    one_line,
    run,
    save,
    set_style,
)

if TYPE_CHECKING:
    from docx.document import Document


def kwic_document(result: Concordance, path: Path) -> None:
    """Write occurrences in context as a table: left context, match, right context, citation.

    Raises ReportSearchError when there can be no file at ``path``; one that is there is replaced,
    but only by a whole document.
    """
    from docx.enum.section import WD_ORIENT

    output.check(path)
    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    begin(document, "语境", result.query)
    if result.lines:
        shown = f"共{result.matched}处；以下列出{len(result.lines)}处。"
        add(document, shown, ABOUT)
        _table(document, result.lines)
        add(document, f"说明：{PLACES}；{HASH}。", CITATION)
    else:
        add(document, PAST if result.matched else NOTHING, ABOUT)
    save(document, path)


def _kwic_citation(line: KwicLine) -> str:
    span = (line.start, line.end)
    return cited(line, line.section, line.passage, span)


def _table(document: Document, lines: tuple[KwicLine, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    widths = (Mm(84), Mm(28), Mm(84), Mm(61))
    context = [document.styles[name].style_id for name in (LEFT, MATCH, RIGHT)]
    styles = [*context, document.styles[CITATION].style_id]
    # The last column's heading is no citation, and looks like that of the column before it.
    head = [*context, context[-1]]
    table = document.add_table(rows=len(lines) + 1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = [(LEFT, MATCH, RIGHT, CITATION)]
    rows += [
        (one_line(line.left), one_line(line.match), one_line(line.right), _kwic_citation(line))
        for line in lines
    ]
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row_styles = styles if number else head
        for cell, text, style, width in zip(row.cells, texts, row_styles, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            set_style(paragraph, style)
            paragraph.paragraph_format.space_after = 0
            run(paragraph, text)
    elements = list(document.element.body.iter(qn("w:tr")))
    for element in elements:
        element.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    elements[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))
