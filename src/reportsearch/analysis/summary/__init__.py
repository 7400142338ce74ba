"""Summaries: the best sentences, or parts of them, of reports in a few hundred characters.

Candidates are the runs of clauses of a sentence that can be read on their own (``clauses.py``).
Each covers content units: words, figures, documents and finished work (``content_units.py``). The
value of a choice is a monotone submodular function of the units it covers, minus penalties (Lin and
Bilmes, "A class of submodular functions for document summarization", 2011). Each unit counts once
in its group, and the more of a group is covered, the less any more of it adds, so every group gets
a share (``objective.py``).

First the cheapest candidate is taken for each slot that must be covered (main sections, weaknesses,
plans, portfolios). Then candidates are added and exchanged while the value per character grows;
covered slots stay covered (``selection.py``). Tests compare small random cases with the optimum.
For several reports the best candidates of each are pooled, so memory does not grow with their text.

Words are weighted by idf over the passages of the index. For a file that is not in the index its
own sentences are added; an index of one report uses that report's passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from reportsearch.analysis.corpus import Corpus, bind_stage, select_passages, start_stage
from reportsearch.analysis.matching.formulae import SetPhraseIndex, mark_spans
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.stages import READING_REPORTS, SELECTING_SENTENCES
from reportsearch.analysis.summary.candidates import (
    CandidateReader,
    FormulaMarks,
    SummaryCandidate,
    SummaryCandidates,
    renumber_statements,
)
from reportsearch.analysis.summary.content_units import centroid
from reportsearch.analysis.summary.objective import build_objective
from reportsearch.analysis.summary.selection import SummaryChoice, choose_candidates
from reportsearch.analysis.summary.slots import NamedSlot, find_slots, make_slot
from reportsearch.comparable import ComparableText
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.summary import (
    BEST,
    PLANS,
    PORTFOLIO,
    SECTION,
    WEAKNESSES,
    Summary,
    SummarySentence,
    Unheard,
)
from reportsearch.search import query
from reportsearch.search.tfidf_index import TfidfIndex
from reportsearch.structure.closing import find_body

_GROUP_WEIGHT, _PART_WEIGHT = 0.6, 0.5
"""Weights of groups (portfolios and main sections) and of their parts."""
MAX_REPORTS_WITH_FORMULAE = 50
"""Above this number of reports only set phrases count as formulae; others take too long to find."""
_MAX_CANDIDATE_CHARS, _MIN_REPORT_CHARS = 600_000, 60
"""Characters of candidates kept for several reports in total, and at least for each report."""


def summarise_report(
    corpus: Corpus,
    report: Report,
    chars: int,
    *,
    draft: str | Path | None,
    progress: StagedProgress | None,
) -> Summary:
    """Summarise one report, or the one read from the file ``draft``."""
    tfidf_index = corpus.load_tfidf_index()
    start_stage(progress, SELECTING_SENTENCES)
    own = corpus.find_ids_of_file(draft) if draft is not None else ()
    formula_index = corpus.load_formula_index(
        bind_stage(progress, READING_REPORTS), excluded_reports=own
    )
    marks = _mark_formulae(report, formula_index.mark_formulae)
    found = _make_reader(corpus).read_candidates(report, marks)
    worth = _weigh_words(tfidf_index, [found], found.sentence_words if draft is not None else ())
    return _build_summary(report, found, worth, chars, is_whole=True)


def summarise_all(
    corpus: Corpus, where: query.Where, chars: int, progress: StagedProgress | None
) -> Summary:
    """Summarise all reports that match filters, or their matching sections.

    With many reports only set phrases count as formulae, and only the best candidates of each
    report enter the final choice.
    """
    matching = corpus.matching_passages(where)
    wanted = corpus.resolve_portfolios(where)
    infos = corpus.find_report_infos(matching)
    tfidf_index = corpus.load_tfidf_index()
    formulaic = make_phrase_marker(corpus.phrases)
    if len(infos) <= MAX_REPORTS_WITH_FORMULAE:
        reading = bind_stage(progress, READING_REPORTS)
        formulaic = corpus.load_formula_index(reading).mark_formulae
    reader = _make_reader(corpus)
    best = _SummaryBuilder(tfidf_index, chars, len(infos))
    report, found = None, None
    for number, info in enumerate(infos):
        if progress:
            progress(number, len(infos), info.id)
        report = corpus.engine.report(info.id)
        passages = {passage.id for passage in select_passages(report, matching)}
        found = reader.read_candidates(report, _mark_formulae(report, formulaic), passages)
        found = _filter_by_portfolio(found, wanted)
        if len(infos) > 1:
            best.add(report, found)
    start_stage(progress, SELECTING_SENTENCES)
    if len(infos) == 1 and report and found:
        alone = _build_summary(
            report, found, _weigh_words(tfidf_index, [found], ()), chars, is_whole=False
        )
        return replace(alone, report=None)
    return best.build_summary(infos)


def _filter_by_portfolio(
    found: SummaryCandidates, portfolios: Collection[str]
) -> SummaryCandidates:
    """Keep candidates about the given portfolios, or all if there are none."""
    units = [
        replace(
            unit, portfolios=tuple(sorted(unit.portfolios, key=lambda name: name not in portfolios))
        )
        for unit in found.candidates
        if not {*portfolios} - {*unit.portfolios}
    ]
    return replace(found, candidates=tuple(units)) if portfolios and units else found


def _build_summary(
    report: Report,
    found: SummaryCandidates,
    worth: Mapping[str, float],
    chars: int,
    *,
    is_whole: bool,
) -> Summary:
    """Summarise one report; ``is_whole`` means that all of its sections are available."""
    slots = [slot for slot in find_slots(report, found) if is_whole or slot.slot.members]
    objective = build_objective(found.candidates, worth, _group_candidates(found.candidates), chars)
    choice = choose_candidates(objective, [slot.slot for slot in slots], chars)
    units = [found.candidates[number] for number in choice.numbers]
    taken = [
        _to_sentence(report.id, report.text[unit.start : unit.end], unit, score)
        for unit, score in zip(units, choice.worth, strict=True)
    ]
    summary = _finish(taken, slots, choice, [report.info], chars, matched=1)
    return replace(summary, report=report.info)


def _finish(
    taken: Sequence[SummarySentence],
    slots: Sequence[NamedSlot],
    choice: SummaryChoice,
    order: Sequence[ReportInfo],
    chars: int,
    *,
    matched: int,
) -> Summary:
    """Build the summary from its sentences, report by report in the order of ``order``."""
    covered = {sentence.report for sentence in taken}
    reports = [info for info in order if info.id in covered]
    place = {info.id: number for number, info in enumerate(reports)}
    return Summary(
        report=None,
        reports=tuple(reports),
        matched=matched,
        chars=chars,
        used=sum(len(sentence.text) for sentence in taken),
        sentences=tuple(
            sorted(taken, key=lambda sentence: (place[sentence.report], sentence.start))
        ),
        missing=tuple(
            Unheard(slot.kind, slot.name) for slot in slots if slot.is_missing(choice.numbers)
        ),
    )


class _SummaryBuilder:
    """A builder that collects the best candidates of many reports, one report at a time."""

    def __init__(self, tfidf_index: TfidfIndex, chars: int, reports: int) -> None:
        self._tfidf_index = tfidf_index
        self._chars = chars
        self._max_report_chars = max(
            _MIN_REPORT_CHARS, min(2 * chars, _MAX_CANDIDATE_CHARS // max(reports, 1))
        )
        self._candidates: list[SummaryCandidate] = []
        self._texts: list[str] = []
        self._report_ids: list[str] = []
        self._statements = 0

    def add(self, report: Report, found: SummaryCandidates) -> None:
        """Keep the best candidates of a report."""
        worth = _weigh_words(self._tfidf_index, [found], ())
        objective = build_objective(
            found.candidates, worth, _group_candidates(found.candidates), self._max_report_chars
        )
        choice = choose_candidates(objective, (), self._max_report_chars, exchange=False)
        for number in choice.numbers:
            unit = found.candidates[number]
            self._candidates.append(renumber_statements(unit, self._statements))
            self._texts.append(report.text[unit.start : unit.end])
            self._report_ids.append(report.id)
        self._statements += max((unit.last_statement + 1 for unit in found.candidates), default=0)

    def build_summary(self, infos: Sequence[ReportInfo]) -> Summary:
        """Build the summary of all reports added."""
        known = {info.id: info for info in infos}
        officials = {get_official_key(info) for info in infos}
        is_one = len(officials) == 1
        owners: list[Hashable] = [
            report if is_one else get_official_key(known[report]) for report in self._report_ids
        ]
        found = SummaryCandidates(
            tuple(self._candidates),
            tuple(unit.words for unit in self._candidates),
            sum(unit.chars for unit in self._candidates),
        )
        parts: list[Hashable] = [
            (owner, unit.kind, unit.portfolios[:1])
            for owner, unit in zip(owners, self._candidates, strict=True)
        ]
        layers: dict[float, list[Hashable]] = {_GROUP_WEIGHT: owners, _PART_WEIGHT: parts}
        worth = _weigh_words(self._tfidf_index, [found], ())
        objective = build_objective(self._candidates, worth, layers, self._chars)
        slots = self._build_slots(infos, owners, is_one=is_one)
        choice = choose_candidates(objective, [slot.slot for slot in slots], self._chars)
        taken = [
            _to_sentence(
                self._report_ids[number], self._texts[number], self._candidates[number], score
            )
            for number, score in zip(choice.numbers, choice.worth, strict=True)
        ]
        order = sorted(infos, key=lambda info: (info.sort_date, info.id)) if is_one else infos
        return _finish(taken, slots, choice, order, self._chars, matched=len(infos))

    def _build_slots(
        self, infos: Sequence[ReportInfo], owners: Sequence[Hashable], *, is_one: bool
    ) -> list[NamedSlot]:
        """Return slots for the reports of one official, or for officials; then for portfolios."""
        members: dict[Hashable, list[int]] = {}
        for number, owner in enumerate(owners):
            members.setdefault(owner, []).append(number)
        names: dict[Hashable, str] = {}
        for info in sorted(infos, key=lambda info: (info.sort_date, info.id)) if is_one else infos:
            owner = info.id if is_one else get_official_key(info)
            names.setdefault(owner, info.id if is_one else (info.person or info.id))
        found = [
            make_slot(
                "report" if is_one else "official", name, self._candidates, members.get(owner, ())
            )
            for owner, name in names.items()
        ]
        counted = Counter(name for unit in self._candidates for name in unit.portfolios)
        for portfolio, _ in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])):
            of = [at for at, unit in enumerate(self._candidates) if portfolio in unit.portfolios]
            found.append(make_slot(PORTFOLIO, portfolio, self._candidates, of))
        return found


def _make_reader(corpus: Corpus) -> CandidateReader:
    def tokenize(text: str) -> list[tuple[str, int]]:
        return [(token.text, token.start) for token in corpus.tokenizer.cut(text)]

    return CandidateReader(corpus.lexicon, tokenize)


def _mark_formulae(report: Report, formulaic: Callable[[str], Iterable[bool]]) -> FormulaMarks:
    """Mark the characters of the clean text that are part of a formula, passage by passage."""
    marks = np.zeros(len(report.text), dtype=np.bool_)
    for passage in report.passages:
        start, end = find_body(passage)
        view = ComparableText.of(report.text[start:end])
        if view.text:
            found = np.fromiter(formulaic(view.text), dtype=np.bool_, count=len(view.text))
            marks[start + np.array(view.offsets, dtype=np.int64)] |= found
    return marks


def make_phrase_marker(phrases: SetPhraseIndex) -> Callable[[str], Iterable[bool]]:
    """Return a function that marks set phrases only."""
    return lambda text: mark_spans(len(text), phrases.find_spans(text))


def _weigh_words(
    tfidf_index: TfidfIndex, read: Sequence[SummaryCandidates], extra: Sequence[Sequence[str]]
) -> dict[str, float]:
    """Return the weight of each word; ``extra`` are sentences outside the index."""
    sentences = [words for units in read for words in units.sentence_words]
    names = sorted({word for words in sentences for word in words})
    frequency = Counter(dict(zip(names, tfidf_index.count_passages_with(names), strict=True)))
    for words in extra:
        frequency.update(set(words))
    texts = tfidf_index.passage_count + len(extra)
    return centroid(sentences, frequency, texts, sum(units.chars for units in read))


def _group_candidates(units: Sequence[SummaryCandidate]) -> dict[float, list[Hashable]]:
    """Group candidates by portfolio or kind within a main section, and by subsection of these."""
    groups: list[Hashable] = [
        (unit.main_section, unit.kind, unit.portfolios[:1] if unit.kind == PORTFOLIO else ())
        for unit in units
    ]
    parts: list[Hashable] = [
        (group, unit.subsection) for group, unit in zip(groups, units, strict=True)
    ]
    return {_GROUP_WEIGHT: groups, _PART_WEIGHT: parts}


def _to_sentence(report: str, text: str, unit: SummaryCandidate, score: float) -> SummarySentence:
    """Convert a candidate with its text to a sentence of the summary."""
    return SummarySentence(
        report=report,
        section=unit.sentence.section,
        portfolios=unit.portfolios,
        slot=_get_slot_name(unit),
        text=text,
        passage=unit.sentence.passage,
        start=unit.start,
        end=unit.end,
        is_cut_before=unit.clause_span.is_cut_before,
        is_cut_after=unit.clause_span.is_cut_after,
        score=score,
    )


def _get_slot_name(unit: SummaryCandidate) -> str:
    if unit.kind == PORTFOLIO:
        return unit.portfolios[0]
    return unit.kind if unit.kind in {WEAKNESSES, PLANS, SECTION} else BEST
