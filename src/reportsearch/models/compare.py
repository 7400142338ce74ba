"""How groups of passages differ in the terms they use, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.keywords import Example

WORDS = "words"
PHRASES = "phrases"
TERM_KINDS = (WORDS, PHRASES)
"""Single words, or also the strings of up to four words that name something."""


ALL, DECLARING, WRITING, NOBODY = "all", "declaring", "writing", "none"
"""Whose shares of a portfolio are set beside a group's."""


@dataclass(frozen=True, slots=True)
class TermString:
    """A term as a search for it finds it: as a string, in longer terms and set phrases as well.

    ``per_10k`` is in 10,000 characters, as in ``Uses``; the same of the rest. ``is_told`` tells
    whether a sentence may tell of the term: the string is more frequent on the same side, by half
    of the term's log ratio at least, and stands there five times and in two passages or more; and
    the term does not only tell who is in charge of what, as a name of portfolios that a person has
    less of and is not in charge of, or more of and is alone in charge of.
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

    ``count`` is how often it occurs in the group outside set phrases, in ``reports`` reports of
    ``units`` officials; ``per_10k`` how often in 10,000 words. The same of the rest. ``log_ratio``
    is the binary logarithm of the ratio of both rates, ``interval`` its 95 % interval, an end of
    which is None where it has no bound, and ``bound`` the end of that which is nearest to zero, 0
    where zero is in it (LRC). ``g2`` is the log-likelihood of the numbers of officials with and
    without the term, ``p`` that of the rank-sum test of the officials' rates, ``q`` its rate of
    false discoveries (Benjamini-Hochberg over all terms that can be tested). All three are None
    where one of the two is a single official, ``p`` and ``q`` also where a term is too rare for
    any test.
    ``dispersion`` is DP: 0 where the term is spread evenly over the officials of the group (over
    the sections of a single one), near 1 where one of them has all. ``is_name`` tells of the group
    of a single official that the term is a place or firm that only this one names. ``string`` is
    the same as a search finds it.
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
    """How much of a group's text is about a portfolio, beside the others.

    ``chars`` are the characters of its ``passages`` passages about it, blanks left out, ``share``
    their part of all the group's characters; a passage about several portfolios counts for each.
    ``divided`` is the same with such a passage divided equally among them. ``rest_share`` and
    ``rest_divided`` are the means of the others' shares, each official's counting once,
    ``rest_units`` the number of those who write about it.

    ``reference_group`` tells whose shares ``own_share`` is compared with: ``reference_share`` is
    the mean of ``reference_units`` officials of the rest (with the same divided). ``all`` are those
    above: of everybody. Of a person whose reports declare duties it is ``declaring``: the share in
    this one's reports that declare the portfolio (in all where none does), beside those of the
    officials who declare it as well, in their reports that do; where no other declares it
    ``writing``: all reports of those who write about it; where there are none of these either
    ``none``. ``declared`` counts the group's reports that declare it.
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
        """How much more than the others on average, below 0 where it is less.

        By either count, whichever tells less: where sections speak of ten portfolios at once, each
        of them seems to have all the room. 0 where the two do not agree, and where there is nobody
        to compare with.
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
    """A portfolio in some reports, by id, of a group, with passages.

    Where it is declared and not reported, the passages are those that declare it; where it is
    mentioned in words alone, those that have the words; where it is reported and not declared,
    those that are about it.
    """

    portfolio: str
    reports: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupDuties:
    """What an official, or a report, declares and what its reports are about, all of them.

    ``declared`` are the portfolios of the openings, by name: where there are none, nothing can be
    missing, and nothing be beyond them. ``not_reported`` are those that neither a passage is about
    nor a word points to, ``mentioned`` those that words alone point to. ``unknown`` are the items
    of the openings that are in no portfolio of the word list.
    """

    declared: tuple[str, ...]
    not_reported: tuple[DutyPassages, ...]
    not_declared: tuple[DutyPassages, ...]
    mentioned: tuple[DutyPassages, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The terms of a group, those that set it apart most first.

    ``against`` is what it is compared with: the value of the other group, or empty for all the
    rest. ``units`` are officials, ``words`` the words of its passages, ``rest_…`` the same of the
    rest. ``by_section`` tells that one of the two is a single official, or that no more than one of
    it has words outside set phrases, so that nothing can be significant: there intervals take the
    sections of that one as what was drawn. ``candidates`` counts the terms that could be tested, or
    where nothing can be those of the group; ``significant`` those with q < .05 that are more
    frequent here. ``years`` are those of its reports, ``rest_others`` the officials of the rest of
    whom nothing is in the group, ``rest_untold`` those of them who do not tell what they are in
    charge of, or head a government (of one person's group, else 0), ``chars`` the characters of its
    passages. ``portfolios`` are those of which the group or the rest writes, by name; none
    where the groups are portfolios.
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
    """How frequent a term is in a group: occurrences, in 10,000 words, reports that have it."""

    value: str
    count: int
    per_10k: float
    reports: int
    example: Example


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A term that all groups use about as often; ``groups`` are in the order of the answer."""

    term: str
    groups: tuple[GroupRate, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups of passages by the values of a field.

    ``terms`` is ``words`` or ``phrases``. ``reports`` counts all reports that were asked about,
    ``without`` those that have no value in the field, ``both`` the passages left out because they
    are in both of two groups, ``empty`` the values that were named and of which nothing is left.
    ``shared`` are terms that all groups have in common, the most frequent first.
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
    """How a term is used in one group (a year, say).

    ``count`` occurrences in ``chars`` characters; ``per_10k`` how often in 10,000 characters, with
    its 95 % ``interval``, which takes officials as what was drawn (of a single one the sections);
    None where there is no text. ``reports_with`` of ``reports`` reports and ``units_with`` of
    ``units`` officials have it. ``example`` is None where it does not occur.
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
    """The use of a term over groups. ``first`` is its first use by date, None where nobody has it.

    ``points`` are by value; of years those between the first and the last without reports are told
    with 0 reports.
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
