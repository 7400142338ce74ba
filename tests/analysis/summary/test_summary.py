"""What ``summary`` promises, on tiny reports and on those that ship."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import Archive, ExtractError, NotFoundError, QueryError, structure
from reportsearch.analysis.summary.clauses import ClauseSegmenter
from reportsearch.cli import main
from reportsearch.comparable import to_comparable
from reportsearch.models.report import Report
from reportsearch.models.summary import Summary, SummarySentence
from reportsearch.normalise import fold, normalise
from reportsearch.search.engine import Origin
from reportsearch.structure.sentences import iter_sentences
from tests.conftest import CORPUS
from tests.golden_files import FORMS, check_golden
from tests.reports import Both, row

SEED = "副县长2023年履职情况的报告.txt"
DUTIES = "2022年，我担任甲县副县长，分管民政、文旅工作。"
REPORT = (
    DUTIES,
    "一、牢记宗旨，加强学习",
    "我始终坚持以习近平新时代中国特色社会主义思想为指导，增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    "全年下乡调研48天，走访群众312户。",
    "二、恪尽职守，抓好分管工作",
    "（一）民政工作",
    "坚持以人民为中心。建成城市社区养老服务中心12个，社区日间照料实现全覆盖。同时，为困难群众发放救助资金450万元。",
    "（二）文旅工作",
    "印发《甲县全域旅游发展规划》，全年接待游客120万人次，实现旅游综合收入4.5亿元，增长8.1%。",
    "三、存在的不足",
    "调查研究不够深入，一些项目推进偏慢。",
    "四、下一步打算",
    "新建区域敬老院3所，力争创成国家4A级旅游景区1家。",
    "以上报告，请予审议。",
)
REPORTS = [
    row("a.txt", *REPORT, official="甲", year=2022, title="甲县述职报告"),
    row("b.txt", DUTIES.replace("2022", "2023"), "一、民政工作", "新建农村公益性公墓9处。",
        "二、文旅工作", "全年接待游客135万人次，送戏下乡186场。", official="甲", year=2023,
        title="甲县2023年述职报告"),
    row("c.txt", "我分管文旅工作。", "一、文旅工作", "县博物馆新馆建成开放，接待观众68万人次。",
        official="乙", year=2023, title="乙县述职报告"),
    row("d.txt", "谢谢大家。", official="丙", year=2020, title="丙县述职报告"),
]  # fmt: skip


class Summed(Both):
    """Summaries of the index in memory; that the one on disk has the same is a test of its own."""

    def __enter__(self) -> Summed:
        return self

    def summary(self, report: str | None = None, **options: Any) -> Summary:
        found = self.memory.summary(report, **options)
        check(self.disk, found)
        return found


def check(archive: Archive, found: Summary) -> None:
    """What holds of every summary."""
    assert found.used == sum(len(sentence.text) for sentence in found.sentences) <= found.chars
    known = {info.id: number for number, info in enumerate(found.reports)}
    places = [(known[sentence.report], sentence.start) for sentence in found.sentences]
    assert places == sorted(places)
    assert {sentence.report for sentence in found.sentences} == set(known)
    cutter = ClauseSegmenter(archive._lexicon.summary)
    for report in {sentence.report for sentence in found.sentences}:
        shown = archive.show(report)
        offered = stretches(shown, cutter)
        end = -1
        for sentence in found.sentences:
            if sentence.report != report:
                continue
            assert shown.text[sentence.start : sentence.end] == sentence.text
            assert sentence.start >= end
            end = sentence.end
            passage = archive.passage(sentence.passage)
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert sentence.section == passage.section
            assert offered[sentence.start, sentence.end] == (
                sentence.is_cut_before,
                sentence.is_cut_after,
            )


def stretches(report: Report, cutter: ClauseSegmenter) -> dict[tuple[int, int], tuple[bool, bool]]:
    """The parts of a report's sentences that stand alone, headings with figures among them."""
    headings = [
        (section.start + at, section.heading_end)
        for section in report.sections
        for at in range(section.heading_end - section.start)
    ]
    spans = [(sentence.start, sentence.end) for sentence in iter_sentences(report)]
    found = {}
    for start, end in (*headings, *spans):
        text = normalise(report.text[start:end])
        for part in cutter.find_clause_spans(text.text):
            first, last = text.map_to_original(part.start, part.end)
            found[start + first, start + last] = (part.is_cut_before, part.is_cut_after)
    return found


def texts(found: Summary) -> list[str]:
    return [sentence.text for sentence in found.sentences]


def of_slot(found: Summary, slot: str) -> list[SummarySentence]:
    return [sentence for sentence in found.sentences if sentence.slot == slot]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Summed]:
    with Summed(tmp_path_factory.mktemp("summary"), *REPORTS) as held:
        yield held


