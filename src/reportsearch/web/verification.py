"""Checking the index for damage in the background, and on request."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from pathlib import Path

from reportsearch.archive import Archive
from reportsearch.errors import IndexDamagedError, ReportSearchError
from reportsearch.models.verification import Verification

_LOG = logging.getLogger("reportsearch.web")
_DAY_SECONDS = 86_400.0


class DailyVerification:
    """A thread that checks the index soon after the start, and then once a day.

    ``result`` is that of the last check, made at ``checked_at``; ``error`` is the reason why the
    index could not be checked.
    """

    def __init__(self, index: Path, first_seconds: float) -> None:
        self._index = index
        self._first_seconds = first_seconds
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self.result: Verification | None = None
        self.error: ReportSearchError | None = None
        self.checked_at: datetime | None = None

    def start(self) -> None:
        """Start the thread, which does not keep the program from ending."""
        threading.Thread(target=self._run, daemon=True, name="verification").start()

    def stop(self) -> None:
        """Let the thread end."""
        self._stopped.set()

    def _run(self) -> None:
        seconds = self._first_seconds
        while not self._stopped.wait(seconds):
            seconds = _DAY_SECONDS
            try:
                self.check()
            except Exception as error:  # noqa: BLE001 - the next check may succeed
                _LOG.error("the daily check failed", exc_info=error)

    def check(self) -> None:
        """Check the index now, and keep the result."""
        with self._lock:
            result, error = None, None
            try:
                result = verify_index(self._index)
            except ReportSearchError as raised:
                error = raised
            self.result, self.error = result, error
            self.checked_at = datetime.now().astimezone()


def verify_index(index: Path) -> Verification:
    """Check the files of an index, even if it is damaged so much that it cannot be opened."""
    try:
        with Archive.open(index) as archive:
            return archive.verify()
    except IndexDamagedError:
        with Archive.open(index, repair=True) as archive:
            return archive.verify()
