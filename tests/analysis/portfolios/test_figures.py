"""The table of figures within a portfolio: rows of like meaning, years, masks, files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportsearch import QueryError, lexicon
from reportsearch.cli import main
from reportsearch.errors import LexiconError
from reportsearch.locale import CHINESE, Translator
from reportsearch.models.portfolios import (
    INFERRED_YEAR,
    NEXT_YEAR,
    REPORTED_YEAR,
    STATED_YEAR,
    Figure,
    FigureRow,
    SideBySide,
)
from reportsearch.output.prose import figures
from reportsearch.output.tables import figures as view
from tests.golden_files import FORMS, check_golden
from tests.languages import EN, ZH
from tests.reports import Both, in_memory, row

HEAD = "我分管招商引资工作。"
ROWS = [
    row(
        "a1.txt", HEAD, "一、招商引资工作",
        "全年签约项目31个，合同金额46.8亿元，到位资金18.3亿元，同比增长12.6%。去年到位资金9亿元。",
        "二、下一步打算", "招商引资到位资金增长12%。",
        official="甲县副县长", year=2022, title="甲县副县长2022年述职报告",
    ),
    row(
        "a2.txt", HEAD, "一、招商引资工作", "签约项目27项，到位资金20亿元。总投资6亿元。",
        official="甲县副县长", year=2023, title="甲县副县长2023年述职报告",
    ),
    row(
        "b.txt", HEAD, "一、招商引资工作",
        "2023年1-10月签约亿元以上项目74个，协议资金318.6亿元，到位市外资金163.2亿元。总投资5亿元。",
        "二、2024年工作打算", "2024年招商引资到位市外资金180亿元。",
        official="乙市副市长", year=2023, title="乙市副市长2023年述职报告",
    ),
    row(
        "c.txt", HEAD, "一、招商引资工作", "签订招商引资项目*个，引资额*亿元，兑现招商引资奖补资金*万元。",
        official="丙县副县长", title="丙县副县长述职报告",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("figures"), *ROWS) as held:
        yield held


@pytest.fixture(scope="module")
def found(both: Both) -> SideBySide:
    answer = both.disk.portfolio("招商引资")
    assert answer == both.memory.portfolio("招商引资")
    return answer


def one_row(found: SideBySide, name: str, *, change: str = "", is_plan: bool = False) -> FigureRow:
    (row,) = (
        row
        for row in found.figures
        if (row.name, row.change, row.is_plan) == (name, change, is_plan)
    )
    return row


def texts(row: FigureRow) -> dict[str, list[str]]:
    values = dict.fromkeys(one.value for one in row.figures)
    return {value: [one.text for one in row.select_figures(value)] for value in values}


def figure(found: SideBySide, text: str) -> Figure:
    (one,) = (one for row in found.figures for one in row.figures if one.text == text)
    return one


def test_figures_of_like_meaning_stand_in_one_row_under_their_own_names(found: SideBySide) -> None:
    signed = one_row(found, "签约项目")
    assert texts(signed) == {
        "甲县副县长": ["31个", "27项"],
        "乙市副市长": ["74个"],
        "丙县副县长": ["*个"],
    }
    assert {one.name for one in signed.figures} == {
        "签约项目",
        "签约亿元以上项目",
        "签订招商引资项目",
    }
    assert signed.values == 3
    assert texts(one_row(found, "到位资金"))["乙市副市长"] == ["163.2亿元"]
    assert {one.text for one in one_row(found, "合同金额").figures} == {
        "46.8亿元", "318.6亿元", "*亿元",
    }  # fmt: skip


def test_what_is_hidden_stands_as_it_is_and_is_no_number(found: SideBySide) -> None:
    for text in ("*个", "*亿元"):
        masked = figure(found, text)
        assert masked.masked
        assert (masked.number, masked.low, masked.high) == (None, None, None)


def test_a_plan_a_change_and_a_level_have_rows_of_their_own(found: SideBySide) -> None:
    assert texts(one_row(found, "到位资金", change="change")) == {"甲县副县长": ["同比增长12.6%"]}
    assert texts(one_row(found, "到位资金", is_plan=True)) == {"乙市副市长": ["180亿元"]}
    planned = one_row(found, "到位资金", change="change", is_plan=True)
    assert [one.text[-3:] for one in planned.figures] == ["12%"]
    shared = [(row.name, row.change, row.is_plan) for row in found.build_figure_table().rows]
    at = shared.index(("到位资金", "", False))
    assert shared[at : at + 4] == [
        ("到位资金", "", False),
        ("到位资金", "change", False),
        ("到位资金", "", True),
        ("到位资金", "change", True),
    ]


def test_what_tells_too_little_stands_alone(found: SideBySide) -> None:
    rows = [row for row in found.figures if row.name == "总投资"]
    assert [len(row.figures) for row in rows] == [1, 1]
    assert not any(row.name == "总投资" for row in found.build_figure_table().rows)
    assert any(row.name == "总投资" for row in found.build_figure_table(shared=False).rows)


def test_of_which_year_a_figure_is_and_how_that_is_known(found: SideBySide) -> None:
    def year(text: str) -> tuple[str, str, str]:
        one = figure(found, text)
        return one.year, one.year_from, figures.format_time(one, ZH)

    assert year("31个") == ("2022", REPORTED_YEAR, "全年，2022（报告年度）")
    assert year("20亿元") == ("2023", REPORTED_YEAR, "2023（报告年度）")
    assert year("9亿元") == ("2021", INFERRED_YEAR, "去年，2021（推算）")
    assert year("74个") == ("2023", STATED_YEAR, "2023年1-10月")
    assert year("180亿元") == ("2024", STATED_YEAR, "2024年")
    (planned,) = one_row(found, "到位资金", change="change", is_plan=True).figures
    assert (planned.year, planned.year_from) == ("2023", NEXT_YEAR)
    assert figures.format_time(planned, ZH) == "2023（报告年度的下一年）"
    assert figures.format_time(planned, EN) == "2023 (year after the report)"
    assert year("*个") == ("", "", "年份不明")


def test_what_a_level_was_before_is_not_of_the_year(tmp_path: Path) -> None:
    told = "收集率由58.7%提高到66.2%，年初覆盖率38.5%，提高到74.1%。入住率37%。"
    report = row("a.txt", HEAD, "一、招商引资工作", told, official="甲", year=2022)
    held = in_memory(tmp_path, report)
    found = held.portfolio("招商引资")
    times = {
        one.text: figures.format_time(one, ZH) for entry in found.figures for one in entry.figures
    }
    assert times["58.7%"] == "变化之前"
    assert times["提高到66.2%"] == "2022（报告年度）"
    assert times["38.5%"] == "年初，2022（报告年度）"
    assert times["37%"] == "2022（报告年度）"


def test_what_a_change_is_compared_with_is_no_result(tmp_path: Path) -> None:
    told = "到位资金15.3亿元，比上年末的12.6亿元增加2.7亿元，由118.6%下降到113.4%。"
    stands = figures_of(tmp_path, told)
    assert "12.6亿元" not in stands
    assert {"15.3亿元", "增加2.7亿元"} <= set(stands)


def test_rates_share_no_row_with_counts(tmp_path: Path) -> None:
    first = row("a.txt", HEAD, "一、招商引资工作", "签约项目36个。", official="甲", year=2022)
    told = "每10万人签约项目3个。"
    second = row("b.txt", HEAD, "一、招商引资工作", told, official="乙", year=2022)
    found = in_memory(tmp_path, first, second).portfolio("招商引资")
    assert [len(entry.figures) for entry in found.figures] == [1, 1]


def figures_of(tmp_path: Path, *told: str, year: int = 2023) -> dict[str, Figure]:
    """The figures of an official who writes this on 招商引资, by how they stand."""
    report = row("a.txt", HEAD, "一、招商引资工作", *told, official="甲县副县长", year=year)
    held = in_memory(tmp_path, report)
    found = held.portfolio("招商引资")
    return {one.text: one for entry in found.figures for one in entry.figures}


TOLD_TIMES = [
    ("累计签订再贷款授信5亿元；签约项目7个。", "年份不明"),
    ("连续两年成功举办返乡创业大会，累计签订授信5亿元；签约项目7个。", "连续两年"),
    ("连续三年签约项目7个。", "连续三年"),
    ("任职以来，签约项目7个。", "任职以来"),
    ("三年来，签约项目7个。", "三年来，2021-2023（推算）"),
    ("近年来，我们签约项目7个。", "近年来"),
    ("2021年以来，签约项目7个。", "2021年以来"),
    # A time of its own, or what is said of another clause, leaves the year alone.
    ("全年累计签约项目7个。", "全年，2023（报告年度）"),
    ("连续三年获全市第一，签约项目7个。", "2023（报告年度）"),
    ("累计接待客商300人次。签约项目7个。", "2023（报告年度）"),
    ("签约项目7个，累计到位资金5亿元。", "2023（报告年度）"),
    ("新建助餐点18个，累计45个；签约项目7个。", "2023（报告年度）"),
    ("新建助餐点18个，累计45个，签约项目7个。", "2023（报告年度）"),
    ("外出招商9次，累计达7个。", "年份不明"),
    ("外出招商9次，累计拜访企业45家；签约项目7个。", "2023（报告年度）"),
    ("外出招商9次，累计拜访企业45家，签约项目7个。", "年份不明"),
]


@pytest.fixture(scope="module")
def told_times(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of which time the figure "7个" is, by what an official tells."""
    reports = [
        row(f"{number}.txt", HEAD, "一、招商引资工作", told, official=told, year=2023)
        for number, (told, _) in enumerate(TOLD_TIMES)
    ]
    found = in_memory(tmp_path_factory.mktemp("times"), *reports).portfolio("招商引资")
    listed = [one for entry in found.figures for one in entry.figures if one.text == "7个"]
    assert len(listed) == len(TOLD_TIMES)
    return {one.value: figures.format_time(one, ZH) for one in listed}


