"""Works that are built, repaired, planned or signed, and their state.

A verb of the word lists tells the state (states.py), the noun phrases beside it what is meant
(works.py): 建成A和B, A、B投用, 对A、B进行改造.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from reportsearch.analysis.facts.clauses import clauses, sentence_start
from reportsearch.analysis.facts.false_quantities import either
from reportsearch.analysis.facts.project_mentions import (
    COUNTED,
    Work,
    has_no_other_verb,
    is_followed_by_count,
    is_heading_before,
    of_those,
)
from reportsearch.analysis.facts.project_names import PROJECTS, Span, Works, is_counted
from reportsearch.analysis.facts.project_states import (
    BEGUN,
    BUILT,
    COMPLETES,
    NEGATIONS,
    PLANNED,
    SIGNED,
    SINGLE_WORKS,
    STOPPED,
    STRUCTURE,
    UNDER_WAY,
    StateVerb,
    StateVerbs,
    state_of,
)
from reportsearch.analysis.facts.tagged_words import (
    ADVERB,
    DOING,
    LINK,
    LIST,
    NOUN,
    NUMBER,
    OF,
    PLACE,
    TIME,
    VERB,
    Row,
)
from reportsearch.lexicon.facts import FactWords

_CARRIES_OUT = ("进行", "实施", "开展", "予以", "实行", "启动")
_LONGEST_VERB = 10
# What is pushed on is then no work: 推进林场体制改革.
_ABSTRACT = (
    "改革", "规划", "战略", "政策", "管理", "制度", "试点", "工作", "服务", "合作", "行动", "机制",
    "条例", "办法",
)  # fmt: skip
# Of verbs of these states those that can stand behind the work: 项目签约, 工地复工.
_OF_WORKS = frozenset({"复工", "落地", "落户", "签约"})
# What an investment is called: 敬老院与卫生院签约 is none.
_INVESTED = ("项目", "工程", "园", "产业园", "基地", "生产线", "综合体", "厂")
_PUT_OFF = re.compile(
    "(?P<verb>列入|纳入|列为|进入)[^,，。;；]{0,8}(?:明年|来年|下一年度?|下年度?)"
    "[^,，。;；]{0,8}(?:计划|规划|盘子|项目库|清单)"
)
# Verbs that are nouns as well: behind their object they tell what is done to it.
_OF_OBJECTS = frozenset({"更新", "更换", "改建", "扩建", "新建", "修缮", "维修", "改造", "建设"})
_COPULAS = frozenset({"为", "为主", "等", "是"})


class Projects:
    """Finds works and their states by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._works = Works(words)
        self._verbs = StateVerbs(words)
        self._nominal = frozenset(words.nominal)
        self._intransitive = frozenset(words.intransitive)
        self._transitive = frozenset(words.transitive)
        self._progress = re.compile(
            rf"(?:了|年度|全年)*(?:{either(words.progress).pattern})的?[^,，]{{0,6}}?"
            r"[\d*一二三四五六七八九十近约超过]"
        )

    def find(self, row: Row, *, is_plan: bool) -> list[Work]:
        """The works of a row, by place; in a paragraph of what is to come all are planned."""
        found: list[Work] = []
        for begin, end in clauses(row):
            found += self._of_clause(row, begin, end, found)
        first: dict[tuple[int, int, str], Work] = {}
        for work in sorted(found, key=lambda one: (one.start, one.end)):
            first.setdefault((work.start, work.end, work.state), work)
        if is_plan:
            return [replace(work, state=PLANNED) for work in first.values()]
        return list(first.values())

    def _of_clause(self, row: Row, begin: int, end: int, before: list[Work]) -> list[Work]:
        for dealt in (self._dealt_with(row, begin, end), self._put_off(row, begin, end)):
            if dealt is not None:
                return dealt
        verbs = list(self._verbs.find(row, begin, end))
        found: list[Work] = []
        passed = begin
        for number, verb in enumerate(verbs):
            if verb.first < passed:
                continue
            following = verbs[number + 1] if number + 1 < len(verbs) else None
            start = verbs[number - 1].last + 1 if number else begin
            works, passed = self._of_verb(row, verb, following, (begin, start, end), before)
            found += works
        return found

    def _of_verb(
        self,
        row: Row,
        verb: StateVerb,
        following: StateVerb | None,
        places: tuple[int, int, int],
        before: list[Work],
    ) -> tuple[list[Work], int]:
        """The works of a verb, and the place up to which the clause is dealt with.

        ``places`` are those of the clause, of what stands behind the verb before, and of the end.
        """
        begin, start, end = places
        partly = self._partly(row, start, verb, end)
        if partly is not None:
            return partly, verb.last + 1
        state = state_of(row, begin, verb)
        word = row.words[verb.first]
        if verb.text == word.text and verb.text[1:] in SINGLE_WORKS:
            return [Work(word.start, word.end, word.text, state, word.text[0])], verb.last + 1
        spans, passed = self._objects(row, verb, following, end)
        if not spans and is_followed_by_count(row, verb):
            told = of_those(row, verb, state, before)
            if told is not None:
                return [told], passed
        spans = spans or self._subjects(row, start, verb, end)
        stopped = state == STOPPED and has_no_other_verb(row, begin, verb)
        if not spans and (stopped or self._says_of_others(row, begin, verb)):
            spans = self._first_of_sentence(row, begin, verb)
        return [self._work(row, span, verb, state) for span in spans], passed

    def _partly(self, row: Row, begin: int, verb: StateVerb, end: int) -> list[Work] | None:
        """A工程完成投资3亿元, A工程主体工程全部完成; None where it is told otherwise."""
        if verb.text not in COMPLETES or verb.first == begin:
            return None
        phrases = list(self._works.phrases(row, begin, verb.first))
        if verb.last + 1 >= end:
            ends = self._works.structures
            spans = [one for one in phrases if row.text[slice(*one)].endswith(ends)]
            verb = replace(verb, state=STRUCTURE)
            return [self._work(row, span, verb, STRUCTURE) for span in spans] or None
        behind = row.text[row.words[verb.last].end : row.words[end - 1].end]
        if not self._progress.match(behind):
            return None
        spans = self._kept(row, phrases, replace(verb, state=UNDER_WAY))
        verb = replace(verb, state=UNDER_WAY)
        return [self._work(row, span, verb, UNDER_WAY) for span in spans] or None

    def _put_off(self, row: Row, begin: int, end: int) -> list[Work] | None:
        """A、B已列入明年建设计划; None where a clause is of another kind."""
        start, stop = row.words[begin].start, row.words[end - 1].end
        match = _PUT_OFF.search(row.text, start, stop)
        if match is None:
            return None
        at = row.at(match.start())
        text = match[0] if len(match[0]) <= _LONGEST_VERB else match["verb"]
        verb = StateVerb(at, at, text, PLANNED)
        spans = self._kept(row, self._works.phrases(row, begin, at), verb)
        spans = spans or self._first_of_sentence(row, begin, verb)
        return [self._work(row, span, verb, PLANNED) for span in spans] or None

    def _dealt_with(self, row: Row, begin: int, end: int) -> list[Work] | None:
        """对A、B进行改造; None where a clause is of another kind."""
        words = row.words
        led = next((at for at in range(begin, end) if words[at].text in {"对", "将", "把"}), None)
        if led is None:
            return None
        at = next((at for at in range(led, end) if words[at].text.startswith(_CARRIES_OUT)), None)
        if at is None:
            return None
        text = row.text[words[at].start : words[end - 1].end]
        deed = next((deed for deed in self._works.deeds if text.endswith(deed)), None)
        if deed is None:
            return None
        begins = next(word for word in _CARRIES_OUT if text.startswith(word))
        verb = StateVerb(at, at, text if len(text) <= _LONGEST_VERB else begins + deed, UNDER_WAY)
        spans = self._works.phrases(row, led + 1, at)
        return [self._work(row, span, verb, UNDER_WAY) for span in self._kept(row, spans, verb)]

    def _kept(self, row: Row, spans: Iterable[Span], verb: StateVerb) -> list[Span]:
        """Those that are works."""
        kept = []
        for phrase in spans:
            span = self._works.whole(row, phrase)
            counted = is_counted(row, span, verb.last)
            if verb.text == "扩" and not counted:
                continue
            counts = counted and verb.state in {SIGNED, BEGUN, UNDER_WAY, BUILT}
            if self._works.is_work(row, span, is_counted=counts):
                kept.append(span)
        return kept

    def _objects(
        self, row: Row, verb: StateVerb, following: StateVerb | None, end: int
    ) -> tuple[list[Span], int]:
        """What stands behind the verb, and the place up to which verbs are part of it."""
        words = row.words
        behind = verb.last + 1
        if behind >= end or words[behind].kind == PLACE:
            # 签约前我只看了展厅
            return [], behind
        stop = following.first if following else end
        if following and (verb.is_completion or self._ends(following, end)):
            # 完成A改造: the deed at the end is no verb of its own.
            stop = end
        spans = list(self._works.phrases(row, behind, stop))
        if verb.state == SIGNED and (listed := self._listed(row, behind, stop)):
            return listed, stop
        text = row.text[words[verb.last].end : words[stop - 1].end]
        if verb.is_completion and (verb.text in COMPLETES or verb.state == STRUCTURE):
            kept = self._completed(row, verb, spans, text)
        elif (
            verb.state == UNDER_WAY
            and text.endswith(_ABSTRACT)
            and not self._works.ends_with_stage(text)
        ):
            kept = []
        else:
            kept = self._kept(row, spans, verb)
            if verb.text in self._intransitive:
                kept = [span for span in kept if row.text[slice(*span)].endswith(PROJECTS)]
        return kept, stop if kept else behind

    def _listed(self, row: Row, begin: int, end: int) -> list[Span]:
        """签约*食品加工、*光伏组件2个项目: what is counted as projects behind the list."""
        words = row.words
        at = next((at for at in range(begin, end) if words[at].kind == NUMBER), end)
        if at == begin or at + 1 >= end or words[at + 1].text not in PROJECTS:
            return []
        if row.quantities[words[at].number].base not in COUNTED:
            return []
        if not any(word.kind == LIST for word in words[begin:at]):
            return []
        return list(self._works.phrases(row, begin, at))

    def _ends(self, verb: StateVerb, end: int) -> bool:
        return verb.text in self._works.deeds and verb.last + 1 >= end

    def _completed(self, row: Row, verb: StateVerb, spans: list[Span], text: str) -> list[Span]:
        """What was completed: 完成A改造, 完成A、B主体工程."""
        ends = (*self._works.deeds, *self._works.structures)
        spans = [span for span in spans if row.text[slice(*span)] not in self._works.deeds]
        shared = self._kept(row, spans, verb) if text.endswith(ends) else []
        return [span for span in spans if span in shared or self._works.is_completed(row, span)]

    def _subjects(self, row: Row, begin: int, verb: StateVerb, end: int) -> list[Span]:
        """A、B投用: nothing that is built stands behind the verb."""
        after = row.words[verb.last + 1] if verb.last + 1 < end else None
        led = row.words[verb.first - 1] if verb.first > begin else None
        if led is None or led.kind in {LINK, LIST, OF} or verb.text in COMPLETES:
            return []
        if after is not None and (after.kind in {NOUN, OF} or after.text in _COPULAS):
            return []
        of_works = verb.text in _OF_WORKS or verb.text.endswith("施工")
        if verb.state in {UNDER_WAY, PLANNED, SIGNED} and not of_works:
            return []
        if verb.state == BUILT and verb.text in self._transitive:
            return []
        phrases = self._works.phrases(row, begin, verb.first)
        subjects = [one for one in phrases if not self._is_governed(row, begin, one, verb)]
        found = self._kept(row, subjects, verb)
        if verb.state == SIGNED:
            return [span for span in found if row.text[slice(*span)].endswith(_INVESTED)]
        return found

    def _is_governed(self, row: Row, begin: int, span: Span, verb: StateVerb) -> bool:
        """影响设备更新, 推动设备更新: the verb behind belongs to the object of another verb."""
        if verb.text not in _OF_OBJECTS or row.at(span[1]) != verb.first:
            return False
        first = row.at(span[0])
        before = row.words[first - 1] if first > begin else None
        if before is not None and before.kind in {VERB, DOING}:
            return True
        word = row.words[first]
        return word.tag == "vn" and word.text not in self._nominal

    def _says_of_others(self, row: Row, begin: int, verb: StateVerb) -> bool:
        """Whether a clause has nothing of its own: 至今未能开工, 11月试机."""
        mark = row.words[begin - 1] if begin > 0 else None
        if mark is None or verb.text not in self._intransitive:
            return False
        if is_followed_by_count(row, verb):
            return False
        if mark.text not in ",，" and not is_heading_before(row, mark):
            return False
        led = row.words[begin : verb.first]
        return all(word.kind in {TIME, ADVERB} or word.text in NEGATIONS for word in led)

    def _first_of_sentence(self, row: Row, begin: int, verb: StateVerb) -> list[Span]:
        """The first work of the sentence, or of the heading before it."""
        if begin == 0:
            return []
        heads = is_heading_before(row, row.words[begin - 1])
        first = 0 if heads else sentence_start(row, begin)
        for start, end in clauses(row, first, begin):
            found = self._kept(row, self._works.phrases(row, start, end), verb)
            if found:
                return found[:1]
        return []

    def _work(self, row: Row, span: Span, verb: StateVerb, state: str) -> Work:
        start, end = span
        name, text = row.text[start:end], verb.text
        for structure in self._works.structures:
            if verb.is_completion and len(name) > len(structure) + 1 and name.endswith(structure):
                name = name.removesuffix(structure)
                break
        if name.endswith("建设") and len(name) > len("建设") + 1:
            name = name.removesuffix("建设")
        return Work(start, start + len(name), name, state, text)
