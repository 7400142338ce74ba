"""Comparison of all texts with all others: pairs with common text, and formulae.

All windows of the texts are sorted at once, so that the work grows with the text and the matches,
not with the number of pairs. Texts are compared characters (see comparable.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.suffix_array import (
    Numbers,
    RangeMinimum,
    WindowIndex,
    suffix_array,
)
from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import Codes, to_code_points

_MAX_EVENTS = 8_000_000
"""Pairs of a stretch and another text that are processed together."""


@dataclass(frozen=True, slots=True)
class FormulaString:
    """A formula, and the numbers of texts and of officials that use it."""

    text: str
    texts: int
    officials: int


@dataclass(frozen=True)
class TextPairs:
    """The text that pairs of texts have in common, one row per pair.

    ``firsts`` and ``seconds`` are the numbers of the texts, the lower one first, in order.
    ``chars`` counts the characters of the first that occur in the second, ``other_chars`` the
    reverse, both without formulae. ``spans`` counts the runs that these are sums of, in both
    directions.
    """

    spans: int
    firsts: Ints
    seconds: Ints
    chars: Ints
    other_chars: Ints
    formulae: tuple[FormulaString, ...]
    set_phrases: tuple[FormulaString, ...]

    @property
    def shared(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return the characters shared in each direction, by the numbers of the two texts."""
        pairs = zip(self.firsts.tolist(), self.seconds.tolist(), strict=True)
        counts = zip(self.chars.tolist(), self.other_chars.tolist(), strict=True)
        return dict(zip(pairs, counts, strict=True))


class _JoinedText:
    """All texts joined, each followed by a separator."""

    def __init__(self, texts: Sequence[str], officials: Sequence[str]) -> None:
        self.count = len(texts)
        self.codes: Codes = to_code_points("".join(f"{text}\0" for text in texts))
        self.firsts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        known = {name: number for number, name in enumerate(dict.fromkeys(officials))}
        self.official = np.array([known[name] for name in officials], dtype=np.int64)

    def decode(self, start: int, end: int) -> str:
        """Return a part of the joined text."""
        return self.codes[start:end].tobytes().decode("utf-32-le", "surrogatepass")

    def find_owners(self, places: Ints) -> Ints:
        """Return the text that contains each position."""
        return np.searchsorted(self.firsts, places, side="right") - 1


def find_pairs(
    texts: Sequence[str],
    officials: Sequence[str],
    *,
    min_chars: int,
    formula_officials: int,
    set_phrases: Sequence[str] = (),
) -> TextPairs:
    """Compare all texts with all others.

    ``officials`` has each text's official. Runs of at least ``min_chars`` characters count. A
    string of at least 8 characters that occurs in texts of at least ``formula_officials`` officials
    is a formula, as are ``set_phrases``.
    """
    # No run is longer than the longest text, whatever is requested.
    min_chars = min(min_chars, max(map(len, texts), default=0) + 1)
    joined = _JoinedText(texts, officials)
    windows = WindowIndex(joined.codes)
    numbers = windows.number_windows(formulae.MIN_FORMULA_CHARS)
    frequent = _find_frequent(joined, numbers, formula_officials)
    is_formula = _mark_windows(
        np.flatnonzero(frequent), formulae.MIN_FORMULA_CHARS, len(joined.codes)
    )
    phrases = _mark_set_phrases(joined, set_phrases, is_formula)
    if min_chars > formulae.MIN_FORMULA_CHARS:
        places, shared = windows.extend_windows(numbers, formulae.MIN_FORMULA_CHARS, min_chars)
    else:
        shared = windows.number_windows(min_chars)
        places = np.flatnonzero(shared >= 0)
        shared = shared[places]
    del windows, numbers
    spans, firsts, seconds, chars, back = _count_shared(
        joined, places, shared, min_chars, ~is_formula
    )
    strings = _list_formulae(joined, np.flatnonzero(frequent), formula_officials)
    return TextPairs(spans, firsts, seconds, chars, back, tuple(strings), phrases)


