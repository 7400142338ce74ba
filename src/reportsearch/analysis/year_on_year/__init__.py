"""Year on year: an official's report set against the one before, sentence by sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reportsearch.analysis.chronology import is_later
from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.matching import shared_sentences as beside
from reportsearch.analysis.matching.alignment import align
from reportsearch.analysis.year_on_year import sentence_changes as yearly
from reportsearch.analysis.year_on_year.nearest_passages import nearest
from reportsearch.analysis.year_on_year.section_matching import Headings, Sections, counterparts
from reportsearch.comparable import Compared, compared
from reportsearch.errors import NotFoundError, QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Passage, Report, ReportInfo
from reportsearch.models.reuse import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    MIN_CHARS,
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
from reportsearch.search import report_lookup as lookup
from reportsearch.structure.closing import body_of, passages_of
from reportsearch.structure.plans import plans
from reportsearch.structure.sentences import bare, furniture_of, sentences_of
from reportsearch.tokenizer import Tokenizer

NEAREST = 3
"""Passages that are shown beside a plan."""
_FEW, _SHARE = 3, 0.25
"""A word in more passages than these, and than this share of them, does not tell their matter."""


def previous_of(
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
    undated = not info.dated
    if undated and not is_draft:
        raise NotFoundError(
            f"{info.id} is of a year that is not known: give its year in metadata.csv and index "
            f"again, or name the report before"
        )
    earlier = [other for other in others if is_later(info, other) or (undated and other.dated)]
    if not earlier:
        raise NotFoundError(
            f"there is no earlier report of {info.official} in the index; name the report before"
        )
    return max(earlier, key=lambda other: (other.dated, other.id))


def previous_reports(infos: Iterable[ReportInfo], wanted: Iterable[str]) -> dict[str, ReportInfo]:
    """The report before each of some reports, where there is one."""
    known = {info.id: info for info in infos}
    groups: dict[str | None, list[ReportInfo]] = {}
    for info in known.values():
        groups.setdefault(info.official, []).append(info)
    found = {}
    for report in wanted:
        with suppress(NotFoundError, KeyError):
            own = groups[known[report].official]
            found[report] = previous_of(known[report], own, (report,), is_draft=False)
    return found


def ask(
    held: Holdings, report: Report, previous: str | None, *, draft: str | Path | Draft | None
) -> YearOnYear:
    """A report, or the one in the file ``draft``, against the one before, or one that is named.

    Raises NotFoundError, QueryError.
    """
    infos = held.engine.infos()
    if previous is None:
        own = (report.id,) if draft is None else held.read_from(draft)
        before = previous_of(report.info, infos, own, is_draft=draft is not None).id
    else:
        before = lookup.report_id(infos, previous)
    if before == report.id and draft is None:
        raise QueryError(f"{before} cannot be compared with itself; name another report")
    return compare(report, held.engine.report(before), held.words, held.tokenizer)


@dataclass(frozen=True)
class _Side:
    """A report's sentences, and what they are compared by."""

    report: Report
    sentences: tuple[Sentence, ...]
    plans: frozenset[str]

    @classmethod
    def of(cls, report: Report, other: Report, words: Lexicon) -> _Side:
        """Those of a report; what is but a heading or signature of the other one is none here."""
        promised = frozenset(passage.id for passage in plans(report, words))
        furniture, seen = furniture_of(other), set()
        told = []
        for sentence in sentences_of(report):
            if sentence.passage in seen or bare(sentence.text) not in furniture:
                told.append(sentence)
            seen.add(sentence.passage)
        return cls(report, tuple(told), promised)

    @property
    def folded(self) -> list[yearly.Sentence]:
        """The sentences as they are compared."""
        return [
            yearly.Sentence(fold(sentence.text), sentence.passage in self.plans)
            for sentence in self.sentences
        ]

    @property
    def paths(self) -> list[Headings]:
        """The sections that have sentences, in order."""
        return list(dict.fromkeys(sentence.section for sentence in self.sentences))


