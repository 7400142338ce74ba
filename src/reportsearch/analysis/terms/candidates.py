"""Which words, and strings of neighbouring words, can be keywords.

Parts of speech decide (Hulth, "Improved automatic keyword extraction given more linguistic
knowledge", 2003), as far as a dictionary knows them: a phrase begins and ends with a word that can
name something. Entries of the word lists can always be keywords.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.terms.collocations import LEAST_COUNT
from reportsearch.analysis.terms.token_text import Text
from reportsearch.lexicon import Boilerplate
from reportsearch.tokenizer import Dictionary

_PARTING = frozenset(
    ("x", "uj", "ul", "uz", "ud", "ug", "uv", "c", "p", "r", "y", "e", "o", "u", "k")
)
"""Parts of speech over which no phrase reaches: particles, prepositions, pronouns, conjunctions."""
_NO_NAMES = frozenset(("d", "f", "m", "mq", "q", "t", "s", "ad", "vd", "zg"))
"""Parts of speech with which no keyword begins or ends: adverbs, numerals, measure words, times."""
_COUNTING = frozenset(("m", "mq", "q", "t"))
"""Numerals, measure words, times."""
_NO_SINGLE_ENDS = frozenset(("v", "a"))
"""Verbs and adjectives, which of a single character end no phrase."""
_LONGEST_WORD = 20
"""What is longer is an address or a code."""
_WORDS_A_COUNT = 30_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string of words, and how often they follow one another.

    Parts of speech do not tell of it whether it is a term where ``is_doubtful``.
    """

    term: str
    words: tuple[str, ...]
    count: int
    is_doubtful: bool = False


@dataclass(frozen=True)
class Rules:
    """What a word can be in a keyword; ``entries`` are folded strings of the word lists."""

    dictionary: Dictionary
    stop_words: Collection[str]
    boilerplate: Boilerplate
    entries: Collection[str]

    def parts(self, word: str) -> bool:
        """Whether no phrase reaches over a word."""
        if word in self.entries:
            return False
        if len(word) > _LONGEST_WORD or word in self.stop_words:
            return True
        return self.dictionary.tags.get(word, "") in _PARTING

    def can_stand_at_an_end(self, word: str) -> bool:
        """Whether a phrase can begin or end with a word."""
        if word in self.entries:
            return True
        if word in self.boilerplate.edges or not any(char.isalpha() for char in word):
            return False
        if self._is_cut(word):
            return False
        return self.dictionary.tags.get(word, "") not in _NO_NAMES

    def can_be(self, words: Sequence[str]) -> bool:
        """Whether some words can be a phrase, or a word alone a term, by both of their ends.

        A verb of a single character at the end has lost what follows it: 游客占(比), 康复抢.
        """
        first, last = words[0], words[-1]
        if len(words) > 1:
            has_lost = len(last) == 1 and self.dictionary.tags.get(last) in _NO_SINGLE_ENDS
            if has_lost or first in self.boilerplate.cut_firsts:
                return "".join(words) in self.entries
        return self.can_stand_at_an_end(first) and self.can_stand_at_an_end(last)

    def _is_cut(self, word: str) -> bool:
        """Whether a word is a piece of a sentence: 干到, which no dictionary has, or 拆掉."""
        if word in self.boilerplate.cut_words:
            return True
        if word in self.dictionary.counts:
            return False
        starts, ends = self.boilerplate.cut_starts, self.boilerplate.cut_ends
        return word[0] in starts or word[-1] in ends

    def can_be_doubtful(self, words: Sequence[str]) -> bool:
        """Whether words can be a term all the same, if they often stand together."""
        ends = words[0], words[-1]
        if len(words) < 2 or not self.boilerplate.edges.isdisjoint(ends):
            return False
        if any(map(self._is_cut, ends)):
            return False
        return not any(self.dictionary.tags.get(word) in _COUNTING for word in ends) and all(
            any(char.isalpha() for char in word) for word in ends
        )

    def is_hollow(self, words: Sequence[str]) -> bool:
        """Whether no report is about what some words say together."""
        term = "".join(words)
        if term in self.boilerplate.words:
            return True
        return term not in self.entries and all(map(self._says_nothing, words))

    def _says_nothing(self, word: str) -> bool:
        """Whether a word is hollow, or a compound of hollow ones: 圆满完成."""
        hollow, edges = self.boilerplate.words, self.boilerplate.edges
        parts = ((word[:at], word[at:]) for at in range(1, len(word)))
        return word in hollow or any(
            first in hollow and last in hollow and (first in edges or last in edges)
            for first, last in parts
        )


def candidates(text: Text, rules: Rules) -> Iterator[Candidate]:
    """The strings of words of a text that can be keywords; hollow and doubtful ones are among them.

    In much text what comes once is chance: one occurrence more is needed every 30,000 words.
    """
    strings = text.strings(lambda words: 1 + words // _WORDS_A_COUNT)
    for words, count in zip(strings.words, strings.counts, strict=True):
        term = "".join(words)
        can_be = rules.can_be(words)
        # Hollow words are told when they are asked for.
        if len(term) > 1 and (can_be or (len(words) == 1 and rules.is_hollow(words))):
            yield Candidate(term, words, count)
        elif count >= LEAST_COUNT and rules.can_be_doubtful(words):
            yield Candidate(term, words, count, is_doubtful=True)
