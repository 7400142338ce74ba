"""The compared characters of all reports of a commit, for what looks for shared text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.matching import formulae
from reportsearch.comparable import compared
from reportsearch.models.report import ReportInfo
from reportsearch.search.engine import Engine


def official_of(info: ReportInfo) -> str:
    """Whose report it is: the official, or where none is known the report itself."""
    # No official's name has a line end in it.
    return info.official or f"\n{info.id}"


@dataclass(frozen=True)
class Collection:
    """All reports by id: what is known about each, and its compared characters."""

    commit: str
    infos: tuple[ReportInfo, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, engine: Engine, progress: Callable[[int, int], None] | None = None) -> Collection:
        """Read it from an index; ``progress`` is called with the reports read and all."""
        infos = tuple(engine.infos())
        texts = []
        for number, (_, folded) in enumerate(engine.texts(), 1):
            texts.append(compared(folded))
            if progress:
                progress(number, len(infos))
        return cls(engine.commit(), infos, tuple(texts))

    @cached_property
    def officials(self) -> tuple[int, ...]:
        """Each report's official as a number."""
        known: dict[str, int] = {}
        return tuple(known.setdefault(official_of(info), len(known)) for info in self.infos)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each report's place, by id."""
        return {info.id: number for number, info in enumerate(self.infos)}

    @property
    def chars(self) -> int:
        """The compared characters of all reports."""
        return sum(map(len, self.texts))

    @property
    def formula_officials(self) -> int:
        """In the reports of how many officials a string must stand to be a formula."""
        return formulae.default_officials(len(set(self.officials)))
