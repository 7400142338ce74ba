"""Which reports are by one official is decided over the collection, the same by every engine."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import structure
from reportsearch.models.report import Report, ReportInfo
from reportsearch.search import query
from reportsearch.search.engine import Origin, SearchOptions
from reportsearch.search.officials import OfficialFacts, find_label, identify_officials
from reportsearch.search.open_engine import open_engine
from tests.search.engines import TOKENIZER, WORDS, OpenEmpty, for_each_engine

FOUND, GIVEN = "text", "sidecar"


def info(
    name: str | None = None,
    region: str | None = None,
    post: str | None = None,
    year: int | None = None,
    *,
    origin: str = FOUND,
    division: str | None = None,
) -> ReportInfo:
    return ReportInfo(
        id="", title="述职报告", official=name, region=region, post=post, year=year,
        division=division, origin={"official": origin} if name else {},
    )  # fmt: skip


def label(*infos: ReportInfo) -> list[str | None]:
    """The label of each report's official, or None if it cannot be told."""
    known = [replace(one, id=f"{number:03}") for number, one in enumerate(infos)]
    found = identify_officials(map(OfficialFacts.of, known))
    return [found.get(one.id) for one in known]


def test_name_and_place_are_one_official() -> None:
    assert label(
        info("王建国", "甲县", "副县长", 2018), info("王建国", "甲县", "县长"), info("王建国", "乙县")
    ) == ["甲县王建国", "甲县王建国", "乙县王建国"]  # fmt: skip
    assert label(info("王　强", "甲县"), info("王强", "甲县")) == ["甲县王　强", "甲县王　强"]


def test_a_name_with_the_place_in_front_is_the_same_name() -> None:
    assert label(info("甲县王建国", "甲县"), info("王建国", "甲县")) == ["甲县王建国"] * 2


def test_a_place_and_its_fuller_form_agree_unless_two_places_have_that_name() -> None:
    assert len({*label(info("王强", "甲县"), info("王强", "乙市甲县"))}) == 1
    apart = label(info("王强", "甲县"), info("王强", "乙市甲县"), info("王强", "丙市甲县"))
    assert apart == ["甲县王强", "乙市甲县王强", "丙市甲县王强"]
    # 江县 is no part of 连江县.
    assert len({*label(info("王强", "江县"), info("王强", "连江县"))}) == 2


def test_labels_of_places_with_one_name_have_the_whole_line() -> None:
    first = info("王强", "城关区", division="甘肃省兰州市城关区")
    second = info("王强", "城关区", division="青海省西宁市城关区")
    assert label(first, second) == ["甘肃省兰州市城关区王强", "青海省西宁市城关区王强"]
    assert label(first) == ["城关区王强"]


def test_a_given_official_is_the_users_word() -> None:
    moved = [info("王强", place, origin=GIVEN) for place in ("甲县", "乙县", None)]
    assert label(*moved) == ["王强"] * 3
    # Reports that name the same person and place join them.
    assert label(*moved, info("王强", "甲县"), info("王强", "丙县"))[3:] == ["王强", "丙县王强"]
    assert label(info("甲县王强", origin=GIVEN), info("王强", "甲县")) == ["甲县王强"] * 2
    assert label(info("甲县县长", "甲县", origin="row"), info("王强", "甲县"))[0] == "甲县县长"
    # What a user calls differently at different places is not joined.
    assert len({*label(info("甲", "甲县", origin=GIVEN), info("乙", "甲县", origin=GIVEN))}) == 2


def test_names_without_a_place_need_following_years_and_no_other_post() -> None:
    years = [info("王强", None, None, year) for year in (2020, 2021, 2021, 2023)]
    assert label(*years) == ["王强（2020—2021）"] * 3 + ["王强（2023）"]
    assert label(info("王强", None, "局长", 2020), info("王强", None, "镇长", 2021)) == [
        "王强（2020）",
        "王强（2021）",
    ]
    unknown_year = label(info("王强"), info("王强"))
    assert unknown_year == ["王强（000）", "王强（001）"]
    # A report with a place is not joined to one without.
    assert label(info("王强", "甲县", None, 2020), info("王强", None, None, 2021)) == [
        "甲县王强",
        "王强",
    ]


def test_post_and_place_in_following_years_are_one_official() -> None:
    held = [info(None, "甲县", "县长", year) for year in (2019, 2020, 2021)]
    assert label(*held) == ["甲县县长"] * 3
    assert label(*held, info("王强", "甲县", "县长", 2022)) == ["甲县王强"] * 4
    later = [info(None, "甲县", "县长", year) for year in (2024, 2025)]
    assert label(*held, *later) == ["甲县县长（2019—2021）"] * 3 + ["甲县县长（2024—2025）"] * 2
    assert label(held[0]) == [None]


@pytest.mark.parametrize(
    "other",
    [
        info(None, "甲县", "副县长", 2021),
        info("李四", "甲县", "副县长", 2021),
    ],
)
def test_a_second_holder_of_the_post_forbids_the_conclusion(other: ReportInfo) -> None:
    held = [info(None, "甲县", "副县长", year) for year in (2020, 2021)]
    assert label(*held, other)[:2] == [None, None]


def test_two_names_in_following_years_leave_reports_without_a_name_alone() -> None:
    held = [
        info("王强", "甲县", "县长", 2019),
        info(None, "甲县", "县长", 2020),
        info("李四", "甲县", "县长", 2021),
    ]
    assert label(*held) == ["甲县王强", None, "甲县李四"]


