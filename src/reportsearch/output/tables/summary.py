"""Tables of summaries: each sentence under its slot, with its place below."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import ReportInfo
from reportsearch.models.summary import (
    BEST,
    PLANS,
    PORTFOLIO,
    SECTION,
    WEAKNESSES,
    Summary,
    SummarySentence,
)
from reportsearch.output.json_csv import to_csv
from reportsearch.output.prose.formatting import format_passage_number
from reportsearch.output.terminal import (
    ALL_IN_JSON,
    DIM,
    OCR_MARK,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
)

if TYPE_CHECKING:
    from rich.console import Console

_ELLIPSIS = "…"
"""Marks where a sentence continues."""
_MAX_NAMED = 10
"""Maximum number of names listed of items that did not fit; JSON lists all."""


_SLOTS = {
    WEAKNESSES: Message("weaknesses"),
    PLANS: Message("plans"),
    SECTION: Message("section"),
    BEST: Message("key points"),
    PORTFOLIO: Message("portfolio"),
    "official": Message("official"),
    "report": Message("report"),
}
"""The reasons for which sentences are chosen or left out; others are names of portfolios."""


def _explain_nothing(found: Summary, t: Translator) -> str:
    """Explain why there are no sentences."""
    if not found.matched:
        return t("No report matches --where; omit it, or index more reports")
    if found.missing:
        return t(
            "No suitable sentence fits into {chars} characters; increase --chars",
            chars=found.chars,
        )
    return t("No suitable sentences in the report")


def print_table(found: Summary, t: Translator) -> None:
    """Print the sentences in order, each after its slot, with section and passage below."""
    out = create_console()
    used = t("{used} of at most {chars} characters", used=found.used, chars=found.chars)
    if found.report is None:
        of = t(
            "{number} of {reports}",
            number=len(found.reports),
            reports=t.ngettext("{number} report", "{number} reports", found.matched),
        )
        print_text(out, join_facts((of, used), DIM))
    else:
        _print_head(out, found.report, used)
    if not found.sentences:
        print_text(out, _explain_nothing(found, t))
    known = {info.id: info for info in found.reports}
    for report, sentences in groupby(found.sentences, key=lambda sentence: sentence.report):
        if found.report is None:
            out.print()
            _print_head(out, known[report])
        for sentence in sentences:
            _print_sentence(out, sentence, t)
    _print_missing(out, found, t)


def _print_head(out: Console, info: ReportInfo, used: str = "") -> None:
    print_text(out, info.title, style="bold")
    about = (str(info.year or ""), info.person or info.post or "", OCR_MARK * info.is_ocr, used)
    print_text(out, join_facts((*about, info.id), DIM))


def _print_sentence(out: Console, sentence: SummarySentence, t: Translator) -> None:
    out.print()
    before, after = _ELLIPSIS * sentence.is_cut_before, _ELLIPSIS * sentence.is_cut_after
    slot = t.translate(_SLOTS.get(sentence.slot, sentence.slot))
    label = paint(f"[{slot}] ", "bold")
    print_text(out, label + paint(f"{before}{sentence.text}{after}"))
    number = format_passage_number(sentence.passage)
    print_text(out, join_facts((number, " › ".join(sentence.section)), DIM), 3)


def _print_missing(out: Console, found: Summary, t: Translator) -> None:
    if not found.missing:
        return
    names = t("; ").join(
        kind if entry.name == entry.kind else f"{kind} {entry.name}"
        for entry in found.missing[:_MAX_NAMED]
        for kind in [t.translate(_SLOTS[entry.kind])]
    )
    out.print()
    print_text(out, t("omitted for length: {names}", names=names), style=DIM)
    print_more(out, len(found.missing) - _MAX_NAMED, ALL_IN_JSON, t, 2, DIM)


def format_csv(found: Summary) -> str:
    """Format one row per sentence."""
    header = (
        "report", "title", "year", "reported_year", "official", "person", "slot", "portfolios",
        "section", "passage", "start", "end", "cut_before", "cut_after", "score", "text",
    )  # fmt: skip
    known = {info.id: info for info in found.reports}
    lines = [
        (
            sentence.report, info.title, info.year, info.reported_year, info.official, info.person,
            sentence.slot, " ".join(sentence.portfolios), " › ".join(sentence.section),
            sentence.passage, sentence.start, sentence.end, sentence.is_cut_before,
            sentence.is_cut_after, sentence.score, sentence.text,
        )
        for sentence in found.sentences
        for info in [known[sentence.report]]
    ]  # fmt: skip
    return to_csv(header, lines)
