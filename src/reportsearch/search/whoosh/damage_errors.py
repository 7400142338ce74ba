"""Errors raised by reading a damaged index, as distinct from errors of the program."""

from __future__ import annotations

import json
import pickle
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from whoosh import index
from whoosh.filedb.filetables import FileFormatError
from whoosh.reading import CorruptIndexError, TermNotFound

from reportsearch.errors import MessageError

# Whoosh checks nothing that it reads: a wrong byte in its tables can become any of these.
_DAMAGE_ERRORS: tuple[type[Exception], ...] = (
    EOFError,
    IndexError,
    OverflowError,
    struct.error,
    zlib.error,
    CorruptIndexError,
    FileFormatError,
    ValueError,
    TypeError,
    KeyError,
    NameError,
    AttributeError,
    AssertionError,
    ImportError,
    json.JSONDecodeError,
    pickle.UnpicklingError,
    index.IndexError,
)


class DamageError(MessageError):
    """An error caused by index data that differs from what was written."""


@contextmanager
def detect_damage() -> Iterator[None]:
    """Convert errors of the block, which reads the index, to DamageError."""
    try:
        yield
    except TermNotFound:
        raise
    except _DAMAGE_ERRORS as error:
        raise DamageError("{name}: {error}", name=type(error).__name__, error=error) from error
