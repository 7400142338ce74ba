"""Everything that can go wrong in a way the user can act on.

::

    ReportSearchError
    ├── QueryError        a search that cannot be understood
    ├── ExtractError      a file that cannot be read
    ├── CorrectionError   a value that a report cannot have, or that cannot be kept
    ├── LexiconError      a word list or a user's file that cannot be read
    ├── NotFoundError     no such report or passage
    ├── SentenceModelError  a sentence model that is not installed or cannot be loaded
    ├── PlotError         a picture that cannot be drawn
    │   └── NothingToDrawError  the answer has nothing that it could show
    └── IndexStateError
        ├── IndexMissingError   there is no index here
        ├── IndexOutdatedError  written by another version of the program
        ├── IndexBusyError      another process is writing
        │   └── IndexLockedError  on another computer, or it was before it crashed
        └── IndexDamagedError   files are missing or cut short

Every message is one line that says what was wrong, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_MAX_QUOTED = 60


def quote_value(value: object) -> str:
    """What a user wrote, as a message can show it: quoted, escaped, and cut when it is long."""
    text = value if isinstance(value, str) else str(value)
    short = text[:_MAX_QUOTED]
    # What nobody sees becomes several characters each when it is escaped.
    while len(repr(short)) > 2 * _MAX_QUOTED:
        short = short[: len(short) // 2]
    return repr(short) if short == text else f"{short!r}…"


class Message(str):
    """A sentence for people, in English, with the template and values for its translation.

    ``template`` has the names of ``values`` in braces, as ``str.format`` takes them; without values
    the template is the sentence. A value may be a message itself. ``context`` tells two equal
    templates apart. :func:`reportsearch.locale.translate` says it in another language.
    """

    __slots__ = ("context", "template", "values")
    template: str
    values: Mapping[str, object]
    context: str

    def __new__(cls, template: str, /, *, context: str = "", **values: object) -> Message:
        """Put the values into the template; an error counts as its message."""
        values = {name: _simplify(value) for name, value in values.items()}
        made = super().__new__(cls, template.format(**values) if values else template)
        made.template, made.values, made.context = template, values, context
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the template in a copy and in another process."""
        return unpack_message, (self.pack(),)

    def pack(self) -> list[Any]:
        """Return what JSON can hold: template, values, context."""
        values = {
            name: value.pack() if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return [self.template, values, self.context]


def join_messages(messages: Iterable[str], separator: str = "") -> Message:
    """Join messages into one, in which each is translated by itself; so is the separator."""
    values = {f"part{number}": message for number, message in enumerate(messages)}
    template = "{separator}".join(f"{{{name}}}" for name in values)
    return Message(template, separator=separator, **values)


def list_fields(names: Iterable[str]) -> Message:
    """List the names of fields, with commas."""
    return join_messages((Message(name, context="field") for name in names), COMMA)


def _simplify(value: object) -> object:
    if isinstance(value, MessageError):
        return value.message
    return value if isinstance(value, str | int | float) else str(value)


COMMA = Message(", ", context="list")


def pack_message(message: str) -> Any:
    """Return a message as JSON can hold it; a text that is none stays as it is."""
    return message.pack() if isinstance(message, Message) else message


def unpack_message(packed: Any) -> str:
    """Return the message of :func:`pack_message`."""
    if not isinstance(packed, list):
        return str(packed)
    template, values, context = packed
    unpacked = {
        name: unpack_message(value) if isinstance(value, list) else value
        for name, value in values.items()
    }
    return Message(template, context=context, **unpacked)


class MessageError(Exception):
    """An error with a :class:`Message`.

    Made of a template and its values, ``ExtractError("{name} is empty", name=name)``, or of a
    :class:`Message` without values.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        is_made = isinstance(template, Message) and not values
        super().__init__(template if is_made else Message(template, context="", **values))

    @property
    def message(self) -> Message:
        """The sentence, which can be translated."""
        message: Message = self.args[0]
        return message


class ReportSearchError(MessageError):
    """The root of all errors that this package raises on purpose."""


class QueryError(ReportSearchError):
    """A query that cannot be understood.

    ``position`` is the offset, in characters of the query, at which the trouble starts.
    """

    def __init__(self, template: str, /, *, position: int = 0, **values: object) -> None:
        super().__init__(template, **values)
        self.position = position


class ExtractError(ReportSearchError):
    """A file that cannot be read as a report; the message is the reason, not the file's name."""


class CorrectionError(ReportSearchError):
    """A value that a report cannot have, or that cannot be kept; ``field`` is the value's name."""

    def __init__(self, template: str, /, *, field: str = "", **values: object) -> None:
        super().__init__(template, **values)
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


class IndexLockedError(IndexBusyError):
    """A process of another computer is writing to the index, or was when it crashed."""


class IndexDamagedError(IndexStateError):
    """Files of the index are missing or cut short."""
