"""The keys of a passage: its words, the shorter words inside them, and pairs of characters.

A pair consists of two neighbouring compared characters (letters and digits, see comparable.py) of
the folded text (see normalise.py). A masked ``*`` is not one of them, and the characters on either
side of it are a pair, but not adjacent. Pairs whose characters are adjacent in the folded text show
which passages can contain a string.

A key is a number of 64 bits, the same in every run and on every machine. A pair's key consists of
its two code points, so that no two pairs share one. A word's key is a hash with the highest bit
set. Among a million different words, two share a key once in five million collections.

A word has one key where the tokenizer cuts it out (``cut``), another where it is only a part of a
longer word (``cut_for_search``), and others in headings and titles. A search looks up all of them.
For comparing passages and for counting, only the first is used, without words of one character,
which only have the second. Pairs in titles and the characters of whole reports have keys, too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportsearch.arrays import Bools, Ints
from reportsearch.comparable import is_comparable, to_code_points

Keys = NDArray[np.uint64]

MIN_WORD_LENGTH = 2
_WORD_BIT = 1 << 63
_PART_BIT = 1 << 62
FIRST_PART_KEY = np.uint64(_WORD_BIT | _PART_BIT)
"""The smallest key that is not used for comparing passages."""
_CODE_POINT_BITS = np.uint64(21)
"""Number of bits of a code point."""


@lru_cache(maxsize=200_000)
def hash_word(word: str) -> int:
    """Return the key of a word that the tokenizer cuts out."""
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & ~_PART_BIT | _WORD_BIT


def hash_part(word: str) -> int:
    """Return the key of a word that is a part of another, or only one character long."""
    return hash_word(word) | _PART_BIT


def hash_field_word(field: str, word: str) -> int:
    """Return the key of a word in another field than the text, such as the title."""
    return hash_part(f"{field}\0{word}")


def list_word_keys(word: str) -> tuple[int, ...]:
    """Return all keys of a word."""
    part = hash_part(word)
    return (part,) if len(word) < MIN_WORD_LENGTH else (hash_word(word), part)


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The keys that occur in some passages: arrays of equal length, with an item per occurrence.

    ``rows`` are the numbers of the passages, in ascending order among the occurrences of a key.
    ``adjacent`` tells of pairs whether their characters are neighbours in the folded text.
    """

    keys: Keys
    rows: Ints
    adjacent: Bools


def extract_occurrences(
    passages: Sequence[str],
    words: Sequence[Sequence[str]],
    parts: Sequence[Sequence[str]],
    others: Sequence[Sequence[int]],
    titles: Sequence[str],
    wholes: Sequence[str],
) -> Occurrences:
    """Return all keys of folded passages, which are numbered from 0.

    ``words`` are those of each passage that the tokenizer cuts out, ``parts`` those inside others,
    and ``others`` are the keys of words in other fields. In the place of a report, ``titles`` has
    its folded title, of which pairs are extracted, and ``wholes`` all of its folded text, of which
    characters are.
    """
    found: list[int] = []
    counts = np.zeros(len(passages), dtype=np.int64)
    for number, (cut_out, inside, more) in enumerate(zip(words, parts, others, strict=True)):
        before = len(found)
        found += [
            hash_word(word) if len(word) >= MIN_WORD_LENGTH else hash_part(word) for word in cut_out
        ]
        found += map(hash_part, inside)
        found += more
        counts[number] = len(found) - before
    pairs, in_titles = extract_pairs(passages), extract_pairs(titles)
    codes, whole_rows, _ = _extract_codes(wholes)
    word_rows = np.repeat(np.arange(len(passages)), counts)
    others_count = len(codes) + len(in_titles.keys) + len(found)
    return Occurrences(
        np.concatenate(
            [
                pairs.keys,
                codes | FIRST_PART_KEY,
                in_titles.keys | FIRST_PART_KEY,
                np.array(found, dtype=np.uint64),
            ]
        ),
        np.concatenate([pairs.rows, whole_rows, in_titles.rows, word_rows]),
        np.concatenate([pairs.adjacent, np.zeros(others_count, dtype=np.bool_)]),
    )


def _extract_codes(passages: Sequence[str]) -> tuple[Keys, Ints, Ints]:
    """Return the compared characters of passages, with their passages and places in all texts."""
    codes = to_code_points("".join(passages))
    places = np.flatnonzero(is_comparable(codes))
    lengths = np.array([len(passage) for passage in passages], dtype=np.int64)
    rows = np.repeat(np.arange(len(passages)), lengths)[places]
    return codes[places].astype(np.uint64), rows, places


def extract_pairs(passages: Sequence[str]) -> Occurrences:
    """Return the pairs of compared characters of folded passages."""
    codes, rows, places = _extract_codes(passages)
    inside = np.flatnonzero(rows[1:] == rows[:-1])
    return Occurrences(
        (codes[inside] << _CODE_POINT_BITS) | codes[inside + 1],
        rows[inside],
        places[inside + 1] - places[inside] == 1,
    )


def to_pair_key(first: str, second: str) -> int:
    """Return the key of a pair of characters."""
    return ord(first) << int(_CODE_POINT_BITS) | ord(second)


def to_pair_keys(string: str) -> Keys:
    """Return the keys of the pairs of a string of compared characters."""
    return extract_pairs([string]).keys


def list_pair_keys(folded: str) -> list[int]:
    """Return the keys of the different pairs of a text, in order."""
    return list(dict.fromkeys(to_pair_keys(folded).tolist()))


def list_character_keys(folded: str) -> list[int]:
    """Return the keys that the different compared characters of a text have in whole reports."""
    return [to_report_key(ord(char)) for char in dict.fromkeys(folded) if char.isalnum()]


def to_report_key(key: int) -> int:
    """Return the key that a pair has in titles, or the code point of a character in reports."""
    return key | int(FIRST_PART_KEY)
