"""A page with a picture in a real browser, without scripts: the drawing and the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from reportsearch.output import plots
from tests.output.plots import samples


@pytest.mark.parametrize("kind", ["keywords", "portfolios", "use"])
def test_a_page_stands_alone(tab_without_scripts: Page, tmp_path: Path, kind: str) -> None:
    place = tmp_path / "picture.html"
    result = samples.ALL[kind]
    picture = plots.build_picture(result, "zh")
    plots.write_plot(result, place, "zh")
    said: list[str] = []
    asked: list[str] = []
    page = tab_without_scripts
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(place.as_uri(), wait_until="networkidle")
    assert said == []
    assert asked == [place.as_uri()]
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert page.title() == page.inner_text("h1") == picture.title
    assert page.inner_text("figcaption") == picture.caption
    # The style of the page is its own, whose hash its policy names.
    box = page.locator("svg").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 100
    assert page.get_by_role("img", name=picture.title).count() == 1
    rows = page.locator("tbody tr")
    assert rows.count() == len(picture.rows)
    assert page.locator("thead th").all_inner_texts() == list(picture.columns)
    assert page.locator("tbody th").first.inner_text() == picture.rows[0][0]
    assert page.locator("thead th").first.bounding_box() is not None


def test_the_policy_lets_the_style_of_the_page_apply_and_no_other(
    tab: Page, tmp_path: Path
) -> None:
    place = tmp_path / "picture.html"
    page_text = plots.render_page(samples.ALL["keywords"])
    assert "unsafe" not in page_text
    assert 'lang="en"' in page_text
    place.write_text(
        page_text.replace("</main>", '<p style="color: red">x</p></main>'), encoding="utf-8"
    )
    tab.goto(place.as_uri())
    colours = "element => getComputedStyle(document.querySelector(element)).color"
    assert tab.evaluate(colours, "p") == tab.evaluate(colours, "body") == "rgb(34, 34, 34)"


def test_a_narrow_screen_scrolls_the_picture_not_the_page(tab: Page, tmp_path: Path) -> None:
    place = tmp_path / "picture.html"
    plots.write_plot(samples.ALL["portfolios"], place)
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(place.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.evaluate("document.querySelector('.wide').scrollWidth > innerWidth")
