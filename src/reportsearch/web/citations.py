"""Citations of passages: in words, and with all details needed to find the passage again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportsearch.locale import Translator
from reportsearch.models.report import Passage, ReportInfo
from reportsearch.models.search import PassageHit
from reportsearch.output.prose.citations import format_citation


@dataclass(frozen=True, slots=True)
class PassageCitation:
    """The source of a passage: ``short`` in words, to put below its ``text``, and ``exact``."""

    number: str
    text: str
    short: str
    exact: str


def cite_passage(t: Translator, info: ReportInfo, passage: Passage | PassageHit) -> PassageCitation:
    """Cite a passage; the words are in Chinese, like the report."""
    number = passage.id.rpartition("#")[2]
    named = format_citation(info, _drop_blank_headings(passage.section))
    exact = t(
        "{short} (passage {number})\nFile: {id}\nPosition: characters {start}–{end} of the text "
        "(from 0, end excluded)\nSHA-256 of the text: {sha256}",
        short=named or info.id,
        id=info.id,
        number=number,
        start=passage.start,
        end=passage.end,
        sha256=info.sha256,
    )
    return PassageCitation(number, passage.text, named or info.id, exact)


def _drop_blank_headings(section: Sequence[str]) -> Sequence[str]:
    return [heading for heading in section if heading.strip()]
