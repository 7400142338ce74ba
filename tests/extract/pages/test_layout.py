from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.extract.pages.layout import Glyph, LayoutPage, Rule, analyse_page, build_text
from reportsearch.extract.pages.layout.join_lines import join_lines
from reportsearch.extract.pages.layout.lines import build_rows, is_wide

WIDTH, HEIGHT = 600.0, 800.0
LEFT, RIGHT = 60.0, 540.0
SIZE = 16.0
"""30 Chinese characters fill a line."""


def _written(text: str, x: float = LEFT, y: float = 200.0, size: float = SIZE) -> list[Glyph]:
    """Characters on a line whose upper edge is y."""
    glyphs = []
    for char in text:
        width = size if is_wide(char) else size / 2
        glyphs.append(Glyph(char, x, y, x + width, y + size))
        x += width
    return glyphs


def _set(
    text: str, y: float, indent: int = 2, pitch: float = 28, per_line: int = 30
) -> list[Glyph]:
    """A paragraph as a word processor sets it, its first line indented."""
    glyphs: list[Glyph] = []
    x = LEFT + indent * SIZE
    for char in text:
        if x > LEFT + (per_line - 0.5) * SIZE:
            x, y = LEFT, y + pitch
        glyphs += _written(char, x, y)
        x = glyphs[-1].x1
    return glyphs


def _page(
    *parts: list[Glyph], rules: list[Rule] | None = None, scanned: bool = False
) -> LayoutPage:
    glyphs = [glyph for part in parts for glyph in part]
    return LayoutPage(WIDTH, HEIGHT, glyphs, rules or [], scanned)


def _read(*pages: LayoutPage) -> list[str]:
    return build_text([analyse_page(page) for page in pages]).split("\n")


def _chinese(count: int, start: int = 0) -> str:
    """So many characters, no two the same."""
    return "".join(chr(0x4E00 + start + i) for i in range(count))


def _box(xs: list[float], ys: list[float]) -> list[Rule]:
    level = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return level + [Rule(x, ys[0], x, ys[-1]) for x in xs]


# Lines


def test_characters_are_put_in_order_whatever_their_order_in_the_file() -> None:
    glyphs = _written("后一行", y=230) + _written("前", x=60) + _written("一行", x=76)
    assert _read(_page(list(reversed(glyphs)))) == ["前一行", "后一行"]


def test_full_width_spaces_and_characters_are_kept() -> None:
    assert _read(_page(_written("　　甲县　周某某（２０２３）"))) == [
        "　　甲县　周某某（２０２３）"
    ]


def test_latin_words_that_the_file_sets_apart_are_words() -> None:
    glyphs = _written("deep") + _written("blue", x=LEFT + 4 * 8 + 4)
    assert _read(_page(glyphs)) == ["deep blue"]


def test_the_gap_between_chinese_and_latin_is_no_space() -> None:
    glyphs = _written("于") + _written("2023", x=80) + _written("年", x=116)
    assert _read(_page(glyphs)) == ["于2023年"]


def test_a_character_drawn_twice_to_look_bold_is_one() -> None:
    assert _read(_page(_written("述职"), _written("述职", x=LEFT + 0.4))) == ["述职"]


def test_a_character_written_twice_is_two() -> None:
    assert _read(_page(_written("谢谢大家"))) == ["谢谢大家"]


def test_a_title_whose_characters_are_spread_is_one_text() -> None:
    glyphs = [g for i, char in enumerate("工作报告") for g in _written(char, x=100 + i * 40)]
    assert _read(_page(glyphs)) == ["工作报告"]


