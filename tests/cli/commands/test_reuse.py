"""The command ``reuse`` and what it prints."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import main
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row, write_rows

FRAME = "坚持把群众的小事当作自己的大事来办"
OLD = "全年接待游客120万人次，旅游收入6亿元，新建步道12公里。"
TREES = "坚持不砍一棵老树、不搬一户原住民、不造一座假古董。"
REPORTS = [
    row("2021.txt", "一、文旅工作", OLD, TREES, "二、下一步打算", "修建县博物馆，年内开馆。",
        title="甲县张三2021年述职报告", official="张三", year=2021),
    row("2022.txt", "一、文旅工作", OLD.replace("120", "135"), TREES, "县博物馆６月开馆。",
        f"{FRAME}，接访*批次。", title="甲县张三2022年述职报告", official="张三", year=2022),
    row("2023.txt", "一、民政工作", f"{FRAME}，接访*批次。", "新建养老院3所。",
        title="乙县李四2023年述职报告", official="李四", year=2023),
    *(row(f"{name}.txt", f"我{FRAME}。", title=name, official=name, year=2022) for name in "王赵钱"),
]  # fmt: skip
DRAFT = f"一、文旅工作\n{TREES}\n{FRAME}，办结27件。\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with Both(tmp_path_factory.mktemp("reuse"), *REPORTS) as held:
        yield held.place


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


ASKED = {
    "report": ("2022.txt",),
    "pairs": (),
    "previous": ("2022.txt", "--previous"),
    "nothing": ("--min-chars", "60"),
    "alone": ("钱.txt", "--min-chars", "60"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_printed(
    place: Path,
    asked: str,
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--index", str(place), "reuse", *ASKED[asked], *FORMS[form]]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    check_golden(f"reuse-{asked}", form, said.out)


def test_a_draft_is_compared_and_its_spans_lead_to_both_texts(
    place: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(place), "reuse", "--against", str(draft), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["is_draft"] is True
    assert found["report"]["id"] == "draft.txt"
    with Archive.open(place) as archive:
        for source in found["sources"]:
            text = archive.show(source["report"]["id"]).text
            for span in source["spans"]:
                assert DRAFT[span["start"] : span["end"]] == span["text"]
                assert text[span["source_start"] : span["source_end"]] == span["source_text"]
        assert len(archive.infos()) == len(REPORTS)
    assert [formula["text"] for formula in found["formulae"]] == [FRAME]


def test_several_drafts_are_one_document_and_a_bad_one_does_not_stop_the_rest(
    place: Path, draft: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.docx"
    bad.write_bytes(b"PK\x03\x04 no")
    files = [str(draft), str(bad), str(tmp_path / "none.txt")]
    command = ["--index", str(place), "reuse", "--against", *files, "--format"]
    assert main([*command, "json"]) == 1
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert [entry["report"]["id"] for entry in document["drafts"]] == ["draft.txt"]
    assert [entry["source"] for entry in document["failed"]] == files[1:]
    lines = said.err.splitlines()
    assert len(lines) == 2
    for line, file in zip(lines, files[1:], strict=True):
        assert line.startswith(f"reportsearch: {file}: ")
    assert main([*command, "table"]) == 1
    assert "draft" in capsys.readouterr().out
    assert main([*command, "csv"]) == 1
    cells = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert {cell["report"] for cell in cells} == {"draft.txt"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2022.txt", "--against", "a.txt"], "give either REPORT, or --against FILE"),
        (["--previous"], "--previous requires REPORT or --against FILE"),
        (
            ["2022.txt", "--previous", "--min-chars", "9"],
            "--min-chars cannot be combined with --previous",
        ),
        (["2022.txt", "--official", "张三"], "--official says whose"),
        (["--against", "a", "b", "--previous"], "--previous compares a single report"),
        (
            ["--format", "html", "--output", "a.html"],
            "--format html requires REPORT, or --against with one FILE",
        ),
        (["2022.txt", "--format", "html"], "--format html requires --output FILE"),
        (["2022.txt", "--format", "html", "--output", "a.docx"], "name it a.docx.html, not a.docx"),
        (["2022.txt", "--format", "docx", "--output", "a.html"], "name it a.html.docx, not a.html"),
        (
            ["--against", "./a.html", "--format", "html", "--output", "a.html"],
            "a.html is an input file",
        ),
        (["2022.txt", "--min-chars", "4"], "must be at least 5"),
        (["--formula-officials", "1"], "must be at least 2"),
        (["2022.txt", "--output", "a.txt"], "requires --format json, csv, docx or html"),
    ],
)
def test_options_that_do_not_go_together_are_a_matter_of_usage(
    place: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(place), "reuse", *arguments])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no report's id or title contains 'nowhere'"),
        (["述职报告"], "matches 3 reports"),
        (["2021.txt", "--previous"], "no earlier report by 张三"),
        (["2022.txt", "--previous", "nowhere"], "no report's id or title contains 'nowhere'"),
        (["--against", "nowhere.txt"], "there is no such file"),
        (["--against", "."], "is a folder"),
    ],
)
def test_errors_are_one_line_with_the_remedy(
    place: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(place), "reuse", *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert len(printed.err.splitlines()) == 1


def test_json_of_drafts_none_of_which_can_be_read_names_them_all(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    command = ["--index", str(place), "reuse", "--against", *files, "--format", "json"]
    assert main(command) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["drafts"] == []
    assert [entry["source"] for entry in document["failed"]] == files


def test_drafts_are_parted_by_a_line(
    place: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(place), "reuse", "--against", str(draft), str(draft)]) == 0
    first, second = capsys.readouterr().out.split("\n\ndraft\n")
    assert f"draft\n{second}".rstrip() == first.rstrip()


def test_previous_may_stand_before_the_report(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for arguments in (["--previous", "2022.txt"], ["2022.txt", "--previous"]):
        assert main(["--index", str(place), "reuse", *arguments]) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_an_official_whom_the_index_does_not_know_is_told(
    place: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--index", str(place), "reuse", "--against", str(draft), "--official"]
    assert main([*command, "张三三"]) == 0
    assert "the index has no report by 张三三" in capsys.readouterr().err
    assert main([*command, "张三三", "--quiet"]) == 0
    assert capsys.readouterr().err == ""
    assert main([*command, "张三"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", [["2022.txt"], ["2022.txt", "--previous"], []])
def test_nothing_that_reports_were_read_from_is_written_over(
    tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with Both(tmp_path, *REPORTS) as held:
        rows = tmp_path / "rows.jsonl"
        (tmp_path / "metadata.csv").write_text("id,official\n", encoding="utf-8")
        before = {path: path.read_bytes() for path in (rows, tmp_path / "metadata.csv")}
        # As a file system that does not tell case apart would find it.
        for path in (*before, tmp_path / "Metadata.CSV"):
            command = ["reuse", *arguments, "--format", "json", "--output", str(path)]
            assert main(["--index", str(held.place), *command]) == 1
            assert "name another file" in capsys.readouterr().err
        assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("form", ["html", "docx"])
@pytest.mark.parametrize("arguments", [["2022.txt"], ["2022.txt", "--previous"]])
def test_pages_and_word_files_are_the_same_bytes_each_time(
    place: Path, tmp_path: Path, form: str, arguments: list[str]
) -> None:
    written = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}.{form}"
        command = ["reuse", *arguments, "--format", form, "--output", str(path)]
        assert main(["--index", str(place), *command]) == 0
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert len(written[0]) > 3_000


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("zh", ("文字复制比检测报告", "年度对照报告")),
        ("en", ("Text reuse report", "Year-on-year report")),
    ],
)
def test_a_page_is_in_the_language_of_the_command_line(
    place: Path, tmp_path: Path, language: str, titles: tuple[str, str]
) -> None:
    path = tmp_path / "a.html"
    for title, years in zip(titles, ([], ["--previous"]), strict=True):
        command = ["reuse", "2022.txt", *years, "--format", "html", "--output", str(path)]
        assert main(["--index", str(place), "--lang", language, *command]) == 0
        assert f"<h1>{title}</h1>" in path.read_text(encoding="utf-8")


def test_a_long_list_is_cut_and_numbered_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sentences = [f"第{n}件大事是把{n}村到{n + 1}镇的公路修通修好。" for n in range(1, 6)]
    rows = [row("this", *sentences, year=2022)]
    rows += [row(f"s{n}", "\n".join(sentences[: n + 1]), year=2021) for n in range(5)]
    rows += [row("later", sentences[0], year=2023)]
    with Both(tmp_path, *rows) as held:
        assert main(["--index", str(held.place), "reuse", "this", "--limit", "2"]) == 0
        said = capsys.readouterr().out
        assert "… and 3 more; --limit N shows more" in said
        # The later reports are numbered on from all sources, shown or not.
        assert "  6  " in said.partition("Also in later reports")[2]
        assert main(["--index", str(held.place), "reuse", "--limit", "1"]) == 0
        assert "--limit N shows more" in capsys.readouterr().out


def test_an_ending_may_be_in_capitals(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "A.HTML"
    command = ["reuse", "2022.txt", "--format", "html", "--output", str(path)]
    assert main(["--index", str(place), *command]) == 0
    assert path.read_bytes().lower().startswith(b"<!doctype html>")


def test_where_none_is_to_be_shown_the_numbers_still_say_of_what(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(place), "reuse", "--limit", "0"]) == 0
    said = capsys.readouterr().out
    pairs, formulae = said.split("\nBoilerplate")
    assert pairs.splitlines()[-1] == "  … and 1 more; --limit N shows more"
    assert formulae.splitlines()[-1] == "  … and 1 more; --limit N shows more"


@pytest.mark.parametrize("name", ["", "folder"])
def test_a_document_needs_a_file_to_be_written_to(
    place: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    output = str(tmp_path / name) if name else ""
    command = ["reuse", "2022.txt", "--format", "html", "--output", output]
    try:
        code = main(["--index", str(place), *command])
    except SystemExit as stop:
        code = int(str(stop.code))
    said = capsys.readouterr().err
    assert (code, "is a folder; name a file in it" in said) == ((1, True) if name else (2, False))
    assert name or "--format html requires --output FILE" in said


def test_html_is_for_reuse_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--index", str(place), "search", "文旅", "--format", "html", "--output", "a.html"])
    assert "--format html works with reuse, not with search" in capsys.readouterr().err


def test_an_empty_index_and_a_single_report_are_no_trouble(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "index"
    Archive.create(place).close()
    command = ["--index", str(place), "reuse"]
    assert main(command) == 0
    said = capsys.readouterr()
    assert "No two reports share text of this length" in said.out
    assert "the index is empty" in said.err
    with Archive.create(place) as archive:
        archive.index(write_rows(tmp_path / "rows.jsonl", [row("a.txt", TREES)]))
    for form in ("json", "csv", "table"):
        assert main([*command, "--format", form]) == 0
        assert main([*command, "a.txt", "--format", form]) == 0
    assert "compared with 0 other reports" in capsys.readouterr().out


def test_a_link_that_leads_to_itself_stops_nothing_else(
    tmp_path: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.txt").write_text(f"{TREES}{name}", encoding="utf-8")
    place = str(tmp_path / "index")
    assert main(["--index", place, "index", str(folder)]) == 0
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to("a.txt")
    (tmp_path / "loop.json").symlink_to("loop.json")
    capsys.readouterr()
    assert main(["--index", place, "reuse", "--against", str(draft)]) == 0
    assert main(["--index", place, "similar", "--file", str(draft)]) == 0
    output = ["--format", "json", "--output"]
    assert main(["--index", place, "reuse", "b.txt", *output, str(tmp_path / "b.json")]) == 0
    assert main(["--index", place, "index", str(folder), "--prune"]) == 0
    capsys.readouterr()
    # A link that leads nowhere is no file that could be lost.
    assert main(["--index", place, "reuse", "b.txt", *output, str(tmp_path / "loop.json")]) == 0
    assert json.loads((tmp_path / "loop.json").read_bytes())["report"]["id"] == "b.txt"


def test_numbers_beyond_reason_are_no_trouble(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(place), "reuse", "--min-chars", str(2**70)]) == 0
    assert "No two reports" in capsys.readouterr().out
    for command in ("show", "similar"):
        assert main(["--index", str(place), command, f"2022.txt#{'9' * 5_000}"]) == 1
        assert "is not a passage; write REPORT#N" in capsys.readouterr().err


def test_a_file_without_a_name_is_said_to_have_none(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["reuse", "--against", ""], ["similar", "--file", " "]):
        assert main(["--index", str(place), *command]) == 1
        assert "the file name is empty" in capsys.readouterr().err


def test_what_cannot_be_printed_whole_is_a_failure(place: Path, tmp_path: Path) -> None:
    """Without Python's buffer, a full disk takes a part and says so only at the next write."""
    code = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "from reportsearch.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = ["--index", str(place), "reuse", "2022.txt", "--format", "json"]
    with (tmp_path / "out.json").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-u", "-c", code, *command],
            stdout=out, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
