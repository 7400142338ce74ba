"""The keywords of one group of passages, each with what it is judged by and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reportsearch.holdings import Holdings
from reportsearch.keywords.groups import Group
from reportsearch.models import Example, Keyword, KeywordGroup, Passage, Report
from reportsearch.models.keywords import BOILERPLATE, COMMON, NAME, SET_PHRASE
from reportsearch.nlp.compared import Compared
from reportsearch.nlp.keywords import scoring
from reportsearch.nlp.keywords.background import Background, rate
from reportsearch.nlp.keywords.candidates import Candidate, Rules, candidates
from reportsearch.nlp.keywords.collocations import is_collocation
from reportsearch.nlp.keywords.scoring import Weighed
from reportsearch.nlp.keywords.text import Span, Text
from reportsearch.normalise import fold, normalise
from reportsearch.structure.closing import body_of
from reportsearch.structure.passages import sentences
from reportsearch.tokens import dictionary

_COUNTED = 150
"""The candidates that are looked for in the whole index: those that weigh most so far."""
_DOUBTFUL = 30
"""The same, of those that are looked for in it to see whether they are terms at all."""
_ASIDE = 30
"""Terms set aside that are told."""
_FEW = 3
"""Occurrences in the rest of the index from which on a term can be as frequent there."""

Place = tuple[int, int, int]
"""The place of a passage among those of the group, and a span of its text."""


@dataclass(frozen=True)
class Counts:
    """How often strings occur in the folded text of the whole index."""

    text: str
    _known: dict[str, int] = field(default_factory=dict)

    @cached_property
    def chars(self) -> int:
        """The characters of all passages."""
        return _chars(self.text)

    def of(self, string: str) -> int:
        """Of a string, inside words too."""
        if string not in self._known:
            self._known[string] = self.text.count(string)
        return self._known[string]


class Selection:
    """The passages of a group, and what is weighed of them."""

    def __init__(self, held: Holdings, counts: Counts, group: Group) -> None:
        self._held = held
        self._counts = counts
        self._group = group
        self._reports = {name: held.engine.report(name) for name in group.chosen}
        self._passages = [
            report.passages[number - 1]
            for name, report in self._reports.items()
            for number in group.chosen[name]
        ]
        self._folded = [normalise(passage.text) for passage in self._passages]
        self._phrases: dict[int, list[Place]] = {}
        words = held.words
        self._rules = Rules(dictionary(), words.stop_words, words.boilerplate, words.terms)
        self._text = Text(
            [folded.text for folded in self._folded],
            [self._hollow(number) for number in range(len(self._passages))],
            self._headings(),
            held.tokenizer,
            self._rules.parts,
        )
        self._chars = _chars(self._text.text)
        self._background = Background(dictionary(), max(counts.chars - self._chars, 0))

    def _hollow(self, number: int) -> list[Span]:
        """The spans of set phrases in a folded passage; they are kept by phrase, too."""
        folded = self._folded[number].text
        view = Compared.of(folded)
        spans = []
        for place, phrase in self._held.phrases.find(view.text):
            span = view.span(place, place + len(self._held.phrases.phrases[phrase]))
            spans.append(span)
            self._phrases.setdefault(phrase, []).append((number, *span))
        return spans

    def _headings(self) -> Iterator[list[Span]]:
        """The spans of headings in each folded passage."""
        headings = {name: _headings(report) for name, report in self._reports.items()}
        for passage, folded in zip(self._passages, self._folded, strict=True):
            yield [
                folded.folded(start - passage.start, end - passage.start)
                for start, end in headings[passage.report]
                if start < passage.end and passage.start < end
            ]

    @cached_property
    def _portfolios(self) -> dict[str, str]:
        """The folded names of the portfolios that the reports are about."""
        infos = [report.info for report in self._reports.values()]
        about = {name for info in infos for name in (*info.declared, *info.portfolios)}
        return {
            item: next(name for name in names if name in about)
            for item, names in self._held.words.by_item.items()
            if not about.isdisjoint(names)
        }

    @cached_property
    def _regions(self) -> tuple[str, ...]:
        """Where the officials are, folded."""
        regions = {fold(report.info.region or "") for report in self._reports.values()}
        return tuple(sorted(region for region in regions if len(region) > 1))

    @cached_property
    def _names_of_reports(self) -> frozenset[str]:
        """Where and what the officials are, folded: 甲县, 副县长."""
        found: set[str] = set()
        for report in self._reports.values():
            for name in (fold(report.info.region or ""), fold(report.info.post or "")):
                found |= {name, *(name[at:] for at in range(len(name)))}
        return frozenset(name for name in found if len(name) > 1)

    def keywords(self, top: int, *, with_formulae: bool) -> KeywordGroup:
        """The best so many, and what was set aside."""
        found = list(candidates(self._text, self._rules))
        weighed = self._weighed(found, top)
        chosen = scoring.left([entry for entry in weighed if not self._reason(entry)], top)
        return KeywordGroup(
            id=self._group.id,
            title=self._group.title,
            reports=len(self._reports),
            passages=len(self._passages),
            chars=self._chars,
            rest=self._background.chars,
            keywords=tuple(self._keyword(entry, self._places(entry.term)) for entry in chosen),
            set_aside=self._set_aside(found, weighed) if with_formulae else (),
        )

    def _weighed(self, found: Sequence[Candidate], top: int) -> list[Weighed]:
        """The candidates that promise most, weighed."""
        # Names of portfolios count inside longer words, too: 供销 in 供销社.
        names = {name: Candidate(name, (name,), 1) for name in self._names()}
        full = [
            entry
            for entry in found
            if entry.term not in names and not self._rules.is_hollow(entry.words)
        ]
        full.sort(key=lambda entry: (-self._promise(entry), entry.term))
        sure = [entry for entry in full if not entry.is_doubtful][: max(_COUNTED, 5 * top)]
        doubtful = [entry for entry in full if entry.is_doubtful][:_DOUBTFUL]
        collocations = [
            entry
            for entry in doubtful
            if is_collocation(entry.words, self._counts.text, self._counts.of)
        ]
        return [self._weigh(entry) for entry in (*names.values(), *sure, *collocations)]

    def _names(self) -> Iterator[str]:
        """The folded names of the portfolios, with what counts as the same, that are mentioned."""
        about = set(self._portfolios.values())
        for portfolio in self._held.words.portfolios:
            if portfolio.name in about:
                for name in dict.fromkeys(map(fold, (portfolio.name, *portfolio.same))):
                    if len(name) > 1 and name in self._text.text:
                        yield name

    def _promise(self, candidate: Candidate) -> float:
        """What a candidate would weigh against general Chinese."""
        general = self._background.general(candidate.words)
        weight = scoring.weight(candidate.count, rate(candidate.count, self._chars) / general)
        return weight * (scoring.PORTFOLIO if candidate.term in self._portfolios else 1.0)

    def _weigh(self, candidate: Candidate) -> Weighed:
        term = candidate.term
        places = self._text.find(term)
        general = self._background.general(candidate.words)
        # Less than none is what reaches from one passage into the next.
        rest = max(self._counts.of(term) - self._text.text.count(term), 0)
        # A portfolio's own terms say what a report is about, however many reports have them.
        own = self._held.words.portfolio(term) is not None
        expected = general if own else self._background.expected(rest, general)
        here = rate(len(places), self._chars)
        score = scoring.weight(len(places), here / expected) if places else 0.0
        if score:
            score *= scoring.form(
                term, len(candidate.words), is_entry=term in self._held.words.terms
            )
            score *= scoring.early(self._firsts(places))
            score *= scoring.PORTFOLIO if term in self._portfolios else 1.0
            in_heading = any(self._text.is_heading(*place) for place in places)
            score *= scoring.HEADING if in_heading else 1.0
        there = rate(rest, self._background.chars)
        is_common = rest >= _FEW and here <= there and not own
        return Weighed(term, score, len(places), here / expected, is_common=is_common)

    def _firsts(self, places: Sequence[Span]) -> list[int]:
        """Where in each report a term first occurs."""
        firsts: dict[str, int] = {}
        for number, start in places:
            firsts.setdefault(self._passages[number].report, self._passages[number].start + start)
        return list(firsts.values())

    def _reason(self, entry: Weighed) -> str:
        """Why a term is no keyword; empty when it is one."""
        if not entry.count:
            return SET_PHRASE
        if entry.term in self._names_of_reports or entry.term.startswith(self._regions):
            return NAME
        return COMMON if entry.is_common else ""

    def _set_aside(
        self, found: Sequence[Candidate], weighed: Sequence[Weighed]
    ) -> tuple[Keyword, ...]:
        """Set phrases, and terms that no report is about or that are as frequent elsewhere."""
        aside = []
        for phrase, places in self._phrases.items():
            entry = Weighed(self._held.phrases.phrases[phrase], 0.0, len(places), 0.0)
            aside.append(
                self._keyword(entry, [self._original(place) for place in places], SET_PHRASE)
            )
        hollow = [
            entry
            for entry in found
            if self._rules.is_hollow(entry.words)
            and (len(entry.words) == 1 or entry.term in self._rules.boilerplate.words)
        ]
        hollow.sort(key=lambda entry: (-entry.count, entry.term))
        for candidate in hollow[:_ASIDE]:
            entry = self._weigh(candidate)
            if entry.count:
                aside.append(self._keyword(entry, self._places(entry.term), BOILERPLATE))
        aside += (
            self._keyword(entry, self._places(entry.term), reason)
            for entry in weighed
            for reason in [self._reason(entry)]
            if reason in {NAME, COMMON}
        )
        aside.sort(key=lambda entry: (-entry.count, entry.term))
        return tuple(aside[:_ASIDE])

    def _places(self, term: str) -> list[Place]:
        """The passages and the spans in them where a term stands."""
        return [
            self._original((number, start, start + len(term)))
            for number, start in self._text.find(term)
        ]

    def _original(self, place: Place) -> Place:
        number, start, end = place
        return (number, *self._folded[number].original(start, end))

    def _keyword(self, entry: Weighed, places: Sequence[Place], reason: str = "") -> Keyword:
        """A term as it is most often written, with the passage in which it comes most often."""
        passages = Counter(number for number, _, _ in places)
        written = Counter(self._passages[number].text[start:end] for number, start, end in places)
        best = min(passages, key=lambda number: (-passages[number], number))
        # A sentence rather than a heading.
        _, start, end = min(
            (place for place in places if place[0] == best),
            key=lambda place: (self._is_heading(place), place[1]),
        )
        return Keyword(
            term=min(written, key=lambda text: (-written[text], text)),
            score=round(entry.score, 4),
            count=entry.count,
            passages=len(passages),
            reports=len({self._passages[number].report for number in passages}),
            ratio=round(entry.ratio, 1),
            portfolio=self._portfolios.get(entry.term),
            example=self._example(self._passages[best], start, end),
            reason=reason,
        )

    def _is_heading(self, place: Place) -> bool:
        number, start, end = place
        return self._text.is_heading(number, self._folded[number].folded(start, end)[0])

    def _example(self, passage: Passage, start: int, end: int) -> Example:
        text = self._reports[passage.report].text
        first, last = next(
            (
                (first, last)
                for line in _lines(passage)
                for first, last in sentences(text, *line)
                if first <= passage.start + start < last
            ),
            (passage.start, passage.end),
        )
        return Example(
            passage=passage.id,
            start=passage.start + start,
            end=passage.start + end,
            text=text[first:last].strip(),
            sentence_start=first + len(text[first:last]) - len(text[first:last].lstrip()),
        )


def _chars(text: str) -> int:
    """The characters of passages, one on a line."""
    return len(text) - text.count("\n")


def _lines(passage: Passage) -> Iterator[Span]:
    """The lines of a passage: its title and headings, and the paragraph."""
    start = passage.start
    for line in passage.text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _headings(report: Report) -> list[Span]:
    """The spans of the title and of headings, on lines of their own or before a text."""
    lines = [(passage.start, body_of(passage)[0]) for passage in report.passages]
    found = [(start, end) for start, end in lines if start < end]
    return [*found, *((section.start, section.heading_end) for section in report.sections)]
