"""What topics promise: planted ones are found again, weights add up, all leads to the originals."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportsearch import Archive, QueryError
from reportsearch.cli import main
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.topics import MIN_PASSAGES, Topic, Topics
from reportsearch.normalise import fold
from reportsearch.output.json_csv import to_json
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, Row, row

THEMES = {
    "文旅": ["景区", "游客", "民宿", "门票", "古镇", "导游", "温泉", "演艺"],
    "教育": ["学校", "教师", "学生", "课堂", "幼儿园", "校舍", "校车", "食堂"],
    "交通运输": ["公路", "桥梁", "路面", "隧道", "客运", "货车", "护栏", "班线"],
}
ODD = ["砚台", "蜂蜜", "围棋", "钟表", "雨伞", "瓷砖", "纽扣", "吉他", "望远镜", "水彩"]


def said(theme: str, number: int) -> str:
    """A passage about a theme: five of its words, and what every report says."""
    words = random.Random(f"{theme}{number}").sample(THEMES[theme], 5)
    return f"推动工作，{'、'.join(words)}，取得成效。"


def planted(passages: int = 20) -> list[Row]:
    """A report for each theme, and one with a section for each."""
    rows = [
        row(name, *(said(theme, number) for number in range(passages)),
            official=official, year=year, region="甲县")
        for name, theme, official, year in (
            ("a", "文旅", "张三", 2021), ("b", "教育", "李四", 2021), ("c", "交通运输", "王五", 2022),
        )
    ]  # fmt: skip
    mixed = [
        f"一、{theme}\n{said(theme, 100)}" if number == 0 else said(theme, number + 100)
        for theme in THEMES
        for number in range(passages // 4)
    ]
    return [*rows, row("d", *mixed, official="张三", year=2022, region="甲县")]


class Asked(Both):
    """Topics of the index in memory; that the one on disk has the same is a test of its own."""

    def __enter__(self) -> Asked:
        return self

    def topics(self, *arguments: Any, **options: Any) -> Topics:
        return self.memory.topics(*arguments, **options)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("topics"), *planted()) as held:
        yield held


Calls = list[tuple[int, int, str]]


@pytest.fixture(scope="module")
def asked(both: Asked) -> tuple[Topics, Calls]:
    """The topics of the planted reports, and what was told of their progress."""
    calls: Calls = []
    return both.topics(progress=lambda *call: calls.append(call)), calls


@pytest.fixture(scope="module")
def found(asked: tuple[Topics, Calls]) -> Topics:
    return asked[0]


def terms(topic: Topic, number: int = 8) -> set[str]:
    return {entry.term for entry in topic.terms[:number]}


def theme_of(topic: Topic) -> str:
    """The theme whose words a topic has all of, and none of another's."""
    (name,) = [name for name, words in THEMES.items() if terms(topic) == set(words)]
    return name


def check(archive: Archive, found: Topics) -> None:
    """Shares add up, and what is shown is where it says."""
    assert sum(topic.share for topic in found.topics) == pytest.approx(1, abs=0.002)
    shares = [topic.share for topic in found.topics]
    assert shares == sorted(shares, reverse=True)
    labels = [topic.label for topic in found.topics]
    assert len(set(labels)) == len(labels)
    for group in found.groups:
        assert len(group.weights) == len(found.topics)
        assert sum(group.weights) == pytest.approx(1, abs=0.005) or group.unfit == 1
    for topic in found.topics:
        assert topic.terms[0].weight == 1
        for entry in topic.terms:
            example = entry.example
            text = archive.show(example.passage.rpartition("#")[0]).text
            passage = archive.passage(example.passage)
            assert fold(text[example.start : example.end]) == fold(entry.term)
            assert passage.start <= example.start < example.end <= passage.end
            assert text.startswith(example.text, example.sentence_start)
        for shown in topic.examples:
            begins = shown.text.removesuffix("…")
            assert archive.passage(shown.passage).text.startswith(begins)


