"""The answers of search, kwic and stats."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportsearch.models.report import ReportInfo

NOT_IN_JSON = {"json": False}
"""The metadata of a field that answers in JSON do not have."""
FIELD_NAMES = {
    "title": "title",
    "标题": "title",
    "kind": "kind",
    "类型": "kind",
    "year": "year",
    "年份": "year",
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
"""The names of the fields of a query, English and Chinese, and which field each is."""


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that meets a query. ``highlights`` are spans of the report's clean text."""

    id: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that meets a query, with its best passages.

    ``met`` is ``passage`` when one of its passages meets the whole query, ``report`` when its
    passages meet the terms between them, and ``part`` when they meet only some of the terms.
    ``matched`` is the number of all its passages that meet the query, or for the other two a part
    of it.
    """

    report: ReportInfo
    score: float
    matched: int
    passages: tuple[PassageHit, ...]
    met: str = "passage"


@dataclass(frozen=True, slots=True)
class Matched:
    """How many reports and passages the answer has in all; exact.

    ``apart`` of the reports meet the terms only in different passages. ``passages`` counts those
    that meet the query by themselves, and in a partial answer those that meet a part of it.
    """

    reports: int
    passages: int
    apart: int = 0


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and the number of matching reports that have it.

    ``value`` is None for the reports without one. For the years also how often what was searched
    for occurs, and that per 10,000 characters of what the query's filters let through.
    """

    value: str | None
    count: int
    occurrences: int | None = None
    per_10k: float | None = None


@dataclass(frozen=True, slots=True)
class SynonymExplained:
    """Strings of which a passage must contain all, and the passages that do.

    ``years`` are the years, first and last, in whose reports they count; None for all.
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
    """What became of one part of a query, and how many passages meet it.

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
    """How a query was understood; ``reason`` says why there is no whole match, or is empty."""

    terms: tuple[TermExplained, ...]
    reason: str = ""
    adds_detail: bool = field(default=False, metadata=NOT_IN_JSON)
    """Whether the reason says more than that no passage meets the query."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a search.

    ``partial`` tells that no report meets all that was asked for, and the hits meet a part of it.
    ``suggestion`` is the query with a word in place of one that the index does not hold.
    """

    query: str
    matched: Matched
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    partial: bool = False
    suggestion: str | None = None
    explain: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Stats:
    """What the index holds."""

    reports: int
    passages: int
    chars: int
    officials: int
    years: dict[str, int]
    kinds: dict[str, int]
    regions: dict[str, int]
    portfolios: dict[str, int]


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One occurrence of what was searched for, with the text on either side of it.

    ``passage`` is the passage's id, ``REPORT#N``; ``start`` and ``end`` span ``match`` in the
    report's clean text, whose hash is ``sha256``. ``year``, ``region``, ``post`` and ``official``
    are the report's.
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
    region: str | None = None
    post: str | None = None
    official: str | None = None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Occurrences in context; ``matched`` counts all of them, of which ``lines`` are a part."""

    query: str
    matched: int
    lines: tuple[KwicLine, ...]
