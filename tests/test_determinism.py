"""The same reports give the same bytes, whatever the seed of hashes, the zone and the moment."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from reportsearch.cli import main
from tests.analysis.topics.test_topics import planted
from tests.output import printed
from tests.reports import write_rows

REPORT = "甲县副县长2022"
JSON = (
    ("search", "公路 桥梁"),
    ("kwic", "学校"),
    ("similar", "--text", printed.EDITS),
    ("reuse",),
    ("reuse", REPORT),
    ("reuse", REPORT, "--previous", "甲县县长2021"),
    ("keywords",),
    ("summary", REPORT),
    ("facts",),
    ("portfolios",),
    ("topics", "--topics", "4"),
    ("compare", "--by", "portfolio", "--top", "50"),
    ("compare", "--by", "year", "--term", "公路"),
)
DOCUMENTS = (
    ("search", "公路"),
    ("kwic", "学校"),
    ("reuse", REPORT),
    ("reuse", REPORT, "--previous", "甲县县长2021"),
)


def write_all(place: Path) -> None:
    """Index reports and write the answers of all commands to the folder."""
    reports = place / "reports"
    reports.mkdir(parents=True)
    write_rows(reports / "rows.jsonl", planted(8))
    for name, text in printed.texts().items():
        (reports / name).write_text(text, encoding="utf-8")
    common = ["--index", str(place / "index"), "--quiet"]
    assert main([*common, "index", str(reports)]) == 0
    answers = place / "answers"
    answers.mkdir()
    commands = [(asked, "json") for asked in JSON]
    commands += [(asked, "docx") for asked in DOCUMENTS]
    commands += [(asked, "html") for asked in DOCUMENTS if asked[0] == "reuse"]
    for number, (asked, kind) in enumerate(commands):
        path = answers / f"{number:02}-{asked[0]}.{kind}"
        assert main([*common, *asked, "--format", kind, "--output", str(path)]) == 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The answers of this process; "there" beside it has those of another one."""
    place = tmp_path_factory.mktemp("determinism")
    program = (
        "import sys, pathlib; from tests.test_determinism import write_all; "
        "write_all(pathlib.Path(sys.argv[1]))"
    )
    # The seed and the zone of this process are others.
    environment = os.environ | {
        "PYTHONHASHSEED": "1",
        "TZ": "Asia/Shanghai",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", program, str(place / "there")]
    with subprocess.Popen(command, env=environment) as process:
        write_all(place / "here")
    assert process.returncode == 0
    return place


def test_the_same_reports_give_the_same_bytes_in_another_process(written: Path) -> None:
    names = sorted(path.name for path in (written / "here" / "answers").iterdir())
    assert len(names) == len(JSON) + len(DOCUMENTS) + 2
    for name in names:
        made = (written / "here" / "answers" / name).read_bytes()
        assert made == (written / "there" / "answers" / name).read_bytes(), name
        assert len(made) > 1000, name


def test_a_word_document_has_no_date_of_its_own(written: Path) -> None:
    for path in (written / "here" / "answers").glob("*.docx"):
        with zipfile.ZipFile(path) as members:
            assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = docx.Document(str(path)).core_properties
        assert properties.created
        assert properties.modified
        assert {properties.created.year, properties.modified.year} == {1980}
        assert properties.author == "reportsearch"
