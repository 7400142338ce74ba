"""What comparisons promise: of groups by any field, and of the use of a term over them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import Archive, QueryError, ReportSearchError
from reportsearch.analysis.compare.string_counts import StringCounts
from reportsearch.analysis.groups import iter_group_values
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.lexicon import Lexicon
from reportsearch.models.compare import (
    ComparedGroup,
    ComparedTerm,
    Comparison,
    TermString,
)
from reportsearch.normalise import fold
from reportsearch.output.prose.compare_conclusions import build_conclusion, drop_nested_terms
from reportsearch.tokenizer import Tokenizer
from tests.analysis.compare import brute_force as brute
from tests.analysis.compare.brute_force import Piece
from tests.analysis.compare.officials import (
    CARE,
    FILLER,
    REPORTS,
    ROADS,
    TOURISM,
    TRUE,
    Asked,
    plain_group,
)
from tests.languages import EN, ZH
from tests.reports import Both, Row, row, write_rows

WORDS = (
    "旅游 公路 养老院 博物馆 茶叶 水库 桥梁 学校 医院 村庄 果园 苹果 核桃 图书馆 污水 垃圾 森林 河道 渔船 "
    "港口 企业 厂房 商场 集市 粮食 玉米 水稻 牛羊 合作社 大棚 花卉 药材 蔬菜 路灯 公园 体育场 剧院 古镇 "
    "寺庙 书店 邮局 煤矿 电站 光伏 风电 燃气 热力 隧道 铁路 机场"
).split()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("compare"), *REPORTS) as held:
        yield held


def group(found: Comparison, value: str) -> ComparedGroup:
    (one,) = [entry for entry in found.groups if entry.value == value]
    return one


def terms(entry: ComparedGroup) -> list[str]:
    return [term.term for term in entry.terms]


def names(found: Comparison) -> list[str]:
    return [entry.value for entry in found.groups]


# Against plain loops over the passages.


def runs(text: str, tokenizer: Tokenizer, phrases: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The words of a folded text outside set phrases; those that touch are in one run."""
    # Set phrases are found whatever stands between their characters.
    places = [at for at, char in enumerate(text) if char.isalnum()]
    plain = "".join(text[at] for at in places)
    inside: set[int] = set()
    for phrase in phrases:
        at = plain.find(phrase)
        while at >= 0:
            inside.update(range(places[at], places[at + len(phrase) - 1] + 1))
            at = plain.find(phrase, at + 1)
    found: list[list[str]] = []
    reached = -1
    for token in tokenizer.cut(text):
        if token.start in inside:
            reached = -1
            continue
        if token.start != reached:
            found.append([])
        found[-1].append(token.text)
        reached = token.end
    return tuple(map(tuple, found))


def pieces(
    archive: Archive,
    by: str,
    tokenizer: Tokenizer,
    words: Lexicon,
) -> list[Piece]:
    plain = ["".join(filter(str.isalnum, fold(phrase))) for phrase in words.set_phrases]
    found = []
    for report in archive.reports():
        values = [set(iter_group_values(report, passage, by)) for passage in report.passages]
        if by != "portfolio" and not any(values):
            continue
        found += [
            Piece(
                report=report.id,
                official=get_official_key(report.info),
                section="/".join(passage.section),
                values=frozenset(own),
                runs=runs(fold(passage.text), tokenizer, plain),
            )
            for passage, own in zip(report.passages, values, strict=True)
        ]
    return found


def as_words(term: str, given: Sequence[Piece]) -> tuple[str, ...]:
    """How a term is cut where it stands."""
    found = {
        run[first:last]
        for piece in given
        for run in piece.runs
        for first in range(len(run))
        for last in range(first + 1, first + 5)
        if "".join(run[first:last]) == term and last <= len(run)
    }
    (one,) = found
    return one


def units(given: Sequence[Piece], term: Sequence[str]) -> tuple[list[int], list[int]]:
    return brute.by_unit(given, term, sections=len({piece.official for piece in given}) == 1)


def check_group(entry: ComparedGroup, given: Sequence[Piece]) -> None:
    here, rest = brute.sides(given, entry.value, entry.against)
    for side, reports, officials, passages, words in (
        (here, entry.reports, entry.units, entry.passages, entry.words),
        (rest, entry.rest_reports, entry.rest_units, entry.rest_passages, entry.rest_words),
    ):
        assert reports == len({piece.report for piece in side})
        assert officials == len({piece.official for piece in side})
        assert passages == len(side)
        assert words == sum(map(brute.words_in, side))
    assert entry.by_section == (1 in (entry.units, entry.rest_units))
    if entry.by_section:
        assert entry.significant == 0
        assert len(entry.terms) <= entry.candidates <= entry.words * 4
    for term in entry.terms:
        check_term(entry, term, here, rest)


def check_term(
    entry: ComparedGroup, term: ComparedTerm, here: Sequence[Piece], rest: Sequence[Piece]
) -> None:
    cut = as_words(term.term, here)
    one, other = brute.counted(here, cut), brute.counted(rest, cut)
    assert (term.count, term.reports, term.units) == (one.count, one.reports, one.officials)
    assert (term.rest_count, term.rest_reports, term.rest_units) == (
        other.count, other.reports, other.officials,
    )  # fmt: skip
    assert term.per_10k == pytest.approx(one.per_10k, abs=0.006)
    assert term.rest_per_10k == pytest.approx(other.per_10k, abs=0.006)
    ratio = brute.log_ratio(one.count, one.words, other.count, other.words)
    assert term.log_ratio == pytest.approx(ratio, abs=0.001)
    low, high = brute.drawn_interval(*units(here, cut), *units(rest, cut))
    assert term.interval[0] == pytest.approx(low, abs=0.001)
    if other.count:
        assert term.interval[1] == pytest.approx(high, abs=0.001)
    else:
        assert term.interval[1] is None
    assert term.bound == pytest.approx(brute.nearest_to_zero(low, high), abs=0.001)
    assert term.bound > 0
    assert term.dispersion == pytest.approx(brute.dispersion(*units(here, cut)), abs=0.001)
    if entry.by_section:
        assert (term.g2, term.p, term.q) == (None, None, None)
    else:
        wanted = brute.g2(one.officials, one.all_officials, other.officials, other.all_officials)
        assert term.g2 == pytest.approx(wanted, abs=0.006)


def check_example(archive: Archive, entry: ComparedTerm) -> None:
    """The example is where it says, and has the term."""
    example = entry.example
    text = archive.show(example.passage.rpartition("#")[0]).text
    passage = archive.passage(example.passage)
    assert passage.start <= example.start < example.end <= passage.end
    assert fold(text[example.start : example.end]) == entry.term
    assert text.startswith(example.text, example.sentence_start)
    assert example.sentence_start <= example.start


@pytest.mark.parametrize("by", ["official", "year", "decade", "post", "region", "portfolio"])
def test_the_index_on_disk_compares_as_the_one_in_memory(both: Asked, by: str) -> None:
    assert both.disk.compare(by) == both.memory.compare(by)
    assert both.disk.uses(["旅游", "公路"], by) == both.memory.uses(["旅游", "公路"], by)


