"""Effect sizes, confidence intervals and significance tests of term frequencies."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from scipy.special import betaincinv, gammaincinv, gammaln, ndtr

from reportsearch.analysis.compare.frequency_table import SubcorpusCounts, TermCounts
from reportsearch.arrays import Bools, Floats, Ints

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
SIGNIFICANCE_LEVEL = 0.05
"""A difference with a smaller q is significant."""
_MAX_EXACT_UNITS = 200
"""Maximum number of units with a term for which their split between the sides is treated exactly.

Above it, ranks are nearly normal anyway.
"""
_MIN_DEVIATION = 1e-9
"""Replaces a deviation of 0; sums of ranks are multiples of a half."""
_SMOOTHING = 0.5
"""Occurrences added to both sides of a ratio if one of them is 0."""


def log_ratios(count: Ints, words: int, rest: Ints, rest_words: int) -> Floats:
    """Return the binary logarithm of the ratio of two rates (Hardie 2014).

    If one of the counts is 0, half an occurrence is added to both.
    """
    added = np.where((count > 0) & (rest > 0), 0.0, _SMOOTHING)
    found: Floats = np.log2((count + added) / max(words, 1)) - np.log2(
        (rest + added) / max(rest_words, 1)
    )
    return found


def design_effects(counts: Ints, variances: Floats) -> Floats:
    """Return the design effect (Kish) of each count, at least 1.

    It is the variance of the count over that of a Poisson count: how much less the count is worth
    than one of independent occurrences.
    """
    found: Floats = np.maximum(1.0, variances / np.maximum(counts, 1))
    return found


def intervals(
    count: Ints, words: int, effect: Floats, rest: Ints, rest_words: int, rest_effect: Floats
) -> tuple[Floats, Floats]:
    """Return 95 % confidence intervals of log ratios; infinite if a side has no occurrence.

    These are Clopper–Pearson intervals for the share of all occurrences that are on this side (LRC:
    Evert, "Measuring keyness", 2022), with counts and words divided by their design effects as Korn
    and Graubard 1998 do for samples of clusters, since occurrences in one report are not
    independent. A side without occurrences uses the design effect of the other one, since its own
    cannot be estimated.
    """
    effect, rest_effect = (
        np.where(count > 0, effect, rest_effect),
        np.where(rest > 0, rest_effect, effect),
    )
    here, there = count / effect, rest / rest_effect
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.log2((max(rest_words, 1) / rest_effect) / (max(words, 1) / effect))
        low = np.where(here > 0, betaincinv(here, there + 1, _TAIL), 0.0)
        high = np.where(there > 0, betaincinv(here + 1, there, 1 - _TAIL), 1.0)
        return np.log2(low / (1 - low)) + sizes, np.log2(high / (1 - high)) + sizes


def bounds(low: Floats, high: Floats) -> Floats:
    """Return the end of each interval that is nearest to zero; 0 if zero is inside."""
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def rate_interval(count: int, words: int, variance: float) -> tuple[float, float]:
    """Return the 95 % confidence interval of a rate per word (Garwood 1936).

    The count and the number of words are divided by the design effect.
    """
    effect = max(1.0, variance / count) if count else 1.0
    size, seen = max(words, 1) / effect, count / effect
    low = float(gammaincinv(seen, _TAIL)) / size if seen else 0.0
    return low, float(gammaincinv(seen + 1, 1 - _TAIL)) / size


def log_likelihood(with_it: Ints, units: int, rest_with: Ints, rest_units: int) -> Floats:
    """Return G² of the units with and without a term on both sides (Dunning 1993)."""
    observed = np.array(
        [with_it, units - with_it, rest_with, rest_units - rest_with], dtype=np.float64
    )
    share = (with_it + rest_with) / max(units + rest_units, 1)
    expected = np.array(
        [units * share, units * (1 - share), rest_units * share, rest_units * (1 - share)]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(observed > 0, observed * np.log(observed / expected), 0.0)
    found: Floats = np.maximum(2 * parts.sum(axis=0), 0.0)
    return found


def rank_sum_p_values(here: SubcorpusCounts, rest: SubcorpusCounts, terms: int) -> Floats:
    """Return the two-sided p-value of the rank-sum test of the units' rates, for each term.

    The test ranks all units' rates (Wilcoxon 1945, Mann and Whitney 1947; for word frequencies
    Lijffijt and others 2016). Each unit counts once, so a single report cannot make a difference.
    """
    units, others = here.units, rest.units
    term = np.concatenate([here.counts.term, rest.counts.term])
    rate = np.concatenate([_relative_frequencies(here), _relative_frequencies(rest)])
    is_here = np.arange(len(term)) < len(here.counts.term)
    order = np.lexsort((rate, term))
    term, rate, is_here = term[order], rate[order], is_here[order]
    seen = np.bincount(term, minlength=terms)
    zeros = units + others - seen
    # Units without the term come first; ties share the mean of their ranks.
    is_first = np.ones(len(term), dtype=np.bool_)
    is_first[1:] = (term[1:] != term[:-1]) | (rate[1:] != rate[:-1])
    first = np.flatnonzero(is_first)
    length = np.diff(np.append(first, len(term)))
    begins = np.cumsum(seen) - seen
    mean = zeros[term[first]] + (first - begins[term[first]]) + (length + 1) / 2
    ranks = np.repeat(mean, length)
    seen_here = np.bincount(term[is_here], minlength=terms)
    summed = np.bincount(term[is_here], weights=ranks[is_here], minlength=terms) + (
        (units - seen_here) * (zeros + 1) / 2
    )
    return rank_sum_probabilities(summed, seen, units, others)


def rank_sum_probabilities(summed: Floats, seen: Ints, units: int, others: int) -> Floats:
    """Return the two-sided probability of rank sums at least as far from their mean.

    ``summed`` are the rank sums of the ``units`` on this side; ``seen`` counts the units that have
    the term.

    The number of units with the term on this side is hypergeometric. Given that number, the sum is
    treated as normal, with the variance of rates without ties. The smaller variance of tied rates
    above zero is far too sure if few sums are possible, and would give less than the minimum that
    :func:`find_testable_terms` assumes. A normal approximation of the whole sum is far too sure of
    terms that few units have: for a term in the only two reports of a group, and in none of fifty
    others, it says one in 10^9, although chance alone puts these two together once in 1,326 times.
    """
    found = np.ones(len(summed))
    for number in np.unique(seen[seen > 0]).tolist():
        of = np.flatnonzero(seen == number)
        chances = _mixture_probabilities if number <= _MAX_EXACT_UNITS else _normal_probabilities
        found[of] = chances(summed[of], number, units, others)
    return found


def _mixture_probabilities(summed: Floats, seen: int, units: int, others: int) -> Floats:
    """Return the mean over the possible numbers of units with the term on this side."""
    both = units + others
    inside = np.arange(max(0, seen - others), min(seen, units) + 1)
    log_share = (
        _log_choose(units, inside) + _log_choose(others, seen - inside) - _log_choose(both, seen)
    )
    share = np.exp(log_share)
    zero_rank = (both - seen + 1) / 2
    mean = (units - inside) * zero_rank + inside * (both - seen + (seen + 1) / 2)
    spread = np.maximum(np.sqrt(inside * (seen - inside) * (seen + 1) / 12), _MIN_DEVIATION)
    above = (ndtr((mean - summed[:, None] + 0.5) / spread) * share).sum(axis=1)
    below = (ndtr((summed[:, None] - mean + 0.5) / spread) * share).sum(axis=1)
    found: Floats = np.minimum(2 * np.minimum(above, below), 1.0)
    return found


def _normal_probabilities(summed: Floats, seen: int, units: int, others: int) -> Floats:
    """Return the normal approximation of the whole sum, corrected for zeros and continuity."""
    both, zeros = units + others, units + others - seen
    ties = zeros**3 - zeros
    spread = units * others / 12 * (both + 1 - ties / (both * (both - 1)))
    away = np.maximum(np.abs(summed - units * (both + 1) / 2) - 0.5, 0.0)
    z = away / math.sqrt(max(spread, _MIN_DEVIATION))
    found: Floats = np.minimum(2 * ndtr(-z), 1.0)
    return found


def _log_choose(size: int, number: Ints | int) -> Floats:
    taken = np.asarray(number, dtype=np.float64)
    found: Floats = gammaln(size + 1.0) - gammaln(taken + 1.0) - gammaln(size - taken + 1.0)
    return found


def find_testable_terms(here: Ints, rest: Ints, units: int, others: int) -> Bools:
    """Return which terms are frequent enough for a test to find a difference at all.

    ``here`` and ``rest`` count the units with each term. Only their sum matters, so what is
    excluded does not depend on what is tested (Tarone 1990, Gilbert 2005). A term in two reports of
    fifty cannot have a p-value that survives a correction.
    """
    best = _min_p_values(units, others)[here + rest]
    ordered = np.sort(best)
    tests = np.arange(1, len(best) + 1)
    enough = np.searchsorted(ordered, SIGNIFICANCE_LEVEL / tests, side="right") <= tests
    level = SIGNIFICANCE_LEVEL / float(tests[np.argmax(enough)]) if len(best) else 0.0
    found: Bools = best <= level
    return found


@lru_cache(maxsize=256)
def _min_p_values(units: int, others: int) -> Floats:
    """Return the lowest possible p of a term by the number of units that have it, from 0."""
    both = units + others
    seen = np.arange(both + 1)
    zero_rank = (both - seen + 1) / 2
    inside = np.minimum(seen, units)
    most = inside * both - inside * (inside - 1) / 2 + (units - inside) * zero_rank
    left = np.minimum(both - seen, units)
    least = left * zero_rank + (units - left) * (both - seen + (units - left + 1) / 2)
    return np.minimum(
        rank_sum_probabilities(most, seen, units, others),
        rank_sum_probabilities(least, seen, units, others),
    )


def _relative_frequencies(side: SubcorpusCounts) -> Floats:
    counts: TermCounts = side.counts
    found: Floats = counts.count / side.words[counts.unit]
    return found


def benjamini_hochberg(p: Floats) -> Floats:
    """Return the q of each p: the false discovery rate up to it (Benjamini and Hochberg 1995)."""
    order = np.argsort(p, kind="stable")
    size = len(p)
    scaled = p[order] * size / np.arange(1, size + 1)
    found = np.empty(size)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found
