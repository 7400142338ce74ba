"""A file that is to be compared with the index without being added to it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportsearch import extract, structure
from reportsearch.comparable import compared
from reportsearch.errors import ExtractError
from reportsearch.extract import file_types as kinds
from reportsearch.extract import open_file as opening
from reportsearch.extract.sandbox.pool import Pool
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report, ReportInfo
from reportsearch.models.reuse import Draft, Whose
from reportsearch.normalise import fold
from reportsearch.tokenizer import Tokenizer

_HEAD = 200
"""Characters of a draft in which it can name its official."""


def read(
    file: Path | Draft, words: Lexicon, tokenizer: Tokenizer, *, official: str | None = None
) -> Report:
    """The report in a file; its id is the file's name. Nothing of it stays on disk.

    ``official`` tells whose draft it is. Raises ExtractError, which names the file.
    """
    path = Path(file.name) if isinstance(file, Draft) else file
    try:
        extracted = _extracted(_bytes(file), path.name)
    except OSError as error:
        raise ExtractError(f"{path}: {opening.unreadable(error)}") from error
    except ExtractError as error:
        raise ExtractError(f"{path}: {error}") from error
    report = structure.parse(
        extracted.text,
        path.name,
        words,
        tokenizer,
        name=path.stem,
        given=(("given", {"official": official or ""}),),
        lines_are_paragraphs=extracted.lines_are_paragraphs,
        reader=extracted.reader,
    )
    if not compared(fold(report.text)):
        raise ExtractError(f"{path}: there are no letters or digits in the file to compare")
    return report


def whose(report: Report, infos: Iterable[ReportInfo]) -> Whose:
    """Whom a report names as its official in its title and first lines, of those of an index."""
    infos = list(infos)
    head = fold(f"{report.info.title}\n{report.text[:_HEAD]}")
    post = fold(f"{report.info.region or ''}{report.info.post or ''}")
    told = post if report.info.region and report.info.post else ""
    officials = sorted({info.official for info in infos if info.official})
    named = [
        name for name in officials if fold(name) == told or (len(name) > 1 and fold(name) in head)
    ]
    # Of 张三 and 张三丰 the longer is meant, where it stands there.
    named = [name for name in named if not any(name != each and name in each for each in named)]
    official = report.info.official or (named[0] if len(named) == 1 else None)
    same = {
        info.official
        for info in infos
        if info.official
        and told
        and (info.region, info.post) == (report.info.region, report.info.post)
    }
    return Whose(official, official or told, tuple(sorted(same)))


def _bytes(file: Path | Draft) -> bytes:
    if isinstance(file, Draft):
        _check_rows(Path(file.name))
        return opening.checked(file.data)
    if not file.exists():
        raise ExtractError("there is no such file; check the name")
    if file.is_dir():
        raise ExtractError("is a folder; name one of its files")
    _check_rows(file)
    problem, _ = opening.look_at(file)
    if problem:
        raise ExtractError(problem)
    return opening.bytes_of(file)


def _check_rows(path: Path) -> None:
    if path.suffix.lower() in kinds.ROW_SUFFIXES:
        raise ExtractError("has a report a row; index it, or put one report into a file of its own")


def _extracted(data: bytes, name: str) -> extract.Extracted:
    kind = kinds.kind_of(data, name)
    if kind == kinds.TEXT:
        text = opening.text_of(data)
        extract.check_length(len(text))
        if not text.strip():
            raise ExtractError("there is no text in the file")
        return extract.Extracted(text, kind)
    with Pool(1) as pool:
        return pool.submit(kind, data).future.result()
