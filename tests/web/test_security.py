"""Who may ask the page, and what it answers to others."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from reportsearch.web.security import SecurityMiddleware, TooLargeError, is_form_key
from reportsearch.web.sign_in import SignIn
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
