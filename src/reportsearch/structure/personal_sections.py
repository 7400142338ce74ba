"""Text about the official rather than the work."""

from __future__ import annotations

import re

from reportsearch.models.report import Section

# Headings of sections about the official.
_HEADING = re.compile(
    "不足|差距|(?<!补)(?<!补.)(?<!补..)(?<!补...)(?<!补....)短板|短处|毛病|揭.{0,3}短|问题(?=$|和|与|及|、|，)|反思|批评|检视|廉(?!租)|政治|理论|思想|学习|学以"
    "|党建(?!引领)|党性|作风|自律|纪律|信念|初心|宗旨|担当意识|接受.{0,8}监督|自觉.{0,4}监督"
    "|依法行政|自身建设|管住自己|^[\\W\\d一二三四五六七八九十]*学在"
)
# Words on study, discipline and replies to deputies, in any section.
_WORDS = re.compile(
    "党组|中心组|集体学习|宣讲|党课|党员干部|廉政|廉洁|八项规定|一岗双责|谈心|谈话|个人有关事项"
    "|代表[^，。]{0,8}建议|政协[^，。]{0,3}提案|打招呼|亲友|亲属|家属|家风|礼品|主题教育|党史学习|调研报告|党纪"
    "|专题党课|两个确立|四个意识|两个维护|招待费|接待为零|人大[^，。]{0,4}监督|人大常委会|人大代表"
)


def is_personal_section(sections: tuple[Section, ...], number: int | None) -> bool:
    """Check whether a section, or one that contains it, is about the official, not the work."""
    while number is not None:
        if _HEADING.search(sections[number].heading):
            return True
        number = sections[number].parent
    return False


def personal_words(text: str) -> int:
    """Count the different words on study, discipline and replies to deputies in a text."""
    return len(set(_WORDS.findall(text)))
