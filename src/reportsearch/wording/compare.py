"""What a comparison comes to, in plain sentences, in Chinese and English.

Every sentence is made of the figures of the answer; what they do not bear out is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.models import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    DutyPassages,
)
from reportsearch.wording import duties
from reportsearch.wording.rooms import Rooms, Shares, rooms

SCOPE, SHORT = "scope", "short"
LENGTHS, ALIKE, ALONE = "lengths", "alike", "alone"
MORE, LESS, NAMES = "more", "less", "names"
MENTIONED, MISSING, BEYOND = "mentioned", "missing", "beyond"
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

_TEXTS = {
    "scope": ("比的是{here}与{rest}", "Compared: {here} with {rest}"),
    "own": ("{name}的 {reports} 份报告{years}", "{name} (reports: {reports}{years})"),
    "group": ("“{name}”的 {reports} 份报告", "{name} (reports: {reports})"),
    "about": ("关于“{name}”的段落", "the passages on {name}"),
    "others": (
        "其他 {number} 位{posts}的 {reports} 份报告{years}",
        "{posts} (officials: {number}, reports: {reports}{years})",
    ),
    "officials": ("官员", "the other officials"),
    "reports": ("其余 {reports} 份报告{years}", "the rest (reports: {reports}{years})"),
    "reports_own": (
        "其余 {reports} 份报告{years}（篇幅只和其他 {number} 位比）",
        "the rest (reports: {reports}{years}; room beside that of the {number} other officials)",
    ),
    "passages": ("其余段落", "all other passages"),
    "years": ("（{years}）", ", {years}"),
    "short": (
        "{name}的报告太短（{chars} 字），不作结论",
        "The reports of {name} are too short ({chars} characters) to conclude anything",
    ),
    "short_text": (
        "“{name}”的文字太少（{chars} 字），不作结论",
        "The passages of {name} are too short ({chars} characters) to conclude anything",
    ),
    "short_rest": (
        "拿来比的文字太少（{chars} 字），不作结论",
        "What there is to compare with is too short ({chars} characters) to conclude anything",
    ),
    "longer": ("篇幅用得多的是：", "More room is given to: "),
    "shorter": ("篇幅用得少的是：", "Less room is given to: "),
    "shorter_then": ("；用得少的是：", "; less to: "),
    "alike": (
        "篇幅和同样分管的人差不多的（相差不到 5 个百分点）：",
        "About as much room (within 5 points of a hundred) is given to: ",
    ),
    "alone": (
        "在这 {number} 位里只有{name}分管的领域：",
        "Of these {number} officials {name} alone is in charge of: ",
    ),
    "written": (
        "在这 {number} 位里只有{name}写到的领域：",
        "Of these {number} officials {name} alone writes about: ",
    ),
    "written_then": ("；只有{name}写到的：", "; alone writes about: "),
    "more": ("讲得明显多的是：", "Clearly more of: "),
    "more_unsure": (
        "讲得多的是（可能是碰巧）：",
        "More of (by the test perhaps by chance): ",
    ),
    "more_untested": (
        "讲得多的是（人少，没有检验）：",
        "More of (so few officials that nothing is tested): ",
    ),
    "more_none": (
        "列出的词里，没有哪个够得上说{name}讲得更多",
        "Of the terms listed there is none of which {name} can be said to say more",
    ),
    "more_but_names": (
        "列出的词里，除了专名，没有哪个够得上说{name}讲得更多",
        "Of the terms listed, names apart, there is none of which {name} can be said to say more",
    ),
    "less": ("讲得明显少的是：", "Clearly less of: "),
    "less_unsure": (
        "讲得少的是（可能是碰巧）：",
        "Less of (by the test perhaps by chance): ",
    ),
    "less_untested": (
        "讲得少的是（人少，没有检验）：",
        "Less of (so few officials that nothing is tested): ",
    ),
    "names": (
        "在这 {number} 位里只有{name}讲到的地名、企业等专名（多是当地的，不算特色）：",
        "Places and firms, mostly of the place, that of these {number} {name} alone names: ",
    ),
    "duty": ("{what}的：", "{what}: "),
    "in_one": (
        "（{all} 份报告中的 1 份，{where}）",
        " (in 1 of {all} reports, {where})",
    ),
    "where": ("（{where}）", " ({where})"),
    "untold": (
        "报告开头没有写分工，分工里有没有漏讲的，无从对照",
        "The openings declare no duties, so that none can be missing",
    ),
    "beyond": (
        "报告里讲到、分工里没写的（按用词判断，请看原文）：",
        "Reported on and not declared, by the words of its sections (look at the passages): ",
    ),
    "rates": (
        "（{times} 次，每万字{here} 次，别人{rest} 次）",
        " ({times}×, {plain} in 10,000 characters, the others{rest})",
    ),
    "rates_alone": (
        "（{times} 次，每万字{here} 次，别人没有）",
        " ({times}×, {plain} in 10,000 characters, the others none)",
    ),
    "rates_none": (
        "（没有，别人每万字{rest} 次）",
        " (none, the others{rest} in 10,000 characters)",
    ),
    "seldom": ("不到 0.1", " under 0.1"),
    "in_some": ("（{all} 份报告中的 {number} 份）", " (in {number} of {all} reports)"),
    "comma": ("、", ", "),
    "stop": ("。", "."),
}


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
        return {**duties.TEXTS, **_TEXTS}[text][self._place].format(**values)

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
        known = {one.portfolio for some in (told.more, told.less, told.alone) for one in some}
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
