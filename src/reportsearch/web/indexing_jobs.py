"""Indexing of the folder and corrections of reports in the background, one job at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from reportsearch.archive import Archive
from reportsearch.models.corrections import Corrections
from reportsearch.models.report import IndexSummary, ReportInfo
from reportsearch.web.jobs import Job, Worker, report_progress
from reportsearch.web.settings import Settings
from reportsearch.web.uploads import SavedFiles, delete_saved

_MAX_REMEMBERED = 20
"""Jobs whose result can still be shown."""
_CLOSE_SECONDS = 30
"""Seconds to wait for a job on closing."""


@dataclass(frozen=True)
class IndexingResult:
    """The result of a job; ``reports`` are new or were read differently.

    ``saved`` are the uploaded files, and ``dropped`` those of them that could not be read and were
    deleted again.
    """

    summary: IndexSummary
    reports: tuple[ReportInfo, ...]
    saved: SavedFiles | None
    dropped: tuple[str, ...]


JobResult = IndexingResult | Corrections


class IndexingJobs:
    """The worker that indexes the folder of added files and corrects reports, and its jobs."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._worker = Worker("reading the folder", remembered=_MAX_REMEMBERED, keeps_results=True)
        self._starting = threading.Lock()

    @property
    def current(self) -> Job[JobResult] | None:
        """Return the unfinished job, or None."""
        return self._worker.current

    def find(self, job_id: str) -> Job[JobResult] | None:
        """Find a job by its id."""
        return self._worker.find(job_id)

    def start(
        self, save: Callable[[], SavedFiles] | None = None, *, prune: bool = False
    ) -> Job[JobResult] | None:
        """Save files and index the folder; None while another job is running.

        Raises ReportSearchError if the files cannot be saved.
        """
        if not self._starting.acquire(blocking=False):
            return None
        try:
            if self.current is not None:
                return None
            saved = save() if save else None
            return self._worker.submit(object(), partial(self._index_folder, saved, prune))
        finally:
            self._starting.release()

    def _index_folder(self, saved: SavedFiles | None, prune: bool) -> JobResult:
        folder = self._settings.folder
        folder.mkdir(parents=True, exist_ok=True)
        with Archive.create(self._settings.index) as archive:
            before = {info.id: info for info in archive.infos()}
            summary = archive.index(folder, prune=prune, progress=report_progress)
            after = archive.infos()
        dropped: tuple[str, ...] = ()
        if saved is not None:
            # An unreadable copy would fail again in each run; the user has the original.
            failed = {failure.source for failure in summary.failed}
            dropped = tuple(name for name in saved.new if name in failed)
            delete_saved(folder, dropped)
        changed = tuple(info for info in after if before.get(info.id) != info)
        return IndexingResult(summary, changed, saved, dropped)

    def start_repair(self, check: Callable[[], None]) -> Job[JobResult] | None:
        """Read damaged reports again and ``check`` the index; None while another job is running."""
        if not self._starting.acquire(blocking=False):
            return None
        try:
            if self.current is not None:
                return None
            return self._worker.submit(object(), partial(self._repair, check))
        finally:
            self._starting.release()

    def _repair(self, check: Callable[[], None]) -> JobResult:
        with Archive.open(self._settings.index, repair=True) as archive:
            summary = archive.index([], progress=report_progress)
        check()
        return IndexingResult(summary, (), None, ())

    def start_corrections(self, values: Mapping[str, Mapping[str, str]]) -> Job[JobResult] | None:
        """Correct reports; None while another job is running."""
        if not self._starting.acquire(blocking=False):
            return None
        try:
            if self.current is not None:
                return None
            return self._worker.submit(object(), partial(self._correct, values))
        finally:
            self._starting.release()

    def _correct(self, values: Mapping[str, Mapping[str, str]]) -> JobResult:
        with Archive.open(self._settings.index) as archive:
            return archive.correct_many(values, progress=report_progress)

    def close(self) -> None:
        """Wait for the running job, then close the worker."""
        job = self.current
        if job is not None:
            job.ended.wait(_CLOSE_SECONDS)
        self._worker.close()
