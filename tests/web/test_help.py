"""The help page: its examples run, and it says where files are only to whoever sits there."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from starlette.testclient import TestClient

from reportsearch.locale import LANGUAGES
from reportsearch.web.pages import search
from reportsearch.web.pages.help import EXAMPLES
from tests.web.conftest import ask


def test_every_example_finds_something(page: TestClient) -> None:
    tree = html.fromstring(page.get("/help").text)
    links = {link.text: link.get("href") for link in tree.xpath("//table//a")}
    assert list(links) == [example for example, _ in EXAMPLES]
    for address in [*links.values(), *(f"/?q={example}" for example, _ in search.EXAMPLES)]:
        found = html.fromstring(page.get(address).text)
        assert found.xpath("//h2/a"), address
        assert "没有" not in found.xpath("//h1")[0].text, address


def test_it_tells_of_every_page_in_both_languages(page: TestClient) -> None:
    for language in LANGUAGES:
        tree = html.fromstring(page.get(f"/help?lang={language}").text)
        menu = {link.get("href") for link in tree.xpath("//header//nav//a")}
        told = {link.get("href") for link in tree.xpath("//main//a")}
        assert menu - told == {"/"}
        places = [link for link in told if link.startswith("#")]
        assert all(tree.xpath(f"//h2[@id='{place[1:]}']") for place in places)
    page.cookies.clear()


def test_where_files_are_is_told_on_this_machine_alone(tmp_path: Path) -> None:
    with ask(tmp_path) as here:
        assert str(tmp_path / "corpus") in here.get("/help").text
    with ask(tmp_path, host="192.0.2.1", token="a secret word") as elsewhere:
        answer = elsewhere.get("/help?token=a+secret+word")
        assert answer.status_code == 200
        assert str(tmp_path) not in answer.text
