"""Compare: what sets groups apart, what they share, and the use of a term over groups."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from reportsearch.errors import NotFoundError, QueryError
from reportsearch.locale import translator
from reportsearch.locale.query_reasons import translate_error
from reportsearch.models.compare import PHRASES, TERM_KINDS, ComparedGroup, Comparison, Uses
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.output import tables
from reportsearch.output.prose import compare_conclusions
from reportsearch.validation import split_values
from reportsearch.web import analysis_form
from reportsearch.web.analysis_response import (
    SHOWN_GROUPS,
    TEMPLATE_FUNCTIONS,
    ArchiveCall,
    draw_picture,
    make_file_response,
)
from reportsearch.web.archive_service import ArchiveService, key_of
from reportsearch.web.templating import build_address, build_passage_address, get_language, render

_DEFAULT_TOP = 10
_MAX_TOP = 100
_MAX_LEADING = 3
"""Groups whose conclusions stand above everything; of more each stands with its table."""
_DUTY_KINDS = (
    compare_conclusions.MENTIONED,
    compare_conclusions.MISSING,
    compare_conclusions.BEYOND,
)
_SHARE_KINDS = (compare_conclusions.LENGTHS, compare_conclusions.ALIKE, compare_conclusions.ALONE)
_PERSONAL_GROUPS = ("official", "report")


def _read_terms(request: Request) -> tuple[str, ...]:
    """The terms whose use is asked about."""
    return tuple(dict.fromkeys(split_values(*analysis_form.read_list(request, "term"))))


def _build_call(request: Request, asked: analysis_form.AnalysisForm) -> ArchiveCall:
    terms = _read_terms(request)
    if terms:
        return ArchiveCall.of(
            "uses",
            terms=terms,
            by=asked.by,
            values=asked.values,
            where=asked.where,
            query=asked.query or None,
        )
    pairwise = _is_pairwise(request)
    if pairwise and len(asked.values) != 2:
        raise QueryError(translator(get_language(request))("compare.two"))
    return ArchiveCall.of(
        "compare",
        by=asked.by,
        values=asked.values,
        where=asked.where,
        query=asked.query or None,
        pairwise=pairwise,
        terms=_read_term_kind(request),
        top=analysis_form.read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP),
    )


def _is_pairwise(request: Request) -> bool:
    return analysis_form.read_text(request, "pairwise") == "1"


def _read_term_kind(request: Request) -> str:
    return analysis_form.read_choice(request, "terms", (PHRASES, *TERM_KINDS))


def _read_form(request: Request) -> analysis_form.AnalysisForm:
    by = "year" if _read_terms(request) else "official"
    return analysis_form.read_form(request, request.app.state.library, by)


def show(request: Request) -> Response:
    """The form, and for each group its terms, or the use of the terms that are named."""
    library: ArchiveService = request.app.state.library
    asked = _read_form(request)
    found: Comparison | Uses | None = None
    drawn = None
    error = ""
    if request.query_params.keys() - {"lang"} and asked.known.infos:
        try:
            question = _build_call(request, asked)
            found = question.get_answer(library)
            drawn = draw_picture(
                library, question, found, get_language(request), _count_panels(found)
            )
        except (QueryError, NotFoundError) as wrong:
            error = translate_error(get_language(request), str(wrong))
    return render(
        request,
        "compare.html",
        status=400 if error else 200,
        asked=asked,
        compared=found if isinstance(found, Comparison) else None,
        uses=found if isinstance(found, Uses) else None,
        concluded=_build_conclusions(found, asked, get_language(request))
        if isinstance(found, Comparison)
        else [],
        years=_build_year_choices(found, asked) if isinstance(found, Comparison) else (),
        on_top=_MAX_LEADING,
        drawn=drawn,
        error=error,
        bys=GROUPING_FIELDS,
        terms="、".join(_read_terms(request)),
        kind=_read_term_kind(request),
        pairwise=_is_pairwise(request),
        top=analysis_form.read_integer(request, "top", _DEFAULT_TOP, 1, _MAX_TOP),
        first=SHOWN_GROUPS,
        **TEMPLATE_FUNCTIONS,
    )


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence of a conclusion; each item has an address."""

    sentence: compare_conclusions.ConclusionSentence
    items: tuple[tuple[compare_conclusions.ConclusionItem, str], ...]


def _build_conclusions(
    found: Comparison, asked: analysis_form.AnalysisForm, language: str
) -> list[tuple[ComparedGroup, list[LinkedSentence]]]:
    """What the answer says of each group, in sentences."""
    name = asked.known.name
    return [
        (
            group,
            [
                LinkedSentence(
                    one,
                    tuple(
                        (item, _build_evidence_address(asked, group, one, item))
                        for item in one.items
                    ),
                )
                for one in compare_conclusions.build_conclusion(
                    found, group, name(group.value), language, name(group.against)
                )
            ],
        )
        for group in found.groups[:SHOWN_GROUPS]
    ]


