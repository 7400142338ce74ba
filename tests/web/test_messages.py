"""Whatever the program says of itself on a page, it says in Chinese, with what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportsearch import errors
from reportsearch.locale import read_texts
from reportsearch.locale.query_reasons import translate_error
from reportsearch.locale.reasons import translate_reason
from reportsearch.web.jobs import JobCancelledError
from tests.web.conftest import PROJECT

SOURCE = PROJECT / "src" / "reportsearch"
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.ReportSearchError)
} | {JobCancelledError.__name__, "Failure", "Doubt"}
NOT_ON_THE_PAGE = (
    # The command line's own, and what only it reaches: models of meanings, files that it writes.
    "cli/",
    "search/sentence_model.py",
    "search/rerank.py",
    "files.py",
    # The interface for programs speaks English.
    "web/api/",
)
TABLES = {"_REFUSED", "_OFFICE_TYPES", "_ODF_REFUSED", "_REFUSED_OLE"}
"""Of module-level tables of what is refused, with the message of each."""
STAGE_CALLS = {"bind_stage", "start_stage", "progress"}
SAMPLES = ("7", "甲", "year", "2023", "a.txt", "2024-01-05", "甲县/metadata.csv", "portfolio:")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HOLE = re.compile(r"\{\}")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def own_constants(path: Path) -> dict[str, str]:
    """The strings that a module names."""
    found: dict[str, str] = {}
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            written = template(node.value, found)
            if written:
                found |= {one.id: written for one in targets if isinstance(one, ast.Name)}
    return found


@cache
def constants(path: Path) -> dict[str, str]:
    """The same with those that it takes from another module."""
    found: dict[str, str] = {}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reportsearch."):
            place = SOURCE.joinpath(*(node.module or "").split(".")[1:])
            module = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            theirs = own_constants(module)
            found |= {one.name: theirs[one.name] for one in node.names if one.name in theirs}
    return found | own_constants(path)


def template(node: ast.AST | None, known: dict[str, str]) -> str | None:
    """A string with ``{}`` for what is filled in; None for what is no string by itself."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return HOLE.sub("{}", node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [
            part.value if isinstance(part, ast.Constant) else template_of(part, known)
            for part in node.values
        ]
        return "".join(map(str, parts))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = template(node.left, known), template(node.right, known)
        return None if left is right is None else f"{left or '{}'}{right or '{}'}"
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        written = template(node.func.value, known) if node.func.attr == "format" else None
        first = template(node.args[0], known) if node.args else None
        return HOLE.sub(first or "{}", written, count=1) if written else None
    return None


def template_of(part: ast.AST, known: dict[str, str]) -> str:
    named = template(part.value, known) if isinstance(part, ast.FormattedValue) else None
    return named or "{}"


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def messages() -> Iterator[tuple[str, str]]:
    """All that the program can say of what went wrong, and where it does."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if place.startswith(NOT_ON_THE_PAGE):
            continue
        known = constants(path)
        for refused in _refused(path, known):
            yield refused, place
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or called(node) not in KINDS or not node.args:
                continue
            last = node.args[-1] if called(node) in {"Failure", "Doubt"} else node.args[0]
            both = (last.body, last.orelse) if isinstance(last, ast.IfExp) else (last,)
            for written in both:
                found = template(written, known)
                # What is only put together of what others say is told by them.
                if found and re.search(r"[A-Za-z]{2}", HOLE.sub("", found)):
                    yield found, f"{place}:{node.lineno}"


def _refused(path: Path, known: dict[str, str]) -> Iterator[str]:
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in TABLES:
            for entry in getattr(node.value, "elts", ()):
                refused = template(entry.elts[-1], known)
                assert refused, ast.unparse(entry)
                yield refused


def spoken(message: str) -> set[str]:
    """How a page can say it, with one or another thing filled in."""
    filled = {re.sub(r"\{[^{}]*\}", sample, message) for sample in SAMPLES}
    return {
        told
        for one in filled
        for told in (translate_error("zh", one), translate_reason("zh", one))
        if told != one
    }


@cache
def read_once() -> tuple[tuple[str, str], ...]:
    return tuple(messages())


def test_there_are_messages_to_look_at() -> None:
    found = dict(read_once())
    assert len(found) > 150
    assert any("the query is empty" in one for one in found)
    # Also those that a module has as constants.
    assert any(one.startswith("LibreOffice cannot open it") for one in found)


def test_every_message_has_its_chinese() -> None:
    # Those that fail: give their Chinese in locale/messages.py.
    found = {one: spoken(one[0]) for one in read_once()}
    assert [one for one, told in found.items() if not told] == []
    for told in set().union(*found.values()):
        assert CHINESE.search(told)
        assert "{" not in told


def test_the_file_that_a_message_is_about_is_named() -> None:
    told = "稿.docx：文件已损坏，或没有下载、拷贝完。请重新取得，或用原来的软件另存。"
    assert translate_error("zh", "稿.docx: the file is damaged; get it again") == told
    assert translate_error(
        "zh", "甲/a.txt: there are no letters or digits in the file to compare"
    ) == ("甲/a.txt：里面没有可比对的文字，请换一份")
    assert "reportsearch --index x index FOLDER" in translate_error(
        "zh",
        "there is no index in the folder x; make one with: reportsearch --index x index FOLDER",
    )
    # What is not known stays as it is.
    assert translate_error("zh", "something: new happened") == "something: new happened"


def test_messages_stay_english_for_who_reads_english() -> None:
    for message, _ in read_once():
        assert translate_error("en", message) == translate_reason("en", message) == message


def test_every_stage_of_an_analysis_has_its_chinese() -> None:
    told: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).parts[0] in {"cli", "web", "extract", "indexing"}:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and called(node) in STAGE_CALLS:
                told |= {
                    one.value
                    for one in node.args
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                }
    assert told == read_texts("stages").keys(), "its Chinese goes into locale/texts/stages.toml"
