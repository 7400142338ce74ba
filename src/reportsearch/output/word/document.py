"""What every Word document is made of: an empty one with its styles, paragraphs, its bytes.

The same answer gives the same bytes: nothing of the time or the machine gets into a document.
python-docx is imported only when a document is made.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reportsearch import files
from reportsearch.output.annotations import replace_illegal_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

# Word finds fonts by name: these two are on every Chinese Windows, and WPS and LibreOffice put
# their own in the place of a missing one.
_SONG = "宋体"
_HEI = "黑体"

EXCERPT = "摘录"
ABOUT = "报告信息"
CITATION = "出处"
TABLE = "表格"
SIDES = "对照"
LEFT = "左语境"
MATCH = "检索词"
RIGHT = "右语境"

_MAX_QUERY = 60
"""Characters of a query that a heading shows."""
_MAX_TITLE = 255
"""Characters that a document's title property can have."""

_LINE_END = re.compile(r"[\t\n\r]")


def to_one_line(text: str) -> str:
    """Replace line ends and tabs by spaces."""
    return _LINE_END.sub(" ", text)


def set_title(document: Document, title: str) -> None:
    """Set a document's title property, cut to what it can have."""
    document.core_properties.title = replace_illegal_xml(title)[:_MAX_TITLE]


def add_query_heading(document: Document, what: str, query: str) -> None:
    """Add the heading, and the query by itself when it is too long for one."""
    query = to_one_line(replace_illegal_xml(query))
    short = query if len(query) <= _MAX_QUERY else query[: _MAX_QUERY - 1] + "…"
    set_title(document, f"{what}：{short}")
    add_paragraph(document, f"{what}：{short}", "Heading 1")
    if short != query:
        add_paragraph(document, f"检索式：{query}", ABOUT)


def add_paragraph(document: Document, text: str, style: str) -> Paragraph:
    """Add a paragraph at the end."""
    paragraph = document.add_paragraph()
    set_style(paragraph, document.styles[style].style_id)
    add_run(paragraph, text)
    return paragraph


def set_style(paragraph: Paragraph, style_id: str) -> None:
    """Set a style as ``paragraph.style = style`` does, without its slow look-up."""
    element: Any = paragraph.paragraph_format.element
    element.style = style_id


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """Add a text to a paragraph."""
    from docx.oxml.ns import qn

    run = paragraph.add_run(replace_illegal_xml(text))
    if bold:
        run.bold = True
    # Without the hint Word takes the quotation marks “” and the dash — from the Latin font.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def create_document() -> Document:
    """Create an empty A4 document with this module's styles."""
    from datetime import datetime

    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = "reportsearch"
    properties.comments = ""
    properties.language = "zh-CN"
    # The moment of the export would make each document another one; so it is that of the zip's
    # members, the earliest that a zip can hold.
    properties.created = properties.modified = datetime(1980, 1, 1)  # noqa: DTZ001 - UTC by format
    _set_language(document)

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)

    grey = RGBColor(0x76, 0x76, 0x76)
    _set_up_style(document, "Normal", _SONG, 12, after=6)
    for name, size in (("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 12)):
        heading = _set_up_style(document, name, _HEI, size, after=6)
        heading.paragraph_format.space_before = Pt(size)
        heading.font.bold = False
        heading.font.color.rgb = RGBColor(0, 0, 0)
    excerpt = _set_up_style(document, EXCERPT, _SONG, 12, after=3)
    excerpt.paragraph_format.first_line_indent = Pt(24)
    _set_up_style(document, ABOUT, _SONG, 10.5, after=6)
    _set_up_style(document, CITATION, _SONG, 8, after=9).font.color.rgb = grey
    _set_up_style(document, TABLE, _SONG, 9, after=2).paragraph_format.space_before = Pt(2)
    side_by_side = _set_up_style(document, SIDES, _SONG, 10.5, after=3).paragraph_format
    side_by_side.left_indent, side_by_side.first_line_indent = Pt(63), Pt(-42)
    for name, side in (
        (LEFT, WD_ALIGN_PARAGRAPH.RIGHT),
        (MATCH, WD_ALIGN_PARAGRAPH.CENTER),
        (RIGHT, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        context = _set_up_style(document, name, _SONG, 10.5, after=0)
        context.paragraph_format.alignment = side
        context.font.bold = name == MATCH
    return document


def _set_up_style(
    document: Document, name: str, font: str, points: float, after: int
) -> ParagraphStyle:
    """Set up a paragraph style, made if there is none; sizes and space after it in points."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style: Any = (
        document.styles[name]
        if name in document.styles
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.size = Pt(points)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.25
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # The template's fonts are those of a theme, and a theme's name counts before a font's.
    fonts.attrib.clear()
    latin = "Arial" if font == _HEI else "Times New Roman"
    for script, value in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", font)):
        fonts.set(qn(f"w:{script}"), value)
    found: ParagraphStyle = style
    return found


def _set_language(document: Document) -> None:
    """Set Chinese, so that no line begins with a closing mark; and today's layout of Word."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def save_document(document: Document, to: Path | BinaryIO) -> None:
    """Write the document to a file, or to a stream. Raises ReportSearchError."""
    if isinstance(to, Path):
        files.write_file(to, _to_bytes(document))
    else:
        to.write(_to_bytes(document))


def _to_bytes(document: Document) -> bytes:
    """Return the document's bytes; python-docx would stamp each member with the time."""
    import zipfile

    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            after.writestr(member, before.read(name))
    return packed.getvalue()