@pytest.mark.parametrize(
    "options", [{"report": "a.txt", "chars": 150}, {"where": "portfolio=文旅"}, {"chars": 20}]
)
def test_the_index_on_disk_has_the_summaries_of_the_one_in_memory(
    both: Summed, options: dict[str, Any]
) -> None:
    assert both.disk.summary(**options) == both.memory.summary(**options)


def test_every_main_section_and_portfolio_is_heard_in_its_own_words(both: Summed) -> None:
    found = both.summary("a.txt", chars=150)
    outermost = {sentence.section[0] for sentence in found.sentences if sentence.section}
    assert outermost == {
        "一、牢记宗旨，加强学习",
        "二、恪尽职守，抓好分管工作",
        "三、存在的不足",
        "四、下一步打算",
    }
    assert found.missing == ()
    assert of_slot(found, "民政")
    assert of_slot(found, "文旅")
    assert "不够深入" in of_slot(found, "weaknesses")[0].text
    assert "敬老院" in of_slot(found, "plans")[0].text
    assert found.report == both.disk.show("a.txt").info


def test_figures_documents_and_things_built_come_before_positions_and_courtesies(
    both: Summed,
) -> None:
    found = "".join(texts(both.summary("a.txt", chars=150)))
    assert "《甲县全域旅游发展规划》" in found
    assert "120万人次" in found
    assert "四个意识" not in found
    assert "以人民为中心" not in found
    assert "审议" not in found


def test_a_sentence_that_depends_is_cut_to_what_stands_alone(both: Summed) -> None:
    found = both.summary("a.txt", chars=2_000)
    (sentence,) = [part for part in found.sentences if "450万元" in part.text]
    assert sentence.text == "为困难群众发放救助资金450万元。"
    assert (sentence.is_cut_before, sentence.is_cut_after) == (True, False)


@pytest.mark.parametrize("chars", [1, 10, 30, 50, 80, 120, 200, 100_000])
def test_the_limit_is_kept_and_what_found_no_room_is_told(both: Summed, chars: int) -> None:
    found = both.summary("a.txt", chars=chars)
    missing = {(entry.kind, entry.name) for entry in found.missing}
    heard = {sentence.section[0] for sentence in found.sentences if sentence.section}
    for section in both.disk.show("a.txt").sections:
        if section.parent is None:
            assert (("section", section.heading) in missing) == (section.heading not in heard)
    if chars < 10:
        assert found.sentences == ()
    if chars >= 200:
        assert missing == set()


def test_what_there_is_more_room_for_says_more(both: Summed) -> None:
    used = [both.summary("a.txt", chars=chars).used for chars in (30, 80, 200)]
    assert used == sorted(used)
    assert len(set(used)) == 3


def test_the_reports_of_one_official_are_heard_in_turn_by_time(both: Summed) -> None:
    found = both.summary(where={"official": "甲"}, chars=120)
    assert found.report is None
    assert [info.id for info in found.reports] == ["a.txt", "b.txt"]
    assert found.matched == 2
    narrow = both.summary(where={"official": "甲"}, chars=20)
    assert [(entry.kind, entry.name) for entry in narrow.missing][:1] == [("report", "b.txt")]


def test_a_portfolio_is_summed_up_across_officials(both: Summed) -> None:
    found = both.summary(where="portfolio=文化和旅游", chars=150)
    assert {sentence.report for sentence in found.sentences} == {"a.txt", "b.txt", "c.txt"}
    assert {sentence.slot for sentence in found.sentences} == {"文旅"}
    assert found.matched == 3
    assert found.missing == ()


def test_officials_that_find_no_room_are_named(both: Summed) -> None:
    found = both.summary(chars=20)
    named = {entry.name for entry in found.missing if entry.kind == "official"}
    assert "丙" in named
    assert len(named) == 2
    assert found.matched == 4


def test_one_report_that_meets_filters_is_summed_up_as_such(both: Summed) -> None:
    found = both.summary(where="official=乙")
    assert (found.report, found.matched) == (None, 1)
    assert texts(found) == texts(both.summary("c.txt"))


def test_nothing_that_meets_and_nothing_that_stands_alone_are_no_errors(
    both: Summed, capsys: pytest.CaptureFixture[str]
) -> None:
    nothing = both.summary(where="year=1949")
    assert (nothing.matched, nothing.sentences, nothing.reports, nothing.missing) == (0, (), (), ())
    assert both.summary("d.txt").sentences == ()
    for arguments, said in (
        (["--where", "year=1949"], "No report matches --where"),
        (["d.txt"], "No suitable sentences in the report"),
        (["a.txt", "--chars", "3"], "fits into 3 characters; increase --chars"),
    ):
        assert main(["--index", str(both.place), "summary", *arguments]) == 0
        assert said in capsys.readouterr().out
    assert Archive.in_memory().summary().sentences == ()


