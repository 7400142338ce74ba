"""Every page of the application over a small corpus, and what axe finds on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from axe_playwright_python.base import AXE_FILE_PATH  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from reportsearch import Archive
from reportsearch.web.archive_service import key_of

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
    "/reuse/pairs": ("/reuse/pairs", "/reuse/pairs?few=1"),
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
    "/verify": ("/verify",),
    "/add/table": ("/add/table", "/add/table?region=甲县"),
    # Its number comes from the form: see check_pages.
    "/add/run/{run}": (),
}
"""Pages, each with addresses at which it shows what it can."""


def make_site(folder: Path) -> None:
    """Index three reports of two officials, and a fourth that is excluded."""
    texts = {
        FIRST: TEXT.format(year=2022, number=310),
        LATER: TEXT.format(year=2023, number=420),
        OTHER: TEXT.format(year=2023, number=515).replace("甲县", "乙县"),
        "丙县.txt": TEXT.format(year=2023, number=99).replace("甲县", "丙县"),
        "metadata.csv": "id,exclude\n丙县.txt,1\n",
    }
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in texts.items():
        (corpus / name).write_text(text, encoding="utf-8")
    with Archive.create(folder / "index") as archive:
        archive.index(corpus)


_AXE = """() => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 200)}`))"""


@contextmanager
def accessible_tab(browser: Browser) -> Iterator[Page]:
    """A tab with axe in it, which is itself a script that is put into the page."""
    with browser.new_context(bypass_csp=True) as context:
        context.add_init_script(path=AXE_FILE_PATH)
        yield context.new_page()


def find_faults(tab: Page, width: int) -> list[str]:
    """List what is wrong with the page that is open."""
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


def check_pages(
    tab: Page,
    small: str,
    places: Sequence[str],
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    wrong: dict[str, list[str]] = {}
    tab.goto(f"{small}/nowhere?lang={language}")
    wrong["/nowhere"] = find_faults(tab, width)
    for place in places:
        answer = tab.goto(small + place)
        assert answer
        # That something went wrong inside is said on a page without faults.
        assert answer.status < 500, place
        wrong[place] = find_faults(tab, width)
    # A run has its page, the number of which comes from the form.
    tab.goto(f"{small}/add")
    tab.click("form[action='/add/reread'] button")
    # The page of a run asks for itself again until that is done.
    expect(tab.locator("main a[href='/add']")).to_have_count(1)
    wrong["/add/run/{run}"] = find_faults(tab, width)
    # It does look: a picture without a name is a fault.
    tab.evaluate("document.body.append(document.createElement('img'))")
    assert any("image-alt" in found for found in find_faults(tab, width))
    faulty = {place: found for place, found in wrong.items() if found}
    assert not faulty, str(faulty)