@pytest.mark.parametrize(("told", "time"), TOLD_TIMES)
def test_no_year_is_inferred_of_what_is_of_several(
    told_times: dict[str, str], told: str, time: str
) -> None:
    assert told_times[told] == time


def test_a_report_of_all_the_time_in_office_tells_no_year(tmp_path: Path) -> None:
    opening = "现将任职以来工作情况报告如下。"
    told = (
        "签约项目7个。每年列支招商经费3万元。2022年到位资金5亿元。",
        "二、下一步打算",
        "招商引资到位资金增长12%。",
    )
    report = row(
        "a.txt", HEAD + opening, "一、招商引资工作", *told, official="甲县副县长", year=2023
    )
    held = in_memory(tmp_path, report)
    rows = held.portfolio("招商引资").figures
    times = {one.text: figures.format_time(one, ZH) for entry in rows for one in entry.figures}
    assert times["7个"] == "任职以来"
    assert times["3万元"] == "每年"
    assert times["5亿元"] == "2022年"
    assert times["增长12%"] == "2024（报告年度的下一年）"


def test_a_part_is_told_and_how_large_works_are_is_no_figure(tmp_path: Path) -> None:
    found = figures_of(
        tmp_path,
        "水质由Ⅲ类提升至Ⅱ类。签约项目74个，其中10亿元以上项目9个；到位资金163.2亿元。",
        "签订招商引资项目*个，特别是成功签约了*个投资*亿元以上的大项目。其中，外资项目6个。",
    )
    assert (found["9个"].name, found["9个"].scope) == ("10亿元以上项目", "10亿元以上")
    assert found["9个"].is_part
    assert found["6个"].is_part
    assert not found["74个"].is_part
    assert not found["163.2亿元"].is_part
    assert "10亿元以上" not in found
    assert found["9个"].sentence.startswith("签约项目74个")


