"""The word lists as data: portfolios, sets of posts, synonyms, and the lexicon of all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from reportsearch.lexicon.divisions import Division, Divisions, load_shipped
from reportsearch.lexicon.facts import FactWords
from reportsearch.lexicon.figures import FigureWords
from reportsearch.lexicon.wordlists import (
    Boilerplate,
    HeadingWords,
    MetadataWords,
    NameWords,
    PlanWords,
    SiteWords,
    SummaryWords,
)
from reportsearch.normalise import fold

_BODY = re.compile("(?:学校|中学|小学|高中|医院|幼儿园|敬老院|养老院|公园|林场|银行|企业|公司)$")
_CHINESE = re.compile(r"[\u4e00-\u9fd5]{2,}")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A field of government work that an official can be in charge of.

    ``same`` are wordings interchangeable with the name, ``names`` other items that refer to it in
    lists of duties, ``departments`` its bureaus past and present, ``bodies`` others whose heads
    report on it, and ``words`` evidence in a section's text that the section is about it.
    """

    name: str
    same: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostSet:
    """Posts of similar rank, recognised by their (folded) endings, such as 副县长 and 副市长."""

    name: str
    endings: tuple[str, ...]

    def contains(self, post: str) -> bool:
        """Return whether the set contains a post.

        常务副县长 is a 副县长, but 副县长 is not a 县长.
        """
        folded = fold(post)
        return any(
            folded.endswith(ending) and not folded.removesuffix(ending).endswith("副")
            for ending in self.endings
        )


@dataclass(frozen=True, slots=True)
class Synonym:
    """Folded strings that a searched string also matches if a passage contains all of them.

    ``years`` are the first and last year of the reports in which it applies; None means all.
    """

    strings: tuple[str, ...]
    years: tuple[int, int] | None = None

    def applies_in(self, year: int | None) -> bool:
        """Return whether it applies in a report on ``year``; None may be any year."""
        return self.years is None or year is None or self.years[0] <= year <= self.years[1]


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Strings with the same meaning: searching for one also finds the others.

    With ``members``, ``same`` are the names of a set, which a passage also mentions by listing all
    members.
    """

    same: tuple[str, ...]
    members: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


# Compared by identity, because it is the key of caches of data derived from its lists.
@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word lists, with the look-ups that the other modules need.

    ``set_phrases`` are as written; comparisons of reports treat them as formulae. ``user_sha256``
    is the SHA-256 of the user's own file, or empty without one.
    """

    portfolios: tuple[Portfolio, ...]
    groups: tuple[SynonymGroup, ...] = ()
    extra_words: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    set_phrases: tuple[str, ...] = ()
    own_divisions: tuple[tuple[Division, tuple[str, ...]], ...] = ()
    plans: PlanWords = field(default_factory=PlanWords)
    headings: HeadingWords = field(default_factory=HeadingWords)
    site: SiteWords = field(default_factory=SiteWords)
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    summary: SummaryWords = field(default_factory=SummaryWords)
    facts: FactWords = field(default_factory=FactWords)
    figures: FigureWords = field(default_factory=FigureWords)
    names: NameWords = field(default_factory=NameWords)
    surnames: frozenset[str] = frozenset()
    metadata: MetadataWords = field(default_factory=MetadataWords)
    posts: tuple[PostSet, ...] = ()
    user_sha256: str = ""

    @cached_property
    def divisions(self) -> Divisions:
        """Return the administrative divisions, read when they are first needed."""
        known = (*load_shipped(), *self.own_divisions)
        return Divisions(known, no_names=self.metadata.no_places)

    @cached_property
    def portfolios_by_item(self) -> dict[str, tuple[str, ...]]:
        """Map each folded name, equivalent, other name and department to its portfolios."""
        found: dict[str, list[str]] = defaultdict(list)
        for portfolio in self.portfolios:
            own = (portfolio.name, *portfolio.same, *portfolio.names, *portfolio.departments)
            for item in own:
                if portfolio.name not in found[fold(item)]:
                    found[fold(item)].append(portfolio.name)
        return {item: tuple(names) for item, names in found.items()}

    @cached_property
    def portfolios_by_wording(self) -> dict[str, str]:
        """Map each folded name and equivalent to its portfolio, without narrower items."""
        return {
            fold(wording): portfolio.name
            for portfolio in self.portfolios
            for wording in (portfolio.name, *portfolio.same)
        }

    @cached_property
    def portfolios_by_body(self) -> dict[str, tuple[str, ...]]:
        """Map each folded department, other body, and word for a body (医院) to its portfolios."""
        found: dict[str, list[str]] = defaultdict(list)
        for portfolio in self.portfolios:
            words = filter(_BODY.search, portfolio.words)
            for item in (*portfolio.departments, *portfolio.bodies, *words):
                found[fold(item)].append(portfolio.name)
        return {item: tuple(names) for item, names in found.items()}

    @cached_property
    def synonyms(self) -> dict[str, tuple[Synonym, ...]]:
        """Map each folded string to what else a searcher means by it."""
        found: dict[str, dict[Synonym, None]] = defaultdict(dict)
        of_portfolios = (SynonymGroup((entry.name, *entry.same)) for entry in self.portfolios)
        for group in (*of_portfolios, *self.groups):
            names = list(dict.fromkeys(map(fold, group.same)))
            for name in names:
                others = [Synonym((other,), group.years) for other in names if other != name]
                if group.members:
                    others.append(Synonym(tuple(map(fold, group.members)), group.years))
                found[name].update(dict.fromkeys(others))
        return {string: tuple(synonyms) for string, synonyms in found.items() if synonyms}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the folded strings that the tokenizer should know as words, sorted."""
        found = {
            fold(word)
            for portfolio in self.portfolios
            for word in (portfolio.name, *portfolio.same, *portfolio.departments)
        }
        found.update(fold(word) for group in self.groups for word in group.same)
        found.update(map(fold, self.extra_words))
        # The tokenizer already keeps letters and digits together.
        return tuple(sorted(word for word in found if _CHINESE.fullmatch(word)))

    @cached_property
    def max_stop_word_length(self) -> int:
        """Return the length of the longest stop word."""
        return max(map(len, self.stop_words), default=0)

    @cached_property
    def known_strings(self) -> frozenset[str]:
        """Return all folded names, synonyms and words of the lists."""
        return frozenset((*self.portfolios_by_item, *self.synonyms, *self.words))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Return the :attr:`known_strings` and the folded words that point to a portfolio."""
        words = (fold(word) for portfolio in self.portfolios for word in portfolio.words)
        return self.known_strings | frozenset(words)

    def find_post_set(self, post: str | None) -> PostSet | None:
        """Return the set of posts of similar rank that contains a post, or None."""
        return next((one for one in self.posts if post and one.contains(post)), None)

    def find_post_set_by_name(self, name: str) -> PostSet | None:
        """Return the set of posts with a name, or None."""
        return next((one for one in self.posts if fold(one.name) == fold(name).strip()), None)

    def find_portfolio(self, name: str) -> str | None:
        """Return the canonical name for ``name`` (文化和旅游 -> 文旅), or None."""
        names = self.portfolios_by_item.get(fold(name), ())
        return names[0] if names else None
