"""Noun phrases after a number: 34个招商引资项目, 14名符合条件的退役士兵."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.figure_name import FigureName, build_name
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.name_before import NEGATIONS, NameBefore
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord

PLACES = re.compile(
    r"(?:[省市县区镇乡村局院校河江湖湾]|街道|片区|系统|部门|机关|社区|沿岸|流域|各地|地方|单位|以来|层面|方面)$"
)
"""Names that more often say whose something is than what it is."""
_MAX_CLAUSE_CHARS = 20
_MAX_QUOTED_CHARS = 14
_MAX_PREDICATE_CHARS = 12
_PEOPLE = frozenset({"名", "位", "人"})
_ABSTRACT = (
    "问题", "事项", "案件", "线索", "任务", "资金", "项目", "工程", "意见", "补贴", "协议", "合同",
)  # fmt: skip
# Nouns with their own measure word. Later words are a predicate: 骨干企业订单不足,
# 心理咨询师轮流陪.
_COUNTED_NOUNS = {
    **dict.fromkeys(("家", "户"), re.compile(
        r"(?:企业|公司|单位|机构|农户|家庭|商户|群众|居民|医院|银行|合作社|农场|商家|酒店|超市|民宿|场所|[馆店厂院社园所站场户])$"
    )),
    **dict.fromkeys(("名", "位", "人"), re.compile(
        r"(?:[师员生者民工兵童]|干部|群众|妇女|老人|老年人|残疾人|患者|人才|学者|专家|书记|主任|校长|院长|局长|职工|工匠|代表|青年|少年|骨干)$"
    )),
}  # fmt: skip
_BUILT = ("基地", "中心", "园区", "项目", "工程", "设施", "平台", "社区")
_SPEEDS = frozenset({"增速", "增幅", "降幅"})
"""Nouns that are also words of a change."""
_PHRASE_ENDS = frozenset({kinds.END, kinds.LIST, kinds.LINK})
_PREDICATES = kinds.VERBS | {kinds.ADVERB}
_PREDICATE_WORDS = kinds.CONTENT | {kinds.CHANGE, kinds.ASPECT, kinds.LINK}
_CLAUSE_WORDS = _PREDICATES | {
    kinds.NOUN, kinds.PREPOSITION, kinds.SCOPE, kinds.CHANGE, kinds.LINK,
}  # fmt: skip
_VILLAGES = frozenset(
    {
        "村",
        "县",
        "乡镇",
        "镇",
        "省",
        "市",
        "社区",
        "行政村",
        "街道",
        "盟市",
        "市州",
        "州市",
        "区县",
        "县区",
        "县市",
        "市县",
        "县市区",
        "旗县",
        "省份",
    }
)
_OF_VILLAGES = ("卫生", "级", "委", "庄", "镇", "医", "民", "党", "支", "组", "史", "规")


@dataclass(frozen=True)
class NameAfter:
    """A search for the name after the number at a position of a paragraph."""

    paragraph: TaggedParagraph
    at: int
    quantity: Quantity
    grammar: Grammar

    def find_name(self) -> FigureName | None:
        """Return the name after the number."""
        words = self.paragraph.words
        at = self.at + 1
        if at < len(words) and words[at].kind == kinds.OF:
            at += 1
        if at >= len(words):
            return None
        last = self._find_phrase_end(at)
        if last is not None and words[at].kind in kinds.VERBS and self._find_after_clause(at):
            # 没有卫生室的偏远村组, 符合条件的退役士兵
            last = None
        if last is None:
            relative = self._find_after_clause(at)
            if relative is None:
                return None
            at, last = relative
        elif (of := self._find_of(last)) and not self._has_possessive(words[last]):
            further = self._find_phrase_end(of + 1, nominal=True)
            if further is not None:
                # 四次提高优抚对象的补助标准: keep the verb.
                at, last = at if words[at].kind == kinds.CHANGE else of + 1, further
        verb = NameBefore(self.paragraph, self.grammar).find_verb(self.at)
        return build_name(self.paragraph, at, last, verb=verb)

    def _find_of(self, last: int) -> int:
        """Return the position of a 的 after a phrase (两个年出栏万头以上的猪场), or 0."""
        words = self.paragraph.words
        at = last + 1
        while at < len(words) and words[at].kind == kinds.PLACE:
            at += 1
        return at if at + 1 < len(words) and words[at].kind == kinds.OF else 0

    def _has_possessive(self, word: TaggedWord) -> bool:
        """Check for a possessor before 的: 四个村的集体经济, but not 两个偷排的作坊."""
        own = _COUNTED_NOUNS.get(self.quantity.base)
        if self.quantity.base in _PEOPLE:
            return False
        if word.text == "人口":
            # 14亿人口的大国
            return True
        return bool((own and own.search(word.text)) or PLACES.search(word.text))

    def _find_phrase_end(self, at: int, *, nominal: bool = False) -> int | None:
        """Return the last word of the noun phrase that starts at a position, or None."""
        words = self.paragraph.words
        last = None
        place = at
        while place < len(words):
            word = words[place]
            after = words[place + 1] if place + 1 < len(words) else None
            noun_follows = after is not None and after.kind == kinds.NOUN
            ends = after is None or after.kind in _PHRASE_ENDS or after.text == "等"
            if word.text == "“" and (closing := self._find_closing_quote(place)):
                # 12家“互联网+明厨亮灶”食堂
                last, place = closing, closing + 1
                continue
            if word.kind == kinds.NOUN or self._is_speed(place):
                if self._is_no_part(word, after, last, ends=ends, nominal=nominal):
                    break
                last = place
                if self._is_place_alone(word, after) or self._is_complete_phrase(
                    word, after, place
                ):
                    break
            elif word.kind == kinds.PLACE and last is not None and noun_follows:
                pass
            elif word.kind in kinds.VERBS:
                if self.grammar.is_level(word):
                    break
                leads = noun_follows or self._is_modifier(place + 1)
                if last is None and not (leads and self._can_open_phrase(word, nominal=nominal)):
                    return None
                predicate = after is not None and after.kind in _PREDICATES
                ends = ends or (word.tag == "vn" and predicate)
                if last is not None:
                    if not self._modifies(word, after, place, ends=ends):
                        break
                    last = place
            elif (
                word.kind in {kinds.LINK, kinds.LIST}
                and last is not None
                and noun_follows
                and word.text != "与"
            ):
                if not self._list_continues(place + 1):
                    break
            elif last is None and word.kind == kinds.SCOPE and noun_follows:
                pass
            elif last is not None and word.kind == kinds.CHANGE and self._is_carried_out():
                # 完成2万人次职业技能提升培训
                if after is None or after.kind not in {kinds.NOUN, kinds.DOING}:
                    break
            elif last is None and place == at and word.kind == kinds.CHANGE and after is not None:
                # 197个调整改造项目
                goes_on = after.kind in {kinds.NOUN, kinds.DOING}
                return self._find_phrase_end(place + 1) if goes_on else None
            elif last is None and word.text in NEGATIONS and after is not None:
                # 8个未动土项目
                return self._find_phrase_end(place + 1, nominal=True)
            else:
                break
            place += 1
        return last

    def _is_speed(self, place: int) -> bool:
        """Check for a noun that is also a word of a change: 6.5%的增速."""
        words = self.paragraph.words
        return words[place].text in _SPEEDS and words[place - 1].kind == kinds.OF

    def _can_open_phrase(self, verb: TaggedWord, *, nominal: bool) -> bool:
        """Check whether a noun phrase can begin with a verb: 改造项目."""
        modifies = nominal or verb.kind == kinds.VERB or verb.tag == "vn"
        return len(verb.text) > 1 and (modifies or verb.text in self.grammar.nominal)

    def _find_closing_quote(self, place: int) -> int:
        """Return where a short quotation that begins at a position ends, or 0."""
        words = self.paragraph.words
        for at in range(place + 1, len(words)):
            if (
                words[at].start - words[place].start > _MAX_QUOTED_CHARS
                or words[at].kind == kinds.NUMBER
            ):
                break
            if words[at].text == "”":
                return at
        return 0

    def _is_modifier(self, place: int) -> bool:
        """Check whether a verb modifies the noun after it: 沉陷 in 采煤沉陷区."""
        words = self.paragraph.words[place : place + 2]
        if len(words) < 2 or words[1].kind != kinds.NOUN:
            return False
        nominal = words[0].kind == kinds.DOING and words[0].text in self.grammar.nominal
        return words[0].kind == kinds.VERB or nominal

    def _is_no_part(
        self,
        word: TaggedWord,
        after: TaggedWord | None,
        last: int | None,
        *,
        ends: bool,
        nominal: bool,
    ) -> bool:
        """Check whether a word that could be a noun is a predicate of the phrase before it."""
        if word.text == "免费" and last is not None and not ends:
            return True
        if word.tag == kinds.UNKNOWN_VERB and not nominal:
            return last is not None or not ends
        if after is not None and after.kind == kinds.ASPECT and last is not None:
            return True
        if last is None:
            return False
        return word.tag == "t" or (word.tag in {"i", "l"} and len(word.text) >= 4)

    def _modifies(
        self, word: TaggedWord, after: TaggedWord | None, place: int, *, ends: bool
    ) -> bool:
        """Check whether a verb is part of the noun phrase: 清洁取暖改造, 社会救助站."""
        if after is not None and self.grammar.is_head(after):
            if self.quantity.is_money and word.kind == kinds.DOING and len(word.text) > 1:
                # 400亿元产业引导基金
                return True
            return (
                word.tag == "vn"
                or word.text in self.grammar.nominal
                or (word.kind == kinds.VERB and after.text.startswith(_ABSTRACT))
            )
        if after is not None and after.kind == kinds.NOUN and len(after.text) == 1:
            # 传承人
            return True
        if not ends or word.text in self.grammar.intransitive:
            return self._leads_to_head(place)
        before = self.paragraph.words[place - 1]
        if word.text in self.grammar.deeds and before.text.endswith(_BUILT):
            # 5个物流基地建设, where no verb precedes the number.
            return self._is_carried_out()
        if word.tag == "vn":
            return True
        # 完成1.1万户清洁取暖改造: the second verb is the object of the one before the number.
        return self._is_carried_out() and len(word.text) > 1

    def _is_carried_out(self) -> bool:
        """Check whether a verb that needs an object precedes the number, or a list does."""
        at = self.at - 1
        while at > 0 and self.paragraph.words[at].kind == kinds.ASPECT:
            at -= 1
        return at >= 0 and self.paragraph.words[at].kind in {kinds.DOING, kinds.LINK}

    def _leads_to_head(self, place: int) -> bool:
        """Check whether a verb is inside a noun phrase, like 受灾 in 洪水受灾群众.

        The noun before it is none that the measure counts, and only nouns follow up to a mark.
        """
        words = self.paragraph.words
        word, before = words[place], words[place - 1]
        own = _COUNTED_NOUNS.get(self.quantity.base)
        if word.kind != kinds.VERB or len(word.text) != 2 or self.grammar.is_level(word):
            return False
        if before.kind != kinds.NOUN or self.grammar.ends_with_head(before):
            return False
        if PLACES.search(before.text) or (own and own.search(before.text)):
            return False
        end = place + 1
        while end < len(words) and words[end].kind == kinds.NOUN:
            end += 1
        if end == place + 1 or (end < len(words) and words[end].kind not in _PHRASE_ENDS):
            return False
        last = words[end - 1]
        return self.grammar.ends_with_head(last) or bool(own and own.search(last.text))

    def _is_complete_phrase(self, word: TaggedWord, after: TaggedWord | None, place: int) -> bool:
        """Check whether the phrase is complete: the measure counts it and a predicate follows."""
        own = _COUNTED_NOUNS.get(self.quantity.base)
        if own is None or not own.search(word.text) or after is None or after.kind != kinds.NOUN:
            return False
        if after.text.endswith(self.grammar.deeds) and self._is_carried_out():
            # 完成1.6万户困难家庭适老化改造
            return False
        # 企业负责人 continues: the last noun that the measure counts is the head.
        following = self.paragraph.words[place + 1 : place + 4]
        return not any(
            own.search(one.text) for one in following if one.kind == kinds.NOUN
        ) and not self.grammar.is_head(after)

    def _is_place_alone(self, word: TaggedWord, after: TaggedWord | None) -> bool:
        """Check whether a place noun is the whole name and a predicate follows, as in 118个村."""
        if self.quantity.base != "个" or word.text not in _VILLAGES:
            return False
        return after is None or not after.text.startswith((*self.grammar.heads, *_OF_VILLAGES))

    def _list_continues(self, at: int) -> bool:
        """Check whether a list after a number continues with a member without its own number."""
        words = self.paragraph.words
        place = at
        while place < len(words) and words[place].kind in {kinds.NOUN, kinds.PLACE, kinds.DOING}:
            place += 1
        return place >= len(words) or words[place].kind != kinds.NUMBER

    def _find_after_clause(self, at: int) -> tuple[int, int] | None:
        """Return the noun after a clause with 的: 14名符合条件的退役士兵."""
        words = self.paragraph.words
        if words[at].kind not in _CLAUSE_WORDS:
            return None
        place = at
        found = None
        while (
            place < len(words)
            and words[place].kind != kinds.END
            and words[place].start - words[at].start <= _MAX_CLAUSE_CHARS
        ):
            if words[place].kind == kinds.OF and place + 1 < len(words):
                last = self._find_phrase_end(place + 1, nominal=True)
                if last is not None:
                    found = place + 1, last
                    break
            place += 1
        return found

    def find_predicate(self) -> FigureName | None:
        """Return the predicate of a number without a noun on either side: 其余2项达到时序进度."""
        words = self.paragraph.words
        at = self.at + 1
        while at < len(words) and words[at].kind == kinds.ADVERB:
            at += 1
        if at >= len(words) or not (
            words[at].kind in kinds.VERBS or words[at].tag == kinds.UNKNOWN_VERB
        ):
            return None
        last = at
        while last < len(words) and words[last].kind in _PREDICATE_WORDS:
            last += 1
        if last == at or words[last - 1].end - words[at].start > _MAX_PREDICATE_CHARS:
            return None
        start, end = words[at].start, words[last - 1].end
        return FigureName(self.paragraph.text[start:end], start, end)
