"""``compare``: compare groups of passages, or the use of a term across them."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError, split_group_values
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, run_analysis
from reportsearch.models.compare import PHRASES, TERM_KINDS
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.output.tables import compare
from reportsearch.validation import PAUSE_MARK


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "compare",
        t(
            "show which terms distinguish groups of passages and which they share; with --term, "
            "how often each group uses a term"
        ),
        "reportsearch compare --by official --where portfolio=文旅",
        run=run,
        check=check,
    )
    parser.add_argument(
        "--by",
        metavar="FIELD",
        required=True,
        help=t("field that defines the groups: {fields}", fields=", ".join(GROUPING_FIELDS)),
    )
    parser.add_values(
        t("only these groups; part of a name is enough; with --by year, 2018..2022 is one group"),
    )
    parser.add_where()
    parser.add_query()
    parser.add_argument(
        "--pairwise",
        action="store_true",
        help=t("compare two groups (--values A,B) with each other, rather than each with the rest"),
    )
    parser.add_argument(
        "--terms",
        choices=TERM_KINDS,
        default=PHRASES,
        help=t("single words, or also phrases of up to four words (default: phrases)"),
    )
    parser.add_argument(
        "--term",
        metavar="T",
        action="append",
        help=t(
            "show how often each group uses this term, and where it first occurs; can be repeated"
        ),
    )
    parser.add_number("--top", t("number of terms for each group"), 10)
    parser.add_number("--limit", t("number of groups shown in the table"), 20)
    parser.add_output()
    parser.add_plot(t("the comparison, or the use of terms,"))
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict."""
    options.values = split_group_values(options.values)
    if options.term and options.pairwise:
        raise UsageError("--term counts in each group separately; omit --pairwise")
    # Only the index can decide whether 、 separates values or is part of one.
    most = sum(value.count(PAUSE_MARK) + 1 for value in options.values)
    if options.pairwise and not len(options.values) <= 2 <= most:
        raise UsageError("--pairwise compares two groups; name both: --values A,B")


def run(options: argparse.Namespace) -> int:
    """Compare groups, or count the uses of terms."""
    selection = ("by", "values", "where", "query")
    if options.term:
        uses = run_analysis(options, Archive.uses, *selection, terms=options.term)
        print_answer(options, uses, compare.print_uses, compare.format_uses_csv)
        return 0
    found = run_analysis(options, Archive.compare, *selection, "pairwise", "terms", "top")
    table = partial(compare.print_table, limit=options.limit)
    print_answer(options, found, table, compare.format_csv)
    return 0