def test_planted_topics_are_found_again_and_so_is_their_number(both: Asked, found: Topics) -> None:
    assert not found.too_few
    assert {theme_of(topic) for topic in found.topics} == set(THEMES)
    assert found.stability is not None
    assert found.stability > 0.9
    assert found.npmi is not None
    assert found.npmi > 0.3
    check(both.disk, found)


@pytest.mark.parametrize(
    "options",
    [
        {"topics": 3, "by": "portfolio"},
        {"topics": 2, "where": "year=2021", "query": "景区 OR 学校"},
    ],
)
def test_the_index_on_disk_has_the_topics_of_the_one_in_memory(
    both: Asked, options: dict[str, Any]
) -> None:
    assert both.disk.topics(**options) == both.memory.topics(**options)


def test_the_index_on_disk_has_as_many_topics_as_the_one_in_memory(
    both: Asked, found: Topics
) -> None:
    assert both.disk.topics() == found


def test_what_was_weighed_is_told_and_the_choice_is_the_rules(found: Topics) -> None:
    assert found.asked is None
    assert [entry.topics for entry in found.tried] == list(range(2, len(found.tried) + 2))
    best = max(found.tried, key=lambda entry: entry.score)
    enough = [entry for entry in found.tried if entry.score >= best.score - best.error]
    assert max(entry.topics for entry in enough) == len(found.topics)


def test_each_report_has_the_topic_that_it_was_written_of(found: Topics) -> None:
    assert [group.value for group in found.groups] == ["a", "b", "c", "d"]
    for group, theme in zip(found.groups[:3], THEMES, strict=True):
        of_theme = dict(zip(map(theme_of, found.topics), group.weights, strict=True))
        assert of_theme[theme] > 0.9
    assert max(found.groups[3].weights) < 0.5


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("official", ["张三", "李四", "王五"]),
        ("年份", ["2021", "2022"]),
        ("decade", ["2020-2029"]),
        ("region", ["甲县"]),
        ("portfolio", ["交通运输", "教育", "文旅"]),
        ("post", []),
    ],
)
def test_weights_are_summed_by_any_field(both: Asked, by: str, values: list[str]) -> None:
    found = both.topics(3, by=by)
    assert found.by in GROUPING_FIELDS
    assert [group.value for group in found.groups] == values
    check(both.disk, found)


def test_a_groups_weights_are_those_of_its_passages(both: Asked, found: Topics) -> None:
    by_year = both.topics(len(found.topics), by="year")
    first, second, _, _ = found.groups
    fit = [round(group.passages * (1 - group.unfit)) for group in (first, second)]
    for at, weight in enumerate(by_year.groups[0].weights):
        mean = (first.weights[at] * fit[0] + second.weights[at] * fit[1]) / sum(fit)
        assert weight == pytest.approx(mean, abs=0.001)


def test_a_selection_is_what_meets_filters_and_a_query(both: Asked) -> None:
    found = both.topics(2, where="year=2021")
    assert found.reports == 2
    assert {theme_of(topic) for topic in found.topics} <= {"文旅", "教育"}
    query = both.topics(query="景区")
    assert query.passages < found.passages


def test_the_number_that_is_asked_for_is_found(both: Asked) -> None:
    found = both.topics(5)
    assert found.asked == len(found.topics) == 5
    assert found.tried == ()
    check(both.disk, found)


def test_what_is_about_something_else_fits_none(tmp_path: Path) -> None:
    rows = planted()
    odd = [f"{'、'.join(random.Random(n).sample(ODD, 6))}。" for n in range(4)]
    rows.append(row("z", *odd, "推动工作，取得成效。", year=2023))
    with Asked(tmp_path, *rows) as held:
        found = held.topics(3)
        z = found.groups[-1]
    assert (z.value, z.unfit, sum(z.weights)) == ("z", 1.0, 0.0)
    assert found.unfit == pytest.approx(5 / found.passages, abs=0.02)
    assert {passage.passage.partition("#")[0] for passage in found.unfit_examples} >= {"z"}
    assert all(group.unfit < 0.15 for group in found.groups[:4])


