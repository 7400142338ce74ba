from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportsearch import lexicon, structure
from reportsearch.models.report import KINDS, LEVELS, METADATA_FIELDS, Report
from reportsearch.structure.dates import find_date
from reportsearch.structure.titles import find_kind
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)

BODY = "\n各位代表：\n现在报告工作。\n一、工作\n办成了几件实事。\n二、打算\n继续努力。"


def parsed(raw: str, name: str = "") -> Report:
    return structure.parse_report(raw, "id", WORDS, TOKENIZER, name=name)


def given_by(raw: str, name: str = "", **fields: str) -> Report:
    """The report with a sidecar row."""
    return structure.parse_report(
        raw, "id", WORDS, TOKENIZER, name=name, given=[("sidecar", fields)]
    )


def doubted(report: Report) -> set[str]:
    return {doubt.field for doubt in report.doubts}


# The title


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("2023年述职报告", "2023年述职报告"),
        ("\u3000\u3000\n\u3000\u30002023年述职报告\n甲县副县长", "2023年述职报告"),
        ("甲县副县长述职报告\n（2024年1月15日）", "甲县副县长述职报告"),
        ("甲县第十八届人大常委会\n第十次会议文件（5）\n2023年履职情况报告", "2023年履职情况报告"),
        ("关于2023年度\n履职情况的报告", "关于2023年度履职情况的报告"),
        ("# 2023年述职报告", "2023年述职报告"),
        ("首页 > 政务公开\n2023年述职报告\n来源：甲县日报", "2023年述职报告"),
        ("政府工作报告\n——在甲县第十八届人民代表大会第三次会议上", "政府工作报告"),
        ("我的2023", "我的2023"),
        ("关于2023年度履职\n情况的报告", "关于2023年度履职情况的报告"),
        ("甲县副县长述职述廉\n报　告", "甲县副县长述职述廉报告"),
        ("甲县教育局局长述职\n述职报告", "甲县教育局局长述职"),
        ("甲县人民政府\n政府工作报\n告", "甲县人民政府政府工作报告"),
    ],
)
def test_the_title_is_found_in_the_title_block(raw: str, title: str) -> None:
    report = parsed(raw + BODY)
    assert report.title == title
    assert report.info.origin["title"] == "text"


@pytest.mark.parametrize(
    "raw", ["各位代表：\n现在报告工作。", "一、工作\n做了。", "一年来，我认真履职。", ""]
)
def test_without_a_title_line_the_files_name_stands_for_it(raw: str) -> None:
    report = parsed(raw, name="甲县副县长2021年述职报告")
    assert report.title == "甲县副县长2021年述职报告"
    assert report.info.origin["title"] == "name"
    assert "title" in doubted(report)


# The kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2023年述职报告", "述职报告"),
        ("2023年度个人述职报告", "述职报告"),
        ("述 职 报 告", "述职报告"),
        ("2023年度履职情况报告", "履职情况报告"),
        ("关于2023年度履职情况的报告", "履职情况报告"),
        ("关于履行职务情况的报告", "履职情况报告"),
        ("履职报告", "履职情况报告"),
        ("2023年述职述廉报告", "述职述廉报告"),
        ("2023年度述职述德述廉报告", "述职述廉报告"),
        ("2023年度述责述廉报告", "述职述廉报告"),
        ("述学述职述廉述法报告", "述职述廉报告"),
        ("2023年工作总结", "工作总结"),
        ("2023年工作总结及2024年工作计划", "工作总结"),
        ("2024年甲县人民政府工作报告", "政府工作报告"),
        ("政府工作报告", "政府工作报告"),
        ("关于全县养老服务的调研报告", None),
    ],
)
def test_the_title_names_the_kind(title: str, kind: str | None) -> None:
    assert find_kind(title) == kind
    report = parsed(title + BODY)
    assert report.info.kind == (kind or "其他")
    assert ("kind" in doubted(report)) == (kind is None)


def test_the_files_name_tells_the_kind_where_the_title_does_not() -> None:
    report = parsed("2023年" + BODY, name="甲县副县长述职述廉报告")
    assert report.info.kind == "述职述廉报告"
    assert report.info.origin["kind"] == "name"


