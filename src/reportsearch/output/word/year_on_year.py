"""A report set against the one of the year before, as a Word document."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from reportsearch.models.reuse import CHANGED, Change, Nearest, Plan, YearOnYear
from reportsearch.output.annotations import changed_pieces
from reportsearch.output.prose import year_on_year as words
from reportsearch.output.prose.common import DIFFERENT, number_of, title_of
from reportsearch.output.word.document import ABOUT, EXCERPT, SIDES, one_line
from reportsearch.output.word.writer import BOLD, Writer


def yearly_document(result: YearOnYear, path: Path | BinaryIO) -> None:
    """Write what became of each sentence from one report to the next, and of the plans.

    Raises ReportSearchError when there can be no file at ``path``; one that is there is replaced,
    but only by a whole document. It can be a stream, too.
    """
    to = Writer(path, words.TITLE, one_line(title_of(result.report)))
    to.paragraph("Heading 2", words.NOW)
    to.about(result.report)
    against(to, result)
    to.notes(words.notes())
    to.save()


def against(to: Writer, result: YearOnYear) -> None:
    """Add the report before, the figures, what became of each sentence, and the plans."""
    to.paragraph("Heading 2", words.BEFORE)
    to.about(result.previous)
    to.text(to.paragraph(ABOUT), words.conclusion(result), BOLD)
    to.paragraph("Heading 2", words.FIGURES)
    to.figures(words.figures(result))
    if line := words.repeated_line(result):
        to.paragraph(ABOUT, one_line(line))
    to.paragraph("Heading 2", words.SECTIONS)
    if not result.sections:
        to.paragraph(ABOUT, words.NO_SECTIONS)
    if result.changed:
        to.paragraph(ABOUT, DIFFERENT)
    for section in result.sections:
        gone = words.GONE if section.is_gone else ""
        to.paragraph("Heading 3", one_line(words.section_of(section.section)) + gone)
        to.paragraph(ABOUT, one_line(words.counts(section)), keep=bool(section.changes))
        for change in section.changes:
            _change(to, change)
    to.paragraph("Heading 2", words.PLANS)
    to.paragraph(ABOUT, words.PLANS_ABOUT if result.plans else words.NO_PLANS)
    for plan in result.plans:
        _plan(to, plan)


def _change(to: Writer, change: Change) -> None:
    label = f"〔{words.CHANGES[change.kind]}〕"
    now, before = change.now, change.before
    if change.kind == CHANGED and now and before:
        head = to.paragraph(ABOUT, keep=True)
        to.text(head, label, BOLD)
        to.text(head, words.places_of(change))
        own = changed_pieces(now.text, now.start, change.spans)
        other = changed_pieces(before.text, before.start, change.spans, is_before=True)
        for name, pieces in ((words.HERE, own), (words.THERE, other)):
            paragraph = to.paragraph(SIDES, keep=name == words.HERE)
            to.text(paragraph, f"{name}：")
            to.pieces(paragraph, pieces)
        return
    sentence = now or before
    if sentence:
        paragraph = to.paragraph(ABOUT)
        to.text(paragraph, label, BOLD)
        to.text(paragraph, f"{sentence.text}　{words.place_of(change)}")


def _plan(to: Writer, plan: Plan) -> None:
    paragraph = to.paragraph(ABOUT, keep=True)
    to.text(paragraph, f"〔{words.PLAN}〕", BOLD)
    to.text(paragraph, f"{plan.plan.text}　{number_of(plan.plan.passage)}")
    if not plan.answers:
        to.text(to.paragraph(ABOUT), words.no_answer(plan), BOLD)
    _passages(to, plan.answers)
    for name, found in ((words.ECHOES, plan.echoes), (words.CANDIDATES, plan.others)):
        if found:
            to.paragraph(ABOUT, f"{name}：", keep=True)
            _passages(to, found)


def _passages(to: Writer, found: Iterable[Nearest]) -> None:
    for near in found:
        to.paragraph(ABOUT, one_line(words.nearest_of(near)), keep=True)
        to.paragraph(EXCERPT, near.text)
