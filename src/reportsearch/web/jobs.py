"""Work that takes long: one piece after another, in a thread of its own, each question once."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from reportsearch.errors import ReportSearchError

_LOG = logging.getLogger("reportsearch.web")
_CURRENT = threading.local()
_MAX_FAILURES = 64
"""Failures that nobody was told of yet."""
_JOIN_SECONDS = 2.0
"""Seconds that the end of the page waits for what can be broken off."""


class JobCancelledError(ReportSearchError):
    """A piece of work was called off before it was done."""


class StillWorkingError(Exception):
    """An answer is not there yet; ``job`` is the work on it."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.id)
        self.job = job


@dataclass
class Job:
    """A piece of work, and how far it is.

    ``done`` of ``total`` is of the ``stage`` that it is in; ``total`` is 0 where it is not known.
    When it has ``ended``, there is a ``result`` or an ``error``.
    """

    key: Hashable
    work: Callable[[], Any]
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    created_at: float = field(default_factory=time.monotonic)
    is_begun: bool = False
    done: int = 0
    total: int = 0
    stage: str = ""
    result: Any = None
    error: Exception | None = None
    is_cancelled: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed_seconds(self) -> float:
        """The time since it was asked for."""
        return time.monotonic() - self.created_at

    def get_outcome(self) -> Any:
        """The result. Raises what the work raised."""
        if self.error is not None:
            raise self.error
        return self.result


def report_progress(done: int, total: int, stage: str) -> None:
    """Keep how far the work of this thread is: the ``progress`` of an archive's methods.

    Raises CalledOffError when it was called off. Where no job goes on nothing happens.
    """
    job: Job | None = getattr(_CURRENT, "job", None)
    if job is None:
        return
    job.done, job.total, job.stage = done, total, stage
    if job.is_cancelled:
        raise JobCancelledError("the work was called off before it was done; ask again")


class Worker:
    """Does jobs one after another. Who asks the same meanwhile shares the job."""

    def __init__(self) -> None:
        self._jobs: dict[Hashable, Job] = {}
        self._failed: dict[Hashable, Exception] = {}
        self._lock = threading.Lock()
        self._job_added = threading.Condition(self._lock)
        self._thread: threading.Thread | None = None
        self._is_stopped = False

    def submit(self, key: Hashable, work: Callable[[], Any]) -> Job:
        """The job for a question: the one that is there, or a new one.

        Raises what the last one raised where nobody was told of it yet: a page that asks again
        and again must come to an end.
        """
        with self._lock:
            failure = self._failed.pop(key, None)
            if failure is not None:
                raise failure
            if self._is_stopped:
                raise JobCancelledError("the page is being closed; start it again")
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = Job(key, work)
                if self._thread is None:
                    # A job may be cut off by the end of the program: it changes nothing.
                    self._thread = threading.Thread(target=self._run, daemon=True)
                    self._thread.start()
                self._job_added.notify()
            return job

    def wait(self, job: Job, seconds: float | None) -> Any:
        """The outcome of a job. Raises what it raised; StillWorkingError after the seconds."""
        if not job.ended.wait(seconds):
            raise StillWorkingError(job)
        with self._lock:
            self._failed.pop(job.key, None)
        return job.get_outcome()

    def queue_position(self, job: Job) -> int:
        """How many jobs are done before this one."""
        with self._lock:
            waiting = list(self._jobs.values())
        return next((place for place, one in enumerate(waiting) if one is job), 0)

    def is_busy(self) -> bool:
        """Whether there is a job that has not ended."""
        with self._lock:
            return bool(self._jobs)

    def cancel(self, job_id: str) -> bool:
        """Break a job off as soon as it can be, and forget it; False where there is none."""
        with self._lock:
            job = next((one for one in self._jobs.values() if one.id == job_id), None)
            if job is not None:
                self._jobs.pop(job.key)
                self._cancel_job(job)
            return job is not None

    @staticmethod
    def _cancel_job(job: Job) -> None:
        job.is_cancelled = True
        job.error = JobCancelledError("the work was called off before it was done; ask again")
        job.ended.set()

    def _run(self) -> None:
        while True:
            with self._lock:
                while not self._jobs and not self._is_stopped:
                    self._job_added.wait()
                if self._is_stopped:
                    return
                job = next(iter(self._jobs.values()))
            self._run_job(job)

    def _run_job(self, job: Job) -> None:
        job.is_begun = True
        _CURRENT.job = job
        try:
            result, error = job.work(), None
        except JobCancelledError:
            # Whoever waits has been told.
            return
        except Exception as wrong:  # noqa: BLE001 - told to whoever asks
            if not isinstance(wrong, ReportSearchError):
                _LOG.error("working out an answer failed", exc_info=wrong)
            result, error = None, wrong
        finally:
            _CURRENT.job = None
        with self._lock:
            if job.is_cancelled:
                return
            self._jobs.pop(job.key, None)
            job.result, job.error = result, error
            if error is not None:
                self._failed[job.key] = error
                while len(self._failed) > _MAX_FAILURES:
                    self._failed.pop(next(iter(self._failed)))
            job.ended.set()

    def stop(self) -> None:
        """Tell all who wait that nothing will come, and take no more jobs."""
        with self._lock:
            self._is_stopped = True
            for job in self._jobs.values():
                self._cancel_job(job)
            self._jobs.clear()
            self._job_added.notify_all()

    def close(self) -> bool:
        """Stop; whether the thread has ended, so that what it used can be let go of."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_JOIN_SECONDS)
            return not self._thread.is_alive()
        return True
