"""Which portfolios a section is about, with the words that say so.

Evidence are a portfolio's name, its equivalents, its departments and its words. What stands in the
heading counts most; a portfolio that the official has declared needs less. A string counts only
where it starts and ends at a word's edge: 民政 is not in 人民政府.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reportsearch.lexicon import Lexicon
from reportsearch.models import Duty, Evidence, Section
from reportsearch.normalise import normalise
from reportsearch.tokens import Tokenizer

_NAME_WEIGHT = 2.0
_WORD_WEIGHT = 1.0
_HEADING_FACTOR = 4.0
_PARENT_FACTOR = 0.5
_DECLARED_FACTOR = 1.6
_OUTSIDE_BUREAU = 0.5
"""A bureau's head reports on the bureau's field; another has to show more."""
_LEAST, _LEAST_PER_CHAR, _MOST = 1.0, 1 / 150, 3.0
"""A section of n characters needs 1 + n/150 points, at most 3."""
_LEAST_UNDECLARED = 2.0
_SHARE_OF_BEST = 0.25
_SHOWN = 3

_RUN = re.compile("[\u4e00-\u9fd5]+")
# Sections about the official rather than the work.
_ABOUT_ONESELF = re.compile(
    "不足|差距|短板|问题(?=$|和|与|及|、|，)|反思|批评|检视|廉(?!租)|政治|理论|思想|学习|学以"
    "|党建(?!引领)|党性|作风|自律|纪律|信念|初心|宗旨|担当意识|接受.{0,8}监督|自觉.{0,4}监督"
    "|依法行政|自身建设"
)
_PLANS = re.compile("打算$|思路$")
# 会同住建、消防部门: others who took part, in a section on something else.
_PARTNERS = re.compile("(?:会同|联合|协调|协同|商请|提请|邀请|请|联动|配合)[^，。；：!?]{0,12}$")
_AS_OTHERS = re.compile("[^，。；：]{0,8}?(?:部门|单位|力量)|按")
_LOOKED_BACK = 16


@dataclass(frozen=True, slots=True)
class _Match:
    portfolio: str
    weight: float
    text: str
    start: int
    end: int


class _Matcher:
    """Finds all evidence strings of a lexicon in a folded text, by their first two characters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self._lengths: dict[str, set[int]] = defaultdict(set)
        for portfolio in lexicon.portfolios:
            names = (portfolio.name, *portfolio.same, *portfolio.departments)
            self._add(portfolio.name, names, _NAME_WEIGHT)
            self._add(portfolio.name, portfolio.words, _WORD_WEIGHT)
            self._add(portfolio.name, (n for n in portfolio.names if len(n) > 3), _WORD_WEIGHT)
        self._ordered = {key: sorted(found, reverse=True) for key, found in self._lengths.items()}

    def _add(self, portfolio: str, strings: Iterable[str], weight: float) -> None:
        for string in strings:
            folded = normalise(string).text
            if all(portfolio != name for name, _ in self._entries[folded]):
                self._entries[folded].append((portfolio, weight))
                self._lengths[folded[:2]].add(len(folded))

    def find(self, text: str, tokenizer: Tokenizer) -> Iterator[_Match]:
        """Longest matches from left to right that start and end at a word's edge."""
        at = 0
        edges = _Edges(text, tokenizer)
        keys = self._ordered
        starts = [n for n, pair in enumerate(map(str.__add__, text, text[1:])) if pair in keys]
        for start in starts:
            if start < at:
                continue
            for length in keys[text[start : start + 2]]:
                end = start + length
                string = text[start:end]
                if len(string) < length or string not in self._entries:
                    continue
                if edges.around(start, end):
                    for portfolio, weight in self._entries[string]:
                        yield _Match(portfolio, weight, string, start, end)
                    at = end
                    break


