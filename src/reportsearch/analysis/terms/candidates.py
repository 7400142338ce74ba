"""Which words, and strings of neighbouring words, can be keywords.

Parts of speech decide (Hulth, "Improved automatic keyword extraction given more linguistic
knowledge", 2003), as far as a dictionary knows them: a phrase begins and ends with a word that can
name something. Entries of the word lists can always be keywords.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.terms.collocations import MIN_COLLOCATION_COUNT
from reportsearch.analysis.terms.token_text import TokenText
from reportsearch.lexicon import Lexicon
from reportsearch.lexicon.wordlists import Boilerplate
from reportsearch.tokenizer import Dictionary, load_dictionary

_BOUNDARY_TAGS = frozenset(
    ("x", "uj", "ul", "uz", "ud", "ug", "uv", "c", "p", "r", "y", "e", "o", "u", "k")
)
"""Parts of speech over which no phrase reaches: particles, prepositions, pronouns, conjunctions."""
_NON_NAMING_TAGS = frozenset(("d", "f", "m", "mq", "q", "t", "s", "ad", "vd", "zg"))
"""Parts of speech with which no keyword begins or ends: adverbs, numerals, measure words, times."""
_NUMERIC_TAGS = frozenset(("m", "mq", "q", "t"))
"""Numerals, measure words, times."""
_NON_FINAL_TAGS = frozenset(("v", "a"))
"""Verbs and adjectives, which of a single character end no phrase."""
_MAX_WORD_CHARS = 20
"""What is longer is an address or a code."""
_WORDS_PER_MIN_COUNT = 30_000


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
class TermRules:
    """What a word can be in a keyword; ``entries`` are folded strings of the word lists."""

    dictionary: Dictionary
    stop_words: Collection[str]
    boilerplate: Boilerplate
    entries: Collection[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> TermRules:
        """Those of the dictionary and some word lists."""
        return cls(load_dictionary(), lexicon.stop_words, lexicon.boilerplate, lexicon.terms)

    def is_boundary(self, word: str) -> bool:
        """Whether no phrase reaches over a word."""
        if word in self.entries:
            return False
        if len(word) > _MAX_WORD_CHARS or word in self.stop_words:
            return True
        return self.dictionary.tags.get(word, "") in _BOUNDARY_TAGS

    def can_be_edge(self, word: str) -> bool:
        """Whether a phrase can begin or end with a word."""
        if word in self.entries:
            return True
        if word in self.boilerplate.edges or not any(char.isalpha() for char in word):
            return False
        if self._is_fragment(word):
            return False
        return self.dictionary.tags.get(word, "") not in _NON_NAMING_TAGS

    def can_be_term(self, words: Sequence[str]) -> bool:
        """Whether some words can be a phrase, or a word alone a term, by both of their ends.

        A verb of a single character at the end has lost what follows it: 游客占(比), 康复抢.
        """
        first, last = words[0], words[-1]
        if len(words) > 1:
            has_lost = len(last) == 1 and self.dictionary.tags.get(last) in _NON_FINAL_TAGS
            if has_lost or first in self.boilerplate.cut_firsts:
                return "".join(words) in self.entries
        return self.can_be_edge(first) and self.can_be_edge(last)

    def _is_fragment(self, word: str) -> bool:
        """Whether a word is a piece of a sentence: 干到, which no dictionary has, or 拆掉."""
        if word in self.boilerplate.cut_words:
            return True
        if word in self.dictionary.counts:
            return False
        starts, ends = self.boilerplate.cut_starts, self.boilerplate.cut_ends
        return word[0] in starts or word[-1] in ends

    def can_be_collocation(self, words: Sequence[str]) -> bool:
        """Whether words can be a term all the same, if they often stand together."""
        ends = words[0], words[-1]
        if len(words) < 2 or not self.boilerplate.edges.isdisjoint(ends):
            return False
        if any(map(self._is_fragment, ends)):
            return False
        return not any(self.dictionary.tags.get(word) in _NUMERIC_TAGS for word in ends) and all(
            any(char.isalpha() for char in word) for word in ends
        )

    def is_boilerplate(self, words: Sequence[str]) -> bool:
        """Whether no report is about what some words say together."""
        term = "".join(words)
        if term in self.boilerplate.words:
            return True
        return term not in self.entries and all(map(self._is_boilerplate_word, words))

    def _is_boilerplate_word(self, word: str) -> bool:
        """Whether a word is hollow, or a compound of hollow ones: 圆满完成."""
        hollow, edges = self.boilerplate.words, self.boilerplate.edges
        parts = ((word[:at], word[at:]) for at in range(1, len(word)))
        return word in hollow or any(
            first in hollow and last in hollow and (first in edges or last in edges)
            for first, last in parts
        )


def find_candidates(text: TokenText, rules: TermRules) -> Iterator[Candidate]:
    """The strings of words of a text that can be keywords; hollow and doubtful ones are among them.

    In much text what comes once is chance: one occurrence more is needed every 30,000 words.
    """
    strings = text.count_ngrams(lambda words: 1 + words // _WORDS_PER_MIN_COUNT)
    for words, count in zip(strings.words, strings.counts, strict=True):
        term = "".join(words)
        can_be = rules.can_be_term(words)
        # Boilerplate words are listed on request.
        if len(term) > 1 and (can_be or (len(words) == 1 and rules.is_boilerplate(words))):
            yield Candidate(term, words, count)
        elif count >= MIN_COLLOCATION_COUNT and rules.can_be_collocation(words):
            yield Candidate(term, words, count, is_doubtful=True)
