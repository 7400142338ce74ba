"""What a search promises its reader, on tiny reports; the index on disk and the scan agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations, product
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.lexicon import Lexicon
from reportsearch.models.search import Hit, SearchResult
from reportsearch.search import query
from reportsearch.search.engine import FACETS, GROUPS, SORTS
from reportsearch.tokenizer import Tokenizer
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, ids, row, write_rows


@pytest.fixture(scope="module")
def tiers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("tiers"), *TIERS) as held:
        yield held


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("many"), *MANY) as held:
        yield held


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the reports whose answers are compared with those in tests/golden."""
    with Both(tmp_path_factory.mktemp("printed"), *PRINTED) as held:
        return held.place


def met(found: SearchResult) -> list[tuple[str, str]]:
    return [(hit.report.id, hit.met) for hit in found.hits]


# Texts: what has sentence punctuation, and what nothing meets as it stands.


def test_a_run_with_sentence_punctuation_and_a_word_is_a_text(tmp_path: Path) -> None:
    kinds = [
        ("抓民政。", "text"),
        ("抓民政｡抓交通", "text"),
        ("抓民政！", "text"),
        ("抓民政!", "text"),
        ("民政如何？", "text"),
        ("民政如何?", "text"),
        ("民政；", "text"),
        ("民政;交通", "text"),
        ("民政，交通", "text"),
        ("民政,交通", "text"),
        ("1，交通", "text"),
        ("民政,1", "text"),
        ("1,", "text"),
        ("1,200,", "text"),
        ("1,200", "word"),
        ("1，200人", "word"),
        ("民政、交通", "word"),
        ("民政：交通", "word"),
        ("4.5%", "word"),
        ("，，", "word"),
        ("。", "word"),
        ("「民政，交通。」", "phrase"),
        ('"民政。"', "phrase"),
    ]
    with Both(tmp_path, row("a", "抓民政")) as both:
        for text, kind in kinds:
            explain = both.search(text, explain=True).explain
            assert explain is not None
            assert (text, [term.kind for term in explain.terms]) == (text, [kind])


def test_neighbouring_texts_join(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "抓民政")) as both:
        for text, kinds in (
            ("抓民政。 抓交通！　抓水利；", ["text"]),
            ("抓民政。 AND 抓交通！", ["text"]),
            ("抓民政。 文旅 抓交通！", ["text", "word", "text"]),
            ("抓民政。 OR 抓交通！", ["or", "text", "text"]),
            ("抓民政。 「抓交通！」", ["text", "phrase"]),
        ):
            explain = both.search(text, explain=True).explain
            assert explain is not None
            assert [term.kind for term in explain.terms] == kinds
        explain = both.search("抓民政。 抓交通！", explain=True).explain
        assert explain is not None
        assert explain.terms[0].string == "抓民政。 抓交通!"


def test_common_words_select_nothing_for_a_text_while_rarer_ones_are_there(tmp_path: Path) -> None:
    # Of sixty passages thirteen have 民政, twelve 教育, one 交通.
    counts = {"民政": 13, "教育": 12, "交通": 1, "档案": 34}
    places = {word: [f"{word}在册" for _ in range(count)] for word, count in counts.items()}
    rows = [row("a", *places["民政"], *places["教育"], *places["交通"]), row("b", *places["档案"])]
    first = [f"a#{number}" for number in range(1, 14)]
    second = [f"a#{number}" for number in range(14, 26)]
    with Both(tmp_path, *rows) as both:

        def met(text: str) -> list[str]:
            found = both.passages(text)
            return sorted(found, key=lambda name: (name[0], int(name[2:])))

        assert met("民政，交通。") == ["a#26"]
        # A fifth of the passages is not too many.
        assert met("民政，教育。") == second
        assert met("民政，交通，教育。") == [*second, "a#26"]
        # There are no rarer ones.
        assert met("民政，鲸鱼。") == first
        # Every passage met, none partially: a text asks for no more.
        assert both.search("民政，鲸鱼。").partial is False
        assert both.search("鲸鱼，蓝鲸。").matched.passages == 0


