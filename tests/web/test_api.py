"""The interface for programs: the same answers as the command line, and errors in one line."""

from __future__ import annotations

import json
import re
import shlex
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.analysis.method_note import read_methods
from reportsearch.cli import main
from reportsearch.web.api import operations
from reportsearch.web.api.operation import Operation
from reportsearch.web.archive_service import key_of
from tests.web.conftest import ask, settings_of

NAME = "甲县副县长2022年度述职报告"
KEY = key_of(f"{NAME}.txt")
SAME: dict[str, tuple[list[str], str, dict[str, object]]] = {
    "stats": (["stats"], "stats", {}),
    "verify": (["verify"], "verify", {}),
    "show": (["show", NAME], f"reports/{KEY}", {}),
    "show a passage": (["show", NAME, "--passage", "3"], f"reports/{KEY}/passages/3", {}),
    "search": (
        shlex.split(
            "search '招商引资 -文旅' --where year=2021..2023 --where level=县 --facet year "
            "--facet portfolio --limit 3 --offset 1 --explain"
        ),
        "search",
        {
            "q": "招商引资 -文旅",
            "where": ["year=2021..2023", "level=县"],
            "facet": ["year", "portfolio"],
            "limit": 3,
            "offset": 1,
            "explain": "true",
        },
    ),
    "nothing found": (["search", "没有这样的话"], "search", {"q": "没有这样的话"}),
    "kwic": (
        ["kwic", "项目", "--sort", "right", "--width", "5", "--limit", "7"],
        "kwic",
        {"q": "项目", "sort": "right", "width": 5, "limit": 7},
    ),
    "similar": (["similar", f"{NAME}#3"], "similar", {"report": KEY, "passage": 3}),
    "reuse": (["reuse", NAME], "reuse", {"report": KEY}),
    "reuse of all": (["reuse", "--limit", "4"], "reuse_pairs", {"limit": 4}),
    "year on year": (["reuse", NAME, "--previous"], "year_on_year", {"report": KEY}),
    "keywords": (["keywords", NAME, "--top", "5"], "keywords", {"report": KEY, "top": 5}),
    "compare": (
        shlex.split(
            "compare --by year --values 2022,2023 --pairwise --terms words "
            "--where portfolio=招商引资 --top 3"
        ),
        "compare",
        {
            "by": "year",
            "values": ["2022", "2023"],
            "pairwise": "true",
            "terms": "words",
            "where": "portfolio=招商引资",
            "top": 3,
        },
    ),
    "uses": (
        ["compare", "--by", "report", "--values", NAME, "--term", "招商引资"],
        "uses",
        {"by": "report", "values": KEY, "term": "招商引资"},
    ),
    "portfolios": (["portfolios", "--by", "year"], "portfolios", {"by": "year"}),
    "portfolio": (
        ["portfolios", "文化和旅游", "--where", "year=2022"],
        "portfolio",
        {"portfolio": "文化和旅游", "where": "year=2022"},
    ),
    "facts": (["facts", NAME], "facts", {"report": KEY}),
    "facts of all": (
        ["facts", "--query", "招商引资", "--kind", "projects"],
        "facts_of_all",
        {"q": "招商引资", "kind": "projects"},
    ),
    "summary": (["summary", NAME, "--chars", "200"], "summary", {"report": KEY, "chars": 200}),
    "topics": (
        ["topics", "--topics", "3", "--where", "portfolio=民政"],
        "topics",
        {"topics": 3, "where": "portfolio=民政"},
    ),
    "similarity": (
        ["portfolios", "--similarity", "--where", "year=2023"],
        "official_similarity",
        {"where": "year=2023"},
    ),
    "corrections": (
        ["correct", "--where", "year=2023", "--set", "level=市", "--dry-run"],
        "correct_where",
        {"where": "year=2023", "set": "level=市"},
    ),
    "nothing is given": (["reuse"], "reuse_pairs", {}),
}


@pytest.mark.parametrize(("command", "path", "given"), SAME.values(), ids=SAME.keys())
def test_it_answers_what_the_command_line_prints(
    page: TestClient,
    shipped_folder: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
    command: list[str],
    path: str,
    given: dict[str, Any],
) -> None:
    index = str(shipped_folder / "index")
    assert main([*command, "--format", "json", "--quiet", "--index", index]) == 0
    answer = page.get(f"/api/{path}", params=given)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == capsysbinary.readouterr().out


