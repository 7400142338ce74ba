"""The word lists: portfolios with their names, and what in a search counts as the same.

They are data, in ``data/portfolios.toml``; all strings are compared folded (see normalise.py).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.normalise import fold, fold_table_version

_LISTS = ("same", "names", "departments", "words")


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


@dataclass(frozen=True)
class Lexicon:
    """All word lists, with the look-ups that the other modules need."""

    portfolios: tuple[Portfolio, ...]
    fingerprint: str = field(default="", compare=False)

    @cached_property
    def by_item(self) -> dict[str, tuple[str, ...]]:
        """A folded name, equivalent, other name or department -> canonical portfolios."""
        found: dict[str, list[str]] = defaultdict(list)
        for portfolio in self.portfolios:
            own = (portfolio.name, *portfolio.same, *portfolio.names, *portfolio.departments)
            for item in own:
                if portfolio.name not in found[fold(item)]:
                    found[fold(item)].append(portfolio.name)
        return {item: tuple(names) for item, names in found.items()}

    @cached_property
    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """A folded string -> the other folded strings that mean the same to a searcher."""
        found: dict[str, tuple[str, ...]] = {}
        for portfolio in self.portfolios:
            group = list(dict.fromkeys(map(fold, (portfolio.name, *portfolio.same))))
            for word in group:
                found[word] = tuple(other for other in group if other != word)
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Folded strings that the tokenizer should know as words, sorted."""
        found = {
            fold(word)
            for portfolio in self.portfolios
            for word in (portfolio.name, *portfolio.same, *portfolio.departments)
        }
        return tuple(sorted(found))

    def portfolio(self, name: str) -> str | None:
        """The canonical name for ``name`` (文化和旅游 -> 文旅), or None."""
        names = self.by_item.get(fold(name), ())
        return names[0] if names else None


def _portfolio(entry: dict[str, Any], where: str) -> Portfolio:
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise LexiconError(f"{where}: a [[portfolio]] has no name")
    unknown = set(entry) - {"name", *_LISTS}
    if unknown:
        raise LexiconError(
            f"{where}: {name}: unknown key {min(unknown)!r}; known: name, {', '.join(_LISTS)}"
        )
    lists = {}
    for key in _LISTS:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LexiconError(f"{where}: {name}: {key} must be a list of strings")
        lists[key] = tuple(value)
    return Portfolio(name, **lists)


def parse_portfolios(text: str, where: str) -> tuple[Portfolio, ...]:
    """Read the TOML of ``portfolios.toml``; ``where`` names the file in errors."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{where}: not valid TOML: {error}") from error
    return tuple(_portfolio(entry, where) for entry in data.get("portfolio", []))


def load() -> Lexicon:
    """Read the word lists that ship with the package."""
    text = (files("reportsearch") / "data" / "portfolios.toml").read_text(encoding="utf-8")
    digest = hashlib.sha256(f"{fold_table_version()}\n{text}".encode()).hexdigest()
    return Lexicon(parse_portfolios(text, "portfolios.toml"), fingerprint=digest[:16])
