"""A lock between processes, which the operating system releases if its holder ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportsearch import files
from reportsearch.locks import try_lock

_PAUSE = 0.05


@contextmanager
def lock_file(path: Path, timeout: float) -> Iterator[bool]:
    """Open or create a file, and hold its lock inside the block.

    Yields False if the lock is not free within ``timeout`` seconds. Raises OSError if the file
    cannot be created.
    """
    handle = files.open_regular(path, os.O_RDWR | os.O_CREAT)
    try:
        until = time.monotonic() + timeout
        while not (taken := try_lock(handle)) and time.monotonic() < until:
            time.sleep(_PAUSE)
        yield taken
    finally:
        os.close(handle)