# The year


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("2023年述职报告" + BODY, 2023),
        ("2023年度述职报告" + BODY, 2023),
        ("述职报告（2023年度）" + BODY, 2023),
        ("二〇二三年述职报告" + BODY, 2023),
        ("二○二三年度述职报告" + BODY, 2023),
        ("二零二三年述职报告" + BODY, 2023),
        ("2021—2023年履职情况报告" + BODY, 2023),
        ("2021年至2023年履职情况报告" + BODY, 2023),
        ("2023年1月至12月履职情况报告" + BODY, 2023),
        ("2023年工作总结及2024年工作计划" + BODY, 2023),
        ("述职报告\n（2023年度）\n甲县副县长" + BODY, 2023),
        ("2023年述职报告\n（2024年1月15日）" + BODY, 2023),
        ("述职报告\n各位代表：\n现将2022年度履职情况报告如下。", 2022),
        ("述职报告\n各位代表：\n2022年，在县委的领导下，我认真履职。", 2022),
        ("述职报告\n（2024年1月15日）\n各位代表：\n现将2023年工作情况报告如下。", 2023),
    ],
)
def test_the_year_is_the_one_reported_on(raw: str, year: int) -> None:
    report = parsed(raw)
    assert report.info.year == year
    assert report.info.origin["year"] == "text"
    assert "year" not in doubted(report)


def test_a_year_in_the_text_counts_more_than_one_in_the_files_name() -> None:
    assert parsed("2023年述职报告" + BODY, name="2021年述职报告").info.year == 2023


def test_the_files_name_tells_the_year_where_the_text_does_not() -> None:
    report = parsed("述职报告" + BODY, name="甲县副县长2021年述职报告")
    assert report.info.year == 2021
    assert report.info.origin["year"] == "name"


@pytest.mark.parametrize(
    ("written", "year"), [("2024年1月15日", 2023), ("2024年3月", 2023), ("2023年12月28日", 2023)]
)
def test_a_year_that_only_a_date_tells_is_doubted(written: str, year: int) -> None:
    report = parsed(f"述职报告\n（{written}）" + BODY)
    assert report.info.year == year
    assert "year" in doubted(report)


def test_a_year_in_the_middle_of_the_report_is_not_the_reports() -> None:
    report = parsed("述职报告" + BODY.replace("实事。", "实事，2019年开工的养老院建成。"))
    assert report.info.year is None
    assert "year" not in report.info.origin
    assert "year" in doubted(report)


