"""Errors raised by reading a damaged index, as distinct from errors of the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reportsearch.errors import MessageError


class DamageError(MessageError):
    """An error caused by index data that differs from what was written."""


@contextmanager
def detect_damage() -> Iterator[None]:
    """Convert errors of the block, which reads the index, to DamageError.

    Whoosh checks nothing that it reads: a wrong byte in its tables can become any error.
    """
    try:
        yield
    except (MessageError, OSError, MemoryError):
        raise
    except Exception as error:
        raise DamageError("{name}: {error}", name=type(error).__name__, error=error) from error
