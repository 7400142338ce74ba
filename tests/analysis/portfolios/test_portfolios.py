"""What ``portfolios`` promises, on tiny reports; the index on disk and in memory agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import Archive, QueryError
from reportsearch.cli import main
from reportsearch.models.portfolios import (
    MENTIONED_ONLY,
    NOT_DECLARED,
    NOT_REPORTED,
    REPORTED,
    REPORTED_AS_HEAD,
    REPORTED_NO_DUTIES,
    ROW_FIELDS,
    OfficialSimilarity,
    PortfolioOfficial,
    PortfolioRow,
    Portfolios,
    Portion,
    SideBySide,
)
from tests.conftest import PROJECT
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, in_memory, row, write_rows

COPIED = "引进三家外地旅行社，把冬天的空房间一间一间租了出去"
ROWS = [
    row(
        "a1.txt", "我分管文旅、民政、供销工作，联系气象局。", "一、文旅工作",
        "全年接待游客120万人次，旅游综合收入*亿元。印发《甲县旅游发展规划》，建成游客中心1个。", f"{COPIED}。",
        "二、民政工作", "新建敬老院3所，发放救助资金20万元。", "三、存在的不足",
        "旅游景区淡季太长；敬老院护理人员不够；调查研究还不深入。", "四、下一步打算",
        "把旅游淡季的门票降下来。新建敬老院2所。",
        official="甲县副县长", year=2022, post="副县长", region="甲县", title="甲县副县长2022年述职报告",
    ),
    row(
        "a2.txt", "我分管文旅、民政工作。", "一、文旅工作",
        "全年接待游客150万人次，旅游综合收入3亿元。", "二、供销工作", "供销社售出化肥1万吨，农资供应充足。",
        official="甲县副县长", year=2023, post="副县长", region="甲县", title="甲县副县长2023年述职报告",
    ),
    row(
        "b.txt", "我分管文旅工作。", "一、文旅和民政", "全年接待游客80万人次。新建敬老院5所。",
        f"我们{COPIED}，村里热闹起来。", "二、教育工作", "新建学校2所，招聘教师30名，学校食堂改造完成。",
        official="乙县副县长", year=2023, post="副县长", region="乙县", title="乙县副县长2023年述职报告",
    ),
    row(
        "c.txt", "我主持县政府全面工作，分管财政。", "一、财政工作", "一般公共预算收入9亿元，财政支出20亿元。",
        "二、教育工作", "新建学校1所，招聘教师10名，学校食堂改造完成。",
        official="丙县县长", year=2023, post="县长", region="丙县", title="丙县县长2023年述职报告",
    ),
    row("d.txt", "没有分管工作的人写的话。", "一、感想", "天气很好，心情也不错。", year=2021, title="随笔"),
]  # fmt: skip


class Table(Both):
    """Portfolios of the index in memory; that the one on disk has the same is a test of its own."""

    def __enter__(self) -> Table:
        return self

    def table(self, **options: Any) -> Portfolios:
        return self.memory.portfolios(**options)

    def beside(self, portfolio: str, **options: Any) -> SideBySide:
        return self.memory.portfolio(portfolio, **options)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    held = Table(tmp_path_factory.mktemp("portfolios"), *ROWS)
    with held:
        yield held


def of(found: Portfolios, value: str) -> PortfolioRow:
    return next(one for one in found.rows if one.value == value)


def cell(found: Portfolios, value: str, portfolio: str) -> Portion:
    return next(one for one in of(found, value).portions if one.portfolio == portfolio)


def official(found: SideBySide, value: str) -> PortfolioOfficial:
    return next(one for one in found.officials if one.value == value)


def test_the_index_on_disk_has_the_portfolios_of_the_one_in_memory(both: Table) -> None:
    for by in ("official", "report", "year"):
        assert both.disk.portfolios(by=by) == both.memory.portfolios(by=by)
        assert both.disk.portfolio("文旅", by=by) == both.memory.portfolio("文旅", by=by)


def test_what_is_declared_and_what_is_reported(both: Table) -> None:
    found = both.table(by="report")
    assert [one.value for one in found.rows] == ["a1.txt", "a2.txt", "b.txt", "c.txt", "d.txt"]
    states = {
        one.value: {portion.portfolio: portion.state for portion in one.portions}
        for one in found.rows
    }
    assert states["a1.txt"] == {
        "文旅": REPORTED,
        "民政": REPORTED,
        "供销": NOT_REPORTED,
        "气象": NOT_REPORTED,
    }
    assert states["a2.txt"] == {"文旅": REPORTED, "民政": NOT_REPORTED, "供销": NOT_DECLARED}
    assert states["b.txt"] == {"文旅": REPORTED, "民政": NOT_DECLARED, "教育": NOT_DECLARED}
    assert states["c.txt"] == {"财政": REPORTED, "教育": REPORTED_AS_HEAD}
    assert states["d.txt"] == {}
    assert cell(found, "a1.txt", "气象").role == "联系"
    assert cell(found, "a1.txt", "文旅").role == "分管"
    assert cell(found, "b.txt", "民政").role == ""


def test_each_cell_leads_to_its_passages(both: Table) -> None:
    found = both.table(by="report")
    about = cell(found, "a1.txt", "文旅")
    assert about.passages == ("a1.txt#2", "a1.txt#3", "a1.txt#5", "a1.txt#6")
    assert about.declared == ("a1.txt#1",)
    silent = cell(found, "a1.txt", "供销")
    assert (silent.passages, silent.declared, silent.chars) == ((), ("a1.txt#1",), 0)
    for one in found.rows:
        for portion in one.portions:
            for passage in (*portion.passages, *portion.declared):
                read = both.disk.passage(passage)
                assert read.report == one.value
                assert (portion.portfolio in read.portfolios) == (passage in portion.passages)


def test_shares_are_of_all_characters_without_blanks(both: Table) -> None:
    infos = {info.id: info for info in both.disk.infos()}
    for one in both.table(by="report").rows:
        assert one.chars == infos[one.value].chars
        for portion in one.portions:
            chars = sum(
                len("".join(both.disk.passage(passage).text.split()))
                for passage in portion.passages
            )
            assert portion.chars == chars
            assert portion.share == pytest.approx(chars / one.chars, abs=1e-6)


def test_a_passage_about_several_counts_for_each_and_divided_adds_up(both: Table) -> None:
    found = both.table(by="report")
    tourism, welfare = cell(found, "b.txt", "文旅"), cell(found, "b.txt", "民政")
    assert tourism.passages == welfare.passages
    assert tourism.share == welfare.share
    assert tourism.divided == pytest.approx(tourism.share / 2, abs=2e-6)
    for one in found.rows:
        assert sum(portion.divided for portion in one.portions) + one.other == pytest.approx(
            1, abs=1e-4
        )
    assert of(found, "d.txt").other == 1


def test_an_officials_reports_are_one_row_that_tells_where_they_differ(both: Table) -> None:
    found = both.table()
    names = [one.value for one in found.rows]
    assert names == ["d.txt", "丙县县长", "乙县副县长", "甲县副县长"]
    assert [info.id for info in of(found, "甲县副县长").reports] == ["a1.txt", "a2.txt"]
    supply = cell(found, "甲县副县长", "供销")
    assert supply.state == REPORTED
    assert (supply.not_reported, supply.not_declared) == (("a1.txt",), ("a2.txt",))
    assert supply.reported == 1
    weather = cell(found, "甲县副县长", "气象")
    assert (weather.state, weather.not_reported) == (NOT_REPORTED, ("a1.txt",))
    assert weather.reported == 0


def test_totals_count_rows_and_reports(both: Table) -> None:
    found = both.table()
    totals = {one.portfolio: one for one in found.totals}
    welfare = totals["民政"]
    assert (welfare.rows, welfare.reported, welfare.declared) == (2, 2, 2)
    assert (welfare.not_reported, welfare.not_declared) == (1, 1)
    assert totals["教育"].not_declared == 1
    chars = sum(one.chars for one in found.rows)
    assert totals["文旅"].share == pytest.approx(totals["文旅"].chars / chars, abs=1e-6)
    assert found.other == pytest.approx(
        sum(one.other * one.chars for one in found.rows) / chars, abs=1e-5
    )
    ranks = [(-one.rows, -one.chars, one.portfolio) for one in found.totals]
    assert ranks == sorted(ranks)


def test_by_year_and_other_fields_a_missing_value_is_told(both: Table) -> None:
    years = both.table(by="year")
    assert [(one.value, len(one.reports)) for one in years.rows] == [
        ("2021", 1), ("2022", 1), ("2023", 3)
    ]  # fmt: skip
    assert years.without == 0
    posts = both.table(by="职务")
    assert (posts.by, [one.value for one in posts.rows]) == ("post", ["副县长", "县长"])
    assert (posts.without, posts.reports) == (1, 4)
    assert [one.value for one in both.table(by="decade").rows] == ["2020-2029"]
    for by in ROW_FIELDS:
        assert both.table(by=by).by == by


def test_filters_choose_whole_reports(both: Table) -> None:
    whole = both.table(by="report")
    found = both.table(by="report", where=["year=2023"])
    assert found.rows == tuple(one for one in whole.rows if one.reports[0].year == 2023)
    # Reported, or only declared: both have it.
    supply = both.table(by="report", where={"portfolio": "供销社"})
    assert [one.value for one in supply.rows] == ["a1.txt", "a2.txt"]
    assert supply.rows == tuple(one for one in whole.rows if one.value in {"a1.txt", "a2.txt"})
    assert both.table(where=["portfolio=供销", "portfolio=气象"]).reports == 1
    assert both.table(where=["year=1999"]).rows == ()
    section = both.table(by="report", where=["section=打算"])
    assert [one.value for one in section.rows] == ["a1.txt"]


def test_what_cannot_be_asked_is_told_with_the_remedy(both: Table) -> None:
    with pytest.raises(QueryError, match="by must be one of official, report, year"):
        both.disk.portfolios(by="portfolio")
    with pytest.raises(QueryError, match="no portfolio is called '文履'; did you mean"):
        both.disk.portfolio("文履")
    with pytest.raises(QueryError, match="has no value"):
        both.disk.portfolio("  ")
    with pytest.raises(QueryError, match="no field is called"):
        both.disk.portfolios(where=["foo=1"])


def test_side_by_side_by_any_of_the_portfolios_names(both: Table) -> None:
    found = both.beside("文旅")
    assert found == both.beside("文化和旅游") == both.beside("文化旅游")
    assert (found.portfolio, found.by, found.reports) == ("文旅", "official", 3)
    assert [one.value for one in found.officials] == ["甲县副县长", "乙县副县长"]
    table = both.table()
    for one in found.officials:
        assert one.portion == cell(table, one.value, "文旅")
    shares = [one.portion.share for one in found.officials]
    assert shares == sorted(shares, reverse=True)


def test_those_who_only_declare_it_are_shown_last(both: Table) -> None:
    found = both.beside("民政", by="report")
    assert [(one.value, one.portion.state) for one in found.officials] == [
        ("b.txt", NOT_DECLARED), ("a1.txt", REPORTED), ("a2.txt", NOT_REPORTED),
    ]  # fmt: skip
    silent = found.officials[-1]
    assert (silent.terms, silent.indicators, silent.shared) == ((), (), ())
    assert silent.by_year == (("2023", 0.0),)


def test_a_report_without_a_value_is_in_no_row(tmp_path: Path) -> None:
    rows = [
        row("a.txt", "我分管文旅工作。", "一、文旅工作", "新修步道。", region="甲县"),
        row("b.txt", "我分管文旅工作。", "一、文旅工作", "新修步道。"),
    ]
    held = in_memory(tmp_path, *rows)
    found = held.portfolio("文旅", by="region")
    assert [one.value for one in found.officials] == ["甲县"]
    assert (found.reports, found.without) == (1, 1)


def test_an_official_who_is_called_like_a_report_is_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        row("甲", "我分管文旅工作。", "一、文旅工作", "新修步道两条。"),
        row("b.txt", "我分管文旅工作。", "一、文旅工作", "新修步道三条。", official="甲"),
        row("c.txt", "我分管民政工作。", "一、民政工作", "新建敬老院。", official="乙\t\n丙\x1b"),
    ]
    with Table(tmp_path, *rows) as held:
        ids = [one.reports[0].id for one in held.table().rows if one.value == "甲"]
        assert sorted(ids) == ["b.txt", "甲"]
        assert len(held.beside("文旅").officials) == 2
        for arguments in ([], ["文旅"], ["--similarity"]):
            out = said(held, capsys, *arguments)
            assert not {"\t", "\x1b"} & {*out}


def test_shares_over_years(both: Table) -> None:
    (first, second) = official(both.beside("文旅"), "甲县副县长").by_year
    by_report = both.table(by="report")
    assert first == ("2022", cell(by_report, "a1.txt", "文旅").share)
    assert second == ("2023", cell(by_report, "a2.txt", "文旅").share)


def test_facts_are_those_of_the_passages_and_masked_ones_are_missing(both: Table) -> None:
    found = official(both.beside("文旅"), "甲县副县长")
    figures = [(one.report, one.name, one.text) for one in found.indicators]
    assert figures[:3] == [
        ("a1.txt", "游客", "120万人次"), ("a1.txt", "旅游综合收入", "*亿元"), ("a1.txt", "游客中心", "1个"),
    ]  # fmt: skip
    assert ("a2.txt", "游客", "150万人次") in figures
    masked = found.indicators[1]
    assert masked.masked
    assert (masked.value, masked.base_value) == (None, None)
    assert {one.passage for one in found.indicators} <= {*found.portion.passages}
    assert [(one.title, one.action) for one in found.citations] == [
        ("《甲县旅游发展规划》", "印发")
    ]
    assert [one.name for one in found.projects] == ["游客中心"]


def test_in_a_passage_about_several_each_gets_its_own_sentences(both: Table) -> None:
    tourism = official(both.beside("文旅"), "乙县副县长")
    welfare = official(both.beside("民政"), "乙县副县长")
    assert [one.text for one in tourism.indicators if one.passage == "b.txt#2"] == ["80万人次"]
    assert [one.text for one in welfare.indicators if one.passage == "b.txt#2"] == ["5所"]


def test_text_in_common_is_found_on_both_sides(both: Table) -> None:
    found = both.beside("文旅")
    (here,) = official(found, "甲县副县长").shared
    (there,) = official(found, "乙县副县长").shared
    assert (here.other, there.other) == ("乙县副县长", "甲县副县长")
    assert here.here == there.there
    assert here.there == there.here
    assert here.here.text == here.there.text == COPIED
    assert here.chars == len(COPIED) - 1
    assert (here.here.passage, here.there.passage) == ("a1.txt#3", "b.txt#3")
    texts = {report.id: report.text for report in both.disk.reports()}
    for quoted in (here.here, here.there):
        report = quoted.passage.partition("#")[0]
        assert texts[report][quoted.start : quoted.end] == quoted.text


def test_a_paragraph_of_weaknesses_that_names_it_once_is_not_all_its_own(
    shipped_memory: Archive,
) -> None:
    """Figures and weaknesses of other fields stand in the paragraph that is about 供销, too."""
    found = shipped_memory.portfolio("供销")
    own = official(found, "甲县副县长")
    (weakness,) = own.weaknesses
    assert weakness.text.startswith("供销社历史包袱重，4个基层社还背着旧账")
    assert weakness.passage in own.portion.passages
    here = [one.text for one in own.indicators if one.passage == weakness.passage]
    assert here == ["4个", "两次"]


def test_weaknesses_and_plans_that_speak_of_it(both: Table) -> None:
    tourism = official(both.beside("文旅"), "甲县副县长")
    assert [one.text for one in tourism.weaknesses] == ["旅游景区淡季太长；"]
    assert [one.text for one in tourism.plans] == ["把旅游淡季的门票降下来。"]
    welfare = official(both.beside("民政"), "甲县副县长")
    assert [one.text for one in welfare.weaknesses] == ["敬老院护理人员不够；"]
    assert [one.text for one in welfare.plans] == ["新建敬老院2所。"]
    text = both.disk.show("a1.txt").text
    for one in (*tourism.weaknesses, *tourism.plans, *welfare.weaknesses, *welfare.plans):
        assert text[one.start : one.end] == one.text
        passage = both.disk.passage(one.passage)
        assert passage.start <= one.start < one.end <= passage.end


def test_what_a_bureaus_head_finds_wanting_is_the_bureaus(tmp_path: Path) -> None:
    text = (
        "我主持县民政局全面工作。", "一、民政工作", "新建敬老院3所。", "二、存在的不足",
        "一是统筹不够；二是文旅融合的路子不宽；三是敬老院床位不足。",
    )  # fmt: skip
    rows = [
        row("a.txt", *text, official="局长", post="民政局局长"),
        row("b.txt", *("我分管民政、文旅工作。", *text[1:]), official="副县长", post="副县长"),
    ]
    held = in_memory(tmp_path, *rows)
    found = held.portfolio("民政")
    assert [one.text for one in official(found, "局长").weaknesses] == [
        "一是统筹不够；", "三是敬老院床位不足。"
    ]  # fmt: skip
    assert [one.text for one in official(found, "副县长").weaknesses] == ["三是敬老院床位不足。"]


def test_where_no_duties_are_told_none_is_left_out_of_them(tmp_path: Path) -> None:
    rows = [
        row("a.txt", "一年来的工作。", "一、文旅工作", "旅游景区提质，新修步道。", official="甲"),
        row("b.txt", "我分管民政工作。", "一、文旅工作", "旅游景区提质，新修步道。", official="乙"),
    ]
    held = in_memory(tmp_path, *rows)
    found = held.portfolios()
    assert cell(found, "甲", "文旅").state == REPORTED_NO_DUTIES
    assert cell(found, "甲", "文旅").not_declared == ()
    assert cell(found, "乙", "文旅").state == NOT_DECLARED


def test_who_heads_a_whole_government_has_all_of_it(tmp_path: Path) -> None:
    posts = ["县长", "副县长", "镇长", "副镇长", "局长", "县委书记", "街道办事处主任"]
    rows = [
        row(
            f"{post}.txt", "我分管财政工作。", "一、文旅工作", "旅游景区提质，新修步道。", post=post
        )
        for post in posts
    ]
    held = in_memory(tmp_path, *rows)
    found = held.portfolios(by="post")
    heads = [
        one.value for one in found.rows if cell(found, one.value, "文旅").state == REPORTED_AS_HEAD
    ]
    assert sorted(heads) == sorted(["县长", "镇长", "县委书记", "街道办事处主任"])
    rest = {cell(found, one.value, "文旅").state for one in found.rows if one.value not in heads}
    assert rest == {NOT_DECLARED}


def test_terms_are_keywords_of_the_passages_on_it(both: Table) -> None:
    found = both.beside("文旅")
    for one in found.officials:
        assert one.terms
        assert {term.example.passage for term in one.terms} <= {*one.portion.passages}


def test_a_formula_is_no_text_in_common(tmp_path: Path) -> None:
    formula = "坚持把群众的小事当作自己的大事来办好办实"
    rows = [
        row(f"{name}.txt", "我分管文旅工作。", "一、文旅工作", f"{name}县接待游客{number}万人次，{formula}。",
            official=name)
        for number, name in enumerate("赵钱孙李周吴", 3)
    ]  # fmt: skip
    few = in_memory(tmp_path, *rows[:3])
    assert all(one.shared for one in few.portfolio("文旅").officials)
    other = tmp_path / "more"
    other.mkdir()
    many = in_memory(other, *rows)
    assert not any(one.shared for one in many.portfolio("文旅").officials)


def test_nothing_to_show(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "index") as disk:
        for archive in (disk, Archive.in_memory()):
            assert archive.portfolios() == Portfolios("official", 0, 0, 0.0, (), ())
            assert archive.portfolio("文旅") == SideBySide("文旅", "official", 0, 0, (), ())
            assert archive.official_similarity() == OfficialSimilarity(0, (), ())


def test_more_than_can_be_set_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportsearch.analysis.portfolios import side_by_side

    monkeypatch.setattr(side_by_side, "MAX_OFFICIALS", 1)
    with (
        Table(tmp_path, *ROWS[:3]) as held,
        pytest.raises(QueryError, match=r"2 have 文旅, too many .*limit: 1\); narrow them down"),
    ):
        held.disk.portfolio("文旅")


_PARTS = st.lists(
    st.sampled_from(
        [
            "一、文旅工作\n接待游客9万人次，旅游景区提质。",
            "二、民政工作\n新建敬老院3所，低保提标。",
            "三、感想\n天气很好。",
            "四、文旅和民政\n景区里的敬老院办得好。",
            "随便写一句 话 。",
        ]
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=15)
@given(st.lists(_PARTS, min_size=1, max_size=4), st.sampled_from(ROW_FIELDS))
def test_shares_add_up_whatever_the_reports_are(
    tmp_path_factory: pytest.TempPathFactory, reports: list[list[str]], by: str
) -> None:
    place = tmp_path_factory.mktemp("any")
    rows = [
        row(f"{number}.txt", "我分管文旅、供销工作。", *parts, official="甲", year=2020 + number)
        for number, parts in enumerate(reports)
    ]
    archive = Archive.in_memory()
    archive.index([write_rows(place / "rows.jsonl", rows)])
    found = archive.portfolios(by=by)
    assert sum(len(one.reports) for one in found.rows) + found.without == len(reports)
    for one in found.rows:
        divided = sum(portion.divided for portion in one.portions)
        assert divided + one.other == pytest.approx(1, abs=1e-4)
        for portion in one.portions:
            assert 0 <= portion.divided <= portion.share + 1e-6
            assert bool(portion.passages) == (portion.state != NOT_REPORTED)
            assert portion.reported + len(portion.not_reported) >= len(portion.declared)
            assert portion.reported - len(portion.not_declared) == len(portion.declared) - len(
                portion.not_reported
            )


# The command.


def said(both: Table, capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(["--index", str(both.place), "--quiet", "portfolios", *arguments]) == code
    return capsys.readouterr().out


GOLDENS = {
    "table": [],
    "report": ["--by", "report", "--limit", "2"],
    "year": ["--by", "year"],
    "within": ["文旅"],
    "nothing": ["--where", "year=1999"],
    "similarity": ["--similarity"],
}


@pytest.mark.parametrize("name", GOLDENS)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_printed(
    both: Table,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    form: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = said(both, capsys, *GOLDENS[name], *FORMS[form])
    check_golden(f"portfolios-{name}", form, out)


def test_where_nothing_was_found_it_is_said_what_was_searched_for(
    both: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "已检索该领域在词表中的名称、部门和用语以及近似表述"
    assert note in said(both, capsys, "--lang", "zh", "气象")
    assert note not in said(both, capsys, "--lang", "zh", "文旅")


def test_long_names_of_a_pair_go_on_beneath_themselves(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    names = [f"{name}县人民政府分管教育和文化旅游的副县长" for name in "甲乙"]
    rows = [row(f"{name}.txt", "一、教育\n新建学校3所。", official=name) for name in names]
    with Table(tmp_path, *rows) as both:
        lines = said(both, capsys, "--similarity").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  1  "))
    assert lines[at + 1].startswith(" " * 17)


def test_no_line_of_a_table_is_wider_than_the_terminal(
    both: Table, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    for width in (60, 80):
        monkeypatch.setenv("COLUMNS", str(width))
        for arguments in GOLDENS.values():
            lines = said(both, capsys, *arguments).splitlines()
            assert max(map(cell_len, lines)) <= width


def test_csv_has_every_cell(both: Table, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(both, capsys, "--format", "csv").removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(out)))
    found = both.table()
    cells = [(one.value, portion.portfolio) for one in found.rows for portion in one.portions]
    assert [(line["official"], line["portfolio"]) for line in lines if line["portfolio"]] == cells
    rest = [line for line in lines if not line["portfolio"]]
    assert [float(line["share"]) for line in rest] == [one.other for one in found.rows]


def test_options_that_do_not_go_together(both: Table, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["文旅", "--similarity"], ["--similarity", "--by", "year"]):
        with pytest.raises(SystemExit) as stopped:
            main(["--index", str(both.place), "portfolios", *arguments])
        assert stopped.value.code == 2
        assert "--similarity compares officials; omit" in capsys.readouterr().err
    assert main(["--index", str(both.place), "portfolios", "文履"]) == 1
    assert "no portfolio is called" in capsys.readouterr().err


# The corpus that ships, against what a reader found.


def test_states_of_the_corpus_are_as_a_reader_found_them(shipped_archive: Archive) -> None:
    gold = json.loads((PROJECT / "tests" / "gold" / "portfolios.json").read_text("utf-8"))
    found = shipped_archive.portfolios(by="report")
    wanted = 0
    for report in gold:
        read = {one.portfolio: one for one in of(found, report["report"]).portions}
        for one in report["portfolios"]:
            wanted += 1
            portion = read.pop(one["portfolio"])
            assert (portion.state, portion.role) == (one["state"], one["role"])
        # 防汛抗旱 is 应急管理's where it is so declared, and 会同住建部门 is no report on 住建.
        assert read == {}
    assert wanted == 30


def test_what_words_only_point_to_is_a_state_of_its_own(tmp_path: Path) -> None:
    """Parcels (快递) are told of and 邮政 has no passage; who brings them (快递员) tells nothing."""
    roads = "新建农村公路五十公里，改造危桥六座，完成公路养护一百公里，道路运输平稳有序"
    rows = [
        row(
            "a",
            "我分管交通运输，联系邮政局、团县委。",
            "一、交通运输",
            f"{roads}，快递进村也跟着通了。",
        ),
        row("b", "我分管交通运输，联系邮政局。", "一、交通运输", f"{roads}，请快递员来讲过课。"),
    ]
    with Table(tmp_path, *rows) as held:
        found = held.table(by="report")
        here, there = cell(found, "a", "邮政"), cell(found, "b", "邮政")
        assert (here.state, here.share, here.reported) == (MENTIONED_ONLY, 0.0, 0)
        assert (here.passages, here.mentioned) == (("a#2",), ("a",))
        assert (there.state, there.passages) == (NOT_REPORTED, ())
        (total,) = (one for one in found.totals if one.portfolio == "邮政")
        counts = total.reported, total.declared, total.mentioned, total.not_reported
        assert counts == (0, 2, 1, 1)
        # What the word list lacks is neither reported nor passed over.
        assert (of(found, "a").unknown, of(found, "b").unknown) == (("团县委",), ())
        assert [(one.portfolio, one.treated) for one in held.disk.declared_portfolios("a")] == [
            ("交通运输", "passages"),
            ("邮政", "words"),
            ("团县委", "unknown"),
        ]


def test_no_duty_of_the_corpus_is_passed_over(shipped_archive: Archive) -> None:
    found = shipped_archive.portfolios(by="report")
    silent = [
        (one.value, portion.portfolio)
        for one in found.rows
        for portion in one.portions
        if portion.state == NOT_REPORTED
    ]
    assert silent == []
    name = "2023年述职报告（甲县人民政府副县长）.docx"
    assert cell(found, name, "邮政").passages == (f"{name}#21",)


def test_a_portfolio_that_is_like_none_is_told_without_a_guess(
    both: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(both.place), "portfolios", ".."]) == 1
    told = capsys.readouterr().err
    assert "no portfolio is called '..'; there are " in told
    assert "did you mean" not in told
