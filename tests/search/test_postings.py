from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.normalise import fold
from reportsearch.search.postings import builder
from reportsearch.search.postings.builder import PostingBuilder
from reportsearch.search.postings.files import EXTENSIONS, StoredPostings, write_postings
from reportsearch.search.postings.keys import (
    extract_occurrences,
    hash_field_word,
    hash_part,
    hash_word,
    list_word_keys,
)
from reportsearch.search.postings.segment import PostingSegment, SegmentMerge, build_segment

PASSAGES = st.lists(
    st.text(
        st.sampled_from([*"文旅文化民政县的和aB09*，。 \0\u200b", "𠮷", "⑵", "㎡"]), max_size=20
    ),
    max_size=6,
)


def cut(text: str) -> list[str]:
    """Halves of a text, as if they were its words."""
    return [text[: len(text) // 2], text[len(text) // 2 :]]


def inside(text: str) -> list[str]:
    """Some parts, as if they were words inside others."""
    return [text[1:3]] if len(text) > 3 else []


def build(passages: list[str]) -> PostingSegment:
    words, parts = [cut(one) for one in passages], [inside(one) for one in passages]
    others = [keys(one) for one in passages]
    titles, wholes = [title(one) for one in passages], [whole(one) for one in passages]
    return build_segment(
        extract_occurrences(passages, words, parts, others, titles, wholes), len(passages)
    )


def keys(text: str) -> list[int]:
    """The key of a heading, if it has one."""
    return [hash_field_word("headings", text[:2])] if len(text) > 5 else []


def title(text: str) -> str:
    """The title of a report, if the passage stands for one."""
    return text[:5] if len(text) > 12 else ""


def whole(text: str) -> str:
    """The text of a report, if the passage stands for one."""
    return text[::-1] if len(text) > 12 else ""


def pair_key(pair: str) -> int:
    return ord(pair[0]) * 2**21 + ord(pair[1])


Values = dict[tuple[int, int], int]


def expected(passages: list[str]) -> Values:
    found: Counter[tuple[int, int]] = Counter()
    adjacent = set()
    for number, passage in enumerate(passages):
        plain = "".join(char for char in passage if char.isalnum())
        for first, second in pairwise(plain):
            found[pair_key(first + second), number] += 2
            if first + second in passage:
                adjacent.add((pair_key(first + second), number))
        report = "".join(char for char in whole(passage) if char.isalnum())
        found.update({(3 * 2**62 + ord(char), number): 2 * report.count(char) for char in report})
        heading = "".join(char for char in title(passage) if char.isalnum())
        for first, second in pairwise(heading):
            found[3 * 2**62 + pair_key(first + second), number] += 2
        for word in cut(passage):
            found[(hash_word if len(word) > 1 else hash_part)(word), number] += 2
        for key in (*map(hash_part, inside(passage)), *keys(passage)):
            found[key, number] += 2
    return {key: value + (key in adjacent) for key, value in found.items()}


def postings(segment: PostingSegment) -> Values:
    found: Values = {}
    assert (np.diff(segment.starts) > 0).all()
    assert segment.keys.tolist() == sorted(segment.keys.tolist())
    assert len(segment.rows) == len(segment.values) == segment.starts[-1]
    for at, key in enumerate(segment.keys.tolist()):
        rows = segment.rows[segment.starts[at] : segment.starts[at + 1]].tolist()
        assert rows == sorted(set(rows))
        values = segment.values[segment.starts[at] : segment.starts[at + 1]].tolist()
        found |= {(key, row): value for row, value in zip(rows, values, strict=True)}
    return found


class Bytes:
    """A file in memory."""

    def __init__(self, data: bytes) -> None:
        self.data, self.size = data, len(data)

    def get(self, position: int, length: int) -> bytes:
        return self.data[position : position + length]


def write(merge: SegmentMerge) -> dict[str, Bytes]:
    written: dict[str, io.BytesIO] = {}

    class Kept(io.BytesIO):
        def close(self) -> None:
            pass

    def create(name: str) -> io.BytesIO:
        return written.setdefault(name, Kept())

    write_postings(merge, create)
    assert sorted(written) == sorted(EXTENSIONS)
    return {name: Bytes(stream.getvalue()) for name, stream in written.items()}


@contextmanager
def small_blocks(size: int) -> Iterator[None]:
    before = builder.BLOCK_SIZE
    builder.BLOCK_SIZE = size
    try:
        yield
    finally:
        builder.BLOCK_SIZE = before


def test_keys_stay_what_they_are() -> None:
    # Indexes on disk rest on them: change the number of the schema when they change.
    assert hash_word("民政") == 12054549980307023810
    assert list_word_keys("民政") == (12054549980307023810, 12054549980307023810 + 2**62)
    assert list_word_keys("县") == (hash_part("县"),)
    found = extract_occurrences(["民政"], [["民政"]], [["民"]], [[7]], ["民政"], ["政"])
    assert found.keys.tolist() == [
        pair_key("民政"),
        3 * 2**62 + ord("政"),
        3 * 2**62 + pair_key("民政"),
        hash_word("民政"),
        hash_part("民"),
        7,
    ]
    assert found.rows.tolist() == [0, 0, 0, 0, 0, 0]
    assert found.adjacent.tolist() == [True, False, False, False, False, False]


def test_masked_values_and_punctuation_separate_a_pair_but_are_none() -> None:
    found = extract_occurrences(
        ["*，。 *", "县", "", "a*b"], [[]] * 4, [[]] * 4, [[]] * 4, [""] * 4, [""] * 4
    )
    assert found.keys.tolist() == [pair_key("ab")]
    assert found.adjacent.tolist() == [False]


@given(PASSAGES)
def test_occurrences_are_those_that_a_plain_count_finds(texts: list[str]) -> None:
    passages = [fold(text) for text in texts]
    assert postings(build(passages)) == expected(passages)


@given(st.lists(PASSAGES, min_size=1, max_size=4), st.integers(0, 2**24), st.integers(1, 4))
def test_built_block_by_block_merged_and_stored_they_are_the_same(
    blocks: list[list[str]], dropped: int, block_size: int
) -> None:
    new, *old = [[fold(text) for text in block] for block in blocks]
    before = [passage for block in old for passage in block]
    keep = np.array([not dropped >> at & 1 for at in range(len(before))], dtype=np.bool_)
    places = np.where(keep, np.cumsum(keep) - 1 + len(new), -1)
    ends = np.cumsum([len(block) for block in old])
    with small_blocks(block_size):
        building = PostingBuilder()
        for passage in new:
            building.add(
                passage,
                cut(passage),
                inside(passage),
                keys(passage),
                title(passage),
                whole(passage),
            )
        for block, numbers in zip(old, np.split(places, ends[:-1]) if old else [], strict=True):
            building.add_segment(build(block), numbers)
        merge = building.finish()
    kept = new + [passage for passage, stays in zip(before, keep, strict=True) if stays]
    wanted = expected(kept)
    assert merge.passages == len(kept)
    assert postings(merge.to_segment()) == wanted
    stored = StoredPostings(write(merge), len(kept))
    assert postings(stored.load()) == wanted
    for key in {key for key, _ in wanted} | {0, 1, hash_word("没有"), 2**64 - 1}:
        where = stored.locate(key)
        rows, values = stored.read_rows(where), stored.read_values(where)
        assert dict(zip(rows.tolist(), values.tolist(), strict=True)) == {
            row: value for (other, row), value in wanted.items() if other == key
        }


def test_a_key_is_found_among_many() -> None:
    passages = [chr(0x4E00 + at) + chr(0x4E00 + at + 1) for at in range(2_000)]
    stored = StoredPostings(write(SegmentMerge([build(passages)], [np.arange(2_000)])), 2_000)
    for at in range(2_000):
        assert stored.read_rows(stored.locate(pair_key(passages[at]))).tolist() == [at]
        assert not stored.locate(pair_key(passages[at]) + 1)


@pytest.mark.parametrize("name", EXTENSIONS)
def test_files_that_do_not_fit_each_other_are_refused(name: str) -> None:
    files = write(SegmentMerge([build(["民政工作"])], [np.arange(1)]))
    files[name] = Bytes(files[name].data[:-1])
    with pytest.raises(ValueError, match="fit"):
        StoredPostings(files, 1)


def test_a_posting_of_no_passage_is_refused() -> None:
    files = write(SegmentMerge([build(["民政工作"])], [np.arange(1)]))
    files["rows"] = Bytes(b"\1" + files["rows"].data[1:])
    stored = StoredPostings(files, 1)
    with pytest.raises(ValueError, match="no passage"):
        stored.read_rows(range(1))
    with pytest.raises(ValueError, match="no passage"):
        stored.load()


def test_a_count_may_be_large() -> None:
    segments = [build(["县" * 70_000, "县县"]), build(["县县县"])]
    merged = SegmentMerge(segments, [np.arange(2), np.arange(2, 3)])
    for segment in (merged.to_segment(), StoredPostings(write(merged), 3).load()):
        assert postings(segment)[pair_key("县县"), 0] == 2 * 69_999 + 1
        assert postings(segment)[pair_key("县县"), 2] == 2 * 2 + 1
