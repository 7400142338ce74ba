"""The answers of year_on_year: characters are counted as those of reuse are."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo
from reportsearch.models.reuse import SharedSpan

KEPT = "kept"
CHANGED = "changed"
NEW = "new"
DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, and where it stands."""

    section: tuple[str, ...]
    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a sentence from one report to the next.

    ``kind`` is ``kept`` (the same compared characters), ``changed``, ``new`` (no ``before``) or
    ``dropped`` (no ``now``). ``similarity`` is 0 to 1, and takes any number for the same; ``spans``
    of a changed one tell what both have, no number being cut: ``query`` is the span of ``now``,
    ``passage`` that of ``before``.
    """

    kind: str
    now: Sentence | None
    before: Sentence | None
    similarity: float
    spans: tuple[SharedSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """A section of this report set against the report before.

    ``section`` is its path of headings, empty for what stands before the first heading; ``is_gone``
    tells that it is a section of the report before with no counterpart. ``before`` are the sections
    of the report before from which its sentences come. The numbers count compared characters:
    those ``dropped`` are of the report before, all others of this one.
    """

    section: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    is_gone: bool
    kept: int
    changed: int
    new: int
    dropped: int
    changes: tuple[Change, ...]


MIN_CLEAR_SCORE = 0.04
"""The cosine from which on a passage seems to answer a plan.

Chosen by the plans of the shipped reports whose answers careful readers have found: below it 11 of
15 passages answer nothing, and each plan has a better one; from it on 23 of 27 do, or are near.
"""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage of this report that is near to a plan of the one before.

    ``score`` is a cosine; ``is_plan`` tells that the passage is a plan, too, ``shares_words`` that
    it has a word of content in common with the plan, one that few passages have. ``repeats`` tells
    that it says the plan again, at least half of its sentences' characters word for word. Of the
    ``chars`` of its own sentences ``kept`` are in sentences that the report before has, too;
    ``new_score`` is the cosine of what is left without them and without the plan, where it repeats
    it; else it is ``score``.
    """

    passage: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    is_plan: bool
    shares_words: bool
    repeats: bool
    chars: int
    kept: int
    new_score: float

    @property
    def is_clear(self) -> bool:
        """Whether it is clearly near to the plan; else it is but a candidate."""
        return self.score >= MIN_CLEAR_SCORE

    @property
    def is_old(self) -> bool:
        """Whether most of it stands word for word in the report before."""
        return 2 * self.kept > self.chars

    @property
    def is_answer(self) -> bool:
        """Whether it seems to answer the plan.

        Neither another plan does, nor what is mostly last year's text, nor the plan itself with
        nothing more about it.
        """
        if self.is_plan or (self.is_old and not self.repeats):
            return False
        return self.is_clear and self.new_score >= MIN_CLEAR_SCORE


ANSWERED = "answered"
REPEATED = "repeated"
SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Plan:
    """A passage of the report before that says what was to come, and what is nearest to it now.

    ``nearest`` are the nearest three passages of this report, best first. ``outcome`` is
    ``answered`` where one of them seems to answer it, ``repeated`` where none does but one says the
    plan again word for word, else ``silent``. Whether it was done is for the reader to say.
    """

    plan: Sentence
    outcome: str
    nearest: tuple[Nearest, ...]

    @property
    def answers(self) -> tuple[Nearest, ...]:
        """Those that seem to answer it."""
        return tuple(near for near in self.nearest if near.is_answer)

    @property
    def repetitions(self) -> tuple[Nearest, ...]:
        """Those that are near to it, but say the same as before, or are plans again."""
        return tuple(near for near in self.nearest if near.is_clear and not near.is_answer)

    @property
    def candidates(self) -> tuple[Nearest, ...]:
        """Those that are not near, but have a word of content in common with it."""
        return tuple(near for near in self.nearest if not near.is_clear and near.shares_words)

    @property
    def fallback_candidates(self) -> tuple[Nearest, ...]:
        """The candidates, where there is nothing nearer to show."""
        return () if self.answers or self.repetitions else self.candidates


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """An official's report set against the one before, sentence by sentence.

    ``chars`` and ``previous_chars`` are the compared characters of their sentences, without titles,
    headings, numbering and signatures; the other numbers are
    the sums of those of ``sections``.

    A first sentence of a paragraph that is but a heading, title or signature of the other report is
    none here, either.
    """

    report: ReportInfo
    previous: ReportInfo
    chars: int
    previous_chars: int
    kept: int
    changed: int
    new: int
    dropped: int
    sections: tuple[SectionChanges, ...]
    plans: tuple[Plan, ...]

    def count_sentences(self, kind: str) -> int:
        """How many sentences are of a kind: those dropped of the report before, others of this."""
        changes = (change for section in self.sections for change in section.changes)
        return sum(change.kind == kind for change in changes)

    def count_plans(self, outcome: str) -> int:
        """How many plans have an outcome."""
        return sum(plan.outcome == outcome for plan in self.plans)
