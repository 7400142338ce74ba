"""Every engine gives what the plain scan gives: the same set, the same counts, the same order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportsearch import structure
from reportsearch.archive import Archive
from reportsearch.errors import QueryError
from reportsearch.models.report import Report
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.search.engine import FACETS, Engine, Origin, SearchOptions
from reportsearch.search.open_engine import open_engine
from tests.search.engines import ENGINES, TOKENIZER, WORDS, OpenEmpty, add, both, for_each_engine

PIECES = st.sampled_from(
    [
        *"文旅 文化旅游 文化和旅游 招商引资 招商 引资 民政 人民政府 旅游示范县 ４A级 94％ ⑵ ㎡".split(),
        *"說著 说着 乾隆 *亿元 2023年1－10月 （试行） “四个意识” 、 ， 。 县 的 和 a B 0".split(),
        *("\u200b", "\u3000", " "),
    ]
)
PARAGRAPH = st.lists(PIECES, min_size=1, max_size=12).map("".join)
TITLES = st.sampled_from(
    ["甲县副县长2022年述职报告", "乙市副市长2023年履职报告", "丙县民政局局长2023年述职报告", "情况"]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    lines = [draw(TITLES)]
    for number, paragraph in enumerate(draw(st.lists(PARAGRAPH, min_size=1, max_size=6))):
        heading = draw(
            st.sampled_from(["", f"{'一二三四五六'[number]}、文旅工作\n", "（一）民政。"])
        )
        lines.append(heading + paragraph)
    return "\n".join(lines)


CORPORA = st.lists(texts(), min_size=0, max_size=5)
TERMS = st.lists(
    PIECES.filter(lambda piece: bool(fold(piece).strip())), min_size=1, max_size=3
).map("".join)
FILTERS = st.sampled_from(
    ["year:2023", "年份：2022..", "portfolio:文旅", "declared:民政", "title:述职", "section:文旅",
     "post:县长", "post:局长", "region:甲县", "kind:述职报告", "level:市"]
)  # fmt: skip
QUERIES = st.recursive(
    st.one_of(TERMS, TERMS.map(lambda term: f"「{term}」"), FILTERS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join).map("( {} )".format),
        inner.map(lambda part: f"NOT {part}" if part[0] != "-" else part),
    ),
    max_leaves=5,
)


def parsed(texts_: list[str]) -> list[Report]:
    return [
        structure.parse_report(text, f"{number}.txt", WORDS, TOKENIZER)
        for number, text in enumerate(texts_)
    ]


def pages() -> list[SearchOptions]:
    everything = SearchOptions(limit=1000, facets=FACETS, passages=1000)
    return [
        everything,
        SearchOptions(limit=2, offset=1),
        SearchOptions(limit=1000, sort="date", passages=2),
        SearchOptions(limit=1000, group="passage"),
        SearchOptions(limit=3, offset=2, group="passage", sort="date"),
    ]


@for_each_engine
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, st.lists(QUERIES, min_size=1, max_size=6))
def test_an_engine_answers_like_the_scan_on_random_corpora(
    open_empty: OpenEmpty, corpus: list[str], queries: list[str]
) -> None:
    with both(open_empty, parsed(corpus)) as (memory, disk):
        assert disk.report_infos() == memory.report_infos()
        assert list(disk.reports()) == list(memory.reports())
        for text in queries:
            try:
                asked = query.parse(text, TOKENIZER, WORDS)
            except QueryError:
                continue
            for page in pages():
                assert disk.search(asked, page) == memory.search(asked, page)


@for_each_engine
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(CORPORA, QUERIES)
def test_texts_and_the_passages_that_meet_a_query_are_those_of_the_scan(
    open_empty: OpenEmpty, texts_: list[str], text: str
) -> None:
    with both(open_empty, parsed(texts_)) as (memory, index):
        assert list(index.texts()) == list(memory.texts())
        for report_id, folded in memory.texts():
            passages = memory.report(report_id).passages
            assert folded.split("\n")[:-1] == [fold(passage.text) for passage in passages]
        try:
            node = query.parse(text, TOKENIZER, WORDS).node
        except QueryError:
            return
        assert list(index.matching_passages(node).items()) == list(
            memory.matching_passages(node).items()
        )


@pytest.mark.parametrize("open_empty", [*ENGINES.values(), None], ids=[*ENGINES, "memory"])
def test_each_commit_has_a_name_of_its_own(open_empty: OpenEmpty | None, tmp_path: Path) -> None:
    one, two = parsed(["甲县副县长2022年述职报告\n民政。", "乙市副市长2023年履职报告\n文旅。"])
    opened = open_empty(tmp_path) if open_empty else open_engine(None, TOKENIZER)
    names = [opened.commit_id()]
    add(opened, [one, two])
    names.append(opened.commit_id())
    with opened.writer() as writer:
        writer.remove(one.id)
    names.append(opened.commit_id())
    assert len(set(names)) == 3
    if open_empty:
        again = open_empty(tmp_path)
        assert again.commit_id() == names[-1]
        again.close()
    opened.close()


@for_each_engine
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.sampled_from(["put", "remove"]), st.integers(0, 4), texts()), max_size=8),
    QUERIES,
)
def test_removing_and_adding_back_changes_no_set_count_or_score(
    open_empty: OpenEmpty, changes: list[tuple[str, int, str]], text: str
) -> None:
    with both(open_empty, []) as (memory, disk):
        for action, number, raw in changes:
            report = structure.parse_report(raw, f"{number}.txt", WORDS, TOKENIZER)
            for engine in (memory, disk):
                with engine.writer() as writer:
                    if action == "put":
                        writer.add(report, Origin(report.id, "stamp"))
                    else:
                        writer.remove(report.id)
        assert disk.origins() == memory.origins()
        assert disk.passage_count() == memory.passage_count()
        try:
            asked = query.parse(text, TOKENIZER, WORDS)
        except QueryError:
            return
        for page in pages():
            assert disk.search(asked, page) == memory.search(asked, page)


@pytest.fixture(scope="module", params=list(ENGINES.values()), ids=list(ENGINES))
def shipped(
    request: pytest.FixtureRequest, shipped_memory: Archive
) -> Iterator[tuple[Engine, Engine]]:
    with both(request.param, list(shipped_memory.reports())) as engines:
        yield engines


ASKED = (
    "招商引资",
    "文旅",
    '"全域旅游示范县"',
    "民政 养老",
    "文旅产业 portfolio:文旅 year:2022..2023",
    "增强“四个意识”",
    "2023年1－10月",
    "（试行）",
    "-文旅 县",
    "(民政 OR 卫健) NOT 招商",
    "section:不足",
    "official:副县长 生态环境",
)


@pytest.mark.parametrize("text", ASKED)
def test_an_engine_answers_like_the_scan_on_the_shipped_corpus(
    shipped: tuple[Engine, Engine], text: str
) -> None:
    memory, disk = shipped
    asked = query.parse(text, TOKENIZER, WORDS)
    everything, *others = pages()
    # A scan of all that ships takes a while: of the other pages each query has one.
    for page in (everything, others[ASKED.index(text) % len(others)]):
        assert disk.search(asked, page) == memory.search(asked, page)
    assert disk.search(asked, everything).matched.passages > 0


def test_every_substring_of_the_shipped_corpus_is_found_where_it_stands(
    shipped: tuple[Engine, Engine],
) -> None:
    memory, disk = shipped
    passages = [passage for report in memory.reports() for passage in report.passages]
    chance = random.Random(20231018)
    for _ in range(75):
        passage = chance.choice(passages)
        length = chance.randint(1, min(12, len(passage.text)))
        start = chance.randrange(len(passage.text) - length + 1)
        string = passage.text[start : start + length]
        if not fold(string).strip() or {"」", "「"} & set(string):
            continue
        asked = query.parse(f"「{string}」", TOKENIZER, WORDS)
        found = disk.search(asked, SearchOptions(limit=10_000, group="passage", passages=1))
        expected = {other.id for other in passages if fold(string) in fold(other.text)}
        assert {hit.passages[0].id for hit in found.hits} == expected


def test_highlights_are_the_matching_text(shipped: tuple[Engine, Engine]) -> None:
    _, disk = shipped
    for text, marked in (
        ("文旅", {"文旅", "文化旅游", "文化和旅游"}),
        ("「4A级」", {"4A级"}),
        ("「1-10月」", {"1－10月", "1-10月"}),
        ("94%", {"94％", "94%"}),
    ):
        result = disk.search(query.parse(text, TOKENIZER, WORDS), SearchOptions(passages=1000))
        found = {
            disk.report(hit.report.id).text[start:end]
            for hit in result.hits
            for passage in hit.passages
            for start, end in passage.highlights
        }
        assert found
        assert found <= marked


def test_where_the_string_does_not_stand_its_words_are_marked(
    shipped: tuple[Engine, Engine],
) -> None:
    _, disk = shipped
    result = disk.search(query.parse("养老补贴", TOKENIZER, WORDS), SearchOptions(passages=1000))
    marks = [
        {passage.text[s - passage.start : e - passage.start] for s, e in passage.highlights}
        for hit in result.hits
        for passage in hit.passages
    ]
    assert {"养老", "补贴"} in marks


def test_paging_gives_every_hit_once(shipped: tuple[Engine, Engine]) -> None:
    _, disk = shipped
    asked = query.parse("工作", TOKENIZER, WORDS)
    whole = disk.search(asked, SearchOptions(limit=10_000, group="passage"))
    paged = [
        hit
        for offset in range(0, whole.matched.passages, 7)
        for hit in disk.search(asked, SearchOptions(limit=7, offset=offset, group="passage")).hits
    ]
    assert tuple(paged) == whole.hits
    assert len(paged) == whole.matched.passages > 50


def test_passages_with_the_string_itself_come_first(
    shipped: tuple[Engine, Engine],
) -> None:
    _, disk = shipped
    asked = query.parse("文旅产业", TOKENIZER, WORDS)
    result = disk.search(asked, SearchOptions(limit=1000, group="passage"))
    literal = ["文旅产业" in hit.passages[0].text for hit in result.hits]
    assert True in literal
    assert False in literal
    assert literal == sorted(literal, reverse=True)
