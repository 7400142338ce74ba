"""The lists of one purpose: what is to come, what is hollow, what a summary goes by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How reports say what is to come: folded strings, see ``data/plans.toml``."""

    headings: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Words that no report is about: folded strings, see ``data/boilerplate.toml``.

    ``cut_starts`` and ``cut_ends`` are characters with which only a piece of a sentence begins or
    ends, where it is no word of the dictionary; with a word of ``cut_firsts`` no phrase begins,
    with one of ``cut_words`` none begins or ends.
    """

    words: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    cut_starts: frozenset[str] = frozenset()
    cut_ends: frozenset[str] = frozenset()
    cut_firsts: frozenset[str] = frozenset()
    cut_words: frozenset[str] = frozenset()

    def without_fragments(self) -> Boilerplate:
        """What tells of single words alone, and nothing of pieces of sentences."""
        return Boilerplate(self.words, self.edges)


@dataclass(frozen=True, slots=True)
class NameWords:
    """What names of places and firms look like: folded strings, see ``data/names.toml``."""

    places: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    masks: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """What a summary goes by: folded strings, see ``data/summary.toml``."""

    connectives: tuple[str, ...] = ()
    dependent: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    carrying: tuple[str, ...] = ()
    leading_ends: tuple[str, ...] = ()
    completing: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    weakness_except: tuple[str, ...] = ()
    admitting: tuple[str, ...] = ()
    weakness_words: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    intended: tuple[str, ...] = ()
    courtesies: tuple[str, ...] = ()
    pointing: tuple[str, ...] = ()
    attitudes: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
