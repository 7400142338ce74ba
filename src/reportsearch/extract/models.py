"""Inputs and outputs of reading a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TEXT = "text"
"""The reader of plain text."""
ROW = "row"
"""The reader of reports in rows."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, and the reader that extracted it: a kind of file, or OCR."""

    text: str
    reader: str

    @property
    def lines_are_paragraphs(self) -> bool:
        """Return whether line ends are known to be paragraph ends."""
        return self.reader not in {TEXT, ROW}


@dataclass(frozen=True, slots=True)
class ExtractionTask:
    """A file to read: its kind, its bytes, and a folder for temporary files.

    ``advance`` is called with the number of the page that was read and the total.
    """

    kind: str
    data: bytes
    folder: Path
    advance: Callable[[int, int], None]
