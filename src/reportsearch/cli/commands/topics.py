"""``topics``: find the topics of all passages, or of a selection."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS
from reportsearch.output.tables import topics

_ROWS = {"groups": topics.format_groups_csv, "terms": topics.format_terms_csv}
"""What a row of CSV can represent."""


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add(
        "topics",
        "find the topics of passages, and the share of each topic in every report, official or "
        "year",
        "reportsearch topics --by official --where year=2023",
        run=run,
    )
    parser.add_argument(
        "--topics",
        metavar="N",
        type=_parse_topic_count,
        default=AUTO,
        help=f"number of topics, {MIN_TOPICS} to {MAX_TOPICS}, or {AUTO}: as many as recur "
        f"in samples of the passages and have words that belong together (default: {AUTO})",
    )
    parser.add_where()
    parser.add_query()
    parser.add_argument(
        "--by",
        metavar="FIELD",
        default="report",
        help=f"add up the topics of passages by {', '.join(GROUPING_FIELDS)} (default: report)",
    )
    parser.add_number("--top", "number of terms shown for each topic in tables and CSV", 8)
    parser.add_number("--limit", "number of reports, officials or years shown in the table", 20)
    parser.add_argument(
        "--kind",
        choices=_ROWS,
        default="groups",
        help="what a CSV row holds: the share of a topic in a group, or a term of a topic "
        "(default: groups)",
    )
    parser.add_output()
    parser.add_plot("the share of each topic in every group")
    parser.add_method_note()


def _parse_topic_count(text: str) -> int | str:
    if text == AUTO:
        return text
    number = int(text)
    if not MIN_TOPICS <= number <= MAX_TOPICS:
        raise argparse.ArgumentTypeError(f"must be {MIN_TOPICS} to {MAX_TOPICS}, or {AUTO}")
    return number


_parse_topic_count.__name__ = f"whole number or {AUTO}"


def run(options: argparse.Namespace) -> int:
    """Find the topics."""
    found = run_analysis(options, Archive.topics, "topics", "where", "query", "by")
    table = partial(topics.print_table, top=options.top, limit=options.limit)
    print_answer(options, found, table, partial(_ROWS[options.kind], top=options.top))
    return 0
