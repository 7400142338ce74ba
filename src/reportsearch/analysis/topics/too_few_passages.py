"""Grouping by portfolio, as if each were a topic, for too few passages."""

from __future__ import annotations

import numpy as np

from reportsearch.analysis.topics import nmf
from reportsearch.analysis.topics.passages import Passages
from reportsearch.analysis.topics.topic_model import TopicModel


def group_by_portfolio(passages: Passages, requested: int | None) -> TopicModel:
    """Group passages by portfolio; one with several portfolios counts for each in equal parts."""
    counted = passages.word_counter.build_counts(1)
    matrix = nmf.tfidf(counted, counted.frequencies, len(counted.distinct))
    names = sorted({name for of_passage in passages.portfolios for name in of_passage})
    column = {name: at for at, name in enumerate(names)}
    shares = np.zeros((len(passages.places), len(names)))
    for row, of_passage in enumerate(passages.portfolios):
        for name in of_passage:
            shares[row, column[name]] = 1 / len(of_passage)
    order = np.argsort(-shares.sum(axis=0).round(6), kind="stable")
    shares = shares[:, order]
    apart = nmf.association(matrix, shares)
    words = np.asarray((matrix.T @ shares).T)
    # If all have the same portfolio, no word sets it apart.
    nothing = ~apart.any(axis=1)
    apart[nothing] = words[nothing]
    has = shares.any(axis=1)
    return TopicModel(
        counted=counted,
        matrix=matrix,
        factors=nmf.Factors(shares, words, apart),
        shares=shares,
        strongest=np.where(has, shares.argmax(axis=1) if names else 0, -1),
        names=tuple(names[at] for at in order),
        phrases=[],
        npmi=None,
        stability=None,
        distinct=len(counted.distinct),
        asked=requested,
        tried=(),
    )
