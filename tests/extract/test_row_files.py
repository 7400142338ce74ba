from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportsearch import Archive
from reportsearch.errors import ExtractError
from reportsearch.extract import metadata_csv, row_files
from reportsearch.extract.row_files import ReportRow
from reportsearch.models.report import Failure

CELL = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc")), st.sampled_from('\n\r\t",，甲乙工作'))
)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


def _read(path: Path, text: str, encoding: str = "utf-8") -> list[ReportRow | Failure]:
    path.write_bytes(text.encode(encoding))
    return [row for _, row in row_files.read_rows(path)]


def _csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[ReportRow | Failure]:
    return _read(tmp_path / "reports.csv", text, encoding)


def _jsonl(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[ReportRow | Failure]:
    return _read(tmp_path / "reports.jsonl", text, encoding)


def _texts(found: list[ReportRow | Failure]) -> list[str]:
    return [row.text for row in found if isinstance(row, ReportRow)]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_csv_file_has_a_report_a_row(tmp_path: Path, encoding: str) -> None:
    text = "id,text,year\r\na1,分管教育工作,2023\r\na2,分管卫生工作,2022\r\n"
    assert _csv(tmp_path, text, encoding) == [
        ReportRow("reports.csv line 2", "a1", "分管教育工作", {"year": "2023"}),
        ReportRow("reports.csv line 3", "a2", "分管卫生工作", {"year": "2022"}),
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_jsonl_file_has_a_report_a_line(tmp_path: Path, encoding: str) -> None:
    text = (
        '{"id": "a1", "text": "分管教育工作", "year": 2023}\n{"id": "a2", "text": "分管卫生工作"}'
    )
    assert _jsonl(tmp_path, text, encoding) == [
        ReportRow("reports.jsonl line 1", "a1", "分管教育工作", {"year": "2023"}),
        ReportRow("reports.jsonl line 2", "a2", "分管卫生工作", {}),
    ]


def test_columns_may_be_called_by_their_chinese_names(tmp_path: Path) -> None:
    text = (
        "编号,正文,标题,类型,年份,日期,职务,级别,地区,人员,来源\n"
        "7,文,题,述职报告,2023,2024-01-05,副县长,县,甲县,某某,网站\n"
    )
    (row,) = _csv(tmp_path, text)
    assert row == ReportRow(
        "reports.csv line 2",
        "7",
        "文",
        {
            "title": "题",
            "kind": "述职报告",
            "year": "2023",
            "date": "2024-01-05",
            "post": "副县长",
            "level": "县",
            "region": "甲县",
            "official": "某某",
            "source": "网站",
        },
    )


def test_case_and_spaces_of_a_column_name_do_not_matter(tmp_path: Path) -> None:
    (row,) = _csv(tmp_path, " ID ,Text, 年份\nx,文,2023\n")
    assert row == ReportRow("reports.csv line 2", "x", "文", {"year": "2023"})


def test_unknown_columns_and_blank_cells_are_left_out(tmp_path: Path) -> None:
    (row,) = _csv(tmp_path, "id,text,year,备注\nx,文, ,有误\n")
    assert row == ReportRow("reports.csv line 2", "x", "文", {})


def test_a_row_may_do_without_an_id(tmp_path: Path) -> None:
    (row,) = _csv(tmp_path, "text\n文\n")
    assert row == ReportRow("reports.csv line 2", "", "文", {})


def test_numbers_and_nulls_of_json_are_read_as_a_person_would_write_them(tmp_path: Path) -> None:
    (row,) = _jsonl(tmp_path, '{"id": 7, "text": "文", "year": 2023, "official": null}')
    assert row == ReportRow("reports.jsonl line 1", "7", "文", {"year": "2023"})


def test_a_list_in_a_field_that_is_not_read_does_no_harm(tmp_path: Path) -> None:
    (row,) = _jsonl(tmp_path, '{"text": "文", "tags": ["甲", "乙"]}')
    assert row == ReportRow("reports.jsonl line 1", "", "文", {})


def test_half_a_surrogate_pair_in_json_does_not_reach_the_text(tmp_path: Path) -> None:
    (text,) = _texts(_jsonl(tmp_path, r'{"text": "工作\ud83d报告\ud83d\ude00"}'))
    assert text.encode("utf-8").decode("utf-8") == text
    assert (text[:2], text[-3:]) == ("工作", "报告😀")


def test_line_breaks_quotes_and_commas_inside_quotes_belong_to_the_text(tmp_path: Path) -> None:
    found = _csv(tmp_path, 'id,text\r\n1,"第一段,\r\n增强""四个意识""\n第三段"\r\n2,文\r\n')
    assert _texts(found) == ['第一段,\r\n增强"四个意识"\n第三段', "文"]


def test_a_line_separator_inside_a_json_text_does_not_end_the_line(tmp_path: Path) -> None:
    found = _jsonl(tmp_path, '{"text": "第一段\u2028第二段\x85第三段"}\r\n{"text": "文"}\r\n')
    assert _texts(found) == ["第一段\u2028第二段\x85第三段", "文"]


def test_blank_lines_are_passed_over_and_still_counted(tmp_path: Path) -> None:
    found = _jsonl(tmp_path, '{"text": "甲"}\n\n  \n{"text": "乙"}\n')
    assert [row.location for row in found if isinstance(row, ReportRow)] == [
        "reports.jsonl line 1",
        "reports.jsonl line 4",
    ]
    found = _csv(tmp_path, "text,id\n甲,1\n\n,\n乙,2\n")
    assert [row.location for row in found if isinstance(row, ReportRow)] == [
        "reports.csv line 2",
        "reports.csv line 5",
    ]


def test_a_report_longer_than_any_cell_of_a_spreadsheet_is_read_whole(tmp_path: Path) -> None:
    long = "分管教育、卫生工作。" * 20_000
    assert _texts(_csv(tmp_path, f"id,text\n1,{long}\n")) == [long]


def test_the_encoding_is_told_though_a_character_lies_across_two_blocks(tmp_path: Path) -> None:
    # A character of three bytes: whatever the size of a block, some block ends inside of one.
    long = "县" * 800_000
    for shift in ("", "a", "ab"):
        assert _texts(_csv(tmp_path, f"text\n{shift}{long}\n")) == [shift + long]


def test_the_encoding_is_told_though_only_the_end_is_chinese(tmp_path: Path) -> None:
    long = "a" * 1_200_000
    assert _texts(_csv(tmp_path, f"text\n{long}县\n", "gb18030")) == [f"{long}县"]


def test_a_sheet_in_big5_is_read(tmp_path: Path) -> None:
    text = "2023年，我分管教育、衛生健康工作，全面完成了年度目標任務。"
    assert _texts(_csv(tmp_path, f"text\n{text}\n", "big5")) == [text]


@pytest.mark.parametrize("name", ["reports.csv", "reports.jsonl"])
def test_a_byte_of_no_encoding_costs_no_more_than_its_own_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    lines = ["text", "甲乡", "乙@乡", "丙乡"]
    if name.endswith(".jsonl"):
        lines = [f'{{"text": "{line}"}}' for line in lines[1:]]
    path.write_bytes("\n".join(lines).encode("gb18030").replace(b"@", b"\xff"))
    texts = _texts([row for _, row in row_files.read_rows(path)])
    assert (texts[0], texts[2]) == ("甲乡", "丙乡")
    assert (texts[1][0], texts[1][-1]) == ("乙", "乡")


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('{"text": "没有完', "JSON"),
        ("不是对象", "JSON"),
        ('["text", "文"]', "JSON object"),
        ('"文"', "JSON object"),
        ("[" * 100_000, "JSON"),
        ('{"text": ["第一段", "第二段"]}', "text is not a string"),
        ('{"text": "文", "年份": {"起": 2021}}', "年份 is not a string"),
        ('{"id": 3}', "no text"),
        ('{"text": null}', "no text"),
        ('{"text": " 　\\n"}', "no text"),
    ],
)
def test_a_json_line_that_is_no_report_fails_alone(tmp_path: Path, bad: str, says: str) -> None:
    before, failure, after = _jsonl(tmp_path, f'{{"text": "甲"}}\n{bad}\n{{"text": "乙"}}\n')
    assert _texts([before, after]) == ["甲", "乙"]
    assert isinstance(failure, Failure)
    assert failure.source == "reports.jsonl line 2"
    assert says in failure.reason
    assert len(failure.reason.splitlines()) == 1


