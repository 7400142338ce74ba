"""Weights of keywords, and the choice among nested ones.

A term that occurs ``c`` times at rate ``p``, with an expected rate ``q`` (reference_corpus.py),
weighs ``ln(1 + c) ln(p / q)``, times a few factors. These were chosen by exact F1 on half of the
abstracts and keywords of CSL (benchmarks/keywords.py); the effect of each is given with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

LENGTH_FACTORS = (0.0, 0.0, 0.6, 1.0, 1.2, 1.1, 1.0)
"""Factors of terms of 0 to 6 characters; without them F1@5 falls by .02."""
_LONG_TERM_FACTOR = 0.85
LEXICON_ENTRY_FACTOR = 1.2
"""Factor of an entry of the word lists of any length, which is certain to be a term."""
PORTFOLIO_FACTOR = 1.5
"""Factor of the name of a portfolio."""
HEADING_FACTOR = 1.5
"""Factor of a term that also occurs in a title or heading.

Without it F1@5 with titles falls by .03.
"""
_MAX_EARLY_BONUS = 0.5
_EARLY_DECAY_CHARS = 100
"""Characters over which the bonus for early occurrence decays to about a third.

The title and the opening sentences show what a report is about: a term that first occurs there gets
up to half as much more. Without this F1@5 falls by .004.
"""
_WORD_COUNT_FACTORS = (0.0, 1.0, 1.0, 0.9, 0.75)
"""Factors by number of words; long terms are often due to chance."""
_LATIN_FACTOR = 0.8
"""Factor of a term with Latin letters or digits: often the abbreviation of a term next to it."""
_NESTED_FACTOR = 0.7
"""Factor of a term that only occurs inside a longer candidate: it may not be a term by itself."""
_MIN_ABSORBING_COUNT = 3
"""Minimum occurrences of a longer term that absorbs a nested one; fewer may be due to chance."""
_MAX_OUTSIDE_SHARE = 0.1
"""Maximum share of occurrences outside a longer term for a term to be absorbed."""


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term with its weight and the evidence for it.

    ``ratio`` is its rate over the expected one. ``is_common`` means that it is as frequent in the
    rest of the index, ``portfolio`` is the portfolio that it names.
    """

    term: str
    score: float
    count: int
    ratio: float
    is_common: bool = False
    portfolio: str | None = None


def position_factor(firsts: Iterable[int]) -> float:
    """Return a factor of 1 to 1.5 for the first positions of a term in reports, in characters."""
    values = [math.exp(-first / _EARLY_DECAY_CHARS) for first in firsts]
    return 1 + _MAX_EARLY_BONUS * math.fsum(values) / len(values) if values else 1.0


def form_factor(term: str, words: int, *, is_entry: bool) -> float:
    """Return the factor for a term's length and letters; ``words`` is the number of its words."""
    if is_entry:
        return LEXICON_ENTRY_FACTOR
    length = LENGTH_FACTORS[len(term)] if len(term) < len(LENGTH_FACTORS) else _LONG_TERM_FACTOR
    latin = _LATIN_FACTOR if any(map(str.isascii, term)) else 1.0
    return length * _WORD_COUNT_FACTORS[words] * latin


def term_weight(count: int, rate: float, expected: float) -> float:
    """Return the weight of a term by its count and rate; 0 at or below the expected rate."""
    return math.log1p(count) * math.log(rate / expected) if count and rate > expected else 0.0


def select_keywords(weighed: Iterable[WeightedTerm], number: int) -> list[WeightedTerm]:
    """Return the ``number`` best terms, best first; ties by term.

    A longer term absorbs a term that nearly always occurs inside it, or mostly does if both name
    the same portfolio. If the longer term occurs only once or twice, nothing is certain, and the
    shorter one merely loses weight.
    """
    terms = sorted(weighed, key=lambda entry: (-entry.score, entry.term))
    inside = _find_longer_terms(terms)
    kept = []
    for entry in terms:
        most = max((other.count for other in inside[entry.term]), default=0)
        if most >= _MIN_ABSORBING_COUNT and entry.count - most <= _MAX_OUTSIDE_SHARE * entry.count:
            continue
        if any(_is_redundant(entry, other) for other in inside[entry.term]):
            continue
        nested = _NESTED_FACTOR if most >= entry.count else 1.0
        kept.append((entry.score * nested, entry))
    kept.sort(key=lambda pair: (-pair[0], pair[1].term))
    return [replace(entry, score=score) for score, entry in kept[:number] if score > 0]


def _is_redundant(entry: WeightedTerm, longer: WeightedTerm) -> bool:
    """Return whether a longer term for the same portfolio weighs more and is the usual wording."""
    is_same = entry.portfolio is not None and entry.portfolio == longer.portfolio
    return is_same and longer.score >= entry.score and 2 * longer.count > entry.count


def _find_longer_terms(terms: Sequence[WeightedTerm]) -> dict[str, list[WeightedTerm]]:
    """Return the terms that contain each term."""
    found: dict[str, list[WeightedTerm]] = {entry.term: [] for entry in terms}
    for entry in terms:
        size = len(entry.term)
        parts = {
            entry.term[start:stop] for start in range(size) for stop in range(start + 2, size + 1)
        }
        for part in sorted(parts - {entry.term}):
            if part in found:
                found[part].append(entry)
    return found
