"""Regular expressions for the strings of word lists."""

from __future__ import annotations

import re
from collections.abc import Iterable


def sort_longest_first(words: Iterable[str]) -> list[str]:
    """Sort distinct strings by length, longest first."""
    return sorted(set(words), key=lambda word: (-len(word), word))


def build_alternatives(words: Iterable[str]) -> str:
    """Return a pattern for any of some strings, longest first; without strings it never matches."""
    return "|".join(map(re.escape, sort_longest_first(words))) or "(?!)"


def compile_alternatives(words: Iterable[str]) -> re.Pattern[str]:
    """Compile the pattern for any of some strings."""
    return re.compile(build_alternatives(words))
