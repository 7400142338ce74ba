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
from reportsearch.extract import file_types as kinds
from reportsearch.extract import plain_text as plain
from reportsearch.models.report import OCR

ROW = "row"
"""The reader of a report that was a row."""

MOST_CHARACTERS = 5_000_000
"""Of a report: some fifty times the longest that is known."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, and which reader gave it: a kind of file, or OCR."""

    text: str
    reader: str

    @property
    def lines_are_paragraphs(self) -> bool:
        """Whether its line ends are known to be paragraph ends."""
        return self.reader not in {kinds.TEXT, ROW}


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read: its kind, its bytes, a folder for temporary files.

    ``advance`` is called with the number of the page that was read and of all pages.
    """

    kind: str
    data: bytes
    folder: Path
    advance: Callable[[int, int], None]


def read_here(data: bytes, name: str) -> Extracted:
    """The text of a file that can be trusted, read in this process. Raises ExtractError."""
    kind = kinds.kind_of(data, name)
    with tempfile.TemporaryDirectory() as folder:
        return read(Task(kind, data, Path(folder), lambda *_: None))


def read(task: Task) -> Extracted:
    """The text of a file. Raises ExtractError, or on a hostile file anything."""
    kind = task.kind
    if kind in {kinds.ZIP, kinds.OLE}:
        from reportsearch.extract import containers as packed

        look = packed.kind_in_zip if kind == kinds.ZIP else packed.kind_in_ole
        kind = look(task.data)
    text, reader = _text(kind, task)
    check_length(len(text))
    if not text.strip():
        raise ExtractError("there is no text in the file")
    return Extracted(text, reader)


def check_length(characters: int) -> None:
    """Raise ExtractError when a text is longer than any report."""
    if characters > MOST_CHARACTERS:
        raise ExtractError(
            f"it has {characters} characters, the most is {MOST_CHARACTERS}; split it"
        )


def _text(kind: str, task: Task) -> tuple[str, str]:
    """The text of a file of a known kind, and its reader; each is imported when it is needed."""
    if kind == kinds.TEXT:
        return plain.read(task.data), kind
    if kind == "docx":
        from reportsearch.extract.docx import document as docx

        return docx.read(task.data), kind
    if kind == kinds.PDF:
        from reportsearch.extract.pages import pdf

        text, some_is_ocr = pdf.read(task.data, task.advance)
        return text, OCR if some_is_ocr else kind
    if kind == kinds.HTML:
        from reportsearch.extract.html import main_text as html

        return html.read(task.data), kind
    if kind == kinds.MHT:
        from reportsearch.extract.html import mht

        return mht.read(task.data), kind
    if kind == "ofd":
        from reportsearch.extract.pages import ofd

        return ofd.read(task.data), kind
    from reportsearch.extract import libreoffice as office

    suffix = ".xml" if kind == kinds.WORD_XML else f".{kind}"
    return office.read(task.data, suffix, task.folder), kind
