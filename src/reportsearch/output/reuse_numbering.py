"""Numbering of the sources and formulae of a report's text reuse, and of the marks in its text."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import CHINESE, Translator
from reportsearch.models.reuse import EDITED, EXACT, FORMULA, Formula, Reuse, ReusedPlace, Source
from reportsearch.output.annotations import AnnotatedSegment, Annotation, split_at, split_paragraphs


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with its anchor and the number under which the report names it."""

    label: str
    anchor: str
    source: Source

    @property
    def evidence(self) -> str:
        """Return the anchor of the evidence."""
        return f"evidence_{self.anchor}"


@dataclass(frozen=True, slots=True)
class FormulaEntry:
    """A formula with its number and anchor."""

    label: str
    anchor: str
    formula: Formula


def format_place_anchor(start: int) -> str:
    """Format the anchor of a place of the report."""
    return f"place_{start}"


def find_marked_start(shared: ReusedPlace) -> int:
    """Find where the first marked piece of a place begins in the report."""
    return shared.spans[0].query[0]


def number_sources(result: Reuse, t: Translator) -> tuple[list[SourceEntry], list[SourceEntry]]:
    """Number the sources and the later reports."""
    sources = [
        SourceEntry(t("source {number}", number=number), f"source_{number}", source)
        for number, source in enumerate(result.sources, 1)
    ]
    later = [
        SourceEntry(t("later report {number}", number=number), f"later_{number}", source)
        for number, source in enumerate(result.reused_by, 1)
    ]
    return sources, later


def number_formulae(result: Reuse, t: Translator) -> list[FormulaEntry]:
    """Number the boilerplate."""
    return [
        FormulaEntry(t("boilerplate {number}", number=number), f"formula_{number}", formula)
        for number, formula in enumerate(result.formulae, 1)
    ]


def annotate_text(result: Reuse) -> list[list[AnnotatedSegment]]:
    """Return the report's paragraphs as marked pieces.

    Each piece's ``entry`` is an index into the sources followed by the later reports.
    """
    sources = (*result.sources, *result.reused_by)
    marks = [
        Annotation(*span.query, number, span.kind)
        for number, source in enumerate(sources)
        for place in source.places
        for span in place.spans
    ]
    parts = [
        Annotation(start, end, number)
        for number, formula in enumerate(result.formulae)
        for start, end in formula.spans
    ]
    return split_paragraphs(split_at(result.text, marks, parts))


def format_label(label: str, others: int, t: Translator) -> str:
    """Add to a source's label how many more reports share the text."""
    if not others:
        return label
    # Chinese counts the source itself, too.
    if t.language == CHINESE:
        return f"{label}等{others + 1}份"
    return f"{label} and {others} more"


def format_pointer(
    segment: AnnotatedSegment,
    numbered: list[SourceEntry],
    listed: list[FormulaEntry],
    t: Translator,
) -> tuple[str, str]:
    """Return the superscript text after a marked piece, and the anchor it links to.

    The text is the number of a source and how many other reports also have the piece.
    """
    if segment.entry is not None:
        entry = numbered[segment.entry]
        return f"[{format_label(entry.label, segment.others, t)}]", entry.anchor
    if segment.formula is not None:
        return f"[{listed[segment.formula].label}]", listed[segment.formula].anchor
    return "", ""


def find_targets(result: Reuse, lines: list[list[AnnotatedSegment]]) -> set[int]:
    """Find the places of the report to which the evidence and the formulae can link back."""
    wanted = {
        find_marked_start(place)
        for source in (*result.sources, *result.reused_by)
        for place in source.places
    }
    wanted.update(formula.spans[0][0] for formula in result.formulae if formula.spans)
    # A span may begin with a line end, but no piece does.
    return wanted & {piece.start for line in lines for piece in line}


def count_kinds(shared: ReusedPlace) -> list[tuple[str, int]]:
    """Count the characters that a place shares, by kind."""
    exact = {span.kind for span in shared.spans} - {EDITED}
    same = FORMULA if exact == {FORMULA} else EXACT
    counts = ((same, shared.chars), (EDITED, shared.edited_chars))
    return [(kind, chars) for kind, chars in counts if chars] or [(EDITED, 0)]
