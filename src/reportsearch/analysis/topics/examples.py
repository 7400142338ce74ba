"""The way from topics back to the originals: a sentence for each term, passages for each topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.example_sentences import extract_example
from reportsearch.analysis.keywords.group_text import find_headings
from reportsearch.analysis.matching.formulae import find_set_phrases
from reportsearch.analysis.topics.passages import Passages
from reportsearch.models.keywords import Example
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import normalise
from reportsearch.tokenizer import Token

MAX_BEGINNING_CHARS = 80
"""Characters of a passage that are shown."""
_MAX_CACHED_REPORTS = 256
"""Reports that are kept at once: examples may be of thousands."""
_MAX_SPELLING_PASSAGES = 5
"""Passages by which it is decided how a term is written."""


@dataclass(frozen=True, slots=True)
class PhraseOccurrence:
    """Where some neighbouring words stand: as they are written there, and the sentence."""

    written: str
    example: Example


class TopicExampleFinder:
    """Looks into the passages of a selection by their row."""

    def __init__(self, corpus: Corpus, passages: Passages) -> None:
        self._corpus = corpus
        self._passages = passages
        self._report = lru_cache(_MAX_CACHED_REPORTS)(corpus.engine.report)

    def get_passage_id(self, row: int) -> str:
        """The passage as hits name it."""
        report, number = self._passages.places[row]
        return f"{report}#{number}"

    def get_beginning(self, row: int) -> str:
        """How a passage begins, in the original."""
        _, passage = self._get_passage(row)
        cut = passage.text[:MAX_BEGINNING_CHARS]
        return cut if len(passage.text) <= MAX_BEGINNING_CHARS else f"{cut}…"

    def find_first(self, rows: Iterable[int], words: Sequence[str]) -> PhraseOccurrence:
        """The first of some passages in which words stand side by side outside set phrases.

        They are written as the first few of these passages mostly have them.
        """
        found = (place for row in rows if (place := self._find_in_passage(row, words)) is not None)
        places = list(islice(found, _MAX_SPELLING_PASSAGES))
        forms = Counter(place.written for place in places)
        return PhraseOccurrence(max(forms, key=lambda form: forms[form]), places[0].example)

    def _find_in_passage(self, row: int, words: Sequence[str]) -> PhraseOccurrence | None:
        report, passage = self._get_passage(row)
        folded = normalise(passage.text)
        (phrases,) = find_set_phrases(self._corpus.phrases, [folded.text])
        spans = [
            folded.map_to_original(start, end)
            for start, end in _find_word_runs(self._corpus.tokenizer.cut(folded.text), words)
            if not any(first <= start and end <= last for _, (first, last) in phrases)
        ]
        if not spans:
            return None
        headings = find_headings(report)

        def is_heading(span: tuple[int, int]) -> bool:
            at = passage.start + span[0]
            return any(first <= at < last for first, last in headings)

        start, end = min(spans, key=lambda span: (is_heading(span), span))
        text = passage.text[start:end]
        term = "".join(words)
        # Where a mark that nobody sees stands in it, as it is folded.
        written = text if len(text) == len(term) else term
        return PhraseOccurrence(written, extract_example(report.text, passage, start, end))

    def _get_passage(self, row: int) -> tuple[Report, Passage]:
        name, number = self._passages.places[row]
        report = self._report(name)
        return report, report.passages[number - 1]


def _find_word_runs(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words follow one another with nothing between."""
    size = len(words)
    for at in range(len(tokens) - size + 1):
        part = tokens[at : at + size]
        if all(token.text == word for token, word in zip(part, words, strict=True)) and all(
            part[i].end == part[i + 1].start for i in range(size - 1)
        ):
            yield part[0].start, part[-1].end
