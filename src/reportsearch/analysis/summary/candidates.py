"""Candidate parts of a report for a summary, with their topics and content."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.summary.clauses import DOCUMENT, FIGURE, ClauseSegmenter, ClauseSpan
from reportsearch.analysis.summary.content_units import ContentUnit, ContentUnitReader
from reportsearch.analysis.summary.sentence_roles import SentenceRoles
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.summary import PLANS, PORTFOLIO, SECTION, WEAKNESSES
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import NormalisedText, fold, normalise
from reportsearch.structure.heading_labels import parse_label
from reportsearch.structure.sentences import iter_sentences

_BASE_PENALTY = 0.3
"""Penalty of every candidate, because many short ones read badly."""
_CUT_BEFORE_PENALTY, _CUT_AFTER_PENALTY = 0.06, 0.03
_FORMULA_PENALTY = 0.04
"""Penalty per character of a formula."""
_COURTESY_PENALTY = 1.0
_ATTITUDE_PENALTY = 0.25
_STORY_PENALTY = 0.5
_SLOGAN_PENALTY, _MAX_SLOGAN_CHARS = 0.3, 26
"""Penalty of a short sentence without a fact, mostly a heading inside a paragraph."""
_INFORMATIVE_KINDS = {"figure", "document", "wanting", "intended"}
_LAST_YEAR_PENALTY = 0.25

Tokenize = Callable[[str], Iterable[tuple[str, int]]]
"""A function that cuts a folded text into words with their places."""
FormulaMarks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SummaryCandidate:
    """A part of a report that can be read on its own.

    ``main_section`` is the number of its outermost section, None before the first, and
    ``subsection`` that of the section inside it, or None. ``portfolios`` are those it is about,
    ``nearby_portfolios`` others its sentence points to. ``kind`` is ``portfolio``, ``weaknesses``,
    ``plans``, ``section``, ``opening`` or ``closing``. ``first_statement`` and ``last_statement``
    are the statements of the report that it spans. ``words`` are its content words,
    ``content_units`` its other content, and ``figures`` its figures as written. ``penalty`` counts
    against it, ``has_substance`` means that it says what its kind is for, and ``is_closing`` that
    it expresses thanks or a pledge.
    """

    sentence: Sentence
    clause_span: ClauseSpan
    start: int
    end: int
    main_section: int | None
    subsection: int | None
    kind: str
    portfolios: tuple[str, ...]
    nearby_portfolios: tuple[str, ...]
    first_statement: int
    last_statement: int
    words: tuple[str, ...]
    content_units: tuple[ContentUnit, ...]
    figures: tuple[str, ...]
    penalty: float
    has_substance: bool
    is_closing: bool

    @property
    def has_figure(self) -> bool:
        """Return whether it has a figure, or a document that was issued."""
        return any(thing.name[0] in {"figure", "document"} for thing in self.content_units)

    @property
    def chars(self) -> int:
        """Return its length in characters."""
        return self.end - self.start


@dataclass(frozen=True)
class SummaryCandidates:
    """The candidates of a report, and the words of each of its sentences.

    ``main_sections`` are the numbers of the outermost sections that have a sentence, ``chars`` the
    characters of all sentences.
    """

    candidates: tuple[SummaryCandidate, ...]
    sentence_words: tuple[tuple[str, ...], ...]
    chars: int
    main_sections: tuple[int, ...] = ()


@dataclass(frozen=True)
class CandidateReader:
    """A reader of candidates, based on the word lists; ``tokenize`` splits a folded text."""

    lexicon: Lexicon
    tokenize: Tokenize

    def read_candidates(
        self, report: Report, is_formula: FormulaMarks, passages: Collection[str] | None = None
    ) -> SummaryCandidates:
        """Return the candidates of a report in text order.

        ``is_formula`` marks the characters of its clean text that are part of a formula.
        ``passages`` restricts the result to these passages.
        """
        everything = list(_iter_with_headings(report))
        view = SentenceRoles(report, everything, self.lexicon, self._reader)
        sentences = [
            sentence for sentence in everything if passages is None or sentence.passage in passages
        ]
        units: list[SummaryCandidate] = []
        words = []
        statements = 0
        for number, sentence in enumerate(sentences):
            found, of_sentence = self._read_sentence(sentence, view, is_formula, number, statements)
            units += found
            words.append(of_sentence)
            statements = max((unit.last_statement + 1 for unit in found), default=statements)
        chars = sum(sentence.end - sentence.start for sentence in sentences)
        mains = dict.fromkeys(view.find_main_section(sentence) for sentence in sentences)
        return SummaryCandidates(
            tuple(units),
            tuple(words),
            chars,
            tuple(number for number in mains if number is not None),
        )

    @cached_property
    def _segmenter(self) -> ClauseSegmenter:
        return ClauseSegmenter(self.lexicon.summary)

    @cached_property
    def _reader(self) -> ContentUnitReader:
        return ContentUnitReader(self.lexicon.summary, self.lexicon.stop_words)

    def _read_sentence(
        self,
        sentence: Sentence,
        view: SentenceRoles,
        is_formula: FormulaMarks,
        number: int,
        statements: int,
    ) -> tuple[list[SummaryCandidate], tuple[str, ...]]:
        """Return the candidates of one sentence, and its words."""
        text = normalise(sentence.text)
        places = range(len(text.text)) if text.offsets is None else text.offsets
        formula = [bool(is_formula[sentence.start + place]) for place in places]
        words = list(self._reader.iter_content_words(self.tokenize(text.text), formula))
        main, kind = view.find_main_section(sentence), view.find_kind(sentence)
        facts = self._reader.find_facts(
            text.text, str(number), is_weakness=kind == WEAKNESSES, is_plan=kind == PLANS
        )
        found = [
            self._build_candidate(
                sentence, text, span, view, main=main, kind=kind, facts=facts, words=words,
                formula=formula, statements=statements,
            )
            for span in self._segmenter.find_clause_spans(text.text)
            # Table rows are not candidates.
            if "\t" not in sentence.text[slice(*text.map_to_original(span.start, span.end))]
        ]  # fmt: skip
        return found, tuple(word for word, _ in words)

    def _build_candidate(
        self,
        sentence: Sentence,
        text: NormalisedText,
        span: ClauseSpan,
        view: SentenceRoles,
        *,
        main: int | None,
        kind: str,
        facts: Sequence[ContentUnit],
        words: Sequence[tuple[str, int]],
        formula: Sequence[bool],
        statements: int,
    ) -> SummaryCandidate:
        start, end = text.map_to_original(span.start, span.end)
        portfolios = view.find_portfolios(sentence, text.text, span)
        inside = tuple(fact for fact in facts if span.start <= fact.start and fact.end <= span.end)
        part = text.text[span.start : span.end]
        closes = self._reader.is_closing(part)
        of_kind = PORTFOLIO if kind == SECTION and portfolios else kind
        return SummaryCandidate(
            sentence=sentence,
            clause_span=span,
            start=sentence.start + start,
            end=sentence.start + end,
            main_section=main,
            subsection=view.find_subsection(sentence),
            kind=of_kind,
            portfolios=portfolios,
            nearby_portfolios=view.find_nearby_portfolios(sentence),
            first_statement=statements + span.first_statement,
            last_statement=statements + span.last_statement,
            words=tuple(
                word
                for word, at in words[slice(*_find_range(words, span))]
                if at + len(word) <= span.end
            ),
            content_units=inside,
            figures=tuple(
                text.text[fact.start : fact.end] for fact in inside if fact.name[0] == "figure"
            ),
            penalty=self._compute_penalty(part, span, inside, is_closing=closes)
            + _LAST_YEAR_PENALTY * view.is_about_previous_year(part)
            + _FORMULA_PENALTY * sum(formula[span.start : span.end]),
            has_substance=not closes and _has_substance(of_kind, inside),
            is_closing=closes,
        )

    def _compute_penalty(
        self, part: str, clause_span: ClauseSpan, things: Sequence[ContentUnit], *, is_closing: bool
    ) -> float:
        against = _BASE_PENALTY + _COURTESY_PENALTY * is_closing
        against += (
            _CUT_BEFORE_PENALTY * clause_span.is_cut_before
            + _CUT_AFTER_PENALTY * clause_span.is_cut_after
        )
        if not things and self._reader.is_attitude(part):
            against += _ATTITUDE_PENALTY
        is_short = _is_whole_sentence(clause_span) and len(part) <= _MAX_SLOGAN_CHARS
        if is_short and not any(thing.name[0] in _INFORMATIVE_KINDS for thing in things):
            against += _SLOGAN_PENALTY
        if self._reader.is_story(part):
            against += _STORY_PENALTY
        return against


def _is_whole_sentence(stretch: ClauseSpan) -> bool:
    return not (stretch.is_cut_before or stretch.is_cut_after)


def _find_range(words: Sequence[tuple[str, int]], span: ClauseSpan) -> tuple[int, int]:
    """Return the first and last number of the words that start in a part of a sentence."""
    get_place = itemgetter(1)
    first = bisect_left(words, span.start, key=get_place)
    return first, bisect_left(words, span.end, first, key=get_place)


def _has_substance(kind: str, things: Sequence[ContentUnit]) -> bool:
    kinds = {thing.name[0] for thing in things}
    if kind == WEAKNESSES:
        return "wanting" in kinds
    return bool(kinds & {"figure", "document", "finished", "intended"})


def _iter_with_headings(report: Report) -> Iterator[Sentence]:
    """Yield the sentences of a report, and headings with a figure or a document."""
    found = list(iter_sentences(report))
    starts = [sentence.start for sentence in found]
    passage_starts = [passage.start for passage in report.passages]
    extra = []
    for section in report.sections:
        heading = report.text[section.start : section.heading_end]
        numbering = parse_label(heading)
        start = section.start + (numbering.end if numbering else 0)
        start += len(report.text[start : section.heading_end]) - len(
            report.text[start : section.heading_end].lstrip()
        )
        text = report.text[start : section.heading_end].rstrip()
        folded = fold(text)
        if not (FIGURE.search(folded) or DOCUMENT.search(folded)):
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0 and found[at].end > start:
            continue
        passage = report.passages[bisect_right(passage_starts, start) - 1]
        extra.append(Sentence(passage.section, passage.id, start, start + len(text), text))
    return iter(sorted((*found, *extra), key=lambda sentence: sentence.start))


def renumber_statements(unit: SummaryCandidate, by: int) -> SummaryCandidate:
    """Shift the statement numbers of a candidate, to pool several reports."""
    return replace(
        unit, first_statement=unit.first_statement + by, last_statement=unit.last_statement + by
    )
