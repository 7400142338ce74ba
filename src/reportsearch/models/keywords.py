"""The result of keywords: the terms that set a report or a selection of passages apart."""

from __future__ import annotations

from dataclasses import dataclass

GROUPING_FIELDS = (
    "report",
    "official",
    "portfolio",
    "year",
    "decade",
    "post",
    "level",
    "region",
    "kind",
)
"""The fields by which passages can be grouped."""

GENERAL = "general"
INDEX = "index"

SET_PHRASE = "set phrase"
BOILERPLATE = "boilerplate"
COMMON = "as frequent elsewhere"
NAME = "place or post"
"""Reasons to exclude a term.

It occurs only in set phrases, every report uses it (a word list), it is no more frequent here than
in the rest of the index, or it names the official's place or post.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with a term.

    ``passage`` is the passage's id (``REPORT#N``), ``text`` the sentence; ``start`` and ``end``
    span the term in the report, and ``sentence_start`` is where the sentence begins there.
    """

    passage: str
    start: int
    end: int
    text: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that sets a selection apart.

    ``count`` is its number of occurrences in the selection outside set phrases, in ``passages``
    passages of ``reports`` reports. ``ratio`` is its frequency relative to the background.
    ``portfolio`` is the portfolio that it names, if any. ``reason`` is why it was excluded, or
    empty.
    """

    term: str
    score: float
    count: int
    passages: int
    reports: int
    ratio: float
    portfolio: str | None
    example: Example
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeywordGroup:
    """The keywords of one report or selection, best first.

    ``id`` is the report's id or the value by which reports are grouped, and empty for a selection
    as a whole. ``chars`` counts its characters, ``rest`` those of all other passages of the index.
    ``background`` is ``general`` if it is compared mostly with general Chinese (the frequencies of
    the dictionary) because the rest is small, or ``index`` if the index counts at least as much.
    ``set_aside`` are the excluded terms, if requested, the most frequent first.
    """

    id: str
    title: str
    reports: int
    passages: int
    chars: int
    rest: int
    background: str
    keywords: tuple[Keyword, ...]
    set_aside: tuple[Keyword, ...] = ()


@dataclass(frozen=True, slots=True)
class Keywords:
    """The keywords of one or several groups; ``reports`` counts all reports of the index."""

    reports: int
    by: str | None
    groups: tuple[KeywordGroup, ...]
