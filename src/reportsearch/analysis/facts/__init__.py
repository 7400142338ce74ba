"""Extraction of facts from reports: figures, cited documents, projects and times.

Rules over word lists find the facts, not a trained model, so every rule can be read and users can
add their own words. Each line is folded and its titles, times and quantities are marked. The text
between them is cut into words, and each word gets a kind (``word_kinds.py``) from the word lists
or, failing that, from jieba's dictionary, with the same result on every platform. Words that lead
to a number (由上年的, 同比增长, 达到) are skipped. The name of the number is the noun phrase before
it, the one after it, or the last one in the sentence (``figure_namer.py``).

A masked number (``*亿元``) is a figure without a value (``numbers.py``). Values are exact decimals:
6.82亿元 is 682000000. Figures of several reports form one group only if their names differ at most
in a place, an adverb, a verb that adds nothing, or quotation marks, and their units measure the
same quantity (``figure_groups.py``). The table of officials uses a wider rule
(``comparable_figures.py``).

The index stores no facts. Each question reads the reports again, at about 180,000 characters a
second. No rule looks back further than a page, so the time is linear in the length of the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.facts.comparable_figures import find_distinct_span
from reportsearch.analysis.facts.extraction import FactExtractor
from reportsearch.analysis.facts.figure_groups import find_dimension
from reportsearch.models.facts import (
    CITATIONS,
    CUMULATIVE,
    FACT_KINDS,
    INDICATORS,
    PERIODS,
    PROJECTS,
    YEARLY,
    Facts,
    FactsFound,
    Indicator,
)
from reportsearch.models.progress import Progress
from reportsearch.models.report import Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search import query

_SPAN_LABELS = {YEARLY: "年均", CUMULATIVE: "累计或跨年"}
"""Added to the names of groups, which are in the language of the reports."""


def extract_from_report(
    corpus: Corpus, report: Report, kinds: Collection[str], *, is_draft: bool
) -> Facts:
    """Return the facts of a report, restricted to ``kinds``."""
    found = FactExtractor(corpus.lexicon, corpus.tokenizer).extract(report, is_draft=is_draft)
    return replace(
        found,
        indicators=tuple(split_by_dimension(found.indicators)) if INDICATORS in kinds else (),
        citations=found.citations if CITATIONS in kinds else (),
        projects=found.projects if PROJECTS in kinds else (),
        periods=found.periods if PERIODS in kinds else (),
    )


def extract_from_corpus(
    corpus: Corpus,
    text: str | None,
    where: query.Where,
    kinds: Collection[str],
    progress: Progress | None,
) -> FactsFound:
    """Return the facts of the passages that match a query and filters, or of all passages.

    Reports are read one at a time, and only their facts are kept in memory.
    """
    reports = 0
    extractor = FactExtractor(corpus.lexicon, corpus.tokenizer)
    infos: list[ReportInfo] = []
    kept: dict[str, list[Any]] = {kind: [] for kind in FACT_KINDS}
    for report, passages in corpus.iter_passages(corpus.matching_passages(where, text), progress):
        reports += 1
        found = extractor.extract(report)
        wanted = {passage.id for passage in passages}
        before = sum(map(len, kept.values()))
        for kind in kinds:
            kept[kind] += (one for one in getattr(found, kind) if one.passage in wanted)
        if sum(map(len, kept.values())) > before:
            infos.append(found.report)
    dated = {info.id: info.sort_date for info in infos}
    indicators = sorted(
        split_by_dimension(kept[INDICATORS]),
        key=lambda one: (one.group, dated[one.report], one.report, one.start),
    )
    return FactsFound(
        reports=reports,
        infos=tuple(infos),
        indicators=tuple(indicators),
        citations=tuple(kept[CITATIONS]),
        projects=tuple(kept[PROJECTS]),
        periods=tuple(kept[PERIODS]),
    )


def split_by_dimension(indicators: Sequence[Indicator]) -> Iterator[Indicator]:
    """Label each group with its most frequent spelling, and split groups that mix quantities.

    The unit is added to the labels of groups with several dimensions. Means and sums are separate
    from the values of a year, and so labelled.
    """
    units: dict[str, dict[str, str]] = defaultdict(dict)
    spans: dict[str, set[str]] = defaultdict(set)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for one in indicators:
        units[one.group].setdefault(find_dimension(one.base_unit), one.base_unit)
        spans[one.group].add(find_distinct_span(one))
        written[one.group][_unfold_group(one)] += 1
    names = {
        group: min(found, key=lambda text: (-found[text], text)) for group, found in written.items()
    }
    for one in indicators:
        known, group = units[one.group], names[one.group]
        if len(known) > 1:
            group = f"{group}（{known[find_dimension(one.base_unit)] or '无单位'}）"
        span = find_distinct_span(one)
        if span and len(spans[one.group]) > 1:
            group = f"{group}（{_SPAN_LABELS[span]}）"
        yield replace(one, group=intern(group))


def _unfold_group(one: Indicator) -> str:
    """Return the group of a figure as spelt in its name (覆盖率) rather than folded."""
    original = one.verb + one.name
    at = fold(original).find(one.group)
    if at < 0 or len(fold(original)) != len(original):
        return one.group
    return original[at : at + len(one.group)]
