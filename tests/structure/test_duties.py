from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)
NAMES = [portfolio.name for portfolio in WORDS.portfolios]


def parsed(opening: str, title: str = "2023年述职报告") -> Report:
    raw = f"{title}\n各位代表：\n{opening}\n一、工作\n办成了几件实事。\n二、打算\n继续努力。"
    return structure.parse_report(raw, "id", WORDS, TOKENIZER)


def roles(opening: str, title: str = "2023年述职报告") -> list[tuple[str | None, str]]:
    """Canonical portfolio and role of each duty, in order."""
    return [(duty.portfolio, duty.role) for duty in parsed(opening, title).duties]


@pytest.mark.parametrize(
    "opening",
    [
        "我分管民政、文旅、环保工作。",
        "我分管民政、文旅、环保。",
        "我分管民政、文化和旅游、生态环境等工作。",
        "我分管民政、文化旅游、环境保护等方面工作。",
        "我分管民政、文旅、环保等方面的工作。",
        "我分管民政、文旅、环保三项工作。",
        "我分管民政、文旅和环保工作。",
        "我分管民政、文旅及环保工作。",
        "我分管民政、文旅与环保工作。",
        "我分管民政，文旅，环保工作。",
        "我分管民政,文旅,环保工作。",
        "我负责民政、文旅、环保工作。",
        "我主管民政、文旅、环保工作。",
        "我具体负责民政、文旅、环保工作。",
        "我主要分管民政、文旅、环保工作。",
        "按照县政府分工，我分管民政、文旅、环保工作。",
        "根据工作分工，本人分管民政、文旅、环保等部门。",
        "我分管县民政局、县文旅局、县生态环境局。",
        "我分管民政局、文化和旅游局、生态环境局等单位。",
        "我分管民政，同时负责文旅、环保工作。",
        "我分管民政。我还分管文旅、环保。",
        "一是分管民政；二是分管文旅；三是分管环保。",
        "我既分管民政，又分管文旅、环保。",
        "我分管的民政、文旅、环保等工作稳步推进。",
        "我手头管着民政、文旅、环保。",
        "民政、文旅、环保归我管。",
        "民政、文旅、环保归我分管。",
        "民政、文旅、环保这几块由我负责。",
        "民政、文旅由我分管，环保由我负责。",
        "我现任甲县副县长，2021年6月起分管民政、文旅、环保工作。",
        "我分管民政 、文旅 、环保 工作。",
        "我分管民政、文旅（含景区）、环保工作。",
        "2023年，我分管民政、文旅、环保工作，现将履职情况报告如下。",
    ],
)
def test_a_list_of_duties_is_read_in_many_wordings(opening: str) -> None:
    report = parsed(opening)
    assert report.info.declared == ("民政", "文旅", "生态环境")
    assert {duty.role for duty in report.duties if duty.portfolio} == {"分管"}


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("我协助县长分管教育、卫生健康工作。", [("教育", "分管"), ("卫健", "分管")]),
        ("我协助县长抓好教育工作。", [("教育", "协助")]),
        ("我协助负责招商引资工作。", [("招商引资", "协助")]),
        ("我协助分管教育；联系医保。", [("教育", "协助"), ("医保", "联系")]),
        ("我分管教育，联系税务、烟草。", [("教育", "分管"), ("税务", "联系"), ("烟草", "联系")]),
        ("我分管教育，对口联系红十字会。", [("教育", "分管"), ("红十字", "联系")]),
        ("教育由我分管，卫健由我联系。", [("教育", "分管"), ("卫健", "联系")]),
        ("教育归我管，卫生归我协助。", [("教育", "分管"), ("卫健", "协助")]),
        (
            "协助县长分管审计，分管统计，联系气象。",
            [("审计", "分管"), ("统计", "分管"), ("气象", "联系")],
        ),
        ("我主持县教育局全面工作。", [("教育", "主持")]),
        ("我主持县水利局全面工作，分管招商引资。", [("水利", "主持"), ("招商引资", "分管")]),
    ],
)
def test_each_duty_has_its_role(opening: str, expected: list[tuple[str, str]]) -> None:
    assert roles(opening) == expected


