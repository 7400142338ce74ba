"""The noun phrase that a quantity belongs to, and the words of a change before it.

In 签订招商引资项目34个 the name stands before the number, in 34个招商引资项目 behind it; 增长5.8% belongs to what
was measured before. Word kinds decide where a phrase begins and ends (see words.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportsearch.lexicon import FactWords
from reportsearch.nlp.facts.quantities import Quantity
from reportsearch.structure.labels import label
from reportsearch.nlp.facts.words import (
    ADVERB,
    ASPECT,
    CHANGE,
    DOING,
    END,
    LINK,
    LIST,
    NOUN,
    NUMBER,
    OF,
    PLACE,
    PREPOSITION,
    PRONOUN,
    SCOPE,
    TIME,
    TITLE,
    UNKNOWN_VERB,
    VERB,
    Row,
    Word,
)

_LONGEST = 32
_LONGEST_CLAUSE = 16
"""Characters of a clause before 的 that are still taken into a name."""
_STANDARDS = frozenset({"高于", "低于", "快于", "慢于", "高出", "多于", "少于"})
_THAN = frozenset({"比", "较", "与", "同"})
# Nouns that want to be told of what they are: 改造资金, 监测对象.
_HEADS = (
    "资金", "项目", "工程", "面积", "率", "数", "额", "款", "费", "人数", "任务", "对象", "标准", "经费", "金额", "总额", "总量", "产值", "收入", "支出", "投资", "补贴",
    "站", "点", "中心", "员", "队", "室", "企业", "机构", "单位", "人员", "场所", "平台", "基地", "设施", "通知书", "意见", "问题", "线索", "能力", "比例", "占比", "比重", "水平", "指标", "工作", "活动", "会", "班", "案件", "事项",
    "时限", "时间", "计划", "用地", "土地", "贷款", "基金", "协议", "合同", "系统", "车辆", "设备", "住房", "小区", "农田", "林", "村", "户", "证", "书", "制度", "大会", "医生", "教师", "干部", "学校", "岗位", "家庭", "产品", "区", "园", "厂", "品牌",
)  # fmt: skip
_PLACES = re.compile(r"(?:[省市县区镇乡村局院校河江湖湾]|街道|片区|系统|部门|社区|沿岸|流域|各地|地方|单位|以来|层面|方面)$")
_PEOPLE = frozenset({"名", "位", "人"})
_ACTS = frozenset({"次", "场", "场次", "人次", "趟", "回", "遍", "轮", "期", "批次", "批"})
_ABSTRACT = ("问题", "事项", "案件", "线索", "任务", "资金", "项目", "工程", "意见", "补贴", "协议", "合同")
# What has a measure of its own: what follows is said of it (骨干企业订单不足, 心理咨询师轮流陪).
_OWN = {
    **dict.fromkeys(("家", "户"), re.compile(r"(?:企业|公司|单位|机构|农户|家庭|商户|群众|居民|医院|银行|合作社|农场|商家|酒店|超市|民宿|场所|[馆店厂院社园所站场户])$")),
    **dict.fromkeys(("名", "位", "人"), re.compile(r"(?:[师员生者民工兵童]|干部|群众|妇女|老人|老年人|残疾人|患者|人才|学者|专家|书记|主任|校长|院长|局长|职工|工匠|代表|青年|少年|骨干)$")),
}  # fmt: skip
_SHARES_OF = frozenset({"占", "占到", "约占", "占了", "只占", "仅占"})
_COUNTING = frozenset({"已", "共", "累计", "均", "全部", "已经", "合计", "先后"})
_PLAIN = frozenset({"完成", "落实", "办理", "受理", "建设", "改造", "接待", "化解", "安排", "检查", "处理", "处置", "发展", "推广", "整改", "培训", "参与", "救助", "帮扶", "采购", "安装", "更换", "治理", "整治", "开发", "登记", "扶持", "资助", "收集", "安置", "鉴定", "检测", "签约", "开工", "征收"})  # fmt: skip
_SUFFIXES = frozenset("率数额量费款值比度价")
_TOTALS = frozenset({"合计", "共计", "总计"})
_EQUALS = frozenset({"是", "为", "相当于", "约为", "等于", "分别是", "分别为"})
_NEGATIONS = frozenset({"未", "不", "没有", "尚未", "无"})
_OF_VILLAGES = ("卫生", "级", "委", "庄", "镇", "医", "民", "党", "支", "组", "史", "规")
_CAUSES = frozenset({"帮助", "带动", "支持", "引导", "组织", "动员", "促进", "推动", "鼓励", "吸引", "促成", "帮", "使", "让"})  # fmt: skip
_YEARS = re.compile("一年|半年|[一两二三四五六七八九十]+年|连年|历年|现在|目前|当前|到现在")
_REMARK = re.compile(r"[(（][^()（），。;；\d*]{1,10}[)）]$")
_SPLIT = re.compile("[、和与及]")
_QUOTES = {"“": "”", "‘": "’", "「": "」"}
_FLAT = str.maketrans("", "", "“”‘’\"'「」")


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a quantity, its span where it is a stretch of the text, and its change.

    ``change`` is the span of the words of a change, (0, 0) where it is a level.
    """

    text: str
    start: int | None = None
    end: int | None = None
    change: tuple[int, int] = (0, 0)
    is_carried: bool = False
    verb: str = ""
    """What is said to be done: 整改 in 整改隐患326处."""
    rest: tuple[Named, ...] = ()
    """The names of the numbers that follow in a list: 分别是1.3倍和1.2倍."""


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands between a name and its number: 由上年的, 同比提高到, 已达."""

    at: int
    """The place of the last word before it."""
    change: tuple[int, int] = (0, 0)
    is_new_level: bool = False
    texts: tuple[str, ...] = ()


class Names:
    """Names the quantities of a row by the word lists."""

    def __init__(self, words: FactWords) -> None:
        self._levels = frozenset(words.levels) | frozenset(words.before)
        self._scopes = frozenset(words.scopes)
        self.nominal = frozenset(words.nominal)
        changes = _either(words.changes)
        comparisons = _either(words.comparisons)
        results = _either(words.results)
        self._change = re.compile(f"(?:{comparisons})*(?:{changes})(?:了)?(?P<result>{results})?")
        self._bare_result = frozenset(words.results)

    def all(self, row: Row) -> list[Named]:
        """A name for each quantity of a row, by place."""
        found: list[Named] = []
        for number, at in enumerate(row.places):
            found.append(_Naming(self, row, number, at, found).named())
        return list(_divided(row, found))

    def lead(self, row: Row, at: int) -> _Lead:
        """What leads to the number at a place."""
        place = at - 1
        change = (0, 0)
        is_new_level = False
        texts: list[str] = []
        while place >= 0:
            word = row.words[place]
            if word.kind == TIME or _YEARS.fullmatch(word.text):
                place -= 1
                texts.append("")
                continue
            if word.text in {")", "）"}:
                remark = _REMARK.search(row.text, max(word.start - 12, 0), word.end)
                if remark is not None:
                    place = row.at(remark.start()) - 1
                    continue
            taken, is_change, result = self._step(row, place)
            if not taken and word.kind == ADVERB and any(texts):
                # 粮食产量连年稳定在1.3万亿斤
                taken = 1
            if not taken:
                break
            first, last = row.words[place - taken + 1], row.words[place]
            if is_change:
                if change != (0, 0) or texts[-1:] == ["的"]:
                    break
                change = (first.start, last.end)
                is_new_level = result
            texts.append(row.text[first.start : last.end])
            place -= taken
        if change != (0, 0):
            place, change = self._compared(row, place, change)
            while place >= 0 and (
                row.words[place].kind in {ADVERB, TIME} or row.words[place].text in self._levels
            ):
                place -= 1
        return _Lead(place, change, is_new_level, tuple(texts))

    def _step(self, row: Row, place: int) -> tuple[int, bool, bool]:
        """How many words before a place lead on, whether they are a change, and to a new level."""
        texts = []
        for word in reversed(row.words[max(place - 4, 0) : place + 1]):
            if word.kind in {END, LIST, LINK, NUMBER, TIME, TITLE}:
                break
            texts.append(word.text)
        for count in range(len(texts), 0, -1):
            text = "".join(reversed(texts[:count]))
            if count < len(texts) and texts[count] == "未":
                continue
            match = self._change.fullmatch(text)
            if match and not self._is_noun_before(row, place - count, text):
                return count, True, bool(match["result"])
            if text in self._levels:
                return count, False, False
        return 0, False, False

    def _is_noun_before(self, row: Row, place: int, text: str) -> bool:
        """增收 after 户均 is what is measured: a change without a subject is none."""
        if text not in {"增收", "增速", "增幅", "降幅", "扩容", "提前", "多", "少", "高", "低", "减", "增", "调整", "压", "跌", "涨", "扩", "升", "降", "整合", "合并", "恢复", "改善"}:  # fmt: skip
            return False
        if text in {"增速", "增幅", "降幅", "提前"}:
            return True
        return text in {"增收", "调整", "整合", "合并", "恢复", "改善"}

    def _compared(
        self, row: Row, place: int, change: tuple[int, int]
    ) -> tuple[int, tuple[int, int]]:
        """A comparison before a change: 比上年提高, 比预期目标低了, but not 比上年同类采购价下降."""
        at = place
        while at >= 0 and row.words[at].kind not in {END, LIST, NUMBER, TITLE}:
            if row.words[at].text in _THAN:
                between = row.words[at + 1 : place + 1]
                only_time = all(word.kind == TIME or word.text == "的" for word in between)
                # In the lead a time has been passed by already: 较上年提高.
                after = row.words[at + 1] if at + 1 < len(row.words) else None
                if only_time or (after is not None and after.kind != TIME):
                    return at - 1, (row.words[at].start, change[1])
                return place, change
            at -= 1
        return place, change

    def is_level(self, word: Word) -> bool:
        """Whether a word leads to a number and is no part of a name."""
        return word.text in self._levels and word.kind != NOUN

    def is_scope(self, text: str) -> bool:
        """Whether it only says whose figure it is."""
        return text in self._scopes


@dataclass
class _Naming:
    """One quantity on its way to a name."""

    names: Names
    row: Row
    number: int
    at: int
    before: list[Named]

    @property
    def quantity(self) -> Quantity:
        return self.row.quantities[self.number]

    def named(self) -> Named:
        lead = self.names.lead(self.row, self.at)
        kind = self.row.words[lead.at].kind if lead.at >= 0 else END
        left = self._left(lead)
        right = self._right()
        change = lead.change
        if left is not None and left.change != (0, 0):
            change = left.change
        if left is not None and not left.text:
            # 高于省定目标2.4个百分点: what is higher was told before.
            return replace(self._carried(lead, kind) or Named(""), change=change)
        chosen = self._chosen(lead, kind, left, right)
        if chosen is None:
            chosen = self._carried(lead, kind)
        if chosen is None and right is not None:
            chosen = right
        if chosen is None:
            chosen = self._after_verb() or Named("")
        if change == (0, 0) and chosen.is_carried and kind in {LINK, LIST} and self._follows(lead):
            # 增长5.1%和7.6%: the change of the first is that of the second.
            change = self.before[-1].change
        return replace(chosen, change=change)

    def _follows(self, lead: _Lead) -> bool:
        return lead.at > 0 and self.row.words[lead.at - 1].kind == NUMBER and not lead.texts

    def _chosen(
        self, lead: _Lead, kind: str, left: Named | None, right: Named | None
    ) -> Named | None:
        quantity = self.quantity
        counts = not quantity.is_share and not quantity.is_money
        if kind == NUMBER:
            return right if counts and lead.change == (0, 0) else None
        if lead.is_new_level and counts and right is not None:
            # 管控范围缩小到两个居民小组
            return right
        if quantity.is_share or lead.change != (0, 0):
            return left or (right if self._of_follows() and lead.change == (0, 0) else None)
        if quantity.is_money:
            named = left is not None and self.row.words[lead.at].kind in {NOUN, PLACE, TITLE}
            named = named and lead.texts[:1] != ("等",)
            return left if named or right is None else right
        if left is None or right is None:
            chosen = left if right is None else right
            if right is None and left is not None and self._makes_do(lead):
                return self._after_verb() or left
            return chosen
        return left if self._prefers_left(lead, left, right) else right

    def _makes_do(self, lead: _Lead) -> bool:
        """帮助211人就业: what is counted is who does what follows."""
        return lead.at >= 0 and self.row.words[lead.at].text in _CAUSES

    def _prefers_left(self, lead: _Lead, left: Named, right: Named) -> bool:
        """Where nouns stand on both sides: 招聘教师142名 against 县直部门35名干部."""
        if self.row.words[lead.at].kind != NOUN or "的" in lead.texts:
            return False
        if _PLACES.search(left.text) or self.names.is_scope(left.text):
            return False
        # 影像、心电、检验三个中心; 第一批8处文物保护单位.
        if left.text.startswith(("第", "首批", "首个", "首次")) or len(_SPLIT.split(left.text)) == self.quantity.value:
            return False
        after = self.row.at(right.end or 0)
        if after < len(self.row.words) and self.row.words[after].kind == NUMBER:
            return True
        start = self.row.at(left.start or 0)
        led = self.row.words[start - 1].kind if start > 0 else END
        return led in {DOING, VERB, CHANGE} and not lead.texts

    def _of_follows(self) -> bool:
        rest = self.row.text[self.quantity.end : self.quantity.end + 1]
        return rest == "的"

    # -- the name before the number ---------------------------------------------------------

    def _left(self, lead: _Lead) -> Named | None:
        at = lead.at
        words = self.row.words
        # 住宅小区中的106个: a place word at the end is no part of the name.
        while at >= 0 and words[at].kind == PLACE and words[at].text in {"中", "里", "内", "当中"}:
            at -= 1
        if at >= 0 and words[at].kind == TITLE:
            first = at - 1 if at > 0 and words[at - 1].kind in {DOING, VERB} else at
            start, stop = words[first].start, words[at].end
            return Named(self.row.text[start:stop], start, stop)
        if at < 0 or words[at].kind not in {NOUN, VERB, DOING, PLACE, CHANGE, ADVERB, SCOPE}:
            return None
        if words[at].kind in {ADVERB, SCOPE} and not self._is_name_itself(words[at]):
            return None
        if self.names.is_level(words[at]):
            return None
        of = lead.texts.index("的") if "的" in lead.texts else -1
        if of > 0 or (of == 0 and not self.quantity.is_share):
            # 办不了的3条: what stands before 的 is all that is said of it.
            first = self._clause_before(at)
            start, stop = words[first].start, words[at].end
            return Named(self.row.text[start:stop], start, stop)
        first, change, end = self._first_of_left(at)
        if first < 0:
            return Named("", change=change)
        if self.quantity.is_share and of == 0 and first > 0 and words[first - 1].text in _EQUALS:
            # 是十年前的3倍, 约为测算需求的七成: what is so much stands further left.
            end = first - 2
            if end < 0 or words[end].kind not in {NOUN, VERB, DOING}:
                return Named("")
            first, change, end = self._first_of_left(end)
            if first < 0:
                return Named("")
        first = self._with_share(self._before_basis(first, at), at)
        listed = [place for place in range(first, end) if words[place].text == "等"]
        if listed:
            # 文昌东路等断头路: the kind is the name.
            first = listed[-1] + 1
        while first < end and (words[first].kind == PLACE or _YEARS.fullmatch(words[first].text)):
            first += 1
        text = self.row.text[words[first].start : words[end].end]
        text, start, stop = _trimmed(text, words[first].start)
        if not text.translate(_FLAT):
            return None
        return Named(text, start, stop, change, verb=self._verb_before(first))

    def _verb_before(self, place: int) -> str:
        """The verb that stands before a place: 签订了, and nothing between."""
        words = self.row.words
        at = place - 1
        if at >= 0 and words[at].kind == ASPECT:
            at -= 1
        if at < 0 or words[at].kind not in {DOING, VERB} or self.names.is_level(words[at]):
            return ""
        return words[at].text

    def _before_basis(self, first: int, at: int) -> int:
        """高龄津贴按年龄段每人每月60元: by what it is reckoned is not what it is."""
        words = self.row.words
        if first < 2 or words[first - 1].text not in {"按", "按照", "依", "以"}:
            return first
        if words[first - 2].kind != NOUN:
            return first
        start, change, _ = self._first_of_left(first - 2)
        return start if start >= 0 and change == (0, 0) else first

    def _with_share(self, first: int, at: int) -> int:
        """专项债占到位资金的48.4%: what has the share, and of what."""
        words = self.row.words
        if not self.quantity.is_share or first < 1:
            return first
        if first >= 2 and words[first - 1].text == "到" and words[first - 2].text == "占":
            first -= 1
        if words[first - 1].text not in _SHARES_OF:
            return first
        if first >= 2 and words[first - 2].kind in {NOUN, VERB, DOING, PLACE}:
            start, change, _ = self._first_of_left(first - 2)
            return start if start >= 0 and change == (0, 0) else first - 1
        return first - 1

    def _is_name_itself(self, word: Word) -> bool:
        return word.kind == SCOPE and self.at > 0 and len(word.text) > 2

    def _first_of_left(self, at: int) -> tuple[int, tuple[int, int], int]:
        """The first word of the phrase that ends at a place, a change that governs it, its end."""
        words = self.row.words
        first = place = at
        if words[at].kind in {VERB, DOING} and len(words[at].text) == 1:
            return first, (0, 0), at
        if self._is_pair_of_verbs(at):
            # 立案处罚19起
            first = place = at - 1
        while place > 0:
            word, after = words[place - 1], words[place]
            if words[at].end - word.start > _LONGEST:
                break
            if word.kind == SCOPE and place > 1 and words[place - 2].text in _STANDARDS:
                place -= 1
                continue
            if word.text in _STANDARDS:
                # 高于全市平均水平0.6个百分点: what is higher stands further left.
                end = place - 2
                if end >= 0 and words[end].kind in {NOUN, VERB, DOING}:
                    start, _, _ = self._first_of_left(end)
                    return start, (word.start, word.end), end
                return -1, (word.start, word.end), at
            if word.kind == CHANGE and len(word.text) == 1 and after.kind == NOUN:
                # 高流量治疗仪, 低效用地
                first = place = place - 1
                continue
            if word.kind == CHANGE:
                if place - 1 > 0 and words[place - 2].kind == NOUN:
                    first = place = place - 1
                    continue
                return first, (word.start, word.end), at
            if place == at and after.text in _SUFFIXES and word.kind in {VERB, DOING, CHANGE, NOUN}:
                # 执行率, 化解率: the word before makes a noun of it.
                first = place = place - 1
                continue
            if self._is_adverb_of_verb(word, place - 1, at):
                # 耕地地力补贴共发放*万元, 逾期住房已交付428套
                place -= 1
                continue
            if not self._goes_on(word, after, place - 1):
                break
            if word.kind == OF:
                first = place = self._clause_before(place - 2)
                continue
            place -= 1
            if word.kind not in {LIST, LINK, OF}:
                first = place
        return first, (0, 0), at

    def _is_pair_of_verbs(self, at: int) -> bool:
        words = self.row.words
        if at < 1 or words[at].kind not in {VERB, DOING} or words[at - 1].kind not in {VERB, DOING}:
            return False
        pair = words[at - 1].text, words[at].text
        return all(len(text) == 2 for text in pair) and not self.names.is_level(words[at - 1])

    def _is_adverb_of_verb(self, word: Word, place: int, at: int) -> bool:
        words = self.row.words
        return (
            word.kind == ADVERB
            and word.text in _COUNTING
            and words[at].kind in {VERB, DOING}
            and place + 1 == at
            and place > 0
            and words[place - 1].kind == NOUN
        )

    def _goes_on(self, word: Word, after: Word, place: int) -> bool:
        """Whether a word to the left is part of the phrase, too."""
        words = self.row.words
        before = words[place - 1] if place > 0 else None
        starts = before is None or before.kind not in {NOUN, PLACE, VERB, DOING, LINK, OF, LIST, CHANGE}
        if word.text == "平均":
            return after.kind == NOUN
        if word.text in _NEGATIONS:
            return after.kind in {VERB, DOING} or len(after.text) == 2
        if word.kind in {NOUN, PLACE}:
            return not (self.names.is_level(word))
        if word.kind in {LIST, LINK}:
            return before is not None and before.kind in {NOUN, VERB, DOING} and self._is_list(place)
        if word.kind == OF:
            return before is not None and before.kind in {NOUN, VERB, DOING, PLACE, CHANGE}
        if word.kind == DOING:
            if after.text.startswith(_HEADS) and word.text in self.names.nominal:
                # 补助资金; but 完成投资, where the verb has nothing before it.
                return not starts or word.text not in _PLAIN
            return word.tag == "vn" and not starts and before is not None and before.kind == NOUN
        if word.kind == VERB:
            if self.names.is_level(word):
                return False
            if starts:
                return after.text in _HEADS and len(word.text) > 1
            return len(word.text) > 1
        return False

    def _is_list(self, place: int) -> bool:
        """Whether what stands before 、 or 和 is a member of a list of nouns, without a number."""
        words = self.row.words
        at = place - 1
        while at >= 0 and words[at].kind in {NOUN, PLACE, VERB, DOING}:
            at -= 1
        return at < 0 or words[at].kind not in {NUMBER}

    def _clause_before(self, place: int) -> int:
        """The first word of what stands before 的."""
        words = self.row.words
        end = words[place].end
        at = place
        while at > 0:
            word = words[at - 1]
            if end - word.start > _LONGEST_CLAUSE:
                break
            if word.text not in _NEGATIONS and word.kind not in {NOUN, PLACE, VERB}:
                break
            if self.names.is_level(word) and word.text != "到":
                break
            at -= 1
        if words[at].kind == VERB and at != place and (at == 0 or words[at - 1].kind == END):
            at += 1
        return at

    # -- the name behind the number ----------------------------------------------------------

    def _right(self) -> Named | None:
        words = self.row.words
        at = self.at + 1
        if at < len(words) and words[at].kind == OF:
            at += 1
        if at >= len(words):
            return None
        last = self._last_of_right(at)
        if last is not None and words[at].kind in {VERB, DOING} and self._after_clause(at):
            # 没有卫生室的偏远村组, 符合条件的退役士兵
            last = None
        if last is None:
            relative = self._after_clause(at)
            if relative is None:
                return None
            at, last = relative
        elif (of := self._of_after(last)) and not self._holds(words[last]):
            further = self._last_of_right(of + 1, nominal=True)
            if further is not None:
                at, last = of + 1, further
        text, start, end = _trimmed(self.row.text[words[at].start : words[last].end], words[at].start)
        if not text.translate(_FLAT):
            return None
        return Named(text, start, end, verb=self._verb_before(self.at))

    def _of_after(self, last: int) -> int:
        """The place of a 的 after a phrase: 两个年出栏万头以上的猪场; 0 for none."""
        words = self.row.words
        at = last + 1
        while at < len(words) and words[at].kind == PLACE:
            at += 1
        return at if at + 1 < len(words) and words[at].kind == OF else 0

    def _holds(self, word: Word) -> bool:
        """Whether what follows 的 belongs to what is counted: 四个村的集体经济, 两个偷排的豆腐坊."""
        own = _OWN.get(self.quantity.base)
        if self.quantity.base in _PEOPLE:
            return False
        return bool((own and own.search(word.text)) or _PLACES.search(word.text))

    def _last_of_right(self, at: int, *, nominal: bool = False) -> int | None:
        """The last word of the noun phrase that starts at a place, None where none does."""
        words = self.row.words
        last = None
        place = at
        while place < len(words):
            word = words[place]
            after = words[place + 1] if place + 1 < len(words) else None
            noun_follows = after is not None and after.kind == NOUN
            ends = after is None or after.kind in {END, LIST, LINK}
            if word.kind == NOUN:
                if self._is_no_part(word, after, last, ends=ends, nominal=nominal):
                    break
                last = place
                if self._is_place_alone(word, after) or self._is_whole(word, after, place, at):
                    break
            elif word.kind == PLACE and last is not None and noun_follows:
                pass
            elif word.kind in {VERB, DOING}:
                if self.names.is_level(word):
                    break
                modifies = word.kind == VERB or word.tag == "vn" or nominal
                if last is None and not (noun_follows and modifies):
                    return None
                predicate = after is not None and after.kind in {DOING, VERB, ADVERB}
                ends = ends or (word.tag == "vn" and predicate)
                if last is not None and not self._modifies(word, after, last, ends=ends):
                    break
                if last is not None:
                    last = place
            elif word.kind in {LINK, LIST} and last is not None and noun_follows and word.text != "与":
                if not self._list_goes_on(place + 1):
                    break
            elif word.kind == SCOPE and last is None and noun_follows:
                pass
            else:
                break
            place += 1
        return last

    def _is_no_part(
        self, word: Word, after: Word | None, last: int | None, *, ends: bool, nominal: bool
    ) -> bool:
        """Whether a word that could be a noun is said of the phrase before it."""
        if word.tag == UNKNOWN_VERB and not nominal:
            return last is not None or not ends
        if after is not None and after.kind == ASPECT and last is not None:
            return True
        if last is None:
            return False
        return word.tag == "t" or (word.tag in {"i", "l"} and len(word.text) >= 4)

    def _modifies(self, word: Word, after: Word | None, last: int, *, ends: bool) -> bool:
        """Whether a verb in a noun phrase is part of it: 清洁取暖改造, 社会救助站."""
        if after is not None and after.kind == NOUN and after.text.startswith(_HEADS):
            return (
                word.tag == "vn"
                or word.text in self.names.nominal
                or (word.kind == VERB and after.text.startswith(_ABSTRACT))
            )
        if not ends:
            return False
        if word.tag == "vn":
            return True
        # 完成1.1万户清洁取暖改造: the verb before the number has the other as its object.
        led = self.row.words[self.at - 1] if self.at > 0 else None
        return led is not None and led.kind in {DOING, LINK} and len(word.text) > 1

    def _is_whole(self, word: Word, after: Word | None, place: int, at: int) -> bool:
        """Whether the phrase is what the measure counts, and what follows is said of it."""
        own = _OWN.get(self.quantity.base)
        if own is None or not own.search(word.text) or after is None or after.kind != NOUN:
            return False
        # 企业负责人 goes on: the last of what the measure counts is the head.
        following = self.row.words[place + 1 : place + 4]
        return not any(own.search(one.text) for one in following if one.kind == NOUN) and not after.text.startswith(_HEADS)

    def _is_place_alone(self, word: Word, after: Word | None) -> bool:
        """118个村, 9个村: what follows is said of the villages."""
        if word.text not in {"村", "县", "乡镇", "镇", "省", "市", "社区", "行政村", "街道"}:
            return False
        return after is None or not after.text.startswith((*_HEADS, *_OF_VILLAGES))

    def _list_goes_on(self, at: int) -> bool:
        """Whether a list after a number goes on with a thing that has no number of its own."""
        words = self.row.words
        place = at
        while place < len(words) and words[place].kind in {NOUN, PLACE, DOING}:
            place += 1
        return place >= len(words) or words[place].kind != NUMBER

    def _after_clause(self, at: int) -> tuple[int, int] | None:
        """The noun after a clause with 的: 14名符合条件的退役士兵."""
        words = self.row.words
        if words[at].kind not in {VERB, DOING, PREPOSITION, ADVERB, SCOPE, NOUN, CHANGE, LINK}:
            return None
        place = at
        found = None
        while place < len(words) and words[place].kind != END and words[place].start - words[at].start <= 20:
            if words[place].kind == OF and place + 1 < len(words):
                last = self._last_of_right(place + 1, nominal=True)
                if last is not None:
                    found = place + 1, last
                    break
            place += 1
        return found

    def _after_verb(self) -> Named | None:
        """What is said of a number that has no noun on either side: 其余2项达到时序进度."""
        words = self.row.words
        at = self.at + 1
        while at < len(words) and words[at].kind == ADVERB:
            at += 1
        if at >= len(words) or not (words[at].kind in {VERB, DOING} or words[at].tag == UNKNOWN_VERB):
            return None
        last = at
        while last < len(words) and words[last].kind in {VERB, DOING, NOUN, PLACE, CHANGE, ASPECT, LINK}:
            last += 1
        if last == at or words[last - 1].end - words[at].start > 12:
            return None
        start, end = words[at].start, words[last - 1].end
        return Named(self.row.text[start:end], start, end)

    # -- the name of a quantity before ---------------------------------------------------------

    def _carried(self, lead: _Lead, kind: str) -> Named | None:
        """The name of the quantity before in the same sentence, or of what is done to the rest."""
        sentence = max(self.row.text.rfind(mark, 0, self.quantity.start) for mark in "。！？")
        former = self.row.quantities[self.number - 1] if self.before else None
        plain = lead.change == (0, 0) and not self.quantity.is_share
        if plain and kind != NUMBER and not any(text.startswith("每") for text in lead.texts):
            said = self._after_verb()
            if said is not None:
                return said
        if former is None or former.start < sentence:
            ended = self._subject() if lead.change != (0, 0) else self._clause_ended()
            return ended or self._of_paragraph()
        if "分别" in lead.texts or any("分别" in text for text in lead.texts):
            return replace(self._of_several(), is_carried=True, change=(0, 0))
        if any(text in _TOTALS for text in lead.texts):
            return Named(next(text for text in lead.texts if text in _TOTALS))
        same = self._of_same_measure(sentence) if kind != NUMBER else None
        last = same or self.before[-1]
        if last.rest and kind == LINK:
            return replace(last.rest[0], is_carried=True, change=(0, 0), rest=last.rest[1:])
        return replace(last, is_carried=True, change=(0, 0), rest=())

    def _of_same_measure(self, sentence: int) -> Named | None:
        """一般事故9起、死亡4人,比上年少2起、少1人: by their measures."""
        if self.quantity.is_share:
            return None
        for number in range(self.number - 1, -1, -1):
            one = self.row.quantities[number]
            if one.start < sentence:
                return None
            if one.base == self.quantity.base:
                return self.before[number]
        return None

    def _of_several(self) -> Named:
        """分别是2019年的1.3倍和1.2倍: the first number belongs to the first of as many names."""
        run = 1
        quantities = self.row.quantities
        while self.number + run < len(quantities):
            between = self.row.text[quantities[self.number + run - 1].end : quantities[self.number + run].start]
            if between not in {"和", "、", "与", "及"}:
                break
            run += 1
        own = [named for named in self.before if not named.is_carried]
        if run > len(own):
            return self.before[-1]
        return replace(own[-run], rest=tuple(own[len(own) - run + 1 :]))

    def _subject(self) -> Named | None:
        """生产总值不仅没有下降,而且将比上年增长3%: the first noun phrase of the sentence."""
        words = self.row.words
        begin = self.at
        while begin > 0 and words[begin - 1].text not in {"。", ";", "；", "!", "?", ":", "："}:
            begin -= 1
        place = begin
        while place < self.at and words[place].kind not in {NOUN}:
            place += 1
        last = place
        while last + 1 < self.at and words[last + 1].kind in {NOUN, PLACE, LINK, OF, LIST}:
            last += 1
        if place >= self.at or words[last].kind != NOUN:
            return self._clause_ended()
        start, end = words[place].start, words[last].end
        return Named(self.row.text[start:end], start, end, is_carried=True)

    def _of_paragraph(self) -> Named | None:
        """剩余4笔: of what was counted before with the same measure."""
        for number in range(self.number - 1, -1, -1):
            one = self.row.quantities[number]
            if one.base == self.quantity.base and self.before[number].text:
                return replace(self.before[number], is_carried=True, change=(0, 0), rest=())
        return None

    def _clause_ended(self) -> Named | None:
        """The noun phrase at the end of the clause before: 上一节阅读课,全年共9节."""
        words = self.row.words
        at = self.at - 1
        while at >= 0 and words[at].kind != END:
            at -= 1
        heads = at > 0 and words[at].text == "。" and is_heading(self.row.text[: words[at].start])
        if at < 1 or not (words[at].text in "，,、" or heads):
            return None
        if words[at - 1].kind not in {NOUN, DOING, VERB}:
            return None
        first, _, end = self._first_of_left(at - 1)
        text, start, stop = _trimmed(self.row.text[words[first].start : words[end].end], words[first].start)
        return Named(text, start, stop, is_carried=True) if text.translate(_FLAT) else None


def is_heading(text: str) -> bool:
    """Whether a text is the heading that is run into its paragraph: 1.交通固定资产投资."""
    found = label(text)
    return found is not None and len(text) - found.end <= 20 and not re.search("[，,。;；]", text[found.end :])


def _either(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def _trimmed(text: str, start: int) -> tuple[str, int, int]:
    """Without marks at the edges and without one half of a pair of quotation marks."""
    end = start + len(text)
    while text and (text[0] in "、的等” ’·%/+—" or (text[0] in _QUOTES and _QUOTES[text[0]] not in text)):
        text, start = text[1:], start + 1
    while text and (text[-1] in "、的等“ ‘·" or (text[-1] in _QUOTES.values() and not any(mark in text for mark in _QUOTES))):
        text, end = text[:-1], end - 1
    return text, start, end


def _divided(row: Row, found: list[Named]) -> Iterator[Named]:
    """A、B分别达到3亿元和5亿元: each number gets the part of the name that is its own."""
    number = 0
    while number < len(found):
        run = number + 1
        while run < len(found) and _goes_with(row, found, run):
            run += 1
        parts = _SPLIT.split(found[number].text)
        begin = found[number].end or 0
        led = row.text[begin : row.quantities[number].start]
        alike = max(map(len, parts)) <= 2 * min(map(len, parts)) + 2
        if run - number == len(parts) > 1 and alike and ("分别" in led or "各" in led):
            at = found[number].start or 0
            for part, named in zip(parts, found[number:run], strict=True):
                yield replace(named, text=part, start=at, end=at + len(part))
                at += len(part) + 1
        else:
            yield from found[number:run]
        number = run


def _goes_with(row: Row, found: list[Named], run: int) -> bool:
    between = row.text[row.quantities[run - 1].end : row.quantities[run].start]
    return between in {"和", "、", "与", "及", "以及"} and found[run].is_carried
