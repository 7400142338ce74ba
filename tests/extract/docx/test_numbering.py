from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.extract.docx.numbering import Numbering
from tests.extract.docx.numbered_lists import (
    PART,
    POINT,
    REPORT,
    SECTION,
    abstract_list,
    ilvl_xml,
    in_list,
    labels_of,
    level_xml,
    list_xml,
    num_id,
    parse_element,
    restart_at,
    style_xml,
    with_style,
)

# Levels


def test_sections_and_parts_are_counted_and_parts_begin_anew_in_each_section() -> None:
    labels = labels_of(REPORT, SECTION, PART, PART, POINT, POINT, PART, POINT, SECTION, PART, POINT)
    assert labels == [
        "一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）", "1.",
    ]  # fmt: skip


def test_a_paragraph_without_properties_has_no_label() -> None:
    numbering = Numbering(parse_element("numbering", REPORT), parse_element("styles", ""))
    assert numbering.format_next_label(parse_element("p", "<w:r><w:t>文</w:t></w:r>")) == ""


def test_plain_paragraphs_between_do_not_disturb_the_count() -> None:
    assert labels_of(REPORT, SECTION, "", SECTION, '<w:jc w:val="left"/>', SECTION) == [
        "一、", "", "二、", "", "三、",
    ]  # fmt: skip


@given(st.lists(st.integers(0, 3), max_size=30))
def test_a_multilevel_list_counts_like_the_chapters_of_a_book(steps: list[int]) -> None:
    levels = [
        level_xml(depth, ".".join(f"%{n + 1}" for n in range(depth + 1)), "decimal")
        for depth in range(4)
    ]
    depths: list[int] = []
    for step in steps:  # a level is never skipped on the way down
        depths.append(min(step, depths[-1] + 1) if depths else 0)
    counts: list[int] = []
    expected = []
    for depth in depths:
        counts = [*counts, 0][: depth + 1]
        counts[depth] += 1
        expected.append(".".join(map(str, counts)))
    assert (
        labels_of(abstract_list(*levels) + list_xml(1), *(in_list(1, d) for d in depths))
        == expected
    )


def test_each_level_in_a_label_is_written_in_its_own_format() -> None:
    lists = abstract_list(level_xml(0, "第%1章"), level_xml(1, "%1.%2", "decimal")) + list_xml(1)
    assert labels_of(lists, SECTION, PART, PART, SECTION, PART) == [
        "第一章", "一.1", "一.2", "第二章", "二.1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("flag", "label"),
    [
        ("<w:isLgl/>", "1.1"),
        ('<w:isLgl w:val="1"/>', "1.1"),
        ('<w:isLgl w:val="true"/>', "1.1"),
        ('<w:isLgl w:val="0"/>', "一.1"),
        ('<w:isLgl w:val="false"/>', "一.1"),
        ('<w:isLgl w:val="off"/>', "一.1"),
    ],
)
def test_a_legal_level_writes_all_numbers_in_plain_digits(flag: str, label: str) -> None:
    lists = abstract_list(level_xml(0, "%1、"), level_xml(1, "%1.%2", "decimal", flag)) + list_xml(
        1
    )
    assert labels_of(lists, SECTION, PART) == ["一、", label]


def test_a_level_that_never_restarts_counts_on_through_all_sections() -> None:
    lists = abstract_list(
        level_xml(0, "%1、"),
        level_xml(1, "（%2）"),
        level_xml(2, "%3.", "decimal", '<w:lvlRestart w:val="0"/>'),
    ) + list_xml(1)
    assert labels_of(lists, SECTION, PART, POINT, POINT, PART, POINT, SECTION, PART, POINT) == [
        "一、", "（一）", "1.", "2.", "（二）", "3.", "二、", "（一）", "4.",
    ]  # fmt: skip


def test_a_level_can_restart_after_the_first_level_only() -> None:
    lists = abstract_list(
        level_xml(0, "%1、"),
        level_xml(1, "（%2）"),
        level_xml(2, "%3.", "decimal", '<w:lvlRestart w:val="1"/>'),
    ) + list_xml(1)
    assert labels_of(lists, SECTION, PART, POINT, PART, POINT, SECTION, PART, POINT) == [
        "一、", "（一）", "1.", "（二）", "2.", "二、", "（一）", "1.",
    ]  # fmt: skip


@pytest.mark.parametrize(("start", "labels"), [("3", ["3.", "4."]), ("0", ["0.", "1."])])
def test_a_level_begins_with_its_start(start: str, labels: list[str]) -> None:
    lists = abstract_list(level_xml(0, "%1.", "decimal", start=start)) + list_xml(1)
    assert labels_of(lists, SECTION, SECTION) == labels


