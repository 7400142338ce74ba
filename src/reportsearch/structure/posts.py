"""Posts (职务) of officials: their names, places and organs, and whether the reporter holds them.

A post is given without its place: 农业农村局局长, 副县长, 人民法院院长. The committee of a place
keeps its kind: 县委书记, 镇党委书记.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.structure.places import (
    ORGAN,
    Place,
    find_level_of,
    is_masked,
    locate,
    read_place,
)

_HEADS = "省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长"
_POST = re.compile(
    "(?P<rank>(?:常务|第一|执行|代理?|挂职|名誉)?副?)"
    rf"(?P<word>(?:{_HEADS})(?:助理)?|主席|专员|总理|局长|厅长|部长|检察长|院长|校长|园长|主任|书记"
    "|秘书长|(?:总|支|大|中)?队长|所长|站长|科长|处长|社长|理事长|会长|馆长|台长|行长|关长|署长|司长"
    "|董事长|总经理|司令员|政委|师长|团长|(?<=委)常委|(?<=[组委])成员|(?<=[组委])委员)"
)
_AFTER = re.compile(
    "的?(?:正确|坚强)?领导|的支持|办公|负责|热线|信箱|接待|质量|带队|批示|会议|制|们|[、，和](?:各位|副主任[、，]|秘书长[、，]|委员)"
)
_OTHERS = re.compile(
    "(?:协助|配合|其他的?|各位|尊敬的|分管的?|联系|报|经(?![开济贸信委发])|由|向|与|原|前任|接替|该|每位|全体)"
)
"""Words before a post that is not the reporter's."""
_FORMER = re.compile("曾|历任|先后|此前|之前|原[任是]|时任|参加工作")
_TRIGGER = re.compile(
    "任命(?:我|本人)?(?:为|担任)?|选举?(?:我|本人)?(?:为|担任)|当选为?|选为|聘(?:我|本人)?为|担任|[出兼现续连调升转改接就新继]任"
    "|[作身现]为|(?:我|本人)系?是|(?<![主责专胜信])任"
)
_SEPARATOR = re.compile(
    r"[、，,；;。：:！!？?（）()《》“”\"\s/|]|[\dxXｘＸ×*＊_]年度?|\d[月日]|——?|兼(?!职)"
    r"|报告|总结|述职|_|会议?上(?!的)"
)
_LEAD = re.compile(
    "(?:[年月日]+|[兼和及并现了过在到是]|关于|我|本人|本届|作为|根据|按照|中国共产党|中共|首任)+"
)
_UNIT = re.compile(
    "(?:全|我|本)?(?P<unit>自治[区州县旗]|省|市(?![场政容民])|州|盟|县(?!域)|区(?![划域])|旗|镇|乡(?!村)"
    "|街道|村(?=[党支总委])|社区(?=[党居支总]))"
)
_PARTY = re.compile(
    "(?P<of>.*?)(?P<organ>委员会|分?党组|党总支|总支|党支部|支部|党工委|工委|党委|机关党委|纪工?委|政法委|委)"
)
_GOVERNMENT = re.compile("(?:中央)?(?:人民)?政府|行政公署|行署|")
_GOVERNMENT_ORGAN = re.compile("(?:人民)?政府")
_OF_GOVERNMENT = re.compile("(?:人民)?政府(?=[\u4e00-\u9fa5]{2,30}(?:局|委|委员会|厅)$)")
"""Before a department, says no more than its place: 甲县人民政府教育局局长."""
_PARTY_WORDS = ("书记", "常委", "委员", "成员")
_COMMITTEES = {
    "乡": "乡党委",
    "镇": "镇党委",
    "街道": "街道党工委",
    "村": "村党支部",
    "社区": "社区党支部",
}
_DOUBLED = re.compile("[局厅部处科署司]长")
_AT_ORGAN = re.compile(r"(?:[在到入往赴]|调[任到]?)(?P<organ>[^，。；、\s]{2,24})")
_CHANGE = re.compile(r"\d\s*月|\d\s*日|同年|当年|调|转任|改任|升任|当选|任命")
_LEFT_ORGAN = re.compile(
    r"(?:在(?P<at>[^，。；、\s]{2,16}?)(?:工作|任职|挂职)(?=[，。；])|从(?P<of>[^，。；、\s]{2,16}?)(?:调|转任|交流))"
)
_HEADS_IT = re.compile(r"主持(?:[^，。；]{0,12}?)全面工作")
_BUREAU_END = re.compile("(?:局|委|办|厅|院|会|校|中心|所|站|社|公司|部)$")
_BUREAU = re.compile(r"[\u4e00-\u9fa5]{2,18}?(?:局|委员会|委|办公室|厅)")


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a text names.

    ``unit`` is the kind of its place (县), from the place's name or in 县民政局. ``organ`` is the
    organ that other posts of the same list can have, too. ``start`` and ``end`` span its words.
    """

    name: str
    start: int
    end: int
    place: Place | None
    unit: str
    organ: str
    is_party: bool = False
    leads_committee: bool = False


@dataclass(frozen=True, slots=True)
class PostList:
    """Posts held together: 县委常委、副县长. ``is_declared``: 任 or 作为 precedes them."""

    posts: tuple[Post, ...]
    is_declared: bool
    is_former: bool

    @property
    def main(self) -> Post:
        """Return the post in government, or the first of the party."""
        first = self.posts[0]
        if first.leads_committee:
            return first
        return next((post for post in self.posts if not post.is_party), first)

    @property
    def unit(self) -> str:
        """Return the kind of place of the main post; 局长 has that of 县教育局党组书记、局长."""
        return self.main.unit or next((post.unit for post in self.posts if post.unit), "")

    @property
    def place(self) -> Place | None:
        """Return the longest place of its posts."""
        places = [post.place for post in self.posts if post.place]
        return max(places, key=lambda place: len(place.text), default=None)


def find_posts(text: str, lexicon: Lexicon) -> list[PostList]:
    """Return the posts of a text, those of one list together."""
    found: list[PostList] = []
    before = 0
    for match in _POST.finditer(text):
        if next(lexicon.divisions.iter_names(text, match.end() - 1), ""):
            # 重庆市长寿区 is no 市长.
            continue
        start, declared, at = _find_start(text, before, match.start(), lexicon)
        joint = text[before:start].strip()
        continues = bool(found) and joint in {"", "、", "，", "兼", "兼任", "和"} and not declared
        if _AFTER.match(text, match.end()) or (not declared and _names_other(text, start, lexicon)):
            continue
        last = found[-1].posts[-1] if continues else None
        post = _read_post(text, start, match, last.organ if last else at, lexicon)
        before = match.end()
        if post is None:
            continue
        if continues:
            found[-1] = PostList(
                (*found[-1].posts, post), found[-1].is_declared, found[-1].is_former
            )
        else:
            clause = text[max(text.rfind(mark, 0, start) for mark in "。；，\n") + 1 : start]
            found.append(PostList((post,), declared, bool(_FORMER.search(clause))))
    return found


def _names_other(text: str, start: int, lexicon: Lexicon) -> bool:
    """Return whether a post is another's: 向县长汇报, but not 向阳区区长."""
    in_name = next(lexicon.divisions.iter_names(text, start), "")
    return bool(_OTHERS.match(text, start)) and not in_name


