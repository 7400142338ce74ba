"""Table of the outcome of an ``index`` run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportsearch.locale import Translator
from reportsearch.models.report import Failure, IndexSummary
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.corrections import describe_change
from reportsearch.output.prose.metadata import describe_doubt
from reportsearch.output.tables.cells import join_names, name_field
from reportsearch.output.terminal import create_console, print_list, print_text

_MAX_NAMED = 5
"""Maximum number of files named for one reason; JSON and CSV name all."""


def print_table(result: IndexSummary, t: Translator) -> None:
    """Print the outcome of an ``index`` run."""
    out = create_console()
    done = [
        t("{number} added", number=result.added),
        t("{number} updated", number=result.updated),
        t("{number} unchanged", number=result.unchanged),
    ]
    if result.removed:
        done.append(t("{number} removed", number=result.removed))
    if result.repaired:
        done.append(t("{number} repaired", number=result.repaired))
    print_text(
        out,
        t(
            "{reports}, {passages} in the index ({changes}; {seconds} s)",
            reports=t.ngettext("{number} report", "{number} reports", result.reports),
            passages=t.ngettext("{number} passage", "{number} passages", result.passages),
            changes=t(", ").join(done),
            seconds=f"{result.seconds:.1f}",
        ),
    )
    failed = list(_iter_reasons(result.failed, t))
    unsure = [
        t(
            "{report}: {field}: {reason}",
            report=doubt.report,
            field=name_field(doubt.field, t),
            reason=describe_doubt(doubt, t),
        )
        for doubt in result.unsure
    ]
    print_list(out, t("{number} not read:", number=len(result.failed)), failed, t)
    lost = [
        t("{report}: {change}", report=one.report, change=describe_change(one, t))
        for one in result.lost
    ]
    lost_title = t(
        "{number} corrections are no longer in metadata.csv (write them again: {put_back}; leave "
        "it so: {accept}):",
        number=len(lost),
        put_back="correct --put-back",
        accept="correct --accept-lost",
    )
    print_list(out, lost_title, lost, t)
    excluded = t("{number} excluded by metadata.csv:", number=len(result.excluded))
    print_list(out, excluded, list(result.excluded), t)
    doubtful = t("{number} to check (correct them in metadata.csv):", number=len(unsure))
    print_list(out, doubtful, unsure, t)


def _iter_reasons(failures: Iterable[Failure], t: Translator) -> Iterator[str]:
    """Yield each reason with its files, the most frequent first."""
    found: dict[str, list[str]] = {}
    for failure in failures:
        found.setdefault(t.translate(failure.reason), []).append(failure.source)
    for reason, sources in sorted(found.items(), key=lambda entry: -len(entry[1])):
        if len(sources) == 1:
            yield t("{file}: {reason}", file=sources[0], reason=reason)
            continue
        named = join_names(
            [*sources[:_MAX_NAMED], *(["…"] if len(sources) > _MAX_NAMED else [])], t
        )
        yield t("{number} files: {reason}", number=len(sources), reason=reason) + f"\n  {named}"


def format_csv(result: IndexSummary) -> str:
    """Format the summary as CSV: one row per count, failure and doubt."""
    counts = (
        "added",
        "updated",
        "unchanged",
        "removed",
        "repaired",
        "reports",
        "passages",
        "seconds",
    )
    found: list[tuple[object, ...]] = [(name, getattr(result, name), "") for name in counts]
    found += [("failed", failure.source, failure.reason) for failure in result.failed]
    found += [("unsure", doubt.report, f"{doubt.field}: {doubt.reason}") for doubt in result.unsure]
    found += [("excluded", report, "") for report in result.excluded]
    found += [("lost", one.report, f"{one.field}: {one.after}") for one in result.lost]
    return to_csv(("what", "value", "reason"), found)
