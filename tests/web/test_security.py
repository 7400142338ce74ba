"""Who may ask the page, and what it answers to others."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from reportsearch.errors import ReportSearchError
from reportsearch.web.addresses import OwnHosts
from reportsearch.web.security import SecurityMiddleware, TooLargeError, is_form_key
from reportsearch.web.sign_in import FREE_GUESSES, SignIn, check_token
from tests.web.conftest import ask, settings_of


def test_another_host_is_refused(page: TestClient) -> None:
    for host in ("evil.example", "127.0.0.1", "127.0.0.1:1", "localhost:8765.evil.example", ""):
        answer = page.get("/", headers={"host": host})
        assert answer.status_code == 400
        assert "地址" in answer.text
        assert "馆藏报告" not in answer.text
    assert page.get("/", headers={"host": "localhost:8765"}).status_code == 200


def test_every_answer_has_its_headers(page: TestClient) -> None:
    for place in ("/", "/nothing", "/static/base.css"):
        headers = page.get(place).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_what_changes_something_comes_from_our_pages(page: TestClient) -> None:
    for site in ("cross-site", "same-site", "none"):
        assert page.post("/", headers={"sec-fetch-site": site}).status_code == 403
    without = {"sec-fetch-site": ""}
    client = TestClient(page.app, base_url="http://127.0.0.1:8765")
    assert client.post("/").status_code == 403
    assert client.post("/", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.post("/", headers={"origin": "null"}).status_code == 403
    assert client.post("/", headers=without).status_code == 403
    # Taken by the guard; there is nothing to post to on this page.
    assert client.post("/", headers={"origin": "http://127.0.0.1:8765"}).status_code == 405


def test_a_token_is_asked_for_once(tmp_path: Path) -> None:
    with ask(tmp_path, host="192.0.2.1", token="a secret word") as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/", headers={"cookie": "reportsearch_session=wrong"}).status_code == 401
        first = client.get("/?token=a+secret+word&q=x", follow_redirects=False)
        assert (first.status_code, first.headers["location"]) == (303, "/?q=x")
        assert "httponly" in first.headers["set-cookie"].lower()
        assert client.get("/").status_code == 200


def test_other_sites_may_only_link_to_a_page(page: TestClient) -> None:
    link = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert page.get("/", headers=link).status_code == 200
    assert page.get("/", headers={**link, "sec-purpose": "prefetch"}).status_code == 403
    assert page.get("/", headers={**link, "sec-fetch-dest": "iframe"}).status_code == 403
    assert page.get("/", headers={**link, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert page.get("/api/stats", headers=link).status_code == 403
    assert page.get("/", headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("token", ["密码", "a+b", "a&b#c", "a secret word"])
def test_any_text_is_a_token_and_an_address_works_once(tmp_path: Path, token: str) -> None:
    check_token(token)
    with ask(tmp_path, host="192.0.2.1", token=token) as client:
        shown = client.app.state.sign_in.add_code("/")  # type: ignore[attr-defined]
        assert token not in shown
        assert client.get(shown, follow_redirects=False).status_code == 303
        client.cookies.clear()
        assert client.get(shown).status_code == 401
        bearer = {b"authorization": b"Bearer " + token.encode()}
        assert client.get("/api/stats", headers=bearer).status_code == 200


@pytest.mark.parametrize("token", ["a\nb", " a", "a\udc80"])
def test_a_token_that_cannot_be_typed_is_refused(token: str) -> None:
    with pytest.raises(ReportSearchError, match="--token"):
        check_token(token)


def test_wrong_guesses_make_an_address_wait(tmp_path: Path) -> None:
    with ask(tmp_path, host="192.0.2.1", token="word") as client:
        codes = [client.get("/?token=wrong").status_code for _ in range(FREE_GUESSES + 2)]
        assert codes == [401] * (FREE_GUESSES + 1) + [429]
        waiting = client.get("/?token=word")
        assert waiting.status_code == 429
        assert int(waiting.headers["retry-after"]) > 0


def test_all_addresses_include_the_names_of_the_machine_and_no_others() -> None:
    own = OwnHosts("::", 8765, ("reports.example",))
    assert own.contains("reports.example:8765", "192.0.2.7")
    assert own.contains("127.0.0.1:8765", "127.0.0.1")
    assert own.contains("192.0.2.7:8765", "192.0.2.7")
    assert not own.contains("evil.example:8765", "192.0.2.7")


def test_an_allowed_host_is_a_name_or_an_address() -> None:
    own = OwnHosts("127.0.0.1", 8765, ("fd00::7", "报告.example", "pc12:9000"))
    assert own.contains("[FD00:0::7]:8765")
    assert own.contains("xn--4rrx74a.example")
    assert own.contains("pc12:9000")
    assert not own.contains("pc12:8765")
    for wrong in ("http://pc12", "pc 12", "", "pc12/x", "a@pc12"):
        with pytest.raises(ReportSearchError, match="--allowed-host"):
            OwnHosts("127.0.0.1", 8765, (wrong,))


def test_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with ask(tmp_path, max_bytes=2**20) as client:
        answer = client.post("/", content=b"x" * (2**20 + 1))
        assert answer.status_code == 413
        assert "1 MB" in answer.text


def test_what_comes_in_parts_counts_as_a_whole(tmp_path: Path) -> None:
    async def read(_: Scope, receive: Receive, __: Send) -> None:
        await receive()
        await receive()

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x" * 600, "more_body": True}

    async def send(message: Message) -> None:
        raise AssertionError(message)

    headers = [(b"host", b"127.0.0.1:8765"), (b"origin", b"http://127.0.0.1:8765")]
    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": headers}

    def ask_guard(most: int) -> None:
        settings = settings_of(tmp_path, max_bytes=most)
        guard = SecurityMiddleware(read, settings, SignIn(""), lambda *_: Response())
        asyncio.run(guard(scope, receive, send))

    # In a thread of its own: a browser of other tests may have a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(ask_guard, 1_200).result()
        with pytest.raises(TooLargeError):
            thread.submit(ask_guard, 1_199).result()


def test_the_secret_of_forms(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert is_form_key(settings, settings.form_key)
    assert settings.form_key != settings_of(tmp_path).form_key
    for wrong in ("", settings.form_key[:-1], None, 7):
        assert not is_form_key(settings, wrong)


def test_errors_are_pages_that_say_what_to_do(page: TestClient) -> None:
    missing = page.get("/nothing")
    assert missing.status_code == 404
    assert "页面不存在" in missing.text
    assert 'href="/"' in missing.text
    english = page.get("/nothing?lang=en")
    assert "Page not found" in english.text
