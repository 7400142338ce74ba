"""Send hostile requests to every route: none is an error of the server; memory stays bounded.

    python -m benchmarks.faults.hostile_requests [--count 20000] [--first 0] [--seed 1]

Every method; parameters, headers, cookies, bodies and paths that are likely, random or hostile. A
failure is repeated by ``--first`` with its number and ``--count 1`` (of requests that change
something, also what came before matters). An answer may say that the server is busy (503 with
Retry-After).
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from benchmarks.faults.drawn_requests import make_request
from benchmarks.faults.outcome import FaultError, Outcome, parse_options
from benchmarks.faults.web_server import WebServer, check_answer, make_site, serve_site

MAX_GROWTH = 128.0
"""Megabytes that the server may grow by after the first quarter of the requests."""


class Sender:
    """Sends numbered requests, and counts what was answered."""

    def __init__(self, server: WebServer, seed: int) -> None:
        self._server = server
        self._seed = seed
        self.form_key = server.find_form_key()
        self.statuses: Counter[int] = Counter()

    def try_request(self, number: int) -> str:
        """Send a request; return what is wrong with the answer, or nothing."""
        request = make_request(self._seed, number, self.form_key)
        try:
            answer = self._server.ask(request)
            self.statuses[answer.status] += 1
            check_answer(request, answer)
        except FaultError as error:
            return f"{error}; {request.method[:20]!r} {request.target[:200]!r}"
        return ""


def send_requests(
    server: WebServer, outcome: Outcome, numbers: range, seed: int, clients: int
) -> Counter[int]:
    """Send the requests with these numbers, some at a time; return how often each status came."""
    sender = Sender(server, seed)
    with ThreadPoolExecutor(clients) as threads:
        for number, fault in zip(numbers, threads.map(sender.try_request, numbers), strict=True):
            outcome.tried += 1
            if fault:
                what, _, request = fault.partition("; ")
                outcome.failures.append(
                    f"seed {seed}, number {number}, {request.replace(': ', ':')}: {what}"
                )
    return sender.statuses


def check_end(server: WebServer, outcome: Outcome) -> None:
    """Check that the server still finds what it should, and wrote no traceback."""
    with outcome.trial("a search at the end"):
        answer = server.get(f"/api/search?q={quote('文旅')}&limit=1")
        if answer.status != 200 or b'"matched"' not in answer.body:
            raise FaultError(f"status {answer.status}")
    server.report_log(outcome)


def main() -> int:
    """Send the requests, and print the row."""
    options = parse_options(__doc__, count=20_000, first=0, seed=1, clients=4)
    outcome, sizes = Outcome("requests on every route"), []
    statuses: Counter[int] = Counter()
    with make_site() as site, serve_site(site) as server:
        sizes.append(server.measure_megabytes())
        last, quarter = options.first + options.count, max(1, options.count // 4)
        for first in range(options.first, last, quarter):
            numbers = range(first, min(last, first + quarter))
            statuses += send_requests(server, outcome, numbers, options.seed, options.clients)
            sizes.append(server.measure_megabytes())
        check_end(server, outcome)
    with outcome.trial("memory"):
        if len(sizes) > 2 and sizes[-1] - sizes[1] > MAX_GROWTH:
            raise FaultError(f"grown by {sizes[-1] - sizes[1]:.0f} MB after the first quarter")
    print(outcome.format_row())
    print("    memory before and after each quarter:", *(f"{size:.0f}" for size in sizes), "MB")
    print(
        "    statuses:", *(f"{status} x {number}," for status, number in sorted(statuses.items()))
    )
    return int(bool(outcome.failures))


if __name__ == "__main__":
    sys.exit(main())
