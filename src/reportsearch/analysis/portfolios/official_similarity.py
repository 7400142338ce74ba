"""Similarity of officials' reports, with and without formulae."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from reportsearch.analysis.corpus import Corpus, bind_stage, start_stage
from reportsearch.analysis.matching import all_pairs
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.portfolios import seriation
from reportsearch.analysis.portfolios.rows import get_row_name, get_row_sort_key
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.stages import (
    COMPARING,
    FINDING_BOILERPLATE,
    READING_REPORTS,
)
from reportsearch.analysis.terms.idf import idf
from reportsearch.arrays import Bools
from reportsearch.errors import QueryError
from reportsearch.models.portfolios import OfficialSimilarity, Quoted, SimilarPair
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import normalise
from reportsearch.search import query

MAX_OFFICIALS = 500
"""Maximum number of officials; more would give too many pairs to inspect."""
MAX_PAIRS_WITH_PASSAGES = 100
"""Maximum number of pairs shown with their most similar passages."""
_MAX_TERMS = 8


@dataclass
class _OfficialWords:
    """The words of an official's passages, all of them and those outside formulae.

    ``reports`` maps report ids to the numbers of the selected passages, None for all.
    """

    value: str
    reports: dict[str, set[int] | None] = field(default_factory=dict)
    all: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)


def compare_officials(
    corpus: Corpus, where: query.Where, progress: StagedProgress | None
) -> OfficialSimilarity:
    """Compare all officials with one another; see ``Archive.official_similarity``."""
    officials = _find_officials(corpus, where)
    reader = _WordReader(corpus, progress)
    reports = sum(len(official.reports) for official in officials)
    done = 0
    for official in officials:
        for report_id, numbers in official.reports.items():
            if progress:
                progress(done, reports, report_id)
            done += 1
            for _, everything, own in reader.iter_words(corpus.engine.report(report_id), numbers):
                official.all.update(everything)
                official.own.update(own)
    start_stage(progress, COMPARING)
    idf_by_word = reader.compute_idf(word for official in officials for word in official.all)
    with_formulae = seriation.compute_similarities(
        [seriation.compute_weights(one.all, idf_by_word) for one in officials]
    )
    vectors = [seriation.compute_weights(one.own, idf_by_word) for one in officials]
    without = seriation.compute_similarities(vectors)
    order = seriation.seriate(without)
    places = {number: place for place, number in enumerate(order)}
    ranked = sorted(
        combinations(order, 2),
        key=lambda pair: (-without[pair], -with_formulae[pair], places[pair[0]], places[pair[1]]),
    )
    passage_finder = _SimilarPassageFinder(corpus, reader, idf_by_word, officials)
    found = []
    for rank, (one, other) in enumerate(ranked):
        is_shown = rank < MAX_PAIRS_WITH_PASSAGES and without[one, other] > 0
        found.append(
            SimilarPair(
                value=officials[one].value,
                other=officials[other].value,
                place=places[one],
                other_place=places[other],
                with_formulae=float(with_formulae[one, other]),
                without_formulae=float(without[one, other]),
                terms=seriation.find_shared_words(vectors[one], vectors[other], _MAX_TERMS)
                if is_shown
                else (),
                passages=passage_finder.find_most_similar(one, other) if is_shown else (),
            )
        )
    return OfficialSimilarity(
        reports=reports,
        values=tuple(officials[number].value for number in order),
        pairs=tuple(found),
    )


def _find_officials(corpus: Corpus, where: query.Where) -> list[_OfficialWords]:
    """Return the officials with passages that match filters, sorted by name.

    Raises QueryError if there are too many.
    """
    matching = corpus.matching_passages(where)
    known: dict[str, _OfficialWords] = {}
    for info in corpus.find_report_infos(matching):
        official = known.setdefault(
            get_official_key(info), _OfficialWords(get_row_name(info, "official"))
        )
        official.reports[info.id] = None if matching is None else {*matching[info.id]}
    if len(known) > MAX_OFFICIALS:
        raise QueryError(
            "{count:,} officials are too many to compare with each other (limit: "
            "{max_officials}); narrow them down with --where, for example year=2023",
            count=len(known),
            max_officials=MAX_OFFICIALS,
        )
    return [
        known[key]
        for key in sorted(known, key=lambda key: get_row_sort_key("", known[key].value, key))
    ]


class _WordReader:
    """A reader that cuts passages into words and knows the formulae of the whole index."""

    def __init__(self, corpus: Corpus, progress: StagedProgress | None) -> None:
        self._corpus = corpus
        self._tfidf_index = corpus.load_tfidf_index()
        source_texts = corpus.load_source_texts(bind_stage(progress, READING_REPORTS))
        start_stage(progress, FINDING_BOILERPLATE)
        marks = all_pairs.mark_formulae(
            source_texts.texts,
            [get_official_key(info) for info in source_texts.infos],
            formula_officials=source_texts.formula_officials,
            set_phrases=corpus.phrases.phrases,
        )
        self._formula_masks = {
            info.id: own for info, own in zip(source_texts.infos, marks, strict=True)
        }
        words = corpus.lexicon
        self._stop_words = words.stop_words
        self._boilerplate = words.boilerplate.words
        self._names = ProperNames.of(corpus.engine.report_infos())
        self._is_ignored: dict[str, bool] = {}

    def iter_words(
        self, report: Report, passages: Collection[int] | None
    ) -> Iterator[tuple[Passage, list[str], list[str]]]:
        """Yield passages with their content words and the subset of distinctive words.

        ``passages`` are numbers, None for all. Distinctive words are not part of a formula, not
        boilerplate, and not names of places or posts.
        """
        at = 0
        for passage in report.passages:
            view = normalise(passage.text)
            kept = np.array([char.isalnum() for char in view.text], dtype=np.bool_)
            formula = np.zeros(len(view.text), dtype=np.bool_)
            size = int(kept.sum())
            # The compared characters of a report are those of its passages, concatenated.
            formula[kept] = self._formula_masks[report.id][at : at + size]
            at += size
            if passages is None or passage.number in passages:
                yield (passage, *self._split_words(view.text, formula))

    def _split_words(self, folded: str, formula: Bools) -> tuple[list[str], list[str]]:
        everything, own = [], []
        for token in self._corpus.tokenizer.cut(folded):
            word = token.text
            if len(word) < 2 or word in self._stop_words or word[0].isdigit():
                continue
            everything.append(word)
            if word not in self._is_ignored:
                self._is_ignored[word] = word in self._boilerplate or self._names.matches(word)
            if not self._is_ignored[word] and not formula[token.start : token.end].any():
                own.append(word)
        return everything, own

    def compute_idf(self, words: Iterable[str]) -> dict[str, float]:
        """Return the idf of words over all passages of the index."""
        different = sorted(set(words))
        counted = self._tfidf_index.count_passages_with(different)
        passages = self._tfidf_index.passage_count
        return {
            word: idf(frequency, passages)
            for word, frequency in zip(different, counted, strict=True)
        }


def _is_about_work(passage: Passage) -> bool:
    """Check whether a passage is about work, unlike openings, closings and table cells."""
    return bool(passage.portfolios) and "\t" not in passage.text


class _SimilarPassageFinder:
    """A search for the most similar passages of two officials, with cached vectors."""

    def __init__(
        self,
        corpus: Corpus,
        reader: _WordReader,
        idf_by_word: Mapping[str, float],
        officials: Sequence[_OfficialWords],
    ) -> None:
        self._corpus = corpus
        self._reader = reader
        self._idf_by_word = idf_by_word
        self._officials = officials
        self._vectors_by_official: dict[int, tuple[list[dict[str, int]], list[Quoted]]] = {}

    def find_most_similar(self, one: int, other: int) -> tuple[Quoted, ...]:
        """Return the most similar pair of passages of two officials."""
        (here, quoted), (there, other_quoted) = self._get_vectors(one), self._get_vectors(other)
        found = seriation.find_nearest(here, there)
        return () if found is None else (quoted[found[0]], other_quoted[found[1]])

    def _get_vectors(self, number: int) -> tuple[list[dict[str, int]], list[Quoted]]:
        if number not in self._vectors_by_official:
            found, counted = [], []
            for report_id, numbers in self._officials[number].reports.items():
                report = self._corpus.engine.report(report_id)
                for passage, _, own in self._reader.iter_words(report, numbers):
                    found.append(passage)
                    counted.append(Counter(own))
            # If no passage is about work, use all.
            chosen = [at for at, passage in enumerate(found) if _is_about_work(passage)]
            chosen = chosen or list(range(len(found)))
            vectors = [seriation.compute_weights(counted[at], self._idf_by_word) for at in chosen]
            found = [found[at] for at in chosen]
            quoted = [Quoted(one.id, one.start, one.end, one.text) for one in found]
            self._vectors_by_official[number] = vectors, quoted
        return self._vectors_by_official[number]
