"""Corrections of many reports at once: what would change, and writing all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from reportsearch import files
from reportsearch.errors import (
    CorrectionError,
    ExtractError,
    Message,
    ReportSearchError,
    list_fields,
)
from reportsearch.extract import metadata_table, open_file
from reportsearch.indexing import corrections
from reportsearch.indexing.corrections import ReportLocation
from reportsearch.models.corrections import Correction, RefusedCorrection
from reportsearch.models.report import METADATA_FIELDS, ReportInfo
from reportsearch.models.reuse import Draft
from reportsearch.search.engine import Engine


@dataclass(frozen=True, slots=True)
class WantedCorrection:
    """Values for a report, by field, and the line of the table that they come from, if any."""

    report: str
    values: Mapping[str, str]
    line: int | None = None


@dataclass(slots=True)
class CorrectionPlan:
    """The values to write, by metadata.csv and id in it, and the reports to read again."""

    changed: list[Correction] = field(default_factory=list)
    refused: list[RefusedCorrection] = field(default_factory=list)
    values: dict[Path, dict[str, dict[str, str]]] = field(default_factory=dict)
    places: dict[str, ReportLocation] = field(default_factory=dict)


def read_wanted(
    table: str | Path | Draft,
) -> tuple[str, list[WantedCorrection], list[RefusedCorrection]]:
    """Return the name of a table, its corrections, and what of it cannot be used.

    Raises ExtractError.
    """
    name = table.name if isinstance(table, Draft) else str(table)
    try:
        data = table.data if isinstance(table, Draft) else open_file.read_bytes(Path(table))
        rows, ignored = metadata_table.read_table(data)
    except OSError as error:
        raise ExtractError(
            "{path} cannot be read: {reason}", path=name, reason=error.strerror or error
        ) from error
    except ExtractError as error:
        raise ExtractError("{path}: {error}", path=name, error=error) from error
    wanted = [WantedCorrection(row.report, row.values, row.line) for row in rows if not row.problem]
    known = list_fields(("id", *METADATA_FIELDS))
    refused = [
        RefusedCorrection(
            "", column, "", Message("unknown column ignored; known: {known}", known=known), 1
        )
        for column in ignored
    ]
    refused += (
        RefusedCorrection(row.report, "", "", row.problem, row.line) for row in rows if row.problem
    )
    return name, wanted, refused


def make_plan(engine: Engine, base: Path, wanted: Iterable[WantedCorrection]) -> CorrectionPlan:
    """Check all corrections against the index; what is already so is left out."""
    infos = {info.id: info for info in engine.report_infos()}
    origins = engine.origins()
    plan = CorrectionPlan()
    for one in wanted:
        info = infos.get(one.report)
        if info is None:
            reason = Message("the index has no report of this id")
            plan.refused.append(RefusedCorrection(one.report, "", "", reason, one.line))
            continue
        found = dict(_iter_changes(info, one, plan.refused))
        if not found:
            continue
        try:
            place = corrections.locate_origin(base, info.id, origins[info.id])
            corrections.check_correctable(place)
        except CorrectionError as error:
            plan.refused.append(RefusedCorrection(info.id, "", "", error.message, one.line))
            continue
        plan.places[info.id] = place
        plan.values.setdefault(place.sidecar, {}).setdefault(place.name, {}).update(found)
        plan.changed += (
            Correction(info.id, name, format_known(info, name), value)
            for name, value in found.items()
        )
    return plan


def _iter_changes(
    info: ReportInfo, wanted: WantedCorrection, refused: list[RefusedCorrection]
) -> Iterator[tuple[str, str]]:
    """Yield the fields and values that differ from what is known; refuse those that are wrong."""
    for key, given in wanted.values.items():
        try:
            ((name, value),) = corrections.check_values({key: given}).items()
        except CorrectionError as error:
            # A long value of a report, written into the table by the program, is not wrong.
            if not is_known(info, key, given):
                refused.append(
                    RefusedCorrection(info.id, error.field, given, error.message, wanted.line)
                )
            continue
        if value:
            if not is_known(info, name, value):
                yield name, value
        elif info.origin.get(name) == "sidecar":
            yield name, ""


def format_known(info: ReportInfo, name: str) -> str:
    """Return the value of a field of a report; empty if it is unknown or no field."""
    value = getattr(info, name, None)
    return "" if value is None else str(value)


def is_known(info: ReportInfo, name: str, value: str) -> bool:
    """Return whether a value is the known one, apart from what CSV and a spreadsheet change."""
    known = format_known(info, name)
    return value == known or _fold_cell(value) == _fold_cell(known)


def _fold_cell(value: str) -> str:
    return corrections.to_one_line(value).replace("'", "")


@contextmanager
def write_plan(plan: CorrectionPlan) -> Iterator[None]:
    """Write all values into their metadata.csv; on an error, also in the block, undo that.

    Raises CorrectionError.
    """
    before = {path: corrections.read_sidecar_bytes(path) for path in plan.values}
    after = {
        path: corrections.format_values(path, before[path], values)
        for path, values in plan.values.items()
    }
    written: list[Path] = []
    try:
        for path, data in after.items():
            if data is not None:
                corrections.write_sidecar(path, data)
                written.append(path)
        yield
    except BaseException:
        for path in written:
            _restore(path, before[path])
        raise


def _restore(path: Path, data: bytes | None) -> None:
    # The first error is reported; a second one would hide it.
    with suppress(OSError, ReportSearchError):
        if data is None:
            path.unlink()
        else:
            files.write_file(path, data)
