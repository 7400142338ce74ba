"""Works that are built, repaired, planned or signed, and their state.

A verb of the word lists gives the state (``project_states.py``), and the noun phrases next to it
are the works (``project_names.py``): 建成A和B, A、B投用, 对A、B进行改造.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.chains import match_after_links
from reportsearch.analysis.facts.clauses import find_sentence_start_word, iter_clauses
from reportsearch.analysis.facts.project_mentions import (
    COUNT_UNITS,
    ProjectMention,
    has_no_other_verb,
    is_heading_before,
)
from reportsearch.analysis.facts.project_names import (
    PROJECT_NOUNS,
    ProjectNames,
    are_many,
    find_count,
    is_amount,
    is_area,
)
from reportsearch.analysis.facts.project_states import (
    BUILT,
    COMPLETION_VERBS,
    NEGATIONS,
    PLANNED,
    SIGNED,
    STOPPED,
    STRUCTURE,
    UNDER_WAY,
    StateVerb,
    StateVerbFinder,
    find_planned_state,
    find_state,
)
from reportsearch.analysis.facts.project_subjects import find_subject
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.analysis.facts.tagged_words import TaggedParagraph
from reportsearch.analysis.terms.patterns import build_alternatives, sort_longest_first
from reportsearch.comparable import Span
from reportsearch.lexicon.facts import FactWords

_CARRIES_OUT = ("进行", "实施", "开展", "予以", "实行", "启动")
_MAX_VERB_CHARS = 10
_MIN_CHARS = 4
# With these endings the object of 推进 is not a work: 推进林场体制改革.
_ABSTRACT = (
    "改革", "规划", "战略", "政策", "管理", "制度", "试点", "工作", "服务", "合作", "行动", "机制",
    "条例", "办法",
)  # fmt: skip
# Verbs that can follow the work in states that otherwise do not allow it: 项目签约, 工地复工.
_OF_WORKS = frozenset({"复工", "落地", "落户", "签约"})
# Endings of names of investments; 敬老院与卫生院签约 is not one.
_INVESTED = ("项目", "工程", "园", "产业园", "基地", "生产线", "综合体", "厂")
_POSTPONED = re.compile(
    "(?P<verb>列入|纳入|列为|进入)[^,，。;；]{0,8}(?:明年|来年|下一年度?|下年度?)"
    "[^,，。;；]{0,8}(?:计划|规划|盘子|项目库|清单)"
)
_TURNS = re.compile("把[^,，。;；]{1,24}$")
_MADE_INTO = re.compile("将(?!于|在|全面|基本|陆续|相继|如期|按期|正式|年内)[^,，。;；]{2,24}$")
# Verbs that are also nouns; after their object they state what is done to it.
_OF_OBJECTS = frozenset(
    {"更新", "更换", "改建", "新改建", "新改扩建", "扩建", "新建", "修缮", "维修", "改造", "建设"}
)
_OF_OPERATION = frozenset({
    "免费开放", "对外开放", "开放", "开学", "运营", "运行", "入住", "开业", "开通",
})  # fmt: skip
_BEHIND = frozenset({kinds.NOUN, kinds.OF, kinds.PLACE})
_PREDICATE_STARTS = kinds.VERBS | {kinds.ADVERB, kinds.TIME, kinds.PREPOSITION}
_RESULTS = frozenset("起成好出完上下到进")
"""Follow a verb whose result they tell: 建造|起."""
_IN_TIME = re.compile("(?:完成|完工)?(?:以后|之后|后(?!期|勤|续))")
"""Follows a verb that only says when something else happens: 改建完成后."""
_NOT_BEGUN = re.compile(
    "(?:前期|前期工作|招投标|招投标工作|招标|初步设计|立项|审批|核准|论证|选址|规划|可研|开工|开工建设|落地)$"
)
"""Ends a clause on works that are yet to begin: 推进A、B前期工作."""
_SHARED_DEED = re.compile("(?:修复|改造|整治|加固|提升|治理|修缮)(?:工程|项目)?")
_ROADS = ("路", "街", "大道", "线", "环")
_NEXT_ROAD = re.compile("[、和与及](?!新建|改造|铺设|修建|建设|建成|完善|实施)[^、,，。;；]{1,20}")
_MAX_ROADS_CHARS = 200
_ALONG_ROADS = re.compile(
    "(?:等[^、,，。;；]{0,8}?)?(?:[沿两]|廊道|照明|绿化|美化|亮化|管网|景观|路域|环境|雨污分流)"
)
"""Follows roads along which something else is made: A路、B路等6条道路绿化工程."""
_INVESTMENTS = re.compile("项目|工程")
_NO_PREDICATES = frozenset({"为", "为主", "等", "是", "或"})
"""After a verb, mean that it tells no state of its subject: 开工或投用."""


def _iter_road_ends(text: str, place: int) -> Iterator[int]:
    """Yield where the next road of a list may end."""
    road = _NEXT_ROAD.match(text, place)
    yield from range(place + 2, road.end() + 1) if road else ()


class ProjectFinder:
    """A finder of works and their states, based on the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._project_names = ProjectNames(words)
        self._verbs = StateVerbFinder(words)
        self._nominal = frozenset(words.nominal)
        self._intransitive = frozenset(words.intransitive)
        self._transitive = frozenset(words.transitive)
        self._predicates = frozenset((*words.intransitive, *words.predicates))
        self._definite = frozenset(words.definite)
        self._leads = frozenset((*words.causes, *words.adverbs))
        self._renewals = tuple(sort_longest_first(words.renewals))
        renewals = f"({build_alternatives(words.renewals)})(?:工程|项目|任务|工作)?$"
        self._deed_between = re.compile(f"(?:{build_alternatives(words.deeds)})[、和与及]")
        self._shared_by_all = re.compile(renewals)
        self._shared = re.compile(
            rf"(?:的|等[^、]{{0,14}}?|[、和][^、和]+[\d两三四五六七八九十]条[^、]{{0,6}}?){renewals}"
        )
        self._progress = re.compile(
            rf"(?:了|年度|全年)*(?:{build_alternatives(words.progress)})的?[^,，]{{0,6}}?"
            r"[\d*一二三四五六七八九十近约超过]"
        )

    def find(self, paragraph: TaggedParagraph, *, is_plan: bool) -> list[ProjectMention]:
        """Return the works of a paragraph in text order; with ``is_plan`` none is built."""
        found: list[ProjectMention] = []
        for begin, end in iter_clauses(paragraph):
            found += self._find_in_clause(paragraph, begin, end)
        if is_plan:
            found = [
                replace(work, state=find_planned_state(work.state, work.verb)) for work in found
            ]
        # What is said last of a work is its state: A学校5月开工，年底主体封顶.
        last = {(work.start, work.end): work for work in found}
        return sorted(last.values(), key=lambda one: (one.start, one.end))

    def _find_in_clause(
        self, paragraph: TaggedParagraph, begin: int, end: int
    ) -> list[ProjectMention]:
        for dealt in (
            self._find_told(paragraph, begin, end),
            self._find_treated(paragraph, begin, end),
            self._find_postponed(paragraph, begin, end),
        ):
            if dealt is not None:
                return dealt
        verbs = list(self._verbs.find(paragraph, begin, end))
        found: list[ProjectMention] = []
        passed = begin
        for number, verb in enumerate(verbs):
            if verb.first < passed:
                continue
            following = verbs[number + 1] if number + 1 < len(verbs) else None
            start = verbs[number - 1].last + 1 if number else begin
            works, passed = self._find_by_verb(paragraph, verb, following, (begin, start, end))
            found += works
        return found

    def _find_by_verb(
        self,
        paragraph: TaggedParagraph,
        verb: StateVerb,
        following: StateVerb | None,
        places: tuple[int, int, int],
    ) -> tuple[list[ProjectMention], int]:
        """Return the works of a verb, and the position up to which the clause is processed.

        ``places`` are the start of the clause, the position after the previous verb, and the end.
        """
        begin, start, end = places
        partly = self._find_partly_completed(paragraph, start, verb, end)
        if partly is not None:
            return partly, verb.last + 1
        word = paragraph.words[verb.first]
        led = paragraph.words[begin].start, word.start
        if _TURNS.search(paragraph.text, *led) or (
            verb.text == "建成" and _MADE_INTO.search(paragraph.text, *led)
        ):
            # 把沿海建成基地
            return [], verb.last + 1
        if following and verb.text in self._renewals:
            between = paragraph.words[verb.last + 1 : following.first]
            if all(word.kind in {kinds.ADVERB, kinds.TIME} for word in between):
                # In A路改造提升加快建设 nothing is built yet.
                verb = replace(verb, state=following.state)
        state = find_state(paragraph, begin, verb)
        if _IN_TIME.match(paragraph.text, paragraph.words[verb.last].end):
            # A电站改建完成后
            return [], verb.last + 1
        spans, passed = self._find_objects(paragraph, verb, following, end)
        behind = paragraph.text[paragraph.words[verb.last].end : paragraph.words[end - 1].end]
        spans = spans or self._find_subjects(paragraph, start, verb, end)
        spans = [one for one in spans if not self._is_along(paragraph, one)]
        stopped = state == STOPPED and has_no_other_verb(paragraph, begin, verb)
        if not spans and (stopped or self._refers_back(paragraph, begin, verb)):
            spans = self._find_first_in_sentence(paragraph, begin, verb)
        if state in {UNDER_WAY, BUILT} and _NOT_BEGUN.search(behind):
            state = PLANNED
        return [
            self._build_mention(
                paragraph, span, verb, state, self._find_shared_deed(paragraph, span, verb, end)
            )
            for span in spans
        ], passed

    def _find_shared_deed(
        self, paragraph: TaggedParagraph, span: Span, verb: StateVerb, end: int
    ) -> str:
        """Return what is done to several works, which follows their names: 完成A、B的维修改造."""
        rest = paragraph.text[span[1] : paragraph.words[end - 1].end]
        shares = verb.is_completion or verb.text.endswith("实施")
        pattern = self._shared_by_all if shares else self._shared
        found = pattern.search(rest)
        # In A、B建设和C改造 the last deed is that of C alone.
        return found[1] if found and not self._deed_between.search(rest) else ""

    def _is_along(self, paragraph: TaggedParagraph, span: Span) -> bool:
        """Check whether a name is that of a road along which something else is made."""
        is_road = paragraph.text[slice(*span)].endswith(_ROADS)
        text, end = paragraph.text, span[1]
        return is_road and bool(
            match_after_links(text, end, end + _MAX_ROADS_CHARS, _iter_road_ends, _ALONG_ROADS)
        )

    def _find_told(
        self, paragraph: TaggedParagraph, begin: int, end: int
    ) -> list[ProjectMention] | None:
        """Handle A水库二期进场施工, A医院因征地停工; return None for other clauses."""
        subject = find_subject(
            paragraph, begin, end, self._project_names, self._verbs, self._predicates
        )
        if subject is None:
            return None
        verb, state = subject.verb, find_state(paragraph, begin, subject.verb)
        spans = self._filter_projects(
            paragraph, subject.spans, verb, is_definite=True, is_subject=True
        )
        category = paragraph.text[subject.spans[-1][1] : paragraph.words[verb.first].start]
        if subject.is_listed and not spans and _INVESTMENTS.search(category):
            # *半导体、*动力电池等项目投产; but what is 昌金 of 昌金、景婺黄等高速公路?
            spans = [
                one
                for one in subject.spans
                if one[1] - one[0] >= _MIN_CHARS
                and (self._project_names.is_named(paragraph, one) or _tells_cost(paragraph, one))
            ]
        if _SHARED_DEED.search(category):
            # A街、B街等一批古迹修复工程竣工 tells of their 修复.
            ends = self._project_names.deeds
            spans = [one for one in spans if paragraph.text[slice(*one)].endswith(ends)]
        if state == SIGNED:
            spans = [one for one in spans if paragraph.text[slice(*one)].endswith(_INVESTED)]
        spans = [
            one
            for one in spans
            if not self._tells_more(paragraph, one, verb) and not self._is_along(paragraph, one)
        ]
        return [self._build_mention(paragraph, span, verb, state) for span in spans] or None

    def _find_partly_completed(
        self, paragraph: TaggedParagraph, begin: int, verb: StateVerb, end: int
    ) -> list[ProjectMention] | None:
        """Handle A工程完成投资3亿元, A工程主体工程全部完成; return None for other clauses."""
        if verb.text not in COMPLETION_VERBS or verb.first == begin:
            return None
        phrases = list(self._project_names.iter_noun_phrases(paragraph, begin, verb.first))
        if verb.last + 1 >= end:
            ends = self._project_names.structures
            spans = [one for one in phrases if paragraph.text[slice(*one)].endswith(ends)]
            verb = replace(verb, state=STRUCTURE)
            return [self._build_mention(paragraph, span, verb, STRUCTURE) for span in spans] or None
        behind = paragraph.text[paragraph.words[verb.last].end : paragraph.words[end - 1].end]
        if not self._progress.match(behind):
            return None
        spans = self._filter_projects(paragraph, phrases, verb, is_definite=True)
        verb = replace(verb, state=UNDER_WAY)
        return [self._build_mention(paragraph, span, verb, UNDER_WAY) for span in spans] or None

    def _find_postponed(
        self, paragraph: TaggedParagraph, begin: int, end: int
    ) -> list[ProjectMention] | None:
        """Handle A、B已列入明年建设计划; return None for other clauses."""
        start, stop = paragraph.words[begin].start, paragraph.words[end - 1].end
        match = _POSTPONED.search(paragraph.text, start, stop)
        if match is None:
            return None
        at = paragraph.find_word(match.start())
        text = match[0] if len(match[0]) <= _MAX_VERB_CHARS else match["verb"]
        verb = StateVerb(at, at, text, PLANNED)
        spans = self._filter_projects(
            paragraph,
            self._project_names.iter_noun_phrases(paragraph, begin, at),
            verb,
            is_definite=True,
        )
        spans = spans or self._find_first_in_sentence(paragraph, begin, verb)
        return [self._build_mention(paragraph, span, verb, PLANNED) for span in spans] or None

    def _find_treated(
        self, paragraph: TaggedParagraph, begin: int, end: int
    ) -> list[ProjectMention] | None:
        """Handle 对A、B进行改造; return None for other clauses."""
        words = paragraph.words
        led = next((at for at in range(begin, end) if words[at].text in {"对", "将", "把"}), None)
        if led is None:
            return None
        at = next((at for at in range(led, end) if words[at].text.startswith(_CARRIES_OUT)), None)
        if at is None:
            return None
        text = paragraph.text[words[at].start : words[end - 1].end]
        deed = next((deed for deed in self._project_names.deeds if text.endswith(deed)), None)
        if deed is None:
            return None
        begins = next(word for word in _CARRIES_OUT if text.startswith(word))
        state = BUILT if text.startswith(f"{begins}了") else UNDER_WAY
        verb = StateVerb(at, at, text if len(text) <= _MAX_VERB_CHARS else begins + deed, state)
        spans = self._project_names.iter_noun_phrases(paragraph, led + 1, at)
        return [
            self._build_mention(paragraph, span, verb, state)
            for span in self._filter_projects(paragraph, spans, verb, is_definite=True)
            if self._project_names.is_named(paragraph, span) or span[1] - span[0] > _MIN_CHARS
        ]

    def _filter_projects(
        self,
        paragraph: TaggedParagraph,
        spans: Iterable[Span],
        verb: StateVerb,
        *,
        is_definite: bool = False,
        is_subject: bool = False,
    ) -> list[Span]:
        """Return the spans that name works."""
        kept = []
        for phrase in spans:
            span = self._project_names.strip_stage(paragraph, phrase)
            if verb.text in _OF_OPERATION and not self._project_names.is_named(paragraph, span):
                # 推进图书馆免费开放
                continue
            count = find_count(paragraph, span, verb.last)
            if "实施" in verb.text and not self._project_names.says_what_is_built(
                paragraph.text[slice(*span)]
            ):
                # 实施校长工程
                continue
            if count is not None and (
                are_many(count) if is_subject else self._tells_amount(paragraph, span, count, verb)
            ):
                continue
            if self._project_names.is_project(
                paragraph,
                span,
                is_counted=count is not None,
                is_definite=is_definite or verb.text in self._definite,
                is_subject=is_subject,
            ):
                kept.append(span)
        return kept

    def _tells_amount(
        self, paragraph: TaggedParagraph, span: Span, count: Quantity, verb: StateVerb
    ) -> bool:
        """Check whether a number of works of a kind is told, and no work: 改造管网23.8公里."""
        if are_many(count):
            return True
        if self._project_names.has_place(paragraph, span):
            # 完成西山绿化修复1080亩
            return is_area(count) and paragraph.text[slice(*span)].endswith(
                self._project_names.deeds
            )
        return is_amount(count) or verb.state == UNDER_WAY

    def _tells_more(self, paragraph: TaggedParagraph, span: Span, verb: StateVerb) -> bool:
        """Check whether a number after a verb tells an amount of its subject: 铁路通车55公里."""
        after = paragraph.words[verb.last + 1 : verb.last + 2]
        if not after or after[0].kind != kinds.NUMBER or verb.state == STOPPED:
            return False
        count = paragraph.quantities[after[0].number]
        named = self._project_names.has_place(paragraph, span)
        return not named and (is_amount(count) or are_many(count))

    def _find_objects(
        self, paragraph: TaggedParagraph, verb: StateVerb, following: StateVerb | None, end: int
    ) -> tuple[list[Span], int]:
        """Return the objects after a verb, and the position up to which verbs belong to it."""
        words = paragraph.words
        behind = verb.last + 1
        if behind >= end or words[behind].kind == kinds.PLACE:
            # 签约前我只看了展厅
            return [], behind
        if words[behind].kind == kinds.LIST and verb.text in self._renewals:
            # A路改造提升、B路
            return [], behind
        if len(verb.text) == 1 and words[behind].kind in kinds.VERBS:
            # 建好办好研究生院
            return [], behind
        stop = following.first if following else end
        for at in range(behind + 1, stop):
            word = words[at]
            if words[at - 1].kind == kinds.LIST and word.text in self._project_names.deeds:
                # 打通断头路、修复路面
                stop = at
                break
        if following and (verb.is_completion or self._is_final_deed(following, end)):
            # 完成A改造: the action at the end is not a separate verb.
            stop = end
        spans = list(self._iter_objects(paragraph, verb, stop))
        if verb.state == SIGNED and (listed := self._find_listed(paragraph, behind, stop)):
            return listed, stop
        text = paragraph.text[words[verb.last].end : words[stop - 1].end]
        if verb.is_completion and (verb.text in COMPLETION_VERBS or verb.state == STRUCTURE):
            kept = self._find_completed(paragraph, verb, spans, text)
        elif (
            verb.state == UNDER_WAY
            and text.endswith(_ABSTRACT)
            and not self._project_names.ends_with_stage(text)
        ):
            kept = []
        else:
            kept = self._filter_projects(paragraph, spans, verb)
            if text.endswith("建设"):
                # 推进张丰中学建设
                kept += [
                    span
                    for span in self._filter_projects(paragraph, spans, verb, is_definite=True)
                    if span not in kept and self._project_names.is_named(paragraph, span)
                ]
            if verb.state == SIGNED:
                # 引进A公司设备
                kept = [span for span in kept if paragraph.text[slice(*span)].endswith(_INVESTED)]
            if verb.text in self._intransitive:
                # 启用县医院门诊楼, but not 达产企业
                kept = [
                    span
                    for span in kept
                    if paragraph.text[slice(*span)].endswith(PROJECT_NOUNS)
                    or (
                        verb.text not in _OF_OPERATION
                        and self._project_names.has_place(paragraph, span)
                    )
                ]
        kept = [span for span in kept if not self._specifies(paragraph, verb, span, end)]
        return kept, stop if kept else behind

    def _iter_objects(
        self, paragraph: TaggedParagraph, verb: StateVerb, stop: int
    ) -> Iterator[Span]:
        """Return the noun phrases after a verb.

        What comes first may be a verb or adverb to the dictionary, yet begins a name:
        推进|环|北湖水厂, 完成|可燃|气体报警装置安装.
        """
        word = paragraph.words[verb.last + 1]
        is_part = word.text not in self._leads | _RESULTS and (
            word.kind == kinds.ADVERB
            or (word.kind == kinds.VERB and (len(word.text) == 1 or verb.is_completion))
        )
        phrases = (
            (word.start if is_part and start == word.end else start, end)
            for start, end in self._project_names.iter_noun_phrases(paragraph, verb.last + 1, stop)
        )
        return self._project_names.join_linked(paragraph, phrases)

    def _specifies(self, paragraph: TaggedParagraph, verb: StateVerb, span: Span, end: int) -> bool:
        """Check whether a verb only specifies a work of which more is told.

        贯通西北的A线已到B; 改造50个已建成社区的A站.
        """
        first, after = paragraph.find_word(span[0]), paragraph.find_word(span[1])
        if all(word.kind != kinds.OF for word in paragraph.words[verb.last : first]):
            return False
        led = paragraph.words[max(verb.first - 2, 0) : verb.first]
        if len(led) == 2 and led[0].kind == kinds.NUMBER and led[1].text.startswith("已"):
            return True
        return after < end and paragraph.words[after].kind in _PREDICATE_STARTS

    def _find_listed(self, paragraph: TaggedParagraph, begin: int, end: int) -> list[Span]:
        """Return the members of a list counted as projects: 签约*食品加工、*光伏组件2个项目."""
        words = paragraph.words
        at = next((at for at in range(begin, end) if words[at].kind == kinds.NUMBER), end)
        if at == begin or at + 1 >= end or words[at + 1].text not in PROJECT_NOUNS:
            return []
        if paragraph.quantities[words[at].number].base not in COUNT_UNITS:
            return []
        if not any(word.kind == kinds.LIST for word in words[begin:at]):
            return []
        return list(self._project_names.iter_noun_phrases(paragraph, begin, at))

    def _is_final_deed(self, verb: StateVerb, end: int) -> bool:
        is_deed = verb.text in self._project_names.deeds or verb.text in self._renewals
        return is_deed and verb.last + 1 >= end

    def _find_completed(
        self, paragraph: TaggedParagraph, verb: StateVerb, spans: list[Span], text: str
    ) -> list[Span]:
        """Return what was completed: 完成A改造, 完成A、B主体工程."""
        ends = (*self._project_names.deeds, *self._project_names.structures)
        spans = [
            span for span in spans if paragraph.text[slice(*span)] not in self._project_names.deeds
        ]
        shared = self._filter_projects(paragraph, spans, verb) if text.endswith(ends) else []
        return [
            span
            for span in spans
            if span in shared or self._can_be_completed(paragraph, span, verb)
        ]

    def _can_be_completed(self, paragraph: TaggedParagraph, span: Span, verb: StateVerb) -> bool:
        """Check whether a phrase names something completed, and no amount of it."""
        count = find_count(paragraph, span, verb.last)
        if count is not None and self._tells_amount(paragraph, span, count, verb):
            return False
        return self._project_names.can_be_completed(paragraph, span, is_counted=count is not None)

    def _find_subjects(
        self, paragraph: TaggedParagraph, begin: int, verb: StateVerb, end: int
    ) -> list[Span]:
        """Return the subjects of a verb without an object: A、B投用."""
        after = paragraph.words[verb.last + 1] if verb.last + 1 < end else None
        led = paragraph.words[verb.first - 1] if verb.first > begin else None
        if (
            led is None
            or led.kind in {kinds.LINK, kinds.LIST, kinds.OF}
            or verb.text in COMPLETION_VERBS
        ):
            return []
        if after is not None and (after.kind in _BEHIND or after.text in _NO_PREDICATES):
            return []
        if after is not None and paragraph.text.startswith("全覆盖", after.start):
            return []
        of_works = verb.text in _OF_WORKS or verb.text.endswith("施工")
        if verb.state in {UNDER_WAY, PLANNED, SIGNED} and not of_works:
            return []
        if verb.state == BUILT and verb.text in self._transitive:
            return []
        if after is not None and after.kind == kinds.VERB and verb.text in _OF_OBJECTS:
            # A线新改建绕城项目
            return []
        if any(word.text == "实现" for word in paragraph.words[begin : verb.first]):
            # 风电装备实现全产业链贯通
            return []
        phrases = self._project_names.join_linked(
            paragraph, self._project_names.iter_noun_phrases(paragraph, begin, verb.first)
        )
        subjects = [one for one in phrases if not self._is_governed(paragraph, begin, one, verb)]
        found = self._filter_projects(paragraph, subjects, verb, is_definite=True)
        found = [span for span in found if not self._tells_more(paragraph, span, verb)]
        if verb.state == SIGNED:
            return [span for span in found if paragraph.text[slice(*span)].endswith(_INVESTED)]
        return found

    def _is_governed(
        self, paragraph: TaggedParagraph, begin: int, span: Span, verb: StateVerb
    ) -> bool:
        """Check whether another verb governs a phrase and its verb: 影响设备更新, 推动设备更新.

        That verb may be part of the name as well: 第四小学|扩建|教学楼启用.
        """
        first = paragraph.find_word(span[0])
        before = paragraph.words[first - 1] if first > begin else None
        if before is not None and before.text in self._renewals and first - 1 > begin:
            return paragraph.words[first - 2].kind == kinds.NOUN
        if verb.text not in _OF_OBJECTS or paragraph.find_word(span[1]) != verb.first:
            return False
        if before is not None and before.kind in kinds.VERBS:
            return True
        word = paragraph.words[first]
        return word.tag == "vn" and word.text not in self._nominal

    def _refers_back(self, paragraph: TaggedParagraph, begin: int, verb: StateVerb) -> bool:
        """Check whether a clause has no work itself and refers back: 至今未能开工, 11月试机."""
        mark = paragraph.words[begin - 1] if begin > 0 else None
        after = paragraph.words[verb.last + 1 : verb.last + 2]
        if mark is None or verb.text not in self._intransitive:
            return False
        if after and after[0].kind in {kinds.NOUN, kinds.NUMBER}:
            return False
        if mark.text not in ",，" and not is_heading_before(paragraph, mark):
            return False
        led = paragraph.words[begin : verb.first]
        return all(
            word.kind in {kinds.TIME, kinds.ADVERB} or word.text in NEGATIONS for word in led
        )

    def _find_first_in_sentence(
        self, paragraph: TaggedParagraph, begin: int, verb: StateVerb
    ) -> list[Span]:
        """Return the first work of the sentence, or of the heading before it."""
        if begin == 0:
            return []
        heads = is_heading_before(paragraph, paragraph.words[begin - 1])
        first = 0 if heads else find_sentence_start_word(paragraph, begin)
        for start, end in iter_clauses(paragraph, first, begin):
            found = self._filter_projects(
                paragraph, self._project_names.iter_noun_phrases(paragraph, start, end), verb
            )
            if found:
                return found[:1]
        return []

    def _build_mention(
        self, paragraph: TaggedParagraph, span: Span, verb: StateVerb, state: str, deed: str = ""
    ) -> ProjectMention:
        start, end = span
        name, text = paragraph.text[start:end], verb.text
        for structure in self._project_names.structures:
            if verb.is_completion and len(name) > len(structure) + 1 and name.endswith(structure):
                name = name.removesuffix(structure)
                break
        is_construction = name.endswith("建设") and len(name) > len("建设") + 1
        if is_construction:
            name = name.removesuffix("建设")
        if not text.startswith("新"):
            deed = deed or next((one for one in self._renewals if one in text), "")
        if is_construction or name.endswith((*self._renewals, *self._project_names.deeds)):
            deed = ""
        return ProjectMention(start, start + len(name), name + deed, state, text, deed)


def _tells_cost(paragraph: TaggedParagraph, span: Span) -> bool:
    """Check whether the cost of a work precedes its name: 投资2亿元的A."""
    first = paragraph.find_word(span[0])
    led = [word.kind for word in paragraph.words[max(first - 2, 0) : first]]
    return led == [kinds.NUMBER, kinds.OF]
