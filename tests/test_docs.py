"""The documents say what the program does: examples are run, references generated anew."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
from scripts.make_command_reference import PLACE, reference

from reportsearch.cli import main
from tests.conftest import PROJECT

READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, kind: str) -> list[str]:
    text = (PROJECT / name).read_text(encoding="utf-8")
    return [body for found, body in BLOCK.findall(text) if found == kind]


def examples(name: str) -> list[tuple[str, str]]:
    parts = [block.removeprefix("$ ").partition("\n") for block in blocks(name, "console")]
    return [(command, output) for command, _, output in parts]


def without_seconds(text: str) -> str:
    return re.sub(r"\d+\.\d s\)", "n s)", text)


@pytest.mark.parametrize("command_and_output", examples("README.md"), ids=lambda pair: pair[0])
def test_the_readme_shows_what_the_program_prints(
    command_and_output: tuple[str, str],
    shipped_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command, output = command_and_output
    program, *arguments = shlex.split(command)
    assert program == "reportsearch"
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("COLUMNS", "80")
    place = tmp_path / "index" if arguments[0] == "index" else shipped_index
    assert main([*arguments, "--index", str(place)]) == 0
    assert without_seconds(capsys.readouterr().out) == without_seconds(output)


def test_there_are_examples_to_run() -> None:
    commands = [shlex.split(command)[1] for command, _ in examples("README.md")]
    assert {"index", "search", "show"} <= set(commands)
    assert len(blocks("README.md", "python")) == 1


def test_the_python_of_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)
    for block in blocks("README.md", "python"):
        exec(compile(block, "README.md", "exec"), {})
    assert "副县长2023年履职情况的报告" in capsys.readouterr().out


def test_both_readmes_show_the_same_examples() -> None:
    english, chinese = READMES
    for kind in ("console", "python", ""):
        assert blocks(english, kind) == blocks(chinese, kind)


def test_the_readmes_make_targets_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = [line.removeprefix("make ") for line in blocks("README.md", "")[0].splitlines()]
    assert targets == ["demo", "test"]
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_command_reference_is_that_of_the_program() -> None:
    assert PLACE.read_text(encoding="utf-8") == reference(), "run make docs"


@pytest.mark.parametrize(
    "name",
    [
        *READMES,
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "corpus/README.md",
        "docs/api.md",
        "docs/commands.md",
        "docs/query-language.md",
        "docs/word-lists.md",
    ],
)
def test_every_link_and_every_named_file_is_there(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert [link for link in links if not ((PROJECT / name).parent / link).exists()] == []
    if name == "ARCHITECTURE.md":
        named = set(re.findall(r"`((?:[\w/]+/)?\w+\.(?:py|toml|txt|md))`", text))
        source = PROJECT / "src" / "reportsearch"
        missing = {
            file for file in named if not (PROJECT / file).exists() and not any(source.rglob(file))
        }
        assert missing <= {"metadata.csv", "reportsearch.toml"}
        assert len(named) > 20


@pytest.mark.parametrize("name", [*READMES, "docs/output.md", "docs/word-lists.md"])
def test_every_function_that_a_document_names_is_there(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    for dotted in set(re.findall(r"\breportsearch((?:\.\w+)+)\(", text)):
        module, _, function = f"reportsearch{dotted}".rpartition(".")
        assert hasattr(import_module(module), function), dotted
