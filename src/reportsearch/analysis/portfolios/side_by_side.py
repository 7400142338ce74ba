"""Side-by-side comparison of officials within one portfolio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportsearch.analysis import facts
from reportsearch.analysis.corpus import Corpus, bind_stage, start_stage
from reportsearch.analysis.facts.extraction import FactExtractor
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.keywords import extract_by_group
from reportsearch.analysis.keywords.passage_groups import PassageGroup
from reportsearch.analysis.portfolios.figure_context import FigureContext, FigureContextReader
from reportsearch.analysis.portfolios.figures import OfficialFigure, build_figure_table
from reportsearch.analysis.portfolios.portfolio_counts import PortfolioCounts
from reportsearch.analysis.portfolios.rows import (
    RowSelection,
    count_chars,
    get_row_key,
    get_row_name,
    get_row_sort_key,
    make_mention_checker,
)
from reportsearch.analysis.portfolios.shared_text import OfficialText, find_shared_texts
from reportsearch.analysis.portfolios.weaknesses_and_plans import WeaknessesAndPlans
from reportsearch.analysis.shares import compute_share
from reportsearch.analysis.stages import COMPARING, READING_REPORTS
from reportsearch.errors import QueryError
from reportsearch.models.facts import Citation, Indicator, Project
from reportsearch.models.keywords import Keyword
from reportsearch.models.portfolios import PortfolioOfficial, Quoted, SharedText, SideBySide
from reportsearch.models.progress import StagedProgress
from reportsearch.models.report import Passage, Report
from reportsearch.models.summary import WEAKNESSES
from reportsearch.search import query

MAX_OFFICIALS = 500
"""Maximum number of officials in a comparison."""
MAX_TERMS = 10


@dataclass
class _OfficialRecord:
    """Data collected about an official, report by report."""

    portfolio_counts: PortfolioCounts
    group: PassageGroup
    years: dict[int, list[int]] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    weaknesses: list[Quoted] = field(default_factory=list)
    plans: list[Quoted] = field(default_factory=list)
    planned_indicators: list[Indicator] = field(default_factory=list)
    """Figures of plans for the portfolio that occur in passages about other portfolios."""
    contexts: dict[tuple[str, int], FigureContext] = field(default_factory=dict)
    """Context of each figure, by report and start."""

    def add(
        self, report: Report, portfolio: str, extractor: FactExtractor, quotes: WeaknessesAndPlans
    ) -> None:
        """Add a report."""
        self.portfolio_counts.add(report)
        own = [passage for passage in report.passages if portfolio in passage.portfolios]
        ids = {passage.id for passage in own}
        self.passages += own
        self.group.add(report, [passage.number for passage in own], {portfolio})
        if report.info.year:
            year = self.years.setdefault(report.info.year, [0, 0])
            year[0] += sum(count_chars(passage.text) for passage in own)
            year[1] += sum(count_chars(passage.text) for passage in report.passages)
        elsewhere = quotes.find_other_spans(report, portfolio)

        def concerns(one: Indicator | Citation | Project) -> bool:
            return one.passage in ids and not any(
                start <= one.start < end for start, end in elsewhere
            )

        found = extractor.extract(report)
        around = FigureContextReader(quotes.lexicon.figures).read_contexts(
            report.text, found.indicators
        )
        self.contexts |= {(report.id, start): context for start, context in around.items()}
        self.indicators += filter(concerns, found.indicators)
        self.citations += (one for one in found.citations if one.action and concerns(one))
        self.projects += filter(concerns, found.projects)
        for kind, quoted in quotes.iter_quotes(report, portfolio):
            (self.weaknesses if kind == WEAKNESSES else self.plans).append(quoted)
            if kind != WEAKNESSES and quoted.passage not in ids:
                self.planned_indicators += (
                    one for one in found.indicators if quoted.start <= one.start < quoted.end
                )

    def list_figures(self) -> list[OfficialFigure]:
        """Return the figures with their reports."""
        infos = {info.id: info for info in self.portfolio_counts.infos}
        return [
            OfficialFigure(
                value=self.portfolio_counts.value,
                figure=one,
                info=infos[one.report],
                context=self.contexts[one.report, one.start],
            )
            for one in (*self.indicators, *self.planned_indicators)
        ]


def compare_officials(
    corpus: Corpus, name: str, where: query.Where, groups: GroupBy, progress: StagedProgress | None
) -> SideBySide:
    """Compare officials within a portfolio; see ``Archive.portfolios``."""
    portfolio = query.make_filter("portfolio", name, corpus.lexicon).value
    row_selection = RowSelection.of(corpus, where, name).restrict_to(corpus, groups)
    by = groups.field
    _check_row_count(corpus, row_selection, portfolio, by)
    officials, without = _read_officials(corpus, row_selection, portfolio, by, progress)
    rows = sorted(
        officials, key=lambda row: get_row_sort_key(by, officials[row].portfolio_counts.value, row)
    )
    # The sort is stable, so equal shares keep the order of names.
    portions = {row: officials[row].portfolio_counts.build_portion(portfolio) for row in rows}
    rows.sort(key=lambda row: -portions[row].share)
    terms = find_distinctive_terms(corpus, [officials[row].group for row in rows], progress)
    shared = _find_shared_texts(corpus, [officials[row] for row in rows], progress)
    indicators = _group_indicators([officials[row].indicators for row in rows])
    figures = build_figure_table(
        corpus, portfolio, [one for row in rows for one in officials[row].list_figures()]
    )
    return SideBySide(
        portfolio=portfolio,
        by=by,
        reports=sum(len(officials[row].portfolio_counts.infos) for row in rows),
        without=without,
        officials=tuple(
            PortfolioOfficial(
                value=officials[row].portfolio_counts.value,
                reports=tuple(officials[row].portfolio_counts.infos),
                portion=portions[row],
                by_year=tuple(
                    (str(year), compute_share(*counted))
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


def _check_row_count(corpus: Corpus, row_selection: RowSelection, portfolio: str, by: str) -> None:
    """Raise QueryError for too many rows, before their reports are read."""
    chosen = {*row_selection.ids}
    rows = {
        get_row_key(info, by)
        for info in corpus.engine.report_infos()
        if info.id in chosen and row_selection.portfolios <= {*info.declared, *info.portfolios}
    }
    if len(rows) > MAX_OFFICIALS:
        raise QueryError(
            "{count:,} have {portfolio}, too many to show side by side (limit: "
            "{max_officials}); narrow them down with --where, for example year=2023, or omit "
            "the portfolio",
            count=len(rows),
            portfolio=portfolio,
            max_officials=MAX_OFFICIALS,
        )


def _read_officials(
    corpus: Corpus,
    row_selection: RowSelection,
    portfolio: str,
    by: str,
    progress: StagedProgress | None,
) -> tuple[dict[str, _OfficialRecord], int]:
    """Return the data of each official, and the number of reports without a row."""
    extractor = FactExtractor(corpus.lexicon, corpus.tokenizer)
    quotes = WeaknessesAndPlans(corpus.lexicon, corpus.tokenizer)
    officials: dict[str, _OfficialRecord] = {}
    mentions = make_mention_checker(corpus)
    without = 0
    for report in row_selection.iter_reports(corpus, bind_stage(progress, READING_REPORTS)):
        row = get_row_key(report.info, by)
        if row is None:
            without += 1
            continue
        if row not in officials:
            name = get_row_name(report.info, by)
            officials[row] = _OfficialRecord(
                PortfolioCounts(name, mentions), PassageGroup(row, name)
            )
        officials[row].add(report, portfolio, extractor, quotes)
    return officials, without


def find_distinctive_terms(
    corpus: Corpus, groups: Sequence[PassageGroup], progress: StagedProgress | None
) -> dict[str, tuple[Keyword, ...]]:
    """Return the distinctive terms of each group of passages, by group id."""
    groups = [group for group in groups if group.passage_numbers]
    if not groups:
        return {}
    found = extract_by_group(
        corpus, groups, MAX_TERMS, progress, with_formulae=False, max_cached=MAX_OFFICIALS
    )
    return {group.id: group.keywords for group in found}


def _find_shared_texts(
    corpus: Corpus, officials: Sequence[_OfficialRecord], progress: StagedProgress | None
) -> list[tuple[SharedText, ...]]:
    formula_index = corpus.load_formula_index(bind_stage(progress, READING_REPORTS))
    start_stage(progress, COMPARING)
    return find_shared_texts(
        [
            OfficialText.of(official.portfolio_counts.value, official.passages)
            for official in officials
        ],
        formula_index.mark_formulae,
        corpus.phrases.phrases,
    )


def _group_indicators(indicators: Sequence[Sequence[Indicator]]) -> list[tuple[Indicator, ...]]:
    """Return the figures of each official, with groups shared across officials."""
    together = iter(facts.split_by_dimension([one for own in indicators for one in own]))
    return [tuple(next(together) for _ in own) for own in indicators]
