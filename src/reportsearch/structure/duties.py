"""Duties of an official, as listed in the opening sentences.

Examples: "我分管民政、文旅、环保、供销、招商引资等工作", "协助县长分管…", "主持县教育局全面工作",
"文化旅游、商务归我分管". A verb gives the role, with a list of items before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty
from reportsearch.normalise import fold

_ROLES = (
    ("主持", r"(?:全面)?主持|负责(?=[^，。；、]{0,16}全面工作)"),
    # 协助县长分管 means being in charge; 协助县长抓 means helping with another's duty.
    ("分管", r"协助[^，。；：]{0,8}?(?:长|书记|主任|领导|同志)[^，。；：]{0,2}?(?:分管|主管|负责)"),
    ("协助", r"协助[^，。；：]{0,10}?(?:分管|负责|主管|抓好|抓|做好|管理|处理)"),
    ("联系", r"(?:对口|挂钩)?联系|配合(?:[^，。；：]{0,8}?(?:抓好?|做好))?"),
    (
        "分管",
        (
            r"(?:具体|主要|直接|同时|并|现){0,6}(?:分管|主管|兼管|协管|管着|归口管理|负责(?!任)|"
            r"牵头抓?|主抓|具体抓)(?:着|了)?(?:的?(?:主要)?工作(?:主要)?(?:有|是|包括|为|(?=[:：])))?[:：]?"
        ),
    ),
)
_NOT_AFTER = (
    "不再", "曾", "原", "原来", "先后", "高度", "密切", "普遍", "理论", "主动", "积极", "及时",
    "多次", "的",
)  # fmt: skip
"""Words before the verb that change its meaning: 我的分管领域, 高度负责, 密切联系."""
_ROLE = re.compile(
    "".join(f"(?<!{before})" for before in _NOT_AFTER)
    + "(?:"
    + "|".join(f"(?P<r{n}>{pattern})" for n, (_, pattern) in enumerate(_ROLES))
    + ")"
)
_NAMES_A_THING = re.compile(
    "的?(?:领域|战线|系统|线上|条线|范围|科室|股室|处室|行业|领导|同志|负总责|部门(?![有是:：])"
    "|单位(?![有是:：])|态度|精神|群众|实际|选民|代表|服务|沟通|点|人|方式|机制|制度|紧密|密切|没有"
    "|不够)"
)
"""Words after the verb that make it a noun without a list: 分管领域, 联系点, 负责人."""
_NO_LONGER = re.compile("不再(?:继续)?(?:分管|主管|负责|联系|协助|协管)了?")
_CLAUSE = re.compile(r"[^。；;！？!?\n]+")
_LIST_END = re.compile(
    r"(?:这[一几]?[摊些个]|[一-十两]大?(?:个|项|块|条)|等(?:方面|部门|单位|领域|工作|几|多|\W|$)|方面的?|"
    r"(?:的)?(?:各项)?工作(?![、和及与])|等[^，、]{1,6}(?:企业|单位|部门|机构|团体)|归我|由我|同时|"
    r"不再|，并|，(?=(?:具体|主要|同时|并)?(?:分管|负责|联系|协助|配合|主持)))"
)
_SEPARATOR = re.compile(r"以及|[、，,和及与暨（）()“”\s]")
_FORMERLY = re.compile("此前|在此之前|任职之?前")
_PASSIVE = re.compile(r"(?:归|由|属)我(?:来)?(?P<verb>分管|负责|联系|协助|管)")
_ENTIRE_WORK = re.compile(
    r"(?P<what>[^，。；、]{0,20}?)(?:的)?(?:党[组委](?:和|及)?(?:行政)?)?(?:全面|行政)?工作"
)
_PREFIX = re.compile(r"^(?:全?[县市区镇乡省]|街道|本|我|局|的|和|及|党组|行政|政府|办公室)(?=.{2})")
# Internal matters of a bureau are not portfolios of government.
_INTERNAL = frozenset({"人事", "财务", "党建", "机关", "办公室", "文秘", "后勤", "纪检", "工会"})
_SUFFIXES = (
    "会工作", "等", "方面", "领域", "部门", "系统", "工作", "事业", "事务", "管理", "单位", "三家",
    "两家", "几家", "口",
)  # fmt: skip
_NO_ITEM = re.compile(r"^的|\d")
_MAX_ITEM_CHARS = 16
_MAX_OPENING_CLAUSES = 12


def find_duties(
    text: str, start: int, end: int, post: str | None, lexicon: Lexicon
) -> tuple[Duty, ...]:
    """Return the duties listed in ``text[start:end]``, the opening of a report.

    ``post`` identifies the field of a bureau's head if the text only says 全面工作.
    """
    found: list[Duty] = []
    clauses = islice(_CLAUSE.finditer(text, start, end), _MAX_OPENING_CLAUSES)
    for clause in clauses:
        if _FORMERLY.search(clause[0]):
            continue
        duties = [*found, *_parse_clause(clause[0], clause.start(), post, lexicon)]
        given_up = dict(_find_given_up(clause[0], clause.start(), lexicon))
        found = [duty for duty in duties if duty.start > given_up.get(duty.portfolio, -1)]
    own = {duty.portfolio for duty in found if duty.role == "主持"}
    own_items = {duty.item for duty in found if duty.portfolio in own}
    unique: dict[tuple[str, str | None], Duty] = {}
    for duty in found:
        if own and duty.item in _INTERNAL:
            duty = replace(duty, portfolio=None)
        elif duty.item in own_items and duty.portfolio not in own:
            # 防汛抗旱 may belong to 水利 or 应急管理: prefer the official's own bureau.
            continue
        elif not duty.portfolio and duty.role == "联系" and not unique:
            # Without any other duty, 联系 refers to people and places.
            continue
        unique.setdefault((duty.item, duty.portfolio), duty)
    return tuple(unique.values())


def _parse_clause(clause: str, offset: int, post: str | None, lexicon: Lexicon) -> Iterator[Duty]:
    passives = list(_PASSIVE.finditer(clause))
    if passives:
        begin = 0
        for match in passives:
            role = {"联系": "联系", "协助": "协助"}.get(match["verb"], "分管")
            listed = clause[begin : match.start()]
            begin_list = max(listed.rfind("："), listed.rfind(":")) + 1 + begin
            yield from _parse_items(clause, begin_list, match.start(), role, offset, lexicon)
            begin = match.end()
        return
    matches = [match for match in _ROLE.finditer(clause) if not _is_noun(clause, match, lexicon)]
    for number, match in enumerate(matches):
        role = next(name for n, (name, _) in enumerate(_ROLES) if match[f"r{n}"] is not None)
        stop = matches[number + 1].start() if number + 1 < len(matches) else len(clause)
        if role == "主持":
            yield from _parse_head(clause, match.end(), stop, post, offset, lexicon)
            continue
        ended = _LIST_END.search(clause, match.end(), stop)
        # 文化和旅游工作 is one item, but 等 before 工作 ends the list.
        yield from _parse_items(
            clause, match.end(), ended.start() if ended else stop, role, offset, lexicon
        )


def _find_given_up(clause: str, offset: int, lexicon: Lexicon) -> Iterator[tuple[str | None, int]]:
    """Yield the portfolios that an official no longer has, and where the text says so."""
    for match in _NO_LONGER.finditer(clause):
        ended = _LIST_END.search(clause, match.end())
        stop = ended.start() if ended else len(clause)
        for duty in _parse_items(clause, match.end(), stop, "分管", offset, lexicon):
            if duty.portfolio:
                yield duty.portfolio, offset + match.start()


def _is_noun(clause: str, verb: re.Match[str], lexicon: Lexicon) -> bool:
    """Check whether a verb is part of a noun: 负责人, but not 负责人社, where an item follows."""
    at = verb.end()
    # 分管工作有教育、民政, but not 分管工作有进展.
    names_a_thing = _NAMES_A_THING.match(clause, at) or verb[0].endswith("工作有")
    return bool(names_a_thing) and not any(
        fold(clause[at:end]) in lexicon.portfolios_by_item
        for end in range(at + 2, min(at + _MAX_ITEM_CHARS, len(clause)) + 1)
    )


def _parse_head(
    clause: str, begin: int, stop: int, post: str | None, offset: int, lexicon: Lexicon
) -> Iterator[Duty]:
    """Parse 主持…全面工作: a bureau's head is in charge of the bureau's field."""
    match = _ENTIRE_WORK.match(clause, begin, stop)
    if match is None:
        return
    for bureau in (match["what"], post or ""):
        name = re.sub("(局|厅)(?:局|厅)?长$|(委员会|办公室|中心|委|办)主任$", r"\1\2", bureau)
        item = next((form for form in _iter_forms(name) if _find_portfolios(form, lexicon)), None)
        if item is not None:
            portfolios = _find_portfolios(item, lexicon)
            at = clause.find(item, begin, stop)
            start = offset + (at if at >= 0 else begin)
            end = start + len(item) if at >= 0 else offset + match.end()
            for portfolio in portfolios:
                yield Duty(item, portfolio, "主持", start, end)
            return


def _find_portfolios(item: str, lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.portfolios_by_item.get(fold(item), ())


def _parse_items(
    clause: str, begin: int, end: int, role: str, offset: int, lexicon: Lexicon
) -> Iterator[Duty]:
    pieces = _split_items(clause, begin, end, lexicon)
    for start, stop in (part for piece in pieces for part in _split_pair(clause, *piece, lexicon)):
        item = clause[start:stop]
        known = next((form for form in _iter_forms(item) if _find_portfolios(form, lexicon)), None)
        if known is None:
            if start > begin and clause[start - 1] in "，,":
                # 我分管文旅，群众满意: a comma that ends the list.
                return
            trimmed = _strip_suffixes(item)
            is_item = 2 <= len(trimmed) <= _MAX_ITEM_CHARS and not _NO_ITEM.search(trimmed)
            if is_item and role != "主持":
                at = start + max(item.find(trimmed), 0)
                yield Duty(trimmed, None, role, offset + at, offset + at + len(trimmed))
            continue
        at = start + item.find(known)
        for portfolio in _find_portfolios(known, lexicon):
            yield Duty(known, portfolio, role, offset + at, offset + at + len(known))


def _strip_suffixes(item: str) -> str:
    """Remove the general words at the end of an item: 教育方面工作等."""
    end = len(item)
    while suffix := next((one for one in _SUFFIXES if item.endswith(one, 0, end)), ""):
        end -= len(suffix)
    return item[:end]


def _split_pair(clause: str, start: int, stop: int, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Split two known items with nothing between them: 财务审计."""
    item = _strip_suffixes(clause[start:stop])
    halves = item[:2], item[2:]
    are_two = len(item) == 4 and all(_find_portfolios(half, lexicon) for half in halves)
    if are_two and not _find_portfolios(item, lexicon):
        return [(start, start + 2), (start + 2, stop)]
    return [(start, stop)]


