"""The read-only API for programs, which returns what ``--format json`` prints, under ``/api/``.

The table OPERATIONS defines what can be requested. The addresses, the parameter checks, the OpenAPI
document and docs/api.md are generated from it. All but four operations call a method of the
archive.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import partial

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.compare import TERM_KINDS
from reportsearch.models.facts import FACT_KINDS
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.portfolios import ROW_FIELDS
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.reuse import LOWEST_MIN_CHARS
from reportsearch.models.similar import SimilarResult
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS
from reportsearch.search.concordance import SORTS as KWIC_SORTS
from reportsearch.search.engine import FACETS, GROUPS, SORTS
from reportsearch.search.query import MAX_LENGTH, Where
from reportsearch.web.api.correction_preview import preview_corrections
from reportsearch.web.api.operation import PREFIX, Operation, make_operation
from reportsearch.web.api.parameters import FLAG, GROUP, INTEGER, KEY, Parameter
from reportsearch.web.archive_service import key_of

DOCUMENT = f"{PREFIX}/openapi.json"
MAX_TEXT_CHARS = 20_000
"""Maximum number of characters of a text in a request."""
_MAX_NUMBER = 10**9
_EXAMPLE_KEY = key_of("甲县副县长2022年度述职报告.txt")
"""A report of the shipped corpus."""


@dataclass(frozen=True)
class ListedReport(ReportInfo):
    """A report of the list; ``key`` is its key in addresses, the other fields are as elsewhere."""

    key: str = ""


@dataclass(frozen=True)
class Listing:
    """Reports by id; ``reports`` is a page of them and ``matched`` counts all."""

    matched: int
    reports: tuple[ListedReport, ...]


def _list_reports(archive: Archive, limit: int = 100, offset: int = 0) -> Listing:
    infos = archive.infos()
    listed = (
        ListedReport(
            **{one.name: getattr(info, one.name) for one in fields(info)}, key=key_of(info.id)
        )
        for info in infos[offset : offset + limit]
    )
    return Listing(len(infos), tuple(listed))


def _get_passage(archive: Archive, report: str, number: int) -> Passage:
    passages = archive.show(report).passages
    if number > len(passages):
        raise NotFoundError(
            "there is no passage {number}; there are 1 to {count}",
            number=number,
            count=len(passages),
        )
    return passages[number - 1]


def _find_similar(
    archive: Archive,
    report: str | None = None,
    passage: int | None = None,
    text: str | None = None,
    where: Where = (),
    limit: int | None = None,
    include_own: bool = False,
    formula_officials: int | None = None,
    progress: StagedProgress | None = None,
) -> SimilarResult:
    if passage is not None and report is None:
        raise QueryError("passage is a number within a report; also give the report")
    return archive.similar(
        report if passage is None else f"{report}#{passage}",
        text=text,
        where=where,
        limit=limit,
        include_own=include_own,
        formula_officials=formula_officials,
        progress=progress,
    )


def _make_limit(what: str) -> Parameter:
    return Parameter("limit", f"how many {what}", INTEGER, example=5)


def _make_offset(what: str) -> Parameter:
    return Parameter("offset", f"how many {what} to leave out first", INTEGER, maximum=_MAX_NUMBER)


def _make_by(valid: tuple[str, ...], example: str | None = None) -> Parameter:
    return Parameter("by", "what makes a group", choices=valid, example=example)


_WHERE = Parameter(
    "where",
    "only reports or sections with this value, FIELD=VALUE as for --where",
    repeated=True,
    maximum=400,
    example=("year=2021..2023",),
)
_BARE_WHERE = replace(_WHERE, example=None)
_SET = replace(_WHERE, name="set", example=("region=甲县",))
_QUERY = Parameter(
    "q", "a query, as for search", argument="text", maximum=MAX_LENGTH, example="招商引资"
)
_WITHIN = Parameter(
    "q", "only passages that meet this query, as for search", argument="query", maximum=MAX_LENGTH
)
_REPORT = Parameter("report", "the key of a report", KEY, example=_EXAMPLE_KEY)
_NEEDED_REPORT = replace(_REPORT, required=True)
_TOP = partial(Parameter, "top", kind=INTEGER)
_MIN_CHARS = Parameter(
    "min_chars", "how many characters in a row count", INTEGER, minimum=LOWEST_MIN_CHARS
)
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
    GROUP,
    repeated=True,
    maximum=400,
)
_KINDS = Parameter("kind", "only this kind", argument="kinds", choices=FACT_KINDS, repeated=True)
_REPORT_IN_PATH = Parameter(
    "key", "the key of a report", KEY, argument="report", in_path=True, example=_EXAMPLE_KEY
)

OPERATIONS: tuple[Operation, ...] = (
    make_operation("What the index holds.", Archive.stats, command="stats"),
    make_operation(
        "Which files of the index are damaged, and the reports concerned.",
        Archive.verify,
        command="verify",
        takes_long=True,
        is_cached=False,
    ),
    make_operation(
        "The reports of the index by id, with the keys by which addresses name them.",
        _list_reports,
        _make_limit("reports"),
        _make_offset("reports"),
        path="reports",
    ),
    make_operation(
        "A report: its text, sections, passages, and what was recognised.",
        Archive.show,
        _REPORT_IN_PATH,
        path="reports/{key}",
        command="show REPORT",
    ),
    make_operation(
        "What a correction of many reports would change; nothing is saved here.",
        preview_corrections,
        _WHERE,
        replace(_SET, about="a correction, FIELD=VALUE as for --set", argument="values"),
        path="correct_where",
        command="correct --where F=V --set F=V --dry-run",
    ),
    make_operation(
        "A passage of a report.",
        _get_passage,
        _REPORT_IN_PATH,
        Parameter(
            "number",
            "the passage's number in the report, from 1",
            INTEGER,
            minimum=1,
            maximum=_MAX_NUMBER,
            in_path=True,
            example=3,
        ),
        path="reports/{key}/passages/{number}",
        command="show REPORT --passage N",
    ),
    make_operation(
        "Reports or passages that meet a query.",
        Archive.search,
        _QUERY,
        _WHERE,
        _make_limit("hits"),
        _make_offset("hits"),
        Parameter("sort", "the order", choices=SORTS),
        Parameter("group", "what a hit is", choices=GROUPS),
        Parameter(
            "facet",
            "count the matching reports by it",
            argument="facets",
            choices=FACETS,
            repeated=True,
            example=("year", "portfolio"),
        ),
        Parameter("explain", "tell how the query was understood", FLAG),
        command="search QUERY",
    ),
    make_operation(
        "Every occurrence in its context.",
        Archive.kwic,
        _QUERY,
        _WHERE,
        Parameter("width", "characters on both sides", INTEGER),
        Parameter("sort", "by place, or by the context to the left or right", choices=KWIC_SORTS),
        _make_limit("lines"),
        _make_offset("lines"),
        command="kwic QUERY",
    ),
    make_operation(
        "The passages that are most like a text, or the passages of a report, or one of them.",
        _find_similar,
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
        _make_limit("passages for each paragraph; without, 10, or 3 where there are several"),
        Parameter("include_own", "passages of the same report, too", FLAG),
        _FORMULA_OFFICIALS,
        path="similar",
        command="similar PASSAGE",
        takes_long=True,
    ),
    make_operation(
        "How much of a report also stands in others.",
        Archive.reuse,
        _NEEDED_REPORT,
        _MIN_CHARS,
        _FORMULA_OFFICIALS,
        command="reuse REPORT",
        takes_long=True,
        hint=f"{PREFIX}/reuse_pairs is of all reports",
    ),
    make_operation(
        "Which reports have most in common, and the formulae.",
        Archive.reuse_pairs,
        _MIN_CHARS,
        _FORMULA_OFFICIALS,
        _make_limit("pairs and formulae"),
        command="reuse",
        takes_long=True,
        hint=f"{PREFIX}/reuse is of one report",
    ),
    make_operation(
        "A report set against the same official's report before, sentence by sentence.",
        Archive.year_on_year,
        _NEEDED_REPORT,
        Parameter("previous", "the key of the report before; without, it is found", KEY),
        command="reuse --previous REPORT",
        takes_long=True,
    ),
    make_operation(
        "What reports, or a selection of passages, are about that others are not.",
        Archive.keywords,
        replace(_REPORT, argument="reports", repeated=True, example=(_EXAMPLE_KEY,)),
        _BARE_WHERE,
        _WITHIN,
        _make_by(GROUPING_FIELDS),
        _TOP(about="how many for each"),
        Parameter("with_formulae", "also what was set aside", FLAG),
        command="keywords [REPORT]",
        takes_long=True,
    ),
    make_operation(
        "A report in its own sentences; without one, all reports that meet where.",
        Archive.summary,
        _REPORT,
        _BARE_WHERE,
        Parameter(
            "chars", "how many characters at most", INTEGER, minimum=1, maximum=MAX_TEXT_CHARS
        ),
        command="summary [REPORT]",
        takes_long=True,
    ),
    make_operation(
        "Figures, documents, projects and times of a report.",
        Archive.facts,
        _NEEDED_REPORT,
        _KINDS,
        command="facts REPORT",
        takes_long=True,
        hint=f"{PREFIX}/facts_of_all is of all reports",
    ),
    make_operation(
        "Figures, documents, projects and times of all reports.",
        Archive.facts_of_all,
        _WITHIN,
        _BARE_WHERE,
        _KINDS,
        command="facts",
        takes_long=True,
        hint=f"{PREFIX}/facts is of one report",
    ),
    make_operation(
        "What passages are about, as topics that are found in them.",
        Archive.topics,
        Parameter(
            "topics",
            "how many",
            INTEGER,
            choices=(AUTO,),
            minimum=MIN_TOPICS,
            maximum=MAX_TOPICS,
            example=5,
        ),
        _BARE_WHERE,
        _WITHIN,
        _make_by(GROUPING_FIELDS, "official"),
        command="topics",
        takes_long=True,
    ),
    make_operation(
        "Which terms set groups of passages apart, and which they share.",
        Archive.compare,
        _make_by(GROUPING_FIELDS, "year"),
        _VALUES,
        _BARE_WHERE,
        _WITHIN,
        Parameter("pairwise", "set two groups against each other", FLAG),
        Parameter("terms", "single words, or also phrases of up to four words", choices=TERM_KINDS),
        _TOP(about="terms for each group"),
        command="compare",
        takes_long=True,
    ),
    make_operation(
        "How often terms are used in each group, and where first.",
        Archive.uses,
        Parameter(
            "term",
            "a term, counted as a string",
            argument="terms",
            minimum=1,
            maximum=200,
            repeated=True,
            example=("招商引资",),
        ),
        _make_by(GROUPING_FIELDS),
        _VALUES,
        _BARE_WHERE,
        _WITHIN,
        command="compare --term T",
        takes_long=True,
    ),
    make_operation(
        "What officials are in charge of, and the share of their reports about it.",
        Archive.portfolios,
        _BARE_WHERE,
        _make_by(ROW_FIELDS),
        _VALUES,
        command="portfolios",
        takes_long=True,
        hint=f"{PREFIX}/portfolio is of one portfolio",
    ),
    make_operation(
        "Those who have a portfolio, side by side.",
        Archive.portfolio,
        Parameter(
            "portfolio", "a portfolio by any of its names", minimum=1, maximum=200, example="文旅"
        ),
        _BARE_WHERE,
        _make_by(ROW_FIELDS),
        _VALUES,
        command="portfolios PORTFOLIO",
        takes_long=True,
        hint=f"{PREFIX}/portfolios is of all portfolios",
    ),
    make_operation(
        "How alike the reports of officials are, each with each.",
        Archive.official_similarity,
        _BARE_WHERE,
        command="portfolios --similarity",
        takes_long=True,
    ),
)
