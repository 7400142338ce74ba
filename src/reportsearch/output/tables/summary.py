"""Tables of summaries: each sentence under its slot, with its place below."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.models.report import ReportInfo
from reportsearch.models.summary import Summary, SummarySentence
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.terminal import (
    DIM,
    OCR_MARK,
    create_console,
    format_count,
    join_facts,
    paint,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_ELLIPSIS = "…"
"""Marks where a sentence continues."""
_MAX_NAMED = 10
"""The most names listed of items that did not fit; JSON lists all."""


def _explain_nothing(found: Summary) -> str:
    """Explain why there are no sentences."""
    if not found.matched:
        return "No report matches --where; leave it out, or index more reports"
    if found.missing:
        chars = format_count(found.chars, "character")
        return f"Nothing that stands alone fits into {chars}; raise --chars"
    return "There is no sentence in it that stands alone"


def print_table(found: Summary) -> None:
    """Print the sentences in order, each after its slot, with section and passage below."""
    out = create_console()
    used = f"{found.used} of {format_count(found.chars, 'character')}"
    if found.report is None:
        of = f"{len(found.reports)} of {format_count(found.matched, 'report')}"
        print_text(out, f"{of}, {used}", style=DIM)
    else:
        _print_head(out, found.report, used)
    if not found.sentences:
        print_text(out, _explain_nothing(found))
    known = {info.id: info for info in found.reports}
    for report, sentences in groupby(found.sentences, key=lambda sentence: sentence.report):
        if found.report is None:
            out.print()
            _print_head(out, known[report])
        for sentence in sentences:
            _print_sentence(out, sentence)
    _print_missing(out, found)


def _print_head(out: Console, info: ReportInfo, used: str = "") -> None:
    print_text(out, info.title, style="bold")
    about = (str(info.year or ""), info.official or info.post or "", OCR_MARK * info.is_ocr, used)
    print_text(out, join_facts((*about, info.id), DIM))


def _print_sentence(out: Console, sentence: SummarySentence) -> None:
    out.print()
    before, after = _ELLIPSIS * sentence.is_cut_before, _ELLIPSIS * sentence.is_cut_after
    label = paint(f"[{sentence.slot}] ", "bold")
    print_text(out, label + paint(f"{before}{sentence.text}{after}"))
    number = format_passage_number(sentence.passage)
    print_text(out, join_facts((number, " › ".join(sentence.section)), DIM), 3)


def _print_missing(out: Console, found: Summary) -> None:
    if not found.missing:
        return
    names = "; ".join(
        entry.kind if entry.name == entry.kind else f"{entry.kind} {entry.name}"
        for entry in found.missing[:_MAX_NAMED]
    )
    more = len(found.missing) - _MAX_NAMED
    rest = f"; and {more} more, which --format json lists" if more > 0 else ""
    out.print()
    print_text(out, f"not heard: {names}{rest}", style=DIM)


def format_csv(found: Summary) -> str:
    """Format one row per sentence."""
    header = (
        "report", "title", "year", "official", "slot", "portfolios", "section", "passage",
        "start", "end", "cut_before", "cut_after", "score", "text",
    )  # fmt: skip
    known = {info.id: info for info in found.reports}
    lines = [
        (
            sentence.report, info.title, info.year, info.official, sentence.slot,
            " ".join(sentence.portfolios), " › ".join(sentence.section), sentence.passage,
            sentence.start, sentence.end, sentence.is_cut_before, sentence.is_cut_after,
            sentence.score, sentence.text,
        )
        for sentence in found.sentences
        for info in [known[sentence.report]]
    ]  # fmt: skip
    return to_csv(header, lines)
