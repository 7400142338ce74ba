"""Answers of each kind, small and written out."""

from __future__ import annotations

from reportsearch.models.compare import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    TermUse,
    UsePoint,
    Uses,
)
from reportsearch.models.keywords import Example, Keyword, KeywordGroup, Keywords
from reportsearch.models.portfolios import (
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    OfficialSimilarity,
    PortfolioOfficial,
    PortfolioRow,
    Portfolios,
    PortfolioTotal,
    Portion,
    SideBySide,
    SimilarPair,
)
from reportsearch.models.search import FacetValue, Matched, SearchResult
from reportsearch.models.topics import Topic, Topics, TopicWeights
from reportsearch.output.plots import PlottableResult

EXAMPLE = Example("a#1", 0, 2, "文旅融合。", 0)


def keyword(term: str, score: float, portfolio: str | None = None) -> Keyword:
    return Keyword(term, score, 3, 2, 1, 12.5, portfolio, EXAMPLE)


def group(id_: str, title: str, *entries: Keyword) -> KeywordGroup:
    return KeywordGroup(id_, title, 1, 20, 5_000, 90_000, "index", entries)


def keywords(*groups: KeywordGroup, by: str | None = None) -> Keywords:
    return Keywords(16, by, groups)


ONE = group(
    "a", "甲县副县长述职报告", keyword("博物馆", 9.5), keyword("文旅", 21.25, "文旅"), keyword("养老院", 7.0, "民政")
)  # fmt: skip
TWO = group("b", "乙县副县长述职报告", keyword("农村公路", 12.0))


def timeline(*years: tuple[str | None, int, int, float], query: str = "文旅") -> SearchResult:
    facets = {"year": tuple(FacetValue(*entry) for entry in years)}
    matched = sum(count for _, count, _, _ in years)
    return SearchResult(query, Matched(matched, matched), (), facets)


YEARS = timeline(
    ("2018", 1, 2, 1.5), ("2019", 0, 0, 0.0), ("2022", 2, 6, 3.25), ("2023", 1, 1, 0.5), (None, 1, 1, 2.0)
)  # fmt: skip


def topics(by: str, *groups: tuple[str, tuple[float, ...]], too_few: bool = False) -> Topics:
    labels = ("景区·游客·博物馆", "养老·低保·殡葬", "公路·养护·桥梁")
    found = tuple(
        Topic(number, label, share, 10, 4, 0.2, 0.7, (), ())
        for number, (label, share) in enumerate(zip(labels, (0.5, 0.3, 0.2), strict=True), 1)
    )
    weights = tuple(TopicWeights(value, value, 9, 0.1, shares) for value, shares in groups)
    npmi, stability = (None, None) if too_few else (0.21, 0.7)
    return Topics(
        16, 412, 380, 900, by, None, too_few, 0.125, npmi, stability, found, weights, (), ()
    )


BY_OFFICIAL = topics(
    "official", ("张三", (0.7, 0.2, 0.1)), ("李四", (0.05, 0.9, 0.05)), ("王五", (0.0, 0.4, 0.6))
)
BY_YEAR = topics(
    "year", *((year, (0.2, 0.5, 0.3)) for year in ("2015", "2016", "2019", "2022", "2023"))
)
ALONE = topics("official", ("张三", (0.2, 0.1, 0.7)))


def term(
    text: str, effect: float, interval: tuple[float | None, float | None], q: float | None
) -> ComparedTerm:
    tested = None if q is None else 0.001
    return ComparedTerm(
        text, 12, 4, 3, 8.5, 2, 2, 2, 1.25, effect, interval, 0.0, tested, tested, q, 0.3, EXAMPLE
    )


def compared(
    value: str, *terms: ComparedTerm, against: str = "", single: bool = False
) -> ComparedGroup:
    units = 1 if single else 3
    return ComparedGroup(
        value, against, 3, units, 40, 9_000, 5_000, 13, 9, 300, 40_000, single, 800, 2, terms
    )


