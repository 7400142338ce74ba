"""The options of ``compare``."""

from __future__ import annotations

from reportsearch.cli import options
from reportsearch.models.compare import PHRASES, TERM_KINDS
from reportsearch.models.keywords import GROUPING_FIELDS


def add_compare(add_command: options.AddCommand) -> None:
    """Add the command."""
    compare = add_command(
        "compare",
        "tell which terms set groups of passages apart, and which they share; with --term how "
        "often each group uses a term",
        "reportsearch compare --by official --where portfolio=文旅",
    )
    compare.add_argument(
        "--by",
        metavar="FIELD",
        required=True,
        help=f"what makes a group: {', '.join(GROUPING_FIELDS)}",
    )
    compare.add_argument(
        "--values",
        metavar="A,B",
        action="append",
        default=[],
        help="only these groups, of whose names a part will do; with --by year also 2018..2022 as "
        "one group",
    )
    options.add_where(compare)
    compare.add_argument(
        "--query", metavar="QUERY", help="only passages that meet it, as for search"
    )
    compare.add_argument(
        "--pairwise",
        action="store_true",
        help="set two groups (--values A,B) against each other, not each against all the rest",
    )
    compare.add_argument(
        "--terms",
        choices=TERM_KINDS,
        default=PHRASES,
        help="single words, or also phrases of up to four words (default: phrases)",
    )
    compare.add_argument(
        "--term",
        metavar="T",
        action="append",
        help="how often this term is used in each group, and where first; may be given again",
    )
    compare.add_argument(
        "--top",
        metavar="N",
        type=options.parse_whole_number,
        default=10,
        help="terms for each group (default: 10)",
    )
    compare.add_argument(
        "--limit",
        metavar="N",
        type=options.parse_whole_number,
        default=20,
        help="how many groups a table shows (default: 20)",
    )
    options.add_output(compare)
    options.add_plot(compare, "the comparison, or the use of terms,")
    options.add_method_note(compare)
