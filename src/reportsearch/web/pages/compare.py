"""Compare: what sets groups apart, what they share, and the use of a term over groups."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import teller
from reportsearch.locale.query_reasons import said
from reportsearch.models.compare import PHRASES, TERM_KINDS, ComparedGroup, Comparison, Uses
from reportsearch.models.keywords import GROUPED_BY
from reportsearch.output import tables as display
from reportsearch.output.prose import compare_conclusions as wording
from reportsearch.web import analysis_form as asking
from reportsearch.web.analysis_response import FIGURES, FIRST, Question, file, picture
from reportsearch.web.archive_service import Library, key_of
from reportsearch.web.templating import address, language_of, passage_address, render

_TOP = 10
_MOST = 100
_ON_TOP = 3
"""Groups whose conclusions stand above everything; of more each stands with its table."""
_DUTIES = (wording.MENTIONED, wording.MISSING, wording.BEYOND)
_ROOMS = (wording.LENGTHS, wording.ALIKE, wording.ALONE)
_PERSONAL = ("official", "report")
_BETWEEN = re.compile(r"[,，、;；]")


def _terms(request: Request) -> tuple[str, ...]:
    """The terms whose use is asked about."""
    given = asking.several(request, "term")
    parts = (part.strip() for value in given for part in _BETWEEN.split(value))
    return tuple(dict.fromkeys(part for part in parts if part))


def _question(request: Request, asked: asking.Asked) -> Question:
    terms = _terms(request)
    if terms:
        return Question.of(
            "uses",
            terms=terms,
            by=asked.by,
            values=asked.values,
            where=asked.where,
            query=asked.query or None,
        )
    pairwise = _is_pairwise(request)
    if pairwise and len(asked.values) != 2:
        raise QueryError(teller(language_of(request))("compare.two"))
    return Question.of(
        "compare",
        by=asked.by,
        values=asked.values,
        where=asked.where,
        query=asked.query or None,
        pairwise=pairwise,
        terms=_kind(request),
        top=asking.whole(request, "top", _TOP, 1, _MOST),
    )


def _is_pairwise(request: Request) -> bool:
    return asking.text(request, "pairwise") == "1"


def _kind(request: Request) -> str:
    return asking.one_of(request, "terms", (PHRASES, *TERM_KINDS))


def _ask(request: Request) -> asking.Asked:
    by = "year" if _terms(request) else "official"
    return asking.ask(request, request.app.state.library, by)


def show(request: Request) -> Response:
    """The form, and for each group its terms, or the use of the terms that are named."""
    library: Library = request.app.state.library
    asked = _ask(request)
    found: Comparison | Uses | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _question(request, asked)
            found = question.answer(library)
            drawn = picture(library, question, found, language_of(request), _panels(found))
        except (QueryError, NotFoundError) as wrong:
            error = said(language_of(request), str(wrong))
    return render(
        request,
        "compare.html",
        status=400 if error else 200,
        asked=asked,
        compared=found if isinstance(found, Comparison) else None,
        uses=found if isinstance(found, Uses) else None,
        concluded=_concluded(found, asked, language_of(request))
        if isinstance(found, Comparison)
        else [],
        years=_years(found, asked) if isinstance(found, Comparison) else (),
        on_top=_ON_TOP,
        drawn=drawn,
        error=error,
        bys=GROUPED_BY,
        terms="、".join(_terms(request)),
        kind=_kind(request),
        pairwise=_is_pairwise(request),
        top=asking.whole(request, "top", _TOP, 1, _MOST),
        first=FIRST,
        **FIGURES,
    )


@dataclass(frozen=True)
class Said:
    """A sentence of a conclusion; each item has an address."""

    sentence: wording.Sentence
    items: tuple[tuple[wording.Item, str], ...]


def _concluded(
    found: Comparison, asked: asking.Asked, language: str
) -> list[tuple[ComparedGroup, list[Said]]]:
    """What the answer says of each group, in sentences."""
    name = asked.known.name
    return [
        (
            group,
            [
                Said(one, tuple((item, _behind(asked, group, one, item)) for item in one.items))
                for one in wording.conclusion(
                    found, group, name(group.value), language, name(group.against)
                )
            ],
        )
        for group in found.groups[:FIRST]
    ]


@dataclass(frozen=True)
class Year:
    """A year of the only official of an answer, beside which others have reports as well.

    ``is_this`` is that of the report from which one came, ``is_alone`` where nobody else has one of
    that year, so that it is set against those of other years.
    """

    year: int
    where: str
    is_this: bool
    is_all: bool = False
    is_alone: bool = False


def _years(found: Comparison, asked: asking.Asked) -> tuple[Year, ...]:
    """The years to which the answer on one official can be narrowed, or all of them again."""
    if found.by != "official" or len(found.groups) != 1:
        return ()
    (group,) = found.groups
    came_from = {
        info.year
        for report in asked.reports
        if (info := asked.known.infos.get(report)) and info.official == group.value
    }
    kept = [("by", "official"), ("of", "official"), ("values", group.value)]
    kept += [(key, value) for key, value in asked.filters if key != "year"]
    kept += [("report", key_of(report)) for report in asked.reports]
    kept += [("q", asked.query)] if asked.query else []
    own = {info.year for info in asked.known.infos.values() if info.official == group.value}
    if dict(asked.filters).get("year") and len(own) > 1:
        return (Year(0, address("/compare", kept), False, is_all=True),)
    both = sorted(set(group.years) & set(group.rest_years), reverse=True)
    if group.reports < 2:
        return ()
    alone = [
        Year(info.year, address("/compare", [*_one(report), *asked.filters]), True, is_alone=True)
        for report in asked.reports
        if (info := asked.known.infos.get(report))
        and info.official == group.value
        and info.year is not None
        and info.year not in both
    ]
    found_years = [
        Year(year, address("/compare", [*kept, ("year", str(year))]), year in came_from)
        for year in both
    ]
    return (*alone, *sorted(found_years, key=lambda one: not one.is_this))


def _one(report: str) -> list[tuple[str, str]]:
    """A report by itself, against all others."""
    return [("by", "report"), ("of", "report"), ("values", key_of(report))]


def _behind(
    asked: asking.Asked, group: ComparedGroup, sentence: wording.Sentence, item: wording.Item
) -> str:
    """Where the passages behind an item stand."""
    if sentence.kind in _ROOMS:
        return _about(asked, group, item.text)
    if sentence.kind in _DUTIES:
        report, _, number = item.passages[0].rpartition("#") if item.passages else ("", "", "")
        reports = {passage.rpartition("#")[0] for passage in item.passages}
        in_one = sentence.kind == wording.MENTIONED and len(reports) == 1
        if in_one or len(item.passages) == 1:
            return passage_address(report, number)
        return _cell(asked, group.value, item.text)
    within = "" if sentence.kind == wording.LESS and not group.against else group.value
    if sentence.kind == wording.LESS and group.against:
        within = group.against
    query = f'"{item.text}"' + (f" ({asked.query})" if asked.query else "")
    return address("/", [("q", query), ("view", "passages"), *asked.found_in(within)])


def _about(asked: asking.Asked, group: ComparedGroup, portfolio: str) -> str:
    """Where the passages of a group on a portfolio stand, or those of the others if it has none."""
    is_own = any(one.portfolio == portfolio and one.chars for one in group.portfolios)
    if is_own and asked.by in _PERSONAL and not asked.query:
        return _cell(asked, group.value, portfolio)
    found = asked.found_in(group.value if is_own else group.against)
    filters = [(key, value) for key, value in found if key != "portfolio"]
    query = f'分管:"{portfolio}"' + (f" ({asked.query})" if asked.query else "")
    return address("/", [("q", query), ("view", "passages"), *filters])


def _cell(asked: asking.Asked, value: str, portfolio: str) -> str:
    row = [("by", asked.by), ("row", asked.known.in_address(value))]
    filters = [(key, value) for key, value in asked.filters if key != "portfolio"]
    return address("/portfolios/cell", [*row, ("portfolio", portfolio), *filters])


def like(request: Request) -> Response:
    """Leads from a report to its official beside all others of like post. Raises NotFoundError."""
    library: Library = request.app.state.library
    with library.quick() as archive:
        info = archive.show(library.report_id(archive, asking.text(request, "report"))).info
        posts = archive.posts_like(info.post)
    key = key_of(info.id)
    by, value = ("official", info.official) if info.official else ("report", key)
    asked = [("by", by), ("of", by), ("values", value), ("post", posts or ""), ("report", key)]
    return RedirectResponse(address("/compare", asked), 303)


def _panels(found: Comparison | Uses | None) -> int:
    if isinstance(found, Comparison):
        return len(found.groups)
    return len(found.terms) if found else 0


def download(request: Request) -> Response:
    """The same as a file."""
    asked = _ask(request)
    question = _question(request, asked)
    rows = display.compare.uses_rows if question.command == "uses" else display.compare.rows
    return file(request, question, question.command, rows, language_of(request))


ROUTES = (
    Route("/compare", show, name="compare"),
    Route("/compare/like", like, name="compare_like"),
    Route("/compare.{ending}", download, name="compare_file"),
)
