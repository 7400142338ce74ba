"""How alike officials are: a matrix where there is room, and the most similar pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.models.portfolios import OfficialSimilarity, Quoted, SimilarPair
from reportsearch.output.json_csv import to_csv
from reportsearch.output.tables.cells import cut, flat, padded
from reportsearch.output.terminal import DIM, console, count, fit, line, show

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_CELL = 4
_NAMES = (16, 30)
"""Columns of the names beside the matrix: the fewest that can be read, and the most."""
_STRIKING = 20
"""Hundredths that stand out."""
_LONGEST = 90
_PAIRS = 10
"""Pairs that are shown with their passages."""


def table(found: OfficialSimilarity, limit: int) -> None:
    """The officials in order, each with each; then the pairs that are most alike."""
    out = console()
    counted = (count(len(found.values), "official"), count(found.reports, "report"))
    show(out, line(counted, DIM))
    if len(found.values) < 2:
        told = "There is nothing to compare it with" if found.values else "No passage is compared"
        show(out, line([f"{told}; check --where, or index more reports"]))
        return
    room = out.width - len(found.values) * _CELL - 4
    if room >= _NAMES[0]:
        _matrix(out, found, min(room, _NAMES[1]))
    _pairs(out, found, limit)


def _matrix(out: Console, found: OfficialSimilarity, width: int) -> None:
    """Hundredths; above the diagonal without formulae, below it with them, as in the picture."""
    from rich.text import Text

    cells: dict[tuple[int, int], float] = {}
    for pair in found.pairs:
        one, other = sorted((pair.place, pair.other_place))
        cells[one, other] = pair.without_formulae
        cells[other, one] = pair.with_formulae
    told = "similarity in hundredths: above the diagonal without formulae, below it with them"
    show(out, line([told], DIM))
    out.print()
    heads = "".join(f"{number:>{_CELL}}" for number in range(1, len(found.values) + 1))
    show(out, Text(" " * (width + 4) + heads, style=DIM))
    for place, value in enumerate(found.values):
        shown = Text(f"{place + 1:>2}  {padded(cut(value, width), width)}")
        for other in range(len(found.values)):
            if other == place:
                shown += Text(f"{'—':>{_CELL}}", style=DIM)
                continue
            share = round(cells[place, other] * 100)
            shown += Text(f"{share:>{_CELL}}", style="bold" if share >= _STRIKING else "")
        show(out, shown)


def _pairs(out: Console, found: OfficialSimilarity, limit: int) -> None:
    """The most similar pairs with words, and the first with passages."""
    from rich.text import Text

    out.print()
    show(out, Text("Most alike", style="bold") + Text("  without formulae, with", style=DIM))
    for rank, pair in enumerate(found.pairs[:limit], 1):
        scores = f"{pair.without_formulae:.2f}  {pair.with_formulae:.2f}"
        names = Text(f"{flat(pair.value)} — {flat(pair.other)}", style="bold")
        head = f"{rank:>3}  {scores}  "
        first, *more = fit(names, max(out.width - len(head), 20))
        show(out, Text(head) + first)
        for part in more:
            show(out, part, len(head))
        if pair.terms:
            show(out, Text("、".join(pair.terms), style=DIM), 17)
        if rank <= _PAIRS:
            for quoted in pair.passages:
                show(out, _quoted(quoted), 17)
    if len(found.pairs) > limit:
        rest = f"… and {len(found.pairs) - limit} more; --limit N shows more, --format csv all"
        show(out, Text(rest), 2)


def _quoted(quoted: Quoted) -> Text:
    from rich.text import Text

    text = quoted.text.replace("\n", "　")
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return Text(text) + Text(f"  {quoted.passage}", style=DIM)


def rows(found: OfficialSimilarity) -> str:
    """A line for each pair."""
    header = (
        "rank", "official", "other", "without_formulae", "with_formulae", "terms", "passage",
        "start", "end", "text", "other_passage", "other_start", "other_end", "other_text",
    )  # fmt: skip
    lines = [
        (
            rank, pair.value, pair.other, pair.without_formulae, pair.with_formulae,
            "、".join(pair.terms), *_evidence(pair),
        )
        for rank, pair in enumerate(found.pairs, 1)
    ]  # fmt: skip
    return to_csv(header, lines)


def _evidence(pair: SimilarPair) -> list[object]:
    if not pair.passages:
        return [""] * 8
    return [
        value
        for quoted in pair.passages
        for value in (quoted.passage, quoted.start, quoted.end, quoted.text)
    ]
