"""The answers of similar and reuse.

Characters are counted as they are compared: folded (see normalise.py), without punctuation, white
space and the ``*`` of masked values. Offsets are those of the clean text, as everywhere. A rate
is a share, 0 to 1, of the compared characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

DEFAULT_MIN_CHARS = 13
"""The shortest run that counts where no other number is given: the usual one of 查重."""
LOWEST_MIN_CHARS = 5
"""The shortest run that can be asked for: what is shorter stands everywhere, and means nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is compared without being added: its name, whose ending may tell its kind.

    It is held in memory alone. Only what LibreOffice has to convert (.doc, .rtf) is on disk, for as
    long as it does, in a folder that the reading process removes, also when this one is killed.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Whose:
    """Who a draft says that it is of, where nobody told.

    ``official`` is the official of the index whom its title or first lines name, None where they
    name none or several. ``seems`` is that, else the region with the post, which the draft tells;
    empty where it does not. ``namesakes`` are the officials of the index with this region and post.
    """

    official: str | None
    seems: str
    namesakes: tuple[str, ...]


EXACT = "exact"
EDITED = "edited"
FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class SharedSpan:
    """What a passage shares with the one that was asked about: a span of each one's clean text.

    ``kind`` is ``exact``; ``formula``, which is exact too but stands in many reports; or
    ``edited``: small edits between exact runs, of which one side may be empty.
    """

    query: tuple[int, int]
    passage: tuple[int, int]
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of what was asked about; ``passage`` is its id, where it is in the index."""

    number: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """A passage that is like a part of what was asked about.

    ``part`` is the number of that part, ``score`` the cosine of the two, 0 to 1, and ``coverage``
    the share of the part's compared characters that are in exact runs of four characters or more.
    ``spans`` are these, without what they have of a number or Latin word that goes on; the exact
    and formula ones overlap on neither side.
    """

    part: int
    passage: str
    report: ReportInfo
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    coverage: float
    spans: tuple[SharedSpan, ...]


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The parts of what was asked about, and for each the nearest passages, best first.

    ``compared`` is the number of passages that were compared with each part; a passage that is one
    of them is no hit for itself.
    """

    parts: tuple[Part, ...]
    compared: int
    hits: tuple[SimilarHit, ...]


@dataclass(frozen=True, slots=True)
class ReusedSpan:
    """A stretch of a report that also stands in another one.

    ``start`` and ``end`` are its place in the report, ``source_start`` and ``source_end`` the first
    place in the other one; ``passage`` and ``source_passage`` the ids of the passages in which it
    starts. ``chars`` counts the report's compared characters in it. ``kind`` is
    ``exact`` (a run of at least ``min_chars`` that cannot be made longer), ``formula`` (such a
    run that is all made of formulae) or ``edited`` (what stands between or beside exact runs with
    small edits; no part of any rate but ``rate_with_edits``).
    """

    start: int
    end: int
    source_start: int
    source_end: int
    chars: int
    kind: str
    text: str
    source_text: str
    passage: str
    source_passage: str