@pytest.mark.parametrize("by", ["official", "year", "decade", "post", "region", "portfolio"])
@pytest.mark.parametrize("kind", ["words", "phrases"])
def test_groups_are_counted_as_plain_loops_count(
    both: Asked, tokenizer: Tokenizer, words: Lexicon, by: str, kind: str
) -> None:
    found = both.compare(by, terms=kind, top=100)
    given = pieces(both.disk, by, tokenizer, words)
    assert sorted(names(found)) == sorted({value for piece in given for value in piece.values})
    for entry in found.groups:
        check_group(entry, given)
        for term in entry.terms:
            check_example(both.disk, term)


def test_two_groups_are_set_against_each_other(
    both: Asked, tokenizer: Tokenizer, words: Lexicon
) -> None:
    found = both.compare("official", values=["张三", "王五"], pairwise=True, top=100)
    given = pieces(both.disk, "official", tokenizer, words)
    assert [(entry.value, entry.against) for entry in found.groups] == [
        ("张三", "王五"), ("王五", "张三"),
    ]  # fmt: skip
    assert terms(found.groups[0])
    for entry in found.groups:
        check_group(entry, given)
    assert found.pairwise
    assert found.groups[0].rest_words == found.groups[1].words


def test_what_ships_is_counted_as_plain_loops_count(
    shipped_archive: Archive, tokenizer: Tokenizer, words: Lexicon
) -> None:
    found = shipped_archive.compare("year", terms="words", top=2)
    given = pieces(shipped_archive, "year", tokenizer, words)
    assert len(found.groups) > 1
    for entry in found.groups:
        here, rest = brute.sides(given, entry.value)
        assert entry.words == sum(map(brute.words_in, here))
        assert entry.rest_words == sum(map(brute.words_in, rest))
        for term in entry.terms:
            one, other = brute.counted(here, (term.term,)), brute.counted(rest, (term.term,))
            assert (term.count, term.reports, term.units) == (
                one.count, one.reports, one.officials,
            )  # fmt: skip
            assert (term.rest_count, term.rest_units) == (other.count, other.officials)
            check_example(shipped_archive, term)


def written(seed: int) -> list[Row]:
    """Reports of two years by six officials, each with words of an own, in three sections."""
    chance = random.Random(seed)
    rows = []
    for number, official in enumerate(["张三", "李四", "王五", "赵六", "钱七", "孙八"]):
        own = chance.sample(WORDS, 8) + ["农村公路养护", "乡村旅游", TRUE][number % 3 :]
        for year in (2019, 2022):
            parts = [
                f"{heading}、工作\n"
                + "，".join(chance.choice(own if n % 3 else WORDS) for n in range(40))
                for heading in "一二三"
            ]
            rows.append(
                row(f"{number}-{year}", *parts, official=official, year=year,
                    post=("县长", "副县长")[number % 2])
            )  # fmt: skip
    return rows


@pytest.mark.parametrize("kind", ["words", "phrases"])
def test_groups_of_many_reports_are_counted_as_plain_loops_count(
    tmp_path: Path, tokenizer: Tokenizer, words: Lexicon, kind: str
) -> None:
    archive = Archive.in_memory()
    archive.index(write_rows(tmp_path / "rows.jsonl", written(5)))
    for by in ("official", "post", "report"):
        found = archive.compare(by, terms=kind, top=100)
        given = pieces(archive, by, tokenizer, words)
        assert sum(len(entry.terms) for entry in found.groups) > 3
        for entry in found.groups:
            check_group(entry, given)
            for term in entry.terms:
                check_example(archive, term)
    (first, last) = archive.compare("official", values=["张三", "王五"], pairwise=True).groups
    for entry in (first, last):
        assert entry.terms
        check_group(entry, given=pieces(archive, "official", tokenizer, words))


def test_the_rest_is_all_else_that_is_asked_about(both: Asked) -> None:
    everything = group(both.compare("official"), "张三")
    named = both.compare("official", values="张三")
    assert named.groups == (everything,)
    # n1 has no official, so it is in no group and no rest.
    assert (named.reports, named.without) == (7, 1)
    assert everything.rest_reports == 4
    some = both.compare("official", values="张三", where="year=2019")
    assert (some.reports, some.groups[0].reports, some.groups[0].rest_reports) == (2, 1, 1)
    asked = both.compare("official", query="农村公路").groups
    assert [(entry.value, entry.rest_units) for entry in asked] == [("张三", 1), ("李四", 1)]


def test_characters_are_those_of_the_passages(both: Asked) -> None:
    for entry in both.compare("official").groups:
        wanted = sum(
            len(fold(passage.text))
            for report in both.disk.reports()
            if report.info.official == entry.value
            for passage in report.passages
        )
        assert entry.chars == wanted


# What is a term of a group, and what is none.


def test_one_report_makes_no_term_of_a_group(tmp_path: Path) -> None:
    rows = plain_group(
        f"{FILLER}，{'光伏，' * 30}茶叶，茶叶，茶叶", f"{FILLER}，茶叶，茶叶，茶叶",
        f"{FILLER}，茶叶，茶叶，茶叶，茶叶",
        year=2019, name="甲",
    ) + plain_group(*[FILLER] * 5, year=2022, name="乙")  # fmt: skip
    with Asked(tmp_path, *rows) as held:
        entry = group(held.compare("year", terms="words", top=100), "2019")
        assert terms(entry) == ["茶叶"]
        # Once more elsewhere it is still a matter of one report.
        rows[1] = {**rows[1], "text": f"{rows[1]['text']}，光伏"}
        held.index(*rows)
        assert terms(group(held.compare("year", terms="words", top=100), "2019")) == ["茶叶"]


def test_nor_does_it_against_a_rest_of_a_hundred_times_the_words(tmp_path: Path) -> None:
    rows = plain_group(
        f"{FILLER}，{'光伏，' * 30}茶叶，茶叶", f"{FILLER}，茶叶，茶叶", f"{FILLER}，茶叶，茶叶",
        year=2019, name="甲",
    ) + plain_group(*["，".join([FILLER] * 60)] * 5, year=2022, name="乙")  # fmt: skip
    with Asked(tmp_path, *rows) as held:
        assert terms(group(held.compare("year", terms="words", top=100), "2019")) == ["茶叶"]
        # Where the three reports are one official's, one of them can.
        held.index(*({**entry, "official": str(entry["official"])[0]} for entry in rows))
        found = terms(group(held.compare("year", terms="words", top=100), "2019"))
        assert found == ["茶叶", "光伏"]


def test_reports_of_one_official_are_one_unit(tmp_path: Path) -> None:
    texts = [f"{FILLER}，{'光伏，' * 5}"] * 4 + [f"{FILLER}，茶叶，茶叶", f"{FILLER}，茶叶，茶叶"]
    rows = plain_group(*texts, year=2019, name="甲") + plain_group(
        *[FILLER] * 6, year=2022, name="乙"
    )
    with Asked(tmp_path, *rows) as held:
        assert "光伏" in terms(group(held.compare("year", terms="words"), "2019"))
        rows[:4] = [{**entry, "official": "甲某"} for entry in rows[:4]]
        held.index(*rows)
        entry = group(held.compare("year", terms="words"), "2019")
        assert (entry.reports, entry.units) == (6, 3)
        assert "光伏" not in terms(entry)


def test_without_officials_each_report_is_a_unit(tmp_path: Path) -> None:
    rows = [
        {key: value for key, value in entry.items() if key != "official"}
        for entry in plain_group(*[f"{FILLER}，光伏，光伏，光伏"] * 3, year=2019, name="甲")
        + plain_group(*[FILLER] * 4, year=2022, name="乙")
    ]
    with Asked(tmp_path, *rows) as held:
        entry = group(held.compare("year"), "2019")
        assert (entry.units, entry.rest_units, entry.by_section) == (3, 4, False)
        assert [(term.term, term.units) for term in entry.terms] == [("光伏", 3)]


