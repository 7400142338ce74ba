"""Paragraphs with their words tagged, for the tests of figures, works and table cells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reportsearch.analysis.facts.citations import TITLE
from reportsearch.analysis.facts.periods import ReportYears, find_times
from reportsearch.analysis.facts.quantities import QuantityFinder
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, WordTagger, tag_paragraph
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.tokenizer import Tokenizer

Rows = Callable[[str], TaggedParagraph]


@pytest.fixture(scope="module")
def rows(words: Lexicon, tokenizer: Tokenizer) -> Rows:
    measures, kinds = QuantityFinder(words.facts), WordTagger(words.facts)

    def make(text: str) -> TaggedParagraph:
        folded = fold(text)
        titles = [match.span() for match in TITLE.finditer(folded)]
        when = find_times(folded, ReportYears(2023, 2024, 2023), closed=titles)
        quantities = measures.find(folded, [(one.start, one.end) for one in when])
        return tag_paragraph(folded, quantities, when, titles, kinds, tokenizer)

    return make
