"""Answers as pictures: SVG, PNG, or an HTML page with the picture and its numbers.

Each kind of answer has a module that makes a :class:`~reportsearch.output.plots.picture.Picture` of
it. ``style.py`` holds the common look and ``drawing.py`` draws. Altair and vl-convert come with the
extra ``reportsearch[plots]`` and are imported only when drawing. The same answer gives the same SVG
and the same page on every machine that has the font of the extra.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files
from reportsearch.errors import PlotError
from reportsearch.locale import LANGUAGES, Translator
from reportsearch.models.compare import Comparison, Uses
from reportsearch.models.keywords import Keywords
from reportsearch.models.portfolios import OfficialSimilarity, Portfolios, SideBySide
from reportsearch.models.search import SearchResult
from reportsearch.models.topics import Topics

if TYPE_CHECKING:
    from reportsearch.output.plots.picture import Picture

INSTALL_HINT = "pip install 'reportsearch[plots]'"
ENDINGS = (".svg", ".png", ".html", ".htm")
PlottableResult = (
    Keywords
    | SearchResult
    | Topics
    | Comparison
    | Uses
    | Portfolios
    | SideBySide
    | OfficialSimilarity
)
"""The answers that can be drawn; a search needs ``--facet year``."""

__all__ = [
    "ENDINGS",
    "INSTALL_HINT",
    "PlottableResult",
    "build_picture",
    "check_target",
    "render_page",
    "render_png",
    "render_svg",
    "write_plot",
]


def check_target(path: Path) -> None:
    """Check that a picture can be written to ``path``, before any work is done.

    Raises PlotError if the suffix is not in ENDINGS or the extra is missing.
    """
    if path.suffix.lower() not in ENDINGS:
        listed = ", ".join(ENDINGS[:-2])
        raise PlotError(
            "a plot must be a {listed} or .html file, not {path}",
            listed=listed,
            path=path,
        )
    _check_dependencies()
    if path.suffix.lower() == ".png":
        from reportsearch.output.plots import fonts

        fonts.check_font()


def _check_dependencies() -> None:
    for name in ("altair", "vl_convert"):
        if find_spec(name) is None:
            raise PlotError(
                "plots require another package; run: {install_hint}", install_hint=INSTALL_HINT
            )


def write_plot(result: PlottableResult, path: Path, language: str = "en") -> None:
    """Draw an answer and write it to ``path``, in the format that the suffix names.

    Raises NothingToDrawError if the answer is empty, PlotError if it cannot be drawn, and
    ReportSearchError if the file cannot be written.
    """
    check_target(path)
    files.check_writable(path)
    ending = path.suffix.lower()
    if ending == ".png":
        data = render_png(result, language)
    else:
        text = render_svg(result, language) if ending == ".svg" else render_page(result, language)
        data = text.encode()
    files.write_file(path, data)


def render_svg(result: PlottableResult, language: str = "en", *, bare: bool = False) -> str:
    """Render an answer as SVG with real text; ``bare`` omits title and caption."""
    made = build_picture(result, language)
    from reportsearch.output.plots import drawing

    return drawing.render_svg(made, bare=bare)


def render_png(result: PlottableResult, language: str = "en") -> bytes:
    """Render an answer as PNG, with title and caption."""
    made = build_picture(result, language)
    from reportsearch.output.plots import drawing

    return drawing.render_png(made)


def render_page(result: PlottableResult, language: str = "en") -> str:
    """Render an answer as an HTML page with the picture and a table of its numbers."""
    made = build_picture(result, language)
    from reportsearch.output.plots import html_page

    return html_page.render_page(made)


def build_picture(result: PlottableResult, language: str = "en") -> Picture:
    """Build the picture of an answer in ``language``, ``en`` or ``zh``.

    Raises NothingToDrawError, PlotError for an answer of another kind, and ValueError for another
    language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    _check_dependencies()
    from altair.utils.schemapi import debug_mode

    # All charts are built here and a test validates them; validating at each step of drawing would
    # take half of the time.
    with debug_mode(False):
        return _draw(result, Translator(language))


def _draw(result: PlottableResult, t: Translator) -> Picture:
    from reportsearch.output.plots import (
        compare,
        keywords,
        portfolios,
        similarity,
        term_use,
        timeline,
        topics,
    )

    match result:
        case Keywords():
            return keywords.draw(result, t)
        case SearchResult():
            return timeline.draw(result, t)
        case Topics():
            return topics.draw(result, t)
        case Comparison():
            return compare.draw(result, t)
        case Uses():
            return term_use.draw(result, t)
        case Portfolios():
            return portfolios.draw(result, t)
        case SideBySide():
            return portfolios.draw_officials(result, t)
        case OfficialSimilarity():
            return similarity.draw(result, t)
    raise PlotError("{name} cannot be plotted", name=type(result).__name__)
