"""A report compared with that of the year before, in sentences."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.reuse import Reuse
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
    YearOnYear,
)
from reportsearch.output.prose.formatting import (
    KeyFigure,
    format_passage_number,
    format_percent,
    format_share,
)
from reportsearch.output.prose.joining import (
    add_colon,
    join_clauses,
    join_facts,
    join_phrases,
    join_sentences,
    put_in_brackets,
)

TITLE = Message("Year-on-year report")
NOW = Message("This report")
BEFORE = Message("Previous report")
FIGURES = Message("Year-on-year figures")
SECTIONS = Message("By section")
PLANS = Message("Follow-up on last year's plans")
HERE = Message("Now")
THERE = Message("Before")
PLAN = Message("Plan")
GONE = Message(" (no counterpart in this report)")
NO_SECTIONS = Message("Neither report has sentences to compare.")
NO_PLANS = Message("The previous report has no passages on plans.")
ECHOES = Message("Similar passages that do not count as answers")
CANDIDATES = Message("Passages that share only a few words")
PLANS_ABOUT = Message(
    "Plans in the previous report are shown with the passages of this report closest in wording. "
    "A plan merely copied counts as “copied”; passages that are mostly last year's text, and new "
    "plans, do not count as answers. Whether a plan was carried out is for you to judge."
)
CHANGES = {
    KEPT: Message("Kept"),
    CHANGED: Message("Changed"),
    NEW: Message("New"),
    DROPPED: Message("Dropped"),
}
MAX_REPEATED = 10
"""Maximum number of repeated sentences that are named."""
_OPENING = Message("(before the first heading)")
_MEANINGS = {
    KEPT: Message("whole sentences, identical except for punctuation"),
    CHANGED: Message("sentences mostly identical to a previous one, counted whole"),
    NEW: Message("sentences without a similar previous one; plans since carried out count as new"),
    DROPPED: Message("previous sentences without a similar one in this report"),
}
"""The meaning of each kind of sentence."""


def format_section(path: tuple[str, ...], t: Translator) -> str:
    """Format a path of headings as a line."""
    return " › ".join(path) or t.translate(_OPENING)


def build_key_figures(result: YearOnYear, t: Translator) -> list[KeyFigure]:
    """List how much was kept, changed, added and dropped."""
    found = []
    for kind, meaning in _MEANINGS.items():
        chars, sentences = getattr(result, kind), result.count_sentences(kind)
        whole = result.previous_chars if kind == DROPPED else result.chars
        counts = {"sentences": sentences, "chars": f"{chars:,}", "whole": f"{whole:,}"}
        counted = (
            t(
                "{chars} of {whole} characters in the previous report (sentences: {sentences})",
                **counts,
            )
            if kind == DROPPED
            else t(
                "{chars} of {whole} characters in this report (sentences: {sentences})", **counts
            )
        )
        about = add_colon(t, counted, t.translate(meaning))
        found.append(KeyFigure(t.translate(CHANGES[kind]), format_share(chars, whole), about))
    return found


def format_counts(section: SectionChanges, t: Translator) -> str:
    """Format the counts of a section, and the earlier sections from which its sentences come."""
    named = [(_name_kind(kind, t), getattr(section, kind)) for kind in CHANGES]
    counts = (t.pgettext("document", "{kind}: {chars}", kind=kind, chars=n) for kind, n in named)
    line = join_phrases(t, *counts)
    if section.is_gone or not section.before:
        return line
    sections = join_clauses(t, *(format_section(path, t) for path in section.before))
    return join_clauses(
        t, line, t("sentences of the previous report are from: {sections}", sections=sections)
    )


def format_nonzero_counts(section: SectionChanges, t: Translator) -> str:
    """List how many characters of a section are of each kind, omitting zeros."""
    named = [(_name_kind(kind, t), chars) for kind in CHANGES if (chars := getattr(section, kind))]
    return join_phrases(t, *(t("{kind}: {chars}", kind=kind, chars=n) for kind, n in named))


def _name_kind(kind: str, t: Translator) -> str:
    """Name a kind of sentence within a line."""
    return t.translate(CHANGES[kind]).lower()


def format_similarity(score: float) -> str:
    """Format a similarity with two decimals."""
    return f"{score:.2f}"


def format_places(change: Change, t: Translator) -> str:
    """Name the passages of a changed sentence in both reports, and their similarity."""
    places = [
        f"{t.translate(name)} {format_passage_number(sentence.passage)}"
        for name, sentence in ((HERE, change.now), (THERE, change.before))
        if sentence
    ]
    score = format_similarity(change.similarity)
    return join_phrases(t, *places, t.pgettext("document", "similarity {score}", score=score))


def format_place(change: Change, t: Translator) -> str:
    """Name the passage of a sentence that is in one report only, or unchanged in both."""
    name, sentence = (HERE, change.now) if change.now else (THERE, change.before)
    return f"{t.translate(name)} {format_passage_number(sentence.passage)}" if sentence else ""


def format_nearest(near: Nearest, t: Translator) -> str:
    """Name the place of a passage that is close to a plan."""
    place = f"{t.translate(NOW)} {format_passage_number(near.passage)}"
    marks = (put_in_brackets(t, mark).strip() for mark in list_marks(near, t))
    return join_facts(t, place, format_section(near.section, t), *marks)


def list_marks(near: Nearest, t: Translator) -> list[str]:
    """List what a reader must know about a passage that is close to a plan."""
    marks = (
        (near.repeats, t("plan copied verbatim")),
        (near.is_old and not near.repeats, t("last year's text")),
        (near.is_plan, t("also a plan")),
    )
    return [mark for is_so, mark in marks if is_so]


def explain_no_answer(plan: Plan, t: Translator) -> str:
    """State that no passage answers a plan."""
    if plan.outcome == REPEATED:
        return t("Copied verbatim, with no account of the outcome.")
    return t("No clear answer in this report.")


def build_conclusion(result: YearOnYear, t: Translator) -> str:
    """Summarise the answer in a few sentences, shown before all figures."""
    kept, changed, new = (
        format_share(part, result.chars) for part in (result.kept, result.changed, result.new)
    )
    dropped = format_share(result.dropped, result.previous_chars)
    is_year_before = _is_year_before(result)
    return join_sentences(
        t,
        t(
            "Of {chars} characters in sentences, {kept} are kept from the previous report, "
            "{changed} are changed and {new} are new. Sentences kept: {kept_sentences}, changed: "
            "{changed_sentences}, new: {new_sentences}.",
            chars=f"{result.chars:,}",
            kept=kept,
            changed=changed,
            new=new,
            kept_sentences=result.count_sentences(KEPT),
            changed_sentences=result.count_sentences(CHANGED),
            new_sentences=result.count_sentences(NEW),
        ),
        t("Dropped from last year's report: {share}.", share=dropped)
        if is_year_before
        else t("Dropped from the previous report: {share}.", share=dropped),
        _conclude_plans(result, t, is_year_before=is_year_before),
    )


def _conclude_plans(result: YearOnYear, t: Translator, *, is_year_before: bool) -> str:
    if not result.plans:
        return t.translate(NO_PLANS)
    counts = {
        "number": len(result.plans),
        "answered": result.count_plans(ANSWERED),
        "copied": result.count_plans(REPEATED),
        "silent": result.count_plans(SILENT),
    }
    if is_year_before:
        return t(
            "Plans in last year's report: {number} (answered: {answered}, copied: {copied}, no "
            "clear answer: {silent}).",
            **counts,
        )
    return t(
        "Plans in the previous report: {number} (answered: {answered}, copied: {copied}, no clear "
        "answer: {silent}).",
        **counts,
    )


def _is_year_before(result: YearOnYear) -> bool:
    """Return whether the previous report is of the year before; it need not be."""
    now, before = result.report.year, result.previous.year
    return now is not None and before is not None and before == now - 1


def explain_two_shares(result: Reuse, years: YearOnYear, t: Translator) -> str:
    """Explain which question each of a draft's two shares answers."""
    return join_sentences(
        t,
        t(
            "Share of last year's text: {share} (sentences kept: {sentences}; previous report "
            "only).",
            share=format_share(years.kept, years.chars),
            sentences=years.count_sentences(KEPT),
        ),
        t(
            "Shared text: {share} (all reports in the index, including half sentences and titles).",
            share=format_percent(result.rate),
        ),
    )


