"""A query that names a portfolio comes with the filter on that portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reportsearch.models.search import PortfolioFilter
from tests.reports import Both, row

VOCABULARY = """
[[portfolio]]
name = "智慧 城市（一期）"
same = ["智慧城"]
"""
REPORTS = [
    row(
        "a",
        "一、生态环境工作",
        "关停小砖厂。",
        "清理河道。",
        "二、教育工作",
        "改善生态环境。",
        year=2021,
    ),
    row("b", "一、环境保护工作", "种树。", "二、教育工作", "招聘教师。", year=2022),
    row("c", "一、智慧城工作", "安装传感器。", year=2022),
    row("d", "一、旅游工作", "景区接待游客十万人次，旅游收入增长。"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    place = tmp_path_factory.mktemp("portfolio_filter")
    with Both(place, *REPORTS, vocabulary=VOCABULARY) as held:
        yield held


@pytest.mark.parametrize(
    ("text", "name", "query", "count"),
    [
        ("生态环境", "生态环境", "portfolio:生态环境", 3),
        # By any equivalent, however it is written, also one that no passage contains.
        ("環保", "生态环境", "portfolio:生态环境", 3),
        ("文化和旅游", "文旅", "portfolio:文旅", 1),
        # Filters and negations remain.
        ("生态环境 年份：2022", "生态环境", "portfolio:生态环境 年份：2022", 1),
        ("-种树 (生态环境 region:x) OR y", None, None, 0),
        ("-种树 环保", "生态环境", "-种树 portfolio:生态环境", 2),
        ("( 环保 NOT year:2022 )", "生态环境", "( portfolio:生态环境 NOT year:2022 )", 2),
        ("环\u200b保", "生态环境", "portfolio:生态环境", 3),
        ("生态环境 分管:教育", None, None, 0),
        ("智慧城", "智慧 城市（一期）", 'portfolio:"智慧 城市（一期）"', 1),
    ],
)
def test_the_name_of_a_portfolio_comes_with_the_filter_and_its_number(
    both: Both, text: str, name: str | None, query: str | None, count: int
) -> None:
    expected = PortfolioFilter(name, count, query) if name and query else None
    for group in ("report", "passage"):
        assert both.search(text, group=group).portfolio == expected
    if query:
        assert len(both.passages(query)) == count


@pytest.mark.parametrize(
    "text",
    [
        "“生态环境”", "生态环境 河道", "生态环境 OR 种树", "生态环境 生态环境", "生态环境，种树。",
        "-生态环境", "生态环境 OR year:2021",
        # A narrower item, and a department.
        "污染防治", "生态环境局",
        # Nothing is on it, or not in this year; or the filter is there.
        "体育", "生态环境 year:2020", "生态环境 portfolio:环保", "portfolio:生态环境",
    ],
)  # fmt: skip
def test_other_queries_come_without_one(both: Both, text: str) -> None:
    assert both.search(text).portfolio is None


def test_filters_beside_the_query_count_too(both: Both) -> None:
    found = both.search("生态环境", where={"year": 2022}, limit=0).portfolio
    assert found == PortfolioFilter("生态环境", 1, "portfolio:生态环境")
    assert both.search("生态环境", where=["portfolio=环保"]).portfolio is None


def test_hits_and_counts_are_those_of_the_string(both: Both) -> None:
    named, other = both.search("生态环境"), both.search("生态环境 OR 生态环境")
    assert named.portfolio is not None
    assert other.portfolio is None
    assert replace(named, portfolio=None, query="") == replace(other, query="")
    nothing = both.search("文化和旅游")
    assert not nothing.matched.reports
    assert nothing.portfolio is not None


def test_only_live_passages_count(tmp_path: Path) -> None:
    with Both(tmp_path, *REPORTS) as both:
        both.index(*REPORTS[1:])
        found = both.search("生态环境").portfolio
        assert found == PortfolioFilter("生态环境", 1, "portfolio:生态环境")
