"""The conclusions of a comparison in plain sentences.

Every sentence is built from the figures of the answer and claims nothing that they do not support.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.compare import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    DutyPassages,
    PortfolioLength,
)
from reportsearch.output.prose.compare_scope import describe_scope
from reportsearch.output.prose.joining import (
    get_full_stop,
    get_list_comma,
    join_list,
    put_in_brackets,
)
from reportsearch.output.prose.portfolio_shares import (
    NotableShares,
    format_alone,
    format_with_others,
    select_notable_shares,
)

SCOPE, SHORT = "scope", "short"
LENGTHS, ALIKE, ALONE = "lengths", "alike", "alone"
MORE, LESS, NAMES = "more", "less", "names"
MENTIONED, MISSING, BEYOND = "mentioned", "missing", "beyond"
UNKNOWN = "unknown"
ShareFormat = Callable[[PortfolioLength, ComparedGroup, Translator], str]
_LEADS = {
    MORE: (
        Message("Used significantly more: "),
        Message("Used more (not significant): "),
        Message("Used more (too few officials, not tested): "),
    ),
    LESS: (
        Message("Used significantly less: "),
        Message("Used less (not significant): "),
        Message("Used less (too few officials, not tested): "),
    ),
}
"""The beginnings of a sentence of terms: significant ones, not significant ones, untested ones."""
MAX_TERMS = 5
"""Maximum number of terms that a sentence names."""
MIN_CHARS = 500
"""With fewer characters on either side, nothing is concluded about terms and shares."""
_SIGNIFICANCE_LEVEL = 0.05
"""The q below which a difference counts as significant."""
_NESTED_SHARE = 2 / 3
"""A term is left out if at least this share of its occurrences is inside a longer term."""
_MAX_PASSAGES = 5
"""Maximum number of passages that are named."""


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
    found: Comparison, group: ComparedGroup, name: str, t: Translator, against: str = ""
) -> tuple[ConclusionSentence, ...]:
    """Build the sentences about a group called ``name``.

    ``against`` is the name of the other group when two are compared with each other.
    """
    if not group.words or not group.rest_words:
        return ()
    return tuple(_ConclusionWriter(t).iter_sentences(found, group, name, against or group.against))


class _ConclusionWriter:
    def __init__(self, t: Translator) -> None:
        self._t = t

    def _build_sentence(
        self, kind: str, lead: str, items: Sequence[ConclusionItem] = ()
    ) -> ConclusionSentence:
        t = self._t
        return ConclusionSentence(kind, lead, tuple(items), get_list_comma(t), get_full_stop(t))

    def iter_sentences(
        self, found: Comparison, group: ComparedGroup, name: str, against: str
    ) -> Iterator[ConclusionSentence]:
        t = self._t
        yield self._build_sentence(SCOPE, describe_scope(found, group, name, against, t))
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
            lead = t(
                "Places and companies named only by {name} (of {number} officials; mostly local): ",
                name=name, number=_count_officials(group),
            )  # fmt: skip
            yield self._build_sentence(NAMES, lead, items)

    def _explain_shortness(self, group: ComparedGroup, name: str, *, is_text: bool) -> str:
        """Explain why nothing is concluded from too little text; empty if there is enough."""
        t = self._t
        if group.chars < MIN_CHARS and is_text:
            return t(
                "The passages of {name} are too short ({chars} characters) for conclusions",
                name=name, chars=group.chars,
            )  # fmt: skip
        if group.chars < MIN_CHARS:
            return t(
                "The reports of {name} are too short ({chars} characters) for conclusions",
                name=name, chars=group.chars,
            )  # fmt: skip
        if group.rest_chars < MIN_CHARS:
            return t(
                "The reference text is too short ({chars} characters) for conclusions",
                chars=group.rest_chars,
            )
        return ""

    def _iter_share_sentences(
        self, group: ComparedGroup, notable: NotableShares, name: str
    ) -> Iterator[ConclusionSentence]:
        """Yield portfolios with a larger or smaller share than elsewhere, and those only here."""
        t = self._t
        longer = self._build_share_items(notable.more, group, format_with_others)
        shorter = self._build_share_items(notable.less, group, format_with_others)
        if longer:
            items = [*longer, *_begin_part(shorter, t("; smaller share: "))]
            yield self._build_sentence(LENGTHS, t("Larger share of text than others: "), items)
        elif shorter:
            yield self._build_sentence(LENGTHS, t("Smaller share of text than others: "), shorter)
        if notable.alike:
            alike = self._build_share_items(notable.alike, group, format_with_others)
            yield self._build_sentence(ALIKE, t("Similar share of text (within 5 points): "), alike)
        number = _count_officials(group)
        alone = self._build_share_items(notable.alone, group, format_alone)
        written = self._build_share_items(notable.written, group, format_alone)
        if alone:
            lead = t(
                "Assigned only to {name} (of {number} officials; 5 % or more): ",
                name=name, number=number,
            )  # fmt: skip
            then = t("; covered only by {name}: ", name=name)
            yield self._build_sentence(ALONE, lead, [*alone, *_begin_part(written, then)])
        elif written:
            lead = t(
                "Covered only by {name} (of {number} officials; 5 % or more): ",
                name=name, number=number,
            )  # fmt: skip
            yield self._build_sentence(ALONE, lead, written)

    def _build_share_items(
        self, portfolios: Iterable[PortfolioLength], group: ComparedGroup, format_share: ShareFormat
    ) -> list[ConclusionItem]:
        return [
            ConclusionItem(one.portfolio, format_share(one, group, self._t)) for one in portfolios
        ]

    def _iter_term_sentences(
        self, group: ComparedGroup, name: str, notable: NotableShares
    ) -> Iterator[ConclusionSentence]:
        """Yield the terms used more often, except portfolios already named, and less often."""
        t = self._t
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
            none = (
                t("No distinctive terms for {name} other than names", name=name)
                if names
                else t("No distinctive terms for {name}", name=name)
            )
            yield self._build_sentence(MORE, none)
        if less := select_reportable_terms(group.less):
            yield self._build_term_sentence(LESS, less)

    def _build_term_sentence(self, kind: str, terms: Sequence[ComparedTerm]) -> ConclusionSentence:
        """Build a sentence of terms, naming only the significant ones if there are any."""
        sure = [term for term in terms if term.q is not None and term.q < _SIGNIFICANCE_LEVEL]
        tested = any(term.q is not None for term in terms)
        lead = _LEADS[kind][0 if sure else 1 if tested else 2]
        return self._build_sentence(
            kind,
            self._t.translate(lead),
            [self._build_term_item(term) for term in (sure or terms)[:MAX_TERMS]],
        )

    def _iter_duty_sentences(self, group: ComparedGroup) -> Iterator[ConclusionSentence]:
        """Yield declared duties that are only mentioned or missing, and undeclared ones."""
        if group.duties is None:
            return
        t, own = self._t, group.duties
        mentioned = [self._build_mentioned_item(one, group.reports) for one in own.mentioned]
        if mentioned:
            yield self._build_sentence(MENTIONED, t("Assigned, mentioned only: "), mentioned)
        missing = [self._build_duty_item(one, group.reports) for one in own.not_reported]
        covered = len(own.declared) - len(mentioned)
        if missing:
            lead = t("Assigned, nothing found (by word list and wording; check the report): ")
            yield self._build_sentence(MISSING, lead, missing)
        elif own.declared and mentioned:
            none = t(
                "Assigned, nothing found: none (other assigned portfolios, all covered: {number})",
                number=covered,
            )
            yield self._build_sentence(MISSING, none)
        elif own.declared:
            none = t(
                "Assigned, nothing found: none (assigned portfolios, all covered: {number})",
                number=covered,
            )
            yield self._build_sentence(MISSING, none)
        else:
            untold = t("The openings list no duties, so gaps cannot be checked")
            yield self._build_sentence(MISSING, untold)
        if own.unknown:
            items = [ConclusionItem(item, "", ()) for item in own.unknown]
            unknown = t("Unknown (duties not in the word list): ")
            yield self._build_sentence(UNKNOWN, unknown, items)
        beyond = [self._build_duty_item(one, group.reports) for one in own.not_declared]
        if beyond:
            lead = t("Covered but not assigned (judged by wording; check the passages): ")
            yield self._build_sentence(BEYOND, lead, beyond)

    def _build_mentioned_item(self, duty: DutyPassages, reports: int) -> ConclusionItem:
        if len(duty.reports) > 1:
            return self._build_duty_item(duty, reports)
        t = self._t
        where = self._format_passages([passage.rpartition("#")[2] for passage in duty.passages])
        about = (
            t(" (in 1 of {reports} reports, {where})", reports=reports, where=where)
            if reports > 1
            else put_in_brackets(t, where)
        )
        return ConclusionItem(duty.portfolio, about, duty.passages)

    def _format_passages(self, numbers: Sequence[str]) -> str:
        """List the passages: 第 15、17 段."""
        t, listed = self._t, join_list(self._t, numbers[:_MAX_PASSAGES])
        if len(numbers) > _MAX_PASSAGES:
            count = len(numbers)
            return t("passages {numbers} and others, {all} in all", numbers=listed, all=count)
        if len(numbers) > 1:
            return t("passages {numbers}", numbers=listed)
        return t("passage {number}", number=listed)

    def _build_term_item(self, term: ComparedTerm) -> ConclusionItem:
        """Build a term with the rates of its string, to which its link leads."""
        t, string = self._t, term.string
        if string is None:
            return ConclusionItem(term.term, "", (term.example.passage,))
        here, rest = self._format_rate(string.per_10k), self._format_rate(string.rest_per_10k)
        if not string.rest_count:
            about = t(
                " ({times}×, {here} per 10,000 characters; others none)",
                times=string.count, here=here,
            )  # fmt: skip
        elif string.count:
            about = t(
                " ({times}×, {here} per 10,000 characters; others {rest})",
                times=string.count, here=here, rest=rest,
            )  # fmt: skip
        else:
            about = t(" (none; others {rest} per 10,000 characters)", rest=rest)
        return ConclusionItem(term.term, about, (term.example.passage,))

    def _format_rate(self, number: float) -> str:
        """Format a rate; Chinese has a space before a number, and none before a word."""
        if number < 0.05:
            return self._t.pgettext("rate", "< 0.1")
        shown = f"{number:.0f}" if number >= 10 else f"{number:.1f}"
        return self._t.pgettext("rate", "{number}", number=shown)

    def _build_duty_item(self, duty: DutyPassages, reports: int) -> ConclusionItem:
        number = len(duty.reports)
        about = (
            self._t.pgettext(
                "compare", " (in {number} of {reports} reports)", number=number, reports=reports
            )
            if number < reports
            else ""
        )
        return ConclusionItem(duty.portfolio, about, duty.passages)


def _begin_part(items: Sequence[ConclusionItem], before: str) -> list[ConclusionItem]:
    """Return items of which the first begins a new part of the sentence."""
    return [replace(item, before=before) for item in items[:1]] + list(items[1:])


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
