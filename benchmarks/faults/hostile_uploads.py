"""Upload hostile names and files: nothing lands elsewhere, is written over, or ends the server.

    python -m benchmarks.faults.hostile_uploads [--count 400] [--seed 1]

Every hostile name and every hostile file once, then as many drawn pairs as wanted, through the
forms for files, tables and drafts. Links that lead out of the folder, and a pipe, lie in it.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benchmarks.faults.hostile_files import NAMES, REPORT, make_files
from benchmarks.faults.hostile_values import draw_text
from benchmarks.faults.memory import watch_memory
from benchmarks.faults.outcome import FaultError, Outcome, parse_options
from benchmarks.faults.web_server import (
    Answer,
    WebRequest,
    WebServer,
    check_answer,
    check_headers,
    make_site,
    serve_site,
)

MAX_MEGABYTES = 2_000.0
"""Resident memory of the server and its readers while they read archives of 300 MB each."""
_PER_UPLOAD = 12
_ENDS_WITHIN = 300.0
Upload = tuple[str, bytes]


def iter_uploads(count: int, seed: int) -> Iterator[Upload]:
    """Yield names with contents."""
    files = make_files()
    for name in NAMES:
        yield name, REPORT.encode()
    yield from files.items()
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    contents = list(files.items())
    for _ in range(count):
        claimed, data = chance.choice(contents)
        suffix = Path(chance.choice((claimed, claimed, "a.docx", "a.pdf", "a.txt", "a"))).suffix
        name = chance.choice(
            (chance.choice(NAMES), draw_text(chance)[:2_000] + suffix, f"{chance.random()}{suffix}")
        )
        yield name, data if chance.random() < 0.7 else data[: chance.randrange(len(data) + 1)]


def make_form(place: str, field: str, uploads: tuple[Upload, ...], form_key: str) -> WebRequest:
    """Make a form with files as no browser would write it: their names stand there as they are."""
    mark = b"-" * 20 + b"faults"
    head = b'Content-Disposition: form-data; name="%s"'
    parts = [head % b"form_key" + b"\r\n\r\n" + form_key.encode()]
    for name, data in uploads:
        # A quote or line end would end the name, or the head.
        shown = name.encode("utf-8", "surrogatepass")
        shown = shown.replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
        parts.append(head % field.encode() + b'; filename="%s"\r\n\r\n' % shown + data)
    body = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in parts) + b"--%s--\r\n" % mark
    kind = (b"Content-Type", b"multipart/form-data; boundary=" + mark)
    return WebRequest(b"POST", place.encode(), (kind,), body)


def wait_for_run(server: WebServer, place: str) -> Answer:
    """Return the page of a run when that is done."""
    end = time.monotonic() + _ENDS_WITHIN
    while time.monotonic() < end:
        answer = server.get(place)
        if not answer.find("refresh"):
            return answer
        time.sleep(0.1)
    raise FaultError(f"the run is not done in {_ENDS_WITHIN:.0f} s")


def add_files(server: WebServer, uploads: tuple[Upload, ...]) -> None:
    """Upload reports, and check the page of the run; halves of those that are refused together."""
    request = make_form("/add/files", "files", uploads, server.find_form_key())
    answer = server.ask(request, timeout=_ENDS_WITHIN)
    if answer.status == 507:
        # A name that leads out of the folder by a link.
        check_headers(answer)
    else:
        check_answer(request, answer)
    if answer.status == 303:
        shown = wait_for_run(server, answer.find("location"))
        check_answer(request, shown)
        if shown.status != 200:
            said = re.sub(r"<[^>]+>|\s+", " ", shown.body.decode("utf-8", "replace"))
            raise FaultError(f"the run failed with status {shown.status}; {said[-300:].strip()}")
    elif answer.status not in (400, 413, 507):
        raise FaultError(f"status {answer.status}")
    elif len(uploads) > 1:
        half = len(uploads) // 2
        add_files(server, uploads[:half])
        add_files(server, uploads[half:])


def send_elsewhere(server: WebServer, upload: Upload) -> None:
    """Upload a file as a table of corrections, and as a draft."""
    for place, field in (("/add/table", "table"), ("/reuse", "file")):
        request = make_form(place, field, (upload,), server.find_form_key())
        check_answer(request, server.ask(request, timeout=_ENDS_WITHIN))


def take_digests(folder: Path) -> dict[str, str]:
    """Return a digest of each regular file of a folder by its path, but for the server's log."""
    return {
        str(path): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.suffix != ".log"
    }


def plant_links(site: Path) -> None:
    """Put links that lead out of the folder of reports, and a pipe, into it."""
    outside, corpus = site.parent / "outside", site / "corpus"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (corpus / "out").symlink_to(outside)
    (corpus / "link.txt").symlink_to(outside / "secret.txt")
    os.mkfifo(corpus / "pipe.txt")


def check_disk(site: Path, before: dict[str, str]) -> None:
    """Raise FaultError if a file is elsewhere, changed, hidden, or has a name that is not legal."""
    after = take_digests(site.parent)
    index = str(site / "index")
    for path, digest in before.items():
        if not path.startswith(index) and after.get(path) != digest:
            raise FaultError(f"{path} has changed or is gone")
    for path in after.keys() - before.keys():
        name = Path(path).name
        if path.startswith(index):
            continue
        if not path.startswith(f"{site}/"):
            raise FaultError(f"there is {path[:200]!a}")
        if name.startswith(".") or name.endswith(".tmp") or not name.isprintable():
            raise FaultError(f"a file is called {name[:200]!a}")


def upload_all(server: WebServer, site: Path, count: int, seed: int) -> Outcome:
    """Upload everything, and look at the disk."""
    outcome, before = Outcome("uploads"), take_digests(site.parent)
    every, number = iter_uploads(count, seed), 0
    while uploads := tuple(islice(every, _PER_UPLOAD)):
        names = ", ".join(f"{name[:30]!a}" for name, _ in uploads).replace(": ", ":")
        outcome.tried += len(uploads) - 1
        with outcome.trial(f"seed {seed}, upload {number} of {names}"):
            add_files(server, uploads)
            send_elsewhere(server, uploads[number % len(uploads)])
        number += 1
    with outcome.trial("what is on the disk"):
        check_disk(site, before)
    return outcome


def main() -> int:
    """Upload everything, and print the row."""
    options = parse_options(__doc__, count=400, seed=1)
    with make_site() as site:
        plant_links(site)
        with serve_site(site) as server:
            with watch_memory(server) as watch:
                outcome = upload_all(server, site, options.count, options.seed)
            server.report_log(outcome)
    with outcome.trial("memory"):
        if watch.most > MAX_MEGABYTES:
            raise FaultError(f"{watch.most:.0f} MB")
    print(outcome.format_row())
    print(f"    most memory of the server with its readers: {watch.most:.0f} MB")
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