def test_a_level_without_a_start_begins_with_nought() -> None:
    # ECMA-376 part 1, 17.9.25.
    lists = abstract_list('<w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl>') + list_xml(1)
    assert labels_of(lists, SECTION, SECTION) == ["0.", "1."]


def test_a_level_that_was_skipped_is_counted_as_begun() -> None:
    lists = abstract_list(
        level_xml(0, "%1", "decimal"),
        level_xml(1, "%1.%2", "decimal"),
        level_xml(2, "%1.%2.%3", "decimal"),
    ) + list_xml(1)
    assert labels_of(lists, SECTION, POINT, POINT, SECTION, POINT) == [
        "1", "1.1.1", "1.1.2", "2", "2.1.1",
    ]  # fmt: skip


def test_a_part_begins_anew_with_its_start() -> None:
    lists = abstract_list(level_xml(0, "%1、"), level_xml(1, "（%2）", start="3")) + list_xml(1)
    assert labels_of(lists, SECTION, PART, PART, SECTION, PART) == [
        "一、", "（三）", "（四）", "二、", "（三）",
    ]  # fmt: skip


# Lists


def test_two_lists_of_one_kind_count_on() -> None:
    lists = abstract_list(level_xml(0, "%1、")) + list_xml(1) + list_xml(2)
    assert labels_of(lists, in_list(1), in_list(2), in_list(1)) == ["一、", "二、", "三、"]


def test_a_list_told_to_start_again_does_so_once() -> None:
    lists = abstract_list(level_xml(0, "%1、")) + list_xml(1) + list_xml(2, more=restart_at(0, 1))
    labels = labels_of(lists, in_list(1), in_list(1), in_list(2), in_list(2), in_list(2))
    assert labels == ["一、", "二、", "一、", "二、", "三、"]


def test_a_list_can_be_told_to_start_again_with_any_number() -> None:
    lists = abstract_list(level_xml(0, "%1、"), level_xml(1, "（%2）")) + list_xml(
        1, more=restart_at(0, 7)
    )
    assert labels_of(lists, SECTION, PART, SECTION, PART) == ["七、", "（一）", "八、", "（一）"]


def test_the_parts_of_a_list_can_be_told_to_start_with_any_number() -> None:
    lists = REPORT + list_xml(2, more=restart_at(1, 5))
    labels = labels_of(lists, SECTION, PART, in_list(2, 0), in_list(2, 1), in_list(2, 1))
    assert labels == ["一、", "（一）", "二、", "（五）", "（六）"]


def test_starting_a_list_again_starts_its_parts_again() -> None:
    lists = REPORT + list_xml(2, more=restart_at(0, 1))
    labels = labels_of(lists, SECTION, PART, PART, in_list(2, 0), in_list(2, 1))
    assert labels == ["一、", "（一）", "（二）", "一、", "（一）"]


def test_lists_of_two_kinds_count_apart() -> None:
    lists = (
        abstract_list(level_xml(0, "%1、"), key=0)
        + abstract_list(level_xml(0, "%1", "decimalEnclosedCircle"), key=5)
        + list_xml(1, 0)
        + list_xml(2, 5)
    )
    labels = labels_of(lists, in_list(1), in_list(2), in_list(2), in_list(1), in_list(2))
    assert labels == ["一、", "①", "②", "二、", "③"]


def test_a_list_can_write_a_level_in_its_own_way() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level_xml(0, "第%1条", "decimal")}</w:lvlOverride>'
    lists = (
        abstract_list(level_xml(0, "%1、"), level_xml(1, "（%2）"))
        + list_xml(1)
        + list_xml(2, more=other)
    )
    assert labels_of(lists, in_list(2), in_list(2, 1)) == ["第1条", "（一）"]
    assert labels_of(lists, in_list(1)) == ["一、"]


def test_a_list_may_take_its_levels_from_a_list_style() -> None:
    lists = (
        abstract_list('<w:numStyleLink w:val="公文"/>', key=3)
        + abstract_list('<w:styleLink w:val="公文"/>', level_xml(0, "%1、"), key=4)
        + abstract_list('<w:styleLink w:val="别的"/>', level_xml(0, "%1.", "decimal"), key=5)
        + list_xml(1, 3)
    )
    assert labels_of(lists, SECTION, SECTION) == ["一、", "二、"]


@pytest.mark.parametrize(
    "paragraph",
    [
        pytest.param(in_list(0), id="the list 0, which means none"),
        pytest.param(in_list(9), id="a list that is not there"),
        pytest.param(in_list(2), id="a list whose kind is not there"),
        pytest.param(in_list(1, 8), id="a level that is not there"),
        pytest.param(f"<w:numPr>{ilvl_xml(0)}</w:numPr>", id="a level of no list"),
        pytest.param("<w:numPr/>", id="nothing said"),
    ],
)
def test_a_paragraph_in_no_list_has_no_label_and_takes_no_number(paragraph: str) -> None:
    lists = abstract_list(level_xml(0, "%1、")) + list_xml(1) + list_xml(2, 77)
    assert labels_of(lists, SECTION, paragraph, SECTION) == ["一、", "", "二、"]