def test_a_threshold_behind_a_number_narrows_it_down(tmp_path: Path) -> None:
    found = figures_of(tmp_path, "签约项目30个，特别是成功签约了8个投资5亿元以上的大项目。")
    assert (found["8个"].is_part, found["8个"].scope) == (True, "投资5亿元以上")
    assert "5亿元以上" not in found


def test_what_is_there_among_plans_is_no_plan(tmp_path: Path) -> None:
    plan = "签约项目当年开工率提高到70%以上，对未开工的27个项目逐个会诊，对8个未动土项目分类处置。"
    report = row(
        "a.txt", HEAD, "一、招商引资工作", "签约项目40个。", "二、2024年工作打算",
        "（一）抓好招商引资", plan,
        official="甲县副县长", year=2023,
    )  # fmt: skip
    held = in_memory(tmp_path, report)
    rows = held.portfolio("招商引资").figures
    plans = {one.text: (entry.is_plan, one.year) for entry in rows for one in entry.figures}
    assert plans["27个"] == (False, "2023")
    assert plans["8个"] == (False, "2023")
    assert plans["提高到70%以上"] == (True, "2024")


def test_what_has_no_noun_stands_last_and_what_has_no_name_is_short(tmp_path: Path) -> None:
    report = row(
        "a.txt", HEAD, "一、招商引资工作",
        "也多花了4个月。某新能源公司年产储能电池的项目从洽谈到开工仅用126天。我们约了三回都没约上。"
        "对接企业132家。",
        official="甲县副县长", year=2023,
    )  # fmt: skip
    held = in_memory(tmp_path, report)
    names = [entry.name for entry in held.portfolio("招商引资").figures]
    assert names[0] == "对接企业"
    assert {*names[1:]} == {"多花", "从洽谈到开工", "我们约了"}