def test_of_a_single_official_nothing_is_significant(both: Asked) -> None:
    for entry in both.compare("official", top=100).groups:
        assert entry.by_section
        assert entry.significant == 0
        assert all((term.g2, term.p, term.q) == (None, None, None) for term in entry.terms)
    # Nor where the rest is one.
    (entry,) = both.compare("year", values="2019", where="year=2019..2021").groups
    assert not entry.by_section
    found = both.compare("year", values="2019", query="official:张三 OR official:李四")
    assert (found.groups[0].units, found.groups[0].rest_units) == (2, 1)
    assert found.groups[0].by_section


def test_what_occurs_once_is_no_term_of_an_official(tmp_path: Path) -> None:
    rows = [row("a", f"{FILLER}，光伏，茶叶，茶叶", official="张三")]
    rows += plain_group(*["，".join([FILLER] * 60)] * 4, year=2022, name="乙")
    with Asked(tmp_path, *rows) as held:
        assert terms(group(held.compare("official", terms="words"), "张三")) == ["茶叶"]


def test_candidates_of_a_single_official_are_the_terms_that_it_has(tmp_path: Path) -> None:
    rows = [
        row("a", "茶叶，光伏，茶叶。", official="张三"),
        row("b", "水库，桥梁，医院。", official="李四"),
        row("c", "水库，学校，隧道，铁路。", official="王五"),
    ]
    with Asked(tmp_path, *rows) as held:
        found = held.compare("official", terms="words")
        assert {entry.value: entry.candidates for entry in found.groups} == {
            "张三": 2, "李四": 3, "王五": 4,
        }  # fmt: skip


def test_places_posts_and_people_are_no_candidates_and_not_significant(tmp_path: Path) -> None:
    own = {"2019": "甲县", "2022": "乙县"}
    rows = [
        row(f"{year}{number}", f"{FILLER}，{place}，{place}", year=int(year), region=place,
            official=f"官{year}{number}")
        for year, place in own.items()
        for number in range(10)
    ]  # fmt: skip
    with Asked(tmp_path, *rows) as held:
        named = held.compare("year", terms="words")
        assert [entry.significant for entry in named.groups] == [0, 0]
        single = group(held.compare("official", terms="words"), "官20190")
    rows = [{**entry, "region": "丙县"} for entry in rows]
    with Asked(tmp_path, *rows) as held:
        found = held.compare("year", terms="words")
        assert [terms(entry) for entry in found.groups] == [["甲县"], ["乙县"]]
        assert [entry.significant for entry in found.groups] == [1, 1]
        assert [entry.candidates - 2 for entry in found.groups] == [
            entry.candidates for entry in named.groups
        ]
        other = group(held.compare("official", terms="words"), "官20190")
        assert other.candidates == single.candidates + 1


def test_reports_of_set_phrases_alone_are_reports(
    tmp_path: Path, tokenizer: Tokenizer, words: Lexicon
) -> None:
    rows = [
        row("a", "茶叶丰收。", official="张三", year=2021),
        row("b", TRUE, official="李四", year=2021),
        row("c", TRUE, official="王五", year=2022),
    ]
    with Asked(tmp_path, *rows) as held:
        found = held.compare("year")
        for entry in found.groups:
            check_group(entry, pieces(held.disk, "year", tokenizer, words))
        assert [(entry.reports, entry.units) for entry in found.groups] == [(2, 2), (1, 1)]


def test_a_term_of_one_section_is_less_certain_than_one_of_all(tmp_path: Path) -> None:
    parts = [f"{number}、水利\n{FILLER}，茶叶，茶叶" for number in "一二三四五六"]
    parts[0] += "，光伏" * 12
    rows = [row("a", *parts, official="张三"), *plain_group(*[FILLER] * 6, year=2022, name="乙")]
    with Asked(tmp_path, *rows) as held:
        found = {
            term.term: term
            for term in group(held.compare("official", terms="words", top=100), "张三").terms
        }
        assert found["茶叶"].count == 12
        assert found["茶叶"].dispersion < 0.1
        assert "光伏" not in found or found["光伏"].bound < found["茶叶"].bound - 1


def test_masked_numbers_set_phrases_and_years_are_no_terms(
    tmp_path: Path, tokenizer: Tokenizer
) -> None:
    text = "收入*亿元，确保政令畅通，2019年建成，203个村，"
    rows = plain_group(*[f"{FILLER}，{text * 3}茶叶，茶叶，茶叶"] * 3, year=2019, name="甲")
    rows += plain_group(*[FILLER] * 4, year=2022, name="乙")
    with Asked(tmp_path, *rows) as held:
        entry = group(held.compare("year", top=100), "2019")
        found = terms(entry)
        assert "茶叶" in found
        assert not any("*" in term or "亿元" in term for term in found)
        assert not any(term in "确保政令畅通" for term in found)
        assert {"2019年", "203个村", "2019", "203"}.isdisjoint(found)
        # Words of set phrases are not counted among the words either.
        whole = tokenizer.cut(fold(str(rows[0]["text"])))
        assert entry.words == 3 * (len(whole) - 3 * len(tokenizer.cut("确保政令畅通")))


def test_a_set_phrase_does_not_go_over_the_end_of_a_passage(
    tmp_path: Path, tokenizer: Tokenizer
) -> None:
    paragraphs = ["茶叶丰收，确保政令", "畅通，水库蓄水"]
    with Asked(tmp_path, row("a", *paragraphs, year=2019)) as held:
        assert len(held.disk.show("a").passages) == 2
        (entry,) = held.compare("year").groups
        assert entry.words == sum(len(tokenizer.cut(text)) for text in paragraphs)
        held.index(row("a", "".join(paragraphs), year=2019))
        (entry,) = held.compare("year").groups
        assert entry.words == len(tokenizer.cut("茶叶丰收，，水库蓄水"))


def test_places_posts_and_people_are_no_terms(tmp_path: Path) -> None:
    text = f"{FILLER}，大方县副县长张三丰带队，毕节市出资，大方县副县长张三丰，茶叶，茶叶，茶叶"
    rows = [
        row(f"a{n}", text, official=f"张三丰{n or ''}", year=2019, region="贵州省毕节市大方县",
            post="副县长")
        for n in range(3)
    ]  # fmt: skip
    rows += plain_group(*[FILLER] * 4, year=2022, name="乙")
    with Asked(tmp_path, *rows) as held:
        found = terms(group(held.compare("year", top=100), "2019"))
        assert "茶叶" in found
        for name in ("大方县", "毕节", "张三丰", "副县长"):
            assert not any(term.startswith(name) for term in found)


def test_a_term_inside_a_longer_one_is_not_told_twice(both: Asked) -> None:
    found = terms(group(both.compare("portfolio", top=100), "交通运输"))
    assert "农村公路" in found
    assert "农村" not in found


def test_words_are_single_words(both: Asked, tokenizer: Tokenizer) -> None:
    found = both.compare("portfolio", terms="words", top=100)
    assert any(terms(entry) for entry in found.groups)
    for entry in found.groups:
        for term in terms(entry):
            assert [token.text for token in tokenizer.cut(term)] == [term]
    phrases = terms(group(both.compare("portfolio", top=100), "交通运输"))
    assert any(len(tokenizer.cut(term)) > 1 for term in phrases)
    assert found.terms == "words"


