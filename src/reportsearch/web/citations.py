"""A passage to be copied with its source: in words, and with all that finds it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.locale import teller
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.search import PassageHit
from reportsearch.output.prose.citations import short


@dataclass(frozen=True, slots=True)
class Citation:
    """The source of a passage in words, as it stands below its ``text``, and to the character."""

    number: str
    text: str
    short: str
    exact: str


def citation(language: str, info: ReportInfo, passage: Passage | PassageHit) -> Citation:
    """How a passage is cited; the words are Chinese, as the report is."""
    number = passage.id.rpartition("#")[2]
    named = short(info, _headings(passage.section))
    exact = teller(language)(
        "common.citation",
        short=named or info.id,
        id=info.id,
        number=number,
        start=passage.start,
        end=passage.end,
        sha256=info.sha256,
    )
    return Citation(number, passage.text, named or info.id, exact)


def _headings(section: Sequence[str]) -> Sequence[str]:
    return [heading for heading in section if heading.strip()]