@pytest.mark.parametrize(
    ("item", "portfolio"),
    [
        ("文化和旅游", "文旅"),
        ("文旅", "文旅"),
        ("环保", "生态环境"),
        ("卫生健康", "卫健"),
        ("住房和城乡建设", "住建"),
        ("自然资源和规划", "自然资源"),
        ("工业和信息化", "工信"),
        ("人力资源和社会保障", "人社"),
        ("退役军人事务", "退役军人"),
        ("粮食和物资储备", "粮食储备"),
        ("市场监督管理", "市场监管"),
        ("应急管理", "应急管理"),
        ("城市管理", "城市管理"),
        ("机关事务管理", "机关事务"),
        ("国有资产监督管理", "国资"),
        ("水库移民后期扶持", "水库移民"),
        ("残联", "残疾人"),
        ("妇联", "妇女儿童"),
        ("园区建设", "园区"),
        ("县税务局", "税务"),
        ("县烟草专卖局", "烟草"),
    ],
)
def test_an_item_is_known_by_its_canonical_name(item: str, portfolio: str) -> None:
    for opening in (
        f"我分管{item}工作。",
        f"我分管审计、{item}等工作。",
        f"我分管{item}和审计工作。",
    ):
        assert set(parsed(opening).info.declared) - {"审计"} == {portfolio}


def test_a_name_that_holds_a_separator_is_one_item() -> None:
    duties = parsed("我分管文化和旅游、工业和信息化和民政工作。").duties
    assert [duty.item for duty in duties] == ["文化和旅游", "工业和信息化", "民政"]


@pytest.mark.parametrize("listed", ["人社、民政", "人防、民政", "人力资源和社会保障、民政"])
def test_a_list_that_begins_with_the_character_of_a_person_is_read(listed: str) -> None:
    assert [role for _, role in roles(f"按照分工，我负责{listed}等方面工作。")] == ["分管"] * 2


def test_those_responsible_are_no_duty() -> None:
    assert roles("我是单位主要负责人，民政局负责人也在，负责任地说，成绩不小。") == []


@pytest.mark.parametrize(
    "opening",
    [
        "我分管领域14项年度目标全部完成，其中5项进入全省前三。",
        "我分管的领域有3项工作走在前列。",
        "我始终密切联系群众，联系点走了12次，与企业的联系从未中断。",
        "多次联系民政、医保部门，为困难户办成了低保。",
    ],
)
def test_what_only_sounds_like_a_list_declares_nothing(opening: str) -> None:
    assert parsed(opening).duties == ()


def test_what_somebody_has_given_up_is_no_duty() -> None:
    assert roles("我分管教育、民政。8月起不再分管教育，增加分管审计。") == [
        ("民政", "分管"),
        ("审计", "分管"),
    ]


def test_a_comma_ends_the_list_where_no_item_follows() -> None:
    opening = "我分管教育、书法协会，群众的满意度提高了，联系县工会。"
    assert [duty.item for duty in parsed(opening).duties] == ["教育", "书法协会", "县工会"]


def test_an_item_in_no_known_portfolio_is_kept_without_one() -> None:
    report = parsed("我分管教育、书法协会工作。")
    assert [(duty.item, duty.portfolio) for duty in report.duties] == [
        ("教育", "教育"),
        ("书法协会", None),
    ]
    assert report.info.declared == ("教育",)


def test_a_combined_bureau_is_in_all_its_portfolios() -> None:
    assert set(roles("我主持县教育和体育局全面工作。")) == {("教育", "主持"), ("体育", "主持")}


@pytest.mark.parametrize(
    "opening",
    ["我主持全面工作。", "我主持局全面工作。", "我主持局党组全面工作，分管人事、财务。"][:2],
)
def test_where_a_head_only_says_all_of_it_the_post_tells_the_bureau(opening: str) -> None:
    assert ("水利", "主持") in roles(opening, "甲县水利局局长2023年述职报告")


