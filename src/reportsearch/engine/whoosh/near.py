"""The string of the index that is one edit away from another."""

from __future__ import annotations

from reportsearch.engine.edits import LONGEST, is_near, preference
from reportsearch.engine.whoosh.texts import units
from reportsearch.engine.whoosh.view import View


def near(view: View, string: str) -> str | None:
    """The likeliest string one edit away; see :class:`reportsearch.engine.Engine`.

    One edit leaves either the first or the second half of the string as it is, unless it swaps
    the two characters at the middle: so that only the places of the halves are looked at.
    """
    if not 2 <= len(string) <= LONGEST:
        return None
    found = []
    for candidate in sorted(_candidates(view, string)):
        is_word = bool(len(view.postings("words", candidate)[0]))
        if is_word or len(string) > 2:
            passages = int((view.containing("text", candidate) & view.passages).sum())
            if passages:
                found.append(preference(string, candidate, passages, is_word=is_word))
    return min(found)[-1] if found else None


def _candidates(view: View, string: str) -> set[str]:
    middle = len(string) // 2
    first, second = string[:middle], string[middle:]
    found = {first[:-1] + second[0] + first[-1] + second[1:]}
    for segment in view.segments:
        texts = segment.texts("text")
        # In code units, of which a rare character has two.
        for length in range(max(1, units(string) - 2), units(string) + 3):
            for half, before in ((first, 0), (second, length - units(second))):
                found.update(texts.windows(half, before, length))
    return {candidate for candidate in found if is_near(string, candidate)}
