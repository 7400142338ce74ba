"""What a method note promises: all that an answer depends on, and nothing else."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import Archive, NotFoundError, QueryError, lexicon
from reportsearch.analysis.keywords import group_keywords, reference_corpus
from reportsearch.analysis.matching import formulae
from reportsearch.analysis.method_note import read_methods
from reportsearch.analysis.method_note.method_texts import Method
from reportsearch.analysis.summary import MAX_REPORTS_WITH_FORMULAE
from reportsearch.analysis.year_on_year import sentence_changes
from reportsearch.cli import build_parser, main
from reportsearch.locale import ENGLISH, Translator
from reportsearch.models.method_note import MethodNote, Removed
from reportsearch.output.json_csv import to_json
from reportsearch.output.tables.method_note import format_markdown
from reportsearch.search import ranking, sentence_model
from tests.golden_files import check_golden
from tests.reports import row, write_rows

SPREAD = "自觉接受人大法律监督和政协民主监督"
TEXTS = {
    "a.txt": f"甲县副县长2022年述职报告\n我分管文旅工作。\n一、乡村旅游\n乡村旅游接待游客12万人次，增强“四个意识”。\n{SPREAD}。\n",
    "b.txt": f"乙县副县长2022年述职报告\n我分管交通运输工作。\n一、农村公路\n农村公路养护到位，增强“四个意识”。\n{SPREAD}。\n",
    "c.txt": f"丙县副县长2023年述职报告\n我分管文旅工作。\n一、乡村旅游\n乡村旅游收入3亿元，博物馆开馆。\n{SPREAD}。\n",
    "d.txt": f"丁县副县长2021年述职报告\n我分管文旅工作。\n一、乡村旅游\n下一步，建设乡村旅游示范村。\n{SPREAD}。\n",
}
SIDECAR = "id,official\na.txt,张三\nb.txt,李四\nc.txt,王五\nd.txt,张三\n"
DRAFT = f"戊县副县长2024年述职报告\n农村公路养护到位，增强“四个意识”。\n{SPREAD}。\n"
ASKED: dict[str, dict[str, Any]] = {
    "search": {"text": "乡村旅游", "where": "portfolio=文旅"},
    "kwic": {"text": "乡村旅游", "sort": "right"},
    "keywords": {"reports": ["a", "c"], "with_formulae": True},
    "summary": {"where": ["year=2022"], "chars": 60},
    "facts": {"report": "a.txt", "kinds": "indicators"},
    "facts_of_all": {"query": "乡村旅游", "kinds": "indicators"},
    "similar": {"passage": "a.txt#3"},
    "reuse": {"report": "a.txt"},
    "reuse_pairs": {"limit": 3},
    "year_on_year": {"report": "a.txt"},
    "topics": {"topics": 2, "by": "year"},
    "compare": {"by": "year", "terms": "words"},
    "uses": {"terms": ["乡村旅游", "养护"]},
    "portfolios": {"where": "portfolio=文旅", "by": "year"},
    "portfolio": {"portfolio": "文旅", "by": "report"},
    "official_similarity": {"where": "year=2022..2023"},
}
"""A question for each analysis."""
# What the command line calls otherwise, or what is no analysis.
NO_ANALYSES = {"correct", "index", "remove", "serve", "show", "stats", "verify"}


def folder(
    place: Path, texts: dict[str, str] = TEXTS, sidecar: str = SIDECAR, words: str = ""
) -> Path:
    """Reports, their sidecar, and a user's word list beside where the index will be."""
    reports = place / "reports"
    reports.mkdir(parents=True)
    for name, text in texts.items():
        (reports / name).write_text(text, encoding="utf-8")
    (reports / "metadata.csv").write_text(sidecar, encoding="utf-8")
    if words:
        (place / lexicon.USER_FILE).write_text(words, encoding="utf-8")
    return reports


def held(place: Path, **options: Any) -> Archive:
    reports = folder(place, **options)
    archive = Archive.create(place / "index")
    assert archive.index([reports]).failed == ()
    return archive


def noted(archive: Archive, command: str, **parameters: Any) -> MethodNote:
    """The note on an answer, which is asked for as well."""
    asked = {**ASKED[command], **parameters}
    result = getattr(archive, command)(**asked)
    return archive.method_note(command, result=result, **asked)