@given(st.text("一二三，。（）2023ab 　", max_size=40))
def test_no_character_is_lost_or_made_up(text: str) -> None:
    rows = build_rows(_written(text))
    found = "".join(segment.text for row in rows for segment in row)
    assert "".join(found.split()) == "".join(text.split())


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("一，a1 　\x02\u00ad"),
            st.floats(-1000, 2000),
            st.floats(-1000, 2000),
            st.floats(0, 50),
            st.floats(0, 50),
        ),
        max_size=30,
    ),
    st.lists(st.tuples(st.floats(0, 600), st.floats(0, 800), st.floats(0, 600)), max_size=8),
)
def test_characters_and_lines_anywhere_make_some_text(
    places: list[tuple[str, float, float, float, float]], lines: list[tuple[float, float, float]]
) -> None:
    glyphs = [Glyph(char, x, y, x + w, y + h) for char, x, y, w, h in places]
    rules = [Rule(min(x, to), y, max(x, to), y) for x, y, to in lines]
    rules += [Rule(y, min(x, to), y, max(x, to)) for x, y, to in lines]
    page = LayoutPage(WIDTH, HEIGHT, glyphs, rules)
    build_text([analyse_page(page), analyse_page(page)])


# Paragraphs


def test_the_lines_of_a_paragraph_are_joined_without_a_space() -> None:
    text = _chinese(70)
    assert _read(_page(_set(text, 200))) == [text]


def test_a_line_that_is_indented_begins_a_paragraph_even_after_a_full_line() -> None:
    first, second = _chinese(58), _chinese(40, 100)
    assert _read(_page(_set(first, 200), _set(second, 256))) == [first, second]


def test_without_indents_a_line_that_ended_short_ends_the_paragraph() -> None:
    first, second = _chinese(50), _chinese(50, 100)
    page = _page(_set(first, 200, indent=0), _set(second, 256, indent=0))
    assert _read(page) == [first, second]


def test_a_line_that_had_no_room_for_the_next_word_did_not_end_short() -> None:
    first, rest = _chinese(27) + "于", "2021年" + _chinese(20, 100)
    page = _page(_written(_chinese(30, 200), y=172), _written(first, y=200), _written(rest, y=228))
    assert _read(page)[-1].endswith(first + rest)


def test_a_number_at_the_beginning_of_a_line_begins_a_paragraph_where_nothing_is_indented() -> None:
    first, second = _chinese(59) + "。", "（二）" + _chinese(40, 100)
    page = _page(_set(first, 200, indent=0), _set(second, 256, indent=0))
    assert _read(page) == [first, second]


def test_headings_are_paragraphs_of_their_own() -> None:
    page = _page(
        _written("述职报告", x=256, y=120, size=22),
        _set("一、工作情况", 170),
        _set(_chinese(45), 198),
        _set("二、存在问题", 254),
    )
    assert _read(page) == ["述职报告", "一、工作情况", _chinese(45), "二、存在问题"]


def test_a_title_on_two_lines_is_one_paragraph() -> None:
    page = _page(
        _written(_chinese(22), x=58, y=120, size=22),
        _written("报告", x=278, y=152, size=22),
        _set(_chinese(75, 100), 200),
    )
    assert _read(page) == [_chinese(22) + "报告", _chinese(75, 100)]


def test_a_signature_and_a_date_on_the_right_are_not_joined() -> None:
    page = _page(
        _set(_chinese(75), 200),
        _written("甲县人民政府", x=RIGHT - 6 * SIZE, y=300),
        _written("2023年1月6日", x=RIGHT - 6 * SIZE, y=328),
    )
    assert _read(page)[1:] == ["甲县人民政府", "2023年1月6日"]


def test_an_item_whose_lines_hang_is_one_paragraph() -> None:
    text = _chinese(28)
    page = _page(
        _written("1." + text, x=LEFT),
        _written(_chinese(29, 100), x=LEFT + SIZE, y=228),
        _written(_chinese(10, 200), x=LEFT + SIZE, y=256),
        _written("2." + _chinese(20, 300), x=LEFT, y=284),
    )
    found = _read(page)
    assert found == ["1." + text + _chinese(29, 100) + _chinese(10, 200), "2." + _chinese(20, 300)]