def test_the_first_terms_are_the_same_however_many_are_wanted(both: Asked) -> None:
    few, many = (both.compare("portfolio", top=top) for top in (1, 100))
    for short, long in zip(few.groups, many.groups, strict=True):
        assert short.terms == long.terms[:1]
        assert [term.bound for term in long.terms] == sorted(
            (term.bound for term in long.terms), reverse=True
        )
    assert all(entry.terms == () for entry in both.compare("portfolio", top=0).groups)


def test_terms_that_all_groups_use_are_shared(both: Asked) -> None:
    found = both.compare("year", values=["2019", "2021"], top=100)
    shared = {entry.term: entry for entry in found.shared}
    assert "养老院" in shared
    assert "乡村旅游" not in shared
    rates = shared["养老院"].groups
    assert [(rate.value, rate.count, rate.reports) for rate in rates] == [
        ("2019", 4, 2), ("2021", 2, 1),
    ]  # fmt: skip
    for entry in found.shared:
        per_10k = [rate.per_10k for rate in entry.groups]
        assert 0 < max(per_10k) <= 2.001 * min(per_10k)
        for rate in entry.groups:
            assert rate.example is not None
            assert fold(entry.term) in fold(rate.example.text)
            assert both.disk.show(rate.example.passage.rpartition("#")[0]).info.year == int(
                rate.value
            )
    assert both.compare("year", values="2019").shared == ()
    # Most frequent first.
    least = [min(rate.per_10k for rate in entry.groups) for entry in found.shared]
    assert least == sorted(least, reverse=True)


def test_what_half_of_a_groups_officials_do_not_use_is_not_shared(tmp_path: Path) -> None:
    rows = plain_group(*[f"{FILLER}，光伏，茶叶，茶叶"] * 3, year=2019, name="甲")
    rows += plain_group(
        f"{FILLER}，光伏，{'茶叶，' * 6}",
        f"{FILLER}，光伏",
        f"{FILLER}，光伏",
        year=2022,
        name="乙",
    )
    with Asked(tmp_path, *rows) as held:
        shared = [entry.term for entry in held.compare("year", terms="words", top=100).shared]
        assert "光伏" in shared
        assert "茶叶" not in shared


def test_shared_terms_are_about_as_frequent_and_no_names(tmp_path: Path) -> None:
    first = "茶叶，" * 20 + "光伏，" * 4 + "路灯，" * 6 + "隧道，" * 5 + "大方县，" * 5
    last = "茶叶，" * 13 + "光伏，" * 10 + "路灯，" * 8 + "隧道，" * 10 + "大方县，" * 5
    rows = [
        row(f"{year}{n}", text, official=f"{year}{n}", year=year, region="大方县")
        for year, text in ((2019, first), (2022, last))
        for n in range(3)
    ]
    with Asked(tmp_path, *rows) as held:
        # 光伏 is over twice as frequent; 隧道 comes after 路灯 by the group that has less of it.
        found = held.compare("year", terms="words", top=100)
        assert [entry.term for entry in found.shared] == ["茶叶", "路灯", "隧道"]
        assert [entry.term for entry in held.compare("year", terms="words", top=1).shared] == [
            "茶叶"
        ]


# Groups.


def test_a_passage_of_two_portfolios_is_in_both(tmp_path: Path) -> None:
    rows = [
        row(
            "a", "一、文旅和民政工作", f"{TOURISM}{CARE}", "二、文旅工作", TOURISM, official="张三"
        ),
        row("b", "一、民政工作", CARE, official="李四"),
        row("c", "乡村公路建成。", official="王五"),
    ]
    with Asked(tmp_path, *rows) as held:
        portfolios = [p.portfolios for p in held.disk.show("a").passages]
        assert portfolios[0] == ("文旅", "民政")
        found = held.compare("portfolio")
        assert {entry.value: (entry.passages, entry.rest_passages) for entry in found.groups} == {
            "文旅": (2, 2), "民政": (2, 2),
        }  # fmt: skip
        # Passages without a portfolio are part of the rest.
        assert (found.reports, found.without) == (3, 0)
        apart = held.compare("portfolio", values=["文旅", "民政"], pairwise=True)
        assert apart.both == 1
        assert [(entry.passages, entry.rest_passages) for entry in apart.groups] == [(1, 1)] * 2


def test_years_can_be_ranges(both: Asked) -> None:
    found = both.compare("year", values=["2019..2021", "2023"])
    assert [(entry.value, entry.reports) for entry in found.groups] == [
        ("2019..2021", 4), ("2023", 2),
    ]  # fmt: skip
    # What is in both of two ranges is left out of both.
    apart = both.compare("year", values=["2019..2021", "2021..2023"], pairwise=True)
    assert apart.both == sum(
        len(report.passages) for report in both.disk.reports() if report.info.year == 2021
    )
    assert [(entry.reports, entry.rest_reports) for entry in apart.groups] == [(2, 2)] * 2
    beside = both.compare("year", values=["2019..2021", "2021..2023"])
    assert [entry.reports for entry in beside.groups] == [4, 4]


def test_parts_of_values_and_other_ways_to_write_them(both: Asked) -> None:
    assert names(both.compare("official", values=["五", "张"])) == ["王五", "张三"]
    assert names(both.compare("portfolio", values="文化和旅游")) == ["文旅"]
    assert names(both.compare("decade", values="2020年代")) == ["2020-2029"]
    assert names(both.compare("decade", values="2010s")) == ["2010-2019"]
    assert names(both.compare("年份", values="２０１９")) == ["2019"]
    assert names(both.compare("report", values=["z1", "k"])) == ["z1", "k1"]
    assert names(both.compare("official", values=["张三", "张"])) == ["张三"]
    # 县长 is a value, though part of another.
    assert names(both.compare("post", values="县长")) == ["县长"]
    assert names(both.compare("post")) == ["副县长", "县长"]


@pytest.mark.parametrize(
    ("by", "values", "said"),
    [
        (
            "official",
            "钱七",
            "no report has official '钱七'; available: 张三、李四、王五、赵六",
        ),
        (
            "region",
            "县",
            "'县' matches 2 values of region: 乙县、甲县; give a longer part of the value",
        ),
        (
            "year",
            "20",
            "'20' matches 3 values of year: 2019、2021、2023; give a longer part of the value",
        ),
        ("year", "2023..2019", "2023 is after 2019; swap them: 2019..2023"),
        ("year", "2030..2031", "no report has year '2030..2031'; available: 2019、2021、2023"),
        ("official", "", "no report has official ''; available: 张三、李四、王五、赵六"),
        ("level", "省", "no report has level '省'; available: 县"),
        ("portfolio", "教育", "no report has portfolio '教育'; available: "),
        ("portfolio", "天外", "no portfolio is called '天外'"),
        ("report", "zzz", "no report's id or title contains 'zzz'"),
        ("report", "1", "'1' matches 5 reports: "),
    ],
)
def test_values_that_there_are_not_are_told_with_those_that_there_are(
    both: Asked, by: str, values: str, said: str
) -> None:
    for ask in (both.disk.compare, lambda by, values: both.disk.uses("公路", by, values=values)):
        with pytest.raises(ReportSearchError) as raised:
            ask(by, values=values)
        assert str(raised.value).startswith(said)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": "title"}, "by must be one of report, official, portfolio, year, decade, post"),
        ({"by": "year", "terms": "letters"}, "terms must be one of words, phrases"),
        ({"by": "year", "top": -1}, "top must be a whole number"),
        ({"by": "year", "where": "colour=red"}, "no field is called 'colour'"),
        ({"by": "year", "query": "("}, "the bracket at character 1 is not closed"),
        ({"by": "year", "pairwise": True}, "pairwise compares two groups"),
        ({"by": "year", "pairwise": True, "values": "2019"}, "pairwise compares two groups"),
        ({"by": "year", "pairwise": True, "values": ["2019"] * 2}, "pairwise compares two groups"),
        (
            {"by": "year", "pairwise": True, "values": ["2019", "2021", "2023"]},
            "pairwise compares two groups",
        ),
    ],
)
def test_what_cannot_be_asked_is_told(both: Asked, options: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError) as raised:
        both.disk.compare(**options)
    assert str(raised.value).startswith(said)
    assert "\n" not in str(raised.value)