class _Edges:
    """Where words start and end, cut only where it is asked for, from left to right."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        self._text = text
        self._tokenizer = tokenizer
        self._runs = _RUN.finditer(text)
        self._run = next(self._runs, None)
        self._cut: tuple[set[int], set[int]] | None = None

    def around(self, start: int, end: int) -> bool:
        """Whether a string that starts and ends here is made of whole words."""
        while self._run and self._run.end() <= start:
            self._run = next(self._runs, None)
            self._cut = None
        if self._run is None or not self._run.start() <= start < end <= self._run.end():
            # Letters and digits (PM2.5) are words by themselves.
            return True
        if self._cut is None:
            self._cut = self._tokenizer.edges(self._run[0])
        first = self._run.start()
        return start - first in self._cut[0] and end - first in self._cut[1]


@lru_cache(maxsize=4)
def _matcher(lexicon: Lexicon) -> _Matcher:
    return _Matcher(lexicon)


def assign_portfolios(
    text: str,
    sections: tuple[Section, ...],
    duties: tuple[Duty, ...],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> tuple[Section, ...]:
    """Return the sections with the portfolios that each is about, in the order of the evidence.

    A section's own are judged by its heading and the text before its first subsection; it also
    has those of its subsections.
    """
    if not sections:
        return sections
    view = normalise(text)
    matches = [
        replace(match, start=start, end=end, text=text[start:end])
        for match in _matcher(lexicon).find(view.text, tokenizer)
        for start, end in [view.original(match.start, match.end)]
    ]
    declared = frozenset(duty.portfolio for duty in duties if duty.portfolio)
    matches = [
        match
        for match in matches
        if match.portfolio in declared or not _is_of_others(text, match, duties)
    ]
    heads = [duty for duty in duties if duty.role == "主持" and duty.portfolio]
    own = _own_matches(sections, matches)
    chosen: list[list[Evidence]] = []
    for number, section in enumerate(sections):
        above = () if section.parent is None else own[section.parent][0]
        length = _own_end(sections, number) - section.start
        silent = _about_oneself(sections, number) or _PLANS.search(section.heading)
        factor = _OUTSIDE_BUREAU if heads else 1.0
        chosen.append([] if silent else _choose(own[number], above, declared, length, factor))
    _fill_from_siblings(sections, chosen)
    _fill_from_bureau(sections, chosen, heads)
    for number in range(len(sections) - 1, -1, -1):
        parent = sections[number].parent
        if parent is not None and not _about_oneself(sections, parent):
            chosen[parent] += chosen[number]
    return tuple(
        replace(section, portfolios=_few(entries))
        for section, entries in zip(sections, chosen, strict=True)
    )


def _is_of_others(text: str, match: _Match, duties: tuple[Duty, ...]) -> bool:
    """Whether words of a portfolio that is not declared say nothing of it.

    They do not where they are a duty that is another portfolio's (防汛抗旱 of 应急管理), or name
    those who took part.
    """
    if any(duty.portfolio and duty.item == match.text for duty in duties):
        return True
    before = text[max(match.start - _LOOKED_BACK, 0) : match.start]
    return bool(_PARTNERS.search(before)) and bool(_AS_OTHERS.match(text, match.end))


def mentioned(folded: str, lexicon: Lexicon, tokenizer: Tokenizer) -> tuple[str, ...]:
    """The portfolios to which words of a folded text point, in the order of the words."""
    found = _matcher(lexicon).find(folded, tokenizer)
    return tuple(dict.fromkeys(match.portfolio for match in found))


def _own_end(sections: tuple[Section, ...], number: int) -> int:
    """Where a section's own text ends: at its first subsection, or with it."""
    following = number + 1
    if following < len(sections) and sections[following].parent == number:
        return sections[following].start
    return sections[number].end


def _fill_from_siblings(sections: tuple[Section, ...], chosen: list[list[Evidence]]) -> None:
    """A section without evidence of its own is about what most of its siblings are about."""
    children: dict[int, list[int]] = defaultdict(list)
    for number, section in enumerate(sections):
        if section.parent is not None:
            children[section.parent].append(number)
    for siblings in children.values():
        about = [{entry.portfolio for entry in chosen[number]} for number in siblings]
        common = [
            portfolio
            for portfolio in sorted(set().union(*about))
            if sum(portfolio in names for names in about) > len(siblings) / 2
        ]
        borrowed = {
            portfolio: [entry for number in siblings for entry in chosen[number]
                        if entry.portfolio == portfolio]
            for portfolio in common
        }  # fmt: skip
        for number in siblings:
            if not chosen[number] and not _about_oneself(sections, number):
                chosen[number] = [entry for found in borrowed.values() for entry in found]


