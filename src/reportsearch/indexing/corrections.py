"""What is corrected by hand, and what is left out: in which metadata.csv it is kept.

It is the one that reading uses: that of the folder after which the report is called. So it goes
where the reports go, outlives the index, and can be seen and undone in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportsearch import files as output
from reportsearch.errors import CorrectionError, ExtractError, ReportSearchError, shown
from reportsearch.extract import (
    exclusions,
    folder,
)
from reportsearch.extract import (
    file_types as kinds,
)
from reportsearch.extract import (
    metadata_csv as sidecar,
)
from reportsearch.extract import (
    row_files as rows,
)
from reportsearch.files import real
from reportsearch.models.report import EXCLUDE, FIELDS, SIDECAR, Exclusion
from reportsearch.search import report_lookup as lookup
from reportsearch.search.engine import Engine, Origin
from reportsearch.structure import checked

_LONGEST = 500
"""Characters of a value."""
YES = "是"
"""What the column ``exclude`` says of a report that is left out."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report was read: its file, the folder that it is called after, its id there."""

    file: Path
    home: Path
    name: str

    @property
    def sidecar(self) -> Path:
        """The metadata.csv that reading uses."""
        return self.home / SIDECAR

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a file with many reports."""
        return self.file.suffix.lower() in kinds.ROW_SUFFIXES


def place_of(engine: Engine, base: Path, report: str) -> Place:
    """Where a report of the index was read. Raises NotFoundError, CorrectionError."""
    report = lookup.report_id(engine.infos(), report)
    return _placed(base, report, engine.origins()[report])


def _placed(base: Path, report: str, origin: Origin) -> Place:
    file = real(base / origin.path)
    if file.suffix.lower() in kinds.ROW_SUFFIXES:
        # Called after a folder above where the row has no id of its own, as in sub/rows.csv#3.
        stem, mark, number = report.rpartition("#")
        has_own = not (mark and number.isdecimal() and _ends_with(file, stem))
        home = file.parent if has_own else file.parents[stem.count("/")]
        return Place(file, home, report)
    if not _ends_with(file, report):
        raise CorrectionError(
            f"{report} was read through a link, from {file}; write what is to be known of it into "
            f"the {SIDECAR} of the folder that was indexed"
        )
    return Place(file, file.parents[report.count("/")], report)


def _ends_with(file: Path, name: str) -> bool:
    return folder.readable(file.as_posix()).endswith(f"/{name}")


def checked_values(values: Mapping[str, str]) -> dict[str, str]:
    """Values as they are kept, by the English names of their fields; empty ones stay empty.

    Raises CorrectionError with the reason for which reading would not take a value.
    """
    if not values:
        raise CorrectionError(f"nothing is to be corrected; the fields are {', '.join(FIELDS)}")
    found: dict[str, str] = {}
    for key, given in values.items():
        name = rows.COLUMNS.get(key.strip().lower(), "")
        if name not in FIELDS:
            raise CorrectionError(
                f"there is no field {shown(key)}; they are {', '.join(FIELDS)}", key
            )
        if not isinstance(given, str):
            raise CorrectionError(f"{name}: {given!r} is not a string", name)
        value = _on_one_line(given)
        if len(value) > _LONGEST:
            raise CorrectionError(
                f"{name}: it has {len(value)} characters, the most is {_LONGEST}", name
            )
        if value:
            kept, reason = checked(name, value)
            if reason:
                raise CorrectionError(f"{name}: {reason}", name)
            value = str(kept)
        found[name] = value
    return found


def _on_one_line(value: str) -> str:
    """Without line ends, control characters and what cannot be written to a file."""
    legal = value.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else " " for char in legal).strip()


def check_correctable(place: Place) -> None:
    """Raise CorrectionError when a report cannot be read again with other values."""
    if place.is_row:
        raise CorrectionError(
            f"{place.name} is a row of {place.file}; correct it there, and index that file again"
        )
    if not place.file.is_file():
        raise CorrectionError(
            f"the file {place.file} is gone, so that the report cannot be read again; put it back"
        )


def keep(path: Path, report: str, values: Mapping[str, str]) -> None:
    """Write values for a report into a metadata.csv, whole or not at all.

    Raises ExtractError or ReportSearchError, when it is as it was before.
    """
    try:
        data = path.read_bytes() if path.exists() else None
        if data is None and not any(values.values()):
            return
        output.write(path, sidecar.changed(data, report, values))
    except OSError as error:
        raise CorrectionError(f"{path} cannot be read: {error.strerror or error}") from error
    except ExtractError as error:
        raise CorrectionError(f"{path}: {error}") from error
    except ReportSearchError as error:
        remedy = "close it if it is open in a spreadsheet, and check the permissions"
        raise CorrectionError(f"{path} cannot be written; {remedy}") from error


def leave_out(place: Place) -> Exclusion:
    """Write that a report is to be left out. Raises CorrectionError."""
    keep(place.sidecar, place.name, {EXCLUDE: YES})
    return Exclusion(place.name, str(place.sidecar))


def excluded(engine: Engine, base: Path, paths: Iterable[Path]) -> tuple[Exclusion, ...]:
    """What is left out below the paths, and in the folders of the index's reports; by place."""
    found = {
        (place, report): Exclusion(report, str(place / SIDECAR))
        for place in _folders(engine, base, paths)
        for report in exclusions.excluded_in(place)
    }
    return tuple(found[key] for key in sorted(found))


def _folders(engine: Engine, base: Path, paths: Iterable[Path]) -> Iterator[Path]:
    """All folders whose metadata.csv may tell of what is left out."""
    seen: set[Path] = set()
    starts = []
    for path in paths:
        root = real(path)
        starts.append(root if root.is_dir() else root.parent)
        if root.is_dir():
            yield from (file.parent for file in sorted(root.rglob(SIDECAR)))
    starts += [real(base / origin.path).parent for origin in engine.origins().values()]
    for start in starts:
        for place in (start, *start.parents):
            if place in seen:
                break
            seen.add(place)
            yield place


def take_in(
    engine: Engine, base: Path, paths: Iterable[Path], report: str | Exclusion
) -> tuple[Path, Path]:
    """No longer leave out a report; its file, and the folder that it is called after.

    Raises CorrectionError.
    """
    found = (
        report if isinstance(report, Exclusion) else _chosen(excluded(engine, base, paths), report)
    )
    sidecar_ = Path(found.sidecar)
    keep(sidecar_, found.report, {EXCLUDE: ""})
    return sidecar_.parent / found.report, sidecar_.parent


def _chosen(left_out: Iterable[Exclusion], report: str) -> Exclusion:
    """The one whose id is ``report``, or contains it. Raises CorrectionError."""
    known = list(left_out)
    for test in (lambda one: one.report == report, lambda one: report in one.report):
        found = [one for one in known if test(one)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{one.report} ({one.sidecar})" for one in found[:5])
            raise CorrectionError(
                f"{shown(report)} is part of {len(found)} that are left out: {listed}; write more "
                f"of it, or name the folder"
            )
    names = ", ".join(one.report for one in known[:5]) or "nothing"
    raise CorrectionError(f"nothing of the name {shown(report)} is left out; left out: {names}")
