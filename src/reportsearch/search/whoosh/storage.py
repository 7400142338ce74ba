"""Files of an index, written so that a commit is complete or absent."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage

from reportsearch.errors import IndexStateError, Message

_LOCK_OWNER_FILE = "reportsearch-writer.json"
DERIVED_NAMES = ("vectors",)
"""Names of derived data. Only these folders are deleted, as another one may be the user's."""


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder storage, which flushes a commit to disk before it publishes it.

    Whoosh publishes a commit by renaming its table of contents, but never calls fsync. It also
    leaves a file open that it cannot read, which prevents Windows from replacing it.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: WeakSet[Any] = WeakSet()
        self._temporary: list[DurableStorage] = []

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file of the index."""
        stream = super().open_file(name, **options)
        self._opened.add(stream)
        return stream

    def create_file(self, name: str, **options: Any) -> Any:
        """Create a file of the index."""
        stream = super().create_file(name, **options)
        self._opened.add(stream)
        return stream

    def temp_storage(self, name: str | None = None) -> Any:
        """Create a folder inside this one, for the columns of a segment that is being written."""
        inner = DurableStorage(super().temp_storage(name).folder)
        self._temporary.append(inner)
        return inner

    def close_files(self) -> None:
        """Close open files after a failure, and remove incomplete ones."""
        for storage in (self, *self._temporary):
            for stream in list(storage._opened):  # noqa: SLF001
                if not stream.is_closed:
                    # Data that can no longer be written is not needed.
                    with suppress(OSError, ValueError):
                        stream.close()
        for storage in self._temporary:
            shutil.rmtree(storage.folder, ignore_errors=True)
        self._temporary.clear()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; before a new table of contents, flush all files of the index to disk."""
        if newname.endswith(".toc"):
            prefix = newname.split("_")[1]
            for path in Path(self.folder).iterdir():
                if path.name == oldname or path.name.startswith(f"{prefix}_"):
                    _sync(path)
        super().rename_file(oldname, newname, safe=safe)
        if newname.endswith(".toc") and os.name == "posix":
            _sync(Path(self.folder))


def _sync(path: Path) -> None:
    try:
        # Windows flushes only files that are open for writing.
        handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    except (FileNotFoundError, PermissionError):
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def create_folder(folder: Path) -> None:
    """Create the folder, readable only by its owner, since an index is as private as its reports.

    Raises IndexStateError if it contains other files, since an index writes and deletes files.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        known = path.name.lower().startswith(("readme", ".", "_reportsearch", "reportsearch"))
        if not known:
            raise IndexStateError(
                "{folder} contains other files ({name}); choose a separate folder for the "
                "index: --index DIR",
                folder=folder,
                name=path.name,
            )


def list_generations(folder: Path, name: str) -> list[int]:
    """List the generations of the index ``name`` in the folder."""
    pattern = re.compile(rf"_{name}_(\d+)\.toc")
    if not folder.is_dir():
        return []
    found = (pattern.fullmatch(path.name) for path in folder.iterdir())
    return sorted(int(match[1]) for match in found if match)


def identify_newest_commit(folder: Path, name: str) -> tuple[int, ...]:
    """Return a key that identifies the latest commit in the folder; empty if there is none.

    The number alone is not enough, since an index that is deleted and rebuilt starts from the
    beginning.
    """
    numbers = list_generations(folder, name)[-1:]
    try:
        found = (folder / f"_{name}_{numbers[0]}.toc").stat()
    except (FileNotFoundError, IndexError):
        return ()
    return numbers[0], found.st_ino, found.st_mtime_ns


def list_other_formats(folder: Path, name: str) -> list[Path]:
    """List files of indexes written by another version of the program."""
    if not folder.is_dir():
        return []
    stem = name.rstrip("0123456789")
    return [
        path
        for path in sorted(folder.iterdir())
        if _build_file_pattern(stem + r"\d+").fullmatch(path.name)
        and not _build_file_pattern(name).fullmatch(path.name)
    ]


def list_own_files(folder: Path, name: str) -> list[Path]:
    """List the files of the index ``name``."""
    return [
        path for path in sorted(folder.iterdir()) if _build_file_pattern(name).fullmatch(path.name)
    ]


def _build_file_pattern(name: str) -> re.Pattern[str]:
    """Build a pattern of Whoosh's file names, which no user would give a report."""
    return re.compile(
        rf"_{name}_\d+\.toc(?:\.[\d.]+)?|{name}_[0-9a-z]{{16}}\.[A-Za-z0-9_.]+|{name}_WRITELOCK"
    )


def build_derived_path(folder: Path, name: str) -> Path:
    """Return the folder in the index for derived data; ``name`` is one of DERIVED_NAMES."""
    if name not in DERIVED_NAMES:
        raise ValueError(f"{name} is none of {', '.join(DERIVED_NAMES)}")
    return folder / f"reportsearch-{name}"


def remove_derived(folder: Path) -> None:
    """Delete the folders of derived data.

    On Windows, files mapped by another process remain. They are useless without the other files,
    and are deleted when the folder is next written to.
    """
    for name in DERIVED_NAMES:
        shutil.rmtree(build_derived_path(folder, name), ignore_errors=True)


def write_lock_owner(folder: Path) -> None:
    """Record the current process as the writer, for the error message of a second writer."""
    started = time.strftime("%Y-%m-%d %H:%M:%S")
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": started}
    (folder / _LOCK_OWNER_FILE).write_text(json.dumps(holder), encoding="utf-8")


def clear_lock_owner(folder: Path) -> None:
    """Remove the record of :func:`write_lock_owner`."""
    (folder / _LOCK_OWNER_FILE).unlink(missing_ok=True)


def read_lock_owner(folder: Path) -> str:
    """Return a description of the process that is writing."""
    try:
        holder = json.loads((folder / _LOCK_OWNER_FILE).read_text(encoding="utf-8"))
        return Message(
            "process {pid} on {host} since {since}",
            pid=holder["pid"],
            host=holder["host"],
            since=holder["since"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Message("another process")
