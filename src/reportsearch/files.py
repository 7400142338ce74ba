"""Paths that a user names, and files for an answer: written whole, or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from reportsearch.errors import ReportSearchError


def resolve_path(path: str | Path) -> Path:
    """The absolute path, through links; one that leads round in a circle is its own end.

    ``Path.resolve`` raises RuntimeError for such a link before Python 3.13.
    """
    return Path(os.path.realpath(path))


def check_writable(path: Path) -> None:
    """Refuse early what can be no file. Raises ReportSearchError."""
    try:
        if path.is_dir():
            raise ReportSearchError("{path} is a folder; name a file in it", path=path)
        if not path.parent.is_dir():
            raise ReportSearchError(
                "there is no folder {parent}; make it first, or name a file in another folder",
                parent=path.parent,
            )
        if path.exists() and not path.is_file():
            # A device or a pipe: to replace /dev/null would break the system.
            raise ReportSearchError("{path} is not an ordinary file; name another file", path=path)
    except OSError as error:
        raise _build_write_error(path, error) from error


def _build_write_error(path: Path, error: OSError) -> ReportSearchError:
    if isinstance(error, PermissionError):
        # Windows refuses to replace a file that Word has open.
        remedy = "close it if it is open in Word, or name a file in a folder of your own"
    else:
        remedy = "check the disk, or name another file"
    return ReportSearchError(
        "{path} cannot be written: {reason}; {remedy}",
        path=path,
        reason=error.strerror or error,
        remedy=remedy,
    )


def write_file(path: Path, data: bytes) -> None:
    """Write beside ``path`` and put it in its place. Raises ReportSearchError."""
    check_writable(path)
    # Through a link to what it points to: the link itself stays.
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
        # Gone already when all went well, never made when the folder cannot be written to.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
