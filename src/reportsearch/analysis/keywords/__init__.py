"""Keywords: what a report, or a group of passages, is about more than other texts.

A candidate is a word, a string of up to four words whose parts of speech or collocation make it a
term, or an entry of the word lists (``analysis/terms``). A term that occurs c times at rate p, with
an expected rate q, weighs ``ln(1 + c) * ln(p / q)``, times a few factors for its form and position
(``scoring.py``). The expected rate is the geometric mean of its rates in general Chinese and in the
rest of the index, smoothed by a Dirichlet prior (Zhai and Lafferty 2004; ``reference_corpus.py``).
The mean needs no threshold of document frequency, which would lose 民政, a word of every report.
What every report says regardless of its subject is in ``data/boilerplate.toml``.

Words are counted in the postings of the tf–idf index. For phrases, the passages that contain the
characters are segmented again, or all passages once if there are many phrases. Nothing is stored
for this.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.analysis.corpus import Corpus, bind_stage, track
from reportsearch.analysis.keywords.group_keywords import KeywordExtractor
from reportsearch.analysis.keywords.passage_groups import (
    PassageGroup,
    group_by_field,
    group_by_report,
)
from reportsearch.analysis.stages import (
    COUNTING_TERMS,
    EXTRACTING_KEYWORDS,
    READING_REPORTS,
    SCORING_KEYWORDS,
)
from reportsearch.analysis.terms.corpus_counts import CorpusCounts, NGram
from reportsearch.models.keywords import KeywordGroup, Keywords
from reportsearch.models.progress import StagedProgress
from reportsearch.search import query

_MAX_CACHED_GROUPS = 20
"""Maximum groups whose passages are kept in memory; if there are more, they are read twice."""


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
    """Extract the keywords of each group; see ``Archive.keywords``."""
    names = [corpus.find_report(name).id for name in reports]
    meeting = corpus.matching_passages(where, text)
    about = corpus.resolve_portfolios(where)
    if names:
        groups = group_by_report(corpus, names, meeting, about)
    else:
        groups = group_by_field(corpus, meeting, by, about)
    found = extract_by_group(
        corpus, groups, top, progress, with_formulae=with_formulae, max_cached=_MAX_CACHED_GROUPS
    )
    return Keywords(len(corpus.engine.origins()), by, tuple(found))


def extract_by_group(
    corpus: Corpus,
    groups: Sequence[PassageGroup],
    top: int,
    progress: StagedProgress | None,
    *,
    with_formulae: bool,
    max_cached: int,
) -> list[KeywordGroup]:
    """Extract the ``top`` keywords of each group.

    If there are more than ``max_cached`` groups, each is read twice to save memory.
    """
    corpus.load_tfidf_index()
    text = corpus.load_folded_text(bind_stage(progress, READING_REPORTS))
    counts = CorpusCounts(corpus, text)
    # Counting the phrases of all groups together is faster.
    required: dict[NGram, None] = {}
    cached: dict[str, KeywordExtractor] = {}
    for group in track(groups, bind_stage(progress, EXTRACTING_KEYWORDS)):
        extractor = KeywordExtractor(corpus, group)
        required.update(dict.fromkeys(extractor.required_ngrams))
        if len(groups) <= max_cached:
            cached[group.id] = extractor
    counts.count_ngrams(required, bind_stage(progress, COUNTING_TERMS))
    return [
        (cached.get(group.id) or KeywordExtractor(corpus, group)).extract(
            counts, top, with_formulae=with_formulae
        )
        for group in track(groups, bind_stage(progress, SCORING_KEYWORDS))
    ]
