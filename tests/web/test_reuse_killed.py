"""A server that is killed while it checks a draft leaves nothing of it on disk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import httpx2 as httpx

WORDS = "龠彝斝簋觚觯"
WAIT = 20
CONVERTER = """#!/bin/sh
# Stands for LibreOffice, the only reader that needs the file on disk; it takes too long.
touch "$MARKER"
sleep 60
"""


def until(holds: object, what: str) -> None:
    """Wait for something."""
    end = time.monotonic() + WAIT
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, what
        time.sleep(0.02)


def upload(place: str) -> threading.Thread:
    """Send a draft, so much that the upload, too, does not stay in memory by itself."""
    key = re.search(r'name="form_key" value="([^"]+)"', httpx.get(place).text)
    assert key
    escaped = "".join(rf"\u{ord(char)}?" for char in WORDS)
    draft = rf"{{\rtf1\ansi\uc1 {escaped * 30_000}}}".encode()

    def send() -> None:
        # The answer never comes.
        with suppress(httpx.HTTPError):
            httpx.post(
                place,
                data={"form_key": key[1]},
                files={"file": ("draft.rtf", draft)},
                headers={"sec-fetch-site": "same-origin"},
                timeout=WAIT,
            )

    sending = threading.Thread(target=send)
    sending.start()
    return sending


def test_a_killed_server_leaves_no_draft(tmp_path: Path) -> None:
    temporary, marker = tmp_path / "temporary", tmp_path / "converting"
    temporary.mkdir()
    converter = tmp_path / "soffice"
    converter.write_text(CONVERTER, encoding="utf-8")
    converter.chmod(0o700)
    index, corpus = str(tmp_path / "index"), str(tmp_path / "corpus")
    ours = {
        "TMPDIR": str(temporary),
        "REPORTSEARCH_SOFFICE": str(converter),
        "MARKER": str(marker),
    }
    command = [sys.executable, "-m", "reportsearch", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--index", index, "--folder", corpus],
        env=os.environ | ours,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr
            told = re.search(r"http://\S+/", server.stderr.readline())
            assert told
            sending = upload(f"{told[0]}reuse")
            until(marker.exists, "the draft is being converted")
            assert any(path.is_file() for path in temporary.rglob("*"))
            server.send_signal(signal.SIGKILL)
            server.wait(WAIT)
            sending.join(WAIT)
            until(lambda: not list(temporary.iterdir()), f"left: {list(temporary.rglob('*'))}")
        finally:
            server.kill()
