"""Answers of analyses: worked out once, as pictures and files, and numbers as they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from reportsearch.archive import Archive
from reportsearch.errors import NotFoundError, PlotError
from reportsearch.locale.columns import localise_csv
from reportsearch.models.method_note import MethodNote
from reportsearch.output import json_csv, plots, tables
from reportsearch.web.archive_service import ArchiveService
from reportsearch.web.jobs import report_progress
from reportsearch.web.plain_measures import (
    describe_dispersion,
    describe_significance,
    format_interval,
    format_ratio,
)

SHOWN_GROUPS = 20
"""Groups that a page shows."""
_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml",
    "md": "text/markdown; charset=utf-8",
}
_VEGA_ROLES = re.compile(r' role="graphics-(?:symbol|object)"| aria-roledescription="[^"]*"')
"""What Vega says of parts of a picture, which have no names; the picture as a whole has one."""
_MAX_DRAWN_PANELS = 3
"""Panels of a picture that is drawn with its page."""


@dataclass(frozen=True)
class ArchiveCall:
    """A method of the archive and all parameters of its call; it can be hashed."""

    command: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, command: str, **parameters: Any) -> ArchiveCall:
        """With parameters by name; lists as tuples."""
        return cls(command, tuple(sorted(parameters.items())))

    def get_answer(self, library: ArchiveService) -> Any:
        """The answer of the newest commit. Raises QueryError, NotFoundError."""
        return library.cached(self, self._call)

    def _call(self, archive: Archive) -> Any:
        return getattr(archive, self.command)(progress=report_progress, **dict(self.parameters))

    def get_method_note(self, library: ArchiveService, found: object) -> MethodNote:
        """How the answer came about."""
        return library.cached(
            ("note", self),
            lambda archive: archive.method_note(
                self.command, result=found, progress=report_progress, **dict(self.parameters)
            ),
        )


@dataclass(frozen=True)
class PagePicture:
    """A picture for a page: as SVG, or without it as a file that is drawn when it is looked at."""

    svg: str = ""


def draw_picture(
    library: ArchiveService, question: ArchiveCall, found: Any, language: str, panels: int
) -> PagePicture | None:
    """The picture of an answer; None where there is nothing to draw, or without the extra.

    Of more than a few panels it is not drawn at once: that can take longer than the answer.
    """

    def draw(_: Archive) -> PagePicture | None:
        try:
            if panels > _MAX_DRAWN_PANELS:
                plots.check_target(Path("picture.svg"))
                return PagePicture()
            return PagePicture(_VEGA_ROLES.sub("", plots.render_svg(found, language, bare=True)))
        except PlotError:
            return None

    return library.cached(("picture", question, language), draw)


def make_file_response(
    request: Request,
    question: ArchiveCall,
    name: str,
    rows: Callable[[Any], str],
    language: str,
) -> Response:
    """An answer as a file, as its address ends. Raises NotFoundError, QueryError, PlotError."""
    ending = request.path_params["ending"]
    if ending not in _MEDIA_TYPES:
        raise NotFoundError(f"there is no such file; it ends in one of {', '.join(_MEDIA_TYPES)}")
    library: ArchiveService = request.app.state.library
    found = question.get_answer(library)
    if ending == "csv":
        content = localise_csv(rows(found), language)
    elif ending == "json":
        content = json_csv.to_json(found)
    elif ending == "svg":
        content = plots.render_svg(found, language)
    else:
        content = tables.method_note.format_markdown(question.get_method_note(library, found))
    return Response(
        content.encode("utf-8", "replace"),
        media_type=_MEDIA_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


def parse_passage_id(passage: str) -> tuple[str, int]:
    """The report of a passage, and its number."""
    report, _, number = passage.rpartition("#")
    return report, int(number)


def format_rate(number: float) -> str:
    """A rate, so that it can be compared with those below it."""
    return f"{number:.1f}" if number < 1000 else f"{number:,.0f}"


def format_q_value(q: float | None) -> str:
    """A rate of false discoveries; a dash where there is none."""
    if q is None:
        return "—"
    return "<0.001" if q < 0.001 else f"{q:.3f}"


def to_shade(share: float, maximum: float = 0.4) -> int:
    """The shade of a cell, 0 to 5."""
    if share <= 0:
        return 0
    return min(1 + int(5 * share / maximum), 5)


TEMPLATE_FUNCTIONS: dict[str, Any] = {
    "place": parse_passage_id,
    "rate": format_rate,
    "times": format_ratio,
    "between": format_interval,
    "by_chance": describe_significance,
    "spread": describe_dispersion,
    "q_value": format_q_value,
    "shade": to_shade,
}
"""What templates of analyses know beside what all do."""
