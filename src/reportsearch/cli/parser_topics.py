"""The options of ``topics``."""

from __future__ import annotations

import argparse

from reportsearch.cli import options
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.models.topics import AUTO, MAX_TOPICS, MIN_TOPICS

GROUPS = "groups"
TERMS = "terms"
CSV_KINDS = (GROUPS, TERMS)
"""What a line of CSV can be of."""


def _parse_topic_count(text: str) -> int | str:
    if text == AUTO:
        return text
    number = int(text)
    if not MIN_TOPICS <= number <= MAX_TOPICS:
        raise argparse.ArgumentTypeError(f"must be {MIN_TOPICS} to {MAX_TOPICS}, or {AUTO}")
    return number


_parse_topic_count.__name__ = f"whole number or {AUTO}"


def add_topics(add_command: options.AddCommand) -> None:
    """Add the command."""
    topics = add_command(
        "topics",
        "tell what passages are about, as topics that are found in them, and how much of each is "
        "in every report, official or year",
        "reportsearch topics --by official --where year=2023",
    )
    topics.add_argument(
        "--topics",
        metavar="N",
        type=_parse_topic_count,
        default=AUTO,
        help=f"how many, {MIN_TOPICS} to {MAX_TOPICS}, or {AUTO}: as many as are found again "
        f"in parts of the passages and have words that go together (default: {AUTO})",
    )
    options.add_where(topics)
    topics.add_argument(
        "--query", metavar="QUERY", help="only passages that meet it, as for search"
    )
    topics.add_argument(
        "--by",
        metavar="FIELD",
        default="report",
        help=f"sum the passages' topics by {', '.join(GROUPING_FIELDS)} (default: report)",
    )
    topics.add_argument(
        "--top",
        metavar="N",
        type=options.parse_whole_number,
        default=8,
        help="how many terms of a topic a table and CSV show (default: 8)",
    )
    topics.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        default=20,
        help="how many reports, officials or years a table shows (default: 20)",
    )
    topics.add_argument(
        "--kind",
        choices=CSV_KINDS,
        default=GROUPS,
        help=f"what a line of CSV is: the share of a topic in a group, or a term of a topic "
        f"(default: {GROUPS})",
    )
    options.add_output(topics)
    options.add_plot(topics, "how much of each topic is in every group")
    options.add_method_note(topics)
