"""What a report says about itself: title, kind, year, date, post, level, region.

What the text does not say stays empty. The title block is the lines before the salutation or the
first sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import OTHER_KIND
from reportsearch.normalise import fold
from reportsearch.structure.dates import find_date, find_year
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.sections import TextLine, split_lines

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
"""Characters of the opening that are looked at."""
_MAX_TITLE_CHARS = 80

_REPORTED_YEAR = re.compile(
    r"((?:19|20)\d{2})\s*年度?(?:以来)?(?:(?:[^。]{0,12}?)(?:履职|述职|工作|任职|履行职责)|[，,])"
)
# 园区 and 社区 are no units, 城市 and 城乡 no places of their own (but 聊城市 and 古城乡 are).
_UNIT = "(?:省|市|地区|州(?![市县区])|盟|县|(?<![社园景库校疫灾牧辖])区|旗)"
_TOWN = "(?:民族乡|街道|镇|(?<![和房]城)乡)"
_GENERIC = "(?!城市|城区|市区|县区|山区|地区|城镇|城乡|乡镇|村镇|区县|县市|市县)"
_NAME = "[\u4e00-\u9fa5]"
# No place holds the words that stand before one.
_CHAR = "(?![我各该副担])[\u4e00-\u9fa5]"
_PLACE_NAME = (
    f"(?:{_GENERIC}(?:(?:{_CHAR}){{1,8}}?{_UNIT}|(?:{_CHAR}){{2,18}}?自治[区州县旗])){{0,3}}"
    f"(?:{_GENERIC}(?:{_CHAR}){{1,6}}?{_TOWN})?"
)
_ORGAN = (
    "(?:人民)?政府|(?<=县)县(?:人民)?政府|(?<=市)市(?:人民)?政府|(?<=区)区(?:人民)?政府|人民(?:检察院|法院)|\\d{4}年|[党人]大|政协|党工?委|[市县区镇乡]?委(?:副?书记|常委|[、，])|办事处"
    "|任?(?:常务|代理?|挂职)?副?[省市县区州镇乡旗盟]长"
    rf"|{_NAME}{{2,14}}(?:[局委办厅院会社]|中心)(?:[局主委厅院长任员副]|\d|党|\W|$)"
)
# A place stands at a word's start and before an organ, a bureau or a post.
_PLACE = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fa5])|(?<=\d[年月日])|(?<=[在是为于由向到的对我人任]))"
    rf"(?P<place>{_PLACE_NAME})(?={_ORGAN})"
)
_LEAD = re.compile(
    "^(?:[年月日](?=任)|中共|作为|本人|按照|根据|依照|协助|[现兼曾时出]任|任职于|带领"
    "|关于|来自|[到在是经由为]|任(?!丘|泽|县|城区|家))+(?=.)"
)
_OTHERS_POST = re.compile(r"(?:协助|配合|其他|其他的|各位|分管|分管的|联系|报|经|由|向|与|原)$")
_HEAD_POST = re.compile(
    r"(?:常务|代理?|挂职)?副?(?:省|市|县|区|州|旗|盟|镇|乡)长(?:助理)?|(?:街道)?办事处副?主任"
)
_AFTER_POST = re.compile(
    r"的?(?:正确|坚强)?领导|的支持|办公|负责|热线|信箱|接待|质量|带队|批示|会议"
)
_BUREAU = r"(?:局|委员会|管委会|委|办公室|办|厅|中心|院|社|联合会|总队|支队|大队)"
_BUREAU_POST = re.compile(
    rf"(?P<bureau>{_NAME}{{2,18}}?{_BUREAU})(?:(?:分)?党[组委](?:副?书记|成员)?[、，]\s*)?"
    r"(?P<post>(?:常务|代)?副?(?:局长|主任|厅长|院长|总队长|支队长|大队长|理事长|会长))"
)
_BUREAU_NAME = re.compile(rf"(?P<bureau>{_NAME}{{2,18}}?(?:局|委员会|委|办公室|厅))")
_HEADS_IT = re.compile(r"主持(?:[^，。；]{0,12}?)全面工作")
_NAMED = re.compile(
    r"(?:述职人|报告人|姓\s*名)\s*[:：]\s*"
    r"([\u4e00-\u9fa5·]{2,12}|[\u4e00-\u9fa5] [\u4e00-\u9fa5]{1,2})"
)
# 甲县人民政府副县长 王建国: a line that is a post and a name, and nothing else.
_POST_AND_NAME = re.compile(
    r"[—（( ]*[^，。；：、]{0,24}?"
    r"(?:[省市县区州镇乡旗盟局厅院]长(?:助理)?|主任|书记|主席)[（(]?\s*"
    r"(?P<name>[\u4e00-\u9fa5]{2,4}|[\u4e00-\u9fa5]\s+[\u4e00-\u9fa5]{1,2})[）) ]*"
)
_NO_NAME = re.compile("述职|履职|任职|述廉|报告|总结|汇报|办公")
_LEVEL_OF_UNIT = (
    ("乡", re.compile(rf"{_TOWN}$")),
    ("县", re.compile("(?:县|区|旗)$")),
    ("市", re.compile("(?:市|州|盟|地区)$")),
    ("省", re.compile("(?:省|自治区)$")),
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The values found, where each came from, and what is doubtful about them."""

    values: dict[str, str | int | None]
    origin: dict[str, str]
    doubts: dict[str, str] = field(default_factory=dict)
    body_start: int = 0


def find_kind(title: str) -> str | None:
    """The kind of report that a title names."""
    # 述 职 报 告 is set with spaces.
    joined = "".join(title.split())
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(joined):
            return kind
    return None


