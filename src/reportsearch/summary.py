"""The best of a report in a few hundred characters, or of several; see ``nlp/summary/``.

Words are weighed by the passages of the index (see ``vectorstore/``): how many have the word. A
file that is not in the index is weighed by the same, with its own sentences added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reportsearch.commonplaces import Commonplaces
from reportsearch.errors import QueryError
from reportsearch.holdings import Holdings, Told, stage
from reportsearch.models import (
    BEST,
    PLANS,
    PORTFOLIO,
    SECTION,
    WEAKNESSES,
    Report,
    Summary,
    SummarySentence,
    Unheard,
)
from reportsearch.nlp.compared import Compared
from reportsearch.nlp.formulae import Phrases, mask
from reportsearch.nlp.summary.choosing import Slot, choose
from reportsearch.nlp.summary.content import centroid
from reportsearch.nlp.summary.pooling import stock_of
from reportsearch.nlp.summary.reading import Marks, Reading, Unit, Units
from reportsearch.query import Where
from reportsearch.structure.closing import body_of


_OF_GROUPS, _OF_PARTS = 0.6, 0.5
"""What portfolios and main sections weigh, and what the parts of them."""
_HOLLOW = 0.9
"""What tells so much against a stretch leaves it nothing to say."""


def of_report(
    held: Holdings, report: Report, chars: int, *, draft: str | Path | None, progress: Told | None
) -> Summary:
    """The summary of one report, or of the one in the file ``draft``."""
    vectors = held.vectors(stage(progress, "counting words"))
    collection = held.collection(stage(progress, "reading the reports"))
    if progress:
        progress(0, 0, "choosing")
    own = frozenset(held.read_from(draft)) if draft is not None else frozenset()
    commonplaces = Commonplaces(
        vectors, collection, held.phrases, collection.formula_officials, own
    )
    marks = _marks(report, lambda text: commonplaces.mask(text))
    found = _reading(held).units(report, marks)
    extra = found.words if draft is not None else ()
    worth = _worth(held, [found], extra)
    slots = _slots(report, found.units)
    stock = stock_of(found.units, worth, _layers(found.units), chars)
    choice = choose(stock, [slot.slot for slot in slots], chars)
    taken = [found.units[number] for number in choice.numbers]
    sentences = _sentences(report, taken, choice.worth)
    return Summary(
        report=report.info,
        reports=(report.info,) if taken else (),
        matched=1,
        chars=chars,
        used=sum(len(sentence.text) for sentence in sentences),
        sentences=sentences,
        missing=tuple(Unheard(slots[at].kind, slots[at].name) for at in choice.unheard),
    )


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
    held: Holdings, read: Sequence[Units], extra: Sequence[Sequence[str]]
) -> dict[str, float]:
    """What each word is worth; ``extra`` are sentences that are no part of the index."""
    sentences = [words for units in read for words in units.words]
    vectors = held.vectors()
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
    parts: list[Hashable] = [
        (group, unit.part) for group, unit in zip(groups, units, strict=True)
    ]
    return {_OF_GROUPS: groups, _OF_PARTS: parts}


@dataclass(frozen=True)
class _Named:
    """A slot, and what it is called."""

    kind: str
    name: str
    slot: Slot


def _slots(report: Report, units: Sequence[Unit]) -> list[_Named]:
    """What has to be heard, by rank: main sections, weaknesses, plans, portfolios."""
    found = []
    for number, section in enumerate(report.sections):
        if section.parent is None:
            members = [at for at, unit in enumerate(units) if unit.main == number]
            found.append(_named(SECTION, section.heading, units, members))
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
        found.append(_named(PORTFOLIO, name, units, done or members))
    return [
        slot for slot in found if slot.slot.members or slot.kind in {SECTION, PORTFOLIO}
    ]


def _named(kind: str, name: str, units: Sequence[Unit], members: Sequence[int]) -> _Named:
    """A slot with the stretches that have substance, else those that say anything of their own.

    A main section is heard with whatever it says.
    """
    best = [at for at in members if units[at].has_substance and units[at].against < _HOLLOW]
    fair = [at for at in members if units[at].against < _HOLLOW]
    rest = members if kind == SECTION else ()
    return _Named(kind, name, Slot(tuple(best or fair or rest)))


def _sentences(
    report: Report, units: Sequence[Unit], worth: Sequence[float]
) -> tuple[SummarySentence, ...]:
    taken = [
        (
            unit.start,
            SummarySentence(
                report=report.id,
                section=unit.sentence.section,
                portfolios=unit.portfolios,
                slot=_slot_of(unit),
                text=report.text[unit.start : unit.end],
                passage=unit.sentence.passage,
                start=unit.start,
                end=unit.end,
                is_cut_before=unit.stretch.is_cut_before,
                is_cut_after=unit.stretch.is_cut_after,
                score=score,
            ),
        )
        for unit, score in zip(units, worth, strict=True)
    ]
    return tuple(sentence for _, sentence in sorted(taken, key=lambda entry: entry[0]))


def _slot_of(unit: Unit) -> str:
    if unit.kind == PORTFOLIO:
        return unit.portfolios[0]
    return unit.kind if unit.kind in {WEAKNESSES, PLANS, SECTION} else BEST
