"""How alike officials' reports are: a table of colours, with formulae and without."""

from __future__ import annotations

from reportsearch.errors import NothingToDrawError
from reportsearch.models import OfficialSimilarity
from reportsearch.plots.heat import HeatCell, heat
from reportsearch.plots.pictures import MOST_ROWS, Picture
from reportsearch.plots.text import unique
from reportsearch.wording.plots import Words


def draw(found: OfficialSimilarity, says: Words) -> Picture:
    """Above the diagonal with formulae, below it without."""
    if len(found.values) < 2:
        raise NothingToDrawError("there are fewer than two officials to compare")
    values = found.values[:MOST_ROWS]
    names = dict(zip(values, unique([(value, value) for value in values]), strict=True))
    place = {value: number for number, value in enumerate(values)}
    cells: list[HeatCell] = []
    rows: list[tuple[str, str, float, float]] = []
    for pair in found.pairs:
        if pair.value not in place or pair.other not in place:
            continue
        first, second = sorted((pair.value, pair.other), key=place.__getitem__)
        above, below = pair.with_formulae, pair.without_formulae
        cells.append(HeatCell(names[first], names[second], above, f"{above:.2f}"))
        cells.append(HeatCell(names[second], names[first], below, f"{below:.2f}"))
        rows.append((names[first], names[second], above, below))
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    chart, width = heat(cells, list(names.values()), list(names.values()), says("similarity_axis"))
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
