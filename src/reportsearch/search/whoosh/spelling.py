"""Spelling suggestions: the best string of the index that is one edit from another."""

from __future__ import annotations

from collections import Counter

from reportsearch.search.spelling import MAX_SUGGESTED_LENGTH, is_one_edit_away, preference_key
from reportsearch.search.whoosh.index_view import IndexView
from reportsearch.search.whoosh.text_column import count_units


def suggest_spelling(view: IndexView, string: str) -> str | None:
    """Return the best string that is one edit away; see the protocol.

    One edit leaves either the first or the second half of the string unchanged, unless it swaps the
    two characters in the middle. So only occurrences of the halves are checked.
    """
    if not 2 <= len(string) <= MAX_SUGGESTED_LENGTH:
        return None
    found = [
        (preference_key(string, candidate, passages, is_word=True), candidate)
        for candidate, passages in _find_candidates(view, string).items()
    ]
    ordered = [candidate for _, candidate in sorted(found)]
    # Words come first, and for a string of two characters, only words are suggested.
    words = (candidate for candidate in ordered if len(view.read_word(candidate)[0]))
    best = next(words, None)
    if best is None and len(string) > 2:
        best = next(iter(ordered), None)
    return best


def _find_candidates(view: IndexView, string: str) -> dict[str, int]:
    """Return the strings one edit away, with the number of passages that contain each."""
    middle = len(string) // 2
    first, second = string[:middle], string[middle:]
    found = Counter[str]()
    for segment in view.segments:
        texts = segment.text_column("text")
        among = view.passages.mask[segment.offset : segment.offset + segment.count]
        here: dict[str, int] = {}
        # In code units, of which a rare character has two.
        for length in range(max(1, count_units(string) - 2), count_units(string) + 3):
            for half, before in ((first, 0), (second, length - count_units(second))):
                # Strings with both halves occur twice, with the same count.
                here.update(texts.iter_windows(half, before, length, among))
        found.update(
            {near: count for near, count in here.items() if is_one_edit_away(string, near)}
        )
    swapped = first[:-1] + second[0] + first[-1] + second[1:]
    if swapped != string:
        passages = len(view.find_string(swapped))
        if passages:
            found[swapped] = passages
    return dict(found)
