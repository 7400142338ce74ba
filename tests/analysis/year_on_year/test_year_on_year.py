"""An official's report set against the one before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import Archive, NotFoundError, QueryError
from reportsearch.analysis.year_on_year import sentence_changes
from reportsearch.comparable import to_comparable
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.year_on_year import Change, SectionChanges, YearOnYear
from reportsearch.normalise import fold
from reportsearch.structure.plans import find_plan_passages, find_plan_sections
from tests.conftest import PROJECT

GOLD = json.loads((PROJECT / "tests" / "gold" / "yearly.json").read_text(encoding="utf-8"))

LAST = """甲县副县长2021年述职报告
2021年，我分管文旅、民政工作。
一、文旅工作
全年接待游客120万人次，旅游收入6亿元。
坚持不砍一棵老树、不搬一户原住民、不造一座假古董。
二、民政工作
新建养老院3所。
三、下一步打算
（一）建成县博物馆。县博物馆年内开馆，全年参观突破10万人次。
（二）养老院提质。新增护理型床位200张。
以上报告，请予审议。"""
NOW = """甲县副县长2022年述职报告
2022年，我分管文旅、民政工作。
一、文旅工作
全年接待游客135万人次，旅游收入7亿元。
坚持不砍一棵老树、不搬一户原住民、不造一座假古董。
5月，县博物馆终于对外开放，馆藏2000件。
二、民政工作
护理型床位增加到150张。
三、下一步打算
建设智慧养老平台。
以上报告，请予审议。"""
SIDECAR = """id,official,year,date
2021.txt,张三,2021,
2022.txt,张三,2022,
other.txt,李四,2020,
none.txt,,2022,
undated.txt,张三,,
"""

Made = Callable[[dict[str, str]], Path]


@pytest.fixture
def archive(folder: Made) -> Iterator[Archive]:
    held = Archive.in_memory()
    texts = {"2021.txt": LAST, "2022.txt": NOW, "other.txt": LAST, "none.txt": NOW}
    held.index(folder({**texts, "undated.txt": "打算。", "metadata.csv": SIDECAR}))
    with held:
        yield held


def changes(found: YearOnYear) -> list[Change]:
    return [change for section in found.sections for change in section.changes]


def told(section: SectionChanges) -> list[tuple[str, str | None, str | None]]:
    return [
        (
            change.kind,
            change.now.text if change.now else None,
            change.before.text if change.before else None,
        )
        for change in section.changes
    ]


def test_each_sentence_is_kept_changed_new_or_dropped_under_its_section(archive: Archive) -> None:
    found = archive.year_on_year("2022.txt")
    assert (found.report.id, found.previous.id) == ("2022.txt", "2021.txt")
    assert [section.section for section in found.sections] == [
        (), ("一、文旅工作",), ("二、民政工作",), ("三、下一步打算",)
    ]  # fmt: skip
    assert not any(section.is_gone for section in found.sections)
    start, tourism, civil, outlook = map(told, found.sections)
    opening = "年，我分管文旅、民政工作。"
    assert start == [("changed", f"2022{opening}", f"2021{opening}")]
    old_trees = "坚持不砍一棵老树、不搬一户原住民、不造一座假古董。"
    assert tourism == [
        (
            "changed",
            "全年接待游客135万人次，旅游收入7亿元。",
            "全年接待游客120万人次，旅游收入6亿元。",
        ),
        ("kept", old_trees, old_trees),
        ("new", "5月，县博物馆终于对外开放，馆藏2000件。", None),
    ]
    assert civil == [
        ("new", "护理型床位增加到150张。", None),
        ("dropped", None, "新建养老院3所。"),
    ]
    closing = "以上报告，请予审议。"
    assert outlook == [
        ("new", "建设智慧养老平台。", None),
        ("kept", closing, closing),
        ("dropped", None, "县博物馆年内开馆，全年参观突破10万人次。"),
        ("dropped", None, "新增护理型床位200张。"),
    ]


def test_every_sentence_is_told_once_and_the_numbers_are_their_characters(archive: Archive) -> None:
    found = archive.year_on_year("2022.txt")
    sums = dict.fromkeys(("kept", "changed", "new", "dropped"), 0)
    seen: list[tuple[int, int]] = []
    for change in changes(found):
        sentence = change.now or change.before
        assert sentence is not None
        sums[change.kind] += len(to_comparable(fold(sentence.text)))
        if change.now:
            seen.append((change.now.start, change.now.end))
    assert sums == {name: getattr(found, name) for name in sums}
    assert found.chars == found.kept + found.changed + found.new
    assert len(seen) == len(set(seen))
    text = "".join(found_text(archive.show("2022.txt"), seen))
    body = NOW.split("\n", 1)[1]
    for heading in ("一、文旅工作", "二、民政工作", "三、下一步打算"):
        body = body.replace(heading, "")
    assert text == body.replace("\n", "")
    gone = sum(
        len(to_comparable(fold(change.before.text))) for change in changes(found) if change.before
    )
    assert gone == found.previous_chars


def found_text(report: Report, spans: list[tuple[int, int]]) -> list[str]:
    return [report.text[start:end] for start, end in sorted(spans)]


def test_sentences_and_spans_lead_back_to_both_reports(archive: Archive) -> None:
    found = archive.year_on_year("2022.txt")
    now, before = archive.show("2022.txt"), archive.show("2021.txt")
    for change in changes(found):
        for sentence, report in ((change.now, now), (change.before, before)):
            if sentence:
                assert report.text[sentence.start : sentence.end] == sentence.text
                passage = archive.passage(sentence.passage)
                assert passage.start <= sentence.start < sentence.end <= passage.end
    (changed,) = [change for change in changes(found) if change.now and "游客" in change.now.text]
    shared = [
        (span.kind, now.text[slice(*span.query)], before.text[slice(*span.passage)])
        for span in changed.spans
    ]
    assert shared == [
        ("exact", "全年接待游客", "全年接待游客"),
        ("edited", "135", "120"),
        ("exact", "万人次，旅游收入", "万人次，旅游收入"),
    ]


def test_last_years_plans_stand_beside_what_is_nearest_now(archive: Archive) -> None:
    found = archive.year_on_year("2022.txt")
    assert [plan.plan.text for plan in found.plans] == [
        "（一）建成县博物馆。县博物馆年内开馆，全年参观突破10万人次。",
        "（二）养老院提质。新增护理型床位200张。",
    ]
    assert [plan.nearest[0].text for plan in found.plans] == [
        "5月，县博物馆终于对外开放，馆藏2000件。",
        "护理型床位增加到150张。",
    ]
    for plan in found.plans:
        assert 1 <= len(plan.nearest) <= 3
        scores = [near.score for near in plan.nearest]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)
        for near in plan.nearest:
            assert archive.show("2022.txt").text[near.start : near.end] == near.text


def test_a_section_without_counterpart_is_told_as_gone(folder: Made) -> None:
    archive = Archive.in_memory()
    now = "甲县2022年述职报告\n一、招商工作\n签约5个项目。"
    before = "甲县2021年述职报告\n一、招商工作\n签约3个项目。\n二、廉洁自律\n严守八项规定。"
    sidecar = "id,official,year\na.txt,张三,2022\nb.txt,张三,2021\n"
    archive.index(folder({"a.txt": now, "b.txt": before, "metadata.csv": sidecar}))
    found = archive.year_on_year("a.txt")
    (gone,) = [section for section in found.sections if section.is_gone]
    assert gone.section == ("二、廉洁自律",)
    assert told(gone) == [("dropped", None, "严守八项规定。")]
    assert found.plans == ()


def test_the_report_before_is_told_where_there_is_one(archive: Archive) -> None:
    found = archive.previous_reports(
        ["2022.txt", "2021.txt", "none.txt", "undated.txt", "gone.txt"]
    )
    assert {report: before.id for report, before in found.items()} == {"2022.txt": "2021.txt"}


def test_what_is_clearly_near_to_a_plan_mostly_answers_it(shipped_archive: Archive) -> None:
    told = []
    for pair in GOLD["pairs"]:
        found = shipped_archive.year_on_year(pair["report"])
        for plan, entry in zip(found.plans, pair["plans"], strict=True):
            known = [*entry["answers"], *entry["near"]]
            answers = plan.answers
            shown = {*answers, *plan.repetitions, *plan.candidates}
            assert shown == {near for near in plan.nearest if near.is_clear or near.shares_words}
            assert plan.outcome == "answered"
            told += [any(text in near.text for text in known) for near in answers]
            assert answers
    assert sum(told) >= 0.85 * len(told)


def test_what_is_missing_is_said_with_the_remedy(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match=r"no earlier report by 张三; name the previous report"):
        archive.year_on_year("2021.txt")
    with pytest.raises(
        NotFoundError, match=r"the official of none\.txt is unknown; .* in metadata\.csv"
    ):
        archive.year_on_year("none.txt")
    with pytest.raises(NotFoundError, match=r"the year of undated\.txt is unknown"):
        archive.year_on_year("undated.txt")
    with pytest.raises(QueryError, match="itself"):
        archive.year_on_year("2021.txt", previous="2021.txt")
    with pytest.raises(QueryError, match="name the report"):
        archive.year_on_year()


def test_the_report_before_can_be_named_and_be_anybodys(archive: Archive) -> None:
    found = archive.year_on_year("none.txt", previous="other.txt")
    assert found.previous.id == "other.txt"
    assert found.kept == archive.year_on_year("2022.txt").kept


def test_of_two_reports_of_a_year_the_later_one_is_the_one_before(folder: Made) -> None:
    archive = Archive.in_memory()
    sidecar = (
        "id,official,year,date\na.txt,张三,2022,2023-01-05\nb.txt,张三,2021,2021-07-01\n"
        "c.txt,张三,2021,2022-01-01\nd.txt,张三,2020,2021-01-01\ne.txt,张三,2023,2024-01-01\n"
    )
    texts = {f"{name}.txt": f"{name}报告。" for name in "abcde"}
    archive.index(folder({**texts, "metadata.csv": sidecar}))
    assert archive.year_on_year("a.txt").previous.id == "c.txt"
    assert archive.year_on_year("c.txt").previous.id == "b.txt"
    assert archive.year_on_year("b.txt").previous.id == "d.txt"


def test_a_draft_is_set_against_its_officials_latest_report(
    archive: Archive, tmp_path: Path
) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text("2023年，我分管文旅、民政工作。\n新建养老院5所。", encoding="utf-8")
    found = archive.year_on_year(against=draft, official="张三")
    assert found.previous.id == "2022.txt"
    assert {change.kind for change in changes(found)} == {"changed", "new", "dropped"}
    with pytest.raises(QueryError, match="not both"):
        archive.year_on_year("2022.txt", against=draft)


@pytest.mark.parametrize("pair", GOLD["pairs"], ids=lambda pair: str(pair["report"]))
def test_the_gold_of_the_shipped_reports(shipped_archive: Archive, pair: dict[str, Any]) -> None:
    """All that the reader who wrote the gold found, and nothing that he thought wrong."""
    found = shipped_archive.year_on_year(str(pair["report"]))
    assert found.previous.id == pair["previous"]
    kept = {change.now.text for change in changes(found) if change.kind == "kept" and change.now}
    assert kept == set(map(str, pair["kept"]))
    changed = {
        (change.now.text, change.before.text)
        for change in changes(found)
        if change.kind == "changed" and change.now and change.before
    }
    wanted = {(entry["now"], entry["before"]) for entry in pair["changed"]}
    doubtful = {(entry["now"], entry["before"]) for entry in pair["doubtful"]}
    assert wanted <= changed <= wanted | doubtful
    assert [plan.plan.text for plan in found.plans] == [entry["text"] for entry in pair["plans"]]
    for plan, entry in zip(found.plans, pair["plans"], strict=True):
        beside = "\n".join(near.text for near in plan.nearest)
        assert any(answer in beside for answer in entry["answers"])


def test_answers_to_plans_are_among_the_nearest(shipped_archive: Archive) -> None:
    met = [
        answer in "\n".join(near.text for near in plan.nearest)
        for pair in GOLD["pairs"]
        for plan, entry in zip(
            shipped_archive.year_on_year(pair["report"]).plans, pair["plans"], strict=True
        )
        for answer in entry["answers"]
    ]
    assert sum(met) >= 0.9 * len(met)


def test_the_sections_of_plans_are_those_of_the_gold(
    shipped_archive: Archive, words: Lexicon
) -> None:
    for report in shipped_archive.reports():
        found = [report.sections[number].heading for number in find_plan_sections(report, words)]
        assert found == GOLD["plan_sections"][report.id], report.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年述职报告\n一、2021年工作计划完成情况\n全部完成。", []),
        (
            "2022年述职报告\n一、今年工作\n修路。\n下一步，我将继续修路。",
            ["下一步，我将继续修路。"],
        ),
        ("2022年述职报告\n一、今年工作\n修路。\n（一）今后要修桥。", ["（一）今后要修桥。"]),
        ("2022年述职报告\n一、2023年重点\n修桥。\n述职完毕。", ["修桥。"]),
        ("2022年述职报告\n一、2022年重点\n修桥。", []),
        (
            "2022年甲县人民政府工作报告\n一、2021年工作回顾\n修路。\n二、2022年重点工作\n修桥。",
            ["修桥。"],
        ),
        ("2022年述职报告\n一、下步打算\n（一）修桥\n修十座。\n二、结语\n谢谢。", ["修十座。"]),
    ],
)
def test_plans_are_told_by_headings_and_first_words(
    folder: Made, words: Lexicon, text: str, expected: list[str]
) -> None:
    archive = Archive.in_memory()
    archive.index(folder({"a.txt": text}))
    report = archive.show("a.txt")
    assert report.info.year == 2022
    assert [
        passage.text.rpartition("\n")[2] for passage in find_plan_passages(report, words)
    ] == expected


def test_a_users_words_for_plans_count(folder: Made, tmp_path: Path) -> None:
    own = tmp_path / "reportsearch.toml"
    own.write_text('[plans]\nheadings = ["路线图"]\nexcept = ["旧路线图"]', encoding="utf-8")
    archive = Archive.in_memory(own)
    text = "2021年述职报告\n一、旧路线图\n修路。\n二、路线图\n修桥。\n三、今后打算\n修井。"
    archive.index(folder({"a.txt": text, "b.txt": "2022年述职报告\n桥修了。"}))
    found = archive.year_on_year("b.txt", previous="a.txt")
    assert [plan.plan.text for plan in found.plans] == ["修桥。", "修井。"]


SENTENCES = st.lists(st.text("甲乙1。", max_size=8), max_size=8)


@given(now=SENTENCES, before=SENTENCES)
def test_a_sentence_has_one_counterpart_and_the_same_one_first(
    now: list[str], before: list[str]
) -> None:
    found = sentence_changes.match_sentences(
        *([sentence_changes.FoldedSentence(text) for text in side] for side in (now, before))
    )
    assert (
        len({entry.now for entry in found}) == len({entry.before for entry in found}) == len(found)
    )
    same = [
        entry
        for entry in found
        if to_comparable(now[entry.now]) == to_comparable(before[entry.before])
    ]
    texts = [list(map(to_comparable, side)) for side in (now, before)]
    both = sum(min(texts[0].count(text), texts[1].count(text)) for text in set(texts[0]))
    assert len(same) == both
    assert {entry.similarity for entry in same} <= {1}
    assert all(sentence_changes.MIN_SIMILARITY <= entry.similarity <= 1 for entry in found)


def test_thousands_of_sentences_in_one_frame_are_not_compared_pair_by_pair() -> None:
    texts = [f"第{number}项工作已经完成，成效显著。" for number in range(10_000)]
    now = [sentence_changes.FoldedSentence(text) for text in texts]
    found = sentence_changes.match_sentences(
        now, [sentence_changes.FoldedSentence(f"{text}好") for text in texts]
    )
    assert found == []


def pair_of(folder: Made, before: str, now: str) -> YearOnYear:
    """Two reports of one official, of 2021 and 2022."""
    archive = Archive.in_memory()
    sidecar = "id,official,year\na.txt,张三,2021\nb.txt,张三,2022\n"
    archive.index(folder({"a.txt": before, "b.txt": now, "metadata.csv": sidecar}))
    return archive.year_on_year("b.txt")


def test_headings_numbering_and_the_signature_are_no_sentences(folder: Made) -> None:
    now = (
        "2022年述职报告\n一、今年工作\n1. 修路。全年修路5公里。\n（一）架桥：架桥2座，惠及沿河群众三千多户，出行不再绕道十公里。\n——通水，农户受益。\n"
        "一是种树。\n特此报告。\n张三\n2023年1月5日"
    )
    found = pair_of(folder, "2021年述职报告\n去年无事。", now)
    texts = [change.now.text for change in changes(found) if change.now]
    assert texts == [
        "全年修路5公里。",
        "架桥2座，惠及沿河群众三千多户，出行不再绕道十公里。",
        "通水，农户受益。",
        "一是种树。",
        "特此报告。",
    ]


@pytest.mark.parametrize(
    ("end", "is_said"),
    [
        ("张三\n2023年1月5日", False),
        ("甲县人民政府\n张三\n2023年1月5日", False),
        # A line of more than thirty characters is no signature, nor is the fourth from the end.
        ("甲县人民政府办公室关于全面推进农村人居环境整治提升五年行动成果报送县委", True),
        ("修桥\n甲县人民政府\n张三\n2023年1月5日", True),
    ],
)
def test_a_signature_is_of_three_short_lines_at_most(folder: Made, end: str, is_said: bool) -> None:
    found = pair_of(
        folder, "2021年述职报告\n去年无事。", f"2022年述职报告\n修路，群众受益。\n{end}"
    )
    texts = [change.now.text for change in changes(found) if change.now]
    assert texts == ["修路，群众受益。", *([end.split("\n")[0]] if is_said else [])]


def test_a_report_of_short_lines_alone_is_no_signature(folder: Made) -> None:
    found = pair_of(folder, "去年修桥", "修路\n种树")
    assert [change.now.text for change in changes(found) if change.now] == ["修路", "种树"]


def test_a_draft_without_a_year_is_not_set_against_a_report_without_one(
    folder: Made, tmp_path: Path
) -> None:
    archive = Archive.in_memory()
    archive.index(folder({"a.txt": "修路。", "metadata.csv": "id,official\na.txt,张三\n"}))
    draft = tmp_path / "draft.txt"
    draft.write_text("修桥。", encoding="utf-8")
    with pytest.raises(NotFoundError, match=r"no earlier report by 张三"):
        archive.year_on_year(against=draft, official="张三")


def test_a_heading_that_is_a_sentence_with_nothing_under_it_is_one(folder: Made) -> None:
    now = "2022年述职报告\n一、今年工作\n（一）全年修建乡村公路五公里，惠及三千户。\n（二）架桥\n架桥2座。"
    found = pair_of(folder, "2021年述职报告\n去年无事。", now)
    texts = [change.now.text for change in changes(found) if change.now]
    assert texts == ["全年修建乡村公路五公里，惠及三千户。", "架桥2座。"]


def test_sections_of_the_same_name_but_for_the_year_take_each_others_place(folder: Made) -> None:
    before = "述职报告\n一、2021年成绩\n修路。\n二、安全\n安全生产无事故。"
    now = "述职报告\n一、安全形势\n防汛救灾有序。\n二、2022年成绩\n种树。"
    found = pair_of(folder, before, now)
    assert {section.section: section.before for section in found.sections} == {
        ("一、安全形势",): (("二、安全",),),
        ("二、2022年成绩",): (("一、2021年成绩",),),
    }


def test_a_year_in_a_heading_makes_no_other_name_of_it(folder: Made) -> None:
    before = "述职报告\n一、2021年工作\n修路架桥。\n二、安全\n安全生产无事故。"
    now = "述职报告\n一、工作回顾\n种树。\n二、安全\n防汛救灾有序。"
    found = pair_of(folder, before, now)
    assert {section.section[0]: section.before for section in found.sections} == {
        "一、工作回顾": (("一、2021年工作",),),
        "二、安全": (("二、安全",),),
    }


def test_a_sections_place_is_taken_inside_the_section_around_it_only(folder: Made) -> None:
    before = "述职报告\n一、成绩\n（一）安全生产\n无一起事故。\n二、问题\n（一）人手\n人手不足。"
    now = "述职报告\n一、成绩\n（一）人手\n招聘十人。\n二、问题\n（一）安全生产\n隐患尚存。"
    found = pair_of(folder, before, now)
    dropped = {
        change.before.text: section.section
        for section in found.sections
        for change in section.changes
        if change.kind == "dropped" and change.before
    }
    assert dropped == {"无一起事故。": ("一、成绩",), "人手不足。": ("二、问题",)}


def test_sections_that_say_alike_take_each_others_place_one_to_one(folder: Made) -> None:
    before = "述职报告\n一、乡村旅游\n民宿床位增加，过夜游客占比提高。\n二、文化惠民\n送戏下乡百场，剪纸传承进校园。"
    now = "述职报告\n一、剪纸唱大戏\n送戏下乡到村口，剪纸传承成产业。\n二、老屋迎客\n老屋改民宿，床位增加，游客过夜。"
    found = pair_of(folder, before, now)
    assert {section.section: section.before for section in found.sections} == {
        ("一、剪纸唱大戏",): (("二、文化惠民",),),
        ("二、老屋迎客",): (("一、乡村旅游",),),
    }


def matched(now: list[str], before: list[str]) -> list[tuple[int, int]]:
    sides = ([sentence_changes.FoldedSentence(text) for text in side] for side in (now, before))
    return [(entry.now, entry.before) for entry in sentence_changes.match_sentences(*sides)]


def test_the_same_sentence_twice_is_matched_in_order() -> None:
    assert matched(["修路。", "种树。", "修路。"], ["修路。", "修路。"]) == [(0, 0), (2, 1)]


@pytest.mark.parametrize(
    ("now", "before", "is_changed"),
    [
        ("完成率达95.5%。", "完成率达到*。", True),
        ("全年接待游客12.5万人次。", "全年接待游客186万人次。", True),
        ("全年新建乡村公路。", "全年新建农村道路。", False),
        ("新建乡村公路五公里。", "新建农村公路七公里。", True),
    ],
)
def test_a_changed_sentence_is_for_the_greater_part_the_same(
    now: str, before: str, is_changed: bool
) -> None:
    assert bool(matched([now], [before])) is is_changed


def test_many_sentences_of_one_kind_are_each_matched_with_their_like() -> None:
    places = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月"
    now = [f"{place}{place}村全年新建公路，群众受益。" for place in places]
    before = [f"{place}{place}村全年扩建公路，群众受益。" for place in reversed(places)]
    pairs = [(at, len(places) - 1 - at) for at in range(len(places))]
    assert matched(now, before) == pairs


def test_sections_inside_a_section_of_plans_are_not_listed_again(
    folder: Made, words: Lexicon
) -> None:
    archive = Archive.in_memory()
    text = "2022年述职报告\n一、下步打算\n（一）2023年目标\n修桥。\n（二）打算二\n种树。"
    archive.index(folder({"a.txt": text}))
    report = archive.show("a.txt")
    found = [report.sections[number].heading for number in find_plan_sections(report, words)]
    assert found == ["一、下步打算"]


def test_a_number_is_no_year_that_is_to_come(folder: Made, words: Lexicon) -> None:
    archive = Archive.in_memory()
    archive.index(folder({"a.txt": "2022年述职报告\n一、2023户群众脱贫\n修桥。"}))
    assert find_plan_sections(archive.show("a.txt"), words) == []


def test_a_draft_is_not_set_against_the_report_read_from_its_own_file(folder: Made) -> None:
    sidecar = "id,official,year\na.txt,张三,2021\nb.txt,张三,2022\n"
    root = folder({"a.txt": "修路。", "b.txt": "修桥。", "metadata.csv": sidecar})
    archive = Archive.in_memory()
    archive.index(root)
    found = archive.year_on_year(against=root / "b.txt")
    assert (found.report.official, found.previous.id) == ("张三", "a.txt")


@pytest.mark.parametrize(
    ("last", "is_plan"),
    [
        ("建成博物馆，新增床位200张。以上报告，请予审议。", True),
        ("（二）建成博物馆。以上报告，请予审议。", True),
        ("我将再接再厉。以上报告，请予审议。", False),
        ("以上报告，请予审议。", False),
    ],
)
def test_a_last_passage_may_plan_and_close(
    folder: Made, words: Lexicon, last: str, is_plan: bool
) -> None:
    archive = Archive.in_memory()
    archive.index(folder({"a.txt": f"2022年述职报告\n一、下一步打算\n（一）修桥。\n{last}"}))
    found = [passage.text for passage in find_plan_passages(archive.show("a.txt"), words)]
    assert any(text.endswith(last) for text in found) is is_plan


def again_of(folder: Made, *said: str) -> YearOnYear:
    """A report of three passages, and of what is given, after one with a plan."""
    plan = "（一）建成冷库。己乡产地冷库六月底前投入使用，库容三千吨，不让梨农再等一个秋天。"
    before = (
        f"2021年述职报告\n一、工作\n全年造林五百亩，改造农村旱厕二十三座。\n二、下一步打算\n{plan}"
    )
    here = "一、工作\n新招教师四十名，学位紧张有所缓解。\n开通客运班线六条，方便山区群众出行。"
    return pair_of(folder, before, "\n".join(("2022年述职报告", here, *said)))


COPIED_PLAN = "己乡产地冷库六月底前投入使用，库容三千吨，不让梨农再等一个秋天。"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("己乡产地冷库六月十八日开门，库容三千吨，梨农放了一挂鞭炮。", "answered"),
        (COPIED_PLAN, "repeated"),
        (f"（一）建成冷库。{COPIED_PLAN}", "repeated"),
        (f"今年我们换了打法，周周碰头。{COPIED_PLAN}专班也搬到了园区，月月见账，人人过关。", "repeated"),
        (f"去年定下的事是这样的：{COPIED_PLAN}", "repeated"),
        (f"{COPIED_PLAN}己乡冷库已在六月十八日开门，三千吨库容全部用上，梨农高兴。", "answered"),
        ("食品抽检全部合格。", "silent"),
        ("二、下一步打算\n己乡产地冷库二期扩大库容。", "silent"),
    ],
    ids=[
        "done", "copied", "with its heading", "among other words", "in a sentence",
        "copied and then done", "nothing", "planned again",
    ],
)  # fmt: skip
def test_a_plan_that_is_only_said_again_is_not_answered(
    folder: Made, said: str, outcome: str
) -> None:
    found = again_of(folder, said)
    (plan,) = found.plans
    assert plan.outcome == outcome
    assert bool(plan.answers) is (outcome == "answered")
    assert any(near.repeats for near in plan.nearest) is (COPIED_PLAN in said)
    assert [found.count_plans(each) for each in ("answered", "repeated", "silent")] == [
        int(outcome == each) for each in ("answered", "repeated", "silent")
    ]


def test_last_years_words_beside_a_plan_are_told_as_such_and_answer_nothing(folder: Made) -> None:
    old = "基层冷库少，梨农卖梨难，这件事我一直没有办好。"
    before = f"2021年述职报告\n一、不足\n{old}\n二、下一步打算\n建成产地冷库，梨农卖梨不再难。"
    found = pair_of(folder, before, f"2022年述职报告\n一、不足\n{old}\n新招教师四十名。")
    (plan,) = found.plans
    assert (plan.nearest[0].text, plan.nearest[0].is_old) == (old, True)
    assert (plan.outcome, plan.answers, plan.repetitions) == ("silent", (), plan.nearest[:1])


def test_headings_and_signatures_of_the_report_before_are_no_new_sentences(folder: Made) -> None:
    before = "2021年述职报告\n一、秤要端平，网要织密\n修路，群众受益。\n（一）留一批客。\n架桥，群众受益。\n甲县副县长"
    now = "2022年述职报告\n修路，群众受益。\n五、秤要端平，网要织密\n通水，群众受益。\n（三）留一批客。架桥，群众受益。\n甲县副县长\n种树，群众受益。"
    found = pair_of(folder, before, now)
    told = [change.now.text for change in changes(found) if change.now]
    assert told == [f"{what}，群众受益。" for what in ("修路", "通水", "架桥", "种树")]
    assert found.chars == 4 * len("修路群众受益")


def test_a_sentence_between_title_and_opening_is_told(folder: Made) -> None:
    now = "甲县副县长2022年述职报告\n甲县人民政府副县长\n——在县人大常委会会议上，书面报告\n今年我们换了打法，把专班搬到了园区\n按照安排，我作报告。"
    found = pair_of(folder, "2021年述职报告\n去年无事。", now)
    assert [change.now.text for change in changes(found) if change.now] == [
        "今年我们换了打法，把专班搬到了园区",
        "按照安排，我作报告。",
    ]


def test_sentences_are_counted_by_what_became_of_them(archive: Archive) -> None:
    found = archive.year_on_year("2022.txt")
    kinds = [change.kind for change in changes(found)]
    for kind in ("kept", "changed", "new", "dropped"):
        assert found.count_sentences(kind) == kinds.count(kind) > 0
