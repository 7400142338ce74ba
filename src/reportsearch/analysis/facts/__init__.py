"""Facts: figures, cited documents, projects and times of reports.

They are found by rules over words, not by a trained model, so that each can be read, and a user's
words take part. A line is folded; titles, times and quantities are marked in it, and the text
between is cut into words, each of a kind (``word_kinds.py``) by the word lists first and by jieba's
dictionary then, on every platform the same. What leads to a number (由上年的, 同比增长, 达到) is
skipped; its name is the noun phrase before it, the one behind it, or the last one in the sentence
(``figure_namer.py``).

A masked number (``*亿元``) is a figure without a value (``numbers.py``). Values are exact decimals:
6.82亿元 is 682000000. Figures of several reports are one group only if their names differ in no
more than a place, an adverb, a verb that adds nothing, or quotation marks, and their units measure
the same (``figure_groups.py``). A table of officials uses a wider rule (``comparable_figures.py``).

Nothing of this is stored in the index. Reports are read again for each question, about 180,000
characters a second; nothing looks back further than a page, so that the time grows with the text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

from reportsearch.analysis.corpus import Corpus, Progress
from reportsearch.analysis.facts.extraction import FactExtractor
from reportsearch.analysis.facts.figure_groups import find_dimension
from reportsearch.models.facts import (
    CITATIONS,
    FACT_KINDS,
    INDICATORS,
    PERIODS,
    PROJECTS,
    Facts,
    FactsFound,
    Indicator,
)
from reportsearch.models.report import Report, ReportInfo
from reportsearch.normalise import fold
from reportsearch.search import query


def extract_from_report(
    corpus: Corpus, report: Report, kinds: Collection[str], *, is_draft: bool
) -> Facts:
    """The facts of a report, of some kinds."""
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
    """The facts of the passages that meet a query and filters, of all without either.

    Reports are read one after another; what is kept are the facts.
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
    """Groups as they are most often written; figures of unlike dimensions in groups of their own.

    Those are named by their unit.
    """
    units: dict[str, dict[str, str]] = defaultdict(dict)
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for one in indicators:
        units[one.group].setdefault(find_dimension(one.base_unit), one.base_unit)
        written[one.group][_unfold_group(one)] += 1
    names = {
        group: min(found, key=lambda text: (-found[text], text)) for group, found in written.items()
    }
    for one in indicators:
        known, group = units[one.group], names[one.group]
        if len(known) > 1:
            group = f"{group}（{known[find_dimension(one.base_unit)] or '无单位'}）"
        yield replace(one, group=intern(group))


def _unfold_group(one: Indicator) -> str:
    """The group of a figure in the characters of its name: 覆盖率, not as it is folded."""
    original = one.verb + one.name
    at = fold(original).find(one.group)
    if at < 0 or len(fold(original)) != len(original):
        return one.group
    return original[at : at + len(one.group)]
