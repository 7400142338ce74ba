"""The engine that keeps an index on disk, with Whoosh; only this folder imports it.

A report is one Whoosh document (its metadata, and everything else compressed), followed by one
document for each of its passages. Whoosh keeps this order when it merges segments, so a passage
needs no key to its report: that is the last report document before it. Headings and portfolios
are stored with the first passage of a section; every passage stores its distance to that one.
Deleted documents count in no statistic, so removing a report and adding it back changes no score.

A passage's folded text lies in a column in UTF-16, ended by a line end. The values of a column
lie in one piece, so a string is looked for in all passages at once with NumPy: first the places of
its rarest character, then the other characters around them (``text_column.py``). A set of passages
is an array of truth values, so that AND, OR and NOT are one operation each. Words are stored as
postings, which only rank.

Whoosh writes new files and makes them visible by renaming one table of contents; ``storage.py``
has the disk keep all files before that. An interrupted run leaves the index as it was. A writer
holds a lock of the operating system, which a killed process loses; readers stay on the commit that
they opened. A change of the schema changes ``INDEX_NAME`` (``schema.py``), by which an index of an
older version is recognised.

Whoosh stores its tables as pickles, and those of a foreign index could run code; while an index is
read, ``unpickling.py`` allows only the classes that Whoosh itself stores. Whoosh checks nothing
that it reads, so ``damage_errors.py`` treats whatever goes wrong there as damage.

Written by ``batch.py``, ``merging.py``, ``postings.py``, ``codec.py``; read by ``index_view.py``;
queries are answered by ``matching.py``, ``search.py``, ``facets.py`` and ``spelling.py``.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from whoosh import index as whoosh_index
from whoosh.reading import TermNotFound
from whoosh.writing import LockError

from reportsearch.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexStateError,
)
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.search import SearchResult
from reportsearch.search.engine import IndexWriter, Origin, SearchOptions
from reportsearch.search.query import Node, Query
from reportsearch.search.whoosh.batch import Batch
from reportsearch.search.whoosh.codec import Codec
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.matching import NodeMatcher, find_reports_containing
from reportsearch.search.whoosh.merging import merge_segments, purge_segments
from reportsearch.search.whoosh.postings import PostingBuffer
from reportsearch.search.whoosh.schema import INDEX_NAME, build_schema
from reportsearch.search.whoosh.search import WhooshSearch
from reportsearch.search.whoosh.spelling import suggest_spelling
from reportsearch.search.whoosh.storage import (
    DurableStorage,
    build_derived_path,
    clear_lock_owner,
    create_folder,
    identify_newest_commit,
    list_generations,
    list_other_formats,
    list_own_files,
    read_lock_owner,
    remove_derived,
    write_lock_owner,
)
from reportsearch.search.whoosh.unpickling import install_unpickler, restrict_unpickling
from reportsearch.tokenizer import Tokenizer

install_unpickler()

_T = TypeVar("_T")
_LOCK_TIMEOUT = 1.0
"""Seconds that a writer waits for the lock: who makes an index or cleans it up is soon done."""


class WhooshEngine:
    """An index in a folder; see :class:`reportsearch.search.engine.Engine`."""

    def __init__(self, folder: Path, tokenizer: Tokenizer, *, create: bool = False) -> None:
        """Open the index in ``folder``, or make an empty one there.

        Raises IndexMissingError, IndexOutdatedError or IndexDamagedError.
        """
        self._folder = folder
        self._tokenizer = tokenizer
        self._storage = DurableStorage(str(folder))
        self._writing = False
        if not list_generations(folder, INDEX_NAME):
            if not create:
                raise self._build_missing_error()
            create_folder(folder)
            self._create()
        self._index = self._run_detecting_damage(
            lambda: whoosh_index.FileIndex(
                self._storage, schema=build_schema(), indexname=INDEX_NAME
            )
        )
        self._view = self._open()

    def _create(self) -> None:
        """Make an empty index, unless another process is just doing so."""
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        while not list_generations(self._folder, INDEX_NAME):
            if lock.acquire():
                try:
                    if not list_generations(self._folder, INDEX_NAME):
                        whoosh_index.FileIndex.create(self._storage, build_schema(), INDEX_NAME)
                finally:
                    lock.release()
            else:
                time.sleep(0.02)

    @property
    def _command(self) -> str:
        """How the program is called for this index."""
        folder = str(self._folder)
        return (
            "reportsearch" if folder == "index" else f"reportsearch --index {shlex.quote(folder)}"
        )

    def _build_missing_error(self) -> Exception:
        if list_other_formats(self._folder, INDEX_NAME):
            return IndexOutdatedError(
                "the index in {folder} was written by another version of reportsearch; "
                "build it anew with: {command} index FOLDER, the folder of your reports",
                folder=self._folder,
                command=self._command,
            )
        if self._folder.is_file():
            return IndexMissingError(
                "{folder} is a file; name the folder of an index, or a new one", folder=self._folder
            )
        return IndexMissingError(
            "there is no index in the folder {folder}; make one with: {command} index FOLDER",
            folder=self._folder,
            command=self._command,
        )

    def _run_detecting_damage(self, action: Callable[[], _T]) -> _T:
        """Run what only reads and writes the index: whatever goes wrong is damage."""

        def guarded() -> _T:
            try:
                with detect_damage():
                    return action()
            except TermNotFound as error:
                raise DamageError(str(error)) from error

        return self._run_guarded(guarded)

    def _run_guarded(self, action: Callable[[], _T]) -> _T:
        try:
            with restrict_unpickling():
                return action()
        except (DamageError, FileNotFoundError) as error:
            if not self._writing:
                self._storage.close_files()
            raise IndexDamagedError(
                "the index in {folder} cannot be read, it seems damaged ({error}); build "
                "it anew with: {command} index --rebuild FOLDER, the folder of your reports",
                folder=self._folder,
                error=error,
                command=self._command,
            ) from error
        except OSError as error:
            # A full or read-only disk is no damage.
            raise IndexStateError(
                "the index in {folder} cannot be used: {reason}; check the disk and the "
                "permissions",
                folder=self._folder,
                reason=error.strerror or error,
            ) from error

    def is_outdated(self) -> bool:
        """Whether there is a newer commit than the one in view."""
        return identify_newest_commit(self._folder, INDEX_NAME) != self._generation

    def _open(self) -> IndexView:
        # Before it is opened: if one comes between, the view is only taken for too old.
        self._generation = identify_newest_commit(self._folder, INDEX_NAME)
        return self._run_detecting_damage(lambda: IndexView(self._index.reader()))

    def refresh(self) -> None:
        """Go over to the newest commit."""
        old = self._view
        self._view = self._open()
        old.close()

    def close(self) -> None:
        """Let go of the files."""
        self._view.close()

    @contextmanager
    def writer(self) -> Iterator[IndexWriter]:
        """One commit: all changes made inside the block, or none when it is left by an error."""
        with self._lock_writer() as writer:
            # All that a batch reads, so that damage is told as such.
            self._run_guarded(lambda: (self._view.report_documents, self._view.vocabularies))
            batch = Batch(writer, self._view, self._tokenizer)
            yield batch
            if batch.changed:
                self._run_detecting_damage(lambda: writer.commit(mergetype=merge_segments))
            else:
                writer.cancel()
        self.refresh()
        for path in list_other_formats(self._folder, INDEX_NAME):
            path.unlink(missing_ok=True)

    def _clear_leftovers(self) -> None:
        """Delete what a run left that was broken off, unless another process is writing."""
        lock = self._storage.lock(f"{INDEX_NAME}_WRITELOCK")
        if not lock.acquire():
            return
        try:
            kept = whoosh_index.TOC.read(self._storage, INDEX_NAME, schema=build_schema())
            whoosh_index.clean_files(self._storage, INDEX_NAME, kept.generation, kept.segments)
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
            raise IndexBusyError(
                "the index in {folder} is being written by {read_lock_owner}; wait until "
                "it is done, or end that process",
                folder=self._folder,
                read_lock_owner=read_lock_owner(self._folder),
            ) from error
        # codec.py writes what this gathers; merging segments adds to it, too.
        writer.pool = PostingBuffer()
        self._writing = True
        done = False
        try:
            write_lock_owner(self._folder)
            self.refresh()
            yield writer
            done = True
        finally:
            with suppress(OSError):
                clear_lock_owner(self._folder)
            if not writer.is_closed:
                with suppress(OSError):
                    writer.cancel()
            self._writing = False
            if not done:
                self._storage.close_files()
                with suppress(OSError, IndexDamagedError):
                    self._run_guarded(self._clear_leftovers)

    def purge(self) -> None:
        """Erase from disk the text of removed or replaced reports, and what is derived."""
        with self._lock_writer() as writer:
            # First: if the purge is broken off, it has to be done again in any case.
            remove_derived(self._folder)
            self._run_detecting_damage(lambda: writer.commit(mergetype=purge_segments))
        self.refresh()

    def derived_folder(self, name: str) -> Path | None:
        """Where things derived from the reports may be kept; see the protocol."""
        return build_derived_path(self._folder, name)

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""
        return self._run_guarded(lambda: self._view.origins)

    def report_infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return self._run_guarded(lambda: list(self._view.infos.values()))

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""
        place = self._run_guarded(lambda: self._view.report_documents).get(report_id)
        if place is None:
            raise KeyError(report_id)
        return self._run_guarded(lambda: self._view.read_report(place))

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""
        for report_id in self._run_guarded(lambda: self._view.report_documents):
            yield self.report(report_id)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each report's id and its passages' folded texts, each ended by a line end; by id."""
        for place in self._run_guarded(lambda: self._view.ranked):
            yield place.id, self._run_guarded(partial(self._view.read_texts, place))

    def commit_id(self) -> str:
        """A name of the commit in view."""
        return self._run_guarded(lambda: self._view.commit_id)

    def passage_count(self) -> int:
        """The number of passages of all reports."""
        return self._run_guarded(lambda: self._view.passage_count)

    def vocabularies(self) -> dict[str, str]:
        """The vocabularies with which the reports were read, by id."""
        found = self._run_guarded(lambda: self._view.vocabularies)
        return {name: text for name, (_, text) in found.items()}

    def passage_counter(self) -> Callable[[Node], int]:
        """What tells how many passages meet a node, and remembers what it has looked up."""
        matcher = NodeMatcher(self._view)
        return lambda node: self._run_guarded(lambda: int(matcher.match_node(node).sum()))

    def matching_passages(self, node: Node) -> dict[str, list[int]]:
        """The numbers of the passages that meet a node, by the id of their report."""
        return self._run_guarded(
            lambda: self._view.group_numbers(NodeMatcher(self._view).match_node(node))
        )

    def reports_containing(self, strings: Iterable[str]) -> set[str]:
        """The ids of the reports whose folded text contains one of the strings."""
        return self._run_guarded(lambda: find_reports_containing(self._view, strings))

    def spelling_suggestion(self, string: str) -> str | None:
        """The string one edit away that stands in the passages; see the protocol."""
        return self._run_guarded(lambda: suggest_spelling(self._view, string))

    def search(self, query: Query, options: SearchOptions) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""
        return self._run_guarded(lambda: WhooshSearch(self._view, query, options).run())

    @staticmethod
    def erase(folder: Path) -> None:
        """Remove the index from ``folder``, and what is derived from it; other files stay."""
        for path in list_own_files(folder, INDEX_NAME) + list_other_formats(folder, INDEX_NAME):
            path.unlink(missing_ok=True)
        remove_derived(folder)
