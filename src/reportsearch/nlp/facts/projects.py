"""Works that are built, repaired, planned or signed, and their state.

A verb of the word lists tells the state, the noun phrases beside it what is meant: 建成A和B, A、B投用, 对A、B进行改造. A
phrase counts where it ends with the name of a work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportsearch.lexicon import FactWords
from reportsearch.nlp.facts.carried import is_heading
from reportsearch.nlp.facts.words import (
    ADVERB,
    CHANGE,
    DOING,
    END,
    LINK,
    LIST,
    NOUN,
    NUMBER,
    OF,
    PLACE,
    TIME,
    TITLE,
    UNKNOWN_VERB,
    VERB,
    Row,
    Word,
)

PLANNED, BEGUN, UNDER_WAY, STRUCTURE, BUILT, STOPPED = (
    "谋划",
    "启动",
    "推进",
    "主体",
    "建成",
    "停滞",
)
SIGNED = "签约"
_STRUCTURES = ("主体工程", "主体结构", "主体施工", "主体建设", "主体")
# What is done to a work, as a noun: 完成X改造, X建设.
_DEEDS = (
    "提质改造", "维修改造", "综合改造", "升级改造", "更新改造", "抢救性修缮", "提升改造", "改扩建", "改造", "建设", "修缮", "维修", "扩建", "迁建", "新建", "安装", "修复", "加固", "更新", "更换", "升级", "整治", "铺设", "搬迁", "交付", "配套", "治理",
)  # fmt: skip
_COMPLETES = frozenset({"完成", "基本完成", "全面完成"})
_CARRIES_OUT = ("进行", "实施", "开展", "予以", "实行", "启动")
_HOPES = re.compile(
    r"力争|争取|计划|拟(?!定|订)|准备|谋划|即将|有望|将(?:于|在|建|新)|力求|尽快|筹划|酝酿"
)
_OF_ITSELF = frozenset({"试机", "投产", "投用", "竣工", "完工", "开工", "通车", "封顶", "交付", "投入使用", "试运行", "试产", "停工", "动工", "投运", "顺延", "开业", "开园", "开馆", "建成投用", "竣工投产", "建成投产", "对外开放", "主体封顶", "复工", "启用"})  # fmt: skip
_INTRANSITIVE = _OF_ITSELF | {"开学", "通水", "通气", "通电", "通航", "开街", "开放", "合龙", "合拢", "达产", "挂牌运行", "投入运营", "投入运行", "揭牌", "停摆", "运营", "入住"}  # fmt: skip
_OF_THINGS = frozenset({"复工", "落地", "落户", "签约", "在建"})
_NEEDS_OBJECT = frozenset({"建", "修", "扩", "改造", "新建", "配备", "配置", "设立", "开设", "购置", "治理", "提升", "打造", "盘活", "安装", "新增", "维修", "铺设", "恢复重建", "建立健全", "筹集", "改了", "换了", "扩了"})  # fmt: skip
_INVESTED = ("项目", "工程", "园", "产业园", "基地", "生产线", "综合体", "厂")
_ABSTRACT = (
    "改革",
    "规划",
    "战略",
    "政策",
    "管理",
    "制度",
    "试点",
    "工作",
    "服务",
    "合作",
    "行动",
    "机制",
    "条例",
    "办法",
)
_FEW = re.compile("一批|一些|若干|部分|一系列|多个|首个|首批|又一批|一大批")
_OF_TIME = "季天日夜晚早午春夏秋冬"
_SINGLES = frozenset(
    {"厕", "房", "路", "桥", "井", "渠", "厂", "校", "园", "棚", "圈", "窖", "灶", "网"}
)
_NEGATIONS = frozenset(
    {"未", "未能", "没有", "没能", "尚未", "不能", "能", "已", "已经", "至今", "仍"}
)
_NOT = re.compile(r"(?:未能|没有|没能|尚未|还未|仍未|未|不能)(?:如期|按期|按时|全面|正式)?$")
_GENERIC = frozenset(
    {"项目", "工程", "设施", "设备", "中心", "系统", "企业", "平台", "网络", "场所", "区", "站", "路", "楼", "场", "建设", "改造", "基地", "小区", "社区", "学校", "医院", "市场", "大项目", "好项目", "工厂", "车辆", "住房", "公司", "街道", "道路", "景区", "园区", "产业园", "宿舍"}
)  # fmt: skip
_PARTS = frozenset({NOUN, PLACE, VERB, DOING, CHANGE})
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
_REMARK = re.compile(r"[(（][^()（），。;；]{1,8}[)）]")
_REMARK_ENDS = re.compile(r"[(（][^()（），。;；]{1,8}[)）]$")
_REMAINDERS = ("一项", "一事", "等项目", "等工程", "各")
_FLAT = str.maketrans("", "", '“”‘’"「」')
_EDGES = '、的和与及等了“”‘’"· '
_LONGEST = 34


@dataclass(frozen=True, slots=True)
class Work:
    """A work with its span, its state and what tells it.

    Where the name stands further up (当年开工42个) the span is that of the verb, and ``name`` has it.
    """

    start: int
    end: int
    name: str
    state: str
    verb: str
    is_told_before: bool = False


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb of a state by the places of its first and last word."""

    first: int
    last: int
    text: str
    state: str