def test_reports_of_any_shape_are_summed_up(tmp_path: Path) -> None:
    sentence = "建成区域养老服务中心{}个，新增护理床位{}张。"
    texts_of = {
        "flat.txt": [sentence.format(at, at + 7) for at in range(1, 6)],
        "one.txt": ["新建农村公益性公墓9处。"],
        "rubbish.txt": ["…………，，，。。。；；", "((((《《《。", "\t1\t2\t3", "* * * *。", "，"],
        "table.txt": ["项目\t金额\t进度", "公墓9处\t30万元\t完成100%。"],
        "long.txt": [sentence.format(at, at + 7) for at in range(1, 400)],
        "latin.txt": ["Lorem ipsum dolor sit amet, consectetur adipiscing elit."],
    }
    rows = [row(name, *lines, official="甲") for name, lines in texts_of.items()]
    with Summed(tmp_path, *rows) as held:
        assert len(held.summary("flat.txt").sentences) >= 1
        assert texts(held.summary("one.txt")) == ["新建农村公益性公墓9处。"]
        assert held.summary("rubbish.txt", chars=40).used <= 40
        assert held.summary("table.txt").sentences == ()
        assert 0 < held.summary("long.txt").used <= 400
        held.summary("latin.txt")


@pytest.fixture(scope="module")
def memory() -> Archive:
    return Archive.in_memory()


@given(
    st.text(alphabet="一二、（）。，；：\n新建公墓9处《办法》印发同时其中不够*万元 ", max_size=200)
)
def test_whatever_is_written_the_promises_hold(memory: Archive, text: str) -> None:
    report = structure.parse_report(text, "x.txt", memory._lexicon, memory._tokenizer)
    with memory._engine.writer() as writer:
        writer.add(report, Origin("x.txt", ""))
    for chars in (20, 100):
        check(memory, memory.summary("x.txt", chars=chars))


