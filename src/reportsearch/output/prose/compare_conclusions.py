"""What a comparison comes to, in plain sentences, in Chinese and English.

Every sentence is made of the figures of the answer; what they do not bear out is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.locale import duties
from reportsearch.locale.compare_texts import TEXTS
from reportsearch.models.compare import ComparedGroup, ComparedTerm, Comparison, DutyPassages
from reportsearch.output.prose.portfolio_shares import Rooms, Shares, rooms

SCOPE, SHORT = "scope", "short"
LENGTHS, ALIKE, ALONE = "lengths", "alike", "alone"
MORE, LESS, NAMES = "more", "less", "names"
MENTIONED, MISSING, BEYOND = "mentioned", "missing", "beyond"
UNKNOWN = "unknown"
FIRST = 5
"""Terms that a sentence names."""
SHORTEST = 500
"""Characters on either side below which nothing is said of terms and room."""
_SURE = 0.05
"""The q below which a difference is hardly by chance."""
_INSIDE = 2 / 3
"""The share of a term's occurrences inside a longer one, from which on it is not told beside it."""
_POSTS = 3
"""Posts up to which the others are called by them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A term or a portfolio with what is said of it; ``passages`` are those behind it.

    ``before`` stands before it in place of the comma, where something else begins with it.
    """

    text: str
    about: str
    passages: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """``kind`` is one of those above; where there are no items the lead says all."""

    kind: str
    lead: str
    items: tuple[Item, ...]
    between: str
    stop: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        items = "".join(
            (item.before or (self.between if number else "")) + item.text + item.about
            for number, item in enumerate(self.items)
        )
        return f"{self.lead}{items}{self.stop}"


def conclusion(
    found: Comparison, group: ComparedGroup, name: str, language: str, against: str = ""
) -> tuple[Sentence, ...]:
    """What is said of a group that is called ``name``.

    ``against`` is what the other one is called, where two are set against each other.
    """
    if not group.words or not group.rest_words:
        return ()
    return tuple(_Teller(language).sentences(found, group, name, against or group.against))


