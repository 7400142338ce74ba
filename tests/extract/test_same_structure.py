"""The same report as .txt, .docx, .pdf, .html and .doc: the same sections, portfolios, passages."""

from __future__ import annotations

import html
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from reportsearch import lexicon, structure
from reportsearch.extract import file_types, read_trusted
from reportsearch.extract.models import Extracted
from reportsearch.extract.sandbox.pool import ReaderPool
from reportsearch.models.report import Report, ReportInfo
from reportsearch.tokenizer import Tokenizer
from tests.conftest import CORPUS

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)
REPORTS = sorted(path for path in CORPUS.iterdir() if path.suffix in {".txt", ".docx"})
# A conversion takes a second each: these have every kind of numbering, and the one a table.
AS_DOC = [path for path in REPORTS if path.name == "乙市人民政府副市长2023年度履职报告.docx"]
AS_PDF = REPORTS[:6:3]


def parsed(path: Path, read: Extracted) -> Report:
    """A report under the original's name: the name may tell the year."""
    return structure.parse_report(
        read.text,
        path.stem,
        WORDS,
        TOKENIZER,
        name=path.stem,
        lines_are_paragraphs=read.lines_are_paragraphs,
    )


@cache
def original(path: Path) -> Report:
    return parsed(path, read_trusted(path.read_bytes(), path.name))


def as_word(path: Path, folder: Path) -> Path:
    """The report as a clerk has it in Word: an indent of two characters, a spread title."""
    target = folder / f"{path.stem}.docx"
    if path.suffix == ".docx":
        target.write_bytes(path.read_bytes())
        return target
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(16)
    for number, line in enumerate(original(path).text.split("\n")):
        paragraph = document.add_paragraph(line)
        if number:
            paragraph.paragraph_format.first_line_indent = Pt(32)
        else:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(target))
    return target


def as_page(path: Path) -> bytes:
    """The report as a page of a county's web site."""
    title, *rest = original(path).text.split("\n")
    links = "".join(f'<li><a href="/{n}">栏目{n}</a></li>' for n in range(30))
    body = "".join(map(_block, rest))
    body = body.replace("</table>\n<table>", "")
    return (
        f'<html><head><meta charset="gb18030"><title>{html.escape(title)}-甲县人民政府</title></head>'
        f'<body><div class="nav"><ul>{links}</ul></div><h1>{html.escape(title)}</h1>'
        f'<div class="TRS_Editor">{body}</div><div class="foot">主办：甲县人民政府办公室 '
        f"甲ICP备00000000号</div></body></html>"
    ).encode("gb18030")


def _block(line: str) -> str:
    """A paragraph, or the row of a table."""
    if "\t" not in line:
        return f"<p>　　{html.escape(line)}</p>\n"
    cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t"))
    return f"<table><tr>{cells}</tr></table>\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports as .docx."""
    folder = tmp_path_factory.mktemp("made")
    for path in REPORTS:
        as_word(path, folder)
    return folder


@pytest.fixture(scope="module")
def converted(made: Path, office: str) -> Path:
    """Some of them as .pdf and .doc, by LibreOffice."""
    for kind, some in (("pdf", AS_PDF), ("doc", AS_DOC)):
        profile = f"-env:UserInstallation={(made / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(made)]
        chosen = [str(made / f"{path.stem}.docx") for path in some]
        subprocess.run([*command, *chosen], check=True, capture_output=True, timeout=300)
    return made


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool() as pool:
        yield pool


def check(path: Path, data: bytes, name: str, pool: ReaderPool) -> None:
    found = parsed(path, pool.submit(file_types.detect_kind(data, name), data).future.result())
    wanted = original(path)
    assert found.text.split("\n") == wanted.text.split("\n")
    assert found.sections == wanted.sections
    assert found.passages == wanted.passages
    assert found.duties == wanted.duties
    assert about(found) == about(wanted)


def about(report: Report) -> ReportInfo:
    """What is known of a report, but for what its publisher wrote above it: that was not copied."""
    info = replace(report.info, origin={})
    if report.title not in published():
        return info
    words = {key: words for key, words in info.words.items() if key != "date"}
    return replace(info, source=None, date=None, words=words)


@cache
def published() -> set[str]:
    return {report.title for report in map(original, REPORTS) if report.info.source}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_as_a_word_file(path: Path, made: Path, pool: ReaderPool) -> None:
    check(path, (made / f"{path.stem}.docx").read_bytes(), "a.docx", pool)


@pytest.mark.needs("WenQuanYi Zen Hei")
@pytest.mark.parametrize("path", AS_PDF, ids=lambda path: path.stem)
def test_as_a_pdf_printed_from_word(path: Path, converted: Path, pool: ReaderPool) -> None:
    check(path, (converted / f"{path.stem}.pdf").read_bytes(), "a.pdf", pool)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_as_a_web_page(path: Path, pool: ReaderPool) -> None:
    check(path, as_page(path), "a.html", pool)


@pytest.mark.parametrize("path", AS_DOC, ids=lambda path: path.stem)
def test_as_an_old_word_file(path: Path, converted: Path, pool: ReaderPool) -> None:
    check(path, (converted / f"{path.stem}.doc").read_bytes(), "a.doc", pool)
