"""Answers as self-contained HTML pages to read in a browser, print and file.

The pages load nothing. The same answer always gives the same page, because neither the time nor the
machine affects it.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportsearch.locale import Translator
from reportsearch.models.reuse import Reuse
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose import formatting, joining, reuse, year_on_year
from reportsearch.output.text_diff import annotate_both_sides, diff_changed_sentence

MAX_OPEN = 50
"""Maximum number of sources, and places per source, shown expanded; others are collapsed."""


def render_reuse_page(
    result: Reuse, t: Translator, years: YearOnYear | None = None, remark: str = ""
) -> str:
    """Render the text that a report shares with the others of an index as an HTML page.

    With ``years``, the page also compares it with the report of the year before. A ``remark`` is
    shown at the top.
    """
    sources, later = reuse_numbering.number_sources(result, t)
    lines = reuse_numbering.annotate_text(result)
    return _render_template(
        "reuse.html",
        t,
        result=result,
        years=years,
        remarks=[*reuse.build_remarks(result, t), *([remark] if remark else [])],
        notes=[*reuse.build_notes(result, t), *(year_on_year.build_notes(t) if years else [])],
        sources=sources,
        later=later,
        # A draft is usually the latest report.
        shows_later=bool(later) or not result.is_draft,
        numbered=[*sources, *later],
        listed=reuse_numbering.number_formulae(result, t),
        paragraphs=lines,
        targets=reuse_numbering.find_targets(result, lines),
    )


def render_year_on_year_page(result: YearOnYear, t: Translator) -> str:
    """Render the comparison of a report with that of the year before as an HTML page."""
    return _render_template("year_on_year.html", t, result=result)


def _render_template(template: str, t: Translator, **values: object) -> str:
    values |= {"t": t, "pgettext": t.pgettext, "ngettext": t.ngettext}
    page = _create_environment().get_template(template).render(values)
    # Done last, so that no character in a text can make the page impossible to write.
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
        joining=joining,
        reuse=reuse,
        numbering=reuse_numbering,
        year_on_year=year_on_year,
        annotate_both_sides=annotate_both_sides,
        diff_changed_sentence=diff_changed_sentence,
        most_open=MAX_OPEN,
    )
    return made
