"""Explanation of a query: its parts, each with the address of a search for it alone."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale import Translator
from reportsearch.models.search import Explanation, TermExplained
from reportsearch.web.templating import build_address

_LAST_YEAR = 9999
_FIRST_YEAR = 0


@dataclass(frozen=True)
class SearchLink:
    """A string, how many passages contain it, and the address of a search for it, or ``""``.

    ``years`` are the years of the reports in which it counts, as written, or ``""``.
    """

    text: str
    passages: int
    address: str
    years: str = ""


@dataclass(frozen=True)
class ExplanationRow:
    """A part of a query; ``kind`` is that of TermExplained."""

    whole: SearchLink
    kind: str
    string: SearchLink | None
    synonyms: tuple[SearchLink, ...]
    words: tuple[SearchLink, ...]


def build_rows(explanation: Explanation | None, t: Translator) -> list[ExplanationRow]:
    """Build one row per part of the query, with filters in the words of the language."""
    return [_build_row(term, t) for term in explanation.terms] if explanation else []


def _build_row(term: TermExplained, t: Translator) -> ExplanationRow:
    written = f'"{term.text}"' if term.kind == "phrase" else term.text
    is_own = term.kind in ("word", "phrase", "text")
    return ExplanationRow(
        whole=SearchLink(
            t.translate(term.text),
            term.passages,
            _build_search_address(written, term.passages) if is_own else "",
        ),
        kind=term.kind,
        string=_build_phrase_link(term.string, term.contained) if term.string else None,
        synonyms=tuple(
            SearchLink(
                "、".join(synonym.strings),
                synonym.passages,
                _build_search_address(
                    " ".join(f'"{string}"' for string in synonym.strings), synonym.passages
                ),
                _format_years(synonym.years),
            )
            for synonym in term.synonyms
        ),
        words=tuple(_build_phrase_link(word.text, word.passages) for word in term.words),
    )


def _build_phrase_link(text: str, passages: int) -> SearchLink:
    return SearchLink(
        text, passages, _build_search_address(f'"{text}"', passages) if '"' not in text else ""
    )


def _build_search_address(written: str, passages: int) -> str:
    return build_address("/", [("q", written)]) if passages else ""


def _format_years(years: tuple[int, int] | None) -> str:
    if years is None:
        return ""
    first, last = years
    return f"{first if first > _FIRST_YEAR else ''}–{last if last < _LAST_YEAR else ''}"
