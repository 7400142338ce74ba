"""The conclusions of a comparison in plain sentences, in Chinese and English.

Every sentence is built from the figures of the answer and claims nothing that they do not support.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.locale import LANGUAGES, read_texts
from reportsearch.models.compare import ComparedGroup, ComparedTerm, Comparison, DutyPassages
from reportsearch.output.prose.portfolio_shares import (
    NotableShares,
    ShareFormatter,
    select_notable_shares,
)

SCOPE, SHORT = "scope", "short"
LENGTHS, ALIKE, ALONE = "lengths", "alike", "alone"
MORE, LESS, NAMES = "more", "less", "names"
MENTIONED, MISSING, BEYOND = "mentioned", "missing", "beyond"
UNKNOWN = "unknown"
MAX_TERMS = 5
"""The most terms that a sentence names."""
MIN_CHARS = 500
"""With fewer characters on either side, nothing is concluded about terms and shares."""
_SIGNIFICANCE_LEVEL = 0.05
"""The q below which a difference counts as significant."""
_NESTED_SHARE = 2 / 3
"""A term is left out if at least this share of its occurrences is inside a longer term."""
_MAX_PASSAGES = 5
"""The most passages that are named."""
_MAX_POSTS = 3
"""The most posts by which the others are named."""


@dataclass(frozen=True, slots=True)
class ConclusionItem:
    """A term or portfolio and what is stated about it, with the supporting ``passages``.

    ``before`` precedes the item in place of the comma, where a new part of the sentence begins.
    """

    text: str
    about: str
    passages: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class ConclusionSentence:
    """A sentence of a conclusion.

    ``kind`` is one of the constants above. Without items, the lead is the whole sentence.
    """

    kind: str
    lead: str
    items: tuple[ConclusionItem, ...]
    between: str
    stop: str

    @property
    def text(self) -> str:
        """Return the whole sentence."""
        items = "".join(
            (item.before or (self.between if number else "")) + item.text + item.about
            for number, item in enumerate(self.items)
        )
        return f"{self.lead}{items}{self.stop}"


def build_conclusion(
    found: Comparison, group: ComparedGroup, name: str, language: str, against: str = ""
) -> tuple[ConclusionSentence, ...]:
    """Build the sentences about a group called ``name``.

    ``against`` is the name of the other group when two are compared with each other.
    """
    if not group.words or not group.rest_words:
        return ()
    return tuple(
        _ConclusionWriter(language).iter_sentences(found, group, name, against or group.against)
    )


class _ConclusionWriter:
    def __init__(self, language: str) -> None:
        self._place = LANGUAGES.index(language)
        self._texts = {**read_texts("duties"), **read_texts("compare_conclusions")}

    def _translate(self, text: str, /, **values: object) -> str:
        return self._texts[text][self._place].format(**values)

    def _build_sentence(
        self, kind: str, lead: str, items: Sequence[ConclusionItem] = ()
    ) -> ConclusionSentence:
        return ConclusionSentence(
            kind, lead, tuple(items), self._translate("comma"), self._translate("stop")
        )

    def iter_sentences(
        self, found: Comparison, group: ComparedGroup, name: str, against: str
    ) -> Iterator[ConclusionSentence]:
        yield self._build_sentence(SCOPE, self._describe_scope(found, group, name, against))
        short = self._explain_shortness(group, name, is_text=found.by not in {"official", "report"})
        if short:
            yield self._build_sentence(SHORT, short)
        else:
            shares = select_notable_shares(group)
            yield from self._iter_share_sentences(group, shares, name)
            yield from self._iter_term_sentences(group, name, shares)
        if group.duties is not None:
            yield from self._iter_duty_sentences(group)
        names = (
            [] if short else [term for term in select_reportable_terms(group.terms) if term.is_name]
        )
        if names:
            items = [
                ConclusionItem(term.term, "", (term.example.passage,)) for term in names[:MAX_TERMS]
            ]
            lead = self._translate("names", name=name, number=_count_officials(group))
            yield self._build_sentence(NAMES, lead, items)

    def _describe_scope(
        self, found: Comparison, group: ComparedGroup, name: str, against: str
    ) -> str:
        """State which reports are compared with which."""
        if found.by == "portfolio":
            here = self._translate("about", name=name)
            rest = (
                self._translate("about", name=against) if against else self._translate("passages")
            )
            return self._translate("scope", here=here, rest=rest)
        rest_years = self._format_years(group.rest_years)
        if found.by != "official":
            here = self._translate("group", name=name, reports=group.reports)
            own = found.by == "report" and group.rest_others < group.rest_units
            rest = self._translate(
                "reports_own" if own else "reports",
                reports=group.rest_reports,
                years=rest_years,
                number=group.rest_others,
            )
            if against:
                rest = self._translate("group", name=against, reports=group.rest_reports)
            return self._translate("scope", here=here, rest=rest)
        here = self._translate(
            "own", name=name, reports=group.reports, years=self._format_years(group.years)
        )
        if against:
            rest = self._translate(
                "own", name=against, reports=group.rest_reports, years=rest_years
            )
        else:
            few = 0 < len(group.rest_posts) <= _MAX_POSTS
            posts = (
                self._translate("comma").join(group.rest_posts)
                if few
                else self._translate("officials")
            )
            rest = self._translate(
                "others",
                number=group.rest_units,
                posts=posts,
                reports=group.rest_reports,
                years=rest_years,
            )
        return self._translate("scope", here=here, rest=rest)

    def _format_years(self, years: Sequence[int]) -> str:
        if not years:
            return ""
        span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
        return self._translate(
            "years", years=span if self._place or len(years) > 1 else f"{span} 年"
        )

    def _explain_shortness(self, group: ComparedGroup, name: str, *, is_text: bool) -> str:
        """Explain why nothing is concluded from too little text; empty if there is enough."""
        if group.chars < MIN_CHARS:
            return self._translate(
                "short_text" if is_text else "short", name=name, chars=group.chars
            )
        if group.rest_chars < MIN_CHARS:
            return self._translate("short_rest", chars=group.rest_chars)
        return ""

    def _iter_share_sentences(
        self, group: ComparedGroup, notable: NotableShares, name: str
    ) -> Iterator[ConclusionSentence]:
        """Yield portfolios with a larger or smaller share than elsewhere, and those only here."""
        shares = ShareFormatter(self._place)
        items = [
            ConclusionItem(one.portfolio, shares.format_with_others(one, group))
            for one in notable.more
        ]
        for number, one in enumerate(notable.less):
            before = self._translate("shorter_then") if notable.more and not number else ""
            items.append(
                ConclusionItem(one.portfolio, shares.format_with_others(one, group), before=before)
            )
        if items:
            yield self._build_sentence(
                LENGTHS, self._translate("longer" if notable.more else "shorter"), items
            )
        if notable.alike:
            alike = [
                ConclusionItem(one.portfolio, shares.format_with_others(one, group))
                for one in notable.alike
            ]
            yield self._build_sentence(ALIKE, self._translate("alike"), alike)
        alone = [
            ConclusionItem(one.portfolio, shares.format_alone(one, group)) for one in notable.alone
        ]
        for number, one in enumerate(notable.written):
            before = (
                self._translate("written_then", name=name) if notable.alone and not number else ""
            )
            alone.append(
                ConclusionItem(one.portfolio, shares.format_alone(one, group), before=before)
            )
        if alone:
            kind = "alone" if notable.alone else "written"
            lead = self._translate(kind, name=name, number=_count_officials(group))
            yield self._build_sentence(ALONE, lead, alone)

    def _iter_term_sentences(
        self, group: ComparedGroup, name: str, notable: NotableShares
    ) -> Iterator[ConclusionSentence]:
        """Yield the terms used more often, except portfolios already named, and less often."""
        known = {
            one.portfolio
            for some in (notable.more, notable.less, notable.alone, notable.written)
            for one in some
        }
        more = [
            term
            for term in select_reportable_terms(group.terms)
            if not term.is_name and term.term not in known
        ]
        if more:
            yield self._build_term_sentence(MORE, more)
        else:
            names = any(term.is_name for term in select_reportable_terms(group.terms))
            kind = "more_but_names" if names else "more_none"
            yield self._build_sentence(MORE, self._translate(kind, name=name))
        if less := select_reportable_terms(group.less):
            yield self._build_term_sentence(LESS, less)

    def _build_term_sentence(self, kind: str, terms: Sequence[ComparedTerm]) -> ConclusionSentence:
        """Build a sentence of terms, naming only the significant ones if there are any."""
        sure = [term for term in terms if term.q is not None and term.q < _SIGNIFICANCE_LEVEL]
        tested = any(term.q is not None for term in terms)
        lead = kind if sure else f"{kind}_unsure" if tested else f"{kind}_untested"
        return self._build_sentence(
            kind,
            self._translate(lead),
            [self._build_term_item(term) for term in (sure or terms)[:MAX_TERMS]],
        )

    def _iter_duty_sentences(self, group: ComparedGroup) -> Iterator[ConclusionSentence]:
        """Yield declared duties that are only mentioned or missing, and undeclared ones."""
        if group.duties is None:
            return
        number, own = len(group.duties.declared), group.duties
        mentioned = [self._build_mentioned_item(one, group.reports) for one in own.mentioned]
        if mentioned:
            lead = self._translate("duty", what=self._translate("in_words"))
            yield self._build_sentence(MENTIONED, lead, mentioned)
        missing = [self._build_duty_item(one, group.reports) for one in own.not_reported]
        if missing or number:
            lead = self._translate("duty", what=self._translate("nowhere"))
            if not missing:
                kind = "others_in_passages" if mentioned else "all_in_passages"
                lead += self._translate(kind, number=number - len(mentioned))
            yield self._build_sentence(MISSING, lead, missing)
        else:
            yield self._build_sentence(MISSING, self._translate("untold"))
        if own.unknown:
            items = [ConclusionItem(item, "", ()) for item in own.unknown]
            yield self._build_sentence(
                UNKNOWN, self._translate("not_known", what=self._translate("unknown")), items
            )
        beyond = [self._build_duty_item(one, group.reports) for one in own.not_declared]
        if beyond:
            yield self._build_sentence(BEYOND, self._translate("beyond"), beyond)

    def _build_mentioned_item(self, duty: DutyPassages, reports: int) -> ConclusionItem:
        if len(duty.reports) > 1:
            return self._build_duty_item(duty, reports)
        numbers = [passage.rpartition("#")[2] for passage in duty.passages]
        where = self._format_passages(numbers)
        about = self._translate("in_one" if reports > 1 else "where", all=reports, where=where)
        return ConclusionItem(duty.portfolio, about, duty.passages)

    def _format_passages(self, numbers: Sequence[str]) -> str:
        """List the passages: 第 15、17 段."""
        name = "nths_first"
        if len(numbers) <= _MAX_PASSAGES:
            name = "nth" if len(numbers) == 1 else "nths"
        listed = self._translate("comma").join(numbers[:_MAX_PASSAGES])
        return self._translate(name, number=listed, all=len(numbers))

    def _build_term_item(self, term: ComparedTerm) -> ConclusionItem:
        """Build a term with the rates of its string, to which its link leads."""
        string = term.string
        if string is None:
            return ConclusionItem(term.term, "", (term.example.passage,))
        here, rest = self._format_rate(string.per_10k), self._format_rate(string.rest_per_10k)
        kind = "rates" if string.count else "rates_none"
        kind = kind if string.rest_count else "rates_alone"
        about = self._translate(kind, times=string.count, here=here, plain=here.strip(), rest=rest)
        return ConclusionItem(term.term, about, (term.example.passage,))

    def _format_rate(self, number: float) -> str:
        if number < 0.05:
            return self._translate("seldom")
        return f" {number:.0f}" if number >= 10 else f" {number:.1f}"

    def _build_duty_item(self, duty: DutyPassages, reports: int) -> ConclusionItem:
        all_of_them = len(duty.reports) == reports
        about = (
            "" if all_of_them else self._translate("in_some", number=len(duty.reports), all=reports)
        )
        return ConclusionItem(duty.portfolio, about, duty.passages)


def drop_nested_terms(terms: Sequence[ComparedTerm]) -> list[ComparedTerm]:
    """Remove terms that mostly occur inside a longer one of them: 电子 in 启川电子."""
    return [
        term
        for term in terms
        if not any(
            term.term in other.term and other.count >= _NESTED_SHARE * term.count
            for other in terms
            if other.term != term.term
        )
    ]


def select_reportable_terms(terms: Sequence[ComparedTerm]) -> list[ComparedTerm]:
    """Select the terms that a sentence may name."""
    return [
        term for term in drop_nested_terms(terms) if term.string is not None and term.string.is_told
    ]


def _count_officials(group: ComparedGroup) -> int:
    """Count the officials compared, counting a one-person group as one."""
    return group.units + group.rest_others