def written(note: MethodNote) -> str:
    return to_json(note) + format_markdown(note)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("method")
    held(place).close()
    return place


@pytest.fixture(scope="module")
def archive(place: Path) -> Iterator[Archive]:
    with Archive.open(place / "index") as archive:
        yield archive


@pytest.fixture(scope="module")
def memory(place: Path) -> Archive:
    archive = Archive.in_memory()
    archive.index([place / "reports"])
    return archive


@pytest.fixture(scope="module")
def otherwise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same reports in another folder, in another order, in several runs, one on the way."""
    place = tmp_path_factory.mktemp("elsewhere") / "deep" / "down"
    reports = folder(place)
    extra = reports / "e.txt"
    extra.write_text("戊县副县长2020年述职报告\n白云计划启动。\n", encoding="utf-8")
    with Archive.create(place / "index") as archive:
        for name in ("d.txt", "b.txt", "e.txt", "a.txt"):
            archive.index([reports / name])
        extra.unlink()
        assert archive.index([reports], prune=True).removed == 1
    return place


@pytest.fixture(scope="module")
def other(otherwise: Path) -> Iterator[Archive]:
    with Archive.open(otherwise / "index") as archive:
        yield archive


@pytest.fixture(scope="module")
def before(archive: Archive) -> dict[str, MethodNote]:
    """A note for each analysis."""
    return {command: noted(archive, command) for command in ASKED}


def test_there_is_a_question_for_each_analysis() -> None:
    assert set(ASKED) == set(read_methods()), "add a line to ASKED above"


@pytest.mark.parametrize("command", ASKED)
def test_whatever_is_asked_is_in_the_note(command: str, before: dict[str, MethodNote]) -> None:
    note = json.loads(to_json(before[command]))
    said = [note["selection"], *note["parameters"].items()]
    for name, value in ASKED[command].items():
        of_it = value if isinstance(value, list) else [value]
        if name == "where":
            of_it = [one.partition("=")[2] for one in of_it]
        assert all(str(one) in str(said) for one in of_it), (
            f"{name} is lost: see SELECTION_PARAMETERS in analysis/method_note/selection.py"
        )


@pytest.mark.parametrize("command", ASKED)
def test_the_same_reports_have_the_same_note_however_they_were_indexed(
    command: str, before: dict[str, MethodNote], memory: Archive, other: Archive, place: Path
) -> None:
    note = before[command]
    assert written(note) == written(noted(other, command))
    assert note == noted(memory, command)
    assert str(place) not in written(note)


ROWS = [row(name, "去年修路。", "今年修桥。", year=2020 + at) for at, name in enumerate("abcd")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Each of the rows in a file of its own."""
    place = tmp_path_factory.mktemp("rows")
    return [write_rows(place / f"{entry['id']}.jsonl", [entry]) for entry in ROWS]


def in_memory(files: Sequence[Path], order: Sequence[int]) -> Archive:
    """The rows, one run for each, and the first one run for the second time."""
    archive = Archive.in_memory()
    for number in (*order, order[0]):
        archive.index(files[number], rebuild=True)
    return archive


@settings(max_examples=5)
@given(order=st.permutations(range(4)))
def test_no_order_of_adding_reports_changes_a_note(order: list[int], files: list[Path]) -> None:
    note = in_memory(files, order).method_note("search", text="修路")
    assert note == in_memory(files, [0, 1, 2, 3]).method_note("search", text="修路")
    assert note.corpus.reports == note.selection.reports == 4


