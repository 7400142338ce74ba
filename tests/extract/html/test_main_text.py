from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch.errors import ExtractError
from reportsearch.extract.html import blocks
from reportsearch.extract.html.main_text import read

TITLE = "乙县水利局局长2023年度述职报告"
BODY = [
    "各位代表：",
    "2023年，我主持县水利局全面工作，分管规划建设。",
    "一、主要工作",
    "新建水库2座，改造灌区1.2万亩，解决3.4万人饮水问题。",
    "二、存在问题",
    "水费收缴率不高，基层水管员老化。",
    "报告人：王某",
    "2024年1月5日",
]
NAV = (
    '<div><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">办事服务</a> '
    '<a href="/c">互动交流</a></div><div>您当前的位置：<a href="/">首页</a> &gt; 述职报告</div>'
)
NEWS = "<ul>" + "".join(
    f'<li><a href="#">全县第{n}次会议召开</a> 2024-01-0{n}</li>' for n in range(1, 7)
)
NEWS += "</ul>"
FOOT = (
    "<div>版权所有：乙县人民政府　ICP备12345678号<br>地址：乙县人民路1号　电话：0000-1234567</div>"
)
INDENTED = "<br>\n".join("　　" + line for line in BODY)


def _in(tag: str) -> str:
    return "".join(f"<{tag}>　　{line}</{tag}>\n" for line in BODY)


def _site(middle: str, title: str = TITLE) -> str:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{NAV}{middle}{NEWS}{FOOT}</body></html>"
    )


def _read(markup: str) -> list[str]:
    return read(markup.encode()).split("\n")


def _body(markup: str) -> str:
    """Of a page without any navigation, which is read whole."""
    return read(f"<body>{markup}</body>".encode())


LAYOUTS = {
    "paragraphs": f"<div><h1>{TITLE}</h1><p>来源：水利局　时间：2024-01-09</p><div>{_in('p')}</div></div>",
    "a div for each paragraph": f"<div><h1>{TITLE}</h1><div>发布时间：2024-01-09</div><div>{_in('div')}</div></div>",
    "breaks and indents in a block": f"<div><h2>{TITLE}</h2><div id=zoom>{INDENTED}</div></div>",
    "one paragraph with breaks": f"<div><h2>{TITLE}</h2><p>{INDENTED}</p></div>",
    "breaks in a cell": f"<table><tr><td>{NEWS}</td><td><b>{TITLE}</b><br><font>{INDENTED}</font></td></tr></table>",
    "a row for each paragraph": f"<table><tr><td>{TITLE}</td></tr><tr><td>"
    + "</td></tr><tr><td>".join(BODY)
    + "</td></tr></table>",
    "sections in sections": f"<div><h2>{TITLE}</h2><section><section>{_in('section')}</section></section></div>",
    "tags of the maker's own": f"<div><ucaptitle>{TITLE}</ucaptitle><ucapcontent>{_in('p')}</ucapcontent></div>",
    "spans in a form": f"<form><span>{TITLE}</span><br><span><p>{'</p><p>'.join(BODY)}</p></span></form>",
    "news in the same block": f"<div><h2>{TITLE}</h2>{_in('p')}{NEWS}</div>",
    "news before it": f"<div>{NEWS}</div><div><h1>{TITLE}</h1>{_in('p')}</div>",
    "no block at all": f"今天是2024年1月9日{NEWS}{TITLE}<br>{INDENTED}<br>",
    "a link that nobody closed": f"{NEWS}<div><h1>{TITLE}</h1><a href='#top'>{_in('p')}</div>",
    "two halves": f"<div><h1>{TITLE}</h1><div>{''.join(f'<p>{x}</p>' for x in BODY[:4])}</div>"
    f"<div>{''.join(f'<p>{x}</p>' for x in BODY[4:])}</div></div>",
    "title in plain type": f"<div><div><strong>{TITLE}</strong></div><div>发布日期：2024-01-09</div><div>{_in('p')}</div></div>",
    "comments below": f"<div><h1>{TITLE}</h1><div>{_in('p')}</div><div>网友评论</div><ul>"
    "<li><a href=#>甲</a>：写得好！</li></ul></div>",
    "news with abstracts": "".join(
        f"<div><a href=#><h3>要闻{n}</h3><p>书记到{n}镇调研，强调要抓好春耕。</p></a></div>"
        for n in range(5)
    )
    + f"<div><h1>{TITLE}</h1>{_in('p')}</div>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_a_page_with_navigation_the_title_and_the_text_are_read(layout: str) -> None:
    assert _read(_site(LAYOUTS[layout])) == [TITLE, *BODY]


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}_乙县人民政府",
        f"乙县政府网--{TITLE}",
        f"{TITLE} - 述职述廉 - 乙县人民政府门户网站",
        f"水利局 述职 {TITLE}",
    ],
)
def test_the_title_is_told_from_the_names_of_site_and_column(title: str) -> None:
    assert _read(_site(f"<div class=t>{TITLE}</div><div>{_in('p')}</div>", title))[0] == TITLE


