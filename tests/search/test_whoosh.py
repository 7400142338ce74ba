"""What holds for the index on disk besides its answers."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
)
from reportsearch.search import whoosh
from reportsearch.search.serialisation import pack_body
from reportsearch.search.whoosh import checksums
from reportsearch.search.whoosh.merging import MAX_SEGMENTS
from reportsearch.search.whoosh.schema import INDEX_NAME
from tests.conftest import CORPUS

HOLD = """
import sys
from reportsearch import Archive
archive = Archive.open(sys.argv[1])
with archive._engine.writer() as writer:
    for report in list(archive.reports())[:3]:
        writer.remove(report.id)
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def few_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("few")
    (place / "reports").mkdir()
    for path in CORPUS.glob("*副县长*.txt"):
        shutil.copy(path, place / "reports")
    with Archive.create(place / "index") as archive:
        assert archive.index(place / "reports").added == 4
    return place


@pytest.fixture
def few(few_of_all: Path, tmp_path: Path) -> Path:
    """A folder with four of the reports that ship and their index, to be changed at will."""
    return Path(shutil.copytree(few_of_all, tmp_path / "few"))


def hits(place: Path, text: str = "招商引资") -> int:
    with Archive.open(place) as archive:
        return archive.search(text).matched.passages


def start_writer(place: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(place)]
    writer = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    return writer


def test_a_second_writer_is_told_who_writes_and_readers_go_on(shipped_copy: Path) -> None:
    before = hits(shipped_copy)
    writer = start_writer(shipped_copy)
    try:
        with Archive.open(shipped_copy) as archive:
            with pytest.raises(IndexBusyError, match=f"process {writer.pid} "):
                archive.index([CORPUS], rebuild=True)
            assert archive.search("招商引资").matched.passages == before
    finally:
        writer.communicate(input="")
    assert hits(shipped_copy) < before


def test_a_lock_that_is_held_for_a_moment_is_waited_for(shipped_copy: Path) -> None:
    with Archive.open(shipped_copy) as archive:
        # Who makes an index, or cleans it up, holds the lock for so long.
        lock = archive._engine._storage.lock(f"{INDEX_NAME}_WRITELOCK")  # type: ignore[attr-defined]
        assert lock.acquire()
        threading.Timer(0.1, lock.release).start()
        with archive._engine.writer() as writer:
            writer.remove(archive.infos()[0].id)
        assert len(archive.infos()) == 15


def test_a_killed_writer_leaves_the_index_as_it_was_and_unlocked(few: Path) -> None:
    place = few / "index"
    before = hits(place)
    files = set(place.iterdir())
    writer = start_writer(place)
    writer.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    writer.communicate()
    assert hits(place) == before > 0
    # As if it had been killed just before it published its commit.
    (place / f"_{INDEX_NAME}_9.toc.1796273007.88").touch()
    left = set(place.iterdir()) - files
    assert left
    with Archive.open(place) as archive:
        summary = archive.index(few / "reports", rebuild=True)
    assert summary.updated == summary.reports == 4
    assert hits(place) == before
    assert not left & set(place.iterdir()) - {place / f"{INDEX_NAME}_WRITELOCK"}


def test_an_open_archive_sees_its_commit_until_it_is_refreshed(shipped_copy: Path) -> None:
    with Archive.open(shipped_copy) as reader, Archive.open(shipped_copy) as writer:
        before = reader.search("招商引资")
        with writer._engine.writer() as batch:
            batch.remove(before.hits[0].report.id)
        assert reader.search("招商引资") == before
        reader._engine.refresh()
        assert reader.search("招商引资") == writer.search("招商引资") != before


def test_a_program_that_seeds_its_random_numbers_can_write_twice(tmp_path: Path) -> None:
    for number in range(3):
        random.seed(1)
        (tmp_path / "reports").mkdir(exist_ok=True)
        (tmp_path / "reports" / f"{number}.txt").write_text("招商引资。", encoding="utf-8")
        with Archive.create(tmp_path / "index") as archive:
            archive.index([tmp_path / "reports"])
            assert archive.search("招商引资").matched.reports == number + 1


def test_an_error_inside_a_run_leaves_nothing_of_it(shipped_copy: Path) -> None:
    with Archive.open(shipped_copy) as archive:
        before = archive.infos()

        def fail() -> None:
            with archive._engine.writer() as batch:
                batch.remove(before[0].id)
                raise ZeroDivisionError

        files = set(shipped_copy.iterdir())
        with pytest.raises(ZeroDivisionError):
            fail()
        assert set(shipped_copy.iterdir()) - files <= {shipped_copy / f"{INDEX_NAME}_WRITELOCK"}
        archive._engine.refresh()
        assert archive.infos() == before


