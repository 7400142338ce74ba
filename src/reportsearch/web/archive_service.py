"""The archive behind the pages, used by one request at a time, always at its newest commit."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar

from starlette.requests import Request

from reportsearch.archive import Archive
from reportsearch.errors import IndexStateError, Message, NotFoundError, ReportSearchError
from reportsearch.models.report import Report
from reportsearch.web.answer_cache import AnswerCache
from reportsearch.web.jobs import Job, Worker, report_progress

T = TypeVar("T")
WAIT_SECONDS: ContextVar[float | None] = ContextVar("WAIT_SECONDS", default=None)
"""Seconds that a request waits for an analysis; None for no limit."""
CLIENT_GONE: ContextVar[threading.Event | None] = ContextVar("CLIENT_GONE", default=None)
"""Set when the client of a request has disconnected; None where nobody watches."""
_KEY_DIGITS = 16
"""Hexadecimal digits of a report's key."""
NO_REPORT = Message("there is no such report in the index; it may have been removed")


def key_of(report: str) -> str:
    """Return a report's key in addresses: ids can be paths of any length and script."""
    return hashlib.sha256(report.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY_DIGITS]


def build_question(function: Callable[..., object], parameters: Mapping[str, Any]) -> Hashable:
    """Return what equal calls have in common, whether defaults are given or left out."""
    question = signature(function).bind_partial(**parameters)
    question.apply_defaults()
    return (function.__qualname__, *question.arguments.items())


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
        """Yield the archive at its newest commit; nested blocks of a thread keep the outer one's.

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
                # A rebuilt index is a different archive.
                self._release()
                raise
            finally:
                self._is_used = False

    def _open_newest(self) -> Archive:
        if self._archive is not None:
            self._archive.refresh()
        else:
            # Do not replace an index that has disappeared by an empty one.
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
    """The index as used by pages; quick requests do not wait for long ones.

    Searching and showing reports use one archive, ``for_search()``. Analyses run in separate
    threads, in two lanes: ``brief`` ones, of one report or text, do not wait for those of the whole
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
        # Every page reports problems of the index, so ignore them here.
        with suppress(ReportSearchError, OSError), self.for_search() as archive:
            archive.search("检索", limit=1, facets="year")
            archive.stats()

    @contextmanager
    def for_search(self) -> Iterator[Archive]:
        """Yield the archive, for work that takes less than a second."""
        with self._search_archive.open() as archive:
            yield archive

    def uncached(self, compute: Callable[[Archive], T]) -> T:
        """Compute and wait for the answer to a submitted text or draft, without caching it."""
        lane = self._lanes[True]

        def work() -> T:
            with lane.archive.open() as archive:
                return compute(archive)

        return lane.worker.wait(lane.worker.submit(object(), work), None, CLIENT_GONE.get())

    def call(self, function: Callable[..., T], *, brief: bool = False, **parameters: Any) -> T:
        """Return the cached answer of a function of an archive, such as ``Archive.reuse_pairs``.

        Parameters must be hashable.
        """
        key = build_question(function, parameters)
        if "progress" in signature(function).parameters:
            parameters["progress"] = report_progress
        return self.cached(key, lambda archive: function(archive, **parameters), brief=brief)

    def cached(self, key: Hashable, compute: Callable[[Archive], T], *, brief: bool = False) -> T:
        """Return the answer to a question about the newest commit, computing it only once.

        Requests with the same question wait for the same job, for up to WAIT_SECONDS. Then
        StillWorkingError is raised while the job continues, and a later request finds its answer.
        ``compute`` can pass on ``jobs.report_progress``. Raises BusyError if too many jobs wait.
        """
        with self.for_search() as archive:
            commit = archive.commit()
        lane = self._lanes[brief]
        cached = self._find_cached(commit, key)
        if cached is not None:
            found: T = cached[0]
            return found

        def work() -> T:
            # Another job may have answered it since the cache was last checked.
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

        job = lane.worker.submit((commit, key), work)
        return lane.worker.wait(job, WAIT_SECONDS.get(), CLIENT_GONE.get())

    def _find_cached(self, commit: str, key: Hashable) -> tuple[Any] | None:
        with self._lock:
            return self._cache.find(commit, key)

    def queue_position(self, job: Job[Any]) -> int:
        """Count the analyses that run before a job."""
        return max(lane.worker.queue_position(job) for lane in self._lanes.values())

    def cancel(self, job_id: str) -> bool:
        """Cancel an analysis by its id; return False if there is none."""
        return any(lane.worker.cancel(job_id) for lane in self._lanes.values())

    def find_report_id(self, archive: Archive, key: str) -> str:
        """Return the id of the report with a key. Raises NotFoundError."""
        commit = archive.commit()
        # Read the attribute once: another request may replace it with that of another commit.
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
        """Cancel all analyses, because the server is stopping."""
        for lane in self._lanes.values():
            lane.worker.stop()

    def close(self) -> None:
        """Close the files."""
        for lane in self._lanes.values():
            lane.close()
        self._search_archive.close()


def get_folder(request: Request) -> Path:
    """Return the library's folder of originals, in which added files are saved."""
    with get_service(request).for_search() as archive:
        return archive.folder


def get_service(request: Request) -> ArchiveService:
    """Return the service of the application that handles a request."""
    service: ArchiveService = request.app.state.service
    return service
