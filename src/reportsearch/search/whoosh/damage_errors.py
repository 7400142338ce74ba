"""What reading a damaged index can raise, told apart from errors of the program."""

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
    """Something in the index is not as it was written."""


@contextmanager
def detect_damage() -> Iterator[None]:
    """Around whatever reads the index: what goes wrong inside is damage, and raised as such."""
    try:
        yield
    except TermNotFound:
        raise
    except _DAMAGE_ERRORS as error:
        raise DamageError("{name}: {error}", name=type(error).__name__, error=error) from error