# The date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年1月15日", "2024-01-15"),
        ("（2024年1月15日）", "2024-01-15"),
        ("2024 年 1 月 15 日", "2024-01-15"),
        ("2024-01-15", "2024-01-15"),
        ("2024.1.15", "2024-01-15"),
        ("2024/01/15", "2024-01-15"),
        ("2024年12月", "2024-12"),
        ("二〇二四年一月十五日", "2024-01-15"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二〇二四年十月二十日", "2024-10-20"),
        ("二零二四年十一月", "2024-11"),
        ("2024年13月5日", None),
        ("2024年", None),
        ("12345", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_every_usual_form(text: str, expected: str | None) -> None:
    assert find_date(text) == expected


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_date_of_our_time_is_read_back(day: date) -> None:
    assert find_date(f"（{day.year}年{day.month}月{day.day}日）") == day.isoformat()
    assert find_date(f"成文日期：{day.isoformat()}") == day.isoformat()


@pytest.mark.parametrize(
    "raw",
    [
        "述职报告\n（2024年1月15日）" + BODY,
        "述职报告\n甲县副县长\n2024年1月15日" + BODY,
        "述职报告" + BODY + "\n2024年1月15日",
        "述职报告" + BODY + "\n甲县人民政府\n二〇二四年一月十五日",
        "述职报告" + BODY + "\n报告人：某某甲\n2024-01-15",
        "述职报告\n来源：甲县日报　发布时间：2024-01-15 10:30" + BODY,
    ],
)
def test_the_date_stands_at_the_head_at_the_foot_or_in_the_sites_line(raw: str) -> None:
    report = parsed(raw)
    assert report.info.date == "2024-01-15"
    assert report.info.origin["date"] == "text"


def test_the_reports_own_date_counts_more_than_the_sites() -> None:
    raw = "发布时间：2024-03-01\n述职报告\n（2024年1月15日）" + BODY
    assert parsed(raw).info.date == "2024-01-15"


def test_the_site_that_published_the_report_is_its_source() -> None:
    report = parsed("2023年述职报告\n来源：甲县日报　【字号：大 中 小】　打印" + BODY)
    assert (report.info.source, report.info.origin["source"]) == ("甲县日报", "text")


# The place


def head_of(place: str) -> str:
    """The post that goes with a place: 副县长 for 和县."""
    unit = (
        "区"
        if place.endswith("新区")
        else {"自治县": "县", "自治旗": "旗", "自治州": "州"}.get(place[-3:], place[-1])
    )
    return f"副{unit}长"


@pytest.mark.parametrize(
    "place",
    (
        "甲县 太原市 和县 平和县 和田市 和林格尔县 太和县 共和县 任丘市 任县 任泽区 聊城市 诸城市 晋城市 "
        "防城港市 城固县 城口县 城步苗族自治县 沙市区 市中区 济南市市中区 新乡市 新乡县 桐乡市 乡宁县 镇江市 "
        "镇平县 景德镇市 景县 库车市 社旗县 准格尔旗 内蒙古自治区鄂尔多斯市准格尔旗 "
        "内蒙古自治区呼和浩特市新城区 鄂伦春自治旗 锡林郭勒盟 恩施土家族苗族自治州 株洲市 通州区 北京市通州区 浦东新区 "
        "于都县 兴县 广州市荔湾区 云南省 五指山市 大同市云冈区 河南省新乡市新乡县 阳泉市郊区"
    ).split(),
)
@pytest.mark.parametrize(
    "raw",
    [
        "PLACE人民政府POST2023年述职报告\n各位代表：\n现在报告工作。",
        "PLACEPOST2023年述职报告\n各位代表：\n现在报告工作。",
        "2023年述职报告\nPLACEPOST 某某甲\n各位代表：\n现在报告工作。",
        "PLACE人民政府\n2023年述职报告\n各位代表：\n现在报告工作。",
        "2023年述职报告\n各位代表：\n我现任PLACEPOST，分管教育。",
        "2023年述职报告\n各位代表：\n作为PLACEPOST，我分管教育。",
        "2023年述职报告\n各位代表：\n2021年6月，我担任PLACE人民政府POST。",
        "2023年述职报告\n各位代表：\n本人于2021年6月任PLACEPOST。",
        "2023年述职报告\n各位代表：\n按照PLACE人民政府分工，我分管教育。",
        "2023年述职报告\n各位代表：\n现在报告工作。\nPLACE人民政府\n2024年1月15日",
    ],
)
def test_a_place_is_found_whole_whatever_stands_around_it(place: str, raw: str) -> None:
    report = parsed(raw.replace("PLACE", place).replace("POST", head_of(place)))
    assert report.info.region == place
    assert report.info.origin["region"] == "text"


@pytest.mark.parametrize(
    ("raw", "region"),
    [
        ("甲县农业农村局局长2023年述职报告" + BODY, "甲县"),
        ("丙县教育和体育局2023年工作总结" + BODY, "丙县"),
        ("甲县城关镇镇长2023年述职报告" + BODY, "甲县城关镇"),
        ("古城乡乡长2023年述职报告" + BODY, "古城乡"),
        ("甲县某某回族乡乡长2023年述职报告" + BODY, "甲县某某回族乡"),
        ("2023年述职报告\n各位代表：\n我现任甲县幸福镇党委副书记、镇长。", "甲县幸福镇"),
        ("甲县委副书记、县长2023年述职报告" + BODY, "甲县"),
        ("甲市乙区幸福街道办事处主任2023年述职报告" + BODY, "甲市乙区幸福街道"),
    ],
)
def test_the_place_of_a_bureau_or_a_town(raw: str, region: str) -> None:
    assert parsed(raw).info.region == region


def test_the_longest_form_of_the_place_that_the_report_gives_counts() -> None:
    raw = "戊镇镇长2024年述职报告\n各位代表：\n我现任甲县戊镇镇长。\n一、工作\n做了。"
    assert parsed(raw).info.region == "甲县戊镇"


def test_another_place_of_the_officials_life_is_not_the_reports() -> None:
    raw = "甲县副县长2024年述职报告\n各位代表：\n我曾任乙市丙区副区长，2023年6月任甲县副县长。"
    assert parsed(raw).info.region == "甲县"


@pytest.mark.parametrize(
    "raw",
    [
        "2023年述职报告" + BODY,
        "副县长2023年述职报告" + BODY,
        "我县副县长2023年述职报告" + BODY,
        "2023年述职报告\n各位代表：\n按照县政府分工，我分管教育。",
        "2023年述职报告\n各位代表：\n我协助市长抓城市管理，分管城乡建设。",
        "2023年述职报告\n各位代表：\n我负责景区、园区、社区、库区工作。",
        "2023年述职报告\n各位代表：\n各县（市、区）、各乡镇和街道抓落实。",
    ],
)
def test_where_no_place_is_named_the_region_stays_empty(raw: str) -> None:
    report = parsed(raw)
    assert report.info.region is None
    assert "region" not in report.info.origin


# The post and the level


@pytest.mark.parametrize(
    ("post", "level"),
    [
        *((post, "县") for post in ("县长", "副县长", "常务副县长", "代县长", "代理县长")),
        *((post, "县") for post in ("区长", "副区长", "代区长", "旗长", "副旗长")),
        *((post, "市") for post in ("市长", "副市长", "常务副市长", "代市长", "州长", "副盟长")),
        *((post, "省") for post in ("省长", "副省长")),
        *(
            (post, "乡")
            for post in ("乡长", "副乡长", "镇长", "副镇长", "代镇长", "街道办事处主任")
        ),
    ],
)
@pytest.mark.parametrize(
    "raw",
    [
        "POST2023年述职报告" + BODY,
        "2023年述职报告\nPOST 某某甲" + BODY,
        "2023年述职报告\n各位代表：\n我现任POST，分管教育。\n一、工作\n做了。",
        "2023年述职报告\n各位代表：\n作为POST，我分管教育。\n一、工作\n做了。",
        "2023年述职报告" + BODY + "\nPOST 某某甲\n2024年1月15日",
    ],
)
def test_a_post_tells_its_level(post: str, level: str, raw: str) -> None:
    report = parsed(raw.replace("POST", post))
    assert (report.info.post, report.info.level) == (post, level)
    assert report.info.origin["post"] == "text"


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("甲县农业农村局局长", "农业农村局局长"),
        ("甲县农业农村局副局长", "农业农村局副局长"),
        ("丙县教育和体育局局长", "教育和体育局局长"),
        ("丁县住房和城乡建设局局长", "住房和城乡建设局局长"),
        ("甲县卫生健康委员会主任", "卫生健康委员会主任"),
        ("甲县发展和改革委员会副主任", "发展和改革委员会副主任"),
        ("甲县人民政府办公室主任", "人民政府办公室主任"),
        ("甲县农业农村局党组书记、局长", "农业农村局局长"),
        ("甲县审计局党组成员、副局长", "审计局副局长"),
        ("太原市教育局局长", "教育局局长"),
        ("和县民政局局长", "民政局局长"),
        ("任丘市财政局局长", "财政局局长"),
    ],
)
def test_the_head_of_a_bureau_is_named_with_the_bureau_and_without_the_place(
    text: str, post: str
) -> None:
    assert parsed(f"{text}2023年述职报告" + BODY).info.post == post
    opening = f"2023年述职报告\n各位代表：\n我现任{text}。\n一、工作\n做了。"
    assert parsed(opening).info.post == post


