"""Places named in a text, and their administrative level."""

from __future__ import annotations

import re

from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold

PROVINCE_CITIES = ("北京市", "上海市", "天津市", "重庆市")
# 园区 and 社区 are not units, and 城市 and 城乡 are not places, but 聊城市 and 古城乡 are.
_UNIT = "(?:省|市|地区|州(?![市县区])|盟|县|(?<![社园景库校疫灾牧辖])区|旗)"
_TOWN = "(?:民族乡|街道|镇|(?<![和房]城)乡)"
_GENERIC = "(?!城市|城区|市区|县区|山区|地区|城镇|城乡|乡镇|村镇|区县|县市|市县)"
_NAME = "[\u4e00-\u9fa5]"
# Place names do not contain the words that precede one.
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
# A place starts at a word boundary and precedes an organ, a bureau or a post.
_PLACE = re.compile(
    r"(?:^|(?<=[^\u4e00-\u9fa5])|(?<=\d[年月日])|(?<=[在是为于由向到的对我人任]))"
    rf"(?P<place>{_PLACE_NAME})(?={_ORGAN})"
)
_LEAD = re.compile(
    "^(?:[年月日](?=任)|中共|作为|本人|按照|根据|依照|协助|[现兼曾时出]任|任职于|带领"
    "|关于|来自|[到在是经由为]|任(?!丘|泽|县|城区|家))+(?=.)"
)
_LEVEL_OF_UNIT = (
    ("乡", re.compile(rf"{_TOWN}$")),
    ("县", re.compile("(?:县|区|旗)$")),
    ("市", re.compile("(?:市|州|盟|地区)$")),
    ("省", re.compile("(?:省|自治区)$")),
)


def find_level_of(region: str) -> str | None:
    """Return the level of a place, 省 市 县 or 乡, or None if its name does not show one."""
    if region in PROVINCE_CITIES:
        return "省"
    for level, pattern in _LEVEL_OF_UNIT:
        if pattern.search(region):
            return level
    return None


def find_regions(place: str) -> list[str]:
    """Return the places that a text names."""
    found = (_LEAD.sub("", match["place"]) for match in _PLACE.finditer(place))
    # 我任县委常委 does not name a place 任县, but 任县人民政府 does.
    bare = "任县委" in place
    return [region for region in found if len(region) > 1 and not (bare and region == "任县")]


def remove_place(bureau: str, lexicon: Lexicon) -> str:
    """Return a bureau without its place: the longest known department, else the text after it."""
    for start in range(len(bureau) - 2):
        if fold(bureau[start:]) in lexicon.portfolios_by_item:
            return bureau[start:]
    unit = re.match(rf".{{1,12}}?(?:{_UNIT}|{_TOWN})(?=.{{2,}})", bureau)
    return bureau[unit.end() :] if unit else bureau