def find_title_block(lines: list[TextLine]) -> tuple[list[TextLine], int | None]:
    """The lines of the title block, and which of them is the title."""
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
    """A subtitle may stand behind a dash."""
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

    ``name`` is the file's name without its suffix, for what the text does not say;
    ``given_title`` is the title of the sidecar or the row (``given_by``), if it has one.
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
    """Looks for one value after the other, from the most telling place to the least."""

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
            self.doubts["title"] = "no title line was found; the file's name stands for it"
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
        self.doubts["kind"] = "the title names no kind of report"
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
            self.doubts["year"] = "neither title, opening, file name nor a date tells the year"
            return None
        year, month = int(date[:4]), int(date[5:7])
        # A report given in the first months is about the year before.
        found = year - 1 if month <= 5 else year
        self.doubts["year"] = f"{found} is only inferred from the date {date}"
        return found

    def find_date(self) -> str | None:
        for place in (*self.block, *reversed(self.foot)):
            date = find_date(place)
            if date and place != self.title_text:
                return date
        return find_date(self.published) if self.published else None

    def _list_sources(self) -> list[tuple[str, str]]:
        """Where to look, the most telling place first, and what to call it."""
        in_text = [(place, "text") for place in (*self.foot, self.opening)]
        block = [(line, "text") for line in self.block]
        return [(self.title_text, self.title_origin), *block, (self.name, "name"), *in_text]

    def find_post(self) -> str | None:
        for place, source in self._list_sources():
            posts = sorted((*self._iter_bureau_posts(place), *_iter_head_posts(place)))
            if posts:
                self.origin["post"] = source
                return posts[0][1]
        return self._infer_bureau_post()

    def _iter_bureau_posts(self, place: str) -> Iterator[tuple[int, str]]:
        """Posts in a bureau and where they stand; 副县长、县公安局局长 is a 副县长 first."""
        for match in _BUREAU_POST.finditer(place):
            if not _OTHERS_POST.search(place[: match.start()]):
                bureau = _remove_place(match["bureau"], self.lexicon)
                yield match.start("post"), bureau + match["post"]

    def _infer_bureau_post(self) -> str | None:
        if not _HEADS_IT.search(self.opening):
            return None
        for place, _ in self._list_sources()[:-1]:
            match = _BUREAU_NAME.search(place)
            if match:
                bureau = _remove_place(match["bureau"], self.lexicon)
                return bureau + ("长" if bureau.endswith(("局", "厅")) else "主任")
        return None

    def find_region(self) -> str | None:
        found = [
            (region, source)
            for place, source in self._list_sources()
            for region in _find_regions(place)
        ]
        if not found:
            return None
        first = found[0][0]
        # 戊镇 in the title and 甲县戊镇 in the opening: the longest form given.
        longer = [entry for entry in found if entry[0].endswith(first)]
        region, self.origin["region"] = max(longer, key=lambda entry: len(entry[0]))
        return region

    def find_level(self, post: str | int | None, region: str | int | None) -> str | None:
        own = re.search("([省市县区州旗盟镇乡])长$|街道办事处主任$", str(post or ""))
        if own:
            return "省" if region in _PROVINCE_CITIES else _find_level(own[1] or "街道")
        if isinstance(region, str):
            return "国家" if region == "全国" else _find_level(region)
        near = "\n".join((self.title_text, *self.block))
        if re.search("国务院", self.title_text):
            return "国家"
        bureau = re.search(
            r"(?:^|[^\u4e00-\u9fa5])([县市区省])[\u4e00-\u9fa5]{2,16}(?:局长|主任)", near
        )
        if bureau:
            return _find_level(f"某{bureau[1]}")
        counts = {
            unit: self.text.count(f"{unit}委") + self.text.count(f"全{unit}")
            for unit in ("县", "市", "省")
        }
        best = max(counts, key=lambda unit: counts[unit])
        if counts[best] and re.search("局长|主任", str(post or "")):
            self.doubts["level"] = f"{best} is only inferred from mentions of {best}委 and 全{best}"
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
        """Whether it begins with a surname, and is no title."""
        if _NO_NAME.search(text):
            return False
        return text[:1] in self.lexicon.surnames or text[:2] in self.lexicon.surnames


def _iter_head_posts(place: str) -> Iterator[tuple[int, str]]:
    for match in _HEAD_POST.finditer(place):
        before, after = place[: match.start()], place[match.end() :]
        if not (_OTHERS_POST.search(before) or _AFTER_POST.match(after)):
            post = match[0] if "办事处" not in match[0] else "街道" + match[0].removeprefix("街道")
            yield match.start(), post


_PROVINCE_CITIES = ("北京市", "上海市", "天津市", "重庆市")


def _find_level(region: str) -> str | None:
    if region in _PROVINCE_CITIES:
        return "省"
    for level, pattern in _LEVEL_OF_UNIT:
        if pattern.search(region):
            return level
    return None


def _find_regions(place: str) -> list[str]:
    found = (_LEAD.sub("", match["place"]) for match in _PLACE.finditer(place))
    # 我任县委常委 is no place 任县, but 任县人民政府 is.
    bare = "任县委" in place
    return [region for region in found if len(region) > 1 and not (bare and region == "任县")]


def _remove_place(bureau: str, lexicon: Lexicon) -> str:
    """农业农村局 for 丁县农业农村局: the longest known department, else what follows a place."""
    for start in range(len(bureau) - 2):
        if fold(bureau[start:]) in lexicon.portfolios_by_item:
            return bureau[start:]
    unit = re.match(rf".{{1,12}}?(?:{_UNIT}|{_TOWN})(?=.{{2,}})", bureau)
    return bureau[unit.end() :] if unit else bureau