def test_purging_erases_the_text_of_removed_reports_from_disk(tmp_path: Path) -> None:
    place, reports = tmp_path / "index", tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text("述职报告\n这一段机密xyzzy文字要删除。", encoding="utf-8")
    (reports / "b.txt").write_text("述职报告\n这一段留下plugh。", encoding="utf-8")

    def on_disk(text: str) -> bool:
        forms = [text.encode(), text.encode("utf-16-le")]
        return any(form in path.read_bytes() for path in place.iterdir() for form in forms)

    with Archive.create(place) as archive:
        archive.index([reports])
        assert on_disk("xyzzy")
        (reports / "a.txt").unlink()
        assert archive.index([reports], prune=True, purge=True).removed == 1
        assert not on_disk("xyzzy")
        assert archive.search("plugh").matched.passages == 1


def test_purging_rewrites_only_what_held_the_removed_text(tmp_path: Path) -> None:
    place, reports = tmp_path / "index", tmp_path / "reports"
    reports.mkdir()
    with Archive.create(place) as archive:
        for name, text in (("a", "这一段机密xyzzy文字要删除。"), ("b", "这一段留下plugh。")):
            (reports / f"{name}.txt").write_text(f"述职报告\n{text}", encoding="utf-8")
            archive.index([reports])
        (reports / "c.txt").write_text("述职报告\n这一段也留下。", encoding="utf-8")
        (reports / "d.txt").write_text("述职报告\n机密xyzzy还有一次。", encoding="utf-8")
        archive.index([reports])
        before = set(place.glob("*.seg"))
        assert len(before) == 3
        gone = [pack_body(archive.show(name)) for name in ("a.txt", "d.txt")]
        (reports / "a.txt").unlink()
        (reports / "d.txt").unlink()
        assert archive.index([reports], prune=True, purge=True).removed == 2
        kept = before & set(place.glob("*.seg"))
        assert len(kept) == 1
        data = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
        forms = [text.encode(code) for text in ("机密", "xyzzy") for code in ("utf-8", "utf-16-le")]
        assert [form for form in [*forms, *gone] if form in data] == []
        assert pack_body(archive.show("b.txt")) in data
        assert archive.search("留下").matched.reports == 2
        assert not archive.search('"xyzzy"').matched.reports
    with Archive.open(place) as archive:
        assert archive.search("留下").matched.reports == 2
        assert [archive.show(info.id).id for info in archive.infos()] == ["b.txt", "c.txt"]


def test_many_small_runs_do_not_pile_up_segments(tmp_path: Path) -> None:
    place, reports = tmp_path / "index", tmp_path / "reports"
    reports.mkdir()
    with Archive.create(place) as archive:
        for number in range(20):
            text = f"述职报告\n第{number}次招商引资。"
            (reports / f"{number:02}.txt").write_text(text, encoding="utf-8")
            archive.index([reports])
        assert archive.search("招商引资").matched.reports == 20
        assert [info.id for info in archive.infos()] == [f"{n:02}.txt" for n in range(20)]
    assert len(list(place.glob("*.seg"))) <= MAX_SEGMENTS


@pytest.mark.parametrize("action", ["cut short", "emptied", "deleted"])
def test_a_damaged_file_is_named_with_the_remedy(shipped_copy: Path, action: str) -> None:
    for path in shipped_copy.glob("*.seg"):
        if action == "deleted":
            path.unlink()
        else:
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] if action == "cut short" else b"")
    with pytest.raises(IndexDamagedError, match=r"reportsearch --index .* index --repair"):
        hits(shipped_copy)


def test_rebuilding_makes_good_what_is_damaged(few: Path) -> None:
    place = few / "index"
    before = hits(place)
    for path in place.glob("*.seg"):
        path.write_bytes(b"")
    with Archive.create(place, rebuild=True) as archive:
        assert archive.index(few / "reports", rebuild=True).added == 4
    assert hits(place) == before > 0


def test_an_index_that_would_run_code_is_refused(shipped_copy: Path, tmp_path: Path) -> None:
    """A pickle in the table of contents that calls a function, in place of Whoosh's own."""
    harm = tmp_path / "harm"
    pickled = f"cos\nmkdir\n(V{harm}\ntR.".encode()
    for path in shipped_copy.glob("*.toc"):
        data = path.read_bytes()
        # The last pickle is the list of segments; the schema before it is not read.
        path.write_bytes(data[: data.rindex(b"\x80" + bytes([pickle.HIGHEST_PROTOCOL]))] + pickled)
    with pytest.raises(IndexDamagedError, match="has no place in an index"):
        hits(shipped_copy)
    assert not harm.exists()


