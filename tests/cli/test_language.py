"""The language in which the command line speaks, and that everything it says is in it."""

from __future__ import annotations

import json
import plistlib
import re
import sys
from pathlib import Path

import pytest

from reportsearch.cli import commands, main
from reportsearch.cli.language import find_language

NAMES = sorted(path.stem for path in Path(commands.__path__[0]).glob("[!_]*.py"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?<![-\w])(?!reportsearch)[a-z]{2,} [a-z]{2,}\b")
"""Two English words in a row, apart from a command and from an option with its value."""


def ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    try:
        code = main(list(arguments))
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["search", "a"], {"LANG": "zh_CN.UTF-8"}, "zh"),
        (["search", "a"], {"LANG": "zh_TW"}, "zh"),
        (["search", "a"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["search", "a"], {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB"}, "en"),
        (["search", "a"], {"LANG": "en_GB", "LC_MESSAGES": "en_GB", "LC_ALL": "zh_CN"}, "zh"),
        (["search", "a"], {"LANG": "en_GB", "LANGUAGE": "zh_CN:en"}, "zh"),
        (["search", "a"], {"LANG": "zh_CN", "LANGUAGE": "fr:en:zh"}, "en"),
        (["search", "a"], {"LANG": "zh_CN", "LANGUAGE": "fr"}, "en"),
        (["search", "a"], {"LANG": "C.UTF-8", "LANGUAGE": "zh"}, "en"),
        (["search", "a"], {"LC_ALL": "POSIX", "LANG": "zh_CN"}, "en"),
        (["search", "a"], {"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
        (["--lang", "zh", "search", "a"], {"LANG": "en_GB"}, "zh"),
        (["search", "a", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["search", "a", "--lang=zh"], {}, "zh"),
        (["--lang", "zh", "search", "--lang", "en"], {}, "en"),
        (["search", "a", "--lang", "fr"], {"LANG": "zh_CN"}, "zh"),
        (["search", "a", "--lang"], {"LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_is_that_of_the_option_or_the_environment(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert find_language(arguments, environment) == language


def test_the_program_goes_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(capsys, "--help")[1].startswith("usage: ")
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert ask(capsys, "--help")[1].startswith("用法：")
    assert ask(capsys, "--help", "--lang", "en")[1].startswith("usage: ")


def test_the_option_stands_before_or_after_the_command(
    shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--index", str(shipped_index)]
    before = ask(capsys, "--lang", "zh", "stats", *where)
    assert before == ask(capsys, "stats", *where, "--lang=zh")
    assert "份报告" in before[1]
    assert "16 reports" in ask(capsys, "stats", *where)[1]


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_help_has_no_english_left(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = ask(capsys, "--lang", "zh", *filter(None, [name]), "--help")
    assert code == 0
    described = out.partition("\n\n")[2].partition("\n示例：")[0]
    assert ENGLISH.findall(described) == []
    assert len(CHINESE.findall(described)) > 50
    for line in described.splitlines():
        assert len(line) + len(CHINESE.findall(line)) <= 80


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "缺少必需的参数：COMMAND"),
        (("nonsense",), "参数 COMMAND：'nonsense' 不是有效的值，可选："),
        (("search",), "缺少必需的参数：QUERY"),
        (("search", "a", "--bad"), "无法识别的参数：--bad"),
        (("search", "a", "--limit"), "参数 --limit：缺少值"),
        (("search", "a", "--limit", "x"), "参数 --limit：'x' 不是有效的整数"),
        (("search", "a", "--limit", "-1"), "参数 --limit：不能为负数"),
        (("search", "a", "--format", "xml"), "参数 --format：'xml' 不是有效的值，可选："),
        (("search", "a", "--quiet=1"), "参数 --quiet：不能带值 '1'"),
        (("reuse", "--against"), "参数 --against：至少需要一个值"),
        (("topics", "--topics", "1"), "参数 --topics：应为 2 至 200，或 auto"),
        (("search", "a", "--output", "b"), "--output"),
    ],
)
def test_usage_errors_are_chinese(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = ask(capsys, "--lang", "zh", *arguments)
    assert code == 2
    assert err.startswith("用法：reportsearch")
    last = err.splitlines()[-1]
    assert re.match(r"reportsearch(?: \w+)?: 错误：", last)
    assert said in last


def test_another_language_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = ask(capsys, "stats", "--lang", "fr")
    assert code == 2
    assert "argument --lang: invalid choice: 'fr'" in err


def test_other_errors_and_notes_are_chinese(
    tmp_path: Path, shipped_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--lang", "zh", "--index"]
    code, _, err = ask(capsys, *where, str(tmp_path / "none"), "stats")
    assert code == 1
    assert CHINESE.search(err)
    assert not re.search("[a-z]{4,} [a-z]{4,} [a-z]{4,}", err)
    (tmp_path / "empty").mkdir()
    ask(capsys, *where, str(tmp_path / "index"), "index", str(tmp_path / "empty"))
    assert "提示：索引为空" in ask(capsys, *where, str(tmp_path / "index"), "stats")[2]
    given = ["reuse", "--against", __file__, "--official", "没有此人"]
    assert "提示：索引中没有 没有此人 的报告" in ask(capsys, *where, str(shipped_index), *given)[2]


@pytest.mark.parametrize("format_", ["json", "csv"])
@pytest.mark.parametrize(
    "command",
    [
        ["stats"],
        ["show", "戊镇"],
        ["search", "招商引资", "--facet", "year", "--explain"],
        ["portfolios", "--by", "year"],
        ["reuse", "--previous", "甲县副县长2022"],
    ],
)
def test_files_for_programs_are_the_same_in_both_languages(
    command: list[str],
    format_: str,
    shipped_index: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    call = [*command, "--index", str(shipped_index), "--format", format_]
    english, chinese = (ask(capsys, *call, "--lang", language)[1] for language in ("en", "zh"))
    assert english == chinese
    if format_ == "json":
        assert json.loads(english)
    if command[0] == "search":
        file = tmp_path / "a.txt"
        assert ask(capsys, *call, "--lang", "zh", "--output", str(file))[0] == 0
        assert file.read_bytes().decode() == english


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        (plistlib.dumps({"AppleLanguages": ["zh-Hans-CN", "en-CN"]}), "zh"),
        (plistlib.dumps({"AppleLanguages": ["fr-FR", "zh-Hans-FR"]}), "en"),
        (plistlib.dumps({"AppleLanguages": 3}), "en"),
        (b"<plist><dict>", "en"),
        (b"", "en"),
    ],
)
def test_on_a_mac_the_language_of_the_desktop_counts(
    settings: bytes, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "Library" / "Preferences" / ".GlobalPreferences.plist"
    place.parent.mkdir(parents=True)
    place.write_bytes(settings)
    monkeypatch.setenv("HOME", str(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "darwin")
        found = find_language(["stats"], {})
    assert found == language
