"""Web pages: the title and the main text, without the site's menus and other furniture.

The main text is the run of lines with the highest weight, with the block around it. Text adds to
the weight; links and lines found on every site (breadcrumbs, copyright) reduce it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate

from reportsearch.errors import ExtractError, Message
from reportsearch.extract import plain_text
from reportsearch.extract.html.blocks import HtmlCell, HtmlLine, HtmlPage, HtmlTable, parse_html

_HEAD_BYTES = 8192
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*+(?:["']\s*+)?([\w.:-]+)"""
    rb"""|<meta[^>]{0,500}?charset\s*=\s*+(?:["']\s*+)?([\w.:-]+)""",
    re.IGNORECASE,
)
# Encodings of Chinese. Pages that declare another one, such as iso-8859-1, do so by mistake.
_CODECS = {
    **dict.fromkeys(
        ("gb2312", "gb-2312", "gb_2312-80", "csgb2312", "gbk", "x-gbk", "cp936", "gb18030"),
        "gb18030",
    ),
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "unicode"), "utf-16"),
    "hz-gb-2312": "hz",
}
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_NO_TEXT = Message(
    "the web page contains no text; open it in a browser and copy its text into a Word file"
)

# A short line that matches belongs to the site, not to a report.
_SITE_TEXT = re.compile(
    r"位置[:：]|^首页|(?:来源|时间|日期|作者|编辑|浏览|点击|阅读|访问|字体|字号|索引号|发布机构|文号)"
    r"(?:次数|量|数|大小)?\s*[:：]|版权所有|(?:主办|承办|维护|技术支持|网站标识码|地址|邮编|电话)[^，。]{0,4}[:：]"
    r"|ICP备|备案|分享[到至:：]|上一[篇条]|下一[篇条]|扫一扫|相关(?:阅读|链接|新闻|稿件|文章|信息|推荐)"
    r"|打印|关闭窗口|友情链接|(?:网友|发表)评论|建议使用|分辨率|访客|返回顶部|copyright",
    re.IGNORECASE,
)
_MAX_SITE_TEXT_CHARS = 120
_MAX_LABEL_CHARS = 6
_MAX_DOCUMENT_LINKS = 3
"""Number of links up to which a page is a plain document without site furniture."""
_MAX_LINKS_IN_TEXT = 2
_PROSE = re.compile(r"[，。；！？、：]")
# What may accompany a link in a list: a date, brackets, a dot.
_LINK_DECORATION = re.compile(
    r"\d{2,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|\d{1,2}(?::\d{2}){1,2}|[\W_]+"
)
_SITE_NAME = re.compile(
    r"(?:网|网站|门户|频道|首页|政府|平台|委员会|办公室|专栏|栏目|[局厅院]|中心|公开|要闻|动态|之窗)$"
    r"|^(?:欢迎|首页)"
)
_PLACEHOLDER_TITLE = re.compile(
    r"(?:无标题|未命名|新建|untitled|document|microsoft|文档|index|default|[\w-]+\.\w{2,5}$|\W*$|\d+$)",
    re.IGNORECASE,
)
_WORD_PROCESSORS = re.compile(r"word|wps|kingsoft|libreoffice|openoffice", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?:(?<!\s)\s++)?(?:[_|｜]+|[-–—]+|>+|»|::)\s*+")


def read(data: bytes) -> str:
    """Return the text of a web page, one paragraph or table row per line. Raises ExtractError."""
    return extract_main_text(decode(data))


