"""A report's text on its page: passages, headings and the section tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.models.report import Passage, Report
from reportsearch.web.templating import SHOWN_PASSAGES

_MAX_HEADING_LEVEL = 6
"""The lowest heading level of a page."""


@dataclass(frozen=True, slots=True)
class PassageBlock:
    """A stretch of a passage: a heading, a text, or a text with the heading it begins with.

    ``start`` and ``head_start`` are offsets in the report's clean text. ``section`` is the position
    of the section that the heading opens, ``level`` the level of the heading on the page, from 2.
    """

    text: str
    start: int
    head: str = ""
    head_start: int = 0
    section: int | None = None
    level: int = 2


@dataclass(frozen=True, slots=True)
class DisplayedPassage:
    """A passage with its blocks, or a part of one.

    It begins here if ``anchored``, and ends here if ``closed``.
    """

    passage: Passage
    blocks: tuple[PassageBlock, ...]
    anchored: bool = True
    closed: bool = True


@dataclass(slots=True)
class SectionNode:
    """A section in the tree: its position, heading, and the passage in which it begins."""

    section: int
    heading: str
    number: int
    children: list[SectionNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PortfolioMention:
    """The number of passages of a report about a portfolio, and the first of them."""

    portfolio: str
    passages: int
    first: int


class ReportView:
    """A report and the places of its headings."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._section_starts = [section.start for section in report.sections]
        self._passage_starts = [passage.start for passage in report.passages]
        self._depths: list[int] = []
        for section in report.sections:
            above = 0 if section.parent is None else self._depths[section.parent]
            self._depths.append(above + 1)

    @property
    def pages(self) -> int:
        """Return how many pages the report takes; more than one only if it is very long."""
        return max(-(-len(self.report.passages) // SHOWN_PASSAGES), 1)

    def get_passages(self, page: int) -> list[Passage]:
        """Return the passages of a page."""
        first = (page - 1) * SHOWN_PASSAGES
        return list(self.report.passages[first : first + SHOWN_PASSAGES])

    def build_passages(self, page: int) -> list[DisplayedPassage]:
        """Build the passages of a page, each with its blocks."""
        return [
            DisplayedPassage(passage, tuple(self._split_blocks(passage)))
            for passage in self.get_passages(page)
        ]

    def build_tree(self, page: int) -> list[SectionNode]:
        """Build the sections that begin on a page, nested."""
        shown = {passage.number for passage in self.get_passages(page)}
        nodes: dict[int, SectionNode] = {}
        top: list[SectionNode] = []
        for place, section in enumerate(self.report.sections):
            number = self.find_passage_number(section.start)
            if number not in shown:
                continue
            nodes[place] = SectionNode(place, section.heading, number)
            above = nodes.get(section.parent) if section.parent is not None else None
            (above.children if above else top).append(nodes[place])
        return top

    def find_passage_number(self, place: int) -> int:
        """Return the number of the passage that contains, or follows, an offset of the text."""
        return max(bisect_right(self._passage_starts, place), 1)

    def _split_blocks(self, passage: Passage) -> list[PassageBlock]:
        """Split a passage at its headings."""
        text, end = self.report.text, passage.end
        found: list[PassageBlock] = []
        at = passage.start
        first = bisect_left(self._section_starts, passage.start)
        for place in range(first, bisect_left(self._section_starts, end)):
            section = self.report.sections[place]
            found += self._build_text_blocks(at, section.start)
            at = min(section.heading_end, end)
            head = text[section.start : at]
            level = min(self._depths[place] + 1, _MAX_HEADING_LEVEL)
            rest, rest_start = "", at
            line_end = text.find("\n", at, end)
            line_end = end if line_end < 0 else line_end
            if text[at:line_end].strip():
                # The heading runs into its paragraph.
                after = (
                    self._section_starts[place + 1]
                    if place + 1 < len(self._section_starts)
                    else end
                )
                at = max(at, min(line_end, after))
                rest = text[rest_start:at]
            found.append(PassageBlock(rest, rest_start, head, section.start, place, level))
        return [*found, *self._build_text_blocks(at, end)]

    def _build_text_blocks(self, start: int, end: int) -> list[PassageBlock]:
        """Return a block of the text without surrounding line ends; none if it is blank."""
        text = self.report.text[start:end]
        if not text.strip():
            return []
        start += len(text) - len(text.lstrip("\n"))
        return [PassageBlock(text.strip("\n"), start)]


def find_portfolio_mentions(report: Report) -> list[PortfolioMention]:
    """Find the portfolios of a report's passages, in order of first mention."""
    found: dict[str, list[int]] = {}
    for passage in report.passages:
        for portfolio in passage.portfolios:
            found.setdefault(portfolio, []).append(passage.number)
    missing: Sequence[str] = [name for name in report.portfolios if name not in found]
    return [
        *(PortfolioMention(name, len(numbers), numbers[0]) for name, numbers in found.items()),
        *(PortfolioMention(name, 0, 1) for name in missing),
    ]
