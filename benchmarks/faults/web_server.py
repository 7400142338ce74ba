"""A served index of reports with hostile texts, and requests that no HTTP library would send."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path

import psutil

from benchmarks.faults.outcome import FaultError, Outcome
from reportsearch.web.archive_service import key_of

MARKUP = "<i9q>"
"""Markup that is in no page of ours; in a page it came out of a request or report unescaped."""
REPORTS = 24
REMOVED_FROM = 16
"""The reports from this number on may be corrected and removed by a campaign."""
_TEXT = """{post}{year}年度述职报告{odd}
各位代表：我分管文旅、招商引资、审计工作，现将一年来的工作报告如下。
一、文旅融合发展{odd}
坚持以文塑旅、以旅彰文，全域旅游示范区创建扎实推进，接待游客{number}万人次，增长12.5%。{odd}
编制完成《全域旅游发展规划》，古城保护二期项目开工建设。
{odd}
二、招商引资提质增效
全年签约项目{number}个，合同引资额*亿元，到位资金{number}.5亿元，先进制造业占六成。
三、不足和打算
创新的办法不多，基层调研不够深入。明年要建成游客中心{odd}，新引进企业20家。
"""
_ODD = (
    "", f"{MARKUP}<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "]]>&amp;<!--",
    "{{7*7}}{% raw %}${7*7}", "甲\u202e乙\u2066丙", "=1+1", "\\\";\u2028x", "%0d%0aX-Injected: 1",
)  # fmt: skip
_POSTS = ("甲县副县长", "甲县县长", "乙市民政局局长", "丙县副县长")
_TIMEOUT = 60.0


def _find_year(number: int) -> int:
    return 2000 + number // 4 % 25


def make_name(number: int) -> str:
    """Return the file name of a report."""
    return f"{_POSTS[number % 4]}{_find_year(number)}-{number:02}.txt"


def list_keys(numbers: Sequence[int]) -> list[str]:
    """Return the keys of reports in addresses."""
    return [key_of(make_name(number)) for number in numbers]


def write_site(folder: Path, *, reports: int = REPORTS) -> None:
    """Write reports, and hostile titles and officials for some of them in metadata.csv."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    rows = ["id,title,official,region"]
    for number in range(reports):
        odd = _ODD[number % len(_ODD)]
        text = _TEXT.format(
            post=_POSTS[number % 4], year=_find_year(number), number=300 + number * 7, odd=odd
        )
        (corpus / make_name(number)).write_text(text, encoding="utf-8")
        if number % 3 == 0 and odd:
            quoted = '"' + f"题{number}\r\nX-Injected: {odd}".replace('"', '""') + '"'
            rows.append(f"{make_name(number)},{quoted},{quoted},{quoted}")
    (corpus / "metadata.csv").write_text("\n".join(rows), encoding="utf-8", newline="")


@dataclass(frozen=True)
class WebRequest:
    """A request byte by byte; ``is_broken`` if no answer may come, since it is not HTTP."""

    method: bytes
    target: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: bytes = b""
    is_broken: bool = False

    def to_bytes(self, host: bytes) -> bytes:
        """Return the bytes to send; what the headers do not say is said as a browser would."""
        given = {name.lower() for name, _ in self.headers}
        usual = [
            (b"Host", host),
            (b"Sec-Fetch-Site", b"same-origin"),
            (b"Content-Length", b"%d" % len(self.body)),
            (b"Connection", b"close"),
        ]
        if b"transfer-encoding" in given:
            given.add(b"content-length")
        if not given.isdisjoint((b"origin", b"referer")):
            given.add(b"sec-fetch-site")
        sent = [one for one in usual if one[0].lower() not in given] + list(self.headers)
        lines = b"".join(b"%s: %s\r\n" % one for one in sent)
        return b"%s %s HTTP/1.1\r\n%s\r\n%s" % (self.method, self.target, lines, self.body)


