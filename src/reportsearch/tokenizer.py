"""Segmentation of folded text into words with offsets, by rjieba or jieba.

No other module imports either. rjieba (Rust) and jieba return the same words for runs of common
Chinese characters, but differ on ASCII compounds and rare characters. So the text is first split
into runs: a run of Chinese characters that both know goes to the segmenter, a run of letters and
digits is one word, a rarer Chinese character is a word by itself, and everything else is a
separator.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol

from reportsearch.lexicon import Lexicon

# Characters that both segmenters treat as Chinese. Numbers keep decimals and %: pm2.5, 94.5%, but
# not 1-10.
_RUN = re.compile(
    r"(?P<chinese>[\u4e00-\u9fd5]+)"
    r"|(?P<word>[^\W_\u2e80-\U0003ffff]+(?:\.\d+)*[%‰]?)"
    r"|(?P<single>[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word and its span in the segmented text."""

    text: str
    start: int
    end: int


class Segmenter(Protocol):
    """The interface shared by jieba and rjieba."""

    def cut(self, text: str) -> Iterable[str]:
        """Cut a text into consecutive words."""

    def cut_for_search(self, text: str) -> Iterable[str]:
        """Cut a text into the same words, each long one preceded by the shorter words inside it."""

    def add_word(self, word: str, freq: int | None, tag: str | None) -> object:
        """Add a word; without a frequency, use the lowest that keeps the word in one piece."""


def load_rjieba(words: Iterable[str]) -> Segmenter:
    """Return rjieba's segmenter, which also knows ``words``."""
    import rjieba

    # Importing rjieba already loads one dictionary (0.1 s), which the first caller gets.
    segmenter: Any = rjieba.Jieba() if _default_taken else rjieba
    _default_taken.append(True)
    for word in words:
        segmenter.add_word(word, None, None)
    return segmenter  # type: ignore[no-any-return]


def load_jieba(words: Iterable[str]) -> Segmenter:
    """Return jieba's segmenter, which also knows ``words``."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter: Any = jieba.Tokenizer()
    segmenter.initialize()
    total = segmenter.total
    for word in words:
        segmenter.add_word(word, None, None)
    # rjieba does not update the sum of all frequencies; otherwise near ties would be cut
    # differently.
    segmenter.total = total
    return segmenter  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Jieba's dictionary: word counts in general Chinese, and parts of speech.

    ``total`` is the sum of all counts, about 60 million. The tags are those of ICTCLAS: n noun, v
    verb, a adjective, d adverb, m numeral, and so on.
    """

    counts: Mapping[str, int]
    tags: Mapping[str, str]
    total: int


@cache
def load_dictionary() -> Dictionary:
    """Load the dictionary from the package jieba, which takes a third of a second."""
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed; install it with: pip install jieba")
    counts: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    lines = Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        word, count, tag = line.split(" ")
        counts[word] = int(count)
        tags[word] = tag
        total += int(count)
    return Dictionary(counts, tags, total)


_MAX_CACHED_WORDS = 50_000
_default_taken: list[bool] = []


@cache
def _load_segmenter(words: tuple[str, ...]) -> Segmenter:
    # Not every platform has a wheel of rjieba; see pyproject.toml.
    have_rjieba = importlib.util.find_spec("rjieba") is not None
    return load_rjieba(words) if have_rjieba else load_jieba(words)