def _find_start(text: str, before: int, end: int, lexicon: Lexicon) -> tuple[int, bool, str]:
    """Return where a post's words begin, whether it is declared, and the organ named before."""
    start = before
    for match in _SEPARATOR.finditer(text, before, end):
        start = match.end()
    covered: set[int] = set()
    at = start
    while at < end:
        name = next(lexicon.divisions.iter_names(text, at), "")
        # 任县 is a former county, but 担任县民政局局长 does not name it.
        if name != "任县" or at == 0 or text[at - 1] in "任为是在到":
            covered.update(range(at, at + len(name)) if at + len(name) <= end else ())
        at += max(len(name), 1)
    organ, declared = "", False
    for match in _TRIGGER.finditer(text, start, end):
        if not covered.intersection(range(match.start(), match.end())):
            at_organ = _AT_ORGAN.search(text, start, match.start())
            organ = at_organ["organ"] if at_organ else ""
            start, declared = match.end(), True
    lead = _LEAD.match(text, start, end)
    if lead and not next(lexicon.divisions.iter_names(text, start), ""):
        start = lead.end()
    return start, declared, organ


def _read_post(
    text: str, start: int, match: re.Match[str], organ: str, lexicon: Lexicon
) -> Post | None:
    """Read the place and organ of a post, with an organ that was named before it."""
    rank, word = match["rank"], match["word"]
    core = text[start : match.start()]
    place, unit, rest = split_organ(core, word, lexicon)
    if place is None and not unit and organ and _PARTY.fullmatch(rest or "党组"):
        # 在县教育局任党组书记、局长.
        place, unit, before = split_organ(organ, "", lexicon)
        rest = before + rest
    head = re.fullmatch(f"({_HEADS})(助理)?", word)
    if head:
        if place is None and not rest and not unit:
            unit = word[0]
        if place is None and rest:
            # 云南省长 and 某县长.
            place, rest = _read_joined(core + word[0], lexicon), ""
        name = f"{rank}{word}"
        unit = word[0]
    elif word in _PARTY_WORDS:
        return _read_party_post(start, match, place, unit, rest)
    elif word == "主席" and _GOVERNMENT.fullmatch(rest):
        is_head = unit == "自治区" or bool(place and place.level == "省")
        name = f"{'自治区' if is_head else ''}{rank}主席"
        unit = "自治区" if is_head else unit
    elif word == "专员" and _GOVERNMENT.fullmatch(rest):
        name = f"行署{rank}专员"
    elif word == "主任" and (re.search("办事处$|街道办$", rest) or (not rest and unit == "街道")):
        name, unit = f"街道办事处{rank}主任", "街道"
    elif word in {"主任", "院长", "校长", "主席"} and not rest and _GOVERNMENT.fullmatch(unit):
        name = f"{rank}{word}"
    else:
        if rest[:1] == "委" and unit:
            rest = f"{unit}{rest}"
        rest = _OF_GOVERNMENT.sub("", rest, count=1)
        doubled = _DOUBLED.fullmatch(word) and rest and rest[-1] != word[0] and not rank
        name = f"{rest}{word[0] if doubled else ''}{rank}{word}"
        rest += word[0] if doubled else ""
    organ_of_others = "" if head else rest
    return Post(name, start, match.end(), _move(place, start), unit, organ_of_others)


