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
_MAX_CLAUSE_CHARS = 16
"""Maximum number of characters of a clause before 的 that become part of a name."""
_STANDARDS = frozenset({"高于", "低于", "快于", "慢于", "高出", "多于", "少于"})
_SHARES_OF = frozenset({"占", "占到", "约占", "占了", "只占", "仅占"})
_EQUALS = frozenset({"是", "为", "相当于", "约为", "等于", "分别是", "分别为"})
_BASES = frozenset({"按", "按照", "依", "以"})
_INSIDE = frozenset({"中", "里", "内", "当中"})
_COUNTING = frozenset({"已", "共", "累计", "均", "全部", "已经", "合计", "先后"})
# Verbs that occur in names but more often say what is done: 完成投资, 整改问题.
_PLAIN_VERBS = frozenset({
    "完成", "落实", "办理", "受理", "建设", "改造", "接待", "化解", "安排", "检查", "处理", "处置",
    "发展", "推广", "整改", "培训", "参与", "救助", "帮扶", "采购", "安装", "更换", "治理", "整治",
    "开发", "登记", "扶持", "资助", "收集", "安置", "鉴定", "检测", "签约", "开工", "征收",
})  # fmt: skip
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

    def find_name(self, lead: LeadWords, quantity: Quantity) -> FigureName | None:
        """Return the name before the lead words of a quantity, empty if it was named earlier."""
        words = self.paragraph.words
        at = lead.at
        # 住宅小区中的106个: a place word at the end is not part of the name.
        while at >= 0 and words[at].kind == kinds.PLACE and words[at].text in _INSIDE:
            at -= 1
        if at < 0 or not self._can_end(words[at]):
            return None
        if words[at].kind == kinds.TITLE:
            first = at - 1 if at > 0 and words[at - 1].kind in kinds.VERBS else at
            return build_name(self.paragraph, first, at)
        if lead.of_index > 0 or (lead.of_index == 0 and not quantity.is_share):
            # 办不了的3条: the words before 的 are the whole name.
            return build_name(self.paragraph, self._find_clause_start(at), at)
        return self._find_phrase(at, lead, quantity)

    def _can_end(self, word: TaggedWord) -> bool:
        if word.kind == kinds.SCOPE:
            return len(word.text) > 2
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
            and words[first - 1].text in _EQUALS
        ):
            # 是十年前的3倍, 约为测算需求的七成: the subject is further left.
            end = first - 2
            if end < 0 or words[end].kind not in _MEMBERS:
                return FigureName("")
            first, change, end = self.find_phrase_start(end)
            if first < 0:
                return FigureName("")
        first = self._skip_basis(first)
        if quantity.is_share:
            first = self._extend_to_share(first)
        listed = [place for place in range(first, end) if words[place].text == "等"]
        if listed:
            # 文昌东路等断头路: the category is the name.
            first = listed[-1] + 1
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
            if word.kind == kinds.SCOPE and place > 1 and words[place - 2].text in _STANDARDS:
                place -= 1
                continue
            if word.text in _STANDARDS:
                # 高于全市平均水平0.6个百分点: the subject is further left.
                end = place - 2
                if end >= 0 and words[end].kind in _MEMBERS:
                    start, _, _ = self.find_phrase_start(end)
                    return start, (word.start, word.end), end
                return -1, (word.start, word.end), at
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
                first = place = self._find_clause_start(place - 2)
                continue
            place -= 1
            if word.kind not in {kinds.LIST, kinds.LINK, kinds.OF}:
                first = place
        return first, NO_SPAN, at

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
        if word.kind in {kinds.NOUN, kinds.PLACE}:
            return not (self.grammar.is_level(word))
        if word.kind in {kinds.LIST, kinds.LINK}:
            return before is not None and before.kind in _MEMBERS and self._is_list(place)
        if word.kind == kinds.OF:
            return before is not None and before.kind in _BEFORE_OF
        if word.kind == kinds.DOING:
            if self.grammar.is_head(after) and word.text in self.grammar.nominal:
                # 补助资金, but not 完成投资, where nothing precedes the verb.
                return not starts or word.text not in _PLAIN_VERBS
            follows_noun = before is not None and before.kind == kinds.NOUN
            return word.tag == "vn" and not starts and follows_noun
        if word.kind == kinds.VERB:
            if self.grammar.is_level(word):
                return False
            if starts:
                return self.grammar.is_head(after) and len(word.text) > 1
            return len(word.text) > 1
        return False

    def _is_list(self, place: int) -> bool:
        """Check whether the words before 、 or 和 belong to a list of nouns without a number."""
        words = self.paragraph.words
        at = place - 1
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
