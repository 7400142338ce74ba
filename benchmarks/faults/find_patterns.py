"""All regular expressions of the package, found where they are compiled while it runs.

Whatever the package compiles is recorded, so expressions that are built from word lists or inside
functions are found as well as constants; the syntax tree says which places exist, and which
methods each expression is used with.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import reportsearch

ROOT = Path(reportsearch.__file__).parent
_BUILDERS = ROOT / "analysis" / "terms" / "patterns.py"
_METHODS = frozenset(
    {"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
)
_CALL = re.compile(rf"\bre\.(?:compile|{'|'.join(sorted(_METHODS))})\(|compile_alternatives")
_USE = re.compile(rf"(\w+)(?:\([\w.]*\))?\.({'|'.join(sorted(_METHODS))})\b")
_THROUGH = frozenset({re.__file__, str(_BUILDERS)})
Place = tuple[str, int]
"""A file of the package, and a line of it."""
Compiled = tuple[Any, int, str]
"""An expression, its flags, and the function of ``re`` that compiles it."""


@dataclass(frozen=True, slots=True)
class FoundPattern:
    """A compiled expression, where it is compiled, and the methods it is used with."""

    pattern: re.Pattern[Any]
    place: Place
    methods: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.place[0]}:{self.place[1]}"


@dataclass(frozen=True)
class Call:
    """A call of ``re``, and the name that its value gets."""

    file: str
    node: ast.Call
    target: str

    @property
    def first(self) -> int:
        return self.node.lineno

    @property
    def last(self) -> int:
        return self.node.end_lineno or self.node.lineno

    @property
    def method(self) -> str:
        return _get_name(self.node.func)


@contextmanager
def record_patterns() -> Iterator[dict[Place, set[Compiled]]]:
    """Record the expressions that the package compiles meanwhile, by place.

    ``re`` has one function through which all go; nothing but its name is replaced, and restored.
    """
    found: dict[Place, set[Compiled]] = defaultdict(set)
    compile_one = re._compile  # type: ignore[attr-defined]  # noqa: SLF001

    def record(pattern: Any, flags: int) -> re.Pattern[Any]:
        caller = called = sys._getframe(1)  # noqa: SLF001
        while caller.f_back and caller.f_code.co_filename in _THROUGH:
            caller = caller.f_back
        if caller.f_code.co_filename.startswith(str(ROOT)) and not isinstance(pattern, re.Pattern):
            file = Path(caller.f_code.co_filename).relative_to(ROOT).as_posix()
            found[file, caller.f_lineno].add((pattern, int(flags), called.f_code.co_name))
        compiled: re.Pattern[Any] = compile_one(pattern, flags)
        return compiled

    re._compile = record  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield found
    finally:
        re._compile = compile_one  # type: ignore[attr-defined]  # noqa: SLF001


def import_all() -> None:
    """Import every module of the package."""
    for module in pkgutil.walk_packages(reportsearch.__path__, "reportsearch."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def find_patterns(run: Callable[[], None]) -> tuple[list[FoundPattern], list[Call]]:
    """Return the expressions that importing and running the package compiles.

    Also return the calls that ``run`` does not reach, and whose expression is no constant.
    """
    with record_patterns() as recorded:
        import_all()
        run()
    uses = _find_uses()
    found: dict[tuple[Any, ...], FoundPattern] = {}
    missed = []
    for call in _iter_calls():
        kinds = set[Compiled]().union(
            *(
                kinds
                for (file, line), kinds in recorded.items()
                if file == call.file and call.first <= line <= call.last
            )
        )
        kinds = kinds or _evaluate(call)
        if not kinds:
            missed.append(call)
        for text, flags, called in kinds:
            named = uses.get(_scope(call.file, call.target), {"search"})
            methods = {called} if called in _METHODS else named
            place = (call.file, call.first)
            found[text, flags, place] = FoundPattern(
                re.compile(text, flags), place, frozenset(methods)
            )
    return sorted(found.values(), key=lambda one: one.place), missed


def _evaluate(call: Call) -> set[Compiled]:
    """Return the expression of a call inside a function if it is made of constants."""
    module = "reportsearch." + call.file.removesuffix(".py").replace("/", ".")
    names = vars(sys.modules[module.removesuffix(".__init__")])
    try:
        if call.method in _METHODS:
            return {(eval(ast.unparse(call.node.args[0]), names), 0, call.method)}  # noqa: S307
        compiled = eval(ast.unparse(call.node), names)  # noqa: S307
    except (NameError, AttributeError):
        return set()
    return {(compiled.pattern, compiled.flags, call.method)}


def _iter_calls() -> Iterator[Call]:
    """Yield the places where the package calls ``re``."""
    for file, source in _read_sources().items():
        if not _CALL.search(source):
            continue
        tree = ast.parse(source)
        targets = dict(_iter_targets(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _calls_re(node.func):
                yield Call(file, node, targets.get(node, ""))


def _iter_targets(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield values with the name that each gets, or that of the function that returns it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            yield node.value, _get_name(target)
        elif isinstance(node, ast.FunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield inner.value, node.name


def _calls_re(func: ast.expr) -> bool:
    if isinstance(func, ast.Name):
        return func.id == "compile_alternatives"
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in {*_METHODS, "compile"}
    )


def _get_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _scope(file: str, name: str) -> tuple[str, str]:
    """Return where a name is known: one that begins with an underscore in its file only."""
    return (file if name.startswith("_") else "", name)


def _find_uses() -> dict[tuple[str, str], set[str]]:
    """Return the methods called on each name: _YEAR.search(text), _compile_year(words).search."""
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, source in _read_sources().items():
        for name, method in _USE.findall(source):
            uses[_scope(file, name)].add(method)
    return uses


@cache
def _read_sources() -> dict[str, str]:
    """Return the text of each module of the package."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ROOT.rglob("*.py"))
        if path != _BUILDERS
    }
