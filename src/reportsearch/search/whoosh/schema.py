"""The schema of the index: columns of reports, passages and vocabularies.

No field is indexed by Whoosh. What Whoosh would index is in the postings (``search/postings``): the
words of passages, headings and titles, and the kind of each document.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

from whoosh import columns, fields

# Raise the number if the schema changes. An index with a different number is rebuilt.
INDEX_NAME = "reportsearch6"


NUMBERS_STRUCT = struct.Struct("<IIIII")
"""Numbers of a passage.

They are its indexed words, its characters, the number of passages since the start of its section,
1 if its folded text has different offsets than the original, else 0, and the length of its folded
text in code units, with the line end.
"""


def build_schema() -> Any:
    """Build the fields of the documents of reports, passages and vocabularies."""
    return fields.Schema(
        # In documents of reports and vocabularies, and without an id in the one of officials:
        id=fields.COLUMN(columns.VarBytesColumn()),
        body=fields.COLUMN(columns.VarBytesColumn()),
        # In documents of reports:
        structure=fields.COLUMN(columns.VarBytesColumn()),
        origin=fields.COLUMN(columns.VarBytesColumn()),
        info=fields.COLUMN(columns.VarBytesColumn()),
        # In documents of passages:
        # The default never occurs as a value, since Whoosh omits it at the end of a column.
        numbers=fields.COLUMN(
            columns.FixedBytesColumn(NUMBERS_STRUCT.size, b"\xff" * NUMBERS_STRUCT.size)
        ),
        text=fields.COLUMN(columns.VarBytesColumn()),
        heading_text=fields.COLUMN(columns.VarBytesColumn()),
        portfolios=fields.COLUMN(columns.VarBytesColumn()),
    )


# A text column's values are strings in UTF-16, each followed by a line end, which folded text never
# contains. Every document has one, so a column read in one piece can be split into its values.
ENCODING = "utf-16-le"
CODE_UNIT_SIZE = 2
VALUE_END = "\n"

# Separates the headings above a passage, so that no string matches across two of them.
HEADING_END = "\t"
REPORT, VOCABULARY, OFFICIALS = "report", "vocabulary", "officials"
"""Kinds of documents, as words of the field "kind"; passages have none."""


def encode_text(text: str) -> bytes:
    """Encode a text for a text column."""
    return f"{text}{VALUE_END}".encode(ENCODING)


def join_names(names: Iterable[str]) -> str:
    """Join names for the column ``portfolios``, in which each can be found as a whole."""
    return "".join(f"\t{name}\t" for name in names)


def split_names(value: str) -> list[str]:
    """Split a value made by :func:`join_names`."""
    return [name for name in value.split("\t") if name]
