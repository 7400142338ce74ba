"""A Word document written piece by piece, with places in it and links to them.

Where a report has thousands of marks, python-docx's own paragraphs and cells are too slow: here the
elements of WordprocessingML are made directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportsearch import output
from reportsearch.marks import Piece, legal
from reportsearch.models import EDITED, EXACT, FORMULA, ReportInfo
from reportsearch.word.building import (
    ABOUT,
    CITATION,
    TABLE,
    entitle,
    new_document,
    one_line,
    save,
)
from reportsearch.wording.common import FIGURE_COLUMNS, NOTES, Figure, about


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks; ``underline`` and ``shade`` as WordprocessingML names them."""

    is_bold: bool = False
    underline: str = ""
    shade: str = ""
    is_raised: bool = False


PLAIN = Look()
BOLD = Look(is_bold=True)
RAISED = Look(is_raised=True)
LINK = Look(underline="single")
DIFFERENT = Look(underline="double", shade="E2D9F3")
MARKS = {
    EXACT: Look(underline="single", shade="FBE3DC"),
    EDITED: Look(underline="dash", shade="FDF1C7"),
    FORMULA: Look(underline="dotted", shade="E4ECF5"),
}
"""The looks of marked text: told apart by the underline, also where it is printed in grey."""


class Writer:
    """Writes a document from its beginning to its end."""

    def __init__(self, path: Path, title: str, subject: str) -> None:
        """Raises ReportSearchError when there can be no file at ``path``."""
        output.check(path)
        self._path = path
        self._document = new_document()
        self._body: Any = self._document.element.body
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._places = 0
        entitle(self._document, f"{title}：{subject}")
        self._number_pages()
        self.paragraph("Heading 1", title)

    def save(self) -> None:
        """Write the document. Raises ReportSearchError."""
        save(self._document, self._path)

    def paragraph(self, style: str, text: str = "", *, keep: bool = False) -> Any:
        """Add a paragraph, kept on the page of the next one where ``keep`` is true."""
        from docx.oxml import OxmlElement

        made: Any = OxmlElement("w:p")
        made.style = self._styles[style]
        if keep:
            made.pPr.get_or_add_keepNext()
        self._body.sectPr.addprevious(made)
        if text:
            self.text(made, text)
        return made

    def text(self, parent: Any, text: str, look: Look = PLAIN) -> None:
        """Add a text to a paragraph or a link."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        run: Any = OxmlElement("w:r")
        properties = run.get_or_add_rPr()
        # Without the hint Word takes the quotation marks “” and the dash — from the Latin font.
        properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
        values: tuple[tuple[str, object, dict[str, str]], ...] = (
            ("w:b", look.is_bold, {}),
            ("w:u", look.underline, {"w:val": look.underline}),
            ("w:shd", look.shade, {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}),
            ("w:vertAlign", look.is_raised, {"w:val": "superscript"}),
        )
        # In the order in which the schema has them.
        for name, is_there, attributes in values:
            if is_there:
                element = OxmlElement(name)
                for key, value in attributes.items():
                    element.set(qn(key), value)
                properties.append(element)
        run.text = legal(text)
        parent.append(run)

    def pieces(self, parent: Any, pieces: Iterable[Piece]) -> None:
        """Add a text whose differences from another one are marked."""
        for text, same in pieces:
            self.text(parent, text, PLAIN if same else DIFFERENT)

    def link(self, parent: Any, anchor: str) -> Any:
        """Add a link within the document; its text is to be added to it."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        made: Any = OxmlElement("w:hyperlink")
        made.set(qn("w:anchor"), anchor)
        made.set(qn("w:history"), "1")
        parent.append(made)
        return made

    def place(self, parent: Any, name: str) -> None:
        """Add a place to which links lead."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        number = str(self._places)
        self._places += 1
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            element = OxmlElement(tag)
            element.set(qn("w:id"), number)
            if tag == "w:bookmarkStart":
                element.set(qn("w:name"), name)
            parent.append(element)

    def table(
        self, head: Sequence[str], rows: int, widths: Sequence[int], *, numbers_from: int
    ) -> list[list[Any]]:
        """Add a table of empty cells below its head; the paragraphs of its rows.

        ``widths`` are in millimetres; the columns from ``numbers_from`` on are set to the right.
        """
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm

        table: Any = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        (body,) = list(self._body.iterchildren(qn("w:tbl")))[-1:]
        found = []
        for number in range(rows + 1):
            row: Any = OxmlElement("w:tr")
            properties = row.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if not number:
                properties.append(OxmlElement("w:tblHeader"))
            cells = []
            for at, width in enumerate(widths):
                cell: Any = OxmlElement("w:tc")
                cell.width = Mm(width)
                paragraph: Any = OxmlElement("w:p")
                paragraph.style = self._styles[TABLE]
                if at >= numbers_from:
                    alignment = OxmlElement("w:jc")
                    alignment.set(qn("w:val"), "right")
                    paragraph.pPr.append(alignment)
                cell.append(paragraph)
                row.append(cell)
                cells.append(paragraph)
            body.append(row)
            found.append(cells)
        for paragraph, text in zip(found[0], head, strict=True):
            self.text(paragraph, text, BOLD)
        return found[1:]

    def after_table(self) -> None:
        """Part a table from the next one, which Word would take for its continuation."""
        self.paragraph(CITATION)

    def about(self, info: ReportInfo) -> None:
        """Add what is known about a report, a line for each."""
        for name, value in about(info):
            self.paragraph(ABOUT, f"{name}：{one_line(value)}")

    def figures(self, figures: Sequence[Figure]) -> None:
        """Add numbers as a table: what each is called, its value, what it means."""
        rows = self.table(FIGURE_COLUMNS, len(figures), (55, 30, 85), numbers_from=3)
        for cells, figure in zip(rows, figures, strict=True):
            self.text(cells[0], figure.name)
            self.text(cells[1], figure.value, BOLD)
            self.text(cells[2], figure.about)
        self.after_table()

    def notes(self, notes: Sequence[str]) -> None:
        """Add the notes at the end."""
        self.paragraph("Heading 2", NOTES)
        for number, note in enumerate(notes, 1):
            self.paragraph(ABOUT, f"{number}. {note}")

    def _number_pages(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        (paragraph,) = self._document.sections[0].footer.paragraphs
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        element: Any = paragraph.paragraph_format.element
        element.append(field)
        self.text(field, "1")
