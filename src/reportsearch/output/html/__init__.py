"""Answers as pages to be read in a browser, printed and filed: one file, nothing loaded from afar.

The same answer gives the same page: nothing of the time or the machine gets into it.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportsearch.models.reuse import Reuse
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose import formatting, reuse, year_on_year
from reportsearch.output.text_diff import annotate_both_sides, diff_changed_sentence

MAX_OPEN = 50
"""Sources, and places of a source, whose evidence is open; that of the rest can be opened."""


def render_reuse_page(result: Reuse, years: YearOnYear | None = None, remark: str = "") -> str:
    """Render what a report shares with the others of an index, as a page of HTML.

    With ``years`` it is also set against the one of the year before; a ``remark`` stands on top.
    """
    sources, later = reuse_numbering.number_sources(result)
    lines = reuse_numbering.annotate_text(result)
    return _render_template(
        "reuse.html",
        result=result,
        years=years,
        remarks=[*reuse.build_remarks(result), *([remark] if remark else [])],
        notes=[*reuse.build_notes(result), *(year_on_year.build_notes() if years else [])],
        sources=sources,
        later=later,
        # A draft is as a rule the latest.
        shows_later=bool(later) or not result.is_draft,
        numbered=[*sources, *later],
        listed=reuse_numbering.number_formulae(result),
        paragraphs=lines,
        targets=reuse_numbering.find_targets(result, lines),
    )


def render_year_on_year_page(result: YearOnYear) -> str:
    """Render a report compared with the one of the year before, as a page of HTML."""
    return _render_template("year_on_year.html", result=result)


def _render_template(template: str, **values: object) -> str:
    page = _create_environment().get_template(template).render(values)
    # Last of all, so that nothing that gets into a page can keep it from being written.
    return replace_illegal_xml(page)


@cache
def _create_environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        formatting=formatting,
        reuse=reuse,
        numbering=reuse_numbering,
        year_on_year=year_on_year,
        annotate_both_sides=annotate_both_sides,
        diff_changed_sentence=diff_changed_sentence,
        most_open=MAX_OPEN,
    )
    return made
