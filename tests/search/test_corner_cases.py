"""Corners of the search in which something once went wrong."""

from __future__ import annotations

import json
import random
import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from reportsearch import Archive, ExtractError, IndexDamagedError, QueryError
from reportsearch.cli import main
from reportsearch.errors import LexiconError
from tests.conftest import CORPUS
from tests.reports import Both, row, write_rows


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
    for number in range(20):
        place = tmp_path / f"damaged{number}"
        shutil.copytree(whole, place)
        (segment,) = place.glob("*.seg")
        data = segment.read_bytes()
        start = chance.randrange(len(data) - 64)
        segment.write_bytes(data[:start] + chance.randbytes(64) + data[start + 64 :])
        try:
            with Archive.open(place) as archive, archive._engine.writer(purge=True) as writer:
                writer.remove("r1")
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


def test_an_answer_never_replaces_a_report_the_index_or_the_queries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    report = Path("reports", "民政.docx")
    report.parent.mkdir()
    shutil.copy(CORPUS / "乙市人民政府副市长2023年度履职报告.docx", report)
    Path("q.tsv").write_text("1\t民政\n", encoding="utf-8")
    before = report.read_bytes()
    assert main(["index", "reports"]) == 0
    word = ["--format", "docx", "--output", str(report)]
    for arguments, said in (
        (["search", "民政", *word], "is a report in the index"),
        (["kwic", "民政", *word], "is a report in the index"),
        (["search", "民政", "--format", "json", "--output", "index/x.json"], "index folder"),
        (["search", "--batch", "q.tsv", "--trec", "q.tsv"], "contains the queries"),
        (["search", "--batch", "q.tsv", "--trec", str(report)], "is a report in the index"),
    ):
        assert main(arguments) == 1
        assert said in capsys.readouterr().err
    assert report.read_bytes() == before
    assert Path("q.tsv").read_text(encoding="utf-8") == "1\t民政\n"


def test_a_word_file_is_called_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["kwic", "民政", "--format", "docx", "--output", str(tmp_path / "a.pdf")])
    assert stopped.value.code == 2
    assert "name it" in capsys.readouterr().err


def test_reports_of_a_folder_that_is_gone_can_be_dropped(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text(f"{name}县述职报告\n民政工作。", "utf-8")
    with Archive.create(tmp_path / "index") as archive:
        assert archive.index([tmp_path / "a", tmp_path / "b"]).added == 2
        shutil.rmtree(tmp_path / "a")
        with pytest.raises(ExtractError, match="there is no file or folder"):
            archive.index(tmp_path / "a")
        with pytest.raises(ExtractError, match="there is no file or folder"):
            archive.index(tmp_path / "never", prune=True)
        found = archive.index(tmp_path / "a", prune=True)
        assert (found.removed, found.reports) == (1, 1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("养老 yaer:2023", "yaer is not a field, did you mean year:?"),
        ("foo:bar", "foo is not a field, the fields are title, kind, year"),
        ("养老 年分:2023", "年分 is not a field, did you mean 年份:?"),
    ],
)
def test_what_looks_like_a_field_and_is_none_gets_a_hint(
    query: str, said: str, shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", query, "--index", str(shipped_index), "--limit", "0"]) == 0
    assert said in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("招商引咨", "Did you mean: 招商引资"),
        ("养老 招商引资", "3 reports have the terms in different passages; use search"),
        ("year:2023", "has filters but no words to list"),
        ("民政 没有这个的词", "No passage matches 没有这个的词"),
    ],
)
def test_a_concordance_without_a_line_says_why(
    query: str, said: str, shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["kwic", query, "--index", str(shipped_index)]) == 0
    assert said in capsys.readouterr().out


def test_a_name_that_is_not_there_is_not_searched_for_by_its_parts(tmp_path: Path) -> None:
    with Both(tmp_path, row("a", "三保支出优先，国家级项目落地。")) as both:
        for name in ("两不愁三保障", "国家发改委"):
            assert both.search(name).matched.reports == 0
        assert both.search("两不愁三保障，三保").matched.reports == 1


