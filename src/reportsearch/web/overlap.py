"""A report's text with what it shares, and what it shares it with, as a page shows them.

Both are bounded: a report can have megabytes, and share thousands of places with thousands of
others. The cutting is that of ``marks.py``, what counts is told by ``wording/reuse.py``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportsearch.marks import Piece, Segment, differences
from reportsearch.models import EDITED, Report, Reuse, ReusedSpan
from reportsearch.wording import reuse as words
from reportsearch.wording.reuse import Entry, Listed

MOST_SOURCES = 50
"""Sources whose places are set side by side."""
MOST_PLACES = 50
"""Places of a source that are, where there are several sources; of one by itself ten times more."""
MOST_FORMULAE = 100
PAGE_CHARS = 100_000
"""Characters of the text on a page."""
_CONTEXT = 40
"""Characters around a place, to either side, within its line."""
_MOST_CHARS = 2_000
"""Characters of a place or sentence that are shown."""
_BACK = 50
"""Spans that are looked at for the one that covers a place."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of the text: how it is marked, its anchor, and where it leads."""

    text: str
    kind: str = ""
    anchor: str = ""
    place: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One side of a place: what stands before it, its pieces, and what stands after it."""

    before: str
    pieces: list[Piece]
    after: str


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch that two reports share. ``back`` is its anchor in the text, if it is shown."""

    anchor: str
    span: ReusedSpan
    own: Shown
    other: Shown
    back: str


@dataclass(frozen=True, slots=True)
class Beside:
    """A source and the places that are set side by side; ``left`` more are not."""

    entry: Entry
    places: list[Place]
    left: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """All that a page shows of an answer besides its figures.

    ``lines`` are those of one page of the text, of ``pages``.
    """

    sources: list[Entry]
    later: list[Entry]
    listed: list[Listed]
    lines: list[list[Linked]]
    page: int
    pages: int
    beside: list[Beside]
    sources_left: int
    formulae_left: int

    @property
    def numbered(self) -> list[Entry]:
        """The sources and, after them, the later reports."""
        return [*self.sources, *self.later]


def overlap(
    result: Reuse,
    report_of: Callable[[str], Report],
    *,
    only: str | None = None,
    page: int = 1,
    elsewhere: Callable[[Entry], str] | None = None,
) -> Overlap:
    """What is shown of an answer. ``report_of`` gives a source by its id.

    ``only`` is the id of the one source that is to be shown, ``elsewhere`` where the places of a
    source are that are not on this page.
    """
    sources, later = words.entries(result)
    numbered = [*sources, *later]
    if only is not None:
        numbered = [entry for entry in numbered if entry.source.report.id == only]
        result = replace(
            result,
            sources=tuple(entry.source for entry in numbered),
            reused_by=(),
            formulae=(),
        )
    listed = words.formulae(result)
    most = MOST_PLACES * (1 if only is None else 10)
    shown = {
        entry.anchor: entry.source.spans[:most]
        for entry in numbered[:MOST_SOURCES]
        if entry.source.spans
    }
    pages = list(_pages(words.marked(result)))
    page = min(page, len(pages))
    targets = {piece.start for line in pages[page - 1] for piece in line}
    wanted = {span.start for spans in shown.values() for span in spans} | {
        start for entry in listed for start, _ in entry.formula.spans[:1]
    }
    linking = _Linking(numbered, listed[:MOST_FORMULAE], shown, targets & wanted, elsewhere)
    return Overlap(
        sources=sources,
        later=later,
        listed=listed[:MOST_FORMULAE],
        lines=[[linking.linked(piece) for piece in line] for line in pages[page - 1]],
        page=page,
        pages=len(pages),
        beside=[
            _beside(result, entry, shown[entry.anchor], report_of, targets)
            for entry in numbered
            if entry.anchor in shown
        ],
        sources_left=len(numbered) - len(shown),
        formulae_left=max(0, len(listed) - MOST_FORMULAE),
    )


