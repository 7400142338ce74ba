"""Restricting unpickling to known classes.

Whoosh stores its tables as pickles, which can run code when they are read. An index that was made
or modified by an attacker is rejected.
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
        """Return a class if an index may contain it. Raises UnpicklingError."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def load(stream: IO[bytes]) -> Any:
    """Load a pickle like ``pickle.load``, restricted to the classes of an index."""
    return _Unpickler(stream).load()


def loads(data: bytes) -> Any:
    """Load a pickle like ``pickle.loads``, restricted to the classes of an index."""
    return _Unpickler(io.BytesIO(data)).load()


def dumps(value: object, _: int) -> bytes:
    """Dump a pickle like ``pickle.dumps``, but always with protocol 4.

    Whoosh's own protocol, 2, stores bytes as a function call.
    """
    return pickle.dumps(value, 4)


def install_unpickler() -> None:
    """Make Whoosh use these functions to read and write its pickles."""
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
    """Restrict unpickling in the block, because other indexes of the process may need any class."""
    before = _restricted.set(True)
    try:
        yield
    finally:
        _restricted.reset(before)