class Tokenizer:
    """A segmenter of folded text (see normalise.py) into words.

    >>> from reportsearch import lexicon
    >>> [token.text for token in Tokenizer(lexicon.load()).cut("推动招商引资工作")]
    ['推动', '招商引资', '工作']
    """

    def __init__(self, lexicon: Lexicon, segmenter: Segmenter | None = None) -> None:
        self._words = lexicon.words
        self._given = segmenter
        self._edge_cache: dict[str, set[int]] = {}

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that are added to the segmenter's dictionary."""
        return self._words

    @cached_property
    def _segmenter(self) -> Segmenter:
        # Loaded lazily, so that commands that cut nothing do not load a dictionary.
        return self._given or _load_segmenter(self._words)

    def cut(self, text: str) -> list[Token]:
        """Return the words of ``text`` in order, without overlaps or separators."""
        tokens = []
        for run in _RUN.finditer(text):
            at = run.start()
            words = self._segmenter.cut(run[0]) if run.lastgroup == "chinese" else [run[0]]
            for word in words:
                tokens.append(Token(word, at, at + len(word)))
                at += len(word)
        return tokens

    def find_edges(self, text: str) -> tuple[set[int], set[int]]:
        """Return the offsets at which a word of ``text`` can start, and at which one can end.

        The shorter words inside a long one count: 旅游 ends inside 旅游景区. But 民政 does not
        start or end inside 人民政府, which consists of 人民 and 政府.
        """
        return self.find_token_edges(self.cut(text))

    def find_token_edges(self, tokens: Iterable[Token]) -> tuple[set[int], set[int]]:
        """Return the same offsets for a text that is already cut into these words."""
        starts: set[int] = set()
        ends: set[int] = set()
        for token in tokens:
            starts.add(token.start)
            ends.add(token.end)
            if token.end - token.start > 2:
                for edge in self._find_inner_edges(token.text):
                    starts.add(token.start + edge)
                    ends.add(token.start + edge)
        return starts, ends

    def _find_inner_edges(self, word: str) -> set[int]:
        """Return the offsets at which a word splits; the last part may be one character."""
        if len(self._edge_cache) > _MAX_CACHED_WORDS:
            self._edge_cache.clear()
        if word not in self._edge_cache:
            self._edge_cache[word] = set() if word.isascii() else self._split_word(word)
        return self._edge_cache[word]

    def _split_word(self, word: str) -> set[int]:
        parts = [
            (at, at + len(part))
            for part in dict.fromkeys(self._segmenter.cut_for_search(word))
            for at in range(len(word))
            if word.startswith(part, at) and 1 < len(part) < len(word)
        ]
        from_start = {0}
        for start, end in sorted(parts):
            if start in from_start:
                from_start.add(end)
        to_end = {len(word), len(word) - 1}
        for start, end in sorted(parts, reverse=True):
            if end in to_end:
                to_end.add(start)
        return (from_start & to_end) - {0, len(word)}

    def cut_for_search(self, text: str) -> list[str]:
        """Return the words of :meth:`cut` and those inside them, for indexing ``text``."""
        words: list[str] = []
        for run in _RUN.finditer(text):
            if run.lastgroup == "chinese":
                words.extend(self._segmenter.cut_for_search(run[0]))
            else:
                words.append(run[0])
        return words

    def cut_with_parts(self, text: str) -> tuple[list[str], list[str]]:
        """Return the words of :meth:`cut`, and those that :meth:`cut_for_search` finds in them.

        >>> from reportsearch import lexicon
        >>> Tokenizer(lexicon.load()).cut_with_parts("推动招商引资工作")
        (['推动', '招商引资', '工作'], ['招商', '引资'])
        """
        words: list[str] = []
        parts: list[str] = []
        for run in _RUN.finditer(text):
            if run.lastgroup == "chinese":
                cut_out = list(self._segmenter.cut(run[0]))
                words += cut_out
                parts += _list_parts(cut_out, self._segmenter.cut_for_search(run[0]))
            else:
                words.append(run[0])
        return words, parts


def _list_parts(words: Sequence[str], with_parts: Iterable[str]) -> list[str]:
    """Return what is inserted into a list of words before the word that contains it."""
    # A part is shorter than its word, so it never equals the next word.
    rest = iter(words)
    parts, word = [], next(rest, None)
    for one in with_parts:
        if one == word:
            word = next(rest, None)
        else:
            parts.append(one)
    return parts
