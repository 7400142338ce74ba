"""How much of a report also stands elsewhere, as a Word document in the manner of 查重."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from reportsearch.models.reuse import Reuse, ReusedPlace, YearOnYear
from reportsearch.output.annotations import Segment, beside
from reportsearch.output.prose import reuse as words
from reportsearch.output.prose import year_on_year as yearly_words
from reportsearch.output.prose.common import DIFFERENT, title_of
from reportsearch.output.word import year_on_year as yearly
from reportsearch.output.word.document import ABOUT, EXCERPT, SIDES, one_line
from reportsearch.output.word.writer import BOLD, LINK, MARKS, RAISED, SHARED, Writer

MOST_PLACES = 100
"""Places of a source that are set against each other; Word is slow with very many."""
MOST_IN_ALL = 3_000
"""Places of all sources; the tables and the marked text always hold all."""

_WIDTHS = (11, 42, 13, 18, 12, 14, 12, 24, 12, 12)
_FORMULA_WIDTHS = (13, 73, 26, 12, 15, 15, 16)


def reuse_document(
    result: Reuse, path: Path | BinaryIO, years: YearOnYear | None = None, remark: str = ""
) -> None:
    """Write what a report shares with the others of an index.

    Figures, sources, the text with its marks, both sides of each place, formulae; with ``years``
    also the report against the one of the year before. A ``remark`` stands on top. Raises
    ReportSearchError when there can be no file at ``path``; one that is there is replaced, but only
    by a whole document. It can be a stream, too.
    """
    _Document(result, path).write(years, remark)


class _Document:
    """The document on its way: what is numbered, and which places are shown."""

    def __init__(self, result: Reuse, path: Path | BinaryIO) -> None:
        self._result = result
        self._sources, self._later = words.entries(result)
        self._numbered = [*self._sources, *self._later]
        self._listed = words.formulae(result)
        self._lines = words.marked(result)
        self._shown = dict(self._places())
        can_be_reached = words.targets(result, self._lines)
        wanted = {words.begin(place) for places in self._shown.values() for place in places}
        wanted |= {entry.formula.spans[0][0] for entry in self._listed if entry.formula.spans}
        self._targets = wanted & can_be_reached
        self._to = Writer(path, words.TITLE, one_line(title_of(result.report)))

    def write(self, years: YearOnYear | None, remark: str) -> None:
        result, to = self._result, self._to
        to.about(result.report)
        to.text(to.paragraph(ABOUT), one_line(words.conclusion(result)), BOLD)
        for line in (words.compared_with(result), *words.remarks(result), remark):
            if line:
                to.paragraph(ABOUT, one_line(line))
        to.paragraph("Heading 2", words.FIGURES)
        to.figures(words.figures(result))
        self._table(words.SOURCES, self._sources)
        # A draft is as a rule the latest.
        if self._later or not result.is_draft:
            self._table(words.LATER, self._later)
        self._text()
        self._evidence()
        self._formulae()
        if years:
            to.paragraph("Heading 2", yearly_words.TITLE)
            yearly.against(to, years)
        to.notes([*words.notes(result), *(yearly_words.notes() if years else [])])
        to.save()

    def _places(self) -> Iterator[tuple[str, Sequence[ReusedPlace]]]:
        """The places of each source that are shown, by its anchor."""
        left = MOST_IN_ALL
        for entry in self._numbered:
            places = entry.source.places[: min(MOST_PLACES, left)]
            left -= len(places)
            yield entry.anchor, places

    def _table(self, heading: str, entries: Sequence[words.Entry]) -> None:
        to = self._to
        to.paragraph("Heading 2", heading)
        if not entries:
            to.paragraph(ABOUT, words.nothing_in(heading, self._result))
            return
        rows = to.table(words.COLUMNS, len(entries), _WIDTHS, numbers=range(2, 7))
        for cells, entry in zip(rows, entries, strict=True):
            number, title, *values = words.row(entry)
            to.place(cells[0], entry.anchor)
            to.text(cells[0], number)
            to.text(to.link(cells[1], entry.evidence), one_line(title), LINK)
            for cell, value in zip(cells[2:], values, strict=True):
                to.text(cell, one_line(value))
        to.after_table()

    def _text(self) -> None:
        to = self._to
        to.paragraph("Heading 2", words.TEXT)
        for kind, about in words.LEGEND:
            legend = to.paragraph(ABOUT)
            to.text(legend, words.KINDS[kind], MARKS[kind])
            to.text(legend, f"　{about}")
        to.paragraph(ABOUT, words.LEGEND_NUMBERS)
        for line in self._lines:
            paragraph = to.paragraph(EXCERPT)
            for piece in line:
                self._piece(paragraph, piece)

    def _piece(self, paragraph: Any, piece: Segment) -> None:
        to = self._to
        if piece.start in self._targets:
            to.place(paragraph, words.place(piece.start))
        if not piece.kind:
            to.text(paragraph, piece.text)
            return
        number, anchor = words.pointer(piece, self._numbered, self._listed)
        link = to.link(paragraph, anchor)
        to.text(link, piece.text, MARKS[piece.kind])
        if piece.is_last:
            to.text(link, number, RAISED)

    def _evidence(self) -> None:
        to = self._to
        to.paragraph("Heading 2", words.EVIDENCE)
        if not self._numbered:
            to.paragraph(ABOUT, words.nothing_in(words.EVIDENCE, self._result))
        else:
            to.paragraph(ABOUT, DIFFERENT)
        for entry in self._numbered:
            places = self._shown[entry.anchor]
            heading = to.paragraph("Heading 3")
            to.place(heading, entry.evidence)
            to.text(heading, f"{entry.label}　{one_line(title_of(entry.source.report))}")
            about = to.paragraph(ABOUT, keep=bool(places))
            name = one_line(entry.source.report.id)
            to.text(about, f"文件 {name}；{words.summary(entry)}　")
            to.text(to.link(about, entry.anchor), words.TO_LIST, LINK)
            for place in places:
                self._place(place)
            left = len(entry.source.places) - len(places)
            if left:
                to.paragraph(ABOUT, words.left(left))

    def _place(self, place: ReusedPlace) -> None:
        to = self._to
        head = to.paragraph(ABOUT, keep=True)
        for kind, chars in words.kinds_of(place):
            to.text(head, f"〔{words.KINDS[kind]}〕", BOLD)
            to.text(head, f"{chars}字{words.part_of(place, kind, self._result)}　")
        to.text(head, f"{words.place_of(place)}　")
        at = words.begin(place)
        if at in self._targets:
            to.text(to.link(head, words.place(at)), words.TO_TEXT, LINK)
        for name, pieces in zip((words.OWN, words.OTHER), beside(place), strict=True):
            paragraph = to.paragraph(SIDES, keep=name == words.OWN)
            to.text(paragraph, f"{name}：")
            for text, kind in pieces:
                to.text(paragraph, text, SHARED[kind])

    def _formulae(self) -> None:
        to = self._to
        to.paragraph("Heading 2", words.FORMULAE)
        if not self._listed:
            to.paragraph(ABOUT, words.nothing_in(words.FORMULAE, self._result))
            return
        rows = to.table(
            words.FORMULA_COLUMNS, len(self._listed), _FORMULA_WIDTHS, numbers=range(3, 7)
        )
        for cells, entry in zip(rows, self._listed, strict=True):
            number, text, *values = words.formula_row(entry)
            to.place(cells[0], entry.anchor)
            to.text(cells[0], number)
            spans = entry.formula.spans
            if spans and spans[0][0] in self._targets:
                to.text(to.link(cells[1], words.place(spans[0][0])), one_line(text), LINK)
            else:
                to.text(cells[1], one_line(text))
            for cell, value in zip(cells[2:], values, strict=True):
                to.text(cell, value)
        to.after_table()