def mark_formulae(
    texts: Sequence[str],
    officials: Sequence[str],
    *,
    formula_officials: int,
    set_phrases: Sequence[str] = (),
) -> list[Bools]:
    """Return, for each text, which characters are part of a formula, as in :func:`find_pairs`."""
    if not texts:
        return []
    joined = _JoinedText(texts, officials)
    numbers = WindowIndex(joined.codes).number_windows(formulae.MIN_FORMULA_CHARS)
    frequent = _find_frequent(joined, numbers, formula_officials)
    is_formula = _mark_windows(
        np.flatnonzero(frequent), formulae.MIN_FORMULA_CHARS, len(joined.codes)
    )
    _mark_set_phrases(joined, set_phrases, is_formula)
    return [is_formula[first : last - 1] for first, last in pairwise(joined.firsts.tolist())]


def _find_frequent(joined: _JoinedText, numbers: Numbers, threshold: int) -> Bools:
    """Return the positions whose window occurs in texts of enough officials."""
    found = np.zeros(len(joined.codes), dtype=np.bool_)
    before = np.concatenate(
        [np.zeros(1, dtype=np.int64), np.cumsum(formulae.is_digit(joined.codes))]
    )
    places = np.flatnonzero(numbers >= 0)
    places = places[before[places + formulae.MIN_FORMULA_CHARS] == before[places]]
    if not len(places):
        return found
    often = np.bincount(numbers[places]) >= threshold
    places = places[often[numbers[places]]]
    width = int(joined.official.max()) + 1
    keys = numbers[places].astype(np.int64) * width + joined.official[joined.find_owners(places)]
    officials = np.bincount(_sort_unique(keys) // width, minlength=int(numbers.max()) + 1)
    found[places] = officials[numbers[places]] >= threshold
    return found


def _mark_windows(places: Ints, length: int, size: int) -> Bools:
    """Mark the positions inside a window of a given length at some positions."""
    marks = np.zeros(size + 1, dtype=np.int32)
    marks[places] += 1
    np.add.at(marks, places + length, -1)
    return np.cumsum(marks[:-1]) > 0


def _mark_set_phrases(
    joined: _JoinedText, set_phrases: Sequence[str], is_formula: Bools
) -> tuple[FormulaString, ...]:
    """Find the set phrases in the texts and mark them as formulae."""
    phrases = formulae.SetPhraseIndex(set_phrases)
    having: dict[int, set[int]] = {}
    if phrases.phrases:
        for number, (first, last) in enumerate(pairwise(joined.firsts.tolist())):
            for place, phrase in phrases.find(joined.decode(first, last - 1)):
                start = first + place
                is_formula[start : start + len(phrases.phrases[phrase])] = True
                having.setdefault(phrase, set()).add(number)
    return tuple(
        FormulaString(
            phrases.phrases[phrase], len(texts), len(set(joined.official[list(texts)].tolist()))
        )
        for phrase, texts in sorted(having.items())
    )


def _sort_unique(keys: Ints) -> Ints:
    """Return the distinct numbers, sorted, in a third of the time of np.unique."""
    ordered = np.sort(keys)
    found: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


def _group_unique(numbers: Numbers, owners: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the distinct texts of each number, concatenated, and where those of each start."""
    keys = _sort_unique(numbers.astype(np.int64) * count + owners)
    groups, members = np.divmod(keys, count)
    firsts = np.searchsorted(groups, np.arange(int(numbers.max(initial=-1)) + 2))
    return members, firsts


def _count_shared(
    joined: _JoinedText, places: Ints, numbers: Numbers, min_chars: int, counts: Bools
) -> tuple[int, Ints, Ints, Ints, Ints]:
    """Count the runs, and the characters that each two texts share in each direction."""
    owners = joined.find_owners(places)
    members, firsts = _group_unique(numbers, owners, joined.count)
    sizes = np.diff(firsts)[numbers]
    # Windows that are all formula add nothing, and would be the most frequent.
    before = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    keep = (sizes > 1) & (before[places + min_chars] > before[places])
    places, numbers, owners, sizes = places[keep], numbers[keep], owners[keep], sizes[keep]
    starts, stops = _group_windows(places, numbers, members, firsts)
    lasts = places[stops - 1] + min_chars
    places, numbers, owners, sizes = places[starts], numbers[starts], owners[starts], sizes[starts]
    empty = np.zeros(0, dtype=np.int64)
    one_way, one_way_chars = [empty], [empty]
    runs = 0
    for part in _batch_rows(sizes, owners):
        stretch = np.repeat(np.arange(part.start, part.stop), sizes[part])
        nth = np.arange(len(stretch)) - np.repeat(np.cumsum(sizes[part]) - sizes[part], sizes[part])
        others = members[firsts[numbers[stretch]] + nth]
        keys = owners[stretch] * joined.count + others
        chosen = np.flatnonzero(others != owners[stretch])
        chosen = chosen[np.argsort(keys[chosen], kind="stable")]
        keys, stretch = keys[chosen], stretch[chosen]
        fresh = np.diff(keys, prepend=-1) != 0
        ends = lasts[stretch]
        seen = np.where(fresh, 0, np.concatenate([ends[:1], ends[:-1]]))
        added = before[ends] - before[np.minimum(np.maximum(places[stretch], seen), ends)]
        # The next window of the same run follows the last one.
        runs += int((fresh | (places[stretch] != seen - min_chars + 1)).sum())
        at = np.flatnonzero(fresh)
        if len(at):
            sums = np.add.reduceat(added, at)
            one_way.append(keys[at])
            one_way_chars.append(sums)
    return runs, *_merge_directions(
        np.concatenate(one_way), np.concatenate(one_way_chars), joined.count
    )


def _merge_directions(keys: Ints, chars: Ints, count: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Merge both directions into one row per pair of texts.

    A key is the number of a text times ``count``, plus the number of another text that contains so
    many of its characters.
    """
    order = np.argsort(keys)
    keys, chars = keys[order], chars[order]
    left, right = np.divmod(keys, count)
    turned = right * count + left
    at = np.searchsorted(keys, turned)
    at[at == len(keys)] = 0
    has_other = keys[at] == turned
    back = np.where(has_other, chars[at], 0)
    up, alone = left < right, (left > right) & ~has_other
    firsts = np.concatenate([left[up], right[alone]])
    seconds = np.concatenate([right[up], left[alone]])
    there = np.concatenate([chars[up], np.zeros(np.count_nonzero(alone), dtype=np.int64)])
    back = np.concatenate([back[up], chars[alone]])
    kept = np.flatnonzero(there | back)
    kept = kept[np.lexsort((seconds[kept], firsts[kept]))]
    return firsts[kept], seconds[kept], there[kept], back[kept]


def _group_windows(
    places: Ints, numbers: Numbers, members: Ints, firsts: Ints
) -> tuple[Ints, Ints]:
    """Return the rows at which runs of windows that occur in the same texts start and stop.

    Sets of texts are distinguished by a sum of 64 random bits for each text.
    """
    if not len(places):
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty
    bits = np.random.default_rng(1).integers(0, 1 << 63, int(members.max()) + 1, dtype=np.uint64)
    sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(bits[members])])
    names = (sums[firsts[1:]] - sums[firsts[:-1]])[numbers]
    starts = np.flatnonzero((np.diff(places, prepend=-2) != 1) | _find_changes(names))
    return starts, np.append(starts[1:], len(places))


