from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reportsearch import Archive
from reportsearch.cli import commands, main
from tests.conftest import CORPUS

Run = Callable[..., subprocess.CompletedProcess[str]]


def start(*arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a process of its own."""
    environment = {**os.environ, "COLUMNS": "80", **env}
    return subprocess.run(
        [sys.executable, "-m", "reportsearch", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=environment,
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program in this process, where a start of Python would show no more."""

    def call(
        *arguments: str, cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            for name, value in {"COLUMNS": "80", **env}.items():
                patch.setenv(name, value)
            if cwd is not None:
                patch.chdir(cwd)
            try:
                code = main(list(arguments))
            except SystemExit as ended:
                code = int(ended.code or 0)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)

    return call


def test_every_module_of_the_folder_is_a_command_and_the_help_says_where_to_start(
    run: Run,
) -> None:
    done = run("--help", COLUMNS="200")
    modules = sorted(path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py"))
    assert re.findall(r"^    (\w+) +\w", done.stdout, re.MULTILINE) == modules
    assert "start with: reportsearch index FOLDER" in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["summary", "--file", "a.md", "--format", "json", "--output", "a.md"],
        ["similar", "--file", "a.md", "--format", "csv", "--output", "./a.md"],
        ["reuse", "--against", "b.md", "a.md", "--method-note", "a.md"],
    ],
)
def test_what_is_to_be_read_is_not_written_over(
    shipped_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.md", "b.md"):
        Path(name).write_text("述职报告\n推动旅游发展。", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main([*command, "--index", str(shipped_index)])
    assert stopped.value.code == 2
    assert "a.md is an input file; name another file for the output" in capsys.readouterr().err
    assert Path("a.md").read_text(encoding="utf-8") == "述职报告\n推动旅游发展。"


def few_reports(folder: Path) -> Path:
    """A Word file and one of text, of the corpus."""
    folder.mkdir()
    for name in ("乙市人民政府副市长2023年度履职报告.docx", "副县长2023年履职情况的报告.txt"):
        shutil.copy(CORPUS / name, folder)
    return folder


def test_index_then_search_from_the_default_folders(tmp_path: Path, run: Run) -> None:
    few = few_reports(tmp_path / "few")
    (tmp_path / "corpus").symlink_to(few)
    done = start("index", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("2 reports, ")
    assert "(2 added, 0 updated, 0 unchanged; " in done.stdout
    found = run("search", "全域旅游示范县", cwd=tmp_path)
    assert "【全域旅游示范县】" in found.stdout
    assert found.stderr == ""


def test_options_of_every_command_stand_before_or_after_it(
    shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for arguments in (
        ["--index", str(shipped_index), "--format", "json", "search", "文旅"],
        ["search", "文旅", "--format", "json", "--index", str(shipped_index)],
        ["--format", "json", "search", "--index", str(shipped_index), "文旅", "--quiet"],
    ):
        assert main(arguments) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] == outputs[2]
    assert json.loads(outputs[0])["matched"]["reports"] > 3


def test_json_is_one_document_with_the_fields_of_the_contract(
    shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--index", str(shipped_index), "--format", "json"]
    assert main(["search", "招商引资", "--facet", "year", "--limit", "1", *where]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {
        "query", "matched", "hits", "facets", "partial", "suggestion", "portfolio", "explain"
    }  # fmt: skip
    assert result["matched"] == {"reports": 6, "passages": 14, "apart": 0}
    (hit,) = result["hits"]
    assert set(hit) == {"report", "score", "matched", "passages", "met"}
    assert {"id", "title", "year", "post", "declared", "origin"} <= set(hit["report"])
    passage = hit["passages"][0]
    assert set(passage) == {"id", "section", "start", "end", "text", "score", "highlights"}
    for start, end in passage["highlights"]:
        assert passage["text"][start - passage["start"] : end - passage["start"]] == "招商引资"
    assert sum(entry["count"] for entry in result["facets"]["year"]) == 6

    assert main(["show", "戊镇", *where]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {"report", "duties", "sections", "passages", "doubts", "text"} == set(shown)
    for entry in shown["passages"]:
        assert shown["text"][entry["start"] : entry["end"]] == entry["text"]

    assert main(["stats", *where]) == 0
    assert json.loads(capsys.readouterr().out)["reports"] == 16


def test_index_json_has_the_fields_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(tmp_path / "index")
    few = str(few_reports(tmp_path / "few"))
    assert main(["index", few, "--index", index, "--format", "json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert set(result) == {
        "added", "updated", "unchanged", "removed", "repaired", "failed", "unsure", "excluded",
        "lost", "reports", "passages", "seconds",
    }  # fmt: skip
    assert (result["added"], result["failed"]) == (2, [])


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for sign in "=+-@＝＋－＠":
        (reports / f"{ord(sign)}.txt").write_text(f"{sign}1+1文旅，“引号”\n", encoding="utf-8")
    index = ["--index", str(tmp_path / "index")]
    assert main(["index", str(reports), *index, "--quiet"]) == 0
    capsys.readouterr()
    assert main(["search", "文旅", "--format", "csv", *index]) == 0
    out = capsys.readouterr().out
    assert out.startswith("\ufeffrank,report,title")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert len(rows) == 8
    assert all(row["text"].startswith("'") and "“引号”" in row["text"] for row in rows)


@pytest.mark.parametrize("command", [["search", "文旅"], ["show", "戊镇"], ["stats"]])
def test_every_command_has_three_formats(
    shipped_index: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    where = ["--index", str(shipped_index)]
    for form in ("table", "json", "csv"):
        assert main([*command, "--format", form, *where]) == 0
        out = capsys.readouterr().out
        assert out.endswith("\n")
        if form == "json":
            json.loads(out)
        if form == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(out))}) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["search", "文旅", "--index", "none"],
            1,
            "there is no index in the folder none; create one with",
        ),
        (["search", "year:abc"], 1, "'abc' at character 6 is not a year"),
        (["search", "文旅", "--where", "x=1"], 1, "no field is called 'x'"),
        (["show", "nothing"], 1, "no report's id or title contains 'nothing'"),
        (["show", "戊镇", "--passage", "999"], 1, "has no passage 999"),
        (["index", "none"], 1, "there is no file or folder 'none'"),
        (["index", ""], 1, "there is no file or folder ''"),
        (["search", "-year:abc"], 1, "'abc' at character 7 is not a year"),
        ([], 2, "COMMAND"),
        (["serch"], 2, "invalid choice"),
        (["search"], 2, "QUERY"),
        (["search", "a", "--limit", "-1"], 2, "must not be negative"),
        (["search", "a", "--limit", "x"], 2, "invalid whole number value"),
    ],
)
def test_errors_are_one_line_with_the_remedy(
    shipped_index: Path, run: Run, arguments: list[str], code: int, said: str
) -> None:
    done = run(*arguments, cwd=shipped_index.parent)
    assert done.returncode == code
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith("reportsearch: ")


def test_a_folder_of_other_files_is_no_place_for_an_index(tmp_path: Path, run: Run) -> None:
    names = ["reportsearch notes.docx", "reports1_notes.txt", "writer.json"]
    for name in names:
        (tmp_path / name).write_text("述职报告\n文旅。", encoding="utf-8")
    done = run("index", ".", "--index", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "contains other files" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_what_would_command_a_terminal_is_not_printed(tmp_path: Path, run: Run) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a\x1b[31m.txt").write_text("述职\x1b[2J报告\n文旅\u202e工作。", encoding="utf-8")
    index = ["--index", str(tmp_path / "index")]
    for arguments in (["index", str(reports)], ["search", "文旅 \x1b"], ["search", "文旅"]):
        done = run(*arguments, *index)
        assert done.returncode == 0
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)


def test_a_query_may_start_with_a_minus(shipped_index: Path, run: Run) -> None:
    done = run("search", "-招商", "--format", "json", "--index", str(shipped_index))
    assert json.loads(done.stdout)["query"] == "-招商"
    assert json.loads(done.stdout)["matched"]["reports"] == 16


def test_an_empty_index_is_said_to_be_empty(tmp_path: Path, run: Run) -> None:
    (tmp_path / "corpus").mkdir()
    assert run("index", cwd=tmp_path).returncode == 0
    done = run("search", "文旅", cwd=tmp_path)
    assert "the index is empty; add reports with" in done.stderr


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_full_disk_is_one_line(shipped_index: Path, form: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportsearch", "stats", "--format", form, "--index", str(shipped_index)],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


@pytest.mark.parametrize(
    ("stopped", "code", "said"),
    [(KeyboardInterrupt(), 130, "interrupted; "), (MemoryError(), 1, "out of memory")],
)
def test_a_run_that_is_stopped_says_so_in_a_line_and_by_its_code(
    shipped_index: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    stopped: BaseException,
    code: int,
    said: str,
) -> None:
    def stop(_: Archive) -> None:
        raise stopped

    monkeypatch.setattr(Archive, "stats", stop)
    done = run("stats", "--index", str(shipped_index))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(f"reportsearch: {said}")
    assert done.stderr.count("\n") == 1


def test_nothing_found_is_said_and_no_error(shipped_index: Path, run: Run) -> None:
    done = run("search", "鲸鱼", "--index", str(shipped_index))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Nothing in the index matches 鲸鱼\n"


def test_a_reader_that_stops_early_is_no_error(shipped_index: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m reportsearch search 工作 --limit 50 --index "
    command += f"{shlex.quote(str(shipped_index))} | head -1"
    done = subprocess.run(
        [shutil.which("bash") or "bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("width", [20, 60, 80, 200])
def test_a_table_fits_the_terminal(shipped_index: Path, run: Run, width: int) -> None:
    from rich.cells import cell_len

    done = run("search", "招商引资 OR 民政", "--index", str(shipped_index), COLUMNS=str(width))
    lines = done.stdout.splitlines()
    assert len(lines) > 20
    assert max(map(cell_len, lines)) <= max(width, 26)
    closing = tuple("，。；：、”》）")
    assert not [line for line in lines if line.strip().startswith(closing)]


def test_output_is_utf8_whatever_the_locale(shipped_index: Path) -> None:
    both = "import sys; from reportsearch.cli import main; asked = sys.argv\n"
    both += "for form in 'json', 'table': sys.argv = [*asked, '--format', form]; assert main() == 0"
    asked = ["search", "招商引资", "--limit", "1", "--index", str(shipped_index)]
    done = subprocess.run(
        [sys.executable, "-c", both, *asked],
        capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert '"query": "招商引资"' in done.stdout
    assert "1 of 6" in done.stdout


def test_colour_only_where_a_terminal_takes_it(shipped_index: Path, run: Run) -> None:
    plain = run("search", "招商引资", "--index", str(shipped_index))
    colour = run("search", "招商引资", "--index", str(shipped_index), FORCE_COLOR="1", TERM="xterm")
    assert "\x1b[" not in plain.stdout
    assert "【招商引资】" in plain.stdout
    assert "\x1b[1;31m招商引资\x1b[0m" in colour.stdout


def test_a_run_in_which_nothing_could_be_read_fails(tmp_path: Path, run: Run) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.xyz").write_text("x", encoding="utf-8")
    done = run("index", str(reports), "--index", str(tmp_path / "index"))
    assert done.returncode == 1
    assert "1 not read:" in done.stdout
    assert "a.xyz: .xyz files are not supported" in done.stdout
