"""The name of a quantity that was told before: 收入9.62亿元,增长7.3%."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from reportsearch.analysis.facts.figure_name import Named, named
from reportsearch.analysis.facts.grammar import Grammar
from reportsearch.analysis.facts.lead_words import DURATION, NONE, Lead
from reportsearch.analysis.facts.name_after import After
from reportsearch.analysis.facts.name_before import Before
from reportsearch.analysis.facts.quantity import Quantity, sentence_begin
from reportsearch.analysis.facts.tagged_words import (
    DOING,
    END,
    LINK,
    LIST,
    NOUN,
    NUMBER,
    OF,
    PLACE,
    VERB,
    Row,
    Word,
)
from reportsearch.structure.heading_labels import label

_FARTHEST = 20
"""Quantities that are looked back at."""
_COMPARED = frozenset({"同比", "环比"})
_TOTALS = frozenset({"合计", "共计", "总计"})
_TIMES = frozenset({"回", "趟", "遍"})
"""Measures that count what a verb tells: 我们约了三回."""
_SENTENCES = frozenset({"。", ";", "；", "!", "?", ":", "："})
_LONGEST_HEADING = 20


@dataclass(frozen=True)
class Carried:
    """Looks for the name of a quantity of a row among what was named before."""

    row: Row
    number: int
    before: list[Named]
    grammar: Grammar

    @property
    def _quantity(self) -> Quantity:
        return self.row.quantities[self.number]

    @property
    def _at(self) -> int:
        return self.row.places[self.number]

    @property
    def former(self) -> Named | None:
        """The name of the quantity before in the same sentence."""
        if not self.before:
            return None
        between = self.row.text[self.row.quantities[self.number - 1].end : self._quantity.start]
        return None if "。" in between or not self.before[-1].text else self.before[-1]

    def name(self, led: Lead) -> Named | None:
        """The name of the quantity before in the same sentence, or of what is done to the rest."""
        kind = self.row.words[led.at].kind if led.at >= 0 else END
        plain = led.change == NONE and not self._quantity.is_share
        if plain and kind != NUMBER and not any(text.startswith("每") for text in led.texts):
            said = After(self.row, self._at, self._quantity, self.grammar).saying()
            if said is not None:
                return said
        sentence = sentence_begin(self.row.text, self._quantity.start)
        if self._quantity.base in _TIMES and self.row.text[: self._quantity.start].endswith("了"):
            return None
        if plain and self._has_other_words(led):
            return None
        if not self.before or self.row.quantities[self.number - 1].start < sentence:
            ended = self._subject() if led.change != NONE else self._clause_ended()
            return ended or self._of_paragraph()
        if any("分别" in text for text in led.texts):
            return _again(self._of_several())
        total = next((text for text in led.texts if text in _TOTALS), None)
        if total is not None:
            return Named(total)
        same = self._of_same_measure(sentence) if kind != NUMBER else None
        last = same or self.before[-1]
        if last.rest and kind in {LINK, LIST}:
            return replace(_again(last.rest[0]), rest=last.rest[1:])
        return replace(_again(last), rest=())

    def _has_other_words(self, led: Lead) -> bool:
        """Whether nouns stand in the clause before a number, which are no name of it."""
        words = self.row.words
        at = led.at
        while at >= 0 and words[at].kind not in {END, LIST, NUMBER}:
            if words[at].kind == NOUN and words[at].tag not in {"t", "w", "m", "mq"}:
                return at >= 0
            at -= 1
        return False

    def _of_same_measure(self, sentence: int) -> Named | None:
        """一般事故9起、死亡4人,比上年少2起、少1人: by their measures."""
        if self._quantity.is_share:
            return None
        for number in range(self.number - 1, -1, -1):
            one = self.row.quantities[number]
            if one.start < sentence:
                return None
            if one.base == self._quantity.base:
                return self.before[number]
        return None

    def _of_several(self) -> Named:
        """分别是2019年的1.3倍和1.2倍: the first number belongs to the first of as many names."""
        run = 1
        quantities = self.row.quantities
        while self.number + run < len(quantities):
            former, following = quantities[self.number + run - 1 : self.number + run + 1]
            if self.row.text[former.end : following.start] not in {"和", "、", "与", "及"}:
                break
            run += 1
        own = [one for one in self.before if not one.is_carried]
        if run > len(own):
            return self.before[-1]
        return replace(own[-run], rest=tuple(own[len(own) - run + 1 :]))

    def _of_paragraph(self) -> Named | None:
        """剩余4笔: of what was counted before with the same measure."""
        for number in range(self.number - 1, max(self.number - _FARTHEST, 0) - 1, -1):
            known = self.before[number]
            if self.row.quantities[number].base == self._quantity.base and known.text:
                return replace(_again(known), rest=())
        return None

    def _subject(self) -> Named | None:
        """工业产值不仅没有回落,还比上年增长3%: the first noun phrase of the sentence."""
        words = self.row.words
        first = self._at
        while first > 0 and words[first - 1].text not in _SENTENCES:
            first -= 1
        while first < self._at and self._is_no_subject(words[first]):
            first += 1
        last = first
        while last + 1 < self._at and words[last + 1].kind in {NOUN, PLACE, LINK, OF, LIST}:
            last += 1
        if first >= self._at or words[last].kind != NOUN:
            return self._clause_ended()
        found = named(self.row, first, last)
        return replace(found, is_carried=True) if found else None

    def _is_no_subject(self, word: Word) -> bool:
        says_when = DURATION.fullmatch(word.text) or word.text in self.grammar.levels
        return word.kind != NOUN or word.text in _COMPARED or bool(says_when)

    def _clause_ended(self) -> Named | None:
        """The noun phrase at the end of the clause before: 上一节阅读课,全年共9节."""
        words = self.row.words
        at = self._at - 1
        while at >= 0 and words[at].kind != END:
            at -= 1
        if at < 1 or words[at - 1].kind not in {NOUN, DOING, VERB}:
            return None
        heads = words[at].text == "。" and is_heading(self.row.text[: words[at].start])
        if words[at].text not in "，,、" and not heads:
            return None
        first, _, last = Before(self.row, self.grammar).first(at - 1)
        found = named(self.row, first, last) if first >= 0 else None
        return replace(found, is_carried=True) if found else None


def _again(known: Named) -> Named:
    return replace(known, is_carried=True, change=NONE)


def is_heading(text: str) -> bool:
    """Whether a text is the heading that is run into its paragraph: 1.交通固定资产投资."""
    found = label(text)
    if found is None or len(text) - found.end > _LONGEST_HEADING:
        return False
    return not re.search("[，,。;；]", text[found.end :])