def test_among_few_passages_no_word_is_too_common_to_select(tmp_path: Path) -> None:
    rows = [row("a", "民政一", "民政二", "民政三", "教育一", "交通")]
    with Both(tmp_path, *rows) as both:
        assert both.passages("民政，交通。") == ["a#1", "a#2", "a#3", "a#5"]


def test_a_passage_meets_a_text_with_a_quarter_of_the_best_weight(tmp_path: Path) -> None:
    # All words stand in one passage of twenty, so that they weigh the same.
    fillers = [f"档案{number}" for number in "一二三四五六七八九"]
    rows = [
        row("a", "审计、司法、气象、财政、水利", "交通"),
        row("b", *fillers),
        row("c", *fillers),
    ]
    with Both(tmp_path, *rows) as both:
        assert both.passages("审计，司法，气象，交通。") == ["a#1", "a#2"]
        assert both.passages("审计，司法，气象，财政，交通。") == ["a#1", "a#2"]
        assert both.passages("审计，司法，气象，财政，水利，交通。") == ["a#1"]


def test_weight_is_that_of_rare_words(tmp_path: Path) -> None:
    # 教育 stands in two passages, the other words in one: one 教育 is less than another word, but
    # more than a quarter of two of them and less than a quarter of the five.
    fillers = [f"档案{number}" for number in "一二三四五六七八九"]
    rows = [
        row("a", "审计、司法、气象、财政、水利", "教育一", "教育二"),
        row("b", *fillers, "交通"),
    ]
    with Both(tmp_path, *rows) as both:
        assert both.passages("审计，司法，教育。") == ["a#1", "a#2", "a#3"]
        assert both.passages("审计，司法，气象，财政，水利，教育。") == ["a#1"]
        # Words without content weigh nothing.
        assert both.passages("我们的审计，是的。") == ["a#1"]


def test_a_passage_with_the_whole_text_meets_it_whatever_its_words(tmp_path: Path) -> None:
    # 政 is a word of the query, but in the passage it is a part of 民政.
    with Both(tmp_path, row("a", "抓民政，好", "政、教"), row("b", "一", "二", "三")) as both:
        assert both.passages("政，") == ["a#1", "a#2"]
        found = both.search("政，", group="passage")
        assert [both.marked(hit.passages[0]) for hit in found.hits] == [["政，"], ["政"]]


def test_the_passage_that_has_a_text_as_it_stands_comes_first(tmp_path: Path) -> None:
    sentence = "完善养老服务，发放补贴。"
    rows = [row("a", "补贴发放，服务完善，养老养老养老。", "交通"), row("b", f"我们{sentence}"),
            row("c", "发放养老补贴")]  # fmt: skip
    with Both(tmp_path, *rows) as both:
        found = both.search(sentence)
        assert ids(found)[0] == "b"
        assert set(ids(found)) == {"a", "b", "c"}
        assert both.marked(found.hits[0].passages[0]) == [sentence]


def test_a_bare_run_that_nothing_meets_is_a_text_and_the_answer_partial(tmp_path: Path) -> None:
    rows = [row("a", "招商引资", "档案"), row("b", "交通", "水利"), row("c", "水利", "气象"),
            row("d", "一", "二", "三", "四")]  # fmt: skip
    with Both(tmp_path, *rows) as both:
        found = both.search("招商引资交通")
        assert (found.partial, set(met(found))) == (True, {("a", "part"), ("b", "part")})
        assert (found.matched.reports, found.matched.passages, found.matched.apart) == (2, 2, 0)
        # As one of the parts that all have to be met.
        found = both.search("水利 招商引资交通")
        assert (found.partial, met(found)) == (True, [("b", "part")])
        # In quotation marks it stands for itself, and so it does where another will do.
        for text in ("「招商引资交通」", "招商引资交通 OR 鲸鱼"):
            found = both.search(text)
            assert (found.partial, found.matched.reports, found.hits) == (False, 0, ())
        found = both.search("招商引资交通 OR 档案")
        assert (found.partial, met(found)) == (False, [("a", "passage")])


