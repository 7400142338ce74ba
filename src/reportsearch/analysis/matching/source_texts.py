"""The compared characters of all reports of a commit, for what looks for shared text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.matching import formulae
from reportsearch.comparable import to_comparable
from reportsearch.models.report import ReportInfo
from reportsearch.search.engine import Engine


def get_official_key(info: ReportInfo) -> str:
    """Whose report it is: the official, or where none is known the report itself."""
    # No official's name has a line end in it.
    return info.official or f"\n{info.id}"


@dataclass(frozen=True)
class SourceTexts:
    """All reports by id: what is known about each, and its compared characters."""

    commit: str
    infos: tuple[ReportInfo, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, engine: Engine, progress: Callable[[int, int], None] | None = None) -> SourceTexts:
        """Read it from an index; ``progress`` is called with the reports read and all."""
        infos = tuple(engine.report_infos())
        texts = []
        for number, (_, folded) in enumerate(engine.texts(), 1):
            texts.append(to_comparable(folded))
            if progress:
                progress(number, len(infos))
        return cls(engine.commit_id(), infos, tuple(texts))

    @cached_property
    def officials(self) -> tuple[int, ...]:
        """Each report's official as a number."""
        known: dict[str, int] = {}
        return tuple(known.setdefault(get_official_key(info), len(known)) for info in self.infos)

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
        return formulae.compute_default_officials(len(set(self.officials)))
