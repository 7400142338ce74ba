"""Topics: what the passages of a selection are about, found without being told.

``nlp/topics/`` finds them; here passages are read, weights are summed by report, official or year,
and topics lead back to the originals.
"""

from __future__ import annotations

import numpy as np

from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.topics import (
    coherence as quality,
)
from reportsearch.analysis.topics import (
    nmf as factors,
)
from reportsearch.analysis.topics import (
    number_of_topics as number,
)
from reportsearch.analysis.topics import (
    outliers as fitting,
)
from reportsearch.analysis.topics.answer import Found, topics_of
from reportsearch.analysis.topics.labels import labels
from reportsearch.analysis.topics.passages import Passages
from reportsearch.analysis.topics.too_few_passages import by_portfolio
from reportsearch.errors import QueryError
from reportsearch.models.topics import FEWEST_PASSAGES, Topics, Weighing
from reportsearch.search import query


def ask(
    held: Holdings,
    topics: int | None,
    *,
    where: query.Where,
    text: str | None,
    by: str,
    progress: Told | None,
) -> Topics:
    """The topics of the passages that meet; see ``Archive.topics``."""
    passages = Passages(held, held.meeting(where, text), by, stage(progress, "reading the reports"))
    found = _find(passages, topics, progress)
    if progress:
        progress(0, 0, "looking for examples")
    return topics_of(held, passages, found, by)


def _find(passages: Passages, asked: int | None, progress: Told | None) -> Found:
    counted = passages.reader.counted(factors.least(passages.reader.distinct))
    distinct = counted.distinct
    if len(distinct) < FEWEST_PASSAGES:
        return by_portfolio(passages, asked)
    matrix = factors.tfidf(counted, counted.frequencies, len(distinct))
    most = min(len(distinct), len(counted.words))
    if asked is not None and asked > most:
        raise QueryError(
            f"topics must be at most {most} here: there are {len(distinct)} different passages "
            f"with {len(counted.words)} different words; ask for fewer, or for auto"
        )
    tried: list[Weighing] = []
    if asked is None:
        tried = number.weigh(matrix, distinct, stage(progress, "weighing numbers of topics"))
    if progress:
        progress(0, 0, "looking for topics")
    found = factors.factorise(matrix, asked or number.best(tried), distinct)
    fit = fitting.fits(matrix, counted, found)
    shares = found.shares() * fit[:, None]
    # Rounded, so that the last bits decide between no equals.
    order = np.argsort(-shares.sum(axis=0).round(6), kind="stable")
    found, shares = found.ordered(order), shares[:, order]
    strongest = np.where(fit, shares.argmax(axis=1), -1)
    tops = quality.top_words(found.association)
    many = matrix[factors.spread(distinct, quality.MOST_COUNTED)]
    some = matrix[factors.spread(distinct, factors.MOST_FITTED)]
    return Found(
        counted=counted,
        matrix=matrix,
        factors=found,
        shares=shares,
        strongest=strongest,
        names=None,
        phrases=labels(counted, found.association, strongest, passages.reports, passages.is_name),
        npmi=quality.npmi(many, tops),
        stability=quality.stability(some, tops, found.topics, number.SAMPLES),
        distinct=len(distinct),
        asked=asked,
        tried=tuple(tried),
    )
