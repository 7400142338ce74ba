"""Topics: what the passages of a selection are about, without predefined categories.

Topics are the factors of the tf–idf matrix of passages by words (non-negative matrix factorisation,
``nmf.py``), initialised with a singular value decomposition: the same passages always give the same
topics, whereas a model with a random start (LDA) gives different and less coherent ones each time
(``benchmarks/topics.py``). Words are those that can be a keyword alone. Copies of a passage count
once, otherwise a sentence used in all reports would become a topic. The terms shown are not those
with the largest factors but those that contribute most to the log-likelihood ratio of a topic
against the rest, because they are more coherent.

The number of topics is chosen by trial (``number_of_topics.py``): a number is scored by the
stability of its topics in subsamples, their coherence (NPMI) and how few words they share; of the
numbers within one standard error of the best, the largest is chosen. A passage fits the topics if
they explain more of it than of words drawn at random (``outliers.py``).

At most 20,000 passages are factorised and 8,000 used to choose the number; all are weighted. One
thread, fixed seeds and rounded results make an answer reproducible.
"""

from __future__ import annotations

import numpy as np

from reportsearch.analysis.corpus import Corpus, bind_stage, start_stage
from reportsearch.analysis.stages import (
    COMPARING_TOPIC_NUMBERS,
    EXTRACTING_TOPICS,
    FINDING_EXAMPLES,
    READING_REPORTS,
)
from reportsearch.analysis.topics import coherence, nmf, number_of_topics, outliers
from reportsearch.analysis.topics.labels import label_topics
from reportsearch.analysis.topics.passages import Passages
from reportsearch.analysis.topics.too_few_passages import group_by_portfolio
from reportsearch.analysis.topics.topic_model import TopicModel, build_topics
from reportsearch.errors import QueryError
from reportsearch.models.progress import StagedProgress
from reportsearch.models.topics import MIN_PASSAGES, Topics, Weighing
from reportsearch.search import query


def find_topics(
    corpus: Corpus,
    requested: int | None,
    *,
    where: query.Where,
    text: str | None,
    by: str,
    progress: StagedProgress | None,
) -> Topics:
    """Find the topics of the matching passages; see ``Archive.topics``."""
    passages = Passages(
        corpus,
        corpus.matching_passages(where, text),
        by,
        bind_stage(progress, READING_REPORTS),
    )
    found = _fit_topics(passages, requested, progress)
    start_stage(progress, FINDING_EXAMPLES)
    return build_topics(corpus, passages, found, by)


def _fit_topics(
    passages: Passages, requested: int | None, progress: StagedProgress | None
) -> TopicModel:
    counted = passages.word_counter.build_counts(
        nmf.compute_min_frequency(passages.word_counter.distinct)
    )
    distinct = counted.distinct
    if len(distinct) < MIN_PASSAGES:
        return group_by_portfolio(passages, requested)
    matrix = nmf.tfidf(counted, counted.frequencies, len(distinct))
    most = min(len(distinct), len(counted.words))
    if requested is not None and requested > most:
        raise QueryError(
            "topics must be at most {most} here, with {count} different passages and {count_2} "
            "different words; ask for fewer, or for auto",
            most=most,
            count=len(distinct),
            count_2=len(counted.words),
        )
    tried: list[Weighing] = []
    if requested is None:
        tried = number_of_topics.score_numbers(
            matrix, distinct, bind_stage(progress, COMPARING_TOPIC_NUMBERS)
        )
    start_stage(progress, EXTRACTING_TOPICS)
    found = nmf.factorise(matrix, requested or number_of_topics.choose_number(tried), distinct)
    fit = outliers.find_fitting_passages(matrix, counted, found)
    shares = found.compute_shares() * fit[:, None]
    # Rounding keeps the last bits from deciding between equals.
    order = np.argsort(-shares.sum(axis=0).round(6), kind="stable")
    found, shares = found.reorder(order), shares[:, order]
    strongest = np.where(fit, shares.argmax(axis=1), -1)
    tops = coherence.find_top_words(found.association)
    many = matrix[nmf.sample_evenly(distinct, coherence.MAX_COHERENCE_PASSAGES)]
    some = matrix[nmf.sample_evenly(distinct, nmf.MAX_FITTED_PASSAGES)]
    return TopicModel(
        counted=counted,
        matrix=matrix,
        factors=found,
        shares=shares,
        strongest=strongest,
        names=None,
        phrases=label_topics(
            counted, found.association, strongest, passages.reports, passages.is_name
        ),
        npmi=coherence.npmi(many, tops),
        stability=coherence.stability(some, tops, found.topics, number_of_topics.SAMPLES),
        distinct=len(distinct),
        asked=requested,
        tried=tuple(tried),
    )