def test_the_title_is_told_by_the_heading_when_the_head_has_only_the_site() -> None:
    page = _site(
        f"<h1>乙县人民政府网站</h1><h2>{TITLE}</h2><div>{_in('p')}</div>", "乙县人民政府网站"
    )
    assert _read(page) == [TITLE, *BODY]


def test_a_title_that_the_page_does_not_show_is_taken_from_the_head() -> None:
    assert _read(_site(f"<div>{_in('p')}</div>", f"{TITLE}_乙县人民政府网")) == [TITLE, *BODY]


def test_a_title_on_two_lines_of_the_text_is_not_repeated() -> None:
    head = "<p>乙县水利局局长</p><p>2023年度述职报告</p>"
    lines = _read(_site(f"<div>{head}{_in('p')}</div>"))
    assert lines == ["乙县水利局局长", "2023年度述职报告", *BODY]


def test_names_of_nothing_are_no_title() -> None:
    for name in (
        "无标题文档",
        "Untitled Document",
        "Microsoft Word - 1.doc",
        "乙县人民政府门户网站",
    ):
        assert _read(f"<title>{name}</title><p>正文。</p>") == ["正文。"]


def test_a_short_text_stands_against_much_navigation() -> None:
    short = "2023年，我主持全局工作，发布预警87次。特此述职。"
    assert _read(_site(f"{NEWS * 5}<div>{TITLE}</div><div><p>{short}</p></div>")) == [TITLE, short]


def test_an_attachment_that_is_a_link_stays_in_the_text() -> None:
    lines = _read(
        _site(
            f"<div><h1>{TITLE}</h1>{_in('p')}<p>附件：<a href=1.doc>1.项目完成情况表.doc</a></p></div>"
        )
    )
    assert lines[-1] == "附件：1.项目完成情况表.doc"


def test_text_between_links_in_the_text_stays() -> None:
    middle = f"<div>{_in('p')}<p><a href=#>某某公司祝您新春快乐</a></p><p>特此报告</p></div>"
    assert _read(_site(middle))[-1] == "特此报告"


def test_a_document_without_navigation_is_read_whole() -> None:
    assert _body("<h1>报告</h1><div>正文</div><p>电话：0000</p>") == "报告\n正文\n电话：0000"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<b>乙</b><span>丙</span><font>丁</font></p>", "甲乙丙丁"),
        ("<p>甲<o:p>&nbsp;</o:p></p><p>&nbsp;</p><p>乙</p>", "甲\n乙"),
        ("<p>1.&nbsp;&nbsp; 坚持</p>", "1. 坚持"),
        ("<p>甲&nbsp;乙　丙</p>", "甲 乙　丙"),
        ("<p>全年\n完成\n12 个</p><p>in\nEnglish</p>", "全年完成12 个\nin English"),
        ("<p>甲<br>乙<hr>丙</p>", "甲\n乙\n丙"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("<span style='display:block'>甲</span><span style='display: block'>乙</span>", "甲\n乙"),
        ("<pre>甲  乙\n  丙\n</pre>", "甲  乙\n  丙"),
        ("<p style='white-space: pre-wrap'>甲\n乙</p>", "甲\n乙"),
        ("<p>&lt;甲&gt; &amp; &#20057;&#x4e19;&hellip;</p>", "<甲> & 乙丙…"),
        ("<p>甲<ruby>乙<rt>yi</rt></ruby></p>", "甲乙"),
        ("<p>甲<ins>乙</ins><del>丙</del></p>", "甲乙"),
        ("<p>说明<sup>[1]</sup></p>", "说明[1]"),
        ("<p>甲</p><![if !supportLists]>乙<![endif]>", "甲\n乙"),
    ],
)
def test_lines_and_blanks_are_as_a_browser_shows_them(markup: str, expected: str) -> None:
    assert _body(markup) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a='<p>稿</p>'</script>",
        "<style>p{}</style>",
        "<!-- 稿 --><!--[if IE]>稿<![endif]-->",
        "<!--> 稿 -->"[:5],
        "<p style='display : none'>稿</p>",
        "<p style='mso-hide:all'>稿</p>",
        "<div hidden>稿<div>稿</div></div>",
        "<noscript>稿</noscript><template>稿</template>",
        "<select><option>稿</option></select><textarea>稿</textarea><button>稿</button>",
        "<img alt=稿><input value=稿><iframe>稿</iframe><svg><text>稿</text></svg>",
        "<script><!-- 稿\n document.write('-') </script>",
        "<xml><w:View>稿</w:View></xml>",
    ],
)
def test_what_no_reader_sees_is_left_out(hidden: str) -> None:
    assert _body(f"<p>甲</p>{hidden}<p>乙</p>") == "甲\n乙"


