"""Year on year: an official's report set against the one before, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.matching import shared_sentences
from reportsearch.analysis.matching.alignment import align
from reportsearch.analysis.year_on_year import sentence_changes
from reportsearch.analysis.year_on_year.nearest_passages import find_nearest
from reportsearch.analysis.year_on_year.section_matching import (
    ReportSections,
    SectionPath,
    match_sections,
)
from reportsearch.comparable import ComparableText, to_comparable
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.models.reuse import (
    ANSWERED,
    CHANGED,
    DEFAULT_MIN_CHARS,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    Change,
    Draft,
    Nearest,
    Plan,
    SectionChanges,
    Sentence,
    SharedSpan,
    YearOnYear,
)
from reportsearch.normalise import fold
from reportsearch.search import report_lookup
from reportsearch.structure.closing import drop_signature, find_body
from reportsearch.structure.plans import find_plan_passages
from reportsearch.structure.sentences import iter_sentences, non_sentence_lines, strip_line
from reportsearch.tokenizer import Tokenizer

MAX_NEAREST = 3
"""Passages that are shown beside a plan."""
_MAX_PASSAGES, _MAX_PASSAGE_SHARE = 3, 0.25
"""A word in more passages than these, and than this share of them, does not tell their matter."""


def find_previous(
    info: ReportInfo, infos: Iterable[ReportInfo], own: Collection[str], *, is_draft: bool
) -> ReportInfo:
    """The latest earlier report of the same official; before a draft without a year, the latest.

    ``own`` are the ids of the report itself: its own, or of a draft those read from its file.

    Raises NotFoundError, which says what is missing.
    """
    if info.official is None:
        raise NotFoundError(
            f"{info.id} is of an official who is not known: tell who it is "
            f"{'by official' if is_draft else 'in metadata.csv, and index again'}, or name the "
            f"report before by previous"
        )
    others = [other for other in infos if other.official == info.official and other.id not in own]
    undated = not info.sort_date
    if undated and not is_draft:
        raise NotFoundError(
            f"{info.id} is of a year that is not known: give its year in metadata.csv and index "
            f"again, or name the report before"
        )
    earlier = [other for other in others if is_later(info, other) or (undated and other.sort_date)]
    if not earlier:
        raise NotFoundError(
            f"there is no earlier report of {info.official} in the index; name the report before"
        )
    return max(earlier, key=lambda other: (other.sort_date, other.id))


def find_previous_reports(
    infos: Iterable[ReportInfo], report_ids: Iterable[str]
) -> dict[str, ReportInfo]:
    """The report before each of some reports, where there is one."""
    known = {info.id: info for info in infos}
    groups: dict[str | None, list[ReportInfo]] = {}
    for info in known.values():
        groups.setdefault(info.official, []).append(info)
    found = {}
    for report in report_ids:
        with suppress(NotFoundError, KeyError):
            own = groups[known[report].official]
            found[report] = find_previous(known[report], own, (report,), is_draft=False)
    return found


def compare_with_previous(
    corpus: Corpus, report: Report, previous: str | None, *, draft: str | Path | Draft | None
) -> YearOnYear:
    """A report, or the one in the file ``draft``, against the one before, or one that is named.

    Raises NotFoundError, QueryError.
    """
    infos = corpus.engine.report_infos()
    if previous is None:
        own = (report.id,) if draft is None else corpus.find_ids_of_file(draft)
        before = find_previous(report.info, infos, own, is_draft=draft is not None).id
    else:
        before = report_lookup.find_report_id(infos, previous)
    if before == report.id and draft is None:
        raise QueryError(f"{before} cannot be compared with itself; name another report")
    return compare(report, corpus.engine.report(before), corpus.lexicon, corpus.tokenizer)


@dataclass(frozen=True)
class _ComparedReport:
    """A report's sentences, and what they are compared by."""

    report: Report
    sentences: tuple[Sentence, ...]
    plan_ids: frozenset[str]

    @classmethod
    def of(cls, report: Report, other: Report, lexicon: Lexicon) -> _ComparedReport:
        """Those of a report; what is but a heading or signature of the other one is none here."""
        promised = frozenset(passage.id for passage in find_plan_passages(report, lexicon))
        furniture, seen = non_sentence_lines(other), set()
        told = []
        for sentence in iter_sentences(report):
            if sentence.passage in seen or strip_line(sentence.text) not in furniture:
                told.append(sentence)
            seen.add(sentence.passage)
        return cls(report, tuple(told), promised)

    @property
    def folded_sentences(self) -> list[sentence_changes.FoldedSentence]:
        """The sentences as they are compared."""
        return [
            sentence_changes.FoldedSentence(fold(sentence.text), sentence.passage in self.plan_ids)
            for sentence in self.sentences
        ]

    @property
    def section_paths(self) -> list[SectionPath]:
        """The sections that have sentences, in order."""
        return list(dict.fromkeys(sentence.section for sentence in self.sentences))


