"""Occurrences of the terms of a comparison as strings, as a search finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log2

import numpy as np

from reportsearch.analysis.compare.selection import PassageSelection
from reportsearch.arrays import Bools, Ints
from reportsearch.models.compare import ALL, NOBODY, ComparedGroup, ComparedTerm, TermString
from reportsearch.normalise import fold

MIN_COUNT = 5
"""Minimum occurrences of a term that a sentence mentions."""
MIN_PASSAGES = 2
_MIN_RATIO_SHARE = 0.5
"""Minimum log ratio of the string, as a share of the term's."""
_SEPARATOR = "\n"
_CODE_POINT_BITS = 21
"""Bits of a code point."""


class StringCounts:
    """Counts thousands of strings in folded texts at once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = _SEPARATOR.join(texts)
        self._starts = np.cumsum([0, *(len(text) + len(_SEPARATOR) for text in texts)])[:-1]

    def count(self, terms: Iterable[str]) -> dict[str, tuple[Ints, Ints]]:
        """Return the numbers of the texts that contain each folded term, and its counts there.

        Counts like ``str.count``, without overlaps. Only positions are checked at which the first
        two characters of some term occur.
        """
        wanted = {term: _to_code_points(term) for term in terms}
        codes = _to_code_points(self._text)
        pairs = _encode_bigrams(codes)
        keys = {term: int(_encode_bigrams(own)[0]) for term, own in wanted.items() if len(own) > 1}
        at = np.flatnonzero(np.isin(pairs, np.array(sorted(set(keys.values())), dtype=np.int64)))
        order = np.argsort(pairs[at], kind="stable")
        at, key = at[order], pairs[at][order]
        found = {}
        for term, own in wanted.items():
            if term not in keys:
                places = np.array(
                    [match.start() for match in re.finditer(re.escape(term), self._text)], dtype=int
                )
            else:
                low, high = np.searchsorted(key, [keys[term], keys[term] + 1])
                places = _filter_matches(codes, own, at[low:high])
            rows = np.searchsorted(self._starts, places, side="right") - 1
            found[term] = np.unique(rows, return_counts=True)
        return found


def _to_code_points(text: str) -> Ints:
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return code.astype(np.int64)


def _encode_bigrams(codes: Ints) -> Ints:
    """Encode each character with the next one as a number."""
    return (codes[:-1] << _CODE_POINT_BITS) | codes[1:]


def _filter_matches(codes: Ints, term: Ints, places: Ints) -> Ints:
    """Return those of some positions at which a term occurs."""
    places = places[places + len(term) <= len(codes)]
    for number in range(2, len(term)):
        places = places[codes[places + number] == term[number]]
    if len(places) < 2 or np.diff(places).min() >= len(term):
        return places
    kept: list[int] = []
    for place in places.tolist():
        if not kept or place >= kept[-1] + len(term):
            kept.append(place)
    return np.array(kept, dtype=np.int64)


def add_string_counts(
    selection: PassageSelection, groups: Sequence[ComparedGroup], rows: Sequence[Ints]
) -> tuple[ComparedGroup, ...]:
    """Return the groups with string counts added to each term; ``rows`` are those of the groups."""
    by_item = selection.corpus.lexicon.portfolios_by_item

    terms = sorted({fold(one.term) for group in groups for one in (*group.terms, *group.less)})
    counted = StringCounts(selection.texts).count(terms)
    chosen = selection.table.is_included
    chars = int(selection.chars[chosen].sum())
    found = []
    for group, own in zip(groups, rows, strict=True):
        here = np.zeros(len(chosen), dtype=np.bool_)
        here[own] = True
        sides = (here & chosen, chosen & ~here)
        sizes = (group.chars, chars - group.chars)
        more, less = (
            tuple(
                _add_string(term, counted[fold(term.term)], sides, sizes, group, by_item, is_less)
                for term in terms
            )
            for is_less, terms in ((False, group.terms), (True, group.less))
        )
        found.append(replace(group, terms=more, less=less, rest_chars=sizes[1]))
    return tuple(found)


def _add_string(
    term: ComparedTerm,
    counted: tuple[Ints, Ints],
    sides: tuple[Bools, Bools],
    sizes: tuple[int, int],
    group: ComparedGroup,
    by_item: Mapping[str, Sequence[str]],
    is_less: bool,
) -> ComparedTerm:
    string = _build_term_string(term, counted, sides, sizes, is_less)
    if _is_division_of_work(by_item.get(fold(term.term), ()), group, is_less):
        string = replace(string, is_told=False)
    return replace(term, string=string)


def _is_division_of_work(portfolios: Sequence[str], group: ComparedGroup, is_less: bool) -> bool:
    """Return whether a term that names portfolios only shows who is in charge of what.

    Those not in charge of 招商引资 write less about 招商; the only one in charge of 卫健 writes
    more about 医院.
    """
    if not portfolios or group.duties is None or not group.duties.declared:
        return False
    if is_less:
        is_told = any(one.reference_group != ALL for one in group.portfolios)
        return is_told and not set(portfolios) & set(group.duties.declared)
    alone = {one.portfolio for one in group.portfolios if one.reference_group == NOBODY}
    return alone.issuperset(portfolios)


def _build_term_string(
    term: ComparedTerm,
    counted: tuple[Ints, Ints],
    sides: tuple[Bools, Bools],
    chars: tuple[int, int],
    is_less: bool,
) -> TermString:
    """Return the string counts of a term on both sides; ``is_less`` if the rest has more of it."""
    rows, counts = counted
    count, rest = (int(counts[side[rows]].sum()) for side in sides)
    passages, rest_passages = (int(np.count_nonzero(side[rows])) for side in sides)
    ratio = _log_ratio((count, chars[0]), (rest, chars[1]))
    often, spread = (rest, rest_passages) if is_less else (count, passages)
    return TermString(
        count=count,
        passages=passages,
        per_10k=round(10_000 * count / max(chars[0], 1), 2),
        rest_count=rest,
        rest_passages=rest_passages,
        rest_per_10k=round(10_000 * rest / max(chars[1], 1), 2),
        is_told=often >= MIN_COUNT
        and spread >= MIN_PASSAGES
        and ratio * term.log_ratio > 0
        and abs(ratio) >= _MIN_RATIO_SHARE * abs(term.log_ratio),
    )


def _log_ratio(here: tuple[int, int], there: tuple[int, int]) -> float:
    """Return the log ratio, adding half an occurrence to both sides if one of them has none."""
    added = 0.0 if here[0] and there[0] else 0.5
    if not here[0] and not there[0]:
        return 0.0
    return log2((here[0] + added) / max(here[1], 1)) - log2((there[0] + added) / max(there[1], 1))