def test_a_run_that_is_met_outside_the_filters_is_no_text(tmp_path: Path) -> None:
    rows = [row("a", "养老也有补贴", year=2021), row("b", "养老", year=2022)]
    with Both(tmp_path, *rows) as both:
        assert met(both.search("养老补贴")) == [("a", "passage")]
        found = both.search("养老补贴 year:2022")
        assert (found.partial, found.matched.reports) == (False, 0)


def test_where_no_word_is_known_there_is_no_answer(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "民政"), row("b", "交通")) as both:
        found = both.search("鲸鱼")
        assert (found.partial, found.matched.reports, found.hits) == (False, 0, ())
        found = both.search("鲸鱼 民政")
        assert (found.partial, met(found)) == (True, [("a", "part")])


# Conditions and parts.


@pytest.mark.parametrize(
    ("text", "conditions", "parts"),
    [
        ("文旅", 0, ["文旅"]),
        ("文旅 民政 year:2023", 1, ["文旅", "民政"]),
        ("文旅 -民政 NOT (教育 交通)", 2, ["文旅"]),
        ("(文旅 民政) 教育", 0, ["文旅", "民政", "教育"]),
        ("(文旅 (民政 -教育)) section:a", 2, ["文旅", "民政"]),
        ("(文旅 OR 民政) 教育", 0, ["文旅/民政", "教育"]),
        ("(文旅 OR year:2023) 教育", 0, ["文旅", "教育"]),
        ("(文旅 OR -民政)", 0, ["文旅"]),
        ("year:2023 OR -民政", 1, []),
        ("year:2023 -民政", 2, []),
        ("文旅 教育 文旅", 0, ["文旅", "教育"]),
    ],
)
def test_what_asks_for_words_is_a_part_and_the_rest_a_condition(
    words: Lexicon, tokenizer: Tokenizer, text: str, conditions: int, parts: list[str]
) -> None:
    found_conditions, found_parts = query.parse(text, tokenizer, words).split_conditions()
    assert len(found_conditions) == conditions
    assert [
        "/".join(t.string for t in query.iter_positive_terms(part)) for part in found_parts
    ] == parts


def test_conditions_hold_for_every_passage_that_is_looked_at(tmp_path: Path) -> None:
    rows = [
        row("a", "文旅", "民政 教育", year=2023),
        row("b", "文旅", "民政", year=2022),
        row("c", "文旅", "民政", "教育", year=2023),
        row("d", "文旅 教育", "民政", year=2023),
    ]
    with Both(tmp_path, *rows) as both:
        assert met(both.search("文旅 民政 year:2023 -教育")) == [("c", "report")]
        assert set(met(both.search("文旅 民政 year:2023"))) == {(id_, "report") for id_ in "acd"}
        assert met(both.search("文旅 民政", where={"year": 2022})) == [("b", "report")]
        # A condition alone is met by every passage that it lets through.
        found = both.search("-教育 year:2023")
        assert (found.matched.reports, found.matched.passages, found.partial) == (3, 4, False)


# Reports that meet the parts in one passage, in several, or not at all.

TIERS = [
    row("a1", "招商引资", "民政", year=2021),
    row("a2", "民政", "交通", year=2024),
    row("b1", "招商引资和民政", "招商引资", "水利", year=2020),
    row("b2", "招商引资", "民政、民政", "民政", year=2023),
    row("c1", "民政和招商引资", year=2022),
    row("c2", "档案", year=2025),
]


def test_reports_that_meet_the_parts_apart_come_after_those_of_one_passage(tiers: Both) -> None:
    found = tiers.search("招商引资 民政")
    assert [kind for _, kind in met(found)] == ["passage", "passage", "report", "report"]
    assert set(met(found)[:2]) == {("b1", "passage"), ("c1", "passage")}
    assert set(met(found)[2:]) == {("a1", "report"), ("b2", "report")}
    assert found.partial is False
    assert (found.matched.reports, found.matched.passages, found.matched.apart) == (4, 2, 2)
    hits = {hit.report.id: hit for hit in found.hits}
    # Passages that match the whole query count; if none does, those that match a part of it.
    assert {name: hit.matched for name, hit in hits.items()} == {
        "a1": 2, "b1": 1, "b2": 3, "c1": 1
    }  # fmt: skip
    assert [passage.id for passage in hits["b1"].passages] == ["b1#1"]
    by_date = tiers.search("招商引资 民政", sort="date")
    assert ids(by_date) == ["c1", "b1", "b2", "a1"]


