"""Verbs that express the state of a work: 启动, 推进, 建成."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord
from reportsearch.analysis.terms.patterns import sort_longest_first
from reportsearch.lexicon.facts import FactWords

PLANNED, SIGNED, BEGUN, UNDER_WAY = "谋划", "签约", "启动", "推进"
STRUCTURE, BUILT, STOPPED = "主体", "建成", "停滞"
COMPLETION_VERBS = frozenset({"完成", "基本完成", "全面完成"})
NEGATIONS = frozenset({
    "未", "未能", "没有", "没能", "尚未", "不能", "能", "已", "已经", "至今", "仍",
})  # fmt: skip
_MAX_WORDS = 4
_PREDICATE_STARTS = kinds.VERBS | {kinds.ADVERB, kinds.TIME}
_BOUNDARIES = frozenset({kinds.NUMBER, kinds.TIME, kinds.TITLE, kinds.END, kinds.LIST})
_INTENTION = re.compile(
    r"明年|来年|力争|争取|计划|拟(?!定|订)|准备|谋划(?!多年|已久)|即将|有望|将(?:于|在|建|新)|力求|尽快|筹划|酝酿"
    r"|确保|(?<![主需重首])要(?![求素点件])"
)
_SOON = re.compile("(?:将|要|即将|将要|可)(?:全面|基本|正式|陆续|相继|全线|如期|按期|坚决|年内)?$")
_GOES_ON = re.compile("推进|加快|加速|提速|继续|续建|复工")
_NEARLY = re.compile("即将(?:全面|基本|全部)?$")
_HURRIED = re.compile("抓紧|加快|加紧|着力|集中力量")
_NEGATION = re.compile(r"(?:未能|没有|没能|尚未|还未|仍未|未|不能)(?:如期|按期|按时|全面|正式)?$")
# Before these words the verb is part of a noun: 改造资金, 建设标准.
_OF_DEEDS = frozenset({
    "资金", "任务", "用地", "标准", "规划", "方案", "面积", "投资", "成本", "进度", "质量", "单位",
    "指标", "领域", "水平", "内容", "力度", "期", "现场", "市场", "管理", "局", "部门", "能力",
    "成果", "成效", "经验", "条件", "要求", "集团", "公司",
})  # fmt: skip
_OF_WORKS = frozenset({"工程", "项目", "主体工程", "工作", "行动", "主体", "一期", "二期", "三期"})


@dataclass(frozen=True, slots=True)
class StateVerb:
    """A state verb, with the positions of its first and last word."""

    first: int
    last: int
    text: str
    state: str

    @property
    def is_completion(self) -> bool:
        """Return whether the action comes after the object: 完成A改造, 完成A主体工程."""
        return self.text.startswith(tuple(COMPLETION_VERBS)) and self.state in {BUILT, STRUCTURE}


class StateVerbFinder:
    """A finder of state verbs, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._states = {verb: state for state, verbs in words.states for verb in verbs}
        self._begins = frozenset(verb[0] for verb in self._states)
        self._deeds = frozenset(words.deeds)
        self._loose = frozenset(words.loose_works)
        self._structures = tuple(sort_longest_first(words.structures))

    def find(self, paragraph: TaggedParagraph, begin: int, end: int) -> Iterator[StateVerb]:
        """Yield the longest verb at each position of a clause, except inside noun phrases."""
        place = begin
        while place < end:
            found = self.find_at(paragraph, place, end)
            if found is None or self._is_in_phrase(paragraph, found, begin, end):
                place += 1
                continue
            yield self._add_structure(paragraph, found, end)
            place = found.last + 1

    def find_at(self, paragraph: TaggedParagraph, place: int, end: int) -> StateVerb | None:
        """Return the longest verb that starts at a position."""
        word = paragraph.words[place]
        if word.text[0] not in self._begins:
            return None
        text = ""
        found = None
        for last in range(place, min(place + _MAX_WORDS, end)):
            if paragraph.words[last].kind in _BOUNDARIES:
                break
            text += paragraph.words[last].text
            if text in self._states:
                found = StateVerb(place, last, text, self._states[text])
        return found

    def _is_in_phrase(
        self, paragraph: TaggedParagraph, verb: StateVerb, begin: int, end: int
    ) -> bool:
        """Check whether a verb is part of a name, like 改造 in 污水管网改造工程."""
        after = paragraph.words[verb.last + 1] if verb.last + 1 < end else None
        before = paragraph.words[verb.first - 1] if verb.first > begin else None
        if after is None:
            return False
        if paragraph.text.startswith(("多年", "已久"), after.start):
            # 谋划多年的水库
            return True
        if after.text == "的":
            # 实施的19个项目 states an action; in 建成的项目 the verb only specifies the noun.
            if verb.state == STOPPED:
                return True
            further = paragraph.words[verb.last + 2] if verb.last + 2 < end else None
            return further is None or further.kind != kinds.NUMBER
        if after.text in {"区", "区内", "区建设"} and verb.text in {"建成", "启动"}:
            # 建成区, 启动区
            return True
        if after.text in _OF_DEEDS and not (verb.text in COMPLETION_VERBS and after.text == "投资"):
            return True
        if before is None or before.kind not in {kinds.NOUN, kinds.PLACE, kinds.DOING, kinds.VERB}:
            return False
        if self._leads_to_subject(paragraph, verb, before, end):
            return True
        rest = paragraph.words[verb.last + 1 : end]
        mark = next((word for word in rest if word.tag != "vn"), after)
        joins = mark.kind in {kinds.LINK, kinds.LIST} or after.text in "(（"
        if verb.text in self._deeds and before.kind == kinds.NOUN and after.text in self._loose:
            # 飞机维修基地
            return True
        acts = before.kind == kinds.DOING and before.text not in self._states
        if joins and verb.text in self._deeds and (before.kind == kinds.NOUN or acts):
            return True
        if before.kind in kinds.VERBS and before.text not in self._states:
            return False
        return after.text in _OF_WORKS

    def _leads_to_subject(
        self, paragraph: TaggedParagraph, verb: StateVerb, before: TaggedWord, end: int
    ) -> bool:
        """Check whether a verb is in the subject of a later one: 河治理二期项目主体工程全部完成."""
        if verb.text not in self._deeds or before.kind != kinds.NOUN:
            return False
        stop = verb.last + 1
        while stop < end and self._continues_subject(paragraph.words[stop]):
            stop += 1
        ends = any(word.text in _OF_WORKS for word in paragraph.words[verb.last + 1 : stop])
        return ends and stop < end and paragraph.words[stop].kind in _PREDICATE_STARTS

    def _continues_subject(self, word: TaggedWord) -> bool:
        return word.kind == kinds.NOUN or word.text == "与" or word.text in self._deeds

    def _add_structure(self, paragraph: TaggedParagraph, verb: StateVerb, end: int) -> StateVerb:
        """Add a shared structure at the end to the verb: 完成A、B主体工程."""
        if verb.text not in COMPLETION_VERBS:
            return verb
        text = paragraph.text[paragraph.words[verb.first].start : paragraph.words[end - 1].end]
        structure = next((one for one in self._structures if text.endswith(one)), "")
        if not structure:
            return verb
        return replace(verb, text=verb.text + structure, state=STRUCTURE)


