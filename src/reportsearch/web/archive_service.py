"""The archive behind the page: read by one request at a time, always in its newest commit."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request

from reportsearch.archive import Archive
from reportsearch.errors import IndexStateError, Message, NotFoundError, ReportSearchError
from reportsearch.models.report import Report
from reportsearch.web.answer_cache import AnswerCache
from reportsearch.web.jobs import Job, Worker

T = TypeVar("T")
WAIT_SECONDS: ContextVar[float | None] = ContextVar("WAIT_SECONDS", default=None)
"""Seconds that a request waits for an analysis; None for as long as it takes."""
_KEY_DIGITS = 16
"""Hexadecimal digits of a report's key."""
NO_REPORT = Message("there is no such report in the index; it may have been removed")


def key_of(report: str) -> str:
    """Return a report's key in addresses: ids can be paths, of any length and script."""
    return hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


class _SharedArchive:
    """An archive and the lock under which it is used."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._archive: Archive | None = None
        self._was_open = False
        self._is_used = False
        self._lock = threading.RLock()

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """Yield the archive in its newest commit; within a block of the same thread, in that one's.

        Raises IndexStateError.
        """
        with self._lock:
            if self._is_used and self._archive is not None:
                yield self._archive
                return
            try:
                self._is_used = True
                yield self._open_newest()
            except IndexStateError:
                # When it is built again, it is another one.
                self._release()
                raise
            finally:
                self._is_used = False

    def _open_newest(self) -> Archive:
        if self._archive is not None:
            self._archive.refresh()
        else:
            # One that was there and is gone is not replaced by an empty one.
            opened = Archive.open if self._was_open else Archive.create
            self._archive = opened(self._index)
            self._was_open = True
        return self._archive

    def _release(self) -> None:
        if self._archive is not None:
            with suppress(IndexStateError, OSError):
                self._archive.close()
            self._archive = None

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            self._release()


class _AnalysisLane:
    """An archive for analyses, and the thread that works on it."""

    def __init__(self, index: Path) -> None:
        self.archive = _SharedArchive(index)
        self.worker = Worker("working out an answer")

    def close(self) -> None:
        """Stop the worker, and close the files unless a job still uses them."""
        if self.worker.close():
            self.archive.close()


class ArchiveService:
    """The index, for pages; what is quick does not wait for what takes long.

    Searches and showing use one archive, ``for_search()``. Analyses run in threads of their own, in
    two lanes: those that are ``brief``, of one report or text, do not wait for those of the whole
    index.
    """

    def __init__(self, index: Path) -> None:
        self._search_archive = _SharedArchive(index)
        self._lanes = {brief: _AnalysisLane(index) for brief in (False, True)}
        self._cache = AnswerCache()
        self._keys: tuple[str, dict[str, str]] = ("", {})
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Open the index and load the dictionary before the first search needs them."""
        # Each page shows what is wrong with the index.
        with suppress(ReportSearchError, OSError), self.for_search() as archive:
            archive.search("检索", limit=1, facets="year")
            archive.stats()

    @contextmanager
    def for_search(self) -> Iterator[Archive]:
        """Yield the archive, for what takes less than a second."""
        with self._search_archive.open() as archive:
            yield archive

    def uncached(self, compute: Callable[[Archive], T]) -> T:
        """Compute the answer to a text or draft that was sent: wait for it, and do not cache it."""
        lane = self._lanes[True]

        def work() -> T:
            with lane.archive.open() as archive:
                return compute(archive)

        return lane.worker.wait(lane.worker.submit(object(), work), None)

    def cached(self, key: Hashable, compute: Callable[[Archive], T], *, brief: bool = False) -> T:
        """Return the answer to a question about the newest commit, which is computed once.

        Requests with the same question wait for the same job, for WAIT_SECONDS; then
        StillWorkingError is raised while the job goes on, and the same question later finds its
        answer. ``compute`` can pass on ``jobs.report_progress``.
        """
        with self.for_search() as archive:
            commit = archive.commit()
        lane = self._lanes[brief]
        cached = self._find_cached(commit, key)
        if cached is not None:
            found: T = cached[0]
            return found

        def work() -> T:
            # Another job may have answered it between the look into the cache and this one.
            cached = self._find_cached(commit, key)
            if cached is not None:
                found: T = cached[0]
                return found
            with lane.archive.open() as archive:
                answer = compute(archive)
                newest = archive.commit()
            with self._lock:
                self._cache.store(newest, key, answer)
            return answer

        return lane.worker.wait(lane.worker.submit((commit, key), work), WAIT_SECONDS.get())

    def _find_cached(self, commit: str, key: Hashable) -> tuple[Any] | None:
        with self._lock:
            return self._cache.find(commit, key)

    def queue_position(self, job: Job[Any]) -> int:
        """Count the analyses that are done before a job."""
        return max(lane.worker.queue_position(job) for lane in self._lanes.values())

    def cancel(self, job_id: str) -> bool:
        """Cancel an analysis by its id; return False where there is none."""
        return any(lane.worker.cancel(job_id) for lane in self._lanes.values())

    def find_report_id(self, archive: Archive, key: str) -> str:
        """Return the id of the report with a key. Raises NotFoundError."""
        commit = archive.commit()
        # Read once: another request may store those of another commit.
        keys_commit, keys = self._keys
        if keys_commit != commit:
            keys = {key_of(info.id): info.id for info in archive.infos()}
            self._keys = commit, keys
        if key not in keys:
            raise NotFoundError(NO_REPORT)
        return keys[key]

    def get_report(self, key: str) -> Report:
        """Return the report with a key. Raises NotFoundError."""
        with self.for_search() as archive:
            return archive.show(self.find_report_id(archive, key))

    def stop(self) -> None:
        """Cancel all analyses, since the page is closing."""
        for lane in self._lanes.values():
            lane.worker.stop()

    def close(self) -> None:
        """Close the files."""
        for lane in self._lanes.values():
            lane.close()
        self._search_archive.close()


def get_service(request: Request) -> ArchiveService:
    """Return the service of the application that a request came to."""
    service: ArchiveService = request.app.state.service
    return service
