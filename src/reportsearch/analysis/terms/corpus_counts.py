"""How often words, and strings of words, occur in all passages of an index, as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from reportsearch.analysis.corpus import Holdings, Progress
from reportsearch.analysis.terms.token_text import LONGEST
from reportsearch.tokenizer import Token

_LOOKED_FOR = 5_000
"""Strings beyond which all passages are cut: to look for each in the text takes longer."""

_REMEMBERED = 20_000
"""Passages whose words are kept."""

Words = tuple[str, ...]


class Counts:
    """Counts of the whole index; what is asked about has to be learned first.

    A string of words occurs where the words follow one another with nothing between.
    """

    def __init__(self, held: Holdings, text: str) -> None:
        self._held = held
        self._text = text
        self._known: dict[Words, int] = {}
        self._lines: dict[int, list[Token]] = {}

    @cached_property
    def chars(self) -> int:
        """The characters of all passages."""
        return len(self._text) - self._text.count("\n")

    def of(self, words: Words) -> int:
        """The occurrences of a string that was learned."""
        return self._known[words]

    def learn(self, strings: Iterable[Words], progress: Progress | None = None) -> None:
        """Count strings of words; ``progress`` is called where all passages have to be cut."""
        new = [words for words in dict.fromkeys(strings) if words not in self._known]
        single = [words for words in new if len(words) == 1 and len(words[0]) > 1]
        found = self._held.vectors().occurrences([word for (word,) in single])
        self._known.update(zip(single, found, strict=True))
        # The postings have no single characters: those count wherever they stand.
        self._known.update(
            (words, self._text.count(words[0]))
            for words in new
            if len(words) == 1 and len(words[0]) == 1
        )
        phrases = [words for words in new if len(words) > 1]
        if len(phrases) > _LOOKED_FOR:
            self._sweep(phrases, progress)
        else:
            self._known.update((words, self._look_for(words)) for words in phrases)

    def _look_for(self, words: Words) -> int:
        """The occurrences of a string, in the passages that have its characters."""
        term = "".join(words)
        found = 0
        at = self._text.find(term)
        while at >= 0:
            start = self._text.rfind("\n", 0, at) + 1
            if start not in self._lines:
                if len(self._lines) >= _REMEMBERED:
                    self._lines.clear()
                line = self._text[start : self._text.index("\n", at)]
                self._lines[start] = self._held.tokenizer.cut(line)
            tokens = self._lines[start]
            found += sum(grams == words for grams in _grams(tokens, len(words)))
            at = self._text.find(term, self._text.index("\n", at))
        return found

    def _sweep(self, phrases: Sequence[Words], progress: Progress | None) -> None:
        """Count many strings by cutting all passages once."""
        counts = dict.fromkeys(phrases, 0)
        lines = self._text.split("\n")
        for number, line in enumerate(lines):
            if progress and not number % 10_000:
                progress(number, len(lines))
            tokens = self._held.tokenizer.cut(line)
            for length in range(2, LONGEST + 1):
                for words in _grams(tokens, length):
                    if words in counts:
                        counts[words] += 1
        self._known.update(counts)


def _grams(tokens: Sequence[Token], length: int) -> Iterator[Words]:
    """The strings of so many neighbouring words."""
    for at in range(len(tokens) - length + 1):
        part = tokens[at : at + length]
        if all(part[i].end == part[i + 1].start for i in range(length - 1)):
            yield tuple(token.text for token in part)