def test_space_between_paragraphs_parts_them_even_after_a_full_line() -> None:
    first, second, third = _chinese(60), _chinese(60, 100), _chinese(40, 200)
    page = _page(
        _set(first, 100, indent=0), _set(second, 176, indent=0), _set(third, 252, indent=0)
    )
    assert _read(page) == [first, second, third]


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    text = _chinese(88)
    glyphs = _set(text, 100)
    split = next(i for i, glyph in enumerate(glyphs) if glyph.top > 110)
    second = [
        glyph._replace(top=glyph.top - 28, bottom=glyph.bottom - 28) for glyph in glyphs[split:]
    ]
    assert _read(_page(glyphs[:split]), _page(second)) == [text]


def test_punctuation_may_hang_beyond_the_edge() -> None:
    first = _chinese(28) + "，" + _chinese(30, 100)
    glyphs = _set(_chinese(28), 200) + _written("，", x=RIGHT, y=200)
    glyphs += _written(_chinese(30, 100), y=228) + _written(_chinese(12, 200), y=256)
    assert _read(_page(glyphs)) == [first + _chinese(12, 200)]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("工作", "报告", "工作报告"),
        ("the deep", "blue sea", "the deep blue sea"),
        ("于", "2023年", "于2023年"),
        ("共20", "23年", "共2023年"),
        ("PM2.5 ", "均值", "PM2.5均值"),
        ("well-", "known", "well-known"),
        ("re\u00ad", "port", "report"),
        ("COVID\u00ad", "19", "COVID-19"),
        ("工作。", "　　下", "工作。下"),
        ("", "下", "下"),
    ],
)
def test_how_the_text_of_two_lines_is_joined(before: str, after: str, whole: str) -> None:
    assert join_lines(before, after) == whole


# Page numbers, running heads, footnotes


@pytest.mark.parametrize(
    "number",
    [
        "— 1 —",
        "- 1 -",
        "－１－",
        "第1页",
        "第 1 页 共 9 页",
        "1/9",
        "1",
        "第一页",
        "·1·",
        "Page 1 of 9",
    ],
)
def test_page_numbers_are_dropped(number: str) -> None:
    page = _page(_set(_chinese(70), 200), _written(number, x=280, y=750))
    assert _read(page) == [_chinese(70)]


@pytest.mark.parametrize("number", ["— 1 —", "1", "第1页"])
def test_what_looks_like_a_page_number_within_the_text_is_kept(number: str) -> None:
    page = _page(_set(_chinese(45), 200), _written(number, x=280, y=300), _set("谢谢大家", 400))
    assert number in _read(page)


def _book(heads: list[str], y: float = 40, size: float = 10) -> list[str]:
    pages = [
        _page(_set(_chinese(75, 200 * i), 120), _written(head, x=200, y=y, size=size))
        for i, head in enumerate(heads)
    ]
    return _read(*pages)


def test_running_heads_are_dropped() -> None:
    assert len(_book(["述职材料汇编"] * 4)) == 4


def test_running_heads_of_even_and_odd_pages_are_dropped() -> None:
    assert len(_book(["述职材料汇编", "甲县人民政府"] * 3)) == 6


@pytest.mark.parametrize("first", [0, 1])
def test_a_running_head_on_half_of_the_even_or_odd_pages_is_dropped(first: int) -> None:
    heads = [f"第{sign}县情况" for sign in "甲乙丙丁戊己庚辛"]
    heads[first] = heads[first + 4] = "述职材料汇编"
    assert "述职材料汇编" not in _book(heads)
    # On as many pages, but not all of one kind.
    heads[first + 4], heads[first + 5] = "壬县情况", "述职材料汇编"
    assert _book(heads).count("述职材料汇编") == 2


def test_running_heads_with_the_page_number_in_them_are_dropped() -> None:
    assert len(_book([f"述职材料 第{i}页 2023年" for i in range(7, 11)])) == 4


def test_a_line_at_the_edge_that_differs_from_page_to_page_is_kept() -> None:
    assert len(_book(["甲镇情况", "乙镇情况", "丙镇情况"])) == 6


def test_lines_that_differ_in_numbers_that_do_not_count_pages_are_kept() -> None:
    assert len(_book(["完成12项", "完成31项", "完成7项"])) == 6


