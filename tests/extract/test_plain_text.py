from __future__ import annotations

import codecs
import zipfile
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportsearch import extract
from reportsearch.errors import ExtractError
from reportsearch.extract import plain_text

REPORT = (
    "2023年度述职报告\r\n"
    "一、加强学习，提高政治站位\r\n"
    "（一）分管教育、卫生健康工作，全面完成了年度目标任务。\r\n"
    "二、推进重点工作\r\n"
    "新建学校2所，改造卫生院3家，群众满意度进一步提升。\r\n"
)

# The 3,755 characters of the first level of GB 2312.
_COMMON = "".join(
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFA if row == 0xD7 else 0xFF)
)
COMMON_TEXT = st.text(
    st.sampled_from(_COMMON + "，。、；：！？（）《》“”〔〕％①㈠0123456789 \t\r\n")
)

MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _reason(name: str, data: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        extract.read_trusted(data, name)
    return str(caught.value)


@given(COMMON_TEXT)
def test_text_in_utf8_comes_back_as_it_was(text: str) -> None:
    assert plain_text.read(text.encode("utf-8")) == text


@pytest.mark.parametrize(("encoding", "mark"), MARKED, ids=[name for name, _ in MARKED])
@given(text=COMMON_TEXT)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(
    encoding: str, mark: bytes, text: str
) -> None:
    assert plain_text.read(mark + text.encode(encoding)) == text


@given(COMMON_TEXT)
def test_text_in_gb18030_comes_back_as_it_was(text: str) -> None:
    data = text.encode("gb18030")
    assume(text.isascii() or not _is_utf8(data))
    assert plain_text.read(data) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("联通", id="whose GB bytes have the pattern of UTF-8"),
        pytest.param("某村㙍塘组𠮷某䶮", id="rare characters of names and places, four bytes each"),
        pytest.param("臺灣與說明", id="traditional characters, in GBK but not in GB 2312"),
        pytest.param("述", id="a single character"),
    ],
)
def test_gb18030_is_read_in_full_and_before_any_guess(text: str) -> None:
    assert plain_text.read(text.encode("gb18030")) == text


TRADITIONAL = "2023年度述職報告\r\n一、加強學習，提高政治站位\r\n（一）分管教育、衛生健康工作，全面完成了年度目標任務。\r\n"


@pytest.mark.parametrize("encoding", ["big5", "gb18030"])
def test_traditional_characters_are_read_in_both_encodings(encoding: str) -> None:
    assert plain_text.read(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_a_slip_in_big5_does_not_make_another_encoding_of_it() -> None:
    broken = TRADITIONAL.encode("big5") + "衛生".encode("big5")[:-1]
    assert plain_text.read(broken).startswith(TRADITIONAL)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_ascii(encoding: str) -> None:
    text = "2023年工作总结\r\n分管教育、卫生。\r\n"
    assert plain_text.read(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_in_a_report_with_chinese_numbers(encoding: str) -> None:
    # 一 is U+4E00: zero bytes stand on both sides of the pairs, and only a guess is left.
    assert plain_text.read((REPORT * 3).encode(encoding)) == REPORT * 3


@pytest.mark.parametrize(("encoding", "mark"), MARKED, ids=[name for name, _ in MARKED])
def test_a_marked_file_cut_inside_a_character_is_read_up_to_there(
    encoding: str, mark: bytes
) -> None:
    data = mark + REPORT.encode(encoding) + "完".encode(encoding)[:-1]
    assert plain_text.read(data).removesuffix("\ufffd") == REPORT


def test_form_feeds_of_old_printouts_do_not_make_a_text_binary() -> None:
    text = "第一页\f第二页\v续页\f" * 50
    assert plain_text.read(text.encode("gb18030")) == text


def test_a_stray_control_character_does_not_make_a_report_unreadable() -> None:
    text = f"{REPORT}\x07{REPORT}\x1a"
    assert plain_text.read(text.encode("utf-8")) == text


def _zip() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "".join(f"<w:t>第{n}段</w:t>" for n in range(500)))
    return made.getvalue()


OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD = OLD_WORD + bytes(512) + REPORT.encode("utf-16-le")
BINARIES = [
    pytest.param(OLD, "get it again", id="half an old .doc"),
    pytest.param(_zip(), "save it as .docx", id="a zip"),
    pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "convert it to PDF", id="a picture"),
    pytest.param(b"\x00\x01\x02\x03 abc \x04\x05\x06" * 50, "save it as", id="control codes"),
]


@pytest.mark.parametrize(("data", "advice"), BINARIES)
def test_a_binary_file_called_txt_is_refused_with_advice_on_one_line(
    data: bytes, advice: str
) -> None:
    reason = _reason("述职报告.txt", data)
    assert advice in reason
    assert len(reason.splitlines()) == 1


@pytest.mark.parametrize("name", ["a.txt", "a.TXT", "a.text", "a.md", "甲县.2023.Md"])
def test_a_text_file_may_have_its_suffix_in_any_case(name: str) -> None:
    assert extract.read_trusted(REPORT.encode("gb18030"), name).text == REPORT


def test_the_lines_of_a_text_file_need_not_be_paragraphs() -> None:
    assert not extract.read_trusted(REPORT.encode("utf-8"), "a.txt").lines_are_paragraphs


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.py", ".py"), ("a.xlsx", ".xlsx"), ("甲.县.LOG", ".log")],
)
def test_text_in_a_file_of_an_unknown_type_is_refused_by_naming_the_type_and_the_way_out(
    name: str, kind: str
) -> None:
    reason = _reason(name, REPORT.encode("utf-8"))
    assert kind in reason
    for known in (".txt", ".md", ".docx", ".jsonl", ".csv"):
        assert known in reason
    assert "save it as" in reason
    assert len(reason.splitlines()) == 1


@pytest.mark.parametrize("name", ["a", "a.doc", "a.docx", "a.pdf", "a.wps", "a.html"])
def test_text_is_read_whatever_report_its_name_promises(name: str) -> None:
    extracted = extract.read_trusted(REPORT.encode("gb18030"), name)
    assert (extracted.text, extracted.reader) == (REPORT, "text")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.docx"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_refused_as_empty(name: str, data: bytes) -> None:
    assert _reason(name, data) == "the file is empty"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(codecs.BOM_UTF8, id="nothing but a byte order mark"),
        pytest.param(codecs.BOM_UTF16_LE + "\r\n".encode("utf-16-le"), id="a UTF-16 line end"),
        pytest.param("　　\n　".encode("gb18030"), id="ideographic spaces"),
    ],
)
def test_a_file_with_nothing_to_read_is_refused(data: bytes) -> None:
    assert "no text" in _reason("a.txt", data)


def test_bytes_of_which_no_encoding_can_be_guessed_are_refused_with_the_remedy() -> None:
    data = bytes.fromhex(
        "e6f1c26b30f90ec7dd01e4887534a20f0b0d04c36ed80e71e0fd77b07670eb940bd3335f973daad8"
    )
    with pytest.raises(ExtractError, match="save it as UTF-8"):
        plain_text.decode(data)
