from __future__ import annotations

import contextlib
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportsearch import extract
from reportsearch.errors import ExtractError
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


def _without(data: bytes, name: str, instead: bytes | None = None) -> bytes:
    """The package without one of its files, or with another content for it."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
            elif instead is not None:
                new.writestr(entry, instead)
    return made.getvalue()


def _reason(data: bytes) -> str:
    with pytest.raises(ExtractError) as caught:
        read(data)
    return str(caught.value)


WORD = word_file(paragraph("2023年度述职报告"), paragraph("我分管教育工作。"))


# Text


def test_each_paragraph_is_a_line() -> None:
    assert read(WORD) == "2023年度述职报告\n我分管教育工作。"


def test_the_line_ends_of_a_word_file_are_known_to_be_paragraph_ends() -> None:
    for name in ("报告.docx", "报告.DOCX"):
        extracted = extract.read_trusted(WORD, name)
        assert extracted.lines_are_paragraphs
        assert extracted.text.startswith("2023年度述职报告\n")


def test_a_word_file_without_a_word_is_refused() -> None:
    with pytest.raises(ExtractError, match="no text"):
        extract.read_trusted(word_file(paragraph(" "), paragraph("")), "空.docx")


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("一二三工作，。（）2023 &<>\"'", min_size=1), min_size=1, max_size=4))
def test_a_paragraph_in_many_runs_is_one_line(runs: list[str]) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph()
    for text in runs:
        paragraph.add_run(text).bold = True
    stream = BytesIO()
    made.save(stream)
    assert read(stream.getvalue()) == "".join(runs).strip()


def test_tables_stand_where_they_stand_among_the_paragraphs() -> None:
    table = word_table(
        [table_cell(paragraph("项目")), table_cell(paragraph("金额"))],
        [table_cell(paragraph("学校")), table_cell(paragraph("200万元"))],
    )
    data = word_file(
        paragraph("前文"),
        table,
        paragraph("后文"),
        word_table([table_cell(paragraph("附表"))], columns=1),
        paragraph("落款"),
    )
    assert read_lines(data) == ["前文", "项目\t金额", "学校\t200万元", "后文", "附表", "落款"]


def test_an_empty_cell_keeps_its_place_in_the_row() -> None:
    data = word_file(
        word_table(
            [table_cell(paragraph("甲")), table_cell(paragraph("")), table_cell(paragraph("乙"))],
            columns=3,
        )
    )
    assert read_lines(data) == ["甲\t\t乙"]


def test_the_paragraphs_of_a_cell_are_kept_apart_on_the_line_of_their_row() -> None:
    data = word_file(
        word_table(
            [table_cell(paragraph("分管"), paragraph("教育")), table_cell(paragraph("完成"))]
        )
    )
    (line,) = read_lines(data)
    first, second = line.split("\t")
    assert (first.split(), second) == (["分管", "教育"], "完成")


def test_a_cell_merged_across_columns_stands_once_in_the_first_of_them() -> None:
    wide = table_cell(paragraph("合计"), properties='<w:gridSpan w:val="3"/>')
    three = [table_cell(paragraph(text)) for text in ("甲", "甲", "丙")]
    data = word_file(word_table([wide], [wide, table_cell(paragraph("90"))], three, columns=4))
    # A column has one tab before it, whether its cell is merged or not.
    assert read_lines(data) == ["合计\t\t", "合计\t\t\t90", "甲\t甲\t丙"]


def test_a_cell_merged_down_rows_stands_once_and_takes_one_number() -> None:
    top = table_cell(numbered("分管"), properties='<w:vMerge w:val="restart"/>')
    below = table_cell(paragraph(""), properties="<w:vMerge/>")
    table = word_table([top, table_cell(paragraph("教育"))], [below, table_cell(paragraph("卫生"))])
    data = word_file(table, numbered("后"), lists=LISTS)
    assert read(data).split() == ["一、分管", "教育", "卫生", "二、后"]


def test_a_merged_cell_without_a_beginning_does_not_make_the_file_unreadable() -> None:
    below = table_cell(paragraph(""), properties="<w:vMerge/>")
    wide = table_cell(paragraph("合计"), properties='<w:gridSpan w:val="2"/>')
    data = word_file(
        word_table(
            [below, table_cell(paragraph("教育"))], [wide], [table_cell(paragraph("卫生")), below]
        )
    )
    assert read(data).split() == ["教育", "合计", "卫生"]


def test_a_cell_that_claims_a_million_columns_stands_once() -> None:
    wide = table_cell(paragraph("合计"), properties='<w:gridSpan w:val="1000000"/>')
    assert read_lines(word_file(word_table([wide], columns=1))) == ["合计"]


def test_a_table_inside_a_cell_is_read_in_its_place() -> None:
    inner = word_table([table_cell(paragraph("里一")), table_cell(paragraph("里二"))])
    data = word_file(
        word_table(
            [table_cell(paragraph("前"), inner, paragraph("后")), table_cell(paragraph("旁"))]
        ),
        paragraph("文"),
    )
    assert [line.split() for line in read_lines(data)] == [
        ["前", "里一", "里二", "后", "旁"],
        ["文"],
    ]


def test_the_paragraphs_of_a_cell_keep_the_gaps_inside_them() -> None:
    assert read_lines(
        word_file(word_table([table_cell(paragraph("张　三")), table_cell(paragraph("　　局长"))]))
    ) == ["张　三\t局长"]


def test_a_row_without_a_word_is_no_line() -> None:
    data = word_file(
        word_table(
            [table_cell(paragraph("")), table_cell(paragraph(" "))],
            [table_cell(paragraph("甲")), table_cell(paragraph(""))],
        )
    )
    assert read(data) == "甲\t"


def test_a_table_that_claims_a_million_columns_has_no_more_than_word_allows() -> None:
    wide = table_cell(paragraph("合计"), properties='<w:gridSpan w:val="1000000"/>')
    (line,) = read_lines(word_file(word_table([wide], columns=1000)))
    assert line == "合计" + "\t" * 62


def test_a_cell_merged_into_the_one_before_it_is_empty() -> None:
    first = table_cell(paragraph("合计"), properties='<w:hMerge w:val="restart"/>')
    second = table_cell(paragraph("旧"), properties="<w:hMerge/>")
    assert read_lines(word_file(word_table([first, second]))) == ["合计\t"]


def test_a_hidden_row_is_not_read() -> None:
    row = f"<w:tr><w:trPr><w:hidden/></w:trPr>{table_cell(paragraph('密'))}</w:tr>"
    data = word_file(f"<w:tbl><w:tblPr/><w:tblGrid/>{row}</w:tbl>", paragraph("文"))
    assert read(data) == "文"


def test_tables_nested_deeper_than_anyone_does_are_refused_with_advice() -> None:
    inner = paragraph("底")
    for _ in range(40):
        inner = word_table([table_cell(inner, paragraph(""))], columns=1)
    assert "nested too deeply" in _reason(word_file(inner))


def test_a_row_that_begins_or_ends_inside_the_grid_is_read() -> None:
    short = (
        '<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>'
        f"{table_cell(paragraph('中'))}</w:tr>"
    )
    full = "".join(table_cell(paragraph(text)) for text in "甲乙丙")
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
    data = word_file(f"<w:tbl><w:tblPr/>{grid}<w:tr>{full}</w:tr>{short}</w:tbl>", paragraph("文"))
    assert read_lines(data) == ["甲\t乙\t丙", "\t中\t", "文"]


def test_tabs_and_line_breaks_keep_apart_what_they_part() -> None:
    data = word_file(
        "<w:p><w:r><w:t>姓名</w:t><w:tab/><w:t>职务</w:t><w:br/><w:t>说明</w:t></w:r></w:p>"
    )
    assert read(data) == "姓名\t职务\n说明"


def test_the_indent_that_was_typed_is_left_out_and_gaps_inside_a_line_are_kept() -> None:
    data = word_file(paragraph("　　目　录  "), paragraph(" \t述 职 报 告"))
    assert read(data) == "目　录\n述 职 报 告"


def test_empty_paragraphs_between_are_kept() -> None:
    assert (
        read(word_file(paragraph("甲"), paragraph(""), "<w:p/>", paragraph("乙"))) == "甲\n\n\n乙"
    )


def test_the_text_of_a_link_is_read() -> None:
    data = word_file(
        f'<w:p>{text_run("见")}<w:hyperlink w:anchor="a">{text_run("附件")}</w:hyperlink></w:p>'
    )
    assert read(data) == "见附件"


def test_what_was_deleted_under_review_is_not_read() -> None:
    gone = '<w:del w:id="1" w:author="x"><w:r><w:delText>基本</w:delText></w:r></w:del>'
    assert read(word_file(f"<w:p>{text_run('任务')}{gone}{text_run('完成')}</w:p>")) == "任务完成"


def test_page_headers_and_footers_are_not_read() -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "内部资料"
    made.sections[0].footer.paragraphs[0].text = "第 1 页"
    made.add_paragraph("正文")
    stream = BytesIO()
    made.save(stream)
    assert read(stream.getvalue()) == "正文"


# Numbers


def test_the_automatic_numbers_stand_before_their_headings() -> None:
    data = word_file(
        paragraph("述职报告"),
        numbered("加强学习"),
        numbered("理论学习", 1),
        paragraph("读书。"),
        numbered("业务学习", 1),
        numbered("推进工作"),
        numbered("教育", 1),
        lists=LISTS,
    )
    assert read(data).split("\n") == [
        "述职报告",
        "一、加强学习",
        "（一）理论学习",
        "读书。",
        "（二）业务学习",
        "二、推进工作",
        "（一）教育",
    ]


def test_a_heading_is_numbered_through_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="G1"><w:name w:val="公文一级"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="G1a"><w:name w:val="公文一级黑体"/>'
        '<w:basedOn w:val="G1"/></w:style>'
    )
    one, other = '<w:pStyle w:val="G1"/>', '<w:pStyle w:val="G1a"/>'
    data = word_file(
        paragraph("学习", one),
        paragraph("工作", other),
        paragraph("文"),
        lists=LISTS,
        styles=styles,
    )
    assert read(data).split("\n") == ["一、学习", "二、工作", "文"]


def test_the_lists_of_the_standard_styles_are_numbered_and_their_bullets_shown() -> None:
    made = docx.Document()
    for text, style in (("甲", "List Number"), ("乙", "List Bullet"), ("丙", "List Number")):
        made.add_paragraph(text, style=style)
    stream = BytesIO()
    made.save(stream)
    assert read(stream.getvalue()).split("\n") == ["1. 甲", "• 乙", "2. 丙"]


def test_numbers_in_a_table_and_outside_belong_to_one_count() -> None:
    aside = table_cell(paragraph("旁"))
    table = word_table([table_cell(numbered("二")), aside], [table_cell(numbered("三")), aside])
    data = word_file(numbered("一"), table, numbered("四"), lists=LISTS)
    assert read_lines(data) == ["一、一", "二、二\t旁", "三、三\t旁", "四、四"]


def test_a_numbered_cell_merged_across_columns_takes_one_number() -> None:
    wide = table_cell(numbered("合计"), properties='<w:gridSpan w:val="2"/>')
    data = word_file(word_table([wide]), numbered("后"), lists=LISTS)
    assert read_lines(data) == ["一、合计\t", "二、后"]


def test_each_document_counts_from_the_beginning() -> None:
    data = word_file(numbered("甲"), lists=LISTS)
    assert (read(data), read(data)) == ("一、甲", "一、甲")


def test_a_document_is_read_without_numbers_when_its_lists_are_missing() -> None:
    data = word_file(numbered("甲", number=99), numbered("乙", number=0), lists=LISTS)
    assert read(data) == "甲\n乙"


def test_a_document_without_a_part_for_lists_is_read() -> None:
    data = word_file(numbered("甲"))
    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    for relation in list(relations):
        if relation.get("Type").endswith("/numbering"):
            relations.remove(relation)
    without = _without(data, "word/numbering.xml")
    without = _without(without, "word/_rels/document.xml.rels", etree.tostring(relations))
    assert read(without) == "甲"


# Damage


@settings(deadline=None)
@given(st.integers(1, len(WORD) - 1))
def test_a_file_cut_short_anywhere_is_refused(length: int) -> None:
    assert "damaged" in _reason(WORD[:length])


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("述职报告，其实是文本。".encode("gb18030"), id="text"),
        pytest.param(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", id="a PDF"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="a zip with nothing in it"),
        pytest.param(_without(WORD, "word/document.xml"), id="a package without its document"),
        pytest.param(_without(WORD, "[Content_Types].xml"), id="a zip that is no package"),
        pytest.param(_without(WORD, "word/document.xml", b""), id="an empty document"),
        pytest.param(_without(WORD, "word/document.xml", b"<w:document><w:p>"), id="half an XML"),
        pytest.param(_without(WORD, "word/document.xml", b"<document/>"), id="another kind of XML"),
    ],
)
def test_what_is_no_word_file_is_refused_with_advice_on_one_line(data: bytes) -> None:
    reason = _reason(data)
    assert "not a Word file" in reason
    assert "save it as .docx" in reason
    assert len(reason.splitlines()) == 1


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WORD)), st.binary(min_size=1, max_size=30))
def test_a_file_with_damaged_bytes_is_read_or_refused_and_nothing_else(
    at: int, rubbish: bytes
) -> None:
    with contextlib.suppress(ExtractError):
        read(WORD[:at] + rubbish + WORD[at + len(rubbish) :])


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
def test_a_package_with_rubbish_in_the_place_of_its_contents_is_refused(name: str) -> None:
    assert "not a Word file" in _reason(_without(WORD, name, b"<a/>"))


def test_a_spreadsheet_called_docx_is_refused() -> None:
    types = zipfile.ZipFile(BytesIO(WORD)).read("[Content_Types].xml")
    other = types.replace(b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")
    assert "not a Word file" in _reason(_without(WORD, "[Content_Types].xml", other))


def test_an_old_or_encrypted_file_is_refused_by_saying_so() -> None:
    reason = _reason(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    for word in ("encrypted", ".doc format", "save it as .docx"):
        assert word in reason
    assert len(reason.splitlines()) == 1


def test_a_cell_that_holds_a_report_is_read_as_paragraphs() -> None:
    paragraphs = ["一、履职情况", "完成投资审计项目26个。" * 5, "二、存在问题", "人才缺乏。" * 5]
    report = [table_cell(paragraph("个人述职")), table_cell(*map(paragraph, paragraphs))]
    entry = [table_cell(paragraph("年度")), table_cell(paragraph("2023年"))]
    lines = read_lines(word_file(word_table(entry, report)))
    assert lines == ["年度\t2023年", "个人述职", *paragraphs]


def test_a_cell_of_a_few_short_paragraphs_is_an_entry() -> None:
    row = [
        table_cell(paragraph("地点")),
        table_cell(paragraph("甲县"), paragraph("乙县"), paragraph("丙县"), paragraph("丁县")),
    ]
    assert read_lines(word_file(word_table(row))) == ["地点\t甲县 乙县 丙县 丁县"]
