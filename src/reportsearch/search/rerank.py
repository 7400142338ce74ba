"""Search whose first hits a sentence model orders anew, by nearness in meaning."""

from __future__ import annotations

from dataclasses import replace

from reportsearch.models.search import SearchResult
from reportsearch.search import sentence_model as semantic
from reportsearch.search.engine import Engine, Page
from reportsearch.search.query import Query


def search(engine: Engine, asked: Query, page: Page, model: semantic.SentenceModel) -> SearchResult:
    """An answer whose first hits, those that meet the query equally, are ordered anew."""
    last = page.offset + page.limit
    result = engine.search(asked, replace(page, offset=0, limit=max(last, semantic.DEPTH)))
    hits = list(result.hits)
    # Where the terms are met only in part, more of them stay before fewer.
    some_are_better = result.partial and len(asked.terms()) > 1
    depth = 0 if some_are_better else semantic.DEPTH
    best = [hit for hit in hits[:depth] if hit.met == hits[0].met]
    wanted = " ".join(term.text for term in asked.terms()) or asked.text
    similarities = model.similarity(
        wanted, [f"{hit.report.title}\n{hit.passages[0].text}" for hit in best]
    )
    order = semantic.rerank(similarities)
    hits[: len(best)] = [best[place] for place in order]
    return replace(result, hits=tuple(hits[page.offset : last]))