def test_by_passages_nothing_is_met_apart(tiers: Both) -> None:
    found = tiers.search("招商引资 民政", group="passage")
    assert {hit.passages[0].id for hit in found.hits} == {"b1#1", "c1#1"}
    assert all(hit.met == "passage" and hit.matched == 1 for hit in found.hits)
    assert (found.matched.reports, found.matched.passages, found.matched.apart) == (2, 2, 0)
    # These two only meet in a2, and there apart: by passages a part has to do.
    assert met(tiers.search("民政 交通")) == [("a2", "report")]
    found = tiers.search("民政 交通", group="passage", limit=100)
    assert found.partial is True
    assert {hit.met for hit in found.hits} == {"part"}
    assert (found.matched.apart, found.matched.passages) == (0, 7)


def test_partial_hits_that_meet_more_parts_come_first(tmp_path: Path) -> None:
    rows = [
        row("a", "民政、民政、民政、民政"),
        row("b", "民政", "教育一二三四五六七八九十，又一二三四五六七八九十"),
        row("c", "教育"),
        row("d", "民政和教育，一二三四五六七八九十，又一二三四五六七八九十"),
        row("e", "档案"),
    ]
    with Both(tmp_path, *rows) as both:
        found = both.search("民政 教育 鲸鱼")
        assert found.partial is True
        assert {hit.met for hit in found.hits} == {"part"}
        assert set(ids(found)[:2]) == {"b", "d"}
        assert set(ids(found)[2:]) == {"a", "c"}
        assert (found.matched.reports, found.matched.passages, found.matched.apart) == (4, 5, 0)
        assert {hit.report.id: hit.matched for hit in found.hits} == {
            "a": 1,
            "b": 2,
            "c": 1,
            "d": 1,
        }
        found = both.search("民政 教育 鲸鱼", group="passage")
        assert found.hits[0].passages[0].id == "d#1"


def test_of_a_report_that_meets_the_parts_apart_each_part_is_shown_first(tmp_path: Path) -> None:
    # By score alone passages with 民政 would be shown, and none of the others.
    long = "一二三四五六七八九十" * 9
    rows = [
        row(
            "a",
            "民政、民政。",
            "民政、民政、民政。",
            "民政。",
            "民政！",
            f"水利{long}。",
            f"招商引资{long}。",
        ),
        row("b", "水利。", "招商引资。", *["档案。"] * 9),
    ]
    with Both(tmp_path, *rows) as both:
        found = both.search("民政 水利 招商引资")
        (hit,) = found.hits
        assert (hit.met, hit.matched) == ("report", 6)
        shown = [both.marked(passage) for passage in hit.passages]
        assert len(shown) == 3
        assert {mark for marks in shown for mark in marks} == {"民政", "水利", "招商引资"}
        # The first is still the best.
        scores = [passage.score for passage in hit.passages]
        assert scores[0] == max(scores)


# Order and paging.

MANY = [
    *[row(f"r{n}", "民政", year=year) for n, year in enumerate([2021, 2023, 2021, None, 2022])],
    row("s1", "民政", "招商引资和民政", date="2022-03-01"),
    row("s2", "民政", "招商引资", date="2023-03-01", year=2022),
    row("s3", "民政和招商引资", "民政和招商引资", year=2022),
    row("s4", "招商引资", "民政", year=2022),
    row("s5", "招商引资", "民政"),
]


@pytest.mark.parametrize(
    "text", ["民政", "招商引资 民政", "民政，招商引资。", "民政 鲸鱼", "-档案", "year:2022"]
)
def test_pages_give_each_hit_once_in_every_order(many: Both, text: str) -> None:
    for sort, group in product(SORTS, GROUPS):
        options = {"sort": sort, "group": group}
        whole = many.search(text, limit=1_000, **options)
        count = whole.matched.reports if group == "report" else whole.matched.passages
        assert len(whole.hits) == count > 2
        names = [hit.report.id if group == "report" else hit.passages[0].id for hit in whole.hits]
        assert len(set(names)) == count
        for limit in (1, 3):
            pages = [
                many.search(text, limit=limit, offset=offset, **options)
                for offset in range(0, count + limit, limit)
            ]
            assert tuple(hit for page in pages for hit in page.hits) == whole.hits
            assert {page.matched for page in pages} == {whole.matched}
        assert many.search(text, limit=0, **options).hits == ()
        assert many.search(text, offset=count, **options).hits == ()


