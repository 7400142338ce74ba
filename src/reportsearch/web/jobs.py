"""Background work in one thread: jobs run one after another, and each question only once.

A job runs as long as somebody wants its result: a request that waits for it, or a page that will
reload. Otherwise it is dropped before it starts, or stopped at its next progress report.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from reportsearch.errors import Message, ReportSearchError

T = TypeVar("T")
_LOG = logging.getLogger("reportsearch.web")
_CURRENT = threading.local()
_JOIN_SECONDS = 2.0
"""Seconds to wait for the thread on closing; a job stops at its next progress report."""
_CANCELLED = Message("the analysis was cancelled before it finished; run it again")
MAX_WAITING = 8
"""Jobs of a worker that can wait; each can take minutes."""
KEEP_SECONDS = 120.0
"""Seconds for which a job continues after its page last asked for it."""
RETRY_SECONDS = 10
"""Seconds after which a refused request can be repeated."""
BUSY = Message(
    "too many analyses are being computed; try again in {seconds} seconds", seconds=RETRY_SECONDS
)
_CHECK_SECONDS = 0.2
"""Seconds between checks whether a waiting client is still connected."""


class BusyError(ReportSearchError):
    """Raised when too many jobs are waiting."""


class JobCancelledError(ReportSearchError):
    """Raised when a job is cancelled before it is finished."""


class StillWorkingError(Exception):
    """Raised when an answer is not ready yet; ``job`` computes it."""

    def __init__(self, job: Job[Any]) -> None:
        super().__init__(job.id)
        self.job = job


@dataclass
class Job(Generic[T]):
    """Work done by a thread, with its progress.

    ``done`` of ``total`` are steps of the current ``stage``; ``total`` is 0 if unknown. When the
    job has ``ended``, it has a ``result`` or an ``error``. ``claims`` counts the requests that
    submitted it and still want its result; without any, it is wanted until ``wanted_until``.
    """

    key: Hashable
    work: Callable[[], T]
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created_at: float = field(default_factory=time.monotonic)
    is_begun: bool = False
    done: int = 0
    total: int = 0
    stage: str = ""
    result: T | None = None
    error: Exception | None = None
    is_cancelled: bool = False
    claims: int = 0
    wanted_until: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed_seconds(self) -> float:
        """Return the seconds since the job was created."""
        return time.monotonic() - self.created_at

    @property
    def is_wanted(self) -> bool:
        """Return whether somebody waits for the result or will ask for it again."""
        return self.claims > 0 or time.monotonic() < self.wanted_until

    def cancel(self) -> None:
        """Cancel the job; its work stops when it next reports progress."""
        self.is_cancelled = True
        self.error = JobCancelledError(_CANCELLED)
        self.ended.set()


def report_progress(done: int, total: int, stage: str) -> None:
    """Store the progress of this thread's job; passed as ``progress`` to archive methods.

    Does nothing if the thread runs no job. Raises JobCancelledError if the job was cancelled or is
    not wanted any more.
    """
    job: Job[Any] | None = getattr(_CURRENT, "job", None)
    if job is None:
        return
    job.done, job.total, job.stage = done, total, stage
    if not job.is_wanted:
        _CURRENT.worker.drop_unwanted()
    if job.is_cancelled:
        raise JobCancelledError(_CANCELLED)


def _wait_for_end(
    job: Job[Any], seconds: float | None, client_gone: threading.Event | None
) -> bool:
    """Return whether a job ended in time. Raises JobCancelledError if the client left."""
    if client_gone is None:
        return job.ended.wait(seconds)
    deadline = None if seconds is None else time.monotonic() + seconds
    while not job.ended.is_set():
        left = _CHECK_SECONDS if deadline is None else deadline - time.monotonic()
        if left <= 0:
            return False
        job.ended.wait(min(left, _CHECK_SECONDS))
        if client_gone.is_set():
            raise JobCancelledError(_CANCELLED)
    return True


class Worker:
    """Runs jobs one after another in one thread; a key that is still waiting gives the same job.

    It remembers the last jobs that failed, so that a page that keeps reloading eventually gets the
    error, and with ``keeps_results`` also those that succeeded.
    """

    def __init__(
        self,
        task: str,
        *,
        remembered: int = 64,
        keeps_results: bool = False,
        max_waiting: int = MAX_WAITING,
    ) -> None:
        self._task = task
        self._max_waiting = max_waiting
        self._remembered = remembered
        self._keeps_results = keeps_results
        self._jobs: dict[Hashable, Job[Any]] = {}
        self._ended: dict[Hashable, Job[Any]] = {}
        self._lock = threading.Lock()
        self._job_added = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        self._is_stopped = False

    def submit(self, key: Hashable, work: Callable[[], T]) -> Job[T]:
        """Return the job of a key, the unfinished one or a new one, which is wanted until ``wait``.

        Raises the error of the last job with that key, once, if nobody waited for it; BusyError if
        too many jobs are waiting.
        """
        with self._lock:
            ended = self._ended.pop(key, None)
            if ended is not None and ended.error is not None:
                raise ended.error
            if self._is_stopped:
                raise JobCancelledError("the server is shutting down; start it again")
            self._drop_unwanted()
            job = self._jobs.get(key)
            if job is None:
                if len(self._jobs) > self._max_waiting:
                    raise BusyError(BUSY)
                job = self._jobs[key] = Job(key, work)
                if self._thread is None:
                    # Exiting the program may cut a job off: a commit is complete or not made at
                    # all.
                    self._thread = threading.Thread(target=self._run, daemon=True)
                    self._thread.start()
                self._job_added.notify()
            job.claims += 1
            return job

    def wait(
        self, job: Job[T], seconds: float | None, client_gone: threading.Event | None = None
    ) -> T:
        """Return a submitted job's result or raise its error.

        Raises StillWorkingError after the timeout; the job then continues for KEEP_SECONDS. Raises
        JobCancelledError when ``client_gone`` is set; the job then ends unless others want it.
        """
        try:
            is_ended = _wait_for_end(job, seconds, client_gone)
        finally:
            with self._lock:
                job.claims -= 1
                if not job.ended.is_set() and not (client_gone and client_gone.is_set()):
                    job.wanted_until = time.monotonic() + KEEP_SECONDS
                self._drop_unwanted()
        if not is_ended:
            raise StillWorkingError(job)
        with self._lock:
            self._ended.pop(job.key, None)
        if job.error is not None:
            raise job.error
        result: T = job.result  # type: ignore[assignment]
        return result

    def find(self, job_id: str) -> Job[Any] | None:
        """Find a job that is unfinished or remembered."""
        with self._lock:
            jobs = (*self._jobs.values(), *self._ended.values())
        return next((job for job in jobs if job.id == job_id), None)

    @property
    def current(self) -> Job[Any] | None:
        """Return the running job, or None."""
        with self._lock:
            return next(iter(self._jobs.values()), None)

    def queue_position(self, job: Job[Any]) -> int:
        """Count the jobs that run before this one."""
        with self._lock:
            jobs = list(self._jobs.values())
        return next((place for place, one in enumerate(jobs) if one is job), 0)

    def cancel(self, job_id: str) -> bool:
        """Cancel an unfinished job and forget it; return False if there is none."""
        with self._lock:
            job = next((one for one in self._jobs.values() if one.id == job_id), None)
            if job is not None:
                self._jobs.pop(job.key)
                job.cancel()
            return job is not None

    def drop_unwanted(self) -> None:
        """Cancel and forget the jobs whose result nobody wants any more."""
        with self._lock:
            self._drop_unwanted()

    def _drop_unwanted(self) -> None:
        for job in [one for one in self._jobs.values() if not one.is_wanted]:
            self._jobs.pop(job.key)
            job.cancel()

    def _run(self) -> None:
        while True:
            with self._lock:
                self._drop_unwanted()
                while not self._jobs and not self._is_stopped:
                    self._job_added.wait()
                if self._is_stopped:
                    return
                job = next(iter(self._jobs.values()))
            self._run_job(job)

    def _run_job(self, job: Job[Any]) -> None:
        job.is_begun = True
        _CURRENT.job, _CURRENT.worker = job, self
        result, error = None, None
        try:
            result = job.work()
        except JobCancelledError:
            # Anyone waiting has already got the error.
            return
        except Exception as raised:  # noqa: BLE001 - raised again where somebody waits for it
            if not isinstance(raised, ReportSearchError):
                _LOG.error("%s failed", self._task, exc_info=raised)
            error = raised
        finally:
            _CURRENT.job = None
        with self._lock:
            if job.is_cancelled:
                return
            self._jobs.pop(job.key, None)
            job.result, job.error = result, error
            if error is not None or self._keeps_results:
                self._ended[job.key] = job
                while len(self._ended) > self._remembered:
                    self._ended.pop(next(iter(self._ended)))
            job.ended.set()

    def stop(self) -> None:
        """Cancel all jobs and accept no more."""
        with self._lock:
            self._is_stopped = True
            for job in self._jobs.values():
                job.cancel()
            self._jobs.clear()
            self._job_added.notify_all()

    def close(self) -> bool:
        """Stop; return whether the thread has ended, so that its files can be closed."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_JOIN_SECONDS)
            return not self._thread.is_alive()
        return True