def test_what_a_head_looks_after_inside_the_bureau_is_no_portfolio() -> None:
    report = parsed("我主持全面工作，分管人事、财务。", "甲县水利局局长2023年述职报告")
    assert report.info.declared == ("水利",)


def test_an_item_that_may_be_anothers_is_the_bureaus_own() -> None:
    report = parsed("我主持全面工作，分管防汛抗旱。", "甲县水利局局长2023年述职报告")
    assert report.info.declared == ("水利",)


@pytest.mark.parametrize(
    "title", ["甲县县长2023年述职报告", "戊镇镇长2023年述职报告", "乙市市长2023年述职报告"]
)
def test_the_head_of_a_place_has_no_portfolio_of_that(title: str) -> None:
    assert roles("我主持县政府全面工作。", title) == []


@pytest.mark.parametrize(
    "opening",
    [
        "一年来，我认真履职。",
        "我的分管工作稳步推进。",
        "教育、卫生事业全面发展，民政、文旅成绩突出。",
        "我参加了民政、文旅系统的学习。",
    ],
)
def test_an_opening_without_a_list_declares_nothing(opening: str) -> None:
    assert parsed(opening).info.declared == ()


def test_the_list_is_looked_for_in_the_opening_only() -> None:
    raw = (
        "2023年述职报告\n各位代表：\n我分管教育。\n一、工作\n分管民政的同志办成了几件实事。\n"
        "我分管审计工作。\n二、打算\n继续努力。"
    )
    assert structure.parse_report(raw, "id", WORDS, TOKENIZER).info.declared == ("教育",)


def test_a_portfolio_is_declared_once_and_in_the_order_of_the_text() -> None:
    report = parsed("我分管文旅、民政、文化旅游工作。我分管民政、教育工作。")
    assert report.info.declared == ("文旅", "民政", "教育")


def test_a_duty_knows_where_it_stands() -> None:
    report = parsed("我分管县民政局、文化和旅游等工作，联系县税务局。")
    assert [report.text[duty.start : duty.end] for duty in report.duties] == [
        "民政局",
        "文化和旅游",
        "税务局",
    ]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True),
    st.lists(st.sampled_from(["、", "，", ",", "和", "及", "与"]), min_size=7, max_size=7),
    st.sampled_from(
        [
            "我分管{}等工作。",
            "我分管{}工作。",
            "按照分工，我负责{}等方面工作。",
            "我协助县长分管{}工作。",
            "{}归我分管。",
            "联系{}。",
            "我主管{}等部门，一年来认真履职。",
        ]
    ),
)
def test_any_list_of_portfolios_is_declared_whole_and_in_order(
    names: list[str], separators: list[str], wording: str
) -> None:
    pairs = zip(names[1:], separators, strict=False)
    listed = names[0] + "".join(separator + name for name, separator in pairs)
    report = parsed(wording.format(listed))
    assert report.info.declared == tuple(names)
    assert [duty.item for duty in report.duties] == names


PIECES = st.sampled_from(
    [
        *"我 分管 负责 协助县长 联系 主持 全面工作 归我管 由我 等 工作 方面 部门 、 ， 。 ； ： （ ） 和 以及 同时 县 局".split(),
        *"民政 文化和旅游 应急管理 教育局 书法 2023年 ㎡ ⑵ a \n \u3000".split(" "),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text())
def test_duties_lie_in_the_text_and_declare_known_names(opening: str) -> None:
    report = parsed(opening)
    for duty in report.duties:
        assert 0 <= duty.start < duty.end <= len(report.text)
        assert duty.portfolio is None or duty.portfolio in NAMES
        assert duty.role in {"主持", "分管", "协助", "联系"}
        if duty.role != "主持":
            assert report.text[duty.start : duty.end] == duty.item
    assert report.info.declared == tuple(
        dict.fromkeys(duty.portfolio for duty in report.duties if duty.portfolio)
    )