def test_a_comment_that_nobody_closed_does_not_swallow_the_page() -> None:
    assert _body("<p>甲</p><!-- x><p>乙</p>") == "甲\n乙"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ol><li>甲<li>乙</ol>", "1. 甲\n2. 乙"),
        ("<ol start=3><li>甲</li><li value=7>乙</li><li>丙</li></ol>", "3. 甲\n7. 乙\n8. 丙"),
        ("<ol type=a><li>甲</ol><ol type=I><li>乙<li>丙</ol>", "a. 甲\nI. 乙\nII. 丙"),
        ("<ol style='list-style-type: simp-chinese-informal'><li>甲<li>乙</ol>", "一、甲\n二、乙"),
        ("<ol><li><p>甲</p><p>续</p></li><li>乙<ol><li>丙</ol></ol>", "1. 甲\n续\n2. 乙\n1. 丙"),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", "1. 甲\n乙\n2. 丙"),
        ("<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul>", "甲\n乙"),
        ("<ol><li>一、甲<li>（二）乙</ol>", "一、甲\n（二）乙"),
    ],
)
def test_lists_are_numbered_as_they_are_shown(markup: str, expected: str) -> None:
    assert _body(markup) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><th>指标<th>完成<tr><td>粮食<td>31.6", "指标\t完成\n粮食\t31.6"),
        ("<tr><td colspan=2>甲</td><td>乙</td></tr>", "甲\t\t乙"),
        ("<tr><td rowspan=2>甲<td>乙<tr><td>丙", "甲\t乙\n\t丙"),
        (
            "<tr><th rowspan=2>指标<th colspan=2>2023年<tr><th>目标<th>完成<tr><td>粮食<td>31<td>32",
            "指标\t2023年\t\n\t目标\t完成\n粮食\t31\t32",
        ),
        ("<tr><td><p>甲</p><p>乙</p></td><td>丙<br>丁</td></tr>", "甲 乙\t丙 丁"),
        ("<tr><td>甲<td><td>乙", "甲\t\t乙"),
        ("<caption>附表</caption><tr><td>甲<td>乙", "附表\n甲\t乙"),
        ("<tr><td>甲</td></tr><tr><td>乙</td></tr>", "甲\n乙"),
        ("<tr><td colspan=1000 rowspan=65534>甲<td>乙", "甲" + "\t" * 100 + "乙"),
    ],
)
def test_tables_are_read_row_by_row(rows: str, expected: str) -> None:
    assert _body(f"<table>{rows}</table>") == expected


def test_a_form_whose_cell_holds_the_whole_report_is_read_by_paragraphs() -> None:
    long = "全面推进河长制工作，巡河一百二十次。" * 12
    rows = f"<tr><td>姓名<td>王某</tr><tr><td>述职<td><p>{long}</p><p>二、不足</p></tr>"
    assert _body(f"<table>{rows}</table>") == f"姓名\t王某\n述职\n{long}\n二、不足"


def test_a_table_that_only_arranges_the_page_makes_no_rows() -> None:
    inner = "<table><tr><td>甲<td>乙</table>"
    assert _body(f"<table><tr><td>左</td><td>{inner}丙</td></tr></table>") == "左\n甲\t乙\n丙"


CHINESE = "述职报告：张𫖯同志"


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ("<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=GBK'>", "gb18030"),
        ('<?xml version="1.0" encoding="gb2312"?>', "gb18030"),
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-8"),
        ("", "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="utf-8">', "gb18030"),
        ('<meta charset="iso-8859-1">', "gb18030"),
        ('<meta charset="big5">', "utf-8"),
        ('<meta charset="no-such-thing">', "gb18030"),
    ],
)
def test_the_charset_is_the_declared_one_unless_the_bytes_contradict_it(
    head: str, codec: str
) -> None:
    assert read(f"{head}<p>{CHINESE}</p>".encode(codec)) == CHINESE


