"""Word lists that serve one purpose each: plans, headings, sites, boilerplate, names and more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words by which reports announce plans, folded; see ``data/plans.toml``."""

    headings: tuple[str, ...] = ()
    yearly: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    task_labels: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """The words by which headings without a number are known; see ``data/headings.toml``."""

    usual: tuple[str, ...] = ()
    virtues: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    introductions: tuple[str, ...] = ()
    particulars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteWords:
    """The words that web pages leave around a report, folded; see ``data/site.toml``."""

    buttons: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    table_labels: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Words that no report is about, folded; see ``data/boilerplate.toml``.

    A text that is not in the dictionary and starts with a character of ``cut_starts``, or ends with
    one of ``cut_ends``, is a fragment of a sentence. No phrase starts with a word of
    ``cut_firsts``, and none starts or ends with a word of ``cut_words``.
    """

    words: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    cut_starts: frozenset[str] = frozenset()
    cut_ends: frozenset[str] = frozenset()
    cut_firsts: frozenset[str] = frozenset()
    cut_words: frozenset[str] = frozenset()

    def without_fragments(self) -> Boilerplate:
        """Return a copy with the lists for single words only, without those for fragments."""
        return Boilerplate(self.words, self.edges)


@dataclass(frozen=True, slots=True)
class NameWords:
    """The words that mark names of places and firms, folded; see ``data/names.toml``."""

    places: tuple[str, ...] = ()
    firms: tuple[str, ...] = ()
    masks: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MetadataWords:
    """The words by which the metadata of a report is read; see ``data/metadata.toml``."""

    no_places: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()
    no_name_ends: tuple[str, ...] = ()
    common_words: frozenset[str] = frozenset()
    town: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    province: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The words by which a summary chooses sentences, folded; see ``data/summary.toml``."""

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
