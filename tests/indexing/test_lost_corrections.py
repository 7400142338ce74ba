"""Corrections that an older metadata.csv has undone are listed, put back, or accepted as lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.indexing import correction_journal
from reportsearch.models.corrections import Correction

TEXT = "甲县副县长{year}年度述职报告\n我分管文旅工作。\n全年接待游客12万人次。\n"


@pytest.fixture
def root(folder: Callable[[dict[str, str]], Path]) -> Path:
    return folder({"a.txt": TEXT.format(year=2022), "b.txt": TEXT.format(year=2023)})


@pytest.fixture
def archive(tmp_path: Path, root: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index") as opened:
        opened.index(root)
        yield opened


@pytest.fixture
def overwritten(archive: Archive, root: Path) -> Archive:
    """Return an archive with corrections and a removal that were saved over."""
    archive.correct("a.txt", {"official": "张三"})
    older = (root / "metadata.csv").read_bytes()
    archive.correct("a.txt", {"year": "2019", "region": "乙县"})
    archive.correct("b.txt", {"post": "县长"})
    archive.remove("b.txt")
    (root / "metadata.csv").write_bytes(older)
    return archive


LOST = (
    Correction("a.txt", "region", "甲县", "乙县"),
    Correction("a.txt", "year", "2022", "2019"),
    Correction("b.txt", "exclude", "", "是"),
    Correction("b.txt", "post", "副县长", "县长"),
)


def test_what_was_saved_over_is_listed_until_it_is_put_back(
    overwritten: Archive, root: Path
) -> None:
    assert overwritten.index(root).lost == LOST
    assert overwritten.index(root).lost == overwritten.lost_corrections() == LOST
    planned = overwritten.put_back_corrections(dry_run=True)
    assert (set(planned.changed), planned.saved) == (set(LOST), False)
    assert overwritten.lost_corrections() == LOST
    assert overwritten.put_back_corrections().reports_changed == 2
    assert overwritten.index(root).lost == overwritten.lost_corrections() == ()
    info = overwritten.show("a.txt").info
    assert (info.year, info.region, info.official) == (2019, "乙县", "张三")
    assert [one.report for one in overwritten.excluded()] == ["b.txt"]
    overwritten.restore("b.txt")
    assert overwritten.show("b.txt").info.post == "县长"


def test_what_is_accepted_is_not_listed_again(overwritten: Archive, root: Path) -> None:
    overwritten.index(root)
    assert overwritten.accept_lost() == LOST
    assert overwritten.index(root).lost == overwritten.accept_lost() == ()
    assert overwritten.show("a.txt").info.year == 2022
    # What was not lost is noted still.
    (root / "metadata.csv").unlink()
    assert overwritten.index(root).lost == (Correction("a.txt", "official", "", "张三"),)


def test_what_was_undone_here_is_not_lost(archive: Archive, root: Path) -> None:
    archive.correct("a.txt", {"year": "2019", "post": "县长"})
    archive.correct("a.txt", {"year": ""})
    archive.correct_many({"a.txt": {"post": ""}})
    archive.remove("b.txt")
    archive.restore("b.txt")
    (root / "metadata.csv").unlink()
    assert archive.index(root).lost == ()


def test_a_value_that_a_spreadsheet_writes_in_its_own_way_is_not_lost(
    archive: Archive, root: Path
) -> None:
    archive.correct("a.txt", {"date": "2024-01-05", "year": "2019"})
    (root / "metadata.csv").write_text(
        "文件,年份,日期\na.txt,2019年,2024/1/5\n", encoding="gb18030"
    )
    assert archive.index(root).lost == ()


def test_a_report_that_is_gone_has_lost_nothing(archive: Archive, root: Path) -> None:
    archive.correct("a.txt", {"year": "2019"})
    (root / "metadata.csv").unlink()
    (root / "a.txt").unlink()
    assert archive.index(root, prune=True).lost == ()


def test_a_damaged_journal_is_told_and_hinders_nothing(
    archive: Archive, root: Path, tmp_path: Path
) -> None:
    archive.correct("a.txt", {"year": "2019"})
    (path,) = (tmp_path / "index").glob("*corrections*")
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        path.write_bytes(damaged)
        found = correction_journal.find_damage(tmp_path / "index")
        assert found is not None, place
        assert found.is_derived
    assert [one.file for one in archive.verify().damaged] == [path.name]
    assert archive.index(root).lost == ()
    archive.correct("a.txt", {"year": "2018"})
    assert archive.verify().damaged == ()


def test_the_command_line_lists_and_puts_back(
    overwritten: Archive, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    assert main(["--index", index, "index", str(root), "--quiet"]) == 0
    told = capsys.readouterr().out
    assert "4 corrections are no longer in metadata.csv" in told
    assert "--put-back" in told
    assert "a.txt: year: 2022 → 2019" in told
    assert main(["--index", index, "correct", "--put-back", "--quiet"]) == 0
    assert "2 of 2 reports corrected" in capsys.readouterr().out
    assert main(["--index", index, "correct", "--accept-lost", "--format", "csv"]) == 0
    assert capsys.readouterr().out.strip("\ufeff\r\n") == "report,field,before,after"
    with pytest.raises(SystemExit, match="2"):
        main(["--index", index, "correct", "--accept-lost", "--set", "year=2019"])
    assert overwritten.lost_corrections() == ()
