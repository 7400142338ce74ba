"""Table of an official's report compared with the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
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
from reportsearch.output.tables.cells import pad_text
from reportsearch.output.terminal import (
    DIM,
    create_console,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_SIGNS = {KEPT: "=", CHANGED: "~", NEW: "+", DROPPED: "-"}
_NAMES = {
    KEPT: Message("kept"),
    CHANGED: Message("changed"),
    NEW: Message("new"),
    DROPPED: Message("dropped"),
}
_UNANSWERED = {
    REPEATED: Message("copied verbatim, with no account of the outcome"),
    SILENT: Message("no clear answer in this report"),
}


def print_table(found: YearOnYear, t: Translator) -> None:
    """Print how much was kept, then each sentence by section, then the plans."""
    out = create_console()
    print_text(out, paint(found.report.title, "bold") + paint(f"  {found.report.id}", DIM))
    before = found.previous
    print_text(
        out, paint(t("compared with  "), DIM) + paint(before.title) + paint(f"  {before.id}", DIM)
    )
    out.print()
    for kind, name in _NAMES.items():
        chars = getattr(found, kind)
        whole = found.previous_chars if kind == DROPPED else found.chars
        label = pad_text(t.translate(name), 9)
        facts = paint(f"{_SIGNS[kind]} {label}{format_share(chars, whole):>8}  ")
        values = {"number": f"{chars:,}", "chars": f"{whole:,}"}
        size = t("{number} of {chars} characters of this report", **values)
        if kind == DROPPED:
            size = t("{number} of {chars} characters of the previous report", **values)
        sentences = t.ngettext(
            "{number} sentence", "{number} sentences", found.count_sentences(kind)
        )
        print_text(out, facts + paint(t("; ").join((size, sentences)), DIM), 2)
    changes = [change for section in found.sections for change in section.changes]
    if kinds := {span.kind for change in changes for span in change.spans}:
        out.print()
        legend = highlighted_text.format_legend(kinds, t, color=highlighted_text.has_color(out))
        print_text(out, paint(t("marks in changed sentences: "), DIM) + legend, 2)
    for section in found.sections:
        _print_section(out, section, t)
    _print_plans(out, found, t)


def _format_path(section: tuple[str, ...], t: Translator) -> str:
    """Format the headings of a section as one line."""
    return " › ".join(section) or t("(before the first heading)")


def _print_section(out: Console, section: SectionChanges, t: Translator) -> None:
    out.print()
    gone = t("  (only in the previous report)") if section.is_gone else ""
    print_text(out, paint(_format_path(section.section, t), "bold") + paint(gone, DIM))
    others = [_format_path(before, t) for before in section.before if before != section.section]
    if others:
        listed = t("in the previous report: {sections}", sections=t("; ").join(others))
        print_text(out, listed, 2, DIM)
    for change in section.changes:
        _print_change(out, change, t)


def _print_change(out: Console, change: Change, t: Translator) -> None:
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
        print_text(out, paint(t("  was: "), DIM) + marked[1], 2)
    elif sentence := now or before:
        style = DIM if change.kind in {KEPT, DROPPED} else ""
        print_text(out, sign + paint(sentence.text, style), 2)


def _print_plans(out: Console, found: YearOnYear, t: Translator) -> None:
    out.print()
    title = paint(t("Follow-up on last year's plans"), "bold")
    about = t("with the passages of this report closest in wording")
    print_text(out, title + paint(f"  {about}", DIM))
    if not found.plans:
        print_text(out, t("the previous report has no passages on plans"), 2)
    else:
        numbers = (
            t("{number} answered", number=found.count_plans(ANSWERED)),
            t("{number} copied", number=found.count_plans(REPEATED)),
            t("{number} without a clear answer", number=found.count_plans(SILENT)),
        )
        print_text(out, t(", ").join(numbers), 2)
    for plan in found.plans:
        out.print()
        print_text(
            out,
            paint(f"{format_passage_number(plan.plan.passage)} ", DIM) + paint(plan.plan.text),
            2,
        )
        if not plan.answers:
            unanswered = t.translate(_UNANSWERED[plan.outcome])
            if plan.fallback_candidates:
                unanswered = t("{outcome}; passages that share a few words:", outcome=unanswered)
            print_text(out, unanswered, 5, DIM)
        for near in (*plan.answers, *plan.repetitions, *plan.fallback_candidates):
            place = (
                format_passage_number(near.passage),
                _format_path(near.section, t),
                f"{near.score:.2f}",
            )
            print_text(out, join_facts((*place, *_list_marks(near, t)), DIM), 5)
            print_text(out, near.text, 7)


def _list_marks(near: Nearest, t: Translator) -> list[str]:
    """List what a reader must know about a passage that is close to a plan."""
    found = (
        (near.repeats, t("plan copied verbatim")),
        (near.is_old and not near.repeats, t("last year's text")),
        (near.is_plan, t("also a plan")),
    )
    return [mark for is_so, mark in found if is_so]


def format_csv(found: YearOnYear, t: Translator | None = None) -> str:
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
        t,
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
