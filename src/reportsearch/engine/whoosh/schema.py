"""What the index keeps of a report and of a passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats

# Raise the number when the schema changes: an index of another number is built anew.
NAME = "reportsearch1"


class Words(fields.FieldType):  # type: ignore[misc]
    """A list of words as postings with frequencies, without Whoosh's analysis."""

    scorable = False
    stored = False
    column_type = None

    def __init__(self) -> None:
        # A posting's weight is the frequency; it needs no payload.
        super().__init__(formats.Existence(), None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, frequency, weight and payload of each word."""
        for word, count in Counter(value).items():
            yield word.encode(), count, float(count), b""

    def to_bytes(self, value: str | bytes) -> bytes:
        """A word as a term."""
        return value.encode() if isinstance(value, str) else value

    def from_bytes(self, data: bytes) -> str:
        """A term as a word."""
        return data.decode()


def schema() -> Any:
    """The fields of the documents of reports and of passages."""
    return fields.Schema(
        # Of the document of a report:
        is_report=Words(),
        id=fields.COLUMN(columns.VarBytesColumn()),
        origin=fields.COLUMN(columns.VarBytesColumn()),
        info=fields.COLUMN(columns.VarBytesColumn()),
        report=fields.COLUMN(columns.VarBytesColumn()),
        # Of the document of a passage:
        words=Words(),
        length=fields.COLUMN(columns.NumericColumn("I")),
        text=fields.COLUMN(columns.VarBytesColumn()),
        headings=fields.COLUMN(columns.VarBytesColumn()),
        portfolios=fields.COLUMN(columns.VarBytesColumn()),
    )


def listed(names: Iterable[str]) -> bytes:
    """Names as the column ``portfolios`` keeps them: each can be found whole."""
    return "".join(f"\t{name}\t" for name in names).encode()


def names_in(value: bytes) -> list[str]:
    """The reverse of :func:`listed`."""
    return [name for name in value.decode().split("\t") if name]
