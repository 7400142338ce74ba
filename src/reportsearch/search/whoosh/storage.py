"""Files of an index, written so that a commit is complete or absent."""

from __future__ import annotations

import io
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from reportsearch import files, locks
from reportsearch.errors import IndexStateError
from reportsearch.search.whoosh import checksums
from reportsearch.search.whoosh.checksums import SegmentRecord
from reportsearch.search.whoosh.damage_errors import DamageError
from reportsearch.search.whoosh.segment_file import SegmentFile
from reportsearch.search.whoosh.writer_lock import WriterLock

_TOC_SUFFIX = ".toc"
_SEGMENT_SUFFIX = ".seg"
DERIVED_NAMES = ("vectors",)
"""Names of derived data. Only these folders are deleted, as another one may be the user's."""


class DurableStorage(FileStorage):  # type: ignore[misc]
    """Whoosh's folder storage, which flushes a commit to disk before it publishes it.

    Whoosh publishes a commit by renaming its table of contents, but never calls fsync. It also
    leaves a file open that it cannot read, which prevents Windows from replacing it, follows links,
    and maps files into memory. ``records`` are those of the table of contents that was last read
    (see ``checksums.py``), and ``new_records`` those of the one to be published next.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path, supports_mmap=False)
        self.records: dict[str, SegmentRecord] | None = None
        self.new_records: dict[str, SegmentRecord] = {}
        self._opened: WeakSet[Any] = WeakSet()
        self._created: WeakSet[Any] = WeakSet()
        self._temporary: list[DurableStorage] = []

    def locate(self, name: str) -> Path:
        """Return the path of a file."""
        return Path(self.folder) / name

    def open_file(self, name: str, **options: Any) -> Any:
        """Open a file of the index. Raises DamageError if its size or checksum is wrong."""
        stream: Any
        if name.endswith(_TOC_SUFFIX):
            content, self.records = checksums.split_records(files.read_regular(self.locate(name)))
            stream = StructFile(io.BytesIO(content), name=name, **options)
        else:
            stream = SegmentFile.open(files.open_regular(self.locate(name)), name)
            record = (self.records or {}).get(name.removesuffix(_SEGMENT_SUFFIX))
            if record and stream.size != record.size:
                stream.close()
                raise DamageError(
                    "{name} has {size} bytes instead of {expected}",
                    name=name,
                    size=stream.size,
                    expected=record.size,
                )
        self._opened.add(stream)
        return stream

    def create_file(self, name: str, **options: Any) -> Any:
        """Create a file of the index."""
        options = {key: value for key, value in options.items() if key not in {"excl", "mode"}}
        stream = StructFile(files.create_regular(self.locate(name)), name=name, **options)
        self._created.add(stream)
        return stream

    def lock(self, name: str) -> WriterLock:
        """Return the lock of the writer."""
        return WriterLock(self.locate(name))

    def temp_storage(self, name: str | None = None) -> Any:
        """Create a folder inside this one, for the columns of a segment that is being written."""
        if name and self.locate(name).is_symlink():
            self.locate(name).unlink()
        inner = DurableStorage(super().temp_storage(name).folder)
        self._temporary.append(inner)
        return inner

    def close_files(self, *, of_readers: bool) -> None:
        """Close files being written after a failure, and remove incomplete ones.

        ``of_readers`` closes all other files as well.
        """
        for storage in (self, *self._temporary):
            readers = list(storage._opened) if of_readers else []  # noqa: SLF001
            for stream in (*storage._created, *readers):  # noqa: SLF001
                if not stream.is_closed:
                    # Data that can no longer be written is not needed.
                    with suppress(OSError, ValueError):
                        stream.close()
        for storage in self._temporary:
            shutil.rmtree(storage.folder, ignore_errors=True)
        self._temporary.clear()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename a file; before a new table of contents, flush all files of the index to disk."""
        if newname.endswith(_TOC_SUFFIX):
            path = self.locate(oldname)
            data = checksums.append_records(files.read_regular(path), self.new_records)
            with files.replace_regular(path) as stream:
                stream.write(data)
            prefix = newname.split("_")[1]
            for path in Path(self.folder).iterdir():
                if path.name == oldname or path.name.startswith(f"{prefix}_"):
                    _sync(path)
            # Otherwise the new name could reach the disk, and those of the files it lists not.
            locks.sync_folder(Path(self.folder))
        super().rename_file(oldname, newname, safe=safe)
        if newname.endswith(_TOC_SUFFIX):
            locks.sync_folder(Path(self.folder))

    def remove_leftovers(self, name: str) -> None:
        """Delete what an interrupted run of the index ``name`` has left, besides its segments.

        The caller must hold the lock.
        """
        folder = Path(self.folder)
        locks.remove_abandoned_files(folder)
        for path in folder.iterdir():
            if re.fullmatch(rf"_{name}_\d+\.toc\.[\d.]+", path.name):
                with suppress(OSError):
                    path.unlink()
        shutil.rmtree(folder / f"{name}.tmp", ignore_errors=True)


def _sync(path: Path) -> None:
    try:
        # Windows flushes only files that are open for writing.
        flags = os.O_RDONLY if os.name == "posix" else os.O_RDWR
        handle = files.open_regular(path, flags)
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
    locks.sync_folder(folder.parent)
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
