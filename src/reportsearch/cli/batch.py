"""Batch queries, answered as a TREC run to measure relevance, for example with ir-measures."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.console import print_message, show_progress
from reportsearch.cli.options import get_semantic_model
from reportsearch.cli.output import refuse_to_overwrite_source
from reportsearch.errors import QueryError, ReportSearchError
from reportsearch.files import resolve_path
from reportsearch.locale import Translator
from reportsearch.output import json_csv

DEFAULT_LIMIT = 100
_RUN_TAG = "reportsearch"
# Options incompatible with --batch, and their defaults.
_INCOMPATIBLE_DEFAULTS: dict[str, object] = {
    "format": "table",
    "output": None,
    "offset": 0,
    "sort": "relevance",
    "group": "report",
    "facet": [],
    "explain": False,
    "plot": None,
    "method_note": None,
}


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict, ReportSearchError if a file cannot be used."""
    if options.query:
        raise UsageError(
            "unrecognized arguments: {query}; --batch reads the queries from a file",
            query=" ".join(options.query),
        )
    if options.batch is None or options.trec is None:
        raise UsageError("--batch FILE and --trec FILE must be given together")
    for name, default in _INCOMPATIBLE_DEFAULTS.items():
        if getattr(options, name) != default:
            raise UsageError(
                "--batch writes a TREC run; omit --{replace}", replace=name.replace("_", "-")
            )
    if resolve_path(options.batch) == resolve_path(options.trec):
        raise ReportSearchError(
            "{trec} contains the queries; name another file for the run", trec=options.trec
        )


def run(options: argparse.Namespace) -> int:
    """Answer the queries of a file and write the run; report the queries that cannot be read."""
    t: Translator = options.t
    queries = list(_read_queries(Path(options.batch)))
    limit = DEFAULT_LIMIT if options.limit is None else options.limit
    lines: list[str] = []
    bad = 0
    with Archive.open(options.index) as archive, show_progress(options) as progress:
        refuse_to_overwrite_source(archive, options)
        for number, (topic, text) in enumerate(queries):
            if progress:
                progress(number, len(queries), topic)
            try:
                lines += _iter_run_lines(archive, topic, text, options, limit)
            except QueryError as error:
                bad += 1
                print_message(
                    t("query {topic}: {error}", topic=topic, error=t.translate(error.message))
                )
    json_csv.write_output("".join(lines), options.trec)
    if not options.quiet:
        answered, all_ = len(queries) - bad, len(queries)
        print_message(t("{number} of {all} queries answered", number=answered, all=all_))
    return 1 if bad else 0


def _iter_run_lines(
    archive: Archive, topic: str, text: str, options: argparse.Namespace, limit: int
) -> Iterator[str]:
    result = archive.search(
        text, where=options.where, limit=limit, semantic=get_semantic_model(options)
    )
    for rank, hit in enumerate(result.hits, 1):
        # Spaces separate the columns of a run. Programs that read one sort it by score, so the
        # score counts down: hits without a whole match come last whatever their own score.
        name = "".join(quote(c) if c.isspace() or c == "%" else c for c in hit.report.id)
        yield f"{topic} Q0 {name} {rank} {len(result.hits) - rank + 1} {_RUN_TAG}\n"


def _read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the number and text of each query. Raises ReportSearchError with the line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ReportSearchError("{path} is not UTF-8; save it as UTF-8 text", path=path) from error
    except OSError as error:
        raise ReportSearchError(
            "{path} cannot be read: {strerror}", path=path, strerror=error.strerror
        ) from error
    seen = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        topic, tab, text = line.partition("\t")
        if not tab or not text.strip() or not topic.strip() or len(topic.split()) > 1:
            raise ReportSearchError(
                "{path}, line {number}: the format is wrong; write a number without spaces, a "
                "tab and the query",
                path=path,
                number=number,
            )
        if topic.strip() in seen:
            raise ReportSearchError(
                "{path}, line {number}: duplicate number {strip}",
                path=path,
                number=number,
                strip=topic.strip(),
            )
        seen.add(topic.strip())
        yield topic.strip(), text
