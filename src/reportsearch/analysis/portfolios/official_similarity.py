"""How alike officials' reports are, with formulae and without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.matching import all_pairs as pairs
from reportsearch.analysis.matching.alignment import Truths
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.analysis.portfolios import seriation as alike
from reportsearch.analysis.portfolios.rows import name_of, order_of
from reportsearch.analysis.proper_names import Names
from reportsearch.errors import QueryError
from reportsearch.models.portfolios import OfficialSimilarity, Quoted, SimilarPair
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import normalise
from reportsearch.search import query

MOST_OFFICIALS = 500
"""Of more the pairs would be too many to be looked at."""
EVIDENCED = 100
"""Pairs that are shown with their most similar passages."""
_TERMS = 8


@dataclass
class _Official:
    """The words of an official's passages, all of them and those that are no formula.

    ``reports`` has the numbers of the passages that are asked about, None for all.
    """

    value: str
    reports: dict[str, set[int] | None] = field(default_factory=dict)
    all: Counter[str] = field(default_factory=Counter)
    own: Counter[str] = field(default_factory=Counter)


def ask(held: Holdings, where: query.Where, progress: Told | None) -> OfficialSimilarity:
    """The similarity of all officials with all; see ``Archive.official_similarity``."""
    officials = _officials(held, where)
    reading = _Reading(held, progress)
    reports = sum(len(official.reports) for official in officials)
    done = 0
    for official in officials:
        for report_id, numbers in official.reports.items():
            if progress:
                progress(done, reports, report_id)
            done += 1
            for _, everything, own in reading.words(held.engine.report(report_id), numbers):
                official.all.update(everything)
                official.own.update(own)
    if progress:
        progress(0, 0, "comparing")
    rarity = reading.rarity(word for official in officials for word in official.all)
    with_formulae = alike.similarities([alike.weights(one.all, rarity) for one in officials])
    vectors = [alike.weights(one.own, rarity) for one in officials]
    without = alike.similarities(vectors)
    order = alike.seriation(without)
    places = {number: place for place, number in enumerate(order)}
    ranked = sorted(
        combinations(order, 2),
        key=lambda pair: (-without[pair], -with_formulae[pair], places[pair[0]], places[pair[1]]),
    )
    evidence = _Evidence(held, reading, rarity, officials)
    found = []
    for rank, (one, other) in enumerate(ranked):
        is_shown = rank < EVIDENCED and without[one, other] > 0
        found.append(
            SimilarPair(
                value=officials[one].value,
                other=officials[other].value,
                place=places[one],
                other_place=places[other],
                with_formulae=float(with_formulae[one, other]),
                without_formulae=float(without[one, other]),
                terms=alike.shared(vectors[one], vectors[other], _TERMS) if is_shown else (),
                passages=evidence.of(one, other) if is_shown else (),
            )
        )
    return OfficialSimilarity(
        reports=reports,
        values=tuple(officials[number].value for number in order),
        pairs=tuple(found),
    )


def _officials(held: Holdings, where: query.Where) -> list[_Official]:
    """The officials with passages that meet filters, by name. Raises QueryError for too many."""
    meeting = held.meeting(where)
    known: dict[str, _Official] = {}
    for info in held.engine.infos():
        if meeting is None or info.id in meeting:
            official = known.setdefault(official_of(info), _Official(name_of(info, "official")))
            official.reports[info.id] = None if meeting is None else {*meeting[info.id]}
    if len(known) > MOST_OFFICIALS:
        raise QueryError(
            f"there are {len(known):,} officials, the most that can be compared with one another "
            f"is {MOST_OFFICIALS}; choose among them by --where, for example year=2023"
        )
    return [
        known[key] for key in sorted(known, key=lambda key: order_of("", known[key].value, key))
    ]


class _Reading:
    """Cuts passages into words, and knows which of them are formulae of the whole index."""

    def __init__(self, held: Holdings, progress: Told | None) -> None:
        self._held = held
        self._vectors = held.vectors(stage(progress, "counting words"))
        collection = held.collection(stage(progress, "reading the reports"))
        if progress:
            progress(0, 0, "looking for formulae")
        marks = pairs.formula_marks(
            collection.texts,
            [official_of(info) for info in collection.infos],
            formula_officials=collection.formula_officials,
            set_phrases=held.phrases.phrases,
        )
        self._marks = {info.id: own for info, own in zip(collection.infos, marks, strict=True)}
        words = held.words
        self._stop_words = words.stop_words
        self._boilerplate = words.boilerplate.words
        self._names = Names.of(held.engine.infos())
        self._hollow: dict[str, bool] = {}

    def words(
        self, report: Report, passages: Collection[int] | None
    ) -> Iterator[tuple[Passage, list[str], list[str]]]:
        """Passages with their words that count, and those of them that say something of their own.

        ``passages`` are numbers, None for all. Words say something that are no part of a formula,
        no words of every report, and no names of places and posts.
        """
        at = 0
        for passage in report.passages:
            view = normalise(passage.text)
            kept = np.array([char.isalnum() for char in view.text], dtype=np.bool_)
            formula = np.zeros(len(view.text), dtype=np.bool_)
            size = int(kept.sum())
            # The compared characters of a report are those of its passages in a row.
            formula[kept] = self._marks[report.id][at : at + size]
            at += size
            if passages is None or passage.number in passages:
                yield (passage, *self._words_of(view.text, formula))

    def _words_of(self, folded: str, formula: Truths) -> tuple[list[str], list[str]]:
        everything, own = [], []
        for token in self._held.tokenizer.cut(folded):
            word = token.text
            if len(word) < 2 or word in self._stop_words or word[0].isdigit():
                continue
            everything.append(word)
            if word not in self._hollow:
                self._hollow[word] = word in self._boilerplate or self._names.has(word)
            if not self._hollow[word] and not formula[token.start : token.end].any():
                own.append(word)
        return everything, own

    def rarity(self, words: Iterable[str]) -> dict[str, float]:
        """The inverse document frequency of words, by all passages of the index."""
        different = sorted(set(words))
        counted = self._vectors.frequencies(different)
        passages = self._vectors.passages
        return {
            word: alike.idf(frequency, passages)
            for word, frequency in zip(different, counted, strict=True)
        }


def _is_telling(passage: Passage) -> bool:
    """Whether a passage is about work: openings and closes are not, and cells say too little."""
    return bool(passage.portfolios) and "\t" not in passage.text


class _Evidence:
    """The passages of officials, as far as they are asked for."""

    def __init__(
        self,
        held: Holdings,
        reading: _Reading,
        rarity: Mapping[str, float],
        officials: Sequence[_Official],
    ) -> None:
        self._held = held
        self._reading = reading
        self._rarity = rarity
        self._officials = officials
        self._known: dict[int, tuple[list[dict[str, int]], list[Quoted]]] = {}

    def of(self, one: int, other: int) -> tuple[Quoted, ...]:
        """The two passages of two officials that are most alike."""
        (here, quoted), (there, other_quoted) = self._of(one), self._of(other)
        found = alike.nearest(here, there)
        return () if found is None else (quoted[found[0]], other_quoted[found[1]])

    def _of(self, number: int) -> tuple[list[dict[str, int]], list[Quoted]]:
        if number not in self._known:
            found, counted = [], []
            for report_id, numbers in self._officials[number].reports.items():
                report = self._held.engine.report(report_id)
                for passage, _, own in self._reading.words(report, numbers):
                    found.append(passage)
                    counted.append(Counter(own))
            # Where none is about work, all of them.
            chosen = [at for at, passage in enumerate(found) if _is_telling(passage)]
            chosen = chosen or list(range(len(found)))
            vectors = [alike.weights(counted[at], self._rarity) for at in chosen]
            found = [found[at] for at in chosen]
            quoted = [Quoted(one.id, one.start, one.end, one.text) for one in found]
            self._known[number] = vectors, quoted
        return self._known[number]
