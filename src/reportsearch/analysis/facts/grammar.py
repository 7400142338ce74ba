"""What the word lists say of the words around a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportsearch.analysis.facts.tagged_words import NOUN, TaggedWord
from reportsearch.lexicon.facts import FactWords


class Grammar:
    """The word lists in the form in which names are looked for."""

    def __init__(self, words: FactWords) -> None:
        self.levels = frozenset(words.levels) | frozenset(words.before)
        self.scopes = frozenset(words.scopes)
        self.nominal = frozenset(words.nominal)
        self.intransitive = frozenset(words.intransitive)
        self.heads = tuple(words.heads)
        comparisons = join_alternatives(words.comparisons)
        changes, results = join_alternatives(words.changes), join_alternatives(words.results)
        self.change_pattern = re.compile(
            f"(?:{comparisons})*(?:{changes})(?:了)?(?P<result>{results})?"
        )

    def is_level(self, word: TaggedWord) -> bool:
        """Whether a word leads to a number and is no part of a name."""
        return word.text in self.levels and word.kind != NOUN

    def is_head(self, word: TaggedWord | None) -> bool:
        """Whether it is a noun that wants to be told of what it is: 资金, 时限."""
        if word is None or word.kind != NOUN:
            return False
        return word.text.startswith(self.heads) or word.text.endswith("率")


def join_alternatives(words: Iterable[str]) -> str:
    """A pattern for one of some strings, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))
