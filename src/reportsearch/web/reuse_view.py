"""Text reuse of a report on its page: its marked text, and places side by side with sources.

Both are bounded, because a report can have megabytes and share thousands of places with thousands
of others. ``output/annotations.py`` cuts the text, ``output/reuse_numbering.py`` numbers the
sources.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reportsearch.locale import Translator
from reportsearch.models.reuse import EDITED, Reuse, ReusedPlace
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import AnnotatedSegment
from reportsearch.output.reuse_numbering import FormulaEntry, SourceEntry
from reportsearch.output.text_diff import AnnotatedText, annotate_both_sides

MAX_SOURCES = 50
"""Maximum number of sources whose places are shown side by side."""
MAX_PLACES = 50
"""Maximum number of places shown for each of several sources; for a single one, ten times that."""
MAX_FORMULAE = 100
PAGE_CHARS = 100_000
"""Characters of the text per page."""
_MAX_CHARS = 2_000
"""Maximum number of characters shown of a place or sentence."""
How = TypeVar("How", bool, str)
_LOOKBACK_PLACES = 50
"""The number of places searched for the one that contains a piece of the text."""


@dataclass(frozen=True, slots=True)
class LinkedPiece:
    """A piece of the text: its mark, its anchor, and its link."""

    text: str
    kind: str = ""
    anchor: str = ""
    place: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class PlaceComparison:
    """Sentences with shared text on both sides, each once, with all that is shared marked.

    An ellipsis marks a truncated sentence; ``back`` is the anchor in the text, if it is shown.
    """

    anchor: str
    place: ReusedPlace
    own: list[AnnotatedText]
    other: list[AnnotatedText]
    back: str

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Return the kinds of shared text, with their number of characters."""
        return reuse_numbering.count_kinds(self.place)


@dataclass(frozen=True, slots=True)
class SourceComparison:
    """A source and its places shown side by side; ``left`` counts those not shown."""

    entry: SourceEntry
    places: list[PlaceComparison]
    left: int


@dataclass(frozen=True, slots=True)
class ReuseView:
    """Everything that a page shows of an answer apart from its figures.

    ``lines`` are those of one page of the text, out of ``pages``; ``numbers`` are the passages that
    start in each of them.
    """

    sources: list[SourceEntry]
    later: list[SourceEntry]
    listed: list[FormulaEntry]
    lines: list[list[LinkedPiece]]
    numbers: list[range]
    page: int
    pages: int
    comparisons: list[SourceComparison]
    sources_left: int
    formulae_left: int

    @property
    def numbered(self) -> list[SourceEntry]:
        """Return the sources followed by the later reports."""
        return [*self.sources, *self.later]

    @property
    def last(self) -> int:
        """Return the last passage that starts in these lines, or 0."""
        return max((numbers[-1] for numbers in self.numbers if numbers), default=0)


def build_reuse_view(
    result: Reuse,
    t: Translator,
    *,
    only: str | None = None,
    page: int = 1,
    elsewhere: Callable[[SourceEntry], str] | None = None,
) -> ReuseView:
    """Build what a page shows of an answer.

    ``only`` is the id of the only source to show. ``elsewhere`` builds the address of a source's
    places that are not on this page.
    """
    sources, later = reuse_numbering.number_sources(result, t)
    numbered = [*sources, *later]
    if only is not None:
        numbered = [entry for entry in numbered if entry.source.report.id == only]
        result = replace(
            result,
            sources=tuple(entry.source for entry in numbered),
            reused_by=(),
            formulae=(),
        )
    listed = reuse_numbering.number_formulae(result, t)
    most = MAX_PLACES * (1 if only is None else 10)
    shown = {
        entry.anchor: entry.source.places[:most]
        for entry in numbered[:MAX_SOURCES]
        if entry.source.places
    }
    pages = list(_iter_pages(reuse_numbering.annotate_text(result)))
    page = min(page, len(pages))
    targets = {piece.start for line in pages[page - 1] for piece in line}
    wanted = {
        reuse_numbering.find_marked_start(place) for places in shown.values() for place in places
    } | {start for entry in listed for start, _ in entry.formula.spans[:1]}
    linking = _TextLinker(numbered, listed[:MAX_FORMULAE], shown, targets & wanted, elsewhere, t)
    return ReuseView(
        sources=sources,
        later=later,
        listed=listed[:MAX_FORMULAE],
        lines=[[linking.link_piece(piece) for piece in line] for line in pages[page - 1]],
        numbers=[_find_passage_numbers(line, result.starts) for line in pages[page - 1]],
        page=page,
        pages=len(pages),
        comparisons=[
            _compare_source(entry, shown[entry.anchor], targets)
            for entry in numbered
            if entry.anchor in shown
        ],
        sources_left=len(numbered) - len(shown),
        formulae_left=max(0, len(listed) - MAX_FORMULAE),
    )


