"""Noun phrases before a number: 签订招商引资项目34个.

Word kinds decide where a phrase begins (``word_kinds.py``): after the verb that governs it, a
preposition or a mark.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.figure_name import FigureName, build_name
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.lead_words import DURATION, NO_SPAN, LeadWords
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord
from reportsearch.comparable import Span

_MAX_CHARS = 32
_MAX_QUOTED_CHARS = 14
_MIN_NAME_CHARS = 3
_MAX_REMARK_CHARS = 10
_MAX_CLAUSE_CHARS = 16
"""Maximum number of characters of a clause before 的 that become part of a name."""
_STANDARDS = frozenset({"高于", "低于", "快于", "慢于", "高出", "多于", "少于"})
_SHARES_OF = frozenset({"占", "占到", "约占", "占了", "只占", "仅占"})
_EQUALS = frozenset({
    "是", "为", "相当于", "约为", "等于", "分别是", "分别为", "不低于", "不少于", "达到", "超过",
    "低于", "高于",
})  # fmt: skip
_BASES = frozenset({"按", "按照", "依", "以"})
_INSIDE = frozenset({"中", "里", "内", "当中"})
_COUNTING = frozenset({"已", "共", "累计", "均", "全部", "已经", "合计", "先后"})
# Verbs that occur in names but more often say what is done: 完成投资, 整改问题.
_PLAIN_VERBS = frozenset({
    "完成", "落实", "办理", "受理", "建设", "改造", "接待", "化解", "安排", "检查", "处理", "处置",
    "发展", "推广", "整改", "培训", "参与", "救助", "帮扶", "采购", "安装", "更换", "治理", "整治",
    "开发", "登记", "扶持", "资助", "收集", "安置", "鉴定", "检测", "签约", "开工", "征收",
})  # fmt: skip
_PREFIXES = frozenset({"可", "超", "多", "涉", "全"})
"""Words before a noun that are its first part, though the dictionary has adverbs: 可再生能源."""
_DETERMINERS = ("各类", "各项", "各种", "各级各类")
_TARGETS = frozenset({"对", "向", "在"})
_RECIPIENTS = frozenset({"向", "与", "为", "给", "同", "会同"})
_TO = frozenset({"至", "到"})
_FROM = frozenset({"从", "由", "自"})
_LENGTHS = frozenset({"公里", "千米", "里", "米", "延米"})
_MANNERS = frozenset({"按期", "按时", "及时", "如期", "足额", "一次性", "首次"})
"""Adverbs that begin a name with 率: 按期办结率."""
_LIMITS = frozenset({"以上", "以下", "以内"})
_WHEN = frozenset({"期间", "以来", "之后", "以后", "之前", "以前"})
_DESTINATIONS = frozenset({"赴", "到", "去", "往", "在"})
_NO_ACTIONS = frozenset({"完成", "实现", "达到", "取得", "保持"})
"""Verbs that no noun of what is measured turns into a name: 完成总量."""
_TIME_UNITS = frozenset({"天", "个晚上", "晚上", "小时", "个小时", "个月"})
_SPENT = frozenset({"完成", "发展", "开工", "投产"})
"""Verbs that occur in names but say what happened where they stand right before a number."""
_MOST = ("最", "更", "较")
_LIST_MARKS = frozenset({kinds.LIST, kinds.LINK})
_ADJECTIVES = frozenset({"a", "ad"})
_PLACE_TAG = "ns"
_NAME_TAGS = frozenset({"ns", "nr"})
_COUNT_UNITS = frozenset("人个家户位名次回")
_SUFFIXES = frozenset("率数额量费款值比度价")
_MEMBERS = kinds.VERBS | {kinds.NOUN}
_CLAUSE_WORDS = frozenset({kinds.NOUN, kinds.PLACE, kinds.VERB})
_BEFORE_OF = kinds.CONTENT | {kinds.CHANGE}
_PHRASE_ENDS = _BEFORE_OF | {kinds.TITLE}
_PHRASE_WORDS = _BEFORE_OF | {kinds.LINK, kinds.OF, kinds.LIST}
NEGATIONS = frozenset({"未", "不", "没有", "尚未", "无"})


@dataclass(frozen=True)
class NameBefore:
    """A search for the name before a number of a paragraph."""

    paragraph: TaggedParagraph
    grammar: Grammar
    is_subject: bool = False
    """Whether the words after the phrase say how much it is or how it changed (达到, 增长)."""

    def find_name(self, lead: LeadWords, quantity: Quantity) -> FigureName | None:
        """Return the name before the lead words of a quantity, empty if it was named earlier."""
        words = self.paragraph.words
        at = lead.at
        # 住宅小区中的106个: a place word at the end is not part of the name.
        while at >= 0 and words[at].kind == kinds.PLACE and words[at].text in _INSIDE:
            at -= 1
        told = self._find_told(at, lead, quantity)
        if told is not None:
            return told
        if at < 0 or not self._can_end(words[at]):
            return None
        if words[at].kind == kinds.TITLE:
            first = at - 1 if at > 0 and words[at - 1].kind in kinds.VERBS else at
            return build_name(self.paragraph, first, at)
        if lead.of_index > 0 or (lead.of_index == 0 and not quantity.is_share):
            # 办不了的3条: the words before 的 are the whole name.
            return build_name(self.paragraph, self._find_clause_start(at), at)
        return self._find_phrase(at, lead, quantity)

    def _find_told(self, at: int, lead: LeadWords, quantity: Quantity) -> FigureName | None:
        """Return the name of what a verb before a number is told of: 公共预算收入完成3亿元."""
        predicate = self._find_predicate(at)
        if predicate < 0 or lead.follows_subject or quantity.base in _TIME_UNITS:
            return None
        found = self.find_name(replace(lead, at=predicate), quantity)
        if found is None or len(found.text) < 2 or found.start is None:
            return None
        place = self.paragraph.find_word(found.start) - 1
        if found.verb and self.paragraph.words[place].kind != kinds.VERB:
            # 给予党纪处分3人: another verb governs both.
            return None
        return replace(found, verb=self.paragraph.words[at].text)

    def _find_predicate(self, at: int) -> int:
        """Return the end of the phrase that a verb before a number speaks of, or -1.

        公共预算收入完成3亿元 and 水池建了5个 name what was done, 公安局抓获9人 who did it.
        """
        words = self.paragraph.words
        if at < 1 or words[at].kind not in kinds.VERBS or self.grammar.is_level(words[at]):
            return -1
        text = words[at].text
        if text in _SUFFIXES or (text in self.grammar.nominal and text not in _SPENT):
            return -1
        if words[at].kind == kinds.VERB and len(text) > 1:
            return -1
        before = at - 1
        while before >= 0:
            opened = self._find_remark_start(before)
            if not opened and words[before].kind != kinds.ADVERB and words[before].text != "新":
                break
            before = (opened or before) - 1
        if before < 0 or words[before].text == "”":
            return before
        word = words[before]
        is_name = word.kind == kinds.NOUN or (
            word.kind in kinds.VERBS and word.text in (*self.grammar.nominal, *self.grammar.shared)
        )
        if not is_name or len(word.text) == 1 or word.tag == "t":
            return -1
        return -1 if text != "发展" and self.grammar.is_doer(word) else before

    def _can_end(self, word: TaggedWord) -> bool:
        if word.kind == kinds.SCOPE:
            return len(word.text) > 2
        if word.tag in _ADJECTIVES and len(word.text) == 1:
            # 做大做强2个产业
            return False
        return word.kind in _PHRASE_ENDS and not self.grammar.is_level(word)

    def _find_phrase(self, at: int, lead: LeadWords, quantity: Quantity) -> FigureName | None:
        words = self.paragraph.words
        first, change, end = self.find_phrase_start(at)
        if first < 0:
            return FigureName("", change=change)
        if (
            quantity.is_share
            and lead.of_index == 0
            and first > 0
            and words[equals := self._skip_times(first - 1)].text in _EQUALS
        ):
            # 是十年前的3倍, 约为测算需求的七成: the subject is further left.
            end = equals - 1
            if end < 0 or words[end].kind not in _MEMBERS:
                return FigureName("")
            first, change, end = self.find_phrase_start(end)
            if first < 0:
                return FigureName("")
        first = self._skip_basis(first)
        first = self._extend_to_route(first, quantity)
        if first > 1 and lead.is_new_level and words[first - 1].text in _FROM:
            # 企业开办时间从一个月压缩到4天: the subject is further left.
            if words[first - 2].kind not in _MEMBERS:
                return FigureName("")
            end = first - 2
            first, change, end = self.find_phrase_start(end)
            if first < 0:
                return FigureName("")
        if quantity.is_share:
            first = self._extend_to_share(first)
        listed = [place for place in range(first, end) if words[place].text == "等"]
        if listed:
            # 文昌东路等断头路: the category is the name.
            first = listed[-1] + 1
        first = self._skip_recipient(self._skip_places(first, end), end)
        while first < end and (
            words[first].kind == kinds.PLACE or DURATION.fullmatch(words[first].text)
        ):
            first += 1
        if first == end and words[first].text in _COUNT_UNITS:
            # 人13个
            return None
        found = build_name(self.paragraph, first, end, change, self.find_verb(first))
        if found and found.start is not None and found.start < words[first].start:
            # “互联网+明厨亮灶”食堂12家: quoted words are not a verb.
            found = replace(found, verb=self.find_verb(self.paragraph.find_word(found.start)))
        return found

    def _skip_places(self, first: int, end: int) -> int:
        """Skip places whose figure it is: 甲县、乙县园区产值, 赴甲市、乙市考察."""
        words = self.paragraph.words
        at = first
        while at < end and words[at].tag in _NAME_TAGS and words[at + 1].kind in _LIST_MARKS:
            at += 2
        goes = first > 0 and words[first - 1].text in _DESTINATIONS
        if at < end and words[at].tag == _PLACE_TAG and (goes or at > first):
            return at + 1
        return first

    def _skip_recipient(self, first: int, end: int) -> int:
        """Skip a preposition's object and the verb after it: 向民间资本推介项目325个."""
        words = self.paragraph.words
        if first < 1 or words[first - 1].text not in _RECIPIENTS:
            return first
        verbs = (at for at in range(first + 1, end) if words[at].kind in kinds.VERBS)
        return next(verbs, first - 1) + 1

    def find_phrase_start(self, at: int) -> tuple[int, Span, int]:
        """Return the start of the phrase that ends at ``at``, its governing change, and its end."""
        words = self.paragraph.words
        first = place = at
        single = len(words[at].text) == 1 and words[at].text not in _SUFFIXES
        if single and words[at].kind in kinds.VERBS:
            return first, NO_SPAN, at
        opening = self._find_opening_quote(at)
        if opening is not None:
            first = place = opening
        elif self._is_pair_of_verbs(at):
            # 立案处罚19起
            first = place = at - 1
        while place > 0:
            word, after = words[place - 1], words[place]
            if words[at].end - word.start > _MAX_CHARS:
                break
            opened = self._find_remark_start(place - 1)
            if opened:
                # 细颗粒物（PM2.5）浓度
                place = opened
                continue
            if word.kind == kinds.SCOPE and place > 1 and words[place - 2].text in _STANDARDS:
                place -= 1
                continue
            if word.text in _STANDARDS:
                # 高于全市平均水平0.6个百分点: the subject is further left.
                end = place - 2
                change = word.start, word.end
                if end >= 0 and words[end].text in NEGATIONS:
                    # 不低于低保标准的1.6倍
                    end, change = end - 1, NO_SPAN
                if end >= 0 and words[end].kind in _MEMBERS:
                    start, _, _ = self.find_phrase_start(end)
                    return start, change, end
                return -1, change, at
            if word.kind == kinds.CHANGE and len(word.text) == 1 and after.kind == kinds.NOUN:
                # 高流量治疗仪, 低效用地
                first = place = place - 1
                continue
            if word.kind == kinds.CHANGE:
                if place - 1 > 0 and words[place - 2].kind == kinds.NOUN:
                    first = place = place - 1
                    continue
                return first, (word.start, word.end), at
            if (
                place == at
                and after.text in _SUFFIXES
                and word.kind in {kinds.VERB, kinds.DOING, kinds.CHANGE, kinds.NOUN}
            ):
                # 执行率, 化解率: the suffix turns the preceding word into a noun.
                first = place = place - 1
                continue
            if self._is_adverb_of_verb(word, place - 1, at):
                # 耕地地力补贴共发放*万元, 逾期住房已交付428套
                place -= 1
                continue
            if not self._extends_phrase(word, after, place - 1):
                break
            if word.kind == kinds.OF:
                begin = self._find_clause_start(place - 2)
                if self._is_relative(begin, place - 1, at):
                    # 人大交办的审议意见: the clause only specifies the name.
                    break
                first = place = self._extend_to_target(begin)
                continue
            place -= 1
            if word.kind not in {kinds.LIST, kinds.LINK, kinds.OF}:
                first = place
        return first, NO_SPAN, at

    def _extend_to_route(self, first: int, quantity: Quantity) -> int:
        """Extend the end of a route to its start: 县城至河口7.6公里."""
        words = self.paragraph.words
        if quantity.base not in _LENGTHS or first < 2 or words[first - 1].text not in _TO:
            return first
        return (
            self.find_phrase_start(first - 2)[0] if words[first - 2].kind == kinds.NOUN else first
        )

    def _find_remark_start(self, place: int) -> int:
        """Return where a short bracketed remark inside a name begins, or 0."""
        words = self.paragraph.words
        if words[place].text not in {")", "）"}:
            return 0
        for at in range(place - 1, 0, -1):
            if words[place].start - words[at].start > _MAX_REMARK_CHARS:
                break
            if words[at].text in {"(", "（"}:
                return at if words[at - 1].kind == kinds.NOUN else 0
        return 0

    def _is_relative(self, begin: int, end: int, at: int) -> bool:
        """Check whether the words before 的 are a clause, and those after it a full name."""
        words = self.paragraph.words
        if words[at].end - words[end].end < _MIN_NAME_CHARS:
            return False
        return words[begin].kind == kinds.NOUN and words[end - 1].kind in kinds.VERBS

    def _extend_to_target(self, first: int) -> int:
        """Extend a phrase before 的 to what it is of: 科技对经济增长的贡献率."""
        words = self.paragraph.words
        if first < 1 or words[first - 1].text not in _TARGETS:
            return first
        if first < 2 or words[first - 2].kind not in _MEMBERS:
            return first - 1
        start, change, _ = self.find_phrase_start(first - 2)
        return start if start >= 0 and change == NO_SPAN else first - 1

    def _find_opening_quote(self, at: int) -> int | None:
        """Return where a quotation that ends at a position begins (“回头看”3轮), or None."""
        words = self.paragraph.words
        if words[at].text != "”":
            return None
        for place in range(at - 1, -1, -1):
            if words[place].text == "“":
                return place
            if words[at].start - words[place].start > _MAX_QUOTED_CHARS:
                break
        return None

    def find_verb(self, place: int) -> str:
        """Return the verb directly before a position, such as 签订了, or an empty string."""
        words = self.paragraph.words
        at = place - 1
        if at >= 0 and words[at].kind == kinds.ASPECT:
            at -= 1
        if at < 0 or words[at].kind not in kinds.VERBS or self.grammar.is_level(words[at]):
            return ""
        return words[at].text

    def _skip_times(self, at: int) -> int:
        """Return the position before the times that end at a position: 是前五年总和的1.6倍."""
        while at > 0 and self.paragraph.words[at].kind == kinds.TIME:
            at -= 1
        return at

    def _skip_basis(self, first: int) -> int:
        """Skip the basis of a calculation, which is not the name: 高龄津贴按年龄段每人每月60元."""
        words = self.paragraph.words
        if first < 2 or words[first - 1].text not in _BASES:
            return first
        if words[first - 2].kind != kinds.NOUN:
            return first
        start, change, _ = self.find_phrase_start(first - 2)
        return start if start >= 0 and change == NO_SPAN else first

    def _extend_to_share(self, first: int) -> int:
        """Extend a share to its whole and its owner: 专项债占到位资金的48.4%."""
        words = self.paragraph.words
        if first < 1:
            return first
        if first >= 2 and words[first - 1].text == "到" and words[first - 2].text == "占":
            first -= 1
        if words[first - 1].text not in _SHARES_OF:
            return first
        if first >= 2 and words[first - 2].kind in kinds.CONTENT:
            start, change, _ = self.find_phrase_start(first - 2)
            return start if start >= 0 and change == NO_SPAN else first - 1
        return first - 1

    def _is_pair_of_verbs(self, at: int) -> bool:
        words = self.paragraph.words
        if at < 1 or words[at].kind not in kinds.VERBS or words[at - 1].kind not in kinds.VERBS:
            return False
        pair = words[at - 1].text, words[at].text
        return all(len(text) == 2 for text in pair) and not self.grammar.is_level(words[at - 1])

    def _is_adverb_of_verb(self, word: TaggedWord, place: int, at: int) -> bool:
        words = self.paragraph.words
        return (
            word.kind == kinds.ADVERB
            and word.text in _COUNTING
            and words[at].kind in kinds.VERBS
            and place + 1 == at
            and place > 0
            and words[place - 1].kind == kinds.NOUN
        )

    def _extends_phrase(self, word: TaggedWord, after: TaggedWord, place: int) -> bool:
        """Check whether a word to the left is also part of the phrase."""
        words = self.paragraph.words
        before = words[place - 1] if place > 0 else None
        starts = before is None or before.kind not in _PHRASE_WORDS
        if word.text == "平均":
            return after.kind == kinds.NOUN
        if word.text in NEGATIONS:
            return after.kind in kinds.VERBS or len(after.text) == 2
        if word.text in _WHEN:
            return False
        if word.text in _MANNERS:
            return after.kind in kinds.VERBS or after.text.endswith("率")
        if word.kind in {kinds.NOUN, kinds.PLACE}:
            return not (self.grammar.is_level(word))
        if word.kind == kinds.ADVERB and word.tag == "d" and len(word.text) == 2:
            # An adverb before a noun is a part of it: 经常项目.
            listed = self.grammar.adverbs
            return (
                after.kind == kinds.NOUN
                and not after.tag.startswith("v")
                and word.text not in listed
            )
        if word.text in _PREFIXES:
            return after.kind == kinds.NOUN
        if word.kind in _LIST_MARKS:
            return before is not None and before.kind in _MEMBERS and self._is_list(place)
        if word.kind == kinds.OF:
            if before is not None and before.text in _LIMITS:
                # 10年以上的纠纷积案
                return False
            return before is not None and before.kind in _BEFORE_OF
        if word.kind in kinds.VERBS and len(word.text) > 1:
            if after.kind == kinds.NOUN and after.text.endswith(self.grammar.attributes):
                # 通车里程, 检查总量, but not 完成总量
                return not starts or word.text not in _NO_ACTIONS
            if before is not None and before.text in _DETERMINERS:
                return True
        if word.kind == kinds.DOING:
            if after.kind in kinds.VERBS and words[place + 2].text in _SUFFIXES:
                # 治愈好转率
                return True
            ends = words[place + 2].kind != kinds.NOUN
            if before is not None and ends and self._is_object(before, word, after):
                return True
            if self.grammar.is_head(after) and word.text in self.grammar.nominal:
                # 补助资金, but not 完成投资, where nothing precedes the verb.
                return not starts or word.text not in _PLAIN_VERBS
            follows_noun = before is not None and before.kind == kinds.NOUN
            if self.is_subject and follows_noun and word.text in self.grammar.nominal:
                # 基本生活保障省定标准达到840元
                return True
            return word.tag == "vn" and not starts and follows_noun
        if word.kind == kinds.VERB:
            if self.grammar.is_level(word):
                return False
            if starts:
                governs = not (self.grammar.is_head(after) or self.is_subject)
                return not governs and len(word.text) > 1
            return len(word.text) > 1
        return False

    def _is_object(self, before: TaggedWord, word: TaggedWord, after: TaggedWord) -> bool:
        """Check whether a noun of action begins the object of a verb: 撰写调研报告."""
        nominal = word.tag[:1] == "n" or (word.tag == "vn" and word.text not in _PLAIN_VERBS)
        governs = before.kind in kinds.VERBS and before.text not in self.grammar.causes
        return nominal and governs and after.kind == kinds.NOUN

    def _is_list(self, place: int) -> bool:
        """Check whether the words before 、 or 和 belong to a list of nouns without a number."""
        words = self.paragraph.words
        after = words[place + 1]
        if after.kind == kinds.DOING and words[place + 2].kind == kinds.NUMBER:
            # 提高低保标准、覆盖11.9万人
            return False
        at = place - 1
        if at > 0 and words[at].text.startswith(_MOST):
            # 规模最大、总投资20亿元
            return False
        while at >= 0 and words[at].kind in kinds.CONTENT:
            at -= 1
        return at < 0 or words[at].kind != kinds.NUMBER

    def _find_clause_start(self, place: int) -> int:
        """Return the first word of the clause before 的."""
        words = self.paragraph.words
        end = words[place].end
        at = place
        while at > 0:
            word = words[at - 1]
            if end - word.start > _MAX_CLAUSE_CHARS:
                break
            if word.text not in NEGATIONS and word.kind not in _CLAUSE_WORDS:
                break
            if self.grammar.is_level(word) and word.text != "到":
                break
            at -= 1
        if (
            words[at].kind == kinds.VERB
            and at != place
            and (at == 0 or words[at - 1].kind == kinds.END)
        ):
            at += 1
        return at