def place(hit: Hit) -> tuple[str, int]:
    name, _, number = hit.passages[0].id.rpartition("#")
    return name, int(number)


@pytest.mark.parametrize("text", ["民政", "招商引资 民政", "民政，招商引资。", "-档案"])
def test_hits_are_in_order_and_ties_are_broken_by_id(many: Both, text: str) -> None:
    order = ["passage", "report", "part"]
    for group in GROUPS:
        hits = many.search(text, limit=1_000, group=group).hits
        by_score = [(order.index(hit.met), -hit.score, place(hit)) for hit in hits]
        if group == "report":
            by_score = [(tier, score, (name, 0)) for tier, score, (name, _) in by_score]
        assert by_score == sorted(by_score)
        hits = many.search(text, limit=1_000, group=group, sort="date").hits
        for tier in order:
            same = [hit for hit in hits if hit.met == tier]
            dates = [hit.report.sort_date for hit in same]
            assert dates == sorted(dates, reverse=True)
            for first, second in pairwise(same):
                if first.report.sort_date == second.report.sort_date:
                    assert first.report.id <= second.report.id
        assert [order.index(hit.met) for hit in hits] == sorted(
            order.index(hit.met) for hit in hits
        )


def test_the_newest_comes_first_and_what_has_no_date_last(many: Both) -> None:
    assert ids(many.search("民政", sort="date", limit=100)) == [
        "r1", "s2", "s1", "r4", "s3", "s4", "r0", "r2", "r3", "s5"
    ]  # fmt: skip


# Highlights.


MARKED = [
    ("创建４Ａ级景区，４Ａ级", "4a级", ["４Ａ级", "４Ａ级"]),
    ("他說著民政", "说着", ["說著"]),
    ("㈠第⑵項，第⑵项", "「(2)项」", ["⑵項", "⑵项"]),
    ("第⑵項", "「2」", ["⑵"]),
    ("建房100㎡，每㎡5元", "100m2", ["100㎡"]),
    ("建房100㎡，每㎡5元", "「m2」", ["㎡", "㎡"]),
    ("建房100㎡，每㎡5元", "「5元」", ["5元"]),
    ("😀👍抓𠮷祥民政𠮷", "𠮷祥", ["𠮷祥"]),
    ("😀👍抓𠮷祥民政𠮷", "民政", ["民政"]),
    ("增长９４％，94%", "94％", ["９４％", "94%"]),
    ("e\u0301民政e\u0301", "「民政e」", ["民政e"]),
    ("民政民政", "民政", ["民政", "民政"]),
    ("民民民民", "「民民」", ["民民民民"]),
    ("养老有补贴", "养老补贴", ["养老", "补贴"]),
    ("养老补贴和养老", "养老补贴", ["养老补贴"]),
    ("养老补贴和民政", "养老补贴 民政", ["养老补贴", "民政"]),
    ("甲乙丙丁", "「甲乙丙」 「乙丙丁」", ["甲乙丙丁"]),
    ("交通和水利", "交通 -民政", ["交通"]),
]


def test_highlights_are_spans_of_the_original_text(tmp_path: Path) -> None:
    rows = [
        row(str(number), "㎡⑵😀\u200b第一段。", f"{paragraph}。")
        for number, (paragraph, _, _) in enumerate(MARKED)
    ]
    with Both(tmp_path, *rows) as both:
        for number, (_, text, marked) in enumerate(MARKED):
            hits = both.search(text, group="passage", limit=1_000).hits
            (hit,) = [hit for hit in hits if hit.passages[0].id == f"{number}#2"]
            assert both.marked(hit.passages[0]) == marked


VOCABULARY = """
[[synonym]]
same = ["双碳", "碳达峰碳中和"]
members = ["碳达峰", "碳中和"]

[[synonym]]
same = ["数据局", "大数据局"]
years = "2018..2023"
"""


