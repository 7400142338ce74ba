from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportsearch import lexicon, structure
from reportsearch.models.report import Report
from reportsearch.structure.passages import split_paragraph
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)

HEAD = "2023年述职报告\n各位代表：\n现将履职情况报告如下。\n"

PARTS = st.sampled_from(
    [
        *"一、 （一） (二) 1. 2． （1） ① —— 一是 第一条 。 ， ； ： ！ “ ” （ ） 、".split(),
        *"民政 我分管民政、文旅。 各位代表： 2023年述职报告 甲县副县长 来源：甲县日报 打印 a b1".split(),
        *("\n", "\n", "\n\n", "\r\n", " ", "\u3000\u3000", "\t", "\u200b"),
        *("认真履行职责，" * 20, "办成了实事。" * 60, "办" * 350, "办成；" * 120, "落" * 1_100),
    ]
)
TEXTS = st.lists(PARTS, max_size=30).map("".join)

# Sentences that are short enough to stand in a passage, some with a quotation mark behind the stop.
SENTENCES = st.tuples(
    st.integers(1, 140), st.sampled_from(["。", "！", "？", "。”", "！”", "……。"])
).map(lambda parts: "办" * parts[0] + parts[1])


def parsed(raw: str) -> Report:
    return structure.parse_report(raw, "id", WORDS, TOKENIZER)


def texts(body: str) -> list[str]:
    """The passages after the opening's."""
    return [passage.text for passage in parsed(HEAD + body).passages][2:]


def fewest(lengths: list[int], most: int) -> int:
    """The least number of runs of neighbours of which none is longer than ``most``."""
    best = [0]
    for end in range(1, len(lengths) + 1):
        best.append(min(best[start] + 1 for start in range(end) if sum(lengths[start:end]) <= most))
    return best[-1]


def test_a_paragraph_is_a_passage_and_short_ones_are_not_merged() -> None:
    assert texts("好。\n很好。\n下一步，我将继续努力。") == [
        "好。",
        "很好。",
        "下一步，我将继续努力。",
    ]


def test_the_title_belongs_to_the_passage_that_follows_it() -> None:
    report = parsed(
        "2023年述职报告\n甲县副县长\n（2024年1月15日）\n一年来，我认真履职。\n特此报告。"
    )
    assert [passage.text for passage in report.passages] == [
        "2023年述职报告\n甲县副县长\n（2024年1月15日）\n一年来，我认真履职。",
        "特此报告。",
    ]


def test_headings_belong_to_the_passage_that_follows_them() -> None:
    assert texts("一、工作\n（一）民政\n1.低保\n做了甲。\n又做了乙。\n2.养老\n做了丙。") == [
        "一、工作\n（一）民政\n1.低保\n做了甲。",
        "又做了乙。",
        "2.养老\n做了丙。",
    ]


def test_a_heading_that_ends_with_a_colon_belongs_to_what_follows_it() -> None:
    assert texts("一、主要做了三件事：\n第一件是低保。\n第二件是养老。")[0] == (
        "一、主要做了三件事：\n第一件是低保。"
    )


def test_a_heading_run_into_its_paragraph_is_one_passage_with_it() -> None:
    assert texts("（一）学习不断深入。我读原著。\n（二）作风不断改进。我到一线。") == [
        "（一）学习不断深入。我读原著。",
        "（二）作风不断改进。我到一线。",
    ]


def test_a_heading_at_the_end_of_the_report_is_not_lost() -> None:
    assert texts("一、工作\n做了。\n二、不足") == ["一、工作\n做了。", "二、不足"]


def test_a_report_that_is_only_a_title_is_one_passage() -> None:
    assert [passage.text for passage in parsed("2023年述职报告").passages] == ["2023年述职报告"]


@pytest.mark.parametrize("raw", ["", "\n\n", " \u3000\r\n\t", "##paidbegin##"])
def test_a_blank_report_has_no_passages(raw: str) -> None:
    assert parsed(raw).passages == ()


def test_a_passage_has_its_number_its_id_and_the_path_of_its_section() -> None:
    report = parsed(HEAD + "一、工作\n总的来说。\n（一）民政\n做了甲。\n做了乙。\n二、不足\n有。")
    assert [passage.number for passage in report.passages] == [1, 2, 3, 4, 5, 6]
    assert report.passages[3].id == "id#4"
    assert [passage.section for passage in report.passages] == [
        (),
        (),
        ("一、工作",),
        ("一、工作", "（一）民政"),
        ("一、工作", "（一）民政"),
        ("二、不足",),
    ]


