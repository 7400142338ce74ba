from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import lexicon, structure
from reportsearch.lexicon import Lexicon
from reportsearch.lexicon.models import Portfolio
from reportsearch.models.report import BASES, Report
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)
NAMES = {portfolio.name for portfolio in WORDS.portfolios}

DECLARED = "我分管民政、文旅、环保、供销、招商引资等工作。\n"
# A portfolio, a heading that names it and a sentence of its work.
WORK = {
    "民政": ("民政保障有力", "发放城乡低保金三千万元，新建养老院三所，社会救助应救尽救。"),
    "文旅": ("文旅产业提质增效", "建成旅游示范县，接待游客三百万人次，旅游景区提档升级。"),
    "生态环境": ("生态环境持续改善", "空气质量优良天数增加十天，完成污水处理厂提标改造。"),
    "招商引资": ("招商引资取得突破", "外出招商二十次，签约项目十个，到位资金五亿元。"),
    "供销": ("供销改革深入推进", "建成基层供销社五家，农资供应充足。"),
}


def parsed(body: str, words: Lexicon = WORDS) -> Report:
    return structure.parse_report(
        f"2023年述职报告\n各位代表：\n{body}", "id", words, Tokenizer(words)
    )


def about(report: Report) -> dict[str, set[str]]:
    """The portfolios of each section, by its heading."""
    return {
        section.heading: {entry.portfolio for entry in section.portfolios}
        for section in report.sections
    }


def test_each_section_is_about_the_portfolio_that_it_speaks_of() -> None:
    parts = [
        f"（{number}）{heading}。{text}"
        for number, (heading, text) in zip("一二三四五", WORK.values(), strict=True)
    ]
    found = about(parsed(DECLARED + "一、主要工作\n" + "\n".join(parts)))
    assert [found[part.split("。")[0]] for part in parts] == [{name} for name in WORK]


@pytest.mark.parametrize("portfolio", WORK)
def test_a_section_is_found_by_its_text_where_the_heading_is_silent(portfolio: str) -> None:
    body = f"{DECLARED}一、主要工作\n（一）办成几件实事\n{WORK[portfolio][1]}\n（二）其他\n做了。"
    assert about(parsed(body))["（一）办成几件实事"] == {portfolio}


@pytest.mark.parametrize("portfolio", WORK)
def test_a_section_is_found_by_its_heading_where_the_text_is_silent(portfolio: str) -> None:
    heading = WORK[portfolio][0]
    body = f"{DECLARED}一、主要工作\n（一）{heading}\n一年来迈出新步子。\n（二）其他\n做了。"
    assert about(parsed(body))[f"（一）{heading}"] == {portfolio}


def test_the_evidence_says_what_the_text_says_and_where() -> None:
    report = parsed(DECLARED + "一、文旅工作\n接待游客三百万人次。")
    [section] = report.sections
    assert section.portfolios
    assert {entry.portfolio for entry in section.portfolios} == {"文旅"}
    assert section.portfolios[0].text.startswith("文旅")
    for entry in section.portfolios:
        assert report.text[entry.start : entry.end] == entry.text
        assert section.start <= entry.start < entry.end <= section.end


def test_evidence_is_found_in_the_original_behind_signs_that_fold_to_several() -> None:
    report = parsed(DECLARED + "一、文旅工作\n改造⑵区㎡㎡㎡，接待遊客三百万人次。")
    evidence = [entry.text for entry in report.sections[0].portfolios]
    assert "接待遊客" in evidence


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("文化旅游工作", "文旅"),
        ("文化和旅游工作", "文旅"),
        ("环境保护工作", "生态环境"),
        ("卫生健康工作", "卫健"),
        ("住房和城乡建设工作", "住建"),
        ("退役军人事务工作", "退役军人"),
        ("医疗保障工作", "医保"),
        ("交通运输工作", "交通运输"),
    ],
)
def test_a_heading_may_name_a_portfolio_that_is_not_declared(heading: str, name: str) -> None:
    found = about(parsed(f"我任副县长。\n一、{heading}\n办成了几件实事。\n二、其他\n做了。"))
    assert found[f"一、{heading}"] == {name}


@pytest.mark.parametrize(
    "text",
    [
        "县人民政府认真贯彻落实上级部署，人民政府各部门齐抓共管。",
        "全县人民政治觉悟提高。",
    ],
)
def test_a_word_inside_another_is_no_evidence(text: str) -> None:
    # 民政 is not in 人民政府.
    assert about(parsed(f"{DECLARED}一、主要工作\n{text}"))["一、主要工作"] == set()


