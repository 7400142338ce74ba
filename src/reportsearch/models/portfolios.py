"""The results of portfolios: officials' duties, and the share of their reports about each."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.facts import Citation, Indicator, Project
from reportsearch.models.keywords import GROUPING_FIELDS, Keyword
from reportsearch.models.report import ReportInfo

ROW_FIELDS = (
    "official",
    *(name for name in GROUPING_FIELDS if name not in {"official", "portfolio"}),
)
"""The fields that can define the rows of the table of portfolios."""

REPORTED = "declared and reported"
NOT_REPORTED = "declared, not reported"
MENTIONED_ONLY = "declared, in words only"
NOT_DECLARED = "reported, not declared"
REPORTED_AS_HEAD = "reported, head of the whole"
REPORTED_NO_DUTIES = "reported, no duties told"
"""The states of a portfolio in a report.

A 县长 or 镇长 heads the whole government, so portfolios that the opening sentences do not name are
also theirs. If the opening names no duties at all, none can be missing. A portfolio is mentioned in
words if words after the opening point to it but no passage is about it.
"""

IN_PASSAGES, IN_WORDS, NOWHERE, UNKNOWN = "passages", "words", "nowhere", "unknown"
"""The ways a report treats a portfolio that it declares.

It writes passages about it, or uses words after the opening that point to it, or neither. The
treatment is unknown for an item of the opening that belongs to no portfolio of the word list
(团县委).
"""


@dataclass(frozen=True, slots=True)
class Portion:
    """A portfolio in the reports of a row of the table.

    ``chars`` counts the characters, without white space, of the passages about it, and ``share`` is
    their share of the row's reports; a passage about several portfolios counts for each.
    ``divided`` is the same with such a passage divided equally among its portfolios, so that these
    and the text about none add up to 1. ``state`` is one of the above. ``role`` is 主持, 分管, 协助
    or 联系 as in the opening sentences, several joined by 、, or empty.

    ``passages`` are about it, from ``reported`` reports; a report that declares it without a
    passage about it adds the passages after the opening whose words point to it, which count in no
    share. ``declared`` are the passages of the opening that name it, one per report. If the reports
    of a row differ, ``not_reported`` are the ids of those that declare it and do not report on it,
    ``not_declared`` those that report on it without declaring it, and ``mentioned`` those that
    declare it and have no passage about it, but words that point to it.
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
    """A portfolio that a report declares, and its treatment there.

    ``treated`` is ``passages``, ``words``, ``nowhere`` or ``unknown``; ``passages`` are those about
    it, those whose words alone point to it, or none. An unknown portfolio has its name from the
    opening.
    """

    portfolio: str
    treated: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """An official (or a report, or a year) with its portfolios, the largest share first.

    ``value`` is the row's name, ``reports`` its reports by time, ``chars`` their characters without
    white space; ``other`` is the share of text about no known portfolio. ``unknown`` are the items
    of the openings that belong to no portfolio, so that nothing shows whether they are reported on.
    """

    value: str
    reports: tuple[ReportInfo, ...]
    chars: int
    other: float
    portions: tuple[Portion, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PortfolioTotal:
    """A portfolio over all rows: its characters and its share of all text.

    ``rows`` counts the rows that have it. ``reported`` reports have passages about it and
    ``declared`` declare it; of the latter, ``mentioned`` only have words that point to it, and
    ``not_reported`` nothing. ``not_declared`` report on it without declaring it.
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

    ``without`` reports have no value of ``by`` and are in no row. ``other`` is the share of all
    text that is about no known portfolio. ``totals`` are the portfolios, those of most rows first.
    """

    by: str
    reports: int
    without: int
    other: float
    rows: tuple[PortfolioRow, ...]
    totals: tuple[PortfolioTotal, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a report with its position."""

    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """The text that an official's passages on a portfolio share with those of another official.

    ``chars`` counts this official's characters that occur there too, in runs of at least 13,
    without formulae. ``here`` and ``there`` are the longest run on each side.
    """

    other: str
    chars: int
    here: Quoted
    there: Quoted


@dataclass(frozen=True, slots=True)
class PortfolioOfficial:
    """An official's reporting on one portfolio; ``portion`` is as in the table.

    ``by_year`` has the share in the reports of each year. ``shared`` are the other officials with
    most text in common, ``citations`` the documents that were drawn up or issued. ``weaknesses``
    and ``plans`` are sentences of the passages about the portfolio, and sentences elsewhere that
    mention it.
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
    """A cell of the table of figures, for the official ``value``.

    ``name`` is what the report calls it, ``text`` the figure as written, preceded by the words of a
    change. ``number``, or ``low`` and ``high``, are in ``unit`` as written; they are None if the
    figure is ``masked``, which never means zero. ``period`` is the expression of time that applies,
    in its sentence or section. ``year`` is the year or years
    that it refers to (2022, 2019-2021, 2021-), empty if unknown; ``year_from`` is one of
    YEAR_SOURCES, or empty. ``scope`` are the words that narrow down what is counted (亿元以上,
    市外). ``is_part`` means that it is a part of the figure before it (其中). ``sentence`` is the
    sentence that contains it.
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
"""How the year of a figure is known: it is stated or inferred.

It is unknown for the level before a change (由58%提高到66%).
"""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table of figures: comparable figures, by official and time.

    ``name`` is what most officials call it, including in its changes and plans. ``change`` is empty
    for a level, ``change`` for the change over a year, else the word for another kind of change
    (年均). ``is_plan`` marks targets. ``span`` is ``yearly`` or ``cumulative`` for means and sums,
    which share no row with the values of one year, else empty. ``unit`` is the most frequent
    spelling. ``values`` counts the officials who have it.
    """

    name: str
    change: str
    is_plan: bool
    span: str
    unit: str
    values: int
    figures: tuple[Figure, ...]

    def select_figures(self, value: str) -> tuple[Figure, ...]:
        """Return the figures of one official."""
        return tuple(one for one in self.figures if one.value == value)

    @property
    def scopes_differ(self) -> bool:
        """Return whether the figures differ in scope: 签约亿元以上项目 next to 签约项目."""
        return len({(one.scope, one.is_part) for one in self.figures}) > 1


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of officials on a portfolio; ``values`` are the columns.

    Rows that several officials share come first, each with its changes and plans. ``infos`` are the
    reports, by official and time.
    """

    portfolio: str
    by: str
    reports: int
    values: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    infos: tuple[ReportInfo, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Officials compared within a portfolio, the largest share first.

    ``without`` reports have the portfolio but no value of ``by``, and are in no row. ``figures``
    are the rows of the table of figures. The first ``shared`` of them are those that several
    officials report, including the changes and plans of such a figure.
    """

    portfolio: str
    by: str
    reports: int
    without: int
    officials: tuple[PortfolioOfficial, ...]
    figures: tuple[FigureRow, ...] = ()
    shared: int = 0

    def build_figure_table(self, *, shared: bool = True) -> FigureTable:
        """Return the table of figures: those that several officials report, or all."""
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
    """Two officials and the similarity of their reports, 0 to 1, with and without formulae.

    ``place`` and ``other_place`` are their positions in :attr:`OfficialSimilarity.values`.
    ``terms`` are the words that contribute most to the similarity and ``passages`` the most similar
    passages of both, both without formulae; only the most similar pairs have them.
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
    """The similarity of officials' reports, all pairs, the most similar first.

    ``values`` are ordered so that similar officials are next to each other.
    """

    reports: int
    values: tuple[str, ...]
    pairs: tuple[SimilarPair, ...]