def test_a_file_is_summed_up_as_when_it_is_in_the_index(
    shipped_archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "草稿.txt"
    copy.write_bytes((CORPUS / SEED).read_bytes())
    before = shipped_archive.stats()
    found = shipped_archive.summary(file=copy)
    assert shipped_archive.stats() == before
    assert found.report is not None
    assert found.report.id == "草稿.txt"
    assert 0 < found.used <= 400
    assert shipped_archive.summary(file=copy) == found
    shown = shipped_archive.show(SEED)
    assert all(sentence.text in shown.text for sentence in found.sentences)


def test_of_the_seed_all_sections_and_portfolios_are_heard_almost_without_formulae(
    shipped_archive: Archive,
) -> None:
    report, found = shipped_archive.show(SEED), shipped_archive.summary(SEED)
    check(shipped_archive, found)
    marks = np.zeros(len(report.text), dtype=np.bool_)
    for formula in shipped_archive.reuse(SEED).formulae:
        for start, end in formula.spans:
            marks[start:end] = True
    assert found.missing == ()
    outermost = [section.heading for section in report.sections if section.parent is None]
    assert len(outermost) == 4
    assert {sentence.section[0] for sentence in found.sentences} == set(outermost)
    heard = {name for sentence in found.sentences for name in sentence.portfolios}
    assert heard >= {"民政", "文旅", "生态环境", "供销", "招商引资"}
    places = [
        at
        for sentence in found.sentences
        for at in range(sentence.start, sentence.end)
        if to_comparable(fold(report.text[at]))
    ]
    assert float(marks[places].mean()) < 0.1
    assert of_slot(found, "weaknesses")


def test_every_shipped_report_is_heard_in_all_its_main_sections(shipped_archive: Archive) -> None:
    for report in shipped_archive.reports():
        found = shipped_archive.summary(report.id)
        check(shipped_archive, found)
        assert {entry.kind for entry in found.missing} <= {"portfolio"}
        assert {entry.name for entry in found.missing}.isdisjoint(report.info.declared)
        assert found.used > 360


def test_two_sentences_never_say_the_same(tmp_path: Path) -> None:
    same = "全年为困难群众发放救助补贴资金450万元。"
    rows = [row("a.txt", "一、民政工作", same, "二、其他工作", same.replace("450", "460"),
                "新建农村公益性公墓9处。")]  # fmt: skip
    with Summed(tmp_path, *rows) as held:
        found = "".join(texts(held.summary("a.txt")))
        assert found.count("救助补贴资金") == 1
        assert "公墓" in found


def test_of_sections_alone_the_slots_are_those_of_the_whole_report(both: Summed) -> None:
    whole = {sentence.start: sentence.slot for sentence in both.summary("a.txt").sentences}
    for section in ("不足", "打算", "民政"):
        for sentence in both.summary(where=f"section={section}").sentences:
            assert whole.get(sentence.start, sentence.slot) == sentence.slot
    (weak,) = both.summary(where="section=不足").sentences
    assert weak.slot == "weaknesses"


@pytest.mark.parametrize("weak", ["学习还不够深入，调研不够扎实。", "学习不够。", "缺少人手。"])
def test_a_section_that_says_little_is_heard_all_the_same(tmp_path: Path, weak: str) -> None:
    with Summed(tmp_path, row("a", "一、工作", "新建学校3所。", "二、存在的不足", weak)) as held:
        found = held.summary("a")
        assert found.missing == ()
        assert [(one.slot, one.text) for one in found.sentences][-1] == ("weaknesses", weak)


def test_a_sentence_without_end_takes_no_time(tmp_path: Path) -> None:
    clauses = "，".join(f"新建第{number}所学校" for number in range(400))
    with Summed(tmp_path, row("a", f"{clauses}。")) as held:
        assert held.summary("a").used <= 400


def test_a_users_words_are_obeyed(tmp_path: Path) -> None:
    rows = [row("a.txt", "一、补课清单", "护理床位缺口大，入住率63%。", "二、养老工作",
                "“银龄食堂”开张12家，日均就餐1300人次，建成老年助餐点27个。")]  # fmt: skip
    with Summed(tmp_path, *rows) as held:
        assert of_slot(held.summary("a.txt"), "weaknesses") == []
    vocabulary = '[summary]\nweaknesses = ["补课清单"]\nweakness_words = ["缺口"]\n'
    place = tmp_path / "own"
    place.mkdir()
    with Summed(place, *rows, vocabulary=vocabulary) as held:
        (sentence,) = of_slot(held.summary("a.txt"), "weaknesses")
        assert sentence.text == "护理床位缺口大，入住率63%。"


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"report": "x.txt"}, NotFoundError, "no report's id or title contains 'x.txt'"),
        ({"file": "nowhere.txt"}, ExtractError, "nowhere.txt: there is no such file"),
        ({"report": "a.txt", "file": "b.txt"}, QueryError, "not both"),
        ({"report": "a.txt", "where": "year=2022"}, QueryError, "where selects reports"),
        ({"where": "yaer=2022"}, QueryError, "no field is called 'yaer'"),
        ({"report": "a.txt", "chars": 0}, QueryError, "chars must be a whole number and at least"),
    ],
)
def test_errors_name_what_is_wrong(
    both: Summed, options: dict[str, Any], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said) as raised:
        both.disk.summary(**options)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("report", ["a.txt", "--chars", "150"]),
        ("several", ["--where", "portfolio=文旅", "--chars", "80"]),
        ("narrow", ["a.txt", "--chars", "30"]),
    ],
)
def test_what_is_printed(
    both: Summed,
    name: str,
    asked: list[str],
    form: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["--index", str(both.place), "summary", *asked, *FORMS[form]]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    check_golden(f"summary-{name}", form, said.out)


def test_csv_and_json_name_the_same_sentences(
    both: Summed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "summary.json"
    command = ["--index", str(both.place), "summary", "a.txt", "--format"]
    assert main([*command, "json", "--output", str(path)]) == 0
    assert capsys.readouterr().out == ""
    document = json.loads(path.read_text(encoding="utf-8"))
    assert main([*command, "csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [line["text"] for line in lines] == [entry["text"] for entry in document["sentences"]]
    assert document["report"]["id"] == "a.txt"
    assert document["chars"] == 400
    assert {"section", "text", "passage", "start", "end"} <= document["sentences"][0].keys()


@pytest.mark.parametrize(
    "arguments", [["a.txt", "--file", "b.txt"], ["a.txt", "--where", "year=2022"]]
)
def test_one_thing_is_asked_about(
    both: Summed, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--index", str(both.place), "summary", *arguments])
    assert stopped.value.code == 2
    assert "give only one of REPORT, --file F and --where F=V" in capsys.readouterr().err


def test_progress_names_each_stage(tmp_path: Path) -> None:
    with Summed(tmp_path, *REPORTS) as held:
        calls: list[tuple[int, int, str]] = []
        held.disk.summary("a.txt", progress=lambda *call: calls.append(call))
        stages = list(dict.fromkeys(name for _, _, name in calls))
        assert stages == ["Selecting sentences", "Reading reports"]
        calls.clear()
        held.disk.summary(progress=lambda *call: calls.append(call))
        assert [call for call in calls if call[2].endswith(".txt")] == [
            (number, 4, f"{name}.txt") for number, name in enumerate("abcd")
        ]
        assert calls[-1] == (0, 0, "Selecting sentences")
