"""Matching of figures of several officials, so that comparable ones share a table row.

The rule is wider than that of ``figure_groups.py``, because the reader sees the name of each
figure: 到位市外资金 appears next to 到位资金. Two names match if the same words remain, in any
order, after removing the qualifiers of the word list (亿元以上) and, at both ends, places, adverbs
and verbs that add nothing. The remaining words must state what is measured: 支出 and 总投资 match
nothing. Units must measure the same quantity, a change never matches a level, a plan never matches
a result, and a yearly mean or what is cumulative never a year's value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportsearch.analysis.facts.figure_groups import find_dimension
from reportsearch.analysis.terms.patterns import sort_longest_first
from reportsearch.lexicon import Lexicon
from reportsearch.lexicon.figures import map_to_canonical
from reportsearch.models.facts import BEFORE, CUMULATIVE, YEARLY, Indicator
from reportsearch.normalise import fold
from reportsearch.tokenizer import load_dictionary

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_MAX_MERGED_WORDS = 3
"""Maximum number of segmented words that form one listed word, such as 亿元 and 以上."""
_NUMBER = re.compile("[\\d百千万亿]")
_MAX_GAP_CHARS = 3
"""Maximum number of characters between a figure and the next one: a comma, 达, 约."""
_MIN_CHARS = 2
"""Minimum number of characters that remain of a name."""

FigureKey = tuple[tuple[str, ...], str, str, bool, str]
"""Words of a figure, dimension of its unit, kind of change, whether it is a plan, and its span.

