"""Similar passages: for each part of what is asked about the nearest passages, and what is shared.

``vectorstore/`` finds the nearest passages, ``nlp/alignment.py`` what two have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch.analysis.corpus import Holdings, Progress, Told, stage
from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching import shared_sentences as beside
from reportsearch.analysis.matching.alignment import Aligned, Truths, align, with_formulae
from reportsearch.analysis.matching.formula_index import Commonplaces
from reportsearch.comparable import Compared, compared
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.report import Passage, Report
from reportsearch.models.reuse import EDITED, Part, SharedSpan, SimilarHit, SimilarResult
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine
from reportsearch.search.query import Where
from reportsearch.search.tfidf_index import Near, Vectors
from reportsearch.structure.passages import cut
from reportsearch.structure.sections import lines_of

if TYPE_CHECKING:
    from reportsearch.search.sentence_model import SentenceModel

LIMIT = 10
"""Hits for a single part."""
LIMIT_OF_MANY = 3
"""Hits for each of several parts."""


def default_limit(parts: int) -> int:
    """How many hits each of so many parts has where no number is given."""
    return LIMIT if parts == 1 else LIMIT_OF_MANY


Field = Mapping[str, Sequence[int]]
_Found = tuple[Near, Passage, Compared, list[Aligned]]


@dataclass(frozen=True)
class Asked:
    """What is asked about, and the reports that are its own."""

    parts: tuple[Part, ...]
    own: tuple[str, ...] = ()
    is_draft: bool = False


def asked(held: Holdings, passage: str | None, text: str | None, file: str | Path | None) -> Asked:
    """A passage or a report of the index, a text, or the report in a file.

    Raises NotFoundError, ExtractError, or QueryError when there is nothing in it to compare.
    """
    if passage is not None:
        found = _of_index(held, passage)
    elif file is not None:
        parts = _parts(held.draft(file).passages, is_draft=True)
        found = Asked(parts, held.read_from(file), is_draft=True)
    else:
        found = Asked(_parts_of_text(text or ""))
    if not found.parts:
        raise QueryError("there are no letters or digits in it to compare")
    return found


def _of_index(held: Holdings, name: str) -> Asked:
    """All of a report, or one of its passages."""
    try:
        report = held.show(name)
        return Asked(_parts(report.passages), (report.id,))
    except NotFoundError as error:
        # A report's own id may have a # in it, so that it goes first.
        if not {"#", "＃"} & set(name):
            raise NotFoundError(f"{error}; a text is given with --text") from error
    passage = held.passage(name)
    return Asked(_parts([passage]), (passage.report,))


def _parts(passages: Iterable[Passage], *, is_draft: bool = False) -> tuple[Part, ...]:
    return _numbered(
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


def _parts_of_text(text: str) -> tuple[Part, ...]:
    """The paragraphs of a text, long ones cut as those of reports are."""
    return _numbered(
        Part(0, line.start + start, line.start + end, line.text[start:end])
        for line in lines_of(text)
        for start, end in cut(line.text)
    )


def _numbered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Those in which there is something to compare, numbered from 1."""
    kept = (part for part in parts if compared(fold(part.text)))
    return tuple(replace(part, number=number) for number, part in enumerate(kept, 1))


def ask(
    held: Holdings,
    wanted: Asked,
    *,
    where: Where,
    limit: int | None,
    include_own: bool,
    semantic: str | Path | bool,
    formula_officials: int | None,
    progress: Told | None,
) -> SimilarResult:
    """The nearest passages of each part; see ``Archive.similar``."""
    field_ = held.meeting(where)
    model = None if semantic is False else held.model(semantic)
    vectors = held.vectors(stage(progress, "counting words"))
    collection = held.collection(stage(progress, "reading the reports"))
    similarity = Similarity(
        held.engine,
        vectors,
        Commonplaces(
            vectors,
            collection,
            held.phrases,
            formula_officials or collection.formula_officials,
            # As in reuse: a draft does not count for the formulae, a report of the index does.
            frozenset(wanted.own) if wanted.is_draft else frozenset(),
        ),
        model,
    )
    return similarity.find(
        wanted.parts,
        limit=limit,
        where=field_,
        without=() if include_own else wanted.own,
        progress=stage(progress, "comparing"),
    )