def test_a_document_without_lists_has_no_labels() -> None:
    numbering = Numbering(None, None)
    assert numbering.format_next_label(parse_element("p", f"<w:pPr>{SECTION}</w:pPr>")) == ""


@pytest.mark.parametrize(
    ("sign", "font", "shown"),
    [
        ("\uf0b7", "Symbol", "•"),
        ("\uf06e", "Wingdings", "■"),
        ("\uf075", "Wingdings", "◆"),
        ("n", "Wingdings", "■"),
        ("※", "宋体", "※"),
        ("－", "", "－"),
        ("\uf0b7", "", "•"),
        ("\ue123", "Wingdings", "•"),
    ],
)
def test_a_bullet_is_shown_as_word_draws_it(sign: str, font: str, shown: str) -> None:
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{look}</w:lvl>'
    assert labels_of(abstract_list(level) + list_xml(1), SECTION) == [shown]


def test_bullets_take_no_number() -> None:
    lists = (
        abstract_list(level_xml(0, "%1、"), level_xml(1, "●", "bullet"), key=0)
        + abstract_list(level_xml(0, "■", "bullet"), key=1)
        + list_xml(1, 0)
        + list_xml(2, 1)
    )
    labels = labels_of(lists, SECTION, in_list(2), PART, PART, SECTION)
    assert labels == ["一、", "■", "●", "●", "二、"]


