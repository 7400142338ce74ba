"""Run axe on every page in both languages, light and dark, wide and narrow.

    python -m benchmarks.campaigns.accessibility

The tests cover each page once. Needs Chromium; a violation ends the run with an assertion.
"""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright
from scripts.test_tools import find_chromium
from tests.web.conftest import served
from tests.web.every_page import ADDRESSES, accessible_tab, check_pages, make_site

from reportsearch.locale import CHINESE, ENGLISH

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main() -> None:
    places = [place for of_page in ADDRESSES.values() for place in of_page]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        make_site(Path(folder))
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        with served(Path(folder)) as address, accessible_tab(browser) as tab:
            for language, scheme, width in product((CHINESE, ENGLISH), SCHEMES, (1280, 390, 320)):
                check_pages(tab, address, places, language, scheme, width)
                print(f"{language}, {scheme}, {width}: nothing found on {len(places) + 2} pages")
        browser.close()


if __name__ == "__main__":
    main()