class _Teller:
    def __init__(self, language: str) -> None:
        self._language = language
        self._place = 1 if language == "en" else 0

    def _say(self, text: str, /, **values: object) -> str:
        return {**duties.TEXTS, **TEXTS}[text][self._place].format(**values)

    def _sentence(self, kind: str, lead: str, items: Sequence[Item] = ()) -> Sentence:
        return Sentence(kind, lead, tuple(items), self._say("comma"), self._say("stop"))

    def sentences(
        self, found: Comparison, group: ComparedGroup, name: str, against: str
    ) -> Iterator[Sentence]:
        yield self._sentence(SCOPE, self._scope(found, group, name, against))
        short = self._short(group, name, is_text=found.by not in {"official", "report"})
        if short:
            yield self._sentence(SHORT, short)
        else:
            told = rooms(group)
            yield from self._rooms(group, told, name)
            yield from self._stressed(group, name, told)
        if group.duties is not None:
            yield from self._duties(group)
        names = [] if short else [term for term in told_terms(group.terms) if term.is_name]
        if names:
            items = [Item(term.term, "", (term.example.passage,)) for term in names[:FIRST]]
            lead = self._say("names", name=name, number=_officials(group))
            yield self._sentence(NAMES, lead, items)

    def _scope(self, found: Comparison, group: ComparedGroup, name: str, against: str) -> str:
        """Which reports are compared with which."""
        if found.by == "portfolio":
            here = self._say("about", name=name)
            rest = self._say("about", name=against) if against else self._say("passages")
            return self._say("scope", here=here, rest=rest)
        rest_years = self._years(group.rest_years)
        if found.by != "official":
            here = self._say("group", name=name, reports=group.reports)
            own = found.by == "report" and group.rest_others < group.rest_units
            rest = self._say(
                "reports_own" if own else "reports",
                reports=group.rest_reports,
                years=rest_years,
                number=group.rest_others,
            )
            if against:
                rest = self._say("group", name=against, reports=group.rest_reports)
            return self._say("scope", here=here, rest=rest)
        here = self._say("own", name=name, reports=group.reports, years=self._years(group.years))
        if against:
            rest = self._say("own", name=against, reports=group.rest_reports, years=rest_years)
        else:
            few = 0 < len(group.rest_posts) <= _POSTS
            posts = self._say("comma").join(group.rest_posts) if few else self._say("officials")
            rest = self._say(
                "others",
                number=group.rest_units,
                posts=posts,
                reports=group.rest_reports,
                years=rest_years,
            )
        return self._say("scope", here=here, rest=rest)

    def _years(self, years: Sequence[int]) -> str:
        if not years:
            return ""
        told = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        return self._say("years", years=told if self._place or len(years) > 1 else f"{told} 年")

    def _short(self, group: ComparedGroup, name: str, *, is_text: bool) -> str:
        """Why nothing is concluded, where the text does not bear it."""
        if group.chars < SHORTEST:
            return self._say("short_text" if is_text else "short", name=name, chars=group.chars)
        if group.rest_chars < SHORTEST:
            return self._say("short_rest", chars=group.rest_chars)
        return ""

    def _rooms(self, group: ComparedGroup, told: Rooms, name: str) -> Iterator[Sentence]:
        """What has more and less room than with the others, and what nobody else has."""
        shares = Shares(self._place)
        items = [Item(one.portfolio, shares.beside(one, group)) for one in told.more]
        for number, one in enumerate(told.less):
            before = self._say("shorter_then") if told.more and not number else ""
            items.append(Item(one.portfolio, shares.beside(one, group), before=before))
        if items:
            yield self._sentence(LENGTHS, self._say("longer" if told.more else "shorter"), items)
        if told.alike:
            alike = [Item(one.portfolio, shares.beside(one, group)) for one in told.alike]
            yield self._sentence(ALIKE, self._say("alike"), alike)
        alone = [Item(one.portfolio, shares.alone(one, group)) for one in told.alone]
        for number, one in enumerate(told.written):
            before = self._say("written_then", name=name) if told.alone and not number else ""
            alone.append(Item(one.portfolio, shares.alone(one, group), before=before))
        if alone:
            kind = "alone" if told.alone else "written"
            lead = self._say(kind, name=name, number=_officials(group))
            yield self._sentence(ALONE, lead, alone)

    def _stressed(self, group: ComparedGroup, name: str, told: Rooms) -> Iterator[Sentence]:
        """What is said more of, but for portfolios that are told already, and less."""
        known = {
            one.portfolio
            for some in (told.more, told.less, told.alone, told.written)
            for one in some
        }
        more = [
            term for term in told_terms(group.terms) if not term.is_name and term.term not in known
        ]
        if more:
            yield self._terms(MORE, more)
        else:
            names = any(term.is_name for term in told_terms(group.terms))
            kind = "more_but_names" if names else "more_none"
            yield self._sentence(MORE, self._say(kind, name=name))
        if less := told_terms(group.less):
            yield self._terms(LESS, less)

    def _terms(self, kind: str, terms: Sequence[ComparedTerm]) -> Sentence:
        """Terms, of which those that are sure go alone where there are any."""
        sure = [term for term in terms if term.q is not None and term.q < _SURE]
        tested = any(term.q is not None for term in terms)
        lead = kind if sure else f"{kind}_unsure" if tested else f"{kind}_untested"
        return self._sentence(
            kind, self._say(lead), [self._term(term) for term in (sure or terms)[:FIRST]]
        )

    def _duties(self, group: ComparedGroup) -> Iterator[Sentence]:
        """What is declared and mentioned in words alone, or not at all; what is not declared."""
        if group.duties is None:
            return
        number, told = len(group.duties.declared), group.duties
        mentioned = [self._mentioned(one, group.reports) for one in told.mentioned]
        if mentioned:
            lead = self._say("duty", what=self._say("in_words"))
            yield self._sentence(MENTIONED, lead, mentioned)
        missing = [self._duty(one, group.reports) for one in told.not_reported]
        if missing or number:
            lead = self._say("duty", what=self._say("nowhere"))
            if not missing:
                kind = "others_in_passages" if mentioned else "all_in_passages"
                lead += self._say(kind, number=number - len(mentioned))
            yield self._sentence(MISSING, lead, missing)
        else:
            yield self._sentence(MISSING, self._say("untold"))
        if told.unknown:
            items = [Item(item, "", ()) for item in told.unknown]
            yield self._sentence(UNKNOWN, self._say("not_known", what=self._say("unknown")), items)
        beyond = [self._duty(one, group.reports) for one in told.not_declared]
        if beyond:
            yield self._sentence(BEYOND, self._say("beyond"), beyond)

    def _mentioned(self, duty: DutyPassages, reports: int) -> Item:
        if len(duty.reports) > 1:
            return self._duty(duty, reports)
        numbers = [passage.rpartition("#")[2] for passage in duty.passages]
        where = duties.places(numbers, self._say("comma"), self._language)
        about = self._say("in_one" if reports > 1 else "where", all=reports, where=where)
        return Item(duty.portfolio, about, duty.passages)

    def _term(self, term: ComparedTerm) -> Item:
        """A term with the rates of its string, which its link leads to."""
        string = term.string
        if string is None:
            return Item(term.term, "", (term.example.passage,))
        here, rest = self._rate(string.per_10k), self._rate(string.rest_per_10k)
        kind = "rates" if string.count else "rates_none"
        kind = kind if string.rest_count else "rates_alone"
        about = self._say(kind, times=string.count, here=here, plain=here.strip(), rest=rest)
        return Item(term.term, about, (term.example.passage,))

    def _rate(self, number: float) -> str:
        if number < 0.05:
            return self._say("seldom")
        return f" {number:.0f}" if number >= 10 else f" {number:.1f}"

    def _duty(self, duty: DutyPassages, reports: int) -> Item:
        all_of_them = len(duty.reports) == reports
        about = "" if all_of_them else self._say("in_some", number=len(duty.reports), all=reports)
        return Item(duty.portfolio, about, duty.passages)


def outer_terms(terms: Sequence[ComparedTerm]) -> list[ComparedTerm]:
    """Terms without those that mostly stand inside a longer one of them: 电子 in 启川电子."""
    return [
        term
        for term in terms
        if not any(
            term.term in other.term and other.count >= _INSIDE * term.count
            for other in terms
            if other.term != term.term
        )
    ]


def told_terms(terms: Sequence[ComparedTerm]) -> list[ComparedTerm]:
    """Those that a sentence may tell of."""
    return [term for term in outer_terms(terms) if term.string is not None and term.string.is_told]


def _officials(group: ComparedGroup) -> int:
    """Those who are compared, of whom one person's group is one."""
    return group.units + group.rest_others
