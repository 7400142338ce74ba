"""The passages of a group: their folded text, and its mapping to the reports."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.example_sentences import extract_example
from reportsearch.analysis.keywords.passage_groups import PassageGroup
from reportsearch.analysis.matching.formulae import find_set_phrases
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.terms.token_text import TokenText
from reportsearch.comparable import Span, to_comparable
from reportsearch.models.keywords import Example
from reportsearch.models.report import Report
from reportsearch.normalise import fold, normalise
from reportsearch.structure.closing import find_body

PassageSpan = tuple[int, int, int]
"""The position of a passage in its group, and a span of its original text."""


class GroupText:
    """The passages of a group; ``phrases`` maps set phrases to their places."""

    def __init__(self, corpus: Corpus, group: PassageGroup, rules: TermRules) -> None:
        self.reports = {name: corpus.engine.report(name) for name in group.passage_numbers}
        self.passages = [
            report.passages[number - 1]
            for name, report in self.reports.items()
            for number in group.passage_numbers[name]
        ]
        self._folded = [normalise(passage.text) for passage in self.passages]
        set_phrases = find_set_phrases(corpus.phrases, [folded.text for folded in self._folded])
        self.phrases = _group_by_phrase(corpus, set_phrases, self._to_original)
        self.text = TokenText(
            [folded.text for folded in self._folded],
            [[span for _, span in spans] for spans in set_phrases],
            self._iter_headings(),
            corpus.tokenizer,
            rules.is_boundary,
        )
        self.chars = sum(len(folded.text) for folded in self._folded)

    def _iter_headings(self) -> Iterator[list[Span]]:
        """Yield the spans of headings in each folded passage."""
        within: dict[str, dict[int, list[Span]]] = {
            name: find_headings_by_passage(report) for name, report in self.reports.items()
        }
        for passage, folded in zip(self.passages, self._folded, strict=True):
            yield [
                folded.map_from_original(start - passage.start, end - passage.start)
                for start, end in within[passage.report].get(passage.number, ())
            ]

    def _to_original(self, number: int, start: int, end: int) -> PassageSpan:
        return (number, *self._folded[number].map_to_original(start, end))

    def find_places(self, term: str) -> list[PassageSpan]:
        """Return the occurrences of a folded term outside set phrases."""
        return [
            self._to_original(number, start, start + len(term))
            for number, start in self.text.find(term)
        ]

    def find_first_positions(self, places: Sequence[PassageSpan]) -> list[int]:
        """Return the offset of a term's first occurrence in each report."""
        firsts: dict[str, int] = {}
        for number, start, _ in places:
            passage = self.passages[number]
            firsts.setdefault(passage.report, passage.start + start)
        return list(firsts.values())

    def is_heading(self, place: PassageSpan) -> bool:
        """Return whether a place is part of a heading."""
        number, start, end = place
        return self.text.is_heading(number, self._folded[number].map_from_original(start, end)[0])

    def count_reports(self, places: Sequence[PassageSpan]) -> int:
        """Count the reports that some places are in."""
        return len({self.passages[number].report for number, _, _ in places})

    def find_usual_spelling(self, term: str, places: Sequence[PassageSpan]) -> str:
        """Return the most frequent spelling of a folded term, without invisible marks."""
        found = Counter(self.passages[number].text[start:end] for number, start, end in places)
        plain = [text for text in found if len(text) == len(term)]
        return min(plain, key=lambda text: (-found[text], text), default=term)

    def find_example(self, places: Sequence[PassageSpan]) -> Example:
        """Return a sentence of the passage with most of some places, preferably not a heading."""
        counts = Counter(number for number, _, _ in places)
        best = min(counts, key=lambda number: (-counts[number], number))
        number, start, end = min(
            (place for place in places if place[0] == best),
            key=lambda place: (self.is_heading(place), place[1]),
        )
        passage = self.passages[number]
        return extract_example(self.reports[passage.report].text, passage, start, end)


def _group_by_phrase(
    corpus: Corpus,
    found: Sequence[Sequence[tuple[int, Span]]],
    to_original: Callable[..., PassageSpan],
) -> dict[str, list[PassageSpan]]:
    """Return the places of each set phrase, spelt as in the word lists."""
    written = {
        to_comparable(fold(phrase)): phrase for phrase in reversed(corpus.lexicon.set_phrases)
    }
    places: dict[str, list[PassageSpan]] = {}
    for number, spans in enumerate(found):
        for phrase, span in spans:
            text = written[corpus.phrases.phrases[phrase]]
            places.setdefault(text, []).append(to_original(number, *span))
    return places


def find_headings_by_passage(report: Report) -> dict[int, list[Span]]:
    """Return the spans of headings that overlap each passage, by its number."""
    found: dict[int, list[Span]] = {}
    ends = [passage.end for passage in report.passages]
    for start, end in find_headings(report):
        place = bisect_right(ends, start)
        while place < len(ends) and report.passages[place].start < end:
            found.setdefault(report.passages[place].number, []).append((start, end))
            place += 1
    return found


def find_headings(report: Report) -> list[Span]:
    """Return the spans of the title and of headings, on separate lines or before a text."""
    lines = [(passage.start, find_body(passage)[0]) for passage in report.passages]
    found = [(start, end) for start, end in lines if start < end]
    return [*found, *((section.start, section.heading_end) for section in report.sections)]
