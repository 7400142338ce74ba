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
from reportsearch.locale.columns import localised
from reportsearch.models.method_note import MethodNote
from reportsearch.output import json_csv as formats
from reportsearch.output import plots
from reportsearch.output import tables as display
from reportsearch.web.archive_service import Library
from reportsearch.web.jobs import told
from reportsearch.web.plain_measures import between, by_chance, spread, times

FIRST = 20
"""Groups that a page shows."""
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "svg": "image/svg+xml",
    "md": "text/markdown; charset=utf-8",
}
_ROLES = re.compile(r' role="graphics-(?:symbol|object)"| aria-roledescription="[^"]*"')
"""What Vega says of parts of a picture, which have no names; the picture as a whole has one."""
_DRAWN = 3
"""Panels of a picture that is drawn with its page."""


@dataclass(frozen=True)
class Question:
    """A method of the archive and all parameters of its call; it can be hashed."""

    command: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, command: str, **parameters: Any) -> Question:
        """With parameters by name; lists as tuples."""
        return cls(command, tuple(sorted(parameters.items())))

    def answer(self, library: Library) -> Any:
        """The answer of the newest commit. Raises QueryError, NotFoundError."""
        return library.kept(self, self._ask)

    def _ask(self, archive: Archive) -> Any:
        return getattr(archive, self.command)(progress=told, **dict(self.parameters))

    def note(self, library: Library, found: object) -> MethodNote:
        """How the answer came about."""
        return library.kept(
            ("note", self),
            lambda archive: archive.method_note(
                self.command, result=found, progress=told, **dict(self.parameters)
            ),
        )


@dataclass(frozen=True)
class Shown:
    """A picture for a page: as SVG, or without it as a file that is drawn when it is looked at."""

    svg: str = ""


def picture(
    library: Library, question: Question, found: Any, language: str, panels: int
) -> Shown | None:
    """The picture of an answer; None where there is nothing to draw, or without the extra.

    Of more than a few panels it is not drawn at once: that can take longer than the answer.
    """

    def draw(_: Archive) -> Shown | None:
        try:
            if panels > _DRAWN:
                plots.check(Path("picture.svg"))
                return Shown()
            return Shown(_ROLES.sub("", plots.svg(found, language, bare=True)))
        except PlotError:
            return None

    return library.kept(("picture", question, language), draw)


def file(
    request: Request,
    question: Question,
    name: str,
    rows: Callable[[Any], str],
    language: str,
) -> Response:
    """An answer as a file, as its address ends. Raises NotFoundError, QueryError, PlotError."""
    ending = request.path_params["ending"]
    if ending not in _TYPES:
        raise NotFoundError(f"there is no such file; it ends in one of {', '.join(_TYPES)}")
    library: Library = request.app.state.library
    found = question.answer(library)
    if ending == "csv":
        content = localised(rows(found), language)
    elif ending == "json":
        content = formats.to_json(found)
    elif ending == "svg":
        content = plots.svg(found, language)
    else:
        content = display.method.markdown(question.note(library, found))
    return Response(
        content.encode("utf-8", "replace"),
        media_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


def place(passage: str) -> tuple[str, int]:
    """The report of a passage, and its number."""
    report, _, number = passage.rpartition("#")
    return report, int(number)


def rate(number: float) -> str:
    """A rate, so that it can be compared with those below it."""
    return f"{number:.1f}" if number < 1000 else f"{number:,.0f}"


def q_value(q: float | None) -> str:
    """A rate of false discoveries; a dash where there is none."""
    if q is None:
        return "—"
    return "<0.001" if q < 0.001 else f"{q:.3f}"


def shade(share: float, most: float = 0.4) -> int:
    """The shade of a cell, 0 to 5."""
    if share <= 0:
        return 0
    return min(1 + int(5 * share / most), 5)


FIGURES: dict[str, Any] = {
    "place": place,
    "rate": rate,
    "times": times,
    "between": between,
    "by_chance": by_chance,
    "spread": spread,
    "q_value": q_value,
    "shade": shade,
}
"""What templates of analyses know beside what all do."""
