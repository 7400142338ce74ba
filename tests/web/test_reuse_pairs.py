"""The list of pairs with most in common has a page of its own; the form waits for no analysis."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from reportsearch.web.analysis_threads import MAX_REQUESTS
from reportsearch.web.archive_service import WAIT_SECONDS, ArchiveService
from reportsearch.web.jobs import MAX_WAITING, StillWorkingError
from tests.web.conftest import ask, served_app
from tests.web.every_page import make_site
from tests.web.test_jobs import busy, until

ROWS = "[aria-labelledby=pairs] tbody tr"
FEW = "/reuse/pairs?few=1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports with much in common."""
    made = tmp_path_factory.mktemp("pairs")
    make_site(made)
    return made


def fill_queue(service: ArchiveService) -> None:
    """Ask as many questions as can wait for their answers, behind a running one."""
    before = WAIT_SECONDS.set(0.001)
    for number in range(MAX_WAITING):
        with suppress(StillWorkingError):
            service.cached(number, lambda _: None)
    WAIT_SECONDS.reset(before)


def test_the_form_is_there_without_the_pairs(folder: Path) -> None:
    with ask(folder, wait_seconds=0.01) as client, busy(client.app.state.service):  # type: ignore[attr-defined]
        assert client.get(FEW).status_code == 202
        front = client.get("/reuse")
        assert front.status_code == 200
        assert f'data-load="{FEW}"' in front.text
        for field in ("file", "official", "previous", "once"):
            assert f'name="{field}"' in front.text


def test_the_form_is_there_on_a_busy_server_and_the_list_can_be_tried_again(folder: Path) -> None:
    with ask(folder, wait_seconds=0.01) as client, busy(client.app.state.service):  # type: ignore[attr-defined]
        fill_queue(client.app.state.service)  # type: ignore[attr-defined]
        for language, text in (("zh", "等待计算的分析过多"), ("en", "too many analyses")):
            refused = client.get(f"{FEW}&lang={language}")
            assert refused.status_code == 503
            assert int(refused.headers["retry-after"]) > 0
            assert text in refused.text
            assert f'href="{FEW}&amp;lang={language}"' in refused.text
        assert client.get("/reuse").status_code == 200


def is_refused(address: str) -> bool:
    """Whether a server refuses a request at once, instead of having it wait."""
    try:
        return httpx2.get(address, timeout=1).status_code == 503
    except httpx2.TimeoutException:
        return False


def test_the_form_is_there_when_all_threads_wait_for_analyses(folder: Path) -> None:
    with (
        served_app(folder) as (place, app),
        ThreadPoolExecutor(MAX_REQUESTS) as pool,
        busy(app.state.service),
    ):
        for _ in range(MAX_REQUESTS):
            pool.submit(httpx2.get, place + FEW, timeout=60)
        until(lambda: is_refused(place + FEW))
        assert httpx2.get(f"{place}/reuse", timeout=60).status_code == 200


def test_the_list_is_a_page_with_all_pairs_or_few(folder: Path) -> None:
    with ask(folder) as client:
        for place in ("/reuse/pairs", FEW):
            shown = client.get(place)
            assert shown.status_code == 200
            assert shown.text.count('id="pair-list"') == 1
            assert "data-load" not in shown.text
            assert re.search(r'aria-labelledby="pairs".*?<td class="bars">', shown.text, re.DOTALL)


def test_the_list_comes_once_the_page_is_there(
    tab: Page, tab_without_scripts: Page, folder: Path
) -> None:
    plain = tab_without_scripts
    with served_app(folder, wait_seconds=0.01) as (place, app):
        with busy(app.state.service):
            tab.goto(f"{place}/reuse")
            expect(tab.locator("#pair-list #progress")).to_contain_text("前面还有 1 项")
            # What is typed meanwhile stays, and so does the place of whoever uses the keyboard.
            tab.locator("#official").fill("甲县副县长")
            tab.locator("#pair-list a").focus()
            # Without scripts there is a link, which leads to what is shown of every analysis.
            plain.goto(f"{place}/reuse")
            plain.locator("#pair-list a").click()
            expect(plain.locator("#progress")).to_contain_text("前面还有 1 项")
        expect(tab.locator(ROWS).first).to_be_visible()
        expect(tab.locator("[aria-labelledby=pairs]")).to_be_focused()
        expect(tab.locator("#official")).to_have_value("甲县副县长")
        expect(plain.locator(ROWS).first).to_be_visible()


def test_what_went_wrong_is_told_and_can_be_tried_again(tab: Page, folder: Path) -> None:
    again = tab.get_by_role("button", name="重试")
    alert = tab.get_by_role("alert")
    with served_app(folder) as (place, app):
        with busy(app.state.service):
            fill_queue(app.state.service)
            tab.goto(f"{place}/reuse")
            expect(alert).to_have_text(re.compile("等待计算的分析过多"))
            expect(tab.locator("#file")).to_have_count(1)
        tab.context.set_offline(True)
        try:
            again.click()
            expect(alert).to_have_text(re.compile("检索页没有响应"))
        finally:
            tab.context.set_offline(False)
        again.click()
        expect(tab.locator(ROWS).first).to_be_visible()
        expect(again).to_have_count(0)
