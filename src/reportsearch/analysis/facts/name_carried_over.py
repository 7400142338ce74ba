"""Names taken from earlier in the text: 收入9.62亿元,增长7.3%."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.figure_name import FigureName, build_name
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.lead_words import DURATION, NO_SPAN, LeadWords
from reportsearch.analysis.facts.name_after import NameAfter
from reportsearch.analysis.facts.name_before import NameBefore
from reportsearch.analysis.facts.quantity import Quantity, find_sentence_start
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord
from reportsearch.structure.heading_labels import parse_label

_MAX_QUANTITIES_BACK = 20
"""Maximum number of quantities to look back."""
_COMPARISONS = frozenset({"同比", "环比"})
_TOTALS = frozenset({"合计", "共计", "总计"})
_OCCASION_UNITS = frozenset({"回", "趟", "遍"})
"""Measures that count how often an action happened: 我们约了三回."""
_SENTENCE_ENDS = frozenset({"。", ";", "；", "!", "?", ":", "："})
_SUBJECT_WORDS = frozenset({kinds.NOUN, kinds.PLACE, kinds.LINK, kinds.OF, kinds.LIST})
_MAX_HEADING_CHARS = 20


@dataclass(frozen=True)
class CarriedOverName:
    """A search for the name of a quantity among the earlier names of its paragraph."""

    paragraph: TaggedParagraph
    number: int
    previous_names: list[FigureName]
    grammar: Grammar

    @property
    def quantity(self) -> Quantity:
        """Return the quantity to name."""
        return self.paragraph.quantities[self.number]

    @property
    def place(self) -> int:
        """Return the position of the quantity among the words."""
        return self.paragraph.quantity_places[self.number]

    @property
    def name_after(self) -> NameAfter:
        """Return the finder of names after the quantity."""
        return NameAfter(self.paragraph, self.place, self.quantity, self.grammar)

    @property
    def previous_name(self) -> FigureName | None:
        """Return the name of the previous quantity in the same sentence."""
        if not self.previous_names:
            return None
        between = self.paragraph.text[
            self.paragraph.quantities[self.number - 1].end : self.quantity.start
        ]
        last = self.previous_names[-1]
        return None if "。" in between or not last.text else last

    def find_name(self, led: LeadWords) -> FigureName | None:
        """Return the name of the previous quantity in the sentence, or the following predicate."""
        kind = self.paragraph.words[led.at].kind if led.at >= 0 else kinds.END
        told = self._find_told_before(led)
        if told is not None:
            return told
        plain = led.change == NO_SPAN and not self.quantity.is_share
        if plain and kind != kinds.NUMBER and not any(text.startswith("每") for text in led.texts):
            predicate = self.name_after.find_predicate()
            if predicate is not None:
                return predicate
        sentence = find_sentence_start(self.paragraph.text, self.quantity.start)
        if self.quantity.base in _OCCASION_UNITS and self.paragraph.text[
            : self.quantity.start
        ].endswith("了"):
            return None
        if plain and self._has_other_words(led):
            return None
        if not self.previous_names or self.paragraph.quantities[self.number - 1].start < sentence:
            ended = self._find_subject() if led.change != NO_SPAN else self._find_clause_end_name()
            return ended or self._find_in_paragraph()
        if any("分别" in text for text in led.texts) or self._has_pair(led):
            return _carry_over(self._find_among_several())
        total = next((text for text in led.texts if text in _TOTALS), None)
        if total is not None:
            return FigureName(total)
        same = self._find_by_measure(sentence) if kind != kinds.NUMBER else None
        last = same or self.previous_names[-1]
        if last.following_names and kind in {kinds.LINK, kinds.LIST}:
            return replace(
                _carry_over(last.following_names[0]), following_names=last.following_names[1:]
            )
        return replace(_carry_over(last), following_names=())

    def _find_told_before(self, led: LeadWords) -> FigureName | None:
        """Return the subject of the previous clause if it has no number: 产值创新高,达到3亿元."""
        words = self.paragraph.words
        if led.at < 1 or words[led.at].text not in "，," or not led.follows_subject:
            return None
        if led.change != NO_SPAN:
            return None
        first = led.at
        while first > 0 and words[first - 1].kind not in {kinds.END, kinds.NUMBER}:
            first -= 1
        if first and words[first - 1].kind == kinds.NUMBER:
            return None
        while first < led.at and self._is_no_subject(words[first]):
            first += 1
        last = first
        while last + 1 < led.at and words[last + 1].kind in _SUBJECT_WORDS:
            last += 1
        if first >= led.at or words[last].kind != kinds.NOUN:
            return None
        found = build_name(self.paragraph, first, last)
        return replace(found, is_carried_over=True) if found else None

    def _has_pair(self, led: LeadWords) -> bool:
        """Check for two changes of two amounts: A收入3亿元,B收入2亿元,增长9%和8%."""
        number, quantities = self.number, self.paragraph.quantities
        if led.change == NO_SPAN or number < 2 or number + 1 >= len(quantities):
            return False
        if any(one.is_carried_over or one.change != NO_SPAN for one in self.previous_names[-2:]):
            return False
        former, last = quantities[number - 2 : number]
        between = self.paragraph.text[self.quantity.end : quantities[number + 1].start]
        same = former.unit_text == last.unit_text and not last.is_share
        return same and between in {"和", "、"} and quantities[number + 1].is_share

    def _has_other_words(self, led: LeadWords) -> bool:
        """Check whether the clause has nouns before the number that are not its name."""
        words = self.paragraph.words
        at = led.at
        while at >= 0 and words[at].kind not in {kinds.END, kinds.LIST, kinds.NUMBER}:
            if words[at].kind == kinds.NOUN and words[at].tag not in {"t", "w", "m", "mq"}:
                return at >= 0
            at -= 1
        return False

    def _find_by_measure(self, sentence: int) -> FigureName | None:
        """Match names by measure: 一般事故9起、死亡4人,比上年少2起、少1人."""
        if self.quantity.is_share:
            return None
        for number in range(self.number - 1, -1, -1):
            one = self.paragraph.quantities[number]
            if one.start < sentence:
                return None
            if one.base == self.quantity.base:
                return self.previous_names[number]
        return None

    def _find_among_several(self) -> FigureName:
        """Match a list of numbers to as many earlier names: 分别是2019年的1.3倍和1.2倍."""
        run = 1
        quantities = self.paragraph.quantities
        while self.number + run < len(quantities):
            former, following = quantities[self.number + run - 1 : self.number + run + 1]
            if self.paragraph.text[former.end : following.start] not in {"和", "、", "与", "及"}:
                break
            run += 1
        own = [one for one in self.previous_names if not one.is_carried_over]
        if run > len(own):
            return self.previous_names[-1]
        return replace(own[-run], following_names=tuple(own[len(own) - run + 1 :]))

    def _find_in_paragraph(self) -> FigureName | None:
        """Return the name of an earlier count with the same measure: 剩余4笔."""
        for number in range(self.number - 1, max(self.number - _MAX_QUANTITIES_BACK, 0) - 1, -1):
            known = self.previous_names[number]
            if self.paragraph.quantities[number].base == self.quantity.base and known.text:
                return replace(_carry_over(known), following_names=())
        return None

    def _find_subject(self) -> FigureName | None:
        """Return the first noun phrase of the sentence: 工业产值不仅没有回落,还比上年增长3%."""
        words = self.paragraph.words
        first = self.place
        while first > 0 and words[first - 1].text not in _SENTENCE_ENDS:
            first -= 1
        while first < self.place and self._is_no_subject(words[first]):
            first += 1
        last = first
        while last + 1 < self.place and words[last + 1].kind in _SUBJECT_WORDS:
            last += 1
        if first >= self.place or words[last].kind != kinds.NOUN:
            return self._find_clause_end_name()
        found = build_name(self.paragraph, first, last)
        return replace(found, is_carried_over=True) if found else None

    def _is_no_subject(self, word: TaggedWord) -> bool:
        says_when = DURATION.fullmatch(word.text) or word.text in self.grammar.levels
        return word.kind != kinds.NOUN or word.text in _COMPARISONS or bool(says_when)

    def _find_clause_end_name(self) -> FigureName | None:
        """Return the noun phrase that ends the previous clause: 上一节阅读课,全年共9节."""
        words = self.paragraph.words
        at = self.place - 1
        while at >= 0 and words[at].kind != kinds.END:
            at -= 1
        if at < 1 or words[at - 1].kind not in {kinds.NOUN, kinds.DOING, kinds.VERB}:
            return None
        heads = words[at].text == "。" and is_heading(self.paragraph.text[: words[at].start])
        if words[at].text not in "，,、" and not heads:
            return None
        first, _, last = NameBefore(self.paragraph, self.grammar).find_phrase_start(at - 1)
        found = build_name(self.paragraph, first, last) if first >= 0 else None
        return replace(found, is_carried_over=True) if found else None


def _carry_over(known: FigureName) -> FigureName:
    return replace(known, is_carried_over=True, change=NO_SPAN)


def is_heading(text: str) -> bool:
    """Check whether a text is a heading run into its paragraph: 1.交通固定资产投资."""
    found = parse_label(text)
    if found is None or len(text) - found.end > _MAX_HEADING_CHARS:
        return False
    return not re.search("[，,。;；]", text[found.end :])
