"""Readers see where each value comes from, whether it is inferred, and what is in doubt."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportsearch import Archive
from reportsearch.cli import main
from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import Doubt, ReportInfo
from reportsearch.output.prose.metadata import describe_doubt, iter_metadata
from reportsearch.web.archive_service import key_of
from tests.web.conftest import ask

Make = Callable[[dict[str, str]], Path]
CHINESE, ENGLISH = Translator("zh"), Translator("en")
INFO = ReportInfo(
    id="a.txt",
    title="2024年述职报告",
    year=2024,
    reported_year=2023,
    post="县长",
    level="县",
    region="甲县",
    official="王强",
    person="甲县王强",
    division="乙省乙市甲县",
    posts=("副县长", "县长"),
    origin={
        "title": "text", "year": "name", "reported_year": "text", "post": "text", "level": "text",
        "region": "sidecar", "official": "text",
    },
    words={
        "title": "2024年述职报告", "year": "报告2024", "post": "甲县县长",
        "official": f"述职人：{'长' * 80}",
    },
    inferred=("level", "person", "reported_year"),
)  # fmt: skip
TWICE = "甲县副县长2023年度述职报告\n各位代表：2022年度，我认真履行职责，现将述职报告如下。\n"


def shown(t: Translator) -> dict[str, str]:
    return {entry.field: entry.format(t) for entry in iter_metadata(INFO, t)}


def test_each_value_has_its_words() -> None:
    english = shown(ENGLISH)
    assert english["title"] == "2024年述职报告 (from the text)"  # not the same words twice
    assert english["year"] == "2024 (from the file name, “报告2024”)"
    assert english["date"] == "—"
    assert english["post"] == "县长 (also: 副县长) (from the text, “甲县县长”)"
    assert english["region"] == "甲县 (乙省乙市甲县) (from metadata.csv)"
    assert english["level"] == "县 (inferred from the text)"
    assert english["person"] == "甲县王强 (inferred from name and place)"
    assert len(english["official"]) < 100
    chinese = shown(CHINESE)
    assert chinese["reported_year"] == "2023（推断，依据：正文）"
    assert chinese["post"] == "县长（其他职务：副县长）（来源：正文“甲县县长”）"
    assert next(iter(chinese)) == "title"


@pytest.mark.parametrize(
    ("doubt", "text"),
    [
        (Doubt("a", "year", "no year"), "no year"),
        (Doubt("a", "year", "two years", "2023", "2023年"), "two years; used: 2023 (“2023年”)"),
        (Doubt("a", "title", "no title", "a", "a"), "no title; used: a"),
        (
            Doubt("a", "level", Message("{level} is inferred", level="县"), "县", "全县"),
            "县 is inferred",
        ),
    ],
)
def test_a_doubt_says_what_is_used_once(doubt: Doubt, text: str) -> None:
    assert describe_doubt(doubt, ENGLISH) == text


@pytest.fixture
def root(folder: Make) -> Path:
    return folder(
        {
            "nothing.txt": "今天天气很好。我们去了公园。\n\n大家一起吃了饭。\n",
            "twice.txt": TWICE,
            "metadata.csv": "文件,地区\nnothing.txt,蓬莱仙岛\n",
        }
    )


def test_a_report_without_metadata_is_indexed_with_doubts(
    tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", str(tmp_path / "index"), "--lang", "en", "--quiet"]
    assert main(["index", str(root), *index]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "nothing.txt: year: the year is not in the title" in said
    assert "nothing.txt: post: the post is not in the title" in said
    assert "twice.txt: year: 2023 according to" in said
    assert main(["show", "nothing", *index, "--format", "json"]) == 0
    info = json.loads(capsys.readouterr().out)["report"]
    assert [info[name] for name in ("year", "reported_year", "post", "official", "person")] == [
        None
    ] * 5
    # An unknown place is the user's word.
    assert (info["region"], info["origin"]["region"]) == ("蓬莱仙岛", "sidecar")


def test_statements_that_contradict_each_other_are_both_shown(tmp_path: Path, root: Path) -> None:
    with Archive.create(tmp_path / "index") as archive:
        archive.index(root)
    with ask(tmp_path) as client:
        for page in ("/report/", "/add/report/"):
            said = client.get(f"{page}{key_of('twice.txt')}").text
            assert "为 2023 年" in said
            assert "为 2022 年" in said
            assert "2022年度，我认真履行职责" in said
        assert "存疑：年份" in client.get("/add/table").text
        _assert_words(client)


def _assert_words(client: TestClient) -> None:
    said = client.get(f"/report/{key_of('twice.txt')}").text
    assert "来源：正文“甲县副县长”" in said
