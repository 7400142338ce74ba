"""Edited matches: stretches of a text that occur in another one with small edits.

Short exact runs that follow one another in both texts are joined into a chain if the gap between
them is short or similar itself; two runs that match by chance should not join everything between
them. A chain is extended at its ends as long as what follows is more similar than not. These are
the seeding, extension and filtering of text alignment described by Potthast et al. ("Overview of
the 4th International Competition on Plagiarism Detection", 2012). The extension is the greedy
alignment of Zhang et al. ("A greedy algorithm for aligning DNA sequences", 2000), with a
substitution as one edit. Equal characters between runs are counted by their longest common
subsequence, bit by bit (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_GAP = 30
"""Maximum characters between two runs of a chain, on either side."""
_MAX_SHIFT = 12
"""Maximum difference between the lengths of a gap on the two sides."""
_MAX_SMALL_GAP = 6
"""Maximum characters of a gap, on the longer side, that need not be similar: a word."""
_MIN_GAP_SIMILARITY = 0.5
"""Minimum share of a longer gap, on the longer side, that both sides have in common."""
_MAX_OVERLAP = 4
"""Limit on the overlap of two runs of a chain, in characters, on either side."""
_EXTENSION_CHARS = 500
"""Characters beyond a chain's end that are aligned at once."""
_EDIT_PENALTY = 1.0
"""Penalty of an edit; each equal character scores one."""
_PROMISING = ((6, 2), (12, 4))
"""Pairs of a prefix length beyond a chain's end and the equal characters that justify aligning."""
_MAX_DROP = 6.0
"""Maximum drop of the score below its best before an alignment is abandoned."""
_MIN_DENSITY = 0.6
"""Minimum share of a stretch, on either side, that is equal to the other side."""
_ALL_EDITED_FACTOR = 1.5
"""Factor on the equal characters required if none of the runs counts by itself."""
_MAX_RUNS = 4_000
"""Maximum number of runs of a source to chain, the longest first; all would take too long."""


@dataclass(frozen=True, slots=True)
class EditedMatch:
    """A span of a text, the similar span of a source, and the number of equal characters."""

    start: int
    end: int
    source_start: int
    source_end: int
    matched: int


@dataclass(slots=True)
class _Chain:
    """Consecutive runs, and the length of the longest."""

    start: int
    end: int
    source_start: int
    source_end: int
    matched: int
    longest: int


RunTriple = tuple[int, int, int]


def find_edited_matches(
    text: str, source: str, runs: Sequence[RunTriple], min_chars: int
) -> list[EditedMatch]:
    """Return the stretches of a text that occur in a source with small edits, by start.

    ``runs`` are all short exact runs, as (start, start in the source, length) by start. A stretch
    has at least ``min_chars`` equal characters, and half as many again if no run in it is that
    long.
    """
    if not runs:
        return []
    if len(runs) > _MAX_RUNS:
        runs = sorted(runs, key=lambda run: (-run[2], run))[:_MAX_RUNS]
    found: list[EditedMatch] = []
    for chain in _find_chains(sorted(runs), text, source):
        if any(_is_inside(chain, other) for other in found):
            continue
        _extend_chain(chain, text, source)
        length = max(chain.end - chain.start, chain.source_end - chain.source_start)
        needed = min_chars if chain.longest >= min_chars else _ALL_EDITED_FACTOR * min_chars
        if chain.matched >= needed and chain.matched >= _MIN_DENSITY * length:
            found.append(
                EditedMatch(
                    chain.start, chain.end, chain.source_start, chain.source_end, chain.matched
                )
            )
    return sorted(found, key=lambda stretch: (stretch.start, stretch.source_start))


def _is_inside(chain: _Chain, edited_match: EditedMatch) -> bool:
    return (
        edited_match.start <= chain.start
        and chain.end <= edited_match.end
        and edited_match.source_start <= chain.source_start
        and chain.source_end <= edited_match.source_end
    )


def _find_chains(runs: list[RunTriple], text: str, source: str) -> Iterator[_Chain]:
    """Yield chains of runs, the heaviest first; each run is in one of them."""
    ends = [start + length for start, _, length in runs]
    weights: list[float] = []
    before: list[int] = []
    longest = max(length for _, _, length in runs)
    for number, (start, source_start, length) in enumerate(runs):
        best, chosen = 0.0, -1
        first = bisect_left(runs, (start - MAX_GAP - longest, -1, -1))
        for other in range(first, number):
            gap = start - ends[other]
            source_gap = source_start - runs[other][1] - runs[other][2]
            if not _can_join(gap, source_gap):
                continue
            # An overlap after an inserted or deleted repetition counts once.
            weight = weights[other] + min(gap, source_gap, 0) - 0.1 * max(gap, source_gap)
            if weight > best:
                best, chosen = weight, other
        weights.append(best + length)
        before.append(chosen)
    taken: set[int] = set()
    for number in sorted(range(len(runs)), key=lambda place: (-weights[place], place)):
        if number in taken:
            continue
        chain = []
        while number >= 0 and number not in taken:
            taken.add(number)
            chain.append(runs[number])
            number = before[number]
        for part in _split_chain(chain[::-1], text, source):
            yield _join_runs(part, text, source)


