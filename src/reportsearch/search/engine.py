"""The contract of an engine, which stores reports and answers queries over their passages.

``memory/`` scans everything in plain Python and is the oracle; ``whoosh/`` keeps an index on disk.
``tests/search/test_contract.py`` holds every engine to the oracle: the same set, the same counts,
the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.search.query import Node, Query

FACETS = (
    "year", "date", "post", "kind", "level", "region", "official", "source", "title", "portfolio",
    "declared",
)  # fmt: skip
SORTS = ("relevance", "date")
GROUPS = ("report", "passage")


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """Which part of an answer is wanted, and in what order.

    ``limit`` and ``offset`` count what ``group`` names; ``passages`` is the most passages that are
    returned for one report. ``sort`` is one of SORTS, or ``place``: by report and passage.
    """

    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    group: str = "report"
    facets: tuple[str, ...] = ()
    passages: int = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stored report came from.

    ``path`` is the file, ``stamp`` changes whenever the report has to be read again.
    """

    path: str
    stamp: str


class IndexWriter(Protocol):
    """Collects changes; they become visible together when the engine's ``writer()`` block ends."""

    def add(self, report: Report, origin: Origin) -> None:
        """Add a report, in place of one with the same id."""

    def remove(self, report_id: str) -> None:
        """Drop a report; nothing happens when there is none."""

    def keep_vocabularies(self, texts: Mapping[str, str]) -> None:
        """Keep these, by id, in place of those that are there."""


class Engine(Protocol):
    """What every engine can do."""

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """One commit: all changes made inside the block, or none when it is left by an error.

        Raises IndexBusyError while another process writes.
        """

    def close(self) -> None:
        """Let go of files."""

    def refresh(self) -> None:
        """Go over to the newest commit; until then the one that was opened stays in view."""

    def is_outdated(self) -> bool:
        """Whether there is a newer commit than the one in view; quick."""

    def purge(self) -> None:
        """Erase from disk the text of removed or replaced reports, and what is derived."""

    def derived_folder(self, name: str) -> Path | None:
        """Where things derived from the reports may be kept: a folder, which may have to be made.

        None where nothing is kept. :meth:`purge` deletes the folder.
        """

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""

    def report_infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each report's id and its passages' folded texts, each ended by a line end; by id."""

    def commit_id(self) -> str:
        """A name of the commit in view: as long as it is the same, so are all reports."""

    def passage_count(self) -> int:
        """The number of passages of all reports."""

    def vocabularies(self) -> dict[str, str]:
        """The vocabularies with which the reports were read, by id; see fingerprint.py."""

    def search(self, query: Query, options: SearchOptions) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""

    def passage_counter(self) -> Callable[[Node], int]:
        """What tells how many passages meet a node, for many questions about one commit."""

    def matching_passages(self, node: Node) -> dict[str, list[int]]:
        """The numbers of the passages that meet a node, in order, by the id of their report."""

    def reports_containing(self, strings: Iterable[str]) -> set[str]:
        """The ids of the reports whose folded text contains one of the strings."""

    def spelling_suggestion(self, string: str) -> str | None:
        """The string that is one edit away from a folded string and stands in the passages.

        An edit puts in, leaves out or changes a character, or swaps two neighbours. Indexed words
        come first, then what keeps the length, then what stands in most passages, then the first
        in order of code points. A string of two characters has only words near it, one of a
        single character none.
        """
