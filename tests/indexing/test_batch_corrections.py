"""Many reports are corrected at once: all of it or nothing, and what is refused has its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportsearch import Archive, IndexBusyError
from reportsearch.cli import main
from reportsearch.errors import CorrectionError, ExtractError, NotFoundError, QueryError
from reportsearch.files import write_file
from reportsearch.indexing import corrections
from reportsearch.models.corrections import Corrections
from reportsearch.models.reuse import Draft
from reportsearch.output.tables.corrections import format_metadata_table
from tests.indexing.test_corrections import text

Make = Callable[[dict[str, str]], Path]


@pytest.fixture
def root(folder: Make) -> Path:
    return folder(
        {"a.txt": text(2022), "b.txt": text(2023, 77), "c.txt": text(2021, 5).replace("甲", "乙")}
    )


@pytest.fixture
def archive(tmp_path: Path, root: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index") as opened:
        opened.index(root)
        yield opened


def changes(found: Corrections) -> list[tuple[str, str, str, str]]:
    return [(one.report, one.field, one.before, one.after) for one in found.changed]


def refusals(found: Corrections) -> list[tuple[int | None, str, str]]:
    return [(one.line, one.report, str(one.reason)) for one in found.refused]


def official_of(archive: Archive) -> dict[str, str | None]:
    return {info.id: info.official for info in archive.infos()}


def test_all_reports_of_a_filter_get_the_same_values(archive: Archive, root: Path) -> None:
    wanted = {"人员": "张三", "year": "2022年"}
    shown = archive.correct_where("region=甲县", wanted, dry_run=True)
    expected = [
        ("a.txt", "official", "", "张三"),
        ("b.txt", "official", "", "张三"),
        ("b.txt", "year", "2023", "2022"),
    ]
    assert changes(shown) == expected
    assert (shown.reports, shown.reports_changed, shown.saved) == (2, 2, False)
    assert not (root / "metadata.csv").exists()
    done = archive.correct_where("region=甲县", wanted)
    assert (changes(done), done.saved) == (expected, True)
    assert official_of(archive) == {"a.txt": "张三", "b.txt": "张三", "c.txt": None}
    written = (root / "metadata.csv").read_bytes().decode("utf-8-sig")
    assert written == "文件,人员,年份\r\na.txt,张三,\r\nb.txt,张三,2022\r\n"
    assert archive.correct_where("region=甲县", wanted).reports_changed == 0
    back = archive.correct_where(["official=张三"], {"official": ""})
    assert back.reports_changed == 2
    assert official_of(archive) == {"a.txt": None, "b.txt": None, "c.txt": None}


def test_all_reports_are_corrected_only_by_a_filter(archive: Archive) -> None:
    with pytest.raises(QueryError, match="name the reports"):
        archive.correct_where((), {"year": "2020"})
    with pytest.raises(CorrectionError, match="not a year"):
        archive.correct_where("region=甲县", {"year": "x", "official": "张三"})
    assert set(official_of(archive).values()) == {None}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_table_is_exported_edited_and_taken_over(archive: Archive, encoding: str) -> None:
    archive.correct("c.txt", {"title": "=1+1", "official": "'李四"})
    table = format_metadata_table(archive.infos()).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert rows[2]["title"] == "'=1+1"
    untouched = archive.correct_table(Draft("t.csv", table.encode(encoding)), dry_run=True)
    assert (untouched.reports, untouched.changed, untouched.refused) == (3, (), ())
    rows[0]["date"] = "2023/1/5"  # as a spreadsheet writes it
    rows[1]["post"] = "'=副县长"
    rows[2]["official"] = ""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    done = archive.correct_table(Draft("t.csv", out.getvalue().encode(encoding)))
    assert changes(done) == [
        ("a.txt", "date", "", "2023-01-05"),
        ("b.txt", "post", "副县长", "=副县长"),
    ]
    assert archive.show("c.txt").info.official == "'李四"


def test_a_bad_row_is_named_by_its_line_and_stops_no_other(archive: Archive) -> None:
    table = (
        "文件,年份,人员,备注\n"
        "a.txt,昨年,张三,x\n"
        "none.txt,2020,,\n"
        "b.txt,2019,,\n"
        "b.txt,2018,,\n"
        ",2020,,\n"
        "c.txt,2020,,,,\n"
    )
    found = archive.correct_table(Draft("表.csv", table.encode()))
    assert changes(found) == [("a.txt", "official", "", "张三"), ("b.txt", "year", "2023", "2019")]
    assert [(line, report) for line, report, _ in refusals(found)] == [
        (1, ""), (2, "a.txt"), (3, "none.txt"), (5, "b.txt"), (6, ""), (7, ""),
    ]  # fmt: skip
    for (_, _, reason), part in zip(
        refusals(found),
        (
            "unknown column",
            "not a year",
            "no report of this id",
            "in line 4",
            "no id",
            "more cells",
        ),
        strict=True,
    ):
        assert part in reason
    assert found.table == "表.csv"
    assert archive.show("a.txt").info.official == "张三"
    assert archive.show("b.txt").info.year == 2019


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        ("名称,年份\na,2020\n".encode(), "column id"),
        (b"id,oh\na.txt,2020\n", "no column is a field"),
        (b'id,year\na.txt,"2020\n', "not valid CSV"),
    ],
)
def test_a_table_that_cannot_be_read_is_named(archive: Archive, data: bytes, reason: str) -> None:
    with pytest.raises(ExtractError, match=rf"t\.csv: .*{reason}"):
        archive.correct_table(Draft("t.csv", data))


def test_a_row_of_a_file_is_refused_and_the_others_are_not(archive: Archive, folder: Make) -> None:
    root = folder(
        {"rows.jsonl": '{"id": "r", "text": "甲县副县长2020年述职报告\\n我分管民政。"}\n'}
    )
    archive.index(root)
    found = archive.correct_where("region=甲县", {"official": "张三"})
    assert [(one.report, "correct it there" in one.reason) for one in found.refused] == [
        ("r", True)
    ]
    assert found.reports_changed == 2


def test_several_folders_are_written_or_none(
    tmp_path: Path, folder: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder({"x/a.txt": text(2022), "y/b.txt": text(2023), "y/metadata.csv": "文件,人员\n"})
    values = {name: {"official": "张三"} for name in ("a.txt", "b.txt")}
    before = (root / "y" / "metadata.csv").read_bytes()
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root / "x", root / "y"])

        def assert_unchanged() -> None:
            assert not (root / "x" / "metadata.csv").exists()
            assert (root / "y" / "metadata.csv").read_bytes() == before
            assert set(official_of(archive).values()) == {None}

        def fail(path: Path, data: bytes) -> None:
            if path.parent.name == "y" and b"b.txt" in data:
                raise CorrectionError("no room")
            write_file(path, data)

        with monkeypatch.context() as patched:
            patched.setattr(corrections, "write_sidecar", fail)
            with pytest.raises(CorrectionError, match="no room"):
                archive.correct_many(values)
        assert_unchanged()

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            archive.correct_many(values, progress=stop)
        assert_unchanged()
        with (
            Archive.open(tmp_path / "index") as other,
            other._engine.writer(),
            pytest.raises(IndexBusyError),
        ):
            archive.correct_many(values)
        assert_unchanged()
        assert archive.correct_many(values).reports_changed == 2
        assert set(official_of(archive).values()) == {"张三"}


def test_what_cannot_be_written_in_the_encoding_of_a_folder_changes_nothing(
    archive: Archive, root: Path
) -> None:
    data = "文件,人员\r\na.txt,王五\r\n".encode("gb18030")
    (root / "metadata.csv").write_bytes(data)
    archive.index(root)
    assert archive.correct_where("region=甲县", {"official": "张三"}).reports_changed == 2
    assert "b.txt,张三" in (root / "metadata.csv").read_bytes().decode("gb18030")


def test_a_file_that_is_gone_is_refused(archive: Archive, root: Path) -> None:
    (root / "a.txt").unlink()
    found = archive.correct_many({"a.txt": {"year": "2020"}, "b.txt": {"year": "2020"}})
    assert [(one.report, "no longer exists" in one.reason) for one in found.refused] == [
        ("a.txt", True)
    ]
    assert archive.show("b.txt").info.year == 2020


def test_the_infos_of_a_filter_are_listed(archive: Archive) -> None:
    assert [info.id for info in archive.infos("region=甲县")] == ["a.txt", "b.txt"]
    assert len(archive.infos()) == 3


def run(archive_folder: Path, *words: str) -> int:
    return main(["correct", *words, "--index", str(archive_folder / "index"), "--lang", "en"])


def test_the_command_line_shows_and_saves(
    tmp_path: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ("--where", "region=甲县", "--set", "official=张三")
    assert run(tmp_path, *wanted, "--dry-run") == 0
    assert capsys.readouterr().out == (
        "2 of 2 reports would change; nothing is saved yet\n2 values:\n"
        "  a.txt: official: — → 张三\n  b.txt: official: — → 张三\n"
    )
    assert run(tmp_path, "a.txt", "--set", "year=2020", "--dry-run") == 0
    assert "1 of 1 reports would change" in capsys.readouterr().out
    assert run(tmp_path, *wanted) == 0
    assert capsys.readouterr().out.startswith("2 of 2 reports corrected\n")
    table = tmp_path / "t.csv"
    assert run(tmp_path, "--export", str(table), "--where", "region=乙县") == 0
    assert "1 report written to" in capsys.readouterr().out
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("id,title,kind,year,reported_year,")
    assert len(lines) == 2
    table.write_text("id,year\nc.txt,2001\nno.txt,2001\n", encoding="utf-8")
    assert run(tmp_path, "--table", str(table)) == 1
    said = capsys.readouterr().out
    assert "1 of 2 reports corrected" in said
    assert "t.csv line 3: no.txt: the index has no report of this id" in " ".join(said.split())
    assert run(tmp_path, "--table", str(table), "--format", "csv") == 1
    assert "no.txt,,,,the index has no report of this id,3" in capsys.readouterr().out
    assert run(tmp_path, "--table", str(tmp_path / "none.csv")) == 1
    assert run(tmp_path, "--export", str(tmp_path / "corpus" / "metadata.csv")) == 1
    archive.refresh()
    assert archive.show("c.txt").info.year == 2001


@pytest.mark.parametrize(
    "words",
    [
        ("--set", "year=2020"),
        ("a.txt",),
        ("--where", "year=2020"),
        ("a.txt", "--where", "year=2020", "--set", "year=2020"),
        ("a.txt", "--table", "t.csv"),
        ("--table", "t.csv", "--set", "year=2020"),
        ("--export", "t.csv", "--dry-run"),
        ("a.txt", "--set", "year"),
    ],
)
def test_options_that_do_not_fit_are_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, *words)
    assert ended.value.code == 2


def test_an_unknown_report_is_named(tmp_path: Path, archive: Archive) -> None:
    assert run(tmp_path, "none", "--set", "year=2020", "--dry-run") == 1
    with pytest.raises(NotFoundError):
        archive.show("none")