LEFT_OUT = {
    # A language model, and files of whoever asks, are not for programs; the rest is the page's own.
    "search": {"semantic"},
    "reuse": {"against", "official"},
    "year_on_year": {"against", "official"},
    "summary": {"file"},
    "facts": {"file"},
}


def test_every_analysis_is_an_operation_and_answers_as_its_command_does() -> None:
    offered = {one.name for one in operations.OPERATIONS}
    assert read_methods().keys() <= offered, "add a row to web/api/operations.py"
    compared = {path.partition("/")[0] for _, path, _ in SAME.values()}
    first_parts = {
        one.path.removeprefix("/api/").partition("/")[0] for one in operations.OPERATIONS
    }
    assert first_parts <= compared, "add a line to SAME above"


@pytest.mark.parametrize("operation", operations.OPERATIONS, ids=lambda one: one.name)
def test_an_operation_has_all_parameters_of_its_method(operation: Operation) -> None:
    known = signature(operation.run).parameters
    given = {one.keyword: one for one in operation.parameters}
    others = {"self", "archive", "progress"} | LEFT_OUT.get(operation.run.__name__, set())
    assert given.keys() == known.keys() - others
    for name, one in given.items():
        if one.required:
            assert known[name].default in (Parameter.empty, None)
        else:
            assert one.parse([]) == known[name].default


def test_similar_has_the_parameters_of_the_archive() -> None:
    (run,) = (one.run for one in operations.OPERATIONS if one.name == "similar")
    found, known = signature(run).parameters, signature(Archive.similar).parameters
    assert found.keys() - {"archive", "report", "progress"} == known.keys() - {
        "self", "file", "semantic", "progress"
    }  # fmt: skip
    assert all(found[name].default == known[name].default for name in found.keys() & known.keys())


def test_reports_are_listed_with_their_keys_some_at_a_time(page: TestClient) -> None:
    whole = page.get("/api/reports").json()
    assert whole["matched"] == len(whole["reports"]) == 16
    assert {one["id"]: one["key"] for one in whole["reports"]}[f"{NAME}.txt"] == KEY
    some = page.get("/api/reports", params={"limit": 3, "offset": 2}).json()
    assert (some["matched"], some["reports"]) == (16, whole["reports"][2:5])
    assert page.get("/api/reports", params={"offset": 10**9}).json()["reports"] == []
    for one in whole["reports"]:
        assert page.get(f"/api/reports/{one['key']}").json()["report"]["id"] == one["id"]


