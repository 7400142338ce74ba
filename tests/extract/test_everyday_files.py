"""What clerks' files hold beyond the plain case: tracked changes, content controls, odd bytes."""

from __future__ import annotations

import codecs
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reportsearch.errors import ExtractError
from reportsearch.extract import row_files
from reportsearch.extract.docx.document import read
from reportsearch.extract.folder import find_report_files
from reportsearch.models.report import Failure
from tests.extract.docx.test_document import _LISTS, _cell, _numbered, _p, _run, _table, _word
from tests.extract.docx.test_numbering import (
    REPORT,
    SECTION,
    _ilvl,
    _in_list,
    _labels,
    _list,
    _num_id,
    _restart,
    _style,
    _styled,
)


@pytest.mark.parametrize(
    "wrapped",
    [
        f'<w:ins w:id="1" w:author="x">{_run("2023年")}</w:ins>',
        f'<w:moveTo w:id="1" w:author="x">{_run("2023年")}</w:moveTo>',
        f'<w:smartTag w:uri="u" w:element="chsdate">{_run("2023年")}</w:smartTag>',
        f"<w:sdt><w:sdtContent>{_run('2023年')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr="DATE">{_run("2023年")}</w:fldSimple>',
    ],
)
def test_text_inside_a_wrapper_is_read(wrapped: str) -> None:
    assert read(_word(f"<w:p>{wrapped}{_run('工作')}</w:p>")) == "2023年工作"


def test_paragraphs_inside_a_content_control_are_read() -> None:
    assert (
        read(_word(f"<w:sdt><w:sdtContent>{_p('甲')}</w:sdtContent></w:sdt>", _p("乙"))) == "甲\n乙"
    )


_TOP, _BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_merged_down_rows_stands_once_and_takes_one_number() -> None:
    table = _table(
        [_cell(_numbered("分管"), properties=_TOP), _cell(_p("教育"))],
        [_cell(_p(""), properties=_BELOW), _cell(_p("卫生"))],
    )
    assert read(_word(table, _numbered("后"), lists=_LISTS)).split() == [
        "一、分管",
        "教育",
        "卫生",
        "二、后",
    ]


def test_a_merged_cell_without_a_beginning_does_not_spoil_the_file() -> None:
    assert "教育" in read(_word(_table([_cell(_p("甲"), properties=_BELOW), _cell(_p("教育"))])))


def test_a_line_break_in_a_cell_stays_on_the_line_of_its_row() -> None:
    cell = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    assert "\n" not in read(_word(_table([_cell(cell), _cell(_p("丙"))]))).strip()


def test_damaged_bytes_are_refused() -> None:
    data = bytearray(_word(_p("甲")))
    at = data.index(b"word/document.xml") + 40
    data[at] ^= 0xFF
    data[at + 1] ^= 0xFF
    with pytest.raises(ExtractError):
        read(bytes(data))


@pytest.mark.parametrize("field", ["flags", "method"])
def test_a_zip_of_an_unknown_kind_is_refused(field: str) -> None:
    data = bytearray(_word(_p("甲")))
    for sign, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = data.find(sign)
        while at >= 0:
            data[at + shift + (6 if field == "flags" else 8)] = 1 if field == "flags" else 99
            at = data.find(sign, at + 4)
    with pytest.raises(ExtractError):
        read(bytes(data))


def test_rubbish_instead_of_relations_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(_word(_p("甲")))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<a/>" if name == "_rels/.rels" else old.read(name))
    with pytest.raises(ExtractError):
        read(made.getvalue())


def test_a_style_may_change_only_the_level_of_the_style_it_is_based_on() -> None:
    styles = _style("标题1", _num_id(1)) + _style("标题2", _ilvl(1), based_on="标题1")
    assert _labels(REPORT, _styled("标题1"), _styled("标题2"), styles=styles) == ["一、", "（一）"]


def test_a_style_has_the_level_that_names_the_style_it_is_based_on() -> None:
    lists = REPORT.replace('w:val="（%2）"/>', 'w:val="（%2）"/><w:pStyle w:val="标题2"/>')
    styles = _style("标题2", _num_id(1)) + _style("加粗", based_on="标题2")
    assert _labels(lists, SECTION, _styled("标题2"), _styled("加粗"), styles=styles) == [
        "一、",
        "（一）",
        "（二）",
    ]


def test_a_part_begins_anew_with_the_start_of_its_own_list() -> None:
    lists = REPORT + _list(2, more=_restart(1, 5))
    two, part = _in_list(2), _in_list(2, 1)
    assert _labels(lists, two, part, part, two, part) == [
        "一、",
        "（五）",
        "（六）",
        "二、",
        "（五）",
    ]


def test_enclosed_ideographs_are_written() -> None:
    from reportsearch.extract.docx.numbering import format_counter

    assert format_counter(1, "ideographEnclosedCircle") != "1"
    assert format_counter(1, "chineseLegalSimplified") == "壹"


def test_links_in_a_circle_do_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    (tmp_path / "b.txt").write_text("文", encoding="utf-8")
    assert "b.txt" in [found.name for found in find_report_files(tmp_path)]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_big_endian_utf16_rows(tmp_path: Path, name: str) -> None:
    text = "id,text\r\n7,文\r\n" if name == "a.csv" else '{"id": 7, "text": "文"}\n'
    path = tmp_path / name
    path.write_bytes(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    ((_, row),) = row_files.read_rows(path)
    assert isinstance(row, row_files.ReportRow)
    assert row.id == "7"


def test_a_row_with_more_cells_than_columns_is_not_cut_silently(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,分管教育,卫生工作\n", encoding="utf-8")
    ((_, row),) = row_files.read_rows(path)
    assert isinstance(row, Failure) or "卫生" in row.text


def test_a_text_that_is_a_list_is_not_read_as_python(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": ["第一段", "第二段"]}\n', encoding="utf-8")
    ((_, row),) = row_files.read_rows(path)
    assert isinstance(row, Failure) or "[" not in row.text


@pytest.mark.parametrize("where", ["inside", "at the end"])
def test_a_bad_byte_in_utf8_rows_does_not_garble_the_other_rows(tmp_path: Path, where: str) -> None:
    data = '{"text": "一、加强学习。"}\n{"text": "二、推进工作。"}\n{"text": "三、教育"}'.encode()
    at = data.index("推".encode()) + 3
    data = data[:at] + b"\xff" + data[at:] if where == "inside" else data[:-3]
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    first = next(row_files.read_rows(path))[1]
    assert isinstance(first, row_files.ReportRow)
    assert first.text == "一、加强学习。"
