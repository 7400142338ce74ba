"""Answers as pages to be read in a browser, printed and filed: one file, nothing loaded from afar.

The same answer gives the same page: nothing of the time or the machine gets into it.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from reportsearch.models.reuse import Reuse, YearOnYear
from reportsearch.output.annotations import beside, changed_pieces, legal
from reportsearch.output.prose import common, reuse
from reportsearch.output.prose import year_on_year as yearly

MOST_OPEN = 50
"""Sources, and places of a source, whose evidence is open; that of the rest can be opened."""


def reuse_page(result: Reuse, years: YearOnYear | None = None, remark: str = "") -> str:
    """What a report shares with the others of an index, as a page of HTML.

    With ``years`` it is also set against the one of the year before; a ``remark`` stands on top.
    """
    sources, later = reuse.entries(result)
    lines = reuse.marked(result)
    return _page(
        "reuse.html",
        result=result,
        years=years,
        remarks=[*reuse.remarks(result), *([remark] if remark else [])],
        notes=[*reuse.notes(result), *(yearly.notes() if years else [])],
        sources=sources,
        later=later,
        # A draft is as a rule the latest.
        shows_later=bool(later) or not result.is_draft,
        numbered=[*sources, *later],
        listed=reuse.formulae(result),
        paragraphs=lines,
        targets=reuse.targets(result, lines),
    )


def yearly_page(result: YearOnYear) -> str:
    """A report set against the one of the year before, as a page of HTML."""
    return _page("yearly.html", result=result)


def _page(template: str, **values: object) -> str:
    page = _environment().get_template(template).render(values)
    # Last of all, so that nothing that gets into a page can keep it from being written.
    return legal(page)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        common=common,
        reuse=reuse,
        yearly=yearly,
        beside=beside,
        changed_pieces=changed_pieces,
        most_open=MOST_OPEN,
    )
    return made