def compare(report: Report, previous: Report, lexicon: Lexicon, tokenizer: Tokenizer) -> YearOnYear:
    """What became of each sentence of ``previous`` in ``report``, and what is new in it."""
    now, before = (
        _ComparedReport.of(report, previous, lexicon),
        _ComparedReport.of(previous, report, lexicon),
    )
    found = sentence_changes.match_sentences(now.folded_sentences, before.folded_sentences)
    # With the sections around: what was dropped may have no nearer place.
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
        chars=sum(map(_count_chars, now.sentences)),
        previous_chars=sum(map(_count_chars, before.sentences)),
        kept=sum(section.kept for section in sections),
        changed=sum(section.changed for section in sections),
        new=sum(section.new for section in sections),
        dropped=sum(section.dropped for section in sections),
        sections=tuple(sections),
        plans=tuple(_iter_plans(now, before, lexicon, tokenizer)),
    )


def _count_chars(sentence: Sentence) -> int:
    return len(to_comparable(fold(sentence.text)))


def _build_change(now: Sentence, before: Sentence | None, similarity: float) -> Change:
    if before is None:
        return Change(NEW, now, None, 0.0)
    view, other = ComparableText.of(now.text), ComparableText.of(before.text)
    if view.text == other.text:
        return Change(KEPT, now, before, 1.0)
    here, there = (
        shared_sentences.TextSide(now.text, view),
        shared_sentences.TextSide(before.text, other),
    )
    spans = tuple(
        SharedSpan(
            _shift_span(view.map_to_original(part.start, part.end), now.start),
            _shift_span(other.map_to_original(part.other_start, part.other_end), before.start),
            part.kind,
        )
        for part in shared_sentences.keep_whole_tokens(here, there, align(view.text, other.text))
    )
    return Change(CHANGED, now, before, similarity, spans)


def _shift_span(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _build_section(
    path: SectionPath, changes: Sequence[Change], *, is_gone: bool
) -> SectionChanges:
    sums: Counter[str] = Counter()
    for change in changes:
        sentence = change.now or change.before
        sums[change.kind] += _count_chars(sentence) if sentence else 0
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
    now: _ComparedReport, before: _ComparedReport, matched: Iterable[sentence_changes.SentenceMatch]
) -> Counter[tuple[SectionPath, SectionPath]]:
    """How many characters went from a section of the report before to one of this report."""
    moved: Counter[tuple[SectionPath, SectionPath]] = Counter()
    for entry in matched:
        sentence = now.sentences[entry.now]
        path, source = sentence.section, before.sentences[entry.before].section
        for depth in range(1, min(len(path), len(source)) + 1):
            moved[source[:depth], path[:depth]] += _count_chars(sentence)
    return moved


def _find_counterpart_around(
    path: SectionPath, counterparts: dict[SectionPath, SectionPath]
) -> SectionPath | None:
    """The counterpart of a section, or of the nearest one around it."""
    if not path:
        return ()
    for depth in range(len(path), 0, -1):
        if path[:depth] in counterparts:
            return counterparts[path[:depth]]
    return None


