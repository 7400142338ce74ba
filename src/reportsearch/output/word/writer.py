"""Writer of Word documents, piece by piece, with bookmarks and links to them.

python-docx's own paragraphs and cells are too slow for reports with thousands of marks, so the
WordprocessingML elements are built directly.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reportsearch import files
from reportsearch.locale import Translator
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import EDITED, EXACT, FORMULA
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose.formatting import (
    NOTES,
    KeyFigure,
    describe_report,
    list_figure_columns,
)
from reportsearch.output.prose.joining import add_colon
from reportsearch.output.text_diff import DIFFERS, DiffPiece
from reportsearch.output.word.document import (
    ABOUT,
    CITATION,
    TABLE,
    create_document,
    save_document,
    set_title,
    to_one_line,
)

_BREAKS = re.compile(r"([\t\n\r])")
_BREAK = {"\t": "w:tab", "\n": "w:br", "\r": "w:br"}


@dataclass(frozen=True, slots=True)
class RunStyle:
    """The look of a stretch of text; ``underline`` and ``shade`` are WordprocessingML values."""

    is_bold: bool = False
    underline: str = ""
    shade: str = ""
    is_raised: bool = False


PLAIN = RunStyle()
BOLD = RunStyle(is_bold=True)
RAISED = RunStyle(is_raised=True)
LINK = RunStyle(underline="single")
DIFFERENT = RunStyle(underline="double", shade="E2D9F3")
KIND_STYLES = {
    EXACT: RunStyle(underline="single", shade="FBE3DC"),
    EDITED: RunStyle(underline="dash", shade="FDF1C7"),
    FORMULA: RunStyle(underline="dotted", shade="E4ECF5"),
}
"""The looks of marked text, distinguished by the underline even when printed in grey."""
COMPARISON_STYLES = {**KIND_STYLES, DIFFERS: DIFFERENT, "": PLAIN}
"""The looks of a text shown side by side with another one."""


class DocxWriter:
    """Writes a document from beginning to end; ``t`` is the language of its own words."""

    def __init__(self, to: Path | BinaryIO, t: Translator, title: str, subject: str) -> None:
        """Begin a document for a file or a stream. Raises ReportSearchError for a bad path."""
        from docx.oxml.ns import qn

        if isinstance(to, Path):
            files.check_writable(to)
        self.t = t
        self._to = to
        self._document = create_document(t)
        body: Any = self._document.element.body
        # The document's last element; everything is added before it.
        self._end = body.sectPr
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._places = 0
        # Copying an element is many times faster than making one.
        self._models: dict[object, Any] = {}
        self._text_tag = qn("w:t")
        set_title(self._document, add_colon(t, title, subject))
        self._number_pages()
        self.add_paragraph("Heading 1", title)

    def save(self) -> None:
        """Write the document. Raises ReportSearchError."""
        save_document(self._document, self._to)

    def add_paragraph(self, style: str, text: str = "", *, keep: bool = False) -> Any:
        """Append a paragraph. With ``keep`` it stays on the page of the next one."""
        made = deepcopy(self._build_paragraph(style, keep=keep))
        self._end.addprevious(made)
        if text:
            self.add_text(made, text)
        return made

    def _build_paragraph(self, style: str, *, keep: bool = False, to_right: bool = False) -> Any:
        known = self._models.get((style, keep, to_right))
        if known is None:
            properties = [("w:pStyle", {"w:val": self._styles[style]})]
            properties += [("w:keepNext", {})] if keep else []
            properties += [("w:jc", {"w:val": "right"})] if to_right else []
            known = self._models[style, keep, to_right] = _build_element("w:p")
            known.append(_build_element("w:pPr", *properties))
        return known

    def add_text(self, parent: Any, text: str, style: RunStyle = PLAIN) -> None:
        """Add text to a paragraph or a link."""
        model = self._models.get(style)
        if model is None:
            model = self._models[style] = _build_run(style)
        run = deepcopy(model)
        parts = _BREAKS.split(replace_illegal_xml(text))
        (first,) = run.iterchildren(self._text_tag)
        first.text = parts[0]
        for part in parts[1:]:
            if part in _BREAK:
                run.append(_build_element(_BREAK[part]))
            elif part:
                run.append(deepcopy(first))
                run[-1].text = part
        parent.append(run)

    def add_pieces(self, parent: Any, pieces: Iterable[DiffPiece]) -> None:
        """Add a text with its differences from another one marked."""
        for text, same in pieces:
            self.add_text(parent, text, PLAIN if same else DIFFERENT)

    def add_link(self, parent: Any, anchor: str) -> Any:
        """Add a link within the document and return it; the caller adds its text."""
        made = _build_element("w:hyperlink", **{"w:anchor": anchor, "w:history": "1"})
        parent.append(made)
        return made

    def add_bookmark(self, parent: Any, name: str) -> None:
        """Add a bookmark that links can point to."""
        number = str(self._places)
        self._places += 1
        parent.append(_build_element("w:bookmarkStart", **{"w:id": number, "w:name": name}))
        parent.append(_build_element("w:bookmarkEnd", **{"w:id": number}))

    def add_table(
        self, head: Sequence[str], rows: int, widths: Sequence[int], *, numbers: Container[int]
    ) -> list[list[Any]]:
        """Add a table of empty cells below its head, and return the paragraphs of its rows.

        ``widths`` are in millimetres. The columns in ``numbers`` are right-aligned.
        """
        from docx.shared import Mm

        table: Any = self._document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        model = _build_element("w:tr")
        model.append(_build_element("w:trPr", ("w:cantSplit", {})))
        for at, width in enumerate(widths):
            cell = _build_element("w:tc")
            twips = {"w:w": str(Mm(width).twips), "w:type": "dxa"}
            cell.append(_build_element("w:tcPr", ("w:tcW", twips)))
            cell.append(deepcopy(self._build_paragraph(TABLE, to_right=at in numbers)))
            model.append(cell)
        made = self._end.getprevious()
        found = []
        for number in range(rows + 1):
            row = deepcopy(model)
            if not number:
                row[0].append(_build_element("w:tblHeader"))
            made.append(row)
            found.append([cell[1] for cell in row[1:]])
        for paragraph, text in zip(found[0], head, strict=True):
            self.add_text(paragraph, text, BOLD)
        return found[1:]

    def separate_tables(self) -> None:
        """Separate a table from the next one, which Word would otherwise join to it."""
        self.add_paragraph(CITATION)

    def add_report_info(self, info: ReportInfo) -> None:
        """Add the known metadata of a report, one item per line."""
        for name, value in describe_report(info, self.t):
            self.add_paragraph(ABOUT, add_colon(self.t, name, to_one_line(value)))

    def add_key_figures(self, figures: Sequence[KeyFigure]) -> None:
        """Add figures as a table: the name of each, its value, its meaning."""
        columns = list_figure_columns(self.t)
        rows = self.add_table(columns, len(figures), (55, 30, 85), numbers=())
        for cells, figure in zip(rows, figures, strict=True):
            self.add_text(cells[0], figure.name)
            self.add_text(cells[1], figure.value, BOLD)
            self.add_text(cells[2], figure.about)
        self.separate_tables()

    def add_notes(self, notes: Sequence[str]) -> None:
        """Add the notes at the end."""
        self.add_paragraph("Heading 2", self.t.translate(NOTES))
        for number, note in enumerate(notes, 1):
            self.add_paragraph(ABOUT, f"{number}. {note}")

    def _number_pages(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        (paragraph,) = self._document.sections[0].footer.paragraphs
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = _build_element("w:fldSimple", **{"w:instr": "PAGE"})
        element: Any = paragraph.paragraph_format.element
        element.append(field)
        self.add_text(field, "1")


def _build_element(tag: str, *children: tuple[str, dict[str, str]], **attributes: str) -> Any:
    """Build an element with its attributes, and its children with theirs."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(tag, {qn(key): value for key, value in attributes.items()})
    for name, values in children:
        made.append(_build_element(name, **values))
    return made


def _build_run(style: RunStyle) -> Any:
    """Build an empty run with a style."""
    from docx.oxml.ns import qn

    # Without the hint, Word takes the quotation marks “” and the dash — from the Latin font.
    properties = [("w:rFonts", {"w:hint": "eastAsia"})]
    # In the order that the schema requires.
    if style.is_bold:
        properties.append(("w:b", {}))
    if style.underline:
        properties.append(("w:u", {"w:val": style.underline}))
    if style.shade:
        shade = {"w:val": "clear", "w:color": "auto", "w:fill": style.shade}
        properties.append(("w:shd", shade))
    if style.is_raised:
        properties.append(("w:vertAlign", {"w:val": "superscript"}))
    run = _build_element("w:r")
    run.append(_build_element("w:rPr", *properties))
    text = _build_element("w:t")
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run
