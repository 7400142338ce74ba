"""The list of reports to choose from: all, or those that match some words."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import normalize

from reportsearch.models.report import ReportInfo

_MAX_WORDS = 20


def find_reports(
    infos: Iterable[ReportInfo], words: str, first_person: str | None = None
) -> list[ReportInfo]:
    """Return the reports whose title, official, year, post or file contain all words.

    They are sorted by official, ``first_person`` first, with the latest report first.
    """
    wanted = _fold_case(words).split()[:_MAX_WORDS]
    found = [info for info in infos if all(word in _build_search_text(info) for word in wanted)]
    found.sort(key=lambda info: (info.sort_date, info.id), reverse=True)
    found.sort(key=lambda info: info.person or "\uffff")
    if first_person is not None:
        found.sort(key=lambda info: info.person != first_person)
    return found


def _build_search_text(info: ReportInfo) -> str:
    values = (info.title, info.person, info.year, info.post, info.region, info.id)
    return _fold_case(" ".join(str(value) for value in values if value))


def _fold_case(text: str) -> str:
    return normalize("NFKC", text).casefold()