CHANGES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "a text": (
        {"texts": {**TEXTS, "b.txt": TEXTS["b.txt"].replace("到位", "完成")}},
        {"commit", "texts_sha256"},
    ),
    "the name of a report": (
        {
            "texts": {name.replace("d.", "e."): text for name, text in TEXTS.items()},
            "sidecar": SIDECAR.replace("d.txt", "e.txt"),
        },
        {"commit", "texts_sha256", "metadata_sha256", "structure_sha256"},
    ),
    "an official": (
        {"sidecar": SIDECAR.replace("李四", "赵六")},
        {"commit", "metadata_sha256"},
    ),
    "a portfolio's words": (
        {"words": '[[portfolio]]\nname = "白云"\nwords = ["农村公路"]\nsame = ["农村公路"]\n'},
        {"commit", "structure_sha256"},
    ),
    "a set phrase": ({"words": 'set_phrases = ["博物馆开馆"]\n'}, set()),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_an_answer_depends_on_changes_every_note(
    what: str, before: dict[str, MethodNote], tmp_path: Path
) -> None:
    options, changed = CHANGES[what]
    with held(tmp_path, **options) as after:
        for command, old in before.items():
            new = noted(after, command)
            assert format_markdown(old) != format_markdown(new)
            assert to_json(old) != to_json(new)
        pairs = (
            (name, getattr(old.corpus, name), getattr(new.corpus, name))
            for name in ("commit", "texts_sha256", "metadata_sha256", "structure_sha256")
        )
        assert {name for name, one, other in pairs if one != other} == changed
        assert (old.words != new.words) == ("words" in options)
        assert (new.words.user_file_sha256 is not None) == ("words" in options)


LISTS = {
    "portfolios": '[[portfolio]]\nname = "文旅"\nwords = ["白云计划"]\n',
    "synonyms": '[[synonym]]\nsame = ["白云计划", "蓝天计划"]\n',
    "words": 'words = ["白云计划"]\n',
    "stop words": 'stop_words = ["白云"]\n',
    "set phrases": 'set_phrases = ["白云悠悠"]\n',
    "boilerplate": '[boilerplate]\nwords = ["白云"]\n',
    "plans": '[plans]\nheadings = ["白云"]\n',
    "summary": '[summary]\nverbs = ["白云"]\n',
    "facts": '[facts]\nnames = ["白云"]\n',
    "figures": '[figures]\nhollow = ["白云"]\n',
    "names": '[names]\nplaces = ["云"]\n',
    "posts": '[[posts]]\nname = "总师"\nendings = ["总工程师"]\n',
}


def test_each_word_list_has_a_hash_of_its_own(tmp_path: Path) -> None:
    shipped = Archive.in_memory().method_note("search", text="路").words
    assert [entry.name for entry in shipped.lists] == list(LISTS)
    known = {entry.name: entry for entry in shipped.lists}
    for name, text in LISTS.items():
        file = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        words = Archive.in_memory(file).method_note("search", text="路").words
        changed = [entry for entry in words.lists if entry != known[entry.name]]
        assert [entry.name for entry in changed] == [name]
        assert changed[0].strings > known[name].strings


@pytest.mark.parametrize(
    ("command", "parameters"),
    [
        ("search", {"limit": 5}),
        ("search", {"where": "portfolio=交通运输"}),
        ("search", {"text": "博物馆"}),
        ("kwic", {"width": 10}),
        ("keywords", {"top": 5}),
        ("keywords", {"reports": ["c", "a"]}),
        ("keywords", {"reports": (), "by": "year"}),
        ("summary", {"chars": 50}),
        ("facts", {"kinds": ["periods"]}),
        ("similar", {"passage": "a.txt#2"}),
        ("similar", {"include_own": True}),
        ("reuse", {"min_chars": 8}),
        ("reuse", {"formula_officials": 2}),
        ("year_on_year", {"previous": "c.txt"}),
        ("compare", {"by": "official"}),
        ("compare", {"values": ["2022", "2023"]}),
        ("uses", {"terms": ["乡村旅游"]}),
    ],
)
def test_a_parameter_changes_the_note(
    command: str, parameters: dict[str, Any], archive: Archive
) -> None:
    old, new = noted(archive, command), noted(archive, command, **parameters)
    assert format_markdown(old) != format_markdown(new)
    assert to_json(old) != to_json(new)
    assert old.corpus == new.corpus


