"""The characters of a text that the search for shared text compares.

They are the letters and digits of the folded text (see normalise.py), without punctuation, white
space and the ``*`` of masked values. So a ``*`` never matches anything, but a sentence copied with
its masked values is still one run.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Bools, Ints
from reportsearch.normalise import normalise

Codes = NDArray[np.uint32]
Span = tuple[int, int]
"""Start and end of a span."""


class _ComparableTable(dict[int, int | None]):
    """A table for ``str.translate`` that drops all but letters and digits, filled on demand."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = code if chr(code).isalnum() else None
        return kept


_COMPARABLE_TABLE = _ComparableTable()


def to_comparable(folded: str) -> str:
    """Return the compared characters of a folded text."""
    return folded.translate(_COMPARABLE_TABLE)


def to_code_points(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


class _ComparableCodes:
    """Which code points are compared, as an array that is filled on demand."""

    def __init__(self) -> None:
        self._is_known = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
        self._is_compared = np.zeros(sys.maxunicode + 1, dtype=np.bool_)

    def test(self, codes: Codes) -> Bools:
        for code in np.unique(codes[~self._is_known[codes]]).tolist():
            self._is_known[code] = True
            self._is_compared[code] = chr(code).isalnum()
        found: Bools = self._is_compared[codes]
        return found


_COMPARABLE_CODES = _ComparableCodes()


def is_comparable(codes: Codes) -> Bools:
    """Return which of some code points are compared."""
    return _COMPARABLE_CODES.test(codes)


@dataclass(frozen=True)
class ComparableText:
    """The compared characters of a text with their offsets in the original.

    ``offsets`` has an offset in code points of the original for each character of ``text``. The
    offset of a code point that folds to several characters (⑵) is repeated.
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> ComparableText:
        """Create the compared characters of an original text."""
        view = normalise(original)
        places = [
            at for at, char in enumerate(view.text) if _COMPARABLE_TABLE[ord(char)] is not None
        ]
        offsets = places if view.offsets is None else [view.offsets[at] for at in places]
        return cls(to_comparable(view.text), tuple(offsets))

    def map_to_original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of compared characters to a span of the original.

        An empty span maps to the position before the character at ``start``, or after the last one.
        """
        if start < end:
            return self.offsets[start], self.offsets[end - 1] + 1
        if start < len(self.offsets):
            return self.offsets[start], self.offsets[start]
        last = self.offsets[-1] + 1 if self.offsets else 0
        return last, last

    @cached_property
    def _offsets(self) -> Ints:
        return np.array(self.offsets, dtype=np.int64)

    def map_from_original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of the original to the compared characters that come from it."""
        first, last = np.searchsorted(self._offsets, [start, end])
        return int(first), int(last)
