"""Make the pictures of the web page and of an exported result in docs/images again.

    python scripts/make_screenshots.py

Needs Chromium and the font that make tools installs.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.web.conftest import served

from reportsearch import Archive
from reportsearch.locale import CHINESE, Translator
from reportsearch.output import html
from scripts.test_tools import find_chromium

PROJECT = Path(__file__).parents[1]
IMAGES = PROJECT / "docs" / "images"
PAGES = {
    "page-search": "/?q=招商引资&lang=zh",
    "page-portfolios": "/portfolios?lang=zh",
}


def _take(browser: Browser, address: str, name: str, width: int, height: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.goto(address)
    tab.screenshot(path=IMAGES / f"{name}.png")
    tab.close()


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        with Archive.create(folder / "index") as archive:
            archive.index([PROJECT / "corpus"])
            exported = folder / "reuse.html"
            page = html.render_reuse_page(archive.reuse("甲县副县长2022"), Translator(CHINESE))
            exported.write_text(page, encoding="utf-8")
        with served(folder) as address:
            for picture, path in PAGES.items():
                _take(browser, address + path, picture, 1280, 900)
        _take(browser, exported.as_uri(), "reuse", 1000, 1536)
        browser.close()


if __name__ == "__main__":
    main()
