"""Export reports with hostile texts in every format: each file opens, and holds the text as text.

    python -m benchmarks.faults.hostile_exports [--count 40] [--first 0] [--seed 1]

Each collection of six reports has hostile strings in titles, names, places, headings, paragraphs
and file names: formulas, markup, quotes, control and bidi characters, what XML cannot hold. All
commands that write CSV, Word, HTML, JSON, SVG and method notes are run on it. A failure is repeated
by ``--first`` with its number and ``--count 1``.
"""

from __future__ import annotations

import contextlib
import io
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.exports import check_export
from benchmarks.faults.outcome import FaultError, Outcome, parse_options, print_rows
from reportsearch import Archive, cli

HOSTILE = (
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", " =1+1", "＝1+1", ";=1+1",
    "\"=1+1", "'=1+1",
    "\u200b=1+1", "=HYPERLINK(\"http://evil.example\",\"x\")", "<i9q><script>alert(1)</script>",
    "<!--", "]]>", "-->",
    "\"'><img src=x onerror=alert(1)>", "</title></style></script>", "javascript:alert(1)",
    "{{7*7}}{% raw %}", "&#0;&lt;&amp;",
    "<![CDATA[", "甲\u202e乙\u2066丙", "\u2028\u2029", "a\x0b\x0c\x1b[31m\x85", "\0",
    "\ufffe\uffff", "\U000e0001", "￾",
    "[x](javascript:alert(1))", "![x](http://evil.example/x)", "`|*_#", "%s%n{0}",
    "\\\\host\\share", "../../evil", "文" * 300,
    "HYPERLINK \"http://evil.example\"", "INCLUDETEXT /etc/passwd", "a,b;c\td", "\r\n\r\n",
    "𠮷\u0301\u0301",
)  # fmt: skip
_REPORT = """{title}
我分管文旅、民政工作。{odd}
一、文旅融合发展{odd}
{odd}坚持对违法的不手软、对初犯的讲道理、对小摊小店多提醒，既不让老实人吃亏，也不让小本生意人寒心。{odd}
{odd}
全年接待游客{number}万人次，增长12.5%；编制《{odd}全域旅游发展规划》，{odd}游客中心开工建设。
指标\t计划\t完成{odd}
签约项目{odd}（个）\t10\t{number}
二、不足和打算
创新的办法不多。明年要建成{odd}游客中心，新引进企业20家。
"""
_ID = "0.txt"
COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((kind, ("search", "文旅 OR 游客")) for kind in ("csv", "docx", "json")),
    ("csv", ("search", "游客", "--group", "passage", "--facet", "official")),
    *((kind, ("kwic", "游客")) for kind in ("csv", "docx", "json")),
    *((kind, ("reuse", _ID)) for kind in ("csv", "docx", "html", "json")),
    *((kind, ("reuse", "3.txt", "--previous")) for kind in ("csv", "docx", "html", "json")),
    *((kind, ("reuse",)) for kind in ("csv", "json")),
    *((kind, ("keywords", _ID)) for kind in ("csv", "json")),
    *((kind, ("compare", "--by", "official")) for kind in ("csv", "json")),
    ("csv", ("compare", "--by", "official", "--term", "游客")),
    *(("csv", ("facts", _ID, "--kind", kind)) for kind in ("indicators", "citations", "projects",
    "periods")),
    *((kind, ("facts",)) for kind in ("csv", "json")),
    ("csv", ("topics", "--topics", "2")),
    *((kind, ("portfolios",)) for kind in ("csv", "json")),
    *((kind, ("portfolios", "文旅")) for kind in ("csv", "json")),
    ("csv", ("portfolios", "文旅", "--figures", "all")),
    ("csv", ("portfolios", "--similarity")),
    *((kind, ("summary", _ID)) for kind in ("csv", "json")),
    *((kind, ("similar", _ID)) for kind in ("csv", "json")),
    *((kind, ("show", _ID)) for kind in ("csv", "json")),
    ("json", ("stats",)),
)  # fmt: skip
"""Commands with the format that they are asked for."""
FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("csv", ("correct", "--export")),
    ("svg", ("keywords", _ID, "--plot")),
    ("svg", ("compare", "--by", "official", "--plot")),
    ("svg", ("compare", "--by", "official", "--term", "游客", "--plot")),
    ("svg", ("portfolios", "--plot")),
    ("md", ("keywords", "--where", "title={odd}", "--method-note")),
    ("json", ("compare", "--by", "official", "--query", "{odd} OR 游客", "--method-note")),
)
"""Commands that write a further file, whose name is added."""
_WITH_TEXT = {"search", "reuse", "show", "summary", "similar"}
"""Commands whose answers have paragraphs of the reports."""


