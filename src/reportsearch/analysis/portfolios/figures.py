"""The table of figures within a portfolio: comparable figures share a row, with their years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.facts.comparable_figures import FigureKey, FigureKeyBuilder
from reportsearch.analysis.facts.periods import ReportYears
from reportsearch.analysis.portfolios.figure_context import FigureContext, FigureContextReader
from reportsearch.models.facts import AT_END, BASE, FROM_REPORT, Indicator
from reportsearch.models.portfolios import (
    BEFORE_CHANGE,
    INFERRED_YEAR,
    NEXT_YEAR,
    REPORTED_YEAR,
    STATED_YEAR,
    Figure,
    FigureRow,
)
from reportsearch.models.report import ReportInfo
from reportsearch.normalise import fold

_YEAR = re.compile(r"(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2}")
_MAX_NAME_CHARS = 16
"""Maximum number of characters taken from the text before an unnamed figure."""
_FROM_TO = re.compile("从[^，,。;；]{1,8}到[^，,。;；]{1,8}?(?=仅|只|共|用|花)")
"""A process whose duration the figure gives: 从洽谈到开工仅用126天."""

_NO_CONTEXT = FigureContext()


@dataclass(frozen=True)
class OfficialFigure:
    """A figure of an official; ``is_base`` marks the level before a change."""

    value: str
    figure: Indicator
    info: ReportInfo
    is_base: bool = False
    context: FigureContext = _NO_CONTEXT

    @property
    def name(self) -> str:
        """Return the name that the report uses, or the words before an unnamed figure."""
        own = self.figure.verb + self.figure.name
        if own:
            return self.context.lead + own
        before = self.figure.wording.removesuffix(self.figure.text)
        taken = _FROM_TO.search(before)
        return taken[0] if taken else before[-_MAX_NAME_CHARS:] or self.figure.wording

    @property
    def is_named(self) -> bool:
        """Return whether the report has a name for the figure."""
        return bool(self.figure.verb + self.figure.name)


@dataclass(frozen=True)
class OfficialFigureTable:
    """The rows; the first ``shared`` belong to families that several officials report."""

    rows: tuple[FigureRow, ...]
    shared: int


def build_figure_table(
    corpus: Corpus, portfolio: str, official_figures: Sequence[OfficialFigure]
) -> OfficialFigureTable:
    """Build the table from the figures, which are ordered by official and time."""
    rows = FigureKeyBuilder(
        corpus.lexicon, lambda text: [token.text for token in corpus.tokenizer.cut(text)]
    )
    contexts = FigureContextReader(corpus.lexicon.figures)
    kept: dict[FigureKey | tuple[object, ...], list[OfficialFigure]] = defaultdict(list)
    families: dict[object, dict[FigureKey | tuple[object, ...], None]] = defaultdict(dict)
    for number, one in enumerate(official_figures):
        if one.context.is_threshold or one.figure.role == BASE:
            # A threshold belongs to the name of the neighbouring number; what a change is compared
            # with is no result of this report.
            continue
        key = rows.build_key(one.figure, official_figures[number - 1].figure if number else None)
        # A figure that matches nothing gets its own row.
        place = key or (*rows.build_key_of_kind(one.figure), number)
        after = official_figures[number + 1].figure if number + 1 < len(official_figures) else None
        kept[place].append(replace(one, is_base=rows.is_before_change(one.figure, after)))
        families[key[0] if key else number][place] = None
    verbs = corpus.lexicon.figures.verbs
    listed = {name: at for group in corpus.lexicon.figures.names for at, name in enumerate(group)}
    made = {
        place: _build_row(kept[place], place, name, contexts)
        for family in families.values()
        for name in [_choose_name([one for place in family for one in kept[place]], verbs, listed)]
        for place in family
    }
    named = _make_item_checker(corpus, portfolio)

    def has_counted_noun(place: FigureKey | tuple[object, ...]) -> bool:
        """Check whether a name has a noun that states what is counted."""
        return any(one.is_named and rows.has_head(one.name) for one in kept[place])

    def rank(family: Collection[FigureKey | tuple[object, ...]]) -> tuple[int, bool, bool]:
        """Rank by most officials in a row, then names of the portfolio, then counted nouns."""
        own = [made[place] for place in family]
        is_of_it = any(named(row.name) for row in own)
        return -max(row.values for row in own), not is_of_it, not any(map(has_counted_noun, family))

    ordered = sorted(families.values(), key=rank)
    ranked = [
        [made[place] for place in sorted(family, key=lambda place: _get_row_sort_key(made[place]))]
        for family in ordered
    ]
    several = [family for family in ranked if max(row.values for row in family) > 1]
    return OfficialFigureTable(
        rows=tuple(row for family in ranked for row in family), shared=sum(map(len, several))
    )


def _get_row_sort_key(row: FigureRow) -> tuple[bool, str, str, int, str]:
    """Return a sort key for rows of a family: results before plans, levels before changes."""
    return row.is_plan, row.change, row.span, -row.values, row.unit


def _make_item_checker(corpus: Corpus, portfolio: str) -> Callable[[str], bool]:
    """Return a function that checks a figure's name for an item of the portfolio."""
    items = [
        item for item, names in corpus.lexicon.portfolios_by_item.items() if portfolio in names
    ]

    def has_item(name: str) -> bool:
        folded = fold(name)
        return any(item in folded for item in items)

    return has_item


