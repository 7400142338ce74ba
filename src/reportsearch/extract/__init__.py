"""A file's bytes to text: one module for each kind of file.

``kinds.py`` tells by the first bytes what a file is, ``packed.py`` what a packed or compound one
holds. Plain text is read at once; everything else in a process of its own (``pool.py``, and on its
other side ``process.py``), since what is in these files may break any reader. ``rows.py`` reads
.jsonl and .csv files with a report a row; ``folder.py`` finds the files. A file that cannot be read
raises ExtractError with a reason that a person understands.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.models import Extracted, ExtractionTask

MAX_CHARACTERS = 5_000_000
"""Of a report: some fifty times the longest that is known."""


def read_trusted(data: bytes, name: str) -> Extracted:
    """The text of a file that can be trusted, read in this process. Raises ExtractError."""
    kind = file_types.detect_kind(data, name)
    with tempfile.TemporaryDirectory() as folder:
        return read(ExtractionTask(kind, data, Path(folder), lambda *_: None))


def read(task: ExtractionTask) -> Extracted:
    """The text of a file. Raises ExtractError, or on a hostile file anything."""
    extracted = file_types.read(task)
    check_length(len(extracted.text))
    if not extracted.text.strip():
        raise ExtractError("there is no text in the file")
    return extracted


def check_length(characters: int) -> None:
    """Raise ExtractError when a text is longer than any report."""
    if characters > MAX_CHARACTERS:
        raise ExtractError(
            f"it has {characters} characters, the most is {MAX_CHARACTERS}; split it"
        )
