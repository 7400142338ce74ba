"""Explaining a query: how it was parsed, the counts of each part, and better spellings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from collections.abc import Collection as Container
from itertools import islice

from reportsearch.errors import COMMA, Message, QueryError, join_messages, list_fields
from reportsearch.lexicon.models import Synonym
from reportsearch.models.search import (
    FIELD_NAMES,
    Counted,
    Explanation,
    SearchResult,
    SynonymExplained,
    TermExplained,
)
from reportsearch.search.engine import Engine
from reportsearch.search.query import (
    And,
    FreeText,
    Node,
    Not,
    Or,
    Query,
    ReportFilter,
    SectionFilter,
    Term,
    iter_positive_terms,
)

_LIKE_A_FIELD = re.compile(r"([A-Za-z]{2,12}|[\u4e00-\u9fff]{2,4})[:：].")
MAX_WORDS = 50
"""Limit on words of a term that are checked for a suggestion."""
MAX_COUNTED = 100
"""Limit on words of a query that are counted, since each is searched in all texts."""
MAX_TERMS = 20
"""Limit on terms that are checked for a suggestion."""
MAX_MISSES = 3
"""Limit on strings for which similar ones are searched, which is slower than a search."""

PassageCounter = Callable[[Node], int]
"""A function that counts the passages that match a node."""


def explain_query(
    engine: Engine, query: Query, result: SearchResult, *, by_report: bool = True
) -> Explanation:
    """Explain a query whose answer is ``result``.

    ``by_report`` states whether the answer consists of reports, where different passages of a
    report may match the parts of the query.
    """
    count = engine.passage_counter()
    terms = tuple(_explain_parts(count, query.node, [MAX_COUNTED]))
    reason, adds_detail = _find_reason(count, query, result, by_report=by_report)
    return Explanation(terms, reason, adds_detail)


def _build_phrase(string: str) -> Term:
    return Term(string, string, quoted=True)


def _explain_parts(count: PassageCounter, node: Node, budget: list[int]) -> Iterator[TermExplained]:
    """Explain the parts of a query; ``budget`` is the number of words that may still be counted."""
    if isinstance(node, And | Or):
        if isinstance(node, Or):
            yield TermExplained(_format_node(node), "or", count(node))
        for part in node.parts:
            yield from _explain_parts(count, part, budget)
    elif isinstance(node, Not):
        yield TermExplained(_format_node(node), "not", count(node))
    elif isinstance(node, Term | FreeText):
        words = node.words[: budget[0]]
        budget[0] -= len(words)
        yield _explain_term(count, node, words)
    else:
        yield TermExplained(_format_node(node), "filter", count(node))


def _explain_term(
    count: PassageCounter, term: Term | FreeText, words: tuple[str, ...]
) -> TermExplained:
    synonyms: tuple[Synonym, ...] = ()
    if isinstance(term, FreeText):
        kind = "text"
    else:
        kind = "phrase" if term.quoted else "word"
        synonyms = term.synonyms
    return TermExplained(
        text=term.text,
        kind=kind,
        passages=count(term),
        string=term.string,
        contained=count(_build_phrase(term.string)),
        synonyms=tuple(
            SynonymExplained(synonym.strings, synonym.years, count(_convert_synonym(synonym)))
            for synonym in synonyms
        ),
        words=tuple(Counted(word, count(_build_phrase(word))) for word in words),
    )


def _convert_synonym(synonym: Synonym) -> Node:
    """Return a node that matches the passages with a synonym, in reports of its years."""
    parts: list[Node] = [_build_phrase(string) for string in synonym.strings]
    if synonym.years:
        without = Not(ReportFilter("year", "", (0, 9999)))
        parts.append(Or((ReportFilter("year", "", synonym.years), without)))
    return And(tuple(parts))


def _format_node(node: Node) -> str:
    """Format a node as a user could write it."""
    if isinstance(node, Term):
        return f'"{node.text}"' if node.quoted else node.text
    if isinstance(node, FreeText):
        return node.text
    if isinstance(node, ReportFilter | SectionFilter):
        return join_messages((Message(node.field, context="query"), ":", node.value))
    if isinstance(node, Not):
        return join_messages(("-", _format_node(node.part)))
    joint = " OR " if isinstance(node, Or) else " "
    return join_messages(("(", join_messages(map(_format_node, node.parts), joint), ")"))


def _hint_unknown_field(part: Node) -> str:
    """Return a hint if a term looks like a field with its value."""
    match = _LIKE_A_FIELD.match(part.text) if isinstance(part, Term) and not part.quoted else None
    if match is None:
        return ""
    # For two Chinese characters, one in common is a ratio of one half.
    alike = 0.6 if match[1].isascii() else 0.5
    near = difflib.get_close_matches(match[1].lower(), FIELD_NAMES, n=1, cutoff=alike)
    if near:
        return Message(
            "; {name} is not a field, did you mean {near}:?", name=match[1], near=near[0]
        )
    if not match[1].isascii():
        return ""
    return Message(
        "; {name} is not a field, the fields are {fields}",
        name=match[1],
        fields=list_fields(dict.fromkeys(FIELD_NAMES.values())),
    )


def _find_reason(
    count: PassageCounter, query: Query, result: SearchResult, *, by_report: bool
) -> tuple[str, bool]:
    """Return why no passage matches the whole query, and whether that adds to the query."""
    if result.matched.passages and not result.partial:
        return "", False
    conditions, parts = query.split_conditions()
    if conditions and not count(And(conditions)):
        written = join_messages(map(_format_node, conditions), " ")
        return Message("no passage matches the filters {conditions}", conditions=written), True
    missing = [part for part in parts if not count(part)]
    if missing:
        names = join_messages(map(_format_node, missing), COMMA)
        hints = [hint for hint in map(_hint_unknown_field, missing) if hint]
        hint = hints[0] if hints else ""
        reason = Message("no passage matches {terms}{hint}", terms=names, hint=hint)
        return reason, bool(hint) or names != result.query
    filtered = [part for part in parts if not count(And((*conditions, part)))]
    if filtered:
        names = join_messages(map(_format_node, filtered), COMMA)
        return Message("no passage within the filters matches {terms}", terms=names), True
    if result.partial and by_report:
        return Message("each part matches somewhere, but no report matches all of them"), True
    return Message("each part matches somewhere, but no passage matches all of them"), True


def suggest_query(
    engine: Engine, query: Query, parse: Callable[[str], Query], known: Container[str]
) -> str | None:
    """Return the query with missing terms replaced by strings of the index, or None.

    ``parse`` parses a string into a query, so that only strings with matches are suggested.
    ``known`` strings are never treated as misspelt, even if the index does not contain them.
    """
    count = engine.passage_counter()
    terms = [term for term in iter_positive_terms(query.node) if isinstance(term, Term)][:MAX_TERMS]
    slips = (term for term in terms if term.string not in known and not count(term))
    missing = list(islice(slips, MAX_MISSES))
    text = query.visible
    for term in reversed(missing):
        better = _find_replacement(engine, count, term)
        if better and _is_met(count, better, parse, quoted=term.quoted):
            text = text[: term.at] + better + text[term.at + len(term.text) :]
    return text if text != query.visible else None


def _is_met(
    count: PassageCounter, text: str, parse: Callable[[str], Query], *, quoted: bool
) -> bool:
    try:
        node = _build_phrase(text) if quoted else parse(text).node
    except QueryError:
        return False
    return count(node) > 0


def _find_replacement(engine: Engine, count: PassageCounter, term: Term) -> str | None:
    """Return a suggested replacement for a term without matches."""
    near = engine.spelling_suggestion(term.string)
    if near is not None:
        return near
    string = term.string
    missing = [word for word in term.words[:MAX_WORDS] if not count(_build_phrase(word))]
    if len(missing) > MAX_MISSES:
        return None
    for word in missing:
        other = engine.spelling_suggestion(word)
        if other is None:
            return None
        string = string.replace(word, other, 1)
    return string if string != term.string else None
