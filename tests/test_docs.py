"""The documents say what the program does: examples are run, references generated anew."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from scripts.make_command_reference import PLACE, reference

from reportsearch.cli import main
from reportsearch.web import server
from tests.conftest import PROJECT

READMES = ("README.md", "README.zh-CN.md")
TOURS = ("docs/tour.md", "docs/tour.zh-CN.md")
TRANSLATED = [READMES, TOURS]
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^):]+)\)")


def read(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return [body for found, body in BLOCK.findall(read(name)) if found == kind]


def examples(*names: str) -> list[tuple[str, str]]:
    found = [block for name in names for block in blocks(name, "console")]
    parts = [block.removeprefix("$ ").partition("\n") for block in found]
    return [(command, output) for command, _, output in parts]


def anchors(name: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", read(name)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def without_seconds(text: str) -> str:
    return re.sub(r"\d+\.\d (s|秒)", "n s", text)


@pytest.mark.parametrize(
    ("language", "command_and_output"),
    [
        *(("en_GB", pair) for pair in examples(READMES[0], TOURS[0])),
        *(("zh_CN", pair) for pair in examples(READMES[1], TOURS[1])),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_the_examples_show_what_the_program_prints(
    language: str,
    command_and_output: tuple[str, str],
    shipped_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command, output = command_and_output
    command, _, lines = command.partition(" | head -n ")
    program, *arguments = shlex.split(command)
    assert program == "reportsearch"
    monkeypatch.chdir(PROJECT)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", language)
    place = tmp_path / "index" if arguments[0] == "index" else shipped_index
    if arguments[0] == "serve":
        keep_the_server_from_running(monkeypatch)
    assert main([*arguments, "--index", str(place)]) == 0
    captured = capsys.readouterr()
    printed = captured.err if arguments[0] == "serve" else captured.out
    if lines:
        printed = "".join(printed.splitlines(keepends=True)[: int(lines)])
    assert without_seconds(printed) == without_seconds(output)


def keep_the_server_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a socket, so that the example has the default port even where that is taken."""

    def name_address(host: str, port: int) -> SimpleNamespace:
        return SimpleNamespace(getsockname=lambda: (host, port))

    monkeypatch.setattr(server, "open_socket", name_address)
    monkeypatch.setattr("uvicorn.Server.run", Mock())
    monkeypatch.setattr("webbrowser.open", Mock())


def test_there_are_examples_to_run() -> None:
    def commands(name: str) -> list[str]:
        return [shlex.split(command)[1] for command, _ in examples(name)]

    assert commands("README.md") == ["search", "reuse", "serve"]
    shown = set(commands("README.md") + commands("docs/tour.md"))
    # These would change files of the corpus, or print what every new sample changes.
    assert shown >= all_commands() - {"stats", "correct", "remove", "verify"}
    for name in ("README.md", "docs/tour.md"):
        assert len(blocks(name, "python")) == 1
    assert len(blocks("README.md", "python")[0].splitlines()) == 8


@pytest.mark.parametrize("name", ["README.md", "docs/tour.md"])
def test_the_python_of_the_documents_runs(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)
    for block in blocks(name, "python"):
        exec(compile(block, name, "exec"), {})
    assert "副县长2023年履职情况的报告" in capsys.readouterr().out


@pytest.mark.parametrize(("english", "chinese"), TRANSLATED)
def test_both_languages_show_the_same(english: str, chinese: str) -> None:
    for kind in ("python", ""):
        assert blocks(english, kind) == blocks(chinese, kind)
    # Each shows what the program prints in its language.
    commands = [[command for command, _ in examples(name)] for name in (english, chinese)]
    assert commands[0] == commands[1]
    assert shape(english) == shape(chinese)
    links = [set(LINK.findall(read(name).replace(".zh-CN", ""))) for name in (english, chinese)]
    assert links[0] == links[1]


def shape(name: str) -> list[tuple[str, str]]:
    """What stands in a document, in order: headings by level, blocks and pictures."""
    found = re.findall(
        r"^(#+) |^(```.*?^```$|!\[.*?\]\(.*?\))", read(name), re.MULTILINE | re.DOTALL
    )
    # Of an example, the command.
    short = re.compile(r"^!\[.*?\]|(?<=^```console\n)(.*\n)(?s:.*)")
    return [(level, short.sub(r"!\1", body)) for level, body in found]


@pytest.mark.parametrize("name", READMES)
def test_the_readmes_are_short_and_list_all_commands(name: str) -> None:
    assert len(read(name).splitlines()) <= 120
    listed = re.findall(r"^\| `(\w+)` \|", read(name), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == all_commands()


def all_commands() -> set[str]:
    return set(re.findall(r"^## reportsearch (\w+)$", reference(), re.MULTILINE))


def test_the_readmes_make_targets_exist() -> None:
    makefile = read("Makefile")
    lines = blocks("README.md", "")[0].splitlines()
    assert lines == ["make demo", "make tools test"]
    for target in " ".join(line.removeprefix("make ") for line in lines).split():
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_command_reference_is_that_of_the_program() -> None:
    assert PLACE.read_text(encoding="utf-8") == reference(), "run make docs"


@pytest.mark.parametrize(
    "name",
    [
        *READMES,
        *TOURS,
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "corpus/README.md",
        "docs/api.md",
        "docs/commands.md",
        "docs/formats.md",
        "docs/output.md",
        "docs/query-language.md",
        "docs/word-lists.md",
    ],
)
def test_every_link_and_every_named_file_is_there(name: str) -> None:
    text = read(name)
    folder = (PROJECT / name).parent
    links = [link.partition("#") for link in LINK.findall(text)]
    assert [link for link, _, _ in links if not (folder / link).exists()] == []
    for link, _, anchor in links:
        document = folder / link if link else PROJECT / name
        assert not anchor or anchor in anchors(str(document.relative_to(PROJECT))), anchor
    if name == "ARCHITECTURE.md":
        named = set(re.findall(r"`((?:[\w/]+/)?\w+\.(?:py|toml|txt|md))`", text))
        source = PROJECT / "src" / "reportsearch"
        missing = {
            file for file in named if not (PROJECT / file).exists() and not any(source.rglob(file))
        }
        assert missing <= {"metadata.csv", "reportsearch.toml"}
        assert len(named) > 20


@pytest.mark.parametrize("name", [*READMES, *TOURS, "docs/output.md", "docs/word-lists.md"])
def test_every_function_that_a_document_names_is_there(name: str) -> None:
    for dotted in set(re.findall(r"\breportsearch((?:\.\w+)+)\(", read(name))):
        module, _, function = f"reportsearch{dotted}".rpartition(".")
        assert hasattr(import_module(module), function), dotted
