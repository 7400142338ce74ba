"""Opening files safely, resolving paths that a user names, and writing output files atomically.

A folder of reports or of an index may come from somebody else. A link in it could make the program
read or overwrite any other file of the user, and opening a pipe would wait forever. So the files of
an index, its word list and a metadata.csv are opened by the functions here, which open nothing but
regular files.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from reportsearch.errors import Message, ReportSearchError

_TEMPORARY = re.compile(r"\.reportsearch-[0-9a-f]{16}\.tmp")
_ABANDONED_SECONDS = 3600
"""Age of a temporary file that no process is still writing; it takes seconds."""


def resolve_path(path: str | Path) -> Path:
    """Return the absolute path with links resolved, even if a link is circular.

    ``Path.resolve`` raises RuntimeError for such a link before Python 3.13.
    """
    return Path(os.path.realpath(path))


def open_regular(path: str | Path, flags: int = os.O_RDONLY, *, follow: bool = False) -> int:
    """Open a regular file and return its descriptor.

    Raises OSError for anything else: a pipe, a device, a folder, and a link unless ``follow``.
    """
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
        if Path(path).is_symlink():  # where the system has no such flag, and for a clear message
            raise _build_irregular_error(path)
    safe = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(path, flags | safe, 0o666)
    except OSError as error:
        # A link that has just been put there, a pipe or socket without a reader.
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise _build_irregular_error(path) from error
        raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _build_irregular_error(path)
    return handle


def _build_irregular_error(path: str | Path) -> OSError:
    reason = Message("{name} is no regular file but a link or a pipe", name=Path(path).name)
    return OSError(errno.EINVAL, reason, str(path))


def read_regular(path: str | Path, *, follow: bool = False) -> bytes:
    """Read a regular file as a whole. Raises OSError; see :func:`open_regular`."""
    with os.fdopen(open_regular(path, follow=follow), "rb") as stream:
        return stream.read()


def create_regular(path: str | Path) -> BinaryIO:
    """Create a file for writing and reading, which must not exist. Raises OSError."""
    return os.fdopen(open_regular(path, os.O_RDWR | os.O_CREAT | os.O_EXCL), "w+b")


def replace_regular(path: Path) -> BinaryIO:
    """Create a file for writing in place of one that was left there, or of a link."""
    path.unlink(missing_ok=True)
    return create_regular(path)


def leads_outside(path: Path) -> bool:
    """Return whether a path is a link to a file outside its own folder."""
    return path.is_symlink() and not resolve_path(path).is_relative_to(resolve_path(path.parent))


def check_writable(path: Path) -> None:
    """Raise ReportSearchError if a path cannot be written as a file."""
    try:
        if path.is_dir():
            raise ReportSearchError("{path} is a folder; name a file in it", path=path)
        if not path.parent.is_dir():
            raise ReportSearchError(
                "there is no folder {parent}; create it first, or name a file in another folder",
                parent=path.parent,
            )
        if path.exists() and not path.is_file():
            # A device or a pipe. Replacing /dev/null would break the system.
            raise ReportSearchError("{path} is not a regular file; name another file", path=path)
    except OSError as error:
        raise _build_write_error(path, error) from error


def _build_write_error(path: Path, error: OSError) -> ReportSearchError:
    if isinstance(error, PermissionError):
        # Windows does not replace a file that Word has open.
        remedy = Message(
            "close it if it is open in Word, or name a file in a folder you can write to"
        )
    else:
        remedy = Message("check the disk, or name another file")
    return ReportSearchError(
        "{path} cannot be written: {reason}; {remedy}",
        path=path,
        reason=error.strerror or error,
        remedy=remedy,
    )


def name_temporary(folder: Path) -> Path:
    """Return the path of a new temporary file, which is to be renamed or deleted."""
    return folder / f".reportsearch-{secrets.token_hex(8)}.tmp"


def remove_abandoned(folder: Path) -> None:
    """Delete temporary files that an interrupted process left in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                age = time.time() - entry.stat(follow_symlinks=False).st_mtime
                if age > _ABANDONED_SECONDS:
                    Path(entry).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder to disk, where the system can; else a rename may be lost."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # a folder whose names may be changed, but not listed
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a network drive that cannot
            raise
    finally:
        os.close(handle)


def write_file(path: Path, data: bytes) -> None:
    """Write a temporary file next to ``path``, then rename it. Raises ReportSearchError."""
    check_writable(path)
    # Write to the target of a link, so that the link itself stays.
    target = resolve_path(path)
    temporary = name_temporary(target.parent)
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
        sync_folder(target.parent)
        remove_abandoned(target.parent)
    except OSError as error:
        raise _build_write_error(path, error) from error
    finally:
        # Already renamed on success, and never created if the folder is not writable.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
