"""Selecting the files in a folder that are read as reports."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportsearch.files import remove_abandoned, resolve_path
from reportsearch.models.report import SIDECAR

_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_COMPANION_FOLDER = re.compile(r"(.+)(?:[_.]files|_文件)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file and its name below the indexed folder, with ``/`` on every system.

    ``problem`` is the reason why an existing file must not be read, if any.
    """

    path: Path
    name: str
    problem: str = ""


def is_report_file(name: str) -> bool:
    """Return whether a file with this name can be a report.

    Hidden, lock, README and sidecar files cannot.
    """
    lower = name.lower()
    if lower.startswith((".", "~$")) or (lower.startswith("~wr") and lower.endswith(".tmp")):
        return False
    return lower.split(".", 1)[0] != "readme" and lower not in {SIDECAR, *_SYSTEM_FILES}


def _is_companion_folder(folder: str, names: frozenset[str]) -> bool:
    """Return whether a folder contains the pictures of a saved web page next to it."""
    match = _COMPANION_FOLDER.fullmatch(folder)
    return match is not None and any(f"{match[1]}{suffix}" in names for suffix in (".htm", ".html"))


def find_report_files(root: Path, index_folder: Path | None = None) -> Iterator[FolderFile]:
    """Find the files below ``root`` in order of name, without following links out of it.

    Skips ``index_folder``. Deletes what an interrupted upload or correction left there.
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
        remove_abandoned(Path(folder))
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
    """Return a file's name as text, decoding names from old archives as GB18030."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return os.fsencode(name).decode("gb18030", "replace")
    return name
