"""Table of the outcome of an ``index`` run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportsearch.models.report import Failure, IndexSummary
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, format_count, print_list, print_text

_MAX_NAMED = 5
"""The most files named for one reason; JSON and CSV name all."""


def print_table(result: IndexSummary) -> None:
    """Print the outcome of an ``index`` run."""
    out = create_console()
    reports = format_count(result.reports, "report")
    passages = format_count(result.passages, "passage")
    done = [f"{getattr(result, name)} {name}" for name in ("added", "updated", "unchanged")]
    if result.removed:
        done.append(f"{result.removed} removed")
    print_text(
        out, f"{reports}, {passages} in the index ({', '.join(done)}; {result.seconds:.1f} s)"
    )
    failed = list(_iter_reasons(result.failed))
    unsure = [f"{doubt.report}: {doubt.field}: {doubt.reason}" for doubt in result.unsure]
    print_list(out, f"{len(result.failed)} not read:", failed)
    print_list(
        out, f"{len(result.excluded)} left out (metadata.csv says so):", list(result.excluded)
    )
    print_list(out, f"{len(unsure)} to check (correct them in metadata.csv):", unsure)


def _iter_reasons(failures: Iterable[Failure]) -> Iterator[str]:
    """Yield each reason with its files, the most frequent first."""
    found: dict[str, list[str]] = {}
    for failure in failures:
        found.setdefault(failure.reason, []).append(failure.source)
    for reason, sources in sorted(found.items(), key=lambda entry: -len(entry[1])):
        if len(sources) == 1:
            yield f"{sources[0]}: {reason}"
            continue
        more = ", …" if len(sources) > _MAX_NAMED else ""
        yield f"{len(sources)} files: {reason}\n  {', '.join(sources[:_MAX_NAMED])}{more}"


def format_csv(result: IndexSummary) -> str:
    """Format the summary as CSV: one row per count, failure and doubt."""
    counts = ("added", "updated", "unchanged", "removed", "reports", "passages", "seconds")
    found: list[tuple[object, ...]] = [(name, getattr(result, name), "") for name in counts]
    found += [("failed", failure.source, failure.reason) for failure in result.failed]
    found += [("unsure", doubt.report, f"{doubt.field}: {doubt.reason}") for doubt in result.unsure]
    found += [("excluded", report, "") for report in result.excluded]
    return to_csv(("what", "value", "reason"), found)
