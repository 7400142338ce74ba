"""Word lists compiled for looking up the words around a number."""

from __future__ import annotations

import re

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.tagged_words import TaggedWord
from reportsearch.analysis.terms.patterns import build_alternatives
from reportsearch.lexicon.facts import FactWords

_MAX_COMPARISONS = 8


class Grammar:
    """The word lists in the form that the search for names uses."""

    def __init__(self, words: FactWords) -> None:
        self.levels = frozenset(words.levels) | frozenset(words.before)
        self.scopes = frozenset(words.scopes)
        self.nominal = frozenset(words.nominal)
        self.intransitive = frozenset(words.intransitive)
        self.adverbs = frozenset(words.adverbs)
        self.deeds = tuple(words.deeds)
        self.doers = tuple(words.doers)
        self.heads = tuple(words.heads)
        self.attributes = tuple(words.attributes)
        self.shared = (*words.attributes, *words.shared)
        self.neutral = frozenset(words.neutral)
        self.causes = frozenset(words.causes)
        comparisons = build_alternatives(words.comparisons)
        changes, results = build_alternatives(words.changes), build_alternatives(words.results)
        self.change_pattern = re.compile(
            f"(?:{comparisons}){{0,{_MAX_COMPARISONS}}}(?:{changes})(?:了)?(?P<result>{results})?"
        )

    def is_level(self, word: TaggedWord) -> bool:
        """Check whether a word leads to a number and is not part of a name."""
        return word.text in self.levels and word.kind != kinds.NOUN

    def is_doer(self, word: TaggedWord) -> bool:
        """Check whether a noun names who acts: 公安局, 党员."""
        return word.text.endswith(self.doers) or word.tag in {"ns", "nr", "nt"}

    def ends_with_head(self, word: TaggedWord) -> bool:
        """Check whether a noun ends with one that is counted: 示范区, 重点项目."""
        return word.kind == kinds.NOUN and word.text.endswith(self.heads)

    def is_head(self, word: TaggedWord | None) -> bool:
        """Check whether a word is a noun that needs another one to specify it: 资金, 时限."""
        if word is None or word.kind != kinds.NOUN:
            return False
        return word.text.startswith(self.heads) or word.text.endswith("率")
