"""HTML as the lines a browser would show, one per block or ``<br>``, with the blocks around them.

The parser's events are processed without building a tree. So a page of 20 MB needs memory for its
text only, and deep nesting cannot exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportsearch.errors import ExtractError
from reportsearch.extract.docx.numbering import format_counter
from reportsearch.extract.html.raw_content import strip_raw_content

MAX_TAGS = 1_000_000
MAX_DEPTH = 512
"""Nesting limit of browsers; libxml2 would search all open tags at each end tag."""
_CHUNK = 1 << 16
_MAX_LINK_LINES = 4
"""Number of lines above which a link was probably not closed by mistake."""

BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li "
        "main menu nav ol p pre section summary table tbody td tfoot th thead tr ul xmp",
    )
)
_HIDDEN = frozenset(
    re.findall(
        r"\w+",
        "applet audio button canvas datalist del embed head iframe input math noembed noframes "
        "noscript object optgroup option rp rt script select style svg template textarea video xml",
    )
)
_SIDEBAR_TAGS = frozenset({"nav", "aside", "footer"})
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table\b|list-item)", re.IGNORECASE)
_PRE_STYLE = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_LIST_STYLES = {
    "alpha": "Letter",
    "latin": "Letter",
    "roman": "Roman",
}
_CHINESE = re.compile(r"cjk-ideographic|chinese|cjk-decimal|japanese|korean")
_NUMBERED = re.compile(r"[（(]?(?:\d|[一二三四五六七八九十]+[、.．）)])")
_SPACE = re.compile(r"[ \t\n\r\f\xa0\u2000-\u200a\u202f\u205f]+")
_PRE_SPACE = re.compile(r"[ \t\f\xa0\u2000-\u200a\u202f\u205f]+")
_SOURCE_BLANKS = " \t\n\r\f"
_STRIPPED_BLANKS = " \u3000"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\xad"))
_WIDE = re.compile(r"[\u2e80-\u303f\u3040-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—·]")


@dataclass(slots=True)
class HtmlLine:
    """A line of the page; ``linked_chars`` is the number of its characters inside links."""

    text: str
    linked_chars: int
    heading: bool
    in_sidebar: bool


@dataclass(slots=True)
class HtmlCell:
    """A cell with the lines from ``first`` to before ``end``."""

    first: int
    colspan: int
    rowspan: int
    end: int = 0


@dataclass(slots=True)
class HtmlTable:
    """A table, which only serves the page layout if a cell contains another table."""

    first: int
    rows: list[list[HtmlCell]] = field(default_factory=list)
    end: int = 0
    has_nested_table: bool = False


@dataclass(slots=True)
class HtmlPage:
    """The content of a page. A block is its first line and the one after its last."""

    title: str
    meta: dict[str, str]
    lines: list[HtmlLine]
    blocks: list[tuple[int, int]]
    tables: list[HtmlTable]
    links: int
    frames: bool


def parse_html(markup: str) -> HtmlPage:
    """Parse a page. Raises ExtractError if it has too many or too deeply nested tags."""
    from lxml import etree

    collector = _HtmlCollector()
    parser = etree.HTMLParser(
        target=collector, encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True
    )
    data = strip_raw_content(markup.replace("\0", "")).encode("utf-8", "replace")
    try:
        # In pieces, because after an error the parser continues to the end of a piece.
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except etree.LxmlError as error:
        # An empty page causes an error, too.
        if collector.tags:
            raise ExtractError(
                "the web page is damaged; open it in a browser and save it again"
            ) from error
    return collector.build_page()


@dataclass(slots=True)
class _OpenElement:
    """An element that is still open."""

    tag: str
    first: int
    block: bool
    link: bool
    heading: bool
    in_sidebar: bool
    keeps_breaks: bool
    table: HtmlTable | None = None
    cell: HtmlCell | None = None
    numbering_format: str = ""
    count: int = 0


class _HtmlCollector:
    """The parser's target, which collects text line by line."""

    def __init__(self) -> None:
        self.tags = 0
        self.title: list[str] = []
        self.meta: dict[str, str] = {}
        self.lines: list[HtmlLine] = []
        self.blocks: list[tuple[int, int]] = []
        self.tables: list[HtmlTable] = []
        self.links = 0
        self.frames = False
        self._open: list[_OpenElement] = []
        self._hidden = 0
        self._in_title = False
        self._parts: list[str] = []
        self._linked = 0
        self._label = ""

    def build_page(self) -> HtmlPage:
        title = _collapse_whitespace("".join(self.title))
        return HtmlPage(
            title, self.meta, self.lines, self.blocks, self.tables, self.links, self.frames
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tags += 1
        if self.tags > MAX_TAGS:
            raise ExtractError(
                "the web page has over a million tags; open it in a browser and copy its text "
                "into a Word file"
            )
        depth = len(self._open) + 1
        if depth > MAX_DEPTH:
            raise ExtractError(
                "the web page nests tags more than {max_depth} levels deep; open it in a "
                "browser and copy its text into a Word file",
                max_depth=MAX_DEPTH,
            )
        tag = tag.lower()
        above = self._open[-1] if self._open else None
        style = attributes.get("style", "")
        block = tag in BLOCKS or bool(_BLOCK_STYLE.search(style))
        if block or tag == "br":
            self._end_line()
        opened = _OpenElement(
            tag,
            len(self.lines),
            block,
            link=bool(above and above.link) or (tag == "a" and _is_link(attributes)),
            heading=bool(above and above.heading) or tag in {"h1", "h2", "h3"},
            in_sidebar=bool(above and above.in_sidebar) or tag in _SIDEBAR_TAGS,
            keeps_breaks=bool(above and above.keeps_breaks) or tag in {"pre", "xmp"},
        )
        if block and "white-space" in style:
            opened.keeps_breaks = bool(_PRE_STYLE.search(style))
        self._open.append(opened)
        self.frames = self.frames or tag in {"frame", "iframe"}
        if tag == "title" and not self.title:
            self._in_title = True
        elif tag == "meta" and len(self.meta) < 1000:
            name = attributes.get("name") or attributes.get("property") or ""
            self.meta.setdefault(name.lower(), attributes.get("content", ""))
        if not self._hidden and (tag in _HIDDEN or _is_hidden(tag, attributes)):
            self._hidden = depth
        if not self._hidden:
            self.links += tag == "a" and opened.link
            self._begin_list_or_table(opened, attributes)

    def _begin_list_or_table(self, opened: _OpenElement, attributes: Mapping[str, str]) -> None:
        """Record what lists and tables need to know about their parts."""
        if opened.tag == "ol":
            opened.numbering_format = _find_list_format(attributes)
            opened.count = _parse_integer(attributes.get("start"), 1)
        elif opened.tag == "li":
            self._label = self._format_item_label(attributes)
        elif opened.tag == "table":
            around = self._find_open_table()
            if around:
                around.has_nested_table = True
            opened.table = HtmlTable(len(self.lines))
            self.tables.append(opened.table)
        elif opened.tag in {"tr", "td", "th"} and (table := self._find_open_table()):
            if opened.tag == "tr" or not table.rows:
                table.rows.append([])
            if opened.tag != "tr":
                opened.cell = HtmlCell(
                    len(self.lines),
                    _parse_integer(attributes.get("colspan"), 1),
                    _parse_integer(attributes.get("rowspan"), 1),
                )
                table.rows[-1].append(opened.cell)

    def _find_open_table(self) -> HtmlTable | None:
        return next((one.table for one in reversed(self._open) if one.table), None)

    def _format_item_label(self, attributes: Mapping[str, str]) -> str:
        lists = (one for one in reversed(self._open) if one.tag in {"ol", "ul", "menu", "dir"})
        around = next(lists, None)
        if around is None or not around.numbering_format:
            return ""
        around.count = _parse_integer(attributes.get("value"), around.count)
        number = format_counter(around.count, around.numbering_format)
        around.count += 1
        return number + ("、" if around.numbering_format.startswith("chinese") else ". ")

    def end(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag.lower():
            return
        depth = len(self._open)
        closed = self._open.pop()
        if closed.block:
            self._end_line(closed)
        if closed.tag == "title":
            self._in_title = False
        elif closed.tag == "li":
            self._label = ""
        end = len(self.lines)
        if closed.block and end > closed.first:
            self.blocks.append((closed.first, end))
        if closed.cell:
            closed.cell.end = end
        if closed.table:
            closed.table.end = end
        if tag == "a" and end - closed.first > _MAX_LINK_LINES:
            for line in self.lines[closed.first : end]:
                line.linked_chars = 0
        if self._hidden == depth:
            self._hidden = 0

    def data(self, text: str) -> None:
        if self._in_title:
            self.title.append(text)
        elif not self._hidden and self._open:
            top = self._open[-1]
            lines = text.split("\n") if top.keeps_breaks else [text]
            self._add_text(lines[0], top)
            for line in lines[1:]:
                self._end_line()
                self._add_text(line, top)

    def _add_text(self, text: str, top: _OpenElement) -> None:
        self._parts.append(text)
        if top.link:
            self._linked += sum(map(len, text.split()))

    def _end_line(self, within: _OpenElement | None = None) -> None:
        if not self._parts:
            return
        top = within or (self._open[-1] if self._open else None)
        whole = "".join(self._parts)
        if top and top.keeps_breaks:
            text = _PRE_SPACE.sub(lambda run: " " * len(run[0]), whole).rstrip()
        else:
            text = _collapse_whitespace(whole)
        if text.strip(_STRIPPED_BLANKS):
            if self._label and not _NUMBERED.match(text):
                text = self._label + text
            self._label = ""
            self.lines.append(
                HtmlLine(
                    text, self._linked, bool(top and top.heading), bool(top and top.in_sidebar)
                )
            )
        self._parts = []
        self._linked = 0

    def comment(self, text: str) -> None:
        pass

    def close(self) -> None:
        self._end_line()


def _collapse_whitespace(text: str) -> str:
    """Collapse blanks as a browser does, and drop line ends of the source next to Chinese."""
    return _SPACE.sub(_replace_blank, text.translate(_INVISIBLE)).strip(_STRIPPED_BLANKS)


def _replace_blank(run: re.Match[str]) -> str:
    text = run.string
    if "\n" in run[0] and not run[0].strip(_SOURCE_BLANKS):
        around = text[max(run.start() - 1, 0) : run.start()] + text[run.end() : run.end() + 1]
        if _WIDE.search(around):
            return ""
    return " "


def _is_link(attributes: Mapping[str, str]) -> bool:
    """Return whether an ``<a>`` has a destination; bookmarks and footnote marks are text."""
    target = attributes.get("href")
    if target is None:
        return "name" not in attributes and "id" not in attributes
    return not target.startswith("#_")


def _is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    # A script would show such a body.
    if tag in {"html", "body"}:
        return False
    return "hidden" in attributes or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))


def _find_list_format(attributes: Mapping[str, str]) -> str:
    """Return Word's name of the number format of a list, or an empty string."""
    style = _LIST_STYLE.search(attributes.get("style", ""))
    named = style[1].lower() if style else ""
    if "none" in named:
        return ""
    if _CHINESE.search(named):
        return "chineseCountingThousand"
    for part, written in _LIST_STYLES.items():
        if part in named:
            return ("upper" if "upper" in named else "lower") + written
    return _LIST_TYPES.get(attributes.get("type", "").strip(), "decimal")


def _parse_integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
