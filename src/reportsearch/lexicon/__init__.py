"""The word lists: portfolios with their names, what counts as the same, stop words, set phrases.

They are data, in ``data/``; a user's own file, ``reportsearch.toml`` beside the index, extends
them. All strings are compared folded (see normalise.py).
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.lexicon import facts, figures
from reportsearch.lexicon.facts import FactWords
from reportsearch.lexicon.figures import FigureWords
from reportsearch.lexicon.toml_file import (
    merge_word_lists,
    parse_toml,
    read_strings,
    read_tables,
    read_word_lists,
)
from reportsearch.lexicon.wordlists import Boilerplate, NameWords, PlanWords, SummaryWords
from reportsearch.normalise import fold

__all__ = [
    "MAX_SYNONYMS",
    "USER_FILE",
    "Boilerplate",
    "FactWords",
    "FigureWords",
    "Lexicon",
    "NameWords",
    "PlanWords",
    "Portfolio",
    "PostSet",
    "SummaryWords",
    "Synonym",
    "SynonymGroup",
    "load",
    "parse",
]

USER_FILE = "reportsearch.toml"
MAX_SYNONYMS = 200
"""Strings that can mean the same: each is looked for when one of them is."""
_PORTFOLIO_KEYS = ("same", "names", "departments", "words")
_TOP_LEVEL_KEYS = {
    "words", "stop_words", "set_phrases", "plans", "boilerplate", "summary", "facts", "figures",
    "names", "synonym", "portfolio", "posts",
}  # fmt: skip
_PLAN_KEYS = {"exceptions": "except"}
"""What the table calls otherwise."""
_YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?")
_CHINESE = re.compile(r"[\u4e00-\u9fd5]{2,}")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A field of government work that an official can be in charge of.

    ``same`` are wordings interchangeable with the name, ``names`` other items by which duty lists
    mention it, ``departments`` its bureaus past and present, ``words`` what in a section's text is
    evidence that the section is about it.
    """

    name: str
    same: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostSet:
    """Posts of like rank, told by their endings (folded): 副县长, 副市长."""

    name: str
    endings: tuple[str, ...]

    def contains(self, post: str) -> bool:
        """Whether a post is one of them: 常务副县长 is a 副县长, but 副县长 is no 县长."""
        folded = fold(post)
        return any(
            folded.endswith(ending) and not folded.removesuffix(ending).endswith("副")
            for ending in self.endings
        )


