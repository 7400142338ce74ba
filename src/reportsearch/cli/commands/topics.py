"""``topics``: find the topics of all passages, or of a selection."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.locale import Translator
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS
from reportsearch.output.tables import topics

_ROWS = {"groups": topics.format_groups_csv, "terms": topics.format_terms_csv}
"""What a row of CSV can represent."""


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "topics",
        t(
            "find the topics of passages, and the share of each topic in every report, official or "
            "year"
        ),
        "reportsearch topics --by official --where year=2023",
        run=run,
    )
    parser.add_argument(
        "--topics",
        metavar="N",
        type=_parse_topic_count(t),
        default=AUTO,
        help=t(
            "number of topics, {least} to {most}, or {auto}: as many as recur in samples of the "
            "passages and have words that belong together (default: {auto})",
            least=MIN_TOPICS,
            most=MAX_TOPICS,
            auto=AUTO,
        ),
    )
    parser.add_where()
    parser.add_query()
    parser.add_argument(
        "--by",
        metavar="FIELD",
        default="report",
        help=t(
            "add up the topics of passages by {fields} (default: report)",
            fields=", ".join(GROUPING_FIELDS),
        ),
    )
    parser.add_number("--top", t("number of terms shown for each topic in tables and CSV"), 8)
    parser.add_number("--limit", t("number of reports, officials or years shown in the table"), 20)
    parser.add_argument(
        "--kind",
        choices=_ROWS,
        default="groups",
        help=t(
            "what a CSV row holds: the share of a topic in a group, or a term of a topic "
            "(default: groups)"
        ),
    )
    parser.add_output()
    parser.add_plot(t("the share of each topic in every group"))
    parser.add_method_note()


def _parse_topic_count(t: Translator) -> Callable[[str], int | str]:
    """Return a parser of the number of topics."""

    def parse(text: str) -> int | str:
        if text == AUTO:
            return text
        number = int(text)
        if not MIN_TOPICS <= number <= MAX_TOPICS:
            raise argparse.ArgumentTypeError(
                t(
                    "must be {least} to {most}, or {auto}",
                    least=MIN_TOPICS,
                    most=MAX_TOPICS,
                    auto=AUTO,
                )
            )
        return number

    # argparse names what it expected by the function.
    parse.__name__ = t("whole number or {auto}", auto=AUTO)
    return parse


def run(options: argparse.Namespace) -> int:
    """Find the topics."""
    found = run_analysis(options, Archive.topics, "topics", "where", "query", "by")
    table = partial(topics.print_table, top=options.top, limit=options.limit)
    print_answer(options, found, table, partial(_ROWS[options.kind], top=options.top))
    return 0
