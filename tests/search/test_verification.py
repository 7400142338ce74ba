"""Damage to the files of an index is found, named and mended; nothing damaged is trusted."""

from __future__ import annotations

import os
import shutil
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.errors import IndexDamagedError
from reportsearch.indexing import library_folder
from reportsearch.models.verification import Verification
from reportsearch.search.whoosh import checksums
from reportsearch.search.whoosh.damage_errors import DamageError, detect_damage
from reportsearch.search.whoosh.merging import MAX_SEGMENTS
from reportsearch.search.whoosh.schema import encode_text

TEXTS = {
    "甲县副县长2023年述职报告": "招商引资工作取得成效。",
    "乙县副县长2023年述职报告": "乡村振兴工作取得成效。",
    "丙县副县长2023年述职报告": "营商环境工作取得成效。",
}


@pytest.fixture(scope="module")
def small_of_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small")
    (place / "reports").mkdir()
    for title, text in TEXTS.items():
        # Long enough for the values of different reports to be in different blocks.
        body = "\n".join(f"{text}这是第{number}段。" for number in range(40))
        (place / "reports" / f"{title}.txt").write_text(f"{title}\n{body}", encoding="utf-8")
    with Archive.create(place / "index") as archive:
        archive.index(place / "reports")
    return place


@pytest.fixture
def small(small_of_all: Path, tmp_path: Path) -> Path:
    """Three reports and their index, to be changed at will."""
    return Path(shutil.copytree(small_of_all, tmp_path / "small"))


def find_files(index: Path) -> list[Path]:
    return sorted(path for path in index.rglob("*") if path.is_file() and path.stat().st_size)


def flip(path: Path, place: int, bit: int = 0) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    path.write_bytes(data)


def flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    return bytes(changed)


def damage_text(index: Path, text: str) -> None:
    (path,) = index.glob("*.seg")
    flip(path, path.read_bytes().index(encode_text(text)[:-2]))


def verify(index: Path) -> Verification:
    with Archive.open(index) as archive:
        return archive.verify()


def make_check(path: Path, index: Path) -> Callable[[bytes], bool]:
    """Return the test that ``verify`` makes of the content of a file."""
    if path.suffix == ".toc":

        def check_toc(data: bytes) -> bool:
            return checksums.split_records(data)[1] is not None

        return check_toc
    if path.name == "reportsearch-library.json":
        return lambda data: bool(library_folder.parse(data))
    (toc,) = index.glob("*.toc")
    (record,) = (checksums.split_records(toc.read_bytes())[1] or {}).values()
    crcs = {record.crc, record.manifest_crc}
    return lambda data: checksums.compute_data_crc(data) in crcs


def passes(check: Callable[[bytes], bool], data: bytes) -> bool:
    try:
        return check(data)
    except (DamageError, ValueError, KeyError, TypeError):
        return False


def test_every_flipped_bit_is_found(small: Path) -> None:
    index = small / "index"
    found = find_files(index)
    assert {path.suffix for path in found} == {".toc", ".seg", ".manifest", ".json"}
    for path in found:
        check, whole = make_check(path, index), path.read_bytes()
        assert passes(check, whole)
        # The checksum of the whole segment takes long, but a flip shows in that of its block too.
        for place in range(0, len(whole), 61 if path.suffix == ".seg" else 1):
            assert not passes(check, flipped(whole, place)), (path.name, place)


