"""Extracting text from files, with a reader for each format.

``folder.py`` finds the files of a folder. ``file_types.py`` recognises the format of each by its
first bytes, since its name may be wrong, and ``containers.py`` that of ZIP and OLE containers. The
table in ``file_types.py`` names the reader of each format: Word (``docx/``), web pages (``html/``),
PDF and OFD with OCR (``pages/``), old formats by LibreOffice (``libreoffice.py``), plain text
(``plain_text.py``). ``row_files.py`` reads .jsonl and .csv files with one report per row, and
``metadata_csv.py`` the corrections stored next to the files.

A reader returns text with one paragraph or table row per line. Plain text is read in this process,
everything else in separate processes (``sandbox/``), because such a file can crash or stall any
reader. A file that cannot be read raises ExtractError with a reason and a remedy.

To add a format, write its reader and a row of the table. A search imports nothing from this folder.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types
from reportsearch.extract.models import Extracted, ExtractionTask

MAX_CHARACTERS = 5_000_000
"""Maximum length of a report, about fifty times that of the longest known one."""


def read_trusted(data: bytes, name: str) -> Extracted:
    """Extract the text of a trusted file in this process. Raises ExtractError."""
    kind = file_types.detect_kind(data, name)
    with tempfile.TemporaryDirectory() as folder:
        return read(ExtractionTask(kind, data, Path(folder), lambda *_: None))


def read(task: ExtractionTask) -> Extracted:
    """Extract the text of a file. Raises ExtractError, or any exception for a hostile file."""
    extracted = file_types.read(task)
    check_length(len(extracted.text))
    if not extracted.text.strip():
        raise ExtractError("the file contains no text")
    return extracted


def check_length(characters: int) -> None:
    """Raise ExtractError if a text is longer than any report."""
    if characters > MAX_CHARACTERS:
        raise ExtractError(
            "it has {characters} characters, over the limit of {max_characters}; split it",
            characters=characters,
            max_characters=MAX_CHARACTERS,
        )
