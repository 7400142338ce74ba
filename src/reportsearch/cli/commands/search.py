"""``search``: find reports, or with ``--batch`` answer many queries at once."""

from __future__ import annotations

import argparse
from contextlib import suppress
from functools import partial
from pathlib import Path

from reportsearch import validation
from reportsearch.archive import Archive
from reportsearch.cli import batch
from reportsearch.cli.checks import UsageError
from reportsearch.cli.options import Commands, get_semantic_model
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.errors import QueryError
from reportsearch.locale import Translator
from reportsearch.models.search import SearchResult
from reportsearch.output.tables import search
from reportsearch.search.engine import FACETS, GROUPS, SORTS

_DEFAULT_LIMIT = 10


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "search",
        t("find reports by words, phrases and fields"),
        "reportsearch search '文旅 \"示范县\" year:2022..2023 -招商'",
        run=run,
        check=check,
        documents=("docx",),
    )
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="*",
        help=t('terms to find in one passage; OR, NOT or -, ( ), "exact string", field:value'),
    )
    parser.add_where()
    parser.add_number(
        "--limit",
        t(
            "number of hits (default: {default}, with --batch {batch})",
            default=_DEFAULT_LIMIT,
            batch=batch.DEFAULT_LIMIT,
        ),
    )
    parser.add_offset(t("number of hits to skip"))
    parser.add_argument(
        "--sort", choices=SORTS, default="relevance", help=t("order (default: relevance)")
    )
    parser.add_argument(
        "--group",
        choices=GROUPS,
        default="report",
        help=t("what counts as a hit (default: report)"),
    )
    parser.add_argument(
        "--facet",
        metavar="F",
        action="append",
        default=[],
        help=t(
            "count the matching reports by {fields}; year gives a timeline",
            fields=", ".join(FACETS),
        ),
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help=t("show how the query was interpreted and how many passages match each part"),
    )
    parser.add_semantic()
    parser.add_argument(
        "--batch",
        metavar="FILE",
        help=t("answer all queries in a file, each line a number, a tab and a query"),
    )
    parser.add_argument("--trec", metavar="FILE", help=t("the file for the TREC run of --batch"))
    parser.add_output("docx")
    parser.add_plot(t("the years of --facet year"))
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    if options.batch is not None or options.trec is not None:
        batch.check(options)
        return
    if not options.query:
        raise UsageError("the following arguments are required: QUERY")
    if options.plot is not None and "year" not in map(_resolve_facet, options.facet):
        raise UsageError("--plot shows a search by year; add --facet year")


def _resolve_facet(name: str) -> str:
    """Return the canonical name of a facet, or the name itself if the archive will reject it."""
    with suppress(QueryError):
        return validation.parse_facet(name)
    return name


def run(options: argparse.Namespace) -> int:
    """Search, and print the hits."""
    if options.batch is not None:
        return batch.run(options)
    limit = _DEFAULT_LIMIT if options.limit is None else options.limit
    result = run_analysis(
        options,
        Archive.search,
        *("where", "offset", "sort", "group", "explain"),
        text=" ".join(options.query),
        limit=limit,
        facets=options.facet,
        semantic=get_semantic_model(options),
    )
    is_explained = options.explain or options.format != "table"
    reason = "" if is_explained else _explain_no_match(result, options)
    print_answer(
        options,
        result,
        partial(
            search.print_table,
            offset=options.offset,
            limit=limit,
            group=options.group,
            reason=reason,
        ),
        partial(search.format_csv, offset=options.offset, limit=limit),
        partial(_write_document, result, options.t),
    )
    return 0


def _explain_no_match(result: SearchResult, options: argparse.Namespace) -> str:
    """Return why nothing matches the whole query, unless the answer already shows it."""
    if result.matched.reports and not result.partial:
        return ""
    with Archive.open(options.index) as archive:
        asked = archive.search(result.query, where=options.where, limit=0, explain=True)
    return asked.explain.reason if asked.explain and asked.explain.adds_detail else ""


def _write_document(result: SearchResult, t: Translator, path: Path) -> None:
    from reportsearch.output import word

    word.write_search_document(result, path, t)
