"""An engine that is obviously correct, because it looks at every passage for every query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.models.verification import Verification
from reportsearch.normalise import fold
from reportsearch.search.engine import IndexWriter, Origin, SearchOptions
from reportsearch.search.memory.matching import PassageEntry, PassageScan
from reportsearch.search.memory.search import MemorySearch
from reportsearch.search.officials import OfficialFacts, add_person, identify_officials
from reportsearch.search.postings.builder import PostingBuilder
from reportsearch.search.postings.live import LivePostings
from reportsearch.search.query import Node, Query
from reportsearch.search.spelling import MAX_SUGGESTED_LENGTH, is_one_edit_away, preference_key
from reportsearch.tokenizer import Tokenizer


class MemoryEngine:
    """An engine that keeps everything in a dict and scans it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stored: dict[str, tuple[Report, Origin]] = {}
        self._vocabularies: dict[str, str] = {}
        self._commits = 0

    @contextmanager
    def writer(self, *, purge: bool = False) -> Iterator[IndexWriter]:  # noqa: ARG002
        """Open a commit; see :class:`reportsearch.search.engine.Engine`."""
        pending = _PendingChanges(dict(self._stored), self._vocabularies)
        yield pending
        self._stored, self._vocabularies = _add_persons(pending.stored), pending.vocabularies
        self._commits += 1

    def close(self) -> None:
        """Do nothing, since there are no files."""

    def is_outdated(self) -> bool:
        """Return False, since the latest commit is always in view."""
        return False

    def refresh(self) -> None:
        """Do nothing, since there is only one view."""

    def derived_folder(self, name: str) -> Path | None:  # noqa: ARG002
        """Return None, since there is no folder."""
        return None

    def verify(self, progress: StagedProgress | None = None) -> Verification:  # noqa: ARG002
        """Find nothing, since there are no files."""
        return Verification(0, 0)

    def damaged_reports(self) -> dict[str, Origin]:
        """Return no reports, since there are no files."""
        return {}

    def origins(self) -> dict[str, Origin]:
        """Return the origin of each stored report by its id."""
        return {report_id: origin for report_id, (_, origin) in self._stored.items()}

    def postings(self) -> LivePostings:
        """Return the postings of all passages; see the protocol."""
        builder = PostingBuilder()
        rows, count = {}, 0
        for report in self.reports():
            rows[report.id] = range(count, count + len(report.passages))
            count += len(report.passages)
            for passage in report.passages:
                folded = fold(passage.text)
                builder.add(folded, *self._tokenizer.cut_with_parts(folded))
        return LivePostings([builder.finish().to_segment()], [None], rows)

    def vocabularies(self) -> dict[str, str]:
        """Return the vocabularies with which the reports were read, by id."""
        return dict(self._vocabularies)

    def report_infos(self) -> Sequence[ReportInfo]:
        """Return the metadata of each report, sorted by id."""
        return [report.info for report in self.reports()]

    def report(self, report_id: str) -> Report:
        """Return a stored report. Raises KeyError."""
        return self._stored[report_id][0]

    def reports(self) -> Iterator[Report]:
        """Iterate over all stored reports, sorted by id."""
        for report_id in sorted(self._stored):
            yield self._stored[report_id][0]

    def texts(self) -> Iterator[tuple[str, str]]:
        """Iterate over report ids with the folded texts of their passages; see the protocol."""
        for report in self.reports():
            yield report.id, "".join(f"{fold(passage.text)}\n" for passage in report.passages)

    def commit_id(self) -> str:
        """Return a name of the commit in view."""
        return str(self._commits)

    def passage_count(self) -> int:
        """Return the number of passages of all reports."""
        return sum(len(report.passages) for report in self.reports())

    def _build_scan(self) -> PassageScan:
        def words(text: str) -> list[str]:
            return self._tokenizer.cut_for_search(fold(text))

        return PassageScan(
            [
                PassageEntry(
                    report.info,
                    passage,
                    fold(passage.text),
                    Counter(words(passage.text)),
                    frozenset(word for heading in passage.section for word in words(heading)),
                    frozenset(words(report.title)),
                )
                for report in self.reports()
                for passage in report.passages
            ],
            list(self.reports()),
            self._tokenizer.cut_for_search,
        )

    def passage_counter(self) -> Callable[[Node], int]:
        """Return a function that counts the passages that match a node."""
        scan = self._build_scan()
        return lambda node: sum(scan.matches(node, entry) for entry in scan.entries)

    def matching_passages(self, node: Node) -> dict[str, list[int]]:
        """Return the numbers of the passages that match a node, by report id."""
        scan = self._build_scan()
        found: dict[str, list[int]] = {}
        for entry in scan.entries:
            if scan.matches(node, entry):
                found.setdefault(entry.passage.report, []).append(entry.passage.number)
        return found

    def reports_containing(self, strings: Iterable[str]) -> set[str]:
        """Return the ids of the reports whose folded text contains one of the strings."""
        wanted = list(strings)
        return {
            report.id
            for report in self.reports()
            for passage in report.passages
            if any(string in fold(passage.text) for string in wanted)
        }

    def spelling_suggestion(self, string: str) -> str | None:
        """Return the best string in the passages that is one edit away; see the protocol."""
        if not 2 <= len(string) <= MAX_SUGGESTED_LENGTH:
            return None
        scan = self._build_scan()
        windows = {
            entry.folded[start : start + length]
            for entry in scan.entries
            for length in (len(string) - 1, len(string), len(string) + 1)
            for start in range(len(entry.folded) - length + 1)
        }
        found = []
        for window in windows:
            if not is_one_edit_away(string, window):
                continue
            is_word = any(window in entry.counts for entry in scan.entries)
            if is_word or len(string) > 2:
                passages = sum(window in entry.folded for entry in scan.entries)
                found.append(preference_key(string, window, passages, is_word=is_word))
        return min(found)[-1] if found else None

    def search(self, query: Query, options: SearchOptions) -> SearchResult:
        """Return the reports or passages that match ``query``, best first."""
        return MemorySearch(self._build_scan(), query, options).run()


def _add_persons(
    stored: Mapping[str, tuple[Report, Origin]],
) -> dict[str, tuple[Report, Origin]]:
    """Add to each report who its official is."""
    persons = identify_officials(OfficialFacts.of(report.info) for report, _ in stored.values())
    return {
        name: (replace(report, info=add_person(report.info, persons.get(name))), origin)
        for name, (report, origin) in stored.items()
    }


@dataclass(slots=True)
class _PendingChanges:
    stored: dict[str, tuple[Report, Origin]]
    vocabularies: dict[str, str]
    repaired: int = 0

    def add(self, report: Report, origin: Origin) -> None:
        """Add a report, or replace the one with the same id."""
        self.stored[report.id] = (report, origin)

    def remove(self, report_id: str) -> None:
        """Remove a report."""
        self.stored.pop(report_id, None)

    def restore(self, report_id: str) -> bool:  # noqa: ARG002
        """Return False, since no report is damaged."""
        return False

    def keep_vocabularies(self, texts: Mapping[str, str]) -> None:
        """Store vocabularies, replacing all stored ones."""
        self.vocabularies = dict(texts)
