"""Uploaded files, saved in one folder under safe names."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from reportsearch import locks
from reportsearch.archive import Archive
from reportsearch.errors import ReportSearchError
from reportsearch.files import resolve_path
from reportsearch.locks import TemporaryFile

_FORBIDDEN = re.compile(r'[<>:"|?*]')
"""Characters that Windows forbids in names, in addition to unprintable ones."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_MAX_NAME_BYTES = 180
"""Maximum number of bytes of a name in UTF-8; systems allow 255, and a number may be added."""
_MAX_SUFFIX_BYTES = 20
_MAX_DEPTH = 8
_DEFAULT_NAME = "未命名"


@dataclass
class SavedFiles:
    """The outcome of an upload: the ids under which files are read, by what was done with them."""

    new: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)

    @property
    def names(self) -> frozenset[str]:
        """Return all uploaded files that are now in the folder."""
        return frozenset((*self.new, *self.same))


def sanitize_path(name: str) -> str:
    """Make a relative path that stays within its folder and is legal on all systems."""
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(" .\t")]
    return "/".join(map(_sanitize_part, parts[-_MAX_DEPTH:])) or _DEFAULT_NAME


def _sanitize_part(name: str) -> str:
    """Make the name of a folder or file legal."""
    legal = unicodedata.normalize("NFC", name).encode("utf-8", "replace").decode()
    printable = "".join(char if char.isprintable() else "_" for char in legal)
    allowed = _FORBIDDEN.sub("_", printable).strip(" .")
    if _DEVICE.fullmatch(allowed):
        allowed = f"_{allowed}"
    stem, suffix = Path(allowed).stem, Path(allowed).suffix
    if len(suffix.encode()) > _MAX_SUFFIX_BYTES:
        stem, suffix = allowed, ""
    most = _MAX_NAME_BYTES - len(suffix.encode())
    stem = stem.encode()[:most].decode("utf-8", "ignore").rstrip(" .")
    return f"{stem}{suffix}" if stem else _DEFAULT_NAME + suffix


def save_files(files: Iterable[tuple[str, BinaryIO]], folder: Path) -> SavedFiles:
    """Save files in a folder, which is created if missing.

    No file is overwritten. A file with an existing name gets a number if its bytes differ, and is
    not saved again if they are the same. Hidden files, READMEs and metadata.csv are skipped.

    Raises ReportSearchError if nothing can be written.
    """
    saved = SavedFiles()
    try:
        for name, stream in files:
            last = re.split(r"[/\\]", name)[-1]
            if not Archive.is_report_file(last):
                saved.passed_over.append(name)
                continue
            folder.mkdir(parents=True, exist_ok=True)
            found, is_new = _save_file(folder, sanitize_path(name), stream)
            (saved.new if is_new else saved.same).append(found)
        _sync_folders(folder, saved.new)
    except OSError as error:
        delete_saved(folder, saved.new)
        raise ReportSearchError(
            "the files cannot be saved in {folder}: {reason}; check the disk and the permissions",
            folder=folder,
            reason=error.strerror or error,
        ) from error
    return saved


def _sync_folders(folder: Path, names: Iterable[str]) -> None:
    """Flush the names of new files, and of folders that are new, to disk."""
    below = {above for name in names for above in Path(name).parents}
    for place in {folder / above for above in below} | ({folder.parent} if below else set()):
        locks.sync_folder(place)


def _save_file(folder: Path, name: str, stream: BinaryIO) -> tuple[str, bool]:
    """Save a file; return its name within the folder and whether it is new."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if not resolve_path(target.parent).is_relative_to(resolve_path(folder)):
        raise OSError(f"{target.parent.name} is a link that leaves the folder")
    with locks.create_temporary_file(target.parent) as temporary:
        shutil.copyfileobj(stream, temporary.stream, 1 << 20)
        temporary.flush()
        number = 1
        while True:
            numbered = target.stem if number == 1 else f"{target.stem}-{number}"
            place = target.with_name(f"{numbered}{target.suffix}")
            saved = place.relative_to(folder).as_posix()
            if os.path.lexists(place):
                if _has_same_bytes(place, temporary.path):
                    return saved, False
            elif _link_unless_exists(temporary, place):
                return saved, True
            number += 1


def _link_unless_exists(temporary: TemporaryFile, place: Path) -> bool:
    """Give a file its name, unless that has been taken in the meantime."""
    try:
        os.link(temporary.path, place)
    except FileExistsError:
        return False
    except OSError:  # a disk without links
        if os.path.lexists(place):
            return False
        temporary.publish(place)
    else:
        locks.sync_folder(place.parent)
    return True


def _has_same_bytes(one: Path, other: Path) -> bool:
    if not one.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as first, other.open("rb") as second:
        return (
            hashlib.file_digest(first, "sha256").digest()
            == hashlib.file_digest(second, "sha256").digest()
        )


def delete_saved(folder: Path, names: Iterable[str]) -> None:
    """Delete files that were just saved, and the folders that this leaves empty."""
    for name in names:
        place = folder / name
        with suppress(OSError):
            place.unlink(missing_ok=True)
            for above in place.parents:
                if above == folder:
                    break
                above.rmdir()
