from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import reportsearch
from reportsearch import Archive
from reportsearch.errors import ExtractError, NotFoundError, QueryError
from reportsearch.models.report import IndexSummary, ReportInfo

Make = Callable[[dict[str, str]], Path]
REPORT = (
    "甲县副县长{year}年度述职报告\n我分管文旅、民政工作。\n一、文旅工作\n全年接待游客{n}万人次。\n"
)


def report(year: int = 2023, n: int = 12) -> str:
    return REPORT.format(year=year, n=n)


def counts(summary: IndexSummary) -> tuple[int, int, int, int]:
    return summary.added, summary.updated, summary.unchanged, summary.removed


def test_the_public_names_are_these() -> None:
    assert sorted(reportsearch.__all__) == reportsearch.__all__
    assert all(hasattr(reportsearch, name) for name in reportsearch.__all__)
    assert {"Archive", "Report", "SearchResult", "QueryError"} <= set(reportsearch.__all__)
    assert len(reportsearch.__all__) <= 20


def test_only_what_is_new_or_changed_is_read_again(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": report(2022), "sub/b.txt": report(2023)})
    with Archive.create(tmp_path / "index") as archive:
        assert counts(archive.index([root])) == (2, 0, 0, 0)
        assert counts(archive.index([root])) == (0, 0, 2, 0)
        folder({"a.txt": report(2022, 99), "c.txt": report(2021)})
        assert counts(archive.index([root])) == (1, 1, 1, 0)
        assert [info.id for info in archive.infos()] == ["a.txt", "c.txt", "sub/b.txt"]
        assert archive.search("99万人次").matched.reports == 1
        assert archive.search("「12万人次」").matched.reports == 2
        assert counts(archive.index([root], rebuild=True)) == (0, 3, 0, 0)


def test_an_empty_folder_is_no_error(tmp_path: Path, folder: Make) -> None:
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([folder({})])
        assert counts(summary) == (0, 0, 0, 0)
        assert (summary.reports, summary.passages, summary.failed) == (0, 0, ())
        assert archive.search("文旅", facets=["year"]).hits == ()
        assert archive.stats().reports == 0
        assert list(archive.reports()) == []


def test_a_path_that_is_not_there_stops_the_run_before_it_changes_anything(
    tmp_path: Path, folder: Make
) -> None:
    root = folder({"a.txt": report()})
    with Archive.create(tmp_path / "index") as archive:
        with pytest.raises(ExtractError, match="no file or folder"):
            archive.index([root, tmp_path / "none"])
        assert archive.infos() == []


def test_rubbish_is_listed_with_a_reason_and_the_rest_goes_on(tmp_path: Path, folder: Make) -> None:
    root = folder(
        {
            "a.txt": report(),
            "empty.txt": "",
            "blank.txt": " \n　\n",
            "notes.xyz": "x",
            "bad.docx": "PK\3\4 half a Word file",
            "rows.jsonl": '{"id": "r1", "text": "述职报告\\n正文。"}\nnonsense\n{"id": "r2"}\n',
            ".hidden.txt": report(),
            "~$a.docx": "lock",
            "README.md": "readme",
        }
    )
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root])
        assert [info.id for info in archive.infos()] == ["a.txt", "r1"]
    reasons = {failure.source: failure.reason for failure in summary.failed}
    assert set(reasons) == {
        "empty.txt",
        "blank.txt",
        "notes.xyz",
        "bad.docx",
        "rows.jsonl line 2",
        "rows.jsonl line 3",
    }
    assert reasons["empty.txt"] == "the file is empty"
    assert ".xyz files are not supported; save it as" in reasons["notes.xyz"]
    assert "get it again" in reasons["bad.docx"]
    assert "not valid JSON" in reasons["rows.jsonl line 2"]
    assert "no text" in reasons["rows.jsonl line 3"]
    assert all("\n" not in reason for reason in reasons.values())


def test_a_report_that_can_no_longer_be_read_stays_as_it_was(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": report(n=77)})
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root])
        (root / "a.txt").write_bytes(b"")
        summary = archive.index([root], prune=True)
        assert [failure.source for failure in summary.failed] == ["a.txt"]
        assert summary.removed == 0
        assert archive.search("77万人次").matched.reports == 1


def test_only_prune_drops_reports_whose_file_or_row_is_gone(tmp_path: Path, folder: Make) -> None:
    rows = [json.dumps({"id": f"r{n}", "text": report(2020 + n)}) for n in range(3)]
    root = folder({"a.txt": report(2020), "b.txt": report(2021), "r.jsonl": "\n".join(rows)})
    other = tmp_path / "other.txt"
    other.write_text(report(2019), encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root, other])
        (root / "a.txt").unlink()
        other.unlink()
        (root / "r.jsonl").write_text("\n".join(rows[:2]), encoding="utf-8")
        assert archive.index([root]).reports == 6
        assert counts(archive.index([root], prune=True)) == (0, 0, 3, 2)
        assert [info.id for info in archive.infos()] == ["b.txt", "other.txt", "r0", "r1"]


