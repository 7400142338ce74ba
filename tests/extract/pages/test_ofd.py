from __future__ import annotations

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.errors import ExtractError
from reportsearch.extract.pages import ofd
from reportsearch.extract.pages.ofd import read

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ROOT = (
    f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    "</ofd:OFD>"
)
_LEFT, _RIGHT, _SIZE = 30.0, 180.0, 5.0
_FULL = "建设高标准农田三千亩，新修机耕路十二公里，改造提灌站四座，受益农户九百"
"""A line of body text from margin to margin, after an indent of two characters."""


def _text(
    text: str, x: float, y: float, *, size: float = _SIZE, step: str | None = None, more: str = ""
) -> str:
    deltas = f"g {max(len(text) - 1, 1)} {size}" if step is None else step
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 6" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{deltas}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def _lines(*lines: str, top: float = 60.0) -> str:
    """Body lines one below the other; one that begins with a full-width blank is indented."""
    placed = []
    for number, line in enumerate(lines):
        indent = 2 * _SIZE if line.startswith("　") else 0.0
        placed.append(_text(line.strip("　"), _LEFT + indent, top + 9 * number))
    return "".join(placed)


def _page(inner: str, before: str = "") -> str:
    return (
        f"<ofd:Page {_SPACE}>{before}<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f'</ofd:Area><ofd:Content><ofd:Layer Type="Body">{inner}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _ofd(*pages: str, root: str = _ROOT, **others: str) -> bytes:
    entries = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("OFD.xml", root)
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {_SPACE}><ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        )
        for number, page in enumerate(pages):
            archive.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", page)
        for name, content in others.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_lines_are_joined_to_paragraphs_that_begin_with_an_indent() -> None:
    page = _page(_lines("　" + _FULL[:28], _FULL[:30], "人受益。", "　二、存在问题"))
    assert read(_ofd(page)).split("\n") == [_FULL[:28] + _FULL[:30] + "人受益。", "二、存在问题"]


def test_paragraphs_of_one_line_stay_apart() -> None:
    assert read(_ofd(_page(_lines("　一、甲", "　二、乙", "　三、丙")))) == "一、甲\n二、乙\n三、丙"


def test_a_full_line_before_an_indented_one_ends_its_paragraph() -> None:
    page = _page(_lines("　" + _FULL[:28], "　" + _FULL[:28], "　报告人"))
    assert read(_ofd(page)).split("\n") == [_FULL[:28], _FULL[:28], "报告人"]


def test_a_paragraph_goes_on_at_the_top_of_the_next_page() -> None:
    first = _page(_lines("　" + _FULL[:28], _FULL[:30]) + _text("— 1 —", 100, 278))
    second = _page(_lines("全部完工。", "　二、问题", top=40.0) + _text("— 2 —", 100, 278))
    assert read(_ofd(first, second)).split("\n") == [
        _FULL[:28] + _FULL[:30] + "全部完工。",
        "二、问题",
    ]


@pytest.mark.parametrize("number", ["— 3 —", "-3-", "3", "第3页", "第 3 页 共 5 页", "3/5"])
def test_a_page_number_is_left_out(number: str) -> None:
    assert read(_ofd(_page(_lines("　正文") + _text(number, 100, 280)))) == "正文"


def test_a_number_in_the_text_stays() -> None:
    assert read(_ofd(_page(_lines("　2023", "　正文")))) == "2023\n正文"


def test_a_line_at_the_top_of_three_pages_is_a_running_header() -> None:
    pages = [_page(_text("述职材料汇编", 90, 15) + _lines(f"　第{n}件事。")) for n in "一二三"]
    assert read(_ofd(*pages)) == "第一件事。\n第二件事。\n第三件事。"


def test_a_line_at_the_top_of_one_page_is_text() -> None:
    assert read(_ofd(_page(_text("附件一", 30, 15) + _lines("　正文")))) == "附件一\n正文"


def test_the_order_is_that_of_the_page_not_of_the_file() -> None:
    page = _page(_text("局长", 50, 60.05) + _text("正文", 30, 70) + _text("水利局", 35, 60))
    assert read(_ofd(page)) == "水利局局长\n正文"


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("g 3 5", "甲乙丙丁"),
        ("5 g 2 5", "甲乙丙丁"),
        ("5 10 5", "甲乙　丙丁"),
        ("5 30 5", "甲乙\t丙丁"),
    ],
)
def test_distances_are_read_with_their_repeats(step: str, expected: str) -> None:
    assert read(_ofd(_page(_text("甲乙丙丁", 30, 60, step=step)))) == expected


def test_a_table_row_is_a_line_with_tabs() -> None:
    rows = [("指标", "单位", "完成"), ("粮食", "万亩", "31.6")]
    page = _page(
        "".join(
            _text(cell, 40 + 40 * column, 60 + 9 * row, step="" if cell.isascii() else None)
            for row, cells in enumerate(rows)
            for column, cell in enumerate(cells)
        )
    )
    assert read(_ofd(page)) == "指标\t单位\t完成\n粮食\t万亩\t31.6"