def test_what_says_the_same_has_the_same_note(archive: Archive) -> None:

    def asked(**parameters: Any) -> MethodNote:
        return archive.method_note("keywords", **parameters)

    two = asked(where=["year=2021..2022", "portfolio=文旅"])
    assert two == asked(where=["分管=文化和旅游", "年份=2021..2022年"])
    assert two == asked(where={"portfolio": "文旅", "year": "2021..2022"}, top=20)
    assert two == asked(where=iter(["portfolio=文旅", "year=2021..2022"]))
    assert two.selection.where == ("portfolio=文旅", "year=2021..2022")
    assert asked(where="year=2022..").selection.where == ("year=2022..",)
    assert asked(reports="甲县").selection == asked(reports=["a.txt"]).selection
    groups = archive.method_note("compare", by="official", values=["张", "李四"])
    assert groups == archive.method_note("compare", by="人员", values=["张三", "李四"])
    assert groups.parameters["values"] == ["张三", "李四"]
    uses = archive.method_note("uses", terms="养护")
    assert uses == archive.method_note("uses", terms=["养护"], by="year")
    assert asked(by="年份").parameters == asked(by="year").parameters
    beside = archive.method_note("portfolio", portfolio="文化和旅游")
    assert beside == archive.method_note("portfolio", portfolio="文旅")


def test_a_selection_is_counted(archive: Archive) -> None:
    stats = archive.stats()
    for command in ("facts_of_all", "keywords", "reuse_pairs", "summary", "compare"):
        asked: dict[str, Any] = {"by": "year"} if command == "compare" else {}
        whole = archive.method_note(command, **asked).selection
        assert (whole.reports, whole.passages) == (stats.reports, stats.passages)
        assert whole.chars == stats.chars
    (group,) = archive.keywords(where="portfolio=文旅", query="乡村旅游").groups
    some = archive.method_note("keywords", where="portfolio=文旅", query="乡村旅游").selection
    assert (some.reports, some.passages) == (group.reports, group.passages) == (3, 3)
    assert some.query == "乡村旅游"
    one = archive.method_note("keywords", reports="b", query="公路").selection
    report = archive.show("b")
    assert [entry.id for entry in one.named] == ["b.txt"]
    assert one.named[0].sha256 == report.info.sha256
    (group,) = archive.keywords("b", query="公路").groups
    assert (one.reports, one.passages) == (1, group.passages) == (1, 1)
    found = archive.search("乡村旅游", where="year=2022")
    met = archive.method_note("search", text="乡村旅游", where="year=2022").selection
    assert (met.reports, met.passages) == (found.matched.reports, found.matched.passages)
    nothing = archive.method_note("search", text="航天发射").selection
    assert (nothing.reports, nothing.passages, nothing.chars) == (0, 0, 0)


def test_portfolios_are_of_whole_reports(tmp_path: Path) -> None:
    texts = {
        "a.txt": "我分管文旅工作。\n一、文旅工作\n乡村旅游升温。\n二、民政工作\n敬老院开放。\n",
        "b.txt": "我分管文旅、民政工作。\n一、民政工作\n敬老院建成。\n",
        "c.txt": "我分管民政工作。\n一、民政工作\n敬老院扩建。\n",
    }
    asked: list[tuple[dict[str, Any], int]] = [
        ({}, 3), ({"where": "portfolio=文旅"}, 2), ({"portfolio": "文旅"}, 2),
        ({"portfolio": "民政", "where": "portfolio=文旅"}, 2),
    ]  # fmt: skip
    with held(tmp_path, texts=texts, sidecar="id,official\n") as archive:
        sizes = {report.id: report.info.chars for report in archive.reports()}
        for parameters, reports in asked:
            command = "portfolio" if "portfolio" in parameters else "portfolios"
            found = getattr(archive, command)(**parameters)
            note = archive.method_note(command, result=found, **parameters).selection
            assert note.reports == found.reports == reports
            assert note.chars == sum([*sizes.values()][:reports])


def test_anyone_can_check_the_hash_of_the_texts(archive: Archive) -> None:
    lines = [
        json.dumps([report.id, hashlib.sha256(report.text.encode()).hexdigest()]) + "\n"
        for report in sorted(archive.reports(), key=lambda report: report.id)
    ]
    expected = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert archive.method_note("facts_of_all").corpus.texts_sha256 == expected


def test_two_methods_of_one_command_have_the_notes_of_that_command(archive: Archive) -> None:
    found = {
        name: (note.command, note.parameters)
        for name in ("facts_of_all", "portfolio", "portfolios", "reuse", "reuse_pairs")
        for note in [archive.method_note(name, **ASKED[name])]
    }
    matching = {"formula_officials": 4, "min_chars": 13, "official": None}
    assert found == {
        "facts_of_all": ("facts", {"kinds": ["indicators"]}),
        "portfolio": ("portfolios", {"by": "report", "portfolio": "文旅", "values": []}),
        "portfolios": ("portfolios", {"by": "year", "portfolio": None, "values": []}),
        "reuse": ("reuse", matching),
        "reuse_pairs": ("reuse", {**matching, "limit": 3}),
    }
    for name in ("facts", "reuse", "year_on_year"):
        with pytest.raises(QueryError, match="name the report or file"):
            archive.method_note(name)


