"""Reports to choose from: all, or those that a few words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from reportsearch.models.report import ReportInfo

LISTED = 20
"""Reports of a page of the list."""
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A page of a list of reports; ``matched`` counts those of all pages."""

    reports: Sequence[ReportInfo]
    matched: int
    page: int
    pages: int


def choice(
    infos: Iterable[ReportInfo],
    words: str,
    page: int = 1,
    *,
    listed: int = LISTED,
    first: str | None = None,
) -> Choice:
    """The reports whose title, official, year, post or file have all words.

    They are sorted by official, the latest first; those of the official ``first`` before all.
    """
    wanted = _folded(words).split()[:_MOST_WORDS]
    found = [info for info in infos if all(word in _known(info) for word in wanted)]
    found.sort(key=lambda info: (info.dated, info.id), reverse=True)
    found.sort(key=lambda info: info.official or "\uffff")
    if first is not None:
        found.sort(key=lambda info: info.official != first)
    pages = max(1, -(-len(found) // listed))
    page = min(page, pages)
    return Choice(found[(page - 1) * listed : page * listed], len(found), page, pages)


def _known(info: ReportInfo) -> str:
    values = (info.title, info.official, info.year, info.post, info.region, info.id)
    return _folded(" ".join(str(value) for value in values if value))


def _folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
