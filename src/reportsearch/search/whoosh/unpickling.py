"""Whoosh keeps its tables as pickles, and unpickling can run code: here only known classes may be.

An index that somebody else made, or that was tampered with, is refused instead.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Any

from whoosh.codec import whoosh3
from whoosh.filedb import structfile

_ALLOWED = {
    ("reportsearch.search.whoosh.codec", "Codec"),
    ("whoosh.codec.whoosh3", "W3Segment"),
    ("array", "array"),
    ("array", "_array_reconstructor"),
    ("builtins", "set"),
    ("builtins", "int"),
    ("collections", "defaultdict"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
}

_restricted: ContextVar[bool] = ContextVar("restricted", default=False)


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


def install_unpickler() -> None:
    """Have Whoosh read and write its pickles with these functions."""
    _own = whoosh3.loads, structfile.load

    def any_loads(data: bytes) -> Any:
        return loads(data) if _restricted.get() else _own[0](data)

    def any_load(stream: IO[bytes]) -> Any:
        return load(stream) if _restricted.get() else _own[1](stream)

    whoosh3.loads = any_loads
    whoosh3.dumps = dumps
    structfile.load = any_load


@contextmanager
def restrict_unpickling() -> Iterator[None]:
    """Around whatever reads our index. Other indexes in the same process may hold other classes."""
    before = _restricted.set(True)
    try:
        yield
    finally:
        _restricted.reset(before)
