"""Answers as Word documents: what stands in them, the same bytes each time, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reportsearch import Archive
from reportsearch.errors import ReportSearchError
from reportsearch.models.report import ReportInfo
from reportsearch.models.search import Concordance, Hit, KwicLine, Matched, PassageHit, SearchResult
from reportsearch.output.word import write_kwic_document, write_search_document
from tests.languages import EN, ZH

TITLE = "甲县副县长2023年度述职报告"
TEXT = (
    f"{TITLE}\n"
    "一、抓好分管工作\n"
    "（一）文旅工作\n"
    "全年接待游客“十万”人次，文旅收入增长，文化旅游品牌打响。\n"
    "（二）民政工作\n"
    "兑现养老补贴，新建敬老院。\n"
)


@pytest.fixture
def archive(folder: Callable[[dict[str, str]], Path]) -> Iterator[Archive]:
    with Archive.in_memory() as made:
        made.index([folder({"a.txt": TEXT, "b.txt": TEXT.replace("甲", "乙")})])
        yield made


def passage_hit(text: str, start: int = 0, *spans: tuple[int, int]) -> PassageHit:
    return PassageHit("a.txt#1", (), start, start + len(text), text, 1.0, spans)


def result_of(*passages: PassageHit, query: str = "文旅", title: str = TITLE) -> SearchResult:
    hit = Hit(ReportInfo("a.txt", title, sha256="0123456789abcdef"), 1.0, len(passages), passages)
    return SearchResult(query, Matched(1, len(passages)), (hit,))


def line_of(left: str = "接待", match: str = "文旅", right: str = "收入") -> KwicLine:
    return KwicLine("a.txt", TITLE, "a.txt#2", left, match, right, 30, 32)


def paragraphs(path: Path, style: str) -> list[str]:
    document: Any = docx.Document(str(path))
    return [entry.text for entry in document.paragraphs if entry.style.name == style]


def bold(path: Path) -> list[str]:
    document = docx.Document(str(path))
    return [run.text for entry in document.paragraphs for run in entry.runs if run.bold]


# A search


def test_each_report_has_its_title_its_metadata_and_its_passages(
    archive: Archive, tmp_path: Path
) -> None:
    result = archive.search("文旅")
    write_search_document(result, tmp_path / "a.docx", ZH)
    assert paragraphs(tmp_path / "a.docx", "Heading 1") == ["检索：文旅"]
    assert sorted(paragraphs(tmp_path / "a.docx", "Heading 2")) == sorted(
        hit.report.title for hit in result.hits
    )
    counts, *about = paragraphs(tmp_path / "a.docx", "报告信息")
    matched = result.matched
    listed = sum(len(hit.passages) for hit in result.hits)
    assert counts == (
        f"共检索到报告{matched.reports}份、段落{matched.passages}段；"
        f"以下列出报告2份、段落{listed}段。"
    )
    assert "年份：2023　地区：甲县　职务：副县长　类型：述职报告" in about
    text = "\n".join(paragraphs(tmp_path / "a.docx", "摘录"))
    assert text == "\n".join(passage.text for hit in result.hits for passage in hit.passages)


def test_the_citation_leads_back_to_the_characters_of_the_report(
    archive: Archive, tmp_path: Path
) -> None:
    result = archive.search("敬老院 地区:甲县")
    write_search_document(result, tmp_path / "a.docx", ZH)
    citation, _ = paragraphs(tmp_path / "a.docx", "出处")
    report = archive.show("a.txt")
    (passage,) = result.hits[0].passages
    assert citation == (
        f"〔甲县副县长，《{TITLE}》，2023年，“一、抓好分管工作”之“（二）民政工作”一节；"
        f"{passage.id}，字符{passage.start}–{passage.end}，SHA-256 {report.info.sha256[:12]}〕"
    )
    assert report.text[passage.start : passage.end] == passage.text


def test_what_matched_is_bold_and_nothing_else(archive: Archive, tmp_path: Path) -> None:
    result = archive.search("文旅 地区:甲县")
    expected = []
    for passage in result.hits[0].passages:
        spans = passage.highlights
        expected += [passage.text[s - passage.start : e - passage.start] for s, e in spans]
    assert set(expected) == {"文旅", "文化旅游"}
    write_search_document(result, tmp_path / "a.docx", ZH)
    assert bold(tmp_path / "a.docx") == expected


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ((), []),
        (((100, 102),), ["甲乙"]),
        # Neighbours, a span inside another, spans in disorder.
        (((100, 101), (101, 102)), ["甲", "乙"]),
        (((100, 104), (101, 102)), ["甲乙", "丙"]),
        (((104, 105), (100, 101)), ["甲", "丁"]),
        # A span that reaches over the passage's ends, or lies outside.
        (((90, 101), (104, 200)), ["甲", "丁戊"]),
        (((0, 99), (106, 110)), []),
    ],
)
def test_highlights_are_offsets_of_the_reports_text(
    tmp_path: Path, spans: tuple[tuple[int, int], ...], expected: list[str]
) -> None:
    # The line end at 102 parts two paragraphs.
    write_search_document(
        result_of(passage_hit("甲乙\n丙丁戊", 100, *spans)), tmp_path / "a.docx", ZH
    )
    assert bold(tmp_path / "a.docx") == expected
    assert paragraphs(tmp_path / "a.docx", "摘录") == ["甲乙", "丙丁戊"]


def test_a_reader_is_told_when_only_a_part_is_met(tmp_path: Path) -> None:
    whole = result_of(passage_hit("文旅"))
    part = replace(whole, partial=True, hits=(replace(whole.hits[0], met="part"),))
    write_search_document(whole, tmp_path / "whole.docx", ZH)
    write_search_document(part, tmp_path / "part.docx", ZH)
    assert "部分" not in "".join(paragraphs(tmp_path / "whole.docx", "报告信息"))
    _, note, about = paragraphs(tmp_path / "part.docx", "报告信息")
    assert "没有报告符合全部条件" in note
    assert about.endswith("仅符合部分条件")


def test_reports_whose_terms_lie_apart_are_counted(tmp_path: Path) -> None:
    one = result_of(passage_hit("文旅"))
    apart = replace(one, matched=Matched(5, 7, 2), hits=(replace(one.hits[0], met="report"),))
    write_search_document(apart, tmp_path / "a.docx", ZH)
    counts, about = paragraphs(tmp_path / "a.docx", "报告信息")
    assert counts == (
        "共检索到报告5份、段落7段；其中2份的检索词分在不同段落；以下列出报告1份、段落1段。"
    )
    assert about.endswith("检索词分在不同段落")


def test_hits_of_one_report_in_a_row_have_one_heading(tmp_path: Path) -> None:
    one = result_of(passage_hit("文旅"))
    write_search_document(replace(one, hits=one.hits * 3), tmp_path / "a.docx", ZH)
    assert paragraphs(tmp_path / "a.docx", "Heading 2") == [TITLE]
    assert paragraphs(tmp_path / "a.docx", "摘录") == ["文旅"] * 3


def test_a_search_without_hits_says_so(archive: Archive, tmp_path: Path) -> None:
    write_search_document(archive.search('"不在其中"'), tmp_path / "a.docx", ZH)
    assert paragraphs(tmp_path / "a.docx", "报告信息") == ["没有检索结果。"]


def test_a_document_speaks_english_as_well(archive: Archive, tmp_path: Path) -> None:
    write_search_document(archive.search("文旅"), tmp_path / "a.docx", EN)
    assert paragraphs(tmp_path / "a.docx", "Heading 1") == ["Search: 文旅"]
    about, *_ = paragraphs(tmp_path / "a.docx", "报告信息")
    assert about.startswith("Matching reports: 2, passages: ")
    write_kwic_document(Concordance("文旅", 7, (line_of(),)), tmp_path / "b.docx", EN)
    assert paragraphs(tmp_path / "b.docx", "报告信息") == ["Occurrences: 7; listed here: 1."]


def test_a_long_query_is_cut_in_the_heading_and_whole_below(tmp_path: Path) -> None:
    query = "推动文化和旅游深度融合" * 100
    write_search_document(result_of(passage_hit("文旅"), query=query), tmp_path / "a.docx", ZH)
    (heading,) = paragraphs(tmp_path / "a.docx", "Heading 1")
    assert len(heading) < 80
    assert heading.endswith("…")
    assert paragraphs(tmp_path / "a.docx", "报告信息")[0] == "检索式：" + query


# Occurrences in context


def test_a_concordance_is_a_table_with_its_citations(tmp_path: Path) -> None:
    write_kwic_document(
        Concordance("文旅", 7, (line_of(), line_of("带动\n"))), tmp_path / "a.docx", ZH
    )
    document = docx.Document(str(tmp_path / "a.docx"))
    (table,) = document.tables
    citation = f"〔《{TITLE}》；a.txt#2，字符30–32〕"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["上文", "命中", "下文", "出处"],
        ["接待", "文旅", "收入", citation],
        ["带动 ", "文旅", "收入", citation],
    ]
    styles = [cell.paragraphs[0].style for cell in table.rows[1].cells]
    assert [str(style.paragraph_format.alignment)[:5] for style in styles[:3]] == [
        "RIGHT",
        "CENTE",
        "LEFT ",
    ]
    assert [style.font.bold for style in styles[:3]] == [False, True, False]
    assert paragraphs(tmp_path / "a.docx", "报告信息") == ["共7处；以下列出2处。"]


def test_the_tables_head_is_repeated_and_no_row_is_broken(tmp_path: Path) -> None:
    write_kwic_document(Concordance("文旅", 2, (line_of(), line_of())), tmp_path / "a.docx", ZH)
    (table,) = docx.Document(str(tmp_path / "a.docx")).tables
    marks = [
        [bool(row._tr.findall(f".//{qn(name)}")) for name in ("w:tblHeader", "w:cantSplit")]
        for row in table.rows
    ]
    assert marks == [[True, True], [False, True], [False, True]]


def test_a_concordance_without_lines_has_no_table(tmp_path: Path) -> None:
    write_kwic_document(Concordance("文旅", 0, ()), tmp_path / "a.docx", ZH)
    assert docx.Document(str(tmp_path / "a.docx")).tables == []
    assert paragraphs(tmp_path / "a.docx", "报告信息") == ["没有检索结果。"]


# Both


def _search(path: Path, text: str = "文旅") -> None:
    write_search_document(result_of(passage_hit(text, 0, (0, 1)), query=text, title=text), path, ZH)


def _kwic(path: Path, text: str = "文旅") -> None:
    line = replace(line_of(text, text, text), title=text)
    write_kwic_document(Concordance(text, 1, (line,)), path, ZH)


BOTH = pytest.mark.parametrize("write", [_search, _kwic])
Write = Callable[..., None]


@BOTH
def test_chinese_text_has_a_chinese_font(write: Write, tmp_path: Path) -> None:
    write(tmp_path / "a.docx")
    document: Any = docx.Document(str(tmp_path / "a.docx"))
    assert {entry.style.name for entry in document.paragraphs} >= {"Heading 1", "报告信息"}
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    used = [*document.paragraphs, *(cell.paragraphs[0] for cell in cells)]
    for paragraph in used:
        fonts = paragraph.style.element.rPr.rFonts
        heading = paragraph.style.name.startswith("Heading")
        assert fonts.get(qn("w:eastAsia")) == ("黑体" if heading else "宋体")
        assert not [name for name in fonts.attrib if name.endswith("Theme")]
        for run in paragraph.runs:
            assert run.element.rPr.rFonts.get(qn("w:hint")) == "eastAsia"
    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"


@BOTH
def test_a_page_is_a4_and_none_is_empty(write: Write, tmp_path: Path) -> None:
    write(tmp_path / "a.docx")
    document: Any = docx.Document(str(tmp_path / "a.docx"))
    (section,) = document.sections
    sides = sorted((round(section.page_width.mm), round(section.page_height.mm)))
    assert sides == [210, 297]
    assert all(paragraph.text for paragraph in document.paragraphs)
    assert not list(document.element.body.iter(qn("w:br")))


@BOTH
@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_replaced_one_for_one(
    write: Write, odd: str, tmp_path: Path
) -> None:
    write(tmp_path / "a.docx", f"甲{odd}乙𠮷")
    shown = "\N{REPLACEMENT CHARACTER}"
    document: Any = docx.Document(str(tmp_path / "a.docx"))
    text = "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))
    # Heading, and at least a passage or the three columns.
    assert text.count(shown) >= 3
    assert text.count("𠮷") == text.count(shown)
    assert document.core_properties.title.endswith(f"甲{shown}乙𠮷")


@BOTH
def test_a_file_that_is_there_is_replaced(write: Write, tmp_path: Path) -> None:
    made = tmp_path / "a.docx"
    made.write_bytes(b"old")
    link = tmp_path / "link.docx"
    link.symlink_to(made)
    write(link)
    assert zipfile.is_zipfile(made)
    assert link.is_symlink()
    assert {entry.name for entry in tmp_path.iterdir()} == {"a.docx", "link.docx"}


@BOTH
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none/a.docx", "there is no folder .*none; create it first"),
        ("file/a.docx", "there is no folder .*file; create it first"),
        ("folder", "folder is a folder; name a file in it"),
        (f"{'长' * 100}.docx", "cannot be written: .*; check the disk, or name another file"),
    ],
)
def test_a_place_where_no_file_can_be_is_refused_with_the_remedy(
    write: Write, name: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(ReportSearchError, match=message) as caught:
        write(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert {entry.name for entry in tmp_path.iterdir()} == {"folder", "file"}
    assert not list((tmp_path / "folder").iterdir())


@BOTH
def test_what_is_no_regular_file_is_not_replaced(write: Write, tmp_path: Path) -> None:
    # A pipe of the test's own stands for devices: a real one would not survive a failure.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ReportSearchError, match="pipe is not a regular file; name another file"):
        write(pipe)
    assert pipe.is_fifo()


BROKEN_OFF = """
import os, resource, sys
from pathlib import Path
from reportsearch.errors import ReportSearchError
from tests.output.word.test_word import _search
def try_to_write(path):
    try:
        _search(Path(path))
    except ReportSearchError as error:
        print(error)

