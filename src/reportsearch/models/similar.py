"""The answers of similar."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import SharedSpan


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of what was asked about; ``passage`` is its id, where it is in the index."""

    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A passage that is like a part of what was asked about.

    ``part`` is the number of that part, ``score`` the cosine of the two, 0 to 1, and ``coverage``
    the share of the part's compared characters that are in exact runs of four characters or more.
    ``spans`` are these, without what they have of a number or Latin word that goes on; the exact
    and formula ones overlap on neither side.
    """

    part: int
    passage: str
    report: ReportInfo
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    coverage: float
    spans: tuple[SharedSpan, ...]


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The parts of what was asked about, and for each the nearest passages, best first.

    ``compared`` is the number of passages that were compared with each part; a passage that is one
    of them is no hit for itself.
    """

    parts: tuple[Part, ...]
    compared: int
    hits: tuple[SimilarHit, ...]
