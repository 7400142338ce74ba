"""The answer of summary."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

DEFAULT_SUMMARY_CHARS = 400
"""The characters of a summary where no other number is given."""

PORTFOLIO = "portfolio"
WEAKNESSES = "weaknesses"
PLANS = "plans"
SECTION = "section"
BEST = "best"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a report, or a part of one that stands alone, as it stands there.

    ``text`` is the stretch from ``start`` to ``end`` of the clean text of ``report``, in the
    passage ``passage``; ``is_cut_before`` and ``is_cut_after`` tell that the sentence goes on
    there. ``slot`` is what it was taken for: the name of one of ``portfolios``, ``weaknesses``,
    ``plans``, ``section`` (a main section that says nothing of these) or ``best``. ``score`` is
    what the summary would lose without it; below 0 where it is there to be heard alone.
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
    """What a summary had no room for.

    ``kind`` is ``section`` (a main section), ``portfolio``, ``weaknesses``, ``plans``; of several
    reports ``official`` or ``report``. ``name`` says which.
    """

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The best of a report, or of several, in at most ``chars`` characters.

    ``report`` is the one that was asked about, None for several; ``reports`` are those with a
    sentence here, of ``matched`` in all. ``used`` counts the characters of the ``sentences``, which
    are in the order of the text, those of several reports by report. ``missing`` is what there
    was no room for.
    """

    report: ReportInfo | None
    reports: tuple[ReportInfo, ...]
    matched: int
    chars: int
    used: int
    sentences: tuple[SummarySentence, ...]
    missing: tuple[Unheard, ...] = ()
