"""What of a text is formula: the same characters that ``reuse`` calls so, without all its work.

The postings of the TF-IDF index tell which reports can hold a string of eight characters, and only
their texts are looked at.
"""

from __future__ import annotations

from collections.abc import Collection as Strings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.source_texts import SourceTexts
from reportsearch.arrays import Bools
from reportsearch.search.tfidf_index import TfidfIndex


@dataclass(frozen=True)
class FormulaIndex:
    """All that texts are held against.

    A string is a formula when the reports of ``formula_officials`` officials have it; those in
    ``excluded_reports`` do not count. ``phrases`` are formulae wherever they stand.
    """

    vectors: TfidfIndex
    source_texts: SourceTexts
    phrases: formulae.SetPhraseIndex
    formula_officials: int
    excluded_reports: frozenset[str] = frozenset()

    def mark_formulae(self, text: str, starts: Strings[int] | None = None) -> Bools:
        """Which of the compared characters of a passage are part of a formula.

        Of strings that are no set phrase only those that begin at one of ``starts`` are looked
        for; None for all.
        """
        length = formulae.MIN_FORMULA_CHARS
        spans = self.phrases.find_spans(text)
        if not self._has_enough_officials:
            return formulae.mark_spans(len(text), spans)
        candidates = self.vectors.find_common_windows(text, length, self.formula_officials)
        known: dict[str, bool] = {}
        for start in sorted(candidates if starts is None else candidates.keys() & starts):
            gram = text[start : start + length]
            if gram not in known:
                known[gram] = self._is_common(gram, candidates[start])
            if known[gram]:
                spans.append((start, start + length))
        return formulae.mark_spans(len(text), spans)

    @cached_property
    def _has_enough_officials(self) -> bool:
        """Whether there are reports of so many officials at all."""
        return len(set(self.source_texts.officials)) >= self.formula_officials

    def _is_common(self, gram: str, reports: Sequence[str]) -> bool:
        """Whether a string without digits stands in the reports of enough officials."""
        if any(char in "0123456789" for char in gram):
            return False
        officials: set[int] = set()
        for report in reports:
            if report in self.excluded_reports:
                continue
            number = self.source_texts.numbers[report]
            if gram in self.source_texts.texts[number]:
                officials.add(self.source_texts.officials[number])
                if len(officials) >= self.formula_officials:
                    return True
        return False