def _split_chain(chain: list[RunTriple], text: str, source: str) -> Iterator[list[RunTriple]]:
    """Split a chain where the texts have next to nothing in common."""
    part = chain[:1]
    for run in chain[1:]:
        start, source_start, length = part[-1]
        gap = text[start + length : run[0]], source[source_start + length : run[1]]
        size = max(map(len, gap))
        if size > _MAX_SMALL_GAP and _lcs_length(*gap) < _MIN_GAP_SIMILARITY * size:
            yield part
            part = []
        part.append(run)
    yield part


def _can_join(gap: int, source_gap: int) -> bool:
    low, high = min(gap, source_gap), max(gap, source_gap)
    return low > -_MAX_OVERLAP and high <= MAX_GAP and high - low <= _MAX_SHIFT


def _join_runs(runs: list[RunTriple], text: str, source: str) -> _Chain:
    start, source_start, _ = runs[0]
    last, source_last, length = runs[-1]
    matched, end, source_end = 0, start, source_start
    for at, source_at, size in runs:
        overlap = max(end - at, source_end - source_at, 0)
        matched += size - overlap + _lcs_length(text[end:at], source[source_end:source_at])
        end, source_end = at + size, source_at + size
    longest = max(size for _, _, size in runs)
    return _Chain(start, last + length, source_start, source_last + length, matched, longest)


def _lcs_length(one: str, other: str) -> int:
    """Return the length of the longest common subsequence of two texts."""
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    whole = open_places = (1 << len(one)) - 1
    for char in other:
        hit = open_places & places.get(char, 0)
        open_places = (open_places + hit) | (open_places - hit)
    return len(one) - (open_places & whole).bit_count()


def _extend_chain(chain: _Chain, text: str, source: str) -> None:
    """Extend a chain at both ends."""
    while True:
        step = _align_prefix(
            text[chain.end : chain.end + _EXTENSION_CHARS],
            source[chain.source_end : chain.source_end + _EXTENSION_CHARS],
        )
        if step is None:
            break
        chain.end += step[0]
        chain.source_end += step[1]
        chain.matched += step[2]
    while True:
        ahead = text[max(0, chain.start - _EXTENSION_CHARS) : chain.start][::-1]
        beyond = source[max(0, chain.source_start - _EXTENSION_CHARS) : chain.source_start][::-1]
        step = _align_prefix(ahead, beyond)
        if step is None:
            break
        chain.start -= step[0]
        chain.source_start -= step[1]
        chain.matched += step[2]


def _align_prefix(ahead: str, beyond: str) -> tuple[int, int, int] | None:
    """Align two texts from their beginning; return the end on each side and the equal characters.

    With each further edit, the alignment on each diagonal goes as far as it can. Returns None if no
    alignment is worthwhile, which a look at the first characters usually shows.
    """
    if not any(_lcs_length(ahead[:size], beyond[:size]) >= least for size, least in _PROMISING):
        return None
    length, source_length = len(ahead), len(beyond)
    best, worth, edits = None, 0.0, 0
    front = {0: (_count_equal(ahead, beyond, 0, 0),) * 2}
    if front[0][0]:
        best, worth = (front[0][0],) * 3, float(front[0][0])
    while front:
        edits += 1
        least = worth - _MAX_DROP + _EDIT_PENALTY * edits
        further: dict[int, tuple[int, int]] = {}
        for shift in range(min(front) - 1, max(front) + 2):
            at = equal = -1
            for before, more in ((shift, 1), (shift - 1, 1), (shift + 1, 0)):
                if before in front:
                    place, count = front[before]
                    place += more
                    if place > at or (place == at and count > equal):
                        at, equal = place, count
            place = at - shift
            if at < 0 or at > length or place < 0 or place > source_length:
                continue
            if at < length and place < source_length and ahead[at] == beyond[place]:
                reached = _count_equal(ahead, beyond, at, place)
                at, place, equal = at + reached, place + reached, equal + reached
            if equal < least:
                continue
            further[shift] = (at, equal)
            if equal - _EDIT_PENALTY * edits > worth:
                best, worth = (at, place, equal), equal - _EDIT_PENALTY * edits
        front = further
    return best


def _count_equal(ahead: str, beyond: str, at: int, place: int) -> int:
    """Count the equal characters from two positions on."""
    for count, (one, other) in enumerate(zip(ahead[at:], beyond[place:], strict=False)):
        if one != other:
            return count
    return min(len(ahead) - at, len(beyond) - place)
