"""The passages selected for a comparison, read once: their terms, and what each belongs to."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis.compare.frequency_table import FrequencyTable
from reportsearch.analysis.corpus import Corpus, PassageNumbers
from reportsearch.analysis.example_sentences import extract_example
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.matching.formulae import find_set_phrases
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.portfolios.rows import count_chars
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.terms.occurrences import OccurrenceCollector
from reportsearch.arrays import Bools, Ints
from reportsearch.models.compare import PHRASES
from reportsearch.models.keywords import Example
from reportsearch.models.progress import Progress
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.normalise import normalise


@dataclass(frozen=True)
class PassageSelection:
    """The selected passages in rows, by report and position.

    ``infos`` are their reports. For each row, ``report`` is the index of its report in ``infos``
    and ``number`` the passage's number in it. ``rows`` are those of each group, by value.
    ``total_reports`` counts the selected reports, ``reports_without_value`` those of them without a
    value in the field. ``is_eligible`` marks the terms that do not name a place, post or person of
    these reports, which no group is about. For each row, ``texts`` has the folded text, ``chars``
    the number of its characters, ``size`` that without white space, and ``portfolios`` what it is
    about.
    """

    corpus: Corpus
    infos: list[ReportInfo]
    report: Ints
    number: Ints
    rows: dict[str, Ints]
    table: FrequencyTable
    is_eligible: Bools
    chars: Ints
    size: Ints
    texts: list[str]
    portfolios: list[tuple[str, ...]]
    total_reports: int
    reports_without_value: int

    def find_example(self, term: int, rows: Ints) -> tuple[str, Example]:
        """Return a term and a sentence from the passage with most occurrences, as spelt there."""
        found = self.table.term_occurrences
        places = self.table.select_rows(rows)
        places = places[found.term[places] == term]
        counts = np.bincount(found.passage[places])
        best = int(np.argmax(counts))
        at = int(found.place[places[found.passage[places] == best][0]])
        report = self.corpus.engine.report(self.infos[int(self.report[best])].id)
        passage = report.passages[int(self.number[best]) - 1]
        text = found.terms[term]
        start, end = normalise(passage.text).map_to_original(at, at + len(text))
        written = passage.text[start:end]
        # If it contains invisible marks, show it folded.
        shown = written if len(written) == len(text) else text
        return shown, extract_example(report.text, passage, start, end)


class _SelectionReader:
    """Collects passages row by row."""

    def __init__(self, corpus: Corpus, groups: GroupBy) -> None:
        self._corpus = corpus
        self._groups = groups
        self.occurrences = OccurrenceCollector(corpus.tokenizer, TermRules.of(corpus.lexicon))
        self.infos: list[ReportInfo] = []
        self.columns = {
            name: array("q") for name in ("report", "number", "unit", "section", "chars", "size")
        }
        self.rows: dict[str, list[int]] = {}
        self.portfolios: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self._units: dict[str, int] = {}
        self._sections: dict[tuple[int, tuple[str, ...]], int] = {}

    def add(self, report: Report, passages: Sequence[Passage]) -> None:
        folded = [normalise(passage.text).text for passage in passages]
        set_phrases = find_set_phrases(self._corpus.phrases, folded)
        unit = self._units.setdefault(get_official_key(report.info), len(self._units))
        for passage, text, phrases in zip(passages, folded, set_phrases, strict=True):
            for value in self._groups.iter_groups(report, passage):
                self.rows.setdefault(value, []).append(len(self.texts))
            section = len(self.infos), passage.section
            row = {
                "report": len(self.infos),
                "number": passage.number,
                "unit": unit,
                "section": self._sections.setdefault(section, len(self._sections)),
                "chars": len(text),
                "size": count_chars(passage.text),
            }
            for name, number in row.items():
                self.columns[name].append(number)
            self.portfolios.append(passage.portfolios)
            self.texts.append(text)
            self.occurrences.add(text, [span for _, span in phrases])
        self.infos.append(report.info)


def read_selection(
    corpus: Corpus,
    groups: GroupBy,
    matching: PassageNumbers | None,
    terms: str,
    progress: Progress | None,
) -> PassageSelection:
    """Read the matching passages, or all; ``progress`` counts reports."""
    reader = _SelectionReader(corpus, groups)
    without = 0
    for report, passages in corpus.iter_passages(matching, progress):
        if groups.field == "portfolio" or groups.has_value(report):
            reader.add(report, passages)
        else:
            without += 1
    collector = reader.occurrences
    found = collector.collect_phrases() if terms == PHRASES else collector.collect_words()
    columns = {key: np.array(values, dtype=np.int64) for key, values in reader.columns.items()}
    is_included = np.ones(len(reader.texts), dtype=np.bool_)
    table = FrequencyTable(
        found, columns["unit"], columns["report"], columns["section"], is_included
    )
    return PassageSelection(
        corpus=corpus,
        infos=reader.infos,
        report=columns["report"],
        number=columns["number"],
        rows={value: np.array(rows, dtype=np.int64) for value, rows in reader.rows.items()},
        table=table,
        is_eligible=_find_eligible_terms(corpus, reader.infos, found.terms),
        chars=columns["chars"],
        size=columns["size"],
        texts=reader.texts,
        portfolios=reader.portfolios,
        total_reports=len(reader.infos) + without,
        reports_without_value=without,
    )


def _find_eligible_terms(
    corpus: Corpus, infos: Sequence[ReportInfo], terms: Sequence[str]
) -> Bools:
    """Return which terms are eligible; names of portfolios are, although posts contain them."""
    names = ProperNames.of(infos).excluding(corpus.lexicon.portfolios_by_item)
    return np.array([not names.matches(term) for term in terms], dtype=np.bool_)
