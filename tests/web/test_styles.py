"""The styles: what is styled is there, what is there is styled, and rows stand as they should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from reportsearch import Archive
from reportsearch.web import templating
from reportsearch.web.archive_service import key_of
from reportsearch.web.pages.reuse.front import REPORTS_PER_PAGE
from tests.web.conftest import served

WEB = Path(templating.__file__).parent
STYLES = {path.name: path.read_text("utf-8") for path in sorted((WEB / "static").glob("*.css"))}
TEMPLATES = {
    path.name: path.read_text("utf-8") for path in sorted((WEB / "templates").glob("*.html"))
}
FOR_TESTS = {"facet", "suggestion", "where"}
"""Classes by which tests find something; they have no look of their own."""
PUT_TOGETHER = {
    "depth-": {"depth-1", "depth-2", "depth-3"},
    "h": {"h1", "h2", "h3", "h4", "h5"},
    "is-": {"is-changed", "is-dropped", "is-new"},
    "": {"differs", "edited", "exact", "extra", "formula", "hit", "missing", "names"},
}
"""Classes that templates put together: how they begin, and those that are styled."""


def styled() -> set[str]:
    rules = re.sub(r"/\*.*?\*/", "", "\n".join(STYLES.values()), flags=re.DOTALL)
    return {
        name
        for selector in re.findall(r"([^{}]+)\{", rules)
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }


def in_templates() -> set[str]:
    """The classes of the templates; what they put together ends in a star."""
    found: set[str] = set()
    for text in TEMPLATES.values():
        for value in re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"', text):
            found.update(word for said in re.findall(r"'([^']*)'", value) for word in said.split())
            plain = re.sub(r"\{%.*?%\}", " ", value)
            plain = re.sub(r"\{\{ '.*?\}\}", " ", plain)
            found.update(re.sub(r"\{\{.*?\}\}", "*", plain).split())
    return found


def test_every_style_is_used_and_every_class_is_styled() -> None:
    used = in_templates()
    assert "terms" in used
    together = set().union(*PUT_TOGETHER.values())
    assert styled() - used - together == set()
    assert used - styled() - FOR_TESTS == {f"{start}*" for start in PUT_TOGETHER}
    assert used >= FOR_TESTS
    assert styled() >= together


def test_every_file_of_styles_is_linked_and_none_is_long() -> None:
    (names,) = re.findall(r"\{% for name in \((.*?)\) %\}\n<link", TEMPLATES["base.html"])
    assert {f"{name}.css" for name in re.findall(r'"(\w+)"', names)} == set(STYLES)
    assert max(len(text.splitlines()) for text in STYLES.values()) <= 200


def test_colours_of_light_are_given_for_dark() -> None:
    light, dark = (
        set(re.findall(r"(--[\w-]+): (?:#|rgb)", part))
        for part in STYLES["base.css"].split("prefers-color-scheme: dark")
    )
    assert light
    assert light == dark


TEXT = """{official}{year}年述职报告
各位代表：我分管文旅、招商引资工作，现将一年来的工作报告如下。
一、文旅融合发展
坚持以文塑旅、以旅彰文，全域旅游示范区创建扎实推进，接待游客{number}万人次，增长12.5%。
二、招商引资提质增效
全年签约项目{number}个，合同引资额{number}亿元，到位资金{number}.5亿元，先进制造业占六成。县医院新楼建成投用。
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page over one report more than a list shows at once."""
    folder = tmp_path_factory.mktemp("many")
    corpus = folder / "corpus"
    corpus.mkdir()
    for number in range(REPORTS_PER_PAGE + 1):
        official = f"{chr(ord('甲') + number)}县副县长"
        text = TEXT.format(official=official, year=2023, number=310 + 7 * number)
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    with Archive.create(folder / "index") as archive:
        archive.index(corpus)
    with served(folder) as address:
        yield address


@pytest.fixture
def narrow(tab: Page) -> Page:
    tab.set_viewport_size({"width": 390, "height": 844})
    return tab


def tops(tab: Page, selector: str) -> list[int]:
    """Where the lines begin that some elements stand in."""
    found: list[int] = tab.evaluate(
        "(selector) => [...new Set([...document.querySelectorAll(selector)].map("
        "(one) => Math.round(one.getBoundingClientRect().top / 8)))]",
        selector,
    )
    return found


@pytest.mark.parametrize(("width", "lines"), [(390, 2), (360, 2), (320, 2)])
def test_the_head_takes_few_lines_on_a_telephone(
    narrow: Page, many: str, width: int, lines: int
) -> None:
    narrow.set_viewport_size({"width": width, "height": 844})
    narrow.goto(f"{many}/help?lang=zh")
    assert len(tops(narrow, "header .name, header .apart a")) == 1
    assert len(tops(narrow, "header nav a")) == lines


@pytest.mark.parametrize("place", [f"/report/{key_of('0.txt')}/summary", "/reuse"])
def test_rows_of_figures_are_stacked_on_a_telephone(narrow: Page, many: str, place: str) -> None:
    narrow.goto(f"{many}{place}")
    rows = narrow.evaluate(
        "[...document.querySelectorAll('.wide tbody tr')].map((row) => ["
        " row.querySelector('th').getBoundingClientRect().bottom"
        " - row.children[row.children.length - 1].getBoundingClientRect().top,"
        " row.getBoundingClientRect().height, row.textContent.length])"
    )
    assert rows
    # The last cell is below the name, and no row is high for nothing.
    assert max(above for above, _, _ in rows) < 2
    assert max(height - 2 * length for _, height, length in rows) < 130
    boxes = narrow.evaluate(
        "[...document.querySelectorAll('.wide')].map((one) => one.scrollWidth - one.clientWidth)"
    )
    assert set(boxes) == {0}


def test_figures_beside_each_other_keep_their_width(narrow: Page, many: str) -> None:
    narrow.goto(f"{many}/portfolios?portfolio=招商引资")
    widths = narrow.evaluate(
        "[...document.querySelectorAll('.grid tbody tr:first-child td')].map("
        "(one) => one.getBoundingClientRect().width)"
    )
    assert widths
    assert min(widths) >= 9 * 16
    assert narrow.evaluate(
        "(({scrollWidth, clientWidth}) => scrollWidth > clientWidth)"
        "(document.querySelector('.wide:has(.grid)'))"
    )


def test_reports_to_choose_from_stand_on_pages_and_in_no_box(tab: Page, many: str) -> None:
    tab.goto(f"{many}/reuse?lang=zh")
    table = tab.locator("section[aria-labelledby=choose] .wide")
    assert table.locator("tbody tr").count() == REPORTS_PER_PAGE
    assert table.evaluate("(box) => box.scrollHeight - box.clientHeight") == 0
    tab.click("section[aria-labelledby=choose] .paging a[rel=next]")
    assert table.locator("tbody tr").count() == 1


def test_bars_of_pairs_stand_under_one_another(tab: Page, address: str) -> None:
    tab.goto(f"{address}/reuse/pairs?lang=zh")
    lefts = tab.evaluate(
        "[...document.querySelectorAll('[aria-labelledby=pairs] svg.bar')].map("
        "(bar) => bar.getBoundingClientRect().left)"
    )
    assert len(lefts) > 5
    assert len(set(lefts)) == 1


def test_heads_of_stacked_rows_stand_above_their_figures(narrow: Page, many: str) -> None:
    key = key_of("0.txt")
    for place in (
        "/compare?by=year&term=文旅",
        "/portfolios",
        "/keywords?top=10",
        "/reuse",
        f"/reuse?report={key}",
        f"/report/{key}/facts",
        f"/report/{key}/facts?kind=projects",
        "/add/reports",
    ):
        narrow.goto(f"{many}{place}")
        # The cells of a row that stand beside others, without those whose head is left out.
        apart = narrow.evaluate(
            "[...document.querySelectorAll('.terms')].map((table) => {"
            " const [head, row] = ['thead tr', 'tbody tr'].map((one) => table.querySelector(one));"
            " return [...head.children].map((cell, at) => [cell, row.children[at]])"
            " .filter(([cell, below]) => below && cell.offsetWidth && !cell.matches('.counted *'))"
            " .map(([cell, below]) => Math.abs(cell.offsetLeft - below.offsetLeft)); }).flat()"
        )
        assert apart, place
        assert max(apart) <= 1, place
