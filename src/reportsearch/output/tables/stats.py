"""Table of what the index contains."""

from __future__ import annotations

from reportsearch.locale import Translator
from reportsearch.models.search import Stats
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, print_entries, print_text


def print_table(result: Stats, t: Translator) -> None:
    """Print the counts of the index."""
    out = create_console()
    counted = t(
        "{reports} of {officials}, {passages}, {chars} characters",
        reports=t.ngettext("{number} report", "{number} reports", result.reports),
        officials=t.ngettext("{number} official", "{number} officials", result.officials),
        passages=t.ngettext("{number} passage", "{number} passages", result.passages),
        chars=f"{result.chars:,}",
    )
    print_text(out, counted)
    for title, counts in (
        (t("Reports by year"), result.years),
        (t("Reports by kind"), result.kinds),
        (t("Reports by region"), result.regions),
        (t("Reports by portfolio"), result.portfolios),
    ):
        if counts:
            out.print()
            print_text(out, title, style="bold")
            print_entries(out, [f"{value} {number}" for value, number in counts.items()], 2)
    if result.folder:
        out.print()
        print_text(out, t("Folder of originals: {folder}", folder=result.folder))


def format_csv(result: Stats) -> str:
    """Format the counts as CSV."""
    totals = ("reports", "passages", "chars", "officials")
    found: list[tuple[object, ...]] = [("total", name, getattr(result, name)) for name in totals]
    for name in ("years", "kinds", "regions", "portfolios"):
        found += [(name, value, number) for value, number in getattr(result, name).items()]
    found.append(("folder", result.folder, ""))
    return to_csv(("what", "value", "count"), found)
