from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.normalise import fold
from reportsearch.search.tfidf_index.features import extract_features, hash_word
from reportsearch.search.tfidf_index.postings import PostingSegment, SegmentMerge, build_segment

PASSAGES = st.lists(
    st.text(
        st.sampled_from([*"文旅文化民政县的和aB09*，。 \0\u200b", "𠮷", "⑵", "㎡"]), max_size=20
    ),
    max_size=6,
)


def cut(text: str) -> list[str]:
    """Halves of a text, as if they were its words."""
    return [text[: len(text) // 2], text[len(text) // 2 :]]


def pair_key(pair: str) -> int:
    return ord(pair[0]) * 2**21 + ord(pair[1])


def expected(passages: list[str]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for number, passage in enumerate(passages):
        plain = "".join(char for char in passage if char.isalnum())
        found.update((pair_key(plain[at : at + 2]), number) for at in range(len(plain) - 1))
        found.update((hash_word(word), number) for word in cut(passage) if len(word) > 1)
    return found


def postings(segment: PostingSegment) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    assert (np.diff(segment.starts) > 0).all()
    assert segment.features.tolist() == sorted(segment.features.tolist())
    assert len(segment.rows) == len(segment.counts) == segment.starts[-1]
    for at, key in enumerate(segment.features.tolist()):
        for place in range(segment.starts[at], segment.starts[at + 1]):
            assert (key, int(segment.rows[place])) not in found
            found[key, int(segment.rows[place])] = int(segment.counts[place])
    return found


def test_keys_stay_what_they_are() -> None:
    # Stores on disk rest on them: raise features.VERSION when they change.
    assert hash_word("民政") == 12054549980307023810
    keys, rows = extract_features(["民政"], lambda text: [text])
    assert keys.tolist() == [ord("民") * 2**21 + ord("政"), hash_word("民政")]
    assert rows.tolist() == [0, 0]


def test_masked_values_punctuation_and_single_characters_are_nothing() -> None:
    keys, _ = extract_features(["*，。 *", "县", "", "a*b"], lambda text: list(text))
    assert keys.tolist() == [pair_key("ab")]


@given(PASSAGES)
def test_occurrences_are_those_that_a_plain_count_finds(texts: list[str]) -> None:
    passages = [fold(text) for text in texts]
    segment = build_segment(*extract_features(passages, cut), len(passages))
    assert postings(segment) == expected(passages)


@given(st.lists(PASSAGES, min_size=1, max_size=4), st.integers(0, 2**24))
def test_a_merge_has_the_postings_of_the_passages_that_are_kept(
    blocks: list[list[str]], dropped: int
) -> None:
    folded = [[fold(text) for text in block] for block in blocks]
    segments = [build_segment(*extract_features(block, cut), len(block)) for block in folded]
    every = [passage for block in folded for passage in block]
    keep = np.array([not dropped >> at & 1 for at in range(len(every))], dtype=np.bool_)
    places = np.where(keep, np.cumsum(keep) - 1, -1)
    ends = np.cumsum([len(block) for block in blocks])
    merged = SegmentMerge(segments, np.split(places, ends[:-1])).to_segment()
    kept = [passage for passage, stays in zip(every, keep, strict=True) if stays]
    assert merged.passages == len(kept)
    assert postings(merged) == expected(kept)


def test_a_count_may_be_large() -> None:
    passages = ["县" * 70_000, "县县"]
    segment = build_segment(*extract_features(passages, cut), 2)
    merged = SegmentMerge.of(
        [segment, build_segment(*extract_features(["县县县"], cut), 1)]
    ).to_segment()
    assert postings(merged)[pair_key("县县"), 0] == 69_999
    assert postings(merged)[pair_key("县县"), 2] == 2
