"""Excerpts that list tasks are told by their wording, where nothing else tells of plans."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive, lexicon
from reportsearch.structure.task_lists import find_task_passages

TASKS = "加快建设北门水厂，推进灌区改造，新增灌溉面积5万亩以上。"
MORE_TASKS = "健全巡河制度，打造10条美丽河湖，鼓励农户节水。"
RESULTS = "北门大桥建成通车，供水量同比增长5.3%，入选全省首批节水县。"


def tasks(folder: Path, *lines: str) -> list[str]:
    """The beginnings of the passages that list tasks."""
    path = folder / "a.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    archive = Archive.in_memory()
    archive.index([path])
    found = find_task_passages(archive.show("a.txt"), lexicon.load())
    return [passage.text[:4] for passage in found]


def test_an_excerpt_worded_as_tasks(tmp_path: Path) -> None:
    assert tasks(tmp_path, TASKS, MORE_TASKS) == ["加快建设", "健全巡河"]


def test_an_excerpt_worded_as_results(tmp_path: Path) -> None:
    assert tasks(tmp_path, RESULTS, RESULTS) == []


def test_an_excerpt_with_as_many_results_as_tasks_is_none_of_tasks(tmp_path: Path) -> None:
    assert tasks(tmp_path, TASKS, RESULTS) == []


def test_a_passage_of_results_among_many_of_tasks_stays_one(tmp_path: Path) -> None:
    found = tasks(tmp_path, TASKS, MORE_TASKS, TASKS, MORE_TASKS, "已解决3个村的饮水。", TASKS)
    assert found == ["加快建设", "健全巡河", "加快建设", "健全巡河", "加快建设"]


@pytest.mark.parametrize(
    "text",
    [
        "巡河制度不断健全，灌区改造有序推进，节水风尚加快培育，水网加快构建，新建泵站3座。",
        "健全了制度，打造了亮点，构建了水网，培育了队伍，推动了改革。",
        "这些重要、主要、必要的需要，纪要和摘要都有，共3份。",
    ],
)
def test_words_that_tell_no_task(tmp_path: Path, text: str) -> None:
    assert tasks(tmp_path, text) == []


@pytest.mark.parametrize(
    "head",
    [
        "甲县水务局局长述职报告",
        "甲县水务局2023年情况",
        "一、2023年工作回顾",
    ],
)
def test_a_title_or_heading_that_says_more_counts_instead(tmp_path: Path, head: str) -> None:
    assert tasks(tmp_path, head, "", TASKS, MORE_TASKS) == []
