"""The page tells of damage to the index, survives it and mends it."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.search.whoosh.schema import encode_text
from tests.web.conftest import ask

TEXT = "招商引资工作取得成效。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    for name in ("甲县", "乙县"):
        body = "\n".join(f"{name}{TEXT}第{number}段。" for number in range(40))
        (tmp_path / "corpus" / f"{name}.txt").write_text(body, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "corpus")
    return tmp_path


def damage(folder: Path) -> None:
    (path,) = (folder / "index").glob("*.seg")
    data = path.read_bytes()
    place = data.index(encode_text(f"甲县{TEXT}第20段。")[:-2])
    path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])


def post(client: TestClient, path: str) -> str:
    secret = re.search(r'name="form_key" value="([^"]+)"', client.get("/verify?lang=en").text)
    assert secret
    answer = client.post(path, data={"form_key": secret[1]}, files={"none": ("", b"")})
    while "Importing" in answer.text:
        time.sleep(0.01)
        answer = client.get(answer.url.path)
    assert answer.status_code == 200
    return answer.text


def test_damage_is_shown_on_every_page_and_mended(folder: Path) -> None:
    with ask(folder) as client:
        assert "0 damaged" in post(client, "/verify")
        damage(folder)
        shown = post(client, "/verify")
        assert "甲县.txt" in shown
        assert "乙县.txt" not in shown
        assert "Show and repair" in client.get("/").text
        told = post(client, "/verify/repair")
        assert "Repair complete" in told
        assert "Read again from their files: 1, repaired from what the index still had" in told
        assert "0 damaged" in client.get("/verify").text
        assert "Show and repair" not in client.get("/").text


def test_the_index_is_checked_without_being_asked(folder: Path) -> None:
    damage(folder)
    with ask(folder, verify_seconds=0.0) as client:
        while "Show and repair" not in client.get("/help?lang=en").text:
            time.sleep(0.01)


def test_a_segment_truncated_under_the_page_is_told_and_mended(folder: Path) -> None:
    with ask(folder) as client:
        assert client.get("/?lang=en&q=招商引资").status_code == 200
        (path,) = (folder / "index").glob("*.seg")
        os.truncate(path, 500)
        for _ in range(2):
            answer = client.get("/?q=工作取得")
            assert answer.status_code == 400
            assert "index --repair" in answer.text
        post(client, "/verify")
        post(client, "/verify/repair")
        assert client.get("/?q=工作取得").status_code == 200


def test_an_index_that_cannot_be_opened_is_told(folder: Path) -> None:
    with ask(folder) as client:
        for path in (folder / "index").glob("*.toc"):
            path.write_bytes(path.read_bytes()[:-1])
        assert "index --rebuild" in post(client, "/verify")
        shutil.rmtree(folder / "index")
        assert "there is no index" in post(client, "/verify")
