from __future__ import annotations

import subprocess
import sys

import pytest

from reportsearch import lexicon
from reportsearch.errors import LexiconError
from reportsearch.lexicon.divisions import Divisions, load_shipped

DIVISIONS = Divisions(load_shipped())


def test_the_list_has_all_provinces_and_about_all_prefectures_and_counties() -> None:
    current = [division for division, _ in load_shipped() if division.until is None]
    count = {level: sum(one.level == level for one in current) for level in ("省", "市", "县")}
    # 34 provinces without Taiwan, and the 兵团.
    assert count["省"] in {32, 33, 34, 35}
    assert 330 <= count["市"] <= 340
    assert 2_800 <= count["县"] <= 3_000
    assert all(len(division.name) > 1 for division, _ in load_shipped())


@pytest.mark.parametrize(
    ("name", "line", "until"),
    [
        ("敦煌市", "甘肃省酒泉市敦煌市", None),
        ("浦东新区", "上海市浦东新区", None),
        ("内蒙古", "内蒙古自治区", None),
        ("恩施州", "湖北省恩施土家族苗族自治州", None),
        ("酉阳自治县", "重庆市酉阳土家族苗族自治县", None),
        ("崇文区", "北京市崇文区", 2009),
    ],
)
def test_names_short_forms_and_the_past(name: str, line: str, until: int | None) -> None:
    (found,) = DIVISIONS.find(name)
    assert (found.line, found.until) == (line, until)


def test_a_name_in_several_places() -> None:
    assert len(DIVISIONS.find("鼓楼区")) > 2


def test_users_add_divisions() -> None:
    words = lexicon.parse('divisions = ["甲省 乙市 丙县", "北京市 丁区=丁新区"]', "mine.toml")
    divisions = words.divisions
    assert [one.level for one in divisions.find("丙县")] == ["县"]
    assert [one.line for one in divisions.find("丁新区")] == ["北京市丁区"]
    with pytest.raises(LexiconError, match=r"mine\.toml: divisions"):
        lexicon.parse('divisions = ["甲省 乙市 丙县 丁镇"]', "mine.toml")
    with pytest.raises(LexiconError, match="no name of a division"):
        lexicon.parse('divisions = ["甲省 =乙"]', "mine.toml")


def test_the_list_is_not_read_when_the_program_starts() -> None:
    code = (
        "from reportsearch import lexicon\n"
        "from reportsearch.lexicon import divisions\n"
        "lexicon.load()\n"
        "print(divisions.load_shipped.cache_info().currsize)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"
