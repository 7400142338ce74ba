"""Reading that goes on while the page does: one run at a time, in a thread of its own."""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from reportsearch.archive import Archive
from reportsearch.errors import IndexBusyError, ReportSearchError
from reportsearch.models.report import IndexSummary, ReportInfo
from reportsearch.web.settings import Settings
from reportsearch.web.uploads import SavedFiles, delete_saved

_LOG = logging.getLogger("reportsearch.web")
_MAX_JOBS = 20
"""Runs whose result can still be looked at."""
_JOIN_SECONDS = 30
"""Seconds that the end of the page waits for a run."""
BUSY, INTERNAL = "busy", "internal"


@dataclass
class IndexingJob:
    """A run of ``index`` on the folder of the page, and what has become of it.

    ``done`` and ``total`` are bytes, ``name`` what is being read. When ``finished``, there is a
    ``summary`` with the reports that are ``new`` or read otherwise, or an ``error``: BUSY,
    INTERNAL or what was said. ``saved`` are the files that were added, without those in
    ``dropped``, which could not be read and were not kept.
    """

    id: str
    saved: SavedFiles | None = None
    prune: bool = False
    done: int = 0
    total: int = 0
    name: str = ""
    summary: IndexSummary | None = None
    read: tuple[ReportInfo, ...] = ()
    dropped: list[str] = field(default_factory=list)
    error: str = ""
    finished: bool = False

    def advance(self, done: int, total: int, name: str) -> None:
        """Keep how far the reading is."""
        self.done, self.total, self.name = done, total, name


class IndexingJobs:
    """The runs of a page."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._runs: OrderedDict[str, IndexingJob] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def find(self, job_id: str) -> IndexingJob | None:
        """A run by its id."""
        return self._runs.get(job_id)

    def find_running(self) -> IndexingJob | None:
        """The run that is not finished."""
        with self._lock:
            return next((run for run in self._runs.values() if not run.finished), None)

    def begin(self) -> IndexingJob | None:
        """A new run, for which files can be saved; None while another one goes on."""
        with self._lock:
            if any(not run.finished for run in self._runs.values()):
                return None
            run = IndexingJob(secrets.token_hex(8))
            self._runs[run.id] = run
            while len(self._runs) > _MAX_JOBS:
                self._runs.popitem(last=False)
            return run

    def abandon(self, run: IndexingJob) -> None:
        """Forget a run that was not started."""
        with self._lock:
            run.finished = True
            self._runs.pop(run.id, None)

    def start(self, run: IndexingJob) -> None:
        """Read the folder."""
        # A commit is whole or not at all: a run may be cut off by the end of the program.
        self._thread = threading.Thread(target=self._run, args=(run,), daemon=True)
        self._thread.start()

    def _run(self, run: IndexingJob) -> None:
        try:
            self._index_folder(run)
        except IndexBusyError:
            run.error = BUSY
        except ReportSearchError as error:
            run.error = str(error)
        except Exception:  # noqa: BLE001 - told in the page, and the next run can go on
            _LOG.exception("reading the folder failed")
            run.error = INTERNAL
        finally:
            run.finished = True

    def _index_folder(self, run: IndexingJob) -> None:
        folder = self._settings.folder
        folder.mkdir(parents=True, exist_ok=True)
        with Archive.create(self._settings.index) as archive:
            before = {info.id: info for info in archive.infos()}
            summary = archive.index(folder, prune=run.prune, progress=run.advance)
            after = archive.infos()
        if run.saved is not None:
            # A copy that cannot be read would fail again in each run; the original is elsewhere.
            failed = {failure.source for failure in summary.failed}
            run.dropped = [name for name in run.saved.new if name in failed]
            delete_saved(folder, run.dropped)
        run.read = tuple(info for info in after if before.get(info.id) != info)
        run.summary = summary

    def close(self) -> None:
        """Wait for a run that goes on."""
        if self._thread is not None:
            self._thread.join(_JOIN_SECONDS)
