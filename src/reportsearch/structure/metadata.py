"""Metadata that a report states itself: title, kind, year, date, post, level, region.

Missing values stay empty. The title block is the lines before the salutation or the first sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reportsearch.errors import Message
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import OTHER_KIND
from reportsearch.normalise import fold
from reportsearch.structure.contents import TextLine, split_lines
from reportsearch.structure.dates import find_date, find_year
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.places import PROVINCE_CITIES, find_level_of, find_regions
from reportsearch.structure.posts import find_post, infer_bureau_post

_KIND_PATTERNS = (
    ("述职述廉报告", re.compile(r"述.{0,4}述?廉|述责述廉|述学述职")),
    ("政府工作报告", re.compile("政府工作报告")),
    ("履职情况报告", re.compile("履职|履行职责|履行职务")),
    ("述职报告", re.compile("述职|述责")),
    ("工作总结", re.compile("总结")),
)
_TITLE_FIRST_LINE = re.compile(
    r"关于.{0,30}(?:的|年度?|工作|情况)"
    r"|[^，。；：、（）()\d\s]{2,30}(?:政府|[局委办厅院会]|[省市县区州镇乡旗盟局厅院会]长|主任)"
)
_TITLE_WORDS = re.compile("报告|总结|述职|履职|汇报|小结|材料")
_SENTENCE_MARK = re.compile("[。；！？!?]")
_SALUTATION = re.compile(r".{2,40}[：:！]$")
_MAX_BLOCK_LINES = 8
_MAX_OPENING_CHARS = 1_500
"""Maximum number of characters of the opening that are searched."""
_MAX_TITLE_CHARS = 80

_REPORTED_YEAR = re.compile(
    r"((?:19|20)\d{2})\s*年度?(?:以来)?(?:(?:[^。]{0,12}?)(?:履职|述职|工作|任职|履行职责)|[，,])"
)
_NAMED = re.compile(
    r"(?:述职人|报告人|姓\s*名)\s*[:：]\s*"
    r"([\u4e00-\u9fa5·]{2,12}|[\u4e00-\u9fa5] [\u4e00-\u9fa5]{1,2})"
)
# 甲县人民政府副县长 王建国: a line with a post and a name only.
_POST_AND_NAME = re.compile(
    r"[—（( ]*[^，。；：、]{0,24}?"
    r"(?:[省市县区州镇乡旗盟局厅院]长(?:助理)?|主任|书记|主席)[（(]?\s*"
    r"(?P<name>[\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5]\s+[\u4e00-\u9fa5]{1,2})[）) ]*"
)
_NO_NAME = re.compile("述职|履职|任职|述廉|报告|总结|汇报|办公")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Metadata values, their origins, and doubts about them."""

    values: dict[str, str | int | None]
    origin: dict[str, str]
    doubts: dict[str, str] = field(default_factory=dict)
    body_start: int = 0


def find_kind(title: str) -> str | None:
    """Return the kind of report that a title names."""
    # 述 职 报 告 is set with spaces.
    joined = "".join(title.split())
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(joined):
            return kind
    return None


def find_title_block(lines: list[TextLine]) -> tuple[list[TextLine], int | None]:
    """Return the lines of the title block, and the position of the title among them."""
    block: list[TextLine] = []
    for line in lines[:_MAX_BLOCK_LINES]:
        text = line.text
        if len(text) > _MAX_TITLE_CHARS or _SENTENCE_MARK.search(text) or "\t" in text:
            break
        if _SALUTATION.fullmatch(text) or _is_heading(text):
            break
        block.append(line)
    for number, line in enumerate(block):
        if _TITLE_WORDS.search("".join(line.text.split())):
            return block, number
    if block and len(block) < _MAX_BLOCK_LINES:
        return block, 0
    return [], None


def _is_heading(line: str) -> bool:
    """Check for a numbered heading; a dash may start a subtitle instead."""
    found = parse_label(line)
    return found is not None and found.kind != "——"


def find_metadata(
    text: str,
    name: str,
    given_title: str,
    given_by: str,
    lexicon: Lexicon,
    published: str | None = None,
) -> Metadata:
    """Read the metadata of a clean text.

    ``name`` is the file's name without its suffix, used for what the text does not state.
    ``given_title`` is the title from the sidecar or the row (``given_by``), if any.
    """
    lines = split_lines(text)
    block, number = find_title_block(lines)
    body = [line for line in lines if not block or line.start > block[-1].start]
    finder = _MetadataFinder(text, lines, block, body, name, published, lexicon)
    title = given_title or finder.find_title(number)
    finder.title_text = title or name
    finder.title_origin = given_by if given_title else "text" if title else "name"
    values: dict[str, str | int | None] = {
        "title": title or name,
        "kind": finder.find_kind(),
        "year": finder.find_year(),
        "date": finder.find_date(),
        "post": finder.find_post(),
        "region": finder.find_region(),
    }
    values["level"] = finder.find_level(values["post"], values["region"])
    values["official"] = finder.find_official(values["region"])
    origin = {key: "text" for key, value in values.items() if value is not None}
    origin["title"] = finder.title_origin
    origin.update(finder.origin)
    if values["kind"] == OTHER_KIND:
        del origin["kind"]
    return Metadata(values, origin, finder.doubts, body[0].start if body and block else 0)