def compare(report: Report, previous: Report, words: Lexicon, tokenizer: Tokenizer) -> YearOnYear:
    """What became of each sentence of ``previous`` in ``report``, and what is new in it."""
    now, before = _Side.of(report, previous, words), _Side.of(previous, report, words)
    found = yearly.match(now.folded, before.folded)
    # With the sections around: what was dropped may have no nearer place.
    prefixes = (path[:depth] for path in [(), *now.paths] for depth in range(len(path) + 1))
    changes: dict[Headings, list[Change]] = {path: [] for path in prefixes}
    matched = {entry.now: entry for entry in found}
    for number, sentence in enumerate(now.sentences):
        entry = matched.get(number)
        other = before.sentences[entry.before] if entry else None
        changes[sentence.section].append(
            _change(sentence, other, entry.similarity if entry else 0.0)
        )
    taking_place = counterparts(
        Sections.of(report, now.sentences, words),
        Sections.of(previous, before.sentences, words),
        _moved_chars(now, before, found),
    )
    gone: dict[Headings, list[Change]] = {}
    staying = {entry.before for entry in found}
    for number, sentence in enumerate(before.sentences):
        if number not in staying:
            path = _around(sentence.section, taking_place)
            place = gone.setdefault(sentence.section, []) if path is None else changes[path]
            place.append(Change(DROPPED, None, sentence, 0.0))
    sections = [
        *(_section(path, entries, is_gone=False) for path, entries in changes.items() if entries),
        *(_section(path, entries, is_gone=True) for path, entries in gone.items()),
    ]
    return YearOnYear(
        report=report.info,
        previous=previous.info,
        chars=sum(map(_chars, now.sentences)),
        previous_chars=sum(map(_chars, before.sentences)),
        kept=sum(section.kept for section in sections),
        changed=sum(section.changed for section in sections),
        new=sum(section.new for section in sections),
        dropped=sum(section.dropped for section in sections),
        sections=tuple(sections),
        plans=tuple(_plans(now, before, words, tokenizer)),
    )


def _chars(sentence: Sentence) -> int:
    return len(compared(fold(sentence.text)))


def _change(now: Sentence, before: Sentence | None, alike: float) -> Change:
    if before is None:
        return Change(NEW, now, None, 0.0)
    view, other = Compared.of(now.text), Compared.of(before.text)
    if view.text == other.text:
        return Change(KEPT, now, before, 1.0)
    here, there = beside.Side(now.text, view), beside.Side(before.text, other)
    spans = tuple(
        SharedSpan(
            _moved(view.span(part.start, part.end), now.start),
            _moved(other.span(part.other_start, part.other_end), before.start),
            part.kind,
        )
        for part in beside.whole(here, there, align(view.text, other.text))
    )
    return Change(CHANGED, now, before, alike, spans)


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _section(path: Headings, changes: Sequence[Change], *, is_gone: bool) -> SectionChanges:
    sums: Counter[str] = Counter()
    for change in changes:
        sentence = change.now or change.before
        sums[change.kind] += _chars(sentence) if sentence else 0
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


def _moved_chars(
    now: _Side, before: _Side, matched: Iterable[yearly.Match]
) -> Counter[tuple[Headings, Headings]]:
    """How many characters went from a section of the report before to one of this report."""
    moved: Counter[tuple[Headings, Headings]] = Counter()
    for entry in matched:
        sentence = now.sentences[entry.now]
        path, source = sentence.section, before.sentences[entry.before].section
        for depth in range(1, min(len(path), len(source)) + 1):
            moved[source[:depth], path[:depth]] += _chars(sentence)
    return moved


def _around(path: Headings, counterparts: dict[Headings, Headings]) -> Headings | None:
    """The counterpart of a section, or of the nearest one around it."""
    if not path:
        return ()
    for depth in range(len(path), 0, -1):
        if path[:depth] in counterparts:
            return counterparts[path[:depth]]
    return None


