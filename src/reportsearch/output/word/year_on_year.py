"""A report compared with that of the year before, as a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from reportsearch.locale import Translator
from reportsearch.models.year_on_year import CHANGED, Change, Nearest, Plan, YearOnYear
from reportsearch.output.prose import year_on_year
from reportsearch.output.prose.formatting import DIFFERENT, format_passage_number, format_title
from reportsearch.output.prose.joining import add_colon, format_label, join_facts
from reportsearch.output.text_diff import diff_changed_sentence
from reportsearch.output.word.document import ABOUT, EXCERPT, SIDES, to_one_line
from reportsearch.output.word.writer import BOLD, DocxWriter


def write_year_on_year_document(result: YearOnYear, path: Path | BinaryIO, t: Translator) -> None:
    """Write what became of each sentence, and of the plans, from one report to the next.

    ``path`` may be a stream. Raises ReportSearchError if no file can be written to ``path``. An
    existing file is replaced only once the document is complete.
    """
    title = t.translate(year_on_year.TITLE)
    to = DocxWriter(path, t, title, to_one_line(format_title(result.report, t)))
    to.add_paragraph("Heading 2", t.translate(year_on_year.NOW))
    to.add_report_info(result.report)
    add_comparison(to, result)
    to.add_notes(year_on_year.build_notes(t))
    to.save()


def add_comparison(to: DocxWriter, result: YearOnYear) -> None:
    """Add the earlier report, the figures, what became of each sentence, and the plans."""
    t = to.t
    to.add_paragraph("Heading 2", t.translate(year_on_year.BEFORE))
    to.add_report_info(result.previous)
    to.add_text(to.add_paragraph(ABOUT), year_on_year.build_conclusion(result, t), BOLD)
    to.add_paragraph("Heading 2", t.translate(year_on_year.FIGURES))
    to.add_key_figures(year_on_year.build_key_figures(result, t))
    if line := year_on_year.format_repeated(result, t):
        to.add_paragraph(ABOUT, to_one_line(line))
    to.add_paragraph("Heading 2", t.translate(year_on_year.SECTIONS))
    if not result.sections:
        to.add_paragraph(ABOUT, t.translate(year_on_year.NO_SECTIONS))
    if result.changed:
        to.add_paragraph(ABOUT, t.translate(DIFFERENT))
    for section in result.sections:
        gone = t.translate(year_on_year.GONE) if section.is_gone else ""
        heading = to_one_line(year_on_year.format_section(section.section, t))
        to.add_paragraph("Heading 3", heading + gone)
        counts = to_one_line(year_on_year.format_counts(section, t))
        to.add_paragraph(ABOUT, counts, keep=bool(section.changes))
        for change in section.changes:
            _add_change(to, change)
    to.add_paragraph("Heading 2", t.translate(year_on_year.PLANS))
    plans = year_on_year.PLANS_ABOUT if result.plans else year_on_year.NO_PLANS
    to.add_paragraph(ABOUT, t.translate(plans))
    for plan in result.plans:
        _add_plan(to, plan)


def _add_change(to: DocxWriter, change: Change) -> None:
    t = to.t
    label = format_label(t, t.translate(year_on_year.CHANGES[change.kind]))
    now, before = change.now, change.before
    if change.kind == CHANGED and now and before:
        head = to.add_paragraph(ABOUT, keep=True)
        to.add_text(head, label, BOLD)
        to.add_text(head, year_on_year.format_places(change, t))
        own = diff_changed_sentence(now.text, now.start, change.spans)
        other = diff_changed_sentence(before.text, before.start, change.spans, is_before=True)
        for name, pieces in ((year_on_year.HERE, own), (year_on_year.THERE, other)):
            paragraph = to.add_paragraph(SIDES, keep=name == year_on_year.HERE)
            to.add_text(paragraph, add_colon(t, t.translate(name)))
            to.add_pieces(paragraph, pieces)
        return
    sentence = now or before
    if sentence:
        paragraph = to.add_paragraph(ABOUT)
        to.add_text(paragraph, label, BOLD)
        place = year_on_year.format_place(change, t)
        to.add_text(paragraph, join_facts(t, sentence.text, place))


def _add_plan(to: DocxWriter, plan: Plan) -> None:
    t = to.t
    paragraph = to.add_paragraph(ABOUT, keep=True)
    to.add_text(paragraph, format_label(t, t.translate(year_on_year.PLAN)), BOLD)
    number = format_passage_number(plan.plan.passage)
    to.add_text(paragraph, join_facts(t, plan.plan.text, number))
    if not plan.answers:
        to.add_text(to.add_paragraph(ABOUT), year_on_year.explain_no_answer(plan, t), BOLD)
    _add_passages(to, plan.answers)
    for name, found in (
        (year_on_year.ECHOES, plan.repetitions),
        (year_on_year.CANDIDATES, plan.fallback_candidates),
    ):
        if found:
            to.add_paragraph(ABOUT, add_colon(t, t.translate(name)).rstrip(), keep=True)
            _add_passages(to, found)


def _add_passages(to: DocxWriter, found: Iterable[Nearest]) -> None:
    for near in found:
        to.add_paragraph(ABOUT, to_one_line(year_on_year.format_nearest(near, to.t)), keep=True)
        to.add_paragraph(EXCERPT, near.text)
