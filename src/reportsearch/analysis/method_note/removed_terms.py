"""Excluded text: set phrases in a selection, and the exclusions that an answer lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportsearch.analysis.corpus import Corpus
from reportsearch.comparable import to_comparable
from reportsearch.models.keywords import SET_PHRASE, Keywords
from reportsearch.models.method_note import FORMULAE, SET_PHRASES, TERMS, Removed
from reportsearch.models.report import Passage
from reportsearch.models.reuse import FORMULA, Reuse, ReusePairs
from reportsearch.models.similar import SimilarResult
from reportsearch.normalise import fold


class SetPhraseCounter:
    """A counter of the set phrases of the word lists in passages, including nested ones."""

    def __init__(self, corpus: Corpus) -> None:
        self._phrases = corpus.phrases
        self._written: dict[str, str] = {}
        for phrase in corpus.lexicon.set_phrases:
            self._written.setdefault(to_comparable(fold(phrase)), phrase)
        self._counts: Counter[int] = Counter()

    def add(self, passages: Sequence[Passage]) -> None:
        """Count the set phrases in passages."""
        # No phrase crosses a passage boundary.
        text = "\0".join(to_comparable(fold(passage.text)) for passage in passages)
        self._counts.update(number for _, number in self._phrases.find(text))

    def is_set_phrase(self, text: str) -> bool:
        """Check whether a text is a set phrase."""
        return to_comparable(fold(text)) in self._written

    def list_removed(self) -> list[Removed]:
        """Return the counted phrases as spelt in the word lists, most frequent first."""
        phrases = self._phrases.phrases
        return _sort_removed(
            Removed(SET_PHRASES, self._written[phrases[number]], count)
            for number, count in self._counts.items()
        )


def find_removed(result: object, phrases: SetPhraseCounter) -> list[Removed] | None:
    """Return the formulae and terms that an answer lists as excluded, or None if it does not.

    Set phrases are omitted, as they are listed separately. An answer of several reports may be a
    list.
    """
    answers = result if isinstance(result, list | tuple) else (result,)
    found: Counter[tuple[str, str, str]] = Counter()
    for answer in answers:
        entries = _iter_removed(answer)
        if entries is None:
            return None
        for kind, text, count, reason in entries:
            if kind != FORMULAE or not phrases.is_set_phrase(text):
                found[kind, text, reason] += count
    return _sort_removed(Removed(kind, text, n, why) for (kind, text, why), n in found.items())


def count_unlisted(result: object) -> int:
    """Count the formulae of an answer beyond those it lists."""
    if not isinstance(result, ReusePairs):
        return 0
    return result.matched_formulae - len(result.formulae)


def _iter_removed(answer: object) -> Iterator[tuple[str, str, int, str]] | None:
    """Return what one answer lists; each analysis that lists exclusions has a case here."""
    if isinstance(answer, Keywords):
        # Present only if requested.
        entries = [entry for group in answer.groups for entry in group.set_aside]
        if not entries:
            return None
        return (
            (TERMS, entry.term, entry.count, entry.reason)
            for entry in entries
            if entry.reason != SET_PHRASE
        )
    if isinstance(answer, Reuse):
        return ((FORMULAE, entry.text, len(entry.spans), "") for entry in answer.formulae)
    if isinstance(answer, ReusePairs):
        return ((FORMULAE, entry.text, entry.reports, "") for entry in answer.formulae)
    if isinstance(answer, SimilarResult):
        return _iter_shared_formulae(answer)
    return None


def _iter_shared_formulae(answer: SimilarResult) -> Iterator[tuple[str, str, int, str]]:
    """Yield the formulae that a query shares with hits, each place once."""
    parts = {part.number: part for part in answer.parts}
    places = {
        (hit.part, span.query) for hit in answer.hits for span in hit.spans if span.kind == FORMULA
    }
    for number, (start, end) in sorted(places):
        part = parts[number]
        yield FORMULAE, part.text[start - part.start : end - part.start], 1, ""


def _sort_removed(removed: Iterable[Removed]) -> list[Removed]:
    return sorted(removed, key=lambda one: (one.kind, one.reason, -one.count, one.text))