def test_synonyms_that_apply_are_highlighted_and_of_a_set_all_members(tmp_path: Path) -> None:
    rows = [
        row(
            "a", "推进碳达峰工作，研究碳中和", "只说碳达峰", "双碳，碳达峰", "双碳，碳中和，碳达峰"
        ),
        row("b", "组建大数据局", year=2020),
        row("c", "组建大数据局", year=2024),
        row("d", "组建大数据局"),
        row("e", "鲸鱼局"),
    ]
    with Both(tmp_path, *rows, vocabulary=VOCABULARY) as both:
        found = both.search("双碳", group="passage")
        assert {hit.passages[0].id: both.marked(hit.passages[0]) for hit in found.hits} == {
            "a#1": ["碳达峰", "碳中和"],
            "a#3": ["双碳"],
            "a#4": ["双碳", "碳中和", "碳达峰"],
        }
        # A member is no name of the set.
        assert both.passages("碳中和") == ["a#1", "a#4"]
        found = both.search("大数据局")
        assert set(ids(found)) == {"b", "c", "d"}
        assert {mark for hit in found.hits for mark in both.marked(hit.passages[0])} == {"大数据局"}
        # In 2024 大数据局 is no other word for 数据局, but contains it.
        marks = {hit.report.id: both.marked(hit.passages[0]) for hit in both.search("数据局").hits}
        assert marks == {"b": ["大数据局"], "c": ["数据局"], "d": ["大数据局"]}


def test_synonyms_of_other_years_find_nothing(tmp_path: Path) -> None:
    vocabulary = '[[synonym]]\nsame = ["卫计", "卫健"]\nyears = "2013..2018"\n'
    rows = [row("a", "卫健", year=2013), row("b", "卫健", year=2019), row("c", "卫健"), row("d", "卫计", year=2023),
            row("e", "卫健", year=2018), row("f", "卫健", year=2012)]  # fmt: skip
    with Both(tmp_path, *rows, vocabulary=vocabulary) as both:
        assert ids(both.search("卫计"))[0] == "d"
        assert set(ids(both.search("卫计"))) == {"a", "c", "d", "e"}
        assert set(ids(both.search("卫健"))) == {"a", "b", "c", "e", "f"}


# The same answer, whatever came before.

QUESTIONS = [
    "民政",
    "养老补贴",
    "招商引资 民政",
    "民政 鲸鱼",
    "我们推进民政工作，落实养老补贴。",
    "养老补贴到位；招商引资交通",
    "-民政",
    "title:报告 民政",
    "召商引资",
]
REPORTS = [
    row("甲县述职报告", "推进民政工作", "落实养老补贴", "交通", year=2022, region="甲县"),
    row("乙县工作总结", "养老有补贴，养老补贴到位", "招商引资", year=2023, region="乙县"),
    row("丙县民政报告", "交通、水利", "档案", "气象", year=2021),
    row("丁县养老报告", "民政局落实养老补贴", "招商引资和民政"),
    row("戊镇报告", "召集会议", "水利", year=2022),
]


def answers(archive: Archive) -> str:
    """All answers as the command line prints them."""
    from reportsearch.output.json_csv import to_json

    return "".join(
        to_json(archive.search(text, facets=FACETS, explain=True))
        + to_json(archive.search(text, sort="date", group="passage"))
        + to_json(archive.kwic(text, sort="right"))
        for text in QUESTIONS
    )


def test_the_order_of_runs_changes_no_byte_of_an_answer(tmp_path: Path) -> None:
    said = []
    for number, order in enumerate([*permutations(REPORTS)][::40]):
        with Archive.create(tmp_path / str(number)) as archive:
            for at, report in enumerate(order):
                archive.index(write_rows(tmp_path / f"{number}-{at}.jsonl", [report]))
            said.append(answers(archive))
    assert len(said) == 3
    memory = Archive.in_memory()
    memory.index(write_rows(tmp_path / "all.jsonl", REPORTS))
    assert set(said) == {answers(memory)}
    assert '"score": 1.' in said[0]


