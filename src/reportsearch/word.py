"""Answers as Word documents: passages and their citations, to be pasted into a draft.

The same answer gives the same bytes: nothing of the time or the machine gets into a document.
python-docx is imported only when a document is made.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportsearch import output
from reportsearch.models import OCR, Concordance, Hit, KwicLine, PassageHit, SearchResult

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

# Word finds fonts by name: these two are on every Chinese Windows, and WPS and LibreOffice put
# their own in the place of a missing one.
_SONG = "宋体"
_HEI = "黑体"

_EXCERPT = "摘录"
_ABOUT = "报告信息"
_CITATION = "出处"
_LEFT = "左语境"
_MATCH = "检索词"
_RIGHT = "右语境"

_QUERY_SHOWN = 60
"""Characters of a query that a heading shows."""
_TITLE_LIMIT = 255
"""Characters that a document's title property can have."""
_SHA_SHOWN = 12

# What XML 1.0 cannot hold; a lone surrogate cannot be written as UTF-8 either.
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"[\t\n\r]")

_MET = {"report": "检索词分见于不同段落", "part": "只符合部分检索词"}
_PARTIAL = "注意：没有一份报告符合全部检索条件，以下只符合其中一部分。"
_NOTHING = "没有找到符合的内容。"
_PAST = "有符合的内容，但本次未取出任何一条。"
_PLACES = "字符位置按整理后的报告全文从0数起，含起点、不含终点"
_HASH = f"SHA-256为该全文校验值的前{_SHA_SHOWN}位"


def search_document(result: SearchResult, path: Path) -> None:
    """Write the hits of a search: reports as headings, passages with what matched in bold.

    Raises ReportSearchError when there can be no file at ``path``; one that is there is replaced,
    but only by a whole document.
    """
    output.check(path)
    document = _document()
    _open(document, "检索", result.query)
    matched = result.matched
    if result.hits:
        reports = len({hit.report.id for hit in result.hits})
        passages = sum(len(hit.passages) for hit in result.hits)
        counts = f"共检索到报告{matched.reports}份、段落{matched.passages}段；"
        apart = f"其中{matched.apart}份的检索词分见于不同段落；" if matched.apart else ""
        _add(document, f"{counts}{apart}以下列出报告{reports}份、段落{passages}段。", _ABOUT)
    if result.partial:
        _add(document, _PARTIAL, _ABOUT)
    if not result.hits:
        _add(document, _PAST if result.matched.reports else _NOTHING, _ABOUT)
    before = None
    for hit in result.hits:
        # Where each passage is a hit of its own, those of one report may follow each other.
        if hit.report.id != before:
            _add(document, _line(hit.report.title or hit.report.id), "Heading 2")
            _add(document, _about(hit), _ABOUT).paragraph_format.keep_with_next = True
        before = hit.report.id
        for passage in hit.passages:
            _passage(document, passage)
            _add(document, _citation(hit, passage), _CITATION)
    if result.hits:
        _add(document, f"说明：{_PLACES}；{_HASH}。", _CITATION)
    _save(document, path)


def kwic_document(result: Concordance, path: Path) -> None:
    """Write occurrences in context as a table: left context, match, right context, citation.

    Raises ReportSearchError when there can be no file at ``path``; one that is there is replaced,
    but only by a whole document.
    """
    from docx.enum.section import WD_ORIENT

    output.check(path)
    document = _document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _open(document, "语境", result.query)
    if result.lines:
        shown = f"共{result.matched}处；以下列出{len(result.lines)}处。"
        _add(document, shown, _ABOUT)
        _table(document, result.lines)
        _add(document, f"说明：{_PLACES}；{_HASH}。", _CITATION)
    else:
        _add(document, _PAST if result.matched else _NOTHING, _ABOUT)
    _save(document, path)