def test_a_csv_row_without_text_fails_alone_and_says_which_column_is_needed(
    tmp_path: Path,
) -> None:
    found = _csv(tmp_path, "id,正文\n1,甲\n2,\n3\n4,乙\n")
    assert _texts(found) == ["甲", "乙"]
    failures = [row for row in found if isinstance(row, Failure)]
    assert [failure.source for failure in failures] == ["reports.csv line 3", "reports.csv line 4"]
    for failure in failures:
        assert "正文" in failure.reason


def test_a_csv_file_with_nothing_in_it_is_refused_as_empty(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="empty"):
        _csv(tmp_path, "")


def test_a_csv_file_with_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert _csv(tmp_path, "id,text\n") == []


def test_a_quote_that_never_ends_is_reported_after_the_rows_before_it(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text('id,text\n1,甲\n2,"乙\n3,丙\n', encoding="utf-8")
    found = row_files.read_rows(path)
    assert next(found)[1] == ReportRow("reports.csv line 2", "1", "甲", {})
    with pytest.raises(ExtractError, match=r"line \d.*not valid CSV") as caught:
        next(found)
    assert len(str(caught.value).splitlines()) == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_a_csv_writer_wrote_is_read_back(tmp_path: Path, cells: list[tuple[str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows([("text", "official"), *cells])
    expected = [(text.strip(), person.strip()) for text, person in cells if text.strip()]
    found = [
        row for row in _csv(tmp_path, stream.getvalue(), "utf-8-sig") if isinstance(row, ReportRow)
    ]
    assert [(row.text, row.fields.get("official", "")) for row in found] == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(CELL, CELL), max_size=5), escaped=st.booleans())
def test_what_a_json_writer_wrote_is_read_back(
    tmp_path: Path, cells: list[tuple[str, str]], *, escaped: bool
) -> None:
    lines = [
        json.dumps({"text": text, "official": person}, ensure_ascii=escaped)
        for text, person in cells
    ]
    expected = [(text.strip(), person.strip()) for text, person in cells if text.strip()]
    found = [row for row in _jsonl(tmp_path, "\n".join(lines)) if isinstance(row, ReportRow)]
    assert [(row.text, row.fields.get("official", "")) for row in found] == expected


def _sidecar(tmp_path: Path, text: str, encoding: str = "utf-8") -> metadata_csv.Sidecar:
    path = tmp_path / "metadata.csv"
    path.write_bytes(text.encode(encoding))
    return metadata_csv.read_sidecar(path)


def test_a_missing_sidecar_is_an_empty_one(tmp_path: Path) -> None:
    assert metadata_csv.read_sidecar(tmp_path / "metadata.csv") == metadata_csv.Sidecar({})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_sidecar_is_read_as_a_spreadsheet_saves_it(tmp_path: Path, encoding: str) -> None:
    text = "文件,年份,职务,official\r\n甲县/报告.docx,2023,副县长,\r\n乙.txt,,, 某某 \r\n"
    assert _sidecar(tmp_path, text, encoding) == metadata_csv.Sidecar(
        {"甲县/报告.docx": {"year": "2023", "post": "副县长"}, "乙.txt": {"official": "某某"}}
    )


def test_the_sidecar_may_name_files_with_backslashes(tmp_path: Path) -> None:
    assert _sidecar(tmp_path, "id,year\n甲县\\2023\\报告.docx,2023\n").rows == {
        "甲县/2023/报告.docx": {"year": "2023"}
    }


def test_an_unknown_column_of_the_sidecar_is_reported_with_the_known_ones(tmp_path: Path) -> None:
    sidecar = _sidecar(tmp_path, "id,yaer,,年份\na.txt,2022,,2023\n")
    assert sidecar.rows == {"a.txt": {"year": "2023"}}
    assert sidecar.problems == ()
    (ignored,) = sidecar.ignored
    assert (ignored.report, ignored.field) == ("metadata.csv", "yaer")
    for word in ("id", "year", "post", "region"):
        assert word in ignored.reason


def test_a_table_without_a_text_column_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,电话\n甲,1\n乙,2\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="the column text"):
        list(row_files.read_rows(path))


def test_a_sidecar_row_without_an_id_is_reported_with_its_line(tmp_path: Path) -> None:
    sidecar = _sidecar(tmp_path, "id,year\na.txt,2023\n,2022\n")
    assert sidecar.rows == {"a.txt": {"year": "2023"}}
    (problem,) = sidecar.problems
    assert problem.source == "metadata.csv line 3"
    assert "id" in problem.reason


def test_of_two_sidecar_rows_for_one_report_the_first_holds_and_the_second_is_reported(
    tmp_path: Path,
) -> None:
    sidecar = _sidecar(tmp_path, "id,year\n甲/a.txt,2023\n甲\\a.txt,2022\n")
    assert sidecar.rows == {"甲/a.txt": {"year": "2023"}}
    (problem,) = sidecar.problems
    assert problem.source == "metadata.csv line 3"
    assert "甲/a.txt" in problem.reason


def test_a_broken_sidecar_stops_the_run_and_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match=r"metadata\.csv: line \d") as caught:
        _sidecar(tmp_path, 'id,year\na.txt,"2023\n')
    assert len(str(caught.value).splitlines()) == 1


def test_a_line_that_no_memory_should_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_files, "_MAX_LINE_CHARS", 1_000)
    (tmp_path / "a.jsonl").write_text('{"text": "' + "民" * 2_000 + '"}', encoding="utf-8")
    (tmp_path / "b.csv").write_text('text\n"' + "民" * 2_000 + '"\n', encoding="utf-8")
    with Archive.in_memory() as archive:
        found = archive.index(tmp_path)
    assert [failure.source for failure in found.failed] == ["a.jsonl", "b.csv"]
    assert all("million characters; split it" in failure.reason for failure in found.failed)


def test_of_rows_that_cannot_be_read_so_many_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportsearch.indexing.run._MAX_FAILED_ROWS", 3)
    (tmp_path / "a.jsonl").write_text("nonsense\n" * 50, encoding="utf-8")
    with Archive.in_memory() as archive:
        found = archive.index(tmp_path)
    assert len(found.failed) == 5
    assert "the rest was skipped" in found.failed[-1].reason
