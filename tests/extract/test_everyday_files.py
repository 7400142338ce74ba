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
from tests.extract.docx.numbered_lists import (
    REPORT,
    SECTION,
    ilvl_xml,
    in_list,
    labels_of,
    list_xml,
    num_id,
    restart_at,
    style_xml,
    with_style,
)
from tests.extract.docx.word_files import (
    LISTS,
    numbered,
    paragraph,
    table_cell,
    text_run,
    word_file,
    word_table,
)


@pytest.mark.parametrize(
    "wrapped",
    [
        f'<w:ins w:id="1" w:author="x">{text_run("2023年")}</w:ins>',
        f'<w:moveTo w:id="1" w:author="x">{text_run("2023年")}</w:moveTo>',
        f'<w:smartTag w:uri="u" w:element="chsdate">{text_run("2023年")}</w:smartTag>',
        f"<w:sdt><w:sdtContent>{text_run('2023年')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr="DATE">{text_run("2023年")}</w:fldSimple>',
    ],
)
def test_text_inside_a_wrapper_is_read(wrapped: str) -> None:
    assert read(word_file(f"<w:p>{wrapped}{text_run('工作')}</w:p>")) == "2023年工作"


def test_paragraphs_inside_a_content_control_are_read() -> None:
    assert (
        read(
            word_file(
                f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>", paragraph("乙")
            )
        )
        == "甲\n乙"
    )


_TOP, _BELOW = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_merged_down_rows_stands_once_and_takes_one_number() -> None:
    table = word_table(
        [table_cell(numbered("分管"), properties=_TOP), table_cell(paragraph("教育"))],
        [table_cell(paragraph(""), properties=_BELOW), table_cell(paragraph("卫生"))],
    )
    assert read(word_file(table, numbered("后"), lists=LISTS)).split() == [
        "一、分管",
        "教育",
        "卫生",
        "二、后",
    ]


def test_a_merged_cell_without_a_beginning_does_not_spoil_the_file() -> None:
    assert "教育" in read(
        word_file(
            word_table(
                [table_cell(paragraph("甲"), properties=_BELOW), table_cell(paragraph("教育"))]
            )
        )
    )


def test_a_line_break_in_a_cell_stays_on_the_line_of_its_row() -> None:
    cell = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    assert (
        "\n"
        not in read(word_file(word_table([table_cell(cell), table_cell(paragraph("丙"))]))).strip()
    )


def test_damaged_bytes_are_refused() -> None:
    data = bytearray(word_file(paragraph("甲")))
    at = data.index(b"word/document.xml") + 40
    data[at] ^= 0xFF
    data[at + 1] ^= 0xFF
    with pytest.raises(ExtractError):
        read(bytes(data))


@pytest.mark.parametrize("field", ["flags", "method"])
def test_a_zip_of_an_unknown_kind_is_refused(field: str) -> None:
    data = bytearray(word_file(paragraph("甲")))
    for sign, shift in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = data.find(sign)
        while at >= 0:
            data[at + shift + (6 if field == "flags" else 8)] = 1 if field == "flags" else 99
            at = data.find(sign, at + 4)
    with pytest.raises(ExtractError):
        read(bytes(data))


def test_rubbish_instead_of_relations_is_refused() -> None:
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(word_file(paragraph("甲")))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            new.writestr(name, b"<a/>" if name == "_rels/.rels" else old.read(name))
    with pytest.raises(ExtractError):
        read(made.getvalue())


def test_a_style_may_change_only_the_level_of_the_style_it_is_based_on() -> None:
    styles = style_xml("标题1", num_id(1)) + style_xml("标题2", ilvl_xml(1), based_on="标题1")
    assert labels_of(REPORT, with_style("标题1"), with_style("标题2"), styles=styles) == [
        "一、",
        "（一）",
    ]


def test_a_style_has_the_level_that_names_the_style_it_is_based_on() -> None:
    lists = REPORT.replace('w:val="（%2）"/>', 'w:val="（%2）"/><w:pStyle w:val="标题2"/>')
    styles = style_xml("标题2", num_id(1)) + style_xml("加粗", based_on="标题2")
    assert labels_of(lists, SECTION, with_style("标题2"), with_style("加粗"), styles=styles) == [
        "一、",
        "（一）",
        "（二）",
    ]


def test_a_part_begins_anew_with_the_start_of_its_own_list() -> None:
    lists = REPORT + list_xml(2, more=restart_at(1, 5))
    two, part = in_list(2), in_list(2, 1)
    assert labels_of(lists, two, part, part, two, part) == [
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
