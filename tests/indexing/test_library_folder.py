"""The library's folder of originals: set when the index is made, and kept in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main

TEXT = "乙县副县长{year}年度述职报告\n我分管文旅工作。\n全年接待游客{year}人次。\n"
KEPT = "reportsearch-library.json"


def write_report(path: Path, year: int = 2023) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(year=year), encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Path]:
    """A working directory with the folder ``corpus`` of another library."""
    place = tmp_path / "elsewhere"
    write_report(place / "corpus" / "foreign.txt")
    with chdir(place):
        yield place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder in which the library of the test is."""
    write_report(tmp_path / "home" / "reports" / "a.txt")
    return tmp_path / "home"


def folder_of(index: Path) -> Path:
    with Archive.open(index) as archive:
        return archive.folder


def test_it_is_the_folder_that_was_indexed(home: Path, other: Path) -> None:
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
        assert archive.folder == home / "reports"
        assert archive.stats().folder == str(home / "reports")
        # Later runs do not change it.
        write_report(home / "more" / "b.txt")
        archive.index([home / "more"])
        assert archive.folder == home / "reports"
        assert archive.index().added == 0
    assert sorted(one.name for one in other.iterdir()) == ["corpus"]


@pytest.mark.parametrize("given", [["reports", "more"], ["reports/a.txt"], ["rows.jsonl"]])
@pytest.mark.usefixtures("other")
def test_else_it_is_beside_the_index(home: Path, given: list[str]) -> None:
    write_report(home / "more" / "b.txt")
    (home / "rows.jsonl").write_text(json.dumps({"id": "r", "text": TEXT}), encoding="utf-8")
    with Archive.create(home / "index") as archive:
        archive.index([home / name for name in given])
        assert archive.folder == home / "index-originals"
        # Another folder that is indexed later is not all of the library.
        write_report(home / "last" / "c.txt")
        archive.index(home / "last")
        assert archive.folder == home / "index-originals"


def test_it_can_be_named_and_moves_with_the_index(home: Path, tmp_path: Path) -> None:
    given = ["--index", str(home / "index"), "--quiet"]
    assert main([*given, "index", str(home / "reports"), "--folder", str(home / "new")]) == 0
    assert folder_of(home / "index") == home / "new"
    with Archive.create(home / "index", rebuild=True) as archive:
        archive.index(home / "reports", rebuild=True)
    assert folder_of(home / "index") == home / "new"
    shutil.move(home, tmp_path / "moved")
    assert folder_of(tmp_path / "moved" / "index") == tmp_path / "moved" / "new"


@pytest.mark.usefixtures("other")
def test_an_index_of_an_earlier_version_has_one_of_its_own(home: Path) -> None:
    write_report(home / "corpus" / "of-another-index.txt")
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
    (home / "index" / KEPT).unlink()
    # ``corpus`` beside it belongs to another index.
    assert folder_of(home / "index") == home / "index-originals"
    with Archive.create(home / "second") as archive:
        archive.index([home / "corpus"])
    (home / "second" / KEPT).unlink()
    # All its reports are from there.
    assert folder_of(home / "second") == home / "corpus"


@pytest.mark.usefixtures("other")
def test_without_a_path_the_own_folder_is_read(home: Path) -> None:
    quiet = ["--index", str(home / "index"), "--quiet"]
    assert main([*quiet, "index"]) == 1
    assert not (home / "index").exists()
    write_report(home / "corpus" / "own.txt")
    assert main([*quiet, "index"]) == 0
    with Archive.open(home / "index") as archive:
        assert [info.id for info in archive.infos()] == ["own.txt"]


@pytest.mark.usefixtures("other")
def test_a_removal_is_undone_in_the_own_folder_only(home: Path, other: Path) -> None:
    foreign = other / "corpus" / "metadata.csv"
    foreign.write_text("id,exclude\nforeign.txt,yes\n", encoding="utf-8")
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
        archive.remove("a.txt")
        assert [one.report for one in archive.excluded()] == ["a.txt"]
    assert main(["--index", str(home / "index"), "--quiet", "remove", "--undo", "foreign.txt"]) == 1
    assert main(["--index", str(home / "index"), "--quiet", "remove", "--undo", "a.txt"]) == 0
    assert foreign.read_text(encoding="utf-8") == "id,exclude\nforeign.txt,yes\n"


def test_a_file_in_it_has_the_name_that_the_folder_gives(home: Path) -> None:
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
        added = write_report(home / "reports" / "sub" / "a.txt", 2022)
        assert archive.index(added).added == 1
        assert [info.id for info in archive.infos()] == ["a.txt", "sub/a.txt"]
        assert archive.index().unchanged == 2


@pytest.mark.parametrize("kept", ["", "[]", '{"folder": 1}', '{"folder": ""}', "[" * 50_000])
def test_what_is_kept_may_be_damaged(home: Path, kept: str) -> None:
    with Archive.create(home / "index") as archive:
        archive.index([home / "reports"])
    (home / "index" / KEPT).write_text(kept, encoding="utf-8")
    assert folder_of(home / "index") == home / "index-originals"
    (home / "index" / KEPT).unlink()
    (home / "index" / KEPT).symlink_to(write_report(home / "planted.json"))
    assert folder_of(home / "index") == home / "index-originals"


def test_a_damaged_setting_is_found_and_mended(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("甲县副县长2023年述职报告\n\n今年招商引资成效明显。\n")
    with Archive.create(tmp_path / "index") as archive:
        archive.index([reports])
    kept = tmp_path / "index" / "reportsearch-library.json"
    kept.write_bytes(kept.read_bytes().replace(b"reports", b"sports!"))
    with Archive.open(tmp_path / "index", repair=True) as archive:
        assert [one.file for one in archive.verify().damaged] == [kept.name]
        archive.index([])
        assert archive.verify().damaged == ()