def test_a_passage_has_the_portfolios_of_its_own_section_only() -> None:
    report = parsed(
        "我分管民政、文旅工作。\n一、工作\n（一）民政保障有力。建成养老院三所。\n"
        "（二）文旅提质增效。接待游客三百万人次。\n二、不足\n有。"
    )
    found = {passage.text[:5]: passage.portfolios for passage in report.passages}
    assert found["一、工作\n"] == ("民政",)
    assert found["（二）文旅"] == ("文旅",)
    assert found["二、不足\n"] == ()


def test_all_runs_of_a_long_paragraph_are_in_its_section() -> None:
    report = parsed(HEAD + "一、工作\n" + ("办" * 99 + "。") * 5 + "\n二、不足\n有。")
    runs = [passage for passage in report.passages if "办" in passage.text]
    assert [len(run.text) for run in runs] == [len("一、工作\n") + 300, 200]
    assert {run.section for run in runs} == {("一、工作",)}


def test_a_paragraph_of_300_characters_is_whole_and_one_of_301_is_cut() -> None:
    assert split_paragraph("办" * 149 + "。" + "办" * 149 + "。") == [(0, 300)]
    assert split_paragraph("办" * 150 + "。" + "办" * 149 + "。") == [(0, 151), (151, 301)]


@given(st.lists(SENTENCES, min_size=1, max_size=20))
def test_a_long_paragraph_is_cut_at_sentence_ends_into_the_fewest_runs(
    sentences: list[str],
) -> None:
    paragraph = "".join(sentences)
    runs = split_paragraph(paragraph)
    assert "".join(paragraph[start:end] for start, end in runs) == paragraph
    ends = {sum(map(len, sentences[:number])) for number in range(1, len(sentences) + 1)}
    assert {end for _, end in runs} <= ends
    assert all(end - start <= 300 for start, end in runs)
    assert len(runs) == fewest([len(sentence) for sentence in sentences], 300)


def test_a_closing_quotation_mark_stays_with_its_sentence() -> None:
    paragraph = "我说：“" + "办" * 250 + "。”" + "办" * 100 + "。"
    assert [paragraph[start:end][-2:] for start, end in split_paragraph(paragraph)] == [
        "。”",
        "办。",
    ]


def test_a_decimal_point_does_not_end_a_sentence() -> None:
    paragraph = "增长1.5％，" * 40 + "完成。" + "下降2.5％，" * 40 + "完成。"
    assert [paragraph[start:end][-3:] for start, end in split_paragraph(paragraph)] == [
        "完成。",
        "完成。",
    ]


def test_a_sentence_that_is_too_long_is_cut_at_its_semicolons() -> None:
    clause = "办" * 149 + "；"
    assert [end - start for start, end in split_paragraph(clause * 4 + "完。")] == [300, 300, 2]


def test_a_long_sentence_without_a_place_to_cut_stays_whole() -> None:
    assert split_paragraph("办" * 600 + "。") == [(0, 601)]


def test_no_passage_is_endless() -> None:
    runs = split_paragraph("办" * 5_000)
    assert all(end - start <= 1_000 for start, end in runs)
    assert sum(end - start for start, end in runs) == 5_000


@settings(deadline=None)
@given(TEXTS | st.text())
def test_every_character_that_is_not_blank_is_in_exactly_one_passage(raw: str) -> None:
    report = parsed(raw)
    seen = [0] * len(report.text)
    for passage in report.passages:
        for at in range(passage.start, passage.end):
            seen[at] += 1
    assert max(seen, default=0) <= 1
    assert all(count or char.isspace() for count, char in zip(seen, report.text, strict=True))


@settings(deadline=None)
@given(TEXTS | st.text())
def test_passages_are_cuts_of_the_clean_text_in_order(raw: str) -> None:
    report = parsed(raw)
    assert [passage.number for passage in report.passages] == list(
        range(1, len(report.passages) + 1)
    )
    for passage in report.passages:
        assert passage.text == report.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
    for before, after in pairwise(report.passages):
        assert before.end <= after.start


@settings(deadline=None)
@given(TEXTS | st.text())
def test_a_passage_starts_in_the_section_whose_path_it_has(raw: str) -> None:
    report = parsed(raw)
    for passage in report.passages:
        inside = [
            section.heading
            for section in report.sections
            if section.start < passage.end <= section.end
        ]
        assert passage.section == tuple(inside)


@settings(deadline=None)
@given(st.text(st.characters(codec=None)) | TEXTS)
def test_any_text_at_all_can_be_parsed_and_written_as_utf_8(raw: str) -> None:
    report = parsed(raw)
    assert report.text.encode().decode() == report.text
    assert report.info.chars == sum(not char.isspace() for char in report.text)
