"""What keywords promise: of reports, of any selection, on the corpus that ships."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reportsearch import Archive, NotFoundError, QueryError
from reportsearch.analysis.terms import corpus_counts
from reportsearch.cli import main
from reportsearch.models.keywords import Keyword, KeywordGroup, Keywords
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row

SEED = "副县长2023年履职情况的报告.txt"
BOILERPLATE = ("工作", "坚持", "落实", "高质量发展", "四个意识")
PORTFOLIOS = ("民政", "文旅", "环保", "供销", "招商引资")

ROADS = "农村公路养护到位，农村公路通到每个村，４Ａ级景区公路畅通。"
REPORTS = [
    row("a", "甲县副县长2022年述职报告", "我分管文旅工作。", "一、乡村旅游", "乡村旅游接待游客*万人次，乡村旅游收入*亿元，增强“四个意识”。",
        title="甲县副县长2022年述职报告", official="张三", year=2022, region="甲县"),
    row("b", "我分管交通运输工作。", "一、农村公路", ROADS, "坚持工作，落实工作，推动工作。",
        official="李四", year=2022, region="乙县"),
    row("c", "我分管交通运输、文旅工作。", "一、交通运输", "国道改线，农村公路养护。", "二、文旅", "乡村旅游提档，博物馆开馆。",
        official="王五", year=2023, region="丙县"),
]  # fmt: skip


class Asked(Both):
    """The same question to the index on disk and the one in memory."""

    def __enter__(self) -> Asked:
        return self

    def keywords(self, *reports: str, **options: Any) -> Keywords:
        found = self.disk.keywords(reports, **options)
        assert found == self.memory.keywords(reports, **options)
        return found

    def group(self, *reports: str, **options: Any) -> KeywordGroup:
        (group,) = self.keywords(*reports, **options).groups
        return group


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("keywords"), *REPORTS) as held:
        yield held


def terms(group: KeywordGroup) -> list[str]:
    return [entry.term for entry in group.keywords]


def check(archive: Archive, entry: Keyword) -> None:
    """The example is where it says, and the numbers are possible."""
    example = entry.example
    text = archive.show(example.passage.rpartition("#")[0]).text
    passage = archive.passage(example.passage)
    assert passage.start <= example.start < example.end <= passage.end
    assert text.startswith(example.text, example.sentence_start)
    assert example.sentence_start <= example.start
    assert 1 <= entry.reports <= entry.passages
    if not entry.reason:
        assert entry.score > 0
        assert entry.passages <= entry.count


def test_a_report_is_about_what_others_are_not(both: Asked) -> None:
    group = both.group("a")
    assert terms(group)[0] == "乡村旅游"
    first = group.keywords[0]
    assert (first.count, first.passages, first.reports) == (3, 1, 1)
    assert first.portfolio == "文旅"
    assert "甲县" not in terms(group)
    assert "副县长" not in terms(group)
    for entry in group.keywords:
        check(both.disk, entry)


def test_of_some_passages_of_a_report_the_portfolios_are_those_of_the_passages(both: Asked) -> None:
    # 文旅 is what c is in charge of as well, but not what this section is about.
    (section,) = both.keywords("c", where="section=交通运输").groups
    assert {entry.portfolio for entry in section.keywords} <= {None, "交通运输"}
    assert "文旅" in {entry.portfolio for entry in both.group("c").keywords}
    (declared,) = both.keywords("c", query="分管").groups
    assert {entry.portfolio for entry in declared.keywords} == {None}


def test_with_nothing_to_compare_with_that_is_told(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--index", str(both.place), "keywords"]) == 0
    assert "compared with general Chinese only; the index has no other" in capsys.readouterr().out


def test_each_report_that_is_named_has_its_keywords(both: Asked) -> None:
    found = both.keywords("b", "a", "b")
    assert [group.id for group in found.groups] == ["b", "a"]
    assert set(terms(found.groups[0])[:2]) == {"公路", "农村公路"}


def test_a_selection_is_what_meets_filters_and_a_query(both: Asked) -> None:
    group = both.group(where="portfolio=文旅")
    assert group.reports == 2
    assert {"农村公路", "公路"}.isdisjoint(terms(group))
    assert terms(both.group(where="year=2022", query="公路"))[1] == "农村公路"
    section = both.group("c", where="section=交通运输")
    assert section.passages == 1
    assert "博物馆" not in terms(section)


@pytest.mark.parametrize(
    ("by", "values"),
    [
        ("report", ["a", "b", "c"]),
        ("official", ["张三", "李四", "王五"]),
        ("年份", ["2022", "2023"]),
        ("region", ["丙县", "乙县", "甲县"]),
        ("portfolio", ["交通运输", "文旅"]),
        ("post", ["副县长"]),
    ],
)
def test_a_group_for_each_value(both: Asked, by: str, values: list[str]) -> None:
    found = both.keywords(by=by)
    assert sorted(group.id for group in found.groups) == sorted(values)
    alone = {group.id: group for group in found.groups}
    if by == "official":
        assert alone["张三"].keywords == both.group(where="official=张三").keywords


def test_what_is_set_aside_is_told_when_it_is_asked_for(both: Asked) -> None:
    assert both.group("b").set_aside == ()
    aside = {entry.term: entry.reason for entry in both.group("b", with_formulae=True).set_aside}
    assert aside["工作"] == "boilerplate"
    assert aside["坚持"] == "boilerplate"
    first = both.group("a", with_formulae=True)
    reasons = {entry.term: entry.reason for entry in first.set_aside}
    # As the word lists write it, and the longest that stands there.
    assert reasons["增强“四个意识”"] == "set phrase"
    assert "四个意识" not in reasons
    assert reasons["甲县"] == "place or post"
    for entry in first.set_aside:
        check(both.disk, entry)


def test_a_term_is_shown_as_it_is_written(both: Asked) -> None:
    found = terms(both.group("b", top=100))
    assert any("４Ａ" in term for term in found)
    assert not any("*" in term for term in found)


def test_a_term_that_every_report_has_as_often_is_set_aside(tmp_path: Path) -> None:
    filler = "。".join(f"第{n}项" for n in range(400))
    rows = [
        row(str(n), "坚果种植面积扩大。" * 3, f"{name}。" * 3, filler, year=2022)
        for n, name in enumerate(["苹果收购", "核桃加工", "花椒晾晒"])
    ]
    with Asked(tmp_path, *rows) as held:
        group = held.group("0", with_formulae=True)
        assert "苹果收购" in terms(group)
        assert not any("坚果" in term for term in terms(group))
        aside = {entry.term: entry.reason for entry in group.set_aside}
        assert aside["坚果种植"] == "as frequent elsewhere"


def test_a_portfolios_own_terms_stay_though_every_report_has_them(tmp_path: Path) -> None:
    rows = [
        row(str(n), "我分管民政工作。", "一、民政", f"民政服务提升，{name}建成。" * 3)
        for n, name in enumerate(["养老院", "儿童福利院", "殡仪馆"])
    ]
    with Asked(tmp_path, *rows) as held:
        for group in held.keywords(by="report").groups:
            assert "民政" in terms(group)


def test_adding_and_removing_another_report_changes_nothing(tmp_path: Path) -> None:
    with Asked(tmp_path, *REPORTS) as held:
        before = held.keywords(by="report")
        held.index(*REPORTS, row("d", "农村公路，农村公路。"))
        assert held.keywords(by="report") != before
        held.index(*REPORTS)
        assert held.keywords(by="report") == before


def test_nothing_in_the_index_nothing_met_and_a_single_report(tmp_path: Path) -> None:
    empty = Archive.in_memory().keywords()
    assert [group.passages for group in empty.groups] == [0]
    assert Archive.in_memory().keywords(by="year").groups == ()
    with Asked(tmp_path, row("a", "乡村旅游，乡村旅游。")) as held:
        assert held.group("a").rest == 0
        assert terms(held.group("a"))[0] == "乡村旅游"
        assert held.group(where="year=1990").keywords == ()
        assert held.group("a", top=0).keywords == ()


def test_what_cannot_be_asked_is_told(both: Asked) -> None:
    with pytest.raises(NotFoundError, match="no report's id or title"):
        both.disk.keywords("zzz")
    with pytest.raises(QueryError, match="by must be one of report, official"):
        both.disk.keywords(by="title")
    with pytest.raises(QueryError, match="omit it when you name reports"):
        both.disk.keywords("a", by="year")
    with pytest.raises(QueryError, match="no field is called"):
        both.disk.keywords(where="colour=red")
    with pytest.raises(QueryError, match="top must be a whole number"):
        both.disk.keywords(top=-1)


def test_the_seeds_keywords_are_its_portfolios(shipped_archive: Archive) -> None:
    found = shipped_archive.keywords(SEED, with_formulae=True)
    (group,) = found.groups
    assert group.background == "general"
    assert set(PORTFOLIOS) <= set(terms(group))
    assert len(group.keywords) == 20
    assert not any(word in terms(group) for word in BOILERPLATE)
    aside = {entry.term for entry in group.set_aside}
    assert {"工作", "坚持"} <= aside


def test_no_report_that_ships_is_about_boilerplate_and_the_first_stay_first(
    shipped_archive: Archive,
) -> None:
    groups = shipped_archive.keywords(by="report").groups
    for group in groups:
        assert len(group.keywords) == 20
        assert not any(word in terms(group) for word in BOILERPLATE)
        for entry in group.keywords:
            check(shipped_archive, entry)
    few = shipped_archive.keywords([group.id for group in groups[::4]], top=5).groups
    for short, long in zip(few, groups[::4], strict=True):
        assert short.keywords == long.keywords[:5]


ASKED = {
    "report": ("a", "--top", "4", "--with-formulae"),
    "by": ("--by", "official", "--top", "2"),
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
    command = ["--index", str(both.place), "keywords", *ASKED[asked], *FORMS[form]]
    assert main(command) == 0
    said = capsys.readouterr()
    assert said.err == ""
    check_golden(f"keywords-{asked}", form, said.out)


def test_csv_and_json_say_the_same(both: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--index", str(both.place), "keywords", "--by", "year", "--format"]
    main([*command, "json"])
    document = json.loads(capsys.readouterr().out)
    main([*command, "csv"])
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    wanted = [
        (group["id"], entry["term"], entry["score"])
        for group in document["groups"]
        for entry in group["keywords"]
    ]
    assert [(line["group"], line["term"], float(line["score"])) for line in lines] == wanted


def test_many_strings_are_counted_as_few_are_and_a_portfolio_is_set_against_others(
    shipped_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shipped_archive.keywords(by="portfolio", where="year=2021")
    assert len(before.groups) > 10
    monkeypatch.setattr(corpus_counts, "_MAX_SEARCHED_NGRAMS", 0)
    assert shipped_archive.keywords(by="portfolio", where="year=2021") == before
    monkeypatch.undo()
    found = shipped_archive.keywords(by="portfolio", where="year=2023")
    groups = {group.id: group for group in found.groups}
    # Not against itself.
    for name in ("招商引资", "教育", "应急管理"):
        assert any(entry.portfolio == name for entry in groups[name].keywords[:2])
        for entry in groups[name].keywords:
            assert entry.portfolio in {None, name}


def test_a_word_inside_others_is_not_the_word(tmp_path: Path) -> None:
    rows = [row("a", "中学新建，中学扩建，中学搬迁。" + "第几项。" * 99)]
    rows += [row(name, "干部集中学习。" * 10) for name in "bcd"]
    with Asked(tmp_path, *rows) as held:
        assert "中学" in terms(held.group("a"))


def found_in(tmp_path: Path, *paragraphs: str) -> list[str]:
    with Asked(tmp_path, row("a", *paragraphs)) as held:
        return terms(held.group("a", top=100))


def test_words_that_stand_together_are_a_term_though_grammar_does_not_tell(tmp_path: Path) -> None:
    assert "摆渡车" in found_in(tmp_path, "开通摆渡车。新购摆渡车两台。")


def test_words_that_stand_together_by_chance_are_none(tmp_path: Path) -> None:
    apart = "不行。" * 60 + "旅游好。" * 60
    assert "不旅游" not in found_in(tmp_path, apart, "人不旅游。我不旅游，")


def test_a_string_between_the_same_neighbours_is_none(tmp_path: Path) -> None:
    assert "县招商引资" not in found_in(tmp_path, "出台县招商引资办法。出台县招商引资办法。")


@pytest.mark.parametrize(("times", "background"), [(10, "general"), (16_000, "index")])
def test_a_large_rest_of_the_index_counts_as_much_as_general_chinese(
    tmp_path: Path, times: int, background: str
) -> None:
    with Asked(tmp_path, row("a", "乡村旅游。"), row("b", "公路养护。" * times)) as held:
        assert held.group("a").background == background


def test_places_and_people_are_no_keywords_but_portfolios_are(tmp_path: Path) -> None:
    rows = [
        row("a", "张三带队，大方县农村公路养护，毕节市出资，大方公路通车。", "旅游示范县创建。",
            official="张三", region="贵州省毕节市大方县"),
        row("b", "旅游收入增长。", region="旅游"),
    ]  # fmt: skip
    with Asked(tmp_path, *rows) as held:
        found = terms(held.group("a", top=100))
        assert not any(name in term for term in found for name in ("张三", "大方县", "毕节"))
        assert "农村公路养护" in found
        assert "旅游" in terms(held.group("b"))


def test_codes_and_addresses_and_years_are_no_keywords(tmp_path: Path) -> None:
    text = f"附件{'4283ae' * 90}。https://www.gov.cn。2024年完成203个村，2024年完成203个村。"
    with Asked(tmp_path, row("a", text)) as held:
        found = terms(held.group("a", top=100))
    assert not any(len(term) > 20 for term in found)
    assert {"https", "www", "2024年", "203个村"}.isdisjoint(found)


def test_what_folds_to_several_characters_is_marked_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        row("a", "株式会社投产，株式会社签约，株式会社。", "㍿开工。㍿开工", "㍿竣工。㍿。㍿。㍿。")
    ]
    with Asked(tmp_path, *rows) as held:
        for entry in held.group("a", top=100).keywords:
            check(held.disk, entry)
        assert main(["--index", str(held.place), "keywords", "a"]) == 0
    said = capsys.readouterr().out
    assert "【㍿】" in said
    assert "【株】" not in said


def test_a_term_is_shown_without_marks_that_nobody_sees(tmp_path: Path) -> None:
    hidden = "农\ufe00村公路养护。"
    found = found_in(tmp_path, hidden, hidden, "农村公路通车。")
    assert "农村公路" in found
    assert not any("\ufe00" in term for term in found)


def test_a_report_without_a_passage_that_meets_is_told(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["--index", str(both.place), "keywords", "a", "b", "--where", "portfolio=文旅"]) == 0
    )
    assert "no passage of it matches --where and --query" in capsys.readouterr().out


def test_by_does_not_go_with_reports_on_the_command_line(
    both: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(both.place), "keywords", "a", "--by", "year"])
    assert stopped.value.code == 2
    assert "--by groups passages" in capsys.readouterr().err


def test_progress_names_each_stage(tmp_path: Path) -> None:
    with Asked(tmp_path, *REPORTS) as held:
        calls: list[tuple[int, int, str]] = []
        held.disk.keywords(by="report", progress=lambda *call: calls.append(call))
        assert [call for call in calls if call[2] == "Scoring keywords"] == [
            (0, 3, "Scoring keywords"), (1, 3, "Scoring keywords"), (2, 3, "Scoring keywords"),
        ]  # fmt: skip
        assert (3, 3, "Reading reports") in calls


def test_a_users_boilerplate_counts(tmp_path: Path) -> None:
    vocabulary = '[boilerplate]\nwords = ["乡村旅游"]\nedges = ["养护"]\n'
    with Asked(tmp_path, *REPORTS, vocabulary=vocabulary) as held:
        assert "乡村旅游" not in terms(held.group("a"))
        assert not any(term.endswith("养护") for term in terms(held.group("b", top=99)))
