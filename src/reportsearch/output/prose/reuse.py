"""A report's text reuse in sentences and table rows, in the manner of 查重."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Reuse, ReusedPlace, Source
from reportsearch.output.prose.formatting import (
    KeyFigure,
    format_passage_number,
    format_percent,
    format_title,
)
from reportsearch.output.prose.joining import (
    join_list,
    join_phrases,
    join_sentences,
    put_in_brackets,
)
from reportsearch.output.reuse_numbering import FormulaEntry, SourceEntry

TITLE = Message("Text reuse report")
FIGURES = Message("Reuse figures")
SOURCES = Message("Sources")
LATER = Message("Also in later reports")
TEXT = Message("Marked text")
EVIDENCE = Message("Side by side")
FORMULAE = Message("Boilerplate")
OWN = Message("This report")
OTHER = Message("Source")
TO_TEXT = Message("Back to the marked text")
TO_LIST = Message("Back to the list")

KINDS = {
    EXACT: Message("identical"),
    EDITED: Message("edited"),
    FORMULA: Message("boilerplate"),
}
LEGEND = (
    (EXACT, Message("verbatim match with a source")),
    (
        EDITED,
        Message("similar to a source with small edits; counted only in “Including edited text”"),
    ),
    (
        FORMULA,
        Message("common to many reports or a set phrase; see the list at the end"),
    ),
)
LEGEND_NUMBERS = Message(
    "Brackets after marked text give the source: “source 1” is the first in the list; "
    "“source 1 and 2 more” means up to 2 more reports have the text; “later report 1” is a later "
    "report; “boilerplate 1” is the first item of the boilerplate list. All sources are shown "
    "side by side."
)


def list_columns(t: Translator) -> tuple[str, ...]:
    """List the column heads of the tables of sources; the third to the seventh are numbers."""
    return (
        t("No."),
        t("Report"),
        t("Share"),
        t("Identical"),
        t("Longest"),
        t("Without boilerplate"),
        t("Edited"),
        t("Official"),
        t("Year"),
        t("Own"),
    )


def list_formula_columns(t: Translator) -> tuple[str, ...]:
    """List the column heads of the table of boilerplate; the fourth and later are numbers."""
    return (
        t("No."),
        t.pgettext("reuse", "Text"),
        t.pgettext("reuse", "Kind"),
        t("Characters"),
        t.pgettext("number", "Reports"),
        t("Officials"),
        t("Count here"),
    )


def describe_comparison(result: Reuse, t: Translator) -> str:
    """State what the report was compared with, and how."""
    return t(
        "Compared with other reports in the index: {others}. Runs of at least {min_chars} "
        "characters count as shared. Text of at least 8 characters without digits in the reports "
        "of {officials} or more officials, and set phrases from the word lists, count as "
        "boilerplate.",
        others=result.other_count,
        min_chars=result.min_chars,
        officials=result.formula_officials,
    )


def build_remarks(result: Reuse, t: Translator) -> list[str]:
    """List what a reader must know about this report before reading its figures."""
    notes = []
    if result.report.person is None:
        notes.append(t("The official is not known, so all sources count as others' reports."))
    if result.is_draft:
        notes.append(t("This is a draft; it was compared without being added to the index."))
    if result.left_out:
        names = join_list(t, result.left_out)
        notes.append(
            t(
                "Reports in the index from the same file as the draft, left out: {names}.",
                names=names,
            )
        )
    return notes


def build_key_figures(result: Reuse, t: Translator) -> list[KeyFigure]:
    """List the figures shown at the top, the overall rate first."""
    return [
        KeyFigure(
            t.pgettext("rate", "Shared text"),
            format_percent(result.rate),
            t(
                "runs of at least {min_chars} characters found in any other report, own or "
                "others', earlier or later; similar text does not count",
                min_chars=result.min_chars,
            ),
        ),
        KeyFigure(
            t.pgettext("rate", "Without boilerplate"),
            format_percent(result.rate_without_formulae),
            t("as the first line, without boilerplate"),
        ),
        KeyFigure(
            t("Without the author's earlier reports"),
            format_percent(result.rate_without_own),
            t("as the first line, without text found only in the official's own earlier reports"),
        ),
        KeyFigure(
            t("From others"),
            format_percent(result.rate_from_others),
            t("only text found in others' reports, boilerplate included"),
        ),
        KeyFigure(
            t("From others, without boilerplate"),
            format_percent(result.rate_from_others_without_formulae),
            t("only text found in others' reports, without boilerplate"),
        ),
        KeyFigure(
            t("Without later reports"),
            format_percent(result.rate_from_sources),
            t("only text found in earlier, contemporary or undated reports"),
        ),
        KeyFigure(
            t("Including edited text"),
            format_percent(result.rate_with_edits),
            t("as the first line, plus similar text with small edits"),
        ),
        KeyFigure(
            t("Longest run"),
            f"{result.longest:,}",
            t("longest run of characters shared with another report"),
        ),
        KeyFigure(
            t.pgettext("rate", "Characters"),
            f"{result.chars:,}",
            t("whole text, without punctuation, white space and *; the base of all rates"),
        ),
        KeyFigure(
            t("Shared characters"),
            f"{result.shared:,}",
            t("characters of the first line; text in several reports counts once"),
        ),
    ]


def build_conclusion(result: Reuse, t: Translator) -> str:
    """Summarise the answer in a sentence or two, shown before all figures."""
    chars = f"{result.chars:,}"
    if not result.shared:
        none = t(
            "None of the {chars} characters occur in another report in a run of {min_chars} or "
            "more.",
            chars=chars, min_chars=result.min_chars,
        )  # fmt: skip
        return join_sentences(t, none, _describe_edits(result, t))
    rate, shared = format_percent(result.rate), f"{result.shared:,}"
    if result.report.person is None:
        found = t(
            "{rate} of {chars} characters ({shared}) also occur in other reports; without "
            "boilerplate, {share}.",
            rate=rate, chars=chars, shared=shared,
            share=format_percent(result.rate_without_formulae),
        )  # fmt: skip
        unknown = (
            t("The draft names no official, so the author's earlier text cannot be identified.")
            if result.is_draft
            else t(
                "The report names no official, so the author's earlier text cannot be identified."
            )
        )
        return join_sentences(t, found, unknown, _describe_most_similar(result, t))
    found = t(
        "{rate} of {chars} characters ({shared}) also occur in other reports; without boilerplate "
        "and text found only in the official's own reports, {share}.",
        rate=rate, chars=chars, shared=shared,
        share=format_percent(result.rate_from_others_without_formulae),
    )  # fmt: skip
    return join_sentences(t, found, _describe_most_similar(result, t))


def _describe_edits(result: Reuse, t: Translator) -> str:
    if not result.rate_with_edits:
        return ""
    return t(
        "Similar text with small edits: {share}.", share=format_percent(result.rate_with_edits)
    )


def _describe_most_similar(result: Reuse, t: Translator) -> str:
    """Name the most similar report, and the most similar one by someone else if that differs."""
    having = [source for source in (*result.sources, *result.reused_by) if source.chars]
    having.sort(key=lambda source: -source.chars)
    named = having[:1] + [source for source in having if not source.is_own][:1]
    first = format_source(named[0], t)
    if named[0] is named[-1]:
        return t("Most similar: {source}.", source=first)
    return t(
        "Most similar: {source}; of others' reports: {other}.",
        source=first, other=format_source(named[1], t),
    )  # fmt: skip


def format_source(source: Source, t: Translator) -> str:
    """Name a source in a sentence: its title, whose it is if that is not clear, and its share."""
    info = source.report
    title = format_title(info, t)
    whose = t("the official's own") if source.is_own else info.person or ""
    known = whose if whose not in title else ""
    about = put_in_brackets(t, join_phrases(t, known, format_percent(source.rate)))
    return t.pgettext("source", "{title}", title=title) + about


def format_row(entry: SourceEntry, t: Translator) -> tuple[str, ...]:
    """Format a source as a table row."""
    source = entry.source
    return (
        entry.label,
        format_title(source.report, t),
        format_percent(source.rate),
        str(source.chars),
        str(source.longest),
        str(source.chars_without_formulae),
        str(source.edited_chars),
        source.report.person or "—",
        str(source.report.year or "—"),
        t.pgettext("source", "own") if source.is_own else "—",
    )


def format_formula_row(entry: FormulaEntry, t: Translator) -> tuple[str, ...]:
    """Format a piece of boilerplate as a table row."""
    formula = entry.formula
    return (
        entry.label,
        formula.text,
        t("set phrase") if formula.is_set_phrase else t("in many reports"),
        str(formula.chars),
        str(formula.reports),
        str(formula.officials),
        str(len(formula.spans)),
    )


def summarise_source(entry: SourceEntry, t: Translator) -> str:
    """Summarise how much a source has in common with the report."""
    source = entry.source
    return t.pgettext(
        "document",
        "Places: {places}; identical: {chars} characters; edited: {edited}",
        places=len(source.places),
        chars=source.chars,
        edited=source.edited_chars,
    )


def format_chars(shared: ReusedPlace, kind: str, chars: int, result: Reuse, t: Translator) -> str:
    """Format how long a piece is, and of which longer run it is part if it is too short alone."""
    length = t.pgettext("document", "characters: {chars}", chars=chars)
    if kind == EDITED or shared.chars >= result.min_chars:
        return length
    return length + t.pgettext(
        "document",
        " (part of a run of {chars}, split at a paragraph, number or sentence)",
        chars=shared.run,
    )


def format_place(shared: ReusedPlace, t: Translator) -> str:
    """Name the passages of a place on both sides."""
    return join_phrases(
        t,
        f"{t.translate(OWN)} {format_passage_number(shared.passage)}",
        f"{t.translate(OTHER)} {format_passage_number(shared.source_passage)}",
    )


def format_file(entry: SourceEntry, t: Translator) -> str:
    """Name the file of a source."""
    return f"{t('File')} {entry.source.report.id}"


def explain_omitted_places(places: int, t: Translator) -> str:
    """State how many places of a source are not shown."""
    return t("Places not shown: {number}; the web page lists all.", number=places)


def explain_empty_list(heading: str, result: Reuse, t: Translator) -> str:
    """State that a list is empty."""
    if heading == SOURCES:
        return t.pgettext(
            "document",
            "No text shared with earlier, contemporary or undated reports "
            "(runs of at least {min_chars} characters).",
            min_chars=result.min_chars,
        )
    if heading == LATER:
        return t("No text shared with later reports.")
    if heading == EVIDENCE:
        return t("No shared text to compare.")
    return t("No boilerplate found.")


def build_notes(result: Reuse, t: Translator) -> list[str]:
    """Explain how the figures are counted."""
    return [
        t(
            "Character counts exclude punctuation, white space and *; width, case, and "
            "traditional or simplified form make no difference. Each rate is a share of all "
            "characters."
        ),
        t(
            "“Identical” is text shared with another report in a run of at least {min_chars} "
            "characters. Text found in several reports counts once in the rates, so the shares "
            "of the sources do not add up.",
            min_chars=result.min_chars,
        ),
        t(
            "“Edited” is text with small edits between or beside identical text; it counts only "
            "in “Including edited text”."
        ),
        t(
            "The share of a source is the share of this text that is identical with it. “Kept” "
            "and “Changed” in the year-on-year comparison count whole sentences, so these figures "
            "cannot be compared with each other."
        ),
        t(
            "Marks and side-by-side views do not break numbers, foreign words or paragraphs and "
            "leave out stray pieces of another sentence, so slightly less may be marked than is "
            "counted."
        ),
        t(
            "“Boilerplate” is text of at least 8 characters without digits in the reports of "
            "{officials} or more officials, and set phrases from the word lists.",
            officials=result.formula_officials,
        ),
        t(
            "“Sources” and “earlier reports” include contemporary and undated reports. Own "
            "reports are those that name the same official. A report that names none does not "
            "count as own; in counting boilerplate it counts as one official."
        ),
        t("The number after # is that of a passage: with the file before it, the passage's id."),
        t(
            "Identical and similar text is listed without judging its origin; this report is no "
            "evidence of plagiarism."
        ),
    ]
