"""Which figures of several officials are alike enough to stand in one row of a table.

A wider rule than that of ``figure_groups.py``, for a reader who sees the name of each figure:
到位市外资金 stands beside 到位资金. Two names are alike when the same words are left, in any order,
after those are gone that a word list calls qualifiers (亿元以上), and, at the ends, places, adverbs
and verbs that add nothing. What is left must say what is measured: 支出 and 总投资 are alike with
nothing. Units have to measure the same, a change is not a level, and a plan is no result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from reportsearch.analysis.facts.figure_groups import find_dimension
from reportsearch.analysis.terms.patterns import sort_longest_first
from reportsearch.lexicon import Lexicon
from reportsearch.lexicon.figures import map_to_canonical
from reportsearch.models.facts import Indicator
from reportsearch.normalise import fold
from reportsearch.tokenizer import load_dictionary

_MARKS = re.compile(r"[“”‘’\"'「」\s]")
_MAX_MERGED_WORDS = 3
"""Words as they are cut that are one in a list: 亿元 and 以上."""
_MAX_GAP_CHARS = 3
"""Characters between a figure and what stands right behind it: a comma, 达, 约."""
_MIN_CHARS = 2
"""Characters of what is left of a name."""

FigureKey = tuple[tuple[str, ...], str, str, bool]
"""The words of a figure, what its unit measures, what change it is, and whether it is a plan."""
LEVEL = ""
CHANGE = "change"


class FigureKeyBuilder:
    """Names the rows of figures by the word lists; ``cut`` cuts a folded text into words."""

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
        """What figures of one row have in common; None for one that is alike with nothing.

        ``before`` is the figure before it in the report.
        """
        words = self._find_contextual_words(figure, before) or self.find_key_words(
            figure.verb + figure.name
        )
        if not words:
            return None
        dimension, change = self.find_figure_dimension(figure), self.classify_change(figure)
        return words, dimension, change, figure.is_plan

    def is_before_change(self, figure: Indicator, after: Indicator | None) -> bool:
        """Whether a figure is what the one after it has changed from: 由58%提高到66%."""
        return (
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
        """The words of what a name means right behind another figure, if it means something."""
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
        """Whether a name ends with what is counted: a noun, or a verb that the lists have."""
        text = _MARKS.sub("", fold(name))
        if text.endswith(self._ends):
            return True
        last = next(reversed(self._merge_listed_words(text)), "")
        tag = self._tags.get(last, "")
        return last in self._nouns or (len(last) >= _MIN_CHARS and tag[:1] in {"n", "i", "j", "b"})

    def find_figure_dimension(self, figure: Indicator) -> str:
        """What the unit measures."""
        unit = fold(figure.base_unit)
        return find_dimension(self._units.get(unit, unit))

    def classify_change(self, figure: Indicator) -> str:
        """LEVEL, CHANGE, or the word that makes it a change of another kind: 年均.

        降至 leads to a new level.
        """
        if not figure.change or figure.change.endswith(self._levels):
            return LEVEL
        return next((base for base in self._bases if base in fold(figure.change)), CHANGE)

    def find_key_words(self, name: str) -> tuple[str, ...]:
        """The words that tell what is measured, sorted; none where they tell too little."""
        text = _MARKS.sub("", fold(name))
        if text not in self._cache:
            words = self._strip_uninformative(text)
            listed = self._names.get("".join(words))
            # What a list brings together tells enough.
            self._cache[text] = (listed,) if listed else self._select_informative(words)
        return self._cache[text]

    def _strip_uninformative(self, text: str) -> list[str]:
        """The words of a name without those that add nothing; all once a list has the name."""
        words = self._merge_listed_words(text)
        if "".join(words) != text or text in self._names:
            # Signs between the words: what they belong to is not known.
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
        """The words of a text; several that are one in a list are one."""
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


def _find_unlisted_names(lexicon: Lexicon) -> list[tuple[str, ...]]:
    """The groups of names of ``[facts]``, without what the groups of ``[figures]`` have."""
    taken = {name for group in lexicon.figures.names for name in group}
    left = (tuple(name for name in group if name not in taken) for group in lexicon.facts.same)
    return [group for group in left if group]
