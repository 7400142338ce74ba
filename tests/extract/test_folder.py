from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.extract.folder import decode_file_name, find_report_files, is_report_file

MakeFolder = Callable[[dict[str, str]], Path]


def _names(root: Path) -> list[str]:
    return [found.name for found in find_report_files(root)]


@pytest.mark.parametrize(
    "name",
    [
        "述职报告.docx",
        "2023年.txt",
        "rows.jsonl",
        "rows.csv",
        "old.doc",
        "没有后缀",
        "my-readme.txt",
        "readmes.txt",
        "metadata.txt",
        "甲县metadata.csv",
        "~报告.txt",
        "$报告.txt",
    ],
)
def test_a_file_of_any_other_name_is_looked_at(name: str) -> None:
    assert is_report_file(name)


@pytest.mark.parametrize(
    "name",
    [
        "~$述职报告.docx",
        ".~述职报告.docx",
        ".DS_Store",
        ".hidden.txt",
        "README",
        "README.md",
        "ReadMe.txt",
        "readme.zh-CN.md",
        "metadata.csv",
        "Metadata.CSV",
    ],
)
def test_hidden_files_locks_readmes_and_the_sidecar_are_never_reports(name: str) -> None:
    assert not is_report_file(name)


def test_files_are_found_in_all_folders_with_slashes_in_their_names(folder: MakeFolder) -> None:
    root = folder({"甲.txt": "甲", "乙县/2022/报告.txt": "乙", "乙县/丙.md": "丙"})
    assert sorted(_names(root)) == sorted(["甲.txt", "乙县/2022/报告.txt", "乙县/丙.md"])


def test_a_found_file_is_the_one_that_its_name_says(folder: MakeFolder) -> None:
    root = folder({"甲县/报告.txt": "甲县的", "乙县/报告.txt": "乙县的"})
    texts = {
        found.name: found.path.read_text(encoding="utf-8") for found in find_report_files(root)
    }
    assert texts == {"甲县/报告.txt": "甲县的", "乙县/报告.txt": "乙县的"}


def test_the_order_is_that_of_the_names_whatever_the_order_of_writing(folder: MakeFolder) -> None:
    written = ("c.txt", "a.txt", "b.txt", "y/2.txt", "y/1.txt", "x/3.txt")
    root = folder(dict.fromkeys(written, "文"))
    assert _names(root) == ["a.txt", "b.txt", "c.txt", "x/3.txt", "y/1.txt", "y/2.txt"]


def test_what_is_no_report_is_passed_over_in_every_folder(folder: MakeFolder) -> None:
    root = folder(
        {
            "报告.txt": "是",
            "下/报告.txt": "是",
            "metadata.csv": "id,year\n",
            "下/metadata.csv": "id,year\n",
            "下/README.md": "说明",
            "下/~$报告.docx": "锁",
            ".git/报告.txt": "否",
            "下/.回收站/更下/报告.txt": "否",
        }
    )
    assert sorted(_names(root)) == ["下/报告.txt", "报告.txt"]


def test_a_folder_that_is_itself_hidden_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    root = tmp_path / ".reports"
    root.mkdir()
    (root / "报告.txt").write_text("文", encoding="utf-8")
    assert _names(root) == ["报告.txt"]


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    assert _names(tmp_path) == []


@pytest.mark.parametrize("sibling", ["elsewhere", "reports-secret"])
def test_a_link_to_a_file_outside_is_reported_and_not_followed(
    folder: MakeFolder, tmp_path: Path, sibling: str
) -> None:
    root = folder({"报告.txt": "里"})
    outside = tmp_path / sibling / "外.txt"
    outside.parent.mkdir()
    outside.write_text("外", encoding="utf-8")
    (root / "链接.txt").symlink_to(outside)
    (root / "绕行.txt").symlink_to(Path("..") / sibling / "外.txt")
    problems = {found.name: found.problem for found in find_report_files(root)}
    assert problems.keys() == {"报告.txt", "链接.txt", "绕行.txt"}
    assert problems["报告.txt"] == ""
    for name in ("链接.txt", "绕行.txt"):
        assert "link" in problems[name]
        assert len(problems[name].splitlines()) == 1


