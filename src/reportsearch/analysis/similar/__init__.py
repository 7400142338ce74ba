"""Similar passages: the nearest passages to a text, and what each shares with it.

The query is split into passages like a report. Each is compared with all passages of the index by
the cosine similarity of their tf–idf vectors over words and pairs of characters
(``search/tfidf_index``); none is skipped. A sentence model, if given, reranks the first hits by
meaning. What a hit shares with the query is found by string tiling
(``analysis/matching/alignment.py``), and strings that are formulae of the index are marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch.analysis.corpus import Corpus, PassageNumbers, bind_stage, track
from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.alignment import AlignedSpan, align, split_at_formulae
from reportsearch.analysis.matching.formula_index import FormulaIndex
from reportsearch.analysis.matching.shared_sentences import TextSide, build_shared_spans
from reportsearch.analysis.stages import COMPARING, READING_REPORTS
from reportsearch.arrays import Bools
from reportsearch.comparable import ComparableText, to_comparable
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.progress import Progress, StagedProgress
from reportsearch.models.report import Passage, Report
from reportsearch.models.reuse import EDITED
from reportsearch.models.similar import Part, SimilarHit, SimilarResult
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine
from reportsearch.search.query import Where
from reportsearch.search.tfidf_index import NearPassage, TfidfIndex
from reportsearch.structure.contents import split_lines
from reportsearch.structure.passages import split_paragraph

if TYPE_CHECKING:
    from reportsearch.search.sentence_model import SentenceModel

LIMIT = 10
"""Default hits for a single part."""
LIMIT_PER_PART = 3
"""Default hits for each of several parts."""


def default_limit(parts: int) -> int:
    """Return the default number of hits per part."""
    return LIMIT if parts == 1 else LIMIT_PER_PART


_SharedPassage = tuple[NearPassage, Passage, ComparableText, list[AlignedSpan]]


@dataclass(frozen=True)
class SimilarQuery:
    """The parts to compare, and the reports that they come from."""

    parts: tuple[Part, ...]
    own: tuple[str, ...] = ()
    is_draft: bool = False


def read_query(
    corpus: Corpus, passage: str | None, text: str | None, file: str | Path | None
) -> SimilarQuery:
    """Read a passage or a report of the index, a text, or the report in a file.

    Raises NotFoundError, ExtractError, or QueryError if there is nothing in it to compare.
    """
    if passage is not None:
        found = _read_from_index(corpus, passage)
    elif file is not None:
        parts = _build_parts(corpus.read_draft(file).passages, is_draft=True)
        found = SimilarQuery(parts, corpus.find_ids_of_file(file), is_draft=True)
    else:
        found = SimilarQuery(_split_text(text or ""))
    if not found.parts:
        raise QueryError("it contains no letters or digits to compare")
    return found


def _read_from_index(corpus: Corpus, name: str) -> SimilarQuery:
    """Read a report, or one of its passages."""
    try:
        report = corpus.find_report(name)
        return SimilarQuery(_build_parts(report.passages), (report.id,))
    except NotFoundError as error:
        # The id of a report may contain a #, so try it first.
        if not {"#", "＃"} & set(name):
            raise NotFoundError(
                "{error}; to search with a text, use --text", error=error
            ) from error
    passage = corpus.find_passage(name)
    return SimilarQuery(_build_parts([passage]), (passage.report,))


def _build_parts(passages: Iterable[Passage], *, is_draft: bool = False) -> tuple[Part, ...]:
    return _number_parts(
        Part(
            number=0,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            section=passage.section,
            passage=None if is_draft else passage.id,
        )
        for passage in passages
    )


def _split_text(text: str) -> tuple[Part, ...]:
    """Split a text into paragraphs, and long ones further, as in reports."""
    return _number_parts(
        Part(0, line.start + start, line.start + end, line.text[start:end])
        for line in split_lines(text)
        for start, end in split_paragraph(line.text)
    )


def _number_parts(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Number the parts that contain something to compare, from 1."""
    kept = (part for part in parts if to_comparable(fold(part.text)))
    return tuple(replace(part, number=number) for number, part in enumerate(kept, 1))


def find_similar(
    corpus: Corpus,
    similar_query: SimilarQuery,
    *,
    where: Where,
    limit: int | None,
    include_own: bool,
    semantic: str | Path | bool,
    formula_officials: int | None,
    progress: StagedProgress | None,
) -> SimilarResult:
    """Find the nearest passages of each part; see ``Archive.similar``."""
    matching = corpus.matching_passages(where)
    model = None if semantic is False else corpus.load_model(semantic)
    tfidf_index = corpus.load_tfidf_index()
    formula_index = corpus.load_formula_index(
        bind_stage(progress, READING_REPORTS),
        formula_officials=formula_officials,
        # As in reuse: a draft does not count towards formulae, a report of the index does.
        excluded_reports=similar_query.own if similar_query.is_draft else (),
    )
    return SimilarityFinder(corpus.engine, tfidf_index, formula_index, model).find(
        similar_query.parts,
        limit=limit,
        where=matching,
        without=() if include_own else similar_query.own,
        progress=bind_stage(progress, COMPARING),
    )


