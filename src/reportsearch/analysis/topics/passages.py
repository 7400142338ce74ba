"""The passages of a selection: their positions, groups and words."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reportsearch.analysis.corpus import Corpus, PassageNumbers
from reportsearch.analysis.groups import iter_group_values
from reportsearch.analysis.matching.formulae import find_set_phrases
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.topics.word_counts import WordCounter
from reportsearch.arrays import Ints
from reportsearch.models.progress import Progress
from reportsearch.models.report import Passage, Report
from reportsearch.normalise import normalise

_NON_NAMING_TAG_INITIALS = "vd"
"""First letters of the part-of-speech tags of verbs and adverbs."""


class Passages:
    """Passages by report and number, without their text.

    ``places`` are pairs of a report's id and a passage's number, ``values`` the groups of each
    passage, ``portfolios`` its portfolios, ``titles`` the titles of the reports.
    """

    def __init__(
        self, corpus: Corpus, matching: PassageNumbers | None, by: str, progress: Progress | None
    ) -> None:
        self._corpus = corpus
        self._by = by
        words = corpus.lexicon
        names = ProperNames.of(corpus.engine.report_infos())
        self._rules = rules = TermRules.of(words)
        # Topics are weights of words; sentence fragments are rare in them and do no harm.
        alone = replace(rules, boilerplate=words.boilerplate.without_fragments())
        self.word_counter = WordCounter(
            alone, lambda word: names.matches(word) and word not in words.portfolios_by_item
        )
        self.places: list[tuple[str, int]] = []
        self.values: list[tuple[str, ...]] = []
        self.portfolios: list[tuple[str, ...]] = []
        self.titles: dict[str, str] = {}
        self._report_numbers = array("q")
        for report, chosen in corpus.iter_passages(matching, progress):
            self._add(report, chosen)

    def _add(self, report: Report, chosen: Sequence[Passage]) -> None:
        folded = [normalise(passage.text).text for passage in chosen]
        hollow = find_set_phrases(self._corpus.phrases, folded)
        for passage, text, phrases in zip(chosen, folded, hollow, strict=True):
            tokens = self._corpus.tokenizer.cut(text)
            words = ((token.text, token.start, token.end) for token in tokens)
            self.word_counter.add(words, [span for _, span in phrases])
            self.places.append((report.id, passage.number))
            self._report_numbers.append(len(self.titles))
            self.values.append(tuple(iter_group_values(report, passage, self._by)))
            self.portfolios.append(passage.portfolios)
        if chosen:
            self.titles[report.id] = report.title

    def is_name(self, word: str) -> bool:
        """Return whether a word can name something: in the word lists, or no verb or adverb."""
        tag = self._rules.dictionary.tags.get(word, "n")
        return word in self._rules.entries or tag == "vn" or tag[0] not in _NON_NAMING_TAG_INITIALS

    @property
    def reports(self) -> Ints:
        """Return the report of each passage, by number."""
        return np.array(self._report_numbers, dtype=np.int64)
