"""What ``facts`` promises, on tiny reports; the index on disk and in memory agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportsearch import Archive, Facts, NotFoundError, QueryError
from reportsearch.cli import main
from reportsearch.models.facts import FACT_KINDS, FactsFound
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row, write_rows

MASKED = (
    "任职以来，签订招商引资项目*个，引资额*亿元，整改率达94％，按照500元／户的标准为250户困难群众发放物资。"
    "制定印发《县招商引资项目管理办法》，建成城市标准化社区*个。"
)
TOURISM = "全年接待游客412.6万人次，实现旅游综合收入21.7亿元，增长12%。对县敬老院进行提质改造。"
PLANS = "新建养老服务中心3个，旅游综合收入达到3至5亿元。"
ROWS = [
    row("a.txt", "一、工作", MASKED, official="甲", year=2022, title="甲县副县长2022年述职报告"),
    row("b.txt", "一、工作", TOURISM, "二、下一步打算", PLANS, official="乙", year=2023,
        title="乙县副县长2023年述职报告"),
    row("c.txt", "一、工作", "旅游综合收入9.8亿元，旅游收入2亿元，“=1+1”培训5期。", official="丙", year=2021,
        title="丙县副县长2021年述职报告"),
]  # fmt: skip


class Stated(Both):
    def __enter__(self) -> Stated:
        return self

    def facts(self, report: str, **options: Any) -> Facts:
        found = self.disk.facts(report, **options)
        assert found == self.memory.facts(report, **options)
        return found

    def all(self, **options: Any) -> FactsFound:
        found = self.disk.facts_of_all(**options)
        assert found == self.memory.facts_of_all(**options)
        return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stated]:
    held = Stated(tmp_path_factory.mktemp("facts"), *ROWS)
    with held:
        yield held


def figures(found: Facts | FactsFound) -> list[tuple[str, str]]:
    return [(one.name, one.text) for one in found.indicators]


def test_the_facts_of_a_report(both: Stated) -> None:
    found = both.facts("a.txt")
    assert found.report.id == "a.txt"
    assert not found.is_draft
    assert figures(found) == [
        ("招商引资项目", "*个"),
        ("引资额", "*亿元"),
        ("整改率", "94％"),
        ("标准", "500元／户"),
        ("困难群众", "250户"),
        ("城市标准化社区", "*个"),
    ]
    assert [(one.title, one.action) for one in found.citations] == [
        ("《县招商引资项目管理办法》", "制定印发")
    ]
    assert [(one.name, one.state) for one in found.projects] == [
        ("城市标准化社区", "建成"),
    ]
    assert [(one.text, one.first, one.last) for one in found.periods] == [("任职以来", None, None)]


def test_every_fact_is_where_it_says(both: Stated) -> None:
    for report in both.disk.reports():
        found = both.facts(report.id)
        passages = {passage.id: passage for passage in report.passages}
        for one in found.indicators:
            assert report.text[one.start : one.end] == one.text
            assert one.text in one.wording
            if one.name_start is not None:
                assert report.text[one.name_start : one.name_end] == one.name
        for document in found.citations:
            assert report.text[document.start : document.end] == document.title
        for time in found.periods:
            assert report.text[time.start : time.end] == time.text
        for kind in FACT_KINDS:
            for fact in getattr(found, kind):
                passage = passages[fact.passage]
                assert passage.start <= fact.start < fact.end <= passage.end
                assert fact.section == passage.section
                assert fact.report == report.id


def test_a_value_is_given_in_its_unit_and_in_base_units(both: Stated) -> None:
    (_, income, growth, centres, planned) = both.facts("b.txt").indicators
    assert (income.value, income.unit) == (21.7, "亿元")
    assert (income.base_value, income.base_unit) == (2_170_000_000, "元")
    assert (income.period, income.first, income.last) == ("全年", "2023-01", "2023-12")
    assert (growth.name, growth.change, growth.base_value) == ("旅游综合收入", "增长", 12)
    assert (centres.is_plan, income.is_plan) == (True, False)
    assert (planned.value, planned.low, planned.high) == (None, 3, 5)
    assert (planned.base_low, planned.base_high) == (300_000_000, 500_000_000)


def test_a_masked_value_is_missing_and_never_zero(both: Stated) -> None:
    (projects, money, *_) = both.facts("a.txt").indicators
    for one in (projects, money):
        assert one.masked
        assert (one.value, one.base_value) == (None, None)
    assert (money.unit, money.base_unit) == ("亿元", "元")


def test_what_is_planned_is_a_plan_of_a_project_too(both: Stated) -> None:
    states = {one.name: one.state for one in both.facts("b.txt").projects}
    assert states == {"县敬老院提质改造": "推进", "养老服务中心": "谋划"}


def test_across_reports_the_same_figures_stand_together(both: Stated) -> None:
    found = both.all()
    income = [one for one in found.indicators if one.group == "旅游综合收入（元）"]
    assert [(one.report, one.text) for one in income] == [
        ("c.txt", "9.8亿元"),
        ("b.txt", "21.7亿元"),
        ("b.txt", "3至5亿元"),
    ]
    assert {one.text for one in found.indicators if one.group == "旅游收入"} == {"2亿元"}
    assert [one.text for one in found.indicators if one.group == "旅游综合收入（%）"] == ["12%"]
    groups = [one.group for one in found.indicators]
    assert groups == sorted(groups)
    assert [info.id for info in found.infos] == ["a.txt", "b.txt", "c.txt"]


def test_filters_and_a_query_choose_passages(both: Stated) -> None:
    assert {one.report for one in both.all(where={"year": 2022}).indicators} == {"a.txt"}
    found = both.all(query="养老服务中心")
    assert figures(found) == [("养老服务中心", "3个"), ("旅游综合收入", "3至5亿元")]
    assert (found.reports, len(found.infos)) == (1, 1)
    nothing = both.all(query="没有这个词")
    assert (nothing.reports, nothing.indicators, nothing.infos) == (0, (), ())


def test_kinds_leave_the_others_out(both: Stated) -> None:
    found = both.facts("a.txt", kinds="citations")
    assert (len(found.citations), found.indicators, found.projects) == (1, (), ())
    assert both.all(kinds=["periods", "projects"]).indicators == ()


def test_a_file_is_read_and_not_kept(both: Stated, tmp_path: Path) -> None:
    draft = tmp_path / "丁县副县长2024年述职报告.txt"
    draft.write_text("丁县副县长2024年述职报告\n全年办结诉求12件。\n", encoding="utf-8")
    before = sorted(both.place.iterdir())
    found = both.disk.facts(file=draft)
    assert isinstance(found, Facts)
    assert found.is_draft
    assert figures(found) == [("诉求", "12件")]
    assert found.indicators[0].first == "2024-01"
    assert sorted(both.place.iterdir()) == before


def test_what_cannot_be_asked(both: Stated, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no report"):
        both.disk.facts("没有")
    with pytest.raises(QueryError, match="kinds must be one of indicators, citations"):
        both.disk.facts("a.txt", kinds="figures")
    with pytest.raises(QueryError, match="facts_of_all reads all reports"):
        both.disk.facts()
    with pytest.raises(QueryError, match="a report of the index or a file"):
        both.disk.facts("a.txt", file=tmp_path / "b.txt")


def test_progress_is_told(both: Stated) -> None:
    calls: list[tuple[int, int, str]] = []
    both.disk.facts_of_all(progress=lambda *call: calls.append(call))
    assert calls == [(number, 3, "Reading figures") for number in range(3)]


def test_a_users_words_are_used(tmp_path: Path) -> None:
    own = """
