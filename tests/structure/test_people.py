from __future__ import annotations

import pytest

from reportsearch import lexicon, structure
from reportsearch.tokenizer import Tokenizer

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)


def find_official(raw: str) -> str | None:
    return structure.parse_report(raw, "id", WORDS, TOKENIZER).info.official


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("甲县人民政府县长　林　涛", "林涛"),
        ("县长 高 远 山", "高远山"),
        ("县长 李 建国", "李建国"),
        ("县长  欧阳 海", "欧阳海"),
        ("州长 扎西顿珠", "扎西顿珠"),
        ("区长 买买提·阿不都", "买买提·阿不都"),
        ("旗长 奇巴图", "奇巴图"),
        ("代县长方明", "方明"),
        ("县长：方明", "方明"),
        ("述职人：方明", "方明"),
        ("述职人　方明", "方明"),
        ("报告人 韩　露", "韩露"),
        ("汇报人 : 方 明", "方明"),
        ("姓名：方明  职务：县长", "方明"),
        ("方 明 远", "方明远"),
        ("（方明）", "方明"),
    ],
)
def test_the_name_in_a_line_of_its_own_or_beside_the_post(line: str, name: str) -> None:
    raw = f"2023年述职报告\n{line}\n各位代表：\n现在报告工作。\n一、工作\n做了。"
    report = structure.parse_report(raw, "id", WORDS, TOKENIZER)
    assert report.info.official == name
    assert report.info.words["official"] in raw


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("甲县县长方明2023年述职报告\n正文。", "方明"),
        ("甲县县长方明同志述职报告\n正文。", "方明"),
        ("述职报告\n各位代表：\n我叫那仁，现任甲旗副旗长。", "那仁"),
        ("述职报告\n各位代表：\n本人方明远，现任甲县副县长。", "方明远"),
        ("政府工作报告\n甲县县长方明作政府工作报告。", "方明"),
        (
            "政府工作报告\n2025年1月9日在甲县人民代表大会会议上甲县县长 方明同志作报告。\n各位代表：",
            "方明",
        ),
        (
            "政府工作报告\n2025年1月9日在甲县人民代表大会会议上甲县县长方明作报告\n各位代表：",
            "方明",
        ),
        ("政府工作报告\n——2025年1月9日县长 方明在甲县人民代表大会会议上的讲话\n各位代表：", "方明"),
        ("政府工作报告\n——2025年1月9日方明县长在甲县人民代表大会会议上的报告\n各位代表：", "方明"),
        (
            "政府工作报告\n——2024年3月5日在第十四届全国人民代表大会第二次会议上\n国务院总理\n　方　明\n各位代表：",
            "方明",
        ),
        ("政府工作报告  甲县县长　方 明  各位代表：\n现在报告工作。", "方明"),
        ("述职报告\n各位代表：\n我是甲县人，现任副县长。", None),
        ("述职报告\n各位代表：\n本人任职以来，做好工作。", None),
    ],
)
def test_the_name_in_a_title_or_an_opening(raw: str, name: str | None) -> None:
    assert find_official(raw) == name


@pytest.mark.parametrize(
    "line",
    [
        "目　录",
        "述 职 报 告",
        "县长办公室",
        "县长 述职",
        "县长 XXX",
        "副县长 安全",
        "甲县 教育局",
        "第一部分",
    ],
)
def test_a_line_that_is_no_name(line: str) -> None:
    assert find_official(f"2023年述职报告\n{line}\n各位代表：\n现在报告工作。") is None
