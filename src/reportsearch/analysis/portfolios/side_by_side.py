"""How officials report on one portfolio, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.analysis import facts
from reportsearch.analysis.corpus import Holdings, Told, stage
from reportsearch.analysis.facts.extraction import Extraction
from reportsearch.analysis.groups import Groups
from reportsearch.analysis.keywords.group_keywords import Selection
from reportsearch.analysis.keywords.groups import Group
from reportsearch.analysis.matching.formula_index import Commonplaces
from reportsearch.analysis.portfolios.counts import Tally
from reportsearch.analysis.portfolios.figure_context import Context, Contexts
from reportsearch.analysis.portfolios.figures import Found, table
from reportsearch.analysis.portfolios.rows import (
    Asked,
    mentions_of,
    name_of,
    order_of,
    rate,
    row_of,
    size_of,
)
from reportsearch.analysis.portfolios.shared_text import Side, shared_texts
from reportsearch.analysis.portfolios.weaknesses_and_plans import Remarks
from reportsearch.analysis.terms.corpus_counts import Counts, Words
from reportsearch.errors import QueryError
from reportsearch.models.facts import Citation, Indicator, Project
from reportsearch.models.keywords import Keyword
from reportsearch.models.portfolios import PortfolioOfficial, Quoted, SharedText, SideBySide
from reportsearch.models.report import Passage, Report
from reportsearch.models.summary import WEAKNESSES
from reportsearch.search import query
from reportsearch.structure.plans import plans

MOST = 500
"""Officials that are set side by side."""
TERMS = 10


@dataclass
class _Official:
    """What is found of an official, report by report."""

    tally: Tally
    group: Group
    years: dict[int, list[int]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    weaknesses: list[Quoted] = field(default_factory=list)
    plans: list[Quoted] = field(default_factory=list)
    planned: list[Indicator] = field(default_factory=list)
    """Figures of plans that speak of the portfolio and stand in passages about others."""
    coming: set[str] = field(default_factory=set)
    """Passages that say what is to come."""
    contexts: dict[tuple[str, int], Context] = field(default_factory=dict)
    """What stands around figures, by report and start."""

    def add(self, report: Report, portfolio: str, extraction: Extraction, remarks: Remarks) -> None:
        """Take in a report."""
        self.tally.add(report)
        self.coming.update(passage.id for passage in plans(report, remarks.words))
        own = [passage for passage in report.passages if portfolio in passage.portfolios]
        ids = {passage.id for passage in own}
        self.passages += own
        self.group.add(report, [passage.number for passage in own], {portfolio})
        if report.info.year:
            year = self.years.setdefault(report.info.year, [0, 0])
            year[0] += sum(size_of(passage.text) for passage in own)
            year[1] += sum(size_of(passage.text) for passage in report.passages)
        elsewhere = remarks.elsewhere(report, portfolio)

        def concerns(one: Indicator | Citation | Project) -> bool:
            return one.passage in ids and not any(
                start <= one.start < end for start, end in elsewhere
            )

        found = extraction.facts(report)
        around = Contexts(remarks.words.figures).of(report.text, found.indicators)
        self.contexts |= {(report.id, start): context for start, context in around.items()}
        self.indicators += filter(concerns, found.indicators)
        self.citations += (one for one in found.citations if one.action and concerns(one))
        self.projects += filter(concerns, found.projects)
        for kind, quoted in remarks.of(report, portfolio):
            (self.weaknesses if kind == WEAKNESSES else self.plans).append(quoted)
            if kind != WEAKNESSES and quoted.passage not in ids:
                self.planned += (
                    one for one in found.indicators if quoted.start <= one.start < quoted.end
                )

    def figures(self) -> list[Found]:
        """The figures, with their reports."""
        infos = {info.id: info for info in self.tally.infos}
        return [
            Found(
                value=self.tally.value,
                figure=one,
                info=infos[one.report],
                is_coming=one.passage in self.coming,
                context=self.contexts[one.report, one.start],
            )
            for one in (*self.indicators, *self.planned)
        ]


def ask(
    held: Holdings,
    name: str,
    where: query.Where,
    groups: Groups,
    progress: Told | None,
) -> SideBySide:
    """Officials side by side within a portfolio; see ``Archive.portfolios``."""
    portfolio = query.make_filter("portfolio", name, held.words).value
    asked = Asked.of(held, where, name).among(held, groups)
    by = groups.by
    _check(held, asked, portfolio, by)
    officials, without = _read(held, asked, portfolio, by, progress)
    rows = sorted(officials, key=lambda row: order_of(by, officials[row].tally.value, row))
    # Sorting keeps the order of names among equal shares.
    portions = {row: officials[row].tally.portion(portfolio) for row in rows}
    rows.sort(key=lambda row: -portions[row].share)
    terms = distinctive(held, [officials[row].group for row in rows], progress)
    shared = _shared(held, [officials[row] for row in rows], progress)
    indicators = _grouped([officials[row].indicators for row in rows])
    figures = table(held, portfolio, [one for row in rows for one in officials[row].figures()])
    return SideBySide(
        portfolio=portfolio,
        by=by,
        reports=sum(len(officials[row].tally.infos) for row in rows),
        without=without,
        officials=tuple(
            PortfolioOfficial(
                value=officials[row].tally.value,
                reports=tuple(officials[row].tally.infos),
                portion=portions[row],
                by_year=tuple(
                    (str(year), rate(*counted))
                    for year, counted in sorted(officials[row].years.items())
                ),
                terms=terms.get(officials[row].group.id, ()),
                indicators=indicators[place],
                citations=tuple(officials[row].citations),
                projects=tuple(officials[row].projects),
                shared=shared[place],
                weaknesses=tuple(officials[row].weaknesses),
                plans=tuple(officials[row].plans),
            )
            for place, row in enumerate(rows)
        ),
        figures=figures.rows,
        shared=figures.shared,
    )


def _check(held: Holdings, asked: Asked, portfolio: str, by: str) -> None:
    """Raise QueryError when there are too many, before their reports are read."""
    chosen = {*asked.ids}
    rows = {
        row_of(info, by)
        for info in held.engine.infos()
        if info.id in chosen and asked.portfolios <= {*info.declared, *info.portfolios}
    }
    if len(rows) > MOST:
        raise QueryError(
            f"{len(rows):,} have {portfolio}, the most that can be set side by side is {MOST}; "
            f"choose among them by --where, for example year=2023, or leave out the portfolio"
        )


def _read(
    held: Holdings, asked: Asked, portfolio: str, by: str, progress: Told | None
) -> tuple[dict[str, _Official], int]:
    """What is found of each official, and how many reports are in no row."""
    extraction = Extraction(held.words, held.tokenizer)
    remarks = Remarks(held.words, held.tokenizer)
    officials: dict[str, _Official] = {}
    mentions = mentions_of(held)
    without = 0
    for report in asked.reports(held, stage(progress, "reading the reports")):
        row = row_of(report.info, by)
        if row is None:
            without += 1
            continue
        if row not in officials:
            name = name_of(report.info, by)
            officials[row] = _Official(Tally(name, mentions), Group(row, name))
        officials[row].add(report, portfolio, extraction, remarks)
    return officials, without


def distinctive(
    held: Holdings, groups: Sequence[Group], progress: Told | None
) -> dict[str, tuple[Keyword, ...]]:
    """The terms that set each group of passages apart, by the group's id."""
    groups = [group for group in groups if group.chosen]
    if not groups:
        return {}
    held.vectors(stage(progress, "counting words"))
    counts = Counts(held, held.text(stage(progress, "reading the reports")))
    selections = []
    wanted: dict[Words, None] = {}
    for number, group in enumerate(groups):
        if progress:
            progress(number, len(groups), "looking for terms")
        selections.append(Selection(held, group))
        wanted.update(dict.fromkeys(selections[-1].asked))
    counts.learn(wanted, stage(progress, "counting terms"))
    return {
        group.id: selection.keywords(counts, TERMS, with_formulae=False).keywords
        for group, selection in zip(groups, selections, strict=True)
    }


def _shared(
    held: Holdings, officials: Sequence[_Official], progress: Told | None
) -> list[tuple[SharedText, ...]]:
    collection = held.collection(stage(progress, "reading the reports"))
    if progress:
        progress(0, 0, "comparing")
    commonplaces = Commonplaces(
        held.vectors(), collection, held.phrases, collection.formula_officials
    )
    return shared_texts(
        [Side.of(official.tally.value, official.passages) for official in officials],
        commonplaces.mask,
        held.phrases.phrases,
    )


def _grouped(indicators: Sequence[Sequence[Indicator]]) -> list[tuple[Indicator, ...]]:
    """The figures of each official, with groups that are the same for all."""
    together = iter(facts.apart([one for own in indicators for one in own]))
    return [tuple(next(together) for _ in own) for own in indicators]
