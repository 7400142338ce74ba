"""Topics and roles of the sentences of a report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from reportsearch.analysis.summary.clauses import ClauseSpan
from reportsearch.analysis.summary.content_units import ContentUnitReader
from reportsearch.analysis.terms.patterns import compile_alternatives
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.summary import PLANS, SECTION, WEAKNESSES
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.plans import find_plan_passages, find_plan_sections

OPENING = "opening"
"""Kind of sentences before the first section."""
CLOSING = "closing"
"""Kind of sentences in a section of plans that contain no plan."""
_MIN_WEAKNESS_SHARE = 0.25
"""Minimum share of sentences or clauses with words of weakness in a passage about weaknesses."""
_MIN_WEAKNESS_CLAUSES = 3
_MAX_SHARE = 0.4
"""Above this share of plans the report is about plans, so they get no slot."""


class SentenceRoles:
    """The topic and role of each sentence of a report."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        lexicon: Lexicon,
        reader: ContentUnitReader,
    ) -> None:
        self._report = report
        self._lexicon = lexicon
        self._reader = reader
        self._starts = [section.start for section in report.sections]
        chars = sum(sentence.end - sentence.start for sentence in sentences)
        self._plans = _drop_if_most(
            {passage.id for passage in find_plan_passages(report, lexicon)}, sentences, chars
        )
        sections = [report.sections[number] for number in find_plan_sections(report, lexicon)]
        self._plan_spans = [(section.start, section.end) for section in sections]
        self._weaknesses = self._find_weaknesses(sentences, chars)
        both = (
            sentence.start
            for sentence in sentences
            if sentence.passage in self._plans & self._weaknesses
            and any(word in fold(sentence.text) for word in lexicon.plans.openings)
        )
        # If a section is about both, plans begin at the first sentence that names them.
        self._plans_start = next(both, len(report.text))
        year = report.info.reported_year
        self._previous_year = re.compile(rf"(?<![到至比]){year - 1}年" if year else r"(?!)")
        self._current_year = re.compile(rf"今年|本年|{year}年|至今")

    def _find_section_path(self, at: int) -> list[int]:
        """Return the numbers of the sections around a place, outermost first."""
        number: int | None = bisect_right(self._starts, at) - 1
        path: list[int] = []
        while number is not None and number >= 0:
            section = self._report.sections[number]
            if at < section.end:
                path.insert(0, number)
            number = section.parent
        return path

    def find_main_section(self, sentence: Sentence) -> int | None:
        """Return the number of the outermost section."""
        path = self._find_section_path(sentence.start)
        return path[0] if path else None

    def find_subsection(self, sentence: Sentence) -> int | None:
        """Return the number of the section inside the outermost one."""
        path = self._find_section_path(sentence.start)
        return path[1] if len(path) > 1 else None

    def find_nearby_portfolios(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the portfolios that words of the sentence or of its heading point to."""
        found: dict[str, None] = {}
        for number in self._find_section_path(sentence.start)[-1:]:
            section = self._report.sections[number]
            for entry in section.portfolios:
                inside = sentence.start <= entry.start < sentence.end
                if inside or entry.start < section.heading_end:
                    found[entry.portfolio] = None
        return tuple(found)

    def find_kind(self, sentence: Sentence) -> str:
        """Return the role of a sentence."""
        planned = sentence.passage in self._plans
        is_before_plans = not planned or sentence.start < self._plans_start
        if sentence.passage in self._weaknesses and is_before_plans:
            return WEAKNESSES
        if planned:
            return PLANS
        if self._plans and any(start <= sentence.start < end for start, end in self._plan_spans):
            return CLOSING
        is_opening = self._report.sections and self.find_main_section(sentence) is None
        return OPENING if is_opening else SECTION

    def is_about_previous_year(self, part: str) -> bool:
        """Check whether a folded part is only about the previous year."""
        return bool(self._previous_year.search(part)) and not self._current_year.search(part)

    def _find_weaknesses(self, sentences: Sequence[Sentence], chars: int) -> set[str]:
        """Return the passages about weaknesses, by their headings or else by their words."""
        words = self._lexicon.summary
        spans: list[tuple[int, int]] = []
        for section in self._report.sections:
            heading = fold(section.heading)
            if not any(word in heading for word in words.weaknesses) or any(
                word in heading for word in words.weakness_except
            ):
                continue
            if any(start < section.start < end for start, end in self._plan_spans):
                continue
            has_word = [
                self._reader.has_weakness_word(fold(sentence.text))
                for sentence in sentences
                if section.start <= sentence.start < section.end
            ]
            if section.parent is None or sum(has_word) >= _MIN_WEAKNESS_SHARE * len(has_word):
                # A nested section is more precise than the one around it.
                spans = [span for span in spans if not span[0] <= section.start < span[1]]
                spans.append((section.start, section.end))
        by_heading = {
            sentence.passage
            for sentence in sentences
            if any(start <= sentence.start < end for start, end in spans)
        }
        if by_heading:
            return by_heading
        counted: dict[str, list[bool]] = {}
        admitted = set()
        for sentence in sentences:
            folded = fold(sentence.text)
            clauses = re.split("[,;:。]", folded)
            counted.setdefault(sentence.passage, []).extend(
                map(self._reader.has_weakness_word, clauses)
            )
            if any(word in folded for word in words.admitting):
                admitted.add(sentence.passage)
        by_words = {
            passage
            for passage, has_word in counted.items()
            if any(has_word)
            and (
                passage in admitted
                or sum(has_word) >= max(_MIN_WEAKNESS_CLAUSES, _MIN_WEAKNESS_SHARE * len(has_word))
            )
        }
        return _drop_if_most(by_words, sentences, chars)

    def find_portfolios(
        self, sentence: Sentence, folded: str, clause_span: ClauseSpan
    ) -> tuple[str, ...]:
        """Return the portfolios of the section that a part is about.

        If the section has only one portfolio, no words have to point to it.
        """
        path = self._find_section_path(sentence.start)
        entries = self._report.sections[path[-1]].portfolios if path else ()
        names = tuple(dict.fromkeys(entry.portfolio for entry in entries))
        if len(names) < 2:
            return names
        part = folded[clause_span.start : clause_span.end]
        found = tuple(name for name in names if self._mentions(name, part))
        return found or tuple(name for name in names if self._mentions(name, folded))

    def _mentions(self, portfolio: str, text: str) -> bool:
        if portfolio not in self._patterns:
            entry = next(
                (entry for entry in self._lexicon.portfolios if entry.name == portfolio), None
            )
            strings = (
                (portfolio,)
                if entry is None
                else (entry.name, *entry.same, *entry.names, *entry.departments, *entry.words)
            )
            self._patterns[portfolio] = compile_alternatives(map(fold, strings))
        return bool(self._patterns[portfolio].search(text))

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {}


def _drop_if_most(passages: set[str], sentences: Sequence[Sentence], chars: int) -> set[str]:
    inside = sum(
        sentence.end - sentence.start for sentence in sentences if sentence.passage in passages
    )
    return passages if inside <= _MAX_SHARE * chars else set()
