"""Every occurrence in its context."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportsearch import QueryError
from reportsearch.cli import main
from reportsearch.models.search import KwicLine
from reportsearch.normalise import fold
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row

REPORTS = [
    row("a.txt", "推进招商引资，招商引资签约。", "民政，招商引资。", title="甲县述职报告"),
    row("b.txt", "重视招商引资工作。", "档案。", title="乙县述职报告"),
    row("c.txt", "４Ａ级景区在😀，招商引资引资。", title="丙县工作总结"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    with Both(tmp_path_factory.mktemp("kwic"), *REPORTS) as held:
        yield held


def contexts(lines: tuple[KwicLine, ...]) -> list[tuple[str, str, str]]:
    return [(line.left, line.match, line.right) for line in lines]


def test_each_highlight_is_a_line_with_its_context(both: Both) -> None:
    found = both.kwic("招商引资", width=3)
    assert found.query == "招商引资"
    assert found.matched == 5
    assert contexts(found.lines) == [
        ("推进", "招商引资", "，招商"),
        ("引资，", "招商引资", "签约。"),
        ("民政，", "招商引资", "。"),
        ("重视", "招商引资", "工作。"),
        ("在😀，", "招商引资", "引资。"),
    ]
    assert [line.passage for line in found.lines] == [
        "a.txt#1", "a.txt#1", "a.txt#2", "b.txt#1", "c.txt#1"
    ]  # fmt: skip
    for line in found.lines:
        text = both.disk.show(line.report).text
        assert text[line.start : line.end] == line.match
        assert text[line.start - len(line.left) : line.start] == line.left
        assert text[line.end : line.end + len(line.right)] == line.right
        assert line.title == both.disk.show(line.report).title
        assert line.passage.startswith(f"{line.report}#")
    assert [line.match for line in both.kwic("4a级").lines] == ["４Ａ级"]


@pytest.mark.parametrize("width", [0, 1, 2, 5, 10_000])
def test_the_context_ends_with_the_passage(both: Both, width: int) -> None:
    found = both.kwic("招商引资", width=width)
    assert found.matched == len(found.lines) == 5
    for line in found.lines:
        passage = both.disk.passage(line.passage)
        first, last = line.start - passage.start, line.end - passage.start
        assert line.left == passage.text[max(0, first - width) : first]
        assert line.right == passage.text[last : last + width]
        assert len(line.left) == min(width, first)
        assert len(line.right) == min(width, len(passage.text) - last)


def test_the_same_lines_stand_in_three_orders(both: Both) -> None:
    by_place = both.kwic("招商引资", sort="place").lines
    assert [(line.report, line.start) for line in by_place] == sorted(
        (line.report, line.start) for line in by_place
    )
    by_left = both.kwic("招商引资", sort="left").lines
    lefts = [fold(line.left)[::-1] for line in by_left]
    assert lefts == sorted(lefts)
    by_right = both.kwic("招商引资", sort="right").lines
    rights = [fold(line.right) for line in by_right]
    assert rights == sorted(rights)
    assert set(by_place) == set(by_left) == set(by_right)
    assert len({by_place, by_left, by_right}) == 3


def test_limit_and_offset_count_lines_and_matched_counts_all(both: Both) -> None:
    for sort in ("place", "left", "right"):
        whole = both.kwic("招商引资", sort=sort, limit=None)
        pages = [both.kwic("招商引资", sort=sort, limit=2, offset=n) for n in range(0, 8, 2)]
        assert tuple(line for page in pages for line in page.lines) == whole.lines
        assert {page.matched for page in pages} == {5}
        assert both.kwic("招商引资", sort=sort, limit=0).matched == 5


def test_matched_is_the_number_of_highlights_of_the_search(both: Both) -> None:
    for text in (
        "招商引资",
        "引资",
        "「引资」",
        "招商引资 民政",
        "招商引资 -民政",
        "签约，民政。",
        "鲸鱼",
    ):
        hits = both.search(text, group="passage", limit=1_000).hits
        marks = sorted(
            (hit.report.id, *span) for hit in hits for span in hit.passages[0].highlights
        )
        found = both.kwic(text)
        assert [(line.report, line.start, line.end) for line in found.lines] == marks
        assert found.matched == len(marks)


def test_filters_narrow_the_lines(both: Both) -> None:
    assert {line.report for line in both.kwic("招商引资", where={"title": "述职"}).lines} == {
        "a.txt",
        "b.txt",
    }
    # Nothing is asked for that could be marked.
    assert both.kwic("-招商引资").lines == ()


def test_options_are_checked(both: Both) -> None:
    for options, said in (
        ({"sort": "date"}, "sort must be one of place, left, right"),
        ({"width": -1}, "not.* negative"),
        ({"limit": -1}, "not.* negative"),
        ({"offset": -1}, "not.* negative"),
    ):
        with pytest.raises(QueryError, match=said):
            both.kwic("招商引资", **options)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("place", ["招商引资", "--limit", "4"]),
        ("right", ["招商引资", "--sort", "right", "--width", "4", "--offset", "1"]),
        ("nothing", ["鲸鱼"]),
    ],
)
def test_what_kwic_prints(
    both: Both,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    arguments: list[str],
    form: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    where = ["--index", str(both.place), *FORMS[form]]
    assert main(["kwic", *arguments, *where]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    check_golden(f"kwic-{name}", form, captured.out)


def test_where_the_rest_is_counts_what_came_before(
    both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    for offset, said in ((0, "1–2 of 5; more: --offset 2"), (2, "3–4 of 5; more: --offset 4")):
        asked = ["kwic", "招商引资", "--limit", "2", "--offset", str(offset)]
        assert main([*asked, "--index", str(both.place)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == said
    assert main(["kwic", "招商引资", "--offset", "3", "--index", str(both.place)]) == 0
    assert "more" not in capsys.readouterr().out


def test_the_formats_hold_the_same_lines(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["kwic", "招商引资", "--index", str(both.place), "--format"]
    assert main([*where, "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"query", "matched", "lines"}
    assert main([*where, "csv", "--output", str(tmp_path / "lines.csv")]) == 0
    assert capsys.readouterr().out == ""
    written = (tmp_path / "lines.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    for line in said["lines"]:
        line["section"] = " › ".join(line["section"])
        cited = rows[said["lines"].index(line)].pop("citation")
        assert f"《{line['title']}》" in cited
    known = [
        {key: "" if value is None else str(value) for key, value in line.items()}
        for line in said["lines"]
    ]
    assert known == rows


def test_a_context_is_not_cut_between_a_character_and_its_mark(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "ae\u0301民政e\u0301b")) as both:
        (line,) = both.kwic("民政", width=1).lines
        assert (line.left, line.right) == ("e\u0301", "e\u0301")