@dataclass(frozen=True)
class Similarity:
    """All that passages are compared with."""

    engine: Engine
    vectors: Vectors
    commonplaces: Commonplaces
    model: SentenceModel | None = None
    _reports: dict[str, Report] = field(default_factory=dict)
    _known: dict[tuple[str, str | None], list[_Found]] = field(default_factory=dict)

    def find(
        self,
        parts: Sequence[Part],
        *,
        limit: int | None,
        where: Field | None,
        without: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> SimilarResult:
        """The nearest passages of each part, best first.

        ``where`` has the numbers of the passages to compare by report, None for all; the reports
        ``without`` are left out. A passage is never compared with itself. ``progress`` is called
        with the parts done and all.
        """
        if limit is None:
            limit = default_limit(len(parts))
        hits: list[SimilarHit] = []
        for number, part in enumerate(parts):
            if progress:
                progress(number, len(parts))
            hits += self._hits(part, limit, where, without)
        return SimilarResult(
            parts=tuple(parts),
            compared=self.vectors.compared(field=where, without=without),
            hits=tuple(hits),
        )

    def _hits(
        self, part: Part, limit: int, where: Field | None, without: Sequence[str]
    ) -> Iterator[SimilarHit]:
        """The hits of a part; those of a paragraph that comes again are looked for once."""
        key = part.text, part.passage
        if key not in self._known:
            self._known[key] = self._found(part, limit, where, without)
        here = Compared.of(part.text)
        for entry, passage, there, runs in self._known[key]:
            equal = sum(run.end - run.start for run in runs if run.kind != EDITED)
            yield SimilarHit(
                part=part.number,
                passage=passage.id,
                report=self._report(passage.report).info,
                section=passage.section,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                score=entry.score,
                coverage=round(equal / len(here.text), 4),
                spans=tuple(
                    SharedSpan(
                        _moved(here.span(run.start, run.end), part.start),
                        _moved(there.span(run.other_start, run.other_end), passage.start),
                        run.kind,
                    )
                    for run in beside.whole(
                        beside.Side(part.text, here), beside.Side(passage.text, there), runs
                    )
                ),
            )

    def _found(
        self, part: Part, limit: int, where: Field | None, without: Sequence[str]
    ) -> list[_Found]:
        """The nearest passages, and what each has in common with the part."""
        near = self._near(part, limit, where, without)
        text = compared(fold(part.text))
        views = [Compared.of(passage.text) for _, passage in near]
        shared = [align(text, view.text) for view in views]
        is_formula = self._is_formula(text, [run for runs in shared for run in runs])
        return [
            (entry, passage, view, list(with_formulae(runs, is_formula)))
            for (entry, passage), view, runs in zip(near, views, shared, strict=True)
        ]

    def _near(
        self, part: Part, limit: int, where: Field | None, without: Sequence[str]
    ) -> list[tuple[Near, Passage]]:
        depth = limit
        if self.model:
            from reportsearch.search import sentence_model as semantic

            depth = max(limit, semantic.DEPTH)
        # One more: the passage itself.
        near = self.vectors.nearest(part.text, limit=depth + 1, field=where, without=without)
        found = [(entry, self._passage(entry)) for entry in near]
        found = [pair for pair in found if pair[1].id != part.passage][:depth]
        if self.model and found:
            similarities = self.model.similarity(part.text, [passage.text for _, passage in found])
            found = [found[place] for place in semantic.rerank(similarities)]
        return found[:limit]

    def _passage(self, near: Near) -> Passage:
        return self._report(near.report).passages[near.number - 1]

    def _report(self, report_id: str) -> Report:
        if report_id not in self._reports:
            self._reports[report_id] = self.engine.report(report_id)
        return self._reports[report_id]

    def _is_formula(self, text: str, runs: Iterable[Aligned]) -> Truths:
        """Which characters of a text are part of a formula, as far as they lie in some runs."""
        length = formulae.LEAST
        starts = {
            start
            for run in runs
            if run.kind != EDITED
            for start in range(max(run.start - length + 1, 0), min(run.end, len(text) - length + 1))
        }
        return self.commonplaces.mask(text, starts)


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by
