"""Which reports are left out of the index, because a metadata.csv says so."""

from __future__ import annotations

from pathlib import Path

from reportsearch.errors import ExtractError
from reportsearch.extract import folder, row_files
from reportsearch.models.report import SIDECAR

_MAX_SIDECAR_BYTES = 64 << 20
"""Bytes of a metadata.csv above the folder that is read: it may be anybody's."""


class Exclusions:
    """Looks into the metadata.csv of the folder of a file, and of all folders above it.

    A report is called after the folder that was indexed. So that one that was removed does not
    come back when another folder of the way to it is indexed, each of them counts.
    """

    def __init__(self) -> None:
        self._above: dict[Path, tuple[tuple[Path, frozenset[str]], ...]] = {}

    def find_excluding_folder(
        self, path: Path, report: str = "", row: int = 0
    ) -> tuple[Path, str] | None:
        """The folder whose metadata.csv excludes a report, and the id that it has there.

        ``path`` is the file, through links; for a row ``report`` is its id and ``row`` its line.
        """
        for place, excluded in self._find_exclusions(path.parent):
            below = folder.decode_file_name(path.relative_to(place).as_posix())
            names = (report, f"{below}#{row}") if row else (below,)
            for name in names:
                if name in excluded:
                    return place, name
        return None

    def _find_exclusions(self, place: Path) -> tuple[tuple[Path, frozenset[str]], ...]:
        """The folders from here up whose metadata.csv excludes anything, with what it does."""
        if place not in self._above:
            above = self._find_exclusions(place.parent) if place.parent != place else ()
            excluded = read_excluded_ids(place)
            self._above[place] = ((place, excluded), *above) if excluded else above
        return self._above[place]


def read_excluded_ids(place: Path) -> frozenset[str]:
    """The ids that the metadata.csv of a folder excludes; none where it cannot be read."""
    path = place / SIDECAR
    try:
        if not path.is_file() or path.stat().st_size > _MAX_SIDECAR_BYTES:
            return frozenset()
        return row_files.read_sidecar(path).excluded
    except (ExtractError, OSError):
        return frozenset()