def test_traditional_characters_in_big5_are_read_as_declared() -> None:
    assert read('<meta charset="big5"><p>述職報告</p>'.encode("big5")) == "述職報告"


def test_a_broken_byte_does_not_change_the_charset() -> None:
    data = f'<meta charset="gb2312"><p>{CHINESE * 5}</p>'.encode("gb18030")
    assert CHINESE in read(data.replace(b"</p>", b"\xff</p>"))


def test_a_page_without_text_is_refused_with_the_remedy() -> None:
    for markup in (b"<p>&nbsp;</p>", b"<script>x</script>", b"<!-- x -->"):
        with pytest.raises(ExtractError, match=r"the web page contains no text.*Word"):
            read(markup)


def test_a_page_of_frames_is_refused_with_the_remedy() -> None:
    with pytest.raises(ExtractError, match=r"frames.*save"):
        read(b"<frameset><frame src=a.htm></frameset>")


@pytest.mark.parametrize(
    ("junk", "what"),
    [
        (b"<div>" * 100_000, "nests"),
        (b"<div>" * 100_000 + b"</b>" * 100_000, "nests"),
    ],
)
def test_hostile_nesting_is_refused_in_time(junk: bytes, what: str) -> None:
    started = time.monotonic()
    with pytest.raises(ExtractError, match=what):
        read(junk)
    assert time.monotonic() - started < 60


def test_a_page_of_a_million_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert blocks.MAX_TAGS == 1_000_000
    monkeypatch.setattr(blocks, "MAX_TAGS", 10_000)
    assert read(b"<p>x</p>" + b"<p>" * 9_990) == "x"
    with pytest.raises(ExtractError, match="million tags"):
        read(b"<p>x</p>" + b"<p>" * 10_000)


@pytest.mark.parametrize(
    "piece",
    [b"<!--", b"<!", b"<?", b"<script>", b"<a b='", b"&#9", b"<", b"<![CDATA[", b"</b>", b"<style"],
)
def test_junk_takes_time_in_proportion(piece: bytes) -> None:
    started = time.monotonic()
    assert read(b"<p>x</p>" + piece * (1_000_000 // len(piece)) + b"<p>y").startswith("x")
    assert time.monotonic() - started < 30


def test_entities_of_the_page_are_not_expanded() -> None:
    markup = '<!DOCTYPE html [<!ENTITY a "甲甲"><!ENTITY b SYSTEM "file:///etc/hostname">]><p>&a;&b;乙</p>'
    text = _read(markup)[-1]
    assert "甲" not in text
    assert text.endswith("乙")


WRAPPERS = ["<p>{}</p>", "<div>{}</div>", "<div><p><span>{}</span></p></div>", "{}<br>", "<h3>{}</h3>",
            "<blockquote><font>{}</font></blockquote>", "<ul><li>{}</li></ul>", "<center>　　{}</center>",
            "<table><tr><td>{}</td></tr></table>"]  # fmt: skip
_WORDS = st.text("我县工作汇报甲乙丙，。、：一二三2023", min_size=1, max_size=50)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_WORDS, st.sampled_from(WRAPPERS)), max_size=15), st.integers(0, 15))
def test_no_text_of_the_main_block_is_lost(pieces: list[tuple[str, str]], place: int) -> None:
    pieces.insert(place, (BODY[1] * 3, WRAPPERS[0]))
    block = "".join(wrapper.format(text) for text, wrapper in pieces)
    lines = _read(_site(f"<div><h1>{TITLE}</h1></div><div>{block}</div>"))
    assert lines == [TITLE, *(text for text, _ in pieces)]


def test_the_index_of_a_document_above_its_title_is_no_text() -> None:
    page = (
        '<html><head><meta name="ArticleTitle" content="2022年度个人述职述廉报告"></head><body>'
        '<div class="menu"><h3>信息公开目录</h3>'
        + "".join(f'<p><a href="/{n}">栏目{n}</a></p>' for n in range(9))
        + "</div>"
        "<table><tr><td>索 引 号：YX01/2023</td><td>公开责任部门：青岭镇</td></tr>"
        "<tr><td>标　　题：2022年度个人述职述廉报告</td><td>公开日期：2023-01-06</td></tr></table>"
        "<div><h2>2022年度个人述职述廉报告</h2>"
        + "".join(f"<p>　　{'抓好各项工作，办成实事若干件。' * 4}{n}</p>" for n in range(8))
        + "</div></body></html>"
    )
    lines = read(page.encode()).split("\n")
    assert lines[0] == "2022年度个人述职述廉报告"
    assert len(lines) == 9