def test_nothing_in_the_index_nothing_met_one_report_one_group(tmp_path: Path) -> None:
    empty = Archive.in_memory()
    assert empty.compare("year") == Comparison("year", "phrases", False, 0, 0, 0, (), (), ())
    with pytest.raises(QueryError, match=r"no report has year '2020'$"):
        empty.compare("year", values="2020")
    with Asked(tmp_path, row("a", ROADS, year=2019)) as held:
        found = held.compare("year")
        (entry,) = found.groups
        assert (entry.reports, entry.rest_reports, entry.rest_words) == (1, 0, 0)
        assert (entry.terms, entry.by_section, found.shared) == ((), True, ())
        assert held.compare("official").without == 1
        assert held.compare("official").groups == ()
        assert held.compare("year", where="year=1990").groups == ()
        nothing = held.compare("year", values="2019", where="section=没有")
        assert (nothing.groups, nothing.empty) == ((), ("2019",))
        held.index(*(row(name, ROADS, year=2019, official=name) for name in "abc"))
        (entry,) = held.compare("year").groups
        assert (entry.units, entry.terms) == (3, ())


def test_a_pair_of_which_one_has_no_passage(both: Asked) -> None:
    found = both.compare("official", values=["张三", "王五"], pairwise=True, where="year=2019")
    assert names(found) == ["张三"]
    assert (found.groups[0].rest_words, found.groups[0].terms) == (0, ())


# Chance, and what is no chance.

FIELDS = {
    "year": ("2019", "2022"),
    "post": ("副县长", "副市长"),
    "level": ("县", "市"),
    "region": ("甲县", "乙县"),
    "kind": ("述职报告", "工作总结"),
}


def split_at_random(seed: int, planted: str = "", times: int = 0) -> list[Row]:
    """24 reports of one source, each with words of its own; by each field a split by chance.

    ``planted`` stands so often more in the reports of 2022.
    """
    chance = random.Random(seed)
    texts = []
    for _ in range(24):
        own = chance.sample(WORDS, 12)
        texts.append(
            [
                chance.choice(own) if chance.random() < 0.5 else chance.choice(WORDS)
                for _ in range(150)
            ]
        )
    halves = {name: set(chance.sample(range(24), 12)) for name in FIELDS}
    rows = []
    for number, text in enumerate(texts):
        has = {name: FIELDS[name][number in half] for name, half in halves.items()}
        text += [planted] * times if has["year"] == "2022" else []
        chance.shuffle(text)
        rows.append(row(f"r{number:02}", "，".join(text), official=f"官{number:02}", **has))
    return rows


def test_random_splits_differ_by_nothing(tmp_path: Path) -> None:
    wrong = 0
    for seed in range(4):
        archive = Archive.in_memory()
        archive.index(write_rows(tmp_path / "rows.jsonl", split_at_random(seed)))
        for by in FIELDS:
            found = archive.compare(by, terms="words", top=1000)
            assert [(entry.units, entry.candidates) for entry in found.groups] == [(12, 50)] * 2
            wrong += any(
                term.q is not None and term.q < 0.01
                for entry in found.groups
                for term in entry.terms
            )
            assert all(entry.significant <= 1 for entry in found.groups)
    assert wrong <= 1


def test_what_is_planted_is_found(tmp_path: Path) -> None:
    archive = Archive.in_memory()
    # Of 150 words each has about 3: five times as many.
    archive.index(write_rows(tmp_path / "rows.jsonl", split_at_random(1, "茶叶", 12)))
    found = archive.compare("year", terms="words", top=1000)
    (before, after) = found.groups
    assert (before.value, after.value) == ("2019", "2022")
    first = after.terms[0]
    assert first.term == "茶叶"
    assert 1.5 < first.log_ratio < 3
    assert first.q is not None
    assert first.p is not None
    assert first.p <= first.q < 0.01
    assert after.significant == 1
    assert (before.significant, "茶叶" in terms(before)) == (0, False)
    low, high = first.interval
    assert low is not None
    assert high is not None
    assert 0 < first.bound == low < first.log_ratio < high


def test_twice_the_rate_is_twice_the_rate(tmp_path: Path) -> None:
    rows = plain_group(*[f"{FILLER}，{'茶叶，' * 8}"] * 6, year=2019, name="甲")
    rows += plain_group(
        *[f"{FILLER}，{'茶叶，' * 4}路灯，路灯，路灯，路灯"] * 6, year=2022, name="乙"
    )
    with Asked(tmp_path, *rows) as held:
        found = {
            term.term: term for term in group(held.compare("year", terms="words"), "2019").terms
        }
        assert found["茶叶"].log_ratio == 1.0
        assert found["茶叶"].per_10k == pytest.approx(2 * found["茶叶"].rest_per_10k, abs=0.02)


def test_progress_names_each_stage(both: Asked) -> None:
    calls: list[tuple[int, int, str]] = []
    both.disk.compare("official", progress=lambda *call: calls.append(call))
    assert (0, 7, "Counting words") in calls
    assert [call for call in calls if call[2] == "Comparing"][:4] == [
        (number, 4, "Comparing") for number in range(4)
    ]
    calls.clear()
    both.disk.uses("公路", progress=lambda *call: calls.append(call))
    assert (0, 7, "Finding the terms") in calls


def test_the_order_of_reports_makes_no_difference(both: Asked, tmp_path: Path) -> None:
    with Asked(tmp_path, *reversed(REPORTS)) as held:
        assert held.compare("portfolio", top=100) == both.compare("portfolio", top=100)
        assert held.uses(["公路", "旅游"]) == both.uses(["公路", "旅游"])


# Posts of like rank, what the others say more, and duties.

HARBOUR = "港口扩建，港口开放，港口通航。" * 4
HOMES = CARE * 5
TOURS = TOURISM * 2
OLD = (
    "二、民政",
    HOMES,
    "三、养老",
    HOMES,
    "四、救助",
    HOMES,
    "五、社区",
    HOMES,
    "六、慈善",
    HOMES,
)
TRIPS = ("一、文旅", TOURS, "三、景区", TOURS, "四、乡村旅游", TOURS, "五、宣传", TOURS)
LIKE = [
    row("p1", "我分管交通运输、民政、教育工作。", "一、交通运输", ROADS, *OLD, official="甲",
        post="副县长", year=2022),
    row("p2", "我分管文旅、交通运输工作。", *TRIPS, "六、交通运输", HARBOUR + ROADS, official="乙",
        post="常务副县长", year=2022),
    row("p3", "我分管文旅、交通运输工作。", *TRIPS, "六、交通运输", HARBOUR + ROADS, official="丙",
        post="副市长", year=2022),
    row("p4", "一、文旅", TOURISM, "二、交通运输", HARBOUR, official="丁", post="县长", year=2022),
    row("p5", "一、文旅", "博物馆开馆，博物馆免费。", official="戊", post="教育局局长", year=2022),
]  # fmt: skip


