"""The passages of a group: their text as it is looked at, and the way back to the reports."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportsearch.analysis import examples as evidence
from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.keywords.groups import Group
from reportsearch.analysis.matching.set_phrases import set_phrases_in
from reportsearch.analysis.terms.candidates import Rules
from reportsearch.analysis.terms.token_text import Span, Text
from reportsearch.comparable import compared
from reportsearch.models.keywords import Example
from reportsearch.models.report import Report
from reportsearch.normalise import fold, normalise
from reportsearch.structure.closing import body_of

Place = tuple[int, int, int]
"""The place of a passage among those of the group, and a span of its original text."""


class Chosen:
    """The passages of a group; ``phrases`` are the set phrases in them, with their places."""

    def __init__(self, held: Holdings, group: Group, rules: Rules) -> None:
        self.reports = {name: held.engine.report(name) for name in group.chosen}
        self.passages = [
            report.passages[number - 1]
            for name, report in self.reports.items()
            for number in group.chosen[name]
        ]
        self._folded = [normalise(passage.text) for passage in self.passages]
        set_phrases = set_phrases_in(held.phrases, [folded.text for folded in self._folded])
        self.phrases = _by_phrase(held, set_phrases, self._original)
        self.text = Text(
            [folded.text for folded in self._folded],
            [[span for _, span in spans] for spans in set_phrases],
            self._headings(),
            held.tokenizer,
            rules.parts,
        )
        self.chars = sum(len(folded.text) for folded in self._folded)

    def _headings(self) -> Iterator[list[Span]]:
        """The spans of headings in each folded passage."""
        within: dict[str, dict[int, list[Span]]] = {
            name: headings_by_passage(report) for name, report in self.reports.items()
        }
        for passage, folded in zip(self.passages, self._folded, strict=True):
            yield [
                folded.folded(start - passage.start, end - passage.start)
                for start, end in within[passage.report].get(passage.number, ())
            ]

    def _original(self, number: int, start: int, end: int) -> Place:
        return (number, *self._folded[number].original(start, end))

    def places(self, term: str) -> list[Place]:
        """Where a folded term stands outside set phrases."""
        return [
            self._original(number, start, start + len(term))
            for number, start in self.text.find(term)
        ]

    def firsts(self, places: Sequence[Place]) -> list[int]:
        """Where in each report a term first occurs, in characters from its beginning."""
        firsts: dict[str, int] = {}
        for number, start, _ in places:
            passage = self.passages[number]
            firsts.setdefault(passage.report, passage.start + start)
        return list(firsts.values())

    def is_heading(self, place: Place) -> bool:
        """Whether a place is part of a heading."""
        number, start, end = place
        return self.text.is_heading(number, self._folded[number].folded(start, end)[0])

    def reports_of(self, places: Sequence[Place]) -> int:
        """The number of reports that some places are in."""
        return len({self.passages[number].report for number, _, _ in places})

    def written(self, term: str, places: Sequence[Place]) -> str:
        """A folded term as it is most often written; as it is where that has invisible marks."""
        found = Counter(self.passages[number].text[start:end] for number, start, end in places)
        plain = [text for text in found if len(text) == len(term)]
        return min(plain, key=lambda text: (-found[text], text), default=term)

    def example(self, places: Sequence[Place]) -> Example:
        """A sentence of the passage that has most of some places, rather than a heading."""
        counts = Counter(number for number, _, _ in places)
        best = min(counts, key=lambda number: (-counts[number], number))
        number, start, end = min(
            (place for place in places if place[0] == best),
            key=lambda place: (self.is_heading(place), place[1]),
        )
        passage = self.passages[number]
        return evidence.example(self.reports[passage.report].text, passage, start, end)


def _by_phrase(
    held: Holdings, found: Sequence[Sequence[tuple[int, Span]]], original: Callable[..., Place]
) -> dict[str, list[Place]]:
    """The places of each set phrase, as the word lists write it."""
    written = {compared(fold(phrase)): phrase for phrase in reversed(held.words.set_phrases)}
    places: dict[str, list[Place]] = {}
    for number, spans in enumerate(found):
        for phrase, span in spans:
            text = written[held.phrases.phrases[phrase]]
            places.setdefault(text, []).append(original(number, *span))
    return places


def headings_by_passage(report: Report) -> dict[int, list[Span]]:
    """The spans of headings that lie in each passage, if only in part, by its number."""
    found: dict[int, list[Span]] = {}
    ends = [passage.end for passage in report.passages]
    for start, end in headings_of(report):
        place = bisect_right(ends, start)
        while place < len(ends) and report.passages[place].start < end:
            found.setdefault(report.passages[place].number, []).append((start, end))
            place += 1
    return found


def headings_of(report: Report) -> list[Span]:
    """The spans of the title and of headings, on lines of their own or before a text."""
    lines = [(passage.start, body_of(passage)[0]) for passage in report.passages]
    found = [(start, end) for start, end in lines if start < end]
    return [*found, *((section.start, section.heading_end) for section in report.sections)]
