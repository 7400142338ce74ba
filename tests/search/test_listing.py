"""``Archive.listing``: the reports that meet filters, without a query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.errors import QueryError

Make = Callable[[dict[str, str]], Path]
REPORT = "{place}副县长{year}年度述职报告\n我分管{duty}工作。\n一、{duty}工作\n做了{n}件事。\n"


@pytest.fixture(params=["memory", "disk"])
def archive(request: pytest.FixtureRequest, folder: Make, tmp_path: Path) -> Iterator[Archive]:
    root = folder(
        {
            "a.txt": REPORT.format(place="甲县", year=2022, duty="文旅", n=3),
            "b.txt": REPORT.format(place="甲县", year=2023, duty="民政", n=4),
            "c.txt": REPORT.format(place="乙县", year=2021, duty="文旅", n=5),
        }
    )
    made = Archive.in_memory() if request.param == "memory" else Archive.create(tmp_path / "index")
    with made:
        made.index([root])
        yield made


def names(archive: Archive, *where: str) -> list[str]:
    return [hit.report.id for hit in archive.listing(where).hits]


def test_without_filters_all_reports_are_listed_the_newest_first(archive: Archive) -> None:
    found = archive.listing(facets=["region", "year"])
    assert [hit.report.id for hit in found.hits] == ["b.txt", "a.txt", "c.txt"]
    assert found.matched.reports == 3
    assert found.matched.passages == archive.stats().passages
    assert [(entry.value, entry.count) for entry in found.facets["region"]] == [
        ("甲县", 2),
        ("乙县", 1),
    ]
    assert [hit.report.id for hit in archive.listing(limit=1, offset=1).hits] == ["a.txt"]


def test_filters_choose_as_in_a_search(archive: Archive) -> None:
    assert names(archive, "region=甲县") == ["b.txt", "a.txt"]
    assert names(archive, "portfolio=文化旅游") == ["a.txt", "c.txt"]
    assert names(archive, "portfolio=文旅", "year=2022..2023") == ["a.txt"]
    assert names(archive, "year=1999") == []
    assert archive.listing(["year=2022"]).query == "year:2022"


def test_what_is_no_filter_is_refused(archive: Archive) -> None:
    for where in ("year=abc", "colour=red", "year"):
        with pytest.raises(QueryError):
            archive.listing(where)
    with pytest.raises(QueryError):
        archive.listing(limit=-1)
