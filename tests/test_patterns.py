"""No regular expression takes much longer than in proportion to a text, whatever somebody writes.

``benchmarks/faults/patterns.py`` tries more attacks, and shows how the time grows.
"""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from benchmarks.faults.find_patterns import find_patterns
from benchmarks.faults.patterns import catch_timeouts, find_superlinear
from benchmarks.faults.sample_run import run_everything

from tests.reports import in_memory, row

# Compiled inside a function that the run does not reach.
NOT_REACHED = {
    "analysis/compare/proper_names.py": "a string",
    "analysis/compare/string_counts.py": "a string",
    "analysis/summary/sentence_roles.py": "the words of a portfolio",
    "extract/html/mht.py": "a line with the boundary that the archive names",
    "extract/html/raw_content.py": "an end tag up to its >, and the ends of a comment",
    "structure/plans.py": "a string",
}


def attack_all() -> tuple[set[str], list[str]]:
    """Return the files with expressions that are not reached, and the expressions that fail."""
    patterns, missed = find_patterns(run_everything)
    return {call.file for call in missed}, find_superlinear(patterns)


def test_no_expression_grows_faster_than_its_text() -> None:
    """Attack every expression with what it repeats; no match may reach a limit of CPU time."""
    # In a process of its own, where nothing has been compiled and kept by another test.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        missed, slow = pool.submit(attack_all).result()
    assert missed == set(NOT_REACHED)
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize(
    "text",
    [
        f"《甲县规划》{'已经' * 40}甲",
        f"建成滨河路{'和乙1' * 40}甲",
        f"全县生产总值增长5%，{'1' * 80}甲，新建学校3所。",
        f"全县生产总值增长5%，{'1月' * 60}甲，新建学校3所。",
        "播种面积（亩）" + " \t —" * 60 + "甲",
    ],
)
def test_a_row_of_words_is_not_divided_in_every_way(tmp_path: Path, text: str) -> None:
    """Each took for ever: with every word, there were twice as many ways to read it."""
    archive = in_memory(tmp_path, row("甲县2023年述职报告", text))
    with catch_timeouts():
        signal.setitimer(signal.ITIMER_VIRTUAL, 10)
        archive.facts_of_all()
        archive.summary("甲县2023年述职报告")
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
