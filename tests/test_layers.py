"""The import directions of ARCHITECTURE.md: a module imports only what stands left of it."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import PROJECT

SOURCE = PROJECT / "src" / "reportsearch"
LAYERS = (
    ("models", "errors", "places"),
    ("normalise", "output"),
    ("lexicon",),
    ("fingerprint", "tokens"),
    ("extract",),
    ("structure",),
    ("query",),
    ("engine", "nlp"),
    (
        "arguments",
        "chronology",
        "evidence",
        "grouping",
        "lookup",
        "names",
        "indexing",
        "staleness",
        "explain",
        "concordance",
        "semantic",
        "drafts",
        "collection",
        "vectorstore",
    ),
    ("holdings",),
    ("commonplaces", "corrections", "facts", "groups", "keywords", "meaning", "reuse"),
    ("portfolios", "similar", "summary", "topics", "yearly"),
    ("compare",),
    ("method",),
    ("archive",),
    ("__init__",),
    ("marks",),
    ("wording",),
    ("word", "sheet", "plots", "display"),
    ("web",),
    ("cli",),
    ("__main__",),
)
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
# The command line knows the archive and what it returns, and of the layers below only the names
# of what a user may write.
FRONT = {
    "archive",
    "arguments",
    "models",
    "errors",
    "places",
    "display",
    "word",
    "sheet",
    "plots",
    "marks",
    "wording",
    "output",
    "concordance",
    "__init__",
    "cli",
    "web",
}
FRONT_ROOMS = {"cli", "web", "display", "word", "sheet", "plots", "marks", "wording"}
FRONT_MAY_ALSO = {"reportsearch.search.engine", "reportsearch.search.query"}
ONLY_IMPORTERS = {
    "whoosh": {
        f"engine/whoosh/{name}.py"
        for name in (
            "__init__",
            "codec",
            "damage",
            "merging",
            "schema",
            "storage",
            "unpickling",
            "view",
        )
    },
    "jieba": {"tokens.py"},
    "rjieba": {"tokens.py"},
    "opencc": {"normalise.py"},
    "docx": {f"word/{name}.py" for name in ("building", "kwic", "search", "writer")},
    "rich": {
        "cli/printing.py",
        "display/cells.py",
        "display/compare.py",
        "display/corrections.py",
        "display/examples.py",
        "display/keywords.py",
        "display/facts.py",
        "display/figures.py",
        "display/kwic.py",
        "display/marks.py",
        "display/official_similarity.py",
        "display/portfolios.py",
        "display/report.py",
        "display/reuse.py",
        "display/side_by_side.py",
        "display/similar.py",
        "display/yearly.py",
        "display/search.py",
        "display/summary.py",
        "display/index.py",
        "display/stats.py",
        "display/terminal.py",
        "display/topics.py",
    },
    "numpy": {
        f"engine/whoosh/{name}.py"
        for name in ("codec", "facets", "matching", "merging", "search", "texts", "view")
    }
    | {
        f"nlp/{name}.py"
        for name in (
            "alignment",
            "alike",
            "compared",
            "features",
            "keywords/text",
            "formulae",
            "pairs",
            "ranks",
            "reuse",
            "runs",
            "segments",
            "vectors",
        )
    }
    | {f"nlp/compare/{name}.py" for name in ("measures", "occurrences", "table")}
    | {
        f"compare/{name}.py"
        for name in ("in_charge", "lengths", "selection", "shared", "sides", "strings")
    }
    | {f"nlp/summary/{name}.py" for name in ("choosing", "reading", "stock")}
    | {
        f"nlp/topics/{name}.py"
        for name in ("factors", "fitting", "labels", "number", "quality", "words")
    }
    | {f"topics/{name}.py" for name in ("__init__", "answer", "portfolios", "reading")}
    | {f"vectorstore/{name}.py" for name in ("__init__", "files", "state", "update")}
    | {f"portfolios/{name}.py" for name in ("shared", "similarity")}
    | {"semantic.py", "reuse.py", "summary.py", "extract/ocr.py"},
    "altair": {
        f"plots/{name}.py"
        for name in (
            "bars",
            "compare",
            "drawing",
            "heat",
            "style",
            "timeline",
            "topics",
            "uses",
            "years",
        )
    },
    "vl_convert": {"plots/drawing.py"},
    "jinja2": {"plots/pages.py", "sheet/__init__.py", "web/rendering.py"},
    "psutil": {"extract/office.py", "extract/pool.py"},
    "pypdfium2": {"extract/pdf.py"},
    "rapidocr": {"extract/ocr.py"},
    "sklearn": {"nlp/topics/factors.py"},
    "threadpoolctl": {"nlp/topics/factors.py"},
    "scipy": {
        "nlp/compare/measures.py",
        *(f"nlp/topics/{name}.py" for name in ("factors", "fitting", "number", "quality")),
        "topics/answer.py",
    },
}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """The modules that a file imports, ``from reportsearch import lexicon`` as a dotted name."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "reportsearch":
                names += [
                    f"reportsearch.{alias.name}" if alias.name in RANK else "reportsearch.__init__"
                    for alias in node.names
                ]
            else:
                names.append(node.module)
    return names


def test_every_module_has_its_place_in_the_layers() -> None:
    assert {room(path) for path in modules()} == set(RANK)


def test_nothing_imports_a_module_to_its_right() -> None:
    wrong = []
    for path in modules():
        for name in imports(path):
            parts = name.split(".")
            if parts[0] != "reportsearch":
                continue
            target = parts[1] if len(parts) > 1 else "__init__"
            same_room = target == room(path)
            if not same_room and RANK[target] >= RANK[room(path)]:
                wrong.append(f"{path.relative_to(SOURCE)} imports {name}")
    assert wrong == []


def test_the_command_line_knows_nothing_below_the_archive() -> None:
    wrong = []
    fronts = [path for path in modules() if room(path) in FRONT_ROOMS]
    for path in fronts:
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "reportsearch" and len(parts) > 1 and parts[1] not in FRONT:
                wrong.append(name)
    assert set(wrong) <= FRONT_MAY_ALSO


def test_each_library_is_imported_in_one_place() -> None:
    found: dict[str, set[str]] = {}
    for path in modules():
        for name in imports(path):
            top = name.partition(".")[0]
            if top in ONLY_IMPORTERS:
                found.setdefault(top, set()).add(path.relative_to(SOURCE).as_posix())
    assert found == ONLY_IMPORTERS
