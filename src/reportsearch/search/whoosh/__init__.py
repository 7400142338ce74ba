"""The engine that keeps an index on disk, with Whoosh; only this folder imports it.

For each report the index has a document with the report itself, followed by one for each of its
passages; Whoosh keeps that order when it merges. A passage has its words as postings, which rank,
and its folded text in a column, which decides what matches: a column lies in one piece, so that
every substring is found by a plain search of bytes, at no cost when indexing.

``schema.py`` is what is kept; ``batch.py``, ``merging.py``, ``postings.py`` and ``codec.py`` write
it, ``view.py`` and ``texts.py`` read it; ``matching.py``, ``search.py``, ``facets.py`` and
``near.py`` answer queries; ``storage.py``, ``unpickling.py`` and ``damage.py`` make the files safe.
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
from reportsearch.search.engine import Origin, Page, Writer
from reportsearch.search.query import Node, Query
from reportsearch.search.whoosh.batch import Batch
from reportsearch.search.whoosh.codec import Codec
from reportsearch.search.whoosh.damage import DamageError, reading
from reportsearch.search.whoosh.matching import Matcher, reports_holding
from reportsearch.search.whoosh.merging import merge, purge
from reportsearch.search.whoosh.postings import Postings
from reportsearch.search.whoosh.schema import NAME, schema
from reportsearch.search.whoosh.search import Search
from reportsearch.search.whoosh.spelling import near
from reportsearch.search.whoosh.storage import (
    DurableStorage,
    clear_holder,
    create_folder,
    derived_folder,
    generations,
    newest,
    other_formats,
    own_files,
    read_holder,
    remove_derived,
    write_holder,
)
from reportsearch.search.whoosh.unpickling import install, restricted
from reportsearch.search.whoosh.view import View
from reportsearch.tokenizer import Tokenizer

install()

_T = TypeVar("_T")
_PATIENCE = 1.0
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
        if not generations(folder, NAME):
            if not create:
                raise self._missing()
            create_folder(folder)
            self._create()
        self._index = self._opening(
            lambda: whoosh_index.FileIndex(self._storage, schema=schema(), indexname=NAME)
        )
        self._view = self._open()

    def _create(self) -> None:
        """Make an empty index, unless another process is just doing so."""
        lock = self._storage.lock(f"{NAME}_WRITELOCK")
        while not generations(self._folder, NAME):
            if lock.acquire():
                try:
                    if not generations(self._folder, NAME):
                        whoosh_index.FileIndex.create(self._storage, schema(), NAME)
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

    def _missing(self) -> Exception:
        if other_formats(self._folder, NAME):
            return IndexOutdatedError(
                f"the index in {self._folder} was written by another version of reportsearch; "
                f"build it anew with: {self._command} index FOLDER, the folder of your reports"
            )
        if self._folder.is_file():
            return IndexMissingError(
                f"{self._folder} is a file; name the folder of an index, or a new one"
            )
        return IndexMissingError(
            f"there is no index in the folder {self._folder}; "
            f"make one with: {self._command} index FOLDER"
        )

    def _opening(self, action: Callable[[], _T]) -> _T:
        """Run what only reads and writes the index: whatever goes wrong is damage."""

        def guarded() -> _T:
            try:
                with reading():
                    return action()
            except TermNotFound as error:
                raise DamageError(str(error)) from error

        return self._guarded(guarded)

    def _guarded(self, action: Callable[[], _T]) -> _T:
        try:
            with restricted():
                return action()
        except (DamageError, FileNotFoundError) as error:
            if not self._writing:
                self._storage.close_files()
            raise IndexDamagedError(
                f"the index in {self._folder} cannot be read, it seems damaged ({error}); build it "
                f"anew with: {self._command} index --rebuild FOLDER, the folder of your reports"
            ) from error
        except OSError as error:
            # A full or read-only disk is no damage.
            raise IndexStateError(
                f"the index in {self._folder} cannot be used: {error.strerror or error}; check "
                f"the disk and the permissions"
            ) from error

    def is_outdated(self) -> bool:
        """Whether there is a newer commit than the one in view."""
        return newest(self._folder, NAME) != self._generation

    def _open(self) -> View:
        # Before it is opened: if one comes between, the view is only taken for too old.
        self._generation = newest(self._folder, NAME)
        return self._opening(lambda: View(self._index.reader()))

    def refresh(self) -> None:
        """Go over to the newest commit."""
        old = self._view
        self._view = self._open()
        old.close()

    def close(self) -> None:
        """Let go of the files."""
        self._view.close()

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One commit: all changes made inside the block, or none when it is left by an error."""
        with self._locked() as writer:
            # All that a batch reads, so that damage is told as such.
            self._guarded(lambda: (self._view.places, self._view.vocabularies))
            batch = Batch(writer, self._view, self._tokenizer)
            yield batch
            if batch.changed:
                self._opening(lambda: writer.commit(mergetype=merge))
            else:
                writer.cancel()
        self.refresh()
        for path in other_formats(self._folder, NAME):
            path.unlink(missing_ok=True)

    def _clear_leftovers(self) -> None:
        """Delete what a run left that was broken off, unless another process is writing."""
        lock = self._storage.lock(f"{NAME}_WRITELOCK")
        if not lock.acquire():
            return
        try:
            kept = whoosh_index.TOC.read(self._storage, NAME, schema=schema())
            whoosh_index.clean_files(self._storage, NAME, kept.generation, kept.segments)
        finally:
            lock.release()

    @contextmanager
    def _locked(self) -> Iterator[Any]:
        self._opening(self._clear_leftovers)
        try:
            writer = self._guarded(
                lambda: self._index.writer(codec=Codec(), timeout=_PATIENCE, delay=0.02)
            )
        except LockError as error:
            raise IndexBusyError(
                f"the index in {self._folder} is being written by {read_holder(self._folder)}; "
                f"wait until it is done, or end that process"
            ) from error
        # codec.py writes what this gathers; merging segments adds to it, too.
        writer.pool = Postings()
        self._writing = True
        done = False
        try:
            write_holder(self._folder)
            self.refresh()
            yield writer
            done = True
        finally:
            with suppress(OSError):
                clear_holder(self._folder)
            if not writer.is_closed:
                with suppress(OSError):
                    writer.cancel()
            self._writing = False
            if not done:
                self._storage.close_files()
                with suppress(OSError, IndexDamagedError):
                    self._guarded(self._clear_leftovers)

    def purge(self) -> None:
        """Erase from disk the text of removed or replaced reports, and what is derived."""
        with self._locked() as writer:
            # First: if the purge is broken off, it has to be done again in any case.
            remove_derived(self._folder)
            self._opening(lambda: writer.commit(mergetype=purge))
        self.refresh()

    def derived(self, name: str) -> Path | None:
        """Where things derived from the reports may be kept; see the protocol."""
        return derived_folder(self._folder, name)

    def origins(self) -> dict[str, Origin]:
        """Each stored report's id and origin."""
        return self._guarded(lambda: self._view.origins)

    def infos(self) -> Sequence[ReportInfo]:
        """What is known about each report, by id."""
        return self._guarded(lambda: list(self._view.infos.values()))

    def report(self, report_id: str) -> Report:
        """A stored report. Raises KeyError."""
        place = self._guarded(lambda: self._view.places).get(report_id)
        if place is None:
            raise KeyError(report_id)
        return self._guarded(lambda: self._view.report(place))

    def reports(self) -> Iterator[Report]:
        """All stored reports, by id."""
        for report_id in self._guarded(lambda: self._view.places):
            yield self.report(report_id)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Each report's id and its passages' folded texts, each ended by a line end; by id."""
        for place in self._guarded(lambda: self._view.ranked):
            yield place.id, self._guarded(partial(self._view.texts_of, place))

    def commit(self) -> str:
        """A name of the commit in view."""
        return self._guarded(lambda: self._view.commit)

    def passage_count(self) -> int:
        """The number of passages of all reports."""
        return self._guarded(lambda: self._view.passage_count)

    def vocabularies(self) -> dict[str, str]:
        """The vocabularies with which the reports were read, by id."""
        found = self._guarded(lambda: self._view.vocabularies)
        return {name: text for name, (_, text) in found.items()}

    def counter(self) -> Callable[[Node], int]:
        """What tells how many passages meet a node, and remembers what it has looked up."""
        matcher = Matcher(self._view)
        return lambda node: self._guarded(lambda: int(matcher.meet(node).sum()))

    def count(self, node: Node) -> int:
        """The number of passages that meet a node."""
        return self.counter()(node)

    def meeting(self, node: Node) -> dict[str, list[int]]:
        """The numbers of the passages that meet a node, by the id of their report."""
        return self._guarded(lambda: self._view.numbers_of(Matcher(self._view).meet(node)))

    def holding(self, strings: Iterable[str]) -> set[str]:
        """The ids of the reports whose folded text contains one of the strings."""
        return self._guarded(lambda: reports_holding(self._view, strings))

    def near(self, string: str) -> str | None:
        """The string one edit away that stands in the passages; see the protocol."""
        return self._guarded(lambda: near(self._view, string))

    def search(self, query: Query, page: Page) -> SearchResult:
        """The reports or passages that meet ``query``, best first."""
        return self._guarded(lambda: Search(self._view, query, page).result())


def erase(folder: Path) -> None:
    """Remove the index from ``folder``, and what is derived from it; other files stay."""
    for path in own_files(folder, NAME) + other_formats(folder, NAME):
        path.unlink(missing_ok=True)
    remove_derived(folder)
