"""What a figure measures, and whether it is a change."""

from __future__ import annotations

import pytest

from reportsearch.analysis.facts.figure_namer import FigureNamer
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from tests.analysis.facts.conftest import Rows


@pytest.fixture(scope="module")
def names(words: Lexicon) -> FigureNamer:
    return FigureNamer(words.facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("签订招商引资项目*个，引资额*亿元", ["招商引资项目", "引资额"]),
        ("机场成为全省第4个吞吐量超千万人次的支线机场", ["吞吐量"]),
        ("成为全县第三个产值超10亿元的乡镇", ["产值"]),
        ("第三产业增加值21亿元", ["第三产业增加值"]),
        ("第三轮督察反馈问题整改完成率94%", ["第三轮督察反馈问题整改完成率"]),
        ("为250户困难群众发放米面", ["困难群众"]),
        ("建成养老服务中心2个、老年助餐点27个", ["养老服务中心", "老年助餐点"]),
        ("14名符合条件的退役士兵得到安置", ["退役士兵"]),
        ("住宅小区中的106个", ["住宅小区"]),
        ("对6个没有卫生室的偏远村组", ["偏远村组"]),
        ("兑付补助资金512万元", ["补助资金"]),
        ("维修资金37笔428万元", ["维修资金", "维修资金"]),
        ("审批时限由15个工作日压减到10个工作日", ["审批时限", "审批时限"]),
        ("收缴率由71％提高到93.6％", ["收缴率", "收缴率"]),
        ("旅游收入、工业产值分别达到3亿元和5亿元", ["旅游收入", "工业产值"]),
        ("城市、农村低保标准分别达到650元和500元", ["城市低保标准", "农村低保标准"]),
        ("总产值168.4亿元，增长5.8%", ["总产值", "总产值"]),
        ("总产值168.4亿元，高于全市平均水平0.6个百分点", ["总产值", "总产值"]),
        ("收入增长5.1%和7.6%", ["收入", "收入"]),
        ("查出隐患87项，整改85项", ["隐患", "整改"]),
        ("事故9起、死亡4人，比上年少2起、少1人", ["事故", "死亡", "事故", "死亡"]),
        ("护理型床位836张，占比56.3%", ["护理型床位", "护理型床位占比"]),
        ("未开工10个", ["未开工"]),
        ("校园食堂“明厨亮灶”覆盖率达到100%", ["“明厨亮灶”覆盖率"]),
        ("宣讲《家庭教育促进法》96场", ["宣讲《家庭教育促进法》"]),
        ("用于科技的投入5亿元，比前三年增长2.1倍", ["科技的投入", "科技的投入"]),
        ("职工平均年龄38岁，比上届下降2.5岁", ["职工平均年龄", "职工平均年龄"]),
        ("债务率为8%，比去年预算低0.5个百分点", ["债务率", "债务率"]),
        ("债务率拟按8%控制", ["债务率"]),
        ("专项预算拟安排60亿元", ["专项预算"]),
        ("游客3万人次、收入2亿元，分别增长5%、7%", ["游客", "收入", "游客", "收入"]),
        ("专项预算80亿元，比去年的预算少5亿元", ["专项预算", "专项预算"]),
        ("存款增速比贷款增速分别高3.1和0.4个百分点", ["存款增速", "存款增速"]),
        ("省财政拟安排5亿元救灾资金", ["救灾资金"]),
        ("近9亿人口的市场", ["人口"]),
        ("两次上调退休人员的基本养老标准", ["上调退休人员的基本养老标准"]),
        ("先后3次上调最低工资", ["上调最低工资"]),
        ("营养餐补贴每生每学期400元", ["营养餐补贴"]),
        ("开展“大走访”6轮", ["“大走访”"]),
        ("使90名下岗职工受益", ["下岗职工"]),
        ("影像、心电、检验三个诊断中心", ["诊断中心"]),
        ("打通文昌东路等断头路2条", ["断头路"]),
        ("成功签约了*个投资*亿元以上的大项目", ["大项目", "投资"]),
    ],
)
def test_names(rows: Rows, names: FigureNamer, text: str, expected: list[str]) -> None:
    assert [one.text for one in names.name_quantities(rows(text))] == [
        fold(name) for name in expected
    ]


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("收入同比增长5.6%", "同比增长"),
        ("收入比前五年增长1.3倍", "比前五年增长"),
        ("收入比上届增长3%", "比上届增长"),
        ("收入较上年提高4个百分点", "较上年提高"),
        ("总额比预期目标低了1.1个百分点", "比预期目标低了"),
        ("时限压缩至5个工作日", "压缩至"),
        ("企业整合为2家", "整合为"),
        ("整改率达到94%", ""),
        ("产量稳定在9万吨", ""),
        ("增速高于全市平均水平0.6个百分点", "高于"),
    ],
)
def test_changes(rows: Rows, names: FigureNamer, text: str, change: str) -> None:
    made = rows(text)
    assert made.text[slice(*names.name_quantities(made)[-1].change)] == change


