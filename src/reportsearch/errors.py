"""Everything that can go wrong in a way the user can act on.

::

    ReportSearchError
    ├── QueryError        a search that cannot be understood
    ├── ExtractError      a file that cannot be read
    ├── CorrectionError   a value that a report cannot have, or that cannot be kept
    ├── LexiconError      a word list or a user's file that cannot be read
    ├── NotFoundError     no such report or passage
    ├── SentenceModelError  a model of meanings that is not installed or cannot be loaded
    ├── PlotError         a picture that cannot be drawn
    │   └── NothingToDrawError  the answer has nothing that it could show
    └── IndexStateError
        ├── IndexMissingError   there is no index here
        ├── IndexOutdatedError  written by another version of the program
        ├── IndexBusyError      another process is writing
        └── IndexDamagedError   files are missing or cut short

Every message is one line that says what was wrong, where, and what to do next.
"""

from __future__ import annotations

_MAX_QUOTED = 60


def quote_value(value: object) -> str:
    """What a user wrote, as a message can show it: quoted, escaped, and cut when it is long."""
    text = value if isinstance(value, str) else str(value)
    short = text[:_MAX_QUOTED]
    # What nobody sees becomes several characters each when it is escaped.
    while len(repr(short)) > 2 * _MAX_QUOTED:
        short = short[: len(short) // 2]
    return repr(short) if short == text else f"{short!r}…"


class ReportSearchError(Exception):
    """The root of all errors that this package raises on purpose."""


class QueryError(ReportSearchError):
    """A query that cannot be understood.

    ``position`` is the offset, in characters of the query, at which the trouble starts.
    """

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position


class ExtractError(ReportSearchError):
    """A file that cannot be read as a report; the message is the reason, not the file's name."""


class CorrectionError(ReportSearchError):
    """A value that a report cannot have, or that cannot be kept; ``field`` is the value's name."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class LexiconError(ReportSearchError):
    """A word list that cannot be read; names the file and the entry."""


class NotFoundError(ReportSearchError):
    """No report or passage of this name, or more than one."""


class SentenceModelError(ReportSearchError):
    """A sentence model that is not installed or cannot be loaded; says what to install or fetch."""


class PlotError(ReportSearchError):
    """A picture that cannot be drawn; says what to install, or what can be drawn."""


class NothingToDrawError(PlotError):
    """An answer without anything that a picture could show."""


class IndexStateError(ReportSearchError):
    """Something is wrong with the index on disk."""


class IndexMissingError(IndexStateError):
    """There is no index in this folder."""


class IndexOutdatedError(IndexStateError):
    """The index was written by a version whose format this one does not read."""


class IndexBusyError(IndexStateError):
    """Another process is writing to the index."""


class IndexDamagedError(IndexStateError):
    """Files of the index are missing or cut short."""