COMPARISON = Comparison(
    "portfolio", "phrases", False, 16, 2, 0, (),
    (
        compared(
            "文旅",
            term("旅游", 1.5, (0.5, 2.5), 0.2),
            term("景区", 4.0, (2.0, None), 0.001),
            term("研学", -1.0, (None, 0.5), 0.6),
        ),
        compared("民政", term("养老", 2.0, (1.0, 3.0), None), single=True),
    ),
    (),
)  # fmt: skip


def point(value: str, per_10k: float, reports: int = 2) -> UsePoint:
    interval = (max(per_10k - 1, 0.0), per_10k + 1) if reports else None
    used = reports if per_10k else 0
    example = EXAMPLE if per_10k else None
    return UsePoint(
        value, reports, used, reports, used, 4_000, round(per_10k), per_10k, interval, example
    )


def use(text: str, *points: UsePoint) -> TermUse:
    return TermUse(text, EXAMPLE, "2018 2019-02-01", points)


RATES = (
    point("2018", 1.0), point("2019", 2.0), point("2020", 0.0, 0), point("2021", 3.0),
    point("2022", 0.0, 0), point("2023", 4.0), point("2024", 0.0),
)  # fmt: skip
USES = Uses("year", 12, 1, (use("乡村振兴", *RATES),))
SEVERAL_USES = Uses("year", 12, 0, (use("乡村振兴", *RATES), use("放管服", *RATES)))
USES_BY_OFFICIAL = Uses("official", 12, 0, (use("文旅", point("张三", 2.0), point("李四", 6.0)),))


def portion(name: str, share: float, state: str = REPORTED) -> Portion:
    return Portion(
        portfolio=name, chars=round(share * 5_000), share=share, divided=share, state=state,
        role="分管", passages=(), reported=1, declared=(), not_reported=(), not_declared=(),
    )  # fmt: skip


def row(value: str, *portions: Portion) -> PortfolioRow:
    return PortfolioRow(value, (), 5_000, 0.1, portions)


ROWS = (
    row("张三", portion("文旅", 0.6), portion("民政", 0.3), portion("供销", 0.0, NOT_REPORTED)),
    row("李四", portion("民政", 0.5), portion("文旅", 0.2, NOT_DECLARED)),
)
TOTALS = tuple(PortfolioTotal(name, 2, 2, 2, 0, 0, 4_000, 0.4) for name in ("文旅", "民政", "供销"))
PORTFOLIOS = Portfolios("official", 2, 0, 0.1, ROWS, TOTALS)
ONE_ROW = Portfolios("official", 1, 0, 0.1, ROWS[:1], TOTALS)


def official(value: str, portion_: Portion) -> PortfolioOfficial:
    return PortfolioOfficial(value, (), portion_, (), (), (), (), (), (), (), ())


SIDE_BY_SIDE = SideBySide(
    "文旅", "official", 2, 0,
    (official("李四", portion("文旅", 0.2, NOT_DECLARED)), official("张三", portion("文旅", 0.6))),
    (),
)  # fmt: skip
SIMILARITY = OfficialSimilarity(
    16, ("张三", "李四", "王五"),
    (
        SimilarPair("张三", "李四", 0, 1, 0.8, 0.5, (), ()),
        SimilarPair("李四", "王五", 1, 2, 0.4, 0.3, (), ()),
        SimilarPair("张三", "王五", 0, 2, 0.2, 0.1, (), ()),
    ),
)  # fmt: skip

ALL: dict[str, PlottableResult] = {
    "keywords": keywords(ONE),
    "keywords of groups": keywords(ONE, TWO, by="report"),
    "timeline": YEARS,
    "topics by official": BY_OFFICIAL,
    "topics by year": BY_YEAR,
    "topics of one": ALONE,
    "comparison": COMPARISON,
    "use": USES,
    "several uses": SEVERAL_USES,
    "use by official": USES_BY_OFFICIAL,
    "portfolios": PORTFOLIOS,
    "portfolios of one": ONE_ROW,
    "side by side": SIDE_BY_SIDE,
    "similarity": SIMILARITY,
}
"""One of each kind of picture."""