def _iter_forms(item: str) -> Iterator[str]:
    """Yield the item as written, then without words that often surround a name."""
    begin = 0
    while True:
        form = item[begin:]
        yield form
        trimmed = _strip_suffixes(form)
        yield trimmed
        prefix = _PREFIX.match(form)
        if prefix is None:
            break
        begin += prefix.end()
    yield from (trimmed[:end] for end in range(len(trimmed) - 1, 1, -1))
    # 甲县教育局: the part after a place.
    yield from (trimmed[start:] for start in range(1, len(trimmed) - 2))


def _split_items(clause: str, begin: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the items between separators; a known name like 文化和旅游 is one item."""
    at = begin
    start = begin
    while at < end:
        longest = _match_known_item(clause, at, end, lexicon) if at == start else 0
        if longest:
            at += longest
            continue
        separator = _SEPARATOR.match(clause, at, end)
        if separator:
            if at > start:
                yield start, at
            at = start = separator.end()
        else:
            at += 1
    if start < end:
        yield start, end


def _match_known_item(clause: str, at: int, end: int, lexicon: Lexicon) -> int:
    for length in range(min(_MAX_ITEM_CHARS, end - at), 2, -1):
        if fold(clause[at : at + length]) in lexicon.portfolios_by_item:
            return length
    return 0