def test_a_link_that_stays_inside_is_a_file_like_any_other(folder: MakeFolder) -> None:
    root = folder({"下/报告.txt": "里"})
    (root / "链接.txt").symlink_to(Path("下") / "报告.txt")
    assert [(found.name, found.problem) for found in find_report_files(root)] == [
        ("链接.txt", ""),
        ("下/报告.txt", ""),
    ]


def test_the_files_of_a_linked_folder_outside_are_not_read(
    folder: MakeFolder, tmp_path: Path
) -> None:
    root = folder({"报告.txt": "里"})
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "外.txt").write_text("外", encoding="utf-8")
    (root / "链接").symlink_to(outside)
    assert [found.name for found in find_report_files(root) if not found.problem] == ["报告.txt"]


def test_a_link_that_leads_nowhere_or_in_a_circle_is_reported(folder: MakeFolder) -> None:
    root = folder({"报告.txt": "里"})
    (root / "断.txt").symlink_to("没有.txt")
    (root / "圈.txt").symlink_to("环.txt")
    (root / "环.txt").symlink_to("圈.txt")
    problems = {found.name: bool(found.problem) for found in find_report_files(root)}
    assert problems == {"报告.txt": False, "断.txt": True, "圈.txt": True, "环.txt": True}


def test_the_index_inside_the_folder_is_left_out(folder: MakeFolder) -> None:
    root = folder(
        {"报告.txt": "里", "index/0.txt": "引", "index/下/1.txt": "引", "下/index/2.txt": "里"}
    )
    assert [
        found.name for found in find_report_files(root, index_folder=(root / "index").resolve())
    ] == [
        "报告.txt",
        "下/index/2.txt",
    ]


def test_a_file_name_from_an_old_archive_is_shown_in_chinese() -> None:
    assert decode_file_name("甲县/述职报告.txt") == "甲县/述职报告.txt"
    assert decode_file_name(os.fsdecode("述职报告.txt".encode("gb18030"))) == "述职报告.txt"


def test_a_folder_linked_into_itself_is_read_once(folder: MakeFolder) -> None:
    root = folder({"下/报告.txt": "里"})
    (root / "下" / "上").symlink_to(root)
    assert _names(root) == ["下/报告.txt"]


def test_a_linked_root_is_read_as_the_folder_that_it_means(
    folder: MakeFolder, tmp_path: Path
) -> None:
    root = folder({"报告.txt": "里"})
    (root / "链接.txt").symlink_to("报告.txt")
    link = tmp_path / "link"
    link.symlink_to(root)
    assert [(found.name, found.problem) for found in find_report_files(link)] == [
        ("报告.txt", ""),
        ("链接.txt", ""),
    ]


def test_each_file_that_cannot_be_read_is_one_line_in_failed(
    folder: MakeFolder, tmp_path: Path
) -> None:
    root = folder(
        {"报告.txt": "我分管教育工作。", "旧.log": "x", "空.txt": "", "坏.docx": "PK\3\4"}
    )
    outside = tmp_path / "外.txt"
    outside.write_text("外面的工作。", encoding="utf-8")
    (root / "链接.txt").symlink_to(outside)
    (root / "断.txt").symlink_to(root / "没有.txt")
    (root / "圈.txt").symlink_to("圈.txt")
    with Archive.in_memory() as archive:
        summary = archive.index([root])
    assert summary.added == 1
    assert sorted(failure.source for failure in summary.failed) == sorted(
        ["旧.log", "空.txt", "坏.docx", "链接.txt", "断.txt", "圈.txt"]
    )
    for failure in summary.failed:
        assert len(failure.reason.splitlines()) == 1
        assert "Error" not in failure.reason
