"""The archive behind the page: read by one request at a time, always in its newest commit."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from reportsearch.archive import Archive
from reportsearch.errors import IndexStateError, NotFoundError, ReportSearchError

T = TypeVar("T")
_KEPT = 64
"""Answers of analyses that are kept."""
_KEY = 16
"""Hexadecimal digits of a report's key."""


def key_of(report: str) -> str:
    """How a report is called in addresses: ids can be paths, of any length and script."""
    return hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY]


class _Reading:
    """An archive and the lock under which it is used."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._archive: Archive | None = None
        self._was_open = False
        self._lock = threading.Lock()

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """The archive in its newest commit. Raises IndexStateError."""
        with self._lock:
            try:
                yield self._newest()
            except IndexStateError:
                # When it has been built anew, it is another one.
                self._let_go()
                raise

    def _newest(self) -> Archive:
        if self._archive is not None:
            self._archive.refresh()
        else:
            # One that was there and is gone is not replaced by an empty one.
            opened = Archive.open if self._was_open else Archive.create
            self._archive = opened(self._index)
            self._was_open = True
        return self._archive

    def _let_go(self) -> None:
        if self._archive is not None:
            with suppress(IndexStateError, OSError):
                self._archive.close()
            self._archive = None

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._let_go()


class Library:
    """The index, for pages. What is quick does not wait for what takes long.

    ``quick()`` and ``slow()`` each give an archive to one request at a time.
    """

    def __init__(self, index: Path) -> None:
        self._quick = _Reading(index)
        self._slow = _Reading(index)
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._keys: tuple[str, dict[str, str]] = ("", {})
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Have the index open and the dictionary loaded before the first search needs them."""
        # What is wrong with the index is told to whoever asks for a page.
        with suppress(ReportSearchError, OSError), self.quick() as archive:
            archive.search("检索", limit=1, facets="year")
            archive.stats()

    @contextmanager
    def quick(self) -> Iterator[Archive]:
        """The archive, for what takes less than a second."""
        with self._quick.open() as archive:
            yield archive

    @contextmanager
    def slow(self) -> Iterator[Archive]:
        """The archive, for analyses."""
        with self._slow.open() as archive:
            yield archive

    def kept(self, question: Hashable, answer: Callable[[Archive], T]) -> T:
        """The answer to a question about the newest commit; it is worked out once for each.

        Who asks the same meanwhile waits for it.
        """
        with self.slow() as archive:
            asked = archive.commit(), question
            with self._lock:
                if asked in self._answers:
                    self._answers.move_to_end(asked)
                    found: T = self._answers[asked]
                    return found
            found = answer(archive)
            with self._lock:
                self._answers[asked] = found
                while len(self._answers) > _KEPT:
                    self._answers.popitem(last=False)
            return found

    def report_id(self, archive: Archive, key: str) -> str:
        """The id of the report with a key. Raises NotFoundError."""
        commit = archive.commit()
        # Read once: another request may put in those of another commit.
        of, keys = self._keys
        if of != commit:
            keys = {key_of(info.id): info.id for info in archive.infos()}
            self._keys = commit, keys
        if key not in keys:
            raise NotFoundError("there is no such report in the index; it may have been removed")
        return keys[key]

    def close(self) -> None:
        """Let go of the files."""
        self._quick.close()
        self._slow.close()
