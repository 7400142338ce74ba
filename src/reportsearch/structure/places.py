"""Places named in a text: those of the list of divisions, masked ones, and others with proof.

``甲县``, ``XX市`` and ``**区`` are places by their form. A word that the list does not have is a
place only where an organ or a post follows (``永兴镇人民政府``), so that neither
``我代表省人民政府`` nor ``主持县政府工作`` names one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reportsearch.lexicon.divisions import Division, Divisions

NATION = "全国"
"""The region of the State Council and its ministries."""
_ZONE = (
    "(?:开发区|高新区|经开区|示范区|实验区|管理区|度假区|保税区|港区|工业园区?|产业园区?|园区|风景(?:名胜)?区"
    "|林场|农场)"
)
_COUNTY = "(?:市|州(?![市县区])|盟|县|区|旗)"
_TOWN = "(?:街道|民族乡|苏木|社区|乡(?!镇)|镇|村)"
_UNIT = f"(?:{_ZONE}|自治[区州县旗]|地区|省|{_TOWN}|{_COUNTY})"
_OF_DISTRICT = re.compile(
    "区?(?:人民政府|政府(?!部门|投资|性|采购)|人大常委会|人民法院|人民检察院|纪委监委|区委(?!托)|委(?:书记|副书记|常委)|区长)"
)
"""What follows 城区 or 郊区 where it is the name of a district."""
_LEVELS = (
    ("", re.compile(f"{_ZONE}$")),
    ("省", re.compile("(?:省|自治区|特别行政区|兵团)$")),
    ("村", re.compile("(?:村|社区)$")),
    ("乡", re.compile("(?:乡|镇|街道|苏木)$")),
    ("市", re.compile("(?:市|州|盟|地区)$")),
    ("县", re.compile("(?:县|区|旗)$")),
)
RANKS = {"省": 0, "市": 1, "县": 2, "": 3, "乡": 3, "村": 4}
_MASK = r"某甲乙丙丁戊己庚辛壬癸xXｘＸ*＊☆★○×△□"
_SIGNS = frozenset(_MASK) - frozenset("某甲乙丙丁戊己庚辛壬癸")
_MASKED = re.compile(
    rf"(?:[{_MASK}]{{1,6}}|[_＿]{{2,8}}|[A-ZＡ-Ｚ])(?:[\u4e00-\u9fa5]{{1,8}}?族|[\u4e00-\u9fa5]{{1,6}}?(?={_ZONE}))?"
    rf"{_UNIT}"
)
_GENERIC = re.compile(
    "(?:[全本外两同数每到在驻从由是为和与及老新小大]|省市|市县|县市|区县|县区|城中?|市辖?|直辖|山|地|辖|景|校|库|牧|灾|疫|片|矿"
    "|郊|(?:东|西)(?!区街道)|自治|行政|中心|农|贫困|先进|经济(?:技术)?|(?:高新)?技术产业|试点|所在|基层|重点|民族|产业|工业|边境)"
    f"{_UNIT}"
)
_BUREAU = r"(?:[局委办厅院会社校部处]|中心|总队|支队|大队|学校|中学|小学|公司|集团|联合会|协会)"
ORGAN = re.compile(
    r"[省市县区州旗镇乡]?(?:人民)?政府|人民(?:检察院|法院)|法院|检察院|[党人]大|第?[一二三四五六七八九十百零〇\d*＊×Xx]+届|政协|党工?委"
    r"|党总?支|党组|总支|支部|纪工?委|工委|委(?:员会|副?书记|常委|[、，])|行[政署]|办事处|街道办|管(?:理)?委|人武部"
    r"|村民?委|居民?委|\d{4}(?:年|[-—至])|20[xX×*＊]{2}|各族|(?:两|“两)委"
    r"|(?:常务|代理?|挂职)?副?(?:[省市县区州旗盟镇乡村]长|主席|专员)(?!效)"
    rf"|(?:(?![的地了是])[\u4e00-\u9fa5]){{2,16}}?{_BUREAU}(?:党[组委总支工]|[局主委厅院校部社会任员长副书纪检支大总]|\d|\W|$)"
)
"""What follows a place that is an official's: an organ, a post, or a year."""
_WORDS_BEFORE = "(?<=作为|代表|按照|根据|中共)"
_LEFT = re.compile(
    r"^|(?<=[^\u4e00-\u9fa5]|[在是为于由到的对自入往任从向经受])|(?<=\d[年月日])"
    f"|{_WORDS_BEFORE}"
)
_LEFT_OF_UNLISTED = (
    r"(?:^|(?<=[ \u3000—–（(《“\"\-\d年在是为于到自入往任从经受])|(?<=\d[月日])"
    f"|{_WORDS_BEFORE})"
)
"""What precedes a name that is not listed: no comma, since 并请省政协 follows one, too."""
_NO_START = "(?:[年月日在到由受被命向对为任是将现把从往济]|经(?![开济]))"
_UNLISTED_START = re.compile(
    rf"{_LEFT_OF_UNLISTED}(?!{_NO_START})(?=[\u4e00-\u9fa5]{{1,18}}[省市县区州盟旗镇乡村道木园场])"
)
_MASKED_START = re.compile(rf"[{_MASK}_＿A-ZＡ-Ｚ]")
_MOVED = re.compile("调[入到往任]$|交流到$|下派到$|来到$")
_ARRIVED = re.compile("[，,。、]|担?任|工作|挂职|以来|后")
_TASK = re.compile("(?:考察|学习|参观|调研|帮扶|援助|对口)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a text writes it, part by part.

    ``listed`` has, for each part, the divisions that it can be; nothing for one not listed.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    listed: tuple[tuple[Division, ...], ...]

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(self.parts)

    @property
    def region(self) -> str:
        """Return its name, with the full names of divisions: 恩施土家族苗族自治州 for 恩施州."""
        return "".join(
            found[0].name if len({one.name for one in found}) == 1 else part
            for part, found in zip(self.parts, self.listed, strict=True)
        )

    @property
    def level(self) -> str:
        """Return its level, or ``""`` for a zone."""
        levels = {one.level for one in self.listed[-1]}
        if len(levels) == 1:
            return levels.pop()
        level = find_level_of(self.parts[-1])
        return "县" if level == "市" and "市" in map(find_level_of, self.parts[:-1]) else level

    @property
    def division(self) -> Division | None:
        """Return the listed division that it is or that it is in, if only one is possible."""
        found = [one for one in self.listed if one]
        return found[-1][0] if found and len(found[-1]) == 1 else None


@lru_cache(maxsize=4)
def _compile_unlisted(divisions: Divisions) -> re.Pattern[str]:
    """Return the pattern of places that are not listed, with none of the words that no name has."""
    words = "|".join(map(re.escape, divisions.no_names)) or "(?!)"
    char = f"(?!{words})[\u4e00-\u9fa5]"
    return re.compile(
        rf"(?:{char}){{2,12}}?自治[区州县旗]|(?:{char}){{2,12}}?{_ZONE}"
        # Real ones are listed; what an invented or forgotten one may be is kept short.
        rf"|(?:{char}){{2}}省|(?:{char}){{2,3}}?{_COUNTY}"
        rf"|(?:{char}){{2,8}}?{_TOWN}|(?:团结|建设|人民|组织)[路街]?{_TOWN}"
    )


def find_level_of(name: str) -> str:
    """Return the level that the end of a place's name shows, or ``""``."""
    return next((level for level, pattern in _LEVELS if pattern.search(name)), "")


def is_masked(name: str) -> bool:
    """Return whether a name is masked: 某县, ``**区``."""
    return bool(_MASKED.fullmatch(name))


def locate(region: str, divisions: Divisions) -> Place | None:
    """Return the place that a whole string names, or None."""
    place = read_place(region, 0, divisions)
    return place if place and place.end == len(region) else None


def read_place(
    text: str, start: int, divisions: Divisions, *, before_organ: bool = False
) -> Place | None:
    """Return the place that begins at a position: the longest line of names, or None.

    ``before_organ`` means that the text ends where an organ of a place begins.
    """
    at = start
    parts: list[str] = []
    listed: list[tuple[Division, ...]] = []
    while True:
        found = _read_listed(text, at, divisions, listed, before_organ=before_organ) or _read_other(
            text, at, parts, listed, divisions
        )
        if found is None:
            break
        name, candidates = found
        if candidates and listed and listed[-1]:
            # 南京市鼓楼区: the county tells which of two prefectures is meant, too.
            listed[-1] = tuple(
                above for above in listed[-1] if any(one.is_within(above) for one in candidates)
            )
        parts.append(name)
        listed.append(candidates)
        at += len(name)
    return Place(start, at, tuple(parts), tuple(listed)) if parts else None


def _read_listed(
    text: str,
    at: int,
    divisions: Divisions,
    above: list[tuple[Division, ...]],
    *,
    before_organ: bool,
) -> tuple[str, tuple[Division, ...]] | None:
    known = [found for found in above if found]
    if len(known) < len(above):
        # Below a place that is not listed, none is.
        return None
    for name in divisions.iter_names(text, at):
        found = divisions.find(name)
        if not found:
            found = divisions.find_bare(name)
            if not _stands_for_place(text, at + len(name), divisions, found):
                continue
        elif len(name) == 2 and name.endswith("区") and not known:
            # 城区 and 郊区 are mostly no names, unless their city precedes or their organ follows.
            end = at + len(name)
            if not (_OF_DISTRICT.match(text, end) or (before_organ and end == len(text))):
                continue
        if known:
            found = divisions.choose_within(name, found, known[-1])
        if found:
            return name, found
    return None


def _stands_for_place(
    text: str, end: int, divisions: Divisions, found: tuple[Division, ...]
) -> bool:
    """Check that a name without its unit (宁夏) precedes a place within it, an organ or a post."""
    inner = (one for name in divisions.iter_names(text, end) for one in divisions.find(name))
    if any(one.is_within(upper) for one in inner for upper in found):
        return True
    return bool(ORGAN.match(text, end)) and not _compile_unlisted(divisions).match(text, end)


def _read_other(
    text: str,
    at: int,
    parts: list[str],
    listed: list[tuple[Division, ...]],
    divisions: Divisions,
) -> tuple[str, tuple[Division, ...]] | None:
    """Read a part by its form; below a listed division it is a town, a village or a zone."""
    match = _MASKED.match(text, at)
    if match is None and not _GENERIC.match(text, at):
        match = _compile_unlisted(divisions).match(text, at)
        if match and _ends_with_listed(match[0], divisions):
            # 上午在西藏自治区.
            return None
    if match is None:
        return None
    name = match[0]
    rank = RANKS[find_level_of(name)]
    if parts:
        upper = find_level_of(parts[-1])
        levels = {one.level for one in listed[-1]}
        if len(levels) == 1:
            upper = levels.pop()
        # A county-level city below a prefecture is named by the same unit.
        is_city = (
            upper == "市" and name.endswith("市") and "市" not in map(find_level_of, parts[:-1])
        )
        if rank <= RANKS[upper] and not is_city:
            return None
    return name, ()


def _ends_with_listed(name: str, divisions: Divisions) -> bool:
    return any(divisions.find(name[start:]) for start in range(1, len(name) - 2))


def find_places(text: str, divisions: Divisions, *, needs_organ: bool = True) -> Iterator[Place]:
    """Yield the places of a text that an organ, a post or a year follows.

    In a title (``needs_organ`` is false) a listed place is one without them, too.
    """
    end = 0
    for at in _find_starts(text, divisions):
        place = _find_place_at(text, at, divisions, needs_organ=needs_organ) if at >= end else None
        if place:
            end = place.end
            yield place


def _find_starts(text: str, divisions: Divisions) -> list[int]:
    """Return the positions where a place may begin: few, since reading one takes time."""
    starts = divisions.find_starts(text)
    for pattern in (_UNLISTED_START, _MASKED_START):
        starts.update(match.start() for match in pattern.finditer(text))
    return sorted(starts)


def _find_place_at(text: str, at: int, divisions: Divisions, *, needs_organ: bool) -> Place | None:
    if text[at] in _SIGNS and text[at - 1 : at] == text[at]:
        # In the middle of a mask.
        return None
    is_start = text[at] in _SIGNS or bool(_LEFT.match(text, at))
    if not is_start and (text[at] == "市" or len(next(divisions.iter_names(text, at), "")) < 3):
        # 提高县域 and 创新县级: names of two characters are also in the middle of words, as is
        # 市郊区 in 甲市郊区.
        return None
    place = read_place(text, at, divisions)
    if place is None:
        return None
    is_listed = bool(place.listed[0])
    if not is_listed and not is_masked(place.parts[0]) and not _UNLISTED_START.match(text, at):
        return None
    if not is_start and (not is_listed or len(place.parts[0]) < 3):
        return None
    if place.text == "任县" and re.match("[委长政]", text[place.end :]):
        return None
    if ORGAN.match(text, place.end):
        return place
    if _MOVED.search(text[max(0, at - 3) : at]) and _ARRIVED.match(text, place.end):
        return place
    is_certain = is_listed or is_masked(place.parts[0])
    return place if is_certain and not needs_organ and not _TASK.match(text, place.end) else None
