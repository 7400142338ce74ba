"""What holds of every page, by the application's own list of addresses: a new one is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.routing import Route

from reportsearch.locale import CHINESE, ENGLISH
from reportsearch.web.app import ROUTES
from tests.conftest import clean
from tests.web.conftest import served
from tests.web.every_page import ADDRESSES, KEY, accessible_tab, check_pages, make_site

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
    folder = tmp_path_factory.mktemp("small")
    make_site(folder)
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def accessible_of_all(browser: Browser) -> Iterator[Page]:
    with accessible_tab(browser) as tab:
        yield tab


@pytest.fixture
def accessible(accessible_of_all: Page) -> Page:
    return clean(accessible_of_all)


@pytest.mark.parametrize(
    ("turn", "language", "scheme", "width"),
    [(0, CHINESE, "light", 1280), (1, ENGLISH, "dark", 320)],
)
def test_axe_finds_nothing_on_any_page(
    accessible: Page,
    small: str,
    turn: int,
    language: str,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    """Each page once, every other of them in English and in the dark.

    All of them in every language, scheme and width: benchmarks/campaigns/accessibility.py.
    """
    places = [place for of_page in ADDRESSES.values() for place in of_page]
    check_pages(accessible, small, places[turn::2], language, scheme, width)


def test_a_wide_table_tells_that_it_goes_on_and_keys_move_it(
    accessible: Page, small: str, address: str
) -> None:
    # To wait for something is to run a script in the page, which its policy forbids.
    tab = accessible
    tab.set_viewport_size({"width": 390, "height": 800})
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


def test_forms_are_folded_and_examples_stand_below_on_a_narrow_screen(
    tab: Page, small: str
) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
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


def test_bars_stand_level_with_their_numbers(tab: Page, small: str) -> None:
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


def test_print_leaves_out_what_leads_elsewhere(tab: Page, small: str) -> None:
    tab.emulate_media(media="print", color_scheme="dark")
    for place in (f"/report/{KEY}", "/?q=文旅", "/compare?by=official"):
        tab.goto(small + place)
        for left_out in ("header nav", "form", "details.cite", ".tools", "button"):
            assert tab.locator(f"{left_out}:visible").count() == 0, (place, left_out)
        assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(27, 27, 27)"
    tab.goto(f"{small}/report/{KEY}")
    expect(tab.locator(".chips a").first).to_be_visible()
