"""What officials are in charge of, and how much of their reports they give to it."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.facts import Citation, Indicator, Project
from reportsearch.models.keywords import GROUPING_FIELDS, Keyword
from reportsearch.models.report import ReportInfo

ROW_FIELDS = (
    "official",
    *(name for name in GROUPING_FIELDS if name not in {"official", "portfolio"}),
)
"""What a row of the table of portfolios can be."""

REPORTED = "declared and reported"
NOT_REPORTED = "declared, not reported"
MENTIONED_ONLY = "declared, in words only"
NOT_DECLARED = "reported, not declared"
REPORTED_AS_HEAD = "reported, head of the whole"
REPORTED_NO_DUTIES = "reported, no duties told"
"""What can be said of a portfolio in a report. A 县长 or 镇长 heads the whole government, so that
what the opening sentences do not name is theirs all the same; where they name no duties at all,
nothing can be left out of them. What words behind the opening point to, and no passage is about,
is mentioned in words."""

IN_PASSAGES, IN_WORDS, NOWHERE, UNKNOWN = "passages", "words", "nowhere", "unknown"
"""How a report treats a portfolio that it declares: in passages about it, in words behind the
opening that point to it, or not at all; of an item of the opening that is in no portfolio of the
word list (团县委) it is unknown."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A portfolio in the reports of a row of the table.

    ``chars`` are the characters of the passages about it, blanks left out, ``share`` the part of
    all characters of the row's reports: a passage about several counts for each. ``divided`` is the
    same with such a passage divided equally among its portfolios, so that these and what is about
    none add up to 1. ``state`` is one of those above, ``role`` 主持, 分管, 协助 or 联系 as the
    opening sentences have it, several with 、 between, or empty. ``passages`` are about it, of
    ``reported`` reports, and in a report that declares it and has none the passages behind the
    opening whose words point to it, which count in no share; ``declared`` are those of the opening
    sentences that name it, one for each report that does. Where the reports of a row differ,
    ``not_reported`` are the ids of those that declare it and do not report on it, ``not_declared``
    of those that report on it without declaring it, ``mentioned`` of those that declare it and
    have no passage about it, but words that point to it.
    """

    portfolio: str
    chars: int
    share: float
    divided: float
    state: str
    role: str
    passages: tuple[str, ...]
    reported: int
    declared: tuple[str, ...]
    not_reported: tuple[str, ...]
    not_declared: tuple[str, ...]
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredPortfolio:
    """A portfolio that a report declares, and how it is treated there.

    ``treated`` is ``passages``, ``words``, ``nowhere`` or ``unknown``; ``passages`` are those about
    it, those whose words alone point to it, or none. What is unknown is called as in the opening.
    """

    portfolio: str
    treated: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """An official (or a report, or a year) with its portfolios, the largest share first.

    ``value`` is the row's name, ``reports`` its reports by time, ``chars`` their characters without
    blanks; ``other`` is the share of what is about no known portfolio. ``unknown`` are the items of
    the openings that are in none, of which cannot be told whether they are reported on.
    """

    value: str
    reports: tuple[ReportInfo, ...]
    chars: int
    other: float
    portions: tuple[Portion, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PortfolioTotal:
    """A portfolio over all rows: its characters, and its share of all.

    ``rows`` have it. Of the reports, ``reported`` have passages about it and ``declared`` declare
    it; of these ``mentioned`` have words alone that point to it, and ``not_reported`` nothing;
    ``not_declared`` report on it without declaring it.
    """

    portfolio: str
    rows: int
    reported: int
    declared: int
    not_reported: int
    not_declared: int
    chars: int
    share: float
    mentioned: int = 0


@dataclass(frozen=True, slots=True)
class Portfolios:
    """Officials by portfolio; ``by`` is official, report, year, ...

    ``without`` reports have no value by which they could be in a row. ``other`` is the share of
    all text that is about no known portfolio; ``totals`` are the portfolios, those of most rows
    first.
    """

    by: str
    reports: int
    without: int
    other: float
    rows: tuple[PortfolioRow, ...]
    totals: tuple[PortfolioTotal, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a report with its place."""

    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """What passages on a portfolio have in common with those of another official.

    ``chars`` of this official's stand there, too, in runs of at least 13, without formulae.
    ``here`` and ``there`` are the longest of them on both sides.
    """

    other: str
    chars: int
    here: Quoted
    there: Quoted


