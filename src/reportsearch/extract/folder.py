"""Which files of a folder are read as reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SIDECAR = "metadata.csv"


@dataclass(frozen=True, slots=True)
class Found:
    """A file and its name below the indexed folder, with ``/`` on every system.

    ``problem`` is set instead when the file is there but must not be read.
    """

    path: Path
    name: str
    problem: str = ""


def is_report_file(name: str) -> bool:
    """Whether a file of this name can be a report: no hidden, lock, README or sidecar file."""
    stem = name.split(".", 1)[0].lower()
    return not name.startswith((".", "~$")) and stem != "readme" and name.lower() != SIDECAR


def find(root: Path) -> Iterator[Found]:
    """The files below ``root`` in the order of their names; links out of it are not followed."""
    inside = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not is_report_file(name):
                continue
            path = Path(folder) / name
            below = path.relative_to(root).as_posix()
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                yield Found(path, below, "a link that leaves the folder is not followed")
            else:
                yield Found(path, below)
