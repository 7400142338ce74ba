"""Works and their states."""

from __future__ import annotations

import pytest

from reportsearch.lexicon import Lexicon
from reportsearch.nlp.facts.projects import Projects
from reportsearch.normalise import fold

from .test_names import Rows, rows

__all__ = ["rows"]


@pytest.fixture(scope="module")
def projects(words: Lexicon) -> Projects:
    return Projects(words.facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成城市标准化社区*个", [("城市标准化社区", "建成")]),
        (
            "对县敬老院、第二敬老院和*敬老院进行提质改造",
            [("县敬老院", "推进"), ("第二敬老院", "推进"), ("*敬老院", "推进")],
        ),
        (
            "完成儿童福利院、殡仪馆和养护院主体工程",
            [("儿童福利院", "主体"), ("殡仪馆", "主体"), ("养护院", "主体")],
        ),
        ("推进*旅游建设（一期）项目", [("*旅游建设(一期)项目", "推进")]),
        ("县中医医院康复楼主体封顶", [("县中医医院康复楼", "主体")]),
        ("第三初中、第五幼儿园秋季投用", [("第三初中", "建成"), ("第五幼儿园", "建成")]),
        ("签订招商引资项目*个", [("招商引资项目", "签约")]),
        ("启动*村新型供销服务综合体的建设", [("*村新型供销服务综合体", "启动")]),
        (
            "签约项目58个，当年开工42个、投产19个",
            [("项目", "签约"), ("项目", "启动"), ("项目", "建成")],
        ),
        ("第二污水处理厂扩建工程，因用地不周，至今未能开工", [("第二污水处理厂扩建工程", "停滞")]),
        ("实施总投资9640万元的县城污水管网改造工程", [("县城污水管网改造工程", "推进")]),
        ("力争建成县级燃气安全监管平台", [("县级燃气安全监管平台", "谋划")]),
        ("策划文化街区暨旅游基础设施提升项目", [("文化街区暨旅游基础设施提升项目", "谋划")]),
        ("改厕214座", [("改厕", "建成")]),
        ("加强能力建设，推进法治政府建设", []),
        ("完成审计项目31个", []),
        ("推进国有林场体制改革", []),
        ("召开会议3次，学习文件", []),
        ("签约前我只看了展厅", []),
    ],
)
def test_works(rows: Rows, projects: Projects, text: str, expected: list[tuple[str, str]]) -> None:
    found = projects.find(rows(text), is_plan=False)
    assert [(one.name, one.state) for one in found] == [
        (fold(name), state) for name, state in expected
    ]


def test_in_a_paragraph_of_plans_everything_is_planned(rows: Rows, projects: Projects) -> None:
    (one,) = projects.find(rows("建成养老服务中心3个"), is_plan=True)
    assert (one.name, one.state, one.verb) == (fold("养老服务中心"), "谋划", "建成")
