"""The search page: what is found, how it is explained, and that every link keeps its promise."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.errors import QueryError
from reportsearch.locale import LANGUAGES
from reportsearch.models.report import OCR
from reportsearch.output import json_csv
from reportsearch.search.engine import Origin
from reportsearch.web.archive_service import key_of
from tests.web.conftest import ask

FACETS = ["portfolio", "year", "region", "post", "kind"]
HOSTILE = (
    "甲县副县长2023年度述职报告\n一、<script>alert(1)</script>\n{{ 7 * 7 }} {% raw %} 游客\u202e很多。"
    "</div><img src=x onerror=alert(1)> &amp; 游客\x0b\n" + "长句" * 30_000 + "游客\n"
)


@pytest.fixture(scope="module")
def archive(shipped_archive: Archive) -> Archive:
    return shipped_archive


def shown(page: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """The page at an address, parsed; the language is not kept for the next."""
    answer = page.get(address)
    page.cookies.clear()
    assert answer.status_code == status, address
    return html.fromstring(answer.text)


def one(tree: html.HtmlElement, path: str) -> html.HtmlElement:
    found = tree.xpath(path)
    assert len(found) == 1, path
    return found[0]


def said_in(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def heading(tree: html.HtmlElement) -> str:
    return said_in(one(tree, "//h1"))


def numbers(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def test_hits_are_grouped_by_report_with_links_to_their_places(
    page: TestClient, archive: Archive
) -> None:
    tree = shown(page, "/?q=招商引资")
    expected = archive.search("招商引资")
    assert heading(tree) == "招商引资：6 份报告，14 段"
    hits = tree.xpath("//li[@class='hit']")
    assert len(hits) == len(expected.hits)
    for shown_hit, hit in zip(hits, expected.hits, strict=True):
        title = one(shown_hit, ".//h2/a")
        assert (title.text, title.get("href")) == (
            hit.report.title,
            f"/report/{key_of(hit.report.id)}",
        )
        about = said_in(shown_hit.xpath("./p")[0])
        for known in (hit.report.year, hit.report.region, hit.report.post, hit.report.kind):
            assert known is None or str(known) in about
        passages = shown_hit.xpath(".//div[@class='quoted']")
        for block, passage in zip(passages, hit.passages, strict=True):
            number = passage.id.rpartition("#")[2]
            place, like = block.xpath(".//p[@class='place']/a")
            assert place.get("href") == f"/report/{key_of(hit.report.id)}#p{number}"
            assert all(part in place.text_content() for part in passage.section)
            assert like.get("href") == f"/similar?passage={key_of(hit.report.id)}%3A{number}"
            assert one(block, "./div").text_content() == passage.text
            marks = [mark.text for mark in block.xpath(".//mark")]
            at = passage.start
            assert marks == [passage.text[s - at : e - at] for s, e in passage.highlights]


def test_every_facet_leads_to_as_many_reports_as_it_says(page: TestClient) -> None:
    for address in ("/", "/?q=旅游"):
        tree = shown(page, address)
        links = tree.xpath("//div[@class='facet']//li[.//a]")
        assert len(links) > 8
        for entry in links[:: max(1, len(links) // 12)]:
            count = numbers(said_in(one(entry, "./span[@class='count']")))[0]
            link = one(entry, ".//a")
            found = shown(page, link.get("href"))
            assert one(found, "//ul[@class='chips']/li//span[@class='text']").text == link.text
            assert numbers(heading(found).replace("旅游", ""))[0] == count


def test_counts_of_regions_add_up_to_the_reports_and_say_what_lies_in_them(
    page: TestClient, archive: Archive
) -> None:
    tree = shown(page, "/")
    (regions,) = tree.xpath("//div[@class='facet'][h3='地区']")
    entries = regions.xpath(".//li")
    told = [" ".join(said_in(entry).split()) for entry in entries]
    county = next(text for text in told if text.startswith("甲县"))
    town = told[told.index(county) + 1]
    assert county.endswith("（含下级 1） 6")
    assert town == "甲县戊镇 1"
    outer = [entry for entry in entries if entry.get("class") == "depth-0"]
    counted = [numbers(said_in(one(entry, "./span[@class='count']")))[0] for entry in outer]
    assert sum(counted) == archive.stats().reports


def test_all_values_of_a_facet_have_an_address(page: TestClient) -> None:
    for place in ("/?lang=zh", "/?region=甲县&lang=zh"):
        tree = shown(page, place)
        (link,) = tree.xpath("//div[@class='facet'][h3='分管领域']/p/a")
        number = numbers(said_in(link))[0]
        assert link.get("href").endswith("#filters")
        whole = shown(page, link.get("href"))
        assert heading(whole) == heading(tree)
        (group,) = whole.xpath("//div[@class='facet all']")
        assert len(group.xpath(".//li")) == number > 8
        assert "all=" not in group.xpath(".//li//a")[0].get("href")
        (back,) = group.xpath("./p/a")
        assert not shown(page, back.get("href")).xpath("//div[@class='facet all']")


def test_filters_can_be_removed_one_by_one(page: TestClient) -> None:
    tree = shown(page, "/?q=旅游&portfolio=文旅&region=甲县&sort=date")
    chips = tree.xpath("//ul[@class='chips']/li")
    assert "文旅" in said_in(chips[0])
    assert "甲县" in said_in(chips[1])
    left = chips[0].find("a").get("href")
    assert "portfolio" not in left
    again = shown(page, left)
    assert [said_in(chip) for chip in again.xpath("//ul[@class='chips']/li")] == [
        "地区: 甲县 ✕移除 甲县"
    ]
    # A new query keeps the filters and the order.
    hidden = {
        entry.get("name"): entry.get("value") for entry in tree.xpath("//input[@type='hidden']")
    }
    assert hidden == {"portfolio": "文旅", "region": "甲县", "sort": "date"}
    assert not shown(page, "/?portfolio=文旅").xpath("//input[@name='sort']")


def test_pages_together_have_each_report_once(page: TestClient, archive: Archive) -> None:
    expected = [key_of(hit.report.id) for hit in archive.search("工作", limit=100).hits]
    found = []
    address = "/?q=工作"
    while address:
        tree = shown(page, address)
        found += [link.get("href").removeprefix("/report/") for link in tree.xpath("//h2/a")]
        following = tree.xpath("//a[@rel='next']")
        address = following[0].get("href") if following else ""
    assert found == expected
    assert len(expected) > 10
    # Beyond the end is the last page.
    last = shown(page, "/?q=工作&page=999").xpath("//h2/a")[-1]
    assert last.get("href") == f"/report/{expected[-1]}"


def test_all_passages_of_a_report_are_a_link_away(page: TestClient) -> None:
    hit = shown(page, "/?q=招商引资").xpath("//li[@class='hit']")[0]
    link = one(hit, "./p/a")
    tree = shown(page, link.get("href"))
    assert numbers(said_in(link)) == [4]
    assert len(tree.xpath("//div[@class='quoted']")) == 4
    assert len({title.get("href") for title in tree.xpath("//h2/a")}) == 1


def test_of_a_listed_report_the_passages_on_a_portfolio_are_a_link_away(page: TestClient) -> None:
    tree = shown(page, "/?portfolio=文旅&year=2023")
    links = tree.xpath("//li[@class='hit']/p/a")
    assert len(links) == 4
    for link in links:
        found = shown(page, link.get("href"))
        assert numbers(heading(found))[-1] == numbers(said_in(link))[0]
        assert len(found.xpath("//div[@class='quoted']")) == numbers(said_in(link))[0]
    assert not shown(page, "/?year=2023").xpath("//li[@class='hit']/p/a")


@pytest.mark.parametrize("sort", ["place", "left", "right"])
def test_lines_are_aligned_and_sorted(page: TestClient, archive: Archive, sort: str) -> None:
    tree = shown(page, f"/?q=招商引资&view=lines&sort={sort}")
    expected = archive.kwic("招商引资", sort=sort)
    rows = tree.xpath("//table[@class='kwic']/tbody/tr")
    assert len(rows) == expected.matched
    for row, line in zip(rows, expected.lines, strict=True):
        cells = row.xpath("./td")
        assert [cell.text_content() for cell in cells[:3]] == [line.left, line.match, line.right]
        number = line.passage.rpartition("#")[2]
        assert cells[3].find("a").get("href") == f"/report/{key_of(line.report)}#p{number}"
    assert numbers(heading(tree)) == [expected.matched]


def test_a_great_many_lines_are_not_sorted(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    lines = "\n".join(f"{chr(0x5000 + n % 7)}年{'工作' * 100}。" for n in range(60))
    (tmp_path / "corpus" / "a.txt").write_text(f"甲县副县长2023年述职报告\n{lines}\n", "utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    with ask(tmp_path) as client:
        many = shown(client, "/?q=工作&view=lines&sort=left")
        assert numbers(heading(many)) == [6_000]
        assert "不按上下文排序" in many.text_content()
        few = shown(client, "/?q=年&view=lines&sort=left")
        assert "不按上下文排序" not in few.text_content()


def test_years_have_rates_and_lead_to_their_reports(page: TestClient, archive: Archive) -> None:
    tree = shown(page, "/?q=招商引资&view=years")
    expected = archive.search("招商引资", facets="year").facets["year"]
    rows = tree.xpath("//table[@class='years']/tbody/tr")
    for row, year in zip(rows, expected, strict=True):
        cells = [said_in(cell) for cell in row]
        assert cells[:4] == [
            year.value, str(year.count), str(year.occurrences), f"{year.per_10k:.2f}",
        ]  # fmt: skip
        link = row.xpath("./th/a")
        assert bool(link) == bool(year.count)
        if link:
            found = shown(page, link[0].get("href"))
            assert numbers(heading(found))[0] == year.count
    widths = [float(bar.get("width")) for bar in tree.xpath("//rect[@class='part']")]
    assert max(widths) == 160
    assert widths.index(160) == max(range(len(expected)), key=lambda at: expected[at].per_10k or 0)


def test_a_part_is_explained_and_each_term_alone_finds_what_is_said(page: TestClient) -> None:
    tree = shown(page, "/?q=zzz 文旅")
    assert "没有完全符合的结果" in heading(tree)
    assert "没有符合 zzz 的段落" in tree.text_content()
    assert "仅符合部分条件" in said_in(tree.xpath("//li[@class='hit']")[0])
    pieces = tree.xpath("//span[@class='piece'][a]")
    assert len(pieces) >= 3
    for piece in pieces:
        found = heading(shown(page, piece.find("a").get("href")))
        assert numbers(found)[-1] == numbers(said_in(piece))[-1]
    row = tree.xpath("//div[contains(@class, 'understood')]//tbody/tr[th/a]")[0]
    alone = heading(shown(page, row.find("th/a").get("href")))
    assert numbers(alone)[-1] == numbers(said_in(row.xpath("./td")[1]))[0]


def test_terms_in_different_passages_are_told(page: TestClient) -> None:
    tree = shown(page, "/?q=文旅 产业园")
    assert "另有 1 份报告" in tree.text_content()
    assert "检索词分在不同段落" in said_in(tree.xpath("//li[@class='hit']")[1])
    assert "无上下文可显示" in shown(page, "/?q=zzz 文旅&view=lines").text_content()


def test_nothing_is_explained_with_what_may_have_been_meant(page: TestClient) -> None:
    nothing = shown(page, "/?q=zzz")
    assert heading(nothing) == "zzz：没有检索结果"
    assert "没有符合 zzz 的段落" in nothing.text_content()
    slip = shown(page, "/?q=全域旅由")
    link = one(slip, "//p[@class='suggestion']/a")
    assert link.text == "全域旅游"
    assert shown(page, link.get("href")).xpath("//mark[text()='全域旅游']")
    filtered = shown(page, "/?q=旅游&year=1999")
    assert "符合筛选条件" in filtered.text_content()
    assert filtered.xpath("//a[@href='/?q=%E6%97%85%E6%B8%B8']")
    assert heading(shown(page, "/?year=1999")) == "没有符合筛选条件的报告"


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/?q=文旅", "分管领域“文旅”的段落"),
        # Filters remain, and the page of the hits does not matter.
        ("/?q=文化旅游&region=甲县&sort=date&page=2", "分管领域“文旅”的段落"),
        ("/?q=文旅&year=2023&view=years", "分管领域“文旅”的段落"),
        ("/?q=-签约 文旅&lang=en", "Passages on 文旅"),
    ],
)
def test_the_name_of_a_portfolio_leads_to_as_many_passages_on_it_as_it_says(
    page: TestClient, address: str, label: str
) -> None:
    link = one(shown(page, address), f"//a[starts-with(., '{label}')]")
    written = {"en": "portfolio:文旅"}.get(address[-2:], "分管:文旅")
    found = shown(page, link.get("href") + "&lang=zh")
    assert written in one(found, "//input[@name='q']").get("value")
    assert numbers(link.text)[-1] == numbers(heading(found))[-1] > 0
    assert one(found, "//nav[@class='tabs']//a[@aria-current]").text == "按段落"
    assert not found.xpath("//a[starts-with(., '分管领域“')]")
    for name in ("region", "year"):
        kept = [f"{name}=" in link.get("href"), f"&{name}=" in address]
        assert kept in ([True, True], [False, False])


BAD = (
    "(文旅", "“文旅", "OR 文旅", "文旅 OR", '""', "year:", "year:20", "year:2023..2021",
    "kind:通知", "portfolio:没有的", "date:2024x", "NOT", "县" * 5_001, "title:" + "县" * 201,
    "县 " * 60, "-县 " * 150, "（" * 30 + "文旅 县" + "）" * 30,
)  # fmt: skip


def test_a_bad_query_is_shown_again_with_its_error(page: TestClient, archive: Archive) -> None:
    for text in BAD:
        with pytest.raises(QueryError):
            archive.search(text)
        tree = shown(page, f"/?q={quote(text)}&year=2023&lang=zh", status=400)
        assert one(tree, "//input[@id='q']").get("value") == text.strip()
        alert = one(tree, "//*[@role='alert']").text_content()
        # Told in Chinese: no sentence of English is left.
        assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", alert), alert
        assert "2023" in said_in(one(tree, "//ul[@class='chips']"))
    english = shown(page, "/?q=(文旅&lang=en", status=400)
    assert "bracket at character 1" in one(english, "//*[@role='alert']").text_content()


def test_a_filter_that_cannot_be_is_refused(page: TestClient) -> None:
    for filtered in ("year=abc", "portfolio=没有的", "kind=x", "date=1", "year=2023&year=x"):
        for address in (f"/?{filtered}", f"/?q=旅游&{filtered}"):
            assert shown(page, address, status=400).xpath("//*[@role='alert']")
        assert page.get(f"/search.csv?{filtered}").status_code == 400


def test_rubbish_is_as_if_it_were_not_there(page: TestClient) -> None:
    plain = heading(shown(page, "/?q=旅游"))
    for rubbish in ("page=-1", "page=x", "page=0", "page=" + "9" * 500, "page=²", "view=cake",
                    "sort=cake", "lang=xx", "explain=x", "year=", "colour=red", "q=&q=旅游"):  # fmt: skip
        assert heading(shown(page, f"/?q=旅游&{rubbish}")) in (plain, heading(shown(page, "/")))
    for odd in ("%00", "%ff%fe", "%F0%9F%98%80", "%E2%80%AE旅游", "a%0Ab", "{{7*7}}", "%25s"):
        for view in ("", "lines", "years"):
            assert page.get(f"/?q={odd}&view={view}&title={odd}").status_code in (200, 400)


def test_downloads_have_all_hits(page: TestClient, archive: Archive) -> None:
    tree = shown(page, "/?q=旅游&region=甲县&page=1")
    links = {link.text: link.get("href") for link in tree.xpath("//p[@class='downloads']/a")}
    expected = archive.search("旅游", where=["region=甲县"], limit=100)
    answer = page.get(links["CSV"])
    assert answer.headers["content-disposition"] == 'attachment; filename="search.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["段落"] for row in rows] == [
        passage.id for hit in expected.hits for passage in hit.passages
    ]
    assert page.get(links["JSON"]).text == json_csv.to_json(expected)
    word = zipfile.ZipFile(io.BytesIO(page.get(links["Word"]).content)).read("word/document.xml")
    assert expected.hits[0].report.title in word.decode()
    lines = page.get("/search.csv?q=旅游&view=lines").text
    assert lines.count("\r\n") == archive.kwic("旅游").matched + 1
    assert "每万字次数" in page.get("/search.csv?q=旅游&view=years").text
    assert page.get("/search.docx?q=旅游&view=lines").status_code == 200
    assert page.get("/search.json?year=2023").json()["query"] == "year:2023"


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "x<b>'\".txt").write_text(HOSTILE, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    with ask(tmp_path) as client:
        for view in ("reports", "passages", "lines", "years"):
            for query in ("游客", "<script>", "{{ 7 * 7 }}", '"><script>'):
                answer = client.get(f"/?q={quote(query)}&view={view}")
                tree = html.fromstring(answer.text)
                assert [script.get("src") for script in tree.iter("script")] == ["/static/keys.js"]
                assert not tree.xpath("//img | //*[@onerror] | //main//b")
                assert len(answer.content) < 200_000
        tree = shown(client, "/?q=游客")
        assert "<script>alert(1)</script>" in tree.text_content()
        assert "{{ 7 * 7 }}" in tree.text_content()


def test_what_was_read_from_a_scan_is_marked(shipped_folder: Path, tmp_path: Path) -> None:
    with Archive.open(shipped_folder / "index") as archive:
        report = archive.show("丁县农业农村局2021年工作总结.txt")
    read = replace(report, info=replace(report.info, reader=OCR))
    with Archive.create(tmp_path / "index") as archive, archive._engine.writer() as writer:
        writer.add(read, Origin("x.pdf", ""))
    with ask(tmp_path) as client:
        for address in ("/", "/?q=农业", "/?q=农业&view=passages", "/?q=农业&view=lines"):
            assert shown(client, address).xpath("//strong[@class='ocr']"), address


def test_without_reports_it_says_where_to_add_them(tmp_path: Path) -> None:
    with ask(tmp_path) as client:
        assert shown(client, "/").xpath("//main//a[@href='/add']")
        assert "没有检索结果" in heading(shown(client, "/?q=旅游"))
        assert "no results" in heading(shown(client, "/?q=旅游&lang=en"))


def test_both_languages_say_the_same(page: TestClient) -> None:
    for address in ("/?", "/?q=旅游", "/?q=zzz 文旅", "/?q=旅游&view=lines", "/?q=旅游&view=years"):
        trees = [shown(page, f"{address}&lang={language}") for language in LANGUAGES]
        assert trees[0].get("lang") == "zh-CN"
        assert trees[1].get("lang") == "en"
        assert len({len(tree.xpath("//main//a")) for tree in trees}) == 1
        assert numbers(heading(trees[0])) == numbers(heading(trees[1]))


def test_it_works_in_a_browser_without_scripts(tab_without_scripts: Page, address: str) -> None:
    tab = tab_without_scripts
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(address)
    tab.fill("#q", "旅游")
    tab.press("#q", "Enter")
    assert "旅游" in tab.inner_text("h1")
    tab.click(".facet a:text-is('甲县')")
    assert "甲县" in tab.inner_text(".chips")
    tab.click("text=上下文")
    assert "view=lines" in tab.url
    assert "region=" in tab.url
    tab.click(".chips a")
    assert tab.locator(".chips").count() == 0
    tab.go_back()
    assert "甲县" in tab.inner_text(".chips")


def test_keys_lead_to_the_box_from_hit_to_hit_and_out(tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 700})
    for place in ("/?lang=zh", "/?q=旅游&view=lines&lang=en", "/?q=旅游&view=years&lang=en"):
        tab.goto(address + place)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.goto(f"{address}/?q=旅游&lang=zh")
    tab.keyboard.press("j")
    tab.keyboard.press("ArrowDown")
    focused = "document.activeElement.textContent"
    assert tab.evaluate(focused) == tab.locator(".hit h2").nth(1).inner_text()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "q"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.tagName") == "BODY"
    assert tab.input_value("#q") == "旅游"
    tab.keyboard.press("/")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate(focused) == tab.locator(".hit h2").nth(0).inner_text()
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.id") == "q"


def test_a_source_is_copied_with_a_button_and_read_without_a_script(
    tab: Page, tab_without_scripts: Page, address: str
) -> None:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(f"{address}/?q=旅游&lang=zh")
    cite = tab.locator("details.cite").first
    cite.locator("summary").click()
    said = cite.locator("p.copied").inner_text()
    assert "》，20" in said
    assert said.endswith("一节")
    cite.get_by_role("button").first.click()
    expect(cite.get_by_role("button").first).to_have_text("已复制")
    assert tab.evaluate("navigator.clipboard.readText()") == said
    cite.get_by_role("button").nth(1).click()
    expect(cite.get_by_role("button").nth(1)).to_have_text("已复制")
    exact = tab.evaluate("navigator.clipboard.readText()")
    assert said.rsplit("——", 1)[1] in exact
    assert "SHA-256" in exact
    without = tab_without_scripts
    without.goto(f"{address}/?q=旅游&lang=zh")
    without.locator("details.cite summary").first.click()
    expect(without.locator("details.cite p.copied").first).to_have_text(said)
    assert without.locator("button.copy:visible").count() == 0


def test_that_it_is_not_known_where_a_report_is_from_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    text = "副县长2023年述职报告\n我分管民政工作。\n一、民政工作\n发放补贴。\n"
    (tmp_path / "corpus" / "a.txt").write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    with ask(tmp_path) as client:
        beside = client.get("/?q=补贴").text.partition('id="filters"')[2]
    assert "地区" in beside
    assert "未注明" in beside
