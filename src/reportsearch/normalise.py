"""Folding text to the form in which strings are compared, and the way back to the original.

A table folds each code point on its own: full-width to half-width and compatibility forms to plain
ones (Unicode NFKC), then to lower case, then traditional to simplified. Folding ignores the
neighbours of a character, so any part of a text folds to the corresponding part of the folded text:
乾 finds 乾隆, and 说着 finds 說著. A code point may fold to several (⑵ to ``(2)``) or to none
(zero-width marks). :meth:`NormalisedText.map_to_original` maps a span back to whole code points.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opencc import OpenCC

# Readers do not see format characters (bidi marks, zero-width space, soft hyphen) and controls.
# Unpaired surrogates cannot be written as UTF-8.
_INVISIBLE = frozenset({"Cf", "Cc"})
_VARIATION_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Glyph selectors, which are not characters themselves."""
_BLANKS = frozenset("\n\t\v\f\x85\u2028\u2029")


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A folded text.

    ``offsets`` has the offset of the original code point for each code point of ``text``. It is
    None if both texts have the same length and offsets.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def map_to_original(self, start: int, end: int) -> tuple[int, int]:
        """Map the span ``[start, end)`` of the folded text to the original's code points."""
        if self.offsets is None:
            return start, end
        if start >= end:
            after_last = self.offsets[-1] + 1 if self.offsets else 0
            at = self.offsets[start] if start < len(self.offsets) else after_last
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1

    def map_from_original(self, start: int, end: int) -> tuple[int, int]:
        """Map the span ``[start, end)`` of the original to a span of the folded text."""
        if self.offsets is None:
            return start, end
        return bisect_left(self.offsets, start), bisect_left(self.offsets, end)


class _FoldTable(dict[int, str]):
    """A table for ``str.translate`` that fills itself as it sees new code points."""

    def __init__(self) -> None:
        super().__init__()
        self._simplify = OpenCC("t2s").convert
        self._pairs = dict(_read_extra_pairs())
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = self._fold(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        self[code] = folded
        return folded

    def _fold(self, char: str) -> str:
        if char in _BLANKS:
            # Fold a line end to a space, so that a pasted heading and the text after it match.
            return " "
        category = unicodedata.category(char)
        if category in _INVISIBLE or char in _VARIATION_SELECTORS:
            return ""
        if category == "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).lower())
        return "".join(map(self._simplify_char, plain))

    def _simplify_char(self, char: str) -> str:
        if char < "\u2e80":
            return char
        simple = self._simplify(char)
        simple = self._pairs.get(simple, simple)
        # A few take two steps (薴, 苧, 苎), and folding must be idempotent.
        return simple if simple == char else self._simplify_char(simple)


def _read_extra_pairs() -> list[tuple[str, str]]:
    lines = (files("reportsearch") / "data" / "folds.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    return [(left, right) for left, right in pairs]


@cache
def _get_fold_table() -> _FoldTable:
    return _FoldTable()


def fold(text: str) -> str:
    """Return ``text`` in the form in which strings are compared."""
    return text.translate(_get_fold_table())


def normalise(text: str) -> NormalisedText:
    """Fold ``text`` and keep the offsets that map it back."""
    table = _get_fold_table()
    folded = text.translate(table)
    uneven = table.uneven
    if uneven.isdisjoint(text):
        return NormalisedText(folded)
    offsets: list[int] = []
    done = 0
    for at in [at for at, char in enumerate(text) if char in uneven]:
        offsets += range(done, at)
        offsets += [at] * len(table[ord(text[at])])
        done = at + 1
    offsets += range(done, len(text))
    return NormalisedText(folded, tuple(offsets))


def fold_table_version() -> str:
    """Return a string that changes if folding may change, for the fingerprint of the index."""
    import opencc

    pairs = ",".join(left + right for left, right in _read_extra_pairs())
    return f"nfkc{unicodedata.unidata_version};variants;opencc{opencc.__version__};{pairs}"
