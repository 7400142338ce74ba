"""How alike officials' reports are: a table of colours, with formulae and without."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.locale.plots import Words
from reportsearch.models.portfolios import OfficialSimilarity
from reportsearch.output.plots.heat import HeatCell, heat
from reportsearch.output.plots.pictures import MOST_ROWS, Picture
from reportsearch.output.plots.text import unique


def draw(found: OfficialSimilarity, says: Words) -> Picture:
    """Above the diagonal without formulae, below it with them, as in the table."""
    if len(found.values) < 2:
        raise NothingToDrawError("there are fewer than two officials to compare")
    values = found.values[:MOST_ROWS]
    names = unique([(value, value) for value in values])
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
    chart, width = heat(cells, names, names, says("similarity_axis"))
    return Picture(
        title=says("similarity"),
        caption=says.sentences(
            says.reports(found.reports),
            says("triangles"),
            says(
                "first_of",
                shown=len(values),
                all=len(found.values),
                what=says("officials_name"),
            )
            if len(values) < len(found.values)
            else "",
        ),
        language=says.language,
        chart=chart,
        width=width,
        columns=(
            says("official_one"),
            says("official_other"),
            says("with_formulae"),
            says("without_formulae"),
        ),
        rows=tuple(rows),
    )
