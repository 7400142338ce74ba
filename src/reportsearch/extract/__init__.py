"""Extract the text of a file: one reader for each format.

``folder.py`` finds the files of a folder, and ``file_types.py`` says what each is by its first
bytes, since its name may be wrong. What a ZIP or OLE container is, ``containers.py`` says. The
table in ``file_types.py`` names the reader of each format: Word (``docx/``), web pages (``html/``),
PDF and OFD with OCR (``pages/``), old formats by LibreOffice (``libreoffice.py``), plain text
(``plain_text.py``). ``row_files.py`` reads .jsonl and .csv files with a report a row;
``metadata_csv.py`` the corrections beside the files.

A reader returns text with a paragraph or a table row a line. Plain text is read in this process;
everything else in processes of its own (``sandbox/``), because such a file can crash or stall any
reader. A file that cannot be read raises ExtractError with a reason that says what to do.

To add a format, write its reader and a row of the table. A search imports nothing of this folder.
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
            "it has {characters} characters, the most is {max_characters}; split it",
            characters=characters,
            max_characters=MAX_CHARACTERS,
        )