@pytest.mark.parametrize(
    ("opening", "post"),
    [
        ("我现任甲县人民政府党组成员、副县长，分管教育。", "副县长"),
        ("作为副县长，我协助县长分管教育。", "副县长"),
        ("我协助县长分管教育，任副县长。", "副县长"),
        ("按照分工，我协助市长抓招商，担任副市长。", "副市长"),
        ("我负责县长热线、县长信箱，任副县长。", "副县长"),
    ],
)
def test_another_officials_post_is_not_the_reporters(opening: str, post: str) -> None:
    raw = f"2023年述职报告\n各位代表：\n{opening}\n一、工作\n做了。"
    assert parsed(raw).info.post == post


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        ("甲县农业农村局局长2023年述职报告", "县"),
        ("乙市交通运输局局长2024年述职报告", "市"),
        ("甲省水利厅厅长2024年述职报告", "省"),
        ("太原市小店区民政局局长2024年述职报告", "县"),
        ("恩施州民政局局长2024年述职报告", "市"),
        ("准格尔旗民政局局长2024年述职报告", "县"),
        ("重庆市民政局局长2024年述职报告", "省"),
        ("重庆市渝中区民政局局长2024年述职报告", "县"),
    ],
)
def test_the_level_of_a_bureau_is_its_places(raw: str, level: str) -> None:
    assert parsed(raw + BODY).info.level == level


