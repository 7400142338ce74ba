"""What passages are about, as topics found in them without being told."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.keywords import Example

MIN_PASSAGES = 50
"""Passages below which no topics are looked for, but passages are grouped by portfolio."""
MIN_TOPICS = 2
MAX_TOPICS = 200
AUTO = "auto"
"""As many topics as are found again and have words that go together."""


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A term of a topic: its weight in it (the first has 1), the passages with it, a sentence."""

    term: str
    weight: float
    passages: int
    example: Example


@dataclass(frozen=True, slots=True)
class TopicPassage:
    """A passage of a topic: the share of its weight that is the topic's, and how it begins."""

    passage: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: ``label`` of the terms that set it apart, ``terms`` by weight.

    ``id`` counts from 1, by ``share``: the part of all topics' weight that is its. ``passages``
    counts those whose strongest topic it is, in ``reports`` reports; ``examples`` are the
    strongest. ``npmi`` is the mean coherence of its first ten terms, ``stability`` the agreement of
    these with the best match in topics of subsamples; None where not measured.
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

    ``weights`` are shares that add up to 1 (or all 0 where no passage fits a topic), in the order
    of the topics. ``unfit`` is the share of its passages that fit none.
    """

    value: str
    title: str
    passages: int
    unfit: float
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A number of topics that was tried: its stability, NPMI, and what it scored.

    ``apart`` is how far the topics' first words are their own, 1 where no two share one. ``score``
    is the mean over its topics, ``error`` the standard error of that.
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

    ``distinct`` are the passages that have words, copies left out: what topics are found in;
    ``terms`` are their words. ``by`` is what ``groups`` are by. ``asked`` is the number of topics
    that was asked for, None where it was to be found: then ``tried`` tells what was weighed. There
    may be fewer topics than asked for. ``too_few`` tells that there are fewer distinct passages
    than MIN_PASSAGES: then they are grouped by portfolio, ``npmi`` and ``stability`` are None.
    ``unfit`` is the share of passages that fit no topic, ``unfit_examples`` some of them.
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
