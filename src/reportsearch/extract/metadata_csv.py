"""Read a folder's metadata.csv: corrections of its reports, and which are left out of the index."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from reportsearch.errors import ExtractError, Message
from reportsearch.extract import folder
from reportsearch.extract.plain_text import decode
from reportsearch.extract.row_files import COLUMNS, read_csv, select_known_cells
from reportsearch.models.report import EXCLUDE_COLUMN, METADATA_FIELDS, SIDECAR, Doubt, Failure

_SIDECAR_COLUMNS = {**COLUMNS, EXCLUDE_COLUMN: EXCLUDE_COLUMN, "排除": EXCLUDE_COLUMN}
CHINESE_COLUMNS = {
    name: column for column, name in _SIDECAR_COLUMNS.items() if not column.isascii()
}
"""The Chinese name of each column of a metadata.csv: 文件 for the id."""
_FALSE_VALUES = frozenset({"", "0", "no", "n", "false", "否", "不"})
"""What in the column ``exclude`` leaves a report in."""

_MAX_SIDECAR_BYTES = 64 << 20
"""Bytes of a metadata.csv above the folder that is read: it may be anybody's."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of a folder's metadata.csv by report id, and what is wrong with the file.

    ``ignored`` are columns that mean nothing here; ``excluded`` the ids of reports that are to be
    left out of the index.
    """

    rows: dict[str, dict[str, str]]
    problems: tuple[Failure, ...] = ()
    ignored: tuple[Doubt, ...] = ()
    excluded: frozenset[str] = frozenset()


def read_sidecar(path: Path) -> Sidecar:
    """Read a metadata.csv in UTF-8 or GB18030; a missing one is empty.

    Raises ExtractError when it cannot be read: to go on without it would undo its corrections.
    """
    if not path.is_file():
        return Sidecar({})
    try:
        text = decode(path.read_bytes())
        rows = dict(read_csv(io.StringIO(text, newline="")))
    except OSError as error:
        raise ExtractError(
            "{path}: cannot be read ({strerror})", path=path, strerror=error.strerror
        ) from error
    except ExtractError as error:
        raise ExtractError("{path}: {error}", path=path, error=error) from error
    problems: list[Failure] = []
    found: dict[str, dict[str, str]] = {}
    excluded: set[str] = set()
    unknown = sorted({key for cells in rows.values() for key in cells if not _is_column(key)})
    known = ", ".join(("id", *METADATA_FIELDS, EXCLUDE_COLUMN))
    ignored = tuple(
        Doubt(
            path.name, key.strip(), Message("this column is ignored; known: {known}", known=known)
        )
        for key in unknown
    )
    for number, cells in rows.items():
        known_cells = select_known_cells(cells, find_sidecar_column)
        report_id = known_cells.pop("id", "").replace("\\", "/")
        leaves_out = known_cells.pop(EXCLUDE_COLUMN, "").lower() not in _FALSE_VALUES
        if not report_id:
            problems.append(Failure(f"{path.name} line {number}", Message("the row has no id")))
        elif report_id in found:
            problems.append(
                Failure(
                    f"{path.name} line {number}",
                    Message("a second row for {report_id} is ignored", report_id=report_id),
                )
            )
        else:
            found[report_id] = known_cells
            if leaves_out:
                excluded.add(report_id)
    return Sidecar(found, tuple(problems), ignored, frozenset(excluded))


def _is_column(key: str) -> bool:
    return not key.strip() or bool(find_sidecar_column(key))


def find_sidecar_column(key: str) -> str:
    """What a column of a metadata.csv is, by its English name; empty for what is none."""
    return _SIDECAR_COLUMNS.get(key.strip().lower(), "")


def get_report_id(cells: dict[str, str]) -> str:
    """The id of the report that a row of a metadata.csv is about, or nothing."""
    return select_known_cells(cells).get("id", "").replace("\\", "/")


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
        return read_sidecar(path).excluded
    except (ExtractError, OSError):
        return frozenset()
