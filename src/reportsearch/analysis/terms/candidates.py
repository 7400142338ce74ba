"""Candidate keywords: words, and strings of adjacent words.

Parts of speech decide, if the dictionary has them (Hulth, "Improved automatic keyword extraction
given more linguistic knowledge", 2003): a phrase begins and ends with a word that can name
something. Entries of the word lists can always be keywords.
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
"""Parts of speech that no phrase crosses: particles, prepositions, pronouns, conjunctions."""
_NON_NAMING_TAGS = frozenset(("d", "f", "m", "mq", "q", "t", "s", "ad", "vd", "zg"))
"""Parts of speech that no keyword begins or ends with: adverbs, numerals, measure words, times."""
_NUMERIC_TAGS = frozenset(("m", "mq", "q", "t"))
"""Numerals, measure words, times."""
_NON_FINAL_TAGS = frozenset(("v", "a"))
"""Verbs and adjectives; those of a single character do not end a phrase."""
_MAX_WORD_CHARS = 20
"""Longer words are addresses or codes."""
_WORDS_PER_MIN_COUNT = 30_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A string of words and its number of occurrences.

    ``is_doubtful`` means that parts of speech do not decide whether it is a term.
    """

    term: str
    words: tuple[str, ...]
    count: int
    is_doubtful: bool = False


@dataclass(frozen=True)
class TermRules:
    """Rules for the words of a keyword; ``entries`` are folded strings of the word lists."""

    dictionary: Dictionary
    stop_words: Collection[str]
    boilerplate: Boilerplate
    entries: Collection[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> TermRules:
        """Return the rules of the dictionary and some word lists."""
        return cls(load_dictionary(), lexicon.stop_words, lexicon.boilerplate, lexicon.terms)

    def is_boundary(self, word: str) -> bool:
        """Return whether phrases cannot cross a word."""
        if word in self.entries:
            return False
        if len(word) > _MAX_WORD_CHARS or word in self.stop_words:
            return True
        return self.dictionary.tags.get(word, "") in _BOUNDARY_TAGS

    def can_be_edge(self, word: str) -> bool:
        """Return whether a phrase can begin or end with a word."""
        if word in self.entries:
            return True
        if word in self.boilerplate.edges or not any(char.isalpha() for char in word):
            return False
        if self._is_fragment(word):
            return False
        return self.dictionary.tags.get(word, "") not in _NON_NAMING_TAGS

    def can_be_term(self, words: Sequence[str]) -> bool:
        """Return whether words can be a phrase, or a word a term, judging by both ends.

        A final verb of a single character lacks its continuation: 游客占(比), 康复抢.
        """
        first, last = words[0], words[-1]
        if len(words) > 1:
            has_lost = len(last) == 1 and self.dictionary.tags.get(last) in _NON_FINAL_TAGS
            if has_lost or first in self.boilerplate.cut_firsts:
                return "".join(words) in self.entries
        return self.can_be_edge(first) and self.can_be_edge(last)

    def _is_fragment(self, word: str) -> bool:
        """Return whether a word is a sentence fragment: 干到, in no dictionary, or 拆掉."""
        if word in self.boilerplate.cut_words:
            return True
        if word in self.dictionary.counts:
            return False
        starts, ends = self.boilerplate.cut_starts, self.boilerplate.cut_ends
        return word[0] in starts or word[-1] in ends

    def can_be_collocation(self, words: Sequence[str]) -> bool:
        """Return whether words can be a term after all if they often occur together."""
        ends = words[0], words[-1]
        if len(words) < 2 or not self.boilerplate.edges.isdisjoint(ends):
            return False
        if any(map(self._is_fragment, ends)):
            return False
        return not any(self.dictionary.tags.get(word) in _NUMERIC_TAGS for word in ends) and all(
            any(char.isalpha() for char in word) for word in ends
        )

    def is_boilerplate(self, words: Sequence[str]) -> bool:
        """Return whether words together are something that no report is about."""
        term = "".join(words)
        if term in self.boilerplate.words:
            return True
        return term not in self.entries and all(map(self._is_boilerplate_word, words))

    def _is_boilerplate_word(self, word: str) -> bool:
        """Return whether a word is boilerplate, or a compound of boilerplate words: 圆满完成."""
        hollow, edges = self.boilerplate.words, self.boilerplate.edges
        parts = ((word[:at], word[at:]) for at in range(1, len(word)))
        return word in hollow or any(
            first in hollow and last in hollow and (first in edges or last in edges)
            for first, last in parts
        )


def find_candidates(text: TokenText, rules: TermRules) -> Iterator[Candidate]:
    """Yield the word strings that can be keywords, including boilerplate and doubtful ones.

    In long texts single occurrences are due to chance: the minimum rises by one every 30,000 words.
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
