"""Table of what the index contains."""

from __future__ import annotations

from reportsearch.models.search import Stats
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, format_count, paint, print_entries


def print_table(result: Stats) -> None:
    """Print the counts of the index."""
    out = create_console()
    reports = format_count(result.reports, "report")
    officials = format_count(result.officials, "official")
    passages = format_count(result.passages, "passage")
    out.print(paint(f"{reports} of {officials}, {passages}, {result.chars} characters"))
    for name in ("years", "kinds", "regions", "portfolios"):
        counts: dict[str, int] = getattr(result, name)
        if counts:
            out.print()
            out.print(paint(name, "bold"))
            print_entries(out, [f"{value} {number}" for value, number in counts.items()], 2)


def format_csv(result: Stats) -> str:
    """Format the counts as CSV."""
    totals = ("reports", "passages", "chars", "officials")
    found: list[tuple[object, ...]] = [("total", name, getattr(result, name)) for name in totals]
    for name in ("years", "kinds", "regions", "portfolios"):
        found += [(name, value, number) for value, number in getattr(result, name).items()]
    return to_csv(("what", "value", "count"), found)