first, large, closed = sys.argv[1:]
_search(Path(first))
size = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, size[1]))
try_to_write(large)
resource.setrlimit(resource.RLIMIT_FSIZE, size)
if os.getuid() == 0:
    # What is forbidden to others is not forbidden to root.
    os.setuid(65534)
try_to_write(closed)
"""


def test_a_file_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    places = [tmp_path / "large", tmp_path / "closed"]
    for place in places:
        place.mkdir()
        (place / "a.docx").write_bytes(b"old")
    place.chmod(0o500)
    large, closed = (str(place / "a.docx") for place in places)
    done = subprocess.run(
        [sys.executable, "-c", BROKEN_OFF, str(tmp_path / "first.docx"), large, closed],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"},
    )
    place.chmod(0o700)
    assert done.stdout.splitlines() == [
        f"{large} cannot be written: File too large; check the disk, or name another file",
        (
            f"{closed} cannot be written: Permission denied; close it if it is open in Word, "
            "or name a file in a folder you can write to"
        ),
    ]
    for place in places:
        held = [(entry.name, entry.read_bytes()) for entry in place.iterdir()]
        assert held == [("a.docx", b"old")]


def test_word_is_loaded_only_for_a_document() -> None:
    code = "import sys, reportsearch.output.word; print({'docx', 'lxml', 'zipfile'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "set()\n"