@pytest.mark.parametrize(
    "heading",
    [
        "存在的不足",
        "存在的问题和差距",
        "加强政治理论学习",
        "廉洁自律情况",
        "严守纪律，廉洁奉公",
        "党风廉政建设",
        "下步工作打算",
    ],
)
def test_a_section_about_the_official_is_about_no_portfolio(heading: str) -> None:
    body = f"{DECLARED}一、民政工作\n做了。\n二、{heading}\n" + "".join(
        text for _, text in WORK.values()
    )
    assert about(parsed(body))[f"二、{heading}"] == set()


def test_what_stands_in_a_section_about_the_official_is_about_the_official_too() -> None:
    body = f"{DECLARED}一、存在的不足\n（一）民政工作还有短板\n{WORK['民政'][1]}\n（二）文旅\n{WORK['文旅'][1]}"
    assert set().union(*about(parsed(body)).values()) == set()


def test_what_is_studied_is_no_work_in_subsections_either() -> None:
    text = "学习招商引资知识，撰写心得体会12篇，参加集体学习20次，做到学有所思、学有所获，不断提高自己的能力和水平。"
    body = f"我任副县长。\n一、{{}}\n（一）走在前列\n{text}\n二、其他\n做了。"
    assert [on(body.format(heading))[-2] for heading in ("加强政治理论学习", "主要工作")] == [
        set(),
        {"招商引资"},
    ]


def test_a_heading_that_lists_many_portfolios_does_not_decide_for_each_passage() -> None:
    heading = "民政、文旅、供销、招商引资工作"
    body = f"{DECLARED}一、{heading}\n{WORK['供销'][1]}\n{WORK['文旅'][1]}\n二、其他\n做了。"
    assert on(body)[-3:-1] == [{"供销"}, {"文旅"}]
    assert on(body.replace(WORK["文旅"][1], "一年来迈出新步子。"))[-3:-1] == [{"供销"}, set()]


def test_a_section_has_the_portfolios_of_its_subsections() -> None:
    body = (
        f"{DECLARED}一、主要工作\n（一）民政工作\n{WORK['民政'][1]}\n（二）文旅工作\n{WORK['文旅'][1]}\n"
        f"二、其他工作\n（一）供销工作\n{WORK['供销'][1]}"
    )
    found = about(parsed(body))
    assert found["一、主要工作"] == {"民政", "文旅"}
    assert found["二、其他工作"] == {"供销"}


def test_a_section_may_be_about_two_portfolios() -> None:
    body = f"{DECLARED}一、抓民政、促文旅\n{WORK['民政'][1]}{WORK['文旅'][1]}\n二、其他\n做了。"
    assert about(parsed(body))["一、抓民政、促文旅"] == {"民政", "文旅"}


def test_what_the_heading_names_counts_more_than_a_mention_in_the_text() -> None:
    body = f"{DECLARED}一、文旅工作\n组织孤儿和老人免费游览。\n二、其他\n做了。"
    assert about(parsed(body))["一、文旅工作"] == {"文旅"}


def test_a_silent_subsection_is_about_what_those_on_both_sides_are_about() -> None:
    text = WORK["民政"][1]
    body = f"{DECLARED}一、主要工作\n（一）办实事\n{text}\n（二）抓细节\n做在平常。\n（三）解难题\n{text}"
    assert about(parsed(body))["（二）抓细节"] == {"民政"}


def test_a_section_that_says_nothing_of_any_portfolio_is_about_none() -> None:
    assert about(parsed(DECLARED + "一、主要工作\n完成了上级交办的各项任务。")) == {
        "一、主要工作": set()
    }


def test_a_declared_portfolio_needs_less_evidence_than_another() -> None:
    section = "一、主要工作\n全年新建校舍三栋。"
    assert about(parsed("我分管教育。\n" + section)) == {"一、主要工作": {"教育"}}
    assert about(parsed("我分管民政。\n" + section)) == {"一、主要工作": set()}


def test_a_long_section_does_not_need_ever_more_evidence() -> None:
    filler = "一年来迈出新步子，取得新进展。\n" * 200
    body = f"我分管教育。\n一、主要工作\n{filler}新建学校、幼儿园五所，改造校舍十栋，招聘教师百名。"
    assert about(parsed(body)) == {"一、主要工作": {"教育"}}


def test_what_the_heads_of_a_bureau_do_is_about_the_bureaus_field() -> None:
    raw = (
        "甲县水利局局长2023年述职报告\n各位代表：\n我主持局全面工作。\n一、主要工作\n"
        "（一）抓班子带队伍\n团结带领全局干部职工。\n（二）抓项目\n完成河道治理三十公里。\n"
        "二、存在的不足\n有。\n三、下步打算\n继续努力。"
    )
    found = about(structure.parse_report(raw, "id", WORDS, TOKENIZER))
    assert found == {
        "一、主要工作": {"水利"},
        "（一）抓班子带队伍": {"水利"},
        "（二）抓项目": {"水利"},
        "二、存在的不足": set(),
        "三、下步打算": set(),
    }