def _find_passage_numbers(line: Sequence[AnnotatedSegment], starts: Sequence[int]) -> range:
    """Return the numbers of the passages that start in a line."""
    if not line:
        return range(0)
    start, end = line[0].start, line[-1].start + len(line[-1].text)
    return range(bisect_left(starts, start) + 1, bisect_left(starts, end) + 1)


def _iter_pages(lines: Iterable[list[AnnotatedSegment]]) -> Iterator[list[list[AnnotatedSegment]]]:
    """Yield the lines of each page; a line longer than a page is cut."""
    page: list[list[AnnotatedSegment]] = []
    room = PAGE_CHARS
    for line in lines:
        page.append([])
        for piece in _split_pieces(line):
            if len(piece.text) > room and any(page):
                yield page
                page, room = [[]], PAGE_CHARS
            page[-1].append(piece)
            room -= len(piece.text)
    yield page


def _split_pieces(line: Iterable[AnnotatedSegment]) -> Iterator[AnnotatedSegment]:
    for piece in line:
        for at in range(0, len(piece.text), PAGE_CHARS):
            part = piece.text[at : at + PAGE_CHARS]
            yield (
                piece
                if len(part) == len(piece.text)
                else replace(piece, start=piece.start + at, text=part)
            )


@dataclass(frozen=True)
class _TextLinker:
    """Links the pieces of the text to their sources."""

    numbered: Sequence[SourceEntry]
    listed: Sequence[FormulaEntry]
    shown: dict[str, tuple[ReusedPlace, ...]]
    targets: set[int]
    elsewhere: Callable[[SourceEntry], str] | None
    t: Translator

    def link_piece(self, piece: AnnotatedSegment) -> LinkedPiece:
        """Return a piece of the text with its link."""
        anchor = (
            reuse_numbering.format_place_anchor(piece.start) if piece.start in self.targets else ""
        )
        if piece.entry is not None:
            entry = self.numbered[piece.entry]
            label = ""
            if piece.is_last:
                label = reuse_numbering.format_label(entry.label, piece.others, self.t)
            return LinkedPiece(piece.text, piece.kind, anchor, self._find_link(entry, piece), label)
        if piece.formula is not None and piece.formula < len(self.listed):
            formula = self.listed[piece.formula]
            label = formula.label if piece.is_last else ""
            return LinkedPiece(piece.text, piece.kind, anchor, f"#{formula.anchor}", label)
        return LinkedPiece(piece.text, piece.kind, anchor)

    def _find_link(self, entry: SourceEntry, piece: AnnotatedSegment) -> str:
        places = self.shown.get(entry.anchor, ())
        last = bisect_right(places, piece.start, key=reuse_numbering.find_marked_start)
        near = range(max(0, last - _LOOKBACK_PLACES), last)
        covering = [
            (span.kind == EDITED, at)
            for at in near
            for span in places[at].spans
            if span.query[0] <= piece.start < span.query[1]
        ]
        if covering:
            # Exact ones take precedence, as in the cutting of the text.
            return f"#{_format_anchor(entry, min(covering)[1])}"
        return self.elsewhere(entry) if self.elsewhere else f"#{entry.anchor}"


def _format_anchor(entry: SourceEntry, number: int) -> str:
    return f"{entry.evidence}_{number + 1}"


def _compare_source(
    entry: SourceEntry,
    places: Sequence[ReusedPlace],
    targets: set[int],
) -> SourceComparison:
    found = []
    for number, place in enumerate(places):
        own, other = annotate_both_sides(place)
        at = reuse_numbering.find_marked_start(place)
        found.append(
            PlaceComparison(
                anchor=_format_anchor(entry, number),
                place=place,
                own=clip_pieces(own),
                other=clip_pieces(other),
                back=reuse_numbering.format_place_anchor(at) if at in targets else "",
            )
        )
    return SourceComparison(entry, found, len(entry.source.places) - len(found))


def clip_pieces(pieces: Iterable[tuple[str, How]]) -> list[tuple[str, How]]:
    """Return the first pieces of a text, ending with an ellipsis if it is cut."""
    found: list[tuple[str, How]] = []
    room = _MAX_CHARS
    for text, how in pieces:
        if len(text) > room:
            found.append((text[:room] + "…", how))
            break
        found.append((text, how))
        room -= len(text)
    return found
