"""The results of summary."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

DEFAULT_SUMMARY_CHARS = 400
"""Default length of a summary in characters."""

PORTFOLIO = "portfolio"
WEAKNESSES = "weaknesses"
PLANS = "plans"
SECTION = "section"
BEST = "best"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a report, or a part of one that can stand alone, quoted verbatim.

    ``text`` is the stretch from ``start`` to ``end`` of the clean text of ``report``, in the
    passage ``passage``; ``is_cut_before`` and ``is_cut_after`` mean that the sentence continues
    there. ``slot`` is what it was chosen for: the name of one of ``portfolios``, ``weaknesses``,
    ``plans``, ``section`` (a main section without any of these) or ``best``. ``score`` is what the
    summary would lose without it; it is negative if the sentence is there only to represent its
    slot.
    """

    report: str
    section: tuple[str, ...]
    portfolios: tuple[str, ...]
    slot: str
    text: str
    passage: str
    start: int
    end: int
    is_cut_before: bool
    is_cut_after: bool
    score: float


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something that did not fit into a summary.

    ``kind`` is ``section`` (a main section), ``portfolio``, ``weaknesses``, ``plans``; for several
    reports ``official`` or ``report``. ``name`` says which.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The best sentences of a report, or of several, in at most ``chars`` characters.

    ``report`` is the report summarised, None for several. ``reports`` are those with a sentence
    here, out of ``matched``. ``used`` counts the characters of the ``sentences``, which are in the
    order of the text, grouped by report. ``missing`` lists what did not fit.
    """

    report: ReportInfo | None
    reports: tuple[ReportInfo, ...]
    matched: int
    chars: int
    used: int
    sentences: tuple[SummarySentence, ...]
    missing: tuple[Unheard, ...] = ()
