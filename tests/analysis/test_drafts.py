"""A file that is compared without being added: read as ``index`` would read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportsearch import Archive, ExtractError
from reportsearch.lexicon import Lexicon
from reportsearch.models.reuse import Draft
from reportsearch.tokenizer import Tokenizer
from tests.conftest import CORPUS
from tests.extract.docx.word_files import write_docx


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*述职*")), ids=lambda path: str(path.name))
def test_a_draft_is_the_report_that_the_index_would_hold(
    path: Path, shipped_index: Path, words: Lexicon, tokenizer: Tokenizer
) -> None:
    from reportsearch.analysis import drafts

    with Archive.open(shipped_index) as archive:
        indexed = archive.show(path.name)
    draft = drafts.read_draft(path, words, tokenizer, official=indexed.info.official)
    assert draft.text == indexed.text
    assert draft.passages == indexed.passages
    assert draft.info.reader == indexed.info.reader
    assert draft.info.official == indexed.info.official


def test_lines_of_a_word_file_are_paragraphs_and_those_of_a_text_are_joined(
    tmp_path: Path, words: Lexicon, tokenizer: Tokenizer
) -> None:
    from reportsearch.analysis import drafts

    width = 30
    whole = (
        "我分管文旅工作，全年接待游客一百二十万人次，旅游收入六亿元，同比增长百分之十二，新建步道十二公里，"
        * 3
    )
    lines = [whole[at : at + width] for at in range(0, len(whole), width)]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    write_docx(tmp_path / "a.docx", *lines)
    with Archive.in_memory() as archive:
        archive.index([tmp_path])
        for name in ("a.txt", "a.docx"):
            draft = drafts.read_draft(tmp_path / name, words, tokenizer)
            assert draft.text == archive.show(name).text
            assert len(draft.text.split("\n")) == (1 if name == "a.txt" else len(lines))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "there is no such file"),
        ("  ", "there is no such file"),
        ("none.txt", "there is no such file"),
        ("ROWS.JSONL", "holds one report per row"),
        ("empty.txt", "the file is empty"),
        ("folder", "is a folder"),
        ("signs.txt", "signs.txt: the file contains no letters or digits"),
    ],
)
def test_what_is_no_draft_is_refused_with_the_remedy(
    tmp_path: Path, words: Lexicon, tokenizer: Tokenizer, name: str, said: str
) -> None:
    from reportsearch.analysis import drafts

    (tmp_path / "ROWS.JSONL").write_text('{"text": "文旅"}', encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "signs.txt").write_text("。，*！", encoding="utf-8")
    path = tmp_path / name if name.strip() else Path(name)
    if not name.strip():
        path = Path(name) if name else Path("\u3000")
    with pytest.raises(ExtractError, match=said):
        drafts.read_draft(path, words, tokenizer)


def test_a_draft_that_is_in_the_index_is_of_the_official_that_the_index_names(
    shipped_archive: Archive, shipped_folder: Path
) -> None:
    name = "甲县副县长2022年度述职报告.txt"
    draft = shipped_archive.reuse(against=shipped_folder / "corpus" / name)
    report = shipped_archive.reuse(name)
    assert draft.report.official == report.report.official == "甲县副县长"
    assert draft.left_out == (name,)
    assert [source.is_own for source in draft.sources] == [
        source.is_own for source in report.sources
    ]


def test_a_draft_in_memory_is_read_as_its_file_would_be(
    tmp_path: Path, words: Lexicon, tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportsearch.analysis import drafts

    path = write_docx(tmp_path / "甲县副县长2023年述职报告.docx", "2023年，我分管文旅工作。")
    data = path.read_bytes()
    of_file = drafts.read_draft(path, words, tokenizer)
    path.unlink()
    assert drafts.read_draft(Draft(path.name, data), words, tokenizer) == of_file
    monkeypatch.chdir(tmp_path)
    for name, sent in (
        ("rows.csv", b"id,text\n1,a"),
        ("a\0.txt", b""),
        ("..", b"\x89PNG\r\n\x1a\n"),
    ):
        with pytest.raises(ExtractError):
            drafts.read_draft(Draft(name, sent), words, tokenizer)


@pytest.mark.parametrize(
    ("title", "official", "seems"),
    [
        ("张三2024年述职报告", "张三", "张三"),
        ("张三丰2024年述职报告", "张三丰", "张三丰"),
        ("甲县人民政府副县长2024年述职报告", "甲县副县长", "甲县副县长"),
        ("乙县人民政府副县长2024年述职报告", "王五", "王五"),
        ("张三、李四2024年述职报告", None, ""),
        ("2024年述职报告", None, ""),
    ],
)
def test_whose_a_draft_is_is_read_from_its_first_lines(
    tmp_path: Path, title: str, official: str | None, seems: str
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    rows = ["id,official,region,post"]
    for number, (name, place) in enumerate(
        [("张三", ""), ("李四", ""), ("张三丰", ""), ("甲县副县长", "甲县"), ("王五", "乙县")]
    ):
        (corpus / f"{number}.txt").write_text("2023年述职报告\n修路。", encoding="utf-8")
        rows.append(f"{number}.txt,{name},{place},{'副县长' if place else ''}")
    (corpus / "metadata.csv").write_text("\n".join(rows), encoding="utf-8")
    with Archive.in_memory() as archive:
        archive.index(corpus)
        found = archive.official_of_draft(Draft("稿.txt", f"{title}\n修桥，群众受益。".encode()))
    assert (found.official, found.seems) == (official, seems)
    assert found.namesakes == {"王五": ("王五",), "甲县副县长": ("甲县副县长",)}.get(seems, ())