def test_rows_whose_scopes_differ_are_marked(found: SideBySide) -> None:
    signed, agreed = one_row(found, "签约项目"), one_row(found, "合同金额")
    assert (signed.scopes_differ, agreed.scopes_differ) == (True, False)
    assert {one.scope for one in signed.figures} == {"", "亿元以上"}
    assert figures.describe_scopes(signed, ZH) == "口径不同"
    (narrow,) = signed.select_figures("乙市副市长")
    assert figures.describe_scope_in_row(narrow, signed, ZH) == "口径不同：亿元以上"
    assert (
        figures.describe_scope_in_row(signed.select_figures("丙县副县长")[0], signed, ZH)
        == "口径不同：未注明"
    )


def test_a_report_without_an_official_can_be_named(tmp_path: Path) -> None:
    reports = [
        row("庚县副县长.txt", HEAD, "一、招商引资工作", "签约项目12个。", year=2024),
        *ROWS,
    ]
    held = in_memory(tmp_path, *reports)
    for asked in ("庚县", "庚县副县长.txt"):
        found = held.portfolio("招商引资", values=[asked, "甲县"])
        assert {*found.build_figure_table().values} == {"庚县副县长.txt", "甲县副县长"}
    table = held.portfolios(values="庚县副县长.txt")
    assert [one.value for one in table.rows] == ["庚县副县长.txt"]


def test_each_figure_stands_where_it_says(both: Both, found: SideBySide) -> None:
    for entry in found.figures:
        for one in entry.figures:
            text = both.disk.show(one.report).text
            assert one.text.endswith(text[one.start : one.end])
            passage = both.disk.passage(one.passage)
            assert passage.start <= one.start < passage.end


def test_every_figure_stands_in_one_row(found: SideBySide) -> None:
    listed = [(one.passage, one.start) for row in found.figures for one in row.figures]
    assert len(set(listed)) == len(listed)
    assert {*listed} >= {
        (one.passage, one.start) for official in found.officials for one in official.indicators
    }
    for entry in found.figures:
        assert entry.values == len({one.value for one in entry.figures})


def test_only_the_rows_that_are_named(both: Both) -> None:
    found = both.disk.portfolio("招商引资", values=["乙市", "丙县副县长"])
    assert found == both.memory.portfolio("招商引资", values=["乙市", "丙县副县长"])
    assert {one.value for one in found.officials} == {"乙市副市长", "丙县副县长"}
    by_year = both.disk.portfolio("招商引资", by="year", values="2022..2023")
    assert by_year.build_figure_table().values == ("2022", "2023")
    table = both.disk.portfolios(values="甲县")
    assert [one.value for one in table.rows] == ["甲县副县长"]
    with pytest.raises(QueryError, match="no report has official"):
        both.disk.portfolio("招商引资", values=["丁县副县长"])


def read(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline="")))


