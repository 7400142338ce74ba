"""Citations of passages in Word documents."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.report import OCR
from reportsearch.output.prose.citations import CitationSource, format_citation
from reportsearch.output.prose.formatting import describe_ocr
from reportsearch.output.prose.joining import (
    add_colon,
    get_full_stop,
    join_clauses,
    join_phrases,
    put_in_square_brackets,
)
from reportsearch.output.word.document import to_one_line

_SHA_CHARS = 12

NOTHING = Message("No results.")
NONE_RETRIEVED = Message("There are results, but none was to be listed.")


def build_note(t: Translator) -> str:
    """Explain the details of the citations."""
    places = t("offsets count characters of the cleaned text from 0 and exclude the end")
    digest = t("SHA-256 is the first {digits} digits of the hash of that text", digits=_SHA_CHARS)
    return add_colon(t, t.pgettext("document", "Note"), join_clauses(t, places, digest)) + (
        get_full_stop(t)
    )


def format_exact_citation(
    source: CitationSource,
    section: tuple[str, ...],
    passage: str,
    span: tuple[int, int],
    t: Translator,
) -> str:
    """Return a citation: who, title, year, headings; then passage, place and hash."""
    exact = join_phrases(
        t,
        passage,
        t("characters {start}–{end}", start=span[0], end=span[1]),
        f"SHA-256 {source.sha256[:_SHA_CHARS]}" if source.sha256 else "",
        describe_ocr(t) if source.reader == OCR else "",
    )
    cited = join_clauses(t, format_citation(source, section), exact)
    return to_one_line(put_in_square_brackets(t, cited))
