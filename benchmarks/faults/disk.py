"""A disk in memory, on which recorded file operations are replayed until the power is cut."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from benchmarks.faults.tracing import Operation, decode

Content = Mapping[str, bytes | None]
"""Data by path, relative to the folder; None for a folder."""


def read_content(folder: Path) -> dict[str, bytes | None]:
    """Read all that is in a folder."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def write_content(folder: Path, content: Content) -> None:
    """Make a folder with this content."""
    folder.mkdir()
    for name, data in sorted(content.items()):
        if data is None:
            (folder / name).mkdir()
        else:
            (folder / name).write_bytes(data)


@dataclass(eq=False)
class _File:
    """A file's data in memory and on the disk; a folder has none."""

    data: bytearray | None
    synced: bytes = b""


_Change = Mapping[str, _File | None]
"""Names that an operation sets, or removes (None); all of them or none are on the disk."""


@dataclass
class _Handle:
    path: str
    file: _File
    position: int = 0
    appends: bool = False


@dataclass
class Disk:
    """The contents of a folder, as a command sees them and as they are on the disk."""

    folder: Path
    _names: dict[str, _File] = field(default_factory=dict)
    _synced: dict[str, _File] = field(default_factory=dict)
    _pending: list[_Change] = field(default_factory=list)
    _handles: dict[int, _Handle] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the folder, all of which counts as synced."""
        for name, data in read_content(self.folder).items():
            self._names[name] = _File(None if data is None else bytearray(data), data or b"")
        self._synced = dict(self._names)

    def _list_names(self, paths: Sequence[str]) -> list[str]:
        """Return the names, relative to this folder, of those paths that are in it."""
        inside = (PurePath(path) for path in paths)
        return [
            str(path.relative_to(self.folder))
            for path in inside
            if path.is_relative_to(self.folder) and path != self.folder
        ]

    def apply(self, operation: Operation) -> bool:
        """Apply an operation; return whether it changed, or synced, anything here."""
        if operation.result < 0 or operation.name == "flock":
            return False
        if operation.is_shared_mapping:
            raise SystemExit("what is written through mmap is not recorded")
        if operation.name == "openat":
            return self._open(operation)
        if operation.arguments[0].partition("<")[0].isdecimal():
            return self._use_handle(operation)
        names = self._list_names(operation.list_named_paths(self.folder))
        if names:
            self._change(self._find_change(operation.name, names))
        return bool(names)

    def _find_change(self, name: str, names: Sequence[str]) -> _Change:
        if name.startswith("rename"):
            return {names[0]: None, names[1]: self._names[names[0]]}
        if name.startswith("link"):
            return {names[1]: self._names[names[0]]}
        if name.startswith("mkdir"):
            return {names[0]: _File(None)}
        if name.startswith("unlink") or name == "rmdir":
            return {names[0]: None}
        raise SystemExit(f"{name} cannot be replayed")

    def _change(self, names: _Change) -> None:
        self._pending.append(names)
        _apply(self._names, names)

    def _open(self, operation: Operation) -> bool:
        names = self._list_names([operation.path])
        if not names:
            # The folder itself may be opened, to be synced.
            self._handles[operation.result] = _Handle(operation.path, _File(None))
            return False
        (name,) = names
        is_new = name not in self._names
        if is_new:
            self._change({name: _File(bytearray())})
        file = self._names[name]
        is_emptied = "O_TRUNC" in operation.flags and bool(file.data)
        if is_emptied and file.data:
            file.data.clear()
        appends = "O_APPEND" in operation.flags
        self._handles[operation.result] = _Handle(operation.path, file, appends=appends)
        return is_new or is_emptied

    def _use_handle(self, operation: Operation) -> bool:
        number, name = int(operation.arguments[0].partition("<")[0]), operation.name
        handle = self._handles.get(number)
        if name == "close":
            self._handles.pop(number, None)
        if handle is None or name in {"close", "mmap"}:
            return False
        if name in {"fsync", "fdatasync"}:
            self._sync(handle)
            return True
        if handle.file.data is None:
            return False
        if name == "read":
            handle.position += operation.result
        elif name == "lseek":
            handle.position = operation.result
        elif name == "ftruncate":
            _resize(handle.file.data, int(operation.arguments[1]))
        elif name in {"write", "pwrite64"}:
            _write(handle, handle.file.data, operation)
        else:
            raise SystemExit(f"{name} cannot be replayed")
        return name in {"write", "pwrite64", "ftruncate"}

    def _sync(self, handle: _Handle) -> None:
        if handle.file.data is not None:
            handle.file.synced = bytes(handle.file.data)
            return
        for change in list(self._pending):
            if any(str((self.folder / name).parent) == handle.path for name in change):
                _apply(self._synced, change)
                self._pending.remove(change)

    def read_all(self) -> Content:
        """Return what a command sees."""
        return {
            name: None if file.data is None else bytes(file.data)
            for name, file in self._names.items()
        }

    def crash(self, chance: random.Random, names: float, shares: Sequence[float]) -> Content:
        """Return what is on the disk when the power is cut.

        ``names`` is how likely a change of names survives that was not synced, ``shares`` are those
        of the data of a file that was not synced.
        """
        kept = dict(self._synced)
        for change in self._pending:
            if chance.random() < names:
                _apply(kept, change)
        content: dict[str, bytes | None] = {}
        for name, file in sorted(kept.items()):
            above = str(PurePath(name).parent)
            if above == "." or above in content:
                data = None if file.data is None else _cut(file, chance.choice(shares))
                content[name] = data
        return content


def _apply(names: dict[str, _File], changes: _Change) -> None:
    for name, file in changes.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _resize(data: bytearray, size: int) -> None:
    data[size:] = bytes(max(0, size - len(data)))


def _write(handle: _Handle, data: bytearray, operation: Operation) -> None:
    new = decode(operation.arguments[1].strip('"'))[: operation.result]
    is_placed = operation.name == "pwrite64"
    start = int(operation.arguments[3]) if is_placed else handle.position
    if handle.appends:
        start = len(data)
    data.extend(bytes(max(0, start - len(data))))
    data[start : start + len(new)] = new
    if not is_placed:
        handle.position = start + len(new)


def _cut(file: _File, share: float) -> bytes:
    """Return a file of which a share of the new data has reached the disk."""
    new = bytes(file.data or b"")
    end = int(len(new) * share)
    return new if share >= 1 or new == file.synced else new[:end] + file.synced[end:]
