"""A text column in one piece, in which strings are found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from reportsearch.arrays import Bools, Ints
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.schema import ENCODING, VALUE_END

_SAMPLE_SIZE = 1_000_000


class TextColumn:
    """The values of a text column in one piece, for finding strings.

    ``codes`` are UTF-16 code units, ``ends`` the places of the line ends after the values. Half
    of a surrogate pair never looks like another character, so that a match of units is one of
    characters.
    """

    def __init__(self, data: bytes, count: int) -> None:
        codes = np.frombuffer(data, dtype="<u2", count=len(data) // 2)
        # What follows the values in the file is no text.
        self.ends: Ints = np.flatnonzero(codes == ord(VALUE_END))[:count]
        if len(self.ends) != count:
            raise DamageError("a column is cut short")
        self._codes = codes[: self.ends[-1] + 1] if count else codes[:0]

    @cached_property
    def _frequency(self) -> Ints:
        """How often each code unit occurs in a sample."""
        sample = self._codes[:: max(1, len(self._codes) // _SAMPLE_SIZE)]
        return np.bincount(sample, minlength=1 << 16)

    def find_occurrences(self, string: str) -> Ints:
        """The places in ``codes`` at which a string starts, in order."""
        wanted = np.frombuffer(string.encode(ENCODING), dtype="<u2")
        # The rarest unit first: few places are left to be compared with the others.
        order = sorted(range(len(wanted)), key=lambda place: int(self._frequency[wanted[place]]))
        found: Ints = np.flatnonzero(self._codes == wanted[order[0]]) - order[0]
        found = found[(found >= 0) & (found + len(wanted) <= len(self._codes))]
        for place in order[1:]:
            if not len(found):
                break
            found = found[self._codes[found + place] == wanted[place]]
        return found

    def find_containing(self, string: str) -> Bools:
        """Which values contain a string."""
        found = self.find_occurrences(string)
        containing = np.zeros(len(self.ends), dtype=np.bool_)
        if len(found) < len(self.ends):
            containing[np.searchsorted(self.ends, found)] = True
        elif len(found):
            before = np.searchsorted(found, self.ends)
            containing[:] = np.diff(before, prepend=0) > 0
        return containing

    def read_value(self, number: int) -> str:
        """The value of one document."""
        start = int(self.ends[number - 1]) + 1 if number else 0
        with detect_damage():
            return self._codes[start : self.ends[number]].tobytes().decode(ENCODING)

    def read_values(self, first: int, stop: int) -> str:
        """The values of the documents ``first`` to ``stop`` - 1, with the line ends after them."""
        if first >= stop:
            return ""
        start = int(self.ends[first - 1]) + 1 if first else 0
        with detect_damage():
            return self._codes[start : self.ends[stop - 1] + 1].tobytes().decode(ENCODING)

    def iter_windows(
        self, string: str, before: int, length: int, among: Bools
    ) -> Iterator[tuple[str, int]]:
        """The strings of ``length`` code units in which a string stands ``before`` units in.

        None reaches over the end of a value. With each comes how many of the values ``among``
        contain it there; those that none contains are left out.
        """
        starts = self.find_occurrences(string) - before
        starts = starts[(starts >= 0) & (starts + length <= len(self._codes))]
        found = np.empty((len(starts), length), dtype="<u2")
        for place in range(length):
            found[:, place] = self._codes[starts + place]
        values = np.searchsorted(self.ends, starts)
        keep = (found != ord(VALUE_END)).all(axis=1) & among[values]
        rows = np.ascontiguousarray(found[keep]).view(np.dtype((np.void, 2 * length)))[:, 0]
        whole, numbers = np.unique(rows, return_inverse=True)
        pairs = np.unique(numbers.astype(np.int64) * len(self.ends) + values[keep])
        counts = np.bincount(pairs // max(len(self.ends), 1), minlength=len(whole))
        for value, count in zip(whole, counts.tolist(), strict=True):
            yield value.tobytes().decode(ENCODING, "replace"), count


def count_units(string: str) -> int:
    """The length of a string in code units."""
    return len(string.encode(ENCODING)) // 2
