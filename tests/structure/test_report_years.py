from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def parsed(raw: str, name: str = "", **fields: str) -> Report:
    given = [("sidecar", fields)]
    return structure.parse_report(raw, "id", WORDS, TOKENIZER, name=name, given=given)


@pytest.mark.parametrize(
    ("raw", "year", "reported", "inferred"),
    [
        ("甲县2024年政府工作报告\n一、2023年工作回顾\n做了。", 2024, 2023, ()),
        ("甲县2024年政府工作报告\n各位代表：\n现在报告。", 2024, 2023, ("reported_year",)),
        ("甲县政府工作报告\n（2024年1月8日）\n一、2023年和“十三五”时期工作回顾\n做了。", 2024, 2023, ("year",)),
        ("甲县政府工作报告\n（2021年11月8日）\n各位代表：\n现在报告。", 2021, 2021, ("reported_year", "year")),
        ("甲县政府工作报告\n各位代表：\n一、“十三五”时期工作回顾\n做了。", None, 2020, ("reported_year",)),
        ("2023年度述职报告\n（2024年1月8日）\n正文。", 2023, 2023, ()),
        ("各位代表：\n我代表甲县人民政府向大会作工作报告，请予审议。\n一、2023年工作回顾\n做了。", None, 2023, ()),
        ("一、2014年工作回顾\n一年来，修路3公里。\n二、2015年工作总体要求\n修路5公里。", None, 2014, ()),
        ("一、工作回顾\n一年来，修路3公里。\n2014年工作回顾得失，成绩不小。", None, None, ()),
        ("述职报告\n（2024年1月8日）\n正文。", 2023, 2023, ("reported_year", "year")),
        ("述职报告\n各位代表：\n现将2023年度履职情况报告如下。", 2023, 2023, ()),
        ("述职报告\n（2022年8月30日）\n现将2021年以来履职情况报告如下。", 2022, 2022, ("reported_year", "year")),
        ("述职报告\n各位代表：\n2018年7月我被任命为县长。", None, None, ()),
        ("二〇二三年述职报告\n正文。", 2023, 2023, ()),
        ("XX年述职报告\n时间：2022-11-12\n正文。", None, None, ()),
    ],
)  # fmt: skip
def test_the_year_of_a_report_and_the_year_reported_on(
    raw: str, year: int | None, reported: int | None, inferred: tuple[str, ...]
) -> None:
    info = parsed(raw).info
    assert (info.year, info.reported_year) == (year, reported)
    assert tuple(key for key in info.inferred if key.endswith("year")) == inferred
    if "year" in info.words:
        assert info.words["year"] in raw


@pytest.mark.parametrize(
    "raw",
    [
        "2023年述职报告\n各位代表：\n现将2022年度履职情况报告如下。",
        "甲县2023年政府工作报告\n一、2021年工作回顾\n做了。",
    ],
)
def test_two_years_that_contradict_each_other_are_a_doubt_that_shows_both(raw: str) -> None:
    doubt = next(one.reason for one in parsed(raw).doubts if one.field == "year")
    assert "2023 according to" in doubt
    assert "according to '202" in doubt


def test_a_given_year_decides_the_year_reported_on() -> None:
    raw = "2023年述职报告\n各位代表：\n现将2022年度履职情况报告如下。"
    info = parsed(raw, year="2022年").info
    assert (info.year, info.reported_year) == (2022, 2022)
    assert "year" not in info.words
    assert parsed("甲县政府工作报告\n正文。", year="2020").info.reported_year == 2019
    assert parsed("甲县2020年工作\n正文。", kind="政府工作报告").info.reported_year == 2019


def test_a_government_that_presents_its_report_needs_no_title() -> None:
    raw = "各位代表：\n现在，我代表甲县人民政府向大会作工作报告，请予审议。\n一、工作\n做了。"
    assert parsed(raw).info.kind == "政府工作报告"
