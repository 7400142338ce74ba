"""A file's bytes to text: one module for each kind of file.

``kinds.py`` tells by the first bytes what a file is, ``packed.py`` what a packed or compound one
holds. Plain text is read at once; everything else in a process of its own (``pool.py``, and on its
other side ``process.py``), since what is in these files may break any reader. ``rows.py`` reads
.jsonl and .csv files with a report a row; ``folder.py`` finds the files. A file that cannot be read
raises ExtractError with a reason that a person understands.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import file_types, plain_text
from reportsearch.models.report import OCR

ROW = "row"
"""The reader of a report that was a row."""

MAX_CHARACTERS = 5_000_000
"""Of a report: some fifty times the longest that is known."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, and which reader gave it: a kind of file, or OCR."""

    text: str
    reader: str

    @property
    def lines_are_paragraphs(self) -> bool:
        """Whether its line ends are known to be paragraph ends."""
        return self.reader not in {file_types.TEXT, ROW}


@dataclass(frozen=True, slots=True)
class ExtractionTask:
    """A file to be read: its kind, its bytes, a folder for temporary files.

    ``advance`` is called with the number of the page that was read and of all pages.
    """

    kind: str
    data: bytes
    folder: Path
    advance: Callable[[int, int], None]


def read_trusted(data: bytes, name: str) -> Extracted:
    """The text of a file that can be trusted, read in this process. Raises ExtractError."""
    kind = file_types.detect_kind(data, name)
    with tempfile.TemporaryDirectory() as folder:
        return read(ExtractionTask(kind, data, Path(folder), lambda *_: None))


def read(task: ExtractionTask) -> Extracted:
    """The text of a file. Raises ExtractError, or on a hostile file anything."""
    kind = task.kind
    if kind in {file_types.ZIP, file_types.OLE}:
        from reportsearch.extract import containers

        look = containers.detect_zip_kind if kind == file_types.ZIP else containers.detect_ole_kind
        kind = look(task.data)
    text, reader = _read_kind(kind, task)
    check_length(len(text))
    if not text.strip():
        raise ExtractError("there is no text in the file")
    return Extracted(text, reader)


def check_length(characters: int) -> None:
    """Raise ExtractError when a text is longer than any report."""
    if characters > MAX_CHARACTERS:
        raise ExtractError(
            f"it has {characters} characters, the most is {MAX_CHARACTERS}; split it"
        )


def _read_kind(kind: str, task: ExtractionTask) -> tuple[str, str]:
    """The text of a file of a known kind, and its reader; each is imported when it is needed."""
    if kind == file_types.TEXT:
        return plain_text.read(task.data), kind
    if kind == "docx":
        from reportsearch.extract.docx import document

        return document.read(task.data), kind
    if kind == file_types.PDF:
        from reportsearch.extract.pages import pdf

        text, some_is_ocr = pdf.read(task.data, task.advance)
        return text, OCR if some_is_ocr else kind
    if kind == file_types.HTML:
        from reportsearch.extract.html import main_text

        return main_text.read(task.data), kind
    if kind == file_types.MHT:
        from reportsearch.extract.html import mht

        return mht.read(task.data), kind
    if kind == "ofd":
        from reportsearch.extract.pages import ofd

        return ofd.read(task.data), kind
    from reportsearch.extract import libreoffice

    suffix = ".xml" if kind == file_types.WORD_XML else f".{kind}"
    return libreoffice.read(task.data, suffix, task.folder), kind
