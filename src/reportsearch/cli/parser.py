"""All commands and options; docs/commands.md is generated from them."""

from __future__ import annotations

import argparse

from reportsearch import __version__
from reportsearch.cli import options
from reportsearch.cli.parser_compare import add_compare
from reportsearch.cli.parser_corrections import add_corrections
from reportsearch.cli.parser_portfolios import add_portfolios
from reportsearch.cli.parser_serve import add_serve
from reportsearch.cli.parser_topics import add_topics
from reportsearch.models.facts import FACT_KINDS
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.reuse import LOWEST_MIN_CHARS
from reportsearch.models.summary import DEFAULT_SUMMARY_CHARS
from reportsearch.search.concordance import SORTS as KWIC_SORTS
from reportsearch.search.engine import FACETS, GROUPS, SORTS

FORMATS = ("table", "json", "csv", "docx", "html")
DEFAULTS = {"index": "index", "format": "table", "quiet": False}


def _build_common_parser() -> argparse.ArgumentParser:
    """The options that stand before or after the command."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--index", metavar="DIR", help="folder of the index (default: index)")
    common.add_argument(
        "--format",
        choices=FORMATS,
        help="how to print (default: table); docx for search, kwic and reuse, html for reuse",
    )
    common.add_argument("--quiet", action="store_true", help="no progress and no notes")
    return common


def build_parser(*, batch: bool = False) -> argparse.ArgumentParser:
    """All commands and options; with ``batch`` search has no QUERY, since a file has them."""
    common = _build_common_parser()
    parser = argparse.ArgumentParser(
        prog="reportsearch",
        description="Search Chinese officials' duty reports.",
        parents=[common],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"reportsearch {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add_command(name: str, help_: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=help_,
            description=f"{help_[0].upper()}{help_[1:]}.",
            epilog=f"example: {example}",
            parents=[common],
            allow_abbrev=False,
        )

    index = add_command(
        "index",
        "read files, folders, and .jsonl or .csv files with a report a row into the index",
        "reportsearch index corpus",
    )
    index.add_argument(
        "paths", nargs="*", metavar="PATH", help="what to read (default: the folder corpus)"
    )
    index.add_argument("--rebuild", action="store_true", help="read everything again")
    index.add_argument(
        "--prune", action="store_true", help="drop reports whose file or row is gone"
    )
    index.add_argument(
        "--purge", action="store_true", help="erase the text of dropped reports from disk"
    )

    search = add_command(
        "search",
        "find reports by words, phrases and fields",
        "reportsearch search '文旅 \"示范县\" year:2022..2023 -招商'",
    )
    # An optional argument would have to stand before all options: so it is there or it is not.
    if not batch:
        search.add_argument(
            "query",
            metavar="QUERY",
            nargs="+",
            help='terms to be met in one passage; OR, NOT or -, ( ), "exact string", field:value',
        )
    options.add_where(search)
    search.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        help="how many hits (default: 10, with --batch 100)",
    )
    options.add_offset(search, "hits")
    search.add_argument(
        "--sort", choices=SORTS, default="relevance", help="order (default: relevance)"
    )
    search.add_argument(
        "--group", choices=GROUPS, default="report", help="what a hit is (default: report)"
    )
    search.add_argument(
        "--facet",
        metavar="F",
        action="append",
        default=[],
        help=f"count the matching reports by {', '.join(FACETS)}; year gives a timeline",
    )
    search.add_argument(
        "--explain",
        action="store_true",
        help="tell how the query was understood and how many passages meet each part",
    )
    options.add_semantic(search)
    search.add_argument(
        "--batch", metavar="FILE", help="answer all queries of a file: number, tab, query"
    )
    search.add_argument("--trec", metavar="FILE", help="where --batch writes its TREC run")
    options.add_output(search, "docx")
    options.add_plot(search, "the years of --facet year")
    options.add_method_note(search)

    kwic = add_command(
        "kwic",
        "list every occurrence in its context",
        "reportsearch kwic 招商引资 --sort right",
    )
    kwic.add_argument("query", metavar="QUERY", nargs="+", help="as for search")
    options.add_where(kwic)
    kwic.add_argument(
        "--width",
        metavar="N",
        type=options.parse_whole_number,
        default=20,
        help="characters on both sides (default: 20)",
    )
    kwic.add_argument(
        "--sort",
        choices=KWIC_SORTS,
        default="place",
        help="order by place, or by the context to the left or right (default: place)",
    )
    kwic.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        default=100,
        help="how many lines (default: 100)",
    )
    options.add_offset(kwic, "lines")
    options.add_output(kwic, "docx")
    options.add_method_note(kwic)

    show = add_command(
        "show",
        "show a report: metadata and its origin, sections, passages",
        "reportsearch show 副县长2023 --passage 3",
    )
    show.add_argument(
        "report", metavar="REPORT", help="an id, or any unique part of an id or title"
    )
    show.add_argument(
        "--passage", metavar="N", type=options.parse_whole_number, help="only this passage"
    )

    _add_similar(add_command)
    _add_reuse(add_command)
    _add_keywords(add_command)
    _add_summary(add_command)
    _add_facts(add_command)
    add_compare(add_command)
    add_topics(add_command)
    add_portfolios(add_command)

    add_corrections(add_command)
    add_serve(add_command)

    add_command("stats", "count what the index holds", "reportsearch stats --format json")
    return parser


def _add_similar(add_command: options.AddCommand) -> None:
    similar = add_command(
        "similar",
        "find the passages that are most like one, and what they have in common",
        "reportsearch similar 副县长2023#9",
    )
    similar.add_argument(
        "passage",
        metavar="PASSAGE",
        nargs="?",
        help="a passage as hits name it, REPORT#N; or REPORT, for each of its passages",
    )
    similar.add_argument("--text", metavar="T", help="a text, paragraph by paragraph")
    similar.add_argument(
        "--file", metavar="F", help="a file, paragraph by paragraph; it is not added to the index"
    )
    options.add_where(similar)
    similar.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        help="how many passages for each paragraph (default: 10, or 3 where there are several)",
    )
    similar.add_argument(
        "--include-own", action="store_true", help="passages of the same report, too"
    )
    options.add_semantic(similar)
    options.add_output(similar)
    options.add_method_note(similar)


def _add_reuse(add_command: options.AddCommand) -> None:
    reuse = add_command(
        "reuse",
        "tell how much of a report also stands in others; without REPORT, which reports have most "
        "in common, and the formulae",
        "reportsearch reuse 甲县副县长2022 --format html --output reuse.html",
    )
    reuse.add_argument(
        "report", metavar="REPORT", nargs="?", help="an id, or any unique part of an id or title"
    )
    reuse.add_argument(
        "--against",
        metavar="FILE",
        nargs="+",
        help="compare these files, which are not in the index and are not added to it",
    )
    reuse.add_argument(
        "--official", metavar="NAME", help="whose the files of --against are, as the index names it"
    )
    reuse.add_argument(
        "--previous",
        metavar="REPORT",
        nargs="?",
        const="",
        help="set it against the same official's report before, or against this one: sentences "
        "kept, changed, dropped and new, and what is nearest to last year's plans",
    )
    reuse.add_argument(
        "--min-chars",
        metavar="N",
        type=options.at_least(LOWEST_MIN_CHARS),
        help=f"how many characters in a row count: {LOWEST_MIN_CHARS} or more (default: 13)",
    )
    reuse.add_argument(
        "--formula-officials",
        metavar="N",
        type=options.at_least(2),
        help="a string in reports of so many officials, 2 or more, is a formula (default: the "
        "square root of the number of officials, at least 4)",
    )
    reuse.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        help="how many sources a table shows, or how many pairs and formulae (default: 20)",
    )
    options.add_output(reuse, "docx and html")
    options.add_method_note(reuse)


def _add_keywords(add_command: options.AddCommand) -> None:
    keywords = add_command(
        "keywords",
        "tell what a report, or a selection of passages, is about that others are not",
        "reportsearch keywords 副县长2023 --top 10",
    )
    keywords.add_argument(
        "reports",
        metavar="REPORT",
        nargs="*",
        help="an id, or any unique part of an id or title; without, all passages that meet --where "
        "and --query",
    )
    options.add_where(keywords)
    keywords.add_argument(
        "--query", metavar="QUERY", help="only passages that meet it, as for search"
    )
    keywords.add_argument(
        "--by",
        metavar="FIELD",
        help=f"keywords for each value of a field: {', '.join(GROUPING_FIELDS)}",
    )
    keywords.add_argument(
        "--top",
        metavar="N",
        type=options.parse_whole_number,
        default=20,
        help="how many for each (default: 20)",
    )
    keywords.add_argument(
        "--with-formulae",
        action="store_true",
        help="also what was set aside: set phrases, words of every report, places and posts, and "
        "what is as frequent elsewhere",
    )
    options.add_output(keywords)
    options.add_plot(keywords, "the keywords")
    options.add_method_note(keywords)


def _add_summary(add_command: options.AddCommand) -> None:
    summary = add_command(
        "summary",
        "sum up a report in its own sentences, each with its place; without REPORT, all reports "
        "that meet --where",
        "reportsearch summary 甲县副县长2022 --chars 400",
    )
    summary.add_argument(
        "report", metavar="REPORT", nargs="?", help="an id, or any unique part of an id or title"
    )
    summary.add_argument(
        "--file", metavar="F", help="a report in a file; it is not added to the index"
    )
    options.add_where(summary)
    summary.add_argument(
        "--chars",
        metavar="N",
        type=options.at_least(1),
        default=DEFAULT_SUMMARY_CHARS,
        help=f"how many characters at most (default: {DEFAULT_SUMMARY_CHARS})",
    )
    options.add_output(summary)
    options.add_method_note(summary)


def _add_facts(add_command: options.AddCommand) -> None:
    facts = add_command(
        "facts",
        "list the figures, documents, projects and times that reports state; without REPORT those "
        "of all reports, the same figures brought together",
        "reportsearch facts --where portfolio=招商引资 --format csv --output facts.csv",
    )
    facts.add_argument(
        "report", metavar="REPORT", nargs="?", help="an id, or any unique part of an id or title"
    )
    facts.add_argument("--file", metavar="F", help="of a file, which is not added to the index")
    facts.add_argument(
        "--query", metavar="QUERY", help="only of passages that meet a query, as for search"
    )
    options.add_where(facts)
    facts.add_argument(
        "--kind",
        choices=FACT_KINDS,
        action="append",
        help="only this kind, may be given again (default: all, as CSV indicators)",
    )
    facts.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        default=20,
        help="how many figures a table of all reports shows, those of most reports first "
        "(default: 20)",
    )
    options.add_output(facts)
    options.add_method_note(facts)


def get_semantic_model(options: argparse.Namespace) -> str | bool:
    """What is asked for with --semantic and --model."""
    return bool(options.semantic) if options.model is None else str(options.model)