def test_labels_are_phrases_and_differ(tmp_path: Path) -> None:
    rows = planted()
    for number in range(30):
        words = random.Random(number).sample(THEMES["文旅"], 3)
        rows.append(row(f"p{number}", f"古镇民宿，{'、'.join(words)}。"))
    with Asked(tmp_path, *rows) as held:
        found = held.topics(3)
    labels = [topic.label.split("、") for topic in found.topics]
    assert any("古镇民宿" in label for label in labels)
    pieces = [piece for label in labels for piece in label]
    assert len(set(pieces)) == len(pieces)


def test_boilerplate_set_phrases_numbers_and_names_are_in_no_topic(tmp_path: Path) -> None:
    extra = "增强“四个意识”，2023年，张三带队到甲县，增长12.5%，Ⅲ类。"
    rows = planted()
    changed = [
        {**entry, "text": str(entry["text"]).replace("取得成效", f"取得成效。{extra}")}
        for entry in rows
    ]
    with Asked(tmp_path, *changed) as held:
        found = held.topics(3)
    everything = {term for topic in found.topics for term in terms(topic, 99)}
    assert {theme_of(topic) for topic in found.topics} == set(THEMES)
    assert everything == {word for words in THEMES.values() for word in words}


def test_copies_of_a_passage_make_no_topic_of_their_own(tmp_path: Path) -> None:
    rows = planted()
    rows.append(row("z", *["渔船、渔网、码头、灯塔、渔民。"] * 40))
    with Asked(tmp_path, *rows) as held:
        found = held.topics(3)
    assert {theme_of(topic) for topic in found.topics} == set(THEMES)
    assert found.groups[-1].unfit == 1


@pytest.mark.parametrize(("number", "too_few"), [(MIN_PASSAGES - 1, True), (MIN_PASSAGES, False)])
def test_under_fifty_passages_are_grouped_by_portfolio(
    tmp_path: Path, number: int, too_few: bool
) -> None:
    names = list(THEMES)
    passages = [said(names[at % 3], at) for at in range(number)]
    assert len(set(passages)) == number
    rows = [row("a", "一、文旅", *passages[:20]), row("b", *passages[20:])]
    with Asked(tmp_path, *rows) as held:
        for asked in ("auto", 2):
            found = held.topics(asked)
            assert (found.distinct, found.too_few) == (number, too_few)
            assert (found.npmi is None, found.stability is None) == (too_few, too_few)
            if too_few:
                reports = list(held.disk.reports())
                of = [passage.portfolios for report in reports for passage in report.passages]
                assert {topic.label for topic in found.topics} == {
                    at for those in of for at in those
                }
                assert "文旅" in {topic.label for topic in found.topics}
                assert found.unfit == round(of.count(()) / len(of), 4)
                assert found.tried == ()
            check(held.disk, found)


def test_nothing_in_the_index_nothing_met_and_a_single_passage(tmp_path: Path) -> None:
    empty = Archive.in_memory().topics()
    assert (empty.passages, empty.topics, empty.groups, empty.too_few) == (0, (), (), True)
    with Asked(tmp_path, row("a", "一、文旅", "景区扩建。")) as held:
        nothing = held.topics(where="year=1990")
        assert (nothing.passages, nothing.topics, nothing.unfit) == (0, (), 0)
        one = held.topics(2)
        assert [topic.label for topic in one.topics] == ["文旅"]
        assert terms(one.topics[0]) == {"文旅", "景区", "扩建"}


def test_passages_that_are_all_alike_are_too_few(tmp_path: Path) -> None:
    with Asked(tmp_path, row("a", *["景区、游客、民宿。"] * 80)) as held:
        found = held.topics()
    assert (found.passages, found.distinct, found.too_few) == (80, 1, True)
    assert found.unfit == 1


def test_more_topics_than_can_be_had_is_told(both: Asked) -> None:
    with pytest.raises(QueryError, match=r"topics must be at most 24 here, .* ask for fewer"):
        both.disk.topics(100)
    assert len(both.topics(24).topics) <= 24


