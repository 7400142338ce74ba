"""The stretches of a report that a summary can choose from, with what each is about and says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.summary.clauses import DOCUMENT, FIGURE, Cutter, Stretch
from reportsearch.analysis.summary.content_units import Reader, Thing
from reportsearch.analysis.summary.sentence_roles import About
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.reuse import Sentence
from reportsearch.models.summary import PLANS, PORTFOLIO, SECTION, WEAKNESSES
from reportsearch.normalise import fold, normalise
from reportsearch.structure.heading_labels import label
from reportsearch.structure.sentences import sentences_of

_EACH = 0.3
"""What tells against any stretch: many short ones read badly."""
_CUT_BEFORE, _CUT_AFTER = 0.06, 0.03
_FORMULA = 0.04
"""For each character of a formula."""
_COURTESY = 1.0
_ATTITUDE = 0.25
_STORY = 0.5
_SLOGAN, _LONGEST_SLOGAN = 0.3, 26
"""What tells against a short sentence without a fact, mostly a heading inside a paragraph."""
_TELLING = {"figure", "document", "wanting", "intended"}
_LAST_YEAR = 0.25

Cut = Callable[[str], Iterable[tuple[str, int]]]
"""A folded text into words and their places."""
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of a report that stands alone.

    ``main`` is the number of its outermost section, None before the first, ``part`` that of the
    section inside it, None where there is none; ``portfolios`` are those that it speaks of,
    ``around`` others to which its sentence points; ``kind`` is ``portfolio``, ``weaknesses``,
    ``plans``, ``section``, ``opening`` or ``closing``. ``first`` and ``last`` number the statements
    of the report that it lies in. ``words`` are those that count, ``things`` all else that it
    says, ``figures`` how its figures are written; ``against`` is what tells against it,
    ``has_substance`` that it says what its kind is there for, ``closes`` that it thanks or pledges.
    """

    sentence: Sentence
    stretch: Stretch
    start: int
    end: int
    main: int | None
    part: int | None
    kind: str
    portfolios: tuple[str, ...]
    around: tuple[str, ...]
    first: int
    last: int
    words: tuple[str, ...]
    things: tuple[Thing, ...]
    figures: tuple[str, ...]
    against: float
    has_substance: bool
    closes: bool

    @property
    def has_figure(self) -> bool:
        """Whether it has a figure, or a document that was made."""
        return any(thing.name[0] in {"figure", "document"} for thing in self.things)

    @property
    def chars(self) -> int:
        """The characters that it takes."""
        return self.end - self.start


