"""Facts of reports of an index, of a file, and across reports.

``nlp/facts/`` finds them in a report; here it is brought what the engine holds, and what is the
same in several reports is brought together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from sys import intern
from typing import Any

from reportsearch.analysis.corpus import Corpus, Progress
from reportsearch.analysis.facts.extraction import FactExtractor
from reportsearch.analysis.facts.same_figures import find_dimension
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
    meeting = corpus.matching_passages(where, text)
    ids = [
        info.id for info in corpus.engine.report_infos() if meeting is None or info.id in meeting
    ]
    extraction = FactExtractor(corpus.lexicon, corpus.tokenizer)
    infos: list[ReportInfo] = []
    kept: dict[str, list[Any]] = {kind: [] for kind in FACT_KINDS}
    for number, report_id in enumerate(ids):
        if progress:
            progress(number, len(ids))
        found = extraction.extract(corpus.engine.report(report_id))
        asked = None if meeting is None else _build_passage_ids(report_id, meeting[report_id])
        before = sum(map(len, kept.values()))
        for kind in kinds:
            kept[kind] += (
                one for one in getattr(found, kind) if asked is None or one.passage in asked
            )
        if sum(map(len, kept.values())) > before:
            infos.append(found.report)
    dated = {info.id: info.sort_date for info in infos}
    indicators = sorted(
        split_by_dimension(kept[INDICATORS]),
        key=lambda one: (one.group, dated[one.report], one.report, one.start),
    )
    return FactsFound(
        reports=len(ids),
        infos=tuple(infos),
        indicators=tuple(indicators),
        citations=tuple(kept[CITATIONS]),
        projects=tuple(kept[PROJECTS]),
        periods=tuple(kept[PERIODS]),
    )


def _build_passage_ids(report: str, numbers: Iterable[int]) -> frozenset[str]:
    return frozenset(f"{report}#{number}" for number in numbers)


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
