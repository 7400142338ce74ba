"""How much of a report stands elsewhere: small collections with answers reckoned by hand."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from typing import Any

import pytest

from reportsearch import Archive, ExtractError, NotFoundError, QueryError, ReportSearchError
from reportsearch.comparable import ComparableText
from reportsearch.models.reuse import (
    EDITED,
    EXACT,
    FORMULA,
    Reuse,
    ReusedSpan,
    ReusePair,
    ReusePairs,
    Source,
)
from tests.analysis.matching import brute_force
from tests.extract.docx.word_files import write_docx
from tests.reports import Both, Row, row

# Each has twenty characters and nothing in common with the others.
LAND = "推进农村集体产权制度改革试点取得明显成效"
ROAD = "新建改建县乡公路桥梁完成危旧路段安防设施"
CLINIC = "村级卫生室标准化覆盖率位居全市各区县前列"
SCHOOL = "义务教育薄弱学校食堂宿舍翻修工程如期交付"
WATER = "河湖长巡查发现问题逐件销号水质断面均达标"
FIRE = "森林防火隔离带清理与护林员夜间值守无缝隙"
SENTENCES = (LAND, ROAD, CLINIC, SCHOOL, WATER, FIRE)
PHRASE = "以习近平新时代中国特色社会主义思想为指导"

MAYOR, DEPUTY, CHIEF = "甲县县长", "乙县副县长", "丙县民政局局长"


def test_the_sentences_have_twenty_characters_and_nothing_in_common() -> None:
    assert {len(sentence) for sentence in SENTENCES} == {20}
    for sentence in SENTENCES:
        for other in SENTENCES:
            assert sentence is other or brute_force.runs(sentence, other, 3) == []


class Made:
    """An archive on disk and one in memory of the same rows, whose answers are the same."""

    def __init__(self, both: Both) -> None:
        self.disk, self.memory = both.disk, both.memory

    def reuse(self, *arguments: Any, **options: Any) -> Reuse:
        found = self.disk.reuse(*arguments, **options)
        assert found == self.memory.reuse(*arguments, **options)
        check(found, self.disk)
        return found

    def pairs(self, **options: Any) -> ReusePairs:
        found = self.disk.reuse_pairs(**options)
        assert found == self.memory.reuse_pairs(**options)
        return found


Make = Callable[..., Made]


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Make:
    def make_them(*rows: Row, vocabulary: str = "") -> Made:
        both = Both(tmp_path, *rows, vocabulary=vocabulary)
        request.addfinalizer(both.disk.close)
        return Made(both)

    return make_them


def check(found: Reuse, archive: Archive) -> None:
    """What holds of every answer."""
    own = ComparableText.of(found.text)
    assert found.chars == len(own.text)
    assert 0 <= found.rate_without_formulae <= found.rate <= found.rate_with_edits <= 1
    assert 0 <= found.rate_without_own <= found.rate
    assert 0 <= found.rate_from_sources <= found.rate
    listed = found.sources + found.reused_by
    assert len({source.report.id for source in listed}) == len(listed)
    assert found.longest == max((source.longest for source in listed), default=0)
    exact: set[int] = set()
    for source in listed:
        other = archive.show(source.report.id)
        for span in source.spans:
            assert found.text[span.start : span.end] == span.text
            assert other.text[span.source_start : span.source_end] == span.source_text
            first, last = own.map_from_original(span.start, span.end)
            assert last - first == span.chars
            if span.kind != EDITED:
                assert ComparableText.of(span.text).text == ComparableText.of(span.source_text).text
                assert span.chars >= found.min_chars
        in_source = {
            at
            for span in source.spans
            if span.kind != EDITED
            for at in range(*own.map_from_original(span.start, span.end))
        }
        assert source.chars == len(in_source)
        # What is edited is more than what an exact run has anyway.
        for span in source.spans:
            if span.kind == EDITED:
                assert not in_source.issuperset(range(*own.map_from_original(span.start, span.end)))
        assert source.rate == pytest.approx(source.chars / found.chars, abs=1e-4)
        exact |= in_source
    assert found.shared == len(exact)
    for formula in found.formulae:
        for start, end in formula.spans:
            assert (
                ComparableText.of(found.text[start:end]).text
                == ComparableText.of(formula.text).text
            )
    for sources in (found.sources, found.reused_by):
        counts = [source.chars for source in sources]
        assert counts == sorted(counts, reverse=True)


def ids(sources: tuple[Source, ...]) -> set[str]:
    return {source.report.id for source in sources}


def only_span(source: Source) -> ReusedSpan:
    assert len(source.spans) == 1
    return source.spans[0]


# Rates


def test_each_rate_leaves_out_what_it_says(make: Make) -> None:
    made = make(
        row("this", f"{LAND}。{ROAD}。{CLINIC}。{SCHOOL}。", official=MAYOR, year=2023),
        row("own", f"回顾{ROAD}", official=MAYOR, year=2022),
        row("other", f"首先{LAND}", official=DEPUTY, year=2022),
        row("later", f"此外{CLINIC}", official=CHIEF, year=2024),
        row("unrelated", WATER, official=CHIEF, year=2022),
    )
    found = made.reuse("this")
    assert (found.chars, found.shared, found.longest) == (80, 60, 20)
    assert found.rate == 0.75
    assert found.rate_without_formulae == 0.75
    assert found.rate_without_own == 0.5
    assert found.rate_from_others == 0.5
    assert found.rate_from_sources == 0.5
    assert found.rate_with_edits == 0.75
    assert (ids(found.sources), ids(found.reused_by)) == ({"own", "other"}, {"later"})
    assert {source.report.id: source.is_own for source in found.sources} == {
        "own": True,
        "other": False,
    }
    assert [(source.chars, source.rate, source.longest) for source in found.sources] == [
        (20, 0.25, 20),
        (20, 0.25, 20),
    ]
    assert (found.reports, found.min_chars, found.is_draft, found.left_out) == (5, 13, False, ())


def test_what_stands_twice_in_the_report_counts_twice(make: Make) -> None:
    made = make(row("this", f"{LAND}甲{ROAD}乙{LAND}"), row("other", f"再{LAND}"))
    assert made.reuse("this").rate == pytest.approx(40 / 62, abs=1e-4)
    assert made.reuse("other").rate == pytest.approx(20 / 21, abs=1e-4)


def test_what_stands_in_two_others_counts_once(make: Make) -> None:
    made = make(row("this", f"{LAND}甲{ROAD}"), row("b", f"再{LAND}"), row("c", f"又{LAND}"))
    found = made.reuse("this")
    assert (found.shared, len(found.sources)) == (20, 2)


def test_own_text_that_another_has_too_is_not_only_own(make: Make) -> None:
    made = make(
        row("this", LAND, official=MAYOR, year=2023),
        row("own", f"甲{LAND}", official=MAYOR, year=2022),
        row("other", f"乙{LAND}", official=DEPUTY, year=2024),
    )
    found = made.reuse("this")
    assert (found.rate, found.rate_without_own, found.rate_from_sources) == (1.0, 1.0, 1.0)


def test_own_later_text_is_not_left_out_as_own_earlier_text(make: Make) -> None:
    made = make(
        row("this", LAND, official=MAYOR, year=2022),
        row("later", f"甲{LAND}", official=MAYOR, year=2023),
    )
    found = made.reuse("this")
    assert (found.rate, found.rate_from_sources) == (1.0, 0.0)
    assert ids(found.reused_by) == {"later"}
    assert found.reused_by[0].is_own
    assert (found.rate_without_own, found.rate_from_others) == (1.0, 0.0)


def test_a_report_without_a_year_has_that_of_its_date(make: Make) -> None:
    made = make(
        row("this", LAND, date="2022-03-01"),
        row("before", f"甲{LAND}", date="2021-12-31"),
        row("after", f"乙{LAND}", year=2023),
    )
    found = made.reuse("this")
    assert (ids(found.sources), ids(found.reused_by)) == ({"before"}, {"after"})


def test_sources_come_by_their_characters_then_by_those_with_edits(make: Make) -> None:
    changed = "推进农村集体产权制度的改革试点已取得明显成效"
    made = make(
        row("this", f"{ROAD}。{LAND}"),
        row("a", f"甲{ROAD}"),
        row("b", f"乙{ROAD}。{changed}"),
        row("c", f"丙{ROAD}。{LAND}"),
    )
    assert [source.report.id for source in made.reuse("this").sources] == ["c", "b", "a"]


def test_a_set_phrase_that_many_have_is_listed_once(make: Make) -> None:
    rows = [row(f"r{n}", f"{PHRASE}。", official=f"官员{n}") for n in range(6)]
    made = make(*rows)
    (formula,) = [each for each in made.reuse("r0").formulae if each.text == PHRASE]
    assert formula.is_set_phrase
    assert [each.text for each in made.pairs().formulae].count(PHRASE) == 1


def test_pairs_come_by_the_greater_number_of_characters(make: Make) -> None:
    long = LAND + ROAD
    made = make(
        # 30 characters both ways, and 40 one way in 20 that stand twice.
        row("a", f"{CLINIC}{SCHOOL[:10]}", year=2022), row("b", f"甲{CLINIC}{SCHOOL[:10]}", year=2021),
        row("c", f"{WATER}乙{WATER}", year=2022), row("d", f"丙{WATER}", year=2021),
        row("e", long[:13], year=2022), row("f", f"丁{long[:13]}", year=2021),
    )  # fmt: skip
    found = [(pair.report, pair.source) for pair in made.pairs().pairs]
    assert found == [("c", "d"), ("a", "b"), ("e", "f")]


def test_reports_of_unknown_officials_are_each_anothers(make: Make) -> None:
    made = make(*(row(f"r{n}", f"{n}号{LAND}") for n in range(5)))
    pairs = made.pairs()
    assert (pairs.without_official, pairs.formula_officials) == (5, 4)
    assert [formula.officials for formula in pairs.formulae] == [5]
    assert pairs.formulae[0].passages == ("r0#1", "r1#1", "r2#1")


def test_a_run_goes_on_over_other_punctuation_and_paragraphs(make: Make) -> None:
    made = make(
        row("this", f"{LAND}。", f"（一）{ROAD}"), row("other", f"今年，{LAND}——", f"一、{ROAD}；")
    )
    span = only_span(made.reuse("this").sources[0])
    assert (span.kind, span.chars) == (EXACT, 41)
    assert span.text == f"{LAND}。\n（一）{ROAD}"
    assert span.source_text == f"{LAND}——\n一、{ROAD}"


def test_a_run_counts_from_min_chars_on(make: Make) -> None:
    made = make(row("this", f"甲{LAND[:12]}乙"), row("other", f"丙{LAND[:12]}丁"))
    assert made.reuse("this").shared == 0
    assert made.reuse("this").sources == ()
    found = made.reuse("this", min_chars=12)
    assert (found.shared, found.min_chars) == (12, 12)
    assert found.rate == pytest.approx(12 / 14, abs=1e-4)
    assert made.reuse("this", min_chars=5).shared == 12
    assert made.pairs().matched == 0
    assert made.pairs(min_chars=12).matched == 1


def test_what_is_edited_is_in_the_rate_with_edits_alone(make: Make) -> None:
    copied = LAND + ROAD
    changed = copied.replace("取得", "获得")
    made = make(row("this", changed), row("other", copied))
    found = made.reuse("this")
    assert (found.chars, found.shared) == (40, 39)
    assert (found.rate, found.rate_with_edits) == (0.975, 1.0)
    source = found.sources[0]
    assert (source.chars, source.edited_chars, source.longest) == (39, 1, 25)
    assert sorted(span.kind for span in source.spans) == [EDITED, EXACT, EXACT]
    edited = next(span for span in source.spans if span.kind == EDITED)
    assert "获" in edited.text
    assert "取" in edited.source_text


def test_a_text_with_small_edits_throughout_is_a_source_without_an_exact_run(make: Make) -> None:
    changed = "推进农村集体产权制度的改革试点已取得明显成效"
    made = make(row("this", changed), row("other", LAND), row("unrelated", WATER))
    found = made.reuse("this")
    assert (found.shared, found.rate, found.longest) == (0, 0.0, 0)
    assert found.rate_with_edits > 0.8
    assert [(source.report.id, source.chars) for source in found.sources] == [("other", 0)]


# Characters


def test_masked_values_count_nothing_and_break_no_run(make: Make) -> None:
    masked = "全年完成固定资产投资*亿元，增长*%，财政收入突破**万元"
    made = make(row("this", f"甲{masked}。"), row("other", f"乙{masked}，"))
    found = made.reuse("this")
    assert (found.chars, found.shared) == (23, 22)
    span = only_span(found.sources[0])
    assert span.text == span.source_text == masked


def test_a_masked_value_is_equal_to_no_figure(make: Make) -> None:
    masked = "全年完成固定资产投资*亿元用于基础设施建设"
    made = make(row("this", masked), row("other", masked.replace("*", "52")))
    found = made.reuse("this", min_chars=10)
    exact = [span for span in found.sources[0].spans if span.kind == EXACT]
    assert [span.text for span in exact] == ["全年完成固定资产投资", "亿元用于基础设施建设"]


def test_masked_values_alone_are_nothing_in_common(make: Make) -> None:
    made = make(row("this", f"{'*' * 30}甲"), row("other", f"{'*' * 30}乙"))
    found = made.reuse("this", min_chars=5)
    assert (found.chars, found.shared, found.sources) == (1, 0, ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("建成ＡＢ１２３号标准厂房及配套用房", "建成ab123号标准厂房及配套用房"),
        ("發展農村經濟和鄉鎮企業增加農民收入", "发展农村经济和乡镇企业增加农民收入"),
        ("完成⑵项重点工程建设并全部投入使用", "完成(2)项重点工程建设并全部投入使用"),
        ("新增耕地3㎡用于村民小组集体建设用地", "新增耕地3m2用于村民小组集体建设用地"),
        ("零\u200b宽字符不影响全文查重结果的准确性", "零宽字符不影响全文查重结果的准确性"),
        ("各項“工作”，均 已 按 期 完 成 并 且 通 过 验 收", "各项工作均已按期完成并且通过验收"),
    ],
    ids=["width", "traditional", "one of several", "unit", "zero width", "blanks"],
)
def test_the_same_characters_in_another_form_are_the_same(make: Make, one: str, other: str) -> None:
    made = make(row("this", f"甲：{one}。"), row("other", f"乙乙——{other}！"))
    span = only_span(made.reuse("this").sources[0])
    shown = one.replace("\u200b", "")
    assert (span.text, span.source_text) == (shown, other)
    back = only_span(made.reuse("other").sources[0])
    assert (back.text, back.source_text) == (other, shown)


def test_a_span_stands_in_its_passage(make: Make) -> None:
    made = make(
        row("this", f"{WATER}。", f"甲{LAND}乙。"),
        row("other", f"{FIRE}。", f"{CLINIC}。{SCHOOL}。", f"丙{LAND}。"),
    )
    span = only_span(made.reuse("this").sources[0])
    assert (span.passage, span.source_passage) == ("this#2", "other#3")


# Time and officials


@pytest.mark.parametrize(
    ("this", "other", "is_later"),
    [
        ({"year": 2023}, {"year": 2022}, False),
        ({"year": 2023}, {"year": 2023}, False),
        ({"year": 2023}, {"year": 2024}, True),
        ({"year": 2023}, {}, False),
        ({}, {"year": 2023}, False),
        ({}, {}, False),
        ({"year": 2023, "date": "2024-01-10"}, {"year": 2023, "date": "2024-02-01"}, True),
        ({"year": 2023, "date": "2024-02-01"}, {"year": 2023, "date": "2024-01-10"}, False),
        ({"year": 2023, "date": "2024-02-01"}, {"year": 2023, "date": "2024-02-01"}, False),
        ({"year": 2023, "date": "2024-02-01"}, {"year": 2023}, False),
        ({"year": 2023}, {"year": 2023, "date": "2024-02-01"}, False),
        ({"year": 2023, "date": "2024-12-01"}, {"year": 2024, "date": "2024-11-01"}, True),
    ],
)
def test_later_reports_reuse_and_all_others_are_sources(
    make: Make, this: dict[str, Any], other: dict[str, Any], is_later: bool
) -> None:
    made = make(row("this", LAND, **this), row("other", f"甲{LAND}", **other))
    found = made.reuse("this")
    assert (ids(found.reused_by), ids(found.sources)) == (
        ({"other"}, set()) if is_later else (set(), {"other"})
    )
    assert found.rate == 1.0
    assert found.rate_from_sources == (0.0 if is_later else 1.0)


def test_reports_of_unknown_officials_are_nobodys_own(make: Make) -> None:
    made = make(row("this", LAND, year=2023), row("other", f"甲{LAND}", year=2022))
    found = made.reuse("this")
    assert not found.sources[0].is_own
    assert (found.rate, found.rate_without_own) == (1.0, 1.0)
    assert not made.pairs().pairs[0].is_own


def test_whose_a_report_is_stands_in_the_table_beside_the_files(
    folder: Callable[[dict[str, str]], Path],
) -> None:
    root = folder(
        {
            "a.txt": LAND,
            "b.txt": f"甲{LAND}",
            "c.txt": f"乙{LAND}",
            "metadata.csv": f"id,official,year\na.txt,{MAYOR},2023\nb.txt,{MAYOR},2022\nc.txt,{CHIEF},2024\n",
        }
    )
    archive = Archive.in_memory()
    archive.index([root])
    found = archive.reuse("a.txt")
    assert [(source.report.id, source.is_own) for source in found.sources] == [("b.txt", True)]
    assert [(source.report.id, source.is_own) for source in found.reused_by] == [("c.txt", False)]


# Formulae


def officials(count: int, holders: int, text: str) -> list[Row]:
    """Reports of so many officials, the first of whom have the text."""
    made = []
    for number in range(count):
        name = chr(0x4E00 + 100 + number)
        own = "".join(chr(0x5200 + 40 * number + at) for at in range(20))
        shared = text if number < holders else ""
        made.append(row(f"r{number:02}", f"{own}{shared}{name}", official=f"{name}县县长"))
    return made


@pytest.mark.parametrize(
    ("count", "needed"), [(2, 4), (4, 4), (20, 4), (21, 5), (30, 5), (31, 6), (42, 6), (43, 7)]
)
def test_formulae_take_the_square_root_of_the_officials_and_at_least_four(
    make: Make, count: int, needed: int
) -> None:
    made = make(*officials(count, min(count, needed), LAND))
    found = made.reuse("r00")
    assert found.formula_officials == needed
    assert [formula.text for formula in found.formulae] == ([LAND] if count >= needed else [])
    fewer = made.reuse("r00", formula_officials=needed + 1)
    assert (fewer.formula_officials, fewer.formulae) == (needed + 1, ())


def test_a_formula_is_left_out_of_the_rate_without_formulae(make: Make) -> None:
    made = make(*officials(4, 4, LAND), row("last", f"{LAND}末{ROAD}尾", official=MAYOR))
    found = made.reuse("last")
    assert (found.chars, found.shared) == (42, 20)
    assert found.rate == pytest.approx(20 / 42, abs=1e-4)
    assert found.rate_without_formulae == 0
    assert {only_span(source).kind for source in found.sources} == {FORMULA}
    assert {(source.chars, source.chars_without_formulae) for source in found.sources} == {(20, 0)}
    (formula,) = found.formulae
    assert (formula.text, formula.chars, formula.spans) == (LAND, 20, ((0, 20),))
    assert (formula.reports, formula.officials, formula.is_set_phrase) == (5, 5, False)


def test_a_run_that_is_formula_in_part_is_exact(make: Make) -> None:
    made = make(
        *officials(3, 3, LAND),
        row("a", f"首{LAND}且{ROAD}", official=MAYOR),
        row("b", f"先{LAND}且{ROAD}", official=CHIEF),
    )
    found = made.reuse("a")
    source = next(source for source in found.sources if source.report.id == "b")
    assert (source.chars, source.chars_without_formulae) == (41, 21)
    assert only_span(source).kind == EXACT
    assert found.rate_without_formulae == pytest.approx(21 / 42, abs=1e-4)


def test_a_formula_has_no_digits_and_at_least_eight_characters(make: Make) -> None:
    made = make(*officials(4, 4, f"{LAND[:7]}3{ROAD[:8]}4{CLINIC[:9]}"))
    found = made.reuse("r00")
    assert [formula.text for formula in found.formulae] == [ROAD[:8], CLINIC[:9]]
    assert found.shared == 26
    assert found.rate_without_formulae == pytest.approx(9 / 47, abs=1e-4)


def test_an_officials_many_reports_make_no_formula(make: Make) -> None:
    made = make(*(row(f"r{n}", f"{n}年{LAND}", official=MAYOR, year=n) for n in range(2018, 2024)))
    assert made.reuse("r2020").formulae == ()
    assert made.pairs().formulae == ()


def test_a_set_phrase_is_a_formula_in_one_report(make: Make) -> None:
    made = make(row("this", f"坚持{PHRASE}，{LAND}"), row("other", ROAD))
    (formula,) = [each for each in made.reuse("this").formulae if each.text == PHRASE]
    assert (formula.is_set_phrase, formula.reports) == (True, 1)
    assert (formula.spans, formula.passages) == (((2, 22),), ("this#1",))
    # In the list of an index it stands from the second report on.
    assert made.pairs().formulae == ()
    made = make(row("this", f"坚持{PHRASE}，{LAND}"), row("other", f"{ROAD}。\n{PHRASE}。"))
    found = next(each for each in made.pairs().formulae if each.text == PHRASE)
    assert (found.is_set_phrase, found.reports) == (True, 2)
    assert found.passages == ("other#2", "this#1")


def test_a_set_phrase_is_left_out_of_the_rate_without_formulae(make: Make) -> None:
    made = make(
        row("this", f"坚持{PHRASE}，{LAND}", official=MAYOR),
        row("other", f"始终{PHRASE}，{LAND}", official=DEPUTY),
    )
    found = made.reuse("this")
    assert (found.chars, found.shared) == (42, 40)
    assert found.rate_without_formulae == pytest.approx(20 / 42, abs=1e-4)
    (pair,) = made.pairs().pairs
    assert (pair.chars, pair.source_chars, pair.longest) == (20, 20, 40)


def test_a_users_set_phrases_are_formulae(make: Make) -> None:
    made = make(
        row("this", f"甲{LAND[:12]}，{LAND[12:]}", official=MAYOR),
        row("other", f"乙{LAND}", official=DEPUTY),
        vocabulary=f'set_phrases = ["{LAND[:6]}、{LAND[6:]}"]\n',
    )
    found = made.reuse("this")
    assert found.rate == pytest.approx(20 / 21, abs=1e-4)
    assert found.rate_without_formulae == 0
    (formula,) = found.formulae
    assert ComparableText.of(formula.text).text == LAND
    assert (formula.is_set_phrase, formula.reports, formula.officials) == (True, 2, 2)
    assert formula.spans == ((1, 22),)
    assert made.pairs().pairs == ()


# Few reports, and nothing in them


def test_one_report_shares_nothing(make: Make) -> None:
    made = make(row("this", f"{LAND}。{LAND}。"))
    found = made.reuse("this")
    assert (found.chars, found.shared, found.rate, found.reports) == (40, 0, 0.0, 1)
    assert found.sources == found.reused_by == ()
    pairs = made.pairs()
    assert (pairs.reports, pairs.chars, pairs.matched, pairs.pairs) == (1, 40, 0, ())


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_an_empty_index_has_no_pairs_and_no_report(tmp_path: Path, kind: str) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(LAND, encoding="utf-8")
    with Archive.in_memory() if kind == "memory" else Archive.create(tmp_path / "index") as archive:
        pairs = archive.reuse_pairs()
        with pytest.raises(NotFoundError):
            archive.reuse("this")
        found = archive.reuse(against=draft)
    assert (pairs.reports, pairs.chars, pairs.matched, pairs.matched_formulae) == (0, 0, 0, 0)
    assert (found.chars, found.shared, found.reports, found.sources) == (20, 0, 0, ())


def test_a_report_of_punctuation_alone_shares_nothing(make: Make) -> None:
    made = make(row("this", "——。*、*……"), row("other", "——。*、*……"), row("third", LAND))
    found = made.reuse("this", min_chars=5)
    assert (found.chars, found.shared, found.rate, found.rate_with_edits) == (0, 0, 0.0, 0.0)
    assert made.pairs().matched == 0
    assert made.reuse("third").shared == 0


# All pairs


def test_pairs_are_reckoned_without_formulae_and_the_later_first(make: Make) -> None:
    made = make(
        row("early", f"甲{LAND}。{ROAD}", title="早", official=MAYOR, year=2021),
        row("late", f"{LAND}。{ROAD}乙{CLINIC}丙{LAND}", title="晚", official=MAYOR, year=2023),
        row("other", f"丁{CLINIC}", title="他", official=DEPUTY, year=2022),
        row("unrelated", WATER, official=CHIEF, year=2022),
    )
    pairs = made.pairs()
    assert (pairs.reports, pairs.chars, pairs.min_chars) == (4, 41 + 82 + 21 + 20, 13)
    assert pairs.matched == 2
    assert pairs.pairs == (
        ReusePair("late", "晚", "early", "早", True, 60, 40, 0.731707, 0.97561, 40),
        ReusePair("late", "晚", "other", "他", False, 20, 20, 0.243902, 0.952381, 20),
    )
    assert made.pairs(limit=1).pairs == pairs.pairs[:1]
    assert made.pairs(limit=1).matched == 2
    assert made.pairs(limit=0).pairs == ()


@pytest.fixture(scope="module")
def shipped_pairs(shipped_archive: Archive) -> ReusePairs:
    return shipped_archive.reuse_pairs(limit=1000)


def test_pairs_agree_with_each_report_by_itself(
    shipped_archive: Archive, shipped_pairs: ReusePairs
) -> None:
    pairs = shipped_pairs
    assert len(pairs.pairs) == pairs.matched > 10
    by_report: dict[str, dict[str, Source]] = {}
    for info in shipped_archive.infos():
        found = shipped_archive.reuse(info.id)
        check(found, shipped_archive)
        by_report[info.id] = {
            source.report.id: source for source in found.sources + found.reused_by
        }
    for pair in pairs.pairs:
        there = by_report[pair.report].pop(pair.source)
        back = by_report[pair.source].pop(pair.report)
        assert (there.chars_without_formulae, there.is_own) == (pair.chars, pair.is_own)
        assert back.chars_without_formulae == pair.source_chars
        assert there.longest == back.longest == pair.longest
    # What is left has no more than the ends of runs whose rest is formula.
    left = [source for rest in by_report.values() for source in rest.values()]
    assert all(source.chars_without_formulae < pairs.min_chars for source in left)


def test_formulae_of_an_index_count_its_reports_and_officials(make: Make) -> None:
    again = row("again", f"再{LAND}", official=f"{chr(0x4E00 + 100)}县县长")
    made = make(*officials(5, 4, LAND), again)
    pairs = made.pairs()
    assert pairs.matched_formulae == len(pairs.formulae) == 1
    (formula,) = pairs.formulae
    assert (formula.text, formula.chars, formula.reports, formula.officials) == (LAND, 20, 5, 4)
    assert made.pairs(limit=0).formulae == ()
    assert made.pairs(limit=0).matched_formulae == 1


# Drafts


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_a_draft_is_compared_as_a_report_would_be(make: Make, tmp_path: Path, kind: str) -> None:
    made = make(
        row("own", f"首先{LAND}", official=MAYOR, year=2021),
        row("other", f"其次{ROAD}", official=DEPUTY, year=2021),
    )
    path = tmp_path / f"draft.{kind}"
    paragraphs = (f"甲{LAND}。", f"乙{ROAD}。", f"丙{WATER}。")
    if kind == "docx":
        write_docx(path, *paragraphs)
    else:
        path.write_text("\n".join(paragraphs), encoding="gb18030")
    found = made.reuse(against=path, official=MAYOR)
    assert (found.is_draft, found.reports, found.chars, found.shared) == (True, 2, 63, 40)
    assert found.rate == pytest.approx(40 / 63, abs=1e-4)
    assert found.rate_without_own == pytest.approx(20 / 63, abs=1e-4)
    assert {source.report.id: source.is_own for source in found.sources} == {
        "own": True,
        "other": False,
    }
    named = {span.passage for source in found.sources for span in source.spans}
    assert named == {f"{path.name}#1", f"{path.name}#2"}
    assert found.report.id == path.name
    assert not any(source.is_own for source in made.reuse(against=path).sources)


def test_a_draft_counts_for_no_formula(make: Make, tmp_path: Path) -> None:
    made = make(*officials(6, 3, LAND))
    path = tmp_path / "draft.txt"
    path.write_text(f"甲{LAND}乙", encoding="utf-8")
    found = made.reuse(against=path, official=MAYOR)
    assert (found.formula_officials, found.formulae) == (4, ())
    assert found.rate_without_formulae == found.rate
    (formula,) = made.reuse(against=path, official=MAYOR, formula_officials=3).formulae
    assert (formula.text, formula.reports, formula.officials) == (LAND, 3, 3)


def test_a_draft_is_not_compared_with_the_report_read_from_its_file(
    folder: Callable[[dict[str, str]], Path],
) -> None:
    root = folder({"a.txt": LAND, "下/b.txt": f"甲{LAND}", "c.txt": ROAD})
    archive = Archive.in_memory()
    archive.index([root])
    found = archive.reuse(against=root / "a.txt")
    assert found.left_out == ("a.txt",)
    assert ids(found.sources) == {"下/b.txt"}
    with chdir(root / "下"):
        assert archive.reuse(against="b.txt").left_out == ("下/b.txt",)
        assert archive.reuse(against="../c.txt").sources == ()
    elsewhere = Path(shutil.copy(root / "a.txt", root.parent / "copy.txt"))
    assert archive.reuse(against=elsewhere).left_out == ()
    assert ids(archive.reuse(against=elsewhere).sources) == {"a.txt", "下/b.txt"}


UNIQUE = "鼗黻龠彝斝簋觚觯"


def holding(unique: str, *places: Path) -> list[Path]:
    wanted = (unique.encode(), unique.encode("utf-16-le"), unique.encode("gb18030"))
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return [path for path in files if any(form in path.read_bytes() for form in wanted)]


def contents(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["txt", "docx"])
def test_nothing_of_a_draft_stays_on_disk(
    shipped_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    temporary, drafts = tmp_path / "temporary", tmp_path / "drafts"
    temporary.mkdir()
    drafts.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    text = f"{UNIQUE}，{PHRASE}，{LAND}"
    draft = drafts / f"draft.{kind}"
    if kind == "docx":
        write_docx(draft, text)
    else:
        draft.write_text(text, encoding="utf-8")
    before = contents(shipped_copy), contents(drafts)
    with Archive.open(shipped_copy) as archive:
        commit = archive._engine.commit_id()
        found = archive.reuse(against=draft)
        assert UNIQUE in found.text
        assert archive._engine.commit_id() == commit
        assert holding(UNIQUE, shipped_copy, temporary) == []
        assert UNIQUE not in "".join(report.text for report in archive.reports())
    assert holding(UNIQUE, shipped_copy, temporary) == []
    assert (contents(shipped_copy), contents(drafts)) == before
    assert contents(temporary) == {}


# Errors


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("none.txt", None),
        (".", None),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("half.docx", b"PK\3\4 half a Word file"),
        ("sheet.xlsx", b"PK\3\4"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("program.txt", bytes(range(256)) * 20),
        ("rows.jsonl", b'{"id": "a", "text": "b"}\n'),
        ("a\0b.txt", None),
    ],
)
def test_a_draft_that_cannot_be_read_is_an_error_of_one_line(
    make: Make, tmp_path: Path, name: str, data: bytes | None
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    made = make(row("this", LAND))
    with pytest.raises(ExtractError) as caught:
        made.disk.reuse(against=path)
    message = str(caught.value)
    assert message
    assert "\n" not in message
    assert str(tmp_path) in message


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({"report": "none"}, NotFoundError),
        ({"report": "th"}, NotFoundError),
        ({"report": ""}, NotFoundError),
        ({"report": "this", "against": "a.txt"}, QueryError),
        ({"report": "this", "min_chars": 0}, QueryError),
        ({"report": "this", "min_chars": 4}, QueryError),
        ({"report": "this", "min_chars": -13}, QueryError),
        ({"report": "this", "min_chars": 12.5}, QueryError),
        ({"report": "this", "min_chars": "13"}, QueryError),
        ({"report": "this", "min_chars": True}, QueryError),
        ({"report": "this", "min_chars": None}, QueryError),
        ({}, QueryError),
        ({"report": "this", "formula_officials": 1}, QueryError),
        ({"report": "this", "formula_officials": 2.5}, QueryError),
        ({"against": "a.txt", "official": " "}, QueryError),
    ],
)
def test_what_cannot_be_asked_is_an_error_of_one_line(
    make: Make, options: dict[str, Any], kind: type[ReportSearchError]
) -> None:
    made = make(row("this", LAND), row("that", ROAD))
    with pytest.raises(kind) as caught:
        made.disk.reuse(**options)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"min_chars": 0},
        {"formula_officials": 1},
        {"formula_officials": 0},
        {"limit": -1},
        {"limit": 2.5},
    ],
)
def test_what_cannot_be_asked_of_all_reports(make: Make, options: dict[str, Any]) -> None:
    made = make(row("this", LAND), row("that", ROAD))
    with pytest.raises(QueryError, match=next(iter(options))):
        made.disk.reuse_pairs(**options)


def test_without_a_report_the_method_for_all_reports_is_named(make: Make) -> None:
    made = make(row("this", LAND), row("that", ROAD))
    with pytest.raises(QueryError, match="reuse_pairs compares all reports"):
        made.disk.reuse()


@pytest.mark.parametrize("options", [{}, {"report": "this"}])
def test_an_official_is_asked_for_with_a_draft_only(make: Make, options: dict[str, Any]) -> None:
    made = make(row("this", LAND), row("that", ROAD))
    with pytest.raises(QueryError):
        made.disk.reuse(official=MAYOR, **options)


def test_thresholds_beyond_every_text_find_nothing(make: Make) -> None:
    made = make(row("this", LAND), row("that", f"甲{LAND}"))
    found = made.reuse("this", min_chars=10**12, formula_officials=10**12)
    assert (found.shared, found.sources, found.formulae) == (0, (), ())
    assert made.pairs(min_chars=10**12, formula_officials=10**12).matched == 0


# The same reports, the same answers


def test_the_order_in_which_reports_are_indexed_changes_nothing(
    shipped_archive: Archive, tmp_path: Path
) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    reports = list(shipped_archive.reports())[::3]
    texts = {f"{Path(report.id).stem}.txt": report.text for report in reports}
    names = sorted(texts)

    def write(chosen: list[str]) -> None:
        for name in chosen:
            (root / name).write_text(texts[name], encoding="utf-8")

    rows = [f"{name},{at % 5}县县长,{2020 + at % 4}\n" for at, name in enumerate(names)]
    (root / "metadata.csv").write_text("id,official,year\n" + "".join(rows), encoding="utf-8")
    grown = Archive.create(tmp_path / "grown")
    for start in (4, 2, 0):
        write(names[start:])
        assert grown.index([root]).failed == ()
    whole = Archive.in_memory()
    assert whole.index([root]).failed == ()
    with grown:
        assert [info.id for info in grown.infos()] == [info.id for info in whole.infos()]
        assert grown.reuse_pairs(limit=1000) == whole.reuse_pairs(limit=1000)
        for info in whole.infos():
            assert grown.reuse(info.id) == whole.reuse(info.id)


def test_the_shipped_reports_give_the_same_answer_in_memory_and_on_disk(
    shipped_archive: Archive, shipped_memory: Archive, shipped_pairs: ReusePairs
) -> None:
    assert shipped_pairs == shipped_memory.reuse_pairs(limit=1000)
    for info in shipped_archive.infos()[::4]:
        assert shipped_archive.reuse(info.id) == shipped_memory.reuse(info.id)


# A report made out of last year's

LAST_YEAR = (
    "一年来，全县完成固定资产投资52.3亿元，同比增长9.1%，新开工亿元以上项目17个，工业经济稳中有进。",
    "扎实推进农村人居环境整治，改造户厕3200座，建成污水处理设施46处，农村面貌焕然一新。",
    "坚持把群众满意作为第一标准，办理信访事项218件，化解积案31件，社会大局和谐稳定。",
    "义务教育阶段新增学位1500个，招聘教师96名，县第二中学迁建工程主体完工。",
    "严格落实安全生产责任，开展执法检查412次，整改隐患873处，未发生较大以上事故。",
)
THIS_YEAR = (
    LAST_YEAR[0].replace("52.3", "61.7").replace("9.1", "8.4").replace("17", "23"),
    "粮食播种面积稳定在六十万亩，茶叶、油茶两大特色产业链产值实现翻番。",
    LAST_YEAR[2].replace("218", "194").replace("31", "27"),
    "引进三甲医院合作共建医联体，县域内就诊率逐步回升，看病难题得到缓解。",
    LAST_YEAR[4].replace("412", "530").replace("873", "901"),
)


def test_a_piece_of_a_run_that_a_paragraph_cuts_knows_the_whole(make: Make) -> None:
    one, two = LAND[:9], ROAD[:11]
    made = make(row("this", f"甲{one}", two), row("other", f"乙{one}", two))
    places = made.reuse("this").sources[0].places
    assert [(place.chars, place.run) for place in places] == [(9, 20), (11, 20)]


def test_a_figure_with_a_digit_more_is_a_changed_one(make: Make) -> None:
    line = "庚河出境断面水质持续改善并通过验收，争取流域横向生态补偿资金{}万元，整改了一批沿河入河排污口。"
    made = make(row("this", line.format("3600")), row("last", line.format("600")))
    found = made.reuse("this")
    other = line.format("600")
    (place,) = found.sources[0].places
    shared = [
        (span.kind, found.text[slice(*span.query)], other[slice(*span.passage)])
        for span in place.spans
    ]
    assert [kind for kind, *_ in shared] == ["exact", "edited", "exact"]
    assert shared[1][1:] == ("3600", "600")
    assert not any("600" in now for kind, now, _ in shared if kind != "edited")


def test_a_report_made_out_of_last_years_is_found_with_its_changed_figures(make: Make) -> None:
    made = make(
        row("2023", *THIS_YEAR, official=MAYOR, year=2023),
        row("2022", *LAST_YEAR, official=MAYOR, year=2022),
        row("unrelated", f"{WATER}。{FIRE}。", official=CHIEF, year=2022),
    )
    found = made.reuse("2023")
    this, last = (ComparableText.of("\n".join(text)).text for text in (THIS_YEAR, LAST_YEAR))
    exact = brute_force.covered(this, last, 13)
    assert found.shared == len(exact) > 30
    assert found.rate == pytest.approx(len(exact) / len(this), abs=1e-4)
    assert found.rate_without_own == 0
    assert [(source.report.id, source.is_own) for source in found.sources] == [("2022", True)]
    copied = sum(len(ComparableText.of(THIS_YEAR[at]).text) for at in (0, 2, 4))
    assert found.rate_with_edits == pytest.approx(copied / len(this), abs=0.05)
    spans = [(span.start, span.end) for span in found.sources[0].spans]
    starts = [found.text.index(paragraph) for paragraph in THIS_YEAR]
    for number, start in enumerate(starts):
        end = start + len(THIS_YEAR[number])
        inside = sum(max(0, min(end, right) - max(start, left)) for left, right in spans)
        assert (inside > 0.8 * (end - start)) if number in {0, 2, 4} else inside < 5
