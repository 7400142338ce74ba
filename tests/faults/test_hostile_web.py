"""The campaigns of benchmarks/faults against the page, in short, on one server.

Queries are in tests/search, mangled files in tests/indexing.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pytest
from benchmarks.faults import (
    forged_origins,
    header_injection,
    hostile_exports,
    hostile_requests,
    hostile_uploads,
    load,
)
from benchmarks.faults.hostile_files import NAMES, REPORT
from benchmarks.faults.outcome import Outcome
from benchmarks.faults.web_server import REPORTS, WebServer, make_site, serve_site

DESCRIPTORS = 256


@pytest.fixture(scope="module")
def site() -> Iterator[Path]:
    with make_site() as folder:
        hostile_uploads.plant_links(folder)
        yield folder


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[WebServer]:
    with serve_site(site, descriptors=DESCRIPTORS) as served:
        yield served


def check(outcome: Outcome, server: WebServer) -> None:
    """Fail if anything failed, or the server wrote a traceback."""
    server.report_log(outcome)
    assert outcome.tried
    assert not outcome.failures, outcome.format_row()


def test_requests_on_every_route(server: WebServer) -> None:
    outcome = Outcome("requests")
    hostile_requests.send_requests(server, outcome, range(0, 20_000, 307), seed=1, clients=4)
    hostile_requests.check_end(server, outcome)
    check(outcome, server)


def test_forged_origins(site: Path, server: WebServer) -> None:
    outcome, before = Outcome("forged origins"), forged_origins.fingerprint(site)
    changing = forged_origins.iter_requests(server.port, server.find_form_key())
    forged_origins.try_all(server, outcome, islice(changing, 0, None, 97))
    forged_origins.try_all(server, outcome, forged_origins.iter_foreign_reads())
    check(outcome, server)
    assert forged_origins.fingerprint(site) == before


def test_header_injection(server: WebServer) -> None:
    outcome = Outcome("header injection")
    header_injection.inject(server, islice(header_injection.iter_reads(), 0, None, 41), outcome)
    forms = header_injection.iter_forms(server.find_form_key())
    header_injection.inject(server, islice(forms, 0, None, 5), outcome)
    check(outcome, server)


def test_names_of_uploads(site: Path, server: WebServer) -> None:
    outcome, before = Outcome("uploads"), hostile_uploads.take_digests(site.parent)
    reports = len(server.get("/add/reports").body)
    with outcome.trial("names"):
        hostile_uploads.add_files(server, tuple((name, REPORT.encode()) for name in NAMES[::3]))
        assert len(server.get("/add/reports").body) > reports
    with outcome.trial("what is on the disk"):
        hostile_uploads.check_disk(site, before)
    check(outcome, server)


def test_clients_with_indexing(site: Path, server: WebServer) -> None:
    outcome = Outcome("clients")
    for one in load.run_load(load.Load(server.port, REPORTS, 1, 0.1), site, clients=8):
        outcome.tried += 1
        if one.fault:
            outcome.failures.append(f"{one.kind} {one.address}: {one.fault}")
    check(outcome, server)


def test_more_silent_connections_than_descriptors(server: WebServer) -> None:
    outcome = Outcome("connections")
    with ExitStack() as connections:
        for number in range(3 * DESCRIPTORS):
            with outcome.trial(f"connection {number}"):
                silent = connections.enter_context(socket.socket())
                silent.setblocking(False)
                silent.connect_ex(("127.0.0.1", server.port))
        hostile_requests.check_end(server, outcome)
    check(outcome, server)


def test_exports(tmp_path: Path) -> None:
    outcome = Outcome("exports")
    hostile_exports.export_collection(tmp_path, outcome, seed=1, number=47, step=5)
    assert outcome.tried > len(hostile_exports.COMMANDS) // 5
    assert not outcome.failures, outcome.format_row()
