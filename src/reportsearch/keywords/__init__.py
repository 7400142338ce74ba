"""Keywords: what a report, or a selection of passages, is about that the rest is not.

``nlp/keywords/`` finds and weighs the terms; here passages become its sources, and terms lead back
to the originals.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch import query
from reportsearch.holdings import Holdings, Told, stage
from reportsearch.keywords.groups import by_field, of_reports
from reportsearch.keywords.selection import Counts, Selection
from reportsearch.models import Keywords

SMALL = 30
"""Reports of an index below which general Chinese decides more than the rest of the index."""


def ask(
    held: Holdings,
    reports: Sequence[str],
    *,
    where: query.Where,
    text: str | None,
    by: str | None,
    top: int,
    with_formulae: bool,
    progress: Told | None,
) -> Keywords:
    """The keywords of each group; see ``Archive.keywords``."""
    names = [held.show(name).id for name in reports]
    meeting = held.meeting(where, text)
    groups = of_reports(held, names, meeting) if names else by_field(held, meeting, by)
    counts = Counts(held.text(stage(progress, "reading the reports")))
    found = []
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "weighing")
        found.append(Selection(held, counts, group).keywords(top, with_formulae=with_formulae))
    total = len(held.engine.origins())
    return Keywords("general" if total < SMALL else "index", total, by, tuple(found))
