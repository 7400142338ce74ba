"""Assignment of portfolios to passages and sections, with the words that are evidence for them.

Each passage is judged by its own words and its heading. A portfolio named in a heading counts for
the passages below it that contain its words or that mention no other. A portfolio that the official
declared needs less evidence. A passage without evidence takes what the surrounding passages of its
section agree on. A section is about what its passages are about. Openings, closings, and passages
about the official rather than the work have no portfolio.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Duty, Evidence, Passage, Section
from reportsearch.structure.closing import find_closing_passages
from reportsearch.structure.personal_sections import is_personal_section, personal_words
from reportsearch.structure.portfolio_terms import NAME_WEIGHT, TermMatch, find_matches
from reportsearch.structure.sections import find_section_at
from reportsearch.structure.term_weights import (
    has_enough_evidence,
    split_by_heading,
    sum_points,
    weigh_matches,
)
from reportsearch.tokenizer import Tokenizer

_HEADING_FACTOR = 4.0
_PARENT_FACTOR = 0.5
_DECLARED_FACTOR = 1.6
_OUTSIDE_BUREAU_FACTOR = 0.5
"""A bureau's head reports on the bureau's field, so other portfolios need more evidence."""
_MIN_POINTS, _MIN_POINTS_PER_CHAR, _MAX_NEEDED_POINTS = 1.0, 1 / 150, 3.0
"""A passage of n characters needs 1 + n/150 points, at most 3."""
_MIN_UNDECLARED_POINTS = 2.0
_MIN_SHARE_OF_BEST = 0.25
_MAX_NAMED = 2
"""A heading with more portfolios than this merely lists them."""
_MAX_DISTANCE = 3
"""Maximum distance of passages that decide for one without evidence; a table counts as one."""
_SPARSE_RATIO = 4
"""If fewer than one passage in this many has evidence, it does not decide for the others."""
_MAX_EVIDENCE = 3
_PLANS = re.compile("打算$|思路$")

_PortfolioMatches = dict[str, list[TermMatch]]
"""Portfolios with the matches that are evidence for them, strongest first."""


@dataclass(eq=False)
class _PassageState:
    """A passage: its section, its evidence, and the portfolios found for it.

    ``number`` counts passages; ``place`` counts the rows of a table as one.
    """

    number: int
    place: int
    section: int
    size: int
    is_alone: bool
    is_silent: bool
    is_personal: bool
    is_cells: bool
    own: list[TermMatch]
    found: _PortfolioMatches


@dataclass
class _SectionGroup:
    """The passages of a section that have portfolios, and the frequency of each portfolio.

    ``numbers`` are those of ``assigned``. If they are few, ``is_sparse`` is set and they do not
    decide for the others. A table counts as one passage.
    """

    is_sparse: bool
    assigned: list[_PassageState]
    numbers: list[int]
    counts: Counter[str]


def assign_portfolios(
    text: str,
    sections: tuple[Section, ...],
    passages: tuple[Passage, ...],
    duties: tuple[Duty, ...],
    lexicon: Lexicon,
    tokenizer: Tokenizer,
) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    """Return the sections and passages with their portfolios.

    Those of a passage are in order of evidence. A section has those of its passages and
    subsections.
    """
    if not sections:
        return sections, passages
    matches = find_matches(text, duties, lexicon, tokenizer)
    assigning = _PortfolioAssigner(text, sections, passages, duties, matches)
    return assigning.get_sections(), assigning.get_passages()


class _PortfolioAssigner:
    """The assignment of portfolios to the passages of one report."""

    def __init__(
        self,
        text: str,
        sections: tuple[Section, ...],
        passages: tuple[Passage, ...],
        duties: tuple[Duty, ...],
        matches: Sequence[TermMatch],
    ) -> None:
        self._sections = sections
        self._passages = passages
        self._declared = {duty.portfolio for duty in duties if duty.portfolio}
        self._heads = [duty for duty in duties if duty.role == "主持" and duty.portfolio]
        self._is_personal = [
            is_personal_section(sections, number) for number in range(len(sections))
        ]
        # Plans cover all duties at once; only a plan with its own heading is about one portfolio.
        self._is_silent = [
            one or bool(_PLANS.search(section.heading))
            for one, section in zip(self._is_personal, sections, strict=True)
        ]
        counted = weigh_matches(text, sections, matches, self._declared)
        own, self._headings = split_by_heading(text, sections, passages, counted)
        self._starts = [_find_paragraph_start(passage) for passage in passages]
        self._parts = self._build_parts(text, own)
        # Each step uses the results of earlier steps, never its own.
        for step in (
            self._assign_by_words,
            self._assign_by_context,
            self._assign_by_neighbours,
            self._assign_by_bureau,
        ):
            self._groups: dict[int, _SectionGroup] = {}
            found = [part.found or step(part) for part in self._parts]
            for part, one in zip(self._parts, found, strict=True):
                part.found = one

    def _build_parts(self, text: str, own: Sequence[list[TermMatch]]) -> list[_PassageState]:
        closing = find_closing_passages(self._passages)
        parts: list[_PassageState] = []
        inside = (find_section_at(self._sections, start) for start in self._starts)
        of = [-1 if number is None else number for number in inside]
        counts = Counter(of)
        place = 0
        for number, passage in enumerate(self._passages):
            section = of[number]
            silent = section < 0 or number in closing or self._is_silent[section]
            words = (
                passage.text
                if section < 0
                else text[self._find_body_start(passage, section) : passage.end]
            )
            is_cells = "\t" in passage.text
            place += not (is_cells and parts and parts[-1].is_cells)
            points = max(sum_points(own[number]).values(), default=0.0) * _DECLARED_FACTOR
            mentions = personal_words(words)
            parts.append(
                _PassageState(
                    number=number,
                    place=place,
                    section=section,
                    size=len(passage.text),
                    is_alone=counts[section] == 1,
                    is_silent=silent or mentions > max(points, 1),
                    is_personal=mentions > 0,
                    is_cells=is_cells,
                    own=own[number],
                    found={},
                )
            )
        return parts

    def _find_body_start(self, passage: Passage, section: int) -> int:
        """Return where the text after a passage's heading begins."""
        return max(passage.start, min(self._sections[section].heading_end, passage.end))

    def _assign_by_words(self, part: _PassageState) -> _PortfolioMatches:
        """Assign portfolios by the passage's own words and its heading."""
        if part.is_silent:
            return {}
        scores = sum_points(part.own)
        heading = self._headings[part.section]
        named = {match.portfolio for match in heading}
        of_heading = sum_points(heading)
        speaks_of = set(self._choose_portfolios(part, scores, part.own))
        for portfolio in sorted(named):
            is_only = len(named) <= _MAX_NAMED and not speaks_of - named and not part.is_personal
            if portfolio in scores or part.is_alone or is_only:
                more = of_heading[portfolio] * _HEADING_FACTOR
                scores[portfolio] = scores.get(portfolio, 0.0) + more
        above = self._sections[part.section].parent
        for match in () if above is None else self._headings[above]:
            if match.portfolio in scores:
                scores[match.portfolio] += match.weight * _PARENT_FACTOR * _HEADING_FACTOR
        return self._choose_portfolios(part, scores, [*heading, *part.own])

    def _choose_portfolios(
        self, part: _PassageState, scores: dict[str, float], matches: list[TermMatch]
    ) -> _PortfolioMatches:
        """Return the portfolios with enough points."""
        declared = self._declared
        outside = _OUTSIDE_BUREAU_FACTOR if self._heads else 1.0
        enough = {}
        for portfolio, points in scores.items():
            is_declared = portfolio in declared
            own = [match for match in matches if match.portfolio == portfolio]
            # One word may belong to several fields: 盘活存量 concerns money and land. A table cell
            # has no sentence that would show which.
            if (part.is_cells or (declared and not is_declared)) and not has_enough_evidence(own):
                continue
            enough[portfolio] = points * (_DECLARED_FACTOR if is_declared else outside)
        least = min(_MIN_POINTS + part.size * _MIN_POINTS_PER_CHAR, _MAX_NEEDED_POINTS)
        best = max(enough.values(), default=0.0)
        return {
            portfolio: [match for match in matches if match.portfolio == portfolio]
            for portfolio in sorted(enough, key=lambda name: (-enough[name], name))
            if enough[portfolio]
            >= max(
                least if portfolio in declared else max(least, _MIN_UNDECLARED_POINTS),
                best * _MIN_SHARE_OF_BEST,
            )
        }

    def _assign_by_context(self, part: _PassageState) -> _PortfolioMatches:
        """Assign by few words if a heading above or a neighbouring passage shares the portfolio."""
        if part.is_silent or part.is_cells or not part.own:
            return {}
        around = {name for one in self._list_neighbours(part) for name in one.found}
        number: int | None = part.section
        while number is not None:
            named = {match.portfolio for match in self._headings[number]}
            around |= named & self._declared if self._declared else named
            number = self._sections[number].parent
        found: _PortfolioMatches = defaultdict(list)
        for match in part.own:
            if match.portfolio in around:
                found[match.portfolio].append(match)
        return dict(found)

    def _assign_by_neighbours(self, part: _PassageState) -> _PortfolioMatches:
        """Assign to a passage without evidence what its neighbours in the section agree on."""
        if part.is_silent or part.is_personal or self._mentions_declared(part):
            return {}
        number: int | None = part.section
        while number is not None and not self._is_personal[number]:
            group = self._get_group(number)
            if group.assigned:
                return self._find_agreed(part, group)
            named = {match.portfolio for match in self._headings[number]}
            if named and len(named) <= _MAX_NAMED:
                found = {
                    one: [m for m in self._headings[number] if m.portfolio == one]
                    for one in sorted(named)
                }
                if named <= self._declared or not self._declared:
                    return found
            number = self._sections[number].parent
        return {}

    def _find_agreed(self, part: _PassageState, group: _SectionGroup) -> _PortfolioMatches:
        """Return what the nearest on both sides, and the majority of the group, are about."""
        known = group.assigned
        if group.is_sparse:
            return {}
        # A single section does not decide for its neighbours.
        if len(known) == 1 and known[0].section != part.section:
            return {}
        at = bisect_right(group.numbers, part.number)
        near = [one for one in known[max(at - 1, 0) : at + 1] if _is_near(one, part)]
        return {
            name: matches
            for name, matches in (near[0].found if near else {}).items()
            if 2 * group.counts[name] > len(known) and all(name in one.found for one in near)
        }

    def _mentions_declared(self, part: _PassageState) -> bool:
        """Check whether a passage has words of a declared portfolio."""
        return not part.is_cells and any(one.portfolio in self._declared for one in part.own)

    def _assign_by_bureau(self, part: _PassageState) -> _PortfolioMatches:
        """Assign the field of a bureau's head to a passage that mentions nothing else."""
        if len({duty.portfolio for duty in self._heads}) != 1 or part.is_silent:
            return {}
        if self._sections[part.section].parent is None:
            return {}
        duty = self._heads[0]
        name = duty.portfolio or ""
        return {name: [TermMatch(name, NAME_WEIGHT, duty.item, duty.start, duty.end)]}

    def _list_within(self, number: int) -> list[_PassageState]:
        """Return the passages of a section and of its subsections."""
        section = self._sections[number]
        first = bisect_left(self._starts, section.start)
        return self._parts[first : bisect_left(self._starts, section.end)]

    def _get_group(self, number: int) -> _SectionGroup:
        if number not in self._groups:
            within = self._list_within(number)
            evident = [part for part in within if part.found]
            size = len({part.place for part in within})
            self._groups[number] = _SectionGroup(
                is_sparse=len({part.place for part in evident}) * _SPARSE_RATIO < size,
                assigned=evident,
                numbers=[part.number for part in evident],
                counts=Counter(name for part in evident for name in part.found),
            )
        return self._groups[number]

    def _list_neighbours(self, part: _PassageState) -> list[_PassageState]:
        """Return the passages directly before and after one, within the surrounding section."""
        parent = self._sections[part.section].parent
        around = self._sections[part.section if parent is None else parent]
        return [
            self._parts[number]
            for number in (part.number - 1, part.number + 1)
            if 0 <= number < len(self._parts) and around.start <= self._starts[number] < around.end
        ]

    def get_passages(self) -> tuple[Passage, ...]:
        """Return the passages with their portfolios."""
        return tuple(
            replace(passage, portfolios=tuple(part.found))
            for passage, part in zip(self._passages, self._parts, strict=True)
        )

    def get_sections(self) -> tuple[Section, ...]:
        """Return the sections with the evidence of their passages and subsections."""
        chosen: list[list[Evidence]] = [[] for _ in self._sections]
        for part in self._parts:
            for matches in part.found.values():
                chosen[part.section] += [
                    Evidence(match.portfolio, match.text, match.start, match.end)
                    for match in matches[:_MAX_EVIDENCE]
                ]
        for number in range(len(self._sections) - 1, -1, -1):
            parent = self._sections[number].parent
            if parent is not None and not self._is_personal[parent]:
                chosen[parent] += chosen[number]
        return tuple(
            replace(section, portfolios=_limit_evidence(entries))
            for section, entries in zip(self._sections, chosen, strict=True)
        )


def _find_paragraph_start(passage: Passage) -> int:
    """Return where the paragraph of a passage begins, after the headings above it."""
    return passage.start + passage.text.rfind("\n") + 1


def _is_near(one: _PassageState, other: _PassageState) -> bool:
    return abs(one.place - other.place) <= _MAX_DISTANCE


def _limit_evidence(entries: list[Evidence]) -> tuple[Evidence, ...]:
    counts: dict[str, int] = defaultdict(int)
    kept = []
    for entry in sorted(dict.fromkeys(entries), key=lambda entry: entry.start):
        counts[entry.portfolio] += 1
        if counts[entry.portfolio] <= _MAX_EVIDENCE:
            kept.append(entry)
    return tuple(kept)