def _find_changes(values: NDArray[np.uint64]) -> Bools:
    changed = np.ones(len(values), dtype=np.bool_)
    changed[1:] = values[1:] != values[:-1]
    return changed


def _batch_rows(sizes: Ints, owners: Ints) -> Iterator[slice]:
    """Yield rows to process together: whole texts, and a limited number of their pairs."""
    ends = np.flatnonzero(np.diff(owners, append=-1)) + 1
    totals = np.cumsum(sizes)[ends - 1] if len(ends) else ends
    first = done = 0
    for end, total in zip(ends.tolist(), totals.tolist(), strict=True):
        if total - done > _MAX_EVENTS:
            yield slice(first, end)
            first, done = end, total
    if len(ends) and first < ends[-1]:
        yield slice(first, int(ends[-1]))


def _list_formulae(joined: _JoinedText, places: Ints, threshold: int) -> list[FormulaString]:
    """List the formulae by officials, texts and length."""
    if not len(places):
        return []
    codes, origins = _extract_frequent(joined, places)
    sorted_ = suffix_array(codes)
    whose = joined.official[joined.find_owners(origins)]
    lengths = _find_formula_lengths(sorted_.lcp, whose[sorted_.order], threshold)
    by_place = np.zeros(len(codes) + 1, dtype=np.int64)
    by_place[sorted_.order] = lengths
    # Not inside the one that begins one position earlier, nor after a separator, where it is 0.
    begins = by_place[:-1] >= formulae.MIN_FORMULA_CHARS
    begins[1:] &= by_place[1:-1] + 1 > by_place[:-2]
    rows = np.flatnonzero(begins[sorted_.order])
    lefts, rights = _find_equal_rows(sorted_.lcp, rows, lengths[rows])
    _, chosen = np.unique(lefts * (len(codes) + 1) + lengths[rows], return_index=True)
    owners = joined.find_owners(origins)[sorted_.order]
    found = []
    for at in chosen.tolist():
        left, right, length = int(lefts[at]), int(rights[at]), int(lengths[rows[at]])
        texts = np.unique(owners[left:right])
        start = int(sorted_.order[left])
        text = codes[start : start + length].tobytes().decode("utf-32-le")
        officials = len(np.unique(joined.official[texts]))
        found.append(FormulaString(text, len(texts), officials))
    return sorted(
        found, key=lambda entry: (-entry.officials, -entry.texts, -len(entry.text), entry.text)
    )


