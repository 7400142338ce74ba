"""A report as it is read on the page: paragraphs, headings and the tree of its sections."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.models.report import Passage, Report
from reportsearch.web.templating import SHOWN_PASSAGES

_LOWEST = 6
"""The lowest level of headings that a page can have."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a passage: a heading, a text, or a text with the heading that it begins with.

    ``start`` and ``head_start`` are places in the report's clean text; ``section`` is the position
    of the section that the heading opens, ``level`` that of the page's heading, from 2.
    """

    text: str
    start: int
    head: str = ""
    head_start: int = 0
    section: int | None = None
    level: int = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with its blocks, or a part of one.

    ``anchored``: it begins here; ``closed``: it ends here.
    """

    passage: Passage
    blocks: tuple[Block, ...]
    anchored: bool = True
    closed: bool = True


@dataclass(slots=True)
class Node:
    """A section in the tree: its position, heading, the passage in which it begins."""

    section: int
    heading: str
    number: int
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class About:
    """How much of a report is about a portfolio: passages, and the first of them."""

    portfolio: str
    passages: int
    first: int


class Reading:
    """A report and where its headings stand."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._starts = [section.start for section in report.sections]
        self._places = [passage.start for passage in report.passages]
        self._depths: list[int] = []
        for section in report.sections:
            above = 0 if section.parent is None else self._depths[section.parent]
            self._depths.append(above + 1)

    @property
    def pages(self) -> int:
        """How many pages show the report: one, if it is not very long."""
        return max(-(-len(self.report.passages) // SHOWN_PASSAGES), 1)

    def passages(self, page: int) -> list[Passage]:
        """The passages of a page."""
        first = (page - 1) * SHOWN_PASSAGES
        return list(self.report.passages[first : first + SHOWN_PASSAGES])

    def shown(self, page: int) -> list[Shown]:
        """The same, each with its blocks."""
        return [Shown(passage, tuple(self._blocks(passage))) for passage in self.passages(page)]

    def tree(self, page: int) -> list[Node]:
        """The sections that begin on a page, each with those in it."""
        shown = {passage.number for passage in self.passages(page)}
        known: dict[int, Node] = {}
        top: list[Node] = []
        for place, section in enumerate(self.report.sections):
            number = self.number(section.start)
            if number not in shown:
                continue
            known[place] = Node(place, section.heading, number)
            above = known.get(section.parent) if section.parent is not None else None
            (above.children if above else top).append(known[place])
        return top

    def number(self, place: int) -> int:
        """The number of the passage in which, or before which, a place of the text is."""
        return max(bisect_right(self._places, place), 1)

    def _blocks(self, passage: Passage) -> list[Block]:
        """A passage cut at its headings."""
        text, end = self.report.text, passage.end
        found: list[Block] = []
        at = passage.start
        first = bisect_left(self._starts, passage.start)
        for place in range(first, bisect_left(self._starts, end)):
            section = self.report.sections[place]
            found += self._text(at, section.start)
            at = min(section.heading_end, end)
            head = text[section.start : at]
            level = min(self._depths[place] + 1, _LOWEST)
            rest, rest_start = "", at
            line_end = text.find("\n", at, end)
            line_end = end if line_end < 0 else line_end
            if text[at:line_end].strip():
                # Run into its paragraph.
                after = self._starts[place + 1] if place + 1 < len(self._starts) else end
                at = max(at, min(line_end, after))
                rest = text[rest_start:at]
            found.append(Block(rest, rest_start, head, section.start, place, level))
        return [*found, *self._text(at, end)]

    def _text(self, start: int, end: int) -> list[Block]:
        """A text without the line ends around it, or nothing."""
        text = self.report.text[start:end]
        if not text.strip():
            return []
        start += len(text) - len(text.lstrip("\n"))
        return [Block(text.strip("\n"), start)]


def about(report: Report) -> list[About]:
    """The portfolios of a report's passages, in the order of first mention."""
    found: dict[str, list[int]] = {}
    for passage in report.passages:
        for portfolio in passage.portfolios:
            found.setdefault(portfolio, []).append(passage.number)
    missing: Sequence[str] = [name for name in report.portfolios if name not in found]
    return [
        *(About(name, len(numbers), numbers[0]) for name, numbers in found.items()),
        *(About(name, 0, 1) for name in missing),
    ]
