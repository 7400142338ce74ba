"""The options of ``topics``."""

from __future__ import annotations

import argparse

from reportsearch.cli import options
from reportsearch.models.keywords import GROUPED_BY
from reportsearch.models.topics import AUTO, FEWEST_TOPICS, MOST_TOPICS

GROUPS = "groups"
TERMS = "terms"
KINDS = (GROUPS, TERMS)
"""What a line of CSV can be of."""


def _number(text: str) -> int | str:
    if text == AUTO:
        return text
    number = int(text)
    if not FEWEST_TOPICS <= number <= MOST_TOPICS:
        raise argparse.ArgumentTypeError(f"must be {FEWEST_TOPICS} to {MOST_TOPICS}, or {AUTO}")
    return number


_number.__name__ = f"whole number or {AUTO}"


def add_topics(command: options.Command) -> None:
    """Add the command."""
    topics = command(
        "topics",
        "tell what passages are about, as topics that are found in them, and how much of each is "
        "in every report, official or year",
        "reportsearch topics --by official --where year=2023",
    )
    topics.add_argument(
        "--topics",
        metavar="N",
        type=_number,
        default=AUTO,
        help=f"how many, {FEWEST_TOPICS} to {MOST_TOPICS}, or {AUTO}: as many as are found again "
        f"in parts of the passages and have words that go together (default: {AUTO})",
    )
    options.where(topics)
    topics.add_argument(
        "--query", metavar="QUERY", help="only passages that meet it, as for search"
    )
    topics.add_argument(
        "--by",
        metavar="FIELD",
        default="report",
        help=f"sum the passages' topics by {', '.join(GROUPED_BY)} (default: report)",
    )
    topics.add_argument(
        "--top",
        metavar="N",
        type=options.whole,
        default=8,
        help="how many terms of a topic a table and CSV show (default: 8)",
    )
    topics.add_argument(
        "--limit",
        metavar="N",
        type=options.whole,
        default=20,
        help="how many reports, officials or years a table shows (default: 20)",
    )
    topics.add_argument(
        "--kind",
        choices=KINDS,
        default=GROUPS,
        help=f"what a line of CSV is: the share of a topic in a group, or a term of a topic "
        f"(default: {GROUPS})",
    )
    options.output(topics)
    options.plot(topics, "how much of each topic is in every group")
    options.method_note(topics)
