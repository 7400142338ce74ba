"""Which files of a folder are read as reports."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportsearch.files import resolve_path
from reportsearch.models.report import SIDECAR

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_COMPANION_FOLDER = re.compile(r"(.+)(?:[_.]files|_文件)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file and its name below the indexed folder, with ``/`` on every system.

    ``problem`` is set instead when the file is there but must not be read.
    """

    path: Path
    name: str
    problem: str = ""


def is_report_file(name: str) -> bool:
    """Whether a file of this name can be a report: no hidden, lock, README or sidecar file."""
    lower = name.lower()
    if lower.startswith((".", "~$")) or (lower.startswith("~wr") and lower.endswith(".tmp")):
        return False
    return lower.split(".", 1)[0] != "readme" and lower not in {SIDECAR, *_SYSTEM_FILES}


def _is_companion_folder(folder: str, names: frozenset[str]) -> bool:
    """Whether a folder holds the pictures of a saved web page that lies beside it."""
    match = _COMPANION_FOLDER.fullmatch(folder)
    return match is not None and any(f"{match[1]}{suffix}" in names for suffix in (".htm", ".html"))


def find_report_files(root: Path, index_folder: Path | None = None) -> Iterator[FolderFile]:
    """The files below ``root`` in the order of their names; links out of it are not followed.

    ``index_folder`` is left out.
    """
    inside = resolve_path(root)
    unread: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unread.append):
        siblings = frozenset(names)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_companion_folder(name, siblings)
        )
        if index_folder is not None and resolve_path(folder) == index_folder:
            folders.clear()
            continue
        for name in sorted(names):
            if not is_report_file(name):
                continue
            path = Path(folder) / name
            below = decode_file_name(path.relative_to(root).as_posix())
            yield FolderFile(path, below, _find_link_problem(path, inside))
    for error in unread:
        place = Path(error.filename)
        below = decode_file_name(place.relative_to(root).as_posix())
        yield FolderFile(place, below, f"the folder cannot be read: {error.strerror}")


def _find_link_problem(path: Path, inside: Path) -> str:
    try:
        if not path.is_symlink():
            return ""
    except OSError as error:  # a path that is too long
        return f"cannot be read: {error.strerror}"
    try:
        leaves = not path.resolve(strict=True).is_relative_to(inside)
    except (OSError, RuntimeError):
        return "a link that leads nowhere"
    return "a link that leaves the folder is not followed" if leaves else ""


def decode_file_name(name: str) -> str:
    """A file's name as text; one that is no UTF-8 is GB18030, from an old archive."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name
