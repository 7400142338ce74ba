"""Text columns: reading single values, and searching all of them for a string."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Bools, Ints
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.schema import CODE_UNIT_SIZE, ENCODING, VALUE_END

Codes = NDArray[np.uint16]

_SAMPLE_SIZE = 100_000
_SCANNED_UNITS = 8_000
"""Number of code units that are scanned in the time that reading one value takes."""


class TextColumn:
    """The values of a text column, an array of UTF-16 code units with line ends after the values.

    The line ends are at ``ends``. All values are read in one piece when they are first scanned.
    Half of a surrogate pair never equals another character, so matching units means matching
    characters.
    """

    def __init__(
        self, read: Callable[[int, int], bytes], size: int, count: int, lengths: Ints | None = None
    ) -> None:
        """Open a column of ``count`` values in the first of ``size`` bytes.

        ``read`` reads a part of them, by position and length. ``lengths`` are those of the values,
        in code units with the line end. Without them, everything is read. Raises DamageError if
        there are fewer values.
        """
        self._read = read
        self._size = size
        if lengths is None:
            codes = self._read_codes(size // CODE_UNIT_SIZE)
            self.ends = np.flatnonzero(codes == ord(VALUE_END))[:count]
        else:
            self.ends = np.cumsum(lengths) - 1
        self._unit_count = int(self.ends[-1]) + 1 if count else 0
        if len(self.ends) != count or CODE_UNIT_SIZE * self._unit_count > size:
            raise DamageError("a column is truncated")

    def _read_codes(self, count: int) -> Codes:
        return np.frombuffer(self._read(0, CODE_UNIT_SIZE * count), dtype="<u2")

    @cached_property
    def _codes(self) -> Codes:
        """Return all values in one piece."""
        codes = self._read_codes(self._unit_count)
        if (codes[self.ends] != ord(VALUE_END)).any():
            raise DamageError("a value does not end where it should")
        return codes

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

    def find_containing(self, string: str) -> Ints:
        """Return the numbers of the values that contain a string, in order."""
        found = self.find_occurrences(string)
        if len(found) < len(self.ends):
            return np.unique(np.searchsorted(self.ends, found))
        if not len(found):
            return found
        before = np.searchsorted(found, self.ends)
        return np.flatnonzero(np.diff(before, prepend=0))

    def select_containing(self, string: str, candidates: Ints) -> Ints:
        """Return which of some values, given in order, contain a string."""
        if _SCANNED_UNITS * len(candidates) > self._unit_count:
            return np.intersect1d(candidates, self.find_containing(string), assume_unique=True)
        keep = [string in self.read_value(number) for number in candidates.tolist()]
        return candidates[np.array(keep, dtype=np.bool_)]

    def read_value(self, number: int) -> str:
        """Return the value of one document."""
        return self.read_values(number, number + 1)[:-1]

    def read_values(self, first: int, stop: int) -> str:
        """Return the values of the documents ``first`` to ``stop`` - 1, each with its line end."""
        if first >= stop:
            return ""
        start = int(self.ends[first - 1]) + 1 if first else 0
        size = CODE_UNIT_SIZE * (int(self.ends[stop - 1]) + 1 - start)
        with detect_damage():
            text = self._read(CODE_UNIT_SIZE * start, size).decode(ENCODING)
        if not text.endswith(VALUE_END):
            raise DamageError("a value does not end where it should")
        return text

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
    return len(string.encode(ENCODING)) // CODE_UNIT_SIZE
