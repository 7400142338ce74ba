"""The read-only interface for programs: what ``--format json`` prints, under ``/api/``.

One table, OPERATIONS, says what can be asked; the addresses, the checks of parameters, the OpenAPI
document and docs/api.md are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reportsearch.archive import Archive
from reportsearch.models.compare import PHRASES, TERM_KINDS, Comparison, Uses
from reportsearch.models.facts import FACT_KINDS, Facts, FactsFound
from reportsearch.models.keywords import GROUPING_FIELDS, Keywords
from reportsearch.models.portfolios import ROW_FIELDS, OfficialSimilarity, Portfolios, SideBySide
from reportsearch.models.report import Passage, Report
from reportsearch.models.reuse import (
    DEFAULT_MIN_CHARS,
    LOWEST_MIN_CHARS,
    Reuse,
    ReusePairs,
    SimilarResult,
    YearOnYear,
)
from reportsearch.models.search import Concordance, SearchResult, Stats
from reportsearch.models.summary import DEFAULT_SUMMARY_CHARS, Summary
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS, Topics
from reportsearch.search.concordance import SORTS as KWIC_SORTS
from reportsearch.search.engine import FACETS, GROUPS, SORTS
from reportsearch.search.query import MAX_LENGTH
from reportsearch.web.api import answers
from reportsearch.web.api.answers import Find, Listing
from reportsearch.web.api.parameters import FLAG, INTEGER, KEY, MAX_ITEMS, Parameter, Values
from reportsearch.web.archive_service import key_of

PREFIX = "/api"
DOCUMENT = f"{PREFIX}/openapi.json"
MAX_TEXT_CHARS = 20_000
"""Characters of a text that can be asked about."""
_MAX_NUMBER = 10**9
_EXAMPLE_KEY = key_of("甲县副县长2022年度述职报告.txt")
"""A report of the shipped corpus."""


@dataclass(frozen=True)
class Operation:
    """Something that can be asked for.

    ``answers`` are the types of which the answer is one. ``command`` prints the same.
    ``takes_long`` tells that the answer is kept as long as the index does not change.
    """

    path: str
    about: str
    run: Callable[[Archive, Values, Find], object]
    answer_types: tuple[Any, ...]
    parameters: tuple[Parameter, ...] = ()
    command: str = ""
    takes_long: bool = False

    @property
    def name(self) -> str:
        """Its name: the path, without the prefix and braces."""
        words = self.path.removeprefix(f"{PREFIX}/").replace("/", "_")
        return words.replace("{", "").replace("}", "")

    @property
    def example(self) -> Mapping[str, Any]:
        """Parameters that can be tried, by name."""
        return {one.name: one.example for one in self.parameters if one.example is not None}


def _make_limit(what: str, default: int | None, maximum: int = MAX_ITEMS) -> Parameter:
    return Parameter("limit", f"how many {what}", INTEGER, default, maximum=maximum, example=5)


def _make_offset(what: str) -> Parameter:
    return Parameter(
        "offset", f"how many {what} to leave out first", INTEGER, 0, maximum=_MAX_NUMBER
    )


def _make_by(
    valid: tuple[str, ...], default: str | None = None, example: str | None = None
) -> Parameter:
    return Parameter(
        "by",
        "what makes a group",
        default=default,
        choices=valid,
        example=example,
    )


_WHERE = Parameter(
    "where",
    "only reports or sections with this value, FIELD=VALUE as for --where",
    default=(),
    repeated=True,
    maximum=400,
    example=("year=2021..2023",),
)
_BARE_WHERE = replace(_WHERE, example=None)
_QUERY = Parameter(
    "q",
    "a query, as for search",
    maximum=MAX_LENGTH,
    required=True,
    example="招商引资",
)
_WITHIN = Parameter("q", "only passages that meet this query, as for search", maximum=MAX_LENGTH)
_REPORT = Parameter("report", "the key of a report", KEY, example=_EXAMPLE_KEY)
_TOP = partial(Parameter, "top", kind=INTEGER)
_FORMULA_OFFICIALS = Parameter(
    "formula_officials",
    "a string in reports of so many officials is a formula; without, the square root of the number "
    "of officials, at least 4",
    INTEGER,
    minimum=2,
    maximum=_MAX_NUMBER,
)
_VALUES = Parameter(
    "values",
    "only these groups, of whose names a part will do; of reports the keys; with by=year also "
    "2018..2022",
    default=(),
    repeated=True,
    maximum=400,
)
_REPORT_IN_PATH = Parameter(
    "key", "the key of a report", KEY, required=True, in_path=True, example=_EXAMPLE_KEY
)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        f"{PREFIX}/stats",
        "What the index holds.",
        answers.stats,
        (Stats,),
        command="stats",
    ),
    Operation(
        f"{PREFIX}/reports",
        "The reports of the index by id, with the keys by which addresses name them.",
        answers.reports,
        (Listing,),
        (_make_limit("reports", 100), _make_offset("reports")),
    ),
    Operation(
        f"{PREFIX}/reports/{{key}}",
        "A report: its text, sections, passages, and what was recognised.",
        answers.report,
        (Report,),
        (_REPORT_IN_PATH,),
        command="show REPORT",
    ),
    Operation(
        f"{PREFIX}/reports/{{key}}/passages/{{number}}",
        "A passage of a report.",
        answers.passage,
        (Passage,),
        (
            _REPORT_IN_PATH,
            Parameter(
                "number",
                "the passage's number in the report, from 1",
                INTEGER,
                minimum=1,
                maximum=_MAX_NUMBER,
                required=True,
                in_path=True,
                example=3,
            ),
        ),
        command="show REPORT --passage N",
    ),
    Operation(
        f"{PREFIX}/search",
        "Reports or passages that meet a query.",
        answers.search,
        (SearchResult,),
        (
            _QUERY,
            _WHERE,
            _make_limit("hits", 10),
            _make_offset("hits"),
            Parameter("sort", "the order", default="relevance", choices=SORTS),
            Parameter("group", "what a hit is", default="report", choices=GROUPS),
            Parameter(
                "facet",
                "count the matching reports by it",
                default=(),
                choices=FACETS,
                repeated=True,
                example=("year", "portfolio"),
            ),
            Parameter("explain", "tell how the query was understood", FLAG, default=False),
        ),
        command="search QUERY",
    ),
    Operation(
        f"{PREFIX}/kwic",
        "Every occurrence in its context.",
        answers.kwic,
        (Concordance,),
        (
            _QUERY,
            _WHERE,
            Parameter("width", "characters on both sides", INTEGER, 20, maximum=MAX_ITEMS),
            Parameter(
                "sort",
                "by place, or by the context to the left or right",
                default="place",
                choices=KWIC_SORTS,
            ),
            _make_limit("lines", 100),
            _make_offset("lines"),
        ),
        command="kwic QUERY",
    ),
    Operation(
        f"{PREFIX}/similar",
        "The passages that are most like a text, or the passages of a report, or one of them.",
        answers.similar,
        (SimilarResult,),
        (
            Parameter("text", "a text, paragraph by paragraph", maximum=MAX_TEXT_CHARS),
            _REPORT,
            Parameter(
                "passage",
                "the number of a passage of the report; without, each of them",
                INTEGER,
                minimum=1,
                maximum=_MAX_NUMBER,
                example=3,
            ),
            _BARE_WHERE,
            _make_limit(
                "passages for each paragraph; without, 10, or 3 where there are several", None
            ),
            Parameter("include_own", "passages of the same report, too", FLAG, default=False),
            _FORMULA_OFFICIALS,
        ),
        command="similar PASSAGE",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/reuse",
        "How much of a report also stands in others; without one, which reports have most in "
        "common, and the formulae.",
        answers.reuse,
        (Reuse, ReusePairs),
        (
            _REPORT,
            Parameter(
                "min_chars",
                "how many characters in a row count",
                INTEGER,
                DEFAULT_MIN_CHARS,
                minimum=LOWEST_MIN_CHARS,
            ),
            _FORMULA_OFFICIALS,
            _make_limit("pairs and formulae, where no report is named", 20),
        ),
        command="reuse [REPORT]",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/year_on_year",
        "A report set against the same official's report before, sentence by sentence.",
        answers.year_on_year,
        (YearOnYear,),
        (
            replace(_REPORT, required=True),
            Parameter("previous", "the key of the report before; without, it is found", KEY),
        ),
        command="reuse --previous REPORT",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/keywords",
        "What reports, or a selection of passages, are about that others are not.",
        answers.keywords,
        (Keywords,),
        (
            replace(_REPORT, default=(), repeated=True, example=(_EXAMPLE_KEY,)),
            _BARE_WHERE,
            _WITHIN,
            _make_by(GROUPING_FIELDS),
            _TOP(about="how many for each", default=20),
            Parameter("with_formulae", "also what was set aside", FLAG, default=False),
        ),
        command="keywords [REPORT]",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/summary",
        "A report in its own sentences; without one, all reports that meet where.",
        answers.summary,
        (Summary,),
        (
            _REPORT,
            _BARE_WHERE,
            Parameter(
                "chars",
                "how many characters at most",
                INTEGER,
                DEFAULT_SUMMARY_CHARS,
                minimum=1,
                maximum=MAX_TEXT_CHARS,
            ),
        ),
        command="summary [REPORT]",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/facts",
        "Figures, documents, projects and times of a report; without one, of all reports.",
        answers.facts,
        (Facts, FactsFound),
        (
            _REPORT,
            replace(_WITHIN, about="only of passages that meet this query, not with report"),
            replace(_BARE_WHERE, about=f"{_WHERE.about}, not with report"),
            Parameter(
                "kind", "only this kind", default=FACT_KINDS, choices=FACT_KINDS, repeated=True
            ),
        ),
        command="facts [REPORT]",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/topics",
        "What passages are about, as topics that are found in them.",
        answers.topics,
        (Topics,),
        (
            Parameter(
                "topics",
                "how many",
                INTEGER,
                AUTO,
                (AUTO,),
                minimum=MIN_TOPICS,
                maximum=MAX_TOPICS,
                example=5,
            ),
            _BARE_WHERE,
            _WITHIN,
            _make_by(GROUPING_FIELDS, "report", "official"),
        ),
        command="topics",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/compare",
        "Which terms set groups of passages apart, and which they share.",
        answers.compare,
        (Comparison,),
        (
            replace(_make_by(GROUPING_FIELDS, None, "year"), required=True),
            _VALUES,
            _BARE_WHERE,
            _WITHIN,
            Parameter("pairwise", "set two groups against each other", FLAG, default=False),
            Parameter(
                "terms",
                "single words, or also phrases of up to four words",
                default=PHRASES,
                choices=TERM_KINDS,
            ),
            _TOP(about="terms for each group", default=10),
        ),
        command="compare",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/uses",
        "How often terms are used in each group, and where first.",
        answers.uses,
        (Uses,),
        (
            Parameter(
                "term",
                "a term, counted as a string",
                minimum=1,
                maximum=200,
                required=True,
                repeated=True,
                example=("招商引资",),
            ),
            _make_by(GROUPING_FIELDS, "year"),
            _VALUES,
            _BARE_WHERE,
            _WITHIN,
        ),
        command="compare --term T",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/portfolios",
        "What officials are in charge of, and the share of their reports about it; with a "
        "portfolio, those who have it side by side.",
        answers.portfolios,
        (Portfolios, SideBySide),
        (
            Parameter(
                "portfolio",
                "a portfolio by any of its names",
                minimum=1,
                maximum=200,
                example="文旅",
            ),
            _BARE_WHERE,
            _make_by(ROW_FIELDS, "official"),
            _VALUES,
        ),
        command="portfolios [PORTFOLIO]",
        takes_long=True,
    ),
    Operation(
        f"{PREFIX}/official_similarity",
        "How alike the reports of officials are, each with each.",
        answers.official_similarity,
        (OfficialSimilarity,),
        (_BARE_WHERE,),
        command="portfolios --similarity",
        takes_long=True,
    ),
)
