from __future__ import annotations

import pytest

from reportsearch.extract.docx.document import read
from tests.extract.docx.word_files import (
    LISTS,
    numbered,
    paragraph,
    read_lines,
    table_cell,
    text_run,
    word_file,
    word_table,
)

_BY = 'w:id="1" w:author="秘书科"'
_NAMES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def _deleted(text: str) -> str:
    return f"<w:del {_BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def _marked(mark: str, inner: str, properties: str = "") -> str:
    """A paragraph whose end has this mark."""
    return f"<w:p><w:pPr>{properties}<w:rPr>{mark}</w:rPr></w:pPr>{inner}</w:p>"


def _said(inner: str) -> str:
    """The text of a paragraph with this content."""
    return read(word_file(f"<w:p {_NAMES}>{inner}</w:p>"))


# Tracked changes


def test_what_was_moved_under_review_stands_where_it_went() -> None:
    away = _marked(
        f"<w:moveFrom {_BY}/>", f"<w:moveFrom {_BY}>{text_run('松材线虫病。')}</w:moveFrom>"
    )
    here = f"<w:p><w:moveTo {_BY}>{text_run('松材线虫病。')}</w:moveTo></w:p>"
    assert read(word_file(paragraph("甲"), away, paragraph("乙"), here)) == "甲\n乙\n松材线虫病。"


def test_what_was_inserted_and_deleted_again_is_not_read() -> None:
    assert _said(f"<w:ins {_BY}>{_deleted('百分之')}{text_run('96%')}</w:ins>") == "96%"


def test_paragraphs_whose_division_was_deleted_are_one() -> None:
    first = _marked(f"<w:del {_BY}/>", text_run("护林员实行网格管理，") + _deleted("基本"))
    assert (
        read(word_file(first, paragraph("每人一台终端。"))) == "护林员实行网格管理，每人一台终端。"
    )


def test_a_deleted_list_item_takes_no_number() -> None:
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    gone = _marked(f"<w:del {_BY}/>", _deleted("删去的一项。"), properties)
    data = word_file(numbered("甲"), gone, numbered("乙"), lists=LISTS)
    assert read(data).split("\n") == ["一、甲", "二、乙"]


def test_what_is_before_a_table_stays_before_it_when_the_division_was_deleted() -> None:
    first = _marked(f"<w:del {_BY}/>", text_run("见下表"))
    assert read_lines(word_file(first, word_table([table_cell(paragraph("表"))], columns=1))) == [
        "见下表",
        "表",
    ]


def test_the_last_paragraph_is_read_when_its_end_was_deleted() -> None:
    assert read(word_file(_marked(f"<w:del {_BY}/>", text_run("落款")))) == "落款"


def test_deleted_rows_and_cells_are_not_read_and_inserted_ones_are() -> None:
    gone = f"<w:tr><w:trPr><w:del {_BY}/></w:trPr>{table_cell(paragraph('杨树'))}{table_cell(paragraph('800'))}</w:tr>"
    new = f"<w:tr><w:trPr><w:ins {_BY}/></w:trPr>{table_cell(paragraph('油松'))}{table_cell(paragraph('1100'))}</w:tr>"
    cells = table_cell(paragraph("旧"), properties=f"<w:cellDel {_BY}/>") + table_cell(
        paragraph("新"), properties=f"<w:cellIns {_BY}/>"
    )
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    data = word_file(
        f"<w:tbl><w:tblPr/>{grid}{gone}{new}<w:tr>{cells}</w:tr></w:tbl>", paragraph("文")
    )
    assert read(data) == "油松\t1100\n新\n文"


def test_a_cell_merged_under_review_stands_once() -> None:
    rest = table_cell(paragraph("甲"), properties=f'<w:cellMerge {_BY} w:vMerge="rest"/>')
    cont = table_cell(paragraph("乙"), properties=f'<w:cellMerge {_BY} w:vMerge="cont"/>')
    assert read_lines(
        word_file(
            word_table([rest, table_cell(paragraph("一"))], [cont, table_cell(paragraph("二"))])
        )
    ) == [
        "甲\t一",
        "\t二",
    ]


def test_earlier_properties_kept_for_review_do_not_count() -> None:
    old = f'<w:pPrChange {_BY}><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    assert read(word_file(paragraph("正文", old), numbered("项"), lists=LISTS)) == "正文\n一、项"


def test_comments_are_not_read() -> None:
    mark = '<w:commentRangeStart w:id="7"/>'
    reference = '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    assert _said(mark + text_run("采伐限额") + reference) == "采伐限额"


# Hidden text

