"""How a query was understood, with the addresses of what its parts alone would find."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.locale.query_reasons import field_named
from reportsearch.models.search import Explanation, TermExplained
from reportsearch.web.templating import address

_LAST = 9999
_FIRST = 0


@dataclass(frozen=True)
class Part:
    """A string, how many passages hold it, and the address of its own search or ``""``.

    ``years`` are those in whose reports it counts, as they are written, or ``""``.
    """

    text: str
    passages: int
    address: str
    years: str = ""


@dataclass(frozen=True)
class Row:
    """A part of a query; ``kind`` as in TermExplained."""

    whole: Part
    kind: str
    string: Part | None
    synonyms: tuple[Part, ...]
    words: tuple[Part, ...]


def rows(explanation: Explanation | None, language: str) -> list[Row]:
    """A row for each part of the query, filters in the words of the language."""
    return [_row(term, language) for term in explanation.terms] if explanation else []


def _row(term: TermExplained, language: str) -> Row:
    written = f'"{term.text}"' if term.kind == "phrase" else term.text
    is_own = term.kind in ("word", "phrase", "text")
    shown = term.text if is_own else field_named(language, term.text)
    return Row(
        whole=Part(shown, term.passages, _alone(written, term.passages) if is_own else ""),
        kind=term.kind,
        string=_quoted(term.string, term.contained) if term.string else None,
        synonyms=tuple(
            Part(
                "、".join(synonym.strings),
                synonym.passages,
                _alone(" ".join(f'"{string}"' for string in synonym.strings), synonym.passages),
                _years(synonym.years),
            )
            for synonym in term.synonyms
        ),
        words=tuple(_quoted(word.text, word.passages) for word in term.words),
    )


def _quoted(text: str, passages: int) -> Part:
    return Part(text, passages, _alone(f'"{text}"', passages) if '"' not in text else "")


def _alone(written: str, passages: int) -> str:
    return address("/", [("q", written)]) if passages else ""


def _years(years: tuple[int, int] | None) -> str:
    if years is None:
        return ""
    first, last = years
    return f"{first if first > _FIRST else ''}–{last if last < _LAST else ''}"
