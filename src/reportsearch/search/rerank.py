"""Search that reranks the first hits by meaning, with a sentence model."""

from __future__ import annotations

from dataclasses import replace

from reportsearch.models.search import SearchResult
from reportsearch.search import sentence_model
from reportsearch.search.engine import Engine, SearchOptions
from reportsearch.search.query import Query


def search_reranked(
    engine: Engine, query: Query, options: SearchOptions, model: sentence_model.SentenceModel
) -> SearchResult:
    """Search, and rerank the first hits of the best tier by their similarity to the query."""
    last = options.offset + options.limit
    result = engine.search(
        query, replace(options, offset=0, limit=max(last, sentence_model.RERANK_DEPTH))
    )
    hits = list(result.hits)
    # If terms match only in part, hits with more of them stay before those with fewer.
    some_are_better = result.partial and len(query.positive_terms()) > 1
    depth = 0 if some_are_better else sentence_model.RERANK_DEPTH
    best = [hit for hit in hits[:depth] if hit.met == hits[0].met]
    wanted = " ".join(term.text for term in query.positive_terms()) or query.text
    similarities = model.similarity(
        wanted, [f"{hit.report.title}\n{hit.passages[0].text}" for hit in best]
    )
    order = sentence_model.rerank(similarities)
    hits[: len(best)] = [best[place] for place in order]
    return replace(result, hits=tuple(hits[options.offset : last]))
