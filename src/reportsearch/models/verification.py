"""What a check of all files of an index has found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DamagedFile:
    """A file that is not as it was written.

    ``reports`` are the ids of the reports that it concerns: searches may miss them, or show a wrong
    text. ``is_derived`` is true of data that is rebuilt when it is next needed, and never used.
    """

    file: str
    problem: str
    reports: tuple[str, ...] = ()
    is_derived: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of a check: the number of files checked, and their bytes.

    ``unchecked`` are files without checksums, which an earlier version of the program has written.
    """

    files: int
    bytes: int
    damaged: tuple[DamagedFile, ...] = ()
    unchecked: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """Return the ids of all reports concerned."""
        return tuple(sorted({name for one in self.damaged for name in one.reports}))

    @property
    def needs_repair(self) -> bool:
        """Return whether anything is damaged that is not rebuilt by itself."""
        return any(not one.is_derived for one in self.damaged)
