"""One process at a time writes to an index, also where locks do not count for other computers."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.errors import IndexBusyError, IndexLockedError
from reportsearch.search.whoosh.schema import INDEX_NAME
from reportsearch.search.whoosh.writer_lock import WriterLock

OTHER = {"pid": "7", "host": "another computer", "boot": "another start", "since": "2024-01-05"}


@pytest.fixture(scope="module")
def home_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("lock")
    (home / "reports").mkdir()
    (home / "reports" / "a.txt").write_text("副县长述职报告\n招商引资。", encoding="utf-8")
    with Archive.create(home / "index") as archive:
        archive.index(home / "reports")
    return home


@pytest.fixture
def home(home_of_all: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(home_of_all, tmp_path / "home"))


def record(home: Path) -> Path:
    return home / "index" / "reportsearch-writer.json"


def test_a_writer_of_another_computer_is_named_with_the_remedy(home: Path) -> None:
    record(home).write_text(json.dumps(OTHER), encoding="utf-8")
    # What that process is writing must not be taken for leftovers.
    (home / "index" / f"_{INDEX_NAME}_2.toc.17.5").write_bytes(b"half")
    with Archive.open(home / "index") as archive:
        with pytest.raises(IndexLockedError) as caught:
            archive.index(home / "reports", rebuild=True)
        for part in ("process 7", "another computer", "2024-01-05", f"delete {record(home)}"):
            assert part in str(caught.value)
        assert archive.search("招商引资").matched.passages == 1
        assert (home / "index" / f"_{INDEX_NAME}_2.toc.17.5").exists()
        record(home).unlink()
        assert archive.index(home / "reports", rebuild=True).updated == 1
        assert not (home / "index" / f"_{INDEX_NAME}_2.toc.17.5").exists()


def test_an_index_is_not_made_where_another_computer_makes_one(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    record(tmp_path).write_text(json.dumps(OTHER), encoding="utf-8")
    with pytest.raises(IndexLockedError, match="another computer"):
        Archive.create(tmp_path / "index")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"pid": 1}'])
def test_a_record_that_nobody_can_read_does_not_lock(home: Path, content: bytes) -> None:
    record(home).write_bytes(content)
    with Archive.open(home / "index") as archive:
        assert archive.index(home / "reports", rebuild=True).updated == 1
    assert not record(home).exists()


def test_a_record_of_this_computer_is_outdated_once_the_lock_is_free(home: Path) -> None:
    lock = WriterLock(home / "index" / f"{INDEX_NAME}_WRITELOCK")
    assert lock.acquire()
    left = record(home).read_bytes()
    with Archive.open(home / "index") as archive, pytest.raises(IndexBusyError) as caught:
        archive.index(home / "reports", rebuild=True)
    assert f"process {os.getpid()}" in str(caught.value)
    assert not isinstance(caught.value, IndexLockedError)
    lock.release()
    assert not record(home).exists()
    record(home).write_bytes(left)
    with Archive.open(home / "index") as archive:
        assert archive.index(home / "reports", rebuild=True).updated == 1


def test_a_run_that_changes_nothing_leaves_nothing(home: Path) -> None:
    before = sorted(path.name for path in (home / "index").iterdir())
    with Archive.open(home / "index") as archive:
        assert archive.index(home / "reports").unchanged == 1
    assert sorted(path.name for path in (home / "index").iterdir()) == before
