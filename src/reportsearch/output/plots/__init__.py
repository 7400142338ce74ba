"""Answers as pictures: SVG, PNG, or a page of HTML with the picture and its numbers.

A module for each kind of answer makes a :class:`~reportsearch.output.plots.pictures.Picture` of it;
``style.py`` is what all look like, ``drawing.py`` draws. Altair and vl-convert come with the extra
``reportsearch[plots]`` and are imported when something is drawn. The same answer gives the same
SVG and the same page on every machine that has the font of the extra.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch import files as output
from reportsearch.errors import PlotError
from reportsearch.models.compare import Comparison, Uses
from reportsearch.models.keywords import Keywords
from reportsearch.models.portfolios import OfficialSimilarity, Portfolios, SideBySide
from reportsearch.models.search import SearchResult
from reportsearch.models.topics import Topics

if TYPE_CHECKING:
    from reportsearch.output.plots.pictures import Picture

EXTRA = "pip install 'reportsearch[plots]'"
ENDINGS = (".svg", ".png", ".html", ".htm")
Drawn = (
    Keywords
    | SearchResult
    | Topics
    | Comparison
    | Uses
    | Portfolios
    | SideBySide
    | OfficialSimilarity
)
"""The answers that have a picture; of a search the years of ``--facet year``."""

__all__ = ["ENDINGS", "EXTRA", "Drawn", "check", "page", "picture", "png", "svg", "write"]


def check(path: Path) -> None:
    """Whether a picture can be written to ``path``, before any work is done.

    Raises PlotError for another ending than those of ENDINGS and where the extra is missing.
    """
    if path.suffix.lower() not in ENDINGS:
        listed = ", ".join(ENDINGS[:-2])
        raise PlotError(f"a picture is a file that ends in {listed} or .html, not {path}")
    _check_extra()
    if path.suffix.lower() == ".png":
        from reportsearch.output.plots import fonts

        fonts.check()


def _check_extra() -> None:
    for name in ("altair", "vl_convert"):
        if find_spec(name) is None:
            raise PlotError(f"pictures need the extra plots: {EXTRA}")


def write(result: Drawn, path: Path, language: str = "en") -> None:
    """Draw an answer and write it to ``path``; its ending tells as what.

    Raises NothingToDrawError where the answer is empty, PlotError where it cannot be drawn, and
    ReportSearchError where the file cannot be written.
    """
    check(path)
    output.check(path)
    ending = path.suffix.lower()
    if ending == ".png":
        data = png(result, language)
    else:
        text = svg(result, language) if ending == ".svg" else page(result, language)
        data = text.encode()
    output.write(path, data)


def svg(result: Drawn, language: str = "en", *, bare: bool = False) -> str:
    """An answer as SVG whose text is text; ``bare`` without title and caption, for a page."""
    made = picture(result, language)
    from reportsearch.output.plots import drawing

    return drawing.svg(made, bare=bare)


def png(result: Drawn, language: str = "en") -> bytes:
    """An answer as PNG, with title and caption."""
    made = picture(result, language)
    from reportsearch.output.plots import drawing

    return drawing.png(made)


def page(result: Drawn, language: str = "en") -> str:
    """An answer as a page of HTML: the picture and a table of its numbers."""
    made = picture(result, language)
    from reportsearch.output.plots import pages

    return pages.page(made)


def picture(result: Drawn, language: str = "en") -> Picture:
    """The picture of an answer in ``language``, ``en`` or ``zh``.

    Raises NothingToDrawError, PlotError for an answer of another kind, ValueError for another
    language.
    """
    _check_extra()
    from reportsearch.locale.plots import words
    from reportsearch.output.plots import (
        compare,
        keywords,
        portfolios,
        similarity,
        timeline,
        topics,
        uses,
    )

    says = words(language)
    match result:
        case Keywords():
            return keywords.draw(result, says)
        case SearchResult():
            return timeline.draw(result, says)
        case Topics():
            return topics.draw(result, says)
        case Comparison():
            return compare.draw(result, says)
        case Uses():
            return uses.draw(result, says)
        case Portfolios():
            return portfolios.draw(result, says)
        case SideBySide():
            return portfolios.draw_officials(result, says)
        case OfficialSimilarity():
            return similarity.draw(result, says)
    raise PlotError(f"there is no picture of {type(result).__name__}")
