"""Finding the passages that contain a string, by the postings of its pairs of characters."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from reportsearch.arrays import Ints
from reportsearch.search.postings.files import StoredPostings
from reportsearch.search.postings.keys import list_word_keys, to_pair_key
from reportsearch.search.whoosh.passage_set import look_up
from reportsearch.search.whoosh.text_column import TextColumn

_ROWS_PER_TEXT = 1_000
"""Number of postings that are looked at in the time that reading a text takes."""


def find_string(postings: StoredPostings, texts: TextColumn, string: str) -> Ints:
    """Return the documents of a segment whose folded text contains a string, in order.

    A string of two letters or digits is a pair itself. Longer ones occur in some of the passages
    that contain all of their pairs: in those where they are a word, and otherwise in those whose
    text shows it. Texts are scanned for strings without pairs.
    """
    keys = {
        to_pair_key(first, second)
        for first, second in pairwise(string)
        if first.isalnum() and second.isalnum()
    }
    if not keys:
        return texts.find_containing(string)
    candidates = _find_candidates(postings, keys)
    if len(string) == 2 or not len(candidates):
        return candidates
    certain = np.zeros(postings.passages, dtype=np.bool_)
    for key in list_word_keys(string):
        certain[postings.read_rows(postings.locate(key))] = True
    is_certain = certain[candidates]
    found = texts.select_containing(string, candidates[~is_certain])
    return np.sort(np.concatenate([candidates[is_certain], found]))


def _find_candidates(postings: StoredPostings, keys: set[int]) -> Ints:
    """Return the documents with all of some pairs, or more, if that is quicker to check."""
    places = sorted(map(postings.locate, sorted(keys)), key=len)
    found = postings.read_rows(places[0])[postings.read_values(places[0]) & 1 > 0]
    for others in places[1:]:
        if len(found) * _ROWS_PER_TEXT < len(others):
            break
        rows, adjacent = postings.read_rows(others), postings.read_values(others) & 1
        found = found[look_up(postings.passages, found, rows, adjacent) > 0]
    return found
