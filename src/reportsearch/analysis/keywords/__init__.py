"""Keywords: what a report, or a selection of passages, is about that the rest is not.

``nlp/keywords/`` finds and weighs the terms; here passages become its sources, and terms lead back
to the originals.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.analysis.corpus import Corpus, StagedProgress, bind_stage
from reportsearch.analysis.keywords.group_keywords import KeywordExtractor
from reportsearch.analysis.keywords.groups import group_by_field, group_by_report
from reportsearch.analysis.terms.corpus_counts import CorpusCounts, NGram
from reportsearch.models.keywords import Keywords
from reportsearch.search import query

_MAX_CACHED_GROUPS = 20
"""Groups whose passages are kept in memory; those of more are read twice."""


def extract_keywords(
    corpus: Corpus,
    reports: Sequence[str],
    *,
    where: query.Where,
    text: str | None,
    by: str | None,
    top: int,
    with_formulae: bool,
    progress: StagedProgress | None,
) -> Keywords:
    """The keywords of each group; see ``Archive.keywords``."""
    names = [corpus.find_report(name).id for name in reports]
    meeting = corpus.matching_passages(where, text)
    about = corpus.resolve_portfolios(where)
    if names:
        groups = group_by_report(corpus, names, meeting, about)
    else:
        groups = group_by_field(corpus, meeting, by, about)
    corpus.load_vectors(bind_stage(progress, "counting words"))
    counts = CorpusCounts(
        corpus, corpus.load_folded_text(bind_stage(progress, "reading the reports"))
    )
    # Of many groups the strings are gathered first: to count them together is quicker.
    asked: dict[NGram, None] = {}
    kept: dict[str, KeywordExtractor] = {}
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "looking for terms")
        selection = KeywordExtractor(corpus, group)
        asked.update(dict.fromkeys(selection.required_ngrams))
        if len(groups) <= _MAX_CACHED_GROUPS:
            kept[group.id] = selection
    counts.count_ngrams(asked, bind_stage(progress, "counting terms"))
    found = []
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "weighing")
        selection = kept.get(group.id) or KeywordExtractor(corpus, group)
        found.append(selection.extract(counts, top, with_formulae=with_formulae))
    return Keywords(len(corpus.engine.origins()), by, tuple(found))
