"""Paragraphs cut into tagged words, quantities, times and marks, the input for finding names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.periods import TimeExpression
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.analysis.terms.patterns import compile_alternatives
from reportsearch.comparable import Span
from reportsearch.lexicon.facts import FactWords
from reportsearch.tokenizer import Tokenizer, load_dictionary

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_MAX_CACHED = 100_000
_PLACE_WORDS = frozenset({
    "上", "下", "中", "里", "内", "外", "前", "后", "旁", "边", "间", "左右", "以上", "以下",
    "以内", "以外", "之间", "之内", "之外", "之上", "之下", "之中", "中间", "期间", "附近", "周边",
    "当中", "其间", "以前", "以后", "之前", "之后", "以来", "以东", "以西", "以南", "以北",
})  # fmt: skip
_TWO_WORDS = frozenset({"比前", "比上", "比去", "较前", "较上", "和县"})
"""Two words that a segmenter may join: 比前五年, 和县医院."""
_LINKS = frozenset({"和", "与", "及", "以及", "暨", "或"})
_PREPOSITIONS = frozenset({
    "对", "为", "从", "把", "将", "向", "由", "按", "在", "以", "给", "使", "让", "被", "用", "于",
    "自", "往", "同", "因", "凭", "经", "通过", "按照", "围绕", "针对", "关于", "随着", "对于",
})  # fmt: skip
_QUOTES = "“”‘’\"'「」"
_VERB_TAGS = frozenset({"v", "vd", "vi", "vq", "vg"})
_NOUN_TAGS = frozenset({
    "", "vn", "an", "j", "l", "i", "s", "b", "eng", "a", "z", "x", "q", "mq", "m", "t", "f", "g",
    "ag", "k", "h", "rz",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TaggedWord:
    """A word or mark; ``number`` is its position in the list of quantities or times."""

    text: str
    start: int
    end: int
    kind: str
    tag: str = ""
    number: int = -1


class WordTagger:
    """A tagger that assigns kinds to words, from the word lists and then the dictionary."""

    def __init__(self, words: FactWords) -> None:
        self._known: dict[str, str] = {
            verb: kinds.DOING for _, verbs in words.states for verb in verbs if len(verb) > 1
        }
        for kind, strings in (
            (kinds.DOING, words.doing),
            (kinds.CHANGE, words.changes),
            (kinds.ADVERB, words.adverbs),
            (kinds.SCOPE, words.scopes),
            (kinds.NOUN, (*words.modifiers, *words.compounds)),
        ):
            self._known.update(dict.fromkeys(strings, kind))
        self._known.update(dict.fromkeys(_PREPOSITIONS, kinds.PREPOSITION))
        self._known.update(dict.fromkeys(_LINKS, kinds.LINK))
        self._known.update(
            {
                "边": kinds.PLACE,
                "的": kinds.OF,
                "之": kinds.NOUN,
                "了": kinds.ASPECT,
                "着": kinds.ASPECT,
                "过": kinds.ASPECT,
            }
        )
        self._tags = load_dictionary().tags
        self._begins = frozenset(word[:1] for word in self._known)
        self._longest = max(map(len, self._known))
        self._tag_cache: dict[str, tuple[str, str]] = {}
        self._splits: dict[str, int] = {}
        self.compounds = compile_alternatives(words.compounds)

    def tag_word(self, word: str) -> tuple[str, str]:
        """Return the kind and the part of speech of a word."""
        found = self._tag_cache.get(word)
        if found is None:
            if len(self._tag_cache) > _MAX_CACHED:
                self._tag_cache.clear()
            found = self._tag_cache[word] = self._find_tag(word)
        return found

    def _find_tag(self, word: str) -> tuple[str, str]:
        tag = self._tags.get(word, "")
        known = self._known.get(word)
        if known:
            return known, "n" if known == kinds.NOUN else tag
        if word in _PLACE_WORDS:
            return kinds.PLACE, tag
        if word.startswith("非") and len(word) > 1 and not tag.startswith(("c", "v")):
            # 非公, 非遗: a prefix, though the dictionary has an adverb.
            return kinds.NOUN, "b"
        if tag in _VERB_TAGS:
            return kinds.VERB, tag
        if tag.startswith("n") or tag in _NOUN_TAGS:
            return kinds.NOUN, tag
        if tag in {"d", "ad"}:
            return kinds.ADVERB, tag
        if tag == "p":
            return kinds.PREPOSITION, tag
        if tag == "r":
            return kinds.PRONOUN, tag
        if tag == "c":
            return kinds.END, tag
        if not tag and len(word) == 2 and self._tags.get(word[0], "")[:1] in {"v", "p"}:
            # 建档, 搬空: possibly a verb that the dictionary lacks.
            return kinds.NOUN, kinds.UNKNOWN_VERB
        return kinds.NOUN, tag

    def count_joined(self, words: list[str], at: int) -> int:
        """Count the words from a position on that form one listed word: 惠 and 及 form 惠及."""
        if words[at][0] not in self._begins:
            return 1
        for count in (4, 3, 2):
            if at + count <= len(words) and "".join(words[at : at + count]) in self._known:
                return count
        return 1

    def find_split(self, word: str) -> int:
        """Return where to split a word (率达, 改了, 精心策划, 价格上涨), or 0."""
        found = self._splits.get(word)
        if found is None:
            if len(self._splits) > _MAX_CACHED:
                self._splits.clear()
            found = self._splits[word] = self._compute_split(word)
        return found

    def _compute_split(self, word: str) -> int:
        if word in _TWO_WORDS:
            return 1
        if (
            len(word) >= 4
            and self._known.get(word[-2:]) == kinds.CHANGE
            and word not in self._known
        ):
            return len(word) - 2
        if len(word) == 4 and word not in self._known and self._known.get(word[2:]) == kinds.DOING:
            # 精心策划, 全面启动
            adverb = self._known.get(word[:2]) == kinds.ADVERB or self._tags.get(word[:2]) == "d"
            return 2 if adverb else 0
        if (
            word in self._tags
            or word in self._known
            or len(word) < 2
            or not _CHINESE.fullmatch(word)
        ):
            return 0
        if word[-1] in "有达为占是至到缺了拟要降" and (len(word) == 2 or word[:-1] in self._tags):
            return len(word) - 1
        if word[0] in "对把将向由按从获" and (len(word) == 2 or word[1:] in self._tags):
            return 1
        if len(word) >= 4:
            return next(
                (at for at in (2, 3) if word[:at] in self._tags and word[at:] in self._tags), 0
            )
        return 0


@dataclass(frozen=True)
class TaggedParagraph:
    """The words of a folded paragraph in order, with its quantities and times."""

    text: str
    words: tuple[TaggedWord, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeExpression, ...]

    @cached_property
    def quantity_places(self) -> tuple[int, ...]:
        """Return the position of each quantity among the words."""
        return tuple(at for at, word in enumerate(self.words) if word.kind == kinds.NUMBER)

    @cached_property
    def time_starts(self) -> list[int]:
        """Return where each time starts."""
        return [time.start for time in self.times]

    @cached_property
    def quantity_starts(self) -> frozenset[int]:
        """Return where the quantities start."""
        return frozenset(one.start for one in self.quantities)

    @cached_property
    def first_named_cell(self) -> Span | None:
        """Return the first cell of a table row that has letters, and neither number nor time."""
        starts = sorted((*self.quantity_starts, *self.time_starts))
        at = 0
        for cell in self.text.split("\t"):
            end = at + len(cell)
            has_number = bisect_left(starts, at) < bisect_left(starts, end)
            if not has_number and any(char.isalpha() for char in cell):
                return at, end
            at = end + 1
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    def find_word(self, start: int) -> int:
        """Return the position of the first word that starts at or after ``start``."""
        return bisect_left(self._starts, start)


def tag_paragraph(
    text: str,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    titles: Iterable[tuple[int, int]],
    tagger: WordTagger,
    tokenizer: Tokenizer,
    numbering: int = 0,
) -> TaggedParagraph:
    """Tag a folded paragraph, cutting the text between quantities, times and titles into words.

    ``numbering`` is the length of a number at the beginning, such as 一、.
    """
    fixed = [(one.start, one.end, kinds.NUMBER, number) for number, one in enumerate(quantities)]
    fixed += [(one.start, one.end, kinds.TIME, number) for number, one in enumerate(times)]
    fixed += [(start, end, kinds.TITLE, -1) for start, end in titles]
    fixed += [(*one.per, kinds.PER, -1) for one in quantities if one.per]
    if numbering:
        # 一、机关80多人: the number of a heading is no part of a name.
        fixed.append((0, numbering, kinds.END, -1))
    fixed.sort()
    words: list[TaggedWord] = []
    at = 0
    for start, end, kind, number in fixed:
        if start < at:
            continue
        words += _tag_span(text, at, start, tagger, tokenizer)
        words.append(TaggedWord(text[start:end], start, end, kind, number=number))
        at = end
    words += _tag_span(text, at, len(text), tagger, tokenizer)
    return TaggedParagraph(text, tuple(words), tuple(quantities), tuple(times))


def _tag_span(
    text: str, start: int, end: int, tagger: WordTagger, tokenizer: Tokenizer
) -> list[TaggedWord]:
    words: list[TaggedWord] = []
    at = start
    for compound in tagger.compounds.finditer(text, start, end):
        words += _tag_pieces(text, at, compound.start(), tagger, tokenizer)
        words.append(TaggedWord(compound[0], *compound.span(), kinds.NOUN, "n"))
        at = compound.end()
    return words + _tag_pieces(text, at, end, tagger, tokenizer)


def _tag_pieces(
    text: str, start: int, end: int, tagger: WordTagger, tokenizer: Tokenizer
) -> list[TaggedWord]:
    spans: list[tuple[int, int]] = []
    for token in tokenizer.cut(text[start:end]):
        middle = token.start + tagger.find_split(token.text)
        edges = (
            [token.start, middle, token.end] if middle > token.start else [token.start, token.end]
        )
        spans += pairwise(edges)
    words: list[TaggedWord] = []
    at = start
    number = 0
    texts = [text[start + first : start + last] for first, last in spans]
    while number < len(spans):
        count = tagger.count_joined(texts, number)
        first, last = spans[number][0] + start, spans[number + count - 1][1] + start
        if count > 1 and last - first != sum(map(len, texts[number : number + count])):
            count, last = 1, spans[number][1] + start
        words += _tag_marks(text, at, first)
        kind, tag = tagger.tag_word(text[first:last])
        words.append(TaggedWord(text[first:last], first, last, kind, tag))
        at = last
        number += count
    words += _tag_marks(text, at, end)
    return words


def _tag_marks(text: str, start: int, end: int) -> list[TaggedWord]:
    """Return the marks of a span, including tabs between cells.

    Quotation marks belong to the name they enclose.
    """
    found = []
    for at in range(start, end):
        char = text[at]
        if char.isspace() and char != "\t":
            continue
        if char in _QUOTES or char in "*·-—+/%":
            kind = kinds.NOUN
        elif char == "、":
            kind = kinds.LIST
        else:
            kind = kinds.END
        found.append(TaggedWord(char, at, at + 1, kind, "w"))
    return found