def test_a_title_that_comes_again_on_each_page_is_kept() -> None:
    assert _book(["述职报告", "述职报告"], y=70, size=22).count("述职报告") == 2


def test_footnotes_come_after_the_text_under_their_numbers() -> None:
    raised = [Glyph("1", LEFT + 6 * SIZE, 196, LEFT + 6 * SIZE + 4, 204)]
    first = _page(
        _written("检查工地96个", x=LEFT), raised, _written("，全部合格。", x=LEFT + 6 * SIZE + 5),
        _set(_chinese(60), 228),
        _written("1 含农村工地。", y=700, size=10),
    )  # fmt: skip
    second = _page(_set(_chinese(40, 100), 120))
    found = _read(first, second)
    assert found[0] == "检查工地96个[1]，全部合格。"
    assert found[-1] == "[1] 含农村工地。"


def test_a_raised_number_without_a_footnote_is_kept_as_it_is() -> None:
    raised = [Glyph("2", LEFT + 3 * SIZE, 196, LEFT + 3 * SIZE + 4, 204)]
    page = _page(_written("面积5m"), raised, _written("的房屋", x=LEFT + 3 * SIZE + 5))
    assert _read(page) == ["面积5m2的房屋"]


# Columns


def _two_columns(offset: float = 0.0, lines: int = 8) -> LayoutPage:
    glyphs: list[Glyph] = []
    for i in range(lines):
        glyphs += _written(_chinese(14, 14 * i), y=200 + 24 * i)
        glyphs += _written(_chinese(14, 1000 + 14 * i), x=LEFT + 16 * SIZE, y=200 + offset + 24 * i)
    return _page(_written("述职简报", x=256, y=120, size=22), glyphs)


@pytest.mark.parametrize("offset", [0.0, 3.0, 8.0, 12.0])
def test_columns_are_read_one_after_the_other_below_their_title(offset: float) -> None:
    found = "".join(_read(_two_columns(offset)))
    assert found == "述职简报" + _chinese(14 * 8) + _chinese(14 * 8, 1000)


def test_the_last_lines_of_columns_are_in_columns_too() -> None:
    second = _two_columns()
    left = _set(_chinese(70), 100, indent=0, per_line=14)
    right = _written("述职人周某某", x=LEFT + 18 * SIZE, y=100)
    found = "".join(_read(second, _page(left, right)))
    assert found.endswith(_chinese(70) + "述职人周某某")


def test_a_ruled_table_in_a_column_stays_in_its_column() -> None:
    page = _two_columns(lines=10)
    inside = [glyph for glyph in page.glyphs if not (glyph.x0 < 290 and 260 < glyph.top < 330)]
    cells = _written("甲", x=70, y=275) + _written("乙", x=190, y=275)
    table = LayoutPage(WIDTH, HEIGHT, inside + cells, _box([LEFT, 170, 284], [262, 330]))
    found = _read(table)
    assert found.index("甲\t乙") == 2
    assert found[-1].endswith(_chinese(140, 1000))


# Tables


def _cells(*rows: list[str], y: float = 200, step: float = 30, width: float = 120) -> list[Glyph]:
    return [
        glyph
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
        for glyph in _written(text, x=LEFT + 6 + j * width, y=y + 7 + i * step)
    ]


def test_the_rows_of_a_ruled_table_are_lines_with_tabulators() -> None:
    rules = _box([60, 180, 300], [200, 230, 260])
    page = _page(_set("见下表：", 150), _cells(["项目", "金额"], ["学校", "200万元"]), rules=rules)
    assert _read(page) == ["见下表：", "项目\t金额", "学校\t200万元"]


def test_an_empty_cell_keeps_its_place() -> None:
    rules = _box([60, 180, 300, 420], [200, 230, 260])
    page = _page(_cells(["甲", "", "乙"], ["", "丙", ""]), rules=rules)
    assert _read(page) == ["甲\t\t乙", "\t丙\t"]


