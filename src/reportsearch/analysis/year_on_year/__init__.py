"""Year on year: a report compared with the official's previous report, sentence by sentence.

A sentence is kept if its compared characters are those of a sentence of the previous report. The
others are matched by the Dice coefficient of their pairs of adjacent characters, the most similar
first, each at most once; from 0.45 on they count as changed (``sentence_changes.py``). The rest is
new or dropped. A dropped sentence is shown in the section that replaced its own
(``section_matching.py``): one that also contains plans or has nearly the same heading, else the one
that received most of its characters, else the one most similar in words and portfolios.

For each plan of the previous report (``plan_outcomes.py``) the nearest passages are found by tf–idf
over character n-grams, and classified: one answers it, one only repeats it, or none does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.matching.alignment import align
from reportsearch.analysis.matching.shared_sentences import TextSide, build_shared_spans
from reportsearch.analysis.year_on_year import sentence_changes
from reportsearch.analysis.year_on_year.compared_report import ComparedReport, count_chars
from reportsearch.analysis.year_on_year.plan_outcomes import iter_plans
from reportsearch.analysis.year_on_year.section_matching import (
    ReportSections,
    SectionPath,
    match_sections,
)
from reportsearch.comparable import ComparableText
from reportsearch.errors import Message, NotFoundError, QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.reuse import Draft
from reportsearch.models.year_on_year import (
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    Change,
    SectionChanges,
    Sentence,
    YearOnYear,
)
from reportsearch.search import report_lookup
from reportsearch.tokenizer import Tokenizer


def find_previous(
    info: ReportInfo, infos: Iterable[ReportInfo], own: Collection[str], *, is_draft: bool
) -> ReportInfo:
    """Return the latest earlier report of the same official; for an undated draft, the latest.

    ``own`` are the ids of the report itself, or for a draft those read from its file.

    Raises NotFoundError, which says what is missing.
    """
    if info.person is None:
        raise NotFoundError(
            "the official of {id} is unknown; name the official {remedy}, or name the previous "
            "report with previous",
            id=info.id,
            remedy=Message("with official")
            if is_draft
            else Message("in metadata.csv and index again"),
        )
    others = [other for other in infos if other.person == info.person and other.id not in own]
    undated = not info.sort_date
    if undated and not is_draft:
        raise NotFoundError(
            "the year of {id} is unknown; give it in metadata.csv and index again, or name the "
            "previous report",
            id=info.id,
        )
    earlier = [other for other in others if is_later(info, other) or (undated and other.sort_date)]
    if not earlier:
        raise NotFoundError(
            "the index has no earlier report by {official}; name the previous report",
            official=info.person,
        )
    return max(earlier, key=lambda other: (other.sort_date, other.id))


def find_previous_reports(
    infos: Iterable[ReportInfo], report_ids: Iterable[str]
) -> dict[str, ReportInfo]:
    """Return the previous report of each of some reports, if there is one."""
    known = {info.id: info for info in infos}
    groups: dict[str | None, list[ReportInfo]] = {}
    for info in known.values():
        groups.setdefault(info.person, []).append(info)
    found = {}
    for report in report_ids:
        with suppress(NotFoundError, KeyError):
            own = groups[known[report].person]
            found[report] = find_previous(known[report], own, (report,), is_draft=False)
    return found


def compare_with_previous(
    corpus: Corpus, report: Report, previous: str | None, *, draft: str | Path | Draft | None
) -> YearOnYear:
    """Compare a report, or the one in the file ``draft``, with the previous or a named one.

    Raises NotFoundError, QueryError.
    """
    infos = corpus.engine.report_infos()
    if previous is None:
        own = (report.id,) if draft is None else corpus.find_ids_of_file(draft)
        before = find_previous(report.info, infos, own, is_draft=draft is not None).id
    else:
        before = report_lookup.find_report_id(infos, previous)
    if before == report.id and draft is None:
        raise QueryError(
            "{before} cannot be compared with itself; name another report", before=before
        )
    return compare(report, corpus.engine.report(before), corpus.lexicon, corpus.tokenizer)


def compare(report: Report, previous: Report, lexicon: Lexicon, tokenizer: Tokenizer) -> YearOnYear:
    """Compare the sentences of ``report`` with those of ``previous``."""
    now = ComparedReport.of(report, previous, lexicon)
    before = ComparedReport.of(previous, report, lexicon)
    found = sentence_changes.match_sentences(now.folded_sentences, before.folded_sentences)
    # Include enclosing sections, in case a dropped sentence has no closer place.
    prefixes = (path[:depth] for path in [(), *now.section_paths] for depth in range(len(path) + 1))
    changes: dict[SectionPath, list[Change]] = {path: [] for path in prefixes}
    matched = {entry.now: entry for entry in found}
    for number, sentence in enumerate(now.sentences):
        entry = matched.get(number)
        other = before.sentences[entry.before] if entry else None
        changes[sentence.section].append(
            _build_change(sentence, other, entry.similarity if entry else 0.0)
        )
    taking_place = match_sections(
        ReportSections.of(report, now.sentences, lexicon),
        ReportSections.of(previous, before.sentences, lexicon),
        _count_moved_chars(now, before, found),
    )
    gone: dict[SectionPath, list[Change]] = {}
    staying = {entry.before for entry in found}
    for number, sentence in enumerate(before.sentences):
        if number not in staying:
            path = _find_counterpart_around(sentence.section, taking_place)
            place = gone.setdefault(sentence.section, []) if path is None else changes[path]
            place.append(Change(DROPPED, None, sentence, 0.0))
    sections = [
        *(
            _build_section(path, entries, is_gone=False)
            for path, entries in changes.items()
            if entries
        ),
        *(_build_section(path, entries, is_gone=True) for path, entries in gone.items()),
    ]
    return YearOnYear(
        report=report.info,
        previous=previous.info,
        chars=sum(map(count_chars, now.sentences)),
        previous_chars=sum(map(count_chars, before.sentences)),
        kept=sum(section.kept for section in sections),
        changed=sum(section.changed for section in sections),
        new=sum(section.new for section in sections),
        dropped=sum(section.dropped for section in sections),
        sections=tuple(sections),
        plans=tuple(iter_plans(now, before, lexicon, tokenizer)),
    )


def _build_change(now: Sentence, before: Sentence | None, similarity: float) -> Change:
    if before is None:
        return Change(NEW, now, None, 0.0)
    view, other = ComparableText.of(now.text), ComparableText.of(before.text)
    if view.text == other.text:
        return Change(KEPT, now, before, 1.0)
    spans = build_shared_spans(
        TextSide(now.text, view), TextSide(before.text, other), align(view.text, other.text),
        now.start, before.start,
    )  # fmt: skip
    return Change(CHANGED, now, before, similarity, spans)


def _build_section(
    path: SectionPath, changes: Sequence[Change], *, is_gone: bool
) -> SectionChanges:
    sums: Counter[str] = Counter()
    for change in changes:
        sentence = change.now or change.before
        sums[change.kind] += count_chars(sentence) if sentence else 0
    return SectionChanges(
        section=path,
        before=tuple(dict.fromkeys(change.before.section for change in changes if change.before)),
        is_gone=is_gone,
        kept=sums[KEPT],
        changed=sums[CHANGED],
        new=sums[NEW],
        dropped=sums[DROPPED],
        changes=tuple(changes),
    )


def _count_moved_chars(
    now: ComparedReport, before: ComparedReport, matched: Iterable[sentence_changes.SentenceMatch]
) -> Counter[tuple[SectionPath, SectionPath]]:
    """Count the characters that moved from each section of the previous report to each of this."""
    moved: Counter[tuple[SectionPath, SectionPath]] = Counter()
    for entry in matched:
        sentence = now.sentences[entry.now]
        path, source = sentence.section, before.sentences[entry.before].section
        for depth in range(1, min(len(path), len(source)) + 1):
            moved[source[:depth], path[:depth]] += count_chars(sentence)
    return moved


def _find_counterpart_around(
    path: SectionPath, counterparts: dict[SectionPath, SectionPath]
) -> SectionPath | None:
    """Return the counterpart of a section, or of the nearest section around it."""
    if not path:
        return ()
    for depth in range(len(path), 0, -1):
        if path[:depth] in counterparts:
            return counterparts[path[:depth]]
    return None