def decode(data: bytes, charset: str = "") -> str:
    """Decode as browsers do, but trust the bytes where they contradict the declared encoding.

    ``charset`` comes from a header and takes precedence over the page's own declaration.
    """
    codec = _CODECS.get(charset.lower()) or _find_declared_codec(data)
    if codec is None or any(data.startswith(bom) for bom, _ in plain_text.BOMS):
        text = plain_text.decode(data)
    else:
        text = _decode_as_declared(data, codec)
    strange = text.count(plain_text.REPLACEMENT_CHARACTER) + sum(
        map(text.count, map(chr, range(1, 9)))
    )
    if strange > max(4, len(text) // 20):
        raise ExtractError(
            "this is not a web page, despite its name; open it in the program that created it "
            "and save it as .docx or .txt"
        )
    return text


def _find_declared_codec(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    if not found:
        return None
    codec = _CODECS.get((found[1] or found[2]).decode("ascii", "ignore").lower())
    # The declaration could not have been read in UTF-16.
    return "utf-8" if codec == "utf-16" else codec


def _decode_as_declared(data: bytes, codec: str) -> str:
    try:
        utf8 = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wide, _ = plain_text.count_non_ascii(utf8)
        # UTF-8 may pass for another encoding, but another one hardly ever for Chinese in UTF-8.
        if codec in {"utf-8", "gb18030", "big5hkscs"} and 2 * len(_HAN.findall(utf8)) >= wide:
            return utf8
    text = data.decode(codec, "replace")
    wide, replaced = plain_text.count_non_ascii(text)
    if not replaced or plain_text.is_nearly_utf8(wide, replaced):
        return text
    return plain_text.decode(data)


def extract_main_text(markup: str) -> str:
    """Return the title and the main text of a page. Raises ExtractError if there is none."""
    page = parse_html(markup)
    if not page.lines:
        if page.frames:
            raise ExtractError(
                "the web page only shows other pages in frames; open it in a browser and save "
                "the frame that contains the text"
            )
        raise ExtractError(_NO_TEXT)
    if page.links <= _MAX_DOCUMENT_LINKS:
        first, end, title = 0, len(page.lines), _take_title_from_head(page, 0)
    else:
        first, end = _find_main_part(page)
        first, title = _find_title(page, first, end)
    return "\n".join([*title, *_render_lines(page, first, end)])


def _is_link_line(line: HtmlLine) -> bool:
    if not line.linked_chars or (len(line.text) > 60 and "。" in line.text):
        return False
    return 2 * line.linked_chars > len(_LINK_DECORATION.sub("", line.text))


def _is_site_text(text: str) -> bool:
    return len(text) < _MAX_SITE_TEXT_CHARS and "。" not in text and bool(_SITE_TEXT.search(text))


def _is_boilerplate(line: HtmlLine) -> bool:
    if line.heading or line.text.startswith("附"):
        return False
    return line.in_sidebar or _is_link_line(line) or _is_site_text(line.text)


def _is_prose(line: HtmlLine) -> bool:
    return len(line.text) > 25 or bool(_PROSE.search(line.text))


def _weigh_line(line: HtmlLine) -> float:
    """Return the weight of a line as evidence that its surroundings are the main text."""
    size = len(line.text)
    if _is_boilerplate(line):
        return -float(max(size, 10))
    if _is_prose(line):
        return size - 2.0 * min(line.linked_chars, size / 2)
    # A date, a signature or a cell. But shorter lines and names of offices may belong to a menu.
    return 0.2 * size if size > _MAX_LABEL_CHARS and not _SITE_NAME.search(line.text) else 0.0


def _find_main_part(page: HtmlPage) -> tuple[int, int]:
    """Return the heaviest run of lines, extended to the rest of the block around its prose."""
    lines = page.lines
    weights = list(map(_weigh_line, lines))
    first, end = _find_heaviest_run(weights)
    prose = [number for number in range(first, end) if _is_prose(lines[number])]
    if not prose:
        return 0, len(lines)
    start, stop = prose[0], prose[-1] + 1
    around = sorted(
        (block for block in page.blocks if block[0] <= start and stop <= block[1]),
        key=lambda block: block[1] - block[0],
    )
    sums = [0.0, *accumulate(weights)]
    top, bottom = around[0] if around else (first, end)
    for larger in around[1:]:
        if sums[larger[1]] - sums[larger[0]] >= sums[bottom] - sums[top]:
            top, bottom = larger
    return (
        min(first, start - _count_text_lines(reversed(lines[top:start]))),
        max(end, stop + _count_text_lines(lines[stop:bottom])),
    )


def _find_heaviest_run(weights: list[float]) -> tuple[int, int]:
    best, at = 0.0, (0, 0)
    total, start = 0.0, 0
    for number, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, number
        total += weight
        if total > best:
            best, at = total, (start, number + 1)
    return at


def _count_text_lines(lines: Iterable[HtmlLine]) -> int:
    """Count the lines to which the text continues, across up to two links but no more."""
    reached = furniture = 0
    for number, line in enumerate(lines, start=1):
        furniture = furniture + 1 if _is_boilerplate(line) else 0
        if furniture > _MAX_LINKS_IN_TEXT:
            break
        if not furniture:
            reached = number
    return reached


_MIN_TITLE_CHARS, _MAX_INDEX_LINES = 5, 40


def _find_title(page: HtmlPage, first: int, end: int) -> tuple[int, list[str]]:
    """Return the first line of the main text, and the title if it is outside of it."""
    lines = page.lines
    named = _find_meta_title(page, first, end)
    if named is not None:
        return named, []
    found = _find_visible_title(page, first, end)
    if found:
        start, stop = found
        if start < first:
            return max(first, stop), [line.text for line in lines[start:stop]]
        # Only site furniture precedes the title.
        of_site = any(map(_is_boilerplate, lines[first:start]))
        return (start if of_site else first), []
    if lines[first].heading:
        return first, []
    above = [line for line in lines[max(first - 50, 0) : first] if _may_be_title(line)]
    headings = [line.text for line in above if line.heading]
    # An unmarked title is directly above the text, or above a line on its source.
    near = [line.text for line in lines[max(first - 4, 0) : first] if _may_be_title(line)]
    return first, headings[-1:] or _take_title_from_head(page, first) or near[-1:]


def _find_meta_title(page: HtmlPage, first: int, end: int) -> int | None:
    """Return the line in the text that repeats the title which government sites put in the head.

    It may be preceded by the document's index (索引号, 公开日期), up to its maximum length.
    """
    name = _remove_whitespace(page.meta.get("articletitle", ""))
    if len(name) < _MIN_TITLE_CHARS:
        return None
    beginning = range(first, min(first + _MAX_INDEX_LINES, end))
    found = [place for place in beginning if _remove_whitespace(page.lines[place].text) == name]
    return next((place for place in found if page.lines[place].heading), next(iter(found), None))


def _may_be_title(line: HtmlLine) -> bool:
    if _is_link_line(line) or _SITE_NAME.search(line.text):
        return False
    return line.heading or (
        8 <= len(line.text) <= 60 and "。" not in line.text and not _is_boilerplate(line)
    )


def _find_visible_title(page: HtmlPage, first: int, end: int) -> tuple[int, int] | None:
    """Find the lines that match the head's title, before the text or at its start.

    The head may add the names of the site and the column, and the page may split the title over up
    to three lines.
    """
    names = [page.meta.get("articletitle", ""), page.meta.get("og:title", ""), page.title]
    squeezed = [_remove_whitespace(name[:300]) for name in names]
    best, at = 5, None
    for start in range(min(first + 3, end) - 1, max(first - 300, -1), -1):
        if start < first and _is_link_line(page.lines[start]):
            continue
        joined = ""
        for stop in range(start + 1, min(start + 4, end + 1)):
            joined += _remove_whitespace(page.lines[stop - 1].text)
            if not any(joined in name for name in squeezed):
                break
            if len(joined) > best and not _SITE_NAME.search(joined):
                best, at = len(joined), (start, stop)
    return at


def _take_title_from_head(page: HtmlPage, first: int) -> list[str]:
    """Return the title in the page's head if it does not occur in the text."""
    if _WORD_PROCESSORS.search(page.meta.get("generator", "") + page.meta.get("progid", "")):
        # The title of a template, or a copy of the first line.
        return []
    shown = "".join(_remove_whitespace(line.text) for line in page.lines[first : first + 5])
    for part in sorted(_SEPARATOR.split(page.title[:300]), key=len, reverse=True):
        if len(part) < 4 or _SITE_NAME.search(part) or _PLACEHOLDER_TITLE.match(part):
            continue
        return [] if _remove_whitespace(part) in shown else [part]
    return []


def _remove_whitespace(text: str) -> str:
    return "".join(text.split())


def _render_lines(page: HtmlPage, first: int, end: int) -> Iterator[str]:
    tables = iter(
        table
        for table in page.tables
        if table.first >= first
        and table.end <= end
        and table.end > table.first
        and not table.has_nested_table
    )
    table = next(tables, None)
    place = first
    while place < end:
        while table and table.first < place:
            table = next(tables, None)
        if table and table.first == place and _has_columns(table):
            yield from _render_rows(page.lines, table)
            place = table.end
        else:
            yield page.lines[place].text
            place += 1


def _has_columns(table: HtmlTable) -> bool:
    return any(len(row) > 1 for row in table.rows)


_MAX_COLUMNS = 100
_LONG_CELL_CHARS = 200


def _render_rows(lines: list[HtmlLine], table: HtmlTable) -> Iterator[str]:
    """Iterate over table rows with tabs between cells and the text of merged cells only once."""
    below: dict[int, int] = {}
    place = table.first
    for row in table.rows:
        if row:
            # Text between the rows is a caption.
            yield from (line.text for line in lines[place : row[0].first])
            place = max(place, row[-1].end)
        texts = [[line.text for line in lines[cell.first : cell.end]] for cell in row]
        if any(len(text) > 1 and sum(map(len, text)) > _LONG_CELL_CHARS for text in texts):
            yield from (line for text in texts for line in text)
            continue
        cells = _expand_spans(row, [" ".join(text) for text in texts], below)
        if any(cells):
            yield "\t".join(cells)
    yield from (line.text for line in lines[place : table.end])


def _expand_spans(row: list[HtmlCell], texts: list[str], below: dict[int, int]) -> list[str]:
    """Place the cells of a row in columns; ``below`` counts the rows that spans extend into."""
    cells: list[str] = []

    def fill_spanned_cells() -> None:
        while below.get(len(cells), 0):
            below[len(cells)] -= 1
            cells.append("")

    for cell, text in zip(row, texts, strict=True):
        fill_spanned_cells()
        if len(cells) >= _MAX_COLUMNS:
            cells.append(text)
            continue
        for number in range(max(1, min(cell.colspan, _MAX_COLUMNS - len(cells)))):
            if cell.rowspan > 1:
                below[len(cells)] = cell.rowspan - 1
            cells.append("" if number else text)
    fill_spanned_cells()
    return cells