def test_what_the_text_does_not_say_stays_empty() -> None:
    info = parsed("述职报告" + BODY).info
    assert (info.year, info.date, info.post, info.level, info.region) == (None,) * 5
    assert (info.official, info.source) == (None, None)
    assert {"year", "date", "post", "level", "region", "official", "source"}.isdisjoint(info.origin)


# The official


@pytest.mark.parametrize(
    "raw",
    [
        "甲县副县长2023年述职报告\n述职人：某某甲" + BODY,
        "甲县副县长2023年述职报告" + BODY + "\n述职人：某某甲\n2024年1月15日",
        "甲县副县长2023年述职报告\n报告人: 某某甲" + BODY,
    ],
)
def test_a_label_tells_the_official(raw: str) -> None:
    assert parsed(raw).info.official == "某某甲"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("副县长 王建国", "王建国"),
        ("甲县人民政府副县长　李 明", "李明"),
        ("——甲县人民政府副县长 欧阳春", "欧阳春"),
        ("（县教育局局长 赵大山）", "赵大山"),
        ("甲县人民政府副县长王建国", "王建国"),
    ],
)
def test_a_line_of_post_and_name_tells_the_official(line: str, name: str) -> None:
    for raw in (
        f"甲县副县长2023年述职报告\n{line}" + BODY,
        "甲县副县长2023年述职报告" + BODY + f"\n{line}\n2024年1月15日",
    ):
        assert parsed(raw).info.official == name


@pytest.mark.parametrize(
    "line", ["甲县人民政府副县长", "副县长 述职报告", "副县长分管工作", "甲县人民政府县长办公室"]
)
def test_a_line_without_a_name_tells_no_official(line: str) -> None:
    raw = f"甲县副县长2023年述职报告\n{line}" + BODY
    assert parsed(raw).info.official is None


def test_the_official_is_known_without_a_region() -> None:
    assert parsed("2023年述职报告\n述职人：某某甲" + BODY).info.official == "某某甲"


# What a sidecar or a row gives


def test_a_given_value_overrides_the_texts_and_says_where_it_came_from() -> None:
    raw = "甲县副县长2023年述职报告" + BODY
    info = given_by(raw, year="2022年", post="县长", official="某某甲", source="甲县日报").info
    assert (info.year, info.post, info.official, info.source) == (
        2022,
        "县长",
        "某某甲",
        "甲县日报",
    )
    assert {key for key, origin in info.origin.items() if origin == "sidecar"} == {
        "year",
        "reported_year",
        "post",
        "official",
        "source",
    }
    assert info.origin["region"] == "text"


def test_of_two_givers_the_later_counts() -> None:
    report = structure.parse_report(
        "甲县副县长2023年述职报告" + BODY,
        "id",
        WORDS,
        TOKENIZER,
        given=[("row", {"post": "局长", "region": "乙县"}), ("sidecar", {"post": "县长"})],
    )
    assert (report.info.post, report.info.origin["post"]) == ("县长", "sidecar")
    assert (report.info.region, report.info.origin["region"]) == ("乙县", "row")


def test_an_empty_or_unknown_field_gives_nothing() -> None:
    report = given_by("甲县副县长2023年述职报告" + BODY, post="", colour="红")
    assert report.info.post == "副县长"
    assert "sidecar" not in report.info.origin.values()


