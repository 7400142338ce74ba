"""The results of similar."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import SharedSpan


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of the query; ``passage`` is its id, if it is in the index."""

    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A passage that is similar to a part of the query.

    ``part`` is the number of that part, ``score`` the cosine similarity of the two, 0 to 1.
    ``coverage`` is the share of the part's compared characters that are in exact runs of four or
    more characters. ``spans`` are these runs, trimmed where they would cut a number or Latin word;
    exact and formula spans do not overlap on either side.
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
    """The parts of a query, and for each the nearest passages, best first.

    ``compared`` is the number of passages compared with each part. A passage is not a hit for
    itself.
    """

    parts: tuple[Part, ...]
    compared: int
    hits: tuple[SimilarHit, ...]