class _MetadataFinder:
    """A search for metadata values, from the most reliable place to the least."""

    def __init__(
        self,
        text: str,
        lines: list[TextLine],
        block: list[TextLine],
        body: list[TextLine],
        name: str,
        published: str | None,
        lexicon: Lexicon,
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.block = [line.text.lstrip("# ") for line in block]
        opening: list[str] = []
        for line in body:
            if _is_heading(line.text) or sum(map(len, opening)) > 600:
                break
            opening.append(line.text)
        self.opening = "\n".join(opening)[:_MAX_OPENING_CHARS]
        self.foot = [line.text for line in lines[-4:] if len(line.text) < 40]
        self.name = name
        self.published = published
        self.title_text = name
        self.title_origin = "name"
        self.origin: dict[str, str] = {}
        self.doubts: dict[str, str] = {}

    def find_title(self, number: int | None) -> str | None:
        if number is None:
            self.doubts["title"] = Message("no title line found; the file name is used instead")
            return None
        title = self.block[number]
        if number and _TITLE_FIRST_LINE.fullmatch(self.block[number - 1]):
            title = self.block[number - 1] + title
        return title

    def find_kind(self) -> str:
        for place, source in self._list_sources()[: len(self.block) + 2]:
            kind = find_kind(place)
            if kind:
                self.origin["kind"] = source
                return kind
        self.doubts["kind"] = Message("the title does not name the kind of report")
        return OTHER_KIND

    def find_year(self) -> int | None:
        for place, source in (self._list_sources()[0], *((line, "text") for line in self.block)):
            year = None if find_date(place) and place != self.title_text else find_year(place)
            if year:
                self.origin["year"] = source
                return year
        match = _REPORTED_YEAR.search(fold(self.opening))
        year = int(match[1]) if match else None
        if year is None:
            year = find_year(self.name)
            if year:
                self.origin["year"] = "name"
        return year or self._infer_year()

    def _infer_year(self) -> int | None:
        date = self.find_date()
        if date is None:
            self.doubts["year"] = Message(
                "the year is not in the title, opening, file name or a date"
            )
            return None
        year, month = int(date[:4]), int(date[5:7])
        # A report given in the first months is about the previous year.
        found = year - 1 if month <= 5 else year
        self.doubts["year"] = Message(
            "{year} is only inferred from the date {date}", year=found, date=date
        )
        return found

    def find_date(self) -> str | None:
        for place in (*self.block, *reversed(self.foot)):
            date = find_date(place)
            if date and place != self.title_text:
                return date
        return find_date(self.published) if self.published else None

    def _list_sources(self) -> list[tuple[str, str]]:
        """Return the places to search, most reliable first, with their names."""
        in_text = [(place, "text") for place in (*self.foot, self.opening)]
        block = [(line, "text") for line in self.block]
        return [(self.title_text, self.title_origin), *block, (self.name, "name"), *in_text]

    def find_post(self) -> str | None:
        sources = self._list_sources()
        for place, source in sources:
            post = find_post(place, self.lexicon)
            if post:
                self.origin["post"] = source
                return post
        return infer_bureau_post(self.opening, [place for place, _ in sources[:-1]], self.lexicon)

    def find_region(self) -> str | None:
        found = [
            (region, source)
            for place, source in self._list_sources()
            for region in find_regions(place)
        ]
        if not found:
            return None
        first = found[0][0]
        # 戊镇 in the title and 甲县戊镇 in the opening: use the longest form.
        longer = [entry for entry in found if entry[0].endswith(first)]
        region, self.origin["region"] = max(longer, key=lambda entry: len(entry[0]))
        return region

    def find_level(self, post: str | int | None, region: str | int | None) -> str | None:
        own = re.search("([省市县区州旗盟镇乡])长$|街道办事处主任$", str(post or ""))
        if own:
            return "省" if region in PROVINCE_CITIES else find_level_of(own[1] or "街道")
        if isinstance(region, str):
            return "国家" if region == "全国" else find_level_of(region)
        near = "\n".join((self.title_text, *self.block))
        if re.search("国务院", self.title_text):
            return "国家"
        bureau = re.search(
            r"(?:^|[^\u4e00-\u9fa5])([县市区省])[\u4e00-\u9fa5]{2,16}(?:局长|主任)", near
        )
        if bureau:
            return find_level_of(f"某{bureau[1]}")
        counts = {
            unit: self.text.count(f"{unit}委") + self.text.count(f"全{unit}")
            for unit in ("县", "市", "省")
        }
        best = max(counts, key=lambda unit: counts[unit])
        if counts[best] and re.search("局长|主任", str(post or "")):
            self.doubts["level"] = Message(
                "{level} is only inferred from mentions of {level}委 and 全{level}", level=best
            )
            return best
        return None

    def find_official(self, region: str | int | None) -> str | None:
        for place in (*self.block, *self.foot):
            match = _NAMED.search(place)
            if match and region:
                return f"{region}{match[1].replace(' ', '')}"
        for place in (*self.block, *self.foot):
            match = _POST_AND_NAME.fullmatch(place.strip())
            name = "".join(match["name"].split()) if match else ""
            if region and self._is_name(name):
                return f"{region}{name}"
        return None

    def _is_name(self, text: str) -> bool:
        """Check whether a text begins with a surname and is not a title."""
        if _NO_NAME.search(text):
            return False
        return text[:1] in self.lexicon.surnames or text[:2] in self.lexicon.surnames