def test_deleting_and_adding_back_changes_no_byte_of_an_answer(tmp_path: Path) -> None:
    with Both(tmp_path, *REPORTS) as both:
        before = answers(both.disk)
        assert before == answers(both.memory)
        for report in REPORTS[:1]:
            others = [other for other in REPORTS if other is not report]
            both.index(*others)
            assert answers(both.disk) == answers(both.memory) != before
            # Another text and title under the same id, then the old ones.
            changed = {**report, "text": "养老养老养老\n民政，民政。", "title": "养老民政补贴报告"}
            both.index(*others, changed)
            assert answers(both.disk) == answers(both.memory) != before
            both.index(*REPORTS)
            assert answers(both.disk) == answers(both.memory) == before


def test_what_a_title_adds_counts_once_and_only_what_the_best_passage_lacks(tmp_path: Path) -> None:
    rows = [
        row("a", "养老", "养老", "养老", title="民政报告"),
        row("b", "养老", title="工作报告"),
        row("c", "养老", title="民政民政民政报告"),
        row("d", "养老", title="养老报告"),
        row("e", "民政", "交通", "水利", "气象", title="总结"),
    ]
    with Both(tmp_path, *rows) as both:
        found = both.search("养老 OR 民政")
        scores = {hit.report.id: hit.score for hit in found.hits}
        assert scores["a"] == scores["c"] > scores["b"] == scores["d"]
        own = {hit.report.id: hit.passages[0].score for hit in found.hits}
        assert own["a"] == own["b"] == own["c"] == own["d"] == scores["b"]
        assert own["e"] == scores["e"]
        # A title is no passage: it meets nothing by itself.
        assert both.search("「工作报告」").matched.reports == 0


# What is printed.

PRINTED = [
    row("甲县.txt", "推进招商引资，全年签约项目12个。", "健全养老服务，建成养老驿站3所。", "做好安全生产。",
        title="甲县副县长2022年述职报告", year=2022, region="甲县", post="副县长", kind="述职报告"),
    row("乙县.txt", "以招商引资促文旅融合，４Ａ级景区增至2家。", "文化和旅游收入增长12.5％。",
        title="乙县县长2023年度履职情况报告", year=2023, region="乙县", post="县长"),
    row("丙镇.txt", "办好养老补贴发放。", title="丙镇述职报告", region="丙镇", post="镇长"),
    row("丁局.txt", "=1+1，招商引资和养老都抓，招商引资排第一。", title="丁局局长2023年工作总结", year=2023),
    row("戊局.txt", "档案工作有进展。", title="戊局局长2021年工作总结", year=2021),
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("apart", ["招商引资 养老"]),
        ("partial", ["招商引资 养老补贴 文旅"]),
        ("suggestion", ["召商引资"]),
        ("nothing", ["养佬 year:2022"]),
        ("portfolio", ["文化旅游 -签约", "--limit", "1"]),
        ("explain", ['文旅 (招商 OR "养老") -安全 year:2022..2023', "--explain"]),
        ("text", ["我县养老服务如何？招商引资进展呢？", "--explain", "--limit", "2"]),
        ("years", ["招商引资 OR 养老", "--facet", "year", "--facet", "region", "--limit", "0"]),
        ("passages", ["养老", "--group", "passage", "--sort", "date", "--offset", "1"]),
    ],
)
def test_what_a_search_prints(
    printed: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    arguments: list[str],
    form: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["search", *arguments, "--index", str(printed), *FORMS[form]]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    check_golden(f"search-{name}", form, captured.out)


def test_a_heading_above_ranks_a_passage_that_lacks_its_words(tmp_path: Path) -> None:
    body = "（一）{}\n先说情况。\n全年新增床位一百张，进展顺利。"
    rows = [
        {"id": "a", "title": "甲局局长2023年述职报告", "text": body.format("交通出行")},
        {"id": "b", "title": "乙局局长2023年述职报告", "text": body.format("养老服务")},
    ]
    with Both(tmp_path, *rows) as both:
        assert both.passages("新增床位") == ["a#2", "b#2"]
        ranked = both.search("养老的床位，新增了多少？", group="passage").hits
        order = [hit.passages[0].id for hit in ranked]
        assert order.index("b#2") < order.index("a#2")