def _legal(text: str) -> str:
    """With U+FFFD for what XML cannot hold; as long as before, so that offsets stay right."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


def _line(text: str) -> str:
    return _LINE_END.sub(" ", text)


def _open(document: Document, what: str, query: str) -> None:
    """The heading, and the query by itself when it is too long for one."""
    query = _line(_legal(query))
    short = query if len(query) <= _QUERY_SHOWN else query[: _QUERY_SHOWN - 1] + "…"
    document.core_properties.title = f"{what}：{short}"[:_TITLE_LIMIT]
    _add(document, f"{what}：{short}", "Heading 1")
    if short != query:
        _add(document, f"检索式：{query}", _ABOUT)


def _about(hit: Hit) -> str:
    info = hit.report
    known = (
        ("年份", str(info.year or "")),
        ("地区", info.region),
        ("职务", info.post),
        ("类型", info.kind),
    )
    parts = [f"{name}：{_line(value)}" for name, value in known if value]
    if hit.met in _MET:
        parts.append(_MET[hit.met])
    return "　".join(parts)


def _citation(hit: Hit, passage: PassageHit) -> str:
    info = hit.report
    span = (passage.start, passage.end)
    title = _marked(info.title or info.id, info.reader)
    return _cited(title, passage.section, passage.id, span, info.sha256)


def _kwic_citation(line: KwicLine) -> str:
    span = (line.start, line.end)
    title = _marked(line.title or line.report, line.reader)
    return _cited(title, line.section, line.passage, span, line.sha256)


def _marked(title: str, reader: str) -> str:
    """A title, and whether the text was recognised on pictures of pages."""
    return f"{title}（OCR识别，须核对）" if reader == OCR else title


def _cited(
    title: str, section: tuple[str, ...], passage: str, span: tuple[int, int], sha256: str
) -> str:
    parts = [
        title,
        " › ".join(section),
        passage,
        f"字符{span[0]}–{span[1]}",
        f"SHA-256 {sha256[:_SHA_SHOWN]}" if sha256 else "",
    ]
    return _line(f"〔{'，'.join(part for part in parts if part)}〕")


def _passage(document: Document, passage: PassageHit) -> None:
    """A passage, its headings as paragraphs of their own; kept together with the citation."""
    excerpt = document.styles[_EXCERPT].style_id
    at = passage.start
    for text in passage.text.split("\n"):
        paragraph = document.add_paragraph()
        _set_style(paragraph, excerpt)
        paragraph.paragraph_format.keep_with_next = True
        for piece, bold in _pieces(text, at, passage.highlights):
            _run(paragraph, piece, bold=bold)
        at += len(text) + 1


def _pieces(
    text: str, start: int, highlights: tuple[tuple[int, int], ...]
) -> Iterator[tuple[str, bool]]:
    """A text cut at its highlights: stretches, and whether they are highlighted.

    ``start`` is the place of the text in what the highlights are offsets of.
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


def _add(document: Document, text: str, style: str) -> Paragraph:
    paragraph = document.add_paragraph()
    _set_style(paragraph, document.styles[style].style_id)
    _run(paragraph, text)
    return paragraph


def _set_style(paragraph: Paragraph, style_id: str) -> None:
    """What ``paragraph.style = style`` does, without its look through all styles each time."""
    element: Any = paragraph.paragraph_format.element
    element.style = style_id


def _run(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    from docx.oxml.ns import qn

    run = paragraph.add_run(_legal(text))
    if bold:
        run.bold = True
    # Without the hint Word takes the quotation marks “” and the dash — from the Latin font.
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _table(document: Document, lines: tuple[KwicLine, ...]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    widths = (Mm(84), Mm(28), Mm(84), Mm(61))
    context = [document.styles[name].style_id for name in (_LEFT, _MATCH, _RIGHT)]
    styles = [*context, document.styles[_CITATION].style_id]
    # The last column's heading is no citation, and looks like that of the column before it.
    head = [*context, context[-1]]
    table = document.add_table(rows=len(lines) + 1, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = [(_LEFT, _MATCH, _RIGHT, _CITATION)]
    rows += [
        (_line(line.left), _line(line.match), _line(line.right), _kwic_citation(line))
        for line in lines
    ]
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row_styles = styles if number else head
        for cell, text, style, width in zip(row.cells, texts, row_styles, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            _set_style(paragraph, style)
            paragraph.paragraph_format.space_after = 0
            _run(paragraph, text)
    elements = list(document.element.body.iter(qn("w:tr")))
    for element in elements:
        element.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    elements[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _document() -> Document:
    """An empty A4 document with this module's styles."""
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
    _style(document, "Normal", _SONG, 12, after=6)
    for name, size in (("Heading 1", 18), ("Heading 2", 14)):
        heading = _style(document, name, _HEI, size, after=6)
        heading.paragraph_format.space_before = Pt(size)
        heading.font.bold = False
        heading.font.color.rgb = RGBColor(0, 0, 0)
    excerpt = _style(document, _EXCERPT, _SONG, 12, after=3)
    excerpt.paragraph_format.first_line_indent = Pt(24)
    _style(document, _ABOUT, _SONG, 10.5, after=6)
    _style(document, _CITATION, _SONG, 8, after=9).font.color.rgb = grey
    for name, side in (
        (_LEFT, WD_ALIGN_PARAGRAPH.RIGHT),
        (_MATCH, WD_ALIGN_PARAGRAPH.CENTER),
        (_RIGHT, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        context = _style(document, name, _SONG, 10.5, after=0)
        context.paragraph_format.alignment = side
        context.font.bold = name == _MATCH
    return document


def _style(document: Document, name: str, font: str, points: float, after: int) -> ParagraphStyle:
    """A paragraph style, made if there is none; sizes and the space after it in points."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt

    known = {style.name for style in document.styles}
    style: Any = (
        document.styles[name]
        if name in known
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
    """Chinese, so that no line begins with a closing mark; and today's layout of Word."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _save(document: Document, path: Path) -> None:
    """Write the document. Raises ReportSearchError."""
    output.write(path, _packed(document))


def _packed(document: Document) -> bytes:
    """The document's bytes; python-docx would stamp each member of the zip with the time."""
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
