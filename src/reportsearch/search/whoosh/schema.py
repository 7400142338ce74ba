"""What the index keeps of a report and of a passage."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import columns, fields, formats

# Raise the number when the schema changes: an index of another number is built anew.
INDEX_NAME = "reportsearch2"


class WordListField(fields.FieldType):  # type: ignore[misc]
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


NUMBERS_STRUCT = struct.Struct("<IIII")
"""Of a passage: indexed words, characters, how many passages before it the section starts, and 1
where its folded text has other offsets than the original, else 0."""


def build_schema() -> Any:
    """The fields of the documents of reports, of passages and of vocabularies."""
    return fields.Schema(
        # Of the document of a report or a vocabulary:
        kind=WordListField(),
        id=fields.COLUMN(columns.VarBytesColumn()),
        body=fields.COLUMN(columns.VarBytesColumn()),
        # Of the document of a report:
        structure=fields.COLUMN(columns.VarBytesColumn()),
        origin=fields.COLUMN(columns.VarBytesColumn()),
        info=fields.COLUMN(columns.VarBytesColumn()),
        title=WordListField(),
        # Of the document of a passage:
        words=WordListField(),
        headings=WordListField(),
        # The default is no value of ours: Whoosh does not write it at the end of a column.
        numbers=fields.COLUMN(
            columns.FixedBytesColumn(NUMBERS_STRUCT.size, b"\xff" * NUMBERS_STRUCT.size)
        ),
        text=fields.COLUMN(columns.VarBytesColumn()),
        heading_text=fields.COLUMN(columns.VarBytesColumn()),
        portfolios=fields.COLUMN(columns.VarBytesColumn()),
    )


# A text column's values are strings in UTF-16, each ended by a line end, which no folded text
# has: every document has one, so that a column read in one piece falls apart into its values.
ENCODING = "utf-16-le"
VALUE_END = "\n"

# Stands between the headings above a passage, so that no string is found across two.
HEADING_END = "\t"
REPORT, VOCABULARY = "report", "vocabulary"


def encode_text(text: str) -> bytes:
    """A text as a text column keeps it."""
    return f"{text}{VALUE_END}".encode(ENCODING)


def join_names(names: Iterable[str]) -> str:
    """Names as the column ``portfolios`` keeps them: each can be found whole."""
    return "".join(f"\t{name}\t" for name in names)


def split_names(value: str) -> list[str]:
    """The reverse of :func:`join_names`."""
    return [name for name in value.split("\t") if name]