def _read_joined(text: str, lexicon: Lexicon) -> Place | None:
    place = locate(text, lexicon.divisions)
    return place if place and (place.listed[-1] or is_masked(place.parts[-1])) else None


def _move(place: Place | None, by: int) -> Place | None:
    if place is None:
        return None
    return Place(place.start + by, place.end + by, place.parts, place.listed)


def _read_party_post(
    start: int, match: re.Match[str], place: Place | None, unit: str, rest: str
) -> Post | None:
    rank, word = match["rank"], match["word"]
    party = _PARTY.fullmatch(rest)
    of = party["of"] if party else rest
    organ = party["organ"] if party else ""
    if word in {"委员", "成员"} and not organ:
        return None
    if not of and organ in {"委", "委员会"} and unit:
        committee = _COMMITTEES.get(unit) or ("自治区党委" if unit == "自治区" else f"{unit}委")
    elif (
        not of
        and organ in {"党委", "党工委", "党总支", "党支部", "总支", "支部"}
        and unit in _COMMITTEES
    ):
        committee = f"{unit}{organ}"
    else:
        committee = f"{of}{organ}"
    leads = not of and "副" not in rank and word == "书记" and organ != "党组" and bool(unit)
    return Post(
        f"{committee}{rank}{word}",
        start,
        match.end(),
        _move(place, start),
        unit,
        of,
        is_party=True,
        leads_committee=leads,
    )


