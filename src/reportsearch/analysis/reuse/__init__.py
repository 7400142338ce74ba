"""Text reuse: how much of a report also stands in others, and which reports share most.

``nlp/reuse.py`` and ``nlp/pairs.py`` do the comparing; here reports become compared characters, and
what is found becomes spans of the originals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.corpus import Corpus, StagedProgress, bind_stage
from reportsearch.analysis.matching import all_pairs, formulae, shared_sentences
from reportsearch.analysis.matching.alignment import AlignedSpan
from reportsearch.analysis.matching.edited_matches import EditedMatch
from reportsearch.analysis.matching.exact_matches import find_exact_matches
from reportsearch.analysis.matching.source_texts import SourceTexts, get_official_key
from reportsearch.analysis.reuse.one_report import SourceMatches, TextComparison, compare_text
from reportsearch.comparable import ComparableText
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.reuse import (
    EDITED,
    EXACT,
    FORMULA,
    Draft,
    Formula,
    Reuse,
    ReusedPlace,
    ReusedSpan,
    ReusePair,
    ReusePairs,
    SharedSpan,
    Source,
)
from reportsearch.search.engine import Engine

_MAX_FORMULA_PLACES = 3
"""Passages that are named for a formula of the whole index."""


@dataclass(frozen=True)
class _ReportSide:
    """A report, its compared characters, and the starts of its passages."""

    report: Report
    view: ComparableText
    starts: tuple[int, ...]

    @classmethod
    def of(cls, report: Report) -> _ReportSide:
        starts = tuple(passage.start for passage in report.passages)
        return cls(report, ComparableText.of(report.text), starts)

    @cached_property
    def text_side(self) -> shared_sentences.TextSide:
        """Its sentences and numbers."""
        return shared_sentences.TextSide(self.report.text, self.view)

    def get_text(self, span: tuple[int, int]) -> str:
        return self.report.text[slice(*span)]

    def find_passage(self, at: int) -> str:
        """The id of the passage in which a place of the original lies."""
        return self.report.passages[bisect_right(self.starts, at) - 1].id


def find_reuse(
    corpus: Corpus,
    report: Report,
    min_chars: int,
    formula_officials: int | None,
    *,
    draft: str | Path | Draft | None = None,
    progress: StagedProgress | None = None,
) -> Reuse:
    """How much of a report also stands in the others of an index.

    A report of the index is not compared with itself; the one in the file ``draft`` with all but
    those that were read from this file.
    """
    is_draft = draft is not None
    left_out = corpus.find_ids_of_file(draft) if draft is not None else ()
    collection = corpus.load_source_texts(bind_stage(progress, "reading the reports"))
    if progress:
        progress(0, 0, "comparing")
    formula_officials = formula_officials or collection.formula_officials
    side = _ReportSide.of(report)
    out = {*left_out} if is_draft else {report.id}
    others = [number for number, info in enumerate(collection.infos) if info.id not in out]
    infos = [collection.infos[number] for number in others]
    officials = [collection.officials[number] for number in others]
    own = {get_official_key(info): number for info, number in zip(infos, officials, strict=True)}
    found = compare_text(
        side.view.text,
        [collection.texts[number] for number in others],
        min_chars=min_chars,
        formula_officials=formula_officials,
        officials=officials,
        own=own.get(get_official_key(report.info), -1),
        counts_itself=not is_draft,
        phrases=corpus.phrases,
    )
    return _ReuseBuilder(corpus.engine, side, infos, found, is_draft=is_draft).build_reuse(
        min_chars, formula_officials, len(collection.infos), left_out
    )


def _compute_rate(chars: int, of: int) -> float:
    """A share with six decimals: a run of 13 in the longest report that can be read shows."""
    return round(chars / of, 6) if of else 0.0


class _ReuseBuilder:
    """What was found, on its way back to the originals."""

    def __init__(
        self,
        engine: Engine,
        side: _ReportSide,
        infos: Sequence[ReportInfo],
        found: TextComparison,
        *,
        is_draft: bool,
    ) -> None:
        self._engine = engine
        self._side = side
        self._infos = infos
        self._found = found
        self._is_draft = is_draft
        self._is_formula = found.is_formula
        self._length = found.length

    def build_reuse(
        self, min_chars: int, formula_officials: int, reports: int, left_out: tuple[str, ...]
    ) -> Reuse:
        shares = self._found.source_matches
        everywhere = self._found.mark_exact(shares)
        info = self._side.report.info
        later = [share for share in shares if is_later(self._infos[share.source], info)]
        is_late = {share.source for share in later}
        earlier = [share for share in shares if share.source not in is_late]
        not_own = [share for share in shares if share.source in is_late or not self._is_own(share)]
        others = [share for share in shares if not self._is_own(share)]
        with_edits = everywhere | self._found.mark_edited(shares)
        return Reuse(
            report=info,
            text=self._side.report.text,
            is_draft=self._is_draft,
            min_chars=min_chars,
            formula_officials=formula_officials,
            reports=reports,
            chars=self._length,
            shared=int(everywhere.sum()),
            rate=self._compute_rate(int(everywhere.sum())),
            rate_without_formulae=self._compute_rate(int((everywhere & ~self._is_formula).sum())),
            rate_without_own=self._compute_rate(int(self._found.mark_exact(not_own).sum())),
            rate_from_others=self._compute_rate(int(self._found.mark_exact(others).sum())),
            rate_from_others_without_formulae=self._compute_rate(
                int((self._found.mark_exact(others) & ~self._is_formula).sum())
            ),
            rate_from_sources=self._compute_rate(int(self._found.mark_exact(earlier).sum())),
            rate_with_edits=self._compute_rate(int(with_edits.sum())),
            longest=max((run.end - run.start for share in shares for run in share.runs), default=0),
            sources=self._build_sources(earlier),
            reused_by=self._build_sources(later),
            formulae=tuple(self._list_formulae()),
            left_out=left_out,
            starts=self._side.starts,
        )

    def _compute_rate(self, chars: int) -> float:
        return _compute_rate(chars, self._length)

    def _is_own(self, share: SourceMatches) -> bool:
        official = self._side.report.info.official
        return official is not None and self._infos[share.source].official == official

    def _build_sources(self, shares: Sequence[SourceMatches]) -> tuple[Source, ...]:
        found = [self._build_source(share) for share in shares]
        return tuple(
            sorted(found, key=lambda entry: (-entry.chars, -entry.edited_chars, entry.report.id))
        )

    def _build_source(self, share: SourceMatches) -> Source:
        info = self._infos[share.source]
        exact = self._found.mark_exact([share])
        edited = self._found.mark_edited([share]) & ~exact
        other = _ReportSide.of(self._engine.report(info.id))
        shared = [*self._iter_exact_spans(share), *self._iter_edited_spans(share)]
        spans = [self._build_span(piece, other) for piece in shared]
        return Source(
            report=info,
            is_own=self._is_own(share),
            chars=int(exact.sum()),
            chars_without_formulae=int((exact & ~self._is_formula).sum()),
            edited_chars=int(edited.sum()),
            rate=self._compute_rate(int(exact.sum())),
            longest=max((run.end - run.start for run in share.runs), default=0),
            spans=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind))),
            places=tuple(self._iter_places(shared, other)),
        )

    def _iter_exact_spans(self, share: SourceMatches) -> Iterator[AlignedSpan]:
        for run in share.runs:
            all_formula = self._is_formula[run.start : run.end].all()
            end = run.source_start + run.end - run.start
            kind = FORMULA if all_formula else EXACT
            yield AlignedSpan(run.start, run.end, run.source_start, end, kind)

    def _iter_edited_spans(self, share: SourceMatches) -> Iterator[AlignedSpan]:
        exact = self._found.mark_exact([share])
        for stretch in share.edited_matches:
            for span, place in _split_edited_match(stretch, share):
                # What an exact run from elsewhere in the source covers is no edit.
                if not exact[slice(*span)].all():
                    yield AlignedSpan(*span, *place, EDITED)

    def _iter_places(
        self, shared: Sequence[AlignedSpan], other: _ReportSide
    ) -> Iterator[ReusedPlace]:
        """The sentences that share something, by place."""
        own, there, runs = self._side.text_side, other.text_side, _RunIndex(shared)
        for place in shared_sentences.find_shared_places(own, there, shared):
            spans = tuple(
                SharedSpan(
                    self._side.view.map_to_original(piece.start, piece.end),
                    other.view.map_to_original(piece.other_start, piece.other_end),
                    piece.kind,
                )
                for piece in place.pieces
            )
            here = shared_sentences.find_display_span(
                own, place.sentences, [span.query for span in spans]
            )
            back = shared_sentences.find_display_span(
                there, place.other_sentences, [span.passage for span in spans]
            )
            exact, edited = _count_chars(place.pieces)
            yield ReusedPlace(
                *here,
                *back,
                chars=exact,
                edited_chars=edited,
                run=max(map(runs.find_run_length, place.pieces)),
                text=self._side.get_text(here),
                source_text=other.get_text(back),
                passage=self._side.find_passage(spans[0].query[0]),
                source_passage=other.find_passage(spans[0].passage[0]),
                spans=spans,
            )

    def _build_span(self, piece: AlignedSpan, other: _ReportSide) -> ReusedSpan:
        start, end = self._side.view.map_to_original(piece.start, piece.end)
        source_start, source_end = other.view.map_to_original(piece.other_start, piece.other_end)
        return ReusedSpan(
            start=start,
            end=end,
            source_start=source_start,
            source_end=source_end,
            chars=piece.end - piece.start,
            kind=piece.kind,
            text=self._side.get_text((start, end)),
            source_text=other.get_text((source_start, source_end)),
            passage=self._side.find_passage(start),
            source_passage=other.find_passage(source_start),
        )

    def _list_formulae(self) -> Iterator[Formula]:
        """The formulae in the report, those of most reports first."""
        found = [*self._iter_common_strings(), *self._iter_set_phrases()]
        yield from sorted(found, key=lambda entry: (-entry.reports, entry.spans[0], entry.text))

    def _iter_common_strings(self) -> Iterator[Formula]:
        places: dict[str, list[formulae.FormulaMatch]] = {}
        for entry in self._found.formulae:
            places.setdefault(self._side.view.text[entry.start : entry.end], []).append(entry)
        phrases = {phrase.text for phrase in self._found.set_phrases}
        for text, entries in places.items():
            if text in phrases:
                continue
            spans = tuple(
                self._side.view.map_to_original(entry.start, entry.end) for entry in entries
            )
            first = entries[0]
            yield Formula(
                self._side.get_text(spans[0]), len(text), first.reports, first.officials,
                is_set_phrase=False, passages=self._list_passages(spans), spans=spans,
            )  # fmt: skip

    def _iter_set_phrases(self) -> Iterator[Formula]:
        itself = not self._is_draft
        for phrase in self._found.set_phrases:
            spans = tuple(self._side.view.map_to_original(*span) for span in phrase.spans)
            whose = {get_official_key(self._infos[source]) for source in phrase.sources}
            if itself:
                whose.add(get_official_key(self._side.report.info))
            yield Formula(
                self._side.get_text(spans[0]), len(phrase.text), len(phrase.sources) + itself,
                len(whose), is_set_phrase=True, passages=self._list_passages(spans), spans=spans,
            )  # fmt: skip

    def _list_passages(self, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._side.find_passage(start) for start, _ in spans))


class _RunIndex:
    """The counted runs of a source, by how far they stand apart in the two texts."""

    def __init__(self, shared: Iterable[AlignedSpan]) -> None:
        self._by_shift: dict[int, list[AlignedSpan]] = {}
        for run in shared:
            if run.kind != EDITED:
                self._by_shift.setdefault(run.other_start - run.start, []).append(run)

    def find_run_length(self, piece: AlignedSpan) -> int:
        """The length of the run of which a piece is a part; 0 for one with edits."""
        if piece.kind == EDITED:
            return 0
        runs = self._by_shift.get(piece.other_start - piece.start, ())
        lengths = (
            run.end - run.start for run in runs if run.start <= piece.start and piece.end <= run.end
        )
        return max(lengths, default=0)


def _count_chars(pieces: Iterable[AlignedSpan]) -> tuple[int, int]:
    """How many characters are in exact pieces, and how many in edited ones alone."""
    exact: set[int] = set()
    edited: set[int] = set()
    for piece in pieces:
        (edited if piece.kind == EDITED else exact).update(range(piece.start, piece.end))
    return len(exact), len(edited - exact)


def _split_edited_match(
    edited_match: EditedMatch, share: SourceMatches
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """What of a stretch lies before, between and behind the exact runs in it, on both sides."""
    at, source_at = edited_match.start, edited_match.source_start
    for run in share.runs:
        source_end = run.source_start + run.end - run.start
        inside = at <= run.start and run.end <= edited_match.end
        if not inside or run.source_start < source_at or source_end > edited_match.source_end:
            continue
        if at < run.start:
            yield (at, run.start), (source_at, run.source_start)
        at, source_at = run.end, source_end
    if at < edited_match.end:
        yield (at, edited_match.end), (source_at, edited_match.source_end)


def find_reuse_pairs(
    corpus: Corpus,
    min_chars: int,
    formula_officials: int | None,
    *,
    limit: int,
    progress: StagedProgress | None = None,
) -> ReusePairs:
    """The pairs of reports with most text in common, and the formulae of most officials."""
    collection = corpus.load_source_texts(bind_stage(progress, "reading the reports"))
    if progress:
        progress(0, 0, "comparing")
    formula_officials = formula_officials or collection.formula_officials
    whose = [get_official_key(info) for info in collection.infos]
    found = all_pairs.find_pairs(
        collection.texts,
        whose,
        min_chars=min_chars,
        formula_officials=formula_officials,
        set_phrases=corpus.phrases.phrases,
    )
    most = np.maximum(found.chars, found.other_chars)
    order = np.lexsort((found.seconds, found.firsts, -(found.chars + found.other_chars), -most))
    # Less is what formulae left over at the ends of a run.
    best = order[most[order] >= min_chars]
    known = {entry.text for entry in found.set_phrases}
    strings = [entry for entry in found.formulae if entry.text not in known]
    strings += [entry for entry in found.set_phrases if entry.texts > 1]
    strings.sort(key=lambda entry: (-entry.officials, -entry.texts, -len(entry.text), entry.text))
    return ReusePairs(
        reports=len(collection.infos),
        without_official=sum(info.official is None for info in collection.infos),
        chars=collection.chars,
        min_chars=min_chars,
        formula_officials=formula_officials,
        matched=len(best),
        pairs=tuple(
            _build_pair(
                collection,
                (int(found.firsts[row]), int(found.seconds[row])),
                (int(found.chars[row]), int(found.other_chars[row])),
                min_chars,
            )
            for row in best[:limit].tolist()
        ),
        matched_formulae=len(strings),
        formulae=tuple(
            _build_formula(corpus.engine, collection, entry, is_set_phrase=entry.text in known)
            for entry in strings[:limit]
        ),
    )


def _build_pair(
    source_texts: SourceTexts, numbers: tuple[int, int], chars: tuple[int, int], min_chars: int
) -> ReusePair:
    first, second = (source_texts.infos[number] for number in numbers)
    if is_later(second, first):
        numbers, chars = numbers[::-1], chars[::-1]
    report, source = (source_texts.infos[number] for number in numbers)
    text, other = (source_texts.texts[number] for number in numbers)
    (runs,) = find_exact_matches(text, [other], min_chars)
    return ReusePair(
        report=report.id,
        title=report.title,
        source=source.id,
        source_title=source.title,
        is_own=report.official is not None and report.official == source.official,
        chars=chars[0],
        source_chars=chars[1],
        rate=_compute_rate(chars[0], len(text)),
        source_rate=_compute_rate(chars[1], len(other)),
        longest=max((run.end - run.start for run in runs), default=0),
    )


def _build_formula(
    engine: Engine,
    source_texts: SourceTexts,
    found: all_pairs.FormulaString,
    *,
    is_set_phrase: bool,
) -> Formula:
    """A formula as the first report that has it writes it, and where it stands."""
    having = (at for at, text in enumerate(source_texts.texts) if found.text in text)
    sides = [
        _ReportSide.of(engine.report(source_texts.infos[at].id))
        for at in islice(having, _MAX_FORMULA_PLACES)
    ]
    spans = []
    for side in sides:
        at = side.view.text.index(found.text)
        spans.append(side.view.map_to_original(at, at + len(found.text)))
    return Formula(
        text=sides[0].get_text(spans[0]),
        chars=len(found.text),
        reports=found.texts,
        officials=found.officials,
        is_set_phrase=is_set_phrase,
        passages=tuple(
            side.find_passage(start) for side, (start, _) in zip(sides, spans, strict=True)
        ),
    )