def test_a_moved_file_is_the_same_report_when_its_id_stays(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": report()})
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root])
        moved = tmp_path / "moved"
        root.rename(moved)
        assert counts(archive.index([moved])) == (0, 1, 0, 0)


def test_the_same_file_named_by_itself_is_the_same_report(tmp_path: Path, folder: Make) -> None:
    root = folder({"sub/a.txt": report()})
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root])
        assert counts(archive.index([root / "sub" / "a.txt"])) == (0, 0, 1, 0)
        assert [info.id for info in archive.infos()] == ["sub/a.txt"]


def test_two_reports_with_one_id_are_told_apart_by_a_failure(tmp_path: Path, folder: Make) -> None:
    root = folder({"one/a.txt": report(2021), "two/a.txt": report(2022)})
    rows = folder({"r.jsonl": '{"id":"x","text":"一。"}\n{"id":"x","text":"二。"}'})
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root / "one", root / "two", rows / "r.jsonl"])
    assert [info.id for info in archive_infos(tmp_path)] == ["a.txt", "x"]
    assert [failure.source for failure in summary.failed] == ["a.txt", "r.jsonl line 2"]
    assert "already has the id" in summary.failed[0].reason


def archive_infos(tmp_path: Path) -> list[ReportInfo]:
    with Archive.open(tmp_path / "index") as archive:
        return list(archive.infos())


def test_the_sidecar_overrides_the_text_and_says_so(tmp_path: Path, folder: Make) -> None:
    root = folder(
        {
            "a.txt": report(2023),
            "metadata.csv": "文件,人员,年份,地区\na.txt,张三,2019年,乙县\nnone.txt,x,,\n",
        }
    )
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root])
        (info,) = archive.infos()
        assert (info.official, info.year, info.region) == ("张三", 2019, "乙县")
        assert info.origin["official"] == info.origin["year"] == "sidecar"
        assert info.origin["post"] == "text"
        assert [(doubt.report, doubt.field) for doubt in summary.unsure] == [("none.txt", "id")]
        assert counts(archive.index([root])) == (0, 0, 1, 0)
        folder({"metadata.csv": "id,official\na.txt,李四\n"})
        assert counts(archive.index([root])) == (0, 1, 0, 0)
        assert archive.infos()[0].official == "李四"
        assert archive.infos()[0].year == 2023


def test_a_sidecar_that_cannot_be_read_stops_the_run_and_undoes_nothing(
    tmp_path: Path, folder: Make
) -> None:
    root = folder({"a.txt": report(), "metadata.csv": "id,official\na.txt,张三\n"})
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root])
        folder({"metadata.csv": 'id,official\na.txt,"张三\n'})
        with pytest.raises(ExtractError, match=r"metadata\.csv.*not valid CSV"):
            archive.index([root])
        assert archive.infos()[0].official == "张三"


def test_a_single_file_keeps_the_corrections_of_its_folder(tmp_path: Path, folder: Make) -> None:
    root = folder({"sub/a.txt": report(), "metadata.csv": "id,official\nsub/a.txt,张三\n"})
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
        folder({"sub/a.txt": report(n=99)})
        assert counts(archive.index(root / "sub" / "a.txt")) == (0, 1, 0, 0)
        (info,) = archive.infos()
        assert (info.id, info.official) == ("sub/a.txt", "张三")


def test_filters_may_be_a_string_or_hold_numbers(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        answers = [
            archive.search("项目", where=where).hits
            for where in ("year=2023", ["year=2023"], {"year": 2023}, {"year": "2023"})
        ]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_a_row_carries_its_metadata(tmp_path: Path, folder: Make) -> None:
    root = folder({"r.csv": "编号,标题,正文,年份\nx1,某报告,第一段。第二句。,2018\n"})
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root / "r.csv"])
        (info,) = archive.infos()
    assert (info.id, info.title, info.year) == ("x1", "某报告", 2018)
    assert info.origin["year"] == info.origin["title"] == "row"


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path, folder: Make) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(report(), encoding="utf-8")
    root = folder({"a.txt": report()})
    (root / "b.txt").symlink_to(secret)
    (root / "c.txt").symlink_to(tmp_path / "nowhere")
    (root / "loop").symlink_to(root)
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root])
        assert [info.id for info in archive.infos()] == ["a.txt"]
    assert [failure.source for failure in summary.failed] == ["b.txt", "c.txt"]
    assert [failure.reason for failure in summary.failed] == [
        "a link that leaves the folder is not followed",
        "a link that leads nowhere",
    ]


