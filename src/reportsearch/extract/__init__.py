"""A path to text: one module for each type of file.

``plain.py`` reads .txt and .md, ``docx.py`` Word files, ``rows.py`` .jsonl and .csv with a report
a row; ``folder.py`` finds the files. A file that cannot be read raises ExtractError with a reason
that a person understands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import docx, plain

READERS: dict[str, Callable[[bytes], str]] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".docx": docx.read,
}
ROW_SUFFIXES = (".jsonl", ".csv")


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text. Of a Word file the line ends are known to be paragraph ends."""

    text: str
    lines_are_paragraphs: bool


def read(path: Path, data: bytes) -> Extracted:
    """The text of a file whose bytes are ``data``, by its suffix. Raises ExtractError."""
    check_type(path)
    reader = READERS[path.suffix.lower()]
    if not data.strip():
        raise ExtractError("the file is empty")
    text = reader(data)
    if not text.strip():
        raise ExtractError("there is no text in the file")
    return Extracted(text, lines_are_paragraphs=reader is docx.read)


def check_type(path: Path) -> None:
    """Raise ExtractError when files of this type are not read."""
    if path.suffix.lower() in READERS:
        return
    known = ", ".join([*READERS, *ROW_SUFFIXES])
    what = f"files of type {path.suffix}" if path.suffix else "files without a suffix"
    raise ExtractError(f"{what} are not read (known: {known}); save it as .docx or .txt")
