"""The comparison page: terms that distinguish groups or are shared, and the use of a term."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import QueryError
from reportsearch.locale import Translator
from reportsearch.models.compare import PHRASES, TERM_KINDS, ComparedGroup, Comparison, Uses
from reportsearch.models.report import PERSONAL_FIELDS
from reportsearch.output.prose import compare_conclusions
from reportsearch.output.tables import compare
from reportsearch.validation import split_values
from reportsearch.web import analysis_page
from reportsearch.web.address_values import read_choice, read_integer, read_list, read_text
from reportsearch.web.analysis_form import AnalysisForm, read_form
from reportsearch.web.analysis_page import SHOWN_GROUPS, AnalysisAnswer, ArchiveCall
from reportsearch.web.analysis_threads import analysis_endpoint
from reportsearch.web.archive_service import get_service, key_of
from reportsearch.web.templating import (
    build_address,
    build_passage_address,
    get_translator,
    split_passage_id,
)

_DEFAULT_TOP = 10
_MAX_TOP = 100
_MAX_LEADING = 3
"""Maximum number of groups whose conclusions come first; with more, each comes with its table."""
_DUTY_KINDS = (
    compare_conclusions.MENTIONED,
    compare_conclusions.MISSING,
    compare_conclusions.BEYOND,
)
_SHARE_KINDS = (compare_conclusions.LENGTHS, compare_conclusions.ALIKE, compare_conclusions.ALONE)


def _read_terms(request: Request) -> tuple[str, ...]:
    """Return the terms whose use is requested."""
    return tuple(dict.fromkeys(split_values(*read_list(request, "term"))))


def _build_call(request: Request, form: AnalysisForm) -> ArchiveCall:
    terms = _read_terms(request)
    if terms:
        return ArchiveCall.of(
            "uses",
            terms=terms,
            by=form.by,
            values=form.values,
            where=form.where,
            query=form.query or None,
        )
    pairwise = _is_pairwise(request)
    if pairwise and len(form.values) != 2:
        raise QueryError(
            "A pairwise comparison needs exactly two values. Select two below, or clear “Pairwise”."
        )
    return ArchiveCall.of(
        "compare",
        by=form.by,
        values=form.values,
        where=form.where,
        query=form.query or None,
        pairwise=pairwise,
        terms=_read_term_kind(request),
        top=_read_top(request),
    )


def _is_pairwise(request: Request) -> bool:
    return read_text(request, "pairwise") == "1"


def _read_term_kind(request: Request) -> str:
    return read_choice(request, "terms", (PHRASES, *TERM_KINDS))


def _read_top(request: Request) -> int:
    return read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP)


def _read_form(request: Request) -> AnalysisForm:
    return read_form(request, "year" if _read_terms(request) else "official")


def show(request: Request) -> Response:
    """Show the form, and the terms of each group or the use of the named terms."""
    form = _read_form(request)
    answer = AnalysisAnswer()
    if analysis_page.is_asked(request, form):
        answer = analysis_page.find_answer(
            request, lambda: _build_call(request, form), _count_panels
        )
    found = answer.found
    compared = found if isinstance(found, Comparison) else None
    return analysis_page.render_page(
        request,
        "compare.html",
        form,
        answer,
        compared=compared,
        uses=found if isinstance(found, Uses) else None,
        conclusions=_build_conclusions(compared, form, get_translator(request)) if compared else [],
        year_choices=_build_year_choices(compared, form) if compared else (),
        max_leading=_MAX_LEADING,
        terms="、".join(_read_terms(request)),
        term_kind=_read_term_kind(request),
        pairwise=_is_pairwise(request),
        top=_read_top(request),
    )


def _count_panels(found: Comparison | Uses) -> int:
    return len(found.groups if isinstance(found, Comparison) else found.terms)


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence of a conclusion, with an address for each item."""

    sentence: compare_conclusions.ConclusionSentence
    items: tuple[tuple[compare_conclusions.ConclusionItem, str], ...]


def _build_conclusions(
    found: Comparison, form: AnalysisForm, t: Translator
) -> list[tuple[ComparedGroup, list[LinkedSentence]]]:
    """Build the sentences on each group of the answer."""
    name = form.choices.format_group
    return [
        (
            group,
            [
                LinkedSentence(
                    one,
                    tuple(
                        (item, _build_evidence_address(form, group, one, item))
                        for item in one.items
                    ),
                )
                for one in compare_conclusions.build_conclusion(
                    found, group, name(group.value), t, name(group.against)
                )
            ],
        )
        for group in found.groups[:SHOWN_GROUPS]
    ]


