"""Content units of sentences, each of which counts once in a summary, and their worth.

Units are words, figures, documents issued, and work built or finished. Words weigh as in the
centroid of all sentences (Radev et al., "Centroid-based summarization of multiple documents",
2004): the square root of their frequency times their idf. Words in formulae, stop words and single
characters do not count.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportsearch.analysis.summary.clauses import DOCUMENT, FIGURE
from reportsearch.analysis.terms.patterns import compile_alternatives
from reportsearch.lexicon.wordlists import SummaryWords

FIGURE_WORTH = 1.0
"""Worth of the first figure of a sentence; 30 characters of average words are worth 1."""
_LATER_FIGURE_FACTOR = 0.8
"""Factor by which each later figure of a sentence is worth less than the one before."""
DOCUMENT_WORTH = 1.25
_LATER_DOCUMENT_FACTOR = 0.25
FINISHED_WORTH = 0.6
WEAKNESS_WORTH = 0.6
PLAN_WORTH = 0.3
CHARS_WORTH_ONE = 30
"""Number of characters whose words are worth 1 on average."""


FormulaFlags = Sequence[bool]
"""Flags for the characters of a sentence that are part of a formula."""


@dataclass(frozen=True, slots=True)
class ContentUnit:
    """A content unit of a sentence, with its position; each ``name`` counts once."""

    start: int
    end: int
    name: tuple[str, ...]
    worth: float


class ContentUnitReader:
    """A reader of content units, based on a word list."""

    def __init__(self, words: SummaryWords, stop_words: frozenset[str]) -> None:
        self._stop_words = stop_words
        self._issued = compile_alternatives(words.issued)
        self._finished = compile_alternatives(words.finished)
        self._weakness_words = compile_alternatives(words.weakness_words)
        self._intended = compile_alternatives(words.intended)
        self._courtesies = compile_alternatives(words.courtesies)
        self._stories = compile_alternatives(words.stories)
        self._attitudes = compile_alternatives(words.attitudes)

    def iter_content_words(
        self, tokens: Iterable[tuple[str, int]], is_formula: FormulaFlags
    ) -> Iterator[tuple[str, int]]:
        """Yield the content words of a sentence with their places."""
        for word, start in tokens:
            if len(word) < 2 or word in self._stop_words or word[0].isdigit():
                continue
            if not any(is_formula[start : start + len(word)]):
                yield word, start

    def find_facts(
        self, sentence: str, key: str, *, is_weakness: bool, is_plan: bool
    ) -> list[ContentUnit]:
        """Return the figures, documents and finished work of a folded sentence, named by ``key``.

        In sentences about weaknesses or plans, the words that express these count instead of
        finished work.
        """
        titles = [match.span() for match in DOCUMENT.finditer(sentence)]
        found = list(self._find_figures(sentence, titles, key))
        found += self._find_documents(sentence, titles)
        if is_weakness:
            found += _find_pattern(self._weakness_words, sentence, key, "wanting", WEAKNESS_WORTH)
        elif is_plan:
            found += _find_pattern(self._intended, sentence, key, "intended", PLAN_WORTH)
        else:
            found += _find_pattern(self._finished, sentence, key, "finished", FINISHED_WORTH)
        return found

    def has_weakness_word(self, sentence: str) -> bool:
        """Check whether a folded sentence has a word of weakness."""
        return bool(self._weakness_words.search(sentence))

    def is_closing(self, text: str) -> bool:
        """Check whether a folded part expresses thanks, a request or a pledge."""
        return bool(self._courtesies.search(text))

    def is_attitude(self, text: str) -> bool:
        """Check whether a folded part begins like a statement of attitude."""
        return bool(self._attitudes.match(text))

    def is_story(self, text: str) -> bool:
        """Check whether a folded part is about a single person or day."""
        return bool(self._stories.search(text))

    def _find_figures(
        self, sentence: str, titles: Sequence[tuple[int, int]], key: str
    ) -> Iterator[ContentUnit]:
        worth = FIGURE_WORTH
        for match in FIGURE.finditer(sentence):
            start, end = match.span()
            if any(first <= start < last for first, last in titles):
                continue
            yield ContentUnit(start, end, ("figure", key, str(start)), worth)
            worth *= _LATER_FIGURE_FACTOR

    def _find_documents(
        self, sentence: str, titles: Sequence[tuple[int, int]]
    ) -> Iterator[ContentUnit]:
        """Yield the documents that follow a word of issuing in the same clause."""
        worth = DOCUMENT_WORTH
        before = 0
        made = False
        for start, end in titles:
            between = sentence[before:start]
            clause = between[max(map(between.rfind, ",;:。")) + 1 :]
            if self._issued.search(clause):
                made = True
            elif clause.strip("、和及与以") or len(clause) != len(between):
                made = False
            before = end
            if made:
                yield ContentUnit(start, end, ("document", sentence[start:end]), worth)
                worth *= _LATER_DOCUMENT_FACTOR


def _find_pattern(
    pattern: re.Pattern[str], sentence: str, key: str, kind: str, worth: float
) -> Iterator[ContentUnit]:
    """Yield one unit per clause that matches a pattern."""
    clause = -1
    for match in pattern.finditer(sentence):
        number = sum(sentence.count(mark, 0, match.start()) for mark in ",;:")
        if number != clause:
            yield ContentUnit(match.start(), match.end(), (kind, key, str(number)), worth)
        clause = number


def centroid(
    sentences: Iterable[Sequence[str]], frequency: Mapping[str, int], text_count: int, chars: int
) -> dict[str, float]:
    """Return the worth of each word, given a list of words for each sentence.

    ``frequency`` is the number of texts, out of ``text_count``, that contain a word; ``chars`` is
    the number of characters of the sentences.
    """
    counts: Counter[str] = Counter()
    of_sentences: list[Sequence[str]] = []
    for words in sentences:
        counts.update(words)
        of_sentences.append(words)
    worth = {
        word: math.sqrt(count)
        * math.log((1 + text_count) / (1 + min(frequency.get(word, 0), text_count)) + 1)
        for word, count in counts.items()
    }
    total = math.fsum(worth[word] for words in of_sentences for word in dict.fromkeys(words))
    if not total:
        return worth
    scale = chars / CHARS_WORTH_ONE / total
    return {word: value * scale for word, value in worth.items()}
