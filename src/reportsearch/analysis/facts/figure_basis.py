"""What a figure refers to: the amount it is per, what 倍 multiplies, and what it is compared with.

每10万人182.6例 is per 10万人, 是2020年的1.8倍 multiplies that of 2020年. 较上年末的9323亿元增长6%
and 在上年9323亿元的基础上增长6% state the base of a change, and 由118.6下降到113.4 where it
started: neither is a result or a plan.
"""

from __future__ import annotations

import re

from reportsearch.analysis.facts.quantity import Quantity, find_clause_start
from reportsearch.models.facts import BASE, BEFORE

_PER_UNIT = re.compile("(?:每[\u4e00-\u9fff]{1,2}?){1,3}(?:平均)?$")
"""每人每月 before a number."""
_TIMES = frozenset({"倍"})
_MULTIPLIED = re.compile(
    "(?:相当于|不低于|不少于|超过|达到|等于|约为|分别[是为]|[是为达])(?P<base>[^,，。;；是为达]{2,24})的$"
)
_THAN = re.compile(
    "(?:比|较|相较于?|对比)(?:于)?[^,，。;；:：、多少高低增减升降]{1,16}(?:的|末|底|年|同期|水平|时)$"
)
_CHANGE_FOLLOWS = re.compile(
    r"[,，]?(?:相比[,，]?)?[^\d,，。;；:：、]{0,6}?"
    "(?:增长|增加|增|提高|提升|上升|上涨|扩大|翻|多|高|下降|降低|减少|减|回落|缩小|压减|少|低)"
)
_ON_BASE = re.compile(
    r"[^\d,，。;；:：、]{0,8}基础上[,，]?(?:再|又|继续|分别|同比|进一步|持续|力争|实现|[^\d,，。;；:：、]{0,4}?)"
    "(?:增长|增加|增|提高|提升|上升|上涨|扩大|翻|下降|降低|减少|压减|回落)"
)
_AT = re.compile("在[^,，。;；:：、]{0,30}$")
_FROM = re.compile("(?:从|由|自)[^,，。;；]{0,24}$")
_TO_FOLLOWS = re.compile(
    r"[^\d,，。;；、]{0,4}?(?:增长|增加|增|提高|提升|上升|上涨|扩大|拓展|扩|升|下降|降低|减少|减|降|"
    r"回落|缩小|缩短|压缩|压减|收窄|发展|整合|调整|变|改|跃升|攀升|上调|下调|精简)[^\d,，。;；、]{0,3}?[到至为成]"
)


def find_per(text: str, quantity: Quantity) -> str:
    """Return the amount that a figure is per, as written: 每10万人, 每人每月."""
    if quantity.per is not None:
        return text[slice(*quantity.per)]
    begin = find_clause_start(text, quantity.start)
    found = _PER_UNIT.search(text, max(begin, quantity.start - 12), quantity.start)
    return found[0].removesuffix("平均") if found else ""


def find_multiplied(text: str, quantity: Quantity) -> str:
    """Return what 倍 multiplies: 2020年 in 是2020年的1.8倍."""
    if quantity.base not in _TIMES:
        return ""
    found = _MULTIPLIED.search(text, find_clause_start(text, quantity.start), quantity.start)
    return found["base"] if found else ""


def find_role(text: str, quantity: Quantity) -> str:
    """Return BASE for what a change is compared with, BEFORE for where it started, or nothing."""
    begin = find_clause_start(text, quantity.start)
    if _THAN.search(text, begin, quantity.start) and _CHANGE_FOLLOWS.match(text, quantity.end):
        return BASE
    if _ON_BASE.match(text, quantity.end) and _AT.search(text, begin, quantity.start):
        return BASE
    if _FROM.search(text, begin, quantity.start) and _TO_FOLLOWS.match(text, quantity.end):
        return BEFORE
    return ""
