"""Examples from the reports: a sentence for each term, passages for each topic."""

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
"""Characters shown of a passage."""
_MAX_CACHED_REPORTS = 256
"""Reports kept in memory; examples may come from thousands."""
_MAX_SPELLING_PASSAGES = 5
"""Passages that decide how a term is spelt."""


@dataclass(frozen=True, slots=True)
class PhraseOccurrence:
    """An occurrence of adjacent words: their spelling there, and the sentence."""

    written: str
    example: Example


class TopicExampleFinder:
    """Looks up passages of a selection by row."""

    def __init__(self, corpus: Corpus, passages: Passages) -> None:
        self._corpus = corpus
        self._passages = passages
        self._report = lru_cache(_MAX_CACHED_REPORTS)(corpus.engine.report)

    def get_passage_id(self, row: int) -> str:
        """Return the id of a passage, ``REPORT#N``."""
        report, number = self._passages.places[row]
        return f"{report}#{number}"

    def get_beginning(self, row: int) -> str:
        """Return the beginning of a passage in its original form."""
        _, passage = self._get_passage(row)
        cut = passage.text[:MAX_BEGINNING_CHARS]
        return cut if len(passage.text) <= MAX_BEGINNING_CHARS else f"{cut}…"

    def find_first(self, rows: Iterable[int], words: Sequence[str]) -> PhraseOccurrence:
        """Return the first of some passages in which words are adjacent outside set phrases.

        Their spelling is the most frequent one in the first few of these passages.
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
        # If it contains invisible marks, show the folded form.
        written = text if len(text) == len(term) else term
        return PhraseOccurrence(written, extract_example(report.text, passage, start, end))

    def _get_passage(self, row: int) -> tuple[Report, Passage]:
        name, number = self._passages.places[row]
        report = self._report(name)
        return report, report.passages[number - 1]


def _find_word_runs(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans in which words follow one another with nothing between."""
    size = len(words)
    for at in range(len(tokens) - size + 1):
        part = tokens[at : at + size]
        if all(token.text == word for token, word in zip(part, words, strict=True)) and all(
            part[i].end == part[i + 1].start for i in range(size - 1)
        ):
            yield part[0].start, part[-1].end
