"""Stages of progress that the page names have their Chinese."""

from __future__ import annotations

import ast

from reportsearch.locale import read_texts
from tests.web.conftest import PROJECT

SOURCE = PROJECT / "src" / "reportsearch"
STAGE_CALLS = {"bind_stage", "start_stage", "progress"}


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def test_every_stage_of_an_analysis_has_its_chinese() -> None:
    told: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] in {"cli", "web", "extract", "indexing"}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in STAGE_CALLS:
                told |= {
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    assert told == read_texts("stages").keys(), "its Chinese goes into locale/texts/stages.toml"