The span is YEARLY or CUMULATIVE, or empty for what belongs to one year.
"""
LEVEL = ""
CHANGE = "change"


class FigureKeyBuilder:
    """A builder of row keys, based on the word lists; ``cut`` splits a folded text into words."""

    def __init__(self, lexicon: Lexicon, cut: Callable[[str], Sequence[str]]) -> None:
        self._cut = cut
        self._qualifiers = lexicon.figures.qualifiers
        self._words = map_to_canonical(lexicon.figures.words)
        self._names = map_to_canonical((*lexicon.figures.names, *_find_unlisted_names(lexicon)))
        self._units = map_to_canonical(lexicon.figures.units)
        facts = lexicon.facts
        verbs = {*facts.neutral, *lexicon.figures.verbs, *facts.scopes, *facts.adverbs}
        self._edges = frozenset(verbs) - set(self._words)
        self._listed = self._qualifiers | self._edges | self._words.keys()
        self._uninformative = lexicon.figures.hollow
        self._context = lexicon.figures.behind
        self._heads = frozenset(facts.heads) | self._uninformative
        self._deeds = frozenset((*facts.doing, *facts.nominal)) | self._uninformative
        self._levels = tuple(facts.results)
        self._ends = tuple(facts.heads)
        states = (verb for _, verbs in facts.states for verb in verbs)
        self._nouns = frozenset((*facts.doing, *facts.nominal, *states))
        self._tags = load_dictionary().tags
        self._bases = sort_longest_first(lexicon.figures.bases)
        self._cache: dict[str, tuple[str, ...]] = {}

    def build_key(self, figure: Indicator, before: Indicator | None = None) -> FigureKey | None:
        """Return the key that figures of one row share, or None if the figure matches nothing.

        ``before`` is the previous figure in the report.
        """
        words = self._find_contextual_words(figure, before) or self.find_key_words(
            figure.verb + figure.name
        )
        return (words, *self.build_key_of_kind(figure)[1:]) if words else None

    def build_key_of_kind(self, figure: Indicator) -> FigureKey:
        """Return a key without words, for a figure that shares its row with no other."""
        dimension, change = self.find_figure_dimension(figure), self.classify_change(figure)
        return (), dimension, change, figure.is_plan, find_distinct_span(figure)

    def is_before_change(self, figure: Indicator, after: Indicator | None) -> bool:
        """Check whether the next figure changed from this one, as in 由58%提高到66%."""
        return figure.role == BEFORE or (
            after is not None
            and after.passage == figure.passage
            and (after.verb, after.name, after.period) == (figure.verb, figure.name, figure.period)
            and self.find_figure_dimension(after) == self.find_figure_dimension(figure)
            and not figure.change
            and bool(after.change)
            and after.change.endswith(self._levels)
            and 0 <= after.start - figure.end <= len(after.change) + _MAX_GAP_CHARS
        )

    def _find_contextual_words(
        self, figure: Indicator, before: Indicator | None
    ) -> tuple[str, ...]:
        """Return the words of what a name means right after another figure, or () for nothing."""
        if before is None or before.passage != figure.passage or not figure.name:
            return ()
        if not 0 <= figure.start - before.end - len(figure.verb + figure.name) <= _MAX_GAP_CHARS:
            return ()
        name, after = (
            fold(figure.verb + figure.name),
            self.find_key_words(before.verb + before.name),
        )
        for one in self._context:
            if name in one.names and after == self.find_key_words(one.figure):
                return self.find_key_words(one.means)
        return ()

    def has_head(self, name: str) -> bool:
        """Check whether a name ends with a countable noun or a verb of the word lists."""
        text = _MARKS.sub("", fold(name))
        if text.endswith(self._ends):
            return True
        last = next(reversed(self._merge_listed_words(text)), "")
        tag = self._tags.get(last, "")
        return last in self._nouns or (len(last) >= _MIN_CHARS and tag[:1] in {"n", "i", "j", "b"})

    def find_figure_dimension(self, figure: Indicator) -> str:
        """Return the dimension of the figure's unit, with the number that it is per: 每10万人.

        每人每月 is left out, as many reports do.
        """
        unit = fold(figure.base_unit)
        rate = figure.per if _NUMBER.search(figure.per) else ""
        return find_dimension(self._units.get(unit, unit)) + fold(rate)

    def classify_change(self, figure: Indicator) -> str:
        """Return LEVEL, CHANGE, or the word for another kind of change, such as 年均.

        降至 leads to a new level, so it counts as LEVEL.
        """
        if not figure.change or figure.change.endswith(self._levels):
            return LEVEL
        return next((base for base in self._bases if base in fold(figure.change)), CHANGE)

    def find_key_words(self, name: str) -> tuple[str, ...]:
        """Return the sorted words that state what is measured, or () if they say too little."""
        text = _MARKS.sub("", fold(name))
        if text not in self._cache:
            words = self._strip_uninformative(text)
            listed = self._names.get("".join(words))
            # A listed name is informative enough.
            self._cache[text] = (listed,) if listed else self._select_informative(words)
        return self._cache[text]

    def _strip_uninformative(self, text: str) -> list[str]:
        """Remove the words of a name that add nothing, stopping once a list has the name."""
        words = self._merge_listed_words(text)
        if "".join(words) != text or text in self._names:
            # With marks between the words it is unclear what they belong to.
            return [text]
        words = [self._words.get(word, word) for word in words if word not in self._qualifiers]
        while "".join(words) not in self._names and len(words) > 1:
            if words[-1] in self._edges:
                words.pop()
            elif words[0] in self._edges:
                words.pop(0)
            else:
                break
        return words

    def _merge_listed_words(self, text: str) -> list[str]:
        """Cut a text into words, merging neighbours that form one listed word."""
        cut = list(self._cut(text))
        found = []
        at = 0
        while at < len(cut):
            number = next(
                number
                for number in range(_MAX_MERGED_WORDS, 0, -1)
                if number == 1
                or (at + number <= len(cut) and "".join(cut[at : at + number]) in self._listed)
            )
            found.append("".join(cut[at : at + number]))
            at += number
        return found

    def _select_informative(self, words: Sequence[str]) -> tuple[str, ...]:
        text = "".join(words)
        if (
            len(text) < _MIN_CHARS
            or text in self._uninformative
            or all(one in self._heads for one in words)
        ):
            return ()
        if len(words) == 1 and (text in self._deeds or text in self._edges):
            return ()
        return tuple(sorted(words))


def find_distinct_span(figure: Indicator) -> str:
    """Return YEARLY or CUMULATIVE; a figure with one is compared with no year's value."""
    return figure.span if figure.span in {YEARLY, CUMULATIVE} else ""


def _find_unlisted_names(lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the name groups of ``[facts]`` without names that ``[figures]`` already groups."""
    taken = {name for group in lexicon.figures.names for name in group}
    left = (tuple(name for name in group if name not in taken) for group in lexicon.facts.same)
    return [group for group in left if group]
