"""A library's folder of originals, which is kept in its index.

Files that are added through the page are saved there, and ``index`` without a path reads it. It is
the one folder that was indexed when the index was made, or one that the user named. If there was
neither, it is a folder beside the index that no other index has. It never depends on the working
directory, which may be that of another library.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from reportsearch import files
from reportsearch.files import resolve_path

FIRST_FOLDER = "corpus"
"""The folder beside a new index that is read if no path is given."""
_FILE = "reportsearch-library.json"


def read_folder(index: Path) -> Path | None:
    """Return the folder that is kept in an index, or None if there is none."""
    try:
        kept = json.loads(files.read_regular(index / _FILE))["folder"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(kept, str) or not kept:
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
    text = json.dumps({"folder": kept.as_posix()}, ensure_ascii=False)
    files.write_file(index / _FILE, text.encode("utf-8", "surrogateescape"))


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