def is_error(answer: Any, status: int) -> str:
    """Whether an answer is an error as promised; its line."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    assert list(answer.json()) == ["error"]
    line: str = answer.json()["error"]
    assert len(line.splitlines()) == 1
    return line


def test_what_there_is_not_is_told_in_one_line(page: TestClient) -> None:
    for path in ("", "/", "/nothing", "/search/more", "/reports/x/y", "/%00", "/<b>"):
        assert operations.DOCUMENT in is_error(page.get(f"/api{path}", follow_redirects=True), 404)
    missing = f"/api/reports/{'0' * 16}"
    assert "removed" in is_error(page.get(missing), 404)
    assert "removed" in is_error(page.get(f"{missing}/passages/1"), 404)
    assert "1 to " in is_error(page.get(f"/api/reports/{KEY}/passages/10000"), 404)
    assert is_error(page.get("/api/reuse", params={"report": "0" * 16}), 404)
    # A page of people stays one.
    assert "text/html" in page.get("/apis").headers["content-type"]


RUBBISH: tuple[tuple[str, dict[str, object], str], ...] = (
    ("search", {}, "q is missing"),
    ("search", {"q": "("}, "bracket"),
    ("search", {"q": "x" * 10_000}, "characters"),
    ("search", {"q": ["招商", "文旅"]}, "2 times"),
    ("search", {"q": "招商", "limit": -1}, "limit"),
    ("search", {"q": "招商", "limit": 1001}, "1000"),
    ("search", {"q": "招商", "limit": "9" * 5_000}, "limit"),
    ("search", {"q": "招商", "limit": "１"}, "limit"),
    ("search", {"q": "招商", "limit": "1.0"}, "limit"),
    ("search", {"q": "招商", "limit": ""}, "limit"),
    ("search", {"q": "招商", "offset": 10**20}, "offset"),
    ("search", {"q": "招商", "sort": "x\x00"}, "sort"),
    ("search", {"q": "招商", "facet": ["year", "x"]}, "facet"),
    ("search", {"q": "招商", "where": ["year"] * 51}, "51 times"),
    ("search", {"q": "招商", "where": "year"}, "FIELD=VALUE"),
    ("search", {"q": "招商", "where": "year=\x00"}, "year"),
    ("search", {"q": "招商", "where": "year=" + "1" * 10_000}, "where"),
    ("search", {"q": "招商", "explain": "yes"}, "true or false"),
    ("search", {"q": "招商", "semantic": "true"}, "no parameter"),
    ("search", {"q": "招商", "<script>": "x"}, "no parameter"),
    ("kwic", {"q": "招商", "width": -5}, "width"),
    ("similar", {}, "passage, text"),
    ("similar", {"text": "招商", "report": KEY}, "passage, text"),
    ("similar", {"text": "招商", "passage": 3}, "report"),
    ("similar", {"text": "\x00"}, "letters or digits"),
    ("similar", {"text": "x" * 20_001}, "20000"),
    ("similar", {"report": "../../etc/passwd"}, "key"),
    ("similar", {"report": NAME}, "key"),
    ("reuse", {"report": KEY, "min_chars": 4}, "min_chars"),
    ("reuse_pairs", {"formula_officials": 1}, "formula_officials"),
    # As they were asked for before version 0.2.0.
    ("reuse", {}, "/api/reuse_pairs"),
    ("reuse", {"limit": 4}, "/api/reuse_pairs"),
    ("facts", {"where": "year=2022"}, "/api/facts_of_all"),
    ("facts", {"kind": "projects"}, "/api/facts_of_all"),
    ("portfolios", {"portfolio": "文旅"}, "/api/portfolio "),
    ("portfolio", {}, "/api/portfolios"),
    ("reuse", {"against": "/etc/passwd"}, "no parameter"),
    ("year_on_year", {}, "report is missing"),
    ("keywords", {"report": KEY, "by": "year"}, "by"),
    ("summary", {"report": KEY, "where": "year=2022"}, "where"),
    ("summary", {"chars": 0}, "chars"),
    ("facts_of_all", {"q": "("}, "bracket"),
    ("topics", {"topics": 1}, "auto"),
    ("topics", {"topics": "many"}, "auto"),
    ("compare", {}, "by is missing"),
    ("compare", {"by": "年份"}, "by"),
    ("compare", {"by": "year", "pairwise": "true"}, "two"),
    ("compare", {"by": "report", "values": "/etc/passwd"}, "removed"),
    ("uses", {"term": ""}, "term"),
    ("portfolio", {"portfolio": "\x00"}, "portfolio"),
    ("portfolios", {"by": "portfolio"}, "by"),
    (f"reports/{KEY}/passages/{'1' * 5000}", {}, "number"),
    (f"reports/{KEY}/passages/0", {}, "number"),
    ("reports/..%2F..%2Fetc", {}, operations.DOCUMENT),
    ("reports/x", {}, "key"),
)


@pytest.mark.parametrize(
    ("path", "given", "part"), RUBBISH, ids=lambda one: str(one)[:40].encode("ascii", "replace")
)
def test_rubbish_is_refused_with_what_is_wrong(
    page: TestClient, path: str, given: dict[str, Any], part: str
) -> None:
    answer = page.get(f"/api/{path}", params=given)
    line = is_error(answer, answer.status_code if answer.status_code == 404 else 400)
    assert part in line
    assert len(line) < 1_000


def test_only_get_and_head_are_answered(page: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = page.request(method, "/api/stats")
        assert is_error(answer, 405)
        assert "GET" in answer.headers["allow"]
        assert "access-control-allow-origin" not in answer.headers
    head, whole = page.head("/api/stats"), page.get("/api/stats")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_the_guard_answers_programs_in_their_way(tmp_path: Path) -> None:
    with ask(tmp_path, max_bytes=2**20) as client:
        assert is_error(client.get("/api/stats", headers={"host": "evil.example"}), 400)
        foreign = client.post("/api/stats", headers={"sec-fetch-site": "cross-site"})
        assert is_error(foreign, 403)
        assert "1 MB" in is_error(client.post("/api/stats", content=b"x" * (2**20 + 1)), 413)
        assert client.get("/api/stats").json()["reports"] == 0
    with ask(tmp_path, host="192.0.2.1", token="a secret word") as client:
        assert is_error(client.get("/api/stats"), 401)
        bearer = {"authorization": "Bearer a secret word"}
        assert client.get("/api/stats", headers=bearer).status_code == 200
        wrong = {"authorization": "Bearer another"}
        assert is_error(client.get("/api/stats", headers=wrong), 401)


def test_a_report_that_is_removed_meanwhile_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / "corpus" / name).write_text(f"{name}述职报告\n\n今年招商引资成效明显。\n")
    key = key_of("甲.txt")
    with ask(tmp_path) as client, Archive.create(tmp_path / "index") as archive:
        assert client.get(f"/api/reports/{key}").status_code == 404
        archive.index(tmp_path / "corpus")
        assert client.get(f"/api/reports/{key}").status_code == 200
        assert client.get("/api/reuse", params={"report": key}).status_code == 200
        (tmp_path / "corpus" / "甲.txt").unlink()
        archive.index(tmp_path / "corpus", prune=True)
        assert is_error(client.get(f"/api/reports/{key}"), 404)
        assert is_error(client.get("/api/reuse", params={"report": key}), 404)
        assert client.get("/api/reports").json()["matched"] == 1


def test_whatever_stands_in_a_report_the_answer_is_valid(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> {{ 7*7 }} \u202e招商引资\u202c \u2028\x07\ud800 \uffff end"
    row = {"id": "\ud800<b>#1", "title": f"述职报告{hostile}", "text": f"一、招商\n\n{hostile}。\n"}
    rows = tmp_path / "corpus" / "rows.jsonl"
    rows.parent.mkdir()
    rows.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(rows)
    with ask(tmp_path) as client:
        listed = json.loads(client.get("/api/reports").content.decode("utf-8"))
        key = listed["reports"][0]["key"]
        for path in (f"reports/{key}", f"reports/{key}/passages/1", f"reuse?report={key}"):
            found = client.get(f"/api/{path}")
            assert found.status_code == 200, found.text
            json.loads(found.content.decode("utf-8"))
            assert found.headers["x-content-type-options"] == "nosniff"
        answer = client.get("/api/search", params={"q": "招商引资"}).content.decode("utf-8")
        assert "<script>alert(1)</script>" in json.loads(answer)["hits"][0]["passages"][0]["text"]
        again = json.loads(client.get("/api/search", params={"q": "\u202e<script>"}).content)
        assert again["matched"]["reports"] in (0, 1)
        assert is_error(client.get("/api/%ED%A0%80"), 404)
        assert client.get("/api/search?q=%ED%A0%80").status_code in (200, 400)


def test_long_answers_are_worked_out_once_for_each_question(shipped_folder: Path) -> None:
    with ask(shipped_folder) as client:
        kept = client.app.state.service._cache  # type: ignore[attr-defined]
        asked: list[dict[str, Any]] = [{"top": 3}, {"top": 3}, {"top": 4}]
        for given in (*asked, {"top": 3, "where": "level=县"}):
            answer = client.get("/api/keywords", params={"q": "文旅", **given})
            assert answer.status_code == 200
        assert len(kept) == 3


def test_the_document_is_that_of_the_table(page: TestClient) -> None:
    document = page.get(operations.DOCUMENT).json()
    assert document["openapi"].startswith("3.1")
    assert list(document["paths"]) == [one.path for one in operations.OPERATIONS]
    schemas = document["components"]["schemas"]
    assert schemas["ReportInfo"]["properties"]["year"] == {
        "anyOf": [{"type": "integer"}, {"type": "null"}]
    }
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named == schemas.keys()
    assert settings_of(Path()).form_key not in json.dumps(document)


@pytest.mark.parametrize("operation", operations.OPERATIONS, ids=lambda one: one.name)
def test_an_empty_index_is_no_failure(tmp_path: Path, operation: Operation) -> None:
    given = dict(operation.example)
    path = operation.path.format(**given)
    for one in operation.parameters:
        if one.in_path:
            del given[one.name]
    with ask(tmp_path) as client:
        for asked in (given, {name: value for name, value in given.items() if name != "report"}):
            answer = client.get(path, params=asked)
            assert answer.status_code in (200, 400, 404), answer.text
            if answer.status_code != 200:
                is_error(answer, answer.status_code)
