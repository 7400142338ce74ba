"""Names of officials, where a report gives its author's: beside the post, or after a label."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from reportsearch.lexicon import Lexicon

_HAN = "[\u4e00-\u9fa5]"
_DOTTED = f"{_HAN}{{1,10}}(?:[·•・‧．]{_HAN}{{1,10}}){{1,5}}"
_SPACED = f"{_HAN}(?:[ \u3000]+{_HAN}){{1,3}}(?!{_HAN})"
_PLAIN = f"{_HAN}{{2,5}}"
_NAME = f"(?P<name>{_DOTTED}|{_SPACED}|{_HAN}{{1,2}}[ \u3000]+{_HAN}{{1,2}}(?!{_HAN})|{_PLAIN})"
_END = (
    rf"(?=$|[\n，,。；、（(）)\d]|[ \u3000]+(?:[^\u4e00-\u9fa5]|[〇二一]{_HAN}|报告|述职|$)"
    "|(?:同志)?$)"
)
_LABELLED = re.compile(
    rf"(?:述[职廉责法学]{{1,3}}[人者]|报告人|汇报人|述评人|姓\s*名|本人姓名|汇报者|报告者)"
    rf"(?:\s*[:：]\s*|[ \u3000]+(?=[^\n]{{2,8}}(?:\n|$))){_NAME}"
    rf"(?=$|[\n，,。；、（(）)\d《]|[ \u3000]|{_HAN}{{0,2}}(?:职务|单位|报告|日期|时间))"
)
_BESIDE_POST = re.compile(rf"(?P<gap>[ \u3000:：]*+(?:同志[ \u3000]*+)?){_NAME}{_END}")
_IN_TITLE = re.compile(
    rf"[ \u3000]*(?P<name>{_HAN}{{2,4}}?)(?:同志)?"
    "(?=的?(?:20|19|述|履|个人|工作|关于|年度|在|任期|任职)|同志)"
)
_CAPTION = re.compile(
    rf"[ \u3000]*(?P<name>{_SPACED}|{_HAN}{{2,4}}?)(?:同志)?"
    "(?=(?:代表.{2,12})?(?:向大会)?作.{0,8}报告|在[^。；]{4,40}会议?上)"
)
_BEFORE_POST = re.compile(
    rf"(?:^|[日号—\- \u3000]|会议?上)(?P<name>{_HAN}{{2,4}})"
    "(?P<post>(?:代理?)?[省市县区州盟旗镇乡]长|主席)"
    "(?=(?:同志)?(?:在|作))"
)
_SAYS = re.compile(rf"(?:我(?P<verb>名?叫|是)|本人){_NAME}(?=[，,。；])")
_SET_APART = re.compile(rf"{_HAN}[ \u3000]+{_HAN}[ \u3000]+{_HAN}")
_MEETING = re.compile(r"会议?上[）)]?\s*$")
_LONE = re.compile(rf"[（(]?{_NAME}[）)]?")


@dataclass(frozen=True, slots=True)
class Name:
    """A name without spaces, and the words of the text that it was read from."""

    name: str
    words: str


@lru_cache(maxsize=4)
def _compile_no_name(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of what no name contains or ends with."""
    words = lexicon.metadata
    ends = (f"{re.escape(word)}$" for word in words.no_name_ends)
    return re.compile("|".join((*map(re.escape, words.no_names), *ends)) or "(?!)")


def find_labelled_name(text: str, lexicon: Lexicon) -> Name | None:
    """Return the name after 述职人： and the like."""
    for match in _LABELLED.finditer(text):
        name = _join(match["name"])
        if not _compile_no_name(lexicon).search(name):
            return Name(name, match[0].strip())
    return None


def find_name_beside_post(
    text: str, post_start: int, post_end: int, lexicon: Lexicon
) -> Name | None:
    """Return the name after a post at the end of a line: 镇长 罗开云."""
    match = _BESIDE_POST.match(text, post_end)
    if match is None:
        return None
    # A name with no surname (那 音 太) is one only if it is set apart.
    is_apart = bool(match["gap"])
    return _check(match, text[post_start : match.end("name")], lexicon, is_apart=is_apart)


def find_name_in_title(text: str, post_start: int, post_end: int, lexicon: Lexicon) -> Name | None:
    """Return the name between a post and what the title calls the report."""
    match = _IN_TITLE.match(text, post_end)
    return _check(match, text[post_start : match.end("name")], lexicon) if match else None


def find_name_in_caption(
    text: str, post_start: int, post_end: int, lexicon: Lexicon
) -> Name | None:
    """Return the name in 省长某某作政府工作报告."""
    match = _CAPTION.match(text, post_end)
    return _check(match, text[post_start : match.end("name")], lexicon) if match else None


def find_name_before_post(text: str, lexicon: Lexicon) -> Name | None:
    """Return the name in 某某县长在……会议上的报告."""
    match = _BEFORE_POST.search(text)
    return _check(match, match["name"] + match["post"], lexicon) if match else None


def find_stated_name(text: str, lexicon: Lexicon) -> Name | None:
    """Return the name in 我叫某某, or 我是某某 with a surname."""
    for match in _SAYS.finditer(text):
        is_named = match["verb"] in {"叫", "名叫"}
        found = _check(match, match[0], lexicon, is_apart=is_named)
        if found and (is_named or len(found.name) > 2):
            return found
    return None


def find_lone_name(line: str, lexicon: Lexicon, *, before: str = "") -> Name | None:
    """Return the name that stands alone on a line; below the line of a meeting it is likely one."""
    match = _LONE.fullmatch(line.strip())
    if match is None:
        return None
    # 栗 俊 昌 is set like a name.
    is_apart = bool(_SET_APART.fullmatch(match["name"]) or _MEETING.search(before))
    return _check(match, line.strip(), lexicon, is_apart=is_apart)


def _check(
    match: re.Match[str], words: str, lexicon: Lexicon, *, is_apart: bool = False
) -> Name | None:
    name = _join(match["name"])
    if _compile_no_name(lexicon).search(name) or name in lexicon.metadata.common_words:
        return None
    is_dotted = not all("\u4e00" <= char <= "\u9fa5" for char in name)
    if not (is_dotted or is_apart or has_surname(name, lexicon.surnames)):
        return None
    return Name(name, words.strip())


def has_surname(name: str, surnames: Collection[str]) -> bool:
    """Return whether a name begins with a surname, and is as long as it may be with one."""
    if name[:2] in surnames:
        return 3 <= len(name) <= 4
    return name[:1] in surnames and 2 <= len(name) <= 3


def _join(name: str) -> str:
    return re.sub(r"[ \u3000]", "", name)
