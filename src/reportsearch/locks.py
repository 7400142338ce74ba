"""Locks on files, and temporary files and folders that are locked as long as they are in use.

The operating system releases a lock when its process ends, also if it was killed. So the next run
can remove temporary files that were left behind, and nothing that is still in use. Only what
belongs to the current user is touched, and no link is followed: anybody may put anything into the
system's temporary folder.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_FILE = re.compile(r"\.reportsearch-[0-9a-f]{16}\.tmp")
_FOLDER = re.compile(r"reportsearch-[a-z0-9_]{8}")
_LOCK = "reportsearch.lock"
"""The file in a temporary folder that is locked; without it, a folder is not ours."""
_WINDOWS_PAUSE = 60.0
"""Seconds for which a file is left alone on Windows, where it must be unlocked to be renamed."""

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(handle: int) -> bool:
    """Lock an open file until it is closed; return False if another process has locked it.

    Raises OSError if the drive has no locks.
    """
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError):
        return False
    return True


class TemporaryFile:
    """A file that is written next to its final place, to which :meth:`publish` moves it."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        self.path = path
        self.stream = stream

    def flush(self) -> None:
        """Flush what was written to disk."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        if sys.platform == "win32":
            # No open file can be renamed there.
            self.stream.close()

    def publish(self, target: Path) -> None:
        """Replace a file by this one. Raises OSError."""
        self.path.replace(target)
        sync_folder(target.parent)


@contextmanager
def create_temporary_file(folder: Path) -> Iterator[TemporaryFile]:
    """Create a file in a folder, and delete it at the end of the block unless it was published.

    Also removes those that killed processes have left in the folder. Raises OSError.
    """
    remove_abandoned_files(folder)
    path, stream = _create_locked_file(folder)
    try:
        with stream:
            yield TemporaryFile(path, stream)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _create_locked_file(folder: Path) -> tuple[Path, BinaryIO]:
    while True:
        path = folder / f".reportsearch-{secrets.token_hex(8)}.tmp"
        stream = path.open("xb")
        if _hold(stream.fileno(), path):
            return path, stream
        stream.close()


def _hold(handle: int, path: Path) -> bool:
    """Lock a new file, unless another process has just taken it for abandoned."""
    with suppress(OSError):  # A drive without locks: nobody removes what cannot be locked.
        if not try_lock(handle):
            return False
    return os.path.lexists(path)


def sync_folder(folder: Path) -> None:
    """Flush the names of a folder's files to disk, where the system can; else a rename may be lost.

    Raises OSError.
    """
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder whose names may be changed, but not listed
        return
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network drives flush no folder; the file itself has been flushed.
        if error.errno not in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
            raise
    finally:
        os.close(handle)


class TemporaryFolder:
    """A folder in the system's temporary folder, for use in a ``with`` block.

    Also removes those that killed processes have left there. Raises OSError.
    """

    def __init__(self) -> None:
        remove_abandoned_folders()
        while True:
            self.path = Path(tempfile.mkdtemp(prefix="reportsearch-"))
            lock = self.path / _LOCK
            # Another process may take the folder for abandoned before it is locked.
            with suppress(FileNotFoundError):
                self._handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
                if _hold(self._handle, lock):
                    return
                os.close(self._handle)

    def __enter__(self) -> Path:
        """Return the path."""
        return self.path

    def __exit__(self, *_: object) -> None:
        """Delete the folder."""
        self.close()

    def close(self) -> None:
        """Delete the folder."""
        os.close(self._handle)
        shutil.rmtree(self.path, ignore_errors=True)


def is_temporary_file(name: str) -> bool:
    """Return whether a file of this name is one of :func:`create_temporary_file`."""
    return _FILE.fullmatch(name) is not None


def remove_abandoned_files(folder: Path) -> None:
    """Remove the temporary files in a folder whose processes were killed."""
    for path in _list_paths(folder, _FILE):
        with suppress(OSError), _take(path) as is_abandoned:
            if is_abandoned and not _may_be_renamed_soon(path):
                path.unlink()


def _may_be_renamed_soon(path: Path) -> bool:
    return sys.platform == "win32" and path.stat().st_mtime > time.time() - _WINDOWS_PAUSE


def remove_abandoned_folders() -> None:
    """Remove the folders in the system's temporary folder whose processes were killed."""
    for path in _list_paths(Path(tempfile.gettempdir()), _FOLDER):
        remove_abandoned_folder(path)


def remove_abandoned_folder(path: Path) -> None:
    """Remove a temporary folder if its process was killed."""
    with suppress(OSError):
        found = path.lstat()
        if not (stat.S_ISDIR(found.st_mode) and _is_own(found)):
            return
        if not os.path.lexists(path / _LOCK):
            path.rmdir()  # only if it is empty
            return
        with _take(path / _LOCK) as is_abandoned:
            if is_abandoned:
                shutil.rmtree(path, ignore_errors=True)


def _list_paths(folder: Path, pattern: re.Pattern[str]) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if pattern.fullmatch(path.name)]
    return []


@contextmanager
def _take(path: Path) -> Iterator[bool]:
    """Lock a file inside the block; yield whether it is the user's own and was not locked.

    Raises OSError.
    """
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    try:
        found = os.fstat(handle)
        is_abandoned = stat.S_ISREG(found.st_mode) and _is_own(found) and try_lock(handle)
        if sys.platform == "win32":
            os.close(handle)  # No open file can be deleted there.
        yield is_abandoned
    finally:
        if sys.platform != "win32":
            os.close(handle)


def _is_own(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.geteuid()
