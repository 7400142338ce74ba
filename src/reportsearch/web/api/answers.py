"""What can be asked under ``/api/``: each function asks the archive, given checked parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.models.compare import Comparison, Uses
from reportsearch.models.facts import Facts, FactsFound
from reportsearch.models.keywords import Keywords
from reportsearch.models.portfolios import OfficialSimilarity, Portfolios, SideBySide
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.reuse import Reuse, ReusePairs, SimilarResult, YearOnYear
from reportsearch.models.search import Concordance, SearchResult, Stats
from reportsearch.models.summary import Summary
from reportsearch.models.topics import Topics
from reportsearch.output.tables import report as showing
from reportsearch.web.api.parameters import Values
from reportsearch.web.archive_service import key_of
from reportsearch.web.jobs import report_progress

Find = Callable[[str], str]
"""The id of the report with a key. Raises NotFoundError."""


@dataclass(frozen=True)
class ListedReport(ReportInfo):
    """A report of the list; ``key`` is how it is called in addresses, the rest as elsewhere."""

    key: str = ""


@dataclass(frozen=True)
class Listing:
    """Reports by id; ``matched`` counts all of them, of which ``reports`` are a part."""

    matched: int
    reports: tuple[ListedReport, ...]


def stats(archive: Archive, _: Values, __: Find) -> Stats:
    """What the index holds."""
    return archive.stats()


def reports(archive: Archive, given: Values, _: Find) -> Listing:
    """The reports of the index, some at a time."""
    infos = archive.infos()
    first = given["offset"]
    chosen = infos[first : first + given["limit"]]
    return Listing(
        len(infos),
        tuple(
            ListedReport(
                **{one.name: getattr(info, one.name) for one in fields(info)}, key=key_of(info.id)
            )
            for info in chosen
        ),
    )


def report(archive: Archive, given: Values, find: Find) -> object:
    """A report, as ``show`` prints it."""
    return showing.to_json_document(archive.show(find(given["key"])))


def passage(archive: Archive, given: Values, find: Find) -> Passage:
    """A passage. Raises NotFoundError."""
    report = archive.show(find(given["key"]))
    number: int = given["number"]
    if number > len(report.passages):
        raise NotFoundError(f"there is no passage {number}; there are 1 to {len(report.passages)}")
    return report.passages[number - 1]


def search(archive: Archive, given: Values, _: Find) -> SearchResult:
    """Hits of a query."""
    return archive.search(
        given["q"],
        where=given["where"],
        limit=given["limit"],
        offset=given["offset"],
        sort=given["sort"],
        group=given["group"],
        facets=given["facet"],
        explain=given["explain"],
    )


def kwic(archive: Archive, given: Values, _: Find) -> Concordance:
    """Occurrences in context."""
    return archive.kwic(
        given["q"],
        where=given["where"],
        width=given["width"],
        sort=given["sort"],
        limit=given["limit"],
        offset=given["offset"],
    )


def similar(archive: Archive, given: Values, find: Find) -> SimilarResult:
    """The nearest passages of a text, a report, or one of its passages."""
    if given["report"] is None and given["passage"] is not None:
        raise QueryError("passage is the number of one in a report; give the report, too")
    name = None if given["report"] is None else find(given["report"])
    if name is not None and given["passage"] is not None:
        name = f"{name}#{given['passage']}"
    return archive.similar(
        name,
        text=given["text"],
        where=given["where"],
        limit=given["limit"],
        include_own=given["include_own"],
        formula_officials=given["formula_officials"],
        progress=report_progress,
    )


def reuse(archive: Archive, given: Values, find: Find) -> Reuse | ReusePairs:
    """Of a report, or of the whole index."""
    return archive.reuse(
        None if given["report"] is None else find(given["report"]),
        min_chars=given["min_chars"],
        formula_officials=given["formula_officials"],
        limit=given["limit"],
        progress=report_progress,
    )


def year_on_year(archive: Archive, given: Values, find: Find) -> YearOnYear:
    """A report and the one before."""
    previous = given["previous"]
    return archive.year_on_year(
        find(given["report"]), previous=None if previous is None else find(previous)
    )


def keywords(archive: Archive, given: Values, find: Find) -> Keywords:
    """Of reports, or of a selection."""
    return archive.keywords(
        [find(key) for key in given["report"]],
        where=given["where"],
        query=given["q"],
        by=given["by"],
        top=given["top"],
        with_formulae=given["with_formulae"],
        progress=report_progress,
    )


def summary(archive: Archive, given: Values, find: Find) -> Summary:
    """Of a report, or of several."""
    return archive.summary(
        None if given["report"] is None else find(given["report"]),
        where=given["where"],
        chars=given["chars"],
        progress=report_progress,
    )


def facts(archive: Archive, given: Values, find: Find) -> Facts | FactsFound:
    """Of a report, or of many."""
    return archive.facts(
        None if given["report"] is None else find(given["report"]),
        query=given["q"],
        where=given["where"],
        kinds=given["kind"],
        progress=report_progress,
    )


def topics(archive: Archive, given: Values, _: Find) -> Topics:
    """Of a selection."""
    return archive.topics(
        given["topics"],
        where=given["where"],
        query=given["q"],
        by=given["by"],
        progress=report_progress,
    )


def _named(given: Values, find: Find) -> list[str]:
    """The groups that are named; reports by their keys."""
    return [find(one) if given["by"] == "report" else one for one in given["values"]]


def compare(archive: Archive, given: Values, find: Find) -> Comparison:
    """Groups against each other."""
    return archive.compare(
        given["by"],
        values=_named(given, find),
        where=given["where"],
        query=given["q"],
        pairwise=given["pairwise"],
        terms=given["terms"],
        top=given["top"],
        progress=report_progress,
    )


def uses(archive: Archive, given: Values, find: Find) -> Uses:
    """Terms over groups."""
    return archive.uses(
        given["term"],
        given["by"],
        values=_named(given, find),
        where=given["where"],
        query=given["q"],
        progress=report_progress,
    )


def portfolios(archive: Archive, given: Values, find: Find) -> Portfolios | SideBySide:
    """All, or one side by side."""
    return archive.portfolios(
        given["portfolio"],
        where=given["where"],
        by=given["by"],
        values=_named(given, find),
        progress=report_progress,
    )


def official_similarity(archive: Archive, given: Values, _: Find) -> OfficialSimilarity:
    """Each with each."""
    return archive.official_similarity(where=given["where"], progress=report_progress)
