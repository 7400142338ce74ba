"""The results of search, kwic and stats."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportsearch.models.report import ReportInfo

NOT_IN_JSON = {"json": False}
"""Field metadata that keeps a field out of JSON output."""
FIELD_NAMES = {
    "title": "title",
    "标题": "title",
    "kind": "kind",
    "类型": "kind",
    "year": "year",
    "年份": "year",
    "reported_year": "reported_year",
    "报告年度": "reported_year",
    "date": "date",
    "日期": "date",
    "post": "post",
    "职务": "post",
    "level": "level",
    "级别": "level",
    "region": "region",
    "地区": "region",
    "official": "official",
    "人员": "official",
    "source": "source",
    "来源": "source",
    "section": "section",
    "章节": "section",
    "portfolio": "portfolio",
    "分管": "portfolio",
    "declared": "declared",
    "申报分管": "declared",
}
"""The English and Chinese names of query fields, mapped to their canonical names."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that matches a query. ``highlights`` are spans of the report's clean text."""

    id: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that matches a query, with its best passages.

    ``met`` is ``passage`` if one of its passages matches the whole query, ``report`` if its
    passages match the terms only together, and ``part`` if they match only some of the terms.
    ``matched`` counts its passages that match the query, or for the other two a part of it.
    """

    report: ReportInfo
    score: float
    matched: int
    passages: tuple[PassageHit, ...]
    met: str = "passage"


@dataclass(frozen=True, slots=True)
class Matched:
    """The exact number of reports and passages that match.

    ``apart`` of the reports match the terms only in different passages. ``passages`` counts those
    that match the whole query, or in a partial result a part of it.
    """

    reports: int
    passages: int
    apart: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and the number of matching reports that have it.

    ``value`` is None for the reports without one. Years also have ``occurrences`` of the terms, and
    ``per_10k``, their rate per 10,000 characters of the text that the query's filters select.
    """

    value: str | None
    count: int
    occurrences: int | None = None
    per_10k: float | None = None


@dataclass(frozen=True, slots=True)
class SynonymExplained:
    """Strings that a passage must all contain, and the number of passages that do.

    ``years`` are the first and last year of the reports in which they count; None for all.
    """

    strings: tuple[str, ...]
    years: tuple[int, int] | None
    passages: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A word or string and the number of passages that contain it."""

    text: str
    passages: int


@dataclass(frozen=True, slots=True)
class TermExplained:
    """The interpretation of one part of a query, and the number of passages that match it.

    ``kind`` is ``word``, ``phrase`` (in quotation marks), ``text`` (its words need not all occur),
    ``filter``, ``not`` or ``or`` (whose parts follow). ``string`` is the normalised form.
    """

    text: str
    kind: str
    passages: int
    string: str = ""
    contained: int = 0
    synonyms: tuple[SynonymExplained, ...] = ()
    words: tuple[Counted, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The interpretation of a query; ``reason`` is why nothing matches all of it, or empty."""

    terms: tuple[TermExplained, ...]
    reason: str = ""
    adds_detail: bool = field(default=False, metadata=NOT_IN_JSON)
    """Whether the reason says more than that no passage matches the query."""


@dataclass(frozen=True, slots=True)
class PortfolioFilter:
    """The portfolio ``name``, which a query names, as a filter.

    ``passages`` counts the passages of sections about it that match the other filters. ``query``
    finds these: it has the filter in place of the name.
    """

    name: str
    passages: int
    query: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search.

    ``partial`` means that no report matches the whole query and the hits match a part of it.
    ``suggestion`` is the query with a word replaced that the index does not contain. ``portfolio``
    is the filter that a query which only names a portfolio may mean; hits and counts ignore it.
    """

    query: str
    matched: Matched
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    partial: bool = False
    suggestion: str | None = None
    portfolio: PortfolioFilter | None = None
    explain: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """The contents of the index, counted; ``folder`` is the library's folder of originals."""

    reports: int
    passages: int
    chars: int
    officials: int
    years: dict[str, int]
    kinds: dict[str, int]
    regions: dict[str, int]
    portfolios: dict[str, int]
    folder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One occurrence of a search term with the text on either side of it.

    ``passage`` is the passage's id, ``REPORT#N``; ``start`` and ``end`` span ``match`` in the
    report's clean text, whose hash is ``sha256``. From ``year`` on, the fields are the report's.
    """

    report: str
    title: str
    passage: str
    left: str
    match: str
    right: str
    start: int
    end: int
    section: tuple[str, ...] = ()
    sha256: str = ""
    reader: str = ""
    year: int | None = None
    reported_year: int | None = None
    region: str | None = None
    post: str | None = None
    official: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Occurrences in context; ``matched`` counts all of them, ``lines`` may be only a part."""

    query: str
    matched: int
    lines: tuple[KwicLine, ...]
