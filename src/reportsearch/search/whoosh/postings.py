"""A buffer for the postings of a segment that is being written, in place of Whoosh's own."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from reportsearch.search.postings.builder import PostingBuilder

# Arguments from Whoosh when it merges segments: field, term, document, weight, payload.
Posting = tuple[str, bytes, int, float, bytes]
# Input of codec.py: field, term, and an array that alternates document numbers and frequencies.
PostingList = tuple[str, bytes, "array[int]"]


class PostingBuffer:
    """A replacement for Whoosh's ``PostingPool``, which sorts a tuple for every posting.

    Documents are added in order, so the list of each term is already sorted. ``passages`` has the
    postings of passages, which are not stored by Whoosh; each document is one of its passages.
    """

    def __init__(self) -> None:
        self.passages = PostingBuilder()
        self._lists: dict[str, dict[bytes, array[int]]] = defaultdict(dict)

    def add_words(self, field: str, document: int, words: Iterable[str]) -> None:
        """Add the words of a document."""
        lists = self._lists[field]
        for word, count in Counter(words).items():
            term = word.encode()
            postings = lists.get(term)
            if postings is None:
                postings = lists[term] = array("I")
            postings.append(document)
            postings.append(count)

    def add(self, posting: Posting) -> None:
        """Add one posting; Whoosh calls this when it merges segments."""
        field, term, document, weight, _ = posting
        self._lists[field].setdefault(term, array("I")).extend((document, int(weight)))

    def add_list(self, field: str, term: bytes, postings: array[int]) -> None:
        """Add the postings of a term, an array that alternates document numbers and frequencies."""
        there = self._lists[field].setdefault(term, postings)
        if there is not postings:
            there.extend(postings)

    def iter_postings(self) -> Iterator[PostingList]:
        """Iterate over all posting lists, by field and term, as ``Codec`` writes them."""
        for field in sorted(self._lists):
            lists = self._lists[field]
            for term in sorted(lists):
                yield field, term, lists[term]

    def cleanup(self) -> None:
        """Delete all postings."""
        self._lists.clear()
        self.passages = PostingBuilder()
