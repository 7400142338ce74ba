"""What a report, or a selection of passages, is about that others are not."""

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
"""What passages can be grouped by."""

GENERAL = "general"
INDEX = "index"

SET_PHRASE = "set phrase"
BOILERPLATE = "boilerplate"
COMMON = "as frequent elsewhere"
NAME = "place or post"
"""Why a term is set aside: it stands in set phrases only, every report says it (a word list), it is
no more frequent here than in the rest of the index, or it is where or what an official is."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with a term: its passage (``REPORT#N``), its text, the term's span in the report.

    ``sentence_start`` is where the sentence begins in the report.
    """

    passage: str
    start: int
    end: int
    text: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word or phrase that sets a selection apart.

    ``count`` is how often it occurs in the selection outside set phrases, in ``passages`` passages
    of ``reports`` reports. ``ratio`` is how many times more frequent it is than in the background.
    ``portfolio`` is the field that it is a name of. ``reason`` is empty, or why it was set aside.
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
    """The keywords of one report or selection, the best first.

    ``id`` is the report's id or the value by which reports are grouped; empty for a selection as a
    whole. ``chars`` are its characters, ``rest`` those of all other passages of the index.
    ``background`` tells with what it is compared: mostly ``general`` Chinese (the dictionary's
    frequencies) where the rest is small, or with the ``index`` as much.
    ``set_aside`` are terms left out, where they are asked for, the most frequent first.
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
    """Keywords of one or several groups; ``reports`` is the number of all reports of the index."""

    reports: int
    by: str | None
    groups: tuple[KeywordGroup, ...]
