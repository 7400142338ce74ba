"""The results of reuse, and what those of similar and year_on_year share with them.

Compared characters are folded (see normalise.py), without punctuation, white space and the ``*`` of
masked values; all counts are of these. Offsets refer to the clean text, as everywhere. A rate is a
share, 0 to 1, of the compared characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

DEFAULT_MIN_CHARS = 13
"""Default minimum length of a run that counts, the usual one of 查重."""
LOWEST_MIN_CHARS = 5
"""Lowest minimum length that can be requested; shorter runs occur everywhere and mean nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is compared without being added; the suffix of its name may show its kind.

    It is held in memory. Only files that LibreOffice has to convert (.doc, .rtf) are on disk, and
    only during conversion, in a folder that the reading process removes even if this process is
    killed.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Whose:
    """The author of a draft according to its text, for when nobody stated it.

    ``official`` is the official of the index named in its title or first lines; None if they name
    none or several. ``seems`` is that official, or else the region and post that the draft states;
    empty if it states none. ``namesakes`` are the officials of the index with this region and post.
    """

    official: str | None
    seems: str
    namesakes: tuple[str, ...]


EXACT = "exact"
EDITED = "edited"
FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class SharedSpan:
    """A stretch that a passage shares with the query: a span of each one's clean text.

    ``kind`` is ``exact``; ``formula``, which is exact too but occurs in many reports; or
    ``edited``: small edits between exact runs, where one side may be empty.
    """

    query: tuple[int, int]
    passage: tuple[int, int]
    kind: str


@dataclass(frozen=True, slots=True)
class ReusedSpan:
    """A stretch of a report that also occurs in another one.

    ``start`` and ``end`` are its span in the report, ``source_start`` and ``source_end`` the first
    occurrence in the other one; ``passage`` and ``source_passage`` are the ids of the passages in
    which it starts. ``chars`` counts the report's compared characters in it. ``kind`` is ``exact``
    (a maximal run of at least ``min_chars``), ``formula`` (such a run made up entirely of formulae)
    or ``edited`` (text with small edits between or next to exact runs, which counts only in
    ``rate_with_edits``).
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
    """Sentences of a report and of another one that share text, for display.

    ``spans`` are the shared stretches: ``query`` is the span in the report, ``passage`` that in the
    other one. They are derived from the ReusedSpans but never cut a number, a Latin word or a
    paragraph, and ends that reach less than six characters into the next sentence are trimmed, so
    they may have slightly fewer characters than are counted. ``chars`` counts the compared
    characters of exact and formula spans, ``edited_chars`` those of edited ones. ``run`` is the
    length of the longest counted run that they are parts of, 0 if there is none. Offsets and texts
    cover whole sentences, or in very long ones the surroundings of the spans. ``passage`` and
    ``source_passage`` are the passages in which the first spans start.
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
    """Another report that has text in common with the report examined.

    ``is_own`` means that it is by the same official. ``chars`` counts the characters of the
    examined report that occur in it in exact runs, ``chars_without_formulae`` those of them outside
    formulae, ``edited_chars`` those that occur in it with small edits. ``longest`` is the length of
    the longest exact run. ``spans`` are what is counted, ``places`` the same for display.
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
    """A string that occurs in reports of many officials, or a set phrase of the word lists.

    ``reports`` and ``officials`` count those of the index that use it. ``spans`` are its
    occurrences in the report examined, and ``passages`` the ids of the passages in which they
    start; for a whole index, the first passage of each of the first three reports.
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
    """The amount of text of a report that also occurs elsewhere in the index.

    ``chars`` counts its compared characters, ``shared`` those in exact runs of at least
    ``min_chars`` that also occur in another report; ``rate`` is their share. The other rates
    exclude some of this text: ``rate_without_formulae`` parts of formulae, ``rate_without_own``
    text that occurs only in the same official's earlier reports, ``rate_from_others`` text that
    occurs only in the same official's reports, earlier or later,
    ``rate_from_others_without_formulae`` both of these, and ``rate_from_sources`` text that occurs
    only in later reports. ``rate_with_edits`` adds text that occurs elsewhere with small edits.
    ``longest`` is the length of the longest run.

    ``sources`` are reports that are earlier, of the same time or undated, ``reused_by`` later ones;
    both are sorted by shared characters. A string is a formula if it occurs in reports of
    ``formula_officials`` officials. ``is_draft`` means that the report is not in the index, and
    ``left_out`` names the reports of the index that were read from the draft's own file. ``starts``
    are the offsets at which its passages start.
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
        """Return the number of reports that it was compared with."""
        return self.reports - (len(self.left_out) if self.is_draft else 1)


@dataclass(frozen=True, slots=True)
class ReusePair:
    """Two reports of the index with text in common, the later one first.

    ``chars`` counts the characters of ``report`` that occur in ``source`` in exact runs of at least
    ``min_chars``, ``source_chars`` those of ``source`` in ``report``; both exclude formulae, as do
    the rates. ``longest`` is the length of the longest run, formulae included.
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

    ``without_official`` counts the reports of unknown officials; each is treated as another
    official's.

    Pairs with fewer than ``min_chars`` characters in common, without formulae, are left out, as are
    set phrases that occur in only one report. ``matched`` counts all other pairs and
    ``matched_formulae`` all other formulae; ``pairs`` and ``formulae`` are the first of them.
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
