"""The commands that are interrupted, each with the folder in which it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.reports import INDEX, QUESTION, REPORTS, make_name, write_reports
from reportsearch import Archive

Command = tuple[str, ...]
INDEX_ALL: Command = ("index", REPORTS)
NUMBERS = range(1, 7)
"""The reports with which most scenarios start."""
_NEAREST: Command = ("similar", "--text", QUESTION, "--format", "json")
_REMOVED = 3


@dataclass(frozen=True)
class Scenario:
    """A command, the folder in which it starts, and what the user runs after an interruption.

    The command itself is run first. ``erased`` is the number of the report whose text has to be
    gone from the disk in the end.
    """

    name: str
    prepare: Callable[[Path], None]
    command: Command
    then: tuple[Command, ...] = ()
    erased: int | None = None


def _index(folder: Path) -> None:
    with Archive.create(folder / INDEX) as archive:
        archive.index(folder / REPORTS)


def prepare_reports(folder: Path) -> None:
    """Write reports that are not indexed."""
    write_reports(folder / REPORTS, NUMBERS)


def prepare_index(folder: Path) -> None:
    """Write reports and index them."""
    prepare_reports(folder)
    _index(folder)


def _prepare_changes(folder: Path) -> None:
    prepare_index(folder)
    write_reports(folder / REPORTS, (2, 4, 9), edition=2)
    (folder / REPORTS / make_name(_REMOVED)).unlink()


def _prepare_removed(folder: Path) -> None:
    prepare_index(folder)
    with Archive.open(folder / INDEX) as archive:
        archive.remove(make_name(_REMOVED))


def _prepare_segments(folder: Path) -> None:
    """Make as many segments as there can be, so that the next commit merges them."""
    prepare_reports(folder)
    for number in range(7, 15):
        _index(folder)
        write_reports(folder / REPORTS, [number])


def _prepare_nearest(folder: Path) -> None:
    prepare_index(folder)
    with Archive.open(folder / INDEX) as archive:
        archive.similar(text=QUESTION)


def _prepare_old_nearest(folder: Path) -> None:
    _prepare_nearest(folder)
    write_reports(folder / REPORTS, range(4, 9), edition=2)
    _index(folder)


_NAME = make_name(_REMOVED)
_REMOVE: Command = ("remove", _NAME)
SCENARIOS = (
    Scenario("index", prepare_reports, INDEX_ALL),
    Scenario("update", _prepare_changes, INDEX_ALL),
    Scenario("rebuild", prepare_index, (*INDEX_ALL, "--rebuild")),
    Scenario("prune", _prepare_changes, (*INDEX_ALL, "--prune")),
    Scenario("purge", _prepare_changes, (*INDEX_ALL, "--prune", "--purge"), erased=_REMOVED),
    Scenario("merge", _prepare_segments, INDEX_ALL),
    # What an interrupted change of metadata.csv has left is deleted by the next run of index.
    Scenario("correct", prepare_index, ("correct", _NAME, "--set", "year=1999"), (INDEX_ALL,)),
    Scenario("remove", prepare_index, _REMOVE, (INDEX_ALL,), erased=_REMOVED),
    Scenario("undo a removal", _prepare_removed, (*_REMOVE, "--undo"), (INDEX_ALL,)),
    Scenario("nearest passages, new", prepare_index, _NEAREST, (_REMOVE, _NEAREST)),
    # Files that were replaced are deleted by the next change.
    Scenario("nearest passages, update", _prepare_old_nearest, _NEAREST, (_REMOVE, _NEAREST)),
)
