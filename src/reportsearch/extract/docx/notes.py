"""Footnotes and endnotes: their reference marks, and their texts in the order of the marks.

Numbers that restart on each page in Word continue here, since pages are unknown.
"""

from __future__ import annotations

from typing import Any

from reportsearch.extract.docx.numerals import format_counter
from reportsearch.extract.docx.xml import W, get_val, parse_int


class Notes:
    """The footnotes or endnotes of a document, whose references are registered in reading order."""

    def __init__(self, kind: str, notes: Any, settings: Any, document: Any) -> None:
        self._texts = {} if notes is None else {note.get(W + "id"): note for note in notes}
        # Sections may differ in this, but those of reports do not.
        places = [] if notes is None else list(document.iter(W + "sectPr"))
        if settings is not None:
            places.insert(0, settings)
        self._format = "decimal" if kind == "footnote" else "lowerRoman"
        self._next = 1
        for place in places:
            properties = place.find(f"{W}{kind}Pr")
            self._format = get_val(properties, "numFmt") or self._format
            self._next = parse_int(get_val(properties, "numStart"), self._next)
        self._found: list[tuple[str, Any]] = []

    def register_reference(self, reference: Any) -> str:
        """Return the mark at a reference, such as ``[1]``, or "" if the author typed one."""
        mark = ""
        if reference.get(W + "customMarkFollows", "0") not in {"1", "true", "on"}:
            mark = f"[{format_counter(self._next, self._format)}]"
            self._next += 1
        # Each note has one reference. A file that repeats references could make the text endless.
        note = self._texts.pop(reference.get(W + "id"), None)
        if note is not None:
            self._found.append((mark, note))
        return mark

    def get_referenced_notes(self) -> list[tuple[str, Any]]:
        """Return the marks and elements of the notes so far."""
        return self._found
