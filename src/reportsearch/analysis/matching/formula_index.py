"""An index for marking the formulae of a text: the same as in ``reuse``, but faster.

The postings of the tf–idf index show which reports can contain a string of eight characters, and
only their texts are read.
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
    """The data that texts are checked against for formulae.

    A string is a formula if it occurs in reports of ``formula_officials`` officials;
    ``excluded_reports`` do not count. ``phrases`` are always formulae.
    """

    vectors: TfidfIndex
    source_texts: SourceTexts
    phrases: formulae.SetPhraseIndex
    formula_officials: int
    excluded_reports: frozenset[str] = frozenset()

    def mark_formulae(self, text: str, starts: Strings[int] | None = None) -> Bools:
        """Return which compared characters of a passage are part of a formula.

        Other than set phrases, only strings that begin at one of ``starts`` are looked for; None
        for all.
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
        """Return whether there are reports of enough officials at all."""
        return len(set(self.source_texts.officials)) >= self.formula_officials

    def _is_common(self, gram: str, reports: Sequence[str]) -> bool:
        """Return whether a string without digits occurs in the reports of enough officials."""
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