def test_a_concordance_in_a_pipe_is_as_wide_as_was_asked_for(
    shipped_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    asked = ["kwic", "招商引资", "--width", "60", "--limit", "3"]
    assert main(["--index", str(shipped_index), *asked]) == 0
    printed = capsys.readouterr().out
    assert max(map(cell_len, printed.splitlines())) > 200
    assert "…" not in printed


def _texts(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(f"述职报告\n{text}", encoding="utf-8")


def _index(
    tmp_path: Path, *, rebuild: bool = False, prune: bool = False, purge: bool = False
) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "reports", rebuild=rebuild, prune=prune, purge=purge)


def test_a_segment_of_which_all_is_dropped_does_no_harm(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    _texts(reports, {"big.txt": "文旅工作。\n" * 10})
    _index(tmp_path)
    for number in range(7):
        _texts(reports, {f"x{number}.txt": "养老工作。"})
        _index(tmp_path)
    for number in range(7):
        (reports / f"x{number}.txt").unlink()
    _index(tmp_path, prune=True)
    with Archive.open(tmp_path / "index") as archive:
        assert archive.search("文旅").matched.reports == 1
        assert archive.search("养老").matched.reports == 0
    assert len(list((tmp_path / "index").glob("*.seg"))) == 1


def test_an_index_from_which_all_was_purged_can_be_filled_again(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    _texts(reports, {"a.txt": "文旅工作。"})
    _index(tmp_path)
    (reports / "a.txt").unlink()
    _index(tmp_path, prune=True)
    _index(tmp_path, prune=True, purge=True)
    _texts(reports, {"b.txt": "养老工作。"})
    _index(tmp_path)
    with Archive.open(tmp_path / "index") as archive:
        assert archive.search("养老").matched.reports == 1


def test_reading_all_again_many_times_does_not_make_the_index_grow(tmp_path: Path) -> None:
    texts = {f"{number}.txt": f"第{number}项文旅工作。\n" * 20 for number in range(8)}
    _texts(tmp_path / "reports", texts)
    sizes = []
    for _ in range(5):
        _index(tmp_path, rebuild=True)
        sizes.append(sum(path.stat().st_size for path in (tmp_path / "index").glob("*.seg")))
    assert max(sizes) < 1.5 * sizes[0]


def test_a_row_may_move_to_another_file(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    row_x, row_z = (
        '{"id": "x", "text": "述职报告\\n文旅。"}',
        '{"id": "z", "text": "述职报告\\n养老。"}',
    )
    (reports / "r1.jsonl").write_text(f"{row_x}\n{row_z}\n", encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        assert archive.index(reports).added == 2
        (reports / "r1.jsonl").write_text(f"{row_z}\n", encoding="utf-8")
        (reports / "r2.jsonl").write_text(row_x.replace("文旅", "防汛"), encoding="utf-8")
        found = archive.index(reports, prune=True)
        assert (found.updated, found.removed, found.failed) == (1, 0, ())
        assert archive.search("防汛").hits[0].report.id == "x"


@pytest.mark.parametrize("text", ["words = [" + "1" * 6_000 + "]", "x = " + "[" * 5_000])
def test_a_monstrous_word_list_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    _texts(tmp_path / "reports", {"a.txt": "文旅工作。"})
    (tmp_path / "reportsearch.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError, match="not valid TOML"):
        Archive.create(tmp_path / "index")


def test_too_many_strings_that_mean_the_same_are_refused(tmp_path: Path) -> None:
    same = ", ".join(f"'词{number}'" for number in range(300))
    (tmp_path / "reportsearch.toml").write_text(f"[[synonym]]\nsame = [{same}]", encoding="utf-8")
    with pytest.raises(LexiconError, match="300 strings, over the limit of 200"):
        Archive.create(tmp_path / "index")


@pytest.mark.parametrize(
    "text", ["“四个意识”、“四个自信”", "“四个意识”“四个自信”", "「四个意识」和「四个自信」"]
)
def test_marks_at_both_ends_that_are_no_pair_quote_nothing(tmp_path: Path, text: str) -> None:
    with Both(tmp_path, row("a", "增强四个意识，坚定四个自信。")) as both:
        found = both.search(text, explain=True)
        assert found.matched.reports == 1
        assert found.explain
        assert [term.text for term in found.explain.terms] == [text]
        assert both.search("“四个意识，坚定“四个自信””").matched.reports == 0
        assert both.search("“四个意识，坚定四个自信”").matched.reports == 1


def test_occurrences_are_counted_where_characters_expand(tmp_path: Path) -> None:
    texts = [f"第{number}户住房100㎡，文旅文旅。" for number in range(30)]
    with Both(tmp_path, row("a", "\n".join(texts)), row("b", texts[0])) as both:
        (year,) = both.search("文旅", facets="year").facets["year"]
        assert year.occurrences == 62


def test_corrections_stay_where_only_a_folder_below_is_read_again(tmp_path: Path) -> None:
    below = tmp_path / "reports" / "2023"
    below.mkdir(parents=True)
    (below / "a.txt").write_text("述职报告\n文旅工作。", encoding="utf-8")
    corrections = "id,post\n2023/a.txt,甲县副县长\n"
    (tmp_path / "reports" / "metadata.csv").write_text(corrections, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        archive.index(tmp_path / "reports")
        assert archive.index(below).unchanged == 1
        (below / "a.txt").write_text("述职报告\n防汛工作。", encoding="utf-8")
        assert archive.index(below).updated == 1
        (info,) = archive.infos()
        assert (info.id, info.post) == ("2023/a.txt", "甲县副县长")


def test_a_file_that_is_gone_when_it_is_read_costs_only_itself(tmp_path: Path) -> None:
    _texts(tmp_path / "reports", {f"{number:02}.txt": "民政工作。" for number in range(90)})

    def remove(_: int, __: int, name: str) -> None:
        if name == "00.txt":
            (tmp_path / "reports" / "89.txt").unlink(missing_ok=True)

    with Archive.create(tmp_path / "index") as archive:
        found = archive.index(tmp_path / "reports", progress=remove)
    assert found.added == 89
    assert [(e.source, e.reason) for e in found.failed] == [
        ("89.txt", "the file no longer exists; run index again")
    ]
