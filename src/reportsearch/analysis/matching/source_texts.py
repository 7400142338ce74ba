"""The compared characters of all reports of a commit, for finding shared text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.matching import formulae
from reportsearch.comparable import to_comparable
from reportsearch.models.report import ReportInfo
from reportsearch.search.engine import Engine


def get_official_key(info: ReportInfo) -> str:
    """Return a report's official, or a key of the report itself if unknown."""
    # No official's label contains a line end.
    return info.person or f"\n{info.id}"


@dataclass(frozen=True)
class SourceTexts:
    """All reports by id: the metadata and compared characters of each."""

    commit: str
    infos: tuple[ReportInfo, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, engine: Engine, progress: Callable[[int, int], None] | None = None) -> SourceTexts:
        """Read all reports of an index; ``progress`` counts reports."""
        infos = tuple(engine.report_infos())
        texts = []
        for number, (_, folded) in enumerate(engine.texts(), 1):
            texts.append(to_comparable(folded))
            if progress:
                progress(number, len(infos))
        return cls(engine.commit_id(), infos, tuple(texts))

    @cached_property
    def officials(self) -> tuple[int, ...]:
        """Return each report's official as a number."""
        known: dict[str, int] = {}
        return tuple(known.setdefault(get_official_key(info), len(known)) for info in self.infos)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return each report's position, by id."""
        return {info.id: number for number, info in enumerate(self.infos)}

    @property
    def chars(self) -> int:
        """Return the number of compared characters of all reports."""
        return sum(map(len, self.texts))

    @property
    def formula_officials(self) -> int:
        """Return the default number of officials in whose reports a formula must occur."""
        return formulae.compute_default_officials(len(set(self.officials)))
