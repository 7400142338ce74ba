"""Which room may import which: ARCHITECTURE.md has the plan, this file holds the package to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from tests.conftest import PROJECT

PACKAGE = PROJECT / "src" / "reportsearch"
LAYERS = (
    ("arrays", "errors", "models"),
    ("normalise", "locks"),
    ("files",),
    ("comparable", "lexicon", "locale"),
    ("fingerprint", "tokenizer", "extract"),
    ("structure",),
    ("search",),
    ("indexing", "validation"),
    ("analysis",),
    ("archive",),
    ("__init__",),
    ("output",),
    ("web",),
    ("cli",),
    ("__main__",),
)
"""From the ground up; a room imports only rooms of the layers below its own."""
ANALYSIS_LAYERS = (
    ("chronology", "drafts", "proper_names", "shares", "stages"),
    ("matching",),
    ("corpus",),
    ("example_sentences", "groups", "terms"),
    ("facts", "keywords", "reuse", "similar", "year_on_year"),
    ("summary", "topics"),
    ("portfolios",),
    ("compare",),
    ("method_note",),
)
"""The same inside ``analysis``: what several analyses share lies below them."""
OUTPUT_STANDS_ON = {"models", "locale", "files", "errors", "output"}
FOLDERS = {
    "analysis", "cli", "data", "extract", "indexing", "lexicon", "locale", "models", "output",
    "search", "structure", "web",
}  # fmt: skip
ONLY_IMPORTERS = {
    "whoosh": "search/whoosh/",
    "jieba": "tokenizer.py",
    "rjieba": "tokenizer.py",
    "opencc": "normalise.py",
    "docx": "output/word/",
    "altair": "output/plots/",
    "vl_convert": "output/plots/drawing.py",
    "pypdfium2": "extract/pages/pdf.py",
    "rapidocr": "extract/pages/ocr.py",
    "sklearn": "analysis/topics/nmf.py",
    "starlette": "web/",
}
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


@cache
def imported(path: Path) -> frozenset[str]:
    """The modules that a file imports, at its head or inside a function, as dotted names."""
    return frozenset(iter_imported(path))


def iter_imported(path: Path) -> Iterator[str]:
    for node in iter_statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else node.module


def iter_statements(tree: ast.AST) -> Iterator[ast.AST]:
    """The statements of a file, those inside others too; no expression has an import in it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)):
            yield node
            yield from iter_statements(node)


def own_imports(name: str) -> set[str]:
    return {other for other in imported(MODULES[name]) if other in MODULES} - {name}


def room(name: str, depth: int = 1) -> str:
    parts = name.split(".")
    return parts[depth] if len(parts) > depth else "__init__"


def ranks(layers: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {room: rank for rank, rooms in enumerate(layers) for room in rooms}


def imports_back_up(names: list[str], layers: tuple[tuple[str, ...], ...], depth: int) -> list[str]:
    rank = ranks(layers)
    return [
        f"{name} imports {other}"
        for name in names
        for other in sorted(own_imports(name))
        if other in names
        and room(other, depth) != room(name, depth)
        and rank[room(other, depth)] >= rank[room(name, depth)]
    ]


def test_the_root_of_the_package_has_the_rooms_of_the_plan_and_ten_modules_at_most() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == FOLDERS
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    assert len(modules) <= 10
    assert set(ranks(LAYERS)) == (folders - {"data"}) | modules | {"__init__", "__main__"}


def test_no_import_runs_back_up() -> None:
    assert imports_back_up(list(MODULES), LAYERS, 1) == []


def test_no_import_runs_back_up_inside_analysis() -> None:
    names = [name for name in MODULES if name.startswith("reportsearch.analysis.")]
    rooms = {room(name, 2) for name in names}
    assert rooms == set(ranks(ANALYSIS_LAYERS)), "give a new one its place in ANALYSIS_LAYERS"
    assert imports_back_up(names, ANALYSIS_LAYERS, 2) == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    graph = {name: own_imports(name) for name in MODULES}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise AssertionError(" <- ".join(error.args[1])) from None


def test_output_knows_answers_and_texts_but_not_how_they_were_computed() -> None:
    known = {
        room(other) for name in MODULES if room(name) == "output" for other in own_imports(name)
    }
    assert known <= OUTPUT_STANDS_ON


def test_each_library_is_imported_in_one_place() -> None:
    importers = {
        (library, path.relative_to(PACKAGE).as_posix())
        for path in MODULES.values()
        for library in (name.partition(".")[0] for name in imported(path))
        if library in ONLY_IMPORTERS
    }
    assert {library for library, _ in importers} == set(ONLY_IMPORTERS)
    assert [
        (library, path)
        for library, path in sorted(importers)
        if not path.startswith(ONLY_IMPORTERS[library])
    ] == []
