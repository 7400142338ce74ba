"""The pages of a report: its text, its places, what it says in short."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive, Report
from reportsearch.web import templating
from reportsearch.web.archive_service import key_of
from reportsearch.web.pages import report as pages
from reportsearch.web.report_view import ReportView
from tests.web.conftest import ask

ID = "甲县副县长2022年度述职报告.txt"
KEY = key_of(ID)
PLACE = f"/report/{KEY}"
HOSTILE = """甲县副县长2023年述职报告

各位代表：我分管文旅、海关工作。

一、<script>alert(1)</script>
\u202e全域旅游<b>示范</b>县{{ 7*7 }}，接待游客*万人次，{% raw %}</textarea><i>。

（一）理论学习不断深入。我坚持学习文旅工作，读书10本。
"""


@pytest.fixture(scope="module")
def shipped(shipped_folder: Path) -> Report:
    with Archive.open(shipped_folder / "index") as archive:
        return archive.show(ID)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "corpus" / "b.txt").write_text("全域旅游", encoding="utf-8")
    with Archive.create(folder / "index") as archive:
        archive.index(folder / "corpus")
    with ask(folder) as client:
        yield client


def words(text: str) -> str:
    """What is left of a page, or of a part of it, without its tags and spaces."""
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def passages(text: str) -> dict[int, str]:
    """The parts of the page that show the passages, without their tools."""
    article = text[text.index("<article") : text.index("</article>")]
    parts = re.split(r'<div class="passage" id="p(\d+)">', article)[1:]
    return {
        int(number): part[: part.index('<div class="tools"')]
        for number, part in zip(parts[::2], parts[1::2], strict=True)
    }


def test_the_whole_text_is_there_passage_by_passage(page: TestClient, shipped: Report) -> None:
    shown = passages(page.get(PLACE).text)
    assert {number: words(part) for number, part in shown.items()} == {
        passage.number: "".join(passage.text.split()) for passage in shipped.passages
    }


def test_headings_are_headings_and_the_contents_lead_to_them(
    page: TestClient, shipped: Report
) -> None:
    text = page.get(PLACE).text
    contents = text[text.index('<nav class="outline"') : text.index("<article")]
    for place, section in enumerate(shipped.sections):
        assert f'<a href="#s{place}"><span class="text">{section.heading}' in contents
        assert text.count(f'id="s{place}"') == 1
    headings = re.findall(r'<h2 id="s\d+">(.*?)</h2>', text)
    assert [words(heading) for heading in headings] == [
        "".join(section.heading.split()) for section in shipped.sections if section.level == 1
    ]
    assert text.count("<h1") == 1


def test_a_heading_that_is_run_in_stays_in_its_paragraph(hostile: TestClient) -> None:
    text = hostile.get(f"/report/{key_of('a.txt')}").text
    paragraph = re.search(r'<p class="text"><strong id="s\d+">（一）.*?</p>', text)
    assert paragraph
    assert "读书10本" in paragraph[0]


def test_what_is_known_and_where_it_came_from(page: TestClient) -> None:
    text = page.get(PLACE).text
    known = words(text[text.index('<aside class="known"') :])
    assert "人员甲县副县长来源：metadata.csv" in known
    assert "年份2022来源：正文" in known
    assert "日期未注明" in known
    assert f'href="/add/report/{KEY}"' in text
    for year in (2021, 2023):
        assert str(year) in known.partition("同一人员的其他报告")[2]
    english = words(page.get(f"{PLACE}?lang=en").text)
    page.cookies.clear()
    assert "Official甲县副县长frommetadata.csv" in english


def test_a_portfolio_that_is_declared_and_not_written_about(hostile: TestClient) -> None:
    text = hostile.get(f"/report/{key_of('a.txt')}").text
    undone = text[text.index("列入分工、未检出") :]
    with Archive.open(hostile.app.state.settings.index) as archive:  # type: ignore[attr-defined]
        info = archive.show("a.txt").info
    assert set(info.declared) - set(info.portfolios)
    for name in set(info.declared) - set(info.portfolios):
        assert f"<strong>{name}</strong>" in undone


def test_a_query_is_marked_and_its_passages_are_listed(page: TestClient, shipped: Report) -> None:
    answer = page.get(PLACE, params={"q": '"招商"'})
    shown = passages(answer.text)
    having = [passage.number for passage in shipped.passages if "招商" in passage.text]
    marked = [n for n, part in shown.items() if '<mark class="hit">招商</mark>' in part]
    assert marked == having
    assert re.findall(r'q=%22%E6%8B%9B%E5%95%86%22#p(\d+)"', answer.text) == [
        str(number) for number in having
    ]
    assert "海关：本报告中没有检索结果" in page.get(PLACE, params={"q": "海关"}).text
    wrong = page.get(PLACE, params={"q": '"招商'})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text
    assert len(passages(wrong.text)) == len(shipped.passages)


def test_a_span_is_marked_where_it_stands(page: TestClient, shipped: Report) -> None:
    start = shipped.text.index("供销社不涨气")
    shown = passages(page.get(PLACE, params={"at": f"{start}-{start + 6}"}).text)
    assert [n for n, part in shown.items() if "<mark" in part] == [
        p.number for p in shipped.passages if "供销社不涨气" in p.text
    ]


def test_a_number_leads_to_its_passage(page: TestClient, shipped: Report) -> None:
    answer = page.get(f"{PLACE}?hit=3&q=x", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PLACE}?q=x#p3")
    for wrong in ("0", "x", "999", "-1", "1" * 5000):
        answer = page.get(f"{PLACE}?hit={wrong}")
        assert answer.status_code == 404
        assert f"1 至 {len(shipped.passages)} 段" in answer.text


def test_a_citation_has_all_that_a_passage_is_found_by(page: TestClient, shipped: Report) -> None:
    text = page.get(PLACE).text
    areas = re.findall(r"<textarea [^>]*readonly[^>]*>\n(.*?)</textarea>", text, re.DOTALL)
    cited = html.unescape(areas[3])
    passage = shipped.passages[3]
    for part in (shipped.title, "甲县副县长", "2022", ID, shipped.info.sha256):
        assert part in cited
    assert f"{passage.start}–{passage.end}" in cited
    assert f'href="/similar?passage={KEY}%3A4"' in text


def test_the_text_with_its_source_in_words_stands_above_the_exact_one(
    page: TestClient, shipped: Report
) -> None:
    copied = re.findall(r'<p class="text copied"[^>]*>(.*?)</p>', page.get(PLACE).text, re.DOTALL)
    assert len(copied) == len(shipped.passages)
    for passage, said in zip(shipped.passages, copied, strict=True):
        text, source = html.unescape(said).rsplit("\n——", 1)
        assert text == passage.text
        assert source.startswith("甲县副县长，《甲县人民政府副县长2022年度述职报告》，2022年")
        assert all(heading[:10] in source for heading in passage.section)


def test_nothing_of_a_report_is_taken_for_a_page(hostile: TestClient) -> None:
    key = key_of("a.txt")
    for place in ("", "/summary", "/facts", "?q=旅游", "?lang=en"):
        text = hostile.get(f"/report/{key}{place}").text
        assert "<script>alert" not in text
        assert "<b>示范" not in text
        assert "</textarea><i>" not in text
    hostile.cookies.clear()
    assert "{{ 7*7 }}" in hostile.get(f"/report/{key}").text
    assert "原文隐去" in hostile.get(f"/report/{key}/facts").text


def test_rubbish_in_an_address_is_no_failure(page: TestClient) -> None:
    for query in ("page=-1", "page=x", "lang=xx", "at=9-1", "at=x", "q=" + "长" * 3000, "hit="):
        assert page.get(f"{PLACE}?{query}").status_code in (200, 400), query
        assert page.get(f"{PLACE}/facts?{query}&kind=x").status_code == 200
        assert page.get(f"{PLACE}/summary?{query}&chars=x").status_code == 200
    assert page.get("/report/0000000000000000").status_code == 404
    assert page.get("/report/0000000000000000/facts").status_code == 404


def test_a_report_of_a_line_has_all_its_pages(hostile: TestClient) -> None:
    for place in ("", "/summary", "/facts", "/facts?kind=projects"):
        assert hostile.get(f"/report/{key_of('b.txt')}{place}").status_code == 200
    assert "没有此类内容" in hostile.get(f"/report/{key_of('b.txt')}/facts").text


def test_in_short_every_sentence_leads_to_its_place(page: TestClient, shipped: Report) -> None:
    text = page.get(f"{PLACE}/summary").text
    links = re.findall(rf'href="{PLACE}\?at=(\d+)-(\d+)#p(\d+)"', text)
    assert len(links) > 10
    for start, end, number in links:
        passage = shipped.passages[int(number) - 1]
        assert passage.start <= int(start) < int(end)
        assert html.escape(shipped.text[int(start) : int(end)], quote=False) in text
    assert f'href="/reuse?report={KEY}"' in text
    assert "也见于其他馆藏报告" in text


def test_figures_lead_to_their_places_and_can_be_saved(page: TestClient, shipped: Report) -> None:
    text = page.get(f"{PLACE}/facts").text
    row = next(row for row in text.split("<tr>") if "旅游综合收入" in row)
    assert (words(row)[6:11], words(row)[11:13]) == ("7.9亿元", "全年")
    start, end, number = re.findall(r"at=(\d+)-(\d+)#p(\d+)", row)[0]
    assert "7.9亿元" in shipped.text[int(start) : int(end)]
    assert "7.9亿元" in shipped.passages[int(number) - 1].text
    saved = page.get(f"{PLACE}/facts?format=csv")
    assert saved.headers["content-type"].startswith("text/csv")
    assert "attachment" in saved.headers["content-disposition"]
    assert "旅游综合收入" in saved.text
    assert page.get(f"{PLACE}/facts?format=json").json()["report"]["id"] == ID
    assert "《电子烟管理办法》" in page.get(f"{PLACE}/facts?kind=citations").text


def test_a_very_long_report_is_shown_in_parts(
    page: TestClient, shipped: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (templating, pages):
        monkeypatch.setattr(module, "SHOWN_PASSAGES", 10)
    monkeypatch.setattr("reportsearch.web.report_view.SHOWN_PASSAGES", 10)
    parts = -(-len(shipped.passages) // 10)
    seen: list[int] = []
    for number in range(1, parts + 1):
        text = page.get(f"{PLACE}?page={number}").text
        seen += passages(text)
        assert set(re.findall(r'href="#(s\d+)"', text)) <= set(re.findall(r'id="(s\d+)"', text))
    assert seen == [passage.number for passage in shipped.passages]
    assert templating.build_passage_address(ID, 11) == f"{PLACE}?hit=11"
    assert (
        page.get(f"{PLACE}?hit=11", follow_redirects=False)
        .headers["location"]
        .endswith("?page=2#p11")
    )


def test_readings_of_all_shipped_reports_lose_nothing(shipped_folder: Path) -> None:
    with Archive.open(shipped_folder / "index") as archive:
        for report in archive.reports():
            for shown in ReportView(report).build_passages(1):
                joined = "".join(block.head + block.text for block in shown.blocks)
                assert "".join(joined.split()) == "".join(shown.passage.text.split())


def test_no_page_is_wider_than_a_narrow_screen(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    for place in ("/summary", "/facts?lang=en", "?q=招商"):
        tab.goto(f"{address}{PLACE}{place}")
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_reading_and_going_back_without_a_script(tab_without_scripts: Page, address: str) -> None:
    tab = tab_without_scripts
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(f"{address}{PLACE}")
    tab.get_by_role("link", name="第 4 段", exact=True).click()
    assert tab.url.endswith("#p4")
    tab.get_by_label("引用第 4 段").click()
    assert "SHA-256" in tab.get_by_role("textbox", name="第 4 段的精确出处").input_value()
    tab.get_by_role("link", name="数据与项目").click()
    expect(tab).to_have_title(re.compile("数据与项目"))
    tab.go_back()
    assert tab.url.endswith("#p4")
    tab.get_by_role("link", name="查找与第 4 段相似的段落").click()
    expect(tab.get_by_role("heading", name="比对结果")).to_be_visible()
