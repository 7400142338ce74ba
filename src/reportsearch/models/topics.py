"""The result of topics: what passages are about, found without labelled examples."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.keywords import Example

MIN_PASSAGES = 50
"""Minimum number of passages for topics; fewer are grouped by portfolio."""
MIN_TOPICS = 2
MAX_TOPICS = 200
AUTO = "auto"
"""Choose the number of topics by their stability and coherence."""


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A term of a topic: its weight (1 for the first), the number of passages, and a sentence."""

    term: str
    weight: float
    passages: int
    example: Example


@dataclass(frozen=True, slots=True)
class TopicPassage:
    """A passage of a topic: the topic's share of its weight, and the beginning of its text."""

    passage: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its ``label`` of distinctive terms, and its ``terms`` by weight.

    ``id`` counts from 1 by ``share``, the topic's share of the weight of all topics. ``passages``
    counts those whose strongest topic it is, in ``reports`` reports; ``examples`` are the
    strongest. ``npmi`` is the mean coherence (NPMI) of its first ten terms. ``stability`` is their
    agreement with the best match among the topics of subsamples. Both are None if not measured.
    """

    id: int
    label: str
    share: float
    passages: int
    reports: int
    npmi: float | None
    stability: float | None
    terms: tuple[TopicTerm, ...]
    examples: tuple[TopicPassage, ...]


@dataclass(frozen=True, slots=True)
class TopicWeights:
    """The topics of a group of passages (a report, an official, a year).

    ``weights`` are shares in the order of the topics that add up to 1, or are all 0 if no passage
    fits a topic. ``unfit`` is the share of its passages that fit none.
    """

    value: str
    title: str
    passages: int
    unfit: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A number of topics that was tried: its stability, NPMI and score.

    ``apart`` measures how distinct the topics' first words are; it is 1 if no two topics share one.
    ``score`` is the mean over its topics, ``error`` the standard error of that mean.
    """

    topics: int
    stability: float
    npmi: float
    apart: float
    score: float
    error: float


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of a selection of passages.

    ``distinct`` counts the passages that topics are found in: those that have words, without
    duplicates; ``terms`` counts their words. ``by`` is the field of ``groups``. ``asked`` is the
    requested number of topics; there may be fewer. It is None if the number was chosen
    automatically, and ``tried`` then lists the numbers considered. ``too_few`` means that there are
    fewer distinct passages than MIN_PASSAGES: they are grouped by portfolio, and ``npmi`` and
    ``stability`` are None. ``unfit`` is the share of passages that fit no topic, ``unfit_examples``
    some of them.
    """

    reports: int
    passages: int
    distinct: int
    terms: int
    by: str
    asked: int | None
    too_few: bool
    unfit: float
    npmi: float | None
    stability: float | None
    topics: tuple[Topic, ...]
    groups: tuple[TopicWeights, ...]
    tried: tuple[Weighing, ...]
    unfit_examples: tuple[TopicPassage, ...]
