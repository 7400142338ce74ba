"""The words in which reports state figures, documents and projects.

They come from ``data/facts.toml`` and the user's own file.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.lexicon.toml_file import check_table, locate_key, read_strings, read_tables
from reportsearch.normalise import fold

PROJECT_STATES = ("谋划", "签约", "启动", "推进", "主体", "建成", "停滞")
"""The states of a project from first to last, then the state of one that has stalled."""


@dataclass(frozen=True, slots=True)
class FactWords:
    """The words in which reports state figures, documents and projects, folded.

    See ``data/facts.toml``. ``states`` has the verbs of each of :data:`PROJECT_STATES`, ``same``
    groups of names for the same figure.
    """

    measures: tuple[str, ...] = ()
    chinese_measures: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    not_measures: tuple[str, ...] = ()
    enumerated: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    comparisons: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    doing: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    nominal: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    adverbs: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    announcements: tuple[str, ...] = ()
    task_leads: tuple[str, ...] = ()
    stocks: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    document_ends: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    loose_works: tuple[str, ...] = ()
    firm_works: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()
    not_works: tuple[str, ...] = ()
    generic: tuple[str, ...] = ()
    deeds: tuple[str, ...] = ()
    renewals: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    intransitive: tuple[str, ...] = ()
    transitive: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    definite: tuple[str, ...] = ()
    states: tuple[tuple[str, tuple[str, ...]], ...] = ()
    same: tuple[tuple[str, ...], ...] = ()


_FACT_LISTS = tuple(key.name for key in fields(FactWords) if key.name not in {"states", "same"})


def parse(data: object, where: str) -> FactWords:
    """Parse the table ``[facts]``; ``where`` names the file in errors. Raises LexiconError."""
    known = (*_FACT_LISTS, "states", "same")
    table = check_table(data, "facts", known, where)
    return FactWords(
        **{
            key: _read_folded_strings(table, key, locate_key(where, key, "[facts]"))
            for key in _FACT_LISTS
        },
        states=_parse_states(table.get("states", {}), where),
        same=tuple(_parse_same_names(entry, where) for entry in read_tables(table, "same", where)),
    )


def _read_folded_strings(data: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold, read_strings(data.get(key, []), where))))


def _parse_states(data: object, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(data, dict) or set(data) - set(PROJECT_STATES):
        raise LexiconError(
            "{where}: states in [facts] must be a table of lists of verbs; known: {project_states}",
            where=where,
            project_states=", ".join(PROJECT_STATES),
        )
    return tuple(
        (state, _read_folded_strings(data, state, locate_key(where, state, "[facts.states]")))
        for state in PROJECT_STATES
    )


def _parse_same_names(entry: dict[str, Any], where: str) -> tuple[str, ...]:
    names = _read_folded_strings(entry, "names", locate_key(where, "names", "[[facts.same]]"))
    if set(entry) != {"names"} or len(names) < 2:
        raise LexiconError(
            "{where}: a [[facts.same]] requires names, a list of two or more strings", where=where
        )
    return names


def merge_fact_words(shipped: FactWords, own: FactWords) -> FactWords:
    """Return the lists that ship with the package, extended by those of a user's file."""
    lists = {key: getattr(shipped, key) + getattr(own, key) for key in _FACT_LISTS}
    verbs = dict(own.states)
    return FactWords(
        **lists,
        # A verb moves to the state that the user gives it.
        states=tuple(
            (
                state,
                tuple(verb for verb in known if verb not in _find_reassigned_verbs(own, state))
                + verbs.get(state, ()),
            )
            for state, known in shipped.states
        ),
        same=shipped.same + own.same,
    )


def _find_reassigned_verbs(own: FactWords, state: str) -> frozenset[str]:
    """Return the verbs that a user's file assigns to another state."""
    return frozenset(verb for other, verbs in own.states if other != state for verb in verbs)
