"""A report's text reuse as a Word document in the manner of 查重."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from reportsearch.locale import CHINESE, ENGLISH, Translator
from reportsearch.models.reuse import Reuse, ReusedPlace
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output import reuse_numbering
from reportsearch.output.annotations import AnnotatedSegment
from reportsearch.output.prose import reuse, year_on_year
from reportsearch.output.prose.formatting import DIFFERENT, format_title
from reportsearch.output.prose.joining import (
    add_colon,
    format_label,
    get_wide_space,
    join_clauses,
    join_facts,
)
from reportsearch.output.text_diff import annotate_both_sides
from reportsearch.output.word.document import ABOUT, EXCERPT, SIDES, to_one_line
from reportsearch.output.word.writer import (
    BOLD,
    COMPARISON_STYLES,
    KIND_STYLES,
    LINK,
    RAISED,
    DocxWriter,
)
from reportsearch.output.word.year_on_year import add_comparison

MAX_PLACES_PER_SOURCE = 100
"""Maximum number of places of a source shown side by side; Word is slow with very many."""
MAX_PLACES = 3_000
"""Maximum number of places shown for all sources; the tables and the marked text hold all."""

_WIDTHS = {
    CHINESE: (11, 42, 13, 18, 12, 14, 12, 24, 12, 12),
    ENGLISH: (17, 29, 14, 17, 16, 21, 15, 17, 12, 12),
}
_FORMULA_WIDTHS = {
    CHINESE: (13, 73, 26, 12, 15, 15, 16),
    ENGLISH: (22, 52, 24, 20, 16, 18, 18),
}
"""The widths of the columns, in millimetres; the words of English must not be broken."""


def write_reuse_document(
    result: Reuse,
    path: Path | BinaryIO,
    t: Translator,
    years: YearOnYear | None = None,
    remark: str = "",
) -> None:
    """Write the text that a report shares with the others of an index.

    The document holds the figures, the sources, the marked text, both sides of each place and the
    formulae. With ``years`` it also compares the report with that of the year before. A ``remark``
    is shown at the top. ``path`` may be a stream. Raises ReportSearchError if no file can be
    written to ``path``. An existing file is replaced only once the document is complete.
    """
    _ReuseDocument(result, path, t).write(years, remark)


class _ReuseDocument:
    """A document being written, with its numbered entries and the places it shows."""

    def __init__(self, result: Reuse, path: Path | BinaryIO, t: Translator) -> None:
        self._result, self._t = result, t
        self._sources, self._later = reuse_numbering.number_sources(result, t)
        self._numbered = [*self._sources, *self._later]
        self._listed = reuse_numbering.number_formulae(result, t)
        self._lines = reuse_numbering.annotate_text(result)
        self._shown = dict(self._select_places())
        can_be_reached = reuse_numbering.find_targets(result, self._lines)
        wanted = {
            reuse_numbering.find_marked_start(place)
            for places in self._shown.values()
            for place in places
        }
        wanted |= {entry.formula.spans[0][0] for entry in self._listed if entry.formula.spans}
        self._targets = wanted & can_be_reached
        title = t.translate(reuse.TITLE)
        self._to = DocxWriter(path, t, title, to_one_line(format_title(result.report, t)))

    def write(self, years: YearOnYear | None, remark: str) -> None:
        result, to, t = self._result, self._to, self._t
        to.add_report_info(result.report)
        to.add_text(to.add_paragraph(ABOUT), to_one_line(reuse.build_conclusion(result, t)), BOLD)
        lines = (reuse.describe_comparison(result, t), *reuse.build_remarks(result, t), remark)
        for line in lines:
            if line:
                to.add_paragraph(ABOUT, to_one_line(line))
        to.add_paragraph("Heading 2", t.translate(reuse.FIGURES))
        to.add_key_figures(reuse.build_key_figures(result, t))
        self._add_sources(reuse.SOURCES, self._sources)
        # A draft is usually the latest report.
        if self._later or not result.is_draft:
            self._add_sources(reuse.LATER, self._later)
        self._add_text()
        self._add_evidence()
        self._add_formulae()
        if years:
            to.add_paragraph("Heading 2", t.translate(year_on_year.TITLE))
            add_comparison(to, years)
        yearly = year_on_year.build_notes(t) if years else []
        to.add_notes([*reuse.build_notes(result, t), *yearly])
        to.save()

    def _select_places(self) -> Iterator[tuple[str, Sequence[ReusedPlace]]]:
        """Select the places of each source to show, keyed by the source's anchor."""
        left = MAX_PLACES
        for entry in self._numbered:
            places = entry.source.places[: min(MAX_PLACES_PER_SOURCE, left)]
            left -= len(places)
            yield entry.anchor, places

    def _add_sources(self, heading: str, entries: Sequence[reuse_numbering.SourceEntry]) -> None:
        to, t = self._to, self._t
        to.add_paragraph("Heading 2", t.translate(heading))
        if not entries:
            to.add_paragraph(ABOUT, reuse.explain_empty_list(heading, self._result, t))
            return
        columns, widths = reuse.list_columns(t), _WIDTHS[t.language]
        rows = to.add_table(columns, len(entries), widths, numbers=range(2, 7))
        for cells, entry in zip(rows, entries, strict=True):
            number, title, *values = reuse.format_row(entry, t)
            to.add_bookmark(cells[0], entry.anchor)
            to.add_text(cells[0], number)
            to.add_text(to.add_link(cells[1], entry.evidence), to_one_line(title), LINK)
            for cell, value in zip(cells[2:], values, strict=True):
                to.add_text(cell, to_one_line(value))
        to.separate_tables()

    def _add_text(self) -> None:
        to, t = self._to, self._t
        to.add_paragraph("Heading 2", t.translate(reuse.TEXT))
        for kind, about in reuse.LEGEND:
            legend = to.add_paragraph(ABOUT)
            to.add_text(legend, t.translate(reuse.KINDS[kind]), KIND_STYLES[kind])
            to.add_text(legend, get_wide_space(t) + t.translate(about))
        to.add_paragraph(ABOUT, t.translate(reuse.LEGEND_NUMBERS))
        for line in self._lines:
            paragraph = to.add_paragraph(EXCERPT)
            for piece in line:
                self._add_piece(paragraph, piece)

    def _add_piece(self, paragraph: Any, piece: AnnotatedSegment) -> None:
        to = self._to
        if piece.start in self._targets:
            to.add_bookmark(paragraph, reuse_numbering.format_place_anchor(piece.start))
        if not piece.kind:
            to.add_text(paragraph, piece.text)
            return
        number, anchor = reuse_numbering.format_pointer(
            piece, self._numbered, self._listed, self._t
        )
        link = to.add_link(paragraph, anchor)
        to.add_text(link, piece.text, KIND_STYLES[piece.kind])
        if piece.is_last:
            to.add_text(link, number, RAISED)

    def _add_evidence(self) -> None:
        to, t = self._to, self._t
        to.add_paragraph("Heading 2", t.translate(reuse.EVIDENCE))
        if not self._numbered:
            to.add_paragraph(ABOUT, reuse.explain_empty_list(reuse.EVIDENCE, self._result, t))
        else:
            to.add_paragraph(ABOUT, t.translate(DIFFERENT))
        for entry in self._numbered:
            places = self._shown[entry.anchor]
            heading = to.add_paragraph("Heading 3")
            to.add_bookmark(heading, entry.evidence)
            title = to_one_line(format_title(entry.source.report, t))
            to.add_text(heading, join_facts(t, entry.label, title))
            about = to.add_paragraph(ABOUT, keep=bool(places))
            named = to_one_line(reuse.format_file(entry, t))
            summary = join_clauses(t, named, reuse.summarise_source(entry, t))
            to.add_text(about, summary + get_wide_space(t))
            to.add_text(to.add_link(about, entry.anchor), t.translate(reuse.TO_LIST), LINK)
            for place in places:
                self._add_place(place)
            left = len(entry.source.places) - len(places)
            if left:
                to.add_paragraph(ABOUT, reuse.explain_omitted_places(left, t))

    def _add_place(self, place: ReusedPlace) -> None:
        to, t = self._to, self._t
        head = to.add_paragraph(ABOUT, keep=True)
        for kind, chars in reuse_numbering.count_kinds(place):
            label = format_label(t, t.translate(reuse.KINDS[kind]))
            to.add_text(head, label, BOLD)
            length = reuse.format_chars(place, kind, chars, self._result, t)
            to.add_text(head, length + get_wide_space(t))
        to.add_text(head, reuse.format_place(place, t) + get_wide_space(t))
        at = reuse_numbering.find_marked_start(place)
        if at in self._targets:
            link = to.add_link(head, reuse_numbering.format_place_anchor(at))
            to.add_text(link, t.translate(reuse.TO_TEXT), LINK)
        for name, pieces in zip((reuse.OWN, reuse.OTHER), annotate_both_sides(place), strict=True):
            paragraph = to.add_paragraph(SIDES, keep=name == reuse.OWN)
            to.add_text(paragraph, add_colon(t, t.translate(name)))
            for text, kind in pieces:
                to.add_text(paragraph, text, COMPARISON_STYLES[kind])

    def _add_formulae(self) -> None:
        to, t = self._to, self._t
        to.add_paragraph("Heading 2", t.translate(reuse.FORMULAE))
        if not self._listed:
            to.add_paragraph(ABOUT, reuse.explain_empty_list(reuse.FORMULAE, self._result, t))
            return
        columns, widths = reuse.list_formula_columns(t), _FORMULA_WIDTHS[t.language]
        rows = to.add_table(columns, len(self._listed), widths, numbers=range(3, 7))
        for cells, entry in zip(rows, self._listed, strict=True):
            number, text, *values = reuse.format_formula_row(entry, t)
            to.add_bookmark(cells[0], entry.anchor)
            to.add_text(cells[0], number)
            spans = entry.formula.spans
            if spans and spans[0][0] in self._targets:
                to.add_text(
                    to.add_link(cells[1], reuse_numbering.format_place_anchor(spans[0][0])),
                    to_one_line(text),
                    LINK,
                )
            else:
                to.add_text(cells[1], to_one_line(text))
            for cell, value in zip(cells[2:], values, strict=True):
                to.add_text(cell, value)
        to.separate_tables()
