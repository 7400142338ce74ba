"""Table of an official's report compared with the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportsearch.models.year_on_year import (
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
from reportsearch.output.prose.formatting import format_passage_number, format_share
from reportsearch.output.tables import highlighted_text
from reportsearch.output.terminal import (
    DIM,
    create_console,
    format_count,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_KINDS = (KEPT, CHANGED, NEW, DROPPED)
_SIGNS = {KEPT: "=", CHANGED: "~", NEW: "+", DROPPED: "-"}
_UNANSWERED = {
    REPEATED: "only said again, word for word",
    SILENT: "no passage clearly answers it",
}
_BEFORE_FIRST_HEADING = "(before the first heading)"


def print_table(found: YearOnYear) -> None:
    """Print how much was kept, then each sentence by section, then the plans."""
    out = create_console()
    print_text(out, paint(found.report.title, "bold") + paint(f"  {found.report.id}", DIM))
    before = found.previous
    print_text(out, paint("against  ", DIM) + paint(before.title) + paint(f"  {before.id}", DIM))
    out.print()
    for kind in _KINDS:
        chars = getattr(found, kind)
        whole = found.previous_chars if kind == DROPPED else found.chars
        what = "of the report before" if kind == DROPPED else "of this report"
        facts = paint(f"{_SIGNS[kind]} {kind:<9}{format_share(chars, whole):>8}  ")
        size = f"{chars:,} of {whole:,} characters {what}"
        size += f"; {format_count(found.count_sentences(kind), 'sentence')}"
        print_text(out, facts + paint(size, DIM), 2)
    changes = [change for section in found.sections for change in section.changes]
    if kinds := {span.kind for change in changes for span in change.spans}:
        out.print()
        legend = highlighted_text.format_legend(kinds, color=highlighted_text.has_color(out))
        print_text(out, paint("in changed sentences: ", DIM) + legend, 2)
    for section in found.sections:
        _print_section(out, section)
    _print_plans(out, found)


def format_path(section: tuple[str, ...]) -> str:
    """Format the headings of a section as one line."""
    return " › ".join(section) or _BEFORE_FIRST_HEADING


def _print_section(out: Console, section: SectionChanges) -> None:
    out.print()
    gone = "  (only in the report before)" if section.is_gone else ""
    print_text(out, paint(format_path(section.section), "bold") + paint(gone, DIM))
    others = [format_path(before) for before in section.before if before != section.section]
    if others:
        print_text(out, f"with sentences of: {'; '.join(others)}", 2, DIM)
    for change in section.changes:
        _print_change(out, change)


def _print_change(out: Console, change: Change) -> None:
    sign = paint(f"{_SIGNS[change.kind]} ")
    now, before = change.now, change.before
    if change.kind == CHANGED and now and before:
        color = highlighted_text.has_color(out)
        spans = change.spans
        marked = (
            highlighted_text.highlight_text(
                now.text, now.start, [(*s.query, s.kind) for s in spans], color=color
            ),
            highlighted_text.highlight_text(
                before.text, before.start, [(*s.passage, s.kind) for s in spans], color=color
            ),
        )
        print_text(out, sign + marked[0], 2)
        print_text(out, paint("  was: ", DIM) + marked[1], 2)
    elif sentence := now or before:
        style = DIM if change.kind in {KEPT, DROPPED} else ""
        print_text(out, sign + paint(sentence.text, style), 2)


def _print_plans(out: Console, found: YearOnYear) -> None:
    out.print()
    title = paint("Plans of the report before", "bold")
    print_text(out, title + paint("  each with the passages of this report nearest to it", DIM))
    if not found.plans:
        print_text(out, "none found", 2)
    else:
        numbers = (f"{found.count_plans(kind)} {kind}" for kind in (ANSWERED, REPEATED, SILENT))
        print_text(out, ", ".join(numbers), 2)
    for plan in found.plans:
        out.print()
        print_text(
            out,
            paint(f"{format_passage_number(plan.plan.passage)} ", DIM) + paint(plan.plan.text),
            2,
        )
        if not plan.answers:
            also = "; with a word in common:" if plan.fallback_candidates else ""
            print_text(out, f"{_UNANSWERED[plan.outcome]}{also}", 5, DIM)
        for near in (*plan.answers, *plan.repetitions, *plan.fallback_candidates):
            place = (
                format_passage_number(near.passage),
                format_path(near.section),
                f"{near.score:.2f}",
            )
            print_text(out, join_facts((*place, *list_marks(near)), DIM), 5)
            print_text(out, near.text, 7)


def list_marks(near: Nearest) -> list[str]:
    """List what a reader must know about a passage that is close to a plan."""
    found = (
        (near.repeats, "the plan word for word"),
        (near.is_old and not near.repeats, "last year's words"),
        (near.is_plan, "a plan again"),
    )
    return [mark for is_so, mark in found if is_so]


def format_csv(found: YearOnYear) -> str:
    """Format one row per sentence, and one per passage close to a plan (kind ``plan``)."""
    header = (
        "report", "previous", "section", "kind", "similarity", "passage", "start", "end", "text",
        "previous_passage", "previous_start", "previous_end", "previous_text", "outcome", "mark",
    )  # fmt: skip
    ids = found.report.id, found.previous.id
    lines = [
        (*ids, " › ".join(section.section), change.kind, change.similarity,
         *_to_sentence_cells(change.now), *_to_sentence_cells(change.before), "", "")
        for section in found.sections
        for change in section.changes
    ]  # fmt: skip
    return to_csv(
        header,
        [*lines, *((*ids, *cells) for plan in found.plans for cells in _iter_plan_rows(plan))],
    )


def _iter_plan_rows(plan: Plan) -> Iterator[tuple[object, ...]]:
    for near in plan.nearest:
        place = near.passage, near.start, near.end, near.text
        mark = "repeats" if near.repeats else "old" if near.is_old else "plan" * near.is_plan
        cells = *place, *_to_sentence_cells(plan.plan), plan.outcome, mark
        yield (" › ".join(near.section), "plan", near.score, *cells)
    if not plan.nearest:
        yield (
            "",
            "plan",
            None,
            *_to_sentence_cells(None),
            *_to_sentence_cells(plan.plan),
            plan.outcome,
            "",
        )


def _to_sentence_cells(sentence: Sentence | None) -> tuple[object, ...]:
    if sentence is None:
        return (None,) * 4
    return sentence.passage, sentence.start, sentence.end, sentence.text