def said(both: Both, capsys: pytest.CaptureFixture[str], *given: str, code: int = 0) -> str:
    capsys.readouterr()
    call = ["--index", str(both.place), "--quiet", "portfolios", *given]
    if code:
        with pytest.raises(SystemExit) as ended:
            main(call)
        assert ended.value.code == code
        return capsys.readouterr().err
    assert main(call) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("wanted", ["shared", "all"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_printed(
    both: Both,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    wanted: str,
    form: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    given = ["招商引资", "--figures", wanted, *FORMS[form]]
    check_golden(f"figures-{wanted}", form, said(both, capsys, *given))


def test_the_table_has_a_line_for_each_row_and_columns_for_each_official(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    table = both.disk.portfolio("招商引资", values=["甲县", "乙市"]).build_figure_table()
    lines = read(view.format_wide_csv(table))
    signed = next(line for line in lines if line["figure"] == "签约项目")
    assert signed["甲县副县长"] == "31个 (2022)\n27项 (2023)"
    assert signed["scope"] == "scopes differ"
    assert signed["甲县副县长: passage"].split("\n") == ["a1.txt#2", "a2.txt#2"]
    assert signed["乙市副市长: name"] == "签约亿元以上项目"
    assert signed["乙市副市长: time"] == "2023年1-10月"
    assert "丙县副县长" not in signed
    given = ["招商引资", "--figures", "shared", "--values", "甲县,乙市", "--format", "json"]
    told = json.loads(said(both, capsys, *given))
    assert [one["name"] for one in told["rows"]] == [line["figure"] for line in lines]


def test_the_list_has_a_line_for_each_figure_with_its_number_and_its_sentence(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["招商引资", "--figures", "all", "--format", "csv"]
    lines = read(said(both, capsys, *given))
    document = json.loads(said(both, capsys, *given[:-1], "json"))
    listed = [one for row in document["rows"] for one in row["figures"]]
    assert [line["as_written"] for line in lines] == [one["text"] for one in listed]
    for line, one in zip(lines, listed, strict=True):
        assert (line["number"] or None) == (None if one["number"] is None else str(one["number"]))
        assert one["text"].removeprefix("同比增长").removeprefix("增长") in line["sentence"]
        assert line["sentence"] in both.disk.show(one["report"]).text
        assert line["passage_number"] == one["passage"].partition("#")[2]
    (signed,) = (line for line in lines if line["as_written"] == "74个")
    assert (signed["official"], signed["year"], signed["kind"]) == ("乙市副市长", "2023", "result")
    assert signed["report_title"] == "乙市副市长2023年述职报告"
    assert (signed["called"], signed["scope"]) == ("签约亿元以上项目", "scopes differ: 亿元以上")


def test_rows_that_are_years_have_a_column_of_groups(both: Both) -> None:
    by_year = both.disk.portfolio("招商引资", by="year").build_figure_table()
    header = view.format_long_csv(by_year).removeprefix("\ufeff").splitlines()[0].split(",")
    assert len(set(header)) == len(header)
    assert "group" in header


def test_options_that_do_not_go_together(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    assert "name it" in said(both, capsys, "--figures", "all", code=2)
    assert "names nothing" in said(both, capsys, "招商引资", "--values", ",", code=2)
    assert "--values" in said(both, capsys, "--similarity", "--values", "甲", code=2)


def test_nothing_in_common_is_told(both: Both, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(both, capsys, "招商引资", "--figures", "shared", "--where", "official=丙县副县长")
    assert "--figures all" in out


def test_a_users_words_bring_names_together(tmp_path: Path) -> None:
    rows = [
        row("a.txt", HEAD, "一、招商引资工作", "招商引资落户企业甲类12家。", official="甲"),
        row("b.txt", HEAD, "一、招商引资工作", "招商引资进驻商家甲类9家。", official="乙"),
    ]
    for vocabulary, shared in (
        ("", 0),
        ('[[figures.names]]\nsame = ["落户企业甲类", "进驻商家甲类"]\n', 1),
    ):
        place = tmp_path / str(shared)
        place.mkdir()
        held = in_memory(place, *rows, vocabulary=vocabulary)
        found = held.portfolio("招商引资")
        assert found.shared == shared, [row.name for row in found.figures]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("figures = ['市外']", r"write \[figures\] before"),
        ("[figures]\nqualifier = ['市外']", "unknown key 'qualifier'; known: qualifiers"),
        ("[figures]\nverbs = '抓'", r"verbs in \[figures\] must be a list of strings"),
        ("[[figures.names]]\nsame = ['甲']", "requires same, a list of two or more strings"),
        ("[[figures.behind]]\nfigure = '甲'", "requires the strings figure and means"),
    ],
)
def test_word_lists_that_are_wrong_are_told(text: str, part: str) -> None:
    with pytest.raises(LexiconError, match=part):
        lexicon.parse(text, "reportsearch.toml")


def test_a_users_group_widens_one_that_ships() -> None:
    from reportsearch.lexicon.figures import map_to_canonical

    assert len(set(map_to_canonical((("丙", "乙"), ("甲", "乙"))).values())) == 1
    assert len(set(map_to_canonical((("甲", "乙"), ("丙", "丁"))).values())) == 2


# The columns of downloads.


def test_all_columns_of_the_table_are_chinese_on_a_chinese_page(found: SideBySide) -> None:
    t = Translator(CHINESE)
    made = view.format_wide_csv(found.build_figure_table(), t)
    assert made.startswith("\ufeff指标,类别,单位,口径,人数,")
    header = next(csv.reader(io.StringIO(made)))
    assert "甲县副县长：时间" in header
    long = view.format_long_csv(found.build_figure_table(), t).splitlines()[0]
    assert long == (
        "\ufeff指标,类别,人员,年份,年份来源,数值,单位,原文写法,报告中的名称,口径,报告标题,段落序号,原句"
    )
    assert "31个（2022）\n27项（2023）" in [
        cell for line in csv.reader(io.StringIO(made)) for cell in line
    ]