def _extract_frequent(joined: _JoinedText, places: Ints) -> tuple[Codes, Ints]:
    """Return the text covered by frequent windows, with separators, and its positions."""
    starts = places[np.diff(places, prepend=-2) != 1]
    ends = places[np.diff(places, append=places[-1] + 2) != 1] + formulae.MIN_FORMULA_CHARS
    sizes = ends - starts + 1
    firsts = np.cumsum(sizes) - sizes
    origins = np.repeat(starts - firsts, sizes) + np.arange(int(sizes.sum()))
    codes = joined.codes[np.minimum(origins, len(joined.codes) - 1)].copy()
    codes[firsts + sizes - 1] = 0
    return codes, np.minimum(origins, len(joined.codes) - 1)


def _find_formula_lengths(common: Ints, whose: Ints, threshold: int) -> Ints:
    """Return, for each sorted suffix, the longest prefix that enough officials use, or 0."""
    firsts = _find_windows(whose.tolist(), threshold)
    stops = np.flatnonzero(firsts >= 0)
    lengths = np.zeros(len(common), dtype=np.int64)
    if not len(stops):
        return lengths
    # The smallest windows with enough officials, at their last row; then from row to row, as far as
    # neighbours share it.
    lengths[stops] = RangeMinimum(common).query(firsts[stops] + 1, stops + 1)
    found, shared = lengths.tolist(), common.tolist()
    for row in range(len(found) - 2, -1, -1):
        found[row] = max(found[row], min(found[row + 1], shared[row + 1]))
    for row in range(1, len(found)):
        found[row] = max(found[row], min(found[row - 1], shared[row]))
    return np.array(found, dtype=np.int64)


def _find_windows(whose: list[int], threshold: int) -> Ints:
    """Return, for each row, the latest start of a range to it with enough officials, or -1."""
    firsts = np.full(len(whose), -1, dtype=np.int64)
    counts: dict[int, int] = {}
    first = 0
    for row, official in enumerate(whose):
        counts[official] = counts.get(official, 0) + 1
        while len(counts) >= threshold:
            leaving = whose[first]
            if len(counts) == threshold and counts[leaving] == 1:
                firsts[row] = first
                break
            counts[leaving] -= 1
            if not counts[leaving]:
                del counts[leaving]
            first += 1
    return firsts


def _find_equal_rows(common: Ints, rows: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Return the range of rows that share a prefix of the given length with each row."""
    least = RangeMinimum(common)
    lefts, rights = rows.copy(), rows + 1
    step = 1 << max(len(common).bit_length() - 1, 0)
    while step:
        # To the left: all of common[left - step + 1 .. left] must reach the length.
        can = np.flatnonzero(lefts - step >= 0)
        reach = least.query(lefts[can] - step + 1, lefts[can] + 1) >= lengths[can]
        lefts[can[reach]] -= step
        can = np.flatnonzero(rights + step <= len(common))
        reach = least.query(rights[can], rights[can] + step) >= lengths[can]
        rights[can[reach]] += step
        step //= 2
    return lefts, rights