def find_repeated(result: YearOnYear) -> list[tuple[str, int]]:
    """Find the sentences that occur several times in this report, the most frequent first."""
    having: dict[str, list[str]] = {}
    for section in result.sections:
        for change in section.changes:
            if change.now:
                text = change.now.text.strip().rstrip("。！？!?；;")
                having.setdefault(text, []).append(text)
    found = [(text, len(times)) for text, times in having.items() if len(times) > 1]
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))[:MAX_REPEATED]


def format_repeated(result: YearOnYear, t: Translator) -> str:
    """Name the repeated sentences; empty if there are none."""
    repeated = [
        t("“{text}” ({times} times)", text=text, times=times)
        for text, times in find_repeated(result)
    ]
    if not repeated:
        return ""
    sentences = join_clauses(t, *repeated)
    return t("Sentences that occur several times in this report: {sentences}.", sentences=sentences)


def build_notes(t: Translator) -> list[str]:
    """Explain how two reports are compared."""
    return [
        t(
            "Kept sentences are identical, changed ones similar to a sentence of the previous "
            "report; new ones have no similar sentence there, dropped ones none in this report. "
            "Titles, headings, numbering and signatures do not count as sentences, nor do copies "
            "of the other report's title or signature. Plans are compared with plans only; a plan "
            "since carried out counts as new."
        ),
        t(
            "Character counts exclude punctuation, white space and *. Kept, changed and new are "
            "counted in this report, dropped in the previous report."
        ),
        t(
            "Reuse rates count runs of characters, including half sentences and titles, as a share "
            "of the whole text; the year-on-year comparison counts whole sentences, without "
            "titles, headings, numbering and signatures, so its figures differ."
        ),
        t(
            "The number after “Now #” and “Before #” is that of a passage of the report: with the "
            "file before it, the passage's id."
        ),
        t("The comparison shows differences in wording; it does not judge the work."),
    ]
