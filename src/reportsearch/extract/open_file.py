"""Safe opening of files: irregular and oversized ones are rejected before they are read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from reportsearch import files
from reportsearch.errors import ExtractError, Message
from reportsearch.extract import file_types, plain_text

_MAX_FILE_BYTES = 256 << 20
"""Size limit of a file."""
_MAX_TEXT_BYTES = 32 << 20
"""Size limit of a plain text file, which is read in this process."""
_MAX_ROW_FILE_BYTES = 1 << 30
"""Size limit of a file with one report per row."""

_IRREGULAR = Message("not a regular file")


def decode_text(data: bytes) -> str:
    """Decode the content of a plain text file. Raises ExtractError."""
    if problem := _find_size_problem(len(data), _MAX_TEXT_BYTES):
        raise ExtractError(problem)
    return plain_text.read(data)


def explain_os_error(error: OSError) -> str:
    """Return a message why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return Message("the file no longer exists; run index again")
    reason = error.strerror or str(error)
    if isinstance(reason, Message):
        # A pipe or link took the file's place since it was inspected.
        return _IRREGULAR
    if isinstance(error, PermissionError):
        return Message(
            "cannot be read: {reason}; close it in Word or WPS, or request read permission",
            reason=reason,
        )
    return Message("cannot be read: {reason}", reason=reason)


def inspect_file(path: Path) -> tuple[str, int]:
    """Return why a file must not be opened, or "", and its size. Opening a pipe would block."""
    try:
        status = path.stat()
    except OSError as error:
        return explain_os_error(error), 0
    if not stat.S_ISREG(status.st_mode):
        return _IRREGULAR, 0
    most = _MAX_ROW_FILE_BYTES if file_types.is_row_file(path) else _MAX_FILE_BYTES
    return _find_size_problem(status.st_size, most), status.st_size


def _find_size_problem(size: int, max_size: int) -> str:
    if size <= max_size:
        return ""
    return Message(
        "it has {size} MiB, over the limit of {max_size} MiB; split it",
        size=size >> 20,
        max_size=max_size >> 20,
    )


def read_bytes(path: Path) -> bytes:
    """Read a file safely, even if it was replaced or has grown since it was inspected."""
    with os.fdopen(files.open_regular(path, follow=True), "rb") as stream:
        return check_size(stream.read(_MAX_FILE_BYTES + 1))


def check_size(data: bytes) -> bytes:
    """Return the content of a file if it is not too large. Raises ExtractError."""
    if problem := _find_size_problem(len(data), _MAX_FILE_BYTES):
        raise ExtractError(problem)
    return data