def test_what_a_selection_is_compared_with_is_counted(
    archive: Archive, place: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(DRAFT, encoding="utf-8")
    asked: list[dict[str, Any]] = [
        {"passage": "a.txt#3"},
        {"passage": "a.txt", "where": "portfolio=文旅"},
        {"passage": "a.txt", "include_own": True},
        {"text": "农村公路"},
        {"file": draft, "where": "year=2022"},
        {"file": place / "reports" / "b.txt"},
    ]
    for parameters in asked:
        found = archive.similar(**parameters)
        note = archive.method_note("similar", result=found, **parameters)
        assert note.compared is not None
        assert note.compared.passages == found.compared
        assert note.parameters["limit"] == (10 if len(found.parts) == 1 else 3)
        assert note.parameters == archive.method_note("similar", **parameters).parameters
    reuse = archive.reuse("a.txt")
    against = archive.method_note("reuse", report="a.txt", result=reuse)
    assert against.compared is not None
    assert against.compared.reports == reuse.other_count == 3
    assert against.parameters["formula_officials"] == reuse.formula_officials
    before = archive.method_note("year_on_year", report="a.txt").compared
    assert before is not None
    assert [entry.id for entry in before.named] == ["d.txt"]
    assert archive.method_note("keywords").compared is None


def test_drafts_are_told_by_their_text_and_name_not_by_their_folder(
    archive: Archive, tmp_path: Path
) -> None:
    notes = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        draft = tmp_path / name / "draft.txt"
        draft.write_text(DRAFT, encoding="utf-8")
        notes.append(archive.method_note("reuse", against=draft, official="赵六"))
    assert written(notes[0]) == written(notes[1])
    (named,) = notes[0].selection.named
    assert (named.id, named.is_file) == ("draft.txt", True)
    assert notes[0].selection.reports == 1
    assert notes[0].compared is not None
    assert notes[0].compared.reports == 4


def test_set_phrases_and_formulae_are_told_as_far_as_they_occur(archive: Archive) -> None:
    note = noted(archive, "keywords")
    removed = [(one.text, one.count) for one in note.removed.removed if one.kind == "set phrase"]
    assert ("“四个意识”", 1) in removed
    assert ("增强“四个意识”", 1) in removed
    terms = [one for one in note.removed.removed if one.kind == "term"]
    assert "boilerplate" in {one.reason for one in terms}
    assert note.removed.formula_officials is None
    assert note.removed.is_told
    assert not archive.method_note("keywords", reports="a").removed.is_told

    found = archive.reuse("a.txt", formula_officials=3)
    reuse = archive.method_note("reuse", report="a.txt", formula_officials=3, result=found)
    marked = [one for one in reuse.removed.removed if one.kind == "formula"]
    assert Removed("formula", SPREAD, 1) in marked
    assert "增强“四个意识”" not in {one.text for one in marked}
    assert reuse.removed.formula_officials == 3

    pairs = archive.reuse_pairs(formula_officials=3, limit=0)
    of_all = archive.method_note("reuse_pairs", formula_officials=3, limit=0, result=pairs)
    assert of_all.removed.unlisted == pairs.matched_formulae > 0
    assert archive.method_note("search", text="路").removed.removed == ()


def test_of_many_reports_a_summary_knows_set_phrases_alone(tmp_path: Path) -> None:
    rows = [row(f"{number:02}", f"今年修路{number}公里。") for number in range(51)]
    archive = Archive.in_memory()
    archive.index(write_rows(tmp_path / "rows.jsonl", rows))
    assert archive.method_note("summary").removed.formula_officials is None
    assert archive.method_note("summary", report="07").removed.formula_officials == 7


def test_versions_are_those_that_are_installed(before: dict[str, MethodNote]) -> None:
    for note in before.values():
        versions = dict(note.versions)
        assert versions.pop("Python") == platform.python_version()
        assert {"reportsearch", "whoosh3", "numpy", "opencc"} < versions.keys()
        assert {"jieba", "rjieba"} & versions.keys()
        for name, version in versions.items():
            assert version == metadata.version(name)


def test_a_language_model_is_told_by_its_name_and_files(archive: Archive, tmp_path: Path) -> None:
    said = []
    for where, content in (("one", b"abc"), ("two", b"abc"), ("three", b"abd")):
        model = tmp_path / where / "model"
        model.mkdir(parents=True)
        (model / "model.onnx").write_bytes(content)
        note = archive.method_note("search", text="路", semantic=model)
        said.append(note.parameters["semantic"])
        assert "onnxruntime" in note.versions
    assert said[0] == said[1] != said[2]
    assert said[0].startswith("model (SHA-256 ")
    assert "onnxruntime" not in archive.method_note("search", text="路").versions


def test_an_index_that_is_not_up_to_date_says_so(tmp_path: Path) -> None:
    with held(tmp_path) as archive:
        assert archive.method_note("facts_of_all").corpus.outdated == 0
    (tmp_path / lexicon.USER_FILE).write_text('words = ["博物馆开馆"]', encoding="utf-8")
    with Archive.open(tmp_path / "index") as archive:
        note = archive.method_note("facts_of_all")
        assert note.corpus.outdated == archive.count_outdated() == 1
    assert "1 report would be read differently" in format_markdown(note)


def test_what_cannot_be_asked_has_no_note(archive: Archive) -> None:
    with pytest.raises(QueryError, match="command must be one of search, kwic"):
        archive.method_note("stats")
    with pytest.raises(QueryError, match="there is no parameter tops; the parameters are reports"):
        archive.method_note("keywords", tops=3)
    with pytest.raises(QueryError, match="the parameter text is missing"):
        archive.method_note("search")
    with pytest.raises(QueryError, match="name the report or file"):
        archive.method_note("year_on_year")
    with pytest.raises(NotFoundError):
        archive.method_note("keywords", reports="nowhere")


def test_progress_tells_what_is_done(archive: Archive) -> None:
    told: list[tuple[int, int, str]] = []
    archive.method_note("facts_of_all", progress=lambda *step: told.append(step))
    assert told == [(number, 4, "Writing the method note") for number in range(4)]


def test_the_texts_name_the_numbers_of_the_program() -> None:
    names = "zero one two three four five six seven eight nine ten".split()
    texts = {name: method.text for name, method in read_methods().items()}
    assert f"k1 = {ranking.K1}, b = {ranking.B}" in texts["search"].formula
    assert (ranking.HEADING_WEIGHT, ranking.COMMON_SHARE) == (0.5, 1 / 5)
    for name in ("search", "similar"):
        assert f"reranks the first {sentence_model.RERANK_DEPTH}" in texts[name].formula
    assert sentence_model.OLD_RANK_WEIGHT == 0.5
    assert f"{reference_corpus.SMOOTHING:,} words" in texts["keywords"].formula
    assert (
        f"the {group_keywords._MAX_EXCLUDED_PER_REASON} most frequent"
        in texts["keywords"].set_aside
    )
    for name in ("similar", "reuse"):
        assert f"{names[formulae.MIN_FORMULA_CHARS]} characters or more" in texts[name].formula
        assert f"at least {formulae.MIN_OFFICIALS}" in texts[name].formula
    assert f"more than {MAX_REPORTS_WITH_FORMULAE} reports" in texts["summary"].set_aside
    assert f"of at least {sentence_changes.MIN_SIMILARITY}" in texts["year_on_year"].formula


@pytest.mark.parametrize("method", read_methods().values(), ids=read_methods())
def test_the_texts_are_lines_that_can_be_printed(method: Method) -> None:
    assert method.formulae in {"none", "set phrases", "all"}
    for text in (method.text.counted, method.text.set_aside, method.text.formula):
        assert text.isprintable()
        assert "  " not in text
        assert text.endswith(".")


# The command line


LINES: dict[str, list[str]] = {
    "search": ["search", "乡村旅游"],
    "kwic": ["kwic", "乡村旅游"],
    "keywords": ["keywords", "a"],
    "summary": ["summary", "a"],
    "facts": ["facts", "a"],
    "similar": ["similar", "a.txt#3"],
    "reuse": ["reuse", "a"],
    "reuse --previous": ["reuse", "a", "--previous"],
    "topics": ["topics"],
    "compare": ["compare", "--by", "year"],
    "compare --term": ["compare", "--by", "year", "--term", "乡村旅游"],
    "portfolios": ["portfolios", "文旅"],
    "portfolios --similarity": ["portfolios", "--similarity"],
}
METHODS = {
    "reuse --previous": "year_on_year",
    "compare --term": "uses",
    "portfolios --similarity": "official_similarity",
}


def run(place: Path, *words: str) -> int:
    return main(["--index", str(place / "index"), "--quiet", *words])


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (
        action
        for action in build_parser(Translator(ENGLISH))._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(found.choices)


def test_every_command_that_analyses_has_the_option() -> None:
    with_option = {
        name for name, parser in commands().items() if "--method-note" in parser.format_help()
    }
    assert with_option == commands().keys() - NO_ANALYSES, "its module calls add_method_note"
    assert with_option == {name.partition(" ")[0] for name in LINES}, "add a line to LINES above"
    called = {method.command for method in read_methods().values()}
    assert called == with_option | set(METHODS.values())
    assert all(hasattr(Archive, name) for name in read_methods())


@pytest.mark.parametrize("name", LINES)
def test_a_note_is_written_beside_every_answer(
    name: str, place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note, answer = tmp_path / "note.JSON", tmp_path / "answer.csv"
    assert run(place, *LINES[name], "--method-note", str(note)) == 0
    assert len(capsys.readouterr().out.splitlines()) > 1
    document = json.loads(note.read_text(encoding="utf-8"))
    assert document["command"] == METHODS.get(name, name)
    assert document["corpus"]["reports"] == 4
    output = ["--format", "csv", "--output", str(answer), "--method-note", str(tmp_path / "n.md")]
    assert run(place, *LINES[name], *output) == 0
    assert answer.exists()
    said = (tmp_path / "n.md").read_text(encoding="utf-8")
    assert said.startswith(f"# Method note: reportsearch {name}\n")


def test_the_command_line_and_python_write_the_same(
    archive: Archive, place: Path, otherwise: Path, tmp_path: Path
) -> None:
    files = [tmp_path / "one.json", tmp_path / "other.json"]
    words = ["keywords", "a", "c", "--with-formulae", "--method-note"]
    for where, file in zip((place, otherwise), files, strict=True):
        assert run(where, *words, str(file)) == 0
    expected = to_json(noted(archive, "keywords"))
    assert [file.read_text(encoding="utf-8") for file in files] == [expected, expected]


def test_drafts_have_one_note_together(place: Path, tmp_path: Path) -> None:
    drafts = [tmp_path / "one.txt", tmp_path / "other.txt"]
    for draft in drafts:
        draft.write_text(DRAFT, encoding="utf-8")
    note = tmp_path / "note.json"
    words = ["reuse", "--against", *map(str, drafts), "--method-note", str(note)]
    assert run(place, *words) == 0
    named = json.loads(note.read_text(encoding="utf-8"))["selection"]["named"]
    assert [entry["id"] for entry in named] == ["one.txt", "other.txt"]
    note.unlink()
    assert run(place, *words, "--against", str(drafts[0]), str(tmp_path / "gone.txt")) == 1
    assert not note.exists()


def test_who_stops_reading_the_answer_has_the_note(place: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    words = ["--index", str(place / "index"), "search", "旅游", "--method-note", str(note)]
    with subprocess.Popen(
        [sys.executable, "-m", "reportsearch", *words], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.close()
        assert process.wait() == 0
    assert note.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["keywords", "nowhere"],
        ["keywords", "--where", "shoe=40"],
        ["search", "(乡村"],
        ["facts", "--file", "nowhere.txt"],
        ["reuse", "c", "--previous"],
    ],
)
def test_what_fails_leaves_no_note(words: list[str], place: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    assert run(place, *words, "--method-note", str(note)) == 1
    assert not note.exists()


def test_an_answer_that_cannot_be_written_leaves_no_note(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note, answer = tmp_path / "note.md", place / "reports" / "a.txt"
    words = ["keywords", "a", "--format", "json", "--output", str(answer)]
    assert run(place, *words, "--method-note", str(note)) == 1
    assert "is a report in the index" in capsys.readouterr().err
    assert not note.exists()


def wrong_places(place: Path, other: Path) -> dict[str, tuple[str, int]]:
    """Where no note can be written: what is said, and the exit code."""
    return {
        str(other / "note.txt"): ("writes .md or .json; name it", 2),
        str(other / "note"): ("writes .md or .json; name it", 2),
        str(place / "index" / "note.md"): ("is inside the index folder", 1),
        str(other / "answer.json"): ("--method-note and --output are both", 2),
        str(other / "gone" / "note.md"): ("there is no folder", 1),
        str(place / "reports" / "r.md"): ("is a report in the index", 1),
    }


@pytest.mark.parametrize("number", range(6))
def test_a_note_is_refused_where_an_answer_would_be(
    number: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "held"
    held(place, texts={**TEXTS, "r.md": "# 己县副县长2022年述职报告\n\n今年修路。\n"}).close()
    before = (place / "reports" / "r.md").read_bytes()
    name, (said, code) = list(wrong_places(place, tmp_path).items())[number]
    answer = ["--format", "json", "--output", str(tmp_path / "answer.json")]
    words = ["keywords", "a.txt", *answer, "--method-note", name]
    if code == 2:
        with pytest.raises(SystemExit) as left:
            run(place, *words)
        assert left.value.code == 2
    else:
        assert run(place, *words) == code
    assert said in capsys.readouterr().err
    assert not (tmp_path / "answer.json").exists()
    assert (place / "reports" / "r.md").read_bytes() == before


def test_a_note_is_not_written_over_what_is_read(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(DRAFT, encoding="utf-8")
    for words in (["facts", "--file"], ["reuse", "--against"], ["similar", "--file"]):
        with pytest.raises(SystemExit):
            run(place, *words, str(draft), "--method-note", str(draft))
        assert "is an input file" in capsys.readouterr().err
    assert draft.read_text(encoding="utf-8") == DRAFT


def test_a_batch_has_no_note(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("1\t乡村旅游\n", encoding="utf-8")
    run_ = tmp_path / "run"
    words = ["search", "--batch", str(queries), "--trec", str(run_), "--method-note", "n.md"]
    with pytest.raises(SystemExit):
        run(place, *words)
    assert "omit --method-note" in capsys.readouterr().err
    assert not run_.exists()


# What it looks like


def masked(text: str) -> str:
    """With hashes numbered by first appearance, and without what another version changes.

    The numbers show which hashes are the same. The counts of the word lists and the versions are
    held to the truth by the tests above.
    """
    known: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return known.setdefault(match[0], f"<hash {len(known) + 1}>")

    text = re.sub(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b", name, text)
    text = re.sub(r"(\| )[\d,]+( \| `<hash)", r"\1<count>\2", text)
    text = re.sub(r'("strings": )\d+', r"\1<count>", text)
    text = re.sub(r'(?s)("versions": \{).*?\}', r"\1<versions>}", text)
    return re.sub(r"(?s)(## Versions\n).*", r"\1<versions>\n", text)


@pytest.mark.parametrize("command", ["keywords", "reuse"])
@pytest.mark.parametrize(("ending", "text"), [("md", format_markdown), ("json", to_json)])
def test_a_note_reads_like_this(
    command: str, ending: str, text: Callable[[MethodNote], str], archive: Archive
) -> None:
    note = noted(archive, command)
    check_golden(f"method-{command}", ending, masked(text(note)))


def test_no_text_of_a_report_is_taken_for_markdown(tmp_path: Path) -> None:
    title = "甲``县`|<b>副县长\u202e2022年述职报告"
    archive = Archive.in_memory()
    archive.index(write_rows(tmp_path / "rows.jsonl", [row("a`b", "今年修路。", title=title)]))
    note = archive.method_note("search", text="修路 OR `路` OR 路|桥")
    said = format_markdown(note)
    assert "- query: `` 修路 OR `路` OR 路｜桥 ``\n" in said
    named = format_markdown(archive.method_note("keywords", reports="a`b"))
    assert "``` 甲``县`｜<b>副县长\N{REPLACEMENT CHARACTER}2022年述职报告 ```" in named
    assert "\u202e" not in named
