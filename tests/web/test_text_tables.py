"""Tables of a report: lines of its text become rows, and every character keeps its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
from hypothesis import given, strategies
from lxml import html

from reportsearch import Archive, Report
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.web.archive_service import key_of
from reportsearch.web.report_view import DisplayedPassage, PassageBlock, ReportView
from reportsearch.web.text_tables import TextTable, TextTableRow, separate_tables
from tests.web.conftest import ask

TITLE = "甲县副县长2023年述职报告"


def reports(folder: Path) -> dict[str, Report]:
    with Archive.in_memory() as archive:
        archive.index([folder])
        return {report.id: report for report in archive.reports()}


def tables(report: Report) -> list[TextTable]:
    return [
        part
        for part in separate_tables(ReportView(report).build_passages(1))
        if isinstance(part, TextTable)
    ]


def texts(row: TextTableRow | None) -> list[str]:
    return [cell.text for cell in row.cells] if row else []


def test_tables_of_word_html_markdown_and_plain_text(
    folder: Callable[[dict[str, str]], Path],
) -> None:
    rows = [["指标", "计划", "完成"], ["签约项目（个）", "10", "12"], ["资金", "25", "27.4"]]
    marked = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    barred = ["| " + " | ".join(row) + " |" for row in rows]
    root = folder(
        {
            "a.html": f"<h1>{TITLE}</h1><p>见下表。</p><table>{marked}</table><p>完。</p>",
            "a.md": "\n".join(
                [TITLE, "见下表。", barred[0], "|---|---:|---|", *barred[1:], "完。"]
            ),
            "tabs.txt": "\n".join([TITLE, "见下表。", *map("\t".join, rows), "完。"]),
            "gaps.txt": "\n".join([TITLE, "见下表。", *map("　　".join, rows), "完。"]),
        }
    )
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph("见下表。")
    made = document.add_table(len(rows), 3)
    for cells, values in zip(made.rows, rows, strict=True):
        for cell, value in zip(cells.cells, values, strict=True):
            cell.text = value
    document.save(str(root / "a.docx"))
    found = reports(root)
    assert len(found) == 5
    for report in found.values():
        (table,) = tables(report)
        assert [texts(table.head), *map(texts, table.rows)] == rows
        for row in (table.head, *table.rows):
            for cell in row.cells if row else ():
                assert report.text[cell.start : cell.start + len(cell.text)] == cell.text


def test_a_row_with_fewer_cells_is_not_put_under_heads_that_may_not_be_its_own(
    folder: Callable[[dict[str, str]], Path],
) -> None:
    lines = [TITLE, "见下表。", "指标\t计划\t完成", "签约\t10\t12", "到位\t27"]
    (report,) = reports(folder({"a.txt": "\n".join(lines)})).values()
    (table,) = tables(report)
    assert [row.whole for row in table.rows] == [False, True]
    assert texts(table.rows[1]) == ["到位\t27"]


def test_figures_alone_are_no_heads_and_single_lines_no_tables(
    folder: Callable[[dict[str, str]], Path],
) -> None:
    root = folder(
        {
            "a.txt": f"{TITLE}\n见下表。\n2022\t10\n2023\t12",
            "b.txt": f"{TITLE}\n见下。\n张三\t2023年1月\n各位代表：\n甲　　乙\n丙　　丁",
        }
    )
    found = reports(root)
    (table,) = tables(found["a.txt"])
    assert table.head is None
    assert tables(found["b.txt"]) == []


@given(
    strategies.lists(
        strategies.text(strategies.sampled_from("甲乙1 　|\t-。"), min_size=1, max_size=12),
        max_size=8,
    )
)
def test_nothing_is_lost_and_nothing_stands_twice(lines: list[str]) -> None:
    report = report_of([line for line in lines if line.strip()])
    said = []
    for part in separate_tables(ReportView(report).build_passages(1)):
        if isinstance(part, DisplayedPassage):
            said += [
                (block.start, block.text)
                for block in part.blocks
                if isinstance(block, PassageBlock)
            ]
            said += [(block.head_start, block.head) for block in part.blocks if block.head]
        else:
            said += [
                (cell.start, cell.text)
                for row in (part.head, *part.rows)
                if row
                for cell in row.cells
            ]
    places = [place for start, text in said for place in range(start, start + len(text))]
    assert len(places) == len(set(places))
    missing = set(range(len(report.text))) - set(places)
    assert {report.text[place] for place in missing} <= set(" \u3000\t\n|-:")


def report_of(lines: list[str]) -> Report:
    """A report of which each line is a passage."""
    passages, at = [], 0
    for number, line in enumerate(lines, 1):
        passages.append(Passage("a", number, at, at + len(line), line))
        at += len(line) + 1
    return Report(ReportInfo("a", TITLE), "\n".join(lines), passages=tuple(passages))


def test_the_page_shows_a_table_whose_rows_can_be_found_marked_and_cited(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = f"{TITLE}\n一、主要指标\n指标\t计划\n<b>签约\t10\n资金\t25\n二、打算\n继续努力。"
    (tmp_path / "corpus" / "a.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    with ask(tmp_path) as client:
        tree = html.fromstring(client.get(f"/report/{key_of('a.txt')}?q=签约").text)
    (table,) = tree.xpath("//table[@class='told']")
    assert [cell.text_content() for cell in table.xpath(".//th")] == ["指标", "计划"]
    assert table.xpath(".//tr[@id='p2']/td[1]")[0].text_content().strip() == "<b>签约"
    assert table.xpath(".//tr[@id='p2']//mark")[0].text_content() == "签约"
    # The heading before the table is of the first row's passage, and has its place.
    assert tree.xpath("//div[@id='p1']//h2")[0].text_content() == "一、主要指标"
    assert len(tree.xpath("//details[@class='cite']")) == 4
    assert len(set(tree.xpath("//@id"))) == len(tree.xpath("//@id"))
