"""What the printable reports say in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportsearch.models.report import OCR
from reportsearch.models.reuse import Reuse, Source
from reportsearch.output.prose import formatting, reuse, year_on_year
from tests.languages import EN, ZH
from tests.output import printed


@pytest.fixture
def result(tmp_path: Path) -> Reuse:
    return printed.reuse_of(tmp_path)


def test_the_number_of_other_reports_leaves_out_the_report_and_what_is_left_out(
    result: Reuse,
) -> None:
    assert result.reports == 5
    assert reuse.describe_comparison(result, ZH).startswith("与4份其他馆藏报告比对")
    draft = replace(result, is_draft=True)
    assert reuse.describe_comparison(draft, ZH).startswith("与5份其他馆藏报告比对")
    known = replace(draft, left_out=("a.txt", "b.txt"))
    assert reuse.describe_comparison(known, ZH).startswith("与3份其他馆藏报告比对")


def test_what_has_to_be_known_first_is_said(result: Reuse) -> None:
    assert (
        reuse.build_remarks(replace(result, report=replace(result.report, person="甲")), ZH) == []
    )
    (unknown,) = reuse.build_remarks(
        replace(result, report=replace(result.report, person=None)), ZH
    )
    assert "未注明人员" in unknown
    known = replace(result.report, person="甲")
    draft = replace(result, report=known, is_draft=True, left_out=("a.txt", "b.txt"))
    is_draft, left_out = reuse.build_remarks(draft, ZH)
    assert "未写入报告库" in is_draft
    assert left_out.endswith("：a.txt、b.txt。")


def test_a_title_that_was_read_from_a_picture_says_so(result: Reuse) -> None:
    read = replace(result.report, reader=OCR)
    assert formatting.format_title(read, ZH) == f"{result.report.title}（OCR识别，须核对）"
    assert formatting.format_title(result.report, ZH) == result.report.title


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (0, "0.0%"), (0.0001, "<0.1%"), (0.0004, "<0.1%"), (0.0005, "0.1%"), (0.1139, "11.4%"),
        (0.9994, "99.9%"), (0.9996, ">99.9%"), (0.9999, ">99.9%"), (1, "100.0%"),
    ],
)  # fmt: skip
def test_little_is_not_nothing_and_much_is_not_all(rate: float, shown: str) -> None:
    assert formatting.format_percent(rate) == shown


def test_beside_an_own_report_the_likest_of_others_is_named(result: Reuse) -> None:
    one = result.sources[0]
    own, other = (
        replace(
            one, is_own=is_own, chars=chars, rate=chars / 100,
            report=replace(one.report, title=title, person=official),
        )
        for is_own, chars, title, official in (
            (True, 60, "旧的报告", "甲某"), (False, 40, "别的报告", "乙某"),
        )
    )  # fmt: skip

    def name_likest(*sources: Source) -> str:
        found = reuse.build_conclusion(replace(result, sources=sources, reused_by=()), ZH)
        return found[found.index("相似度最高") :]

    assert name_likest(own, other) == (
        "相似度最高的是《旧的报告》（本人，60.0%）；他人报告中相似度最高的是《别的报告》（乙某，40.0%）。"
    )
    assert name_likest(own) == "相似度最高的是《旧的报告》（本人，60.0%）。"
    assert (
        name_likest(replace(own, chars=30), other) == "相似度最高的是《别的报告》（乙某，40.0%）。"
    )


def test_a_section_names_the_sections_its_sentences_come_from() -> None:
    first, gone = printed.yearly().sections
    assert year_on_year.format_counts(first, ZH).endswith(
        "；上一份报告的句子出自：一、监管；（第一个标题之前）"
    )
    assert "出自" not in year_on_year.format_counts(gone, ZH)
    with_source = replace(gone, before=(gone.section,))
    assert "出自" not in year_on_year.format_counts(with_source, ZH)


def test_both_languages_give_the_same_figures(result: Reuse) -> None:
    years = printed.yearly()
    for chinese, english in (
        (reuse.build_key_figures(result, ZH), reuse.build_key_figures(result, EN)),
        (year_on_year.build_key_figures(years, ZH), year_on_year.build_key_figures(years, EN)),
    ):
        assert [figure.value for figure in chinese] == [figure.value for figure in english]
        assert all(figure.name.isascii() and figure.about.isascii() for figure in english)