_HIDDEN = (
    '<w:style w:type="character" w:styleId="yc"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="yc2"><w:basedOn w:val="yc"/></w:style>'
    '<w:style w:type="character" w:styleId="xs"><w:basedOn w:val="yc"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="yd"><w:rPr><w:vanish/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("look", "is_read"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="1"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="false"/>', True),
        ('<w:rStyle w:val="yc"/>', False),
        ('<w:rStyle w:val="yc2"/>', False),
        ('<w:rStyle w:val="xs"/>', True),
        ('<w:rStyle w:val="yc"/><w:vanish w:val="0"/>', True),
        ("<w:webHidden/>", True),
    ],
)
def test_hidden_text_is_not_read(look: str, is_read: bool) -> None:
    run = f"<w:r><w:rPr>{look}</w:rPr><w:t>（内部）</w:t></w:r>"
    data = word_file(f"<w:p>{text_run('公开')}{run}{text_run('的话')}</w:p>", styles=_HIDDEN)
    assert read(data) == ("公开（内部）的话" if is_read else "公开的话")


def test_a_paragraph_that_is_hidden_altogether_is_no_line_and_takes_no_number() -> None:
    properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    run = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
    hidden = _marked("<w:vanish/>", run, properties)
    data = word_file(numbered("甲"), hidden, numbered("乙"), lists=LISTS)
    assert read(data) == "一、甲\n二、乙"


def test_a_paragraph_in_a_hidden_style_is_not_read() -> None:
    data = word_file(
        paragraph("甲"), paragraph("密", '<w:pStyle w:val="yd"/>'), paragraph("乙"), styles=_HIDDEN
    )
    assert read(data) == "甲\n乙"


def test_a_hidden_paragraph_leaves_the_number_of_the_next_one_alone() -> None:
    hidden = _marked("<w:vanish/>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>")
    assert read(word_file(hidden, numbered("乙"), lists=LISTS)) == "一、乙"


def test_text_that_is_hidden_by_two_styles_is_shown() -> None:
    # ECMA-376 part 1, 17.7.3.
    run = '<w:r><w:rPr><w:rStyle w:val="yc"/></w:rPr><w:t>现</w:t></w:r>'
    style = '<w:pPr><w:pStyle w:val="yd"/></w:pPr>'
    assert read(word_file(f"<w:p>{style}{run}</w:p>", styles=_HIDDEN)) == "现"


def test_a_heading_that_runs_into_its_paragraph_stands_before_it_with_its_number() -> None:
    # Word's style separator.
    properties = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    heading = _marked("<w:vanish/><w:specVanish/>", text_run("加强学习。"), properties)
    assert (
        read(word_file(heading, paragraph("全年读书。"), lists=LISTS))
        == "（一）加强学习。全年读书。"
    )


def test_a_text_box_in_hidden_text_is_not_read() -> None:
    box = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('密')}</w:txbxContent></v:textbox>"
    )
    run = f"<w:r><w:rPr><w:vanish/></w:rPr>{box}</v:shape></w:pict></w:r>"
    assert _said(text_run("甲") + run) == "甲"


# Fields


def _field(code: str, result: str | None = None, data: str = "") -> str:
    middle = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>{middle}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_of_a_field_the_result_is_read() -> None:
    field = _field(' HYPERLINK "http://a.example" ', text_run("公开专栏"))
    assert _said(text_run("见") + field + text_run("。")) == "见公开专栏。"


def test_what_stands_in_the_code_of_a_field_is_not_read() -> None:
    inner = _field(" MERGEFIELD jb ", text_run("优"))
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    )
    rest = '<w:r><w:instrText> = "优" "等次优秀"</w:instrText></w:r>'
    end = (
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{text_run("等次优秀")}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert _said(begin + inner + rest + end + text_run("。")) == "等次优秀。"


def test_a_field_may_run_over_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    data = word_file(
        f"<w:p>{begin}{middle}{text_run('一、工作')}</w:p>", f"<w:p>{end}{text_run('正文')}</w:p>"
    )
    assert read(data) == "一、工作\n正文"


def test_a_field_without_an_end_does_not_swallow_what_follows() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    data = word_file(f"<w:p>{begin}{text_run('甲')}</w:p>", paragraph("乙"))
    assert read(data) == "甲\n乙"


def test_ends_of_fields_that_never_began_do_no_harm() -> None:
    marks = '<w:r><w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>'
    assert _said(marks + text_run("甲")) == "甲"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"eq \o\ac(○,1)", "①"),
        (r" EQ \o\ac(○,20) ", "⑳"),
        (r"eq \o\ac(○,密)", "密"),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(mào),耄)', "耄"),
        (r'SYMBOL 252 \f "Wingdings" \s 12', "✓"),
        (r"SYMBOL 0xFC \f Wingdings", "✓"),
        (r"SYMBOL 0252 \f Wingdings", "✓"),
        (r"XE 索引", ""),
        (r"eq \o\ac(○," + "1" * 300 + ")", ""),
    ],
)
def test_a_field_that_word_draws_by_itself_is_read(code: str, shown: str) -> None:
    assert _said(text_run("前") + _field(code) + text_run("后")) == f"前{shown}后"


