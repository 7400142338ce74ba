"""Tables of the similarity of officials: a matrix if it fits, and the most similar pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportsearch.locale import Translator
from reportsearch.models.portfolios import OfficialSimilarity, Quoted, SimilarPair
from reportsearch.output.json_csv import to_csv
from reportsearch.output.tables.cells import collapse_blanks, count_groups, pad_text, truncate_text
from reportsearch.output.terminal import (
    DIM,
    LIMIT_OR_CSV,
    create_console,
    join_facts,
    paint,
    print_more,
    print_text,
    wrap_text,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_CELL_WIDTH = 4
_NAME_WIDTHS = (16, 30)
"""The fewest and the most columns for names next to the matrix."""
_MIN_HIGHLIGHTED = 20
"""Hundredths from which a similarity is highlighted."""
_MAX_CHARS = 90
_MAX_QUOTED_PAIRS = 10
"""Maximum number of pairs shown with their passages."""


def print_table(found: OfficialSimilarity, t: Translator, limit: int) -> None:
    """Print the officials as a matrix, then the most similar pairs."""
    out = create_console()
    counted = (
        count_groups(len(found.values), "official", t),
        t.ngettext("{number} report", "{number} reports", found.reports),
    )
    print_text(out, join_facts(counted, DIM))
    if len(found.values) < 2:
        few = t("Fewer than two officials to compare; check --where, or index more reports")
        print_text(out, few)
        return
    room = out.width - len(found.values) * _CELL_WIDTH - 4
    if room >= _NAME_WIDTHS[0]:
        _print_matrix(out, found, min(room, _NAME_WIDTHS[1]), t)
    _print_pairs(out, found, limit, t)


def _print_matrix(out: Console, found: OfficialSimilarity, width: int, t: Translator) -> None:
    """Print similarities in hundredths, without boilerplate above the diagonal, with it below."""
    cells: dict[tuple[int, int], float] = {}
    for pair in found.pairs:
        one, other = sorted((pair.place, pair.other_place))
        cells[one, other] = pair.without_formulae
        cells[other, one] = pair.with_formulae
    note = t("similarity × 100: without boilerplate above the diagonal, with it below")
    print_text(out, note, style=DIM)
    out.print()
    heads = "".join(f"{number:>{_CELL_WIDTH}}" for number in range(1, len(found.values) + 1))
    print_text(out, " " * (width + 4) + heads, style=DIM)
    for place, value in enumerate(found.values):
        shown = paint(f"{place + 1:>2}  {pad_text(truncate_text(value, width), width)}")
        for other in range(len(found.values)):
            if other == place:
                shown += paint(f"{'—':>{_CELL_WIDTH}}", DIM)
                continue
            share = round(cells[place, other] * 100)
            shown += paint(f"{share:>{_CELL_WIDTH}}", "bold" if share >= _MIN_HIGHLIGHTED else "")
        print_text(out, shown)


def _print_pairs(out: Console, found: OfficialSimilarity, limit: int, t: Translator) -> None:
    """Print the most similar pairs with their common terms, and the first ones with passages."""
    out.print()
    about = t("similarity without boilerplate, with boilerplate")
    print_text(out, paint(t("Most similar"), "bold") + paint(f"  {about}", DIM))
    for rank, pair in enumerate(found.pairs[:limit], 1):
        scores = f"{pair.without_formulae:.2f}  {pair.with_formulae:.2f}"
        names = paint(f"{collapse_blanks(pair.value)} — {collapse_blanks(pair.other)}", "bold")
        head = f"{rank:>3}  {scores}  "
        first, *more = wrap_text(names, max(out.width - len(head), 20))
        print_text(out, paint(head) + first)
        for part in more:
            print_text(out, part, len(head))
        if pair.terms:
            print_text(out, "、".join(pair.terms), 17, DIM)
        if rank <= _MAX_QUOTED_PAIRS:
            for quoted in pair.passages:
                print_text(out, _format_quotation(quoted), 17)
    print_more(out, len(found.pairs) - limit, LIMIT_OR_CSV, t, 2)


def _format_quotation(quoted: Quoted) -> Text:
    text = quoted.text.replace("\n", "　")
    if len(text) > _MAX_CHARS:
        text = text[:_MAX_CHARS] + "…"
    return paint(text) + paint(f"  {quoted.passage}", DIM)


def format_csv(found: OfficialSimilarity, t: Translator | None = None) -> str:
    """Format one row per pair."""
    header = (
        "rank", "official", "other", "without_formulae", "with_formulae", "terms", "passage",
        "start", "end", "text", "other_passage", "other_start", "other_end", "other_text",
    )  # fmt: skip
    lines = [
        (
            rank, pair.value, pair.other, pair.without_formulae, pair.with_formulae,
            "、".join(pair.terms), *_list_evidence(pair),
        )
        for rank, pair in enumerate(found.pairs, 1)
    ]  # fmt: skip
    return to_csv(header, lines, t)


def _list_evidence(pair: SimilarPair) -> list[object]:
    if not pair.passages:
        return [""] * 8
    return [
        value
        for quoted in pair.passages
        for value in (quoted.passage, quoted.start, quoted.end, quoted.text)
    ]