def _pages(lines: Iterable[list[Segment]]) -> Iterator[list[list[Segment]]]:
    """The lines by pages; a line that is longer than a page is cut."""
    page: list[list[Segment]] = []
    room = PAGE_CHARS
    for line in lines:
        page.append([])
        for piece in _cut(line):
            if len(piece.text) > room and any(page):
                yield page
                page, room = [[]], PAGE_CHARS
            page[-1].append(piece)
            room -= len(piece.text)
    yield page


def _cut(line: Iterable[Segment]) -> Iterator[Segment]:
    for piece in line:
        for at in range(0, len(piece.text), PAGE_CHARS):
            part = piece.text[at : at + PAGE_CHARS]
            yield (
                piece
                if len(part) == len(piece.text)
                else replace(piece, start=piece.start + at, text=part)
            )


@dataclass(frozen=True)
class _Linking:
    """Where the pieces of the text lead."""

    numbered: Sequence[Entry]
    listed: Sequence[Listed]
    shown: dict[str, tuple[ReusedSpan, ...]]
    targets: set[int]
    elsewhere: Callable[[Entry], str] | None

    def linked(self, piece: Segment) -> Linked:
        """A piece of the text with its link."""
        anchor = words.place(piece.start) if piece.start in self.targets else ""
        if piece.entry is not None:
            entry = self.numbered[piece.entry]
            others = f"+{piece.others}" if piece.others else ""
            label = entry.label + others if piece.is_last else ""
            return Linked(piece.text, piece.kind, anchor, self._place(entry, piece), label)
        if piece.formula is not None and piece.formula < len(self.listed):
            formula = self.listed[piece.formula]
            label = formula.label if piece.is_last else ""
            return Linked(piece.text, piece.kind, anchor, f"#{formula.anchor}", label)
        return Linked(piece.text, piece.kind, anchor)

    def _place(self, entry: Entry, piece: Segment) -> str:
        spans = self.shown.get(entry.anchor, ())
        last = bisect_right(spans, piece.start, key=lambda span: span.start)
        covering = [at for at in range(max(0, last - _BACK), last) if spans[at].end > piece.start]
        if covering:
            # Exact ones count first, as where the text was cut.
            best = min(covering, key=lambda at: (spans[at].kind == EDITED, at))
            return f"#{_anchor(entry, best)}"
        return self.elsewhere(entry) if self.elsewhere else f"#{entry.anchor}"


def _anchor(entry: Entry, number: int) -> str:
    return f"{entry.evidence}_{number + 1}"


def _beside(
    result: Reuse,
    entry: Entry,
    spans: Sequence[ReusedSpan],
    report_of: Callable[[str], Report],
    targets: set[int],
) -> Beside:
    other = report_of(entry.source.report.id).text
    places = []
    for number, span in enumerate(spans):
        own, there = differences(
            span.text[:_MOST_CHARS],
            span.source_text[:_MOST_CHARS],
            is_exact=span.kind != EDITED,
        )
        places.append(
            Place(
                anchor=_anchor(entry, number),
                span=span,
                own=_shown(result.text, span.start, span.end, own),
                other=_shown(other, span.source_start, span.source_end, there),
                back=words.place(span.start) if span.start in targets else "",
            )
        )
    return Beside(entry, places, len(entry.source.spans) - len(places))


def _shown(text: str, start: int, end: int, pieces: list[Piece]) -> Shown:
    """A place with its context; one that is cut ends with an ellipsis."""
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")
    after = text[end : end + _CONTEXT].partition("\n")
    head = before[2] if before[1] or start <= _CONTEXT else f"…{before[2]}"
    tail = after[0] if after[1] or end + _CONTEXT >= len(text) else f"{after[0]}…"
    return Shown(head, pieces, "…" if end - start > _MOST_CHARS else tail)


def clipped(pieces: Iterable[Piece]) -> list[Piece]:
    """The first pieces of a text, as many as are shown; one that is cut ends with an ellipsis."""
    found: list[Piece] = []
    room = _MOST_CHARS
    for text, same in pieces:
        if len(text) > room:
            found.append((text[:room] + "…", same))
            break
        found.append((text, same))
        room -= len(text)
    return found
