"""Which figures of several reports are brought together, and which are not."""

from __future__ import annotations

import pytest

from reportsearch.analysis.facts.figure_groups import FigureGroupNamer, find_dimension
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def groups(words: Lexicon, tokenizer: Tokenizer) -> FigureGroupNamer:
    return FigureGroupNamer(words.facts, lambda text: [token.text for token in tokenizer.cut(text)])


def group(groups: FigureGroupNamer, name: str, verb: str = "") -> str:
    return groups.name_group(fold(name), fold(verb))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("旅游综合收入", ""), ("旅游综合收入", "实现")),
        (("旅游综合收入", ""), ("全县旅游综合收入", "")),
        (("“三公”经费", ""), ("三公经费", "")),
        (("人大代表建议", ""), ("代表建议", "办理")),
        (("游客", "接待"), ("游客接待量", "")),
        (("老旧小区", "改造"), ("老旧小区", "改造")),
        (("引资额", ""), ("招商引资额", "")),
        (("合同引资", ""), ("协议引资额", "")),
        (("招商项目", ""), ("招商引资项目", "签订")),
    ],
)
def test_the_same_figure(
    groups: FigureGroupNamer, first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert group(groups, *first) == group(groups, *second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("旅游收入", ""), ("旅游综合收入", "")),
        (("隐患", "排查"), ("隐患", "整改")),
        (("销售商品", ""), ("购进商品", "")),
        (("新增就业", ""), ("就业", "")),
        (("一般公共预算收入", ""), ("一般公共预算支出", "")),
        (("老旧小区", "改造"), ("老旧小区", "")),
        (("引资额", ""), ("合同引资额", "")),
        (("招商引资额", ""), ("协议资金", "")),
        (("招商引资项目", ""), ("项目", "签约")),
        (("项目", ""), ("项目", "签约")),
    ],
)
def test_what_only_looks_alike(
    groups: FigureGroupNamer, first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert group(groups, *first) != group(groups, *second)


@pytest.mark.parametrize(
    "name",
    [
        "建筑业总产值", "建筑企业", "能繁母猪", "再贷款授信", "平均年龄", "高标准农田", "违法行为",
        "可支配收入", "就业人数", "全民健身", "有机肥", "都市农业", "再生水", "有效投资", "组织部",
        "共建项目", "平均工资",
    ],
)  # fmt: skip
def test_a_part_of_a_word_is_never_taken_off(groups: FigureGroupNamer, name: str) -> None:
    assert group(groups, name) == fold(name)


def test_whole_words_that_add_nothing_are_taken_off(groups: FigureGroupNamer) -> None:
    assert group(groups, "全县累计发放补贴资金") == "补贴资金"
    assert group(groups, "整改率达到") == "整改率"
    assert group(groups, "全年完成税收收入") == "税收收入"


def test_a_name_is_never_cut_to_nothing(groups: FigureGroupNamer) -> None:
    assert group(groups, "全县") == "全县"
    assert group(groups, "") == ""


def test_units_of_one_dimension() -> None:
    assert find_dimension("元") == find_dimension("人民币") == "money"
    assert find_dimension("%") != find_dimension("元")
    assert find_dimension("元/户") == "元/户"
    assert find_dimension("座") == "座"
