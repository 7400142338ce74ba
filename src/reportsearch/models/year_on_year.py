"""The results of year_on_year. Characters are counted as in reuse."""

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
    """A sentence of a report and its position."""

    section: tuple[str, ...]
    passage: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """The fate of a sentence from one report to the next.

    ``kind`` is ``kept`` (the same compared characters), ``changed``, ``new`` (no ``before``) or
    ``dropped`` (no ``now``). ``similarity``, 0 to 1, treats all numbers as equal. ``spans`` mark
    what both versions of a changed sentence share, without cutting a number: ``query`` is the span
    of ``now``, ``passage`` that of ``before``.
    """

    kind: str
    now: Sentence | None
    before: Sentence | None
    similarity: float
    spans: tuple[SharedSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionChanges:
    """A section of this report compared with the previous report.

    ``section`` is its path of headings, empty for text before the first heading. ``is_gone`` marks
    a section of the previous report without a counterpart. ``before`` are the sections of the
    previous report that its sentences come from. The numbers count compared characters: ``dropped``
    those of the previous report, the others those of this one.
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
"""Minimum cosine similarity at which a passage seems to answer a plan.

Chosen on the plans of the shipped reports whose answers careful readers have found: below it, 11 of
15 passages answer nothing, and each plan has a better one; above it, 23 of 27 answer the plan or
come near.
"""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage of this report that is near to a plan of the previous one.

    ``score`` is a cosine similarity. ``is_plan`` means that the passage is itself a plan,
    ``shares_words`` that it shares a rare content word with the plan, ``repeats`` that it contains
    at least half of the plan's characters in sentences repeated word for word. Of the ``chars`` of
    its own sentences, ``kept`` are in sentences that the previous report also has. If the passage
    repeats the plan, ``new_score`` is the cosine similarity of what remains of it without these
    sentences and the plan; else it equals ``score``.
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
        """Return whether it is clearly near to the plan, rather than a mere candidate."""
        return self.score >= MIN_CLEAR_SCORE

    @property
    def is_old(self) -> bool:
        """Return whether most of it occurs word for word in the previous report."""
        return 2 * self.kept > self.chars

    @property
    def is_answer(self) -> bool:
        """Return whether it seems to answer the plan.

        Another plan is not an answer, nor is text mostly taken over from the previous year, nor the
        plan itself with nothing added.
        """
        if self.is_plan or (self.is_old and not self.repeats):
            return False
        return self.is_clear and self.new_score >= MIN_CLEAR_SCORE


ANSWERED = "answered"
REPEATED = "repeated"
SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan in the previous report, and the passages of this report nearest to it.

    ``nearest`` are the nearest three passages, best first. ``outcome`` is ``answered`` if one of
    them seems to answer the plan, ``repeated`` if none does but one repeats the plan word for word,
    else ``silent``. Readers must judge for themselves whether the plan was carried out.
    """

    plan: Sentence
    outcome: str
    nearest: tuple[Nearest, ...]

    @property
    def answers(self) -> tuple[Nearest, ...]:
        """Return the passages that seem to answer it."""
        return tuple(near for near in self.nearest if near.is_answer)

    @property
    def repetitions(self) -> tuple[Nearest, ...]:
        """Return the passages that are near to it but are old text or plans themselves."""
        return tuple(near for near in self.nearest if near.is_clear and not near.is_answer)

    @property
    def candidates(self) -> tuple[Nearest, ...]:
        """Return the passages that are not near to it but share a content word with it."""
        return tuple(near for near in self.nearest if not near.is_clear and near.shares_words)

    @property
    def fallback_candidates(self) -> tuple[Nearest, ...]:
        """Return the candidates if there is nothing nearer to show, else nothing."""
        return () if self.answers or self.repetitions else self.candidates


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """An official's report compared with the previous one, sentence by sentence.

    ``chars`` and ``previous_chars`` count the compared characters of their sentences, without
    titles, headings, numbering and signatures; the other numbers are the sums over ``sections``.

    The first sentence of a paragraph is also excluded if it is merely a heading, title or signature
    of the other report.
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
        """Count the sentences of a kind: dropped ones of the previous report, others of this."""
        changes = (change for section in self.sections for change in section.changes)
        return sum(change.kind == kind for change in changes)

    def count_plans(self, outcome: str) -> int:
        """Count the plans with an outcome."""
        return sum(plan.outcome == outcome for plan in self.plans)
