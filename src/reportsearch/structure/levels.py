"""The administrative level of an official: that of the place or of the post, or inferred."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportsearch.errors import Message
from reportsearch.lexicon.wordlists import MetadataWords
from reportsearch.structure.places import NATION, Place, find_level_of

_UNIT_LEVELS = {
    "省": ("自治区", "行政区", "省"),
    "市": ("地区", "自治州", "州", "盟"),
    "县": ("县", "区", "旗", "自治县", "自治旗"),
    "乡": ("镇", "乡", "街道"),
    "村": ("村", "社区"),
}
_CITY_LEVELS = ("市", "县", "省")
"""The levels that a city can have, the most usual first."""
_OWN_UNIT = re.compile("(?P<unit>[省市县区州旗盟镇乡])长$|街道办事处副?主任$")
_UNIT_BEFORE = re.compile(
    r"(?:^|[^\u4e00-\u9fa5]|年)(?P<unit>[县市区省州旗])[\u4e00-\u9fa5]{1,16}?"
    r"(?:(?:局|主任|院)长|主任|(?:局|委|办|办公室|厅|院|会|中心)(?=$|[^\u4e00-\u9fa5]|工作|党|关于))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Level:
    """A level, the field or the words that tell it, and a doubt if it is only inferred."""

    level: str
    source: str = ""
    words: str = ""
    is_inferred: bool = False
    doubt: Message | None = None


def list_levels(unit: str) -> tuple[str, ...]:
    """Return the levels of a kind of place (县), or nothing if it tells none."""
    if unit == "市":
        return _CITY_LEVELS
    return tuple(level for level, units in _UNIT_LEVELS.items() if unit in units)


def list_levels_of_post(post: str) -> tuple[str, ...]:
    """Return the levels that a post shows by itself: 副县长."""
    match = _OWN_UNIT.search(post)
    return list_levels(match["unit"] or "街道") if match else ()


def find_level(
    text: str,
    head: str,
    region: str | None,
    place: Place | None,
    post: str,
    levels: tuple[str, ...],
    words: MetadataWords,
) -> Level | None:
    """Return the level of an official.

    ``head`` is the title with the lines around it, ``levels`` are those that the post can have.
    ``words`` name the bodies by which a report shows a level that neither place nor post tells.
    """
    if region == NATION:
        return Level("国家", "region")
    if place and place.level and (not levels or place.level in levels):
        return Level(place.level, "region")
    if levels:
        return Level(levels[0], "post", is_inferred=len(levels) > 1)
    if post.endswith("厅长"):
        return Level("省", "post")
    match = _UNIT_BEFORE.search(head)
    if match:
        return Level(find_level_of(f"某{match['unit']}"), words=match[0].strip())
    return _infer_level(text, words, is_zone=bool(place and not place.level))


def _infer_level(text: str, words: MetadataWords, *, is_zone: bool) -> Level | None:
    bodies = {"乡": words.town, "县": words.county, "市": words.city, "省": words.province}
    counts = {level: {word: text.count(word) for word in of} for level, of in bodies.items()}
    best = max(counts, key=lambda level: sum(counts[level].values()))
    mentioned = [word for word, count in counts[best].items() if count]
    if mentioned:
        doubt = Message(
            "{level} is only inferred from mentions of {words}",
            level=best,
            words="、".join(mentioned),
        )
        most = max(mentioned, key=lambda word: counts[best][word])
        return Level(best, words=most, is_inferred=True, doubt=doubt)
    if is_zone:
        doubt = Message(
            "{level} is only inferred: most development zones are of that level", level="县"
        )
        return Level("县", "region", is_inferred=True, doubt=doubt)
    return None
