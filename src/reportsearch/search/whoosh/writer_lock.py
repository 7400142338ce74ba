"""The lock that lets one process at a time write to an index, also from several computers.

The lock of the operating system ends with its process. On a network drive, it may count for one
computer only. So the writer also creates a record of itself, which only one can do on any drive.
If that of this computer is there though nobody has the lock, its process was killed. That of
another computer is respected: from here, nobody can tell whether its process still lives.
"""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

from reportsearch import files, locks
from reportsearch.errors import IndexBusyError, IndexLockedError, IndexStateError, Message

_RECORD = "reportsearch-writer.json"
_BOOT_ID = "/proc/sys/kernel/random/boot_id"
_PAUSE = 0.1
"""Seconds in which another computer finishes writing its record."""


class WriterLock:
    """The lock of an index's writer, with the methods of Whoosh's locks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._record = path.parent / _RECORD
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Take the lock; return False if another process has it. Raises IndexStateError."""
        handle = files.open_regular(self._path, os.O_RDWR | os.O_CREAT)
        try:
            if self._try_lock(handle) and self._create_record():
                self._handle = handle
                return True
        finally:
            if self._handle is None:
                os.close(handle)
        return False

    def _try_lock(self, handle: int) -> bool:
        try:
            return locks.try_lock(handle)
        except OSError as error:
            raise IndexStateError(
                "the drive of {folder} has no locks ({reason}), so two programs could write to the "
                "index at once; put it on a disk of this computer",
                folder=self._path.parent,
                reason=error.strerror or error,
            ) from error

    def _create_record(self) -> bool:
        owner = read_owner(self._record.parent)
        if not owner and os.path.lexists(self._record):
            time.sleep(_PAUSE)
            owner = read_owner(self._record.parent)
        if _is_foreign(owner):
            return False
        self._record.unlink(missing_ok=True)
        started = time.strftime("%Y-%m-%d %H:%M:%S")
        owner = {"pid": str(os.getpid()), "since": started, **_identify_computer()}
        try:
            with files.create_regular(self._record) as stream:
                stream.write(json.dumps(owner).encode())
        except FileExistsError:
            return False
        return True

    def release(self) -> None:
        """Release the lock."""
        if self._handle is None:
            return
        with suppress(OSError):
            if not _is_foreign(read_owner(self._record.parent)):
                self._record.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = None


def _identify_computer() -> dict[str, str]:
    boot = ""
    with suppress(OSError):
        # Containers have names of their own, but share the locks of their computer.
        boot = Path(_BOOT_ID).read_text(encoding="ascii").strip()
    return {"host": socket.gethostname(), "boot": boot}


def _is_foreign(owner: dict[str, str]) -> bool:
    """Return whether a record was written by another computer."""
    own = _identify_computer()
    is_same = not owner or owner["host"] == own["host"]
    return not is_same and not (own["boot"] and owner.get("boot") == own["boot"])


def read_owner(folder: Path) -> dict[str, str]:
    """Return the record of the writer of an index; empty if there is none that can be read."""
    with suppress(OSError, ValueError, AttributeError, RecursionError):
        owner = {
            key: str(value)
            for key, value in json.loads(files.read_regular(folder / _RECORD)).items()
        }
        if {"pid", "host", "since"} <= owner.keys():
            return owner
    return {}


def build_busy_error(folder: Path) -> IndexBusyError:
    """Build the error about an index that another process is writing."""
    owner = read_owner(folder)
    who = Message("another process")
    if owner:
        who = Message(
            "process {pid} on {host} since {since}",
            pid=owner["pid"],
            host=owner["host"],
            since=owner["since"],
        )
    if _is_foreign(owner):
        return IndexLockedError(
            "the index in {folder} is being written by {owner}, which is another computer; wait "
            "until it finishes, or if nothing is running there any more, delete {file}",
            folder=folder,
            owner=who,
            file=folder / _RECORD,
        )
    return IndexBusyError(
        "the index in {folder} is being written by {read_lock_owner}; wait until it finishes, or "
        "end that process",
        folder=folder,
        read_lock_owner=who,
    )
