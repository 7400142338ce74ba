"""A report's text reuse, and a report against the one before, as Word documents."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from reportsearch.errors import ReportSearchError
from reportsearch.models.reuse import EDITED, Reuse, SharedSpan
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import replace_illegal_xml
from reportsearch.output.prose import reuse
from reportsearch.output.word import reuse as word_reuse
from reportsearch.output.word import write_reuse_document, write_year_on_year_document
from reportsearch.output.word.reuse import MAX_PLACES, MAX_PLACES_PER_SOURCE
from tests.languages import EN, ZH
from tests.output import printed

RIGHT = WD_ALIGN_PARAGRAPH.RIGHT


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Reuse:
    return printed.reuse_of(tmp_path_factory.mktemp("reports"))


def read(path: Path) -> Any:
    return docx.Document(str(path))


@pytest.fixture(scope="module")
def document(result: Reuse, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The document of that report, to be looked at."""
    return written(result, tmp_path_factory.mktemp("document"))


def written(result: Reuse, folder: Path) -> Any:
    write_reuse_document(result, folder / "a.docx", ZH)
    return read(folder / "a.docx")


def shown(element: Any) -> str:
    """The text of an element, without what is raised."""
    parts = []
    for run in element.iter(qn("w:r")):
        if run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is None:
            parts += [
                {qn("w:t"): node.text or "", qn("w:br"): "\n"}.get(node.tag, "") for node in run
            ]
    return "".join(parts)


def of_style(document: Any, style: str) -> list[Any]:
    known = document.styles[style].style_id
    return [entry for entry in document.element.body.iter(qn("w:p")) if entry.style == known]


def marked(document: Any) -> list[tuple[str, str, str, str]]:
    """The marked pieces of the text: words, underline, number, the anchor."""
    found = []
    for paragraph in of_style(document, "摘录"):
        for link in paragraph.iter(qn("w:hyperlink")):
            runs = list(link.iter(qn("w:r")))
            underline = runs[0].find(f"{qn('w:rPr')}/{qn('w:u')}").get(qn("w:val"))
            number = "".join(run.text for run in runs[1:])
            found.append((runs[0].text, underline, number, link.get(qn("w:anchor"))))
    return found


def check_links(document: Any) -> None:
    body = document.element.body
    starts = list(body.iter(qn("w:bookmarkStart")))
    names = Counter(start.get(qn("w:name")) for start in starts)
    assert [name for name, count in names.items() if count > 1] == []
    assert all(len(name) <= 40 and re.fullmatch(r"[a-z]\w*", name) for name in names)
    ids = [start.get(qn("w:id")) for start in starts]
    assert len(set(ids)) == len(ids)
    assert ids == [end.get(qn("w:id")) for end in body.iter(qn("w:bookmarkEnd"))]
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert anchors <= set(names)


def test_the_marked_text_is_the_reports(result: Reuse, document: Any) -> None:
    assert "\n".join(map(shown, of_style(document, "摘录"))) == result.text


def test_all_links_lead_to_one_place(document: Any) -> None:
    check_links(document)
    anchors = [link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))]
    for start in ("source_1", "later_1", "formula_", "evidence_source_1", "place_"):
        assert any(anchor.startswith(start) for anchor in anchors), start


def test_marks_have_their_kind_and_number(document: Any) -> None:
    found = marked(document)
    assert {underline for _, underline, _, _ in found} == {"single", "dash", "dotted"}
    assert (printed.COPIED[:24], "single", "", "source_1") in found
    assert (printed.COPIED[24:], "single", "[来源1等3份]", "source_1") in found
    formula = [entry for entry in found if entry[0] in printed.FORMULA_TEXT]
    assert "".join(entry[0] for entry in formula) == printed.FORMULA_TEXT
    assert {entry[1] for entry in formula} == {"dotted"}


def test_the_tables_say_what_the_page_says(result: Reuse, document: Any) -> None:
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ]
    figures, sources, later, formulae = tables
    assert figures[1:] == [
        [entry.name, entry.value, entry.about] for entry in reuse.build_key_figures(result, ZH)
    ]
    for table, entries in zip(
        (sources, later), reuse_numbering.number_sources(result, ZH), strict=True
    ):
        assert table == [
            list(reuse.list_columns(ZH)),
            *(list(reuse.format_row(entry, ZH)) for entry in entries),
        ]
    rows = [
        list(reuse.format_formula_row(entry, ZH))
        for entry in reuse_numbering.number_formulae(result, ZH)
    ]
    assert formulae == [list(reuse.list_formula_columns(ZH)), *rows]
    for table in document.tables:
        assert table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")
        assert all(row._tr.findall(f".//{qn('w:cantSplit')}") for row in table.rows)