@dataclass(frozen=True)
class SimilarityFinder:
    """Finds the passages of an index that are most similar to given parts."""

    engine: Engine
    tfidf_index: TfidfIndex
    formula_index: FormulaIndex
    model: SentenceModel | None = None
    _reports: dict[str, Report] = field(default_factory=dict)
    _known: dict[tuple[str, str | None], list[_SharedPassage]] = field(default_factory=dict)

    def find(
        self,
        parts: Sequence[Part],
        *,
        limit: int | None,
        where: PassageNumbers | None,
        without: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> SimilarResult:
        """Return the nearest passages of each part, best first.

        ``where`` has the numbers of the passages to compare by report, None for all; the reports
        ``without`` are left out. A passage is never compared with itself. ``progress`` counts
        parts.
        """
        if limit is None:
            limit = default_limit(len(parts))
        hits: list[SimilarHit] = []
        for part in track(parts, progress):
            hits += self._iter_hits(part, limit, where, without)
        return SimilarResult(
            parts=tuple(parts),
            compared=self.tfidf_index.count_candidates(candidates=where, without=without),
            hits=tuple(hits),
        )

    def _iter_hits(
        self, part: Part, limit: int, where: PassageNumbers | None, without: Sequence[str]
    ) -> Iterator[SimilarHit]:
        """Yield the hits of a part; repeated paragraphs are looked up once."""
        key = part.text, part.passage
        if key not in self._known:
            self._known[key] = self._find_shared(part, limit, where, without)
        here = ComparableText.of(part.text)
        for entry, passage, there, runs in self._known[key]:
            equal = sum(run.end - run.start for run in runs if run.kind != EDITED)
            yield SimilarHit(
                part=part.number,
                passage=passage.id,
                report=self._get_report(passage.report).info,
                section=passage.section,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                score=entry.score,
                coverage=round(equal / len(here.text), 4),
                spans=build_shared_spans(
                    TextSide(part.text, here),
                    TextSide(passage.text, there),
                    runs,
                    part.start,
                    passage.start,
                ),
            )

    def _find_shared(
        self, part: Part, limit: int, where: PassageNumbers | None, without: Sequence[str]
    ) -> list[_SharedPassage]:
        """Return the nearest passages, and what each has in common with the part."""
        near = self._find_nearest(part, limit, where, without)
        text = to_comparable(fold(part.text))
        views = [ComparableText.of(passage.text) for _, passage in near]
        shared = [align(text, view.text) for view in views]
        is_formula = self._mark_formulae(text, [run for runs in shared for run in runs])
        return [
            (entry, passage, view, list(split_at_formulae(runs, is_formula)))
            for (entry, passage), view, runs in zip(near, views, shared, strict=True)
        ]

    def _find_nearest(
        self, part: Part, limit: int, where: PassageNumbers | None, without: Sequence[str]
    ) -> list[tuple[NearPassage, Passage]]:
        depth = limit
        if self.model:
            from reportsearch.search import sentence_model as semantic

            depth = max(limit, semantic.RERANK_DEPTH)
        # One more for the passage itself.
        near = self.tfidf_index.find_nearest(
            part.text, limit=depth + 1, candidates=where, without=without
        )
        found = [(entry, self._get_passage(entry)) for entry in near]
        found = [pair for pair in found if pair[1].id != part.passage][:depth]
        if self.model and found:
            similarities = self.model.similarity(part.text, [passage.text for _, passage in found])
            found = [found[place] for place in semantic.rerank(similarities)]
        return found[:limit]

    def _get_passage(self, near: NearPassage) -> Passage:
        return self._get_report(near.report).passages[near.number - 1]

    def _get_report(self, report_id: str) -> Report:
        if report_id not in self._reports:
            self._reports[report_id] = self.engine.report(report_id)
        return self._reports[report_id]

    def _mark_formulae(self, text: str, runs: Iterable[AlignedSpan]) -> Bools:
        """Return which characters of a text in some runs are part of a formula."""
        length = formulae.MIN_FORMULA_CHARS
        starts = {
            start
            for run in runs
            if run.kind != EDITED
            for start in range(max(run.start - length + 1, 0), min(run.end, len(text) - length + 1))
        }
        return self.formula_index.mark_formulae(text, starts)
