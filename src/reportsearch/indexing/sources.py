"""Finding the files of a run, and the metadata.csv that corrects each of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reportsearch.errors import Message
from reportsearch.extract import file_types, folder, metadata_csv, open_file
from reportsearch.files import resolve_path
from reportsearch.models.report import SIDECAR, Doubt, Failure


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: its name in messages, the sidecar of its folder, and its own corrections.

    ``stored_path`` is its path as stored in the index. ``problem`` is the reason why it must not be
    opened, if any.
    """

    path: Path
    stored_path: str
    name: str
    size: int
    sidecar: metadata_csv.Sidecar
    corrections: Mapping[str, str]
    problem: str = ""


class SourceFiles:
    """The distinct files of a run, and the problems in their metadata.csv files.

    ``ids_by_path`` are the reports in the index. Paths are stored relative to ``base``. The folder
    ``excluded_folder`` (the index itself) is not read. A file below ``originals`` has the name that
    it gets when that folder is indexed.
    """

    def __init__(
        self,
        base: Path,
        ids_by_path: Mapping[str, str],
        excluded_folder: Path | None,
        originals: Path | None = None,
    ) -> None:
        self.files: list[SourceFile] = []
        self.paths: set[str] = set()
        """Paths of the files as stored in the index."""
        self.failed: list[Failure] = []
        self.doubts: list[Doubt] = []
        self._roots: list[Path] = []
        self._base = base
        self._ids_by_path = ids_by_path
        self._excluded_folder = excluded_folder
        self._originals = originals
        self._sidecars: dict[Path, metadata_csv.Sidecar] = {}

    def includes(self, path: Path) -> bool:
        """Return whether a path was added, or is below one that was."""
        return any(path == root or path.is_relative_to(root) for root in self._roots)

    def add(self, path: str | Path, home: Path | None = None) -> None:
        """Add a file, named relative to ``home`` if given, or the files of a folder."""
        root = Path(path)
        self._roots.append(resolve_path(root))
        if not os.path.lexists(root):
            return  # missing: prune can drop its reports
        is_folder = root.is_dir()
        if is_folder:
            found, below = folder.find_report_files(root, self._excluded_folder), root
        else:
            name, below = self._find_name_and_home(root)
            if home is not None:
                name, below = folder.decode_file_name(root.relative_to(home).as_posix()), home
            found = iter([folder.FolderFile(root, name)])
        sidecar = self._read_sidecar(below / SIDECAR)
        names = set()
        for entry in found:
            names.add(entry.name)
            place = self._to_stored_path(entry.path)
            if place in self.paths:
                continue
            self.paths.add(place)
            problem, size = entry.problem, 0
            if not problem:
                problem, size = open_file.inspect_file(entry.path)
            given = {} if problem else self._find_corrections(entry, place, sidecar)
            self.files.append(
                SourceFile(entry.path, place, entry.name, size, sidecar, given, problem)
            )
        if is_folder:
            self.failed += sidecar.problems
            has_rows = any(file_types.is_row_file(Path(name)) for name in names)
            self.doubts += sidecar.ignored
            self.doubts += (
                Doubt(
                    name,
                    "id",
                    Message(
                        "{sidecar} has a row for it, but there is no such file", sidecar=SIDECAR
                    ),
                )
                for name in sidecar.rows
                if name not in names and not has_rows
            )

    def _find_corrections(
        self, entry: folder.FolderFile, place: str, sidecar: metadata_csv.Sidecar
    ) -> Mapping[str, str]:
        """Return the corrections of a file.

        If only a subfolder is read now, but the report was indexed from a folder above before, the
        report keeps its id and its corrections.
        """
        known, resolved = self._ids_by_path.get(place, entry.name), resolve_path(entry.path)
        if known == entry.name or not resolved.as_posix().endswith(f"/{known}"):
            return sidecar.rows.get(entry.name, {})
        above = resolved.parents[known.count("/")] / SIDECAR
        return self._read_sidecar(above).rows.get(known, {})

    def _read_sidecar(self, path: Path) -> metadata_csv.Sidecar:
        """Read a metadata.csv once in a run."""
        if path not in self._sidecars:
            self._sidecars[path] = metadata_csv.read_sidecar(path)
        return self._sidecars[path]

    def _find_name_and_home(self, path: Path) -> tuple[str, Path]:
        """Return the name of a single file, and the folder to which the name is relative.

        That is the folder from which the file was indexed before, so that its metadata.csv still
        applies, or else the library's folder of originals if the file is in it.
        """
        known = self._ids_by_path.get(self._to_stored_path(path), "")
        resolved = resolve_path(path)
        if known and resolved.as_posix().endswith(f"/{known}"):
            return known, resolved.parents[known.count("/")]
        if self._originals is not None and resolved.is_relative_to(self._originals):
            below = resolved.relative_to(self._originals)
            return folder.decode_file_name(below.as_posix()), self._originals
        return folder.decode_file_name(path.name), path.parent

    def _to_stored_path(self, path: Path) -> str:
        """Return a path as stored: relative if possible, so that folders can move."""
        try:
            absolute = resolve_path(path)
        except (OSError, RuntimeError):  # a link that leads to itself
            absolute = path.absolute()
        try:
            kept = Path(os.path.relpath(absolute, self._base)).as_posix()
        except ValueError:  # another drive
            kept = absolute.as_posix()
        return folder.decode_file_name(kept)
