"""The words that decide which figures belong to one row.

They come from ``data/figures.toml`` and the user's own file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.lexicon.toml_file import check_table, locate_key, read_strings, read_tables
from reportsearch.normalise import fold

_LISTS = ("qualifiers", "verbs", "hollow", "bases", "scopes", "parts", "spans")
_GROUPS = ("words", "names", "units")
_NAME_AFTER_FIGURE_KEYS = ("figure", "names", "means")


@dataclass(frozen=True, slots=True)
class NameAfterFigure:
    """The meaning of ``names`` right after a ``figure``, as in 签约项目12个，引资额5亿元.

    There 引资额 means 合同金额.
    """

    figure: str
    names: tuple[str, ...]
    means: str


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words that make names of figures alike, folded; see ``data/figures.toml``.

    ``words``, ``names`` and ``units`` are groups of strings with the same meaning.
    """

    qualifiers: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    hollow: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()
    words: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    units: tuple[tuple[str, ...], ...] = ()
    behind: tuple[NameAfterFigure, ...] = ()


def parse(data: object, where: str) -> FigureWords:
    """Parse the table ``[figures]``; ``where`` names the file in errors. Raises LexiconError."""
    known = (*_LISTS, *_GROUPS, "behind")
    table = check_table(data, "figures", known, where)
    lists = {
        key: frozenset(
            map(fold, read_strings(table.get(key, []), locate_key(where, key, "[figures]")))
        )
        for key in _LISTS
    }
    groups = {
        key: tuple(
            _parse_group(entry, f"[[figures.{key}]]", where)
            for entry in read_tables(table, key, where)
        )
        for key in _GROUPS
    }
    behind = tuple(
        _parse_name_after_figure(entry, where) for entry in read_tables(table, "behind", where)
    )
    return FigureWords(**lists, **groups, behind=behind)  # type: ignore[arg-type]


def _parse_name_after_figure(entry: dict[str, Any], where: str) -> NameAfterFigure:
    given = read_strings(entry.get("names", []), locate_key(where, "names", "[[figures.behind]]"))
    names = tuple(map(fold, given))
    ends = [entry.get(key) for key in ("figure", "means")]
    if (
        set(entry) != set(_NAME_AFTER_FIGURE_KEYS)
        or not names
        or not all(isinstance(end, str) for end in ends)
    ):
        raise LexiconError(
            "{where}: a [[figures.behind]] requires the strings figure and means, and the list "
            "names",
            where=where,
        )
    return NameAfterFigure(fold(str(ends[0])), names, fold(str(ends[1])))


def _parse_group(entry: dict[str, Any], table: str, where: str) -> tuple[str, ...]:
    found = tuple(map(fold, read_strings(entry.get("same", []), locate_key(where, "same", table))))
    if set(entry) != {"same"} or len(found) < 2:
        raise LexiconError(
            "{where}: a {table} requires same, a list of two or more strings",
            where=where,
            table=table,
        )
    return found


def merge_figure_words(shipped: FigureWords, own: FigureWords) -> FigureWords:
    """Return the lists that ship with the package, preceded by the groups of a user's file."""
    sets = {key: getattr(shipped, key) | getattr(own, key) for key in _LISTS}
    groups = {key: getattr(own, key) + getattr(shipped, key) for key in (*_GROUPS, "behind")}
    return FigureWords(**sets, **groups)


def map_to_canonical(groups: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """Map each string to the first of its group, after merging groups that share a string.

    So a user's group of ``旅游收入`` and ``旅游毛收入`` widens the one that ships with the package.
    """
    found: dict[str, str] = {}
    for group in groups:
        heads = {found[name] for name in group if name in found}
        first = min(heads) if heads else group[0]
        found |= dict.fromkeys(group, first)
        found |= {name: first for name, head in found.items() if head in heads}
    return found
