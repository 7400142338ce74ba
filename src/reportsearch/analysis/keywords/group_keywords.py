"""The keywords of one group of passages, each with what it is judged by and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.keywords import scoring
from reportsearch.analysis.keywords.group_text import Chosen, Place
from reportsearch.analysis.keywords.groups import Group
from reportsearch.analysis.keywords.reference_corpus import (
    SMOOTHING,
    WORDS_PER_CHARACTER,
    Background,
    rate,
)
from reportsearch.analysis.keywords.scoring import Weighed
from reportsearch.analysis.proper_names import Names
from reportsearch.analysis.terms.candidates import Candidate, Rules, candidates
from reportsearch.analysis.terms.collocations import LEAST_NPMI, is_free, npmi
from reportsearch.analysis.terms.corpus_counts import Counts, Words
from reportsearch.models.keywords import (
    BOILERPLATE,
    COMMON,
    GENERAL,
    INDEX,
    NAME,
    SET_PHRASE,
    Keyword,
    KeywordGroup,
)
from reportsearch.normalise import fold
from reportsearch.tokenizer import dictionary

MOST = 200
"""The candidates that are looked for in the whole index: those that weigh most so far."""
_DOUBTFUL = 40
"""The same, of those of which the index has to tell whether they are terms at all."""
_ASIDE = 15
"""Terms set aside that are told for each reason."""
_FEW = 3
"""Occurrences in the rest of the index from which on a term can be as frequent there."""


class Selection:
    """The passages of a group, and what is weighed of them.

    What the index has to tell is in :attr:`asked`; it has to be learned before :meth:`keywords`.
    """

    def __init__(self, held: Holdings, group: Group) -> None:
        words = held.words
        self._words = words
        self._group = group
        self._rules = Rules(dictionary(), words.stop_words, words.boilerplate, words.terms)
        self._chosen = Chosen(held, group, self._rules)
        self._text = self._chosen.text
        self._general = Background(dictionary(), 0)
        self._names = Names.of(report.info for report in self._chosen.reports.values())

    @cached_property
    def _found(self) -> list[Candidate]:
        return list(candidates(self._text, self._rules))

    @cached_property
    def _portfolios(self) -> dict[str, str]:
        """The folded names of the portfolios that the group is about, and which each names."""
        about = self._group.about
        return {
            item: next(name for name in names if name in about)
            for item, names in self._words.by_item.items()
            if not about.isdisjoint(names)
        }

    @cached_property
    def _own(self) -> dict[str, Candidate]:
        """The portfolios by name, with what counts as the same, as far as they are mentioned.

        They count inside longer words, too: 供销 in 供销社.
        """
        names = (
            fold(name)
            for portfolio in self._words.portfolios
            if portfolio.name in self._group.about
            for name in (portfolio.name, *portfolio.same)
        )
        return {
            name: Candidate(name, (name,), 1)
            for name in names
            if len(name) > 1 and name in self._text.text
        }

    @cached_property
    def _promising(self) -> list[Candidate]:
        """The candidates that would weigh most against general Chinese; doubtful ones are last."""
        full = [
            entry
            for entry in self._found
            if entry.term not in self._own and not self._rules.is_hollow(entry.words)
        ]
        full.sort(key=lambda entry: (-self._promise(entry), entry.term))
        sure = [entry for entry in full if not entry.is_doubtful][:MOST]
        doubtful = [entry for entry in full if entry.is_doubtful]
        return sure + [entry for entry in doubtful if self._is_free(entry.term)][:_DOUBTFUL]

    def _promise(self, candidate: Candidate) -> float:
        general = self._general.general(candidate.words)
        weight = scoring.weight(candidate.count, rate(candidate.count, self._chosen.chars), general)
        own = scoring.PORTFOLIO if candidate.term in self._portfolios else 1.0
        return weight * own * self._form(candidate)

    def _form(self, candidate: Candidate) -> float:
        is_entry = candidate.term in self._words.terms
        return scoring.form(candidate.term, len(candidate.words), is_entry=is_entry)

    def _is_free(self, term: str) -> bool:
        """Whether different characters stand on both sides of a term in these passages."""
        text = self._text.text
        places = list(self._text.all_places(term))
        return is_free(
            (text[at - 1 : at] for at in places),
            (text[at + len(term) : at + len(term) + 1] for at in places),
        )

    @cached_property
    def asked(self) -> list[Words]:
        """The strings of words whose number in the index has to be known."""
        asked = [entry.words for entry in self._promising]
        for entry in self._promising:
            if entry.is_doubtful:
                asked += [(word,) for word in entry.words]
        return list(dict.fromkeys(asked))

    def keywords(self, counts: Counts, top: int, *, with_formulae: bool) -> KeywordGroup:
        """The best so many, and what was set aside."""
        background = Background(dictionary(), max(counts.chars - self._chosen.chars, 0))
        entries = [*self._own.values(), *self._promising]
        weighed = [
            self._weigh(entry, counts, background)
            for entry in entries
            if not entry.is_doubtful or self._is_collocation(entry, counts)
        ]
        chosen = scoring.left([entry for entry in weighed if not self._reason(entry)], top)
        general = background.chars * WORDS_PER_CHARACTER < SMOOTHING
        return KeywordGroup(
            id=self._group.id,
            title=self._group.title,
            reports=len(self._chosen.reports),
            passages=len(self._chosen.passages),
            chars=self._chosen.chars,
            rest=background.chars,
            background=GENERAL if general else INDEX,
            keywords=tuple(
                self._keyword(entry, self._chosen.places(entry.term)) for entry in chosen
            ),
            set_aside=tuple(self._set_aside(weighed)) if with_formulae else (),
        )

    def _is_collocation(self, candidate: Candidate, counts: Counts) -> bool:
        apart = [counts.of((word,)) for word in candidate.words]
        size = counts.chars * WORDS_PER_CHARACTER
        return npmi(counts.of(candidate.words), apart, size) >= LEAST_NPMI

    def _weigh(self, candidate: Candidate, counts: Counts, background: Background) -> Weighed:
        term = candidate.term
        places = self._chosen.places(term)
        general = background.general(candidate.words)
        if term in self._portfolios:
            # Its own terms say what a report is about, however many reports have them.
            here, expected, is_common = rate(len(places), self._chosen.chars), general, False
        else:
            # Both sides counted alike: strings of words, in set phrases, too.
            here = rate(candidate.count, self._chosen.chars)
            rest = counts.of(candidate.words) - candidate.count
            expected = background.expected(rest, general)
            is_common = rest >= _FEW and here <= rate(rest, background.chars)
        score = scoring.weight(len(places), here, expected)
        if score:
            score *= self._form(candidate) * scoring.early(self._chosen.firsts(places))
            score *= scoring.PORTFOLIO if term in self._portfolios else 1.0
            score *= scoring.HEADING if any(map(self._chosen.is_heading, places)) else 1.0
        return Weighed(
            term,
            score,
            len(places),
            here / expected,
            is_common=is_common,
            portfolio=self._portfolios.get(term),
        )

    def _reason(self, entry: Weighed) -> str:
        """Why a term is no keyword; empty when it is one."""
        if not entry.count:
            return SET_PHRASE
        if self._names.has(entry.term) and entry.term not in self._words.by_item:
            return NAME
        return COMMON if entry.is_common else ""

    def _set_aside(self, weighed: Sequence[Weighed]) -> Iterator[Keyword]:
        """Set phrases, and what no report is about, each kind by how often it occurs."""
        hollow = [
            Weighed(entry.term, 0.0, entry.count, 0.0)
            for entry in self._found
            if self._rules.is_hollow(entry.words)
            and (len(entry.words) == 1 or entry.term in self._rules.boilerplate.words)
        ]
        yield from self._first(self._chosen.phrases, SET_PHRASE)
        for reason in (COMMON, NAME):
            entries = [entry for entry in weighed if self._reason(entry) == reason]
            yield from self._first(self._places(entries), reason)
        yield from self._first(self._places(hollow), BOILERPLATE)

    def _places(self, entries: Sequence[Weighed]) -> dict[str, list[Place]]:
        return {entry.term: self._chosen.places(entry.term) for entry in entries}

    def _first(self, places: dict[str, list[Place]], reason: str) -> Iterator[Keyword]:
        found = [(term, where) for term, where in places.items() if where]
        found.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        for term, where in found[:_ASIDE]:
            yield self._keyword(Weighed(term, 0.0, len(where), 0.0), where, reason)

    def _keyword(self, entry: Weighed, places: Sequence[Place], reason: str = "") -> Keyword:
        written = entry.term if reason == SET_PHRASE else self._chosen.written(entry.term, places)
        return Keyword(
            term=written,
            score=round(entry.score, 4),
            count=entry.count,
            passages=len({number for number, _, _ in places}),
            reports=self._chosen.reports_of(places),
            ratio=round(entry.ratio, 1),
            portfolio=self._portfolios.get(entry.term),
            example=self._chosen.example(places),
            reason=reason,
        )