@pytest.mark.parametrize("year", ["22", "今年", "2023-24", "20 23", "12345"])
def test_a_given_year_that_is_none_is_doubted_and_left_aside(year: str) -> None:
    report = given_by("2023年述职报告" + BODY, year=year)
    assert (report.info.year, report.info.origin["year"]) == (2023, "text")
    assert "year" in doubted(report)


def test_a_given_value_settles_a_doubt() -> None:
    raw = "各位代表：\n现在报告工作。"
    assert doubted(parsed(raw)) >= {"title", "kind", "year"}
    settled = given_by(raw, title="工作汇报", kind="述职报告", year="2023")
    assert doubted(settled).isdisjoint({"kind", "year"})


def test_a_given_kind_outside_the_list_is_doubted() -> None:
    report = given_by("2023年述职报告" + BODY, kind="讲话")
    assert "kind" in doubted(report)
    assert report.info.kind == "述职报告"


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("date", "2024/1/5", "2024-01-05"),
        ("date", "2024年1月5日", "2024-01-05"),
        ("date", "2024", "2024"),
        ("year", "2023.0", 2023),
        ("year", "2023年", 2023),
        ("level", "县级", "县"),
        ("kind", "述廉报告", "述职述廉报告"),
    ],
)
def test_a_correction_is_kept_in_one_form(field: str, given: str, kept: object) -> None:
    report = given_by("2023年述职报告" + BODY, **{field: given})
    assert getattr(report.info, field) == kept
    assert report.info.origin[field] == "sidecar"
    assert field not in doubted(report)


@pytest.mark.parametrize(("field", "given"), [("date", "去年"), ("level", "高级"), ("year", "23")])
def test_a_correction_that_cannot_be_is_doubted_and_changes_nothing(field: str, given: str) -> None:
    before = parsed("甲县县长2023年述职报告\n（2024年1月5日）" + BODY)
    report = given_by("甲县县长2023年述职报告\n（2024年1月5日）" + BODY, **{field: given})
    assert getattr(report.info, field) == getattr(before.info, field) is not None
    assert field in doubted(report)


def test_a_corrected_title_leaves_the_kind_that_the_text_tells() -> None:
    report = given_by("2023年述职报告" + BODY, title="水利局的材料")
    assert (report.info.kind, report.info.origin["kind"]) == ("述职报告", "text")


def test_a_given_title_tells_kind_year_and_place_as_one_in_the_text_would() -> None:
    info = given_by("各位代表：\n现在报告工作。", title="乙县县长2020年履职报告").info
    assert (info.title, info.kind, info.year) == ("乙县县长2020年履职报告", "履职情况报告", 2020)
    assert (info.region, info.post, info.level) == ("乙县", "县长", "县")
    assert info.origin["title"] == "sidecar"


# What holds for any text

PIECES = st.sampled_from(
    [
        *"2023年 二〇二三年 （2024年1月15日） 述职报告 履职 述廉 甲县 太原市 任 是 到 关于 副县长 局长".split(),
        *"人民政府 教育局 主任 述职人：某某甲 各位代表： 来源：甲县日报 一、 。 ， ： \u3000 我 协助".split(),
        *("\n", "\n", "\n"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(), st.text(max_size=12))
def test_every_value_is_legal_and_has_an_origin(raw: str, name: str) -> None:
    info = parsed(raw, name).info
    assert info.kind in KINDS
    assert info.level in {None, *LEVELS}
    assert info.year is None or 1900 <= info.year <= 2099
    assert info.date is None or find_date(info.date) == info.date
    for field in METADATA_FIELDS:
        assert (field in info.origin) == (getattr(info, field) not in {None, "其他"})
    assert set(info.origin.values()) <= {"text", "name"}


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
@example("述职人：某某甲副县长")
def test_post_region_and_title_are_words_of_the_report(raw: str) -> None:
    report = parsed(raw)
    joined = report.text.replace("\n", "")
    if report.info.region:
        # 甲副县长 is of 甲县.
        assert report.info.region in joined or report.info.region in joined.replace("副", "")
    if report.info.origin["title"] == "text":
        assert report.info.title in joined
