"""Links and pipes that somebody has put into an index or next to it are not followed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.search.whoosh.schema import INDEX_NAME

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
PRIVATE = "secret of another file"


@pytest.fixture(scope="module")
def home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "reports").mkdir()
    (home / "reports" / "a.txt").write_text("甲县副县长述职报告\n招商引资。", encoding="utf-8")
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
    return home


@pytest.fixture
def home(home_of_all: Path, tmp_path: Path) -> Path:
    """A folder with a report and its index, next to a file that is nobody's business."""
    (tmp_path / "victim").write_text(PRIVATE, encoding="utf-8")
    return Path(shutil.copytree(home_of_all, tmp_path / "home"))


def plant(path: Path, kind: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(find_victim(path))


def find_victim(path: Path) -> Path:
    return next(one / "victim" for one in path.parents if (one / "victim").is_file())


def run(home: Path, *arguments: str) -> int:
    code = main(["--index", str(home / "index"), "--lang", "en", *arguments])
    assert find_victim(home / "index").read_text(encoding="utf-8") == PRIVATE
    return code


@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize("name", ["reportsearch-writer.json", f"{INDEX_NAME}_WRITELOCK"])
def test_a_writer_writes_through_neither(home: Path, kind: str, name: str) -> None:
    plant(home / "index" / name, kind)
    (home / "reports" / "b.txt").write_text("乡村振兴。", encoding="utf-8")
    code = run(home, "index", str(home / "reports"))
    # The lock is never deleted, since another process could hold it.
    assert code == (1 if name.endswith("LOCK") else 0)


def test_a_linked_folder_for_temporary_files_is_not_emptied(home: Path, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "mine.txt").write_text("keep", encoding="utf-8")
    (home / "index" / f"{INDEX_NAME}.tmp").symlink_to(tmp_path / "documents")
    (home / "reports" / "b.txt").write_text("乡村振兴。", encoding="utf-8")
    assert run(home, "index", str(home / "reports")) == 0
    assert (tmp_path / "documents" / "mine.txt").exists()


@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize(
    "name", [f"index/_{INDEX_NAME}_99.toc", "reportsearch.toml"], ids=["contents", "word list"]
)
def test_what_is_read_is_a_file_of_its_own(
    home: Path, kind: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(home / name, kind)
    assert run(home, "search", "招商引资") == 1
    error = capsys.readouterr().err
    assert "a link or a pipe" in error
    assert "secret" not in error


@pytest.mark.parametrize(
    "arguments", [["index", "reports"], ["correct", "a.txt", "--set", "year=2023"]]
)
def test_a_metadata_table_of_another_folder_is_neither_read_nor_written(
    home: Path,
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(home / "reports" / "metadata.csv", "link")
    monkeypatch.chdir(home)
    assert run(home, *arguments) == 1
    error = capsys.readouterr().err
    assert "a link to a file in another folder" in error
    assert "secret" not in error


def test_a_metadata_table_may_be_a_link_within_its_folder(home: Path) -> None:
    (home / "reports" / "shared").mkdir()
    (home / "reports" / "shared" / "table.csv").write_text(
        "id,year\na.txt,2019\n", encoding="utf-8"
    )
    (home / "reports" / "metadata.csv").symlink_to("shared/table.csv")
    assert run(home, "index", str(home / "reports")) == 0
    with Archive.open(home / "index") as archive:
        assert archive.show("a.txt").info.year == 2019
