"""The pages in a real browser: nothing loaded, links, narrow screens, contrast, print."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from reportsearch.output.html import MAX_OPEN, render_reuse_page, render_year_on_year_page
from tests.languages import ZH
from tests.output import printed


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    result = printed.reuse_of(folder / "reports")
    odd = "长" * 40 + "W" * 200 + "\u202e" + "<script>alert(1)</script>"
    pages = {
        "reuse": render_reuse_page(result, ZH),
        "yearly": render_year_on_year_page(printed.yearly(), ZH),
        "hostile": render_reuse_page(printed.hostile(result, odd), ZH),
        "yearly-hostile": render_year_on_year_page(printed.yearly(odd), ZH),
        "large": render_reuse_page(printed.large(1_500, 240, 120), ZH),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8", newline="")
    return {name: folder / f"{name}.html" for name in pages}


NAMES = ("reuse", "yearly", "hostile", "yearly-hostile")

COLOURS = """() => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number);
    const ground = element => {
        for (let at = element; at; at = at.parentElement) {
            const found = channels(getComputedStyle(at).backgroundColor);
            if (found.length < 4 || found[3] > 0) return found;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll('body *')]
        .filter(element => [...element.childNodes].some(
            node => node.nodeType === 3 && node.data.trim()))
        .map(element => [
            element.tagName + '.' + element.className,
            channels(getComputedStyle(element).color),
            ground(element),
            channels(getComputedStyle(element).textDecorationColor),
            getComputedStyle(element).textDecorationLine,
        ]);
}"""


def luminance(colour: list[float]) -> float:
    parts = [part / 255 for part in colour[:3]]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: list[float], second: list[float]) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_loads_nothing_and_complains_of_nothing(
    tab: Page, places: dict[str, Path], name: str
) -> None:
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(places[name].as_uri(), wait_until="networkidle")
    assert said == []
    assert asked == [places[name].as_uri()]


def test_a_mark_leads_to_its_source_and_the_evidence_back(
    tab: Page, places: dict[str, Path]
) -> None:
    tab.goto(places["reuse"].as_uri())
    mark = tab.locator(".text a.exact").first
    target = mark.get_attribute("href") or ""
    mark.click()
    assert tab.evaluate("location.hash") == target
    assert tab.evaluate("document.querySelector(':target').tagName") == "TR"
    tab.locator(f"{target} a").click()
    assert tab.evaluate("location.hash") == f"#evidence_{target[1:]}"
    tab.locator(
        f"section:has({tab.evaluate('location.hash')}) a:text('返回全文标注')"
    ).first.click()
    assert tab.evaluate("document.querySelector(':target').closest('.text') !== null")


def test_marks_are_reached_by_the_keyboard_and_show_it(tab: Page, places: dict[str, Path]) -> None:
    tab.goto(places["reuse"].as_uri())
    for _ in range(60):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.classList.contains('m')"):
            break
    style = "getComputedStyle(document.activeElement)"
    assert tab.evaluate("document.activeElement.classList.contains('m')")
    assert tab.evaluate(f"{style}.outlineStyle") == "solid"
    assert tab.evaluate(f"parseFloat({style}.outlineWidth)") >= 2


@pytest.mark.parametrize("name", NAMES)
def test_a_narrow_screen_shows_a_page_whole(tab: Page, places: dict[str, Path], name: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    tab.goto(places[name].as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    out = tab.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(element => !element.closest('.scroll'))
            .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
            .map(element => element.outerHTML.slice(0, 80))"""
    )
    assert out == []


def test_marks_are_told_apart_without_colour(tab: Page, places: dict[str, Path]) -> None:
    tab.goto(places["reuse"].as_uri())
    for media in ("screen", "print"):
        tab.emulate_media(media=media)
        styles = {
            kind: tab.evaluate(
                f"(() => {{ const style = getComputedStyle(document.querySelector('.text .{kind}'));"
                " return [style.textDecorationLine, style.textDecorationStyle]; })()"
            )
            for kind in ("exact", "edited", "formula")
        }
        assert styles == {
            "exact": ["underline", "solid"],
            "edited": ["underline", "dashed"],
            "formula": ["underline", "dotted"],
        }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["reuse", "yearly"])
def test_all_text_has_enough_contrast(
    tab: Page, places: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(places[name].as_uri())
    found = tab.evaluate(COLOURS)
    grounds = {tuple(ground) for _, _, ground, _, _ in found}
    assert len(grounds) >= 3
    assert (luminance(max(map(list, grounds), key=luminance)) > 0.5) == (scheme == "light")
    assert [
        (what, colour, ground)
        for what, colour, ground, _, _ in found
        if contrast(colour, ground) < 4.5
    ] == []
    # An underline is no text, but has to be seen.
    assert [
        what
        for what, _, ground, line, kind in found
        if kind == "underline" and contrast(line, ground) < 3
    ] == []


def test_a_link_opens_what_is_closed(tab: Page, places: dict[str, Path]) -> None:
    tab.goto(places["large"].as_uri())
    expect(tab.locator("#evidence_later_60")).not_to_be_visible()
    tab.locator("#later_60 a").click()
    expect(tab.locator("#evidence_later_60")).to_be_visible()


def printed_text(page: Page, path: Path) -> tuple[str, int]:
    page.pdf(path=path, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(path)
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in document}
    assert sizes == {(595, 842)}
    pages = len(document)
    document.close()
    return "".join(text.split()), pages


def test_a_page_prints_with_its_whole_text(
    tab: Page, places: dict[str, Path], tmp_path: Path
) -> None:
    tab.emulate_media(color_scheme="dark")
    tab.goto(places["reuse"].as_uri())
    text, _ = printed_text(tab, tmp_path / "a.pdf")
    for words in ("文字复制比检测报告", "相似来源", printed.PLAIN[:12], "套话", "说明"):
        assert words in text
    tab.emulate_media(media="print", color_scheme="dark")
    body = "getComputedStyle(document.body)"
    assert tab.evaluate(f"{body}.backgroundColor") == "rgb(255, 255, 255)"
    link = tab.evaluate("getComputedStyle(document.querySelector('td a')).color")
    assert link == tab.evaluate(f"{body}.color")


def test_what_can_be_opened_is_printed_open(
    tab: Page, places: dict[str, Path], tmp_path: Path
) -> None:
    tab.goto(places["large"].as_uri())
    text, _ = printed_text(tab, tmp_path / "a.pdf")
    # The last of the sources stands behind a summary on the screen.
    assert MAX_OPEN < 120
    assert text.count("文件59.txt") == 1
    assert text.count("文件119.txt") == 1
