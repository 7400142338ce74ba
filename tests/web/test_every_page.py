"""What holds of every page, by the application's own list of addresses: a new one is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect
from starlette.routing import Route

from reportsearch import Archive
from reportsearch.locale import CHINESE, ENGLISH
from reportsearch.web.app import ROUTES
from reportsearch.web.archive_service import key_of
from tests.web.conftest import served

FIRST, LATER, OTHER = "甲县副县长2022年述职报告.txt", "甲县副县长2023年述职报告.txt", "乙县.txt"
KEY = key_of(LATER)
TEXT = """甲县副县长{year}年述职报告
各位代表：我分管文旅、招商引资、审计工作，现将一年来的工作报告如下。
一、文旅融合发展
坚持以文塑旅、以旅彰文，全域旅游示范区创建扎实推进，接待游客{number}万人次，增长12.5%。
编制完成《全域旅游发展规划》，古城保护二期项目开工建设。
指标\t计划\t完成
签约项目（个）\t10\t{number}
二、招商引资提质增效
全年签约项目{number}个，合同引资额*亿元，到位资金{number}.5亿元，先进制造业占六成。
三、不足和打算
创新的办法不多，基层调研不够深入。明年要建成游客中心，新引进企业20家。
"""
ADDRESSES: dict[str, tuple[str, ...]] = {
    "/": (
        "/",
        "/?all=portfolio",
        "/?q=招商引资",
        "/?q=招商引资 月球",
        "/?q=年 OR",
        "/?q=文旅&view=passages&explain=1",
        "/?q=文旅&view=lines",
        "/?q=文旅&view=years",
    ),
    "/help": ("/help",),
    "/report/{key}": (f"/report/{KEY}?q=文旅",),
    "/report/{key}/summary": (f"/report/{KEY}/summary",),
    "/report/{key}/facts": (f"/report/{KEY}/facts", f"/report/{KEY}/facts?kind=projects"),
    "/similar": ("/similar", f"/similar?passage={KEY}:3"),
    "/reuse": ("/reuse", f"/reuse?report={KEY}", f"/reuse?report={KEY}&view=years"),
    "/keywords": ("/keywords", "/keywords?by=official"),
    "/topics": ("/topics", "/topics?topics=2&by=report"),
    # Leads to a comparison.
    "/compare/like": (f"/compare/like?report={KEY}",),
    "/compare": ("/compare", "/compare?by=official", "/compare?by=year&term=文旅"),
    "/portfolios": (
        "/portfolios",
        "/portfolios?portfolio=招商引资",
        "/portfolios?view=alike",
    ),
    "/portfolios/cell": ("/portfolios/cell?portfolio=文旅&value=甲县副县长",),
    "/add": ("/add",),
    "/add/reports": ("/add/reports",),
    "/add/report/{key}": (f"/add/report/{KEY}",),
    "/add/report/{key}/remove": (f"/add/report/{KEY}/remove",),
    "/add/excluded": ("/add/excluded",),
    # Its number comes from the form; see the test.
    "/add/run/{run}": ("/add",),
}
"""Pages, each with addresses at which it shows what it can."""
FILES = {
    "/compare.{ending}",
    "/keywords.{ending}",
    "/portfolios.{ending}",
    "/portfolios/figures.{ending}",
    "/topics.{ending}",
    "/reuse/sheet",
    "/reuse.docx",
    "/reuse.json",
    "/reuse.csv",
    "/search.csv",
    "/search.json",
    "/search.docx",
}
"""What is downloaded, and is no page."""


def test_every_address_is_known_here() -> None:
    asked = {
        route.path
        for route in ROUTES
        if isinstance(route, Route) and "GET" in (route.methods or ())
    }
    pages = {path for path in asked if not path.startswith("/api")}
    assert pages == set(ADDRESSES) | FILES


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over three reports of two officials, a fourth of which is left out."""
    folder = tmp_path_factory.mktemp("small")
    corpus = folder / "corpus"
    corpus.mkdir()
    write(corpus, FIRST, TEXT.format(year=2022, number=310))
    write(corpus, LATER, TEXT.format(year=2023, number=420))
    write(corpus, OTHER, TEXT.format(year=2023, number=515).replace("甲县", "乙县"))
    write(corpus, "丙县.txt", TEXT.format(year=2023, number=99).replace("甲县", "丙县"))
    write(corpus, "metadata.csv", "id,exclude\n丙县.txt,1\n")
    with Archive.create(folder / "index") as archive:
        archive.index(corpus)
    with served(folder) as address:
        yield address


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


_AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 200)}`))"""


def faults(tab: Page, width: int) -> list[str]:
    """What is wrong with the page that is open."""
    wrong: list[str] = tab.evaluate(_AXE)
    seen = tab.evaluate(
        "[document.documentElement.scrollWidth, document.querySelectorAll('h1').length,"
        " document.title.split('·')[0].trim().length]"
    )
    if seen[0] > width:
        wrong.append(f"{seen[0]} wide")
    if seen[1] != 1 or not seen[2]:
        wrong.append("no title, or not one first heading")
    return wrong


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [(CHINESE, "light", 1280), (ENGLISH, "dark", 320)]
)
def test_axe_finds_nothing_on_any_page(
    browser: Browser,
    small: str,
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    # axe itself is a script that is put into the page.
    context = browser.new_context(
        bypass_csp=True, viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    context.add_init_script(path=AXE_FILE_PATH)
    tab = context.new_page()
    wrong: dict[str, list[str]] = {}
    tab.goto(f"{small}/nowhere?lang={language}")
    wrong["/nowhere"] = faults(tab, width)
    for path, places in ADDRESSES.items():
        # The states of a page have the same parts in both languages.
        for place in places if language == CHINESE else places[-1:]:
            tab.goto(small + place)
            if path == "/add/run/{run}":
                tab.click("form[action='/add/reread'] button")
                # The page of a run asks for itself again until that is done.
                expect(tab.locator("main a[href='/add']")).to_have_count(1)
            wrong[place] = faults(tab, width)
    # It does look: a picture without a name is a fault.
    tab.evaluate("document.body.append(document.createElement('img'))")
    assert any("image-alt" in found for found in faults(tab, width))
    context.close()
    assert {place: found for place, found in wrong.items() if found} == {}


def test_a_wide_table_tells_that_it_goes_on_and_keys_move_it(
    browser: Browser, small: str, address: str
) -> None:
    # To wait for something is to run a script in the page.
    tab = browser.new_page(bypass_csp=True, viewport={"width": 390, "height": 800})
    tab.goto(f"{address}/portfolios?lang=zh")
    hint = "(table) => getComputedStyle(table, '::before').height"
    wide = tab.locator(".wide:has(table.heat)").first
    assert "左右滑动" in wide.evaluate("(table) => getComputedStyle(table, '::before').content")
    assert wide.evaluate(hint) != "0px"
    wide.focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.querySelector('.wide:has(table.heat)').scrollLeft > 0")
    tab.goto(f"{small}/report/{KEY}?lang=zh")
    assert tab.locator(".wide:has(table.told)").evaluate(hint) == "0px"
    tab.close()


def test_forms_are_folded_and_examples_stand_below_on_a_narrow_screen(
    browser: Browser, small: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 800})
    tab.goto(f"{small}/compare?by=official&lang=zh")
    fields = tab.locator("details.narrow fieldset")
    expect(fields).to_be_hidden()
    tab.click("details.narrow summary")
    expect(fields).to_be_visible()
    tab.goto(f"{small}/report/{KEY}/facts?lang=zh")
    row = tab.locator("table.terms tbody tr").first
    example, figure = (
        row.locator("td.example").bounding_box(),
        row.locator("td").first.bounding_box(),
    )
    assert example
    assert figure
    assert example["y"] >= figure["y"] + figure["height"] - 1
    assert example["width"] > 300
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(f"{small}/compare?by=official&lang=zh")
    expect(tab.locator("details.narrow fieldset")).to_be_visible()
    expect(tab.locator("details.narrow summary")).to_be_hidden()
    tab.close()


def test_bars_stand_level_with_their_numbers(browser: Browser, small: str) -> None:
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    for place in (
        "/?q=文旅&view=years",
        "/portfolios?portfolio=招商引资",
        f"/report/{KEY}/summary",
    ):
        tab.goto(small + place)
        # Bar and row, as the middles of what they are drawn in.
        apart = tab.evaluate(
            "[...document.querySelectorAll('tbody tr:has(svg.bar, meter)')].map((row) => {"
            " const middle = (box) => (box.top + box.bottom) / 2;"
            " const text = document.createRange();"
            " text.selectNodeContents(row.querySelector('th'));"
            " return Math.abs(middle(row.querySelector('svg.bar, meter').getBoundingClientRect())"
            " - middle(text.getClientRects()[0])); })"
        )
        assert apart
        assert max(apart) < 4
    tab.close()


def test_print_leaves_out_what_leads_elsewhere(browser: Browser, small: str) -> None:
    tab = browser.new_page()
    tab.emulate_media(media="print", color_scheme="dark")
    for place in (f"/report/{KEY}", "/?q=文旅", "/compare?by=official"):
        tab.goto(small + place)
        for left_out in ("header nav", "form", "details.cite", ".tools", "button"):
            assert tab.locator(f"{left_out}:visible").count() == 0, (place, left_out)
        assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(27, 27, 27)"
    tab.goto(f"{small}/report/{KEY}")
    expect(tab.locator(".chips a").first).to_be_visible()
    tab.close()