def test_rebuilding_from_nowhere_leaves_a_damaged_index_alone(
    shipped_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in shipped_copy.glob("*.seg"):
        path.write_bytes(b"")
    before = sorted(path.name for path in shipped_copy.iterdir())
    assert main(["index", "none", "--rebuild", "--index", str(shipped_copy)]) == 1
    assert capsys.readouterr().out == ""
    assert sorted(path.name for path in shipped_copy.iterdir()) == before


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x04\x08\x04" + b"\xff" * 60])
def test_a_damaged_table_of_contents_is_named_with_the_remedy(
    shipped_copy: Path, data: bytes
) -> None:
    for path in shipped_copy.glob("*.toc"):
        path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"reportsearch --index .* index --rebuild"):
        hits(shipped_copy)


def test_no_index_and_one_of_another_version_are_told_apart(
    few_of_all: Path, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissingError, match=r"reportsearch --index .* index FOLDER"):
        Archive.open(tmp_path / "none")
    (tmp_path / "_reportsearch0_1.toc").write_bytes(b"old")
    with pytest.raises(IndexOutdatedError, match="another version"):
        Archive.open(tmp_path)
    with Archive.create(tmp_path) as archive:
        archive.index(few_of_all / "reports")
    assert not (tmp_path / "_reportsearch0_1.toc").exists()
    assert hits(tmp_path) == hits(few_of_all / "index") > 0


def test_files_of_others_in_the_folder_stay(shipped_copy: Path) -> None:
    (shipped_copy / "README.md").write_text("mine", encoding="utf-8")
    whoosh.WhooshEngine.erase(shipped_copy)
    assert [path.name for path in shipped_copy.iterdir()] == ["README.md"]


def test_a_new_index_folder_is_private(tmp_path: Path) -> None:
    Archive.create(tmp_path / "index").close()
    mode = stat.S_IMODE((tmp_path / "index").stat().st_mode)
    assert mode == (0o700 if os.name == "posix" else mode)


def test_the_same_reports_give_the_same_answers_in_any_order_of_indexing(tmp_path: Path) -> None:
    files = sorted(path for path in CORPUS.iterdir() if path.suffix == ".txt")[:4]
    answers = []
    for name, order in (("one", files), ("two", files[::-1])):
        with Archive.create(tmp_path / name) as archive:
            for path in order:
                archive.index([path])
            answers.append(archive.search("工作 -招商", limit=50, facets=["year", "portfolio"]))
    assert answers[0] == answers[1]


OTHER = """
import sys, tempfile
from whoosh import fields, index
from whoosh.analysis import StemmingAnalyzer
from whoosh.query import Term
from reportsearch import Archive
with Archive.open(sys.argv[1]) as archive:
    assert archive.search("招商引资").matched.passages
    schema = fields.Schema(text=fields.TEXT(analyzer=StemmingAnalyzer(), stored=True))
    with tempfile.TemporaryDirectory() as place:
        writer = index.create_in(place, schema).writer()
        writer.add_document(text="other words")
        writer.commit()
        with index.open_dir(place).searcher() as searcher:
            assert [hit["text"] for hit in searcher.search(Term("text", "word"))] == ["other words"]
    assert archive.search("招商引资").matched.passages
"""


def test_other_indexes_of_whoosh_work_in_the_same_process(shipped_index: Path) -> None:
    subprocess.run([sys.executable, "-c", OTHER, str(shipped_index)], check=True)


def test_only_what_is_known_is_derived(shipped_copy: Path) -> None:
    # Its folder is deleted by a purge.
    with Archive.open(shipped_copy) as archive:
        assert archive._engine.derived_folder("vectors") == shipped_copy / "reportsearch-vectors"
        with pytest.raises(ValueError, match="vectors"):
            archive._engine.derived_folder("notes")
    assert Archive.in_memory()._engine.derived_folder("vectors") is None


NO_MEMORY = """
import resource, sys
from reportsearch import Archive
from reportsearch.errors import IndexDamagedError
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
try:
    Archive.open(sys.argv[1])
except IndexDamagedError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory limited so")
def test_a_length_that_asks_for_all_memory_is_damage(shipped_copy: Path) -> None:
    for path in shipped_copy.glob("*.toc"):
        content, _ = checksums.split_records(path.read_bytes())
        # An earlier version wrote no checksums. The pickle asks for a memo of two billion places.
        start = content.rindex(b"\x80" + bytes([pickle.HIGHEST_PROTOCOL]))
        path.write_bytes(content[:start] + b"\x80\x04]r\xff\xff\xff\x7f.")
    command = [sys.executable, "-c", NO_MEMORY, str(shipped_copy)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "not enough memory" in done.stdout
    assert done.stderr == ""
