"""The contract of an engine, which stores reports and answers queries over their passages.

``memory/`` scans everything in plain Python and is the oracle; ``whoosh/`` keeps an index on disk.
``tests/search/test_contract.py`` checks that every engine returns the same hits, counts and order
as the oracle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reportsearch.errors import Message
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.models.verification import Verification
from reportsearch.search.postings.live import LivePostings
from reportsearch.search.query import Node, Query

FACETS = (
    "year", "reported_year", "date", "post", "kind", "level", "region", "official", "source",
    "title", "portfolio", "declared",
)  # fmt: skip
SORTS = ("relevance", "date")
GROUPS = ("report", "passage")
CHANGED = Message("the content is not as it was written")
"""The problem of a file whose checksum is wrong."""


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """The requested part of an answer, and its order.

    ``limit`` and ``offset`` count items of ``group``. ``passages`` is the maximum number of
    passages returned for one report. ``sort`` is one of SORTS, or ``place`` for the order of
    reports and their passages.
    """

    limit: int = 10
    offset: int = 0
    sort: str = "relevance"
    group: str = "report"
    facets: tuple[str, ...] = ()
    passages: int = 3


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of a stored report.

    ``path`` is its file. ``stamp`` changes whenever the report must be read again.
    """

    path: str
    stamp: str


class IndexWriter(Protocol):
    """Changes that become visible together when the engine's ``writer()`` block ends."""

    @property
    def repaired(self) -> int:
        """Return the number of reports written again from what is stored of them, once it ended."""

    def add(self, report: Report, origin: Origin) -> None:
        """Add a report, or replace the one with the same id."""

    def remove(self, report_id: str) -> None:
        """Remove a report, if there is one with this id."""

    def restore(self, report_id: str) -> bool:
        """Write a damaged report again from what is stored of it; return False if that is lost."""

    def keep_vocabularies(self, texts: Mapping[str, str]) -> None:
        """Store vocabularies by id, replacing all stored ones."""


class Engine(Protocol):
    """The methods that every engine has."""

    def writer(self, *, purge: bool = False) -> AbstractContextManager[IndexWriter]:
        """Open a commit with all changes made inside the block, or none if the block raises.

        ``purge`` also erases the text of removed and replaced reports, in this commit and earlier
        ones, and all derived data, from disk. Raises IndexBusyError while another process writes.
        """

    def close(self) -> None:
        """Release files."""

    def refresh(self) -> None:
        """Switch to the latest commit; before this, the one that was opened stays in view."""

    def is_outdated(self) -> bool:
        """Return whether there is a newer commit than the one in view, without opening it."""

    def derived_folder(self, name: str) -> Path | None:
        """Return the folder for data derived from the reports, which may not exist yet.

        Returns None if the engine stores nothing on disk. A purge deletes the folder.
        """

    def verify(self, progress: StagedProgress | None = None) -> Verification:
        """Check all files against their checksums; ``progress`` receives bytes, total and file."""

    def damaged_reports(self) -> dict[str, Origin]:
        """Return the damaged reports of an index that was opened for repair, without stamps.

        They are not in view, and the next commit drops them unless they are written again.
        """

    def origins(self) -> dict[str, Origin]:
        """Return the origin of each stored report by its id."""

    def report_infos(self) -> Sequence[ReportInfo]:
        """Return the metadata of each report, sorted by id."""

    def report(self, report_id: str) -> Report:
        """Return a stored report. Raises KeyError."""

    def reports(self) -> Iterator[Report]:
        """Iterate over all stored reports, sorted by id."""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Iterate over report ids in order, with the folded texts of their passages.

        Each passage is followed by a line end.
        """

    def commit_id(self) -> str:
        """Return a name of the commit in view, which changes if any report does."""

    def passage_count(self) -> int:
        """Return the number of passages of all reports."""

    def postings(self) -> LivePostings:
        """Return the postings of all passages, for comparing many with a text."""

    def vocabularies(self) -> dict[str, str]:
        """Return the vocabularies with which the reports were read, by id; see fingerprint.py."""

    def search(self, query: Query, options: SearchOptions) -> SearchResult:
        """Return the reports or passages that match ``query``, best first."""

    def passage_counter(self) -> Callable[[Node], int]:
        """Return a function that counts matching passages, for many queries on one commit."""

    def matching_passages(self, node: Node) -> dict[str, list[int]]:
        """Return the numbers of the passages that match a node, in order, by report id."""

    def reports_containing(self, strings: Iterable[str]) -> set[str]:
        """Return the ids of the reports whose folded text contains one of the strings."""

    def spelling_suggestion(self, string: str) -> str | None:
        """Return the best string in the passages that is one edit from a folded string.

        An edit inserts, deletes or changes a character, or swaps two neighbours. Indexed words come
        first, then strings of the same length, then those in more passages, then the first in order
        of code points. For a string of two characters only words are suggested, and for a single
        character nothing.
        """