def _fill_from_bureau(
    sections: tuple[Section, ...], chosen: list[list[Evidence]], heads: list[Duty]
) -> None:
    """Where nothing else is said, a bureau's head speaks of the bureau's one field."""
    if len({duty.portfolio for duty in heads}) != 1:
        return
    duty = heads[0]
    for number, section in enumerate(sections):
        if section.parent is None or chosen[number] or _about_oneself(sections, number):
            continue
        if duty.portfolio and not _PLANS.search(section.heading):
            chosen[number] = [Evidence(duty.portfolio, duty.item, duty.start, duty.end)]


def _own_matches(
    sections: tuple[Section, ...], matches: list[_Match]
) -> list[tuple[list[_Match], list[_Match]]]:
    """For each section the matches in its heading and those in its own text."""
    found: list[tuple[list[_Match], list[_Match]]] = [([], []) for _ in sections]
    current = -1
    for match in matches:
        while current + 1 < len(sections) and sections[current + 1].start <= match.start:
            current += 1
        if current >= 0:
            in_heading = match.start < sections[current].heading_end
            found[current][0 if in_heading else 1].append(match)
    return found


def _about_oneself(sections: tuple[Section, ...], number: int | None) -> bool:
    """Whether a section, or one that it stands in, is about the official rather than the work."""
    while number is not None:
        if _ABOUT_ONESELF.search(sections[number].heading):
            return True
        number = sections[number].parent
    return False


def _choose(
    own: tuple[list[_Match], list[_Match]],
    above: Iterable[_Match],
    declared: frozenset[str],
    length: int,
    undeclared: float,
) -> list[Evidence]:
    scores: dict[str, float] = defaultdict(float)
    evidence: dict[str, list[_Match]] = defaultdict(list)
    for factor, matches in ((_HEADING_FACTOR, own[0]), (1.0, own[1])):
        seen: set[tuple[str, str]] = set()
        for match in matches:
            # The same word again says less.
            again = (match.portfolio, match.text) in seen
            seen.add((match.portfolio, match.text))
            scores[match.portfolio] += match.weight * factor * (0.3 if again else 1.0)
            evidence[match.portfolio].append(match)
    for match in above:
        if match.portfolio in scores:
            scores[match.portfolio] += match.weight * _PARENT_FACTOR * _HEADING_FACTOR
    for portfolio in scores:
        scores[portfolio] *= _DECLARED_FACTOR if portfolio in declared else undeclared
    if declared:
        # One word may be of another field, too: 盘活存量 is of money and of land.
        for portfolio, found in evidence.items():
            is_named = any(match.weight >= _NAME_WEIGHT for match in found)
            if portfolio not in declared and not is_named and len({m.text for m in found}) < 2:
                scores[portfolio] = 0.0
    least = min(_LEAST + length * _LEAST_PER_CHAR, _MOST)
    best = max(scores.values(), default=0.0)
    return [
        Evidence(match.portfolio, match.text, match.start, match.end)
        for portfolio in sorted(scores, key=lambda name: (-scores[name], name))
        if scores[portfolio]
        >= max(
            least if portfolio in declared else max(least, _LEAST_UNDECLARED), best * _SHARE_OF_BEST
        )
        for match in evidence[portfolio][:_SHOWN]
    ]


def _few(entries: list[Evidence]) -> tuple[Evidence, ...]:
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for entry in sorted(entries, key=lambda entry: entry.start):
        counts[entry.portfolio] += 1
        if counts[entry.portfolio] <= _SHOWN:
            kept.append(entry)
    return tuple(kept)