def test_the_word_list_decides_what_is_a_portfolio() -> None:
    words = Lexicon((Portfolio("航天", same=("太空",), words=("火箭发射",)),))
    found = about(
        parsed("我分管太空。\n一、太空工作\n完成火箭发射三次。\n二、民政工作\n做了。", words)
    )
    assert found == {"一、太空工作": {"航天"}, "二、民政工作": set()}


def test_the_report_lists_what_its_sections_are_about() -> None:
    report = parsed(f"{DECLARED}一、文旅工作\n{WORK['文旅'][1]}\n二、民政工作\n{WORK['民政'][1]}")
    assert report.portfolios == ("文旅", "民政")


def test_at_most_three_pieces_of_evidence_are_shown_for_a_portfolio() -> None:
    report = parsed(DECLARED + "一、文旅工作\n" + f"{WORK['文旅'][1]}\n" * 2)
    assert len(report.evidence) > 3
    assert [entry.portfolio for entry in report.sections[0].portfolios] == ["文旅"] * 3


def test_a_text_without_sections_is_about_nothing() -> None:
    assert parsed(DECLARED + "一年来，我认真履职。").portfolios == ()


PIECES = st.sampled_from(
    [
        *"一、 （一） 二、 1. 民政 文化旅游 遊客 养老院 招商引资 人民政府 教育局 学校 不足 廉洁 打算 ㎡ ⑵ ４Ａ 。 ， 、".split(),
        *("\n", "\n", "\u200b", "我分管民政、教育。", "主持教育局全面工作。"),
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_all_evidence_of_a_section_is_in_the_text_and_names_a_portfolio(body: str) -> None:
    report = parsed(body)
    for section in report.sections:
        for entry in section.portfolios:
            assert entry.portfolio in NAMES
            assert entry.start < entry.end
            shown = report.text[entry.start : entry.end]
            # A bureau head's 主持…全面工作 names the bureau in the middle of its evidence.
            assert entry.text == shown or entry.start < section.start
    assert set().union(*about(report).values()) <= set(report.portfolios)
    assert {name for one in report.passages for name in one.portfolios} == set(report.portfolios)
    given = {(entry.passage, entry.portfolio) for entry in report.evidence}
    assert given == {(one.number, name) for one in report.passages for name in one.portfolios}
    assert {entry.basis for entry in report.evidence} <= set(BASES)


@pytest.mark.parametrize(
    "sentence",
    [
        "会同住建、消防部门对14栋楼逐户过关。",
        "请审计部门全程跟进，公开每一笔账。",
        "协调水利部门开机井126眼。",
    ],
)
def test_departments_that_took_part_are_no_subject(sentence: str) -> None:
    body = f"{DECLARED}一、主要工作\n（一）守住底线\n{sentence}\n（二）其他\n做了。"
    assert about(parsed(body))["（一）守住底线"] == set()


def test_a_single_word_points_to_no_portfolio_that_is_not_declared() -> None:
    """盘活存量 is said of money and of land."""
    body = f"{DECLARED}一、主要工作\n（一）盘活存量\n消化了两百亩。\n（二）财政增收\n做了。"
    found = about(parsed(body))
    assert found["（一）盘活存量"] == set()
    assert found["（二）财政增收"] == {"财政"}


def test_a_duty_that_is_one_portfolios_is_not_reported_for_another() -> None:
    body = "我主持应急管理局全面工作，分管森林防灭火。\n一、主要工作\n（一）森林防灭火\n设卡60个。\n（二）其他\n做了。"
    assert about(parsed(body))["（一）森林防灭火"] == {"应急管理"}


def on(body: str) -> list[set[str]]:
    """The portfolios of each passage behind the opening."""
    return [set(passage.portfolios) for passage in parsed(DECLARED + body).passages[2:]]


def test_passages_of_one_section_are_judged_one_by_one() -> None:
    body = f"一、干在一线\n{WORK['民政'][1]}\n{WORK['文旅'][1]}\n{WORK['供销'][1]}"
    assert on(body) == [{"民政"}, {"文旅"}, {"供销"}]


def test_what_the_heading_names_does_not_colour_what_speaks_of_other_things() -> None:
    body = f"一、抓实文旅工作\n{WORK['文旅'][1]}\n{WORK['民政'][1]}"
    assert on(body) == [{"文旅"}, {"民政"}]


def test_a_silent_passage_is_about_what_those_on_both_sides_agree_on() -> None:
    silent = "路是一步一步走出来的，账是一笔一笔算出来的。"
    same = f"一、干在一线\n{WORK['民政'][1]}\n{silent}\n{WORK['民政'][1]}"
    assert on(same) == [{"民政"}] * 3
    other = f"一、干在一线\n{WORK['民政'][1]}\n{silent}\n{WORK['文旅'][1]}"
    assert on(other) == [{"民政"}, set(), {"文旅"}]


def test_rows_of_a_table_are_about_what_the_text_above_it_is_about() -> None:
    rows = "甲项目\t3.6\t1.9\n乙项目\t2.8\t2.1"
    after = "上表两个项目慢了，慢在手续上，原来的办法我没有同意。"
    body = f"一、干在一线\n{WORK['招商引资'][1]}\n{rows}\n{after}\n{WORK['民政'][1]}"
    assert on(body) == [{"招商引资"}] * 4 + [{"民政"}]
    evidence = parsed(DECLARED + body).evidence
    assert {one.basis for one in evidence if one.passage in {4, 5}} == {"neighbours"}
    other = after.replace("上表", "这里")
    assert on(body.replace(after, other))[3] == set()


def test_an_introduction_is_about_nothing_even_under_a_label() -> None:
    report = parsed("教育工作：现将履职情况报告如下。\n" + WORK["民政"][1])
    assert [one.portfolios for one in report.passages] == [(), (), ("民政",)]


@pytest.mark.parametrize("bare", ["交通。", "气象", "水利、水利。", "天气很好，心情也不错。"])
def test_a_bare_word_is_no_report(bare: str) -> None:
    assert on(f"一、感想\n{bare}") == [set()]


def test_what_decides_alone_is_told_first() -> None:
    report = parsed(f"一、文旅工作\n{WORK['文旅'][1]}")
    [section] = report.sections
    assert "heading" in {entry.basis for entry in section.portfolios}


def test_the_post_counts_only_where_nothing_else_is_told() -> None:
    told = "一、主要工作\n" + WORK["民政"][1] + "\n" + WORK["文旅"][1]
    text = f"某县民政局局长2023年述职报告\n本人任民政局局长，主持民政局全面工作。\n{told}"
    report = structure.parse_report(text, "id", WORDS, Tokenizer(WORDS))
    assert [set(one.portfolios) for one in report.passages] == [set(), {"民政"}, {"文旅"}]


def test_evidence_far_away_says_nothing_of_a_silent_passage() -> None:
    silent = "\n路是一步一步走出来的，账是一笔一笔算出来的。" * 12
    found = on(f"一、干在一线\n{WORK['民政'][1]}{silent}")
    assert found[0] == {"民政"}
    assert found[6:] == [set()] * 7


@pytest.mark.parametrize(
    "close",
    [
        "天晴了，更没有理由走慢。以上报告，请予审议。",
        "主任、各位委员，履职没有完成时，只有进行时。",
    ],
)
def test_a_close_is_about_nothing(close: str) -> None:
    body = f"一、民政工作\n{WORK['民政'][1]}\n{WORK['民政'][1]}\n{close}"
    assert on(body) == [{"民政"}, {"民政"}, set()]


def test_the_rows_of_a_table_are_about_what_the_sentence_before_it_is_about() -> None:
    """康养 of a project's name is no 文旅."""
    table = "项目\t金额\n康养度假村\t3\n电子二期\t5"
    body = (
        f"一、招商引资\n（一）好邻居\n{WORK['招商引资'][1]}列表如下：\n{table}\n（二）其他\n做了。"
    )
    assert on(body)[:4] == [{"招商引资"}] * 4


def test_study_and_answers_to_deputies_are_about_nothing_though_a_bureau_is_named() -> None:
    talk = "全年参加党组集体学习16次，到民政局宣讲7场，撰写调研报告2篇。"
    assert on(f"一、笔可以放下\n{talk}\n二、民政工作\n{WORK['民政'][1]}") == [set(), {"民政"}]


def test_a_matter_that_is_counted_is_about_what_it_is_called() -> None:
    """A label that ends one run of a long paragraph is told of in the next."""
    long = "一是管好低保。发放低保、特困供养资金三千万元，" + "一家一家地走，一户一户地看。" * 19
    rest = "四是跑招商。" + "出门九趟，回来签了两个，一个开工，一个投产，镇上多了活干。" * 4
    report = parsed(f"我分管民政。\n一、干在一线\n{long}{rest}")
    first, second = report.passages[2:]
    assert first.text.endswith("四是跑招商。")
    assert (first.portfolios, second.portfolios) == (("民政",), ("招商引资",))


def test_who_does_a_thing_is_not_the_thing() -> None:
    body = "一、干在一线\n（一）坐板凳\n请来快递员当先生。\n（二）其他\n做了。"
    assert about(parsed(f"我联系邮政局。\n{body}"))["（一）坐板凳"] == set()