def test_a_level_can_be_written_in_a_pattern_of_words_own() -> None:
    # So Word saves 001, 002, 003, with a form for older versions beside it.
    names = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    form = (
        f'<mc:AlternateContent xmlns:mc="{names}"><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    level = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{form}<w:lvlText w:val="%1"/></w:lvl>'
    assert labels_of(abstract_list(level) + list_xml(1), SECTION, SECTION) == ["009", "010"]


def test_a_level_that_a_label_names_but_the_list_has_not_is_left_out() -> None:
    assert labels_of(abstract_list(level_xml(0, "%9第%1条")) + list_xml(1), SECTION) == ["第一条"]


def test_a_label_is_never_longer_than_word_allows() -> None:
    lists = abstract_list(level_xml(0, "%1" * 100_000, "upperRoman", start="32767")) + list_xml(1)
    (label,) = labels_of(lists, SECTION)
    assert len(label) == 255


def test_a_level_that_no_list_can_have_is_not_there() -> None:
    lists = abstract_list(level_xml(0, "%1、"), level_xml(2_000_000_000, "（%1）")) + list_xml(1)
    assert labels_of(lists, SECTION, in_list(1, 2_000_000_000)) == ["一、", ""]


def test_a_number_beyond_all_bounds_is_no_number() -> None:
    assert labels_of(
        abstract_list(level_xml(0, "%1.", "decimal", start="9" * 4000)) + list_xml(1), SECTION
    ) == ["0."]


def test_a_level_without_a_number_shows_its_text_alone() -> None:
    lists = abstract_list(level_xml(0, "附件：", "none"), level_xml(1, "", "none")) + list_xml(1)
    assert labels_of(lists, SECTION, PART) == ["附件：", ""]


@pytest.mark.parametrize(
    ("text", "form", "gap", "label"),
    [
        ("%1、", "chineseCountingThousand", "", "一、"),
        ("（%1）", "chineseCountingThousand", "", "（一）"),
        ("%1．", "decimal", "", "1．"),
        ("%1.", "decimal", "", "1. "),
        ("%1", "decimalEnclosedCircle", "", "① "),
        ("第%1条", "chineseCountingThousand", '<w:suff w:val="space"/>', "第一条 "),
        ("%1、", "chineseCountingThousand", '<w:suff w:val="space"/>', "一、 "),
        ("%1) ", "lowerRoman", '<w:suff w:val="space"/>', "i) "),
        ("%1.", "decimal", '<w:suff w:val="nothing"/>', "1."),
        ("", "none", '<w:suff w:val="space"/>', ""),
    ],
)
def test_a_gap_stands_after_a_label_where_the_typed_form_has_one(
    text: str, form: str, gap: str, label: str
) -> None:
    lists = abstract_list(level_xml(0, text, form, gap)) + list_xml(1)
    numbering = Numbering(parse_element("numbering", lists), None)
    assert numbering.format_next_label(parse_element("p", f"<w:pPr>{SECTION}</w:pPr>")) == label


def test_values_that_are_no_numbers_do_not_stop_the_reading() -> None:
    odd_level = level_xml(1, "（%2）", more='<w:lvlRestart w:val="x"/>')
    odd_override = '<w:lvlOverride w:ilvl="x"><w:startOverride/></w:lvlOverride>'
    lists = abstract_list(level_xml(0, "%1、"), odd_level) + list_xml(1, more=odd_override)
    no_level = f"<w:numPr>{ilvl_xml('x')}{num_id(1)}</w:numPr>"
    no_list = f"<w:numPr>{num_id('x')}</w:numPr>"
    assert labels_of(lists, SECTION, PART, no_level, no_list) == ["一、", "（一）", "二、", ""]


# Styles


def test_a_paragraph_is_numbered_through_its_style() -> None:
    styles = style_xml("标题1", num_id(1)) + style_xml("标题2", ilvl_xml(1) + num_id(1))
    labels = labels_of(
        REPORT, with_style("标题1"), with_style("标题2"), with_style("标题1"), styles=styles
    )
    assert labels == ["一、", "（一）", "二、"]


def test_a_style_is_numbered_through_the_style_it_is_based_on() -> None:
    root = style_xml("根", ilvl_xml(1) + num_id(1))
    styles = root + style_xml("中", based_on="根") + style_xml("叶", based_on="中")
    assert labels_of(REPORT, SECTION, with_style("叶"), with_style("中"), styles=styles) == [
        "一、", "（一）", "（二）",
    ]  # fmt: skip


def test_a_level_can_name_the_style_that_it_numbers() -> None:
    lists = abstract_list(
        level_xml(0, "%1、", more='<w:pStyle w:val="标题1"/>'),
        level_xml(1, "（%2）", more='<w:pStyle w:val="标题2"/>'),
    ) + list_xml(1)
    styles = style_xml("标题1", num_id(1)) + style_xml("标题2", num_id(1))
    labels = labels_of(
        lists, with_style("标题1"), with_style("标题2"), with_style("标题2"), styles=styles
    )
    assert labels == ["一、", "（一）", "（二）"]


def test_what_a_paragraph_says_goes_before_what_its_style_says() -> None:
    lists = REPORT + abstract_list(level_xml(0, "第%1条"), key=5) + list_xml(2, 5)
    styles = style_xml("标题1", num_id(1))
    labels = labels_of(
        lists,
        with_style("标题1"),
        with_style("标题1", in_list(2)),
        with_style("标题1"),
        styles=styles,
    )
    assert labels == ["一、", "第一条", "二、"]


def test_a_paragraph_may_change_only_the_level_of_its_style() -> None:
    own = f"<w:numPr>{ilvl_xml(1)}</w:numPr>"
    styles = style_xml("标题1", num_id(1))
    labels = labels_of(REPORT, with_style("标题1"), with_style("标题1", own), styles=styles)
    assert labels == ["一、", "（一）"]


def test_a_paragraph_can_take_off_the_number_of_its_style() -> None:
    styles = style_xml("标题1", num_id(1))
    off = f"<w:numPr>{num_id(0)}</w:numPr>"
    labels = labels_of(
        REPORT, with_style("标题1"), with_style("标题1", off), with_style("标题1"), styles=styles
    )
    assert labels == ["一、", "", "二、"]


def test_a_style_can_take_off_the_number_of_the_style_it_is_based_on() -> None:
    styles = style_xml("标题1", num_id(1)) + style_xml("无号", num_id(0), based_on="标题1")
    labels = labels_of(
        REPORT, with_style("标题1"), with_style("无号"), with_style("标题1"), styles=styles
    )
    assert labels == ["一、", "", "二、"]


def test_a_paragraph_that_names_no_style_has_the_default_one() -> None:
    characters = '<w:style w:type="character" w:styleId="字" w:default="1"/>'
    styles = characters + style_xml("正文", num_id(1), more=' w:default="1"') + style_xml("别的")
    labels = labels_of(REPORT, "", '<w:jc w:val="left"/>', with_style("别的"), styles=styles)
    assert labels == ["一、", "二、", ""]


def test_styles_based_on_each_other_in_a_circle_have_no_number() -> None:
    styles = style_xml("甲", based_on="乙") + style_xml("乙", based_on="甲")
    assert labels_of(REPORT, with_style("甲"), SECTION, styles=styles) == ["", "一、"]


def test_styles_that_stand_on_each_other_without_end_have_no_number() -> None:
    styles = "".join(style_xml(f"级{n}", based_on=f"级{n + 1}") for n in range(60))
    styles += style_xml("级60", num_id(1))
    labels = labels_of(REPORT, with_style("级30"), with_style("级0"), styles=styles)
    assert labels == ["一、", ""]


def test_a_style_that_is_not_there_has_no_number() -> None:
    assert labels_of(REPORT, with_style("没有"), SECTION) == ["", "一、"]