def test_the_lines_of_a_cell_are_joined_and_its_paragraphs_kept_apart() -> None:
    first = _written("全部完成年度", x=66, y=207) + _written("任务", x=66, y=227)
    second = _written("甲线", x=186, y=207) + _written("乙线", x=186, y=227)
    page = _page(first, second, rules=_box([60, 180, 300], [200, 260]))
    assert _read(page) == ["全部完成年度任务\t甲线 乙线"]


def test_of_merged_cells_the_first_has_the_text() -> None:
    rules = [
        Rule(60, 200, 300, 200), Rule(180, 230, 300, 230), Rule(60, 260, 300, 260),
        Rule(60, 290, 300, 290), Rule(60, 200, 60, 290), Rule(180, 200, 180, 260),
        Rule(300, 200, 300, 290),
    ]  # fmt: skip
    page = _page(_cells(["建设", "公路"], ["", "桥梁"], ["合计两项", ""]), rules=rules)
    assert _read(page) == ["建设\t公路", "\t桥梁", "合计两项"]


def test_a_frame_around_text_is_no_table() -> None:
    text = _chinese(70)
    assert _read(_page(_set(text, 200), rules=_box([50, 550], [180, 300]))) == [text]


def test_a_table_with_open_sides_is_one() -> None:
    rules = [Rule(60, y, 300, y) for y in (200, 230, 260)] + [Rule(180, 200, 180, 260)]
    page = _page(_cells(["项目", "金额"], ["学校", "200万元"]), rules=rules)
    assert _read(page) == ["项目\t金额", "学校\t200万元"]


def test_the_header_that_is_repeated_on_the_next_page_comes_once() -> None:
    rules = _box([60, 180, 300], [200, 230, 260])
    first = _page(_cells(["村名", "票数"], ["东岗村", "28"]), rules=rules)
    second = _page(_cells(["村名", "票数"], ["西岗村", "30"]), rules=rules)
    assert _read(first, second) == ["村名\t票数", "东岗村\t28", "西岗村\t30"]


def test_a_row_that_is_broken_between_pages_is_one() -> None:
    rules = _box([60, 180, 300], [200, 230])
    first = _page(_cells(["臭氧浓度平均", "156"]), rules=rules)
    second = _page(_cells(["值（微克）", ""]), rules=rules)
    assert _read(first, second) == ["臭氧浓度平均值（微克）\t156"]


def test_rows_that_are_aligned_are_a_table_without_lines() -> None:
    page = _page(_cells(["村名", "票数", "比例"], ["东岗村", "", "90%"], ["西岗村", "30", "85%"]))
    assert _read(page) == ["村名\t票数\t比例", "东岗村\t\t90%", "西岗村\t30\t85%"]


def test_the_second_line_of_a_cell_half_a_line_off_belongs_to_the_row() -> None:
    page = _page(
        _cells(["序号", "项目名称", "备注"]),
        _written("1", x=66, y=247), _written("乡村公路提", x=186, y=239),
        _written("升", x=186, y=255), _written("完工", x=306, y=247),
    )  # fmt: skip
    assert _read(page) == ["序号\t项目名称\t备注", "1\t乡村公路提升\t完工"]


def test_a_single_line_with_a_wide_gap_has_a_tabulator() -> None:
    page = _page(_written("甲县", y=200), _written("2023年", x=300, y=200), _set(_chinese(70), 240))
    assert _read(page) == ["甲县\t2023年", _chinese(70)]


# Scans


def test_the_pages_of_a_scan_may_lie_elsewhere_on_the_paper() -> None:
    text = _chinese(238)
    glyphs = _set(text, 120)
    pages = []
    for number in range(3):
        shift = 12.0 * number
        part = [
            glyph._replace(x0=glyph.x0 + shift, x1=glyph.x1 + shift)
            for glyph in glyphs
            if number == int((glyph.top - 120) // 84)
        ]
        if number == 2:
            part = [
                glyph._replace(x0=glyph.x0 + shift, x1=glyph.x1 + shift)
                for glyph in glyphs
                if glyph.top >= 120 + 168
            ]
        pages.append(_page(part, scanned=True))
    assert _read(*pages) == [text]
