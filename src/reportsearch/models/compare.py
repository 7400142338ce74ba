"""The results of compare and uses: differences in the terms of groups, and shared terms."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.keywords import Example

WORDS = "words"
PHRASES = "phrases"
TERM_KINDS = (WORDS, PHRASES)
"""Single words, or also strings of up to four words that name something."""


ALL, DECLARING, WRITING, NOBODY = "all", "declaring", "writing", "none"
"""The officials whose shares of a portfolio a group's share is compared with."""


@dataclass(frozen=True, slots=True)
class TermString:
    """The occurrences of a term as a string, also in longer terms and set phrases, as in a search.

    ``per_10k`` is the rate per 10,000 characters, as in ``Uses``; the ``rest_…`` fields are the
    same for the rest. ``is_told`` decides whether a sentence may mention the term. It requires the
    string to be more frequent on the same side, by at least half of the term's log ratio, and to
    occur there at least five times and in at least two passages. It is also False if the term only
    shows who is in charge of what: a name of portfolios that a person has less of and is not in
    charge of, or has more of and is alone in charge of.
    """

    count: int
    passages: int
    per_10k: float
    rest_count: int
    rest_passages: int
    rest_per_10k: float
    is_told: bool


@dataclass(frozen=True, slots=True)
class ComparedTerm:
    """A term that sets a group apart from what it is compared with, the *rest*.

    ``count`` is its number of occurrences in the group outside set phrases, in ``reports`` reports
    of ``units`` officials; ``per_10k`` is the rate per 10,000 words. The ``rest_…`` fields are the
    same for the rest. ``log_ratio`` is the binary logarithm of the ratio of the two rates.
    ``interval`` is its 95 % confidence interval, where None is an infinite end; ``bound`` is the
    end nearest to zero, or 0 if the interval contains zero (LRC). ``g2`` is the log-likelihood (G²)
    of the numbers of officials with and without the term, ``p`` the p-value of the rank-sum test of
    the officials' rates, ``q`` its false discovery rate (Benjamini–Hochberg over all testable
    terms). All three are None where one side is a single official; ``p`` and ``q`` also where a
    term is too rare for any test.

    ``dispersion`` is DP: 0 for a term spread evenly over the officials of the group (over the
    sections of a single one), near 1 if one of them has all occurrences. ``is_name`` marks, in the
    group of a single official, a place or firm that only this official names. ``string`` counts the
    term as a search finds it.
    """

    term: str
    count: int
    reports: int
    units: int
    per_10k: float
    rest_count: int
    rest_reports: int
    rest_units: int
    rest_per_10k: float
    log_ratio: float
    interval: tuple[float | None, float | None]
    bound: float
    g2: float | None
    p: float | None
    q: float | None
    dispersion: float
    example: Example
    is_name: bool = False
    string: TermString | None = None


@dataclass(frozen=True, slots=True)
class PortfolioLength:
    """The share of a group's text that is about a portfolio, compared with the others.

    ``chars`` counts the characters, without white space, of its ``passages`` passages about the
    portfolio; ``share`` is their share of the group's characters. A passage about several
    portfolios counts for each of them; in ``divided`` it is divided equally among them.
    ``rest_share`` and ``rest_divided`` are the means of the others' shares, each official counting
    once, and ``rest_units`` the number of those who write about it.

    ``own_share`` is compared with ``reference_share``, the mean of ``reference_units`` officials of
    the rest (``…_divided`` likewise). ``reference_group`` names them. ``all`` is everybody, with
    the shares above. A person whose reports declare duties is compared as ``declaring``: the share
    in this person's reports that declare the portfolio (in all reports if none does) against the
    other officials who declare it, in their reports that do. If no other official declares it, the
    group is ``writing``: all reports of those who write about it; if nobody does, ``none``.
    ``declared`` counts the group's reports that declare it.
    """

    portfolio: str
    chars: int
    share: float
    divided: float
    passages: int
    rest_share: float
    rest_divided: float
    rest_units: int
    reference_group: str
    declared: int
    own_share: float
    own_divided: float
    reference_share: float
    reference_divided: float
    reference_units: int

    @property
    def difference(self) -> float:
        """Return how far the share exceeds the others' mean; negative if it is smaller.

        This is the smaller of the differences by the whole and by the divided count, because a
        section about ten portfolios at once seems to give each of them the whole share. Returns 0
        if the two disagree in sign, and if there is nobody to compare with.
        """
        if self.reference_group == NOBODY:
            return 0.0
        whole = self.own_share - self.reference_share
        divided = self.own_divided - self.reference_divided
        if whole * divided <= 0:
            return 0.0
        return min(whole, divided, key=abs)


