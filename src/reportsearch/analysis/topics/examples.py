"""The way from topics back to the originals: a sentence for each term, passages for each topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from reportsearch.analysis import examples as evidence
from reportsearch.analysis.corpus import Holdings
from reportsearch.analysis.keywords.group_text import headings_of
from reportsearch.analysis.matching.set_phrases import set_phrases_in
from reportsearch.analysis.topics.passages import Passages
from reportsearch.models.keywords import Example
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import normalise
from reportsearch.tokenizer import Token

BEGINNING = 80
"""Characters of a passage that are told."""
_KEPT = 256
"""Reports that are kept at once: examples may be of thousands."""
_LOOKED_AT = 5
"""Passages by which it is decided how a term is written."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where some neighbouring words stand: as they are written there, and the sentence."""

    written: str
    example: Example


class Evidence:
    """Looks into the passages of a selection by their row."""

    def __init__(self, held: Holdings, passages: Passages) -> None:
        self._held = held
        self._passages = passages
        self._report = lru_cache(_KEPT)(held.engine.report)

    def name(self, row: int) -> str:
        """The passage as hits name it."""
        report, number = self._passages.places[row]
        return f"{report}#{number}"

    def beginning(self, row: int) -> str:
        """How a passage begins, in the original."""
        _, passage = self._passage(row)
        cut = passage.text[:BEGINNING]
        return cut if len(passage.text) <= BEGINNING else f"{cut}…"

    def first(self, rows: Iterable[int], words: Sequence[str]) -> Place:
        """The first of some passages in which words stand side by side outside set phrases.

        They are written as the first few of these passages mostly have them.
        """
        found = (place for row in rows if (place := self._find(row, words)) is not None)
        places = list(islice(found, _LOOKED_AT))
        forms = Counter(place.written for place in places)
        return Place(max(forms, key=lambda form: forms[form]), places[0].example)

    def _find(self, row: int, words: Sequence[str]) -> Place | None:
        report, passage = self._passage(row)
        folded = normalise(passage.text)
        (phrases,) = set_phrases_in(self._held.phrases, [folded.text])
        spans = [
            folded.original(start, end)
            for start, end in _runs(self._held.tokenizer.cut(folded.text), words)
            if not any(first <= start and end <= last for _, (first, last) in phrases)
        ]
        if not spans:
            return None
        headings = headings_of(report)

        def is_heading(span: tuple[int, int]) -> bool:
            at = passage.start + span[0]
            return any(first <= at < last for first, last in headings)

        start, end = min(spans, key=lambda span: (is_heading(span), span))
        text = passage.text[start:end]
        term = "".join(words)
        # Where a mark that nobody sees stands in it, as it is folded.
        written = text if len(text) == len(term) else term
        return Place(written, evidence.example(report.text, passage, start, end))

    def _passage(self, row: int) -> tuple[Report, Passage]:
        name, number = self._passages.places[row]
        report = self._report(name)
        return report, report.passages[number - 1]


def _runs(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words follow one another with nothing between."""
    size = len(words)
    for at in range(len(tokens) - size + 1):
        part = tokens[at : at + size]
        if all(token.text == word for token, word in zip(part, words, strict=True)) and all(
            part[i].end == part[i + 1].start for i in range(size - 1)
        ):
            yield part[0].start, part[-1].end
