"""The passages of a selection: where each is, what it is grouped by, and its words."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reportsearch.analysis.corpus import Corpus, Progress
from reportsearch.analysis.groups import iter_group_values
from reportsearch.analysis.matching.set_phrases import find_set_phrases
from reportsearch.analysis.proper_names import ProperNames
from reportsearch.analysis.terms.candidates import TermRules
from reportsearch.analysis.topics.word_counts import Ints, WordCounter
from reportsearch.models.report import Report
from reportsearch.normalise import normalise
from reportsearch.tokenizer import load_dictionary

_NON_NAMING_TAG_INITIALS = "vd"
"""Parts of speech of verbs and adverbs begin with these."""


class Passages:
    """Passages by report and number; the text of none is kept.

    ``places`` are the report's id and the passage's number, ``values`` what each is grouped by,
    ``portfolios`` those of each; ``titles`` are the reports'.
    """

    def __init__(
        self,
        corpus: Corpus,
        matching: Mapping[str, Sequence[int]] | None,
        by: str,
        progress: Progress | None,
    ) -> None:
        self._corpus = corpus
        self._by = by
        words = corpus.lexicon
        infos = corpus.engine.report_infos()
        names = ProperNames.of(infos)
        self._rules = rules = TermRules(
            load_dictionary(), words.stop_words, words.boilerplate, words.terms
        )
        # Topics are weights of words; pieces of sentences are rare in them and do no harm.
        alone = replace(rules, boilerplate=words.boilerplate.without_fragments())
        self.word_counter = WordCounter(
            alone, lambda word: names.matches(word) and word not in words.portfolios_by_item
        )
        self.places: list[tuple[str, int]] = []
        self.values: list[tuple[str, ...]] = []
        self.portfolios: list[tuple[str, ...]] = []
        self.titles: dict[str, str] = {}
        self._report_numbers = array("q")
        for done, info in enumerate(infos):
            if progress:
                progress(done, len(infos))
            if matching is None:
                report = corpus.engine.report(info.id)
                self._add(report, range(1, len(report.passages) + 1))
            elif info.id in matching:
                self._add(corpus.engine.report(info.id), matching[info.id])

    def _add(self, report: Report, numbers: Sequence[int]) -> None:
        chosen = [report.passages[number - 1] for number in numbers]
        folded = [normalise(passage.text).text for passage in chosen]
        hollow = find_set_phrases(self._corpus.phrases, folded)
        for passage, text, phrases in zip(chosen, folded, hollow, strict=True):
            pieces = (
                (token.text, token.start, token.end) for token in self._corpus.tokenizer.cut(text)
            )
            self.word_counter.add(pieces, [span for _, span in phrases])
            self.places.append((report.id, passage.number))
            self._report_numbers.append(len(self.titles))
            self.values.append(tuple(iter_group_values(report, passage, self._by)))
            self.portfolios.append(passage.portfolios)
        if chosen:
            self.titles[report.id] = report.title

    def is_name(self, word: str) -> bool:
        """Whether a word can name something: an entry of the word lists, or no verb or adverb."""
        tag = self._rules.dictionary.tags.get(word, "n")
        return word in self._rules.entries or tag == "vn" or tag[0] not in _NON_NAMING_TAG_INITIALS

    @property
    def reports(self) -> Ints:
        """The report of each passage, by number."""
        return np.array(self._report_numbers, dtype=np.int64)