@dataclass(frozen=True, slots=True)
class Synonym:
    """What a searched string also stands for: folded strings, of which a passage must hold all.

    ``years`` are the years, first and last, in whose reports it counts; None for all.
    """

    strings: tuple[str, ...]
    years: tuple[int, int] | None = None

    def applies_in(self, year: int | None) -> bool:
        """Whether it counts in a report on ``year``; one without a year may be of any."""
        return self.years is None or year is None or self.years[0] <= year <= self.years[1]


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Strings that mean the same: one is found by searching for another.

    Where ``members`` are given, ``same`` are the names of a set, which a passage also mentions by
    listing all members.
    """

    same: tuple[str, ...]
    members: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


# Equal only to itself: it is a key of what is made of all its lists.
@dataclass(frozen=True, eq=False)
class Lexicon:
    """All word lists, with the look-ups that the other modules need.

    ``set_phrases`` are as written: where reports are compared, they are formulae.
    ``user_sha256`` is the SHA-256 of the user's own file, empty without one.
    """

    portfolios: tuple[Portfolio, ...]
    groups: tuple[SynonymGroup, ...] = ()
    extra_words: tuple[str, ...] = ()
    stop_words: frozenset[str] = frozenset()
    set_phrases: tuple[str, ...] = ()
    plans: PlanWords = field(default_factory=PlanWords)
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    summary: SummaryWords = field(default_factory=SummaryWords)
    facts: FactWords = field(default_factory=FactWords)
    figures: FigureWords = field(default_factory=FigureWords)
    names: NameWords = field(default_factory=NameWords)
    surnames: frozenset[str] = frozenset()
    posts: tuple[PostSet, ...] = ()
    user_sha256: str = ""

    @cached_property
    def portfolios_by_item(self) -> dict[str, tuple[str, ...]]:
        """A folded name, equivalent, other name or department -> canonical portfolios."""
        found: dict[str, list[str]] = defaultdict(list)
        for portfolio in self.portfolios:
            own = (portfolio.name, *portfolio.same, *portfolio.names, *portfolio.departments)
            for item in own:
                if portfolio.name not in found[fold(item)]:
                    found[fold(item)].append(portfolio.name)
        return {item: tuple(names) for item, names in found.items()}

    @cached_property
    def synonyms(self) -> dict[str, tuple[Synonym, ...]]:
        """A folded string -> what else means the same to a searcher."""
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
        """Folded strings that the tokenizer should know as words, sorted."""
        found = {
            fold(word)
            for portfolio in self.portfolios
            for word in (portfolio.name, *portfolio.same, *portfolio.departments)
        }
        found.update(fold(word) for group in self.groups for word in group.same)
        found.update(map(fold, self.extra_words))
        # The tokenizer keeps letters and digits together by itself.
        return tuple(sorted(word for word in found if _CHINESE.fullmatch(word)))

    @cached_property
    def known_strings(self) -> frozenset[str]:
        """Folded strings that the word lists hold, by whatever name."""
        return frozenset((*self.portfolios_by_item, *self.synonyms, *self.words))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Those of :attr:`known`, and the folded words by which a section is about a field."""
        words = (fold(word) for portfolio in self.portfolios for word in portfolio.words)
        return self.known_strings | frozenset(words)

    def find_post_set(self, post: str | None) -> PostSet | None:
        """The posts of like rank with a post, or None."""
        return next((one for one in self.posts if post and one.contains(post)), None)

    def find_post_set_by_name(self, name: str) -> PostSet | None:
        """The set of posts with a name, or None."""
        return next((one for one in self.posts if fold(one.name) == fold(name).strip()), None)

    def find_portfolio(self, name: str) -> str | None:
        """The canonical name for ``name`` (文化和旅游 -> 文旅), or None."""
        names = self.portfolios_by_item.get(fold(name), ())
        return names[0] if names else None


def _parse_portfolio(entry: dict[str, Any], where: str) -> Portfolio:
    name = entry.get("name")
    if not isinstance(name, str) or not fold(name).strip():
        raise LexiconError(f"{where}: a [[portfolio]] has no name")
    if not name.isprintable():
        raise LexiconError(f"{where}: the name {name!r} has a character that cannot be printed")
    unknown = set(entry) - {"name", *_PORTFOLIO_KEYS}
    if unknown:
        raise LexiconError(
            f"{where}: {name}: unknown key {min(unknown)!r}; known: name, "
            f"{', '.join(_PORTFOLIO_KEYS)}"
        )
    lists = {
        key: read_strings(entry.get(key, []), f"{where}: {name}: {key}") for key in _PORTFOLIO_KEYS
    }
    if len(lists["same"]) > MAX_SYNONYMS:
        raise LexiconError(
            f"{where}: {name}: same has {len(lists['same'])} strings, the most is {MAX_SYNONYMS}"
        )
    return Portfolio(name, **lists)


def _parse_post_set(entry: dict[str, Any], where: str) -> PostSet:
    name = entry.get("name")
    if not isinstance(name, str) or not fold(name).strip():
        raise LexiconError(f"{where}: a set of [[posts]] has no name")
    unknown = set(entry) - {"name", "endings"}
    if unknown:
        raise LexiconError(f"{where}: {name}: unknown key {min(unknown)!r}; known: name, endings")
    given = read_strings(entry.get("endings", []), f"{where}: {name}: endings")
    endings = tuple(ending for ending in map(str.strip, map(fold, given)) if ending)
    if not endings:
        raise LexiconError(f"{where}: {name}: name some endings, such as 副县长")
    return PostSet(name, endings)


def _merge_post_sets(own: tuple[PostSet, ...], more: tuple[PostSet, ...]) -> tuple[PostSet, ...]:
    """Sets of posts with those of a user's file, which come first: an ending is of one set."""
    found = {one.name: one for one in more}
    for one in own:
        endings = (*(found[one.name].endings if one.name in found else ()), *one.endings)
        found[one.name] = PostSet(one.name, tuple(dict.fromkeys(endings)))
    return tuple(found.values())


