"""Text about the official rather than the work, and sections on weaknesses and plans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportsearch.models.report import Section

_PERSONAL_HEADING = re.compile(
    "廉(?!租)|政治|理论|思想|学习|学以|党建(?!引领)|党性|作风|自律|纪律|信念|初心|宗旨|担当意识"
    "|接受.{0,8}监督|自觉.{0,4}监督|自身建设|管住自己|^[\\W\\d一二三四五六七八九十]*学在"
)
_WEAKNESS_HEADING = re.compile(
    "不足|差距|(?<!补)(?<!补.)(?<!补..)(?<!补...)(?<!补....)短板|短处|毛病|揭.{0,3}短"
    "|问题(?=$|和|与|及|、|，)|反思|批评|检视"
)
_PLAN_HEADING = re.compile("打算$|思路$|下一?步|今后|来年|明年|计划安排")
# Words on study, discipline and replies to deputies, in any section.
_WORDS = re.compile(
    "党组|中心组|集体学习|宣讲|党课|党员干部|廉政|廉洁|八项规定|一岗双责|谈心|谈话|个人有关事项"
    "|代表[^，。]{0,8}建议|政协[^，。]{0,3}提案|打招呼|亲友|亲属|家属|家风|礼品|主题教育|党史学习|调研报告|党纪"
    "|专题党课|两个确立|四个意识|两个维护|招待费|接待为零|人大[^，。]{0,4}监督|人大常委会|人大代表"
)

# 我2021年8月任某县某局局长，主持全面工作。现将履职情况报告如下。
_INTRODUCTION = re.compile(
    "(?:现将|现就|下面)[^。]{0,40}(?:报告|汇报|述职)|(?:我|本人)[^。]{0,40}(?:任|当选|从部队转业|参加工作|入党|生于)"
    "|主持[^，。]{0,8}全面工作|(?:我|本人)(?:主要)?(?:分管|负责|协助)|^(?:尊敬的)?(?:各位|主任)[^，。]{0,10}[:：]"
)


def is_introduction(text: str) -> bool:
    """Check whether a passage introduces the official or the report."""
    return bool(_INTRODUCTION.search(text))


def find_personal_sections(sections: Sequence[Section]) -> list[bool]:
    """Return for each section whether its heading is about the official, not the work."""
    return [bool(_PERSONAL_HEADING.search(section.heading)) for section in sections]


def find_weakness_sections(sections: Sequence[Section]) -> list[bool]:
    """Return for each section whether its heading is about weaknesses."""
    return [bool(_WEAKNESS_HEADING.search(section.heading)) for section in sections]


def find_plan_sections(sections: Sequence[Section]) -> list[bool]:
    """Return for each section whether its heading is about plans."""
    return [bool(_PLAN_HEADING.search(section.heading)) for section in sections]


def personal_words(text: str) -> int:
    """Count the different words on study, discipline and replies to deputies in a text."""
    return len(set(_WORDS.findall(text)))
