"""What is corrected by hand or left out is kept beside the reports, and nothing else is changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import Archive, IndexBusyError
from reportsearch.cli import main
from reportsearch.errors import CorrectionError, ExtractError, NotFoundError
from reportsearch.extract import metadata_csv, metadata_csv_writer

Make = Callable[[dict[str, str]], Path]
TEXT = (
    "甲县副县长{year}年度述职报告\n我分管文旅、民政工作。\n一、文旅工作\n全年接待游客{n}万人次。\n"
)


def text(year: int = 2023, n: int = 12) -> str:
    return TEXT.format(year=year, n=n)


@pytest.fixture
def root(folder: Make) -> Path:
    return folder({"a.txt": text(2022), "sub/b.txt": text(2023, 77)})


def test_a_correction_is_seen_at_once_and_outlives_every_reindexing(
    tmp_path: Path, root: Path
) -> None:
    index = tmp_path / "index"
    with Archive.create(index) as archive:
        archive.index(root)
        info = archive.correct("b.txt", {"年份": "2019年", "official": "张三", "level": "县级"})
        assert (info.id, info.year, info.official, info.level) == ("sub/b.txt", 2019, "张三", "县")
        assert info.origin["year"] == info.origin["official"] == "sidecar"
        assert archive.search("year:2019").matched.reports == 1
        assert archive.index(root).unchanged == 2
        archive.index(root, rebuild=True)
        assert archive.show("sub/b.txt").info.year == 2019
    shutil.rmtree(index)
    with Archive.create(index) as archive:
        archive.index(root)
        assert archive.show("sub/b.txt").info.official == "张三"
        archive.correct("b.txt", {"year": "", "official": " "})
        info = archive.show("b.txt").info
        assert (info.year, info.origin["year"], info.official) == (2023, "text", None)
        assert info.origin["level"] == "sidecar"
    assert (root / "sub" / "b.txt").read_text(encoding="utf-8") == text(2023, 77)
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


def test_the_sidecar_is_that_of_the_folder_that_was_indexed(tmp_path: Path, root: Path) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root / "sub")
        archive.correct("b.txt", {"year": "2018"})
        assert not (root / "metadata.csv").exists()
        made = (root / "sub" / "metadata.csv").read_bytes()
        assert made.decode("utf-8-sig") == "文件,年份\r\nb.txt,2018\r\n"
        assert made.startswith(b"\xef\xbb\xbf")
        archive.index(root)
        assert archive.show("b.txt").info.year == 2018


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_all_else_in_a_sidecar_stays(encoding: str, end: str) -> None:
    lines = ["序号,文件,人员,备注", '1, b.txt ,李四,"甲""乙, 丙"', "", "2,a.txt,王五,", "3,c.txt"]
    data = end.join(lines).encode(encoding)
    got = metadata_csv_writer.change_cells(data, "a.txt", {"official": "赵六", "year": "2020"})
    lines[0] += ",年份"
    lines[3] = "2,a.txt,赵六,,2020"
    assert got.decode(encoding) == end.join([*lines, ""])
    got = metadata_csv_writer.change_cells(data, "new.txt", {"official": "孙七"})
    assert got.decode(encoding).endswith(f"{end}3,c.txt{end},new.txt,孙七,{end}")
    assert got.startswith(data)


def test_of_columns_that_mean_the_same_none_contradicts() -> None:
    data = "id,year,年份\na.txt,2020,2021\n".encode()
    assert metadata_csv_writer.change_cells(data, "a.txt", {"year": "2019"}).endswith(
        b"a.txt,,2019\n"
    )
    assert metadata_csv_writer.change_cells(data, "a.txt", {"year": ""}).endswith(b"a.txt,,\n")
    english = metadata_csv_writer.change_cells(data, "a.txt", {"exclude": "是"}).decode()
    assert english == "id,year,年份,exclude\na.txt,2020,2021,是\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        ("名称,年份\nx,2020\n".encode(), "the column id"),
        (b'id,year\na.txt,"2020\n', "not valid CSV"),
        (b"id,year\na.txt,2020,oh,no\n", "more cells than columns"),
        ("文件,人员\n".encode() + b"a.txt,\xff\xff\xff\n", "encoding"),
    ],
)
def test_a_sidecar_that_would_lose_something_is_left_alone(data: bytes, reason: str) -> None:
    with pytest.raises(ExtractError, match=reason):
        metadata_csv_writer.change_cells(data, "a.txt", {"official": "张三"})


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8) | st.sampled_from(
    ["a,b", '"', "两\n行", "'", " x "]
)


@given(
    st.lists(st.tuples(CELLS, CELLS), max_size=5),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1).filter(
        lambda value: value.strip() == value and "\\" not in value
    ),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    others: list[tuple[str, str]],
    value: str,
    mark: bytes,
) -> None:
    """Any value is read back, whatever stands in the other rows, and they read as before."""
    path = tmp_path_factory.getbasetemp() / "metadata.csv"
    data: bytes | None = mark + "文件,人员,标题\r\n".encode()
    for number, (official, title) in enumerate(others):
        values = {"official": official.strip(), "title": title.strip()}
        data = metadata_csv_writer.change_cells(data, f"{number}.txt", values)
    path.write_bytes(data or b"")
    before = metadata_csv.read_sidecar(path).rows
    path.write_bytes(metadata_csv_writer.change_cells(data, "新.txt", {"official": value}))
    after = metadata_csv.read_sidecar(path).rows
    assert after.pop("新.txt") == {"official": value}
    assert after == before


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"year": "abc"}, "'abc' is not a year; write it as 2023"),
        ({"kind": "小说"}, "not one of 述职报告"),
        ({"level": "组"}, "not one of 国家"),
        ({"date": "昨天"}, "not a date"),
        ({"portfolio": "文旅"}, "no field 'portfolio'"),
        ({"id": "x"}, "no field 'id'"),
        ({"title": "长" * 501}, "over the limit of 500"),
        ({}, "no correction given"),
    ],
)
def test_a_wrong_value_is_refused_with_its_reason(
    tmp_path: Path, root: Path, values: dict[str, str], reason: str
) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        with pytest.raises(CorrectionError, match=reason):
            archive.correct("a.txt", {**values, **({"official": "张三"} if values else {})})
        assert not (root / "metadata.csv").exists()
        assert archive.show("a.txt").info.official is None
        with pytest.raises(NotFoundError):
            archive.correct("none.txt", {"year": "2020"})


def test_what_cannot_be_kept_changes_nothing(tmp_path: Path, folder: Make) -> None:
    broken = 'id,official\na.txt,"张三\n'
    with Archive.create(tmp_path / "index") as archive:
        root = folder({"a.txt": text()})
        archive.index(root)
        folder({"metadata.csv": broken})
        for act in (
            lambda: archive.correct("a.txt", {"year": "2020"}),
            lambda: archive.remove("a"),
        ):
            with pytest.raises(CorrectionError, match="not valid CSV"):
                act()
        assert (root / "metadata.csv").read_text(encoding="utf-8") == broken
        assert archive.show("a.txt").info.year == 2023
        (root / "metadata.csv").unlink()
        with Archive.open(tmp_path / "index") as other, other._engine.writer():
            with pytest.raises(IndexBusyError):
                archive.correct("a.txt", {"year": "2020"})
            with pytest.raises(IndexBusyError):
                archive.remove("a.txt")
        assert not (root / "metadata.csv").exists()
        (root / "a.txt").unlink()
        with pytest.raises(CorrectionError, match="no longer exists"):
            archive.correct("a.txt", {"year": "2020"})


def test_a_value_stands_on_one_line(tmp_path: Path, root: Path) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        info = archive.correct("a.txt", {"title": ' 甲\n乙\x00\u202e,"丙" '})
        assert info.title == '甲 乙  ,"丙"'


def test_rows_are_corrected_where_they_stand(tmp_path: Path, folder: Make) -> None:
    line = json.dumps({"id": "r1", "text": text()}, ensure_ascii=False)
    root = folder({"sub/rows.jsonl": f"{line}\n"})
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        with pytest.raises(CorrectionError, match=r"row of .*rows\.jsonl; correct it there"):
            archive.correct("r1", {"year": "2020"})
        assert archive.remove("r1").report == "r1"
        assert archive.index(root).excluded == ("r1",)
        assert archive.is_empty()
        archive.restore("r1", root)
        assert archive.index(root).added == 1


def test_rows_without_an_id_are_left_out_by_their_line(tmp_path: Path, folder: Make) -> None:
    lines = [json.dumps({"text": text(n=n)}, ensure_ascii=False) for n in (1, 2)]
    root = folder({"sub/rows.jsonl": "\n".join(lines)})
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        archive.remove("sub/rows.jsonl#2")
        assert archive.index(root, rebuild=True).excluded == ("sub/rows.jsonl#2",)
        assert [info.id for info in archive.infos()] == ["sub/rows.jsonl#1"]


def test_a_removed_report_is_erased_and_stays_out(tmp_path: Path, root: Path) -> None:
    index = tmp_path / "index"
    with Archive.create(index) as archive:
        archive.index(root)
        exclusion = archive.remove("sub/b.txt")
        assert exclusion.sidecar == str(root.resolve() / "metadata.csv")
        assert archive.search("77万人次").partial or not archive.search("77万人次").matched.reports
        assert not any(
            "77万人次".encode(code) in path.read_bytes()
            for path in index.rglob("*")
            if path.is_file()
            for code in ("utf-8", "utf-16-le")
        )
        for rebuild in (False, True):
            summary = archive.index(root, rebuild=rebuild)
            assert (summary.excluded, summary.reports) == (("sub/b.txt",), 1)
        # Nor by way of a folder below, or of the file alone.
        assert archive.index(root / "sub").excluded == ("b.txt",)
        assert archive.index(root / "sub" / "b.txt").excluded == ("sub/b.txt",)
    shutil.rmtree(index)
    with Archive.create(index) as archive:
        assert archive.index(root).excluded == ("sub/b.txt",)
        assert archive.excluded(root) == (exclusion,)
        assert (root / "sub" / "b.txt").read_text(encoding="utf-8") == text(2023, 77)
        assert archive.restore("b.txt", root).added == 1
        assert archive.show("sub/b.txt").info.year == 2023
        assert archive.excluded(root) == ()
        assert archive.index(root).unchanged == 2


def test_a_report_can_be_left_out_in_a_spreadsheet(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": text(), "b.txt": text(2022), "c.txt": text(2021)})
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        folder({"metadata.csv": "文件,排除\na.txt,是\nb.txt,否\nc.txt,\n"})
        summary = archive.index(root)
        assert (summary.removed, summary.excluded, summary.unchanged) == (1, ("a.txt",), 2)
        assert not any(doubt.report == "metadata.csv" for doubt in summary.unsure)
        assert archive.index(root, prune=True).removed == 0
        folder({"metadata.csv": "文件,排除\na.txt,否\n"})
        assert archive.index(root).added == 1


def test_an_excluded_file_is_no_failure(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": text(), "x.exe": "?", "metadata.csv": "id,exclude\nx.exe,yes\n"})
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index(root)
        assert (summary.failed, summary.excluded) == ((), ("x.exe",))


def test_undo_says_what_is_left_out(tmp_path: Path, root: Path) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        archive.remove("a.txt")
        with pytest.raises(CorrectionError, match=r"excluded: a\.txt"):
            archive.restore("none", root)


def test_of_names_inside_others_the_whole_one_is_restored(tmp_path: Path, root: Path) -> None:
    shutil.copy(root / "a.txt", root / "sub" / "a.txt")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        for report in ("a.txt", "sub/a.txt"):
            archive.remove(report)
        with pytest.raises(CorrectionError, match=r"matches 2 excluded reports"):
            archive.restore("a.tx", root)
        assert archive.restore("a.txt", root).added == 1
        assert [exclusion.report for exclusion in archive.excluded(root)] == ["sub/a.txt"]


def test_the_command_line_corrects_and_removes(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--index", str(tmp_path / "index")]
    assert main(["index", str(root), *where, "--quiet"]) == 0
    assert main(["correct", "a.txt", "--set", "year=2020", "--set", "人员＝张三", *where]) == 0
    assert "2020 (from metadata.csv)" in capsys.readouterr().out
    assert main(["correct", "a.txt", "--set", "year=", *where, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["year"], found["official"]) == (2022, "张三")
    assert main(["correct", "a.txt", "--set", "year=x", *where]) == 1
    assert "not a year" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["correct", "a.txt", "--set", "year", *where])
    assert main(["remove", "a.txt", *where, "--format", "csv"]) == 0
    assert "a.txt," in capsys.readouterr().out
    assert main(["index", str(root), *where]) == 0
    assert "1 excluded by metadata.csv" in capsys.readouterr().out
    assert main(["remove", "a.txt", "--undo", *where]) == 0
    assert "1 added" in capsys.readouterr().out
