"""Search for strings in a text column that is read in one piece."""

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

    The column is an array of UTF-16 code units, with the line ends after the values at ``ends``.
    Half of a surrogate pair never equals another character, so matching units means matching
    characters.
    """

    def __init__(self, data: bytes, count: int) -> None:
        codes = np.frombuffer(data, dtype="<u2", count=len(data) // 2)
        # The file has other data after the values.
        self.ends: Ints = np.flatnonzero(codes == ord(VALUE_END))[:count]
        if len(self.ends) != count:
            raise DamageError("a column is truncated")
        self._codes = codes[: self.ends[-1] + 1] if count else codes[:0]

    @cached_property
    def _frequency(self) -> Ints:
        """Count each code unit in a sample."""
        sample = self._codes[:: max(1, len(self._codes) // _SAMPLE_SIZE)]
        return np.bincount(sample, minlength=1 << 16)

    def find_occurrences(self, string: str) -> Ints:
        """Return the places among the code units at which a string starts, in order."""
        wanted = np.frombuffer(string.encode(ENCODING), dtype="<u2")
        # Search for the rarest unit first, so that few places remain to be compared.
        order = sorted(range(len(wanted)), key=lambda place: int(self._frequency[wanted[place]]))
        found: Ints = np.flatnonzero(self._codes == wanted[order[0]]) - order[0]
        found = found[(found >= 0) & (found + len(wanted) <= len(self._codes))]
        for place in order[1:]:
            if not len(found):
                break
            found = found[self._codes[found + place] == wanted[place]]
        return found

    def find_containing(self, string: str) -> Bools:
        """Return a mask of the values that contain a string."""
        found = self.find_occurrences(string)
        containing = np.zeros(len(self.ends), dtype=np.bool_)
        if len(found) < len(self.ends):
            containing[np.searchsorted(self.ends, found)] = True
        elif len(found):
            before = np.searchsorted(found, self.ends)
            containing[:] = np.diff(before, prepend=0) > 0
        return containing

    def read_value(self, number: int) -> str:
        """Return the value of one document."""
        start = int(self.ends[number - 1]) + 1 if number else 0
        with detect_damage():
            return self._codes[start : self.ends[number]].tobytes().decode(ENCODING)

    def read_values(self, first: int, stop: int) -> str:
        """Return the values of the documents ``first`` to ``stop`` - 1, each with its line end."""
        if first >= stop:
            return ""
        start = int(self.ends[first - 1]) + 1 if first else 0
        with detect_damage():
            return self._codes[start : self.ends[stop - 1] + 1].tobytes().decode(ENCODING)

    def iter_windows(
        self, string: str, before: int, length: int, among: Bools
    ) -> Iterator[tuple[str, int]]:
        """Iterate over the strings of ``length`` code units with a string ``before`` units in.

        None crosses the end of a value. Each string comes with the number of values in ``among``
        that contain it there; strings in none of them are omitted.
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
    """Return the length of a string in code units."""
    return len(string.encode(ENCODING)) // 2