def _parse_synonym_group(entry: dict[str, Any], where: str) -> SynonymGroup:
    unknown = set(entry) - {"name", "same", "members", "years"}
    if unknown:
        raise LexiconError(
            f"{where}: a [[synonym]] has the unknown key {min(unknown)!r}; known: name, same, "
            f"members, years"
        )
    name = entry.get("name")
    if name is not None and (not isinstance(name, str) or not fold(name).strip()):
        raise LexiconError(f"{where}: the name of a [[synonym]] must be a string")
    same = read_strings(entry.get("same", []), f"{where}: same in a [[synonym]]")
    members = read_strings(entry.get("members", []), f"{where}: members in a [[synonym]]")
    names = (name, *same) if name else same
    if not names or len(names) + len(members) < 2:
        raise LexiconError(
            f"{where}: a [[synonym]] needs two strings in same, or a name and members"
        )
    if len(names) + len(members) > MAX_SYNONYMS:
        raise LexiconError(
            f"{where}: a [[synonym]] has {len(names) + len(members)} strings, the most is "
            f"{MAX_SYNONYMS}; make several of it"
        )
    return SynonymGroup(names, members, _parse_years(entry.get("years"), where))


def _parse_years(value: object, where: str) -> tuple[int, int] | None:
    if value is None:
        return None
    match = _YEARS.fullmatch(str(value))
    if not match or not any(match.groups()):
        raise LexiconError(f"{where}: years is {value!r}; write for example 2013..2018 or 2018..")
    first, last = int(match[1] or 0), int(match[2] or 9999)
    if first > last:
        raise LexiconError(f"{where}: years is {value!r}, but {first} is after {last}")
    return first, last


def parse(text: str, where: str) -> Lexicon:
    """Read a word list in TOML; ``where`` names the file in errors.

    It may have ``words``, ``stop_words``, ``set_phrases``, ``[plans]``, ``[boilerplate]``,
    ``[summary]``, ``[facts]``, ``[figures]``, ``[names]``, ``[[synonym]]``, ``[[portfolio]]``
    and ``[[posts]]``.
    """
    data = parse_toml(text, where)
    unknown = set(data) - _TOP_LEVEL_KEYS
    if unknown:
        raise LexiconError(
            f"{where}: unknown key {min(unknown)!r}; known: words, stop_words, set_phrases, "
            f"[plans], [boilerplate], [summary], [facts], [figures], [names], [[synonym]], "
            f"[[portfolio]], [[posts]]"
        )
    return Lexicon(
        portfolios=tuple(
            _parse_portfolio(entry, where) for entry in read_tables(data, "portfolio", where)
        ),
        groups=tuple(
            _parse_synonym_group(entry, where) for entry in read_tables(data, "synonym", where)
        ),
        extra_words=read_strings(data.get("words", []), f"{where}: words"),
        stop_words=frozenset(
            map(fold, read_strings(data.get("stop_words", []), f"{where}: stop_words"))
        ),
        set_phrases=read_strings(data.get("set_phrases", []), f"{where}: set_phrases"),
        plans=read_word_lists(PlanWords, data.get("plans", {}), "plans", where, _PLAN_KEYS),
        boilerplate=read_word_lists(Boilerplate, data.get("boilerplate", {}), "boilerplate", where),
        summary=read_word_lists(SummaryWords, data.get("summary", {}), "summary", where),
        facts=facts.parse(data.get("facts", {}), where),
        figures=figures.parse(data.get("figures", {}), where),
        names=read_word_lists(NameWords, data.get("names", {}), "names", where),
        posts=tuple(_parse_post_set(entry, where) for entry in read_tables(data, "posts", where)),
    )


def _fold_all(*strings: str) -> set[str]:
    return set(map(fold, strings))