def test_a_name_is_a_stretch_of_the_text(rows: Rows, names: FigureNamer) -> None:
    made = rows("全年分配公租房168套，新开专业两个")
    for one in names.name_quantities(made):
        assert one.start is not None
        assert made.text[one.start : one.end] == one.text


def test_the_verb_is_told_beside_the_name(rows: Rows, names: FigureNamer) -> None:
    made = rows("排查隐患326处，查处了案件12起，约谈11家")
    assert [one.verb for one in names.name_quantities(made)] == ["排查", "查处", ""]


def test_a_name_does_not_reach_over_a_sentence(rows: Rows, names: FigureNamer) -> None:
    made = rows("旅游收入达到3亿元。增长5%")
    assert (
        names.name_quantities(made)[1].text != "旅游收入"
        or names.name_quantities(made)[1].is_carried_over
    )


def test_a_row_of_marks_and_numbers_has_no_name(rows: Rows, names: FigureNamer) -> None:
    assert [one.text for one in names.name_quantities(rows("，；3个。"))] == [""]


def test_the_digits_of_a_masked_number_are_no_part_of_a_name(
    rows: Rows, names: FigureNamer
) -> None:
    found = names.name_quantities(rows("引进项目3*个，到位资金1*亿元，搬迁群众12*户"))
    assert [one.text for one in found] == ["项目", "到位资金", "搬迁群众"]


def test_a_sign_is_no_part_of_a_name(rows: Rows, names: FigureNamer) -> None:
    found = names.name_quantities(
        rows("税收增长-1.5%，失业率-0.5个百分点，增速-3.2%，方案2023-10完成3个")
    )
    assert [one.text for one in found[:3]] == ["税收", "失业率", "增速"]
    assert not any(one.text.endswith("-") for one in found)


@pytest.mark.parametrize(
    ("text", "change"),
    [("比去年少引进项目3个", "少"), ("较上年多接待游客3万人次", "多"), ("引进项目3个", "")],
)
def test_a_change_can_stand_before_the_verb(
    rows: Rows, names: FigureNamer, text: str, change: str
) -> None:
    (one,) = names.name_quantities(rows(text))
    assert text[slice(*one.change)] == change


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农村公路6.85亿元，站场及其他6.88亿元", ["农村公路", "站场及其他"]),
        ("罚款15万元，群众反映的8个", ["罚款", "群众反映"]),
    ],
)
def test_nothing_is_carried_where_another_name_stands(
    rows: Rows, names: FigureNamer, text: str, expected: list[str]
) -> None:
    assert [one.text for one in names.name_quantities(rows(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是3起", [""]),
        ("过去 11个", [""]),
        ("会上两次发言", ["发言"]),
        ("路上 两次", [""]),
        ("人13个", [""]),
        ("全镇2.3万口人", ["人"]),
    ],
)
def test_what_says_when_or_where_is_no_name(
    rows: Rows, names: FigureNamer, text: str, expected: list[str]
) -> None:
    assert [one.text for one in names.name_quantities(rows(text))] == expected


@pytest.mark.parametrize(
    ("text", "name", "verb"),
    [
        ("建成“互联网+明厨亮灶”食堂12家", "“互联网+明厨亮灶”食堂", "建成"),
        ("“互联网+明厨亮灶”食堂12家", "“互联网+明厨亮灶”食堂", ""),
        ("12家“互联网+明厨亮灶”食堂", "“互联网+明厨亮灶”食堂", ""),
        ("“接诉即办”事项3件", "“接诉即办”事项", ""),
    ],
)
def test_a_quotation_is_part_of_the_name(
    rows: Rows, names: FigureNamer, text: str, name: str, verb: str
) -> None:
    (one,) = names.name_quantities(rows(text))
    assert (one.text, one.verb) == (name, verb)
