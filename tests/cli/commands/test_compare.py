"""The command ``compare`` and what it prints."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportsearch.cli import main
from tests.analysis.compare.officials import REPORTS, Asked
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("compare"), *REPORTS) as held:
        yield held


ASKED = {
    "portfolio": ("--by", "portfolio", "--top", "2"),
    "pairwise": ("--by", "official", "--values", "张三,王五", "--pairwise", "--top", "2"),
    "years": ("--by", "year", "--values", "2019,2021..2023", "--terms", "words"),
    "uses": ("--by", "year", "--term", "乡村旅游", "--term", "光伏"),
    "nothing": ("--by", "level", "--where", "title=n1"),
}


def run(both: Both, *options: str) -> int:
    return main(["--index", str(both.place), "compare", *options])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_printed(
    both: Asked,
    asked: str,
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert run(both, *ASKED[asked], *FORMS[form]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    check_golden(f"compare-{asked}", form, said.out)


def test_csv_and_json_say_the_same(both: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    run(both, "--by", "portfolio", "--format", "json")
    document = json.loads(capsys.readouterr().out)
    run(both, "--by", "portfolio", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    wanted = [
        (entry["value"], str(rank), term["term"], str(term["count"]), str(term["bound"]), "", less)
        for entry in document["groups"]
        for name, less in (("terms", ""), ("less", "yes"))
        for rank, term in enumerate(entry[name], 1)
    ] + [
        (rate["value"], str(rank), term["term"], str(rate["count"]), "", "yes", "")
        for rank, term in enumerate(document["shared"], 1)
        for rate in term["groups"]
    ]
    columns = ("group", "rank", "term", "count", "bound", "shared", "less")
    assert [tuple(line[name] for name in columns) for line in lines] == wanted
    assert wanted


def test_uses_in_csv_and_json_say_the_same(both: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--by", "official", "--term", "养老院", "--format")
    run(both, *asked, "json")
    document = json.loads(capsys.readouterr().out)
    run(both, *asked, "csv")
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    points = document["terms"][0]["points"]
    assert [(line["official"], line["count"], line["low"]) for line in lines] == [
        (point["value"], str(point["count"]), str(point["interval"][0])) for point in points
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "year", "--pairwise"), "name both: --values A,B"),
        (("--by", "year", "--pairwise", "--values", "2019"), "name both: --values A,B"),
        (("--by", "year", "--pairwise", "--values", "2019,2021,2023"), "name both"),
        (
            ("--by", "year", "--values", "2019,2021", "--pairwise", "--term", "公路"),
            "omit --pairwise",
        ),
        ((), "--by"),
        (("--by", "year", "--values", ""), "--values names nothing"),
        (("--by", "year", "--values", ",,，"), "--values names nothing"),
        (("--by", "year", "--terms", "letters"), "--terms"),
        (("--by", "year", "--output", "x.csv"), "--output x.csv requires --format"),
        (("--by", "year", "--format", "docx", "--output", "x.docx"), "not with compare"),
    ],
)
def test_options_that_do_not_go_together(
    both: Asked, options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(both, *options)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--by", "title"), "by must be one of"),
        (("--by", "official", "--values", "钱七"), "available: 张三、李四、王五、赵六"),
        (("--by", "year", "--values", "张三,张", "--pairwise"), "no report has year"),
        (("--by", "official", "--values", "张三,张", "--pairwise"), "name two values"),
        (("--by", "year", "--term", "。"), "is not a term"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    both: Asked, options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both, *options) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.count("\n") == 1


def test_values_can_be_parted_by_chinese_commas(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    for values in ("张三，王五", "张三、王五", " 张三 ；王五"):
        assert run(both, "--by", "official", "--values", values, "--format", "json") == 0
        document = json.loads(capsys.readouterr().out)
        assert [entry["value"] for entry in document["groups"]] == ["张三", "王五"]


def test_a_chinese_comma_in_a_value_does_not_part_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = ("县委常委、副县长", "副县长", "县长")
    rows = [row(f"r{number}", "公路通车。", post=post) for number, post in enumerate(posts)]
    with Asked(tmp_path, *rows) as held:
        for values, found in (
            ("县委常委、副县长", ["县委常委、副县长"]),
            ("县委常委、副县长,县长", ["县委常委、副县长", "县长"]),
            ("县长、副县长", ["县长", "副县长"]),
        ):
            assert run(held, "--by", "post", "--values", values, "--format", "json") == 0
            document = json.loads(capsys.readouterr().out)
            assert [entry["value"] for entry in document["groups"]] == found
        pair = ("--by", "post", "--values", "县委常委、副县长,县长", "--pairwise")
        assert run(held, *pair) == 0
        assert run(held, "--by", "post", "--values", "县长、副县长", "--pairwise") == 0
        assert run(held, *pair[:3], "县委常委、副县长", "--pairwise") == 1
        assert "name two values" in capsys.readouterr().err


def test_a_term_of_reports_that_have_no_value_is_told(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both, "--by", "level", "--term", "乡村旅游") == 0
    said = capsys.readouterr().out
    assert "first known use: 2021" in said
    assert "not counted: 1 report (no level)" in said


def test_output_is_written_to_a_file(
    both: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, asked in (("json", ("--by", "year")), ("csv", ("--by", "year", "--term", "公路"))):
        place = tmp_path / f"found.{form}"
        assert run(both, *asked, "--format", form, "--output", str(place)) == 0
        assert capsys.readouterr().out == ""
        assert run(both, *asked, "--format", form) == 0
        assert place.read_bytes().decode() == capsys.readouterr().out


def test_a_group_that_is_all_there_is_has_nothing_to_be_set_against(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both, "--by", "official", "--where", "official=张三") == 0
    said = capsys.readouterr().out
    assert "no other passages to compare with" in said
    assert "one official against others" not in said
    assert "for certain" not in said


def test_reports_left_out_for_want_of_an_official_are_told_with_the_remedy(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in (("--values", "张三,王五"), ("--term", "公路")):
        assert run(both, "--by", "official", *options) == 0
        assert (
            "1 report (no official); metadata.csv can name the official" in capsys.readouterr().out
        )


def test_marks_of_direction_in_a_group_do_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    turned = row("a\u202e.txt", "新建学校3所。", official="张三", year=2022)
    with Both(tmp_path, turned) as held:
        assert run(held, "--by", "report", "--term", "学校") == 0
    said = capsys.readouterr().out
    assert "\u202e" not in said
    assert "1 of 1" in said


def test_a_limit_leaves_groups_out_of_the_table_alone(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(both, "--by", "official", "--limit", "1") == 0
    said = capsys.readouterr().out
    assert "and 3 more" in said.replace("groups ", "") or "3 groups more" in said
    assert "王五  " not in said.partition("more")[0].split("against")[0]
    assert run(both, "--by", "official", "--limit", "1", "--format", "json") == 0
    assert len(json.loads(capsys.readouterr().out)["groups"]) == 4
