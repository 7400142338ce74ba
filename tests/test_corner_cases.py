"""Corners of the search in which something once went wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

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