def test_what_cannot_be_asked_is_told(both: Asked) -> None:
    for number in (1, 0, -3, 201, 10**30):
        with pytest.raises(QueryError, match="topics must be 2 to 200, or auto"):
            both.disk.topics(number)
    for rubbish in ("many", 2.5, True, None):
        with pytest.raises(QueryError, match="topics must be a whole number or auto"):
            both.disk.topics(rubbish)  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="by must be one of report, official"):
        both.disk.topics(by="title")
    with pytest.raises(QueryError, match="no field is called"):
        both.disk.topics(where="colour=red")


@pytest.mark.parametrize("rubbish", ["1", "201", "-1", "abc", "2.5", ""])
def test_a_number_that_is_none_is_wrong_usage(
    both: Asked, rubbish: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(both.place), "topics", f"--topics={rubbish}"])
    assert stopped.value.code == 2
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert "--topics" in last
    assert "auto" in last


def test_the_order_of_reading_changes_no_byte(both: Asked, tmp_path: Path) -> None:
    with Archive.create(tmp_path / "index") as archive:
        for entry in reversed(planted()):
            path = tmp_path / f"{entry['id']}.jsonl"
            path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
            archive.index(path)
        assert to_json(archive.topics(4)) == to_json(both.topics(4))


def test_the_corpus_that_ships_has_the_topics_of_its_reports(shipped_archive: Archive) -> None:
    found = shipped_archive.topics()
    check(shipped_archive, found)
    assert 6 <= len(found.topics) <= 20
    first = [{entry.term for entry in topic.terms[:10]} for topic in found.topics]
    for words in (
        {"学校", "教师"},
        {"医院", "卫生院"},
        {"游客", "景区"},
        {"救助", "低保"},
        {"企业", "招商"},
    ):
        assert sum(words <= those for those in first) == 1
    by_title = {group.title: group.weights for group in found.groups}
    of_school = next(at for at, those in enumerate(first) if "教师" in those)
    for title, weights in by_title.items():
        assert (weights[of_school] > 0.5) == title.startswith("丙县教育和体育局")


ASKED = {
    "auto": ("--limit", "3"),
    "year": ("--topics", "3", "--by", "year", "--top", "4"),
    "few": ("--where", "title=d", "--by", "official"),
    "nothing": ("--where", "year=1990"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_printed(
    both: Asked,
    asked: str,
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    command = ["--index", str(both.place), "topics", *ASKED[asked], *FORMS[form]]
    assert main(command) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    check_golden(f"topics-{asked}", form, printed.out)


def test_csv_and_json_say_the_same(both: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--index", str(both.place), "topics", "--topics", "3", "--format"]
    main([*command, "json"])
    document = json.loads(capsys.readouterr().out)

    def lines(*options: str) -> list[dict[str, str]]:
        main([*command, "csv", *options])
        text = capsys.readouterr().out.removeprefix("\ufeff")
        return list(csv.DictReader(io.StringIO(text)))

    wanted = [
        (group["value"], topic["id"], weight)
        for group in document["groups"]
        for topic, weight in zip(document["topics"], group["weights"], strict=True)
    ]
    of_groups = lines()
    assert [(at["value"], int(at["topic"]), float(at["weight"])) for at in of_groups] == wanted
    of_terms = lines("--kind", "terms", "--top", "5")
    assert [(int(at["topic"]), at["term"]) for at in of_terms] == [
        (topic["id"], entry["term"]) for topic in document["topics"] for entry in topic["terms"][:5]
    ]


def test_progress_names_each_stage(asked: tuple[Topics, Calls]) -> None:
    _, calls = asked
    assert list(dict.fromkeys(call[2] for call in calls)) == [
        "Reading reports", "Comparing numbers of topics", "Extracting topics",
        "Finding examples",
    ]  # fmt: skip
    assert all(0 <= done <= all_ for done, all_, _ in calls)


def test_a_users_boilerplate_counts(tmp_path: Path) -> None:
    vocabulary = '[boilerplate]\nwords = ["景区"]\n'
    with Asked(tmp_path, *planted(), vocabulary=vocabulary) as held:
        found = held.topics(3)
    assert not any("景区" in terms(topic, 99) for topic in found.topics)
