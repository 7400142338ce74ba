"""The passages that are asked about, read once: their terms, and what each belongs to."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportsearch.analysis import examples
from reportsearch.analysis.compare.frequency_table import FrequencyTable
from reportsearch.analysis.corpus import Corpus, Progress
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.matching.set_phrases import find_set_phrases
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.portfolios.rows import count_chars
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.terms.occurrences import Bools, Ints, OccurrenceCollector
from reportsearch.models.compare import PHRASES
from reportsearch.models.keywords import Example
from reportsearch.models.report import ReportInfo
from reportsearch.normalise import normalise
from reportsearch.tokenizer import load_dictionary

PassageNumbers = Mapping[str, Sequence[int]]
"""The numbers of passages by report."""


@dataclass(frozen=True)
class PassageSelection:
    """Passages in rows, by report and place.

    ``infos`` are their reports; of each row ``report`` is the place of its report there and
    ``number`` the passage's number in it. ``rows`` are those of each group, by value. ``asked``
    counts the reports that were asked about, ``without`` those of them that have no value.
    ``telling`` are the terms that name no place, post or person of these reports: of those no group
    is about. Of each row ``texts`` has the folded text, ``chars`` counts its characters, ``size``
    those without blanks, and ``portfolios`` are what it is about.
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
        """A term as it is written in the passage, of some, that has most of it; a sentence
        there."""
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
        # Where it has invisible marks it is shown folded.
        shown = written if len(written) == len(text) else text
        return shown, examples.extract_example(report.text, passage, start, end)


def read_selection(
    corpus: Corpus,
    groups: GroupBy,
    matching: PassageNumbers | None,
    terms: str,
    progress: Progress | None,
) -> PassageSelection:
    """Read the passages that meet, all without ``meeting``; ``progress``: reports read, and all."""
    words = corpus.lexicon
    reader = OccurrenceCollector(
        corpus.tokenizer,
        TermRules(load_dictionary(), words.stop_words, words.boilerplate, words.terms),
    )
    ids = [
        info.id for info in corpus.engine.report_infos() if matching is None or info.id in matching
    ]
    infos: list[ReportInfo] = []
    of = {name: array("q") for name in ("report", "number", "unit", "section", "chars", "size")}
    rows: dict[str, list[int]] = {}
    units: dict[str, int] = {}
    portfolios: list[tuple[str, ...]] = []
    texts: list[str] = []
    sections: dict[tuple[int, tuple[str, ...]], int] = {}
    without = 0
    for place, name in enumerate(ids):
        if progress:
            progress(place, len(ids))
        report = corpus.engine.report(name)
        if groups.field != "portfolio" and not groups.has_value(report):
            without += 1
            continue
        numbers = range(1, len(report.passages) + 1) if matching is None else matching[name]
        chosen = [report.passages[number - 1] for number in numbers]
        folded = [normalise(passage.text).text for passage in chosen]
        set_phrases = find_set_phrases(corpus.phrases, folded)
        for passage, text, phrases in zip(chosen, folded, set_phrases, strict=True):
            row = len(of["report"])
            for value in groups.iter_groups(report, passage):
                rows.setdefault(value, []).append(row)
            key = len(infos), passage.section
            of["report"].append(len(infos))
            of["number"].append(passage.number)
            of["unit"].append(units.setdefault(get_official_key(report.info), len(units)))
            of["section"].append(sections.setdefault(key, len(sections)))
            of["chars"].append(len(text))
            of["size"].append(count_chars(passage.text))
            portfolios.append(passage.portfolios)
            texts.append(text)
            reader.add(text, [span for _, span in phrases])
        infos.append(report.info)
    arrays = {key: np.array(values, dtype=np.int64) for key, values in of.items()}
    found = reader.collect_phrases() if terms == PHRASES else reader.collect_words()
    chosen_rows = np.ones(len(arrays["report"]), dtype=np.bool_)
    table = FrequencyTable(found, arrays["unit"], arrays["report"], arrays["section"], chosen_rows)
    return PassageSelection(
        corpus,
        infos,
        arrays["report"],
        arrays["number"],
        {value: np.array(places, dtype=np.int64) for value, places in rows.items()},
        table,
        _find_eligible_terms(corpus, infos, found.terms),
        arrays["chars"],
        arrays["size"],
        texts,
        portfolios,
        len(ids),
        without,
    )


def _find_eligible_terms(
    corpus: Corpus, infos: Sequence[ReportInfo], terms: Sequence[str]
) -> Bools:
    """Names of portfolios tell something, though they stand in posts."""
    names = ProperNames.of(infos).excluding(corpus.lexicon.portfolios_by_item)
    return np.array([not names.matches(term) for term in terms], dtype=np.bool_)
