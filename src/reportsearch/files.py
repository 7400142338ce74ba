"""Resolving paths that a user names, and writing output files atomically."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from reportsearch.errors import Message, ReportSearchError


def resolve_path(path: str | Path) -> Path:
    """Return the absolute path with links resolved, even if a link is circular.

    ``Path.resolve`` raises RuntimeError for such a link before Python 3.13.
    """
    return Path(os.path.realpath(path))


def read_regular_file(path: Path, max_bytes: int) -> bytes:
    """Read a small file of the program itself, but no link, pipe or device.

    Raises OSError, and ValueError if it is none of ours.
    """
    how = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, how | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or status.st_size > max_bytes:
            raise ValueError(f"{path} is not a file of this program")
        return stream.read(max_bytes)


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


def write_file(path: Path, data: bytes) -> None:
    """Write a temporary file next to ``path``, then rename it. Raises ReportSearchError."""
    check_writable(path)
    # Write to the target of a link, so that the link itself stays.
    target = resolve_path(path)
    temporary = target.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise _build_write_error(path, error) from error
    finally:
        # Already renamed on success, and never created if the folder is not writable.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
