"""Reports to choose from: all, or those that a few words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from reportsearch.models.report import ReportInfo

PAGE_SIZE = 20
"""Reports of a page of the list."""
_MAX_WORDS = 20


@dataclass(frozen=True, slots=True)
class ReportListPage:
    """A page of a list of reports; ``matched`` counts those of all pages."""

    reports: Sequence[ReportInfo]
    matched: int
    page: int
    pages: int


def find_reports(
    infos: Iterable[ReportInfo],
    words: str,
    page: int = 1,
    *,
    page_size: int = PAGE_SIZE,
    first_official: str | None = None,
) -> ReportListPage:
    """The reports whose title, official, year, post or file have all words.

    They are sorted by official, the latest first; those of the official ``first`` before all.
    """
    wanted = _fold_case(words).split()[:_MAX_WORDS]
    found = [info for info in infos if all(word in _build_search_text(info) for word in wanted)]
    found.sort(key=lambda info: (info.sort_date, info.id), reverse=True)
    found.sort(key=lambda info: info.official or "\uffff")
    if first_official is not None:
        found.sort(key=lambda info: info.official != first_official)
    pages = max(1, -(-len(found) // page_size))
    page = min(page, pages)
    return ReportListPage(found[(page - 1) * page_size : page * page_size], len(found), page, pages)


def _build_search_text(info: ReportInfo) -> str:
    values = (info.title, info.official, info.year, info.post, info.region, info.id)
    return _fold_case(" ".join(str(value) for value in values if value))


def _fold_case(text: str) -> str:
    return normalize("NFKC", text).casefold()
