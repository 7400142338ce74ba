"""Citations of passages for readers: whose report, its title, year and section."""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.models.report import ReportInfo
from reportsearch.models.search import KwicLine

_MAX_HEADING = 40
"""Maximum length of a cited heading in characters; a run-in heading can be a whole sentence."""
_NESTED_MARKS = str.maketrans({"“": "‘", "”": "’", "《": "〈", "》": "〉"})
"""Nested marks of the same kind, as in Chinese typography."""


CitationSource = ReportInfo | KwicLine
"""A report, or an occurrence in one, to cite."""


def format_official(source: CitationSource) -> str:
    """Return the official with the post, naming each once: 甲县副县长张三; ``""`` if unknown."""
    official = source.official or ""
    post = source.post or ""
    if post and post in official:
        return official
    region = source.region or ""
    return f"{'' if region in post else region}{post}{official.removeprefix(region)}"


def format_citation(source: CitationSource, section: Sequence[str]) -> str:
    """Return a citation for a Chinese text, whatever the language of the page.

    Example: 甲县副县长，《甲县人民政府副县长2021年度述职报告》，2021年，“二、重点工作”一节.
    ``section`` lists the headings from the outermost to that of the passage. Unknown parts are left
    out.
    """
    parts = (
        format_official(source),
        f"《{source.title.translate(_NESTED_MARKS)}》" if source.title else "",
        f"{source.year}年" if source.year else "",
        f"{'之'.join(map(_format_heading, section))}一节" if section else "",
    )
    return "，".join(part for part in parts if part)


def _format_heading(heading: str) -> str:
    text = heading.translate(_NESTED_MARKS)
    if len(text) > _MAX_HEADING:
        text = f"{text[: _MAX_HEADING - 1]}…"
    return f"“{text}”"