def _merge_portfolios(
    own: tuple[Portfolio, ...], more: tuple[Portfolio, ...], where: str
) -> tuple[Portfolio, ...]:
    """Portfolios with those of a user's file: one of a known name adds to it.

    What a user calls a portfolio is no longer an item of another one. Raises LexiconError where
    it is the same as another one's name: then neither could be told from the other.
    """
    found = {portfolio.name: portfolio for portfolio in own}
    for extra in more:
        for name, other in found.items():
            if name == extra.name:
                continue
            clash = _fold_all(name, *other.same) & _fold_all(extra.name, *extra.same)
            if clash:
                raise LexiconError(
                    f"{where}: the portfolio {extra.name}: {min(clash)} means the portfolio {name} "
                    f'already; write [[portfolio]] with name = "{name}" to add to that one'
                )
            taken = _fold_all(extra.name, *extra.same)
            found[name] = replace(
                other,
                names=tuple(item for item in other.names if fold(item) not in taken),
                departments=tuple(item for item in other.departments if fold(item) not in taken),
            )
        known = found.get(extra.name, Portfolio(extra.name))
        lists = {
            key: tuple(dict.fromkeys((*getattr(known, key), *getattr(extra, key))))
            for key in _PORTFOLIO_KEYS
        }
        found[extra.name] = Portfolio(extra.name, **lists)
    return tuple(found.values())


def _read_lines(name: str) -> tuple[str, ...]:
    """The entries of a list in ``data/`` that has one a line."""
    lines = (files("reportsearch") / "data" / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and line[0] != "#")


@cache
def _load_shipped() -> Lexicon:
    """The word lists that ship with the package; read once, since they do not change."""
    data = files("reportsearch") / "data"

    def read_data_text(name: str) -> str:
        return (data / name).read_text(encoding="utf-8")

    def read_data_table(name: str) -> dict[str, Any]:
        return parse_toml(read_data_text(name), name)

    return Lexicon(
        portfolios=parse(read_data_text("portfolios.toml"), "portfolios.toml").portfolios,
        groups=parse(read_data_text("synonyms.toml"), "synonyms.toml").groups,
        stop_words=frozenset(map(fold, _read_lines("stopwords.txt"))),
        set_phrases=_read_lines("set_phrases.txt"),
        plans=read_word_lists(
            PlanWords, read_data_table("plans.toml"), "plans", "plans.toml", _PLAN_KEYS
        ),
        boilerplate=read_word_lists(
            Boilerplate, read_data_table("boilerplate.toml"), "boilerplate", "boilerplate.toml"
        ),
        summary=read_word_lists(
            SummaryWords, read_data_table("summary.toml"), "summary", "summary.toml"
        ),
        facts=facts.parse(read_data_table("facts.toml"), "facts.toml"),
        figures=figures.parse(read_data_table("figures.toml"), "figures.toml"),
        names=read_word_lists(NameWords, read_data_table("names.toml"), "names", "names.toml"),
        surnames=frozenset(_read_lines("surnames.txt")),
        posts=parse(read_data_text("posts.toml"), "posts.toml").posts,
    )


def load(user_file: Path | None = None) -> Lexicon:
    """The word lists that ship with the package, and those of a user's own file.

    Raises LexiconError when the user's file cannot be read or understood.
    """
    shipped = _load_shipped()
    if user_file is None:
        return shipped
    try:
        own = parse(user_file.read_text(encoding="utf-8-sig"), str(user_file))
        sha256 = hashlib.sha256(user_file.read_bytes()).hexdigest()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(
            f"{user_file} cannot be read ({error}); it must be a text file in UTF-8"
        ) from error
    return Lexicon(
        portfolios=_merge_portfolios(shipped.portfolios, own.portfolios, str(user_file)),
        groups=shipped.groups + own.groups,
        extra_words=own.extra_words,
        stop_words=shipped.stop_words | own.stop_words,
        set_phrases=shipped.set_phrases + own.set_phrases,
        plans=merge_word_lists(shipped.plans, own.plans),
        boilerplate=merge_word_lists(shipped.boilerplate, own.boilerplate),
        summary=merge_word_lists(shipped.summary, own.summary),
        facts=facts.merge_fact_words(shipped.facts, own.facts),
        figures=figures.merge_figure_words(shipped.figures, own.figures),
        names=merge_word_lists(shipped.names, own.names),
        surnames=shipped.surnames,
        posts=_merge_post_sets(shipped.posts, own.posts),
        user_sha256=sha256,
    )
