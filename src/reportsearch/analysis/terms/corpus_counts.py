"""Counts of words and n-grams of words in all passages of an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.terms.token_text import MAX_WORDS
from reportsearch.models.progress import Progress
from reportsearch.tokenizer import Token

_MAX_SEARCHED_NGRAMS = 5_000
"""Maximum number of n-grams to search for one by one; beyond that, segmenting all is faster."""

_MAX_CACHED_LINES = 20_000
"""Passages whose words are cached."""

NGram = tuple[str, ...]


class CorpusCounts:
    """Counts in the whole index; an n-gram must be counted before its count can be read.

    Its words must follow one another with nothing between.
    """

    def __init__(self, corpus: Corpus, text: str) -> None:
        self._corpus = corpus
        self._text = text
        self._counts: dict[NGram, int] = {}
        self._lines: dict[int, list[Token]] = {}

    @cached_property
    def chars(self) -> int:
        """Return the number of characters of all passages."""
        return len(self._text) - self._text.count("\n")

    def get_count(self, words: NGram) -> int:
        """Return the count of an n-gram counted before."""
        return self._counts[words]

    def count_ngrams(self, ngrams: Iterable[NGram], progress: Progress | None = None) -> None:
        """Count n-grams; ``progress`` is called if all passages have to be segmented."""
        new = [words for words in dict.fromkeys(ngrams) if words not in self._counts]
        single = [words for words in new if len(words) == 1 and len(words[0]) > 1]
        found = self._corpus.load_tfidf_index().count_occurrences([word for (word,) in single])
        self._counts.update(zip(single, found, strict=True))
        # The postings lack single characters, which count wherever they occur.
        self._counts.update(
            (words, self._text.count(words[0]))
            for words in new
            if len(words) == 1 and len(words[0]) == 1
        )
        phrases = [words for words in new if len(words) > 1]
        if len(phrases) > _MAX_SEARCHED_NGRAMS:
            self._count_by_scanning(phrases, progress)
        else:
            self._counts.update((words, self._count_occurrences(words)) for words in phrases)

    def _count_occurrences(self, words: NGram) -> int:
        """Count an n-gram in the passages that contain its characters."""
        term = "".join(words)
        found = 0
        at = self._text.find(term)
        while at >= 0:
            start = self._text.rfind("\n", 0, at) + 1
            if start not in self._lines:
                if len(self._lines) >= _MAX_CACHED_LINES:
                    self._lines.clear()
                line = self._text[start : self._text.index("\n", at)]
                self._lines[start] = self._corpus.tokenizer.cut(line)
            tokens = self._lines[start]
            found += sum(grams == words for grams in _iter_ngrams(tokens, len(words)))
            at = self._text.find(term, self._text.index("\n", at))
        return found

    def _count_by_scanning(self, phrases: Sequence[NGram], progress: Progress | None) -> None:
        """Count many n-grams by segmenting all passages once."""
        counts = dict.fromkeys(phrases, 0)
        lines = self._text.split("\n")
        for number, line in enumerate(lines):
            if progress and not number % 1_000:
                progress(number, len(lines))
            tokens = self._corpus.tokenizer.cut(line)
            for length in range(2, MAX_WORDS + 1):
                for words in _iter_ngrams(tokens, length):
                    if words in counts:
                        counts[words] += 1
        self._counts.update(counts)


def _iter_ngrams(tokens: Sequence[Token], length: int) -> Iterator[NGram]:
    """Yield the n-grams of a given length."""
    for at in range(len(tokens) - length + 1):
        part = tokens[at : at + length]
        if all(part[i].end == part[i + 1].start for i in range(length - 1)):
            yield tuple(token.text for token in part)