@pytest.fixture(scope="module")
def like(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("like"), *LIKE) as held:
        yield held


def test_an_official_is_compared_with_all_of_like_post(like: Asked) -> None:
    found = like.compare("official", values="甲", where="post=县市政府副职")
    (one,) = found.groups
    assert (one.reports, one.rest_units) == (1, 2)
    assert one.rest_posts == ("副市长", "常务副县长")
    # What they say who are no deputies is not among it.
    assert found.reports == 3


def test_posts_of_like_rank_are_one_group(like: Asked) -> None:
    found = like.compare("post", values=["县市政府副职", "县长"])
    assert [(one.value, one.reports) for one in found.groups] == [("县市政府副职", 3), ("县长", 1)]
    with pytest.raises(QueryError, match="no report has post"):
        like.compare("post", values="乡镇街道正职")


def test_what_most_others_say_and_one_does_not_is_told_with_their_words(like: Asked) -> None:
    (one,) = like.compare("official", values="甲", where="post=县市政府副职").groups
    less = {term.term: term for term in one.less}
    assert "乡村旅游" in less
    for term in one.less:
        assert term.log_ratio < 0
        assert term.bound < 0
        assert 2 * term.rest_units >= one.rest_units
        assert term.example.passage.partition("#")[0] in {"p2", "p3"}
        assert 0 <= term.dispersion <= 1
    assert not set(less) & {term.term for term in one.terms}


def test_of_two_groups_one_lacks_what_sets_the_other_apart(both: Asked) -> None:
    found = both.compare("official", values=["张三", "王五"], pairwise=True, top=50)
    first, second = found.groups
    more = {term.term: term for term in second.terms}
    assert first.less
    for term in first.less:
        assert term.log_ratio == pytest.approx(-more[term.term].log_ratio)


def test_an_officials_duties_that_are_not_reported_are_told(like: Asked) -> None:
    (one,) = like.compare("official", values="甲").groups
    assert one.duties is not None
    assert set(one.duties.declared) == {"交通运输", "民政", "教育"}
    (missing,) = one.duties.not_reported
    assert (missing.portfolio, missing.reports, missing.passages) == ("教育", ("p1",), ("p1#1",))
    assert one.duties.not_declared == ()
    (head,) = like.compare("official", values="丁").groups
    assert head.duties is not None
    assert head.duties.declared == ()
    assert like.compare("year").groups[0].duties is None


def test_a_conclusion_says_what_the_figures_say(like: Asked) -> None:
    found = like.compare("official", values="甲", where="post=县市政府副职")
    (one,) = found.groups
    for t in (ZH, EN):
        said = {sentence.kind: sentence for sentence in build_conclusion(found, one, "甲", t)}
        assert list(said) == ["scope", "alike", "alone", "more", "less", "missing"]
        assert [item.text for item in said["alike"].items] == ["交通运输"]
        assert [item.text for item in said["alone"].items] == ["民政"]
        # What the first sentences tell of is not told again.
        words = [
            term.term
            for term in one.terms
            if term.string and term.string.is_told and term.term not in {"民政", "交通运输"}
        ]
        assert words
        assert [item.text for item in said["more"].items] == words[:5]
        less = [term.term for term in one.less if term.string and term.string.is_told]
        assert [item.text for item in said["less"].items] == less[:5]
        assert [item.text for item in said["missing"].items] == ["教育"]
        for part in ("2022", "副市长"):
            assert part in said["scope"].lead
    zh = [sentence.text for sentence in build_conclusion(found, one, "甲", ZH)]
    assert (
        zh[0]
        == "比较对象：甲的 1 份报告（2022 年）与其他 2 名副市长、常务副县长的 2 份报告（2022 年）。"
    )
    assert re.fullmatch(
        "篇幅占比与同样分管的人员相近（相差不足 5 个百分点）的领域：交通运输（\\d+%，同样分管的另 2 人平均 \\d+%）。",
        zh[1],
    )
    assert zh[2].startswith("所比较的 3 人中，仅甲分管的领域（占比 5% 以上）：民政（")
    assert zh[3].startswith("使用较多的词语（人数过少，未检验）：")
    assert zh[4].startswith("使用较少的词语（人数过少，未检验）：")
    assert "（未使用，对照组每万字" in zh[4]
    assert zh[5] == "列入分工、未检出（按词表和表述检索，请核对原文）：教育。"


# Beside whom.

TEXT = "开了很多次会议，跑了很多个地方，做了很多件事情，解决了很多个问题。" * 10
SHARED = [
    # In charge of 文旅 in the second year alone.
    row("a1", "我分管交通运输工作。", "一、交通运输", ROADS * 8, "二、其他", TEXT, official="甲", post="副县长", year=2021),
    row("a2", "我分管文旅、交通运输工作。", "一、文旅", TOURISM * 4, "二、交通运输", ROADS, "三、其他", TEXT, official="甲",
        post="副县长", year=2022),
    row("b1", "我分管文旅工作。", "一、文旅", TOURISM * 4, "二、其他", TEXT * 3, official="乙", post="副县长", year=2022),
    row("c1", "我分管民政工作。", "一、民政", CARE * 30, "二、其他", TEXT, official="丙", post="副县长", year=2022),
]  # fmt: skip


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("beside"), *SHARED) as held:
        yield held


def test_a_portfolio_is_compared_in_the_reports_of_those_in_charge_of_it(beside: Asked) -> None:
    found = beside.compare("official", values="甲")
    (one,) = found.groups
    rooms = {length.portfolio: length for length in one.portfolios}
    tours = rooms["文旅"]
    of_year = {
        entry.value: {length.portfolio: length for length in entry.portfolios}
        for entry in beside.compare("report").groups
    }
    assert (tours.reference_group, tours.declared, tours.reference_units) == ("declaring", 1, 1)
    assert tours.own_share == of_year["a2"]["文旅"].share > tours.share
    assert tours.reference_share == of_year["b1"]["文旅"].share > tours.rest_share
    # Nobody else is in charge of roads, or writes about them.
    assert (rooms["交通运输"].reference_group, rooms["交通运输"].reference_units) == ("none", 0)
    assert rooms["交通运输"].difference == 0
    said = {sentence.kind: sentence for sentence in build_conclusion(found, one, "甲", ZH)}
    (told,) = said["lengths"].items
    percent = f"{100 * tours.own_share:.0f}%，同样分管的另 1 人 {100 * tours.reference_share:.0f}%"
    assert (told.text, told.about) == ("文旅", f"（分管该领域的 1 份报告中占 {percent}）")
    assert said["alone"].text.startswith(
        "所比较的 3 人中，仅甲分管的领域（占比 5% 以上）：交通运输（"
    )
    # What is no duty of his is not wanting: 民政.
    assert "民政" not in "".join(said[kind].text for kind in ("lengths", "alone"))
    english = {sentence.kind: sentence.text for sentence in build_conclusion(found, one, "甲", EN)}
    assert "the other also in charge" in english["lengths"]