def write_reports(folder: Path, odd: str, other: str) -> None:
    """Write six reports of two officials, full of one hostile text, with another in their data."""
    folder.mkdir(parents=True)
    rows = [["id", "title", "official", "region", "source"]]
    for number in range(6):
        title = f"甲县副县长{2020 + number}年述职报告{odd}"
        text = _REPORT.format(title=title, odd=odd, number=300 + number)
        (folder / f"{number}.txt").write_bytes(text.encode("utf-8", "replace"))
        if number % 3:
            continue
        rows.append([f"{number}.txt", f"{other}题{odd}", f"{other}人", f"{other}县", f"{odd}源"])
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table = "\n".join(quoted).replace("\0", "")
    (folder / "metadata.csv").write_bytes(table.encode("utf-8", "replace"))


def run_command(arguments: tuple[str, ...], folder: Path) -> tuple[int, bytes, str]:
    """Run a command; return its exit code and what it wrote to standard output and error."""
    out, errors = io.BytesIO(), io.StringIO()
    stream = io.TextIOWrapper(out, "utf-8", write_through=True)
    given = [*arguments, "--index", str(folder / "index"), "--quiet", "--lang", "zh"]
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(errors):
        try:
            code = cli.main(given)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 2
    stream.flush()
    return code, out.getvalue(), errors.getvalue()


def export(kind: str, arguments: tuple[str, ...], folder: Path) -> bytes:
    """Run a command that is asked for a format; return the bytes. Raises FaultError."""
    written = folder / f"out.{kind}"
    is_file = kind in ("docx", "html")
    more = ("--output", str(written)) if is_file else ()
    code, out, errors = run_command((*arguments, "--format", kind, *more), folder)
    if code:
        raise FaultError(f"exit code {code}; {errors.strip()[:200]}")
    return written.read_bytes() if is_file else out


def write_extra_file(kind: str, arguments: tuple[str, ...], folder: Path, odd: str) -> bytes | None:
    """Run a command that writes a further file; None if there is nothing to write."""
    written = folder / f"extra.{kind}"
    written.unlink(missing_ok=True)
    given = tuple(one.replace("{odd}", odd) for one in arguments)
    code, _, errors = run_command((*given, str(written)), folder)
    if code not in (0, 1) or "Traceback" in errors:
        raise FaultError(f"exit code {code}; {errors.strip()[-200:]}")
    return written.read_bytes() if written.exists() else None


def find_piece(odd: str) -> str:
    """Return the longest piece of a hostile text that no reading or writing changes."""
    return max(re.split(r"[^!-~\u4e00-\u9fff]+", odd), key=len)


def iter_exports(folder: Path, odd: str, outcome: Outcome, place: str, step: int) -> Iterator[str]:
    """Try every so many-th export of a collection; yield texts that show paragraphs."""
    for kind, arguments in COMMANDS[::step]:
        with outcome.trial(f"{place}, {' '.join(arguments)}, {kind}"):
            text = check_export(kind, export(kind, arguments, folder))
            if arguments[0] in _WITH_TEXT and len(arguments) > 1:
                yield text
    for kind, arguments in FILES[::step]:
        with outcome.trial(f"{place}, {' '.join(arguments)} {kind}"):
            data = write_extra_file(kind, arguments, folder, odd)
            if data is not None:
                check_export(kind, data)


def choose(seed: int, number: int) -> tuple[str, str]:
    """Return the hostile texts of the collection with a number; first each of them alone."""
    chance = random.Random(f"{seed}-{number}")  # noqa: S311 - to be repeated
    if number < len(HOSTILE):
        return HOSTILE[number], HOSTILE[number]
    return "".join(chance.sample(HOSTILE, chance.randint(1, 3))), chance.choice(HOSTILE)


def export_collection(
    folder: Path, outcome: Outcome, seed: int, number: int, step: int = 1
) -> None:
    """Index a collection, and try every so many-th export of it."""
    odd, other = choose(seed, number)
    write_reports(folder / "reports", odd, other)
    place, reports = f"seed {seed}, number {number}", 0
    with outcome.trial(f"{place}, index"), Archive.create(folder / "index") as archive:
        summary = archive.index(folder / "reports")
        reports = summary.added
        # Many controls are in no text file; it is right to refuse them.
        if summary.failed and not re.search(r"[\0\x1b]", odd):
            raise FaultError(f"not read; {summary.failed[0].reason}")
    if not reports:
        return
    piece = find_piece(odd)
    held = [
        piece in text.replace("'", "") or piece in text
        for text in iter_exports(folder, odd, outcome, place, step)
    ]
    with outcome.trial(f"{place}, all texts"):
        if not any(held):
            raise FaultError(f"{piece!a} is in no export")


def main() -> int:
    """Export all collections, and print the row."""
    options = parse_options(__doc__, count=40, first=0, seed=1)
    outcome = Outcome("exports of hostile texts")
    for number in range(options.first, options.first + options.count):
        with tempfile.TemporaryDirectory(prefix="faults-") as place:
            export_collection(Path(place).resolve(), outcome, options.seed, number)
    return print_rows([outcome])


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "100")
    sys.exit(main())
