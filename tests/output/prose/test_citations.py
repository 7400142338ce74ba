"""Short citations: who, title, year and section, as a clerk writes them."""

from __future__ import annotations

from reportsearch.models.report import ReportInfo
from reportsearch.output.prose.citations import format_citation, format_official


def test_official_title_year_and_section_stand_in_this_order() -> None:
    info = ReportInfo(
        "a.docx", "甲县人民政府副县长2021年度述职报告", year=2021, region="甲县", post="副县长"
    )
    assert format_citation(info, ("二、重点工作",)) == (
        "甲县副县长，《甲县人民政府副县长2021年度述职报告》，2021年，“二、重点工作”一节"
    )


def test_a_name_follows_the_post_and_nothing_is_said_twice() -> None:
    info = ReportInfo("a", "述职报告", region="甲县", post="副县长")
    assert format_official(info) == "甲县副县长"
    assert format_official(
        ReportInfo("a", "", region="甲县", post="副县长", official="甲县副县长")
    ) == ("甲县副县长")
    assert format_official(ReportInfo("a", "", region="甲县", post="副县长", official="张三")) == (
        "甲县副县长张三"
    )
    assert format_official(ReportInfo("a", "", official="张三")) == "张三"
    assert format_official(ReportInfo("a", "")) == ""


def test_what_is_not_known_is_left_out() -> None:
    assert format_citation(ReportInfo("a", "述职报告"), ()) == "《述职报告》"


def test_marks_within_marks_are_the_inner_ones_and_long_headings_are_cut() -> None:
    info = ReportInfo("a", "关于《规划》的报告")
    assert format_citation(info, ("一、增强“四个意识”", "（一）" + "长" * 50)) == (
        "《关于〈规划〉的报告》，“一、增强‘四个意识’”之“（一）" + "长" * 36 + "…”一节"
    )
