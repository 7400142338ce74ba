"""Facets count the reports of the answer; the years are a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from reportsearch.models.search import FacetValue, SearchResult
from reportsearch.search.engine import FACETS, GROUPS
from tests.reports import Both, row

MANY_VALUED = {"portfolio", "declared"}
LONG = "档案" * 100

REPORTS = [
    row("a", "民政和交通。", "民政、民政。", year=2021, date="2022-01-05", region="甲县", post="副县长",
        official="张三", level="县", kind="述职报告", source="样本", title="一号"),
    row("b", "民政。", "交通。", year=2023, region="乙县", title="二号"),
    row("c", "民政。", LONG, year=2023, region="甲县", kind="工作总结", title="二号"),
    row("d", "水利。", LONG, year=2022, title="四号"),
    row("e", "交通和民政。", "气象。", title="五号"),
    row("f", "交通。", "民政。", title="六号"),
    row("g", "水利。", year=2019, region="丙县", title="七号"),
    row("h", "县政府分管民政、文旅工作的副县长报告。\n我分管民政、文旅、教育工作。\n一、文旅工作\n全年接待游客。\n二、民政工作\n民政交通都好。",
        year=2021, title="八号"),
]  # fmt: skip
QUERIES = [
    "民政",
    "民政 交通",
    "民政 交通 水利",
    "民政 鲸鱼",
    "民政，交通。",
    "-水利",
    "year:2021..2023",
    "鲸鱼",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("facets"), *REPORTS) as held:
        yield held


def counts(found: SearchResult, facet: str) -> dict[str | None, int]:
    assert len({entry.value for entry in found.facets[facet]}) == len(found.facets[facet])
    return {entry.value: entry.count for entry in found.facets[facet]}


@pytest.mark.parametrize("text", QUERIES)
def test_a_facet_counts_the_reports_of_the_answer_by_value(both: Both, text: str) -> None:
    for group in GROUPS:
        found = both.search(text, group=group, limit=1_000, facets=FACETS)
        assert list(found.facets) == list(FACETS)
        reports = {hit.report.id: hit.report for hit in found.hits}
        assert len(reports) == found.matched.reports
        for facet in set(FACETS) - MANY_VALUED:
            expected: Counter[str | None] = Counter()
            for info in reports.values():
                value = getattr(info, facet)
                expected[None if value is None else str(value)] += 1
            counted = {value: count for value, count in counts(found, facet).items() if count}
            assert counted == dict(expected)
            assert sum(counted.values()) == found.matched.reports
        declared: Counter[str | None] = Counter(
            name for info in reports.values() for name in info.declared
        )
        without = sum(not info.declared for info in reports.values())
        by_name = dict(declared)
        if without:
            by_name[None] = without
        assert counts(found, "declared") == by_name


def test_the_answer_does_not_depend_on_the_page(both: Both) -> None:
    whole = both.search("民政 交通", limit=1_000, facets=FACETS)
    assert whole.matched.apart == 2
    for options in ({"limit": 0}, {"limit": 1, "offset": 1}, {"sort": "date"}, {"offset": 99}):
        assert both.search("民政 交通", facets=FACETS, **options).facets == whole.facets


def test_a_portfolio_is_counted_where_a_passage_of_the_answer_is_about_it(both: Both) -> None:
    found = both.search("民政", limit=1_000, facets=["portfolio", "declared"])
    named = {entry.value: entry.count for entry in found.facets["portfolio"]}
    assert named["民政"] == 1
    assert "文旅" not in named
    assert named[None] == found.matched.reports - 1
    assert counts(found, "declared")["文旅"] == 1
    found = both.search("游客", facets=["portfolio"])
    assert counts(found, "portfolio") == {"文旅": 1}


def test_the_most_frequent_value_comes_first_and_what_has_none_last(both: Both) -> None:
    found = both.search("民政", facets=["region", "title"])
    assert found.facets["region"] == (
        FacetValue("甲县", 2), FacetValue("乙县", 1), FacetValue(None, 3)
    )  # fmt: skip
    assert [entry.value for entry in found.facets["title"]] == [
        "二号", "一号", "五号", "八号", "六号"
    ]  # fmt: skip


def test_years_are_a_timeline_of_what_the_conditions_let_through(both: Both) -> None:
    def years(text: str) -> list[tuple[str | None, int]]:
        found = both.search(text, facets=["year"])
        return [(entry.value, entry.count) for entry in found.facets["year"]]

    assert years("民政") == [("2019", 0), ("2021", 2), ("2022", 0), ("2023", 2), (None, 2)]
    assert years("民政 year:2021..2022") == [("2021", 2), ("2022", 0)]
    assert years("民政 region:甲县") == [("2021", 1), ("2023", 1)]
    assert years("鲸鱼 region:丙县") == [("2019", 0)]
    assert years("year:1999") == []
    # The only passage of 2019 has 水利.
    assert years("民政 -水利") == [("2021", 2), ("2022", 0), ("2023", 2), (None, 2)]


@pytest.mark.parametrize(
    "text",
    [
        *(text for text in QUERIES if "民政" in text),
        "民政 year:2023",
        "民政、交通",
        "「民政」 OR 气象",
    ],
)
def test_occurrences_are_the_highlights_of_the_whole_answer(both: Both, text: str) -> None:
    found = both.search(text, limit=1_000, facets=["year"])
    # No report here has more passages in an answer than are shown.
    assert all(hit.matched == len(hit.passages) for hit in found.hits)
    expected: Counter[str | None] = Counter()
    for hit in found.hits:
        year = None if hit.report.year is None else str(hit.report.year)
        expected[year] += sum(len(passage.highlights) for passage in hit.passages)
    assert {e.value: e.occurrences for e in found.facets["year"] if e.occurrences} == +expected
    assert sum(expected.values()) > 1


def test_filters_alone_ask_for_nothing_that_could_occur(both: Both) -> None:
    for text in ("-水利", "year:2021..2023"):
        entries = both.search(text, facets=["year"]).facets["year"]
        assert [entry.occurrences for entry in entries] == [0] * len(entries) != []


def test_the_rate_is_over_the_characters_that_the_conditions_let_through(both: Both) -> None:
    for text, condition in (
        ("民政", "-鲸鱼"),
        ("民政 交通 -水利", "-水利"),
        ("民政 region:甲县", "region:甲县"),
    ):
        chars: Counter[int | None] = Counter()
        for hit in both.search(condition, group="passage", limit=1_000).hits:
            chars[hit.report.year] += len(hit.passages[0].text)
        entries = both.search(text, facets=["year"]).facets["year"]
        assert len(entries) > 1
        for entry in entries:
            year = None if entry.value is None else int(entry.value)
            assert entry.occurrences is not None
            assert entry.per_10k == round(entry.occurrences / chars[year] * 10_000, 4)
    by_year = {entry.value: entry for entry in both.search("民政", facets=["year"]).facets["year"]}
    # b has 民政。交通。 and c 民政。 and 200 characters.
    assert (by_year["2023"].occurrences, by_year["2023"].per_10k) == (2, round(2 / 209 * 1e4, 4))


def test_only_years_have_a_rate(both: Both) -> None:
    found = both.search("民政", facets=FACETS)
    for facet in set(FACETS) - {"year"}:
        assert all(entry.occurrences is entry.per_10k is None for entry in found.facets[facet])
