"""Text reuse: how much of a report also occurs in others, and which pairs share most.

For one report, ``report_comparison.py`` finds all matches with every other report, and
``reuse_builder.py`` turns them into rates and places in the originals. A rate is the share of its
compared characters that lie in a match of at least ``min_chars`` characters. A character counts
once, in however many reports it occurs. There are rates:

- with all reports, and without formulae;
- without earlier reports of the same official, and with other officials only;
- with sources only: reports that are not known to be later;
- with small edits: the same matches, and chains of them with short gaps between.

Edited text counts in no other rate. Later reports are listed separately, as those that reused this
one.

For all pairs (``report_pairs.py``) the matches of at least ``min_chars`` characters are counted
without formulae, in both directions, and the pairs are ranked by the larger count.

What is counted and what is shown differ: a match may begin inside a number, which is right for a
rate but looks wrong to readers. So places show the sentences of both reports, each once, with all
that they share. ``analysis/matching`` describes how matches and formulae are found.
"""

from __future__ import annotations

from pathlib import Path

from reportsearch.analysis.corpus import Corpus, bind_stage, start_stage
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.reuse.report_comparison import compare_text
from reportsearch.analysis.reuse.report_pairs import find_reuse_pairs
from reportsearch.analysis.reuse.report_side import ReportSide
from reportsearch.analysis.reuse.reuse_builder import ReuseBuilder
from reportsearch.analysis.stages import COMPARING, READING_REPORTS
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Report
from reportsearch.models.reuse import Draft, Reuse

__all__ = ["find_reuse", "find_reuse_pairs"]


def find_reuse(
    corpus: Corpus,
    report: Report,
    min_chars: int,
    formula_officials: int | None,
    *,
    draft: str | Path | Draft | None = None,
    progress: StagedProgress | None = None,
) -> Reuse:
    """Measure how much of a report also occurs in the others of an index.

    A report of the index is compared with all others; the one in the file ``draft`` with all but
    those that were read from this file.
    """
    is_draft = draft is not None
    left_out = corpus.find_ids_of_file(draft) if draft is not None else ()
    source_texts = corpus.load_source_texts(bind_stage(progress, READING_REPORTS))
    start_stage(progress, COMPARING)
    formula_officials = formula_officials or source_texts.formula_officials
    side = ReportSide.of(report)
    out = {*left_out} if is_draft else {report.id}
    others = [number for number, info in enumerate(source_texts.infos) if info.id not in out]
    infos = [source_texts.infos[number] for number in others]
    officials = [source_texts.officials[number] for number in others]
    own = {get_official_key(info): number for info, number in zip(infos, officials, strict=True)}
    found = compare_text(
        side.view.text,
        [source_texts.texts[number] for number in others],
        min_chars=min_chars,
        formula_officials=formula_officials,
        officials=officials,
        own=own.get(get_official_key(report.info), -1),
        counts_itself=not is_draft,
        phrases=corpus.phrases,
    )
    return ReuseBuilder(corpus.engine, side, infos, found, is_draft=is_draft).build_reuse(
        min_chars, formula_officials, len(source_texts.infos), left_out
    )
