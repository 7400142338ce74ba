"""An official's report beside the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportsearch.models.reuse import (
    ANSWERED,
    CHANGED,
    DROPPED,
    KEPT,
    NEW,
    REPEATED,
    SILENT,
    Change,
    Nearest,
    Plan,
    SectionChanges,
    Sentence,
    YearOnYear,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.common import number_of, share
from reportsearch.output.tables import highlighted_text as marks
from reportsearch.output.terminal import DIM, console, count, line, show

if TYPE_CHECKING:
    from rich.console import Console

_KINDS = (KEPT, CHANGED, NEW, DROPPED)
_SIGNS = {KEPT: "=", CHANGED: "~", NEW: "+", DROPPED: "-"}
_UNANSWERED = {
    REPEATED: "only said again, word for word",
    SILENT: "no passage clearly answers it",
}
_START = "(before the first heading)"


def table(found: YearOnYear) -> None:
    """How much was kept, then section by section each sentence, then the plans."""
    from rich.text import Text

    out = console()
    show(out, Text(found.report.title, style="bold") + Text(f"  {found.report.id}", style=DIM))
    before = found.previous
    show(out, Text("against  ", style=DIM) + Text(before.title) + Text(f"  {before.id}", style=DIM))
    out.print()
    for kind in _KINDS:
        chars = getattr(found, kind)
        whole = found.previous_chars if kind == DROPPED else found.chars
        what = "of the report before" if kind == DROPPED else "of this report"
        facts = Text(f"{_SIGNS[kind]} {kind:<9}{share(chars, whole):>8}  ")
        size = f"{chars:,} of {whole:,} characters {what}"
        size += f"; {count(found.sentences(kind), 'sentence')}"
        show(out, facts + Text(size, style=DIM), 2)
    changes = [change for section in found.sections for change in section.changes]
    if kinds := {span.kind for change in changes for span in change.spans}:
        out.print()
        legend = marks.legend(kinds, color=marks.has_color(out))
        show(out, Text("in changed sentences: ", style=DIM) + legend, 2)
    for section in found.sections:
        _section(out, section)
    _plans(out, found)


def path(section: tuple[str, ...]) -> str:
    """The headings of a section in a line."""
    return " › ".join(section) or _START


def _section(out: Console, section: SectionChanges) -> None:
    from rich.text import Text

    out.print()
    gone = "  (only in the report before)" if section.is_gone else ""
    show(out, Text(path(section.section), style="bold") + Text(gone, style=DIM))
    others = [path(before) for before in section.before if before != section.section]
    if others:
        show(out, Text(f"with sentences of: {'; '.join(others)}", style=DIM), 2)
    for change in section.changes:
        _change(out, change)


def _change(out: Console, change: Change) -> None:
    from rich.text import Text

    sign = Text(f"{_SIGNS[change.kind]} ")
    now, before = change.now, change.before
    if change.kind == CHANGED and now and before:
        color = marks.has_color(out)
        spans = change.spans
        marked = (
            marks.marked(now.text, now.start, [(*s.query, s.kind) for s in spans], color=color),
            marks.marked(
                before.text, before.start, [(*s.passage, s.kind) for s in spans], color=color
            ),
        )
        show(out, sign + marked[0], 2)
        show(out, Text("  was: ", style=DIM) + marked[1], 2)
    elif sentence := now or before:
        style = DIM if change.kind in {KEPT, DROPPED} else ""
        show(out, sign + Text(sentence.text, style=style), 2)


def _plans(out: Console, found: YearOnYear) -> None:
    from rich.text import Text

    out.print()
    title = Text("Plans of the report before", style="bold")
    show(out, title + Text("  each with the passages of this report nearest to it", style=DIM))
    if not found.plans:
        show(out, Text("none found"), 2)
    else:
        numbers = (f"{found.outcomes(kind)} {kind}" for kind in (ANSWERED, REPEATED, SILENT))
        show(out, Text(", ".join(numbers)), 2)
    for plan in found.plans:
        out.print()
        show(out, Text(f"{number_of(plan.plan.passage)} ", style=DIM) + Text(plan.plan.text), 2)
        if not plan.answers:
            also = "; with a word in common:" if plan.others else ""
            show(out, Text(f"{_UNANSWERED[plan.outcome]}{also}", style=DIM), 5)
        for near in (*plan.answers, *plan.echoes, *plan.others):
            place = number_of(near.passage), path(near.section), f"{near.score:.2f}"
            show(out, line((*place, *marks_of(near)), DIM), 5)
            show(out, Text(near.text), 7)


def marks_of(near: Nearest) -> list[str]:
    """What has to be known of a passage that is near to a plan."""
    found = (
        (near.repeats, "the plan word for word"),
        (near.is_old and not near.repeats, "last year's words"),
        (near.is_plan, "a plan again"),
    )
    return [mark for is_so, mark in found if is_so]


def rows(found: YearOnYear) -> str:
    """A line for each sentence, and one for each passage beside a plan (kind ``plan``)."""
    header = (
        "report", "previous", "section", "kind", "similarity", "passage", "start", "end", "text",
        "previous_passage", "previous_start", "previous_end", "previous_text", "outcome", "mark",
    )  # fmt: skip
    ids = found.report.id, found.previous.id
    lines = [
        (*ids, " › ".join(section.section), change.kind, change.similarity,
         *_cells(change.now), *_cells(change.before), "", "")
        for section in found.sections
        for change in section.changes
    ]  # fmt: skip
    return to_csv(
        header, [*lines, *((*ids, *cells) for plan in found.plans for cells in _near(plan))]
    )


def _near(plan: Plan) -> Iterator[tuple[object, ...]]:
    for near in plan.nearest:
        place = near.passage, near.start, near.end, near.text
        mark = "repeats" if near.repeats else "old" if near.is_old else "plan" * near.is_plan
        cells = *place, *_cells(plan.plan), plan.outcome, mark
        yield (" › ".join(near.section), "plan", near.score, *cells)
    if not plan.nearest:
        yield ("", "plan", None, *_cells(None), *_cells(plan.plan), plan.outcome, "")


def _cells(sentence: Sentence | None) -> tuple[object, ...]:
    if sentence is None:
        return (None,) * 4
    return sentence.passage, sentence.start, sentence.end, sentence.text
