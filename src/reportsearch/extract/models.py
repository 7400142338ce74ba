"""What goes into reading a file, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXT = "text"
"""The reader of plain text."""
ROW = "row"
"""The reader of a report that was a row."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text, and which reader gave it: a kind of file, or OCR."""

    text: str
    reader: str

    @property
    def lines_are_paragraphs(self) -> bool:
        """Whether its line ends are known to be paragraph ends."""
        return self.reader not in {TEXT, ROW}


@dataclass(frozen=True, slots=True)
class ExtractionTask:
    """A file to be read: its kind, its bytes, a folder for temporary files.

    ``advance`` is called with the number of the page that was read and of all pages.
    """

    kind: str
    data: bytes
    folder: Path
    advance: Callable[[int, int], None]
