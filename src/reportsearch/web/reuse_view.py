"""A report's text with what it shares, and what it shares it with, as a page shows them.

Both are bounded: a report can have megabytes, and share thousands of places with thousands of
others. The cutting is that of ``marks.py``, what counts is told by ``wording/reuse.py``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reportsearch.models.reuse import EDITED, Reuse, ReusedPlace
from reportsearch.output.annotations import Marked, Segment, beside
from reportsearch.output.prose import reuse as words
from reportsearch.output.prose.reuse import Entry, Listed

MOST_SOURCES = 50
"""Sources whose places are set side by side."""
MOST_PLACES = 50
"""Places of a source that are, where there are several sources; of one by itself ten times more."""
MOST_FORMULAE = 100
PAGE_CHARS = 100_000
"""Characters of the text on a page."""
_MOST_CHARS = 2_000
"""Characters of a place or sentence that are shown."""
How = TypeVar("How", bool, str)
_BACK = 50
"""Places that are looked at for the one in which a piece of the text stands."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A piece of the text: how it is marked, its anchor, and where it leads."""

    text: str
    kind: str = ""
    anchor: str = ""
    place: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Sentences that share something, on both sides, each once with all that is shared marked.

    An ellipsis stands where a sentence is cut; ``back`` is the anchor in the text, if it is shown.
    """

    anchor: str
    place: ReusedPlace
    own: list[Marked]
    other: list[Marked]
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

    ``lines`` are those of one page of the text, of ``pages``, and ``numbers`` the passages that
    start in each of them.
    """

    sources: list[Entry]
    later: list[Entry]
    listed: list[Listed]
    lines: list[list[Linked]]
    numbers: list[range]
    page: int
    pages: int
    beside: list[Beside]
    sources_left: int
    formulae_left: int

    @property
    def numbered(self) -> list[Entry]:
        """The sources and, after them, the later reports."""
        return [*self.sources, *self.later]

    @property
    def last(self) -> int:
        """The last passage that starts in these lines, 0 where there is none."""
        return max((numbers[-1] for numbers in self.numbers if numbers), default=0)


def overlap(
    result: Reuse,
    *,
    only: str | None = None,
    page: int = 1,
    elsewhere: Callable[[Entry], str] | None = None,
) -> Overlap:
    """What is shown of an answer.

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
        entry.anchor: entry.source.places[:most]
        for entry in numbered[:MOST_SOURCES]
        if entry.source.places
    }
    pages = list(_pages(words.marked(result)))
    page = min(page, len(pages))
    targets = {piece.start for line in pages[page - 1] for piece in line}
    wanted = {words.begin(place) for places in shown.values() for place in places} | {
        start for entry in listed for start, _ in entry.formula.spans[:1]
    }
    linking = _Linking(numbered, listed[:MOST_FORMULAE], shown, targets & wanted, elsewhere)
    return Overlap(
        sources=sources,
        later=later,
        listed=listed[:MOST_FORMULAE],
        lines=[[linking.linked(piece) for piece in line] for line in pages[page - 1]],
        numbers=[_numbers(line, result.starts) for line in pages[page - 1]],
        page=page,
        pages=len(pages),
        beside=[
            _beside(entry, shown[entry.anchor], targets)
            for entry in numbered
            if entry.anchor in shown
        ],
        sources_left=len(numbered) - len(shown),
        formulae_left=max(0, len(listed) - MOST_FORMULAE),
    )


def _numbers(line: Sequence[Segment], starts: Sequence[int]) -> range:
    """The numbers of the passages that start in a line."""
    if not line:
        return range(0)
    start, end = line[0].start, line[-1].start + len(line[-1].text)
    return range(bisect_left(starts, start) + 1, bisect_left(starts, end) + 1)


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
    shown: dict[str, tuple[ReusedPlace, ...]]
    targets: set[int]
    elsewhere: Callable[[Entry], str] | None

    def linked(self, piece: Segment) -> Linked:
        """A piece of the text with its link."""
        anchor = words.place(piece.start) if piece.start in self.targets else ""
        if piece.entry is not None:
            entry = self.numbered[piece.entry]
            label = words.among(entry.label, piece.others) if piece.is_last else ""
            return Linked(piece.text, piece.kind, anchor, self._place(entry, piece), label)
        if piece.formula is not None and piece.formula < len(self.listed):
            formula = self.listed[piece.formula]
            label = formula.label if piece.is_last else ""
            return Linked(piece.text, piece.kind, anchor, f"#{formula.anchor}", label)
        return Linked(piece.text, piece.kind, anchor)

    def _place(self, entry: Entry, piece: Segment) -> str:
        places = self.shown.get(entry.anchor, ())
        last = bisect_right(places, piece.start, key=words.begin)
        near = range(max(0, last - _BACK), last)
        covering = [
            (span.kind == EDITED, at)
            for at in near
            for span in places[at].spans
            if span.query[0] <= piece.start < span.query[1]
        ]
        if covering:
            # Exact ones count first, as where the text was cut.
            return f"#{_anchor(entry, min(covering)[1])}"
        return self.elsewhere(entry) if self.elsewhere else f"#{entry.anchor}"


def _anchor(entry: Entry, number: int) -> str:
    return f"{entry.evidence}_{number + 1}"


def _beside(
    entry: Entry,
    places: Sequence[ReusedPlace],
    targets: set[int],
) -> Beside:
    found = []
    for number, place in enumerate(places):
        own, other = beside(place)
        at = words.begin(place)
        found.append(
            Place(
                anchor=_anchor(entry, number),
                place=place,
                own=clipped(own),
                other=clipped(other),
                back=words.place(at) if at in targets else "",
            )
        )
    return Beside(entry, found, len(entry.source.places) - len(found))


def clipped(pieces: Iterable[tuple[str, How]]) -> list[tuple[str, How]]:
    """The first pieces of a text, as many as are shown; one that is cut ends with an ellipsis."""
    found: list[tuple[str, How]] = []
    room = _MOST_CHARS
    for text, how in pieces:
        if len(text) > room:
            found.append((text[:room] + "…", how))
            break
        found.append((text, how))
        room -= len(text)
    return found
