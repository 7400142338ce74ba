"""CSV as a spreadsheet opens it: the right characters, the right cells, and no formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch.cli import main
from reportsearch.locale import CHINESE, ENGLISH, Translator, columns
from reportsearch.models.search import Explanation
from reportsearch.output.json_csv import to_csv, to_plain
from tests.conftest import PROJECT

WORDS = ["甲", "", "year", "plan", "exact", "true", *columns.CELLS["column state"]]
TRUTH_COLUMNS = (
    "cut_after", "cut_before", "is_later", "is_name", "is_own", "less", "masked", "plan", "shared",
)  # fmt: skip
OTHER_COLUMNS = {
    "after", "before", "decade", "field", "inferred", "level", "line", "npmi", "origin", "sidecar",
    "stability", "term_passages", "what", "words",
}  # fmt: skip
"""The columns of tables that have no golden file."""
BOM = b"\xef\xbb\xbf"
SIGNS = "=+-@＝＋－＠"
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u202e"


def cells(text: str, separator: str = ",") -> list[str]:
    """Every cell, as read by a program that takes ``separator`` for what parts them."""
    source = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return [cell for row in csv.reader(source, delimiter=separator) for cell in row]


def runs(cell: str) -> bool:
    """Whether a spreadsheet that ignores blanks and invisible characters finds a formula."""
    return cell.strip().lstrip(UNSEEN + '" \t\r\n\0\u3000').startswith(tuple(SIGNS))


def written(value: object) -> str:
    """The one cell of a line."""
    (cell,) = cells(to_csv(("value",), [(value,)]))[1:]
    return cell


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "before",
    ["", " ", "  ", "\t", "\r", "\n", "\u3000", "\xa0", "\0", "\x01", '"', " \u200b ", *UNSEEN],
)
def test_no_cell_begins_a_formula(before: str, sign: str) -> None:
    text = f"{before}{sign}1+1文旅"
    assert runs(text.replace("\x01", ""))
    cell = written(text)
    assert not runs(cell)
    assert cell.endswith(f"{sign}1+1文旅")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    "text",
    [
        "甲\n=1+1",
        "甲\n =1+1\n@SUM(1)",
        "甲\n\n＝1+1",
        '甲\n"=1+1"',
        "甲\n\0=1+1",
        "甲\t=1+1",
        "甲;=1+1",
        '甲"\n=1+1',
    ],
)
def test_no_line_of_a_cell_becomes_a_formula_by_another_separator(
    text: str, separator: str
) -> None:
    # A spreadsheet that was told another separator takes each line of a quoted cell for a row.
    table = to_csv(("number", "text"), [(1, text)])
    assert not [cell for cell in cells(table, separator) if runs(cell)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5, "-5"),
        (-0.25, "-0.25"),
        (-1e-07, "-1e-07"),
        (0, "0"),
        ("-5", "-5"),
        ("-12.5", "-12.5"),
        ("-3%", "-3%"),
        ("下降\t-3.5%\t-7\n-1", "下降\t-3.5%\t-7\n-1"),
        ("-5+1", "'-5+1"),
        ("-5 文旅", "'-5 文旅"),
        ("-5.", "'-5."),
        ("-", "'-"),
    ],
)
def test_negative_numbers_stay_numbers(value: object, expected: str) -> None:
    assert written(value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "增强“四个意识”，做到“两个维护”",
        '他说"好"，又说：1=1',
        "甲；=乙",
        "一、文旅\n（一）2023年1－10月，增长5%",
        "邮箱a@b.cn",
        "——以文旅为例",
        "1-2",
        "",
    ],
)
def test_other_text_is_as_it_was(text: str) -> None:
    assert written(text) == text


def test_what_is_missing_is_an_empty_cell() -> None:
    assert to_csv(("a", "b"), [(None, "乙")]) == "\ufeffa,b\r\n,乙\r\n"


def test_a_table_in_chinese_has_one_mark_and_all_its_columns_are_translated() -> None:
    header = ("report", "year", "is_own")
    rows = [("甲,\n乙", 2023, "yes"), ("year", None, "false")]
    assert to_csv(header, rows, Translator(ENGLISH)) == to_csv(header, rows)
    assert to_csv(header, rows, Translator(CHINESE)) == (
        '\ufeff报告文件,年份,本人报告\r\n"甲,\n乙",2023,是\r\nyear,,否\r\n'
    )


def test_a_name_of_a_column_is_no_formula_either() -> None:
    assert cells(to_csv(("=1+1", "year"), [])) == ["'=1+1", "year"]


NAMES = st.sampled_from([*columns.COLUMNS, "甲县副县长", "没有的列"])


@given(st.lists(NAMES, unique=True, min_size=1), st.lists(st.sampled_from(WORDS), max_size=3))
def test_names_of_columns_stay_apart_and_other_cells_stay(
    names: list[str], words: list[str]
) -> None:
    table = to_csv(names, [[word] * len(names) for word in words], Translator(CHINESE))
    lines = list(csv.reader(io.StringIO(table, newline="")))
    assert len(set(lines[0])) == len(names)
    coded = {"kind", "state", "outcome", "mark", "met", "facet", "by", "period_source", "span"}
    coded |= {*TRUTH_COLUMNS}
    free = [at for at, name in enumerate(names) if name not in coded]
    for line, word in zip(lines[1:], words, strict=True):
        assert [line[at] for at in free] == [word] * len(free)


def test_every_column_is_listed_and_has_a_chinese_name() -> None:
    headers = [
        next(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        for path in sorted((PROJECT / "tests" / "golden").glob("*.csv"))
    ]
    written = {name for header in headers for name in header}
    assert written <= set(columns.COLUMNS)
    assert set(columns.COLUMNS) - written == OTHER_COLUMNS
    for name in columns.COLUMNS:
        said = Translator(CHINESE).pgettext(columns.COLUMN, name)
        assert not said.isascii() or said in {"G2", "NPMI"}, name


def test_control_characters_are_replaced() -> None:
    assert written("甲\0乙\x1b[31m") == "甲\N{REPLACEMENT CHARACTER}乙\N{REPLACEMENT CHARACTER}[31m"


def test_the_output_is_utf_8_with_a_mark_and_line_ends_as_on_windows(
    folder: Callable[[dict[str, str]], Path],
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    reports = folder({"=a.txt": "述职报告\n一、文旅\n=1+1，文旅“示范县”\n", "b.txt": "𠮷县文旅\n"})
    index = ["--index", str(tmp_path / "index")]
    assert main(["index", str(reports), *index, "--quiet"]) == 0
    capfdbinary.readouterr()
    assert main(["search", "文旅", "--format", "csv", *index]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(BOM)
    assert out.count(BOM) == 1
    text = out.decode("utf-8-sig")
    assert "𠮷县文旅" in text
    assert "'=a.txt" in text
    for separator in ",;\t":
        assert not [cell for cell in cells(text, separator) if runs(cell)]
    # Rows end in CR LF; a line end inside a cell is a bare LF.
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert text.count("\r\n") == len(rows)
    assert text.count("\r") == len(rows)
    assert {len(row) for row in rows} == {len(rows[0])}


def test_json_leaves_out_a_field_that_is_not_for_it() -> None:
    assert to_plain(Explanation((), "why", adds_detail=True)) == {"terms": [], "reason": "why"}
