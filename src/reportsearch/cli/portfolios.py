"""``portfolios``: the table, officials side by side, and how alike they are."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from reportsearch.archive import Archive
from reportsearch.cli.method_note import with_method_note
from reportsearch.cli.options import split_values
from reportsearch.cli.output import (
    UsageError,
    draw_plot,
    print_answer,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.output import tables


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    given = options.values
    options.values = split_values(given)
    if given and not options.values:
        raise UsageError("--values names no row; write for example --values A,B, or leave it out")
    if options.figures is not None and options.portfolio is None:
        raise UsageError("--figures is of one portfolio; name it: portfolios 文旅 --figures shared")
    if not options.similarity:
        return
    if options.portfolio is not None:
        raise UsageError(
            "--similarity compares officials; leave out PORTFOLIO, or choose the passages by "
            "--where portfolio=PORTFOLIO"
        )
    for option in ("by", "values"):
        if getattr(options, option):
            raise UsageError(f"--similarity compares officials; leave out --{option}")


def run(options: argparse.Namespace) -> int:
    """Ask, and print."""
    asked: dict[str, Any] = {
        "where": options.where,
        "by": "official" if options.by is None else options.by,
        "values": options.values,
    }
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        if options.similarity:
            similar = with_method_note(
                archive,
                options,
                archive.official_similarity,
                where=options.where,
                progress=advance,
            )
            draw_plot(options, archive, similar)
        elif options.portfolio is not None:
            side_by_side = with_method_note(
                archive, options, archive.portfolio, options.portfolio, progress=advance, **asked
            )
            draw_plot(options, archive, side_by_side)
        else:
            table = with_method_note(
                archive, options, archive.portfolios, progress=advance, **asked
            )
            draw_plot(options, archive, table)
        print_notes(archive, options)
    if options.similarity:
        show = partial(tables.official_similarity.print_table, limit=options.limit)
        print_answer(options, similar, show, tables.official_similarity.format_csv)
    elif options.figures is not None:
        figures = side_by_side.build_figure_table(shared=options.figures == "shared")
        show_figures = partial(tables.figures.print_table, limit=options.limit)
        print_answer(options, figures, show_figures, tables.figures.format_long_csv)
    elif options.portfolio is not None:
        show_officials = partial(tables.side_by_side.print_table, limit=options.limit)
        print_answer(options, side_by_side, show_officials, tables.side_by_side.format_csv)
    else:
        show_table = partial(tables.portfolios.print_table, limit=options.limit)
        print_answer(options, table, show_table, tables.portfolios.format_csv)
    return 0
