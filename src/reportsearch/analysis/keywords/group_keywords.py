"""The keywords of one group of passages, with their evidence and occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.keywords import scoring
from reportsearch.analysis.keywords.group_text import GroupText, PassageSpan
from reportsearch.analysis.keywords.passage_groups import PassageGroup
from reportsearch.analysis.keywords.reference_corpus import (
    SMOOTHING,
    WORDS_PER_CHARACTER,
    ReferenceCorpus,
    word_rate,
)
from reportsearch.analysis.keywords.scoring import WeightedTerm
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.terms.candidates import Candidate, TermRules, find_candidates
from reportsearch.analysis.terms.collocations import MIN_NPMI, has_varied_neighbours, npmi
from reportsearch.analysis.terms.corpus_counts import CorpusCounts, NGram
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
from reportsearch.tokenizer import load_dictionary

MAX_CANDIDATES = 200
"""Maximum candidates counted in the whole index: those with the highest provisional weight."""
_MAX_DOUBTFUL = 40
"""Maximum candidates of which the index has to decide whether they are terms at all."""
_MAX_EXCLUDED_PER_REASON = 15
"""Excluded terms listed for each reason."""
_MIN_REST_COUNT = 3
"""Minimum occurrences in the rest of the index for a term to count as equally frequent there."""


class KeywordExtractor:
    """The passages of a group and their weighted candidates.

    Their counts in the index are needed for :attr:`required_ngrams`, before :meth:`extract`.
    """

    def __init__(self, corpus: Corpus, group: PassageGroup) -> None:
        words = corpus.lexicon
        self._words = words
        self._group = group
        self._rules = TermRules.of(words)
        self._group_text = GroupText(corpus, group, self._rules)
        self._text = self._group_text.text
        self._general_reference = ReferenceCorpus(load_dictionary(), 0)
        self._names = ProperNames.of(report.info for report in self._group_text.reports.values())

    @cached_property
    def _candidates(self) -> list[Candidate]:
        return list(find_candidates(self._text, self._rules))

    @cached_property
    def _portfolios(self) -> dict[str, str]:
        """Return the folded names of the group's portfolios, mapped to the portfolio."""
        about = self._group.portfolios
        return {
            item: next(name for name in names if name in about)
            for item, names in self._words.portfolios_by_item.items()
            if not about.isdisjoint(names)
        }

    @cached_property
    def _portfolio_candidates(self) -> dict[str, Candidate]:
        """Return the portfolios mentioned, by name, including equivalent names.

        They also count inside longer words: 供销 in 供销社.
        """
        about = self._group.portfolios
        portfolios = [one for one in self._words.portfolios if one.name in about]
        names = [fold(name) for one in portfolios for name in (one.name, *one.same)]
        found = [name for name in names if len(name) > 1 and name in self._text.text]
        return {name: Candidate(name, (name,), 1) for name in found}

    @cached_property
    def _ranked_candidates(self) -> list[Candidate]:
        """Return the candidates by weight against general Chinese; doubtful ones come last."""
        full = [
            entry
            for entry in self._candidates
            if entry.term not in self._portfolio_candidates
            and not self._rules.is_boilerplate(entry.words)
        ]
        full.sort(key=lambda entry: (-self._estimate_weight(entry), entry.term))
        sure = [entry for entry in full if not entry.is_doubtful][:MAX_CANDIDATES]
        doubtful = [entry for entry in full if entry.is_doubtful]
        varied = [entry for entry in doubtful if self._has_varied_neighbours(entry.term)]
        return sure + varied[:_MAX_DOUBTFUL]

    def _estimate_weight(self, candidate: Candidate) -> float:
        general = self._general_reference.general_rate(candidate.words)
        rate = word_rate(candidate.count, self._group_text.chars)
        weight = scoring.term_weight(candidate.count, rate, general)
        own = scoring.PORTFOLIO_FACTOR if candidate.term in self._portfolios else 1.0
        return weight * own * self._form_factor(candidate)

    def _form_factor(self, candidate: Candidate) -> float:
        is_entry = candidate.term in self._words.terms
        return scoring.form_factor(candidate.term, len(candidate.words), is_entry=is_entry)

    def _has_varied_neighbours(self, term: str) -> bool:
        """Return whether a term has varied neighbours on both sides in these passages."""
        text = self._text.text
        places = list(self._text.iter_places(term))
        return has_varied_neighbours(
            (text[at - 1 : at] for at in places),
            (text[at + len(term) : at + len(term) + 1] for at in places),
        )

    @cached_property
    def required_ngrams(self) -> list[NGram]:
        """Return the n-grams whose counts in the index are needed."""
        ngrams = [entry.words for entry in self._ranked_candidates]
        for entry in self._ranked_candidates:
            if entry.is_doubtful:
                ngrams += [(word,) for word in entry.words]
        return list(dict.fromkeys(ngrams))

    def extract(self, counts: CorpusCounts, top: int, *, with_formulae: bool) -> KeywordGroup:
        """Return the ``top`` keywords, and on request the excluded terms."""
        background = ReferenceCorpus(
            load_dictionary(), max(counts.chars - self._group_text.chars, 0)
        )
        entries = [*self._portfolio_candidates.values(), *self._ranked_candidates]
        weighed = [
            self._weigh(entry, counts, background)
            for entry in entries
            if not entry.is_doubtful or self._is_collocation(entry, counts)
        ]
        chosen = scoring.select_keywords(
            [entry for entry in weighed if not self._find_exclusion_reason(entry)], top
        )
        general = background.chars * WORDS_PER_CHARACTER < SMOOTHING
        return KeywordGroup(
            id=self._group.id,
            title=self._group.title,
            reports=len(self._group_text.reports),
            passages=len(self._group_text.passages),
            chars=self._group_text.chars,
            rest=background.chars,
            background=GENERAL if general else INDEX,
            keywords=tuple(
                self._build_keyword(entry, self._group_text.find_places(entry.term))
                for entry in chosen
            ),
            set_aside=tuple(self._iter_excluded(weighed)) if with_formulae else (),
        )

    def _is_collocation(self, candidate: Candidate, counts: CorpusCounts) -> bool:
        apart = [counts.get_count((word,)) for word in candidate.words]
        size = counts.chars * WORDS_PER_CHARACTER
        return npmi(counts.get_count(candidate.words), apart, size) >= MIN_NPMI

    def _weigh(
        self, candidate: Candidate, counts: CorpusCounts, reference: ReferenceCorpus
    ) -> WeightedTerm:
        term = candidate.term
        places = self._group_text.find_places(term)
        general = reference.general_rate(candidate.words)
        if term in self._portfolios:
            # Its own terms show what a report is about, however many reports use them.
            here = word_rate(len(places), self._group_text.chars)
            expected, is_common = general, False
        else:
            # Count both sides alike: n-grams, including those in set phrases.
            here = word_rate(candidate.count, self._group_text.chars)
            rest = counts.get_count(candidate.words) - candidate.count
            expected = reference.expected_rate(rest, general)
            is_common = rest >= _MIN_REST_COUNT and here <= word_rate(rest, reference.chars)
        score = scoring.term_weight(len(places), here, expected)
        if score:
            firsts = self._group_text.find_first_positions(places)
            score *= self._form_factor(candidate) * scoring.position_factor(firsts)
            if term in self._portfolios:
                score *= scoring.PORTFOLIO_FACTOR
            if any(map(self._group_text.is_heading, places)):
                score *= scoring.HEADING_FACTOR
        return WeightedTerm(
            term,
            score,
            len(places),
            here / expected,
            is_common=is_common,
            portfolio=self._portfolios.get(term),
        )

    def _find_exclusion_reason(self, entry: WeightedTerm) -> str:
        """Return why a term is excluded; empty if it is a keyword."""
        if not entry.count:
            return SET_PHRASE
        if self._names.matches(entry.term) and entry.term not in self._words.portfolios_by_item:
            return NAME
        return COMMON if entry.is_common else ""

    def _iter_excluded(self, weighed: Sequence[WeightedTerm]) -> Iterator[Keyword]:
        """Yield the excluded terms, each kind by frequency."""
        hollow = [
            WeightedTerm(entry.term, 0.0, entry.count, 0.0)
            for entry in self._candidates
            if self._rules.is_boilerplate(entry.words)
            and (len(entry.words) == 1 or entry.term in self._rules.boilerplate.words)
        ]
        yield from self._iter_most_frequent(self._group_text.phrases, SET_PHRASE)
        for reason in (COMMON, NAME):
            entries = [entry for entry in weighed if self._find_exclusion_reason(entry) == reason]
            yield from self._iter_most_frequent(self._find_places(entries), reason)
        yield from self._iter_most_frequent(self._find_places(hollow), BOILERPLATE)

    def _find_places(self, entries: Sequence[WeightedTerm]) -> dict[str, list[PassageSpan]]:
        return {entry.term: self._group_text.find_places(entry.term) for entry in entries}

    def _iter_most_frequent(
        self, places: dict[str, list[PassageSpan]], reason: str
    ) -> Iterator[Keyword]:
        found = [(term, where) for term, where in places.items() if where]
        found.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        for term, where in found[:_MAX_EXCLUDED_PER_REASON]:
            yield self._build_keyword(WeightedTerm(term, 0.0, len(where), 0.0), where, reason)

    def _build_keyword(
        self, entry: WeightedTerm, places: Sequence[PassageSpan], reason: str = ""
    ) -> Keyword:
        written = entry.term
        if reason != SET_PHRASE:
            written = self._group_text.find_usual_spelling(entry.term, places)
        return Keyword(
            term=written,
            score=round(entry.score, 4),
            count=entry.count,
            passages=len({number for number, _, _ in places}),
            reports=self._group_text.count_reports(places),
            ratio=round(entry.ratio, 1),
            portfolio=self._portfolios.get(entry.term),
            example=self._group_text.find_example(places),
            reason=reason,
        )
