"""A Word document written piece by piece, with places in it and links to them.

Where a report has thousands of marks, python-docx's own paragraphs and cells are too slow: here the
elements of WordprocessingML are made directly.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reportsearch import files as output
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.output.annotations import DIFFERS, Piece, legal
from reportsearch.output.prose.common import FIGURE_COLUMNS, NOTES, Figure, about
from reportsearch.output.word.document import (
    ABOUT,
    CITATION,
    TABLE,
    entitle,
    new_document,
    one_line,
    save,
)

_BREAKS = re.compile(r"([\t\n\r])")
_BREAK = {"\t": "w:tab", "\n": "w:br", "\r": "w:br"}


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
SHARED = {**MARKS, DIFFERS: DIFFERENT, "": PLAIN}
"""The looks of a text that is set beside another one."""


class Writer:
    """Writes a document from its beginning to its end."""

    def __init__(self, to: Path | BinaryIO, title: str, subject: str) -> None:
        """``to`` is a file or a stream. Raises ReportSearchError when there can be no such file."""
        from docx.oxml.ns import qn

        if isinstance(to, Path):
            output.check(to)
        self._to = to
        self._document = new_document()
        body: Any = self._document.element.body
        # What stands at the end of the document; everything is added before it.
        self._end = body.sectPr
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._places = 0
        # To copy an element is many times quicker than to make one.
        self._models: dict[object, Any] = {}
        self._text_tag = qn("w:t")
        entitle(self._document, f"{title}：{subject}")
        self._number_pages()
        self.paragraph("Heading 1", title)

    def save(self) -> None:
        """Write the document. Raises ReportSearchError."""
        save(self._document, self._to)

    def paragraph(self, style: str, text: str = "", *, keep: bool = False) -> Any:
        """Add a paragraph, kept on the page of the next one where ``keep`` is true."""
        made = deepcopy(self._paragraph(style, keep=keep))
        self._end.addprevious(made)
        if text:
            self.text(made, text)
        return made

    def _paragraph(self, style: str, *, keep: bool = False, to_right: bool = False) -> Any:
        known = self._models.get((style, keep, to_right))
        if known is None:
            properties = [("w:pStyle", {"w:val": self._styles[style]})]
            properties += [("w:keepNext", {})] if keep else []
            properties += [("w:jc", {"w:val": "right"})] if to_right else []
            known = self._models[style, keep, to_right] = _element("w:p")
            known.append(_element("w:pPr", *properties))
        return known

    def text(self, parent: Any, text: str, look: Look = PLAIN) -> None:
        """Add a text to a paragraph or a link."""
        model = self._models.get(look)
        if model is None:
            model = self._models[look] = _run(look)
        run = deepcopy(model)
        parts = _BREAKS.split(legal(text))
        (first,) = run.iterchildren(self._text_tag)
        first.text = parts[0]
        for part in parts[1:]:
            if part in _BREAK:
                run.append(_element(_BREAK[part]))
            elif part:
                run.append(deepcopy(first))
                run[-1].text = part
        parent.append(run)

    def pieces(self, parent: Any, pieces: Iterable[Piece]) -> None:
        """Add a text whose differences from another one are marked."""
        for text, same in pieces:
            self.text(parent, text, PLAIN if same else DIFFERENT)

    def link(self, parent: Any, anchor: str) -> Any:
        """Add a link within the document; its text is to be added to it."""
        made = _element("w:hyperlink", **{"w:anchor": anchor, "w:history": "1"})
        parent.append(made)
        return made

    def place(self, parent: Any, name: str) -> None:
        """Add a place to which links lead."""
        number = str(self._places)
        self._places += 1
        parent.append(_element("w:bookmarkStart", **{"w:id": number, "w:name": name}))
        parent.append(_element("w:bookmarkEnd", **{"w:id": number}))

    def table(
        self, head: Sequence[str], rows: int, widths: Sequence[int], *, numbers: Container[int]
    ) -> list[list[Any]]:
        """Add a table of empty cells below its head; the paragraphs of its rows.

        ``widths`` are in millimetres; the columns of ``numbers`` are set to the right.
        """
        from docx.shared import Mm

        table: Any = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        model = _element("w:tr")
        model.append(_element("w:trPr", ("w:cantSplit", {})))
        for at, width in enumerate(widths):
            cell = _element("w:tc")
            twips = {"w:w": str(Mm(width).twips), "w:type": "dxa"}
            cell.append(_element("w:tcPr", ("w:tcW", twips)))
            cell.append(deepcopy(self._paragraph(TABLE, to_right=at in numbers)))
            model.append(cell)
        made = self._end.getprevious()
        found = []
        for number in range(rows + 1):
            row = deepcopy(model)
            if not number:
                row[0].append(_element("w:tblHeader"))
            made.append(row)
            found.append([cell[1] for cell in row[1:]])
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
        rows = self.table(FIGURE_COLUMNS, len(figures), (55, 30, 85), numbers=())
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

        (paragraph,) = self._document.sections[0].footer.paragraphs
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = _element("w:fldSimple", **{"w:instr": "PAGE"})
        element: Any = paragraph.paragraph_format.element
        element.append(field)
        self.text(field, "1")


def _element(tag: str, *children: tuple[str, dict[str, str]], **attributes: str) -> Any:
    """An element, its attributes and its children with theirs."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(tag, {qn(key): value for key, value in attributes.items()})
    for name, values in children:
        made.append(_element(name, **values))
    return made


def _run(look: Look) -> Any:
    """An empty run that looks so."""
    from docx.oxml.ns import qn

    # Without the hint Word takes the quotation marks “” and the dash — from the Latin font.
    properties = [("w:rFonts", {"w:hint": "eastAsia"})]
    # In the order in which the schema has them.
    if look.is_bold:
        properties.append(("w:b", {}))
    if look.underline:
        properties.append(("w:u", {"w:val": look.underline}))
    if look.shade:
        shade = {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}
        properties.append(("w:shd", shade))
    if look.is_raised:
        properties.append(("w:vertAlign", {"w:val": "superscript"}))
    run = _element("w:r")
    run.append(_element("w:rPr", *properties))
    text = _element("w:t")
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run