def test_numbers_stand_to_the_right_in_their_columns(document: Any) -> None:
    found = [
        [
            table.rows[0].cells[at].text
            for at, column in enumerate(table.columns)
            if all(cell.paragraphs[0].alignment == RIGHT for cell in column.cells)
        ]
        for table in document.tables
    ]
    of_sources = ["占比", "相同字数", "最长", "不含套话", "局部改动"]
    assert found == [[], of_sources, of_sources, ["字数", "报告数", "人员数", "本文处数"]]


def test_the_evidence_shows_both_sides_of_each_place(result: Reuse, document: Any) -> None:
    sides = [shown(paragraph) for paragraph in of_style(document, "对照")]
    places = [place for source in (*result.sources, *result.reused_by) for place in source.places]
    assert sides == [
        line for place in places for line in (f"本报告：{place.text}", f"来源：{place.source_text}")
    ]
    differing = [
        run.text
        for paragraph in of_style(document, "对照")
        for run in paragraph.iter(qn("w:r"))
        if run.findall(f".//{qn('w:u')}")
    ]
    assert {"，", "；"} <= set(differing)


def test_what_is_left_out_of_a_large_report_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A quarter of the places: a document is written and read in proportion to them.
    monkeypatch.setattr(word_reuse, "MAX_PLACES", MAX_PLACES // 4)
    monkeypatch.setattr(word_reuse, "MAX_PLACES_PER_SOURCE", MAX_PLACES_PER_SOURCE // 4)
    result = printed.large(8_000, 1_200, 32)
    document = written(result, tmp_path)
    check_links(document)
    assert "\n".join(map(shown, of_style(document, "摘录"))) == result.text
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert len(of_style(document, "对照")) == 2 * MAX_PLACES // 4
    assert reuse.explain_omitted_places(37 - MAX_PLACES_PER_SOURCE // 4, ZH) in texts
    assert reuse.explain_omitted_places(37, ZH) in texts


def test_a_report_without_reuse_says_so(tmp_path: Path) -> None:
    text = {"a.txt": "甲县副县长2022年度述职报告\n"}
    with printed.archive_of(tmp_path / "reports", text) as archive:
        result = printed.one(archive.reuse("a.txt"))
    texts = [paragraph.text for paragraph in written(result, tmp_path).paragraphs]
    for heading in (reuse.SOURCES, reuse.LATER, reuse.EVIDENCE, reuse.FORMULAE):
        assert reuse.explain_empty_list(heading, result, ZH) in texts


def test_a_draft_says_that_it_is_none_of_the_index(result: Reuse, tmp_path: Path) -> None:
    document = written(replace(result, is_draft=True, left_out=("旧稿.txt",)), tmp_path)
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "本文为未入库稿件，比对时未写入报告库。" in texts
    assert any("未参与比对：旧稿.txt。" in text for text in texts)


# Of what is markup to a page one is enough here; test_word.py has more of what XML cannot hold.
@pytest.mark.parametrize("odd", [printed.HOSTILE[2], *printed.HOSTILE[4:7]])
def test_what_a_report_holds_does_not_break_the_document(
    result: Reuse, odd: str, tmp_path: Path
) -> None:
    document = written(printed.hostile(result, odd), tmp_path)
    assert "\n".join(map(shown, of_style(document, "摘录"))) == replace_illegal_xml(
        f"{odd}\n甲{odd}"
    )
    assert document.core_properties.title == f"文字复制比检测报告：{replace_illegal_xml(odd)}"
    check_links(document)
    write_year_on_year_document(printed.yearly(odd), tmp_path / "b.docx", ZH)
    texts = [paragraph.text for paragraph in read(tmp_path / "b.docx").paragraphs]
    assert f"〔保留〕{replace_illegal_xml(f'对违法的不手软。{odd}')}　本 #1" in texts


def test_a_document_in_english_has_chinese_only_from_the_reports(
    result: Reuse, tmp_path: Path
) -> None:
    write_reuse_document(printed.hostile(result, "x"), tmp_path / "a.docx", EN, remark="x")
    document = read(tmp_path / "a.docx")
    assert document.core_properties.language == "en"
    text = "".join(document.element.body.itertext())
    assert set(re.findall(r"[\u3000-\u9fff\uff00-\uffef]", text)) == {"甲"}
    write_year_on_year_document(printed.yearly(), tmp_path / "b.docx", EN)
    texts = [paragraph.text for paragraph in read(tmp_path / "b.docx").paragraphs]
    assert "[New] 新建冷库一座。\u2003Now #3" in texts


def test_line_ends_and_tabs_of_a_source_stay(result: Reuse, tmp_path: Path) -> None:
    (first, *others) = result.sources
    place = first.places[0]
    spans = (SharedSpan((place.start, place.start + 1), (place.source_start,) * 2, EDITED),)
    place = replace(place, text="甲\n乙", source_text="甲\t乙\n\n丙 ", spans=spans)
    source = replace(first, places=(place, *first.places[1:]))
    document = written(replace(result, sources=(source, *others)), tmp_path)
    sides = [entry.text for entry in document.paragraphs if entry.style.name == "对照"]
    assert sides[:2] == ["本报告：甲\n乙", "来源：甲\t乙\n\n丙 "]


def test_each_sentence_has_its_kind_in_words(tmp_path: Path) -> None:
    write_year_on_year_document(printed.yearly(), tmp_path / "a.docx", ZH)
    document = read(tmp_path / "a.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    kinds = [text[:4] for text in texts if text.startswith("〔")]
    assert kinds == [
        "〔保留〕",
        "〔改写〕",
        "〔新增〕",
        "〔删去〕",
        "〔删去〕",
        "〔上一份",
        "〔上一份",
        "〔上一份",
    ]
    now, before = of_style(document, "对照")
    assert shown(now) == "本：全年办案三百件，挽回损失。"
    assert shown(before) == "上：全年办案二百件，挽回损失！"
    different = [
        run.text
        for side in (now, before)
        for run in side.iter(qn("w:r"))
        if run.findall(f".//{qn('w:u')}")
    ]
    assert different == ["三", "二"]
    assert "三、旧章（本报告无对应部分）" in texts
    assert any("由读者判断" in text for text in texts)


# Both

Write = Callable[[Path], None]


def _reuse(path: Path) -> None:
    write_reuse_document(printed.reuse_of(path.parent / f"{path.name}-reports"), path, ZH)


def _yearly(path: Path) -> None:
    write_year_on_year_document(printed.yearly(), path, ZH)


BOTH = pytest.mark.parametrize("write", [_reuse, _yearly])


@BOTH
def test_a_place_where_no_file_can_be_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "a.docx").mkdir()
    with pytest.raises(ReportSearchError, match="is a folder; name a file in it"):
        write(tmp_path / "a.docx")


@BOTH
def test_chinese_text_has_a_chinese_font(write: Write, tmp_path: Path) -> None:
    write(tmp_path / "a.docx")
    for run in read(tmp_path / "a.docx").element.body.iter(qn("w:r")):
        assert run.rPr.rFonts.get(qn("w:hint")) == "eastAsia"


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory, office: str) -> dict[str, str]:
    """The texts of both as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("printed")
    for write in (_reuse, _yearly):
        write(folder / f"{write.__name__}.docx")
    options = [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command = [office, *options, "--convert-to", "pdf", "--outdir", str(folder)]
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    found = {}
    for path in folder.glob("*.pdf"):
        document = pypdfium2.PdfDocument(path)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        found[path.stem] = "".join(text.split())
        document.close()
    return found


@pytest.mark.needs("WenQuanYi Zen Hei")
def test_libreoffice_prints_a_document_with_its_text(pdfs: dict[str, str]) -> None:
    for sentence in ("文字复制比检测报告", "相似来源", printed.PLAIN[:10], "逐处对照", "说明"):
        assert sentence in pdfs["_reuse"]
    for sentence in ("年度对照报告", "〔新增〕新建冷库一座。", "由读者判断"):
        assert sentence in pdfs["_yearly"]