def split_organ(core: str, word: str, lexicon: Lexicon) -> tuple[Place | None, str, str]:
    """Split the words before a post into its place, the kind of the place, and the organ."""
    at = len(core)
    for start in range(len(core) - 2):
        if fold(core[start:]) in lexicon.portfolios_by_item:
            at = start
            break
    before = core[:at]
    place = None
    for lead in ("", re.match("[^\u4e00-\u9fa5]*(?:中共)?", before)[0]):  # type: ignore[index]
        begin = len(lead)
        of_place = at < len(core) or word == "区长"
        place = read_place(before, begin, lexicon.divisions, before_organ=of_place)
        if place:
            break
    if place:
        rest = core[place.end :]
        if rest[:1] == place.text[-1] and _GOVERNMENT_ORGAN.match(rest, 1):
            # 甲县县政府办公室.
            rest = rest[1:]
        proven = not rest or (at < len(core) and place.end == at) or ORGAN.match(rest + word)
        if proven or place.listed[-1]:
            return place, _get_unit(place), rest
    lead = re.match("[^\u4e00-\u9fa5]*(?:中共)?", core)
    rest = core[lead.end() :] if lead else core
    unit = _UNIT.match(rest)
    if unit and (rest[unit.end() :] or word):
        return None, unit["unit"], rest[unit.end() :]
    return None, "", rest


def _get_unit(place: Place) -> str:
    name = place.listed[-1][0].name if place.listed[-1] else place.parts[-1]
    for unit in ("自治区", "行政区", "地区", "街道", "社区"):
        if name.endswith(unit):
            return unit
    if find_level_of(name) == "" and not place.listed[-1]:
        return "开发区"
    return name[-1]


def list_held(lists: list[PostList], text: str) -> list[PostList]:
    """Return the posts that an opening declares, in order; the last are those held at the end.

    A later one follows another only if the text says when or how (7月调任), since 兼任 and the like
    name more posts of the same time.
    """
    held = [one for one in lists if one.is_declared and not one.is_former]
    return [
        one
        for number, one in enumerate(held)
        if not number or _CHANGE.search(text, held[number - 1].posts[-1].end, one.posts[0].start)
    ]


def find_left_organs(opening: str, lexicon: Lexicon) -> list[str]:
    """Return the organs where an official worked earlier in the year, without their places."""
    found = []
    for match in _LEFT_ORGAN.finditer(opening):
        _, _, organ = split_organ(match["at"] or match["of"], "", lexicon)
        if _BUREAU_END.search(organ):
            found.append(organ)
    return found


def choose_full_name(post: Post, others: list[Post], lines: list[str], lexicon: Lexicon) -> str:
    """Return a post with the full name of its organ, if the report gives it elsewhere.

    供销社主任 in a title is the 供销合作社主任 of the opening.
    """
    portfolios = lexicon.portfolios_by_item.get(fold(post.organ), ())
    organs = [other.organ for other in others]
    organs += [split_organ(line.strip("（）() "), "", lexicon)[2] for line in lines]
    longer = [
        organ
        for organ in organs
        if len(organ) > len(post.organ)
        and portfolios
        and lexicon.portfolios_by_item.get(fold(organ), ()) == portfolios
        and organ[-1] == post.organ[-1]
    ]
    if not longer or not post.name.startswith(post.organ):
        return post.name
    return max(longer, key=len) + post.name[len(post.organ) :]


def infer_bureau_post(opening: str, places: list[str], lexicon: Lexicon) -> str | None:
    """Infer the post of an official who heads a bureau but does not name the post."""
    if not _HEADS_IT.search(opening):
        return None
    for place in places:
        match = _BUREAU.search(place)
        if match:
            _, _, bureau = split_organ(match[0], "", lexicon)
            return bureau + ("长" if bureau.endswith(("局", "厅")) else "主任")
    return None
