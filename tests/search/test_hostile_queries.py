"""No string breaks a search: each is answered, or refused with one line that helps and can be shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.search.engine import FACETS, GROUPS, SORTS
from tests.search.hostile_queries import (
    BRACKETS,
    FAMILIES,
    FIELDS,
    INVISIBLE,
    OPTIONS,
    QUOTES,
    STOPS,
    STRANGE,
    VALID,
    VALUES,
    WORDS,
    faults,
    faults_of_answer,
    garbling,
    make_archive,
    report,
    wheres,
)

# A prime, so that neither the options nor the lists that are multiplied keep in step with it.
STEP = 23


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with make_archive(tmp_path_factory.mktemp("hostile")) as opened:
        yield opened


def test_the_lists_hold_eight_thousand_different_queries() -> None:
    listed = {query for family in FAMILIES.values() for query in family()}
    assert len(listed) >= 8_000


@pytest.mark.parametrize("family", FAMILIES)
def test_listed_queries_are_answered_or_refused_with_a_line_that_helps(
    archive: Archive, family: str
) -> None:
    """Every twenty-third of each family; all of them: benchmarks/faults/hostile_queries.py."""
    usual = archive.search("招商引资 OR 文旅", facets=FACETS)
    assert usual.matched.reports > 3
    found = [
        f"{query[:80]!a} ({len(query)} characters), {options}: {fault}"
        for query, options in zip(
            islice(FAMILIES[family](), 0, None, STEP), cycle(OPTIONS), strict=False
        )
        for fault in faults(archive, query, **options)
    ]
    assert not found, report(found)
    # Nothing of it stays behind.
    assert archive.search("招商引资 OR 文旅", facets=FACETS) == usual


@pytest.mark.parametrize("query", VALID)
def test_the_queries_that_are_mutilated_are_in_order_themselves(
    archive: Archive, query: str
) -> None:
    assert archive.search(query).query == query


TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(f" 　{QUOTES}{BRACKETS}{STOPS}{INVISIBLE}:：-－")),
    max_size=40,
)
QUOTED = st.tuples(st.sampled_from(['""', "＂＂", "“”", "「」"]), st.sampled_from(WORDS)).map(
    lambda parts: f"{parts[0][0]}{parts[1]}{parts[0][1]}"
)
FILTER = st.builds(
    "{}{}".format,
    st.sampled_from(["year", "年份", "YEAR", "ｙｅａｒ"]),
    st.sampled_from([":2023", "：2021..2023", ":..2022", ":２０２２.."]),
) | st.sampled_from(
    ["title:述职", '标题："述职报告"', "level:县", "分管：文旅", "章节:不足", "-post:局长"]
)
ATOM = st.one_of(st.sampled_from(WORDS), QUOTED, FILTER)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(inner, min_size=2, max_size=4)
    operator = st.sampled_from([" ", "　", " OR ", " AND ", " NOT ", " -", " ＯＲ ", " OR NOT "])
    return st.one_of(
        st.tuples(operator, joined).map(lambda parts: parts[0].join(parts[1])),
        st.tuples(st.sampled_from(["()", "（）", "(）"]), inner, inner).map(
            lambda parts: f"{parts[0][0]}{parts[1]} {parts[2]}{parts[0][1]}"
        ),
        inner.map(lambda query: f"NOT ({query} a)"),
    )


GRAMMAR = st.recursive(ATOM, _larger, max_leaves=8)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "sort": st.sampled_from(SORTS),
        "group": st.sampled_from(GROUPS),
        "facets": st.lists(st.sampled_from(FACETS), max_size=3),
        "limit": st.integers(0, 20),
        "offset": st.integers(0, 20),
    },
)
# The same examples in every run, and none kept on disk; no clock decides.
REPEATABLE = settings(
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(REPEATABLE, max_examples=100)
@given(query=GRAMMAR, options=CHOSEN)
def test_every_query_of_the_grammar_is_answered(
    archive: Archive, query: str, options: dict[str, Any]
) -> None:
    result = archive.search(query, **options)
    found = list(faults_of_answer(result, query, options))
    assert not found, report(found)


@settings(REPEATABLE, max_examples=100)
@given(query=GRAMMAR, damage=st.data(), options=CHOSEN)
def test_a_damaged_query_is_answered_or_refused(
    archive: Archive, query: str, damage: st.DataObject, options: dict[str, Any]
) -> None:
    start = damage.draw(st.integers(0, len(query)))
    end = damage.draw(st.integers(start, min(len(query), start + 3)))
    damaged = query[:start] + damage.draw(TEXT) + query[end:]
    found = list(faults(archive, damaged, **options))
    assert not found, report(found)


@settings(REPEATABLE, max_examples=100)
@given(text=TEXT, options=CHOSEN)
def test_any_text_is_answered_or_refused(
    archive: Archive, text: str, options: dict[str, Any]
) -> None:
    found = list(faults(archive, text, **options))
    assert not found, report(found)


def test_filters_are_applied_or_refused_with_a_line_that_helps(archive: Archive) -> None:
    found = [
        f"{str(where)[:80] if not isinstance(where, dict) else list(where)!a}: {fault}"
        for where in islice(wheres(), 0, None, STEP)
        for fault in faults(archive, "文旅 OR 招商引资", where=where)
    ]
    assert not found, report(found)


@pytest.mark.parametrize("option", ["sort", "group", "facets"])
def test_every_order_group_and_facet_is_known_or_refused_with_a_line_that_helps(
    archive: Archive, option: str
) -> None:
    known = {"sort": SORTS, "group": GROUPS, "facets": (*FACETS, *FIELDS)}[option]
    names = [
        "",
        " ",
        "Relevance",
        "text",
        "id",
        "title",
        "__class__",
        "a" * 100_000,
        *STRANGE,
        *VALUES,
    ]
    names += [f"{name}{mark}" for mark in INVISIBLE for name in ("date", "year")]
    found = [
        f"{option}={name[:80]!a}: {fault}"
        for name in (*names, *known)
        for fault in faults(
            archive, "文旅", **{option: [name, "year"] if option == "facets" else name}
        )
    ]
    assert not found, report(found)


@pytest.mark.parametrize("option", ["limit", "offset"])
def test_every_whole_number_limits_or_is_refused_with_a_line_that_helps(
    archive: Archive, option: str
) -> None:
    found = [
        f"{option} of {number.bit_length()} bits: {fault}"
        for number in (0, 1, 2**31, 2**63, 2**64, 10**30, 10**5_000, -1, -(10**30), -(10**5_000))
        for fault in faults(archive, "文旅", **{option: number})
    ]
    assert not found, report(found)


def _index_of(archive: Archive) -> str:
    return str(archive._folder)


def test_the_command_line_says_one_line_for_a_bad_query(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = [query for family in FAMILIES.values() for query in family()][::197]
    queries += ["-", "--", "-h", "--help", "--index", "-x -y", "--limit=x", "@x", "a" * 5_001]
    refused = 0
    found = []
    for query, form in zip(queries, cycle(("table", "json", "csv")), strict=False):
        options = ["--index", _index_of(archive), "--limit", "1", "--format", form]
        try:
            code = main(["search", *options, "--", query])
        except SystemExit as ended:
            found.append(f"{query[:80]!a}: not taken as a query: exit code {ended.code}")
            capsys.readouterr()
            continue
        out, err = capsys.readouterr()
        refused += code
        if code == 0 and (err or not out):
            found.append(f"{query[:80]!a}: wrote {err[:200]!a} beside an answer")
        if code == 0 and form == "json":
            assert json.loads(out)["matched"]["reports"] >= 0
        if code == 1 and (out or not re.fullmatch("reportsearch: .*\n", err)):
            found.append(f"{query[:80]!a}: refused with {err[:200]!a}")
        if code not in {0, 1}:
            found.append(f"{query[:80]!a}: exit code {code}")
        # What is made for programs holds the query as it was given.
        shown = garbling((err + (out if form == "table" else "")).replace("\n", ""))
        if shown:
            found.append(f"{query[:80]!a}: shows {shown}")
    assert not found, report(found)
    assert refused > 15


LOCALES: dict[str, dict[str, str]] = {
    "C": {"LC_ALL": "C"},
    "C, and no UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "a Chinese terminal": {"PYTHONIOENCODING": "gbk"},
    "a Western terminal": {"PYTHONIOENCODING": "latin-1:strict"},
}


ANSWERED = "文旅 OR “四个意识” 😀"


@pytest.mark.parametrize(
    ("locale", "query", "code"),
    [
        ("C, and no UTF-8", ANSWERED, 0),
        ("a Western terminal", ANSWERED, 0),
        ("C", "文旅 year:二〇二三😀", 1),
        ("a Chinese terminal", "y\u202eear: 文旅 “\u0301", 1),
    ],
)
def test_a_process_of_any_locale_answers_or_says_one_line(
    archive: Archive, locale: str, query: str, code: int
) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "reportsearch",
            "search",
            "--index",
            _index_of(archive),
            "--",
            query,
        ],
        capture_output=True,
        check=False,
        env={**os.environ, **LOCALES[locale]},
    )
    assert done.returncode == code
    if code:
        assert done.stdout == b""
        assert done.stderr.startswith(b"reportsearch: ")
        assert len(done.stderr.splitlines()) == 1
        assert b"\xe2\x80\xae" not in done.stderr
    else:
        assert done.stderr == b""
        assert done.stdout


@pytest.mark.parametrize(
    "query", ['“”"', "”“”", '"a ' * 1_666], ids=["empty", "turned", "unclosed"]
)
def test_quotes_that_are_empty_or_never_closed_are_answered_or_refused(
    archive: Archive, query: str
) -> None:
    found = list(faults(archive, query))
    assert not found, report(found)