def _plans(now: _Side, before: _Side, words: Lexicon, tokenizer: Tokenizer) -> Iterator[Plan]:
    report, previous = now.report, before.report
    passages = [
        passage
        for passage in passages_of(report)
        if compared(fold(report.text[slice(*body_of(passage))]))
    ]
    texts = [fold(report.text[slice(*body_of(passage))]) for passage in passages]
    promised = list(plans(previous, words))
    bodies = [body_of(passage) for passage in promised]
    asked = [fold(previous.text[slice(*body)]) for body in bodies]
    near = nearest(asked, texts, NEAREST)
    content = _Content(texts, words, tokenizer)
    again = _Again(passages, now, before)
    for passage, (start, end), query, found in zip(promised, bodies, asked, near, strict=True):
        said = again.of(passage.id)
        new = said.new_scores(query, [number for number, _ in found])
        nearest_ones = tuple(
            Nearest(
                passage=passages[number].id,
                section=passages[number].section,
                start=body_of(passages[number])[0],
                end=passages[number].end,
                text=report.text[slice(*body_of(passages[number]))],
                score=score,
                is_plan=passages[number].id in now.plans,
                shares_words=content.shares(query, number),
                repeats=said.repeats(number),
                chars=sum(map(len, again.texts[number])),
                kept=sum(len(text) for text in again.texts[number] if text in again.old),
                new_score=new.get(number, score),
            )
            for number, score in found
        )
        yield Plan(
            Sentence(passage.section, passage.id, start, end, previous.text[start:end]),
            _outcome(nearest_ones),
            nearest_ones,
        )


def _outcome(found: Sequence[Nearest]) -> str:
    if any(near.answers for near in found):
        return ANSWERED
    return REPEATED if any(near.repeats for near in found) else SILENT


class _Again:
    """What passages of a report say in the words of the report before.

    ``texts`` are the compared sentences of each passage, ``old`` those of the report before.
    """

    def __init__(self, passages: Sequence[Passage], now: _Side, before: _Side) -> None:
        said: dict[str, list[str]] = {}
        for sentence in now.sentences:
            said.setdefault(sentence.passage, []).append(compared(fold(sentence.text)))
        self.texts = [said.get(passage.id, []) for passage in passages]
        self._planned: dict[str, list[str]] = {}
        for sentence in before.sentences:
            text = compared(fold(sentence.text))
            self._planned.setdefault(sentence.passage, []).append(text)
        self.old = {text for texts in self._planned.values() for text in texts}

    def of(self, plan: str) -> _Said:
        """The same of one plan, by the id of its passage."""
        return _Said(self, self._planned.get(plan, []))


@dataclass(frozen=True)
class _Said:
    """What passages say again of a plan, whose compared sentences are ``planned``."""

    again: _Again
    planned: list[str]

    def repeats(self, number: int) -> bool:
        """Whether a passage has at least half of the plan word for word."""
        texts = self.again.texts[number]
        found = sum(
            len(sentence)
            for sentence in self.planned
            if sentence in texts
            or (len(sentence) >= MIN_CHARS and any(sentence in text for text in texts))
        )
        return bool(found) and 2 * found >= sum(map(len, self.planned))

    def new_scores(self, query: str, numbers: Sequence[int]) -> dict[int, float]:
        """The cosines of what is new in those passages that repeat the plan."""
        having = [number for number in numbers if self.repeats(number)]
        if not having:
            return {}
        rest = list(map(self._new, self.again.texts))
        scores = dict(nearest([query], rest, len(rest))[0])
        return {number: scores.get(number, 0.0) for number in having}

    def _new(self, texts: Iterable[str]) -> str:
        found = "".join(text for text in texts if text not in self.again.old)
        for sentence in self.planned:
            if len(sentence) >= MIN_CHARS:
                found = found.replace(sentence, "")
        return found


class _Content:
    """The words of passages that tell what they are about: in few of them, and no stop words."""

    def __init__(self, texts: Sequence[str], words: Lexicon, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stop_words = words.stop_words
        self._words = [self._cut(text) for text in texts]
        having = Counter(word for found in self._words for word in found)
        most = max(_FEW, len(texts) * _SHARE)
        self._general = {word for word, count in having.items() if count > most}

    def _cut(self, text: str) -> frozenset[str]:
        tokens = (token.text for token in self._tokenizer.cut(text))
        return frozenset(
            token
            for token in tokens
            if len(token) > 1 and token.isalpha() and token not in self._stop_words
        )

    def shares(self, query: str, number: int) -> bool:
        """Whether a text shares such a word with a passage."""
        return bool((self._cut(query) & self._words[number]) - self._general)
