"""A library's folder of originals, which is kept in its index.

Files that are added through the page are saved there, and ``index`` without a path reads it. It is
the one folder that was indexed when the index was made, or one that the user named. If there was
neither, it is a folder beside the index that no other index has. It never depends on the working
directory, which may be that of another library.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from reportsearch import files
from reportsearch.errors import Message
from reportsearch.files import resolve_path
from reportsearch.models.verification import DamagedFile

FIRST_FOLDER = "corpus"
"""The folder beside a new index that is read if no path is given."""
_FILE = "reportsearch-library.json"


def read_folder(index: Path) -> Path | None:
    """Return the folder that is kept in an index, or None if there is none."""
    try:
        kept = parse(files.read_regular(index / _FILE))
    except (OSError, ValueError):
        return None
    return _resolve(resolve_path(index).parent, kept)


def keep_folder(index: Path, folder: Path) -> None:
    """Keep a folder in an index. Raises ReportSearchError if it cannot be written."""
    absolute = resolve_path(folder)
    try:
        # Relative, like the paths of reports, so that library and index can move together.
        kept = Path(os.path.relpath(absolute, resolve_path(index).parent))
    except ValueError:  # another drive
        kept = absolute
    files.write_file(index / _FILE, _serialise(kept.as_posix()))


def parse(data: bytes) -> str:
    """Return the folder that a file keeps. Raises ValueError if it is not as it was written."""
    try:
        folder = json.loads(data)["folder"]
        is_whole = data == _serialise(folder)
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("no folder is kept") from error
    if not is_whole:
        raise ValueError("the checksum is another")
    return str(folder)


def _serialise(folder: str) -> bytes:
    name = folder.encode("utf-8", "surrogateescape")
    kept = {"folder": folder, "crc": zlib.crc32(name)}
    return json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogateescape")


def find_damage(index: Path) -> DamagedFile | None:
    """Return the file that keeps the folder if it is not as it was written."""
    if not os.path.lexists(index / _FILE) or read_folder(index) is not None:
        return None
    return DamagedFile(
        _FILE,
        Message("the library's folder of originals cannot be read; set it again: index --folder"),
    )


def choose_folder(index: Path, sources: Iterable[str]) -> Path:
    """Return the folder of an index that keeps none; ``sources`` are the files of its reports.

    Earlier versions kept none and saved files in ``corpus``. That is used only if all reports are
    from there, since it may belong to another index beside this one.
    """
    place = resolve_path(index)
    earlier = place.parent / FIRST_FOLDER
    known = list(sources)
    if known and are_below(index, known, earlier):
        return earlier
    return place.parent / f"{place.name}-originals"


def are_below(index: Path, sources: Iterable[str], folder: Path) -> bool:
    """Return whether all files of reports, as stored in an index, are below a folder."""
    base = resolve_path(index).parent
    return all(_resolve(base, source).is_relative_to(folder) for source in sources)


def _resolve(base: Path, stored: str) -> Path:
    # Stored paths have no links; looking each up again would take long.
    return Path(os.path.normpath(base / stored))
