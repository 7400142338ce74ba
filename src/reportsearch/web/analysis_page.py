"""Analysis pages: the form, the answer with a picture, and the answer as files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, PlotError, QueryError
from reportsearch.locale import PAGE, Translator
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.output import json_csv, plots
from reportsearch.output.tables import method_note
from reportsearch.web.analysis_form import AnalysisForm
from reportsearch.web.archive_service import ArchiveService, get_service
from reportsearch.web.downloads import make_attachment
from reportsearch.web.jobs import report_progress
from reportsearch.web.templating import get_language, get_translator, render

SHOWN_GROUPS = 20
"""Maximum number of groups shown on a page."""
_ENDINGS = ("csv", "json", "svg", "md")
_VEGA_ROLES = re.compile(r' role="graphics-(?:symbol|object)"| aria-roledescription="[^"]*"')
"""Vega's roles and descriptions of unnamed parts; the picture as a whole has a name."""
_MAX_DRAWN_PANELS = 3
"""Maximum number of panels of a picture drawn with its page."""
MANY_PANELS = 99
"""A panel count for pictures that repeat the tables of their page, so that drawing can wait."""


@dataclass(frozen=True)
class ArchiveCall:
    """A call of an archive method with all its parameters; hashable."""

    command: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, command: str, **parameters: Any) -> ArchiveCall:
        """Create a call; lists must be passed as tuples."""
        return cls(command, tuple(sorted(parameters.items())))

    def get_answer(self, service: ArchiveService) -> Any:
        """Return the answer for the newest commit. Raises QueryError, NotFoundError."""
        return service.call(getattr(Archive, self.command), **dict(self.parameters))

    def write_method_note(self, service: ArchiveService, found: object) -> str:
        """Return the method note of the answer as Markdown."""
        note = service.cached(
            ("note", self),
            lambda archive: archive.method_note(
                self.command, result=found, progress=report_progress, **dict(self.parameters)
            ),
        )
        return method_note.format_markdown(note)


@dataclass(frozen=True)
class PagePicture:
    """A picture for a page: as SVG, or as a file that is drawn only when viewed."""

    svg: str = ""


@dataclass(frozen=True)
class AnalysisAnswer:
    """The answer with its picture, or an error; empty if nothing was requested."""

    found: Any = None
    picture: PagePicture | None = None
    error: str = ""


def is_asked(request: Request, form: AnalysisForm) -> bool:
    """Return whether the address makes a request and there are reports to answer it."""
    return bool(request.query_params.keys() - {"lang"} and form.choices.infos)


def find_answer(
    request: Request, build_call: Callable[[], ArchiveCall], count_panels: Callable[[Any], int]
) -> AnalysisAnswer:
    """Answer a call, whose parameters may be invalid."""
    service, language = get_service(request), get_language(request)
    try:
        call = build_call()
        found = call.get_answer(service)
        picture = _draw_picture(service, call, found, language, count_panels(found))
    except (QueryError, NotFoundError) as error:
        return AnalysisAnswer(error=get_translator(request).translate(error.message, PAGE))
    return AnalysisAnswer(found, picture)


def _draw_picture(
    service: ArchiveService, call: ArchiveCall, found: Any, language: str, panels: int
) -> PagePicture | None:
    """Draw an answer; None if there is nothing to draw or the extra is missing.

    A picture of more than a few panels is not drawn at once, as this can take longer than the
    answer.
    """

    def draw(_: Archive) -> PagePicture | None:
        try:
            if panels > _MAX_DRAWN_PANELS:
                plots.check_target(Path("picture.svg"))
                return PagePicture()
            return PagePicture(_VEGA_ROLES.sub("", plots.render_svg(found, language, bare=True)))
        except PlotError:
            return None

    return service.cached(("picture", call, language), draw)


def render_page(
    request: Request, template: str, form: AnalysisForm, answer: AnalysisAnswer, **values: object
) -> Response:
    """Render an analysis page; ``values`` are the additional values for its template."""
    shared = {"groupings": GROUPING_FIELDS, "max_groups": SHOWN_GROUPS, "found": answer.found}
    return render(
        request,
        template,
        status=400 if answer.error else 200,
        form=form,
        picture=answer.picture,
        error=answer.error,
        **(shared | values),
    )


def download(
    request: Request, call: ArchiveCall, name: str, format_csv: Callable[[Any, Translator], str]
) -> Response:
    """Return an answer as a file in the format of the address's suffix.

    Raises NotFoundError, QueryError, PlotError.
    """
    ending = request.path_params["ending"]
    if ending not in _ENDINGS:
        raise NotFoundError(
            "there is no such file; its name must end in one of {endings}",
            endings=", ".join(_ENDINGS),
        )
    service, language = get_service(request), get_language(request)
    found = call.get_answer(service)
    if ending == "csv":
        content = format_csv(found, Translator(language))
    elif ending == "json":
        content = json_csv.to_json(found)
    elif ending == "svg":
        content = plots.render_svg(found, language)
    else:
        content = call.write_method_note(service, found)
    return make_attachment(content, ending, name)
