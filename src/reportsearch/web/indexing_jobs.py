"""Indexing of added files and corrections of reports in the background, one job at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

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
    deleted again. ``is_repair`` tells that damaged reports were written again.
    """

    summary: IndexSummary
    reports: tuple[ReportInfo, ...]
    saved: SavedFiles | None = None
    dropped: tuple[str, ...] = ()
    is_repair: bool = False


JobResult = IndexingResult | Corrections


class IndexingJobs:
    """The worker that indexes the library's folder and corrects reports, and its jobs."""

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

    def start_adding(self, folder: Path, save: Callable[[], SavedFiles]) -> Job[JobResult] | None:
        """Save files in the library's folder and read them; None while another job is running.

        Raises ReportSearchError if the files cannot be saved.
        """

        def prepare() -> Callable[[], JobResult]:
            return partial(self._read_saved, folder, save())

        return self._start(prepare)

    def start_rereading(self, *, prune: bool) -> Job[JobResult] | None:
        """Read the library's folder again; None while another job is running."""
        return self._start(lambda: partial(self._reread, prune))

    def _start(self, prepare: Callable[[], Callable[[], JobResult]]) -> Job[JobResult] | None:
        """Start the work that ``prepare`` returns; None while another job is running."""
        if not self._starting.acquire(blocking=False):
            return None
        try:
            if self.current is not None:
                return None
            return self._worker.submit(object(), prepare())
        finally:
            self._starting.release()

    def _read_saved(self, folder: Path, saved: SavedFiles) -> IndexingResult:
        """Read the files that were saved, and nothing else."""
        result = self._index([folder / name for name in sorted(saved.names)])
        # An unreadable copy would fail again in each run; the user has the original.
        failed = {failure.source for failure in result.summary.failed}
        dropped = tuple(name for name in saved.new if name in failed)
        delete_saved(folder, dropped)
        return replace(result, saved=saved, dropped=dropped)

    def _reread(self, prune: bool) -> IndexingResult:
        with Archive.create(self._settings.index) as archive:
            folder = archive.folder
        folder.mkdir(parents=True, exist_ok=True)
        return self._index([folder], prune=prune)

    def _index(self, paths: Sequence[Path], *, prune: bool = False) -> IndexingResult:
        with Archive.create(self._settings.index) as archive:
            before = {info.id: info for info in archive.infos()}
            summary = archive.index(paths, prune=prune, progress=report_progress)
            after = archive.infos()
        return IndexingResult(summary, tuple(info for info in after if before.get(info.id) != info))

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
        return IndexingResult(summary, (), is_repair=True)

    def start_corrections(self, values: Mapping[str, Mapping[str, str]]) -> Job[JobResult] | None:
        """Correct reports; None while another job is running."""
        return self._start(lambda: partial(self._correct, values))

    def _correct(self, values: Mapping[str, Mapping[str, str]]) -> JobResult:
        with Archive.open(self._settings.index) as archive:
            return archive.correct_many(values, progress=report_progress)

    def start_putting_back(self) -> Job[JobResult] | None:
        """Write lost corrections again; None while another job is running."""
        return self._start(lambda: self._put_back)

    def _put_back(self) -> JobResult:
        with Archive.open(self._settings.index) as archive:
            return archive.put_back_corrections(progress=report_progress)

    def close(self) -> None:
        """Wait for the running job, then close the worker."""
        job = self.current
        if job is not None:
            job.ended.wait(_CLOSE_SECONDS)
        self._worker.close()
