"""Building blocks of all Word documents: an empty document with its styles, paragraphs, saving.

The same answer always gives the same bytes, because neither the time nor the machine affects them.
python-docx is imported only when a document is made.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from reportsearch import files
from reportsearch.locale import Translator
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose.joining import add_colon

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

# Word finds fonts by name. These two are on every Chinese Windows; WPS and LibreOffice substitute
# their own for a missing one.
_SONG = "宋体"
_HEI = "黑体"

EXCERPT = "摘录"
ABOUT = "报告信息"
CITATION = "出处"
TABLE = "表格"
SIDES = "对照"
LEFT = "上文"
MATCH = "命中"
RIGHT = "下文"
"""The names of the paragraph styles."""

_MAX_QUERY = 60
"""Maximum number of characters of a query shown in a heading."""
_MAX_TITLE = 255
"""Maximum number of characters allowed in a document's title property."""

_LINE_END = re.compile(r"[\t\n\r]")


def to_one_line(text: str) -> str:
    """Replace line ends and tabs by spaces."""
    return _LINE_END.sub(" ", text)


def set_title(document: Document, title: str) -> None:
    """Set a document's title property, cut to the length allowed."""
    document.core_properties.title = replace_illegal_xml(title)[:_MAX_TITLE]


def add_query_heading(document: Document, what: str, query: str, t: Translator) -> None:
    """Add the heading, and the query on its own line if it is too long for the heading."""
    query = to_one_line(replace_illegal_xml(query))
    short = query if len(query) <= _MAX_QUERY else query[: _MAX_QUERY - 1] + "…"
    heading = add_colon(t, what, short)
    set_title(document, heading)
    add_paragraph(document, heading, "Heading 1")
    if short != query:
        add_paragraph(document, add_colon(t, t("Query"), query), ABOUT)


def add_paragraph(document: Document, text: str, style: str) -> Paragraph:
    """Append a paragraph."""
    paragraph = document.add_paragraph()
    set_style(paragraph, document.styles[style].style_id)
    add_run(paragraph, text)
    return paragraph


def set_style(paragraph: Paragraph, style_id: str) -> None:
    """Set a style as ``paragraph.style = style`` does, without its slow lookup."""
    element: Any = paragraph.paragraph_format.element
    element.style = style_id


def add_run(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """Append text to a paragraph."""
    from docx.oxml.ns import qn

    run = paragraph.add_run(replace_illegal_xml(text))
    if bold:
        run.bold = True
    # Without the hint, Word takes the quotation marks “” and the dash — from the Latin font.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def create_document(t: Translator) -> Document:
    """Create an empty A4 document with the styles of this module."""
    from datetime import datetime

    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt, RGBColor

    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = "reportsearch"
    properties.comments = ""
    properties.language = t.language_tag
    # The time of export would change the bytes of every document, so use the time set for the zip's
    # members: the earliest that a zip can hold.
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
    """Set up a paragraph style, adding it if missing. Sizes and space after it are in points."""
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
    # The template takes its fonts from a theme, which would override a font named here.
    fonts.attrib.clear()
    latin = "Arial" if font == _HEI else "Times New Roman"
    for script, value in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", font)):
        fonts.set(qn(f"w:{script}"), value)
    found: ParagraphStyle = style
    return found


def _set_language(document: Document) -> None:
    """Set the language to Chinese, so that no line begins with a closing mark.

    Also set the layout mode of Word 2013 and later.
    """
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
    """Write the document to a file or a stream. Raises ReportSearchError."""
    if isinstance(to, Path):
        files.write_file(to, _to_bytes(document))
    else:
        to.write(_to_bytes(document))


def _to_bytes(document: Document) -> bytes:
    """Return the document's bytes without the timestamps that python-docx gives each member."""
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
