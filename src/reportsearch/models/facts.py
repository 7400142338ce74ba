"""The facts that a report states: figures, documents, projects, times."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

INDICATORS = "indicators"
CITATIONS = "citations"
PROJECTS = "projects"
PERIODS = "periods"
FACT_KINDS = (INDICATORS, CITATIONS, PROJECTS, PERIODS)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: how much or how many of something.

    ``name`` is what is measured, as it stands in the text, with ``name_start`` and ``name_end``
    where it is one stretch of it, ``verb`` what was done with it (整改, 排查). ``group`` is the
    name under which it is brought together with the same figures of other reports, ``wording``
    the clause in which it stands. ``start`` and ``end`` span the number with its qualifier and
    unit, ``text`` is that as it stands.

    ``value``, or ``low`` and ``high`` of a range, are in ``unit`` as it is written; in
    ``base_unit`` 万, 亿, 千 and 百 are multiplied out, and 成 is ten %. All are None where the
    number is ``masked`` (``*亿元``), which is never zero. ``qualifier`` is 约, 以上, ...,
    ``change`` the words of a change (同比增长), empty for a level. ``period`` is the expression of
    time that applies, ``first`` and ``last`` its months as YYYY-MM where they are known.
    ``is_plan`` tells that it is a target.
    """

    report: str
    passage: str
    section: tuple[str, ...]
    name: str
    name_start: int | None
    name_end: int | None
    verb: str
    group: str
    wording: str
    start: int
    end: int
    text: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    base_value: float | None
    base_low: float | None
    base_high: float | None
    base_unit: str
    masked: bool
    qualifier: str
    change: str
    period: str
    first: str | None
    last: str | None
    is_plan: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """A document in 《》 and what was done to it (制定印发), empty where it is only a basis."""

    report: str
    passage: str
    section: tuple[str, ...]
    title: str
    action: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Project:
    """A work that is built, repaired, planned or signed, and what is said of it.

    ``state`` is 谋划, 签约, 启动, 推进, 主体, 建成 or 停滞; ``verb`` are the words that tell it.
    ``start`` and ``end`` span the name.
    """

    report: str
    passage: str
    section: tuple[str, ...]
    name: str
    state: str
    verb: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """An expression of time; ``first`` and ``last`` are months as YYYY-MM, None where unknown."""

    report: str
    passage: str
    section: tuple[str, ...]
    text: str
    first: str | None
    last: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a report, each kind by place.

    ``portfolios`` are those declared and those of its sections. ``is_draft`` tells that the report
    is a file that is not in the index.
    """

    report: ReportInfo
    is_draft: bool
    portfolios: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    projects: tuple[Project, ...]
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class FactsFound:
    """The facts of many reports.

    ``infos`` are the reports with facts, by id; ``reports`` counts all that were read. Indicators
    come by group, then by the report's time and place, all others by report and place.
    """

    reports: int
    infos: tuple[ReportInfo, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    projects: tuple[Project, ...]
    periods: tuple[Period, ...]
