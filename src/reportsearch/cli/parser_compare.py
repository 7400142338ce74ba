"""The options of ``compare``."""

from __future__ import annotations

from reportsearch.cli import options
from reportsearch.models.compare import PHRASES, TERM_KINDS
from reportsearch.models.keywords import GROUPED_BY


def add_compare(command: options.Command) -> None:
    """Add the command."""
    compare = command(
        "compare",
        "tell which terms set groups of passages apart, and which they share; with --term how "
        "often each group uses a term",
        "reportsearch compare --by official --where portfolio=文旅",
    )
    compare.add_argument(
        "--by",
        metavar="FIELD",
        required=True,
        help=f"what makes a group: {', '.join(GROUPED_BY)}",
    )
    compare.add_argument(
        "--values",
        metavar="A,B",
        action="append",
        default=[],
        help="only these groups, of whose names a part will do; with --by year also 2018..2022 as "
        "one group",
    )
    options.where(compare)
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
        type=options.whole,
        default=10,
        help="terms for each group (default: 10)",
    )
    compare.add_argument(
        "--limit",
        metavar="N",
        type=options.whole,
        default=20,
        help="how many groups a table shows (default: 20)",
    )
    options.output(compare)
    options.plot(compare, "the comparison, or the use of terms,")
    options.method_note(compare)
