"""A user's own word lists, and what of an index has to be made anew when word lists change."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive, ReportSearchError, lexicon
from reportsearch.indexing.staleness import find_stale
from reportsearch.lexicon import USER_FILE

REPORTS = {
    "a.txt": "甲县副县长2022年述职报告\n今年推进清风廉韵行动，成效明显。",
    "b.txt": "乙市副市长2016年述职报告\n今年推进清廉行动，蓝天工程开工。",
    "c.txt": "丙县副县长2020年述职报告\n今年清廉工作有力，蓝天保卫战打响，白云计划启动。",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Archive.create(tmp_path / "index") as archive:
        assert archive.index([folder]).added == 3
    return tmp_path


def write(root: Path, text: str) -> None:
    (root / USER_FILE).write_text(text, encoding="utf-8")


def found(root: Path, text: str) -> list[str]:
    with Archive.open(root / "index") as archive:
        return sorted(hit.report.id for hit in archive.search(text).hits)


def test_a_users_synonyms_are_found_at_once(root: Path) -> None:
    assert found(root, "清风廉韵") == ["a.txt"]
    write(root, "[[synonym]]\nsame = ['清风廉韵', '清廉']\n")
    assert found(root, "清风廉韵") == ["a.txt", "b.txt", "c.txt"]
    assert found(root, "清廉") == ["a.txt", "b.txt", "c.txt"]
    assert found(root, "「清风廉韵」") == ["a.txt"]


def test_what_only_concerns_queries_needs_no_indexing(root: Path) -> None:
    write(root, "[[synonym]]\nsame = ['清风廉韵', '清廉']\n")
    with Archive.open(root / "index") as archive:
        # The strings become words, by which the reports that contain them are ranked.
        archive.index([root / "reports"])
    write(
        root, "stop_words = ['行动']\n[[synonym]]\nsame = ['清风廉韵', '清廉']\nyears = '2018..'\n"
    )
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 0


def test_a_synonym_of_an_era_counts_only_in_its_reports(root: Path) -> None:
    write(root, "[[synonym]]\nsame = ['清风廉韵', '清廉']\nyears = '2018..'\n")
    assert found(root, "清风廉韵") == ["a.txt", "c.txt"]
    with Archive.open(root / "index") as archive:
        hits = archive.search("蓝天 OR 清风廉韵").hits
        texts = {hit.report.id: hit.passages[0] for hit in hits}
        marked = {
            name: [passage.text[s - passage.start : e - passage.start] for s, e in spans]
            for name, passage in texts.items()
            for spans in [passage.highlights]
        }
    assert marked == {"a.txt": ["清风廉韵"], "b.txt": ["蓝天"], "c.txt": ["清廉", "蓝天"]}


def test_a_set_is_found_by_all_its_members_in_one_passage(root: Path) -> None:
    write(root, "[[synonym]]\nname = '三大行动'\nmembers = ['清廉', '蓝天', '白云']\n")
    assert found(root, "三大行动") == ["c.txt"]


def test_a_new_word_has_only_those_reports_read_again_that_contain_it(root: Path) -> None:
    write(root, "words = ['廉韵行动', '蓝天工程']\n")
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 2
        summary = archive.index([root / "reports"])
        assert (summary.updated, summary.unchanged) == (2, 1)
        assert archive.count_outdated() == 0
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 0
        assert archive.index([root / "reports"]).unchanged == 3


def test_what_was_looked_at_is_not_looked_at_again(root: Path) -> None:
    write(root, "words = ['廉韵行动']\n")
    with Archive.open(root / "index") as archive:
        before = set(archive._engine.vocabularies().values())
        archive.index([root / "reports"])
        # For the reports that do not have the word, today's list stands for the one before.
        assert len(set(archive._engine.vocabularies().values())) == 1
        assert set(archive._engine.vocabularies().values()) != before
        memory = Archive.in_memory(root / USER_FILE)
        memory.index([root / "reports"])
        assert set(memory._engine.vocabularies().values()) == set(
            archive._engine.vocabularies().values()
        )


def test_a_changed_word_counts_in_a_name_or_in_what_was_given_too(root: Path) -> None:
    text = "丁县副县长2021年述职报告\n今年工作有力。"
    for name in ("米商返乡.txt", "d.txt", "e.txt"):
        (root / "reports" / name).write_text(text, encoding="utf-8")
    (root / "reports" / "metadata.csv").write_text(
        "id,title\nd.txt,米商返乡工作汇报\n", encoding="utf-8"
    )
    with Archive.open(root / "index") as archive:
        assert archive.index([root / "reports"]).added == 3
    write(root, "words = ['米商返乡']\n")
    with Archive.open(root / "index") as archive:
        stale = find_stale(archive._engine, archive._lexicon)
        assert stale == {"米商返乡.txt", "d.txt"}


def test_taking_a_word_back_is_a_change_too(root: Path) -> None:
    write(root, "words = ['廉韵行动']\n")
    with Archive.open(root / "index") as archive:
        archive.index([root / "reports"])
    (root / USER_FILE).unlink()
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 1
        assert archive.index([root / "reports"]).updated == 1


def test_what_is_left_to_be_read_again_is_remembered(root: Path) -> None:
    write(root, "words = ['廉韵行动', '蓝天工程']\n")
    with Archive.open(root / "index") as archive:
        assert archive.index([root / "reports" / "a.txt"]).updated == 1
        assert archive.count_outdated() == 1
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 1
        assert archive.index([root / "reports"]).updated == 1
        assert archive.count_outdated() == 0


def test_a_users_portfolio_is_recognised_in_the_reports_that_mention_it(root: Path) -> None:
    text = "丁县副县长2021年述职报告\n我分管夜市工作。\n一、夜市提质\n夜经济走在前列。"
    (root / "reports" / "d.txt").write_text(text, encoding="utf-8")
    with Archive.open(root / "index") as archive:
        archive.index([root / "reports"])
    write(root, "[[portfolio]]\nname = '夜经济'\nsame = ['夜市']\nwords = ['白云计划']\n")
    with Archive.open(root / "index") as archive:
        assert archive.count_outdated() == 2
        assert archive.index([root / "reports"]).updated == 2
        (hit,) = archive.search("分管:夜经济 走在前列").hits
        assert (hit.report.id, hit.report.declared) == ("d.txt", ("夜经济",))
    write(root, "[[portfolio]]\nname = '文旅'\nnames = ['白云计划']\n")
    with Archive.open(root / "index") as archive:
        # All that mention 文旅 or one of its names, and those that mentioned 廉政.
        assert "c.txt" in find_stale(archive._engine, archive._lexicon)


def test_a_users_stop_words_select_nothing(root: Path) -> None:
    question = "推进了什么，打响了没有？"
    assert found(root, question) == ["a.txt", "b.txt", "c.txt"]
    write(root, "stop_words = ['推进', '今年']\n")
    assert found(root, question) == ["c.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("words = '清廉'", "words must be a list of strings"),
        ("words = ['']", "contains an empty string"),
        ("wrods = ['清廉']", "unknown key 'wrods'"),
        ("synonym = ['a', 'b']", r"write \[\[synonym\]\] before each"),
        ("[[synonym]]\nsame = ['a']", "requires two strings"),
        ("[[synonym]]\nsame = ['a', 'b']\nyears = '2018'", "write for example 2013..2018"),
        ("[[synonym]]\nsmae = ['a', 'b']", "unknown key 'smae'"),
        ("[[synonym]]\nname = 3\nmembers = ['a', 'b']", "name of a"),
        ("[[synonym", "not valid TOML"),
        ("[[synonym]]\nsame = ['a', 'b']\nyears = '2018..2013'", "2018 is after 2013"),
        ('[[portfolio]]\nname = "文\\n新"', "unprintable"),
        ('[[portfolio]]\nname = "\\u200b"', "has no name"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_the_place(
    root: Path, text: str, said: str
) -> None:
    write(root, text)
    with pytest.raises(ReportSearchError, match=said) as error:
        Archive.open(root / "index")
    assert USER_FILE in str(error.value)


def test_a_file_in_another_encoding_is_refused(root: Path) -> None:
    (root / USER_FILE).write_bytes("words = ['清廉']".encode("gb18030"))
    with pytest.raises(ReportSearchError, match="UTF-8"):
        Archive.open(root / "index")


def test_a_stop_word_that_is_cut_into_several_words_selects_nothing(root: Path) -> None:
    question = "推进今年工作了什么，打响了没有？"
    write(root, "stop_words = ['推进今年工作']\n")
    assert found(root, question) == ["c.txt"]


@pytest.mark.parametrize("text", ["name = '我的'\nsame = ['文化旅游']", "name = '文化和旅游'"])
def test_a_portfolio_that_means_a_known_one_is_refused_with_its_name(root: Path, text: str) -> None:
    write(root, f"[[portfolio]]\n{text}\n")
    with pytest.raises(ReportSearchError, match=r'to add to that one, write .* with name = "文旅"'):
        Archive.open(root / "index")


def test_what_a_user_calls_a_portfolio_is_no_item_of_another_one(root: Path) -> None:
    shipped = lexicon.load()
    assert shipped.find_portfolio("返乡创业") == "人社"
    write(root, "[[portfolio]]\nname = '返乡创业'\nsame = ['米商返乡']\n")
    own = lexicon.load(root / USER_FILE)
    assert own.portfolios_by_item["返乡创业"] == own.portfolios_by_item["米商返乡"] == ("返乡创业",)