@dataclass(frozen=True)
class YearChoice:
    """A year of the only official of an answer, beside which others have reports as well.

    ``is_this`` is that of the report from which one came, ``is_alone`` where nobody else has one of
    that year, so that it is set against those of other years.
    """

    year: int
    where: str
    is_this: bool
    is_all: bool = False
    is_alone: bool = False


def _build_year_choices(
    found: Comparison, asked: analysis_form.AnalysisForm
) -> tuple[YearChoice, ...]:
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
        return (YearChoice(0, build_address("/compare", kept), False, is_all=True),)
    both = sorted(set(group.years) & set(group.rest_years), reverse=True)
    if group.reports < 2:
        return ()
    alone = [
        YearChoice(
            info.year,
            build_address("/compare", [*_list_report_parameters(report), *asked.filters]),
            True,
            is_alone=True,
        )
        for report in asked.reports
        if (info := asked.known.infos.get(report))
        and info.official == group.value
        and info.year is not None
        and info.year not in both
    ]
    found_years = [
        YearChoice(year, build_address("/compare", [*kept, ("year", str(year))]), year in came_from)
        for year in both
    ]
    return (*alone, *sorted(found_years, key=lambda one: not one.is_this))


def _list_report_parameters(report: str) -> list[tuple[str, str]]:
    """A report by itself, against all others."""
    return [("by", "report"), ("of", "report"), ("values", key_of(report))]


def _build_evidence_address(
    asked: analysis_form.AnalysisForm,
    group: ComparedGroup,
    sentence: compare_conclusions.ConclusionSentence,
    item: compare_conclusions.ConclusionItem,
) -> str:
    """Where the passages behind an item stand."""
    if sentence.kind in _SHARE_KINDS:
        return _build_portfolio_address(asked, group, item.text)
    if sentence.kind in _DUTY_KINDS:
        report, _, number = item.passages[0].rpartition("#") if item.passages else ("", "", "")
        reports = {passage.rpartition("#")[0] for passage in item.passages}
        in_one = sentence.kind == compare_conclusions.MENTIONED and len(reports) == 1
        if in_one or len(item.passages) == 1:
            return build_passage_address(report, number)
        return _build_cell_address(asked, group.value, item.text)
    within = "" if sentence.kind == compare_conclusions.LESS and not group.against else group.value
    if sentence.kind == compare_conclusions.LESS and group.against:
        within = group.against
    query = f'"{item.text}"' + (f" ({asked.query})" if asked.query else "")
    return build_address(
        "/", [("q", query), ("view", "passages"), *asked.build_search_filters(within)]
    )


def _build_portfolio_address(
    asked: analysis_form.AnalysisForm, group: ComparedGroup, portfolio: str
) -> str:
    """Where the passages of a group on a portfolio stand, or those of the others if it has none."""
    is_own = any(one.portfolio == portfolio and one.chars for one in group.portfolios)
    if is_own and asked.by in _PERSONAL_GROUPS and not asked.query:
        return _build_cell_address(asked, group.value, portfolio)
    found = asked.build_search_filters(group.value if is_own else group.against)
    filters = [(key, value) for key, value in found if key != "portfolio"]
    query = f'分管:"{portfolio}"' + (f" ({asked.query})" if asked.query else "")
    return build_address("/", [("q", query), ("view", "passages"), *filters])


def _build_cell_address(asked: analysis_form.AnalysisForm, value: str, portfolio: str) -> str:
    row = [("by", asked.by), ("row", asked.known.to_address(value))]
    filters = [(key, value) for key, value in asked.filters if key != "portfolio"]
    return build_address("/portfolios/cell", [*row, ("portfolio", portfolio), *filters])


def like(request: Request) -> Response:
    """Leads from a report to its official beside all others of like post. Raises NotFoundError."""
    library: ArchiveService = request.app.state.library
    with library.for_search() as archive:
        info = archive.show(
            library.find_report_id(archive, analysis_form.read_text(request, "report"))
        ).info
        posts = archive.post_set_of(info.post)
    key = key_of(info.id)
    by, value = ("official", info.official) if info.official else ("report", key)
    asked = [("by", by), ("of", by), ("values", value), ("post", posts or ""), ("report", key)]
    return RedirectResponse(build_address("/compare", asked), 303)


def _count_panels(found: Comparison | Uses | None) -> int:
    if isinstance(found, Comparison):
        return len(found.groups)
    return len(found.terms) if found else 0


def download(request: Request) -> Response:
    """The same as a file."""
    asked = _read_form(request)
    question = _build_call(request, asked)
    rows = (
        tables.compare.format_uses_csv if question.command == "uses" else tables.compare.format_csv
    )
    return make_file_response(request, question, question.command, rows, get_language(request))


ROUTES = (
    Route("/compare", show, name="compare"),
    Route("/compare/like", like, name="compare_like"),
    Route("/compare.{ending}", download, name="compare_file"),
)
