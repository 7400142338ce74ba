"""Opening files: what is no regular file, or is too large, is told before it is read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types as kinds
from reportsearch.extract import plain_text as plain

_LARGEST = 256 << 20
"""Bytes of a file."""
_LARGEST_TEXT = 32 << 20
"""Bytes of a file of plain text, which is read in this process."""
_LARGEST_ROWS = 1 << 30
"""Bytes of a file with a report a row."""


def text_of(data: bytes) -> str:
    """What is in a file of plain text."""
    if problem := _too_large(len(data), _LARGEST_TEXT):
        raise ExtractError(problem)
    return plain.read(data)


def unreadable(error: OSError) -> str:
    """Why a file cannot be read, in a sentence."""
    if isinstance(error, FileNotFoundError):
        return "it is gone; run index again"
    remedy = "; close it in Word or WPS, or ask for the permission to read it"
    reason = error.strerror or str(error)
    return f"cannot be read: {reason}{remedy if isinstance(error, PermissionError) else ''}"


def look_at(path: Path) -> tuple[str, int]:
    """Why a file must not be opened, if so, and its size: a pipe would be waited for."""
    try:
        status = path.stat()
    except OSError as error:
        return unreadable(error), 0
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file", 0
    most = _LARGEST_ROWS if path.suffix.lower() in kinds.ROW_SUFFIXES else _LARGEST
    return _too_large(status.st_size, most), status.st_size


def _too_large(size: int, most: int) -> str:
    return f"it has {size >> 20} MiB, the most is {most >> 20} MiB; split it" if size > most else ""


def bytes_of(path: Path) -> bytes:
    """What is in a file: it may have become another, or have grown, since it was looked at."""
    how = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, how), "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise ExtractError("not a regular file")
        return checked(stream.read(_LARGEST + 1))


def checked(data: bytes) -> bytes:
    """What is in a file, where that is not too much. Raises ExtractError."""
    if problem := _too_large(len(data), _LARGEST):
        raise ExtractError(problem)
    return data
