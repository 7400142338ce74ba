"""The pairs of reports with most text in common, and the formulae of the whole index."""

from __future__ import annotations

from itertools import islice

import numpy as np

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.corpus import Corpus, bind_stage, start_stage, track
from reportsearch.analysis.matching import all_pairs
from reportsearch.analysis.matching.exact_matches import find_exact_matches
from reportsearch.analysis.matching.source_texts import SourceTexts, get_official_key
from reportsearch.analysis.reuse.report_side import ReportSide
from reportsearch.analysis.shares import compute_share
from reportsearch.analysis.stages import COMPARING, FINDING_EXAMPLES, READING_REPORTS
from reportsearch.models.progress import StagedProgress
from reportsearch.models.reuse import Formula, ReusePair, ReusePairs
from reportsearch.search.engine import Engine

_MAX_FORMULA_PLACES = 3
"""Passages listed for a formula of the whole index."""


def find_reuse_pairs(
    corpus: Corpus,
    min_chars: int,
    formula_officials: int | None,
    *,
    limit: int,
    progress: StagedProgress | None = None,
) -> ReusePairs:
    """Find the pairs of reports with most text in common, and the formulae of most officials."""
    source_texts = corpus.load_source_texts(bind_stage(progress, READING_REPORTS))
    start_stage(progress, COMPARING)
    formula_officials = formula_officials or source_texts.formula_officials
    whose = [get_official_key(info) for info in source_texts.infos]
    found = all_pairs.find_pairs(
        source_texts.texts,
        whose,
        min_chars=min_chars,
        formula_officials=formula_officials,
        set_phrases=corpus.phrases.phrases,
    )
    most = np.maximum(found.chars, found.other_chars)
    order = np.lexsort((found.seconds, found.firsts, -(found.chars + found.other_chars), -most))
    # Fewer characters are the ends of a run that formulae leave over.
    best = order[most[order] >= min_chars]
    known = {entry.text for entry in found.set_phrases}
    strings = [entry for entry in found.formulae if entry.text not in known]
    strings += [entry for entry in found.set_phrases if entry.texts > 1]
    strings.sort(key=lambda entry: (-entry.officials, -entry.texts, -len(entry.text), entry.text))
    return ReusePairs(
        reports=len(source_texts.infos),
        without_official=sum(info.person is None for info in source_texts.infos),
        chars=source_texts.chars,
        min_chars=min_chars,
        formula_officials=formula_officials,
        matched=len(best),
        pairs=tuple(
            _build_pair(
                source_texts,
                (int(found.firsts[row]), int(found.seconds[row])),
                (int(found.chars[row]), int(found.other_chars[row])),
                min_chars,
            )
            for row in track(best[:limit].tolist(), bind_stage(progress, COMPARING))
        ),
        matched_formulae=len(strings),
        formulae=tuple(
            _build_formula(corpus.engine, source_texts, entry, is_set_phrase=entry.text in known)
            for entry in track(strings[:limit], bind_stage(progress, FINDING_EXAMPLES))
        ),
    )


def _build_pair(
    source_texts: SourceTexts, numbers: tuple[int, int], chars: tuple[int, int], min_chars: int
) -> ReusePair:
    first, second = (source_texts.infos[number] for number in numbers)
    if is_later(second, first):
        numbers, chars = numbers[::-1], chars[::-1]
    report, source = (source_texts.infos[number] for number in numbers)
    text, other = (source_texts.texts[number] for number in numbers)
    (runs,) = find_exact_matches(text, [other], min_chars)
    return ReusePair(
        report=report.id,
        title=report.title,
        source=source.id,
        source_title=source.title,
        is_own=report.person is not None and report.person == source.person,
        chars=chars[0],
        source_chars=chars[1],
        rate=compute_share(chars[0], len(text)),
        source_rate=compute_share(chars[1], len(other)),
        longest=max((run.end - run.start for run in runs), default=0),
    )


def _build_formula(
    engine: Engine,
    source_texts: SourceTexts,
    formula_string: all_pairs.FormulaString,
    *,
    is_set_phrase: bool,
) -> Formula:
    """Build a formula as spelt in the first report that contains it, with its passages."""
    having = (at for at, text in enumerate(source_texts.texts) if formula_string.text in text)
    sides = [
        ReportSide.of(engine.report(source_texts.infos[at].id))
        for at in islice(having, _MAX_FORMULA_PLACES)
    ]
    spans = []
    for side in sides:
        at = side.view.text.index(formula_string.text)
        spans.append(side.view.map_to_original(at, at + len(formula_string.text)))
    return Formula(
        text=sides[0].get_text(spans[0]),
        chars=len(formula_string.text),
        reports=formula_string.texts,
        officials=formula_string.officials,
        is_set_phrase=is_set_phrase,
        passages=tuple(
            side.find_passage(start) for side, (start, _) in zip(sides, spans, strict=True)
        ),
    )
