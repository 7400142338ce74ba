"""Quantities: numbers with measures, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportsearch.analysis.facts.numbers import to_number
from reportsearch.analysis.facts.quantities import QuantityFinder
from reportsearch.analysis.facts.quantity import Quantity
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold


@pytest.fixture(scope="module")
def measures(words: Lexicon) -> QuantityFinder:
    return QuantityFinder(words.facts)


def found(measures: QuantityFinder, text: str) -> list[Quantity]:
    return measures.find(fold(text))


def said(one: Quantity) -> tuple[object, ...]:
    return to_number(one.value), one.unit_text, one.qualifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整改率达94％", [(94, "%", "")]),
        ("按照500元／户的标准为250户", [(500, "元/户", ""), (250, "户", "")]),
        ("走访农户5.8万户", [(5.8, "万户", "")]),
        ("约谈1200余人", [(1200, "人", "余")]),
        ("惠及1.2万余人", [(1.2, "万人", "余")]),
        ("税收超过2.4万亿元", [(2.4, "万亿元", "超过")]),
        ("装机12亿千瓦以上", [(12, "亿千瓦", "以上")]),
        ("近8万人次", [(8, "万人次", "近")]),
        ("超三千万元", [(30_000_000, "元", "超")]),
        ("由15个工作日压减到10个工作日", [(15, "个工作日", ""), (10, "个工作日", "")]),
        ("提高2.8个百分点", [(2.8, "个百分点", "")]),
        ("浓度35微克/立方米", [(35, "微克/立方米", "")]),
        ("成立两个督查组", [(2, "个", "")]),
        ("下降四成", [(4, "成", "")]),
        ("镇区1.2万群众", [(1.2, "万", "")]),
        ("之比为1.52∶1", [(1.52, "∶1", "")]),
        ("增长百分之九点四", [(9.4, "百分之", "")]),
        ("指数达到1.05。", [(1.05, "", "")]),
        (
            "补植苗木3 400株，覆盖1 250户 3 016人",
            [(3400, "株", ""), (1250, "户", ""), (3016, "人", "")],
        ),
        (
            "补植苗木12\u2009400.5亩、1\u00a0234\u202f567元",
            [(12400.5, "亩", ""), (1234567, "元", "")],
        ),
        ("近9亿人口的市场", [(9, "亿", "近")]),
        ("镇区5200人口", [(5200, "", "")]),
        ("成本下降两成半", [(2.5, "成", "")]),
        ("发病率降至12.4／10万", [(12.4, "/10万", "")]),
        ("注射2.6万剂次，飞行140航次", [(2.6, "万剂次", ""), (140, "航次", "")]),
        ("职工平均年龄38岁，比五年前下降2.5岁", [(38, "岁", ""), (2.5, "岁", "")]),
        ("先后3次上调标准", [(3, "次", "")]),
        ("分别高3.1和0.4个百分点", [(3.1, "个百分点", ""), (0.4, "个百分点", "")]),
        ("1.5和2米", [(2, "米", "")]),
        ("关停两家、升级一家", [(2, "家", ""), (1, "家", "")]),
    ],
)
def test_quantities(
    measures: QuantityFinder, text: str, expected: list[tuple[object, ...]]
) -> None:
    assert [said(one) for one in found(measures, text)] == expected


def test_a_range_of_percentages_in_characters_is_one(measures: QuantityFinder) -> None:
    (one,) = found(measures, "保持百分之六至百分之七的增长率")
    assert [to_number(value) for value in (one.value, one.low, one.high)] == [None, 6, 7]
    assert (one.unit_text, one.base) == ("百分之", "%")


def test_many_of_something_are_no_points_of_the_text(measures: QuantityFinder) -> None:
    assert [said(one) for one in found(measures, "获得57项世界纪录，抓好3项任务：")] == [
        (57, "项", "")
    ]


@pytest.mark.parametrize("text", ["3至5个", "3-5个", "3～5个", "3个至5个", "3个—5个", "三到五个"])
def test_a_range_has_a_low_and_a_high_end(measures: QuantityFinder, text: str) -> None:
    (one,) = found(measures, f"每村建{text}")
    assert [to_number(value) for value in (one.value, one.low, one.high)] == [None, 3, 5]
    assert one.base == "个"


def test_masked_numbers_have_no_value_and_their_measure(measures: QuantityFinder) -> None:
    masked = found(measures, "签订招商引资项目*个，引资额*亿元，投资**.*万元")
    assert [(one.unit_text, one.is_masked, one.value) for one in masked] == [
        ("个", True, None),
        ("亿元", True, None),
        ("万元", True, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "对*敬老院和*公司进行检查",
        "*口腔医院、*头部企业、*副区长、*门诊",
        "*村综合服务社、*项目、*人民医院",
        "第二轮督察，排名第1，前三名，首批",
        "4A级景区，PM2.5，12345热线，G20",
        "“十四五”规划，“一村一品”，《十条措施》",
        "一个好的开端，一批、一系列",
        "主要有三个方面，做好五件事：",
        "三位一体，千家万户，两手抓",
        "二级医院、三期工程",
        "几十个，数百人，下列十条措施",
        "连续四年，三个半小时，65岁以上老人，24小时值班",
        "没有打过一个招呼",
        "21时10分发出预警",
        "十八届三中全会",
        "表中 120 340 560",
    ],
)
def test_what_counts_nothing(measures: QuantityFinder, text: str) -> None:
    assert [text[slice(*one.number)] for one in found(measures, text)] == []


def test_a_mask_before_a_measure_is_a_number_though_both_look_like_a_noun(
    measures: QuantityFinder,
) -> None:
    # 名医 and 班子 are nouns, but 医生 and 学生 are those that are counted.
    bases = [one.base for one in found(measures, "*名医生，*名校长，*户农民，*套房，*头牛")]
    assert bases == ["名", "名", "户", "套", "头"]


def test_a_percentage_in_characters_is_one_in_digits_in_its_base(measures: QuantityFinder) -> None:
    characters, digits = found(measures, "增长百分之七点五，下降7.5%")
    assert (characters.unit_text, digits.unit_text) == ("百分之", "%")
    assert characters.base == digits.base == "%"
    assert characters.value == digits.value
    assert characters.factor == digits.factor == 1


def test_a_full_width_comma_parts_thousands_only_before_three_digits(
    measures: QuantityFinder,
) -> None:
    # The caller keeps it apart from a comma: see lines.py.
    assert [to_number(one.value) for one in measures.find("建成3，200个")] == [3200]
    assert [to_number(one.value) for one in measures.find("建成3，20个")] == [20]
    assert [to_number(one.value) for one in measures.find("建成3,200个")] == [3200]


def test_a_measure_at_the_end_of_a_list_counts_for_all(measures: QuantityFinder) -> None:
    units = [one.base for one in found(measures, "分别减少10.6万、3.8万、3.3万平方公里")]
    assert units == ["平方公里"] * 3


def test_nothing_is_found_where_the_text_is_closed(measures: QuantityFinder) -> None:
    assert measures.find("3个和5个", [(0, 2)])[0].value == 5


def test_a_user_adds_a_measure(words: Lexicon) -> None:
    own = replace(words.facts, measures=(*words.facts.measures, "抱"))
    assert [said(one) for one in found(QuantityFinder(own), "植树5抱")] == [(5, "抱", "")]
    assert found(QuantityFinder(words.facts), "植树5抱") == []


def test_a_number_of_which_a_part_is_masked_has_no_value(measures: QuantityFinder) -> None:
    text = "签约*.5亿元，引进项目3*个，资金1*亿元，群众12*户，*3家"
    masked = found(measures, text)
    assert [text[one.start : one.end] for one in masked] == [
        "*.5亿元",
        "3*个",
        "1*亿元",
        "12*户",
        "*3家",
    ]
    assert all(one.is_masked and one.value is None for one in masked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("税收增长-1.5%", [("-1.5%", -1.5)]),
        ("利润为-200万元", [("-200万元", -200)]),
        ("利润为－200万元", [("-200万元", -200)]),
        ("失业率−0.5个百分点", [("−0.5个百分点", -0.5)]),
        ("增速由5%回落至-2%", [("5%", 5), ("-2%", -2)]),
        ("增速-3.2%，税收为负3.2%", [("-3.2%", -3.2), ("负3.2%", -3.2)]),
        ("增速分别为-3%、-2%", [("-3%", -3), ("-2%", -2)]),
        (
            "完成3-5个、20人-30人、3万元-5万元",
            [("3-5个", None), ("20人-30人", None), ("3万元-5万元", None)],
        ),
        ("编号A-12户，方案2023-10个", [("12户", 12), ("2023-10个", None)]),
        ("担负3项任务，减负20万元，综合税负2%", [("3项", 3), ("20万元", 20), ("2%", 2)]),
        ("-3个村已通水", [("3个", 3)]),
    ],
)
def test_a_sign_belongs_to_its_number(
    measures: QuantityFinder, text: str, expected: list[tuple[str, float | None]]
) -> None:
    folded = fold(text)
    signed = [(folded[one.start : one.end], to_number(one.value)) for one in measures.find(folded)]
    assert signed == expected


def test_the_ends_of_a_range_have_signs_of_their_own(measures: QuantityFinder) -> None:
    (one,) = found(measures, "气温-5至-3摄氏度")
    assert (to_number(one.low), to_number(one.high)) == (-5, -3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("投入1.5个亿，", [("1.5个亿", 1.5, "亿", "")]),
        ("到位3个多亿元。", [("3个多亿元", 3, "亿元", "多")]),
        ("投入两个亿。", [("两个亿", 2, "亿", "")]),
        ("每斤1块5，", [("1块5", 1.5, "块", "")]),
        ("打造3个亿元村", [("3个", 3, "个", "")]),
        ("罚款1万5千元", [("1万5千元", 15_000, "元", "")]),
        ("罚款1万5元", [("1万5元", 15_000, "元", "")]),
        ("人口35万6千人", [("35万6千人", 356_000, "人", "")]),
        ("好评率九成五", [("九成五", 9.5, "成", "")]),
        ("每公斤1块8角", [("1块8角", 1.8, "块", "")]),
        ("每斤3元5角2分", [("3元5角2分", 3.52, "元", "")]),
        ("会议开了两个多小时", [("两个多小时", 2, "个小时", "多")]),
        ("用时3个多月", [("3个多月", 3, "个月", "多")]),
        ("提高2个多百分点", [("2个多百分点", 2, "个百分点", "多")]),
        ("清收贷款1，200万元", [("1，200万元", 1200, "万元", "")]),
        ("分别为12个，345户", [("12个", 12, "个", ""), ("345户", 345, "户", "")]),
        ("培训3万—5万人", [("3万—5万人", None, "万人", "")]),
    ],
)
def test_a_number_that_is_told_in_parts_is_one(
    measures: QuantityFinder, text: str, expected: list[tuple[str, float | None, str, str]]
) -> None:
    told = [
        (text[one.start : one.end], to_number(one.value), one.unit_text, one.qualifier)
        for one in measures.find(text)
    ]
    assert told == expected


@pytest.mark.parametrize(
    "text", ["没有新增企业3家", "未发生安全事故2起", "全年未发生3人以上事故", "未再出现返贫5户"]
)
def test_what_did_not_happen_is_no_figure(measures: QuantityFinder, text: str) -> None:
    assert found(measures, text) == []


def test_what_is_not_yet_done_is_a_figure(measures: QuantityFinder) -> None:
    text = "未完成整改问题3个，没有落实资金200万元，没有新增隐患的企业12家"
    assert len(found(measures, text)) == 3


def test_generations_of_networks_and_names_of_viruses_are_no_figures(
    measures: QuantityFinder,
) -> None:
    text = "建成5G基站120个，4K频道3个，H7N9病例2例，每份含盐5g"
    assert [said(one) for one in found(measures, text)] == [
        (120, "个", ""),
        (3, "个", ""),
        (2, "例", ""),
    ]


def test_degrees_are_measures(measures: QuantityFinder) -> None:
    text = fold("最低气温-5℃，最高35.5℃，坡度25°以上")
    assert [(text[one.start : one.end], to_number(one.value)) for one in measures.find(text)] == [
        ("-5°c", -5),
        ("最高35.5°c", 35.5),
        ("25°以上", 25),
    ]