def test_a_matrix_scales_and_moves_the_text() -> None:
    moved = _text("乙", 0, 0, size=1, more='CTM="5 0 0 5 35 56"', step="1").replace(
        'Y="4"', 'Y="1.6"'
    )
    assert read(_ofd(_page(moved + _text("甲", 30, 60)))) == "甲乙"


def test_a_watermark_across_the_page_is_left_out() -> None:
    mark = _text("内部资料", 60, 120, more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    assert read(_ofd(_page(mark + _lines("　正文")))) == "正文"


def test_text_drawn_twice_is_there_once() -> None:
    assert read(_ofd(_page(_text("述职", 30, 60) + _text("述职", 30.1, 60)))) == "述职"


def test_the_template_and_what_is_invisible_is_left_out() -> None:
    template = {"Doc_0/Tpls/Tpl_0/Content.xml": _page(_text("页眉", 30, 15))}
    hidden = _text("看不见", 30, 90, more='Visible="false"')
    page = _page(_lines("　正文") + hidden, before='<ofd:Template TemplateID="4"/>')
    assert read(_ofd(page, **template)) == "正文"


def test_text_in_nested_page_blocks_is_read() -> None:
    block = f"<ofd:PageBlock><ofd:PageBlock>{_lines('　正文')}</ofd:PageBlock></ofd:PageBlock>"
    assert read(_ofd(_page(block))) == "正文"


@pytest.mark.parametrize(
    "path", ["/Doc_0/Document.xml", "Doc_0\\Document.xml", "./doc_0/Document.xml"]
)
def test_paths_are_found_as_the_makers_write_them(path: str) -> None:
    assert (
        read(_ofd(_page(_lines("　正文")), root=_ROOT.replace("Doc_0/Document.xml", path)))
        == "正文"
    )


def test_an_encrypted_file_is_refused_with_the_remedy() -> None:
    root = _ROOT.replace("</ofd:OFD>", "<ofd:Encryptions>E.xml</ofd:Encryptions></ofd:OFD>")
    for data in (_ofd(_page(""), root=root), _ofd("\x93\x01\x7f\x12 no markup")):
        with pytest.raises(ExtractError, match=r"encrypted.*print it to PDF"):
            read(data)


def test_a_file_of_pictures_is_refused_with_the_remedy() -> None:
    with pytest.raises(ExtractError, match=r"only pictures.*PDF"):
        read(_ofd(_page('<ofd:ImageObject ResourceID="3"/>')))


def test_a_page_that_is_missing_is_no_shorter_report() -> None:
    entry = (
        f"<ofd:Document {_SPACE}><ofd:Pages><ofd:Page BaseLoc='x.xml'/></ofd:Pages></ofd:Document>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("OFD.xml", _ROOT)
        archive.writestr("Doc_0/Document.xml", entry)
    with pytest.raises(ExtractError, match="damaged"):
        read(stream.getvalue())


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "甲甲甲甲甲甲甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    text = read(_ofd(bomb + _page(_text("&b;", 30, 60) + _lines("　正文", top=90))))
    assert text == "正文"


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # A twentieth of what is allowed, so that the files are small.
    assert (ofd._MAX_UNPACKED_BYTES, ofd._MAX_PART_BYTES) == (200 << 20, 32 << 20)
    monkeypatch.setattr(ofd, "_MAX_UNPACKED_BYTES", 10 << 20)
    monkeypatch.setattr(ofd, "_MAX_PART_BYTES", 2 << 20)
    with pytest.raises(ExtractError, match="unpacks to over 10 MiB, or a page to over 2 MiB"):
        read(_ofd(_page(" " * (3 << 20))))
    large = _page(_lines("　正文") + 30 * (" " * (1 << 16) + "<a/>"))
    assert read(_ofd(large)) == "正文"
    with pytest.raises(ExtractError, match="unpacks to over 10 MiB"):
        read(_ofd(*[large] * 8))


def test_huge_repeats_and_odd_numbers_do_no_harm() -> None:
    for step in ("g 999999999 5", "g 5", "g x y", "1e99 1e99", "nan inf", "-"):
        assert "".join(read(_ofd(_page(_text("甲乙", 30, 60, step=step)))).split()) in {
            "甲乙",
            "乙甲",
        }


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("述职报告一二、。（）", min_size=1, max_size=60), min_size=1, max_size=12))
def test_no_character_of_the_page_is_lost(paragraphs: list[str]) -> None:
    lines = []
    for paragraph in paragraphs:
        lines.append("　" + paragraph[:28])
        lines.extend(paragraph[start : start + 30] for start in range(28, len(paragraph), 30))
    assert "".join(read(_ofd(_page(_lines(*lines, top=40.0)))).split()) == "".join(paragraphs)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_ofd(_page(_lines("　" + _FULL, "　二、问题"))))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with contextlib.suppress(ExtractError):
        read(bytes(whole[: data.draw(st.integers(1, len(whole)))]))
