"""Whoosh keeps its tables as pickles, and unpickling can run code: here only known classes may be.

An index that somebody else made, or that was tampered with, is refused instead.
"""

from __future__ import annotations

import io
import pickle
from typing import IO, Any

from whoosh.codec import whoosh3
from whoosh.filedb import structfile

_ALLOWED = {
    ("reportsearch.engine.whoosh.codec", "Codec"),
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
    ("builtins", "set"),
    ("builtins", "int"),
    ("collections", "defaultdict"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Give only what an index of ours holds."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def load(stream: IO[bytes]) -> Any:
    """As ``pickle.load``, for the classes of an index."""
    return _Unpickler(stream).load()


def loads(data: bytes) -> Any:
    """As ``pickle.loads``, for the classes of an index."""
    return _Unpickler(io.BytesIO(data)).load()


def dumps(value: object, _: int) -> bytes:
    """As ``pickle.dumps``; Whoosh's own protocol, 2, has bytes only by way of a function."""
    return pickle.dumps(value, 4)


def restrict_whoosh() -> None:
    """Have Whoosh read and write its pickles with these functions."""
    whoosh3.loads = loads
    whoosh3.dumps = dumps
    structfile.load = load