def test_every_flipped_bit_of_a_segment_is_found_in_its_block(small: Path) -> None:
    (path,) = (small / "index").glob("*.manifest")
    manifest = checksums.SegmentManifest.load(path.read_bytes())
    whole, size = path.with_suffix(".seg").read_bytes(), manifest.block_size
    assert len(manifest.crcs) == -(-len(whole) // size)
    for number, crc in enumerate(manifest.crcs):
        block = whole[number * size : (number + 1) * size]
        assert checksums.compute_data_crc(block) == crc
        for place in range(len(block)):
            assert checksums.compute_data_crc(flipped(block, place)) != crc


def test_a_flipped_bit_in_each_file_is_named_by_the_command(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = small / "index"
    assert main(["--index", str(index), "verify"]) == 0
    for path in find_files(index):
        whole = path.read_bytes()
        flip(path, len(whole) // 2, 3)
        assert main(["--index", str(index), "--lang", "en", "verify"]) == 1, path.name
        output = capsys.readouterr()
        named = "table of contents" if path.suffix == ".toc" else path.name
        assert named in output.out + output.err
        path.write_bytes(whole)
    assert main(["--index", str(index), "verify"]) == 0


def test_the_report_concerned_is_named_and_read_again_alone(small: Path) -> None:
    index, reports = small / "index", small / "reports"
    damage_text(index, "招商引资工作取得成效。这是第20段。")
    with Archive.open(index) as archive:
        before = archive.search('"招商引资工作取得成效。这是第20段。"').matched.passages
        assert (before, archive.verify().reports) == (0, ("甲县副县长2023年述职报告.txt",))
    # Proof that the others are not read: their files have changed.
    for title in list(TEXTS)[1:]:
        (reports / f"{title}.txt").write_text("别的内容。", encoding="utf-8")
    with Archive.open(index, repair=True) as archive:
        summary = archive.index([])
        assert (summary.updated, summary.added, summary.repaired, summary.reports) == (1, 0, 2, 3)
        assert archive.verify().damaged == ()
        assert archive.search('"招商引资工作取得成效。这是第20段。"').matched.passages == 1
        assert archive.search('"乡村振兴工作取得成效。"').matched.passages == 40


@pytest.mark.parametrize("size", [0, 1, 1000, 20_000])
def test_a_truncated_segment_is_read_again_from_the_files(small: Path, size: int) -> None:
    index = small / "index"
    (path,) = index.glob("*.seg")
    with path.open("r+b") as stream:
        stream.truncate(size)
    with pytest.raises(IndexDamagedError, match="index --repair"):
        Archive.open(index)
    with Archive.open(index, repair=True) as archive:
        assert archive.verify().reports == tuple(sorted(f"{title}.txt" for title in TEXTS))
        assert archive.index([]).reports == 3
    assert verify(index).damaged == ()


def test_a_damaged_report_without_a_file_is_restored_or_named(small: Path) -> None:
    index, reports = small / "index", small / "reports"
    shutil.rmtree(reports)
    damage_text(index, "招商引资工作取得成效。这是第20段。")
    with Archive.open(index, repair=True) as archive:
        summary = archive.index([])
        assert (summary.repaired, summary.reports, summary.failed) == (3, 3, ())
    (path,) = index.glob("*.seg")
    path.write_bytes(path.read_bytes()[:-1000])
    with Archive.open(index, repair=True) as archive:
        summary = archive.index([])
        assert summary.reports == 0
        assert sorted(one.source for one in summary.failed) == sorted(f"{one}.txt" for one in TEXTS)


def test_a_damaged_manifest_is_written_again(small: Path) -> None:
    index = small / "index"
    (path,) = index.glob("*.manifest")
    flip(path, 0)
    found = verify(index)
    assert ([one.file for one in found.damaged], found.reports) == ([path.name], ())
    with Archive.open(index, repair=True) as archive:
        assert archive.index([]).reports == 3
        assert archive.verify().damaged == ()


def test_a_segment_that_is_truncated_while_open_is_an_error(small: Path) -> None:
    index = small / "index"
    with Archive.open(index) as archive:
        (path,) = index.glob("*.seg")
        os.truncate(path, 100)
        with pytest.raises(IndexDamagedError, match="truncated"):
            archive.search("乡村振兴")


def test_a_damaged_segment_is_never_merged(small: Path) -> None:
    index, reports = small / "index", small / "reports"
    damage_text(index, "招商引资工作取得成效。这是第20段。")
    before = index.joinpath(next(index.glob("*.seg")).name).read_bytes()

    def write_runs() -> Iterator[int]:
        for number in range(MAX_SEGMENTS + 1):
            # The oldest segment is the smaller one in the end, and would be merged.
            text = "\n".join(f"第{at}段产业项目。" for at in range(200))
            (reports / f"{number}.txt").write_text(text, encoding="utf-8")
            with Archive.open(index) as archive:
                yield archive.index(reports).reports

    with pytest.raises(IndexDamagedError, match="index --repair"):
        list(write_runs())
    assert before in [path.read_bytes() for path in index.glob("*.seg")]


def remove_checksums(index: Path) -> None:
    """Make of an index what the version before wrote."""
    (toc,) = index.glob("*.toc")
    toc.write_bytes(checksums.split_records(toc.read_bytes())[0])
    for path in index.glob("*.manifest"):
        path.unlink()


def test_an_index_without_checksums_is_opened_and_gets_them(small: Path) -> None:
    index, reports = small / "index", small / "reports"
    remove_checksums(index)
    found = verify(index)
    assert found.damaged == ()
    assert found.unchecked == tuple(path.name for path in index.glob("*.seg"))
    (reports / "new.txt").write_text("产业项目。", encoding="utf-8")
    with Archive.open(index) as archive:
        assert archive.index(reports).added == 1
        assert archive.search("乡村振兴").matched.reports == 1
    assert verify(index).unchecked == ()
    damage_text_of_first(index)
    assert verify(index).reports == ("甲县副县长2023年述职报告.txt",)


def damage_text_of_first(index: Path) -> None:
    wanted = encode_text("招商引资工作取得成效。这是第20段。")[:-2]
    (path,) = (path for path in index.glob("*.seg") if wanted in path.read_bytes())
    flip(path, path.read_bytes().index(wanted))


@pytest.mark.parametrize("holder", ["id", "info"])
def test_a_damaged_name_of_a_report_is_damage_to_all_that_look_it_up(
    small: Path, holder: str
) -> None:
    index = small / "index"
    (path,) = index.glob("*.seg")
    name = "乙县副县长2023年述职报告.txt".encode()
    data = path.read_bytes()
    at = data.index(b'{"id":"' + name) + 7 if holder == "info" else data.index(b".txt" + name) + 4
    flip(path, at + name.index(b"2023"))
    with Archive.open(index) as archive, pytest.raises(IndexDamagedError):
        archive.similar(text="乡村振兴工作取得成效")


def test_a_report_lost_from_a_damaged_list_is_damage_to_what_was_derived_with_it(
    small: Path,
) -> None:
    index = small / "index"
    (path,) = index.glob("*.seg")
    # The documents of the reports, of which the last becomes the one before.
    listed, damaged = struct.pack("<3I", 0, 41, 82), struct.pack("<3I", 0, 41, 41)
    data = path.read_bytes()
    assert listed in data
    path.write_bytes(data.replace(listed, damaged))
    with Archive.open(index) as archive, pytest.raises(IndexDamagedError):
        archive.similar(text=TEXTS["甲县副县长2023年述职报告"])


@pytest.mark.parametrize(
    ("error", "kind"),
    # Whoosh raises a plain Exception for a table of an unknown type.
    [
        (Exception("type 'h'"), DamageError),
        (OSError(28, ""), OSError),
        (MemoryError(), MemoryError),
    ],
)
def test_any_error_of_reading_is_damage_but_for_those_of_the_machine(
    error: Exception, kind: type[Exception]
) -> None:
    with pytest.raises(kind), detect_damage():
        raise error