def test_an_official_who_has_another_post_that_year_is_not_joined_by_post() -> None:
    held = [
        info("王强", "甲县", "副县长", 2020),
        info("王强", "甲县", "县长", 2021),
        info(None, "甲县", "副县长", 2021),
    ]
    assert label(*held) == ["甲县王强", "甲县王强", None]


def test_a_post_that_many_units_have_says_nothing() -> None:
    assert label(*(info(None, "甲县", "局长", year) for year in (2020, 2021))) == [None, None]
    named = [info(None, "甲县", "教育局局长", year) for year in (2020, 2021)]
    assert label(*named) == ["甲县教育局局长"] * 2


def test_masked_names_and_places_join_nothing() -> None:
    assert len({*label(info("王某", "甲县"), info("王某", "甲县"))}) == 2
    assert label(*(info(None, "××县", "县长", year) for year in (2020, 2021))) == [None, None]


def test_a_name_with_its_county_in_front_is_the_person_s_of_that_county() -> None:
    first, second = label(info("王强", "甲县"), info("甲县王强", "乙市甲县"))
    assert first == second
    first, second = label(info("王强", "甲县"), info("乙县王强", "乙市甲县"))
    assert first != second


def test_a_draft_is_its_official_s_in_the_index() -> None:
    infos = [
        replace(info("王强", "甲县", "县长", 2020), id="a", person="甲县王强"),
        replace(info("王强", "乙县", "县长", 2020), id="b", person="乙县王强"),
        replace(info("李四", "丙县", "县长", 2020), id="c", person="丙县李四"),
    ]
    assert find_label(info("王强", "甲县", None, 2024), infos) == "甲县王强"
    assert find_label(info("王强", "丁县"), infos) == "丁县王强"
    assert find_label(info(None, "丙县", "县长", 2021), infos) == "丙县李四"
    assert find_label(info(), infos) is None
    for said, meant in (("乙县王强", "乙县王强"), ("李四", "丙县李四"), ("王强", "王强")):
        assert find_label(info(said, origin="given"), infos) == meant


INFOS = st.lists(
    st.builds(
        info,
        st.sampled_from([None, "王强", "李四", "甲县王强", "王某"]),
        st.sampled_from([None, "甲县", "乙市甲县", "丙市甲县", "乙县", "某县"]),
        st.sampled_from([None, "县长", "副县长", "局长"]),
        st.sampled_from([None, 2019, 2020, 2021, 2023]),
        origin=st.sampled_from([FOUND, FOUND, GIVEN, "row"]),
    ),
    max_size=12,
)


@given(INFOS, st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(
    infos: Sequence[ReportInfo], shuffled: random.Random
) -> None:
    facts = [OfficialFacts.of(replace(one, id=f"{n:02}")) for n, one in enumerate(infos)]
    found = identify_officials(facts)
    mixed = list(facts)
    shuffled.shuffle(mixed)
    assert identify_officials(mixed) == found
    # One label is one official, and only reports without a name can lack one: so the relation is
    # symmetric and transitive.
    assert all(found.values())
    assert {one.report for one in facts if one.official} <= found.keys()


@given(INFOS)
def test_what_the_user_calls_the_same_is_the_same(infos: Sequence[ReportInfo]) -> None:
    found = label(*infos)
    given_labels: dict[str, set[str | None]] = {}
    for one, whose in zip(infos, found, strict=True):
        if one.official and one.origin["official"] != FOUND:
            given_labels.setdefault(one.official, set()).add(whose)
    assert all(len(labels) == 1 for labels in given_labels.values())


@given(INFOS)
def test_nobody_is_two_persons_at_once(infos: Sequence[ReportInfo]) -> None:
    """Reports found to be by one official never name two persons."""
    names: dict[str, set[str]] = {}
    for one, whose in zip(infos, label(*infos), strict=True):
        if whose and one.official and one.origin["official"] == FOUND:
            names.setdefault(whose, set()).add(one.official.removeprefix("甲县"))
    assert all(len(found) == 1 for found in names.values())


def make_reports(infos: Sequence[ReportInfo]) -> list[Report]:
    made = []
    for number, one in enumerate(infos):
        report = structure.parse_report("民政工作。", f"{number:02}.txt", WORDS, TOKENIZER)
        made.append(replace(report, info=replace(one, id=report.id)))
    return made


@for_each_engine
@settings(max_examples=25, deadline=None)
@given(infos=INFOS)
def test_engines_agree_after_every_commit(
    open_empty: OpenEmpty, infos: Sequence[ReportInfo]
) -> None:
    reports = make_reports(infos)
    wanted = [
        query.Query("", query.And((query.make_filter("official", name, WORDS),)))
        for name in ("王强", "甲县王强", "县长")
    ]
    with tempfile.TemporaryDirectory() as folder:
        memory, other = open_engine(None, TOKENIZER), open_empty(Path(folder))
        for changed in (reports[::2], reports[1::2], reports[:1]):
            for engine in (memory, other):
                with engine.writer() as writer:
                    for report in changed:
                        writer.add(report, Origin(report.id, "stamp"))
                    if changed == reports[:1] and len(reports) > 1:
                        writer.remove(reports[-1].id)
            assert list(other.report_infos()) == list(memory.report_infos())
            assert [one.info for one in other.reports()] == [one.info for one in memory.reports()]
            for asked in wanted:
                options = SearchOptions(limit=100, facets=("official",))
                assert other.search(asked, options) == memory.search(asked, options)
        with other.writer(purge=True):
            pass
        assert list(other.report_infos()) == list(memory.report_infos())
        other.close()
