"""The results of facts: figures, documents, projects and periods that a report states."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.models.report import ReportInfo

INDICATORS = "indicators"
CITATIONS = "citations"
PROJECTS = "projects"
PERIODS = "periods"
BASE, BEFORE = "base", "before"
"""Roles of figures that are no results: what a change is compared with, and where it started."""
FROM_TEXT, FROM_SECTION, FROM_REPORT = "text", "section", "report"
PERIOD_SOURCES = (FROM_TEXT, FROM_SECTION, FROM_REPORT)
"""Where the period of a figure is from.

Its own sentence states it, or the heading or leading sentence of its section; or nothing does, and
it is inferred from the year that the report is about.
"""
ONE_YEAR, YEARLY, CUMULATIVE, AT_END = "year", "yearly", "cumulative", "end"
FIGURE_SPANS = (ONE_YEAR, YEARLY, CUMULATIVE, AT_END)
"""How a figure covers its period: it is the value of a year or less; a mean or an amount per year
(年均, 每年); a sum or a change since some time, or over more than a year (累计, 五年来); or the
level at the end of such a period.
"""
FACT_KINDS = (INDICATORS, CITATIONS, PROJECTS, PERIODS)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure: how much or how many of something.

    ``name`` is what is measured, as written; ``name_start`` and ``name_end`` span it if it is a
    single stretch of the text. ``verb`` is what was done with it (整改, 排查). ``group`` is the
    name under which it is grouped with the same figures of other reports, ``wording`` the clause
    that contains it. ``start`` and ``end`` span the number with its qualifier and unit, ``text`` is
    that span as written.

    ``value``, or ``low`` and ``high`` of a range, are in ``unit`` as written; in ``base_unit`` 万,
    亿, 千 and 百 are multiplied out, and 成 is 10 %. All are None if the number is ``masked``
    (``*亿元``), which never means zero. ``qualifier`` is 约, 以上, ..., ``change`` the words of a
    change (同比增长), empty for a level. ``period`` is the expression of time that applies,
    ``first`` and ``last`` its months as YYYY-MM if known. ``is_plan`` means that it is a target.

    ``per`` is the amount that it is per (每10万人, 每人每月), ``multiplied`` what 倍 multiplies
    (2020年 in 是2020年的1.8倍). ``role`` is empty for a result, ``base`` for what a change is
    compared with (较上年末的9323亿元), and ``before`` for where it started (由118.6下降到113.4).
    Neither is a target.

    ``period_source`` is one of PERIOD_SOURCES, ``span`` one of FIGURE_SPANS; both are empty if
    unknown.
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
    period_source: str = ""
    span: str = ""
    per: str = ""
    multiplied: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """A document in 《》 and what was done with it (制定印发); no ``action`` if only a basis."""

    report: str
    passage: str
    section: tuple[str, ...]
    title: str
    action: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Project:
    """A project that is built, repaired, planned or signed, and what is said of it.

    ``state`` is 谋划, 签约, 启动, 推进, 主体, 建成 or 停滞; ``verb`` is the wording that shows it.
    ``start`` and ``end`` span the name, without what is done to a work that stands already:
    改造东山小区 names 东山小区改造 and spans 东山小区.
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
    """An expression of time; ``first`` and ``last`` are months as YYYY-MM, None if unknown."""

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
    """The facts of a report; each kind is sorted by position.

    ``portfolios`` are those declared and those of its sections. ``is_draft`` means that the report
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
    are sorted by group, then by the report's time and position, the others by report and position.
    """

    reports: int
    infos: tuple[ReportInfo, ...]
    indicators: tuple[Indicator, ...]
    citations: tuple[Citation, ...]
    projects: tuple[Project, ...]
    periods: tuple[Period, ...]