def _iter_plans(
    now: _ComparedReport, before: _ComparedReport, lexicon: Lexicon, tokenizer: Tokenizer
) -> Iterator[Plan]:
    report, previous = now.report, before.report
    passages = [
        passage
        for passage in drop_signature(report)
        if to_comparable(fold(report.text[slice(*find_body(passage))]))
    ]
    texts = [fold(report.text[slice(*find_body(passage))]) for passage in passages]
    promised = list(find_plan_passages(previous, lexicon))
    bodies = [find_body(passage) for passage in promised]
    asked = [fold(previous.text[slice(*body)]) for body in bodies]
    near = find_nearest(asked, texts, MAX_NEAREST)
    content = _ContentWords(texts, lexicon, tokenizer)
    again = _Repetitions(passages, now, before)
    for passage, (start, end), query, found in zip(promised, bodies, asked, near, strict=True):
        said = again.for_plan(passage.id)
        new = said.score_new_text(query, [number for number, _ in found])
        nearest_ones = tuple(
            Nearest(
                passage=passages[number].id,
                section=passages[number].section,
                start=find_body(passages[number])[0],
                end=passages[number].end,
                text=report.text[slice(*find_body(passages[number]))],
                score=score,
                is_plan=passages[number].id in now.plan_ids,
                shares_words=content.shares_word(query, number),
                repeats=said.is_repeated_in(number),
                chars=sum(map(len, again.texts[number])),
                kept=sum(
                    len(text) for text in again.texts[number] if text in again.previous_sentences
                ),
                new_score=new.get(number, score),
            )
            for number, score in found
        )
        yield Plan(
            Sentence(passage.section, passage.id, start, end, previous.text[start:end]),
            _classify_outcome(nearest_ones),
            nearest_ones,
        )


def _classify_outcome(found: Sequence[Nearest]) -> str:
    if any(near.is_answer for near in found):
        return ANSWERED
    return REPEATED if any(near.repeats for near in found) else SILENT


class _Repetitions:
    """What passages of a report say in the words of the report before.

    ``texts`` are the compared sentences of each passage, ``old`` those of the report before.
    """

    def __init__(
        self, passages: Sequence[Passage], now: _ComparedReport, before: _ComparedReport
    ) -> None:
        said: dict[str, list[str]] = {}
        for sentence in now.sentences:
            said.setdefault(sentence.passage, []).append(to_comparable(fold(sentence.text)))
        self.texts = [said.get(passage.id, []) for passage in passages]
        self._plan_sentences: dict[str, list[str]] = {}
        for sentence in before.sentences:
            text = to_comparable(fold(sentence.text))
            self._plan_sentences.setdefault(sentence.passage, []).append(text)
        self.previous_sentences = {
            text for texts in self._plan_sentences.values() for text in texts
        }

    def for_plan(self, plan: str) -> _PlanRepetitions:
        """The same of one plan, by the id of its passage."""
        return _PlanRepetitions(self, self._plan_sentences.get(plan, []))


@dataclass(frozen=True)
class _PlanRepetitions:
    """What passages say again of a plan, whose compared sentences are ``planned``."""

    repetitions: _Repetitions
    sentences: list[str]

    def is_repeated_in(self, number: int) -> bool:
        """Whether a passage has at least half of the plan word for word."""
        texts = self.repetitions.texts[number]
        found = sum(
            len(sentence)
            for sentence in self.sentences
            if sentence in texts
            or (len(sentence) >= DEFAULT_MIN_CHARS and any(sentence in text for text in texts))
        )
        return bool(found) and 2 * found >= sum(map(len, self.sentences))

    def score_new_text(self, query: str, numbers: Sequence[int]) -> dict[int, float]:
        """The cosines of what is new in those passages that repeat the plan."""
        having = [number for number in numbers if self.is_repeated_in(number)]
        if not having:
            return {}
        rest = list(map(self._remove_repeated, self.repetitions.texts))
        scores = dict(find_nearest([query], rest, len(rest))[0])
        return {number: scores.get(number, 0.0) for number in having}

    def _remove_repeated(self, texts: Iterable[str]) -> str:
        found = "".join(text for text in texts if text not in self.repetitions.previous_sentences)
        for sentence in self.sentences:
            if len(sentence) >= DEFAULT_MIN_CHARS:
                found = found.replace(sentence, "")
        return found


class _ContentWords:
    """The words of passages that tell what they are about: in few of them, and no stop words."""

    def __init__(self, texts: Sequence[str], lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stop_words = lexicon.stop_words
        self._words = [self._find_content_words(text) for text in texts]
        having = Counter(word for found in self._words for word in found)
        most = max(_MAX_PASSAGES, len(texts) * _MAX_PASSAGE_SHARE)
        self._general_words = {word for word, count in having.items() if count > most}

    def _find_content_words(self, text: str) -> frozenset[str]:
        tokens = (token.text for token in self._tokenizer.cut(text))
        return frozenset(
            token
            for token in tokens
            if len(token) > 1 and token.isalpha() and token not in self._stop_words
        )

    def shares_word(self, query: str, number: int) -> bool:
        """Whether a text shares such a word with a passage."""
        return bool((self._find_content_words(query) & self._words[number]) - self._general_words)