def test_by_report_an_officials_own_other_years_are_nobody_elses(beside: Asked) -> None:
    found = beside.compare("report", values="a2")
    (one,) = found.groups
    rooms = {length.portfolio: length for length in one.portfolios}
    assert (one.rest_units, one.rest_others) == (3, 2)
    assert rooms["交通运输"].reference_group == "none"
    assert rooms["文旅"].reference_units == 1
    scope = build_conclusion(found, one, "报告", ZH)[0].text
    assert scope == (
        "比较对象：报告（1 份报告）与其余 3 份报告（2021–2022）（篇幅占比仅与其他 2 名人员比较）。"
    )


def test_who_declares_no_duties_is_compared_with_everybody(like: Asked) -> None:
    (one,) = like.compare("official", values="丁").groups
    for length in one.portfolios:
        assert length.reference_group == "all"
        assert (length.own_share, length.reference_share) == (length.share, length.rest_share)
    (year,) = like.compare("year", values="2022").groups
    assert {length.reference_group for length in year.portfolios} == {"all"}


def test_nobody_is_said_to_be_alone_in_charge_where_others_do_not_tell(beside: Asked) -> None:
    found = beside.compare("official", values="甲")
    (one,) = found.groups
    assert one.rest_untold == 0
    kinds = {sentence.kind: sentence for sentence in build_conclusion(found, one, "甲", ZH)}
    assert "仅甲分管的领域（占比 5% 以上）：" in kinds["alone"].lead
    said = build_conclusion(found, replace(one, rest_untold=1), "甲", ZH)
    (alone,) = (sentence for sentence in said if sentence.kind == "alone")
    assert alone.lead == "所比较的 3 人中，仅甲涉及的领域（占比 5% 以上）："


def test_heads_of_governments_and_who_declares_nothing_are_counted(like: Asked) -> None:
    (one,) = like.compare("official", values="甲").groups
    # 丁 heads a county, 戊 declares nothing.
    assert one.rest_untold == 2


# Terms as a search finds them.


def test_the_rates_of_a_sentence_are_those_of_the_string(shipped_archive: Archive) -> None:
    where = "post=县市政府副职"
    found = shipped_archive.compare("official", values="乙市副市长", where=where, top=30)
    (one,) = found.groups
    terms = [term for term in (*one.terms, *one.less) if term.string]
    assert len(terms) > 5
    uses = shipped_archive.uses([term.term for term in terms], "official", where=where)
    for term, use in zip(terms, uses.terms, strict=True):
        points = {point.value: point for point in use.points}
        own = points.pop("乙市副市长")
        assert term.string is not None
        assert (term.string.count, term.string.per_10k) == (own.count, own.per_10k)
        assert term.string.rest_count == sum(point.count for point in points.values())
        hits = shipped_archive.search(f'"{term.term}"', where=[where, "official=乙市副市长"])
        assert hits.matched.passages == term.string.passages
    said = {term.term: term.string.is_told for term in terms if term.string}
    # As a word it is his, as a string it is not: 生态环境 stands in the others' as well.
    assert said["生态"] is False
    more = next(one for one in build_conclusion(found, one, "他", ZH) if one.kind == "more")
    for item in more.items:
        assert said[item.text]
        (string,) = (term.string for term in terms if term.term == item.text)
        assert string is not None
        assert item.about.startswith(f"（{string.count} 次，每万字")
        assert string.count >= 5
        assert string.passages >= 2


@given(
    texts=st.lists(st.text("甲乙丙a\ud800", max_size=12), max_size=5),
    terms=st.sets(st.text("甲乙丙a", min_size=1, max_size=4), max_size=8),
)
def test_strings_are_counted_as_str_counts_them(texts: list[str], terms: set[str]) -> None:
    found = StringCounts(texts).count(terms)
    for term in terms:
        rows, counts = found[term]
        wanted = {at: text.count(term) for at, text in enumerate(texts) if term in text}
        assert dict(zip(rows.tolist(), counts.tolist(), strict=True)) == wanted


def test_where_there_is_little_text_nothing_is_concluded(tmp_path: Path) -> None:
    short = row("k1", "我分管教育、供销工作。", "一、教育", "学校建成。" * 20, official="甲")
    long = row("k2", "我分管教育工作。", "一、教育", "幼儿园开园，教师到岗。" * 60, official="乙")
    with Asked(tmp_path, short, long) as held:
        found = held.compare("official")
        first, second = group(found, "甲"), group(found, "乙")
        for entry, words in ((first, "甲的报告篇幅过短（"), (second, "对照文字过少（")):
            said = {
                sentence.kind: sentence.text
                for sentence in build_conclusion(found, entry, entry.value, ZH)
            }
            assert said["short"].startswith(words)
            assert said["short"].endswith("字），不作结论。")
            assert not {"lengths", "alike", "alone", "more", "less", "names"} & set(said)
        assert "列入分工、未检出（按词表和表述检索，请核对原文）：供销。" in {
            one.text for one in build_conclusion(found, first, "甲", ZH)
        }


def test_what_was_not_tested_is_not_called_clear(both: Asked) -> None:
    found = both.compare("portfolio")
    (one, *_) = [entry for entry in found.groups if entry.terms]
    one = replace(one, chars=9_000, rest_chars=9_000)
    string = TermString(9, 3, 10.0, 1, 1, 0.5, is_told=True)
    term = replace(one.terms[0], string=string)
    for q, lead in (
        (0.01, "使用显著较多的词语："),
        (0.2, "使用较多的词语（差异不显著）："),
        (None, "使用较多的词语（人数过少，未检验）："),
    ):
        said = build_conclusion(found, replace(one, terms=(replace(term, q=q),)), "甲", ZH)
        assert [sentence.lead for sentence in said if sentence.kind == "more"] == [lead]
    once = replace(term, string=replace(string, is_told=False))
    said = build_conclusion(found, replace(one, terms=(once,)), "甲", ZH)
    assert not any(sentence.items for sentence in said if sentence.kind == "more")


def test_where_no_duties_are_declared_none_is_said_to_be_missing(like: Asked) -> None:
    found = like.compare("official", values="丁")
    said = build_conclusion(found, found.groups[0], "丁", ZH)
    assert any("未列分工" in one.text for one in said)
    assert not any(one.items for one in said if one.kind == "missing")


# How much is written about each portfolio.


def test_lengths_are_those_of_the_table_of_portfolios(shipped_archive: Archive) -> None:
    found = shipped_archive.compare("official")
    rows = {
        row.value: {one.portfolio: one for one in row.portions}
        for row in shipped_archive.portfolios().rows
    }
    assert len(found.groups) > 10
    for one in found.groups:
        others = [portions for value, portions in rows.items() if value != one.value]
        told = {length.portfolio: length for length in one.portfolios}
        assert list(told) == sorted(
            {name for portions in rows.values() for name in portions} & set(told)
        )
        for name in {name for portions in rows.values() for name in portions}:
            own = rows[one.value].get(name)
            shares = [portions[name].share if name in portions else 0.0 for portions in others]
            divided = [portions[name].divided if name in portions else 0.0 for portions in others]
            if not any(shares) and not (own and own.chars):
                assert name not in told
                continue
            length = told[name]
            assert length.chars == (own.chars if own else 0)
            assert length.share == (own.share if own else 0.0)
            assert length.divided == pytest.approx(own.divided if own else 0.0, abs=2e-6)
            assert length.rest_share == pytest.approx(sum(shares) / len(shares), abs=2e-6)
            assert length.rest_divided == pytest.approx(sum(divided) / len(divided), abs=2e-6)
            assert length.rest_units == sum(share > 0 for share in shares)