def test_files_that_a_reader_would_wait_for_are_refused(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": report()})
    os.mkfifo(root / "pipe.txt")
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root])
        assert summary.reports == 1
    assert [(failure.source, failure.reason) for failure in summary.failed] == [
        ("pipe.txt", "not a regular file")
    ]


def test_names_and_rows_that_are_no_unicode_are_read_all_the_same(
    tmp_path: Path, folder: Make
) -> None:
    root = folder({"r.jsonl": '{"id": "a\\ud800", "title": "t\\udfff", "text": "文旅\\ud800。"}'})
    name = os.fsencode(root) + b"/" + "报告.txt".encode("gb18030")
    Path(os.fsdecode(name)).write_bytes(report().encode())
    with Archive.create(tmp_path / "index") as archive:
        summary = archive.index([root])
        assert summary.failed == ()
        assert [info.id for info in archive.infos()] == ["a?", "报告.txt"]
        assert archive.search("文旅").matched.reports == 2
        assert counts(archive.index([root])) == (0, 0, 2, 0)


def test_the_index_inside_the_folder_is_not_read(folder: Make) -> None:
    root = folder({"a.txt": report()})
    with Archive.create(root / "index") as archive:
        for _ in range(2):
            summary = archive.index([root, root])
            assert (summary.reports, summary.failed) == (1, ())


def test_progress_ends_where_it_should(tmp_path: Path, folder: Make) -> None:
    root = folder({"a.txt": report(), "b.txt": report(2022)})
    seen: list[tuple[int, int, str]] = []
    with Archive.create(tmp_path / "index") as archive:
        archive.index([root], progress=lambda *step: seen.append(step))
    size = sum(path.stat().st_size for path in root.iterdir())
    assert [name for _, _, name in seen] == ["a.txt", "b.txt", ""]
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert seen[-1][:2] == (size, size)


def test_a_report_is_found_by_any_unique_part_of_its_id_or_title(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        assert archive.show("戊镇").info.post == "镇长"
        assert archive.show("丁县应急管理局").id == "2023年述职报告（丁县应急管理局）.txt"
        with pytest.raises(NotFoundError, match="matches 5 reports"):
            archive.show("副县长")
        with pytest.raises(NotFoundError, match="no report's id or title contains"):
            archive.show("戊己庚")
        assert archive.passage("戊镇#1").text.startswith("戊镇镇长2024年")
        for wrong in ("戊镇", "戊镇#0", "戊镇#999", "戊镇#x"):
            with pytest.raises(NotFoundError):
                archive.passage(wrong)


def test_filters_facets_and_options_are_checked_by_name(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        for options, said in (
            ({"where": ["yaer=2023"]}, "the fields are: .*year"),
            ({"where": ["year"]}, "FIELD=VALUE"),
            ({"facets": ["colour"]}, "facet must be one of year"),
            ({"sort": "size"}, "sort must be one of relevance, date"),
            ({"group": "word"}, "group must be one of report, passage"),
            ({"limit": -1}, "must not be negative"),
        ):
            with pytest.raises(QueryError, match=said):
                archive.search("文旅", **options)


def test_where_narrows_like_a_field_in_the_query(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        for where in (["portfolio=文旅", "年份=2023"], {"portfolio": "文化和旅游", "year": "2023"}):
            narrowed = archive.search("项目", where=where)
            assert narrowed.hits == archive.search("项目 portfolio:文旅 year:2023").hits
            assert 0 < narrowed.matched.passages < archive.search("项目").matched.passages


def test_facets_count_the_matching_reports(shipped_index: Path) -> None:
    with Archive.open(shipped_index) as archive:
        result = archive.search("招商引资", facets=["year", "分管"], limit=100)
        years = {entry.value: entry.count for entry in result.facets["year"]}
        assert sum(years.values()) == result.matched.reports == len(result.hits)
        for entry in result.facets["portfolio"]:
            if entry.value is not None:
                narrowed = archive.search("招商引资", where={"portfolio": entry.value})
                assert narrowed.matched.reports == entry.count


def test_memory_and_disk_tell_the_same_of_the_shipped_corpus(
    shipped_index: Path, shipped_memory: Archive
) -> None:
    with Archive.open(shipped_index) as disk:
        assert disk.stats() == shipped_memory.stats()
        assert disk.infos() == shipped_memory.infos()
        assert list(disk.reports()) == list(shipped_memory.reports())