def _build_row(
    ones: Sequence[OfficialFigure],
    place: Sequence[object],
    name: str,
    contexts: FigureContextReader,
) -> FigureRow:
    officials = dict.fromkeys(one.value for one in ones)
    figures = [_build_figure(one, contexts) for one in ones]
    return FigureRow(
        name=name,
        change=str(place[2]),
        is_plan=bool(place[3]),
        span=str(place[4]),
        unit=_find_most_frequent(figure.unit for figure in figures),
        values=len(officials),
        figures=tuple(figure for value in officials for figure in figures if figure.value == value),
    )


def _find_most_frequent(texts: Iterable[str]) -> str:
    counted = Counter(texts)
    return min(counted, key=lambda text: (-counted[text], len(text), text))


def _choose_name(
    ones: Sequence[OfficialFigure], verbs: Collection[str], listed: Mapping[str, int]
) -> str:
    """Return the name used by most officials; ties go to the list order, frequency, brevity."""
    officials: dict[str, set[str]] = defaultdict(set)
    counted: Counter[str] = Counter()
    for one in ones:
        is_bare = fold(one.figure.verb) in verbs and one.figure.name
        name = one.context.lead + one.figure.name if is_bare else one.name
        officials[name].add(one.value)
        counted[name] += 1

    def rank(name: str) -> tuple[int, int, int, int, str]:
        at = listed.get(fold(name), len(listed))
        return -len(officials[name]), at, -counted[name], len(name), name

    return min(counted, key=rank)


def _build_figure(one: OfficialFigure, contexts: FigureContextReader) -> Figure:
    figure = one.figure
    year, year_from = infer_years(one)
    return Figure(
        value=one.value,
        name=one.name,
        text=f"{figure.change}{figure.text}",
        number=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        masked=figure.masked,
        period="" if figure.period_source == FROM_REPORT else figure.period,
        year=year,
        year_from=year_from,
        scope=one.context.threshold or contexts.find_scope(figure.verb + figure.name),
        is_part=one.context.is_part,
        sentence=one.context.sentence,
        report=figure.report,
        passage=figure.passage,
        start=figure.start,
        end=figure.end,
    )


def infer_years(one: OfficialFigure) -> tuple[str, str]:
    """Return the years a figure applies to, and their source, one of YEAR_SOURCES.

    A level at the end of several years belongs to the last of them.
    """
    figure, when = one.figure, ReportYears.of(one.info)
    if one.is_base:
        return "", BEFORE_CHANGE
    first, last = figure.first or "", figure.last or ""
    if figure.span == AT_END:
        first = last = last or first
    years = first[:4], last[:4]
    stated = years[0] if years[0] == years[1] else "-".join(years)
    is_stated = figure.period_source != FROM_REPORT and _YEAR.search(fold(figure.period))
    return stated, STATED_YEAR if is_stated else _classify_year_source(stated, when)


def _classify_year_source(year: str, when: ReportYears) -> str:
    if not year:
        return ""
    if year == str(when.about):
        return REPORTED_YEAR
    return NEXT_YEAR if year == str(when.coming) else INFERRED_YEAR
