"""Drafts: files that are compared with the index without being added to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reportsearch import extract, structure
from reportsearch.comparable import to_comparable
from reportsearch.errors import ExtractError
from reportsearch.extract import file_types, open_file
from reportsearch.extract.models import TEXT, Extracted
from reportsearch.extract.sandbox.pool import ReaderPool
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.reuse import Draft, Whose
from reportsearch.normalise import fold
from reportsearch.search.officials import add_person, find_label
from reportsearch.tokenizer import Tokenizer

_HEAD_CHARS = 200
"""Characters of a draft that are searched for the name of its official."""


def read_draft(
    file: Path | Draft,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    infos: Iterable[ReportInfo] = (),
    *,
    official: str | None = None,
) -> Report:
    """Return the report in a file; its id is the file's name. Nothing of it stays on disk.

    ``official`` is its author; ``infos`` are the reports among which the author is told apart from
    others. Raises ExtractError, which names the file.
    """
    path = Path(file.name) if isinstance(file, Draft) else file
    try:
        extracted = _extract_text(_read_bytes(file), path.name)
    except OSError as error:
        raise ExtractError(
            "{path}: {explain_os_error}",
            path=path,
            explain_os_error=open_file.explain_os_error(error),
        ) from error
    except ExtractError as error:
        raise ExtractError("{path}: {error}", path=path, error=error) from error
    report = structure.parse_report(
        extracted.text,
        path.name,
        lexicon,
        tokenizer,
        name=path.stem,
        given=(("given", {"official": official or ""}),),
        lines_are_paragraphs=extracted.lines_are_paragraphs,
        reader=extracted.reader,
    )
    if not to_comparable(fold(report.text)):
        raise ExtractError("{path}: the file contains no letters or digits to compare", path=path)
    return replace(report, info=add_person(report.info, find_label(report.info, infos)))


def identify_official(report: Report, infos: Iterable[ReportInfo]) -> Whose:
    """Identify the official of an index named in the title or first lines of a report."""
    infos = list(infos)
    head = fold(f"{report.info.title}\n{report.text[:_HEAD_CHARS]}")
    post = fold(f"{report.info.region or ''}{report.info.post or ''}")
    place_and_post = post if report.info.region and report.info.post else ""
    officials = sorted({info.person for info in infos if info.person})
    named = [
        name
        for name in officials
        if fold(name) == place_and_post or (len(name) > 1 and fold(name) in head)
    ]
    # Of 张三 and 张三丰 the longer is meant if it occurs.
    named = [name for name in named if not any(name != each and name in each for each in named)]
    official = report.info.person or (named[0] if len(named) == 1 else None)
    same = {
        info.person
        for info in infos
        if info.person
        and place_and_post
        and (info.region, info.post) == (report.info.region, report.info.post)
    }
    return Whose(official, official or place_and_post, tuple(sorted(same)))


def _read_bytes(file: Path | Draft) -> bytes:
    if isinstance(file, Draft):
        _check_not_row_file(Path(file.name))
        return open_file.check_size(file.data)
    if not file.exists():
        raise ExtractError("there is no such file; check the name")
    if file.is_dir():
        raise ExtractError("is a folder; name one of its files")
    _check_not_row_file(file)
    problem, _ = open_file.inspect_file(file)
    if problem:
        raise ExtractError(problem)
    return open_file.read_bytes(file)


def _check_not_row_file(path: Path) -> None:
    if file_types.is_row_file(path):
        raise ExtractError(
            "holds one report per row; index it, or save one report as a separate file"
        )


def _extract_text(data: bytes, name: str) -> Extracted:
    kind = file_types.detect_kind(data, name)
    if kind == TEXT:
        text = open_file.decode_text(data)
        extract.check_length(len(text))
        if not text.strip():
            raise ExtractError("the file contains no text")
        return Extracted(text, kind)
    with ReaderPool(1) as pool:
        return pool.submit(kind, data).future.result()
