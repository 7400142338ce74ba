"""The best of a report in a few hundred characters, or of several; see ``nlp/summary/``.

Words are weighed by the passages of the index (see ``vectorstore/``): how many have the word. A
file that is not in the index is weighed by the same, with its own sentences added; where the index
has one report alone, by that report's passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from reportsearch.analysis.corpus import Holdings, Progress, Told, stage
from reportsearch.analysis.matching.formula_index import Commonplaces
from reportsearch.analysis.matching.formulae import Phrases, mask
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.analysis.summary.candidates import Marks, Reading, Unit, Units, moved
from reportsearch.analysis.summary.content_units import centroid
from reportsearch.analysis.summary.objective import stock_of
from reportsearch.analysis.summary.selection import Slot, choose
from reportsearch.comparable import Compared
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.summary import (
    BEST,
    PLANS,
    PORTFOLIO,
    SECTION,
    WEAKNESSES,
    Summary,
    SummarySentence,
    Unheard,
)
from reportsearch.search import query
from reportsearch.search.tfidf_index import Vectors
from reportsearch.structure.closing import body_of

_OF_GROUPS, _OF_PARTS = 0.6, 0.5
"""What portfolios and main sections weigh, and what the parts of them."""
MOST_WITH_FORMULAE = 50
"""Of more reports only set phrases are formulae: to look for the others takes too long."""
_MOST_CHARS, _LEAST_ROOM = 600_000, 60
"""Characters of all stretches that are kept of several reports, and of each report at least."""
_HOLLOW = 0.9
"""What tells so much against a stretch leaves it nothing to say."""


def of_report(
    held: Holdings, report: Report, chars: int, *, draft: str | Path | None, progress: Told | None
) -> Summary:
    """The summary of one report, or of the one in the file ``draft``."""
    vectors = held.vectors(stage(progress, "counting words"))
    if progress:
        progress(0, 0, "choosing")
    own = frozenset(held.read_from(draft)) if draft is not None else frozenset()
    formulaic = _formulaic(held, own, stage(progress, "reading the reports"))
    found = _reading(held).units(report, _marks(report, formulaic))
    worth = _worth(vectors, [found], found.words if draft is not None else ())
    return _summary(report, found, worth, chars, is_whole=True)


def of_all(held: Holdings, where: query.Where, chars: int, progress: Told | None) -> Summary:
    """One summary of all reports that meet filters, or of their sections that do.

    With many reports only set phrases count as formulae, and only the best stretches of each are
    looked at again.
    """
    field = held.meeting(where)
    wanted = held.portfolios(where)
    infos = [info for info in held.engine.infos() if field is None or info.id in field]
    vectors = held.vectors(stage(progress, "counting words"))
    if len(infos) <= MOST_WITH_FORMULAE:
        formulaic = _formulaic(held, frozenset(), stage(progress, "reading the reports"))
    else:
        formulaic = phrases_in(held.phrases)
    reading = _reading(held)
    best = _Best(vectors, chars, len(infos))
    report, found = None, None
    for number, info in enumerate(infos):
        if progress:
            progress(number, len(infos), info.id)
        report = held.engine.report(info.id)
        numbers = None if field is None else field[info.id]
        passages = None if numbers is None else {f"{info.id}#{at}" for at in numbers}
        found = reading.units(report, _marks(report, formulaic), passages)
        found = _about(found, wanted)
        if len(infos) > 1:
            best.add(report, found)
    if progress:
        progress(0, 0, "choosing")
    if len(infos) == 1 and report and found:
        alone = _summary(report, found, _worth(vectors, [found], ()), chars, is_whole=False)
        return replace(alone, report=None)
    return best.summary(infos)


def _about(found: Units, portfolios: Collection[str]) -> Units:
    """What speaks of some portfolios; where nothing does, all that their sections say."""
    units = [
        replace(
            unit,
            portfolios=tuple(sorted(unit.portfolios, key=lambda name: name not in portfolios)),
        )
        for unit in found.units
        if not {*portfolios} - {*unit.portfolios}
    ]
    return replace(found, units=tuple(units)) if portfolios and units else found


def _summary(
    report: Report, found: Units, worth: Mapping[str, float], chars: int, *, is_whole: bool
) -> Summary:
    """That of one report; ``is_whole`` tells that all its sections can be heard."""
    slots = [slot for slot in _slots(report, found) if is_whole or slot.slot.members]
    stock = stock_of(found.units, worth, _layers(found.units), chars)
    choice = choose(stock, [slot.slot for slot in slots], chars)
    taken = [
        _sentence(report.id, report.text[unit.start : unit.end], unit, score)
        for number, score in zip(choice.numbers, choice.worth, strict=True)
        for unit in [found.units[number]]
    ]
    return Summary(
        report=report.info,
        reports=(report.info,) if taken else (),
        matched=1,
        chars=chars,
        used=sum(len(sentence.text) for sentence in taken),
        sentences=tuple(sorted(taken, key=lambda sentence: sentence.start)),
        missing=tuple(
            Unheard(slot.kind, slot.name) for slot in slots if slot.unheard(choice.numbers)
        ),
    )


class _Best:
    """The best stretches of many reports, taken in one report after the other."""

    def __init__(self, vectors: Vectors, chars: int, reports: int) -> None:
        self._vectors = vectors
        self._chars = chars
        self._room = max(_LEAST_ROOM, min(2 * chars, _MOST_CHARS // max(reports, 1)))
        self._units: list[Unit] = []
        self._texts: list[str] = []
        self._whose: list[str] = []
        self._statements = 0

    def add(self, report: Report, found: Units) -> None:
        """Keep the best of a report."""
        worth = _worth(self._vectors, [found], ())
        stock = stock_of(found.units, worth, _layers(found.units), self._room)
        choice = choose(stock, (), self._room, exchange=False)
        for number in choice.numbers:
            unit = found.units[number]
            self._units.append(moved(unit, self._statements))
            self._texts.append(report.text[unit.start : unit.end])
            self._whose.append(report.id)
        self._statements += max((unit.last + 1 for unit in found.units), default=0)

    def summary(self, infos: Sequence[ReportInfo]) -> Summary:
        """The summary of all."""
        known = {info.id: info for info in infos}
        officials = {official_of(info) for info in infos}
        is_one = len(officials) == 1
        owners: list[Hashable] = [
            report if is_one else official_of(known[report]) for report in self._whose
        ]
        found = Units(
            tuple(self._units),
            tuple(unit.words for unit in self._units),
            sum(unit.chars for unit in self._units),
        )
        parts: list[Hashable] = [
            (owner, unit.kind, unit.portfolios[:1])
            for owner, unit in zip(owners, self._units, strict=True)
        ]
        layers: dict[float, list[Hashable]] = {_OF_GROUPS: owners, _OF_PARTS: parts}
        worth = _worth(self._vectors, [found], ())
        stock = stock_of(self._units, worth, layers, self._chars)
        slots = self._slots(infos, owners, is_one=is_one)
        choice = choose(stock, [slot.slot for slot in slots], self._chars)
        taken = [
            _sentence(self._whose[number], self._texts[number], self._units[number], score)
            for number, score in zip(choice.numbers, choice.worth, strict=True)
        ]
        heard = {sentence.report for sentence in taken}
        order = [info for info in infos if info.id in heard]
        if is_one:
            order.sort(key=lambda info: (info.dated, info.id))
        place = {info.id: number for number, info in enumerate(order)}
        return Summary(
            report=None,
            reports=tuple(order),
            matched=len(infos),
            chars=self._chars,
            used=sum(len(sentence.text) for sentence in taken),
            sentences=tuple(
                sorted(taken, key=lambda sentence: (place[sentence.report], sentence.start))
            ),
            missing=tuple(
                Unheard(slot.kind, slot.name) for slot in slots if slot.unheard(choice.numbers)
            ),
        )

    def _slots(
        self, infos: Sequence[ReportInfo], owners: Sequence[Hashable], *, is_one: bool
    ) -> list[_Named]:
        """The reports of one official in their order, or the officials; then the portfolios."""
        members: dict[Hashable, list[int]] = {}
        for number, owner in enumerate(owners):
            members.setdefault(owner, []).append(number)
        names: dict[Hashable, str] = {}
        for info in sorted(infos, key=lambda info: (info.dated, info.id)) if is_one else infos:
            owner = info.id if is_one else official_of(info)
            names.setdefault(owner, info.id if is_one else (info.official or info.id))
        found = [
            _named("report" if is_one else "official", name, self._units, members.get(owner, ()))
            for owner, name in names.items()
        ]
        counted = Counter(name for unit in self._units for name in unit.portfolios)
        for portfolio, _ in sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])):
            of = [at for at, unit in enumerate(self._units) if portfolio in unit.portfolios]
            found.append(_named(PORTFOLIO, portfolio, self._units, of))
        return found


def _formulaic(
    held: Holdings, own: frozenset[str], progress: Progress | None
) -> Callable[[str], Iterable[bool]]:
    """Marks what is formula by the whole index; reports in ``own`` do not count."""
    collection = held.collection(progress)
    return Commonplaces(
        held.vectors(), collection, held.phrases, collection.formula_officials, own
    ).mask


def _reading(held: Holdings) -> Reading:
    def cut(text: str) -> list[tuple[str, int]]:
        return [(token.text, token.start) for token in held.tokenizer.cut(text)]

    return Reading(held.words, cut)


def _marks(report: Report, formulaic: Callable[[str], Iterable[bool]]) -> Marks:
    """Which characters of the clean text are part of a formula, passage by passage."""
    marks = np.zeros(len(report.text), dtype=np.bool_)
    for passage in report.passages:
        start, end = body_of(passage)
        view = Compared.of(report.text[start:end])
        if view.text:
            found = np.fromiter(formulaic(view.text), dtype=np.bool_, count=len(view.text))
            marks[start + np.array(view.offsets, dtype=np.int64)] |= found
    return marks


def phrases_in(phrases: Phrases) -> Callable[[str], Iterable[bool]]:
    """Marks set phrases alone."""
    return lambda text: mask(len(text), phrases.spans(text))


def _worth(
    vectors: Vectors, read: Sequence[Units], extra: Sequence[Sequence[str]]
) -> dict[str, float]:
    """What each word is worth; ``extra`` are sentences that are no part of the index."""
    sentences = [words for units in read for words in units.words]
    names = sorted({word for words in sentences for word in words})
    frequency = Counter(dict(zip(names, vectors.frequencies(names), strict=True)))
    for words in extra:
        frequency.update(set(words))
    texts = vectors.passages + len(extra)
    return centroid(sentences, frequency, texts, sum(units.chars for units in read))


def _layers(units: Sequence[Unit]) -> dict[float, list[Hashable]]:
    """What counts together: a portfolio of a main section, its weaknesses; and each part of it."""
    groups: list[Hashable] = [
        (unit.main, unit.kind, unit.portfolios[:1] if unit.kind == PORTFOLIO else ())
        for unit in units
    ]
    parts: list[Hashable] = [(group, unit.part) for group, unit in zip(groups, units, strict=True)]
    return {_OF_GROUPS: groups, _OF_PARTS: parts}


@dataclass(frozen=True)
class _Named:
    """A slot, and what it is called; ``speaking`` are all stretches by which it is heard."""

    kind: str
    name: str
    slot: Slot
    speaking: frozenset[int]

    def unheard(self, chosen: Sequence[int]) -> bool:
        """Whether none of the chosen stretches speaks of it."""
        return self.speaking.isdisjoint(chosen)


def _slots(report: Report, read: Units) -> list[_Named]:
    """What has to be heard, by rank: main sections, weaknesses, plans, portfolios."""
    units = read.units
    by_main: dict[int | None, list[int]] = {}
    for at, unit in enumerate(units):
        by_main.setdefault(unit.main, []).append(at)
    found = [
        _named(SECTION, report.sections[number].heading, units, by_main.get(number, []))
        for number in read.mains
    ]
    for kind in (WEAKNESSES, PLANS):
        members = [at for at, unit in enumerate(units) if unit.kind == kind]
        found.append(_named(kind, kind, units, members))
    for name in (*report.info.declared, *report.portfolios):
        if name not in report.portfolios or any(
            slot.kind == PORTFOLIO and slot.name == name for slot in found
        ):
            continue
        members = [at for at, unit in enumerate(units) if name in unit.portfolios]
        members = members or [at for at, unit in enumerate(units) if name in unit.around]
        done = [at for at in members if units[at].kind == PORTFOLIO]
        slot = replace(_named(PORTFOLIO, name, units, done or members), speaking=frozenset(members))
        if name not in report.info.declared:
            # What is mentioned beside others has to say something to be heard.
            telling = tuple(at for at in slot.slot.members if units[at].has_figure)
            slot = replace(slot, slot=Slot(telling))
        found.append(slot)
    return [slot for slot in found if slot.slot.members or slot.kind in {SECTION, PORTFOLIO}]


def _named(kind: str, name: str, units: Sequence[Unit], members: Sequence[int]) -> _Named:
    """A slot with the stretches that have substance, else those that say anything of their own.

    A main section is heard with whatever it says.
    """
    best = [at for at in members if units[at].has_substance and units[at].against < _HOLLOW]
    fair = [at for at in members if units[at].against < _HOLLOW]
    rest = members if kind == SECTION else ()
    return _Named(kind, name, Slot(tuple(best or fair or rest)), frozenset(members))


def _sentence(report: str, text: str, unit: Unit, score: float) -> SummarySentence:
    """A stretch as it is given out; ``text`` is its own."""
    return SummarySentence(
        report=report,
        section=unit.sentence.section,
        portfolios=unit.portfolios,
        slot=_slot_of(unit),
        text=text,
        passage=unit.sentence.passage,
        start=unit.start,
        end=unit.end,
        is_cut_before=unit.stretch.is_cut_before,
        is_cut_after=unit.stretch.is_cut_after,
        score=score,
    )


def _slot_of(unit: Unit) -> str:
    if unit.kind == PORTFOLIO:
        return unit.portfolios[0]
    return unit.kind if unit.kind in {WEAKNESSES, PLANS, SECTION} else BEST