def _is_done(paragraph: TaggedParagraph, verb: StateVerb) -> bool:
    """Check for 了 after a verb: 谋划实施了A工程."""
    return paragraph.text.startswith("了", paragraph.words[verb.last].end)


def find_planned_state(state: str, verb: str) -> str:
    """Return the state of a work among plans: what is 续建 or 推进 is under way, others to come."""
    return state if state == UNDER_WAY and _GOES_ON.search(verb) else PLANNED


def find_state(paragraph: TaggedParagraph, begin: int, verb: StateVerb) -> str:
    """Return the state of a verb, given the words before it in its clause: 未能开工, 力争建成."""
    text = paragraph.text[paragraph.words[begin].start : paragraph.words[verb.first].start]
    if _NEGATION.search(text) and verb.state in {BEGUN, BUILT, UNDER_WAY}:
        return STOPPED
    if verb.state in {BUILT, STRUCTURE} and _NEARLY.search(text):
        # 即将完工
        return UNDER_WAY
    if (
        verb.state != STOPPED
        and not _is_done(paragraph, verb)
        and (_INTENTION.search(text) or _SOON.search(text))
    ):
        return PLANNED
    if verb.state in {BUILT, STRUCTURE} and _HURRIED.search(text):
        # 加快建成
        return UNDER_WAY
    return verb.state
