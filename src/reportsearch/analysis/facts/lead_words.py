"""Words between a name and its number: 由上年的, 同比提高到, 已达."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.tagged_words import TaggedParagraph
from reportsearch.comparable import Span

NO_SPAN = (0, 0)
# Words of a comparison: 比上年预算减少, but not 比上年采购价下降.
_STANDARDS = frozenset(
    {"的", "预算", "同期", "水平", "计划", "目标", "末", "底", "年末", "年底", "前", "上届"}
)
_MAX_WORDS = 5
_MAX_DISTANCE = 12
"""Maximum number of words between a comparison and its change."""
_BOUNDARIES = frozenset({kinds.END, kinds.LIST, kinds.NUMBER, kinds.TITLE})
_SKIPPED = frozenset({kinds.TIME, kinds.PER})
THAN = frozenset({"比", "较", "与", "同"})
"""Words that lead to what a change is compared with."""
# Words of change that are also nouns: 户均增收6400元, 岗位调整2人.
_NOUNS = frozenset({"增速", "增幅", "降幅", "提前", "增收", "调整", "整合", "合并", "恢复", "改善"})
DURATION = re.compile(
    "一年|半年|若干年|[一两二三四五六七八九十]+年|连年|历年|现在|目前|当前|到现在"
)
"""Words for how long or since when; they are not names."""
_IDLE = re.compile("(?:分别|仅|只|已|各|共|约|又|再|可|预计)+")
"""Words before a change that are not part of it."""
_PREDICATES = frozenset({
    "达", "达到", "达至", "已达", "为", "是", "由", "从", "保持在", "稳定在", "控制在", "维持在",
    "超过", "突破", "占",
})  # fmt: skip
_REMARK = re.compile(r"[(（][^()（），。;；\d*]{1,10}[)）]$")


@dataclass(frozen=True, slots=True)
class LeadWords:
    """The words before a number that are not part of a name.

    ``at`` is the position of the word before them. ``change`` is the span of the words of a change,
    or (0, 0). ``is_new_level`` is true if the number is the level after the change. ``texts`` are
    the words, nearest to the number first; a time is an empty string.
    """

    at: int
    change: Span = NO_SPAN
    is_new_level: bool = False
    texts: tuple[str, ...] = ()

    @property
    def follows_subject(self) -> bool:
        """Return whether the words say how much the phrase before them is, or how it changed."""
        return self.change != NO_SPAN or not _PREDICATES.isdisjoint(self.texts)

    @property
    def of_index(self) -> int:
        """Return the position of the first 的 in ``texts``, or -1; that of a time counts not."""
        pairs = pairwise((*self.texts, "的"))
        return next((at for at, (text, before) in enumerate(pairs) if text == "的" and before), -1)


def find_lead_words(paragraph: TaggedParagraph, at: int, grammar: Grammar) -> LeadWords:
    """Return the words that lead to the number at a position."""
    place = at - 1
    change = NO_SPAN
    is_new_level = False
    texts: list[str] = []
    while place >= 0:
        word = paragraph.words[place]
        if word.kind in _SKIPPED or DURATION.fullmatch(word.text):
            place -= 1
            texts.append("")
            continue
        before = _skip_remark(paragraph, place)
        if before is not None:
            place = before
            continue
        taken, is_change, result = _match_lead_words(paragraph, place, grammar)
        if not taken and word.kind == kinds.DOING and _is_apportioned(paragraph, place):
            # 一产、二产分别完成3亿元和5亿元
            taken = 1
        if not taken and word.kind == kinds.ADVERB and any(texts):
            # 水果产量连年稳定在3万吨
            taken = 1
        if not taken or (is_change and (change != NO_SPAN or texts[-1:] == ["的"])):
            break
        first, last = paragraph.words[place - taken + 1], paragraph.words[place]
        if is_change:
            idle = _IDLE.match(paragraph.text, first.start, last.end)
            change = (idle.end() if idle else first.start, last.end)
            is_new_level = result
        texts.append(paragraph.text[first.start : last.end])
        place -= taken
    if change != NO_SPAN:
        place, change = _extend_to_comparison(paragraph, place, change)
        place = _skip_levels(paragraph, place, grammar)
    return LeadWords(place, change, is_new_level, tuple(texts))


def _is_apportioned(paragraph: TaggedParagraph, place: int) -> bool:
    """Check whether 分别 precedes a verb and a noun precedes 分别."""
    words = paragraph.words
    return place > 1 and words[place - 1].text == "分别" and words[place - 2].kind in kinds.CONTENT


def _skip_levels(paragraph: TaggedParagraph, place: int, grammar: Grammar) -> int:
    """Return the position before the words that precede a change: 将, 预计, 扣除价格因素."""
    while place >= 0:
        taken, is_change, _ = _match_lead_words(paragraph, place, grammar)
        if is_change:
            return place
        if not taken and paragraph.words[place].kind not in {kinds.ADVERB, kinds.TIME}:
            return place
        place -= taken or 1
    return place


def _skip_remark(paragraph: TaggedParagraph, place: int) -> int | None:
    """Return the position before a short bracketed remark that ends here: 发热门诊（诊室）17个."""
    word = paragraph.words[place]
    if word.text not in {")", "）"}:
        return None
    remark = _REMARK.search(paragraph.text, max(word.start - 12, 0), word.end)
    return paragraph.find_word(remark.start()) - 1 if remark else None


def _match_lead_words(
    paragraph: TaggedParagraph, place: int, grammar: Grammar
) -> tuple[int, bool, bool]:
    """Return the number of lead words, whether they are a change, and whether to a new level."""
    texts = []
    for word in reversed(paragraph.words[max(place - _MAX_WORDS + 1, 0) : place + 1]):
        if word.kind in {kinds.END, kinds.LIST, kinds.LINK, kinds.NUMBER, kinds.TIME, kinds.TITLE}:
            break
        texts.append(word.text)
    for count in range(len(texts), 0, -1):
        text = "".join(reversed(texts[:count]))
        if count < len(texts) and texts[count] == "未":
            continue
        match = grammar.change_pattern.fullmatch(text)
        if match and text not in _NOUNS:
            return count, True, bool(match["result"])
        if text in grammar.levels:
            return count, False, False
    return 0, False, False


def _extend_to_comparison(paragraph: TaggedParagraph, place: int, change: Span) -> tuple[int, Span]:
    """Extend a change to a comparison: 比上年提高, 比预期目标低了, but not 比上年同类采购价下降."""
    at = place
    while at >= max(place - _MAX_DISTANCE, 0) and paragraph.words[at].kind not in _BOUNDARIES:
        if paragraph.words[at].text in THAN:
            between = paragraph.words[at + 1 : place + 1]
            only_time = all(word.kind == kinds.TIME or word.text in _STANDARDS for word in between)
            # 比去年预算赤字减少
            only_time = only_time or any(word.text.startswith("预算") for word in between[1:2])
            only_time = only_time or between[-1].text in _STANDARDS
            if only_time or paragraph.words[at + 1].kind != kinds.TIME:
                return at - 1, (paragraph.words[at].start, change[1])
            return place, change
        at -= 1
    return place, change
