"""Lines at the edges of a text that a web page or a file site left there.

A page saved as text has its buttons, breadcrumbs and lists of links above and below the report,
often one word per line. The edges reach from both ends of the text to its first and last paragraph.
Within them a line is removed for its words (``data/site.toml``) or its form, or because it
completes a line that was removed: the value of a label, a step of a breadcrumb, the rest of a
bracket.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportsearch.lexicon.wordlists import SiteWords
from reportsearch.normalise import fold
from reportsearch.structure.heading_labels import parse_label

_BLANK = " \t\u3000\xa0"
_MIN_EDGE_LINES, _MAX_EDGE_LINES = 8, 60
_MAX_TITLE_CHARS = 100
_MAX_SITE_LINE_CHARS = 80
_MAX_MENU_CHARS, _MIN_MENU_LINES = 7, 3
_MAX_CRUMB_CHARS, _MAX_VALUE_CHARS = 20, 24
_MAX_BRACKET_LINES = 8
_MAX_NOTICE_CHARS = 300

_DATE = r"\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?"
_TIME = r"\d{1,2}[:：时]\d{2}(?:[:：分]\d{2}秒?)?分?"
_FORMS = re.compile(
    r"[^，。我了]{2,16}(?:门户网站|官方网站|政府网)"
    r"|.*(?:ICP备|公网安备).*"
    rf"|{_DATE}\s*{_TIME}"
    r"|[0-9a-f]{16,}[:：]?"
    # The caption of a photograph.
    r"|.*(?:记者|通讯员|摄影|图片?[:：/])[^，。；]{0,20}(?:摄|供图)[）)]?|.{2,60}[\s）)]摄[）)]?"
    r"|[^，。；]{2,60}\.(?:docx?|xlsx?|pptx?|pdf|wps|ofd|zip|rar)"
    r"|首页\s*[>＞»/|].*"
    # A menu in one line.
    r"|(?:[^\s|｜，。；：]{2,6}\s*[|｜]\s*){2,}[^\s|｜，。；：]{2,6}",
    re.IGNORECASE,
)
# The foot of a page, anywhere.
_PAGE_NUMBER = re.compile(r"第\s*+\d+\s*+页\s*+[,，/]?\s*+共\s*+\d+\s*+页")
_CAPTION = re.compile(r"[^，。；：]{2,20}作(?:政府)?工作报告")
_STEP = re.compile(r"[>＞»›]{1,2}|/|→|-&gt;|&gt;")
_SIGNS = re.compile(r"[\W_]*")
_TITLE = re.compile("报告|述职|履职|总结|汇报|讲话")
_NO_VALUE = re.compile(rf"{_TITLE.pattern}|各位|同志|[。；！？]|^[—―-]")
_SEPARATORS = " \t\u3000\xa0|｜/·•-—[]【】「」()（）:：,，、<>＞×.。》《>"


_MIN_TOKENS = 5
_TOKEN = re.compile(r"(?<=[^\x00-\x7f])[A-Za-z0-9]{2,5}$")
_NUMBER = re.compile(r"\d+$")
_SITE_CELL = re.compile(r"范文|公文|文库|文档|大全|下载|积分|在线|网$|网站$|上传")
_CELL_MARK = re.compile(r"(?:(?<!\s)\s++)?[|｜_]\s*+")


@dataclass(frozen=True, slots=True)
class PageRemnants:
    """Which lines of a text a web page left, and the source and date of publication in them."""

    lines: frozenset[int]
    source: str | None = None
    published: str | None = None


@lru_cache(maxsize=4)
def _compile_info(words: SiteWords) -> re.Pattern[str]:
    """Return the pattern of a label with its value, a button or a time."""
    labels = "|".join(map(re.escape, sorted(words.labels, key=len, reverse=True)))
    buttons = "|".join(map(re.escape, sorted(words.buttons, key=len, reverse=True)))
    return re.compile(
        rf"(?<![\u4e00-\u9fff])(?:(?P<source>[^\s:：]{{0,2}}来源)|(?P<date>[^\s:：]{{0,2}}(?:时间|日期))|{labels})\s*[:：]\s*"
        rf"(?:(?P<when>{_DATE})(?:\s*{_TIME})?|\d+\s*次?|(?P<value>[^\s【】|，。；]*))"
        rf"|(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*\d+\s*次?|(?P<lone>{_DATE})\s+{_TIME}"
        rf"|(?<![\u4e00-\u9fff])(?:{buttons})(?![\u4e00-\u9fff])",
    )


def strip_tokens(lines: Sequence[str]) -> list[str]:
    """Remove a token that a file site put at the end of most lines, such as ``v7R``."""
    ends = [match[0] for line in lines if (match := _TOKEN.search(line.rstrip(_BLANK)))]
    common = Counter(end for end in ends if not _NUMBER.match(end)).most_common(1)
    filled = sum(bool(line.strip(_BLANK)) for line in lines)
    if not common or common[0][1] < max(_MIN_TOKENS, filled // 2):
        return list(lines)
    token = common[0][0]
    return [
        "" if line.strip(_BLANK) == token else line.rstrip(_BLANK).removesuffix(token)
        for line in lines
    ]


def trim_title(line: str) -> str:
    """Return the line of a title without the cells that a file site added to it."""
    cells = _CELL_MARK.split(line)
    while len(cells) > 1 and _SITE_CELL.search(cells[-1]):
        cells.pop()
    is_trimmed = len(cells) == 1 and _TITLE.search(cells[0])
    return cells[0] if is_trimmed else line


def find_page_remnants(lines: Sequence[str], words: SiteWords) -> PageRemnants:
    """Find the lines of a web page at both edges of a text, and numbers of pages (第1页 共2页)."""
    finder = _RemnantFinder(lines, words)
    finder.find_at_start()
    finder.find_at_end()
    pages = {
        number for number, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.strip(_BLANK))
    }
    return PageRemnants(frozenset(finder.found | pages), finder.source, finder.published)


class _RemnantFinder:
    """A search for the lines of a page in the filled lines at the edges of a text."""

    def __init__(self, lines: Sequence[str], words: SiteWords) -> None:
        self.words = words
        self.info = _compile_info(words)
        self.links = "|".join(map(re.escape, words.links))
        self.filled = [number for number, line in enumerate(lines) if line.strip(_BLANK)]
        self.texts = [lines[number].strip(_BLANK) for number in self.filled]
        self.found: set[int] = set()
        self.source: str | None = None
        self.published: str | None = None

    def find_at_start(self) -> None:
        end = min(_MIN_EDGE_LINES, len(self.texts))
        while end < min(len(self.texts), _MAX_EDGE_LINES) and not self._is_body(end):
            end += 1
        self._mark(self._find_furniture(range(end), at_start=True))

    def find_at_end(self) -> None:
        start = max(len(self.texts) - _MIN_EDGE_LINES, 0)
        while start > max(len(self.texts) - _MAX_EDGE_LINES, 0) and not self._is_body(start - 1):
            start -= 1
        edge = range(start, len(self.texts))
        furniture = self._find_furniture(edge, at_start=False)
        self._mark(furniture | self._find_links(edge, furniture) | self._find_rest_of_notice(edge))

    def _mark(self, furniture: set[int]) -> None:
        self.found.update(self.filled[at] for at in furniture)

    def _is_body(self, at: int) -> bool:
        text = self.texts[at]
        if self._is_site_line(text):
            return False
        return parse_label(text) is not None or text[-1] in "。！；" or len(text) > _MAX_TITLE_CHARS

    def _find_furniture(self, edge: range, *, at_start: bool) -> set[int]:
        furniture: set[int] = set()
        for at in edge:
            text = self.texts[at]
            if at in furniture:
                continue
            if self._is_site_line(text):
                furniture.add(at)
                self._read_particulars(text)
                furniture |= self._complete(at, edge)
        if furniture:
            furniture |= self._find_neighbours(edge, furniture, at_start=at_start)
            if at_start:
                furniture |= self._find_menu_lines(edge, furniture)
                furniture |= self._find_repeats(edge, furniture)
        return furniture

    def _is_site_line(self, text: str) -> bool:
        if self._is_notice(text):
            return True
        if len(text) > 2 * _MAX_SITE_LINE_CHARS:
            return False
        if _FORMS.fullmatch(text) or _STEP.fullmatch(text):
            return True
        folded = fold(text)
        bare = folded.strip(_SEPARATORS)
        if bare.startswith(self.words.starts) and not re.search("[。；].", text):
            return True
        if bare in self.words.links or (
            "。" not in text and re.match(rf"(?:{self.links})[:：]", bare)
        ):
            return True
        if bare in self.words.buttons or (bare in self.words.labels and text[-1] in "：:"):
            return True
        rest = self.info.sub("", folded)
        if rest != folded and not rest.strip(_SEPARATORS):
            return True
        return self._is_table_row(folded) or self._is_menu(folded)

    def _is_notice(self, text: str) -> bool:
        folded = fold(text[:_MAX_NOTICE_CHARS])
        return any(notice in folded for notice in self.words.notices)

    def _is_table_row(self, folded: str) -> bool:
        cells = [cell for one in re.split(r"[|｜\t]", folded) if (cell := one.strip(_SEPARATORS))]
        known = sum(cell in self.words.labels | self.words.table_labels for cell in cells)
        return bool(known) and len(cells) > 1 and 2 * known >= len(cells)

    def _is_menu(self, folded: str) -> bool:
        names = folded.split()
        return (
            len(names) > 2
            and any(name in self.words.buttons for name in names)
            and all(len(name) <= _MAX_MENU_CHARS for name in names)
        )

    def _read_particulars(self, text: str) -> None:
        for match in self.info.finditer(text):
            if match["source"]:
                self.source = self.source or match["value"] or None
            self.published = self.published or match["when"] or match["lone"]
        if not self.published and (found := re.match(rf"({_DATE})\s*{_TIME}$", text)):
            self.published = found[1]

    def _complete(self, at: int, edge: range) -> set[int]:
        """Return the lines that complete a line of the page: a value, a step, a bracket."""
        text, after = self.texts[at], at + 1
        if after >= edge.stop:
            return set()
        following = self.texts[after]
        if text.startswith(("【", "[", "［", "（")) and text[-1] not in "】]］）":
            for end in range(after, min(at + _MAX_BRACKET_LINES, edge.stop)):
                if self.texts[end][-1] in "】]］）":
                    return set(range(after, end + 1))
                if len(self.texts[end]) > 4:
                    break
            return set()
        if _STEP.fullmatch(text):
            is_step = len(following) <= _MAX_CRUMB_CHARS and following[-1] not in "。！；：，"
            return {after} if is_step else set()
        label = fold(text).strip(_SEPARATORS)
        if label in self.words.labels and self._is_value(following):
            if label.endswith("来源"):
                self.source = self.source or following
            elif found := re.match(_DATE, following):
                self.published = self.published or found[0]
            return {after}
        return set()

    def _is_value(self, text: str) -> bool:
        return len(text) <= _MAX_VALUE_CHARS and not _NO_VALUE.search(text)

    def _find_neighbours(self, edge: range, furniture: set[int], *, at_start: bool) -> set[int]:
        """Return the lines that belong to the page only because of the lines next to them."""
        crumbs = {self.texts[at] for at in furniture}
        more: set[int] = set()
        for at in edge:
            text = self.texts[at]
            is_date = re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text)
            is_near = bool({at - 1, at + 1} & (furniture | more)) or (is_date and at_start)
            if at in furniture or not is_near:
                continue
            if is_date:
                self.published = self.published or text
            is_crumb = text in crumbs and not _TITLE.search(text)
            is_label = text[-1] in "：:" and len(text) <= 6 and {at - 1, at + 1} <= furniture
            if (
                is_date
                or is_crumb
                or is_label
                or _SIGNS.fullmatch(text)
                or _CAPTION.fullmatch(text)
            ):
                more.add(at)
        return more

    def _find_menu_lines(self, edge: range, furniture: set[int]) -> set[int]:
        """Return the short lines above the title that follow other lines of the page."""
        menu: set[int] = set()
        run: list[int] = []
        for at in edge:
            text = self.texts[at]
            if _TITLE.search(text):
                break
            if at in furniture:
                run = [at]
            elif run and len(text) <= _MAX_MENU_CHARS and re.fullmatch("[\u4e00-\u9fff]+", text):
                run.append(at)
                menu.update(run[1:] if len(run) > _MIN_MENU_LINES else [])
            else:
                run = []
        return menu

    def _find_repeats(self, edge: range, furniture: set[int]) -> set[int]:
        """Return lines that stand again below other lines of the page, as a title does."""
        last: dict[str, int] = {}
        body = next((at for at in edge if self._is_body(at)), edge.stop)
        edge = range(edge.start, body)
        for at in edge:
            if at not in furniture:
                last["".join(self.texts[at].split())] = at
        return {
            at
            for at in edge
            if at not in furniture
            and (again := last["".join(self.texts[at].split())]) > at
            and any(at < between < again for between in furniture)
        }

    def _find_links(self, edge: range, furniture: set[int]) -> set[int]:
        """Return what follows the head of a list of links, if no paragraph is among it."""
        for at in edge:
            if at not in furniture or not fold(self.texts[at]).startswith(self.words.links):
                continue
            rest = range(at + 1, edge.stop)
            own = "".join("".join(text.split()) for text in self.texts[:at])
            if all(
                number in furniture
                or "。" not in self.texts[number]
                or "".join(self.texts[number].split()) in own
                for number in rest
            ) and not any(self._is_signature(self.texts[number]) for number in rest):
                return set(rest)
        return set()

    def _find_rest_of_notice(self, edge: range) -> set[int]:
        """Return what follows a notice of copyright, which often runs over several lines."""
        head = next((at for at in edge if self._is_notice(self.texts[at])), edge.stop)
        is_cut = head + 1 < edge.stop and self.texts[head + 1][0] in "，。、》）"
        # The links of a notice often stand on lines of their own.
        while is_cut and head > edge.start and self.texts[head - 1][-1] not in "。！？":
            head -= 1
        rest = range(head, edge.stop)
        if any(self._is_signature(self.texts[at]) for at in rest):
            return set()
        return set(rest)

    def _is_signature(self, text: str) -> bool:
        return bool(
            re.fullmatch(
                r"(?:述职人|报告人|汇报人).*|[（(]?\d{4}年\d{1,2}月(?:\d{1,2}日)?[）)]?", text
            )
        )
