"""How a query was understood, how many passages meet each part, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportsearch.engine import Engine
from reportsearch.errors import QueryError
from reportsearch.lexicon import Synonym
from reportsearch.models import (
    Counted,
    Explanation,
    SearchResult,
    SynonymExplained,
    TermExplained,
)
from reportsearch.query import (
    And,
    Node,
    Not,
    Or,
    Query,
    ReportFilter,
    SectionFilter,
    Term,
    Text,
    positive,
)


def explain(engine: Engine, query: Query, result: SearchResult) -> Explanation:
    """Explain a query whose answer is ``result``."""
    terms = tuple(_explained(engine, query.node))
    return Explanation(terms, _reason(engine, query, result))


def _contains(string: str) -> Term:
    return Term(string, string, quoted=True)


def _explained(engine: Engine, node: Node) -> Iterator[TermExplained]:
    if isinstance(node, And | Or):
        if isinstance(node, Or):
            yield TermExplained(_written(node), "or", engine.count(node))
        for part in node.parts:
            yield from _explained(engine, part)
    elif isinstance(node, Not):
        yield TermExplained(f"-{_written(node.part)}", "not", engine.count(node))
    elif isinstance(node, Term | Text):
        yield _term(engine, node)
    else:
        yield TermExplained(_written(node), "filter", engine.count(node))


def _term(engine: Engine, term: Term | Text) -> TermExplained:
    synonyms: tuple[Synonym, ...]
    if isinstance(term, Text):
        kind, words, synonyms = "text", term.words, ()
    else:
        kind = "phrase" if term.quoted else "word"
        words, synonyms = term.words, term.synonyms
    return TermExplained(
        text=term.text,
        kind=kind,
        passages=engine.count(term),
        string=term.string,
        contained=engine.count(_contains(term.string)),
        synonyms=tuple(
            SynonymExplained(synonym.strings, synonym.years, engine.count(_meaning(synonym)))
            for synonym in synonyms
        ),
        words=tuple(Counted(word, engine.count(_contains(word))) for word in words),
    )


def _meaning(synonym: Synonym) -> Node:
    """What a passage has to meet that holds a synonym, in a report of its years."""
    parts: list[Node] = [_contains(string) for string in synonym.strings]
    if synonym.years:
        without = Not(ReportFilter("year", "", (0, 9999)))
        parts.append(Or((ReportFilter("year", "", synonym.years), without)))
    return And(tuple(parts))


def _written(node: Node) -> str:
    """A node as one could write it."""
    if isinstance(node, Term):
        return f'"{node.text}"' if node.quoted else node.text
    if isinstance(node, Text):
        return node.text
    if isinstance(node, ReportFilter | SectionFilter):
        return f"{node.field}:{node.value}"
    if isinstance(node, Not):
        return f"-{_written(node.part)}"
    joint = " OR " if isinstance(node, Or) else " "
    return f"({joint.join(map(_written, node.parts))})"


def _reason(engine: Engine, query: Query, result: SearchResult) -> str:
    """Why no passage meets the whole query; empty when one does."""
    if result.matched.passages and not result.partial:
        return ""
    conditions, parts = query.split()
    if conditions and not engine.count(And(conditions)):
        written = " ".join(map(_written, conditions))
        return f"no passage passes the filters {written}"
    missing = [part for part in parts if not engine.count(part)]
    if missing:
        return "no passage meets " + ", ".join(map(_written, missing))
    filtered = [part for part in parts if not engine.count(And((*conditions, part)))]
    if filtered:
        names = ", ".join(map(_written, filtered))
        return f"of the passages that pass the filters none meets {names}"
    where = "report" if result.partial else "passage"
    return f"each part is met somewhere, but no {where} meets all of them"


def suggest(engine: Engine, query: Query, parse: Callable[[str], Query]) -> str | None:
    """The query with strings of the index in place of those that it does not hold, or None.

    ``parse`` makes a query of a string: only what is met is suggested.
    """
    text = query.visible
    for term in sorted(positive(query.node), key=lambda term: -term.at):
        if isinstance(term, Term) and not engine.count(term):
            better = _better(engine, term)
            if better and _is_met(engine, better, parse, quoted=term.quoted):
                text = text[: term.at] + better + text[term.at + len(term.text) :]
    return text if text != query.visible else None


def _is_met(engine: Engine, text: str, parse: Callable[[str], Query], *, quoted: bool) -> bool:
    try:
        node = _contains(text) if quoted else parse(text).node
    except QueryError:
        return False
    return engine.count(node) > 0


def _better(engine: Engine, term: Term) -> str | None:
    """What may have been meant by a term that nothing meets."""
    near = engine.near(term.string)
    if near is not None:
        return near
    string = term.string
    for word in term.words:
        if not engine.count(_contains(word)):
            other = engine.near(word)
            if other is None:
                return None
            string = string.replace(word, other, 1)
    return string if string != term.string else None