@dataclass(frozen=True)
class Answer:
    """The answer to a request; its status is 0 if the connection was closed without one."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def find(self, name: str) -> str:
        """Return the value of a header, empty if there is none."""
        return next((value for known, value in self.headers if known.lower() == name), "")


_KNOWN_HEADERS = {
    "allow", "cache-control", "connection", "content-disposition", "content-length",
    "content-security-policy", "content-type", "cross-origin-opener-policy", "accept-ranges",
    "cross-origin-resource-policy", "etag", "last-modified", "location", "referrer-policy",
    "refresh", "retry-after", "set-cookie", "transfer-encoding", "vary", "x-content-type-options",
    "content-range", "permissions-policy",
}  # fmt: skip
_CLEAN_VALUE = re.compile(r"[ -~\x80-\xff]*")
_OUTSIDE = re.compile(r"(?:[a-z]+:)?[/\\]{2}", re.IGNORECASE)


def check_answer(request: WebRequest, answer: Answer) -> None:
    """Raise FaultError if an answer is an error of ours, or has something of the request as markup.

    A server may say that it is busy and when to come again.
    """
    if not answer.status:
        if not request.is_broken:
            raise FaultError("the connection is closed without an answer")
        return
    if answer.status >= 500 and not (answer.status == 503 and answer.find("retry-after")):
        raise FaultError(f"status {answer.status}")
    check_headers(answer)
    if b"Traceback (most recent call last)" in answer.body:
        raise FaultError("a traceback in the answer")
    if re.search(rb"^root:[^:]*:0:0:", answer.body, re.MULTILINE):
        raise FaultError("a file of the system in the answer")
    is_page = answer.find("content-type").startswith("text/html")
    if is_page and not answer.find("content-disposition") and MARKUP.encode() in answer.body:
        raise FaultError("markup of the request or of a report in the page")


def check_headers(answer: Answer) -> None:
    """Raise FaultError if a header is none of ours, or leads or belongs elsewhere."""
    for name, value in answer.headers:
        if name.lower() not in _KNOWN_HEADERS:
            raise FaultError(f"there is a header {name[:40]!a}")
        if not _CLEAN_VALUE.fullmatch(value):
            raise FaultError(f"control characters in the header {name}")
    location = answer.find("location")
    if _OUTSIDE.match(location) and not location.startswith("http://127.0.0.1:"):
        raise FaultError(f"leads to {location[:60]!a}")
    disposition = answer.find("content-disposition")
    if disposition and not re.fullmatch(
        r"attachment; filename=\"[\w.-]+\"(; filename\*=UTF-8''[\w.~%!-]+)?", disposition, re.ASCII
    ):
        raise FaultError(f"a file is called {disposition[:80]!a}")


@dataclass
class WebServer:
    """A served index: where it listens, what it may be asked, and its process."""

    port: int
    log: Path | None = None
    process: psutil.Process | None = None
    form_key: str = field(default="", repr=False)

    @property
    def host(self) -> bytes:
        """Return the header Host of its own pages."""
        return b"127.0.0.1:%d" % self.port

    def ask(self, request: WebRequest, timeout: float = _TIMEOUT) -> Answer:
        """Send a request. Raises FaultError if no answer comes in time, or one that is not HTTP."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout) as connection:
                return _exchange(connection, request, request.to_bytes(self.host))
        except TimeoutError as error:
            raise FaultError(f"no answer in {timeout:.0f} s") from error
        except ConnectionRefusedError as error:
            raise FaultError("the server is gone") from error

    def get(self, target: str, **headers: str) -> Answer:
        """Get an address as a page of ours would."""
        sent = tuple((key.replace("_", "-").encode(), v.encode()) for key, v in headers.items())
        return self.ask(WebRequest(b"GET", target.encode(), sent))

    def find_form_key(self) -> str:
        """Return the secret of the forms, as a person's browser has it."""
        if not self.form_key:
            found = re.search(rb'name="form_key" value="([^"]+)"', self.get("/add").body)
            if found is None:
                raise FaultError("there is no form on /add")
            self.form_key = found[1].decode()
        return self.form_key

    def get_process(self) -> psutil.Process:
        """Return its process. Raises ValueError if another process has started it."""
        if self.process is None:
            raise ValueError
        return self.process

    def measure_megabytes(self) -> float:
        """Return the resident memory of the server and its readers."""
        if self.process is None:
            return 0.0
        taken = 0
        for one in (self.process, *self.process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                taken += one.memory_info().rss
        return taken / 2**20

    def report_log(self, outcome: Outcome) -> None:
        """Add a failure for each traceback that the server wrote, with its last line."""
        text = self.log.read_text("utf-8", "replace") if self.log else ""
        for block in text.split("Traceback (most recent call last)")[1:]:
            lines = (line for line in block.splitlines()[1:] if line[:1].strip())
            outcome.failures.append(f"the server's log: {next(lines, '?')}")


def _exchange(connection: socket.socket, request: WebRequest, sent: bytes) -> Answer:
    try:
        connection.sendall(sent)
        if request.is_broken:
            # It may say that more is to come.
            connection.shutdown(socket.SHUT_WR)
    except TimeoutError:
        raise
    except OSError:
        pass  # refused before all was sent; the answer may be there
    response = HTTPResponse(connection, method=request.method.decode("latin-1"))
    try:
        response.begin()
        body = response.read()
    except (HTTPException, ConnectionResetError, BrokenPipeError) as error:
        if isinstance(error, ConnectionResetError) or request.is_broken:
            return Answer(0)
        raise FaultError(f"no HTTP: {type(error).__name__}") from error
    finally:
        response.close()
    return Answer(response.status, tuple(response.getheaders()), body)


@contextmanager
def make_site(*, reports: int = REPORTS) -> Iterator[Path]:
    """Make a folder with reports and their index in a temporary folder of its own."""
    with tempfile.TemporaryDirectory(prefix="faults-") as place:
        site = Path(place).resolve() / "site"
        write_site(site, reports=reports)
        index_site(site)
        yield site


def index_site(folder: Path) -> None:
    """Index the reports of a folder from within it, as a person would."""
    command = [sys.executable, "-m", "reportsearch", "index", "corpus", "--quiet"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@contextmanager
def serve_site(folder: Path, *options: str, descriptors: int = 0) -> Iterator[WebServer]:
    """Serve the index of a folder in a process of its own, on a free port of this machine.

    ``descriptors`` is its limit on open files, if not that of this process.
    """
    log = folder.parent / f"{folder.name}.log"
    command = [sys.executable, "-m", "reportsearch", "--lang", "en", "serve", "--port", "0"]
    command += options
    if descriptors:
        command = ["sh", "-c", 'ulimit -n "$0" && exec "$@"', str(descriptors), *command]
    with log.open("wb") as written:
        started = subprocess.Popen(command, cwd=folder, stdout=written, stderr=written)
    try:
        yield WebServer(_find_port(log, started), log, psutil.Process(started.pid))
    finally:
        started.terminate()
        try:
            started.wait(30)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _find_port(log: Path, started: subprocess.Popen[bytes]) -> int:
    for _ in range(600):
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text("utf-8", "replace"))
        if found:
            return int(found[1])
        if started.poll() is not None:
            break
        time.sleep(0.05)
    raise SystemExit(f"the server does not start: {log.read_text('utf-8', 'replace')[-500:]}")
