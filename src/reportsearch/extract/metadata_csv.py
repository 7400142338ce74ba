"""Reading a folder's metadata.csv, with the corrections and exclusions of its reports."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from reportsearch import files
from reportsearch.errors import ExtractError, Message, list_fields
from reportsearch.extract import folder
from reportsearch.extract.plain_text import decode
from reportsearch.extract.row_files import COLUMNS, read_csv, select_known_cells
from reportsearch.models.report import EXCLUDE_COLUMN, METADATA_FIELDS, SIDECAR, Doubt, Failure

_SIDECAR_COLUMNS = {**COLUMNS, EXCLUDE_COLUMN: EXCLUDE_COLUMN, "排除": EXCLUDE_COLUMN}
CHINESE_COLUMNS = {
    name: column for column, name in _SIDECAR_COLUMNS.items() if not column.isascii()
}
"""Chinese names of the columns of a metadata.csv; 文件 is the id."""
_FALSE_VALUES = frozenset({"", "0", "no", "n", "false", "否", "不"})
"""Values of the column ``exclude`` that do not exclude a report."""

_MAX_SIDECAR_BYTES = 64 << 20
"""Size limit of a metadata.csv above the folder that is read, since it may be anyone's."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """The rows of a folder's metadata.csv by report id, and the problems in the file.

    ``ignored`` are unknown columns. ``excluded`` are the ids of reports to exclude from the index.
    """

    rows: dict[str, dict[str, str]]
    problems: tuple[Failure, ...] = ()
    ignored: tuple[Doubt, ...] = ()
    excluded: frozenset[str] = frozenset()


def read_bytes(path: Path) -> bytes:
    """Return the content of a metadata.csv. Raises OSError, and ExtractError for a link outwards.

    The folder may come from somebody else, and what the link leads to must not appear in messages.
    """
    if files.leads_outside(path):
        raise ExtractError(
            "it is a link to a file in another folder; put the file itself into this folder"
        )
    return files.read_regular(path, follow=True)


def read_sidecar(path: Path) -> Sidecar:
    """Read a metadata.csv in UTF-8 or GB18030; a missing one is empty.

    Raises ExtractError if it cannot be read, because ignoring it would undo its corrections.
    """
    if not path.is_file():
        return Sidecar({})
    try:
        text = decode(read_bytes(path))
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
    known = list_fields(("id", *METADATA_FIELDS, EXCLUDE_COLUMN))
    ignored = tuple(
        Doubt(
            path.name, key.strip(), Message("unknown column ignored; known: {known}", known=known)
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
                    Message("duplicate row for {report_id} ignored", report_id=report_id),
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
    """Return the English name of a column of a metadata.csv, or an empty string if unknown."""
    return _SIDECAR_COLUMNS.get(key.strip().lower(), "")


def get_report_id(cells: dict[str, str]) -> str:
    """Return the id of the report that a row of a metadata.csv describes, or an empty string."""
    return select_known_cells(cells).get("id", "").replace("\\", "/")


class Exclusions:
    """The exclusions in the metadata.csv of a file's folder and of all folders above.

    A report is named relative to the folder that was indexed. All folders count, so that a removed
    report does not come back when another folder on its path is indexed.
    """

    def __init__(self) -> None:
        self._above: dict[Path, tuple[tuple[Path, frozenset[str]], ...]] = {}

    def find_excluding_folder(
        self, path: Path, report: str = "", row: int = 0
    ) -> tuple[Path, str] | None:
        """Return the folder whose metadata.csv excludes a report, and the report's id there.

        ``path`` is the file with links resolved. For a row, ``report`` is its id and ``row`` its
        line.
        """
        for place, excluded in self._find_exclusions(path.parent):
            below = folder.decode_file_name(path.relative_to(place).as_posix())
            names = (report, f"{below}#{row}") if row else (below,)
            for name in names:
                if name in excluded:
                    return place, name
        return None

    def _find_exclusions(self, place: Path) -> tuple[tuple[Path, frozenset[str]], ...]:
        """Return the folders from here upwards that exclude any reports, with the excluded ids."""
        if place not in self._above:
            above = self._find_exclusions(place.parent) if place.parent != place else ()
            excluded = read_excluded_ids(place)
            self._above[place] = ((place, excluded), *above) if excluded else above
        return self._above[place]


def read_excluded_ids(place: Path) -> frozenset[str]:
    """Return the ids that a folder's metadata.csv excludes; none if it cannot be read."""
    path = place / SIDECAR
    try:
        if not path.is_file() or path.stat().st_size > _MAX_SIDECAR_BYTES:
            return frozenset()
        return read_sidecar(path).excluded
    except (ExtractError, OSError):
        return frozenset()
