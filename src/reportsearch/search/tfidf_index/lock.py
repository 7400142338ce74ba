"""A lock between processes, which the operating system takes from one that ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_PAUSE = 0.05


@contextmanager
def lock_file(path: Path, timeout: float) -> Iterator[bool]:
    """Hold the lock of a file, which is made, inside the block.

    Gives False when it is not free within ``timeout`` seconds. Raises OSError when the file
    cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + timeout
        while not (taken := _try_to_take(handle)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield taken
    finally:
        os.close(handle)


def _try_to_take(handle: int) -> bool:
    try:
        _take(handle)
    except (BlockingIOError, PermissionError):
        return False
    return True