class Works:
    """Finds works by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._states = {verb: state for state, verbs in words.states for verb in verbs}
        self._begins = frozenset(verb[0] for verb in self._states)
        self._longest = max((len(verb) for verb in self._states), default=0)
        self._works = tuple(sorted(words.works))
        self._not_works = tuple(sorted(words.not_works))

    def find(self, row: Row, *, is_plan: bool) -> list[Work]:
        """The works of a row, by place; in a paragraph of what is to come all are planned."""
        found: list[Work] = []
        for begin, end in _clauses(row):
            found += self._of_clause(row, begin, end, found)
        if is_plan:
            found = [replace(work, state=PLANNED) for work in found]
        seen: set[tuple[int, int]] = set()
        kept = []
        for work in sorted(found, key=lambda one: (one.start, one.end)):
            if (work.start, work.end) not in seen:
                seen.add((work.start, work.end))
                kept.append(work)
        return kept

    def _of_clause(self, row: Row, begin: int, end: int, before: list[Work]) -> Iterator[Work]:
        dealt = self._dealt_with(row, begin, end)
        if dealt is not None:
            yield from dealt
            return
        verbs = list(self._verbs(row, begin, end))
        passed = begin
        for number, verb in enumerate(verbs):
            if verb.first < passed:
                continue
            verb = self._completed(row, verb, end)
            following = verbs[number + 1] if number + 1 < len(verbs) else None
            start = verbs[number - 1].last + 1 if number else begin
            state = self._state(row, begin, verb)
            if verb.text not in self._states and verb.text[1:] in _SINGLES:
                word = row.words[verb.first]
                yield Work(word.start, word.end, word.text, state, word.text[0])
                continue
            items, passed = self._objects(row, verb, following, end)
            if not items and self._is_counted(row, verb):
                others = list(self._of_those(row, verb, state, before))
                if others:
                    yield from others
                    continue
            if not items:
                items = self._subjects(row, start, verb, end)
            if not items and self._says_of_others(row, begin, verb):
                items = self._first_of_sentence(row, begin, verb)
            yield from (self._work(row, item, verb, state) for item in items)

    def _completed(self, row: Row, verb: _Verb, end: int) -> _Verb:
        """完成A、B主体工程: what is done to all of them is told at the end."""
        if verb.text in _COMPLETES:
            text = row.text[row.words[verb.first].start : row.words[end - 1].end]
            for structure in _STRUCTURES:
                if text.endswith(structure):
                    return replace(verb, text=verb.text + structure, state=STRUCTURE)
        return verb

    def _of_those(self, row: Row, verb: _Verb, state: str, before: list[Work]) -> Iterator[Work]:
        """签约项目58个,当年开工42个: of those that were spoken of in the same sentence."""
        first, last = row.words[verb.first], row.words[verb.last]
        for former in reversed(before):
            if "。" in row.text[former.end : first.start]:
                return
            if former.name.endswith(("项目", "工程")):
                yield Work(first.start, last.end, former.name, state, verb.text, is_told_before=True)
                return

    def _says_of_others(self, row: Row, begin: int, verb: _Verb) -> bool:
        """Whether a clause has nothing of its own: 至今未能开工, 11月试机."""
        led = row.words[begin : verb.first]
        mark = row.words[begin - 1] if begin > 0 else None
        return (
            verb.text in _OF_ITSELF
            and mark is not None
            and (mark.text in ",，" or (mark.text == "。" and is_heading(row.text[: mark.start])))
            and all(word.kind in {TIME, ADVERB} or word.text in _NEGATIONS for word in led)
        )

    def _first_of_sentence(self, row: Row, begin: int, verb: _Verb) -> list[tuple[int, int]]:
        heads = is_heading(row.text[: row.words[begin - 1].start])
        first = 0 if heads else _sentence_start(row, begin)
        for start, end in _clauses(row, first, begin):
            for item in self._items(row, start, end):
                if self._is_work(row, item, verb):
                    return [item]
        return []

    def _verbs(self, row: Row, begin: int, end: int) -> Iterator[_Verb]:
        """The verbs of a clause that tell a state, longest first; not those inside a noun phrase."""
        place = begin
        while place < end:
            found = self._verb(row, place, end) or self._in_one(row, place)
            if found is None or self._is_in_phrase(row, found, begin, end):
                place += 1
                continue
            yield found
            place = found.last + 1

    def _verb(self, row: Row, place: int, end: int) -> _Verb | None:
        """The longest verb that starts at a place."""
        if row.words[place].text[0] not in self._begins:
            return None
        text = ""
        found = None
        for last in range(place, min(place + 4, end)):
            word = row.words[last]
            if word.kind in {NUMBER, TIME, TITLE, END, LIST} or len(text) > self._longest:
                break
            text += word.text
            state = self._states.get(text)
            if state is not None:
                found = _Verb(place, last, text, state)
        return found

    def _in_one(self, row: Row, place: int) -> _Verb | None:
        """改厕214座: verb and work in one word that the dictionary has not."""
        word = row.words[place]
        if len(word.text) != 2 or word.text[0] not in "改建修扩" or word.text[1] not in _SINGLES:
            return None
        state = BUILT
        return _Verb(place, place, word.text, state) if state else None

    def _is_in_phrase(self, row: Row, verb: _Verb, begin: int, end: int) -> bool:
        """Whether it is part of a name, like 改造 in 污水管网改造工程 and 建设 in 小区建设项目."""
        after = row.words[verb.last + 1] if verb.last + 1 < end else None
        before = row.words[verb.first - 1] if verb.first > begin else None
        if after is not None and after.text == "的":
            further = row.words[verb.last + 2] if verb.last + 2 < end else None
            return further is None or further.kind != NUMBER
        if after is not None and after.text in {"资金", "任务", "用地", "标准", "规划", "方案", "面积", "投资", "成本", "进度", "质量", "单位", "指标", "领域", "水平", "内容", "力度", "期", "现场", "市场", "管理", "局", "部门", "能力", "成果", "成效", "经验", "条件", "要求"}:  # fmt: skip
            return True
        if before is None or before.kind not in {NOUN, PLACE, DOING, VERB}:
            return False
        if after is None:
            return False
        if (
            verb.text in _DEEDS
            and before.kind == NOUN
            and (after.kind in {LINK, LIST} or after.text in "(（")
        ):
            return True
        if before.kind in {DOING, VERB} and before.text not in self._states:
            return False
        return after.kind == NOUN and after.text in {
            "工程",
            "项目",
            "主体工程",
            "工作",
            "行动",
            "主体",
        }

    def _state(self, row: Row, begin: int, verb: _Verb) -> str:
        text = row.text[row.words[begin].start : row.words[verb.first].start]
        if _NOT.search(text) and verb.state in {BEGUN, BUILT, UNDER_WAY}:
            return STOPPED
        if _HOPES.search(text) and verb.state != STOPPED:
            return PLANNED
        return verb.state

    def _is_counted(self, row: Row, verb: _Verb) -> bool:
        after = row.words[verb.last + 1] if verb.last + 1 < len(row.words) else None
        return (
            after is not None
            and after.kind == NUMBER
            and row.quantities[after.number].base in {"个", "项", "处", "家"}
            and verb.state in {BEGUN, BUILT, SIGNED}
            and verb.text not in _COMPLETES
        )

    # -- 对A、B进行改造 ------------------------------------------------------------------------------

    def _dealt_with(self, row: Row, begin: int, end: int) -> list[Work] | None:
        words = row.words
        for place in range(begin, end):
            if words[place].text not in {"对", "将", "把"}:
                continue
            carried = next(
                (at for at in range(place + 1, end) if words[at].text.startswith(_CARRIES_OUT)),
                None,
            )
            if carried is None:
                return None
            verb = row.text[words[carried].start : words[end - 1].end]
            named = next((name for name in _DEEDS if verb.endswith(name)), None)
            if named is None:
                return None
            begins = next(word for word in _CARRIES_OUT if verb.startswith(word))
            made = _Verb(carried, carried, verb if len(verb) <= 10 else begins + named, UNDER_WAY)
            items = list(self._items(row, place + 1, carried))
            return [
                self._work(row, item, made, UNDER_WAY)
                for item in items
                if self._is_work(row, item, made)
            ]
        return None

    # -- 建成A、B ----------------------------------------------------------------------------------

    def _objects(
        self, row: Row, verb: _Verb, following: _Verb | None, end: int
    ) -> tuple[list[tuple[int, int]], int]:
        """What stands behind the verb, and the place up to which verbs are part of it."""
        words = row.words
        behind = words[verb.last + 1] if verb.last + 1 < end else None
        if behind is None or behind.kind == PLACE:
            # 签约前我只看了展厅
            return [], verb.last + 1
        stop = following.first if following else end
        if following and (
            (following.text in _DEEDS and following.last + 1 >= end) or verb.text in _COMPLETES
        ):
            # 完成A改造: the deed at the end is no verb of its own.
            stop = end
        items = list(self._items(row, verb.last + 1, stop))
        text = row.text[words[verb.last].end : words[stop - 1].end]
        if (
            verb.text.startswith("完成") and verb.text not in self._states
        ) or verb.text in _COMPLETES:
            if not text.endswith((*_DEEDS, *_STRUCTURES, "工程", "项目")) and not any(
                self._is_done(row, item) for item in items
            ):
                return [], verb.last + 1
            items = [item for item in items if row.text[slice(*item)] not in _DEEDS]
            shared = text.endswith((*_DEEDS, *_STRUCTURES))
            kept = [
                item
                for item in items
                if self._is_done(row, item) or (shared and self._is_work(row, item, verb))
            ]
            return kept, stop if kept else verb.last + 1
        kept = [item for item in items if self._is_work(row, item, verb)]
        if verb.state == UNDER_WAY and text.endswith(_ABSTRACT):
            # 推进国有农场、林场体制改革
            return [], verb.last + 1
        if verb.text in _INTRANSITIVE:
            kept = [item for item in kept if row.text[slice(*item)].endswith(("项目", "工程"))]
        return kept, stop if kept else verb.last + 1

    def _is_done(self, row: Row, item: tuple[int, int]) -> bool:
        name = row.text[slice(*item)]
        return (
            name.endswith((*_DEEDS, *_STRUCTURES, "工程", "项目"))
            and name not in _GENERIC
            and not name.endswith(self._not_works)
        )

    def _subjects(self, row: Row, begin: int, verb: _Verb, end: int) -> list[tuple[int, int]]:
        """A、B投用: nothing that is built stands behind the verb."""
        words = row.words
        after = words[verb.last + 1] if verb.last + 1 < end else None
        led = words[verb.first - 1] if verb.first > begin else None
        if led is None or led.kind in {LINK, LIST, OF} or verb.text in _COMPLETES:
            return []
        if after is not None and (
            after.kind in {NOUN, OF} or after.text in {"为", "为主", "等", "是"}
        ):
            return []
        state = self._state(row, begin, verb)
        if verb.state in {UNDER_WAY, PLANNED, SIGNED} and verb.text not in _OF_THINGS:
            return []
        if verb.state == BUILT and verb.text in _NEEDS_OBJECT:
            return []
        first = _sentence_start(row, begin) if state == STOPPED else begin
        if verb.state == SIGNED:
            found = self._items(row, first, verb.first)
            return [
                item
                for item in found
                if row.text[slice(*item)].endswith(_INVESTED) and self._is_work(row, item, verb)
            ]
        return [
            item for item in self._items(row, first, verb.first) if self._is_work(row, item, verb)
        ]

    def _items(self, row: Row, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans of the noun phrases between two places."""
        words = row.words
        start: int | None = None
        last = begin
        for place in range(begin, end + 1):
            word = words[place] if place < end else None
            if word is not None and self._is_part(row, word, place, start, end):
                start = place if start is None else start
                if word.kind != PLACE:
                    last = place
                continue
            if word is not None and word.kind == OF:
                # What stands before 的 tells which: 总投资9640万元的管网改造工程; not in A的建设.
                rest = row.text[word.end : words[end - 1].end]
                if rest not in _DEEDS:
                    start = None
                    continue
            if start is not None:
                span = _bare(row.text, words[start].start, words[last].end)
                if span is not None:
                    yield span
            start = None
            if word is not None and word.kind == END:
                return

    def _is_part(self, row: Row, word: Word, place: int, start: int | None, end: int) -> bool:
        if start is not None and _in_remark(row, word.start):
            return True
        if word.text == "等" or (word.tag == "t" and word.text[-1] in _OF_TIME):
            return False
        if word.text == "暨":
            return start is not None
        if word.kind in {NOUN, PLACE}:
            return word.tag != UNKNOWN_VERB or place + 1 >= end or start is not None
        if word.kind in {VERB, DOING, CHANGE}:
            # 养护院, but not 影响设备更新.
            after = row.words[place + 1] if place + 1 < end else None
            return start is not None or (
                after is not None and after.kind == NOUN and len(after.text) == 1
            )
        if word.text in "(（" or (start is not None and word.text in ")）"):
            return start is not None and _in_brackets(row, place)
        return start is not None and word.kind == END and _in_brackets(row, place)

    def _is_work(self, row: Row, item: tuple[int, int], verb: _Verb) -> bool:
        name = row.text[slice(*item)]
        bare = _BRACKETS.sub("", name).translate(_FLAT)
        if verb.text == "扩" and not self._has_number(row, item, verb):
            return False
        if len(bare) < 2 or len(bare) > _LONGEST or bare.endswith(self._not_works):
            return False
        if name.count("“") != name.count("”"):
            return False
        if bare in _GENERIC:
            counted = self._has_number(row, item, verb)
            return counted and verb.state in {SIGNED, BEGUN, UNDER_WAY, BUILT}
        core = bare
        for deed in _DEEDS:
            if core.endswith(deed) and len(core) > len(deed) + 1:
                core = core.removesuffix(deed)
                break
        return core.endswith(self._works) or (
            core != bare and bare.endswith(("改造", "迁建", "扩建"))
        )

    def _has_number(self, row: Row, item: tuple[int, int], verb: _Verb) -> bool:
        place, after = row.at(item[0]), row.at(item[1])
        between = (
            row.words[verb.last + 1 : after] if verb.last < place else row.words[place - 1 : place]
        )
        return any(word.kind == NUMBER for word in between) or (
            after < len(row.words) and row.words[after].kind == NUMBER
        )

    def _work(self, row: Row, item: tuple[int, int], verb: _Verb, state: str) -> Work:
        start, end = item
        name = row.text[start:end]
        text = verb.text
        if verb.text in _COMPLETES or verb.state == BEGUN:
            for structure in _STRUCTURES:
                if name.endswith(structure) and len(name) > len(structure) + 1:
                    text, name = f"{verb.text}{structure}", name.removesuffix(structure)
                    state = STRUCTURE if state == BUILT else state
                    break
        if name.endswith("建设") and len(name) > 3:
            name = name.removesuffix("建设")
        return Work(start, start + len(name), name, state, text)


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A span without marks at its edges; None where nothing is left."""
    few = _FEW.match(text, start, end)
    start = few.end() if few else start
    while start < end and text[start] in _EDGES.replace("“", "").replace("‘", ""):
        start += 1
    for word in _REMAINDERS:
        if text[start:end].endswith(word) and end - start > len(word) + 1:
            end -= len(word)
    while start < end and text[end - 1] in _EDGES.replace("”", "").replace("’", ""):
        end -= 1
    return (start, end) if start < end else None


def _clauses(row: Row, begin: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The places of the first word of each clause and of the mark that ends it."""
    stop = len(row.words) if end is None else end
    for place in range(begin, stop):
        if row.words[place].kind == END and not _in_brackets(row, place):
            if begin < place:
                yield begin, place
            begin = place + 1
    if begin < stop:
        yield begin, stop


def _in_remark(row: Row, at: int) -> bool:
    """Whether a place is in a short remark in brackets."""
    opened = max(row.text.rfind("(", 0, at + 1), row.text.rfind("（", 0, at + 1))
    match = _REMARK.match(row.text, opened) if opened >= 0 else None
    return match is not None and at < match.end()


def _in_brackets(row: Row, place: int) -> bool:
    """Whether a bracket is one of a short remark in a name: 旅游建设(一期)项目."""
    at = row.words[place].start
    if row.text[at] in "(（":
        return _REMARK.match(row.text, at) is not None
    return (
        row.text[at] in ")）" and _REMARK_ENDS.search(row.text, max(at - 10, 0), at + 1) is not None
    )


def _sentence_start(row: Row, place: int) -> int:
    while place > 0 and row.words[place - 1].text not in {"。", "!", "?", ";", "；", ":", "："}:
        place -= 1
    return place
