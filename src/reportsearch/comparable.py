"""The characters of a text that are compared when shared text is looked for.

They are those of the folded text (see normalise.py) that are letters or digits: punctuation, white
space and the ``*`` of masked values are left out. So a ``*`` is equal to nothing, but a sentence
that was copied with its masked values is still one run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Ints
from reportsearch.normalise import normalise

Codes = NDArray[np.uint32]
Span = tuple[int, int]
"""Where something starts and ends."""


class _ComparableTable(dict[int, int | None]):
    """For ``str.translate``: what is no letter or digit goes; filled as code points are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = kept = code if chr(code).isalnum() else None
        return kept


_COMPARABLE_TABLE = _ComparableTable()


def to_comparable(folded: str) -> str:
    """The compared characters of a folded text."""
    return folded.translate(_COMPARABLE_TABLE)


def to_code_points(text: str) -> Codes:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


@dataclass(frozen=True)
class ComparableText:
    """The compared characters of a text, and where each comes from.

    ``offsets`` are the original's code points, one for each character of ``text``. A code point
    that folds to several characters (⑵) stands there several times.
    """

    text: str
    offsets: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> ComparableText:
        """The compared characters of an original text."""
        view = normalise(original)
        places = [
            at for at, char in enumerate(view.text) if _COMPARABLE_TABLE[ord(char)] is not None
        ]
        offsets = places if view.offsets is None else [view.offsets[at] for at in places]
        return cls(to_comparable(view.text), tuple(offsets))

    def map_to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original for a span of compared characters.

        An empty one is the place in the original before the character at ``start``, or after
        the last one.
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
        """The compared characters that come from a span of the original."""
        first, last = np.searchsorted(self._offsets, [start, end])
        return int(first), int(last)
