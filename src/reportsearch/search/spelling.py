"""Detection of likely misspellings, strings one edit apart, shared by all engines."""

from __future__ import annotations

MAX_SUGGESTED_LENGTH = 12
"""Maximum length of a string with suggestions; the words of longer ones may have some."""


def is_one_edit_away(string: str, other: str) -> bool:
    """Return whether one edit turns ``string`` into ``other``.

    An edit inserts, deletes or changes a character, or swaps two neighbours (Damerau 1964).
    """
    if string == other or abs(len(string) - len(other)) > 1:
        return False
    if not {char for char in other if not char.isalnum()} <= set(string):
        # A difference of only a full stop or a space is the end of a word, not a misspelling.
        return False
    if [char for char in string if char.isdigit()] != [char for char in other if char.isdigit()]:
        # A different number is not a misspelling.
        return False
    start = 0
    while start < min(len(string), len(other)) and string[start] == other[start]:
        start += 1
    rest, others = string[start:], other[start:]
    if len(rest) == len(others):
        swapped = len(rest) > 1 and rest[0] == others[1] and rest[1] == others[0]
        return rest[1:] == others[1:] or (swapped and rest[2:] == others[2:])
    return rest[1:] == others if len(rest) > len(others) else rest == others[1:]


def preference_key(
    string: str, other: str, passages: int, *, is_word: bool
) -> tuple[bool, bool, int, str]:
    """Return a sort key that puts the most likely suggestion first."""
    return not is_word, len(other) != len(string), -passages, other
