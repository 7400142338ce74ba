"""What ``similar`` promises, on tiny reports; the index on disk and in memory agree."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from reportsearch import Archive, ExtractError, NotFoundError, QueryError
from reportsearch.cli import main
from reportsearch.comparable import to_comparable
from reportsearch.models.similar import SimilarHit, SimilarResult
from reportsearch.normalise import fold
from tests.golden_files import FORMS, check_golden
from tests.reports import CARE, Both, row

FRAME = "坚持把群众的小事当作自己的大事来办"
TOURISM = "创建旅游示范县，新建步道12公里，全年接待游客120万人次。"
REPORTS = [
    row("a.txt", TOURISM, f"{FRAME}，接访*批次。", "档案。", official="甲", year=2021,
        title="甲县述职报告"),
    row("b.txt", TOURISM.replace("12公里", "15公里"), "新建养老院3所。", official="乙", year=2022,
        title="乙县述职报告"),
    row("c.txt", "示范縣創建旅遊，步道。", f"我{FRAME}。", official="丙", year=2022, title="丙县报告"),
    *(row(f"{name}.txt", f"{FRAME}，办结27件。", official=name, year=2023, title=f"{name}县报告")
      for name in "王赵钱"),
]  # fmt: skip
NEW = "创建旅游示范县，新建步道12公里。\n，。！\n我们坚持把群众的小事当作自己的大事来办。"


class Similar(Both):
    def __enter__(self) -> Similar:
        return self

    def similar(self, passage: str | None = None, **options: Any) -> SimilarResult:
        found = self.disk.similar(passage, **options)
        assert found == self.memory.similar(passage, **options)
        return found


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Similar]:
    held = Similar(tmp_path_factory.mktemp("similar"), *REPORTS)
    with held:
        yield held


def passages(found: SimilarResult) -> list[str]:
    return [hit.passage for hit in found.hits]


def shared(hit: SimilarHit, text: str, there: str) -> list[tuple[str, str, str]]:
    """The spans of a hit, read from both clean texts."""
    return [
        (span.kind, text[slice(*span.query)], there[slice(*span.passage)]) for span in hit.spans
    ]


def test_the_nearest_passages_of_other_reports_come_first(both: Similar) -> None:
    found = both.similar("a.txt#1")
    assert passages(found)[:2] == ["b.txt#1", "c.txt#1"]
    assert not any(passage.startswith("a.txt#") for passage in passages(found))
    assert found.compared == 7
    (part,) = found.parts
    assert (part.number, part.passage, part.text) == (1, "a.txt#1", TOURISM)
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_own_passages_are_there_when_asked_for_but_never_the_passage_itself(both: Similar) -> None:
    found = both.similar("a.txt#2", include_own=True, limit=100)
    assert "a.txt#2" not in passages(found)
    assert found.compared == 10
    same = both.similar("王.txt#1", include_own=True)
    assert passages(same)[:2] == ["赵.txt#1", "钱.txt#1"]
    assert [hit.score for hit in same.hits[:2]] == [1, 1]


def test_each_hit_shows_what_is_shared_on_both_sides(both: Similar) -> None:
    hit = both.similar("a.txt#1").hits[0]
    here, there = both.disk.show("a.txt").text, both.disk.show("b.txt").text
    assert shared(hit, here, there) == [
        # No number is cut: 12 and 15.
        ("exact", "创建旅游示范县，新建步道", "创建旅游示范县，新建步道"),
        ("edited", "12", "15"),
        ("exact", "公里，全年接待游客120万人次", "公里，全年接待游客120万人次"),
    ]
    chars = len(to_comparable(fold(TOURISM)))
    assert hit.coverage == round((chars - 1) / chars, 4)
    assert there[hit.start : hit.end] == hit.text
    assert hit.report == both.disk.show("b.txt").info


def test_traditional_characters_are_the_same_and_shown_as_they_are(both: Similar) -> None:
    hit = next(hit for hit in both.similar("a.txt#1").hits if hit.passage == "c.txt#1")
    assert hit.score > 0.2
    assert hit.text == "示范縣創建旅遊，步道。"
    found = both.similar(text="示范县创建旅游，步道。").hits[0]
    assert shared(found, "示范县创建旅游，步道。", hit.text) == [
        ("exact", "示范县创建旅游，步道", "示范縣創建旅遊，步道")
    ]


def test_what_many_officials_write_is_formula(both: Similar) -> None:
    hit = both.similar("c.txt#2").hits[0]
    here, there = both.disk.show("c.txt").text, both.disk.show(hit.report.id).text
    assert shared(hit, here, there) == [("formula", FRAME, FRAME)]
    assert hit.coverage == round(len(FRAME) / (len(FRAME) + 1), 4)
    six = both.similar("c.txt#2", formula_officials=6).hits[0]
    assert [span.kind for span in six.spans] == ["exact"]


def test_formula_is_what_reuse_calls_formula(shipped_archive: Archive) -> None:
    """In similar it is found by postings, in reuse by sorting: the characters are the same."""
    checked = 0
    for report in list(shipped_archive.reports())[:3]:
        reuse = shipped_archive.reuse(report.id)
        marks = np.zeros(len(report.text), dtype=np.bool_)
        for formula in reuse.formulae:
            for start, end in formula.spans:
                marks[start:end] = True
        for hit in shipped_archive.similar(report.id).hits:
            for span in hit.spans:
                places = [at for at in range(*span.query) if to_comparable(fold(report.text[at]))]
                if span.kind != "edited":
                    kind = span.kind == "formula"
                    # A set phrase that reaches over a passage's end is whole in the report.
                    assert [bool(marks[at]) for at in places] == [kind] * len(places)
                    checked += kind
    assert checked > 5


def test_a_text_is_compared_paragraph_by_paragraph(both: Similar) -> None:
    found = both.similar(text=NEW)
    assert [(part.number, part.passage) for part in found.parts] == [(1, None), (2, None)]
    assert [NEW[part.start : part.end] for part in found.parts] == [
        part.text for part in found.parts
    ]
    assert [part.text for part in found.parts] == [NEW.split("\n")[0], NEW.split("\n")[2]]
    firsts = {hit.part: hit for hit in reversed(found.hits)}
    assert firsts[1].passage == "a.txt#1"
    assert shared(firsts[2], NEW, both.disk.show(firsts[2].report.id).text)[0][1] == FRAME
    # Three for each of several, ten for one.
    assert sum(hit.part == 2 for hit in found.hits) == 3
    assert len(both.similar(text=NEW.split("\n")[2]).hits) > 3
    assert len(both.similar(text=NEW, limit=1).hits) == 2


def test_a_long_paragraph_is_cut_as_those_of_reports_are(both: Similar) -> None:
    text = "创建旅游示范县，新建步道，接待游客。" * 40
    found = both.similar(text=text, limit=1)
    assert len(found.parts) > 1
    assert "".join(part.text for part in found.parts) == text
    assert all(len(part.text) <= 300 for part in found.parts)


def test_a_report_is_compared_passage_by_passage(both: Similar) -> None:
    found = both.similar("甲县")
    assert [part.passage for part in found.parts] == ["a.txt#1", "a.txt#2", "a.txt#3"]
    assert not any(passage.startswith("a.txt#") for passage in passages(found))


def test_filters_limit_the_field(both: Similar) -> None:
    found = both.similar("a.txt#2", where={"year": 2023})
    assert {hit.report.year for hit in found.hits} == {2023}
    assert found.compared == 3
    assert both.similar("a.txt#2", where="year=2019").hits == ()
    assert both.similar("a.txt#2", where="year=2019").compared == 0


def test_a_file_is_compared_without_being_added(both: Similar, tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(f"述职报告\n{TOURISM}\n谢谢大家。\n", encoding="utf-8")
    before = both.disk.stats()
    found = both.disk.similar(file=path, limit=1)
    hits = {hit.part: hit for hit in found.hits}
    part = next(part for part in found.parts if TOURISM in part.text)
    assert hits[part.number].passage == "a.txt#1"
    assert both.disk.stats() == before


def test_reports_that_were_read_from_the_file_are_left_out(
    shipped_archive: Archive, shipped_folder: Path
) -> None:
    name = "副县长2023年履职情况的报告.txt"
    found = shipped_archive.similar(file=shipped_folder / "corpus" / name)
    assert name not in {hit.report.id for hit in found.hits}
    own = shipped_archive.similar(file=shipped_folder / "corpus" / name, include_own=True, limit=1)
    assert {(hit.report.id, hit.score) for hit in own.hits} == {(name, 1.0)}


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({}, QueryError, "exactly one of passage, text and file"),
        (
            {"passage": "a.txt#1", "text": "文旅"},
            QueryError,
            "exactly one of passage, text and file",
        ),
        ({"text": "，。！ *"}, QueryError, "no letters or digits"),
        ({"text": ""}, QueryError, "no letters or digits"),
        ({"passage": "a.txt#9"}, NotFoundError, "a.txt has no passage 9; its passages are 1 to 3"),
        ({"passage": "x.txt#1"}, NotFoundError, "no report's id or title contains 'x.txt'"),
        ({"passage": "x.txt"}, NotFoundError, "no report's id or title contains 'x.txt'"),
        ({"file": "nowhere.txt"}, ExtractError, "nowhere.txt: there is no such file"),
        ({"text": "文旅", "where": "yaer=1"}, QueryError, "no field is called 'yaer'"),
        ({"text": "文旅", "limit": -1}, QueryError, "limit must be a whole number"),
    ],
)
def test_errors_name_what_is_wrong(
    both: Similar, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        both.disk.similar(**options)
    assert "\n" not in str(raised.value)


def test_nothing_in_the_index_and_nothing_near_are_no_errors(
    both: Similar, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Archive.in_memory().similar(text="旅游")
    assert (empty.compared, empty.hits) == (0, ())
    assert both.similar(text="qwertz").hits == ()
    assert main(["--index", str(both.place), "similar", "--text", "qwertz"]) == 0
    assert "No similar passages; try a longer text" in capsys.readouterr().out


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "asked"),
    [("passage", ["a.txt#1", "--limit", "2"]), ("text", ["--text", NEW, "--limit", "1"])],
)
def test_what_is_printed(
    both: Similar,
    name: str,
    asked: list[str],
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--index", str(both.place), "similar", *asked, *FORMS[form]]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    check_golden(f"similar-{name}", form, said.out)


def test_csv_and_json_name_the_same_hits(both: Similar, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--index", str(both.place), "similar", "a.txt", "--format"]
    main([*command, "json"])
    document = json.loads(capsys.readouterr().out)
    main([*command, "csv"])
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [line["passage"] for line in lines] == [hit["passage"] for hit in document["hits"]]
    assert [float(line["score"]) for line in lines] == [hit["score"] for hit in document["hits"]]


def test_the_options_of_the_command_are_those_of_the_method(
    both: Similar, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hits.json"
    command = ["--index", str(both.place), "similar", "a.txt#2", "--include-own", "--limit", "100"]
    assert main([*command, "--format", "json", "--output", str(path)]) == 0
    assert capsys.readouterr().out == ""
    document = json.loads(path.read_text(encoding="utf-8"))
    found = both.disk.similar("a.txt#2", include_own=True, limit=100)
    assert [hit["passage"] for hit in document["hits"]] == passages(found)
    assert document["compared"] == found.compared > both.disk.similar("a.txt#2").compared


@pytest.mark.parametrize(
    "arguments", [[], ["a.txt#1", "--text", "文旅"], ["--text", "文旅", "--file", "a.txt"]]
)
def test_one_thing_is_asked_about(
    both: Similar, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(both.place), "similar", *arguments])
    assert stopped.value.code == 2
    assert "give exactly one of PASSAGE, --text T and --file F" in capsys.readouterr().err


def test_progress_names_each_stage_and_comes_to_its_end(tmp_path: Path) -> None:
    with Similar(tmp_path, *REPORTS) as held:
        calls: list[tuple[int, int, str]] = []
        held.disk.similar("a.txt", progress=lambda *call: calls.append(call))
        stages = list(dict.fromkeys(name for _, _, name in calls))
        assert stages == ["Reading reports", "Comparing"]
        assert [call for call in calls if call[2] == "Reading reports"][-1] == (
            6,
            6,
            "Reading reports",
        )
        calls.clear()
        held.disk.reuse_pairs(progress=lambda *call: calls.append(call))
        assert calls == [(0, 0, "Comparing"), (0, 1, "Comparing"), (0, 1, "Finding examples")]
        held.memory.reuse("a.txt", progress=lambda *call: calls.append(call))
        assert calls[-2:] == [(6, 6, "Reading reports"), (0, 0, "Comparing")]


def test_of_two_equal_passages_of_a_report_each_finds_the_other(tmp_path: Path) -> None:
    with Similar(tmp_path, row("a.txt", TOURISM, "民政。", TOURISM), row("b.txt", FRAME)) as held:
        found = held.similar("a.txt", include_own=True, limit=1)
        assert [(hit.part, hit.passage) for hit in found.hits] == [(1, "a.txt#3"), (3, "a.txt#1")]
        assert passages(held.similar("a.txt#1", include_own=True, limit=1)) == ["a.txt#3"]


def test_all_its_pairs_of_characters_do_not_make_a_formula(tmp_path: Path) -> None:
    """What the postings suggest is looked at: here the pairs stand apart."""
    string = "建设美丽和谐乡村"
    pairs = "，".join(string[at : at + 2] for at in range(len(string) - 1))
    rows = [row(f"{name}.txt", f"{pairs}。", official=name) for name in "甲乙丙丁戊"]
    both_have = [row(f"{name}.txt", f"{string}。", official=name) for name in "己庚"]
    with Similar(tmp_path, *rows, *both_have) as held:
        hit = held.similar("己.txt#1", limit=1).hits[0]
        assert (hit.passage, [span.kind for span in hit.spans]) == ("庚.txt#1", ["exact"])
        assert [
            span.kind
            for span in held.similar("己.txt#1", limit=1, formula_officials=2).hits[0].spans
        ] == ["formula"]


def test_the_model_looks_at_more_than_are_asked_for_and_orders_them(tmp_path: Path) -> None:
    with Similar(tmp_path, *CARE) as held:
        text = "老人没人照顾怎么办？"
        plain = passages(held.disk.similar(text=text, limit=30))
        nearest = passages(held.disk.similar(text=text, limit=30, semantic=True))
        few = passages(held.disk.similar(text=text, limit=3, semantic=True))
    assert sorted(nearest) == sorted(plain)
    assert nearest != plain
    # Of the three that come first without the model at least one does not with it.
    assert few == nearest[:3]
    assert set(few) != set(plain[:3])


def test_the_command_line_passes_the_model_on(
    both: Similar, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["--index", str(both.place), "similar", "--text", "文旅", "--model", "nowhere"]
    assert main(command) == 1
    assert "nowhere" in capsys.readouterr().err


def test_a_new_commit_is_seen_at_the_next_question(tmp_path: Path) -> None:
    with Similar(tmp_path, row("a.txt", TOURISM)) as held:
        assert passages(held.similar(text=TOURISM)) == ["a.txt#1"]
        assert held.disk.reuse_pairs().reports == 1
        held.index(row("a.txt", TOURISM), row("b.txt", TOURISM))
        assert passages(held.similar(text=TOURISM)) == ["a.txt#1", "b.txt#1"]
        assert held.disk.reuse("a.txt").rate == 1


def test_a_report_can_be_named_by_its_file_and_a_passage_with_a_wide_sign(
    shipped_archive: Archive, shipped_folder: Path
) -> None:
    name = "甲县副县长2022年度述职报告.txt"
    corpus = shipped_folder / "corpus"
    assert shipped_archive.show(str(corpus / name)).id == name
    assert shipped_archive.passage(f"{name}＃18") == shipped_archive.passage(f"{name}#18")
    wide = shipped_archive.similar(f"{name}＃18")
    assert wide == shipped_archive.similar(f"{name}#18")
    with pytest.raises(
        NotFoundError, match="a file of this name exists but is not indexed: index it, or pass"
    ):
        shipped_archive.show(str(corpus / "README.md"))
    with pytest.raises(NotFoundError, match="no report's id or title"):
        shipped_archive.show("长" * 400)


def test_a_file_that_is_in_the_index_counts_for_no_formula(tmp_path: Path) -> None:
    """As in reuse: what three others have, and the file itself, is no formula of four."""
    for name in "甲乙丙丁":
        (tmp_path / f"{name}.txt").write_text(f"{FRAME}，办结27件。", encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([tmp_path])
    draft = tmp_path / "甲.txt"
    assert archive.reuse(against=draft).formulae == ()
    (hit, *_) = archive.similar(file=draft).hits
    assert {span.kind for span in hit.spans} == {"exact"}
    (hit, *_) = archive.similar("甲.txt#1").hits
    assert "formula" in {span.kind for span in hit.spans}