_LISTED = "<w:listEntry w:val='优'/><w:listEntry w:val='良'/>"


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("<w:checkBox><w:default w:val='0'/><w:checked/></w:checkBox>", "☒"),
        ("<w:checkBox><w:default w:val='1'/></w:checkBox>", "☒"),
        ("<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "☐"),
        (f"<w:ddList><w:result w:val='1'/>{_LISTED}</w:ddList>", "良"),
        ("<w:ddList><w:listEntry w:val='优'/></w:ddList>", "优"),
        ("<w:ddList><w:result w:val='9'/><w:listEntry w:val='优'/></w:ddList>", ""),
    ],
)  # fmt: skip
def test_what_was_ticked_or_chosen_in_a_form_is_read(form: str, shown: str) -> None:
    field = _field(" FORM ", data=f"<w:ffData>{form}</w:ffData>")
    assert _said(field + text_run("述廉")) == f"{shown}述廉"


# Signs


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FC"/>', "✓"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Wingdings" w:char="00A8"/>', "□"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/>', "☑"),
        ('<w:sym w:font="Symbol" w:char="F061"/>', "α"),
        ('<w:sym w:font="Symbol" w:char="F0B1"/>', "±"),
        ('<w:sym w:font="无此字体" w:char="F0FC"/>', ""),
        ('<w:sym w:font="Wingdings" w:char="甲"/>', ""),
        ('<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fc</w:t>', "✓"),
        ("<w:t>\ue123</w:t>", "\ue123"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ('<w:ptab w:alignment="right"/>', "\t"),
        ("<w:cr/>", "\n"),
        ("<w:lastRenderedPageBreak/>", ""),
        (f"<w:ruby><w:rubyPr/><w:rt>{text_run('dié')}</w:rt><w:rubyBase>{text_run('耋')}</w:rubyBase></w:ruby>", "耋"),
        ("<w:t>甲\n  乙</w:t>", "甲 乙"),
        ("<w:t>甲<!-- 注 -->乙</w:t>", "甲乙"),
    ],
)  # fmt: skip
def test_special_signs_are_read_as_they_are_printed(inner: str, shown: str) -> None:
    assert _said(f"{text_run('前')}<w:r>{inner}</w:r>{text_run('后')}") == f"前{shown}后"


def test_the_text_of_a_formula_is_read() -> None:
    assert _said(f"{text_run('设')}<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>") == "设x=1"


# Text boxes


def _box(*blocks: str) -> str:
    return f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"


def _drawn(*blocks: str) -> str:
    """A text box in both forms in which Word writes it."""
    new = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{_box(*blocks)}</wps:txbx></w:drawing>'
    old = f"<w:pict><v:shape><v:textbox>{_box(*blocks)}</v:textbox></v:shape></w:pict>"
    forms = f"{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>"
    return f"<w:r><mc:AlternateContent {_NAMES}>{forms}</mc:AlternateContent></w:r>"


def test_a_text_box_stands_once_after_the_paragraph_that_anchors_it() -> None:
    anchor = f"<w:p>{text_run('前半，')}{_drawn(paragraph('口径：'), paragraph('年底'))}{text_run('后半。')}</w:p>"
    assert read(word_file(anchor, paragraph("下一段"))) == "前半，后半。\n口径：\n年底\n下一段"


def test_the_text_boxes_of_paragraphs_that_became_one_follow_it() -> None:
    first = _marked(f"<w:del {_BY}/>", text_run("前") + _drawn(paragraph("甲")))
    data = word_file(first, f"<w:p>{text_run('后')}{_drawn(paragraph('乙'))}</w:p>")
    assert read(data) == "前后\n甲\n乙"


def test_a_text_box_of_an_old_file_is_read() -> None:
    box = f"<w:r><w:pict><v:shape><v:textbox>{_box(paragraph('开放时间'))}</v:textbox></v:shape></w:pict></w:r>"
    assert _said(text_run("科技馆") + box) == "科技馆\n开放时间"


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    cell = table_cell(f"<w:p>{text_run('专利')}{_drawn(paragraph('含实用新型'))}</w:p>")
    assert read_lines(word_file(word_table([cell, table_cell(paragraph("211件"))]))) == [
        "专利 含实用新型\t211件"
    ]


def test_tables_and_numbers_in_a_text_box_are_read() -> None:
    box = _drawn(
        numbered("里"), word_table([table_cell(paragraph("甲")), table_cell(paragraph("乙"))])
    )
    data = word_file(numbered("前"), f"<w:p>{box}</w:p>", numbered("后"), lists=LISTS)
    assert [line for line in read(data).split("\n") if line] == [
        "一、前",
        "二、里",
        "甲\t乙",
        "三、后",
    ]


def test_text_drawn_as_a_shape_is_read() -> None:
    shape = '<w:r><w:pict><v:shape><v:textpath string="红头文件"/></v:shape></w:pict></w:r>'
    assert _said(shape) == "红头文件"


def test_of_a_sign_in_two_forms_the_one_with_text_is_read() -> None:
    forms = (
        '<mc:Choice Requires="w16se"><w16se:symEx xmlns:w16se="urn:x"/></mc:Choice>'
        "<mc:Fallback><w:t>😊</w:t></mc:Fallback>"
    )
    assert _said(f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>") == "😊"


def test_a_picture_has_no_text() -> None:
    assert _said(f"{text_run('图')}<w:r><w:drawing><wps:x descr='说明'/></w:drawing></w:r>") == "图"
