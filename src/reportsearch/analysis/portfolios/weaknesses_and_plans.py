"""Weaknesses and plans of a portfolio, and the parts of passages that concern others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.summary.content_units import ContentUnitReader
from reportsearch.analysis.summary.sentence_roles import SentenceRoles
from reportsearch.lexicon import Lexicon
from reportsearch.models.portfolios import Quoted
from reportsearch.models.report import Report
from reportsearch.models.summary import PLANS, WEAKNESSES
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.closing import find_body
from reportsearch.structure.passages import split_sentences
from reportsearch.structure.portfolio_terms import find_mentioned_portfolios
from reportsearch.structure.sentences import iter_sentences
from reportsearch.tokenizer import Tokenizer

# 一是…；二是…；三是… are separate matters.
_MATTER = re.compile(r"[^；;]*(?:[；;]+|$)")

_MAX_NAME_CHARS = 4
"""Maximum length in characters of a portfolio name that half of it can represent."""


@dataclass(frozen=True)
class WeaknessesAndPlans:
    """A search for the parts of a report that concern a portfolio, by words that point to it."""

    lexicon: Lexicon
    tokenizer: Tokenizer

    @cached_property
    def _reader(self) -> ContentUnitReader:
        return ContentUnitReader(self.lexicon.summary, self.lexicon.stop_words)

    def iter_quotes(self, report: Report, portfolio: str) -> Iterator[tuple[str, Quoted]]:
        """Yield sentences, or parts up to a semicolon, with WEAKNESSES or PLANS, in text order.

        Each has words that point to this portfolio. One that points to none belongs to it if its
        heading does, or if the official heads only the bureau of this field.
        """
        for kind, sentence in self._find_sentences(report):
            is_own = self._is_own(report, sentence, portfolio)
            for match in _MATTER.finditer(sentence.text):
                named = self._find_portfolios(match[0])
                if match[0].strip() and (portfolio in named or (not named and is_own)):
                    start = sentence.start + match.start()
                    yield (kind, Quoted(sentence.passage, start, start + len(match[0]), match[0]))

    def find_other_spans(self, report: Report, portfolio: str) -> list[tuple[int, int]]:
        """Return the sentences of passages about this portfolio that concern others.

        In passages about several portfolios these are the sentences that point only to others.
        Weaknesses and plans cover all of an official's work, so there every sentence that does not
        concern this portfolio counts.
        """
        found = []
        of = {passage.id: passage for passage in report.passages}
        for _, sentence in self._find_sentences(report):
            if portfolio not in of[sentence.passage].portfolios:
                continue
            named = self._find_portfolios(sentence.text)
            if portfolio not in named and (named or not self._is_own(report, sentence, portfolio)):
                found.append((sentence.start, sentence.end))
        for passage in report.passages:
            if portfolio not in passage.portfolios or len(passage.portfolios) == 1:
                continue
            for start, end in split_sentences(report.text, *find_body(passage)):
                named_here = {*self._find_portfolios(report.text[start:end])} & {
                    *passage.portfolios
                }
                if named_here and portfolio not in named_here:
                    found.append((start, end))
        return found

    def _find_sentences(self, report: Report) -> list[tuple[str, Sentence]]:
        """Return the sentences about weaknesses and plans, with their kind."""
        sentences = list(iter_sentences(report))
        about = SentenceRoles(report, sentences, self.lexicon, self._reader)
        kinds = ((about.find_kind(sentence), sentence) for sentence in sentences)
        return [(kind, sentence) for kind, sentence in kinds if kind in {WEAKNESSES, PLANS}]

    def _is_own(self, report: Report, sentence: Sentence, portfolio: str) -> bool:
        """Check whether a sentence that names no portfolio is about this one."""
        heads = {duty.portfolio for duty in report.duties if duty.role == "主持"} - {None}
        headed = (self._find_portfolios(heading) for heading in reversed(sentence.section))
        return heads == {portfolio} or next(filter(None, headed), ()) == (portfolio,)

    def _find_portfolios(self, text: str) -> tuple[str, ...]:
        folded = fold(text)
        found = dict.fromkeys(find_mentioned_portfolios(folded, self.lexicon, self.tokenizer))
        for token in self.tokenizer.cut(folded):
            found.update(dict.fromkeys(self._short_names.get(token.text, ())))
        return tuple(found)

    @cached_property
    def _short_names(self) -> dict[str, tuple[str, ...]]:
        """Map to portfolios the items of duty lists that are half of their names: 招商, 旅游.

        Many other items are too general to point to a portfolio: 安全, 规划, 建设.
        """
        found: dict[str, tuple[str, ...]] = {}
        for portfolio in self.lexicon.portfolios:
            names = [
                name for name in (portfolio.name, *portfolio.same) if len(name) <= _MAX_NAME_CHARS
            ]
            for item in map(fold, portfolio.names):
                if len(item) > 1 and any(item in fold(name) for name in names):
                    found[item] = (*found.get(item, ()), portfolio.name)
        return found