[facts]
measures = ["抱"]
documents = ["敲定"]
works = ["听涛亭"]
same = [{ names = ["引才数", "引进人才"] }]
[facts.states]
"停滞" = ["歇了工"]
"""
    text = "植树5抱，敲定《方案》，听涛亭歇了工。"
    with Stated(tmp_path, row("a.txt", text, year=2023), vocabulary=own) as held:
        found = held.facts("a.txt")
        assert figures(found) == [("植树", "5抱")]
        assert [one.action for one in found.citations] == ["敲定"]
        assert [(one.name, one.state) for one in found.projects] == [("听涛亭", "停滞")]


# The command line.


def said(both: Stated, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["--index", str(both.place), "facts", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("report", ["a.txt"]),
        ("all", ["--where", "year=2021..2023"]),
        ("nothing", ["--query", "没有这个词"]),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_printed(
    both: Stated,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    arguments: list[str],
    form: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    out = said(both, capsys, *arguments, *FORMS[form])
    check_golden(f"facts-{name}", form, out)


def lines(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_csv_has_a_figure_a_line_and_leaves_masked_values_empty(
    both: Stated, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = lines(said(both, capsys, "--format", "csv"))
    assert {entry["kind"] for entry in rows} == {"indicator"}
    masked = [entry for entry in rows if entry["masked"] == "true"]
    assert [(entry["value"], entry["base_value"], entry["text"]) for entry in masked] == [
        ("", "", "*个"),
        ("", "", "*亿元"),
        ("", "", "*个"),
    ]
    assert (
        next(entry["base_value"] for entry in rows if entry["text"] == "21.7亿元") == "2170000000"
    )


def test_csv_is_safe_for_a_spreadsheet(both: Stated, capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(said(both, capsys, "--where", "year=2021", "--format", "csv"))
    assert [entry["name"] for entry in rows if entry["text"] == "5期"] == ["“=1+1”培训"]
    assert not any(value.startswith(("=", "+", "@")) for entry in rows for value in entry.values())


def test_csv_tells_the_kind_of_each_line(both: Stated, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(both, capsys, "a.txt", "--format", "csv", "--kind", "projects", "--kind", "periods")
    assert [(entry["kind"], entry["name"], entry["state"]) for entry in lines(out)] == [
        ("project", "城市标准化社区", "建成"),
        ("period", "任职以来", ""),
    ]


def test_json_has_all_fields(both: Stated, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(both, capsys, "a.txt", "--format", "json"))
    assert set(found) == {"report", "is_draft", "portfolios", *FACT_KINDS}
    assert found["indicators"][0]["value"] is None
    assert found["indicators"][0]["masked"] is True


def test_a_table_shows_a_masked_value_as_it_stands(
    both: Stated, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(both, capsys, "a.txt", "--kind", "indicators")
    assert "引资额  *亿元" in out
    assert "Documents" not in out


def test_a_table_says_how_many_figures_it_leaves_out(
    both: Stated, capsys: pytest.CaptureFixture[str]
) -> None:
    out = said(both, capsys, "--limit", "2", "--kind", "indicators")
    assert "more; --limit N shows more" in out


def test_a_report_without_facts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Stated(tmp_path, row("a.txt", "我们努力工作。", title="报告")) as held:
        assert "Nothing of this kind in the report" in said(held, capsys, "a.txt")
        assert "Nothing of this kind in the selected passages" in said(
            held, capsys, "--kind", "periods"
        )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "--file", "b.txt"], "give either REPORT, or --file F"),
        (["a.txt", "--where", "year=2022"], "--where filters the facts of all reports"),
        (["--file", "a.txt", "--query", "文旅"], "--query filters the facts of all reports"),
        (["--kind", "figures"], "invalid choice"),
        (["--file", "a.txt", "--format", "csv", "--output", "a.txt"], "is an input file"),
    ],
)
def test_options_that_do_not_go_together(
    both: Stated, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(both.place), "facts", *arguments])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_facts_are_written_to_a_file(both: Stated, tmp_path: Path) -> None:
    place = tmp_path / "facts.csv"
    command = ["--index", str(both.place), "facts", "--format", "csv", "--output", str(place)]
    assert main(command) == 0
    assert place.read_bytes().startswith(b"\xef\xbb\xbfkind,group,name")


def test_the_shipped_reports_state_facts(shipped_archive: Archive) -> None:
    found = shipped_archive.facts_of_all(where={"portfolio": "招商引资"})
    assert len({one.report for one in found.indicators if one.group == "签约项目"}) >= 3


def test_reports_of_one_title_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        {"id": name, "title": "述职报告", "text": "印发《甲县规划》，新建学校3所。"}
        for name in ("a", "b")
    ]
    write_rows(tmp_path / "rows.jsonl", rows)
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "rows.jsonl")
    assert main(["--index", str(tmp_path / "index"), "facts", "--kind", "citations"]) == 0
    said = capsys.readouterr().out
    assert "\n  a\n" in said
    assert "\n  b\n" in said
    assert main(["--index", str(tmp_path / "index"), "facts", "--limit", "1"]) == 0
    assert "… and 1 more; --limit N shows more" in capsys.readouterr().out


def test_a_group_is_called_as_the_reports_write_it(tmp_path: Path) -> None:
    archive = Archive.in_memory()
    rows = [
        {"id": "a", "title": "a", "text": "全县电网覆盖率94%。"},
        {"id": "b", "title": "b", "text": "电网覆盖率达到95%。"},
    ]
    write_rows(tmp_path / "rows.jsonl", rows)
    archive.index(tmp_path / "rows.jsonl")
    assert {one.group for one in archive.facts_of_all().indicators} == {"电网覆盖率"}
