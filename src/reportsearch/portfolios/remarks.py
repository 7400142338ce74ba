"""What an official finds wanting in a portfolio, and plans for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reportsearch.lexicon import Lexicon
from reportsearch.models import PLANS, WEAKNESSES, Quoted, Report
from reportsearch.nlp.summary.about import About
from reportsearch.nlp.summary.content import Reader
from reportsearch.normalise import fold
from reportsearch.structure.assign import mentioned
from reportsearch.structure.said import sentences_of
from reportsearch.tokens import Tokenizer

# 一是…；二是…；三是… are matters of their own.
_MATTER = re.compile(r"[^；;]*(?:[；;]+|$)")


@dataclass(frozen=True)
class Remarks:
    """Finds what a report says of weaknesses and plans that concerns a portfolio."""

    words: Lexicon
    tokenizer: Tokenizer

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.words.summary, self.words.stop_words)

    def of(self, report: Report, portfolio: str) -> Iterator[tuple[str, Quoted]]:
        """Each sentence, or part of one before a semicolon, with WEAKNESSES or PLANS, by place.

        It stands in a passage about this portfolio alone, or has words that point to it, or points
        to no other under a heading that does.
        """
        sentences = list(sentences_of(report))
        about = About(report, sentences, self.words, self._reader)
        only = {
            passage.id for passage in report.passages if passage.portfolios == (portfolio,)
        }
        for sentence in sentences:
            kind = about.kind(sentence)
            if kind not in {WEAKNESSES, PLANS}:
                continue
            headed = self._points(sentence.section[-1])[:2] if sentence.section else ()
            for match in _MATTER.finditer(sentence.text):
                named = self._points(match[0])
                concerns = portfolio in named or (not named and headed == (portfolio,))
                if match[0].strip() and (concerns or sentence.passage in only):
                    start = sentence.start + match.start()
                    yield (
                        kind,
                        Quoted(sentence.passage, start, start + len(match[0]), match[0]),
                    )

    def _points(self, text: str) -> tuple[str, ...]:
        return mentioned(fold(text), self.words, self.tokenizer)
