"""What texts share, straight from the definitions: slow, and plainly right.

Texts are compared characters. It was written before the code it judges was read.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 8
DIGITS = "0123456789"


def runs(text: str, source: str, min_chars: int) -> list[tuple[int, int, int]]:
    """Start, end and first place in the source of each run that can be made longer on no side."""
    found = []
    for start in range(len(text)):
        end = start
        while end < len(text) and text[start : end + 1] in source:
            end += 1
        longer_before = start > 0 and text[start - 1 : end] in source
        if end - start >= min_chars and not longer_before:
            found.append((start, end, source.find(text[start:end])))
    return found


def covered(text: str, source: str, min_chars: int) -> set[int]:
    """The places of the text that are in a run."""
    return {place for start, end, _ in runs(text, source, min_chars) for place in range(start, end)}


def standing(string: str, texts: Sequence[str]) -> list[int]:
    """The texts in which a string stands."""
    return [number for number, text in enumerate(texts) if string in text]


def is_common(string: str, texts: Sequence[str], officials: Sequence[object], needed: int) -> bool:
    """Whether it is without digits and stands in texts of so many officials."""
    if any(digit in string for digit in DIGITS):
        return False
    return len({officials[number] for number in standing(string, texts)}) >= needed


def occurrences(string: str, text: str) -> list[int]:
    """All places at which a string stands in a text, overlapping ones too."""
    return [at for at in range(len(text)) if text.startswith(string, at)]


def common_spans(
    text: str, texts: Sequence[str], officials: Sequence[object], needed: int
) -> list[tuple[int, int]]:
    """Where formulae stand in a text that can be made longer on neither side there."""
    found = []
    for start in range(len(text)):
        end = start + LEAST
        if end > len(text) or not is_common(text[start:end], texts, officials, needed):
            continue
        while end < len(text) and is_common(text[start : end + 1], texts, officials, needed):
            end += 1
        if start == 0 or not is_common(text[start - 1 : end], texts, officials, needed):
            found.append((start, end))
    return found


def phrase_spans(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """Where set phrases stand in a text."""
    return sorted(
        {(at, at + len(phrase)) for phrase in phrases if phrase for at in occurrences(phrase, text)}
    )


def formula_places(
    text: str,
    texts: Sequence[str],
    officials: Sequence[object],
    needed: int,
    phrases: Sequence[str],
) -> set[int]:
    """The places of a text that are in a window that is a formula, or in a set phrase."""
    windows = [
        (start, start + LEAST)
        for start in range(len(text) - LEAST + 1)
        if is_common(text[start : start + LEAST], texts, officials, needed)
    ]
    spans = windows + phrase_spans(text, phrases)
    return {place for start, end in spans for place in range(start, end)}


def counted(
    strings: set[str], texts: Sequence[str], officials: Sequence[object]
) -> set[tuple[str, int, int]]:
    """Each string with the number of texts and of officials that have it."""
    return {
        (string, len(having), len({officials[number] for number in having}))
        for string in strings
        for having in [standing(string, texts)]
        if having
    }


def formulae(
    texts: Sequence[str], officials: Sequence[object], needed: int
) -> set[tuple[str, int, int]]:
    """The formulae of some texts, with the number of texts and of officials that have them."""
    strings = {
        text[start:end]
        for text in texts
        for start, end in common_spans(text, texts, officials, needed)
    }
    return counted(strings, texts, officials)


def shared(
    texts: Sequence[str],
    officials: Sequence[object],
    *,
    min_chars: int,
    formula_officials: int,
    phrases: Sequence[str] = (),
) -> dict[tuple[int, int], tuple[int, int]]:
    """How many characters of one text stand in another, without formulae, and the other way."""
    left_out = [
        formula_places(text, texts, officials, formula_officials, phrases) for text in texts
    ]
    found = {}
    for one in range(len(texts)):
        for other in range(one + 1, len(texts)):
            of_one = covered(texts[one], texts[other], min_chars) - left_out[one]
            of_other = covered(texts[other], texts[one], min_chars) - left_out[other]
            if of_one or of_other:
                found[one, other] = (len(of_one), len(of_other))
    return found