@dataclass(frozen=True, slots=True)
class DutyPassages:
    """A portfolio, the ids of some reports of a group, and passages of them.

    For a portfolio declared but not reported, the passages are those that declare it; for one only
    mentioned in words, those that contain the words; for one reported but not declared, those about
    it.
    """

    portfolio: str
    reports: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDuties:
    """The duties that an official or a report declares, compared with what the reports are about.

    ``declared`` are the portfolios of the opening sentences, by name; without any, none can be
    missing or undeclared. ``not_reported`` are those that no passage is about and no word points
    to, ``mentioned`` those that only words point to. ``unknown`` are the items of the opening that
    belong to no portfolio of the word list.
    """

    declared: tuple[str, ...]
    not_reported: tuple[DutyPassages, ...]
    not_declared: tuple[DutyPassages, ...]
    mentioned: tuple[DutyPassages, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The terms of a group, the most distinctive first.

    ``against`` is the value of the group that it is compared with, or empty for all the rest.
    ``units`` counts officials, ``words`` the words and ``chars`` the characters of its passages,
    and ``years`` are those of its reports; the ``rest_…`` fields are the same for the rest.
    ``by_section`` marks a comparison in which nothing can be significant, because one side is a
    single official or has at most one with words outside set phrases; intervals then treat the
    sections of that official as the sample. ``candidates`` counts the testable terms, or where
    nothing can be tested the terms of the group; ``significant`` those with q < .05 that are more
    frequent here.

    ``rest_others`` counts the officials of the rest who have nothing in the group. ``rest_untold``
    counts those of them who do not state their duties, or who head a government (only for the group
    of one person, else 0). ``portfolios`` are those that the group or the rest writes about, by
    name; empty if the groups are portfolios.
    """

    value: str
    against: str
    reports: int
    units: int
    passages: int
    chars: int
    words: int
    rest_reports: int
    rest_units: int
    rest_passages: int
    rest_words: int
    by_section: bool
    candidates: int
    significant: int
    terms: tuple[ComparedTerm, ...]
    less: tuple[ComparedTerm, ...] = ()
    rest_posts: tuple[str, ...] = ()
    duties: GroupDuties | None = None
    portfolios: tuple[PortfolioLength, ...] = ()
    rest_chars: int = 0
    rest_others: int = 0
    rest_untold: int = 0
    years: tuple[int, ...] = ()
    rest_years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRate:
    """The frequency of a term in a group.

    ``count`` is its number of occurrences, ``per_10k`` its rate per 10,000 words, ``reports`` the
    number of reports that contain it.
    """

    value: str
    count: int
    per_10k: float
    reports: int
    example: Example


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term that all groups use about as often; ``groups`` are in the order of the result."""

    term: str
    groups: tuple[GroupRate, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of passages by the values of a field, compared by their terms.

    ``terms`` is ``words`` or ``phrases``. ``reports`` counts the selected reports, ``without``
    those that have no value in the field, ``both`` the passages left out because they are in both
    of two groups. ``empty`` are the requested values that select nothing. ``shared`` are the terms
    that all groups have in common, the most frequent first.
    """

    by: str
    terms: str
    pairwise: bool
    reports: int
    without: int
    both: int
    empty: tuple[str, ...]
    groups: tuple[ComparedGroup, ...]
    shared: tuple[SharedTerm, ...]


@dataclass(frozen=True, slots=True)
class UsePoint:
    """The use of a term in one group, such as a year.

    ``count`` is the number of occurrences in ``chars`` characters, ``per_10k`` the rate per 10,000
    characters. Its 95 % confidence ``interval`` treats officials as the sample (the sections of a
    single one); it is None if there is no text. ``reports_with`` of ``reports`` reports and
    ``units_with`` of ``units`` officials use the term. ``example`` is None if it does not occur.
    """

    value: str
    reports: int
    reports_with: int
    units: int
    units_with: int
    chars: int
    count: int
    per_10k: float
    interval: tuple[float, float] | None
    example: Example | None


@dataclass(frozen=True, slots=True)
class TermUse:
    """The use of a term over groups.

    ``first`` is its first use by date, None if nobody uses it. ``points`` are by value; years
    without reports between the first and the last year are included with 0 reports.
    """

    term: str
    first: Example | None
    first_dated: str
    points: tuple[UsePoint, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """The use of terms over the values of a field; ``without`` reports have no value in it."""

    by: str
    reports: int
    without: int
    terms: tuple[TermUse, ...]
