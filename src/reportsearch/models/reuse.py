"""The answers of reuse, and what those of similar and year_on_year have in common with them.

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
