"""Heatmap of the similarity of officials' reports, with and without formulae."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale import Translator
from reportsearch.models.portfolios import OfficialSimilarity
from reportsearch.output.plots.heatmap import HeatCell, build_heatmap
from reportsearch.output.plots.picture import MAX_ROWS, Picture
from reportsearch.output.plots.text import make_unique_names
from reportsearch.output.plots.wording import OFFICIALS, build_caption, count_reports, state_cut


def draw(found: OfficialSimilarity, t: Translator) -> Picture:
    """Draw similarities without formulae above the diagonal, with them below, as in the table."""
    if len(found.values) < 2:
        raise NothingToDrawError("there are fewer than two officials to compare")
    values = found.values[:MAX_ROWS]
    names = make_unique_names([(value, value) for value in values])
    cells: list[HeatCell] = []
    rows: list[tuple[str, str, float, float]] = []
    for pair in found.pairs:
        first, second = sorted((pair.place, pair.other_place))
        if second >= len(names):
            continue
        one, other = names[first], names[second]
        above, below = pair.without_formulae, pair.with_formulae
        cells.append(HeatCell(one, other, above, f"{above:.2f}"))
        cells.append(HeatCell(other, one, below, f"{below:.2f}"))
        rows.append((one, other, below, above))
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    chart, width = build_heatmap(cells, names, names, t("Similarity (0–1)"))
    return Picture(
        title=t("Similarity of officials' reports"),
        caption=build_caption(
            t,
            count_reports(t, found.reports),
            t("Above the diagonal without boilerplate, below with it"),
            state_cut(t, OFFICIALS, len(values), len(found.values)),
        ),
        language=t.language,
        chart=chart,
        width=width,
        columns=(
            t("Official"),
            t("Other official"),
            t("With boilerplate"),
            t("Without boilerplate"),
        ),
        rows=tuple(rows),
    )
