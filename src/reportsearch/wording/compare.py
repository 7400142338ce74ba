"""What a comparison comes to, in plain sentences, in Chinese and English.

Every sentence is made of the figures of the answer; what they do not bear out is not said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.models import ComparedGroup, ComparedTerm, Comparison, DutyPassages

MORE, LESS, MISSING, BEYOND = "more", "less", "missing", "beyond"
FIRST = 5
"""Terms that a sentence names."""
_POSTS = 3
"""Posts up to which the others are called by them."""

_TEXTS = {
    "others": ("与其他 {number} 位{posts}相比，", "Compared with {posts} (officials: {number}), "),
    "officials": ("官员", "the others"),
    "reports": ("与其余 {number} 份报告相比，", "Compared with the rest (reports: {number}), "),
    "passages": ("与其余段落相比，", "Compared with all other passages, "),
    "against": ("与{other}相比，", "Compared with {other}, "),
    "more": ("{name}讲得明显多的是：", "{name} says clearly more of: "),
    "more_none": (
        "没有哪个词能肯定地说{name}讲得更多",
        "there is no term of which {name} says more for certain",
    ),
    "less": ("讲得明显少的是：", "Clearly less of: "),
    "missing": ("分工里有、报告里没有讲到的：", "Declared as a duty and not reported on: "),
    "missing_none": (
        "分工里有、报告里没有讲到的：没有（分工里的 {number} 个领域都讲到了）",
        "Declared as a duty and not reported on: none (portfolios declared: {number})",
    ),
    "untold": (
        "报告开头没有写分工，分工里有没有漏讲的，无从对照",
        "The openings declare no duties, so that none can be missing",
    ),
    "beyond": (
        "报告里讲到、分工里没写的（按用词判断，请看原文）：",
        "Reported on and not declared, by the words of its sections (look at the passages): ",
    ),
    "rates": (
        "（每万词 {here} 次，别人 {rest} 次）",
        " ({here} in 10,000 words, the others {rest})",
    ),
    "rates_alone": ("（每万词 {here} 次，别人没有）", " ({here} in 10,000 words, the others none)"),
    "rates_none": ("（没有，别人每万词 {rest} 次）", " (none, the others {rest} in 10,000 words)"),
    "in_some": ("（{all} 份报告中的 {number} 份）", " (in {number} of {all} reports)"),
    "comma": ("、", ", "),
    "stop": ("。", "."),
}


@dataclass(frozen=True, slots=True)
class Item:
    """A term or a portfolio with what is said of it; ``passages`` are those behind it."""

    text: str
    about: str
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``kind`` is MORE, LESS, MISSING or BEYOND; where there are no items the lead says all."""

    kind: str
    lead: str
    items: tuple[Item, ...]
    between: str
    stop: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        items = self.between.join(item.text + item.about for item in self.items)
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
        self._place = 1 if language == "en" else 0

    def _say(self, text: str, /, **values: object) -> str:
        return _TEXTS[text][self._place].format(**values)

    def _sentence(self, kind: str, lead: str, items: Sequence[Item] = ()) -> Sentence:
        return Sentence(kind, lead, tuple(items), self._say("comma"), self._say("stop"))

    def sentences(
        self, found: Comparison, group: ComparedGroup, name: str, against: str
    ) -> Iterator[Sentence]:
        others = self._others(found, group, against)
        more = [self._term(term) for term in group.terms[:FIRST]]
        lead = others + self._say("more" if more else "more_none", name=name)
        yield self._sentence(MORE, lead, more)
        if group.less:
            less = [self._term(term) for term in group.less[:FIRST]]
            yield self._sentence(LESS, self._say("less"), less)
        if group.duties is None:
            return
        number = len(group.duties.declared)
        missing = [self._duty(one, group.reports) for one in group.duties.not_reported]
        if missing:
            yield self._sentence(MISSING, self._say("missing"), missing)
        else:
            lead = self._say("missing_none" if number else "untold", number=number)
            yield self._sentence(MISSING, lead)
        beyond = [self._duty(one, group.reports) for one in group.duties.not_declared]
        if beyond:
            yield self._sentence(BEYOND, self._say("beyond"), beyond)

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
        here, rest = _rate(term.per_10k), _rate(term.rest_per_10k)
        kind = "rates_alone" if not term.rest_count else "rates" if term.count else "rates_none"
        return Item(term.term, self._say(kind, here=here, rest=rest), (term.example.passage,))

    def _duty(self, duty: DutyPassages, reports: int) -> Item:
        all_of_them = len(duty.reports) == reports
        about = "" if all_of_them else self._say("in_some", number=len(duty.reports), all=reports)
        return Item(duty.portfolio, about, duty.passages)


def _rate(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}"
