"""Corners of the search in which something once went wrong."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from reportsearch import Archive, IndexDamagedError, QueryError
from reportsearch.cli import main

from .test_search import Both, row, write_rows


def test_an_ellipsis_is_sentence_punctuation(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "推进改革，落实任务。")) as both:
        explain = both.search("推进……改革", explain=True).explain
        assert explain is not None
        assert explain.terms[0].kind == "text"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("title:养佬 养佬", "title:养佬 养老"),
        ("-养佬院 养佬", "-养佬院 养老"),
        ("养佬院里 养佬", "养佬院里 养老"),
    ],
)
def test_a_suggestion_stands_in_the_place_of_the_term(
    tmp_path: Path, text: str, suggestion: str
) -> None:
    with Both(tmp_path, row("a", "养老。", title="养佬")) as both:
        found = both.search(text).suggestion
        assert found == suggestion


def test_a_suggestion_finds_something(tmp_path: Path) -> None:
    with Both(
        tmp_path, row("b", "他说“好”，(甲丁)，-丁乙。"), row("c", '丙"丁戊。乙 OR 丙，甲 丁戊')
    ) as both:
        for text in ("甲乙甲", "甲乙丙"):
            found = both.search(text).suggestion
            assert found is None or both.search(found).matched.reports, (text, found)


@pytest.mark.parametrize("sort", ["place", "left"])
def test_kwic_counts_its_lines(tmp_path: Path, sort: str) -> None:
    with Both(tmp_path, row("a", "共1㏄。", year=2020)) as both:
        found = both.kwic("「c」", sort=sort)
        assert found.matched == len(found.lines)
        years = both.search("「c」", facets=["year"]).facets["year"]
        assert years[0].occurrences == 1


def test_an_index_without_a_word(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "——")) as both:
        for text in ("「—」", "民政 OR -档案", "——"):
            assert both.search(text, group="passage").matched.passages == 1


def test_docx_is_refused_before_anything_is_indexed(tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "r.jsonl", [row("a", "民政。")])
    with pytest.raises(SystemExit):
        main(["index", str(rows), "--index", str(tmp_path / "index"), "--format", "docx"])
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize(
    "option",
    [
        ["--format", "json"],
        ["--format", "docx"],
        ["--output", "x.json"],
        ["--facet", "year"],
        ["--explain"],
        ["--sort", "date"],
        ["--group", "passage"],
        ["--offset", "3"],
    ],
)
def test_batch_refuses_what_it_does_not_do(tmp_path: Path, option: list[str]) -> None:
    (tmp_path / "q").write_text("1\t民政\n", encoding="utf-8")
    with Both(tmp_path, row("a", "民政。")) as both, pytest.raises(SystemExit):
        main(
            [
                "search",
                "--batch",
                str(tmp_path / "q"),
                "--trec",
                str(tmp_path / "o"),
                "--index",
                str(both.place),
                "--quiet",
                *option,
            ]
        )


@pytest.mark.parametrize("mark", ["\u00ad", "\u200d", "\ufeff", "\u200b"])
def test_an_invisible_mark_divides_no_run(tmp_path: Path, mark: str) -> None:
    with Both(tmp_path, row("a", "招商很好，引资。"), row("b", "招商引资。")) as both:
        explain = both.search(f"招商{mark}引资", explain=True).explain
        assert explain is not None
        assert len(explain.terms) == 1


def test_only_what_meets_a_term_counts_as_an_occurrence(tmp_path: Path) -> None:
    with Both(
        tmp_path, row("a", "养老和补贴。", year=2020), row("b", "招商引资，养老。", year=2021)
    ) as both:
        years = both.search("招商引资 OR 养老补贴", facets=["year"]).facets["year"]
        assert {e.value: e.occurrences for e in years}["2021"] == 1


def test_kwic_lists_no_partial_matches_unsaid(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "招商引资。")) as both:
        assert both.kwic("召商引资").matched == 0


@pytest.mark.parametrize(
    "text", ['("（一" OR 招商)', '("1)" OR 招商)', '(招商 OR "1)")', "(“（” OR 招商)"]
)
def test_brackets_in_quotation_marks_group_nothing(tmp_path: Path, text: str) -> None:
    with Both(tmp_path, row("a", "招商。", "民政。")) as both:
        assert both.passages(text) == ["a#1"]


@pytest.mark.parametrize("number", [10**20, 2**63])
def test_a_concordance_takes_any_whole_number(tmp_path: Path, number: int) -> None:
    with Both(tmp_path, row("a", "民政民政。")) as both:
        assert both.kwic("民政", offset=number).lines == ()
        assert len(both.kwic("民政", limit=number).lines) == 2


def test_a_concordance_checks_its_numbers(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "民政。")) as both:
        for name in ("limit", "offset", "width"):
            given: dict[str, Any] = {name: "5"}
            with pytest.raises(QueryError, match=name):
                both.disk.kwic("民政", **given)


def test_function_words_are_no_occurrences(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "老人的事，照顾好的。", year=2020)) as both:
        found = both.kwic("老人的照顾")
        assert [line.match for line in found.lines] == ["老人", "照顾"]
        assert found.matched == 2


def test_variants_of_a_glyph_are_one_character(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "葛\U000e0100城市，❤\ufe0f服务。")) as both:
        assert both.passages("「葛城市」") == ["a#1"]
        assert both.passages("「❤服务」") == ["a#1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("财政局", None), ("4亿元", None), ("民证局长", "民政局长")],
)
def test_known_words_and_other_numbers_are_no_slips(
    tmp_path: Path, text: str, expected: str | None
) -> None:
    with Both(tmp_path, row("a", "民政局长报告，8亿元。")) as both:
        assert both.search(text).suggestion == expected


def test_many_unknown_terms_are_not_all_looked_up(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "招商引资，民政。")) as both:
        found = both.disk.search("招商引姿 民证局 甲乙丙 招伤引资")
        assert found.suggestion is not None
        assert found.suggestion.startswith("招商引资 ")
        assert found.suggestion.endswith(" 招伤引资")


def test_an_option_may_have_a_value_that_starts_with_a_dash(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "民政。")) as both:
        place = tmp_path / "-out.json"
        with chdir(tmp_path):
            arguments = ["search", "民政", "--format", "json", "--output", "-out.json"]
            assert main([*arguments, "--index", str(both.place)]) == 0
        assert place.exists()


def test_words_may_be_given_apart_and_after_the_options(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Both(tmp_path, row("a", "民政，养老。"), row("b", "民政。")) as both:
        where = ["--index", str(both.place), "--format", "json"]
        for arguments in (["search", "民政", "养老"], ["search", "--limit", "3", "民政", "养老"]):
            assert main([*arguments, *where]) == 0
            found = json.loads(capsys.readouterr().out)
            assert found["query"] == "民政 养老"
            assert found["matched"]["passages"] == 1


def test_a_passage_is_shown_by_the_name_that_hits_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Both(tmp_path, row("a", "民政。", "养老。")) as both:
        assert main(["show", "a#2", "--index", str(both.place), "--format", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["text"] == "养老。"


def test_white_space_in_an_id_does_not_divide_a_line_of_a_run(tmp_path: Path) -> None:
    (tmp_path / "q").write_text("1\t民政\n", encoding="utf-8")
    with Both(tmp_path, row("述职\u3000张三 1%", "民政。")) as both:
        arguments = ["--batch", str(tmp_path / "q"), "--trec", str(tmp_path / "o"), "--quiet"]
        assert main(["search", *arguments, "--index", str(both.place)]) == 0
    (line,) = (tmp_path / "o").read_text(encoding="utf-8").splitlines()
    assert line.split() == ["1", "Q0", "述职%E3%80%80张三%201%25", "1", "1", "reportsearch"]


def test_damage_that_is_met_while_writing_is_told_as_damage(tmp_path: Path) -> None:
    reports = [row(f"r{number}", f"第{number}次招商引资，{number}项。") for number in range(40)]
    with Both(tmp_path, *reports) as both:
        whole = both.place
    chance = random.Random(5)
    told = 0
    for number in range(40):
        place = tmp_path / f"damaged{number}"
        shutil.copytree(whole, place)
        (segment,) = place.glob("*.seg")
        data = segment.read_bytes()
        start = chance.randrange(len(data) - 64)
        segment.write_bytes(data[:start] + chance.randbytes(64) + data[start + 64 :])
        try:
            with Archive.open(place) as archive:
                with archive._engine.writer() as writer:
                    writer.remove("r1")
                archive._engine.purge()
        except IndexDamagedError:
            told += 1
    assert told > 5


def test_a_report_whose_id_ends_like_a_passage_is_shown_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Both(tmp_path, row("b#1", "民政。", "养老。"), row("b#2", "水利。")) as both:
        where = ["--index", str(both.place), "--format", "json"]
        assert main(["show", "b#2", *where]) == 0
        assert json.loads(capsys.readouterr().out)["report"]["id"] == "b#2"
        assert main(["show", "b#1#2", *where]) == 0
        assert json.loads(capsys.readouterr().out)["text"] == "养老。"


@pytest.mark.parametrize("option", ["--output", "--trec"])
def test_a_place_that_cannot_be_written_is_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    place = str(tmp_path / "nowhere" / "x")
    more = ["--batch", "q"] if option == "--trec" else ["民政", "--format", "json"]
    assert main(["search", *more, option, place, "--index", "no index"]) == 1
    assert "there is no folder" in capsys.readouterr().err


def test_an_answer_is_written_whole_over_an_older_one(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "民政。")) as both:
        place = tmp_path / "x.json"
        place.write_text("older", encoding="utf-8")
        arguments = ["--format", "json", "--output", str(place), "--index", str(both.place)]
        assert main(["search", "民政", *arguments]) == 0
        assert json.loads(place.read_text(encoding="utf-8"))["query"] == "民政"
        assert [path for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
