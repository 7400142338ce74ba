"""``portfolios``: the table, officials side by side, and how alike they are."""

from __future__ import annotations

import argparse
from functools import partial

from reportsearch.archive import Archive
from reportsearch.cli.method_note import noted, prepare
from reportsearch.cli.options import named
from reportsearch.cli.output import UsageError, answer, notes, plot, progress, spare
from reportsearch.output import tables as views


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together."""
    given = options.values
    options.values = named(given)
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
    by = "official" if options.by is None else options.by
    with Archive.open(options.index) as archive, progress(options) as advance:
        spare(archive, options.output)
        if options.similarity:
            similar = noted(
                archive,
                options,
                archive.official_similarity,
                where=options.where,
                progress=advance,
            )
            plot(options, archive, similar)
        elif options.portfolio is not None:
            beside = archive.portfolios(
                options.portfolio,
                where=options.where,
                by=by,
                values=options.values,
                progress=advance,
            )
            prepare(
                archive,
                options,
                archive.portfolios,
                beside,
                options.portfolio,
                where=options.where,
                by=by,
                values=options.values,
            )
            plot(options, archive, beside)
        else:
            asked = {"where": options.where, "by": by, "values": options.values}
            table = archive.portfolios(**asked, progress=advance)
            prepare(archive, options, archive.portfolios, table, **asked)
            plot(options, archive, table)
        notes(archive, options)
    if options.similarity:
        show = partial(views.official_similarity.table, limit=options.limit)
        answer(options, similar, show, views.official_similarity.rows)
    elif options.figures is not None:
        figures = beside.table(shared=options.figures == "shared")
        show_figures = partial(views.figures.table, limit=options.limit)
        answer(options, figures, show_figures, views.figures.long_rows)
    elif options.portfolio is not None:
        show_beside = partial(views.side_by_side.table, limit=options.limit)
        answer(options, beside, show_beside, views.side_by_side.rows)
    else:
        show_table = partial(views.portfolios.table, limit=options.limit)
        answer(options, table, show_table, views.portfolios.rows)
    return 0