@dataclass(frozen=True, slots=True)
class ReusedPlace:
    """Sentences of a report and of another one that share something, as they are shown.

    ``spans`` are what they share: ``query`` is the span in the report, ``passage`` that in the
    other one. They are those of the ReusedSpans but for what would look false: no number, word in
    Latin letters or paragraph is cut, and what goes less than six characters beyond a sentence end
    is left out. So they may have a few characters less than what is counted. ``chars`` counts the
    compared characters of the exact and formula ones, ``edited_chars`` those of the rest; ``run``
    is the length of the longest counted run of which these are parts, 0 where there is none. The
    offsets and texts are those of whole sentences, of very long ones what is around the spans;
    ``passage`` and ``source_passage`` the passages in which the first spans start.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    chars: int
    edited_chars: int
    run: int
    text: str
    source_text: str
    passage: str
    source_passage: str
    spans: tuple[SharedSpan, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Another report that has text in common with the one that was asked about.

    ``is_own`` tells that it is the same official's. ``chars`` are the report's characters that
    stand in it in exact runs, ``chars_without_formulae`` those of them that are no part of a
    formula, ``edited_chars`` those that stand in it with small edits. ``longest`` is the longest
    exact run. ``spans`` are what is counted, ``places`` the same as it is shown.
    """

    report: ReportInfo
    is_own: bool
    chars: int
    chars_without_formulae: int
    edited_chars: int
    rate: float
    longest: int
    spans: tuple[ReusedSpan, ...]
    places: tuple[ReusedPlace, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """A string that stands in many reports of many officials, or a set phrase of the word lists.

    ``reports`` and ``officials`` count those of the index in which it stands. ``spans`` are its
    places in the report that was asked about, and ``passages`` the ids of the passages in which
    they start; where the whole index was asked about, the first passage of each of the first three
    reports.
    """

    text: str
    chars: int
    reports: int
    officials: int
    is_set_phrase: bool
    passages: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reuse:
    """How much of a report also stands elsewhere in the index.

    ``chars`` are its compared characters, ``shared`` those in exact runs of at least ``min_chars``
    that also stand in another report, ``rate`` their share. Of the same, each
    of these leaves something out: ``rate_without_formulae`` what is part of a formula,
    ``rate_without_own`` what stands only in the same official's own earlier reports,
    ``rate_from_others`` what stands only in the same official's own reports, earlier or later,
    ``rate_from_others_without_formulae`` both that and what is part of a formula,
    ``rate_from_sources`` what stands only in later reports. ``rate_with_edits`` adds what stands
    elsewhere with small edits. ``longest`` is the longest run.

    ``sources`` are earlier reports, those of the same time and those without a time, ``reused_by``
    later ones; both by shared characters. ``formula_officials`` is the number of officials whose
    reports a string must stand in to be a formula. ``is_draft`` tells that it is not in the
    index, ``left_out`` names reports of the index that were read from the draft's own file,
    ``starts`` are the places where its passages start.
    """

    report: ReportInfo
    text: str
    is_draft: bool
    min_chars: int
    formula_officials: int
    reports: int
    chars: int
    shared: int
    rate: float
    rate_without_formulae: float
    rate_without_own: float
    rate_from_others: float
    rate_from_others_without_formulae: float
    rate_from_sources: float
    rate_with_edits: float
    longest: int
    sources: tuple[Source, ...]
    reused_by: tuple[Source, ...]
    formulae: tuple[Formula, ...]
    left_out: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def other_count(self) -> int:
        """The number of reports that it was compared with."""
        return self.reports - (len(self.left_out) if self.is_draft else 1)


@dataclass(frozen=True, slots=True)
class ReusePair:
    """Two reports of the index with text in common, the later one first.

    ``chars`` are characters of ``report`` that stand in ``source`` in exact runs of at least
    ``min_chars``, ``source_chars`` the other way round; both without formulae, as are the rates.
    ``longest`` is the longest run, formulae included.
    """

    report: str
    title: str
    source: str
    source_title: str
    is_own: bool
    chars: int
    source_chars: int
    rate: float
    source_rate: float
    longest: int


@dataclass(frozen=True, slots=True)
class ReusePairs:
    """The pairs of reports of an index that have text in common, and the formulae.

    ``without_official`` counts the reports whose official is not known: each counts as another's.

    Pairs with fewer than ``min_chars`` characters in common, without formulae, are left out, as are
    set phrases that stand in one report alone. ``matched`` counts all other pairs,
    ``matched_formulae`` all other formulae, of which ``pairs`` and ``formulae`` are the first.
    """

    reports: int
    without_official: int
    chars: int
    min_chars: int
    formula_officials: int
    matched: int
    pairs: tuple[ReusePair, ...]
    matched_formulae: int
    formulae: tuple[Formula, ...]


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
