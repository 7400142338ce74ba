"""The result of reuse, built from matches: rates, sources, places and formulae."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.matching import formulae, shared_sentences
from reportsearch.analysis.matching.alignment import AlignedSpan
from reportsearch.analysis.matching.edited_matches import EditedMatch
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.reuse.report_comparison import SourceMatches, TextComparison
from reportsearch.analysis.reuse.report_side import ReportSide
from reportsearch.analysis.shares import compute_share
from reportsearch.arrays import Bools
from reportsearch.comparable import Span
from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import (
    EDITED,
    EXACT,
    FORMULA,
    Formula,
    Reuse,
    ReusedPlace,
    ReusedSpan,
    SharedSpan,
    Source,
)
from reportsearch.search.engine import Engine


class ReuseBuilder:
    """Maps the matches of a report back to the originals."""

    def __init__(
        self,
        engine: Engine,
        side: ReportSide,
        infos: Sequence[ReportInfo],
        comparison: TextComparison,
        *,
        is_draft: bool,
    ) -> None:
        self._engine = engine
        self._side = side
        self._infos = infos
        self._comparison = comparison
        self._is_draft = is_draft
        self._is_formula = comparison.is_formula

    def build_reuse(
        self, min_chars: int, formula_officials: int, reports: int, left_out: tuple[str, ...]
    ) -> Reuse:
        """Build the result.

        ``reports`` is the number of reports in the index, ``left_out`` the ids of those read from
        the draft's file.
        """
        matches = self._comparison.source_matches
        info = self._side.report.info
        later = [match for match in matches if is_later(self._infos[match.source], info)]
        is_late = {match.source for match in later}
        earlier = [match for match in matches if match.source not in is_late]
        others = [match for match in matches if not self._is_own(match)]
        exact = self._comparison.mark_exact(matches)
        exact_from_others = self._comparison.mark_exact(others)
        return Reuse(
            report=info,
            text=self._side.report.text,
            is_draft=self._is_draft,
            min_chars=min_chars,
            formula_officials=formula_officials,
            reports=reports,
            chars=self._comparison.length,
            shared=int(exact.sum()),
            rate=self._compute_rate(exact),
            rate_without_formulae=self._compute_rate(exact & ~self._is_formula),
            rate_without_own=self._compute_rate(
                self._comparison.mark_exact(
                    [one for one in matches if one.source in is_late or not self._is_own(one)]
                )
            ),
            rate_from_others=self._compute_rate(exact_from_others),
            rate_from_others_without_formulae=self._compute_rate(
                exact_from_others & ~self._is_formula
            ),
            rate_from_sources=self._compute_rate(self._comparison.mark_exact(earlier)),
            rate_with_edits=self._compute_rate(exact | self._comparison.mark_edited(matches)),
            longest=max((match.longest for match in matches), default=0),
            sources=self._build_sources(earlier),
            reused_by=self._build_sources(later),
            formulae=tuple(self._list_formulae()),
            left_out=left_out,
            starts=self._side.starts,
        )

    def _compute_rate(self, marks: Bools) -> float:
        """Return the share of the text that is marked."""
        return compute_share(int(marks.sum()), self._comparison.length)

    def _is_own(self, match: SourceMatches) -> bool:
        person = self._side.report.info.person
        return person is not None and self._infos[match.source].person == person

    def _build_sources(self, matches: Sequence[SourceMatches]) -> tuple[Source, ...]:
        found = [self._build_source(match) for match in matches]
        return tuple(
            sorted(found, key=lambda entry: (-entry.chars, -entry.edited_chars, entry.report.id))
        )

    def _build_source(self, match: SourceMatches) -> Source:
        info = self._infos[match.source]
        exact = self._comparison.mark_exact([match])
        edited = self._comparison.mark_edited([match]) & ~exact
        other = ReportSide.of(self._engine.report(info.id))
        shared = [*self._iter_exact_spans(match), *self._iter_edited_spans(match)]
        spans = [self._build_span(piece, other) for piece in shared]
        return Source(
            report=info,
            is_own=self._is_own(match),
            chars=int(exact.sum()),
            chars_without_formulae=int((exact & ~self._is_formula).sum()),
            edited_chars=int(edited.sum()),
            rate=self._compute_rate(exact),
            longest=match.longest,
            spans=tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind))),
            places=tuple(self._iter_places(shared, other)),
        )

    def _iter_exact_spans(self, match: SourceMatches) -> Iterator[AlignedSpan]:
        for run in match.runs:
            kind = FORMULA if self._is_formula[run.start : run.end].all() else EXACT
            yield AlignedSpan(run.start, run.end, run.source_start, run.source_end, kind)

    def _iter_edited_spans(self, match: SourceMatches) -> Iterator[AlignedSpan]:
        exact = self._comparison.mark_exact([match])
        for stretch in match.edited_matches:
            for span, place in _split_edited_match(stretch, match):
                # Text covered by an exact run from elsewhere in the source is not an edit.
                if not exact[slice(*span)].all():
                    yield AlignedSpan(*span, *place, EDITED)

    def _iter_places(
        self, shared: Sequence[AlignedSpan], other: ReportSide
    ) -> Iterator[ReusedPlace]:
        """Yield the sentences that share something, by position."""
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

    def _build_span(self, piece: AlignedSpan, other: ReportSide) -> ReusedSpan:
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
        """Yield the formulae in the report, those of most reports first."""
        found = [*self._iter_common_strings(), *self._iter_set_phrases()]
        yield from sorted(found, key=lambda entry: (-entry.reports, entry.spans[0], entry.text))

    def _iter_common_strings(self) -> Iterator[Formula]:
        places: dict[str, list[formulae.FormulaMatch]] = {}
        for entry in self._comparison.formulae:
            places.setdefault(self._side.view.text[entry.start : entry.end], []).append(entry)
        phrases = {phrase.text for phrase in self._comparison.set_phrases}
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
        for phrase in self._comparison.set_phrases:
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
    """The counted runs of a source, by the distance between their positions in the two texts."""

    def __init__(self, shared: Iterable[AlignedSpan]) -> None:
        self._by_shift: dict[int, list[AlignedSpan]] = {}
        for run in shared:
            if run.kind != EDITED:
                self._by_shift.setdefault(run.other_start - run.start, []).append(run)

    def find_run_length(self, piece: AlignedSpan) -> int:
        """Return the length of the run that contains a piece; 0 for one with edits."""
        if piece.kind == EDITED:
            return 0
        runs = self._by_shift.get(piece.other_start - piece.start, ())
        lengths = (
            run.end - run.start for run in runs if run.start <= piece.start and piece.end <= run.end
        )
        return max(lengths, default=0)


def _count_chars(pieces: Iterable[AlignedSpan]) -> tuple[int, int]:
    """Count the characters in exact pieces, and those in edited pieces only."""
    exact: set[int] = set()
    edited: set[int] = set()
    for piece in pieces:
        (edited if piece.kind == EDITED else exact).update(range(piece.start, piece.end))
    return len(exact), len(edited - exact)


def _split_edited_match(
    edited_match: EditedMatch, match: SourceMatches
) -> Iterator[tuple[Span, Span]]:
    """Yield the parts of a stretch before, between and after its exact runs, on both sides."""
    at, source_at = edited_match.start, edited_match.source_start
    for run in match.runs:
        inside = at <= run.start and run.end <= edited_match.end
        if (
            not inside
            or not source_at <= run.source_start <= run.source_end <= edited_match.source_end
        ):
            continue
        if at < run.start:
            yield (at, run.start), (source_at, run.source_start)
        at, source_at = run.end, run.source_end
    if at < edited_match.end:
        yield (at, edited_match.end), (source_at, edited_match.source_end)