@dataclass(frozen=True, slots=True)
class PortfolioOfficial:
    """How an official reports on one portfolio; ``portion`` is as in the table.

    ``by_year`` has the share in the reports of each year. ``shared`` are the others with most text
    in common, ``citations`` the documents that were made or issued. ``weaknesses`` and ``plans``
    are sentences of the passages about the portfolio, and those elsewhere that speak of it.
    """

    value: str
    reports: tuple[ReportInfo, ...]
    portion: Portion
    by_year: tuple[tuple[str, float], ...]
    terms: tuple[Keyword, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    projects: tuple[Project, ...]
    shared: tuple[SharedText, ...]
    weaknesses: tuple[Quoted, ...]
    plans: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of the table of figures, of the official ``value``.

    ``name`` is what its report calls it, ``text`` the figure as it stands with the words of a
    change before it. ``number``, or ``low`` and ``high``, are in ``unit`` as it is written; None
    where the figure is ``masked``, which is never zero. ``period`` is the expression of time that
    applies, or the words that tell that it is of more than a year (累计). ``year`` is the year or
    years that it stands for (2022, 2019-2021, 2021-), empty where they are not known;
    ``year_from`` is one of YEAR_SOURCES, or empty. ``scope`` are the words that narrow down what is
    counted (亿元以上, 市外), ``is_part`` tells that it is a part of what stands before it (其中),
    ``sentence`` is that in which it stands.
    """

    value: str
    name: str
    text: str
    number: float | None
    low: float | None
    high: float | None
    unit: str
    masked: bool
    period: str
    year: str
    year_from: str
    scope: str
    is_part: bool
    sentence: str
    report: str
    passage: str
    start: int
    end: int


STATED_YEAR = "stated"
REPORTED_YEAR = "year of the report"
NEXT_YEAR = "year after the report"
INFERRED_YEAR = "reckoned"
BEFORE_CHANGE = "before the change"
YEAR_SOURCES = (STATED_YEAR, REPORTED_YEAR, NEXT_YEAR, INFERRED_YEAR, BEFORE_CHANGE)
"""How the year of a figure is known: it stands there, or it is inferred.

Of what a level was before (由58%提高到66%) it is not known.
"""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table of figures: figures of like meaning, by official and time.

    ``name`` is what most officials call it, with its changes and plans. ``change`` is empty for a
    level, ``change`` for one by so much over a year, else the word that makes it another (年均).
    ``is_plan`` tells that they are targets. ``unit`` is as it is most often written. ``values``
    counts the officials who have it.
    """

    name: str
    change: str
    is_plan: bool
    unit: str
    values: int
    figures: tuple[Figure, ...]

    def select_figures(self, value: str) -> tuple[Figure, ...]:
        """The figures of one official."""
        return tuple(one for one in self.figures if one.value == value)

    @property
    def scopes_differ(self) -> bool:
        """Whether its figures do not all count the same: 签约亿元以上项目 beside 签约项目."""
        return len({(one.scope, one.is_part) for one in self.figures}) > 1


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of officials on a portfolio; ``values`` are the columns.

    Rows of several officials are first, each with its changes and plans. ``infos`` are the reports,
    by official and time.
    """

    portfolio: str
    by: str
    reports: int
    values: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    infos: tuple[ReportInfo, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Officials side by side within a portfolio, the largest share first.

    ``without`` reports have it and no value by which they could be in a row. ``figures`` are the
    rows of the table of figures: those that several of them report first, ``shared`` in number, the
    changes and plans of such a figure among them.
    """

    portfolio: str
    by: str
    reports: int
    without: int
    officials: tuple[PortfolioOfficial, ...]
    figures: tuple[FigureRow, ...] = ()
    shared: int = 0

    def build_figure_table(self, *, shared: bool = True) -> FigureTable:
        """The table of figures: those that several report, or all."""
        values = [one.value for one in self.officials]
        return FigureTable(
            portfolio=self.portfolio,
            by=self.by,
            reports=self.reports,
            values=tuple(sorted(values) if self.by in {"year", "decade"} else values),
            rows=self.figures[: self.shared] if shared else self.figures,
            infos=tuple(info for one in self.officials for info in one.reports),
        )


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two officials: how alike their reports are, 0 to 1, with formulae and without.

    ``place`` and ``other_place`` are where they stand in :attr:`OfficialSimilarity.values`.
    ``terms`` are the words that add most to it, and ``passages`` the most similar passages of both,
    both without formulae; only the most similar pairs have them.
    """

    value: str
    other: str
    place: int
    other_place: int
    with_formulae: float
    without_formulae: float
    terms: tuple[str, ...]
    passages: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class OfficialSimilarity:
    """How alike officials' reports are: ``values`` in order, and all pairs, the most alike first.

    ``values`` are ordered so that those which are alike stand together.
    """

    reports: int
    values: tuple[str, ...]
    pairs: tuple[SimilarPair, ...]