@dataclass(frozen=True)
class YearChoice:
    """A year to which the comparison of one official with others can be narrowed.

    ``is_this`` is the year of the report that the user came from. ``is_alone`` means that nobody
    else has a report of that year, so that the comparison is with other years. ``is_all`` means all
    years.
    """

    year: int
    address: str
    is_this: bool
    is_all: bool = False
    is_alone: bool = False


def _build_year_choices(found: Comparison, form: AnalysisForm) -> tuple[YearChoice, ...]:
    """List the years to which the answer on one official can be narrowed, or widened again."""
    if found.by != "official" or len(found.groups) != 1:
        return ()
    (group,) = found.groups
    came_from = {
        info.year
        for report in form.reports
        if (info := form.choices.infos.get(report)) and info.person == group.value
    }
    values = [("by", "official"), ("of", "official"), ("values", group.value)]
    values += [(key, value) for key, value in form.filters if key != "year"]
    values += [("report", key_of(report)) for report in form.reports]
    values += [("q", form.query)] if form.query else []
    own = {info.year for info in form.choices.infos.values() if info.person == group.value}
    if dict(form.filters).get("year") and len(own) > 1:
        return (YearChoice(0, build_address("/compare", values), False, is_all=True),)
    both = sorted(set(group.years) & set(group.rest_years), reverse=True)
    if group.reports < 2:
        return ()
    alone = [
        YearChoice(
            info.year,
            build_address(
                "/compare",
                [("by", "report"), ("of", "report"), ("values", key_of(report)), *form.filters],
            ),
            True,
            is_alone=True,
        )
        for report in form.reports
        if (info := form.choices.infos.get(report))
        and info.person == group.value
        and info.year is not None
        and info.year not in both
    ]
    found_years = [
        YearChoice(
            year, build_address("/compare", [*values, ("year", str(year))]), year in came_from
        )
        for year in both
    ]
    return (*alone, *sorted(found_years, key=lambda one: not one.is_this))


def _build_evidence_address(
    form: AnalysisForm,
    group: ComparedGroup,
    sentence: compare_conclusions.ConclusionSentence,
    item: compare_conclusions.ConclusionItem,
) -> str:
    """Build the address of the passages behind an item."""
    if sentence.kind in _SHARE_KINDS:
        return _build_portfolio_address(form, group, item.text)
    if sentence.kind in _DUTY_KINDS:
        places = [split_passage_id(passage) for passage in item.passages]
        is_mentioned = sentence.kind == compare_conclusions.MENTIONED
        if len(places) == 1 or (is_mentioned and len({report for report, _ in places}) == 1):
            return build_passage_address(*places[0])
        return form.build_cell_address(group.value, item.text)
    within = group.against if sentence.kind == compare_conclusions.LESS else group.value
    query = f'"{item.text}"' + (f" ({form.query})" if form.query else "")
    return build_address(
        "/", [("q", query), ("view", "passages"), *form.build_search_filters(within)]
    )


def _build_portfolio_address(form: AnalysisForm, group: ComparedGroup, portfolio: str) -> str:
    """Build the address of a group's passages on a portfolio, or of the others' passages."""
    is_own = any(one.portfolio == portfolio and one.chars for one in group.portfolios)
    if is_own and form.by in PERSONAL_FIELDS and not form.query:
        return form.build_cell_address(group.value, portfolio)
    found = form.build_search_filters(group.value if is_own else group.against)
    filters = [one for one in found if one[0] != "portfolio"]
    query = f'分管:"{portfolio}"' + (f" ({form.query})" if form.query else "")
    return build_address("/", [("q", query), ("view", "passages"), *filters])


def like(request: Request) -> Response:
    """Redirect from a report to the comparison of its official with all in similar posts.

    Raises NotFoundError.
    """
    service = get_service(request)
    info = service.get_report(read_text(request, "report")).info
    with service.for_search() as archive:
        posts = archive.post_set_of(info.post)
    key = key_of(info.id)
    by, value = ("official", info.person) if info.person else ("report", key)
    values = [("by", by), ("of", by), ("values", value), ("post", posts or ""), ("report", key)]
    return RedirectResponse(build_address("/compare", values), 303)


def download(request: Request) -> Response:
    """Return the answer as a file."""
    call = _build_call(request, _read_form(request))
    rows = compare.format_uses_csv if call.command == "uses" else compare.format_csv
    return analysis_page.download(request, call, call.command, rows)


ROUTES = (
    Route("/compare", analysis_endpoint(show), name="compare"),
    Route("/compare/like", analysis_endpoint(like), name="compare_like"),
    Route("/compare.{ending}", analysis_endpoint(download), name="compare_file"),
)
