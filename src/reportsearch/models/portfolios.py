"""What officials are in charge of, and how much of their reports they give to it."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.compare import ComparedTerm
from reportsearch.models.facts import Citation, Indicator, Project
from reportsearch.models.report import ReportInfo

REPORTED = "declared and reported"
NOT_REPORTED = "declared, not reported"
NOT_DECLARED = "reported, not declared"
"""What can be said of a portfolio in a report."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A portfolio in the reports of a row of the table.

    ``chars`` are the characters of the passages about it, ``share`` the part of all characters of
    the row's reports: a passage about several counts for each. ``state`` is one of the three above,
    ``role`` 主持, 分管, 协助 or 联系 as the opening sentences have it, or empty. ``passages`` are
    about it; ``declared`` is the passage of the opening sentences that names it, or empty.
    """

    portfolio: str
    chars: int
    share: float
    state: str
    role: str
    passages: tuple[str, ...]
    declared: str


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """An official (or a report, or a year) with its portfolios, the largest share first.

    ``value`` is the row's name, ``reports`` its reports, ``chars`` their characters; ``other`` is
    the share of what is about no known portfolio.
    """

    value: str
    reports: tuple[ReportInfo, ...]
    chars: int
    other: float
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class PortfolioTotal:
    """A portfolio over all rows: how many have it, its characters and its share of all."""

    portfolio: str
    rows: int
    chars: int
    share: float


@dataclass(frozen=True, slots=True)
class Portfolios:
    """Officials by portfolio; ``by`` is official, report, year, ...

    ``totals`` are the portfolios, those of most rows first.
    """

    by: str
    reports: int
    rows: tuple[PortfolioRow, ...]
    totals: tuple[PortfolioTotal, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence with its place."""

    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """What two officials' passages on a portfolio have in common: characters, and the longest run.

    ``chars`` without formulae. ``passage`` is the one of this official, ``other_passage`` the one
    of ``other``.
    """

    other: str
    chars: int
    passage: str
    other_passage: str
    text: str


@dataclass(frozen=True, slots=True)
class PortfolioOfficial:
    """How an official reports on one portfolio; ``portion`` is as in the table."""

    value: str
    reports: tuple[ReportInfo, ...]
    portion: Portion
    by_year: tuple[tuple[str, float], ...]
    terms: tuple[ComparedTerm, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    projects: tuple[Project, ...]
    shared: tuple[SharedText, ...]
    weaknesses: tuple[Quoted, ...]
    plans: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Officials side by side within a portfolio, the largest share first.

    ``common`` are groups of indicators that more than one official reports.
    """

    portfolio: str
    reports: int
    officials: tuple[PortfolioOfficial, ...]
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two officials: how alike their reports are, 0 to 1, with formulae and without.

    ``passage`` and ``other_passage`` are the most similar passages of both.
    """

    value: str
    other: str
    with_formulae: float
    without_formulae: float
    passage: str
    other_passage: str


@dataclass(frozen=True, slots=True)
class OfficialSimilarity:
    """How alike officials' reports are: ``values`` in order, and all pairs, the most alike first.

    ``values`` are ordered so that those which are alike stand together.
    """

    reports: int
    values: tuple[str, ...]
    pairs: tuple[SimilarPair, ...]
