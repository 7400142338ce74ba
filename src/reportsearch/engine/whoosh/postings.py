"""The postings of one run, gathered for Whoosh."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

# What Whoosh's writer passes about: field, term, document, weight, payload.
Posting = tuple[str, bytes, int, float, bytes]


class Postings:
    """Stands in for Whoosh's ``PostingPool``, which sorts a tuple for every posting.

    Documents come in order, so that a list for each term is already sorted; it takes 8 bytes a
    posting and is kept in memory (150 MB for 10,000 reports).
    """

    def __init__(self) -> None:
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
        """Add one posting: what Whoosh calls when it merges segments."""
        field, term, document, weight, _ = posting
        self._lists[field].setdefault(term, array("I")).extend((document, int(weight)))

    def iter_postings(self) -> Iterator[Posting]:
        """All postings, by field, term and document, as Whoosh's writer wants them."""
        for field in sorted(self._lists):
            lists = self._lists[field]
            for term in sorted(lists):
                pairs = iter(lists[term])
                for document, count in zip(pairs, pairs, strict=True):
                    yield field, term, document, count, b""

    def cleanup(self) -> None:
        """Forget everything."""
        self._lists.clear()
