"""What the use of a term over groups promises, on tiny reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scipy.stats import chi2

from reportsearch import Archive, QueryError
from reportsearch.analysis.groups import iter_group_values
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.normalise import fold
from tests.analysis.compare import brute_force as brute
from tests.analysis.compare.officials import FILLER, REPORTS, Asked, plain_group
from tests.reports import row


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("compare"), *REPORTS) as held:
        yield held


def test_uses_are_counted_as_a_plain_search_counts(both: Asked) -> None:
    for term in ("乡村旅游", "养老院", "农村公路", "路", "万人次"):
        for by in ("year", "official", "portfolio", "region"):
            found = both.use(term, by)
            for point in found.points:
                held = [
                    (report, passage)
                    for report in both.disk.reports()
                    for passage in report.passages
                    if point.value in iter_group_values(report, passage, by)
                ]
                counts = [fold(passage.text).count(term) for _, passage in held]
                assert point.count == sum(counts)
                assert point.chars == sum(len(fold(passage.text)) for _, passage in held)
                having = [report for (report, _), n in zip(held, counts, strict=True) if n]
                assert point.reports == len({report.id for report, _ in held})
                assert point.reports_with == len({report.id for report in having})
                assert point.units == len({get_official_key(report.info) for report, _ in held})
                assert point.units_with == len({get_official_key(report.info) for report in having})
                if point.chars:
                    assert point.per_10k == pytest.approx(
                        10_000 * point.count / point.chars, abs=0.006
                    )
                    assert point.interval is not None
                    assert point.interval[0] <= point.per_10k <= point.interval[1]
                assert (point.example is None) == (point.count == 0)


def test_uses_agree_with_a_search(both: Asked) -> None:
    hits = both.disk.search('"乡村旅游"', group="passage", limit=100).hits
    marked = sum(len(passage.highlights) for hit in hits for passage in hit.passages)
    reports = {hit.passages[0].id.rpartition("#")[0] for hit in hits}
    found = both.use("乡村旅游", "report")
    assert sum(point.count for point in found.points) == marked == 19
    assert {point.value for point in found.points if point.count} == reports


def test_first_use_and_gaps_between_years(both: Asked) -> None:
    found = both.uses(["乡村旅游", "农村公路"])
    assert (found.by, found.reports, found.without) == ("year", 7, 1)
    tourism, roads = found.terms
    assert [point.value for point in tourism.points] == ["2019", "2020", "2021", "2022", "2023"]
    assert [point.count for point in tourism.points] == [0, 0, 8, 0, 9]
    assert [point.reports for point in tourism.points] == [2, 0, 2, 0, 2]
    assert tourism.points[1].interval is None
    assert tourism.points[0].interval is not None
    assert (tourism.first_dated, roads.first_dated) == ("2021", "2019")
    assert tourism.first is not None
    assert tourism.first.passage == "w1#1"
    assert roads.first is not None
    assert roads.first.passage == "l1#1"


def test_the_first_use_is_the_earliest_by_date(tmp_path: Path) -> None:
    rows = [
        row("a", "茶叶丰收。", year=2021, date="2021-12-20"),
        row("b", "核桃。", "茶叶试种，茶叶。", year=2021, date="2021-03-01"),
        row("c", "茶叶。", official="无年"),
        row("d", "核桃。", year=2019),
    ]
    with Asked(tmp_path, *rows) as held:
        found = held.use("茶叶")
        assert found.first is not None
        assert (found.first.passage, found.first.text) == ("b#2", "茶叶试种，茶叶。")
        assert found.first_dated == "2021 2021-03-01"
        # c has no date, so that it is not the first; whatever groups there are, b is.
        assert held.use("茶叶", "official").first == found.first
        assert held.use("茶叶", "report").first == found.first
        later = held.use("茶叶", "report", values="c")
        assert later.first == found.first
        assert [point.value for point in later.points] == ["c"]
        nobody = held.use("光伏")
        assert (nobody.first, nobody.first_dated) == (None, "")
        assert [point.count for point in nobody.points] == [0, 0, 0]


def test_an_interval_takes_officials_as_drawn(tmp_path: Path) -> None:
    heap = plain_group(f"{FILLER}，{'光伏，' * 12}", *[FILLER] * 5, year=2019, name="甲")
    even = plain_group(*[f"{FILLER}，光伏，光伏"] * 6, year=2022, name="乙")
    with Asked(tmp_path, *heap, *even) as held:
        points = {point.value: point for point in held.use("光伏").points}
        first, last = points["2019"].interval, points["2022"].interval
        assert first is not None
        assert last is not None
        assert points["2019"].count == points["2022"].count == 12
        assert first[0] < last[0]
        assert first[1] > last[1]
        # Of one official the sections.
        single = [{**entry, "official": "张三"} for entry in heap]
        held.index(*single)
        (point,) = held.use("光伏").points
        assert point.units == 1
        assert point.interval is not None
        assert point.interval[0] < last[0]
        sizes = [len(fold(str(entry["text"]))) for entry in heap]
        effect = brute.design_effect([12, 0, 0, 0, 0, 0], sizes)
        # Garwood, after dividing by the design effect.
        low = chi2.ppf(0.025, 2 * 12 / effect) / 2 / (sum(sizes) / effect) * 10_000
        high = chi2.ppf(0.975, 2 * 12 / effect + 2) / 2 / (sum(sizes) / effect) * 10_000
        assert point.interval == pytest.approx((low, high), abs=0.01)


def test_full_width_and_traditional_forms_count(tmp_path: Path) -> None:
    rows = [row("a", "４Ａ级景区，4a級景區。", year=2021), row("b", "4A级景区。", year=2022)]
    with Asked(tmp_path, *rows) as held:
        for term in ("4A级景区", "４ａ級景區", " 4a级景区 "):
            found = held.use(term)
            assert [point.count for point in found.points] == [2, 1]
        assert held.use("4A级景区").first is not None
        (first, _) = held.use("4a级景区").points
        assert first.example is not None
        assert first.example.end - first.example.start == 5


def test_only_groups_that_are_named(both: Asked) -> None:
    found = both.use("乡村旅游", values=["2023", "2019..2021"])
    assert [(point.value, point.reports, point.count) for point in found.points] == [
        ("2023", 2, 9), ("2019..2021", 4, 8),
    ]  # fmt: skip
    some = both.use("乡村旅游", "official", where="year=2021")
    assert [(point.value, point.count) for point in some.points] == [("张三", 0), ("王五", 8)]
    assert both.use("乡村旅游", "official", query="博物馆").points[0].count == 1


def test_what_is_no_term_is_told(both: Asked) -> None:
    for text in ("", "  ", "，。", "*"):
        with pytest.raises(QueryError, match="is not a term; give a word or phrase"):
            both.disk.uses(text)
    with pytest.raises(QueryError, match="by must be one of report, official"):
        both.disk.uses("公路", "title")
    with pytest.raises(QueryError, match="no field is called"):
        both.disk.uses("公路", where="colour=red")
    assert [entry.term for entry in both.uses(["公路", "公路"]).terms] == ["公路"]
    assert both.uses([]).terms == ()


def test_nothing_to_look_in(both: Asked) -> None:
    found = both.uses("公路", where="year=1990")
    assert (found.reports, found.terms[0].points) == (0, ())
    assert Archive.in_memory().uses("公路").terms[0].points == ()


def test_the_example_is_of_the_passage_that_has_most_and_comes_first(tmp_path: Path) -> None:
    rows = [
        row("a", "茶叶。", "茶叶试种，茶叶丰收。", year=2021),
        row("b", "茶叶加工，茶叶销售。", year=2021),
    ]
    with Asked(tmp_path, *rows) as held:
        found = held.use("茶叶")
        assert found.points[0].example is not None
        assert found.points[0].example.passage == "a#2"
        assert found.first is not None
        assert found.first.passage == "a#1"


def test_a_term_that_goes_from_one_sentence_into_the_next_is_shown_whole(tmp_path: Path) -> None:
    rows = [
        row("a", "修桥。乡村旅游起步。乡村旅游升温。通车。", "一、交通", "公路通车。", year=2021)
    ]
    with Asked(tmp_path, *rows) as held:
        for term, sentences in (
            ("起步。乡村", "乡村旅游起步。乡村旅游升温。"),
            ("通 公路", "一、交通\n公路通车。"),
        ):
            first = held.use(term).first
            assert first is not None
            assert first.text == sentences
            report = held.disk.show("a")
            span = report.text[first.start : first.end]
            assert fold(span) == term
            at = first.start - first.sentence_start
            assert first.text[at : at + len(span)] == span
