"""Documents in 《》 and what was done to them."""

from __future__ import annotations

import pytest

from reportsearch.analysis.facts.citations import CitationFinder
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold


@pytest.fixture(scope="module")
def documents(words: Lexicon) -> CitationFinder:
    return CitationFinder(words.facts)


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("制定印发《办法》等文件", ["制定印发"]),
        ("制定印发了《甲》《乙》《丙》等一系列文件", ["制定印发"] * 3),
        ("编制完成《甲》《乙》和《丙》，印发《丁》", ["编制完成"] * 3 + ["印发"]),
        ("以县政府名义印发《方案》", ["印发"]),
        ("牵头修订《预案（第六版）》", ["修订"]),
        ("形成的《报告》被县政府采纳", ["形成"]),
        ("《清单》重新修订", ["修订"]),
        ("《规划》编制完成并报省政府", ["编制完成"]),
        ("《条例》逐条学了两遍", ["学"]),
        ("学习宣传《办法》", ["学习宣传"]),
        ("严格执行《守则》，认真学习《条例》", ["执行", "学习"]),
        ("坚决落实《决定》，深入宣传《纲要》", ["落实", "宣传"]),
        ("推动出台《办法》", ["推动出台"]),
        ("按照《办法》检查", [""]),
        ("对照《意见》，逐条比对", [""]),
        ("以新修订的《体育法》施行为契机", [""]),
        ("完成《规划》中期评估", [""]),
        ("出台《关于〈办法〉的意见》", ["出台"]),
        ("推动出台《甲》《乙》等法规规章3件", ["推动出台"] * 2),
        ("牵头提出《议案》，被列为1号议案", ["牵头提出"]),
        ("对《条例（草案）》提出修改意见5条", ["提出修改意见"]),
        ("对《办法》开展执法检查", ["开展执法检查"]),
        ("《规划》提出了三项目标", [""]),
        ("在《公报》发表四十周年之际", [""]),
        ("没有文件", []),
    ],
)
def test_actions(documents: CitationFinder, text: str, actions: list[str]) -> None:
    assert [one.action for one in documents.find(fold(text))] == [fold(one) for one in actions]


def test_a_title_keeps_its_brackets(documents: CitationFinder) -> None:
    text = "印发《关于加强工作的意见（试行）》，落实"
    (one,) = documents.find(text)
    assert text[one.start : one.end] == "《关于加强工作的意见（试行）》"


def test_brackets_that_are_not_closed_are_no_title(documents: CitationFinder) -> None:
    assert documents.find("印发《关于加强工作的意见") == []
