"""Manual corrections and exclusions of reports, and the metadata.csv that stores them.

They are stored in the metadata.csv that the reader uses, in the folder from which the report is
named. So they move with the reports, outlive the index, and can be seen and undone in a
spreadsheet.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportsearch import files
from reportsearch.errors import (
    CorrectionError,
    ExtractError,
    Message,
    ReportSearchError,
    list_fields,
    quote_value,
)
from reportsearch.extract import file_types, folder, metadata_csv, metadata_csv_writer
from reportsearch.extract.row_files import COLUMNS
from reportsearch.files import resolve_path
from reportsearch.models.report import EXCLUDE_COLUMN, METADATA_FIELDS, SIDECAR, Exclusion
from reportsearch.search import report_lookup
from reportsearch.search.engine import Engine, Origin
from reportsearch.structure import check_value

_MAX_VALUE_LENGTH = 500
"""Maximum length of a value, in characters."""
EXCLUDED_VALUE = "是"
"""Value of the column ``exclude`` for an excluded report."""


@dataclass(frozen=True, slots=True)
class ReportLocation:
    """The origin of a report: its file, the folder from which it is named, and its id there."""

    file: Path
    home: Path
    name: str

    @property
    def sidecar(self) -> Path:
        """Return the path of the metadata.csv that applies when the report is read."""
        return self.home / SIDECAR

    @property
    def is_row(self) -> bool:
        """Return whether the report is a row of a file with many reports."""
        return file_types.is_row_file(self.file)


def locate_report(engine: Engine, base: Path, report: str) -> ReportLocation:
    """Return where a report of the index was read. Raises NotFoundError or CorrectionError."""
    report = report_lookup.find_report_id(engine.report_infos(), report)
    return locate_origin(base, report, engine.origins()[report])


def locate_origin(base: Path, report: str, origin: Origin) -> ReportLocation:
    """Return where a report of this id was read. Raises CorrectionError."""
    file = resolve_path(base / origin.path)
    if file_types.is_row_file(file):
        # A row without its own id may be named from a folder further up, as in sub/rows.csv#3.
        stem, mark, number = report.rpartition("#")
        has_own = not (mark and number.isdecimal() and _ends_with(file, stem))
        home = file.parent if has_own else file.parents[stem.count("/")]
        return ReportLocation(file, home, report)
    if not _ends_with(file, report):
        raise CorrectionError(
            "{report} was read through a link from {file}; write its metadata into the "
            "{sidecar} of the folder you indexed",
            report=report,
            file=file,
            sidecar=SIDECAR,
        )
    return ReportLocation(file, file.parents[report.count("/")], report)


def _ends_with(file: Path, name: str) -> bool:
    return folder.decode_file_name(file.as_posix()).endswith(f"/{name}")


def check_values(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values to store, by the English names of their fields; empty ones stay empty.

    Raises CorrectionError with the reason for which the reader would reject a value.
    """
    if not values:
        raise CorrectionError(
            "no correction given; the fields are {metadata_fields}",
            metadata_fields=list_fields(METADATA_FIELDS),
        )
    found: dict[str, str] = {}
    for key, given in values.items():
        name = COLUMNS.get(key.strip().lower(), "")
        if name not in METADATA_FIELDS:
            raise CorrectionError(
                "there is no field {key}; the fields are {metadata_fields}",
                field=key,
                key=quote_value(key),
                metadata_fields=list_fields(METADATA_FIELDS),
            )
        label = Message(name, context="field")
        if not isinstance(given, str):
            raise CorrectionError(
                "{name}: {given!r} is not a string", field=name, name=label, given=given
            )
        value = to_one_line(given)
        if len(value) > _MAX_VALUE_LENGTH:
            raise CorrectionError(
                "{name}: the value has {count} characters, over the limit of "
                "{max_value_length}; shorten it",
                field=name,
                name=label,
                count=len(value),
                max_value_length=_MAX_VALUE_LENGTH,
            )
        if value:
            kept, reason = check_value(name, value)
            if reason:
                raise CorrectionError("{name}: {reason}", field=name, name=label, reason=reason)
            value = str(kept)
        found[name] = value
    return found


def to_one_line(value: str) -> str:
    """Remove line ends, control characters and unpaired surrogates from a value."""
    legal = value.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else " " for char in legal).strip()


def check_correctable(location: ReportLocation) -> None:
    """Raise CorrectionError if a report cannot be read again with other values."""
    if location.is_row:
        raise CorrectionError(
            "{name} is a row of {file}; correct it there, and index that file again",
            name=location.name,
            file=location.file,
        )
    if not location.file.is_file():
        raise CorrectionError(
            "the file {file} no longer exists, so the report cannot be read again; put it back",
            file=location.file,
        )