def test_lengths_of_two_groups_are_each_others(both: Asked) -> None:
    found = both.compare("official", values=["张三", "王五"], pairwise=True)
    first, second = ({one.portfolio: one for one in group.portfolios} for group in found.groups)
    assert list(first) == list(second)
    for name, one in first.items():
        assert (one.share, one.rest_share) == (second[name].rest_share, second[name].share)
        assert one.difference == pytest.approx(-second[name].difference)


def test_without_portfolios_nothing_is_said_of_them(both: Asked) -> None:
    for entry in both.compare("portfolio").groups:
        assert entry.portfolios == ()
    for entry in both.compare("year").groups:
        assert all(one.chars or one.rest_units for one in entry.portfolios)


def test_what_stands_in_sections_about_everything_stands_out_in_none(like: Asked) -> None:
    found = like.compare("official", values="甲", where="post=县市政府副职")
    (one,) = found.groups
    (length,) = (length for length in one.portfolios if length.portfolio == "交通运输")
    more = replace(
        length, own_share=0.9, own_divided=0.9, reference_share=0.2, reference_divided=0.2
    )
    thin = replace(more, own_divided=0.23)
    assert more.difference > 0.05
    assert 0 < thin.difference < 0.05
    assert replace(more, own_divided=0.1).difference == 0
    shared = replace(more, own_divided=0.5)
    said = build_conclusion(found, replace(one, portfolios=(shared,)), "甲", ZH)
    assert said[1].text.endswith(
        "交通运输（与其他领域合写，合计 90%，同样分管的另 2 人平均 20%）。"
    )
    said = build_conclusion(found, replace(one, portfolios=(thin,)), "甲", ZH)
    assert "lengths" not in {sentence.kind for sentence in said}


def test_what_is_hardly_said_is_not_said_never(like: Asked) -> None:
    found = like.compare("official", values="甲", where="post=县市政府副职")
    (one,) = found.groups
    seldom = replace(one.terms[0], string=TermString(9, 3, 10.0, 1, 1, 0.04, is_told=True))
    said = build_conclusion(found, replace(one, terms=(seldom,), portfolios=()), "甲", ZH)
    assert said[1].text.endswith("（9 次，每万字 10 次，对照组不足 0.1 次）。")


# Names that one official alone has.

PLACES = [
    line
    for number in "一二三四五六七八"
    for line in (
        f"{number}、工作",
        "云栈岭景色好，启川电子投产，壬镇修路，康养村建成，示范村评选，康养产业兴旺。",
        "云栈岭客栈开业，启川电子出口，壬镇治水，康养村开放，示范村挂牌。",
    )
]
LIBRARIES = [
    line
    for number in "一二三四五六七八"
    for line in (f"{number}、工作", "博物馆开馆，图书馆免费，水库蓄水，医院开诊，学校招生。")
]
NAMES = [
    row("s1", *PLACES, official="甲", region="子县", post="副县长"),
    row("s2", *LIBRARIES, official="乙", region="丑县", post="副县长"),
    row("s3", *LIBRARIES, official="丙", region="寅县", post="副县长"),
]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with Asked(tmp_path_factory.mktemp("names"), *NAMES) as held:
        yield held


def test_places_and_firms_of_one_official_are_names_and_stay_in_the_table(named: Asked) -> None:
    (one,) = named.compare("official", values="甲", top=100, terms="phrases").groups
    names = {term.term for term in one.terms if term.is_name}
    assert names == {"云栈岭", "启川电子", "壬镇"}
    # Words of the dictionary, and what also stands without such an ending, make no names.
    assert {"康养村", "示范村"} <= {term.term for term in one.terms}
    found = named.compare("official", values="甲", top=100)
    sentences = build_conclusion(found, one, "甲", ZH)
    said = {sentence.kind: sentence for sentence in sentences}
    # Names of the place are no finding: they come last, and only among those compared.
    assert sentences[-1].lead.startswith("所比较的 3 人中，仅甲提及的")
    assert {item.text for item in said["names"].items} == names
    assert not names & {item.text for item in said["more"].items}


def test_what_others_speak_of_and_what_is_of_no_single_official_is_no_name(named: Asked) -> None:
    for by in ("official", "report"):
        for entry in named.compare(by, top=100).groups:
            for term in (*entry.terms, *entry.less):
                assert not (term.is_name and term.rest_count)
    for by in ("region", "post", "portfolio"):
        for entry in named.compare(by, top=100).groups:
            assert not any(term.is_name for term in entry.terms)


def test_a_users_own_endings_make_names(tmp_path: Path) -> None:
    own = [line.replace("云栈岭", "云栈驿") for line in PLACES]
    rows = [row("u1", *own, official="甲"), row("u2", *LIBRARIES, official="乙")]
    for words, wanted in (
        ("", {"启川电子", "壬镇"}),
        ('[names]\nplaces = ["驿"]\n', {"启川电子", "壬镇", "云栈驿"}),
    ):
        place = tmp_path / str(len(words))
        place.mkdir()
        with Both(place, *rows, vocabulary=words) as held:
            (one,) = held.memory.compare("official", values="甲", top=50).groups
            assert {term.term for term in one.terms if term.is_name} == wanted


def test_what_stands_mostly_inside_a_longer_term_is_not_told_beside_it(named: Asked) -> None:
    (one,) = named.compare("official", values="甲", top=1).groups
    (term,) = one.terms
    short = replace(term, term=term.term[:2], count=term.count + 1)
    often = replace(short, count=2 * term.count)
    assert term.count >= 3
    assert drop_nested_terms([short, term]) == [term]
    assert drop_nested_terms([often, term]) == [often, term]


# What is declared, and how it is treated.


def test_a_duty_is_treated_in_passages_in_words_or_not_at_all(tmp_path: Path) -> None:
    post = row(
        "d1", "我分管交通运输、邮政、教育工作。", "一、交通运输", ROADS + "快递进村也跟着通了。",
        official="甲", post="副县长", year=2022,
    )  # fmt: skip
    other = row("d2", "一、文旅", TOURISM, official="乙", post="副县长", year=2022)
    with Asked(tmp_path, post, other) as held:
        told = held.disk.declared_portfolios("d1")
        assert [(one.portfolio, one.treated) for one in told] == [
            ("交通运输", "passages"),
            ("邮政", "words"),
            ("教育", "nowhere"),
        ]
        assert all(bool(one.passages) == (one.treated != "nowhere") for one in told)
        (mentioned,) = (one for one in told if one.treated == "words")
        assert "快递" in held.disk.passage(mentioned.passages[0]).text
        found = held.compare("official", values="甲")
        (one,) = found.groups
        assert one.duties is not None
        (again,) = one.duties.mentioned
        assert (again.portfolio, again.passages) == ("邮政", mentioned.passages)
        said = [sentence.text for sentence in build_conclusion(found, one, "甲", ZH)]
        number = mentioned.passages[0].rpartition("#")[2]
        assert said[-2:] == [
            f"列入分工，仅提及，无专段：邮政（第 {number} 段）。",
            "列入分工、未检出（按词表和表述检索，请核对原文）：教育。",
        ]