@dataclass(frozen=True)
class Units:
    """What a report offers: its stretches, and the words of each of its sentences.

    ``mains`` are the numbers of the outermost sections that have a sentence, ``chars`` the
    characters of all sentences.
    """

    units: tuple[Unit, ...]
    words: tuple[tuple[str, ...], ...]
    chars: int
    mains: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """Reads reports by the word lists; ``cut`` cuts a folded text into words."""

    lexicon: Lexicon
    cut: Cut

    def units(self, report: Report, marks: Marks, passages: Collection[str] | None = None) -> Units:
        """The stretches of a report, by place.

        ``marks`` tells which characters of its clean text are part of a formula. With ``passages``
        only theirs.
        """
        everything = list(_with_headings(report))
        view = About(report, everything, self.lexicon, self._reader)
        sentences = [
            sentence for sentence in everything if passages is None or sentence.passage in passages
        ]
        units: list[Unit] = []
        words = []
        statements = 0
        for number, sentence in enumerate(sentences):
            found, of_sentence = self._units_of(sentence, view, marks, number, statements)
            units += found
            words.append(of_sentence)
            statements = max((unit.last + 1 for unit in found), default=statements)
        chars = sum(sentence.end - sentence.start for sentence in sentences)
        mains = dict.fromkeys(view.main(sentence) for sentence in sentences)
        return Units(
            tuple(units),
            tuple(words),
            chars,
            tuple(number for number in mains if number is not None),
        )

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self.lexicon.summary)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.lexicon.summary, self.lexicon.stop_words)

    def _units_of(
        self, sentence: Sentence, view: About, marks: Marks, number: int, statements: int
    ) -> tuple[list[Unit], tuple[str, ...]]:
        """The stretches of one sentence, and its words."""
        text = normalise(sentence.text)
        places = range(len(text.text)) if text.offsets is None else text.offsets
        formula = [bool(marks[sentence.start + place]) for place in places]
        words = list(self._reader.words_of(self.cut(text.text), formula))
        main, kind = view.main(sentence), view.kind(sentence)
        facts = self._reader.facts(
            text.text, str(number), is_wanting=kind == WEAKNESSES, is_plan=kind == PLANS
        )
        found = []
        for stretch in self._cutter.stretches(text.text):
            start, end = text.original(stretch.start, stretch.end)
            portfolios = view.portfolios(sentence, text.text, stretch)
            inside = tuple(
                thing
                for thing in facts
                if stretch.start <= thing.start and thing.end <= stretch.end
            )
            part = text.text[stretch.start : stretch.end]
            if "\t" in sentence.text[start:end]:
                # A row of a table.
                continue
            closes = self._reader.closes(part)
            of_kind = PORTFOLIO if kind == SECTION and portfolios else kind
            found.append(
                Unit(
                    sentence=sentence,
                    stretch=stretch,
                    start=sentence.start + start,
                    end=sentence.start + end,
                    main=main,
                    part=view.part(sentence),
                    kind=of_kind,
                    portfolios=portfolios,
                    around=view.around(sentence),
                    first=statements + stretch.first,
                    last=statements + stretch.last,
                    words=tuple(
                        word
                        for word, at in words
                        if stretch.start <= at and at + len(word) <= stretch.end
                    ),
                    things=inside,
                    figures=tuple(
                        text.text[thing.start : thing.end]
                        for thing in inside
                        if thing.name[0] == "figure"
                    ),
                    against=self._against(part, stretch, inside, closes=closes)
                    + _LAST_YEAR * view.looks_back(part)
                    + _FORMULA * sum(formula[stretch.start : stretch.end]),
                    has_substance=not closes and _has_substance(of_kind, inside),
                    closes=closes,
                )
            )
        return found, tuple(word for word, _ in words)

    def _against(
        self, part: str, stretch: Stretch, things: Sequence[Thing], *, closes: bool
    ) -> float:
        against = _EACH + _COURTESY * closes
        against += _CUT_BEFORE * stretch.is_cut_before + _CUT_AFTER * stretch.is_cut_after
        if not things and self._reader.is_attitude(part):
            against += _ATTITUDE
        is_short = _is_whole(stretch) and len(part) <= _LONGEST_SLOGAN
        if is_short and not any(thing.name[0] in _TELLING for thing in things):
            against += _SLOGAN
        if self._reader.is_story(part):
            against += _STORY
        return against


def _is_whole(stretch: Stretch) -> bool:
    return not (stretch.is_cut_before or stretch.is_cut_after)


def _has_substance(kind: str, things: Sequence[Thing]) -> bool:
    kinds = {thing.name[0] for thing in things}
    if kind == WEAKNESSES:
        return "wanting" in kinds
    return bool(kinds & {"figure", "document", "finished", "intended"})


def _with_headings(report: Report) -> Iterator[Sentence]:
    """The sentences of a report, with the headings that have a figure or a document in them."""
    found = list(sentences_of(report))
    starts = [sentence.start for sentence in found]
    passage_starts = [passage.start for passage in report.passages]
    extra = []
    for section in report.sections:
        heading = report.text[section.start : section.heading_end]
        numbering = label(heading)
        start = section.start + (numbering.end if numbering else 0)
        start += len(report.text[start : section.heading_end]) - len(
            report.text[start : section.heading_end].lstrip()
        )
        text = report.text[start : section.heading_end].rstrip()
        folded = fold(text)
        if not (FIGURE.search(folded) or DOCUMENT.search(folded)):
            continue
        at = bisect_right(starts, start) - 1
        if at >= 0 and found[at].end > start:
            continue
        passage = report.passages[bisect_right(passage_starts, start) - 1]
        extra.append(Sentence(passage.section, passage.id, start, start + len(text), text))
    return iter(sorted((*found, *extra), key=lambda sentence: sentence.start))


def moved(unit: Unit, by: int) -> Unit:
    """A stretch with other numbers of its statements: those of one report among several."""
    return replace(unit, first=unit.first + by, last=unit.last + by)
