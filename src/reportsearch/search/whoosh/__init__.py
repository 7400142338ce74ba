"""The engine that keeps an index on disk, with Whoosh, which only this folder imports.

A report is one Whoosh document (its metadata, and everything else compressed), followed by one
document for each of its passages. One more document has the officials of all reports. Whoosh keeps
this order when it merges segments. So a passage needs no key to its report, which is the last
report document before it. Headings and portfolios are stored with the first passage of a section,
and every passage stores its distance to that one.
Deleted documents do not count in any statistic, so removing a report and adding it back changes no
score.

Whoosh stores only columns. Words, pairs of characters, the words of headings and titles, and the
kinds of documents are postings of our own (``search/postings``), four more files of a segment,
whose rows are its documents. A string is found in the passages that contain all pairs of its
characters (``string_search.py``). A column stores the folded text of each passage in UTF-16,
followed by a line end; a text is read to check whether it contains a long string, and all of them
in one piece for strings without pairs (``text_column.py``).

Whoosh writes new files and publishes them by renaming one table of contents; ``storage.py`` flushes
all files to disk before that. An interrupted run leaves the index unchanged. A writer holds a lock
of the operating system, which is released if the process is killed. Readers stay on the commit that
they opened. A change of the schema changes ``INDEX_NAME`` (``schema.py``), which identifies indexes
of older versions.

``checksums.py`` says how damage is found, ``verification.py`` which reports it concerns, and
``commit.py`` writes the checksums with each commit. Files are read without mapping them
(``segment_file.py``).

Whoosh stores its tables as pickles, and those of a malicious index could run code. While an index
is read, ``unpickling.py`` allows only the classes that Whoosh itself stores. Whoosh does not
validate what it reads, so ``damage_errors.py`` treats any error there as damage.

``batch.py`` and ``merging.py`` write an index, and ``index_view.py`` reads it. ``matching.py``,
``search.py``, ``facets.py`` and ``spelling.py`` answer queries.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index as whoosh_index
from whoosh.writing import LockError

from reportsearch.errors import (
    IndexDamagedError,
    IndexStateError,
)
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.models.verification import Verification
from reportsearch.search.engine import IndexWriter, Origin, SearchOptions
from reportsearch.search.postings.live import LivePostings
from reportsearch.search.query import Node, Query
from reportsearch.search.whoosh.batch import Batch
from reportsearch.search.whoosh.codec import Codec
from reportsearch.search.whoosh.commit import CheckedIndex, read_manifest
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.matching import NodeMatcher, find_reports_containing
from reportsearch.search.whoosh.merging import merge_segments, purge_segments
from reportsearch.search.whoosh.schema import INDEX_NAME, build_schema
from reportsearch.search.whoosh.search import WhooshSearch
from reportsearch.search.whoosh.spelling import suggest_spelling
from reportsearch.search.whoosh.state_errors import build_damage_error, build_missing_error
from reportsearch.search.whoosh.storage import (
    DurableStorage,
    build_derived_path,
    create_folder,
    identify_newest_commit,
    list_generations,
    list_other_formats,
    list_own_files,
    remove_derived,
)
from reportsearch.search.whoosh.unpickling import install_unpickler, restrict_unpickling
from reportsearch.search.whoosh.verification import (
    DamagedSegment,
    find_damaged_segments,
    verify_segments,
)
from reportsearch.search.whoosh.writer_lock import build_busy_error
from reportsearch.tokenizer import Tokenizer

install_unpickler()

_T = TypeVar("_T")
_LOCK_TIMEOUT = 1.0
"""Seconds that a writer waits for the lock, enough for another to create or clean up an index."""


class WhooshEngine:
    """An index in a folder; see :class:`reportsearch.search.engine.Engine`."""

    def __init__(
        self, folder: Path, tokenizer: Tokenizer, *, create: bool = False, repair: bool = False
    ) -> None:
        """Open the index in ``folder``, or create an empty one there.

        With ``repair``, all files are checked first, and damaged segments are left out. Raises
        IndexMissingError, IndexOutdatedError or IndexDamagedError.
        """
        self._folder = folder
        self._tokenizer = tokenizer
        self._storage = DurableStorage(str(folder))
        self._is_open = False
        if not list_generations(folder, INDEX_NAME):
            if not create:
                raise build_missing_error(self._folder)
            create_folder(folder)
            self._create()
        self._index = self._run_on_newest(
            lambda: CheckedIndex(self._storage, schema=build_schema(), indexname=INDEX_NAME)
        )
        self._damaged: list[DamagedSegment] = []
        self._is_repair = repair
        if repair:
            self._leave_out_damaged()
        self._view = self._open()
        self._is_open = True

    def _leave_out_damaged(self) -> None:
        found = self._run_on_newest(
            lambda: find_damaged_segments(self._storage, self._index.read_segments())
        )
        for one in found:
            if one.is_unreadable:
                raise build_damage_error(
                    self._folder, f"{one.name}.seg: {one.problem}", can_repair=False
                )
        self._damaged = found
        self._index.left_out = frozenset(one.name for one in found)

    def _create(self) -> None:
        """Create an empty index, unless another process is just doing so."""
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        until = time.monotonic() + _LOCK_TIMEOUT
        while not list_generations(self._folder, INDEX_NAME):
            if lock.acquire():
                try:
                    if not list_generations(self._folder, INDEX_NAME):
                        whoosh_index.FileIndex.create(self._storage, build_schema(), INDEX_NAME)
                finally:
                    lock.release()
            elif time.monotonic() > until:
                raise build_busy_error(self._folder)
            else:
                time.sleep(0.02)

    def _run_detecting_damage(self, action: Callable[[], _T]) -> _T:
        """Run an action that only reads or writes the index, and treat any error as damage."""

        def guarded() -> _T:
            try:
                with detect_damage():
                    return action()
            except MemoryError as error:
                # A wrong length in a damaged file asks for any amount.
                raise DamageError("there is not enough memory to read it") from error

        return self._run_guarded(guarded)

    def _run_on_newest(self, action: Callable[[], _T]) -> _T:
        """Run an action that opens the newest commit, again if that is replaced meanwhile."""
        while True:
            newest = identify_newest_commit(self._folder, INDEX_NAME)
            try:
                return self._run_detecting_damage(action)
            except IndexDamagedError:
                # A commit in the meantime has deleted files of the one before.
                if newest == identify_newest_commit(self._folder, INDEX_NAME):
                    raise

    def _run_guarded(self, action: Callable[[], _T]) -> _T:
        try:
            with restrict_unpickling():
                return action()
        except (DamageError, FileNotFoundError) as error:
            if not self._is_open:
                self._storage.close_files(of_readers=True)
            can_repair = self._storage.records is not None
            raise build_damage_error(self._folder, error, can_repair=can_repair) from error
        except OSError as error:
            # A full or read-only disk is not damage.
            raise IndexStateError(
                "the index in {folder} cannot be used: {reason}; check the disk and the "
                "permissions",
                folder=self._folder,
                reason=error.strerror or error,
            ) from error

    def is_outdated(self) -> bool:
        """Return whether there is a newer commit than the one in view."""
        return identify_newest_commit(self._folder, INDEX_NAME) != self._generation

    def _open(self) -> IndexView:
        # Identify the commit before opening the view, so that a commit in between makes the view
        # look outdated and not current.
        self._generation = identify_newest_commit(self._folder, INDEX_NAME)
        return self._run_on_newest(lambda: IndexView(self._index.reader()))

    def refresh(self) -> None:
        """Switch to the latest commit."""
        old = self._view
        self._view = self._open()
        old.close()

    def close(self) -> None:
        """Release the files."""
        self._view.close()

    @contextmanager
    def writer(self, *, purge: bool = False) -> Iterator[IndexWriter]:
        """Open a commit with all changes made inside the block; see the protocol."""
        with self._lock_writer() as writer:
            # Load all that a batch reads, so that damage is reported as such.
            self._run_guarded(lambda: (self._view.report_documents, self._view.vocabularies))
            batch = Batch(writer, self._view, self._tokenizer, self._damaged)
            # A commit also writes a damaged manifest of a sound segment again.
            batch.changed |= self._is_repair and not self._are_manifests_sound()
            batch.changed |= purge
            yield batch
            if batch.changed:
                self._run_detecting_damage(batch.restore_others)
                self._run_detecting_damage(batch.store_officials)
                if purge:
                    # First, because an interrupted purge must be repeated anyway.
                    remove_derived(self._folder)
                merge = purge_segments if purge else merge_segments
                self._run_detecting_damage(lambda: writer.commit(mergetype=merge))
            else:
                writer.cancel()
                self._storage.close_files(of_readers=False)
                self._run_detecting_damage(self._clear_leftovers)
        self._damaged, self._is_repair = [], False
        self._index.left_out = frozenset()
        self.refresh()
        others = list_other_formats(self._folder, INDEX_NAME)
        for path in others:
            path.unlink(missing_ok=True)
        if others:
            remove_derived(self._folder)

    def _clear_leftovers(self) -> None:
        """Delete the files of an interrupted run, unless another process is writing."""
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        if not lock.acquire():
            return
        try:
            kept = whoosh_index.TOC.read(self._storage, INDEX_NAME, schema=build_schema())
            whoosh_index.clean_files(self._storage, INDEX_NAME, kept.generation, kept.segments)
            self._storage.remove_leftovers(INDEX_NAME)
        finally:
            lock.release()

    @contextmanager
    def _lock_writer(self) -> Iterator[Any]:
        self._run_detecting_damage(self._clear_leftovers)
        try:
            writer = self._run_guarded(
                lambda: self._index.writer(codec=Codec(), timeout=_LOCK_TIMEOUT, delay=0.02)
            )
        except LockError as error:
            raise build_busy_error(self._folder) from error
        done = False
        try:
            if self._damaged and self.is_outdated():
                raise IndexStateError(
                    "another process has changed the index in {folder} meanwhile; try again",
                    folder=self._folder,
                )
            self.refresh()
            yield writer
            done = True
        finally:
            if not writer.is_closed:
                with suppress(OSError):
                    writer.cancel()
            if not done:
                self._storage.close_files(of_readers=False)
                with suppress(OSError, IndexDamagedError):
                    self._run_guarded(self._clear_leftovers)

    def _are_manifests_sound(self) -> bool:
        records = self._storage.records or {}
        return all(read_manifest(self._storage, name, one) for name, one in records.items())

    def verify(self, progress: StagedProgress | None = None) -> Verification:
        """Check all files of the newest commit against their checksums; see the protocol."""
        while True:
            newest = identify_newest_commit(self._folder, INDEX_NAME)
            found = self._run_on_newest(
                lambda: verify_segments(self._storage, self._index.read_segments(), progress)
            )
            # A commit in the meantime has deleted files of the one before.
            if not found.damaged or newest == identify_newest_commit(self._folder, INDEX_NAME):
                return found

    def damaged_reports(self) -> dict[str, Origin]:
        """Return the damaged reports of an index that was opened for repair; see the protocol."""
        return {
            entry.id: Origin(entry.path, "")
            for segment in self._damaged
            for entry in segment.entries
            if entry.id in segment.damaged
        }

    def derived_folder(self, name: str) -> Path | None:
        """Return the folder for data derived from the reports; see the protocol."""
        return build_derived_path(self._folder, name)

    def origins(self) -> dict[str, Origin]:
        """Return the origin of each stored report by its id."""
        return self._run_guarded(lambda: self._view.origins)

    def report_infos(self) -> Sequence[ReportInfo]:
        """Return the metadata of each report, sorted by id."""
        return self._run_guarded(lambda: list(self._view.infos.values()))

    def report(self, report_id: str) -> Report:
        """Return a stored report. Raises KeyError."""
        place = self._run_guarded(lambda: self._view.report_documents).get(report_id)
        if place is None:
            raise KeyError(report_id)
        return self._run_guarded(lambda: self._view.read_report(place))

    def reports(self) -> Iterator[Report]:
        """Iterate over all stored reports, sorted by id."""
        for report_id in self._run_guarded(lambda: self._view.report_documents):
            yield self.report(report_id)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Iterate over report ids with the folded texts of their passages; see the protocol."""
        for place in self._run_guarded(lambda: self._view.ranked):
            yield place.id, self._run_guarded(partial(self._view.read_texts, place))

    def commit_id(self) -> str:
        """Return a name of the commit in view."""
        return self._run_guarded(lambda: self._view.commit_id)

    def passage_count(self) -> int:
        """Return the number of passages of all reports."""
        return self._run_guarded(lambda: self._view.passage_count)

    def postings(self) -> LivePostings:
        """Return the postings of all passages; see the protocol."""
        return self._run_guarded(self._view.load_postings)

    def vocabularies(self) -> dict[str, str]:
        """Return the vocabularies with which the reports were read, by id."""
        found = self._run_guarded(lambda: self._view.vocabularies)
        return {name: text for name, (_, text) in found.items()}

    def passage_counter(self) -> Callable[[Node], int]:
        """Return a function that counts matching passages and caches what it has looked up."""
        matcher = NodeMatcher(self._view)
        return lambda node: self._run_guarded(lambda: len(matcher.match_node(node)))

    def matching_passages(self, node: Node) -> dict[str, list[int]]:
        """Return the numbers of the passages that match a node, by report id."""
        return self._run_guarded(
            lambda: self._view.group_numbers(NodeMatcher(self._view).match_node(node))
        )

    def reports_containing(self, strings: Iterable[str]) -> set[str]:
        """Return the ids of the reports whose folded text contains one of the strings."""
        return self._run_guarded(lambda: find_reports_containing(self._view, strings))

    def spelling_suggestion(self, string: str) -> str | None:
        """Return the best string in the passages that is one edit away; see the protocol."""
        return self._run_guarded(lambda: suggest_spelling(self._view, string))

    def search(self, query: Query, options: SearchOptions) -> SearchResult:
        """Return the reports or passages that match ``query``, best first."""
        return self._run_guarded(lambda: WhooshSearch(self._view, query, options).run())

    @staticmethod
    def erase(folder: Path) -> None:
        """Delete the index in ``folder``, and data derived from it, but no other files."""
        for path in list_own_files(folder, INDEX_NAME) + list_other_formats(folder, INDEX_NAME):
            path.unlink(missing_ok=True)
        remove_derived(folder)
