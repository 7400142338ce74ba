"""The passages of a selection: where each is, what it is grouped by, and its words."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from reportsearch.analysis.corpus import Holdings, Progress
from reportsearch.analysis.groups import iter_group_values
from reportsearch.analysis.matching.set_phrases import set_phrases_in
from reportsearch.analysis.proper_names import Names
from reportsearch.analysis.terms.candidates import Rules
from reportsearch.analysis.topics.word_counts import Ints, Reader
from reportsearch.models.report import Report
from reportsearch.normalise import normalise
from reportsearch.tokenizer import dictionary

_NO_NAMES = "vd"
"""Parts of speech of verbs and adverbs begin with these."""


class Passages:
    """Passages by report and number; the text of none is kept.

    ``places`` are the report's id and the passage's number, ``values`` what each is grouped by,
    ``portfolios`` those of each; ``titles`` are the reports'.
    """

    def __init__(
        self,
        held: Holdings,
        meeting: Mapping[str, Sequence[int]] | None,
        by: str,
        progress: Progress | None,
    ) -> None:
        self._held = held
        self._by = by
        words = held.words
        infos = held.engine.infos()
        names = Names.of(infos)
        self._rules = rules = Rules(dictionary(), words.stop_words, words.boilerplate, words.terms)
        # Topics are weights of words; pieces of sentences are rare in them and do no harm.
        alone = replace(rules, boilerplate=words.boilerplate.of_words())
        self.reader = Reader(alone, lambda word: names.has(word) and word not in words.by_item)
        self.places: list[tuple[str, int]] = []
        self.values: list[tuple[str, ...]] = []
        self.portfolios: list[tuple[str, ...]] = []
        self.titles: dict[str, str] = {}
        self._of_report = array("q")
        for done, info in enumerate(infos):
            if progress:
                progress(done, len(infos))
            if meeting is None:
                report = held.engine.report(info.id)
                self._add(report, range(1, len(report.passages) + 1))
            elif info.id in meeting:
                self._add(held.engine.report(info.id), meeting[info.id])

    def _add(self, report: Report, numbers: Sequence[int]) -> None:
        chosen = [report.passages[number - 1] for number in numbers]
        folded = [normalise(passage.text).text for passage in chosen]
        hollow = set_phrases_in(self._held.phrases, folded)
        for passage, text, phrases in zip(chosen, folded, hollow, strict=True):
            pieces = (
                (token.text, token.start, token.end) for token in self._held.tokenizer.cut(text)
            )
            self.reader.add(pieces, [span for _, span in phrases])
            self.places.append((report.id, passage.number))
            self._of_report.append(len(self.titles))
            self.values.append(tuple(iter_group_values(report, passage, self._by)))
            self.portfolios.append(passage.portfolios)
        if chosen:
            self.titles[report.id] = report.title

    def is_name(self, word: str) -> bool:
        """Whether a word can name something: an entry of the word lists, or no verb or adverb."""
        tag = self._rules.dictionary.tags.get(word, "n")
        return word in self._rules.entries or tag == "vn" or tag[0] not in _NO_NAMES

    @property
    def reports(self) -> Ints:
        """The report of each passage, by number."""
        return np.array(self._of_report, dtype=np.int64)
