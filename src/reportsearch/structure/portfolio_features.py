"""What speaks for each portfolio in each passage of a report, as numbers to be weighed.

A row of :attr:`PortfolioFeatures.values` is a passage, a column a portfolio of the lexicon, and a
layer one of ``FEATURES``. ``portfolio_assignment.py`` weighs them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty, Passage, Section
from reportsearch.normalise import normalise
from reportsearch.structure.closing import find_closing_passages
from reportsearch.structure.personal_sections import (
    find_personal_sections,
    find_plan_sections,
    find_weakness_sections,
    is_introduction,
    personal_words,
)
from reportsearch.structure.portfolio_model import load_model
from reportsearch.structure.portfolio_terms import TermMatch, find_matches
from reportsearch.structure.run_in_labels import iter_run_in_labels
from reportsearch.structure.sections import find_section_at
from reportsearch.tokenizer import Tokenizer

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]

FEATURES = (
    "sentence",  # probability of the best sentence, by the model
    "clause",  # the same of the best clause
    "passage",  # the same of the passage as a whole
    "odds",  # log odds of the mean of the three
    "words",  # points of the words of the lists, as a share of _MAX_POINTS
    "several",  # there are different ones
    "heading model",  # probability of the heading
    "heading above",  # a heading further up names it
    "declared",  # the opening declares it
    "declared words",
    "undeclared",  # the opening declares others, and the official does not head a government
    "undeclared by model",  # and neither words nor label nor heading point to it
    "post alone",  # the official heads the field, and little speaks for another portfolio
    "other post",  # the official heads another field
    "neighbours",  # how much the passages before and after speak of it
    "between",  # how much both of them do
    "declared alone",  # declared, if little speaks for another portfolio
    "neighbours alone",
    "personal",  # in a section about the official
    "personal words",
    "weaknesses",
    "plans",
    "closing",
    "opening",
    "long",  # length, up to _MAX_LENGTH; one clause says less of a long passage
    "clause long",
    "sentence long",
    "post weaknesses",
    "post outside",  # in the opening or the closing
)
NAMING = ("heading", "label", "neighbours")
"""The evidence that decides alone, if nothing speaks for another portfolio."""
_PLACES = {name: number for number, name in enumerate(FEATURES)}
_MAX_POINTS = 4.0
_MAX_NAMED = 2
"""A heading with more portfolios than this merely lists them."""
_MAX_ODDS = 5.0
_MIN_OTHERS = 0.5
"""How much must speak for another portfolio so that a heading does not decide alone."""
_MIN_BETWEEN = 0.8
"""How much the passages before and after must speak of a portfolio so that they decide."""
_MAX_LENGTH = 300
_LETTERS = re.compile(r"(?:\w\W*){8}")
"""The model is not asked about a passage with fewer letters."""
_MAX_INTRODUCTION = 4
"""Passages at the start that may introduce the official or the report."""


@dataclass
class PassageState:
    """A passage: its section, the span of its own text, and the words that point to portfolios.

    ``is_row`` marks rows of a table, ``is_of_table`` also what begins with 上表 below one.
    """

    section: int | None
    start: int
    end: int
    is_row: bool
    is_of_table: bool
    own: list[TermMatch]
    labels: list[TermMatch]


class PortfolioFeatures:
    """The features of the passages of one report."""

    def __init__(
        self,
        text: str,
        sections: tuple[Section, ...],
        passages: tuple[Passage, ...],
        duties: tuple[Duty, ...],
        fields: Mapping[str, str],
        lexicon: Lexicon,
        tokenizer: Tokenizer,
        *,
        heads_all: bool,
    ) -> None:
        self._text = text
        self.fields = fields
        self.sections = sections
        self.first_number = passages[0].number if passages else 1
        self.names = tuple(portfolio.name for portfolio in lexicon.portfolios)
        self._places = _find_places(self.names)
        self._columns = {name: number for number, name in enumerate(self.names)}
        self._declared = {duty.portfolio for duty in duties if duty.portfolio}
        self.view = normalise(text.replace("\n", "。"))
        matches, others = find_matches(text, self.view, duties, lexicon, tokenizer)
        self.scores = load_model().score(_blank(self.view.text, others))
        self.headings: list[list[TermMatch]] = [[] for _ in sections]
        self.parts = self._build_parts(passages, matches)
        self.values = np.zeros((len(FEATURES), len(passages), len(self.names)), np.float32)
        shape = (len(passages), len(self.names))
        self._post = np.zeros(shape, np.float32)
        self.is_named = {basis: np.zeros(shape, np.bool_) for basis in NAMING}
        self.around = [self._find_around(number) for number in range(len(passages))]
        if passages:
            self._add_model()
            self._add_words()
            self._add_labels()
            self._add_headings()
            self._add_official(heads_all=heads_all)
            self._add_kind_of_text(passages, duties)
            self._add_context()

    def __getitem__(self, feature: str) -> Floats:
        """Return the layer of a feature."""
        layer: Floats = self.values[_PLACES[feature]]
        return layer

    def _build_parts(
        self, passages: tuple[Passage, ...], matches: Sequence[TermMatch]
    ) -> list[PassageState]:
        heads = [section.start for section in self.sections]
        parts: list[PassageState] = []
        for passage in passages:
            # The headings above a paragraph belong to its passage.
            start = passage.start + passage.text.rfind("\n") + 1
            section = find_section_at(self.sections, start)
            if section is not None:
                end_of_heading = min(self.sections[section].heading_end, passage.end)
                start = max(start, end_of_heading)
            is_row = "\t" in passage.text
            is_of_table = is_row or (
                bool(parts) and parts[-1].is_row and self._text.startswith("上表", start)
            )
            parts.append(PassageState(section, start, passage.end, is_row, is_of_table, [], []))
        starts = [part.start for part in parts]
        for match in matches:
            section = bisect_right(heads, match.start) - 1
            if section >= 0 and match.start < self.sections[section].heading_end:
                self.headings[section].append(match)
            elif (number := bisect_right(starts, match.start) - 1) >= 0:
                parts[number].own.append(match)
        return parts

    def find_strongest(self, start: int, end: int, name: str, count: int) -> list[tuple[int, int]]:
        """Return the spans of the text that speak most for a portfolio, by the model."""
        if name not in load_model().names:
            return []
        spans = self.scores.find_strongest(*self.view.map_from_original(start, end), name, count)
        return [self.view.map_to_original(*span) for span in spans]

    def _score(self, spans: Sequence[tuple[int, int]]) -> Floats:
        """Return the model's probabilities of spans, with the columns of the lexicon."""
        return self._order_columns(self.scores.score_spans(self._fold_spans(spans)))

    def _fold_spans(self, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [self.view.map_from_original(*span) for span in spans]

    def _order_columns(self, found: Floats) -> Floats:
        # A portfolio that the model does not know (the user's own) has a column of zeros.
        ordered: Floats = np.pad(found, ((0, 0), (0, 1)))[:, self._places]
        return ordered

    def _add_model(self) -> None:
        spans = [(part.start, part.end) for part in self.parts]
        self["passage"][:] = self._score(spans)
        for unit, found in zip(
            ("sentence", "clause"), self.scores.score_best(self._fold_spans(spans)), strict=True
        ):
            self[unit][:] = self._order_columns(found)
        # A row of a table has no sentence; 康养 of a project's name is no 文旅. A bare 交通。 says
        # nothing of the work.
        silent = [
            number
            for number, part in enumerate(self.parts)
            if part.is_row or not _LETTERS.search(self._text, part.start, part.end)
        ]
        self.values[:, silent] = 0
        self.mean = (self["sentence"] + self["clause"] + self["passage"]) / 3
        odds = np.log(np.maximum(self.mean, 1e-4) / np.maximum(1 - self.mean, 1e-4))
        self["odds"][:] = np.clip(odds, -_MAX_ODDS, _MAX_ODDS) / _MAX_ODDS
        self["odds"][silent] = 0

    def _add_words(self) -> None:
        for number, part in enumerate(self.parts):
            # An item of duty lists of at most three characters often stands in passing.
            counted = [
                one for one in part.own if not one.is_short or one.portfolio in self._declared
            ]
            for name, points in sum_points(counted).items():
                self["words"][number, self._columns[name]] = min(points, _MAX_POINTS) / _MAX_POINTS
            different: dict[str, set[str]] = defaultdict(set)
            for one in counted:
                different[one.portfolio].add(one.text)
            for name, words in different.items():
                self["several"][number, self._columns[name]] = len(words) > 1

    def _add_labels(self) -> None:
        starts = [part.start for part in self.parts]
        ends = [part.end for part in self.parts]
        done = -1
        for number, part in enumerate(self.parts):
            if part.start < done or not part.end:
                continue
            stop = self._text.find("\n", part.start)
            done = len(self._text) if stop < 0 else stop
            if not any(one.own for one in self.parts[number : bisect_left(starts, done)]):
                continue
            for label in iter_run_in_labels(self._text, part.start, done):
                named = [
                    one
                    for beside in self.parts[number : bisect_left(starts, label.end)]
                    for one in beside.own
                    if label.start <= one.start and one.end <= label.end
                ]
                for governed in range(
                    bisect_right(ends, label.end), bisect_left(starts, label.reach)
                ):
                    for one in named:
                        self.is_named["label"][governed, self._columns[one.portfolio]] = True
                        self.parts[governed].labels.append(one)

    def _add_headings(self) -> None:
        inside: dict[int, list[int]] = defaultdict(list)
        for number, part in enumerate(self.parts):
            if part.section is not None:
                inside[part.section].append(number)
        scores = self._score([(one.start, one.heading_end) for one in self.sections])
        for section, numbers in inside.items():
            self["heading model"][numbers] = scores[section]
            if len(self._list_named(section)) <= _MAX_NAMED:
                # 盘活存量 is said of money and of land.
                for one in self.headings[section]:
                    if one.is_name or one.portfolio in self._declared:
                        self.is_named["heading"][numbers, self._columns[one.portfolio]] = True
            for above in list(self.iter_sections_around(section))[1:]:
                for column in self._list_named(above):
                    self["heading above"][numbers, column] = 1

    def iter_sections_around(self, section: int | None) -> Iterator[int]:
        """Yield a section and those that contain it, from the inside."""
        while section is not None:
            yield section
            section = self.sections[section].parent

    def _list_named(self, section: int) -> list[int]:
        return sorted({self._columns[one.portfolio] for one in self.headings[section]})

    def _add_official(self, *, heads_all: bool) -> None:
        declared = [self._columns[name] for name in self._declared if name in self._columns]
        if declared:
            self["declared"][:, declared] = 1
            self["declared words"][:] = self["declared"] * self["words"]
            if not heads_all:
                self["undeclared"][:] = 1 - self["declared"]
                named = self.is_named["label"] | self.is_named["heading"]
                self["undeclared by model"][:] = self["undeclared"] * (
                    1 - np.maximum(named, np.minimum(2 * self["words"], 1))
                )
        headed = [self._columns[name] for name in self.fields if name in self._columns]
        if headed:
            self._post[:, headed] = 1 / len(headed)
            self["other post"][:] = 1
            self["other post"][:, headed] = 0

    def _add_kind_of_text(self, passages: tuple[Passage, ...], duties: Sequence[Duty]) -> None:
        closing = find_closing_passages(passages)
        introduces = np.zeros(len(passages), np.bool_)
        first = self.sections[0].start if self.sections else len(self._text)
        kinds = {
            "personal": find_personal_sections(self.sections),
            "weaknesses": find_weakness_sections(self.sections),
            "plans": find_plan_sections(self.sections),
        }
        for number, part in enumerate(self.parts[:_MAX_INTRODUCTION]):
            introduces[number] = part.start <= first and (
                is_introduction(passages[number].text)
                or any(part.start <= one.start < part.end for one in duties)
            )
        for of_sections in kinds.values():
            for number in range(len(self.sections)):
                parent = self.sections[number].parent
                of_sections[number] |= parent is not None and of_sections[parent]
        lengths = [part.end - part.start for part in self.parts]
        words = [personal_words(self._text[part.start : part.end]) for part in self.parts]
        of_parts = {
            "closing": [number in closing for number in range(len(self.parts))],
            "opening": [bool(self.sections) and part.start < first for part in self.parts],
            "personal words": np.minimum(words, 3) / 3,
            "long": np.minimum(lengths, _MAX_LENGTH) / _MAX_LENGTH,
            **{
                kind: [part.section is not None and of[part.section] for part in self.parts]
                for kind, of in kinds.items()
            },
        }
        for feature, values in of_parts.items():
            self[feature][:] = np.array(values, np.float32)[:, None]
        for feature in ("clause", "sentence"):
            self[f"{feature} long"][:] = self[feature] * self["long"]
        self._introduces = introduces
        self._is_about_official = np.maximum(self["personal"], self["closing"])
        post = self._post
        self["post weaknesses"][:] = post * self["weaknesses"]
        self["post outside"][:] = post * np.maximum(self["opening"], self["closing"])

    def _add_context(self) -> None:
        outside = np.maximum(self["opening"], self._is_about_official)
        speaks = 1 - (1 - self.mean) * (1 - 0.9 * self["words"])
        speaks = speaks * (1 - outside)
        best = np.partition(np.pad(speaks, ((0, 0), (1, 0))), -2, 1)[:, -2:]
        is_best = speaks == best[:, -1:]
        others = np.where(is_best, best[:, :1], best[:, -1:])
        # A last row of zeros stands for no neighbour.
        sides = np.array([[-1 if one is None else one for one in two] for two in self.around])
        before, after = np.pad(speaks, ((0, 1), (0, 0)))[sides.T]
        known = (sides >= 0).sum(1, keepdims=True)
        self["neighbours"][:] = (before + after) / np.maximum(known, 1)
        self["between"][:] = np.minimum(before, after)
        # Neither the post nor the passages around it say what a passage outside the work is about.
        for feature in ("neighbours", "between"):
            self[feature][:] *= 1 - outside
        for feature in ("declared", "neighbours"):
            self[f"{feature} alone"][:] = self[feature] * (1 - others)
        self["post alone"][:] = self._post * (1 - outside) * (1 - others)
        # What a heading or label names is what a passage is about, unless it has no word of it and
        # speaks of another. 路是一步一步走出来的 between two passages on roads is about roads.
        can_be = (outside == 0) & ((others < _MIN_OTHERS) | (self["words"] > 0))
        self.is_named["neighbours"] = (self["between"] > _MIN_BETWEEN) & (others < _MIN_OTHERS)
        for named in self.is_named.values():
            named &= can_be
            named[self._introduces] = False
        # Whoever says who they are and what they are in charge of reports on nothing yet.
        self.values[:, self._introduces] = 0

    def find_sources(self) -> list[int]:
        """Return for each passage its own number, and for one of a table that of the text above."""
        return [
            number if one is None or not part.is_of_table else one
            for number, (part, (one, _)) in enumerate(zip(self.parts, self.around, strict=True))
        ]

    def _find_around(self, number: int) -> list[int | None]:
        """Return the passages before and after one, which a table's row has before the table."""
        found: list[int | None] = []
        for step in (-1, 1):
            other = number + step
            is_of_table = self.parts[number].is_of_table
            while is_of_table and self._is_inside(other) and self.parts[other].is_row:
                other += step
            is_near = self._is_inside(other) and self._are_together(number, other)
            found.append(other if is_near else None)
        return found

    def _is_inside(self, number: int) -> bool:
        return 0 <= number < len(self.parts)

    def _are_together(self, number: int, other: int) -> bool:
        """Check whether two passages are in one section, or in sections of one section."""
        one, two = self.parts[number].section, self.parts[other].section
        if one == two:
            return True
        if one is None or two is None:
            return False
        parents = {self.sections[one].parent, self.sections[two].parent}
        return len(parents) == 1 and None not in parents


@lru_cache(maxsize=4)
def _find_places(names: tuple[str, ...]) -> list[int]:
    """Return the model's column of each portfolio, and the one after the last if it has none."""
    known = {name: number for number, name in enumerate(load_model().names)}
    return [known.get(name, len(known)) for name in names]


def _blank(folded: str, matches: Sequence[TermMatch]) -> str:
    """Return a text with some words replaced by commas."""
    parts, at = [], 0
    for one in matches:
        if one.start < at:
            continue
        parts += [folded[at : one.start], "," * (one.end - one.start)]
        at = one.end
    return "".join([*parts, folded[at:]])


def sum_points(matches: Sequence[TermMatch]) -> dict[str, float]:
    """Return the points of each portfolio."""
    points: dict[str, float] = defaultdict(float)
    for match in matches:
        points[match.portfolio] += match.weight
    return points
