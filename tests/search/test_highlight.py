"""What a query asks for, marked in one report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import Archive, QueryError
from reportsearch.errors import NotFoundError
from reportsearch.search import highlight

TEXT = """甲县副县长2023年述职报告

一、文旅工作
创建全域旅游示范区，接待游客100万人次。

二、招商引资
签约项目12个，全域招商打开局面。
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    made = Archive.in_memory()
    made.index(tmp_path)
    return made


def shown(archive: Archive, text: str) -> dict[int, list[str]]:
    whole = archive.show("a.txt").text
    found = archive.highlights("a.txt", text)
    return {number: [whole[start:end] for start, end in spans] for number, spans in found.items()}


def test_terms_are_marked_in_every_passage_that_has_one(archive: Archive) -> None:
    numbers = [p.number for p in archive.show("a.txt").passages if "全域" in p.text]
    assert shown(archive, '"全域"') == {number: ["全域"] for number in numbers}
    assert len(numbers) == 2
    assert list(shown(archive, "示范区 签约项目").values()) == [["示范区"], ["签约项目"]]


def test_a_search_marks_the_same(archive: Archive) -> None:
    for text in ("全域旅游", "招商", "year:2023 文旅", "游客 -签约"):
        (hit,) = archive.search(text).hits
        marks = archive.highlights("a.txt", text)
        for passage in hit.passages:
            number = int(passage.id.rpartition("#")[2])
            assert marks.get(number, ()) == passage.highlights


def test_where_no_term_stands_its_words_are_marked(archive: Archive) -> None:
    marked = shown(archive, "游客满意项目")
    assert [word for words in marked.values() for word in words] == ["游客", "项目"]


def test_nothing_to_mark(archive: Archive) -> None:
    assert archive.highlights("a.txt", "海关") == {}
    assert archive.highlights("a.txt", "year:2023") == {}
    with pytest.raises(QueryError):
        archive.highlights("a.txt", '"全域')
    with pytest.raises(NotFoundError):
        archive.highlights("b.txt", "全域")


@given(
    st.lists(st.text("工作会议产业", min_size=1, max_size=4), max_size=8), st.text("工作会议产业，")
)
def test_many_strings_are_found_where_few_are(strings: list[str], folded: str) -> None:
    before = highlight.MANY_STRINGS
    spans = []
    for many in (0, 100):
        highlight.MANY_STRINGS = many
        spans.append(sorted(set(highlight._find_strings(strings, folded))))
    highlight.MANY_STRINGS = before
    assert spans[0] == spans[1]
