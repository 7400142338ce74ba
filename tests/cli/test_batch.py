"""Many queries at once as a TREC run, and the other places an answer can be written to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from reportsearch.cli import main
from tests.reports import Both, ids, row

REPORTS = [
    row("甲县/述职 报告.txt", "招商引资。", "民政。", year=2022),
    row("b 100%.txt", "招商引资和民政。", year=2023),
    *[row(f"r{number:03}", "养老。") for number in range(105)],
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("batch"), *REPORTS) as held:
        yield held


class Batch:
    """Runs `search --batch` on a file that is written first."""

    def __init__(self, both: Both, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.index = ["--index", str(both.place)]
        self.queries = place / "queries.tsv"
        self.out = place / "run.txt"
        self.capsys = capsys
        self.said = ""

    def run(self, queries: str | bytes, *options: str) -> int:
        data = queries if isinstance(queries, bytes) else queries.encode()
        self.queries.write_bytes(data)
        files = ["--batch", str(self.queries), "--trec", str(self.out)]
        code = main(["search", *files, *self.index, *options])
        captured = self.capsys.readouterr()
        assert captured.out == ""
        self.said = captured.err
        return code

    def lines(self) -> list[list[str]]:
        return [line.split(" ") for line in self.out.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def batch(both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Batch:
    return Batch(both, tmp_path, capsys)


def test_a_batch_is_written_as_a_trec_run(both: Both, batch: Batch) -> None:
    assert batch.run("q1\t招商引资 民政\n2\t养老\nq3\t鲸鱼\n") == 0
    assert batch.said == "reportsearch: 3 of 3 queries answered\n"
    lines = batch.lines()
    assert all(len(line) == 6 for line in lines)
    assert [line[:4] for line in lines if line[0] == "q1"] == [
        ["q1", "Q0", "b%20100%25.txt", "1"],
        ["q1", "Q0", "甲县/述职%20报告.txt", "2"],
    ]
    # As many as a run customarily has, in the order of the search.
    second = [line for line in lines if line[0] == "2"]
    assert [line[2] for line in second] == ids(both.search("养老", limit=100))
    assert [line[3] for line in second] == [str(rank) for rank in range(1, 101)]
    # Programs that read a run sort it by the score.
    scores = [float(line[4]) for line in second]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 100
    assert not [line for line in lines if line[0] == "q3"]
    assert {line[1] for line in lines} == {"Q0"}
    assert len({line[5] for line in lines}) == 1


def test_hits_without_a_whole_match_are_scored_below_the_others(both: Both, batch: Batch) -> None:
    found = both.search("招商引资 民政")
    assert [hit.met for hit in found.hits] == ["passage", "report"]
    assert batch.run("1\t招商引资 民政") == 0
    first, second = batch.lines()
    assert float(first[4]) > float(second[4])


def test_limit_and_filters_hold_for_every_query(batch: Batch) -> None:
    assert batch.run("1\t养老\n2\t招商引资\n", "--limit", "3") == 0
    assert [line[0] for line in batch.lines()] == ["1", "1", "1", "2", "2"]
    assert batch.run("1\t养老\n", "--limit", "1000") == 0
    assert len(batch.lines()) == 105
    assert batch.run("1\t养老\n2\t招商引资\n", "--where", "year=2022") == 0
    assert [line[2] for line in batch.lines()] == ["甲县/述职%20报告.txt"]
    assert batch.run("1\t养老\n", "--limit", "0") == 0
    assert batch.lines() == []


def test_a_file_as_editors_save_it_is_read(batch: Batch) -> None:
    assert batch.run("\ufeff1\t招商引资\r\n\r\n 2 \t 民政 \r\n".encode(), "--quiet") == 0
    assert batch.said == ""
    assert {line[0] for line in batch.lines()} == {"1", "2"}
    assert batch.run("") == 0
    assert batch.lines() == []


def test_a_query_that_cannot_be_understood_is_named_and_the_others_answered(batch: Batch) -> None:
    assert batch.run("1\t招商引资\nq2\tyear:abc\n3\t民政\n") == 1
    said = batch.said.splitlines()
    assert said[0].startswith("reportsearch: query q2: 'abc' at character 6 is not a year; ")
    assert said[1:] == ["reportsearch: 2 of 3 queries answered"]
    assert {line[0] for line in batch.lines()} == {"1", "3"}


@pytest.mark.parametrize(
    ("queries", "said"),
    [
        (
            b"1\t\xe6\xb0\x91\n2 \xe6\xb0\x91\n",
            "line 2: the format is wrong; write a number without spaces, a tab",
        ),
        ("1\t民政\n\n2\t \n", "line 3: the format is wrong"),
        ("\t民政\n", "line 1: the format is wrong"),
        ("1 2\t民政\n", "line 1: the format is wrong"),
        ("1\t民政\n".encode("gb18030"), "is not UTF-8; save it as UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_nothing_is_written(
    batch: Batch, queries: str | bytes, said: str
) -> None:
    assert batch.run(queries) == 1
    assert said in batch.said
    assert batch.said.count("\n") == 1
    assert batch.said.startswith("reportsearch: ")
    assert not batch.out.exists()


def test_files_that_are_not_there_are_one_line(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("1\t民政\n", encoding="utf-8")
    none, out = str(tmp_path / "none" / "file"), str(tmp_path / "out")
    for given, written, index, reason in (
        (none, out, str(both.place), "none/file cannot be read: "),
        (str(queries), none, str(both.place), "there is no folder "),
        (str(queries), out, none, "there is no index in the folder "),
    ):
        arguments = ["search", "--batch", given, "--trec", written, "--index", index]
        assert main([*arguments, "--quiet"]) == 1
        said = capsys.readouterr().err
        assert said.startswith("reportsearch: ")
        assert reason in said
        assert said.count("\n") == 1
    assert not Path(out).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search"], "reportsearch search: error: the following arguments are required: QUERY"),
        (["kwic"], "QUERY"),
        (["search", "--batch", "x"], "--batch FILE and --trec FILE must be given together"),
        (["search", "--trec", "x"], "--batch FILE and --trec FILE must be given together"),
        (["search", "民政", "--trec", "x"], "unrecognized arguments: 民政"),
        (["search", "民政", "--batch", "x", "--trec", "y"], "unrecognized arguments: 民政"),
        (["search", "民政", "--format", "docx"], "--format docx requires --output FILE"),
        (["kwic", "民政", "--format", "docx"], "--format docx requires --output FILE"),
        (["search", "民政", "--output", "x"], "requires --format json, csv, docx or html"),
        (["kwic", "民政", "--output", "x"], "requires --format json, csv, docx or html"),
        (["stats", "--format", "docx"], "--format docx works with kwic, reuse, search"),
        (["show", "r001", "--format", "docx"], "--format docx works with kwic, reuse, search"),
        (["search", "民政", "--sort", "size"], "invalid choice"),
        (["kwic", "民政", "--sort", "date"], "invalid choice"),
        (["kwic", "民政", "--width", "-1"], "must not be negative"),
        (["search", "民政", "--format", "xml"], "invalid choice"),
    ],
)
def test_options_that_do_not_go_together_are_an_error_of_usage(
    both: Both,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--index", str(both.place)])
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "usage: reportsearch" in captured.err
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_mended_by_the_user_exits_with_1(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, said in (
        (["search", "year:abc"], "is not a year"),
        (["kwic", "year:abc"], "is not a year"),
        (["search", "民政", "--facet", "colour"], "facet must be one of"),
        (["kwic", "民政", "--where", "x=1"], "no field is called"),
        (
            ["search", "民政", "--format", "json", "--output", str(tmp_path / "none" / "x.docx")],
            str(tmp_path / "none"),
        ),
        (
            ["search", "民政", "--format", "docx", "--output", str(tmp_path / "none" / "x.docx")],
            str(tmp_path / "none"),
        ),
    ):
        assert main([*arguments, "--index", str(both.place)]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.startswith("reportsearch: ")
        assert said in captured.err
        assert captured.err.count("\n") == 1


def test_nothing_found_and_part_found_are_no_errors(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    for text in ("鲸鱼", "民政 鲸鱼", "招商引咨"):
        for form in ("table", "json", "csv"):
            assert main(["search", text, "--index", str(both.place), "--format", form]) == 0
            assert capsys.readouterr().err == ""


def test_an_answer_in_a_file_is_the_same_as_on_the_screen(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form in ("json", "csv"):
        arguments = ["search", "招商引资 民政", "--index", str(both.place), "--format", form]
        assert main(arguments) == 0
        printed = capsys.readouterr().out
        assert main([*arguments, "--output", str(tmp_path / form)]) == 0
        assert capsys.readouterr().out == ""
        assert (tmp_path / form).read_bytes() == printed.encode()
    assert json.loads((tmp_path / "json").read_text(encoding="utf-8"))["matched"]["apart"] == 1


@pytest.mark.parametrize("command", ["search", "kwic"])
def test_a_word_file_opens_and_holds_the_answer(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    path = tmp_path / "答复.docx"
    arguments = [command, "招商引资", "--index", str(both.place)]
    assert main([*arguments, "--format", "docx", "--output", str(path)]) == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row_ in table.rows for cell in row_.cells]
    said = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert said.count("招商引资") > 2
    assert "b 100%.txt" in said
    assert "养老" not in said
