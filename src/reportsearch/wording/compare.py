"""What a comparison comes to, in plain sentences, in Chinese and English.

Every sentence is made of the figures of the answer; what they do not bear out is not said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.models import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    DutyPassages,
    PortfolioLength,
)
from reportsearch.wording import duties

LENGTHS, MORE, NAMES, LESS = "lengths", "more", "names", "less"
MENTIONED, MISSING, BEYOND = "mentioned", "missing", "beyond"
UNKNOWN = "unknown"
FIRST = 5
"""Terms that a sentence names."""
MOST = 6
"""Portfolios that the sentence on lengths names, and of these with less room if there are more."""
_LESS = 2
POINTS = 5
"""Points of a hundred from which on a difference of shares is told."""
_OWN = 2 / 3
"""The part of what is written about a portfolio that is of it alone, below which that is said."""
_INSIDE = 2 / 3
"""The share of a term's occurrences inside a longer one, from which on it is not told beside it."""
_POSTS = 3
"""Posts up to which the others are called by them."""

_TEXTS = {
    "others": ("与其他 {number} 位{posts}相比，", "Compared with {posts} (officials: {number}), "),
    "officials": ("官员", "the others"),
    "reports": ("与其余 {number} 份报告相比，", "Compared with the rest (reports: {number}), "),
    "passages": ("与其余段落相比，", "Compared with all other passages, "),
    "against": ("与{other}相比，", "Compared with {other}, "),
    "longer": ("{name}篇幅用得多的是：", "{name} gives more room to: "),
    "shorter": ("{name}篇幅用得少的是：", "{name} gives less room to: "),
    "shorter_then": ("；用得少的是：", "; less to: "),
    "shares": ("（{here}，别人平均{rest}）", " ({here}, the others{rest} on average)"),
    "shares_one": ("（{here}，别人{rest}）", " ({here}, the other one{rest})"),
    "shares_alone": ("（{here}，别人没写）", " ({here}, the others nothing)"),
    "shares_none": ("（没写，别人平均{rest}）", " (nothing, the others{rest} on average)"),
    "shares_none_one": ("（没写，别人{rest}）", " (nothing, the other one{rest})"),
    "shares_no_duty": (
        "（没写，分工里没有，别人平均{rest}）",
        " (nothing, not among the duties, the others{rest} on average)",
    ),
    "shares_no_duty_one": (
        "（没写，分工里没有，别人{rest}）",
        " (nothing, not among the duties, the other one{rest})",
    ),
    "together": ("与别的领域合写共{here}", "{here} together with other portfolios"),
    "little": ("不到 1%", " under 1%"),
    "more": ("{name}讲得明显多的是：", "{name} says clearly more of: "),
    "more_then": ("讲得明显多的是：", "Clearly more of: "),
    "names": ("只有{name}讲到的地名、企业等专名：", "Places and firms that {name} alone names: "),
    "more_none": (
        "没有哪个词能肯定地说{name}讲得更多",
        "there is no term of which {name} says more for certain",
    ),
    "less": ("讲得明显少的是：", "Clearly less of: "),
    "not_known": ("{what}：", "{what}: "),
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
        "（每万词{here} 次，别人{rest} 次）",
        " ({plain} in 10,000 words, the others{rest})",
    ),
    "rates_alone": ("（每万词{here} 次，别人没有）", " ({plain} in 10,000 words, the others none)"),
    "rates_none": ("（没有，别人每万词{rest} 次）", " (none, the others{rest} in 10,000 words)"),
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
        others = self._others(found, group, against)
        if lengths := self._lengths(group):
            lead = "longer" if lengths[0][1] else "shorter"
            yield self._sentence(
                LENGTHS, others + self._say(lead, name=name), [item for item, _ in lengths]
            )
            others = ""
        told = {item.text for item, _ in lengths}
        yield from self._stressed(group, name, others, told)
        if group.less:
            less = [self._term(term) for term in group.less[:FIRST]]
            yield self._sentence(LESS, self._say("less"), less)
        if group.duties is not None:
            yield from self._duties(group)

    def _stressed(
        self, group: ComparedGroup, name: str, others: str, told: Collection[str]
    ) -> Iterator[Sentence]:
        """What is said more of, but for what is ``told`` already; names by themselves."""
        names = [term for term in group.terms if term.is_name]
        terms = [term for term in outer_terms(group.terms) if not term.is_name]
        more = [term for term in terms if term.term not in told]
        if more or not group.terms:
            kind = "more_none" if not more else "more" if others else "more_then"
            lead = others + self._say(kind, name=name)
            yield self._sentence(MORE, lead, [self._term(term) for term in more[:FIRST]])
            others = ""
        if names:
            items = [Item(term.term, "", (term.example.passage,)) for term in names[:FIRST]]
            yield self._sentence(NAMES, others + self._say("names", name=name), items)

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

    def _lengths(self, group: ComparedGroup) -> list[tuple[Item, bool]]:
        """The portfolios with more room, those with the greatest difference first, then those with
        less; whether each has more."""
        ordered = sorted(
            (one for one in group.portfolios if _matters(one, group)),
            key=lambda one: (-abs(one.difference), one.portfolio),
        )
        more = [one for one in ordered if one.difference > 0]
        less = [one for one in ordered if one.difference < 0]
        more = more[: MOST - min(len(less), _LESS)]
        less = less[: MOST - len(more)]
        found = [(self._length(one, group), True) for one in more]
        for number, one in enumerate(less):
            before = self._say("shorter_then") if more and not number else ""
            found.append((self._length(one, group, before), False))
        return found

    def _length(self, one: PortfolioLength, group: ComparedGroup, before: str = "") -> Item:
        here, rest = self._percent(one.share), self._percent(one.rest_share)
        if one.divided < _OWN * one.share:
            here = self._say("together", here=here)
        declared = group.duties.declared if group.duties else ()
        kind = "shares_alone" if not one.rest_units else "shares" if one.chars else "shares_none"
        if kind == "shares_none" and declared and one.portfolio not in declared:
            kind = "shares_no_duty"
        single = group.rest_units == 1 and kind != "shares_alone"
        text = self._say(f"{kind}_one" if single else kind, here=here.strip(), rest=rest)
        return Item(one.portfolio, text, before=before)

    def _percent(self, share: float) -> str:
        return self._say("little") if share < 0.01 else f" {100 * share:.0f}%"

    def _mentioned(self, duty: DutyPassages, reports: int) -> Item:
        if len(duty.reports) > 1:
            return self._duty(duty, reports)
        numbers = [passage.rpartition("#")[2] for passage in duty.passages]
        where = duties.places(numbers, self._say("comma"), self._language)
        about = self._say("in_one" if reports > 1 else "where", all=reports, where=where)
        return Item(duty.portfolio, about, duty.passages)

    def _others(self, found: Comparison, group: ComparedGroup, against: str) -> str:
        if against:
            return self._say("against", other=against)
        if found.by == "portfolio":
            return self._say("passages")
        if found.by != "official":
            return self._say("reports", number=group.rest_reports)
        few = 0 < len(group.rest_posts) <= _POSTS
        posts = self._say("comma").join(group.rest_posts) if few else self._say("officials")
        return self._say("others", number=group.rest_units, posts=posts)

    def _term(self, term: ComparedTerm) -> Item:
        here, rest = self._rate(term.per_10k), self._rate(term.rest_per_10k)
        kind = "rates_alone" if not term.rest_count else "rates" if term.count else "rates_none"
        about = self._say(kind, here=here, plain=here.strip(), rest=rest)
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


def _matters(one: PortfolioLength, group: ComparedGroup) -> bool:
    """Whether a difference is worth a sentence.

    Where a portfolio has less room, it has to be one of the official's duties, or one of which at
    least half of the others write: what a single other one is in charge of is no want.
    """
    if abs(one.difference) * 100 < POINTS:
        return False
    declared = group.duties.declared if group.duties else ()
    return one.difference > 0 or one.portfolio in declared or 2 * one.rest_units >= group.rest_units
