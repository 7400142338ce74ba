"""Errors raised by reading a damaged index, as distinct from errors of the program."""

from __future__ import annotations

from types import TracebackType

from reportsearch.errors import MessageError


class DamageError(MessageError):
    """An error caused by index data that differs from what was written."""


class detect_damage:  # noqa: N801
    """Convert errors of the block, which reads the index, to DamageError.

    Whoosh checks nothing that it reads: a wrong byte in its tables can become any error.
    """

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Convert an error, unless it is one of the machine or already tells of damage."""
        if isinstance(error, Exception) and not isinstance(
            error, (MessageError, OSError, MemoryError)
        ):
            name = type(error).__name__
            raise DamageError("{name}: {error}", name=name, error=error) from error
