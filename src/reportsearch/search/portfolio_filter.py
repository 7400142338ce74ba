"""The filter that may be meant by a query that names a portfolio.

The name finds the passages that contain it, the filter those of sections about the portfolio.
"""

from __future__ import annotations

import re

from reportsearch.errors import Message, join_messages
from reportsearch.lexicon import Lexicon
from reportsearch.models.search import PortfolioFilter
from reportsearch.search.engine import Engine
from reportsearch.search.query import And, Query, SectionFilter, Term, iter_positive_terms

_NEEDS_QUOTES = re.compile(r"[\s()（）\"＂“「]")


def find_portfolio_filter(engine: Engine, query: Query, lexicon: Lexicon) -> PortfolioFilter | None:
    """Return the filter on the portfolio that the only term of a query names, or None.

    Filters and negations of the query also apply to it. Returns None if no passage matches, or if
    the query filters by this portfolio already.
    """
    conditions, parts = query.split_conditions()
    terms = tuple(iter_positive_terms(query.node))
    # A term that is only a part of an OR differs from the parts of the query.
    if len(terms) != 1 or parts != terms:
        return None
    term = terms[0]
    if not isinstance(term, Term) or term.quoted:
        return None
    name = lexicon.portfolios_by_wording.get(term.string)
    if name is None:
        return None
    condition = SectionFilter("portfolio", name)
    if condition in conditions:
        return None
    passages = engine.passage_counter()(And((condition, *conditions)))
    if not passages:
        return None
    return PortfolioFilter(name, passages, _replace_term(query, term, condition))


def _replace_term(query: Query, term: Term, condition: SectionFilter) -> Message:
    """Return the query with a filter in place of a term."""
    field, value = Message(condition.field, context="query"), condition.value
    if _NEEDS_QUOTES.search(value):
        value = f'"{value}"'
    before, after = query.visible[: term.at], query.visible[term.at + len(term.text) :]
    return join_messages((before, field, ":", value, after))
