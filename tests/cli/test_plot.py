"""--plot on the command line: beside any format, and refused early where it cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportsearch.cli import main
from tests.output.plots.reading import down, says

REPORT = "副县长2023年履职情况的报告.txt"


def run(index: Path, *arguments: object) -> int:
    return main(["--index", str(index), *map(str, arguments)])


def test_keywords_are_drawn_beside_the_answer(
    shipped_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("keywords", REPORT, "--top", 8, "--format", "json")
    assert run(shipped_index, *asked) == 0
    printed = capsys.readouterr().out
    place = tmp_path / "keywords.svg"
    assert run(shipped_index, *asked, "--plot", place) == 0
    assert capsys.readouterr().out == printed
    terms = [entry["term"] for entry in json.loads(printed)["groups"][0]["keywords"]]
    drawn = place.read_text(encoding="utf-8")
    assert down(drawn, *terms) == terms
    assert any("1 of 16 reports in the index" in text for text in says(drawn))


def test_comparisons_and_uses_are_drawn(shipped_index: Path, tmp_path: Path) -> None:
    place = tmp_path / "a.svg"
    compared = ("--quiet", "compare", "--by", "official", "--where", "portfolio=文旅")
    assert run(shipped_index, *compared, "--plot", place) == 0
    shown = says(place.read_text(encoding="utf-8"))
    assert {"Distinctive terms by official", "Log ratio (log2)"} <= shown
    used = ("--quiet", "compare", "--by", "year", "--term", "文旅", "--plot", place)
    assert run(shipped_index, *used) == 0
    assert "Use of 文旅 by year" in says(place.read_text(encoding="utf-8"))


def test_each_ending_is_what_it_says(shipped_index: Path, tmp_path: Path) -> None:
    output = tmp_path / "years.csv"
    begins = {"svg": b"<svg ", "png": b"\x89PNG", "HTML": b"<!DOCTYPE html>"}
    for ending, begin in begins.items():
        place = tmp_path / f"years.{ending}"
        place.write_bytes(b"old")
        arguments = ("search", "文旅", "--facet", "年份", "--format", "csv", "--output", output)
        assert run(shipped_index, *arguments, "--plot", place) == 0
        assert place.read_bytes().startswith(begin)
        assert output.read_bytes().startswith(b"\xef\xbb\xbf")
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [
        ".HTML", ".csv", ".png", ".svg"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keywords", "--plot", "a.pdf"), "--plot writes .svg, .png or .html; name it a.svg, not a.pdf"),
        (("keywords", "--plot", ""), "name it picture.svg"),
        (("search", "文旅", "--plot", "a.svg"), "--plot shows a search by year; add --facet year"),
        (("search", "文旅", "--facet", "region", "--plot", "a.svg"), "add --facet year"),
        (("search", "文旅", "--facet", "nonsense", "--plot", "a.svg"), "add --facet year"),
        (("search", "--batch", "q.tsv", "--trec", "r", "--plot", "a.svg"), "omit --plot"),
        (
            ("keywords", "--format", "csv", "--output", "a.svg", "--plot", "./a.svg"),
            "are both ./a.svg; name two different files",
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_wrong_usage(
    shipped_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if "--batch" in arguments:
        (tmp_path / "q.tsv").write_text("1\t文旅\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        run(shipped_index, *arguments)
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.glob("*.svg"))


def test_what_must_stay_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    page = reports / "a.html"
    page.write_text(
        "<html><body><p>我分管文旅工作。景区接待游客。</p></body></html>", encoding="utf-8"
    )
    index = tmp_path / "index"
    assert run(index, "--quiet", "index", reports) == 0
    before = page.read_bytes()
    for place, told in (
        (page, "is a report in the index; name another file"),
        (index / "a.svg", "is inside the index folder; choose another location"),
        (tmp_path / "none" / "a.svg", "there is no folder"),
    ):
        capsys.readouterr()
        assert run(index, "keywords", "--plot", place) == 1
        assert told in capsys.readouterr().err
    assert page.read_bytes() == before
    assert not list(tmp_path.rglob("*.svg"))


def test_nothing_to_draw_is_told_and_no_file_is_made(
    shipped_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "a.svg"
    for arguments in (("keywords", "--where", "year=1900"), ("search", "鲸鱼", "--facet", "year")):
        assert run(shipped_index, "--quiet", *arguments, "--plot", place) == 0
        said = capsys.readouterr()
        assert said.out
        assert said.err.startswith("reportsearch: note: ")
        assert said.err.endswith(f"{place} is not written\n")
        assert said.err.count("\n") == 1
    assert not place.exists()