def write_values(path: Path, report: str, values: Mapping[str, str]) -> None:
    """Write values for a report into a metadata.csv, completely or not at all.

    Raises CorrectionError, and then leaves the file unchanged.
    """
    data = format_values(path, read_sidecar_bytes(path), {report: values})
    if data is not None:
        write_sidecar(path, data)


def read_sidecar_bytes(path: Path) -> bytes | None:
    """Return the content of a metadata.csv, None if there is none. Raises CorrectionError."""
    try:
        return metadata_csv.read_bytes(path) if os.path.lexists(path) else None
    except ExtractError as error:
        raise CorrectionError("{path}: {error}", path=path, error=error) from error
    except OSError as error:
        raise CorrectionError(
            "{path} cannot be read: {reason}", path=path, reason=error.strerror or error
        ) from error


def format_values(
    path: Path, data: bytes | None, values: Mapping[str, Mapping[str, str]]
) -> bytes | None:
    """Return the content of a metadata.csv with values by report; None if it need not be written.

    Raises CorrectionError.
    """
    if data is None and not any(value for row in values.values() for value in row.values()):
        return None
    try:
        return metadata_csv_writer.change_rows(data, values)
    except ExtractError as error:
        raise CorrectionError("{path}: {error}", path=path, error=error) from error


def write_sidecar(path: Path, data: bytes) -> None:
    """Write a metadata.csv, completely or not at all. Raises CorrectionError."""
    try:
        files.write_file(path, data)
    except ReportSearchError as error:
        remedy = Message("close it if it is open in a spreadsheet, and check the permissions")
        raise CorrectionError(
            "{path} cannot be written; {remedy}", path=path, remedy=remedy
        ) from error


def exclude_report(location: ReportLocation) -> Exclusion:
    """Mark a report as excluded in its metadata.csv. Raises CorrectionError."""
    write_values(location.sidecar, location.name, {EXCLUDE_COLUMN: EXCLUDED_VALUE})
    return Exclusion(location.name, str(location.sidecar))


def list_exclusions(engine: Engine, base: Path, paths: Iterable[Path]) -> tuple[Exclusion, ...]:
    """List the exclusions below the paths and in the folders of indexed reports, by folder."""
    found = {
        (place, report): Exclusion(report, str(place / SIDECAR))
        for place in _iter_folders(engine, base, paths)
        for report in metadata_csv.read_excluded_ids(place)
    }
    return tuple(found[key] for key in sorted(found))


def _iter_folders(engine: Engine, base: Path, paths: Iterable[Path]) -> Iterator[Path]:
    """Iterate over all folders whose metadata.csv may exclude reports."""
    seen: set[Path] = set()
    starts = []
    for path in paths:
        root = resolve_path(path)
        starts.append(root if root.is_dir() else root.parent)
        if root.is_dir():
            yield from (file.parent for file in sorted(root.rglob(SIDECAR)))
    starts += [resolve_path(base / origin.path).parent for origin in engine.origins().values()]
    for start in starts:
        for place in (start, *start.parents):
            if place in seen:
                break
            seen.add(place)
            yield place


def restore_report(
    engine: Engine, base: Path, paths: Iterable[Path], report: str | Exclusion
) -> Exclusion:
    """Undo the exclusion of a report, and return it. Raises CorrectionError."""
    found = (
        report
        if isinstance(report, Exclusion)
        else _find_exclusion(list_exclusions(engine, base, paths), report)
    )
    write_values(Path(found.sidecar), found.report, {EXCLUDE_COLUMN: ""})
    return found


def _find_exclusion(left_out: Iterable[Exclusion], report: str) -> Exclusion:
    """Return the exclusion whose id is ``report``, or contains it. Raises CorrectionError."""
    known = list(left_out)
    for test in (lambda one: one.report == report, lambda one: report in one.report):
        found = [one for one in known if test(one)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{one.report} ({one.sidecar})" for one in found[:5])
            raise CorrectionError(
                "{report} matches {count} excluded reports: {listed}; give a longer part of the "
                "name, or include the folder",
                report=quote_value(report),
                count=len(found),
                listed=listed,
            )
    names = ", ".join(one.report for one in known[:5]) or Message("none")
    raise CorrectionError(
        "no excluded report is called {report}; excluded: {names}",
        report=quote_value(report),
        names=names,
    )
