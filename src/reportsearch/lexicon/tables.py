"""Parsing and merging the tables with one entry each: portfolios, posts and synonyms."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.lexicon.models import Portfolio, PostSet, SynonymGroup
from reportsearch.lexicon.toml_file import read_strings
from reportsearch.normalise import fold

MAX_SYNONYMS = 200
"""Limit on strings with the same meaning, since a query for one searches for all of them."""
_PORTFOLIO_KEYS = ("same", "names", "departments", "bodies", "words")
_YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?")


def parse_portfolio(entry: dict[str, Any], where: str) -> Portfolio:
    """Parse a [[portfolio]]; ``where`` names the file in errors. Raises LexiconError."""
    name = entry.get("name")
    if not isinstance(name, str) or not fold(name).strip():
        raise LexiconError("{where}: a [[portfolio]] has no name", where=where)
    if not name.isprintable():
        raise LexiconError(
            "{where}: the name {name!r} contains an unprintable character",
            where=where,
            name=name,
        )
    unknown = set(entry) - {"name", *_PORTFOLIO_KEYS}
    if unknown:
        raise LexiconError(
            "{where}: {name}: unknown key {unknown!r}; known: name, {portfolio_keys}",
            where=where,
            name=name,
            unknown=min(unknown),
            portfolio_keys=", ".join(_PORTFOLIO_KEYS),
        )
    lists = {
        key: read_strings(entry.get(key, []), f"{where}: {name}: {key}") for key in _PORTFOLIO_KEYS
    }
    if len(lists["same"]) > MAX_SYNONYMS:
        raise LexiconError(
            "{where}: {name}: same has {count} strings, over the limit of {max_synonyms}",
            where=where,
            name=name,
            count=len(lists["same"]),
            max_synonyms=MAX_SYNONYMS,
        )
    return Portfolio(name, **lists)


def parse_post_set(entry: dict[str, Any], where: str) -> PostSet:
    """Parse a set of [[posts]]; ``where`` names the file in errors. Raises LexiconError."""
    name = entry.get("name")
    if not isinstance(name, str) or not fold(name).strip():
        raise LexiconError("{where}: a set of [[posts]] has no name", where=where)
    unknown = set(entry) - {"name", "endings"}
    if unknown:
        raise LexiconError(
            "{where}: {name}: unknown key {unknown!r}; known: name, endings",
            where=where,
            name=name,
            unknown=min(unknown),
        )
    given = read_strings(entry.get("endings", []), f"{where}: {name}: endings")
    endings = tuple(ending for ending in map(str.strip, map(fold, given)) if ending)
    if not endings:
        raise LexiconError(
            "{where}: {name}: endings is empty; give some, such as 副县长", where=where, name=name
        )
    return PostSet(name, endings)


def merge_post_sets(own: tuple[PostSet, ...], more: tuple[PostSet, ...]) -> tuple[PostSet, ...]:
    """Merge sets of posts, those of a user's file first, since an ending belongs to one set."""
    found = {one.name: one for one in more}
    for one in own:
        endings = (*(found[one.name].endings if one.name in found else ()), *one.endings)
        found[one.name] = PostSet(one.name, tuple(dict.fromkeys(endings)))
    return tuple(found.values())


def parse_synonym_group(entry: dict[str, Any], where: str) -> SynonymGroup:
    """Parse a [[synonym]]; ``where`` names the file in errors. Raises LexiconError."""
    unknown = set(entry) - {"name", "same", "members", "years"}
    if unknown:
        raise LexiconError(
            "{where}: a [[synonym]] has the unknown key {unknown!r}; known: name, "
            "same, members, years",
            where=where,
            unknown=min(unknown),
        )
    name = entry.get("name")
    if name is not None and (not isinstance(name, str) or not fold(name).strip()):
        raise LexiconError("{where}: the name of a [[synonym]] must be a string", where=where)
    same = read_strings(entry.get("same", []), f"{where}: same in a [[synonym]]")
    members = read_strings(entry.get("members", []), f"{where}: members in a [[synonym]]")
    names = (name, *same) if name else same
    if not names or len(names) + len(members) < 2:
        raise LexiconError(
            "{where}: a [[synonym]] requires two strings in same, or name and members", where=where
        )
    if len(names) + len(members) > MAX_SYNONYMS:
        raise LexiconError(
            "{where}: a [[synonym]] has {count} strings, over the limit of {max_synonyms}; "
            "split it into several",
            where=where,
            count=len(names) + len(members),
            max_synonyms=MAX_SYNONYMS,
        )
    return SynonymGroup(names, members, _parse_years(entry.get("years"), where))


def _parse_years(value: object, where: str) -> tuple[int, int] | None:
    if value is None:
        return None
    match = _YEARS.fullmatch(str(value))
    if not match or not any(match.groups()):
        raise LexiconError(
            "{where}: years is {value!r}; write for example 2013..2018 or 2018..",
            where=where,
            value=value,
        )
    first, last = int(match[1] or 0), int(match[2] or 9999)
    if first > last:
        raise LexiconError(
            "{where}: years is {value!r}, but {first} is after {last}",
            where=where,
            value=value,
            first=first,
            last=last,
        )
    return first, last


def _fold_all(*strings: str) -> set[str]:
    return set(map(fold, strings))


def merge_portfolios(
    own: tuple[Portfolio, ...], more: tuple[Portfolio, ...], where: str
) -> tuple[Portfolio, ...]:
    """Merge portfolios with those of a user's file, which add to known ones of the same name.

    A name of a user's portfolio is removed from the items of the others. Raises LexiconError if it
    is also the name of another portfolio, since the two would be indistinguishable.
    """
    found = {portfolio.name: portfolio for portfolio in own}
    for extra in more:
        for name, other in found.items():
            if name == extra.name:
                continue
            clash = _fold_all(name, *other.same) & _fold_all(extra.name, *extra.same)
            if clash:
                raise LexiconError(
                    "{where}: the portfolio {name}: {clash} already belongs to the portfolio "
                    '{name_2}; to add to that one, write [[portfolio]] with name = "{name_2}"',
                    where=where,
                    name=extra.name,
                    clash=min(clash),
                    name_2=name,
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
