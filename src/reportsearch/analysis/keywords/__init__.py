"""Keywords: what a report, or a selection of passages, is about that the rest is not.

``nlp/keywords/`` finds and weighs the terms; here passages become its sources, and terms lead back
to the originals.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.keywords.group_keywords import Selection
from reportsearch.analysis.keywords.groups import by_field, of_reports
from reportsearch.analysis.terms.corpus_counts import Counts, Words
from reportsearch.models.keywords import Keywords
from reportsearch.search import query

_KEPT = 20
"""Groups whose passages are kept in memory; those of more are read twice."""


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
    about = held.portfolios(where)
    if names:
        groups = of_reports(held, names, meeting, about)
    else:
        groups = by_field(held, meeting, by, about)
    held.vectors(stage(progress, "counting words"))
    counts = Counts(held, held.text(stage(progress, "reading the reports")))
    # Of many groups the strings are gathered first: to count them together is quicker.
    asked: dict[Words, None] = {}
    kept: dict[str, Selection] = {}
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "looking for terms")
        selection = Selection(held, group)
        asked.update(dict.fromkeys(selection.asked))
        if len(groups) <= _KEPT:
            kept[group.id] = selection
    counts.learn(asked, stage(progress, "counting terms"))
    found = []
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "weighing")
        selection = kept.get(group.id) or Selection(held, group)
        found.append(selection.keywords(counts, top, with_formulae=with_formulae))
    return Keywords(len(held.engine.origins()), by, tuple(found))
