"""``reuse``: text reuse of a report, of drafts or of the whole index, and year on year."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from reportsearch import files
from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.console import print_message, print_notes, show_progress
from reportsearch.cli.options import Commands
from reportsearch.cli.output import (
    prepare_note,
    print_answer,
    refuse_to_overwrite_source,
    run_analysis,
)
from reportsearch.errors import ExtractError
from reportsearch.locale import Translator
from reportsearch.models.report import Failure
from reportsearch.models.reuse import DEFAULT_MIN_CHARS, LOWEST_MIN_CHARS, Reuse
from reportsearch.models.year_on_year import YearOnYear
from reportsearch.output import json_csv
from reportsearch.output.tables import reuse, year_on_year

_DEFAULT_LIMIT = 20
_MATCHING_OPTIONS = ("min_chars", "formula_officials", "limit")
"""Options of the matching of text; sentences of two years are compared differently."""


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "reuse",
        t(
            "show how much of a report also occurs in others; without REPORT, which reports share "
            "the most text, and the boilerplate"
        ),
        "reportsearch reuse 甲县副县长2022 --format html --output reuse.html",
        run=run,
        check=check,
        documents=("docx", "html"),
    )
    parser.add_report(nargs="?")
    parser.add_argument(
        "--against",
        metavar="FILE",
        nargs="+",
        help=t("compare these files, which are not added to the index"),
    )
    parser.add_argument(
        "--official",
        metavar="NAME",
        help=t("the official whose files --against names, as written in the index"),
    )
    parser.add_argument(
        "--previous",
        metavar="REPORT",
        nargs="?",
        const="",
        help=t(
            "compare with the same official's previous report, or with this one: sentences "
            "kept, changed, dropped and new, and the passages nearest "
            "to last year's plans"
        ),
    )
    parser.add_number(
        "--min-chars",
        t(
            "minimum length of shared text in characters, {least} or more (default: {default})",
            least=LOWEST_MIN_CHARS,
            default=DEFAULT_MIN_CHARS,
        ),
        minimum=LOWEST_MIN_CHARS,
    )
    parser.add_number(
        "--formula-officials",
        t(
            "treat a string as boilerplate if it occurs in the reports of N or more officials, N "
            "being 2 or more (default: the square root of the number of officials, at least 4)"
        ),
        minimum=2,
    )
    parser.add_number(
        "--limit",
        t(
            "number of sources, or of pairs and boilerplate strings, shown in the table (default: "
            "{default})",
            default=_DEFAULT_LIMIT,
        ),
    )
    parser.add_output(t("docx and html"))
    parser.add_method_note()


def check(options: argparse.Namespace) -> None:
    """Raise UsageError if options conflict, and resolve which report is meant."""
    if options.report is None and options.previous and not options.against:
        # In reuse --previous REPORT, the only report named is the one to compare.
        options.report, options.previous = options.previous, ""
    name, drafts = options.report, options.against or []
    previous = options.previous is not None
    if name is not None and drafts:
        raise UsageError(
            "give either REPORT, or --against FILE for a report that is not in the index"
        )
    if options.official is not None and not drafts:
        raise UsageError("--official says whose the files are; give them with --against FILE")
    if previous and name is None and not drafts:
        raise UsageError("--previous requires REPORT or --against FILE")
    if previous and len(drafts) > 1:
        raise UsageError("--previous compares a single report; give --against one FILE")
    given = [option for option in _MATCHING_OPTIONS if getattr(options, option) is not None]
    if previous and given:
        raise UsageError(
            "--{replace} cannot be combined with --previous", replace=given[0].replace("_", "-")
        )
    if options.format in {"html", "docx"} and name is None and len(drafts) != 1:
        raise UsageError(
            "--format {format} requires REPORT, or --against with one FILE", format=options.format
        )


def run(options: argparse.Namespace) -> int:
    """Compare with all reports, or with --previous only with the report before."""
    if options.previous is not None:
        return _run_year_on_year(options)
    matching = {
        "min_chars": options.min_chars or DEFAULT_MIN_CHARS,
        "formula_officials": options.formula_officials,
    }
    limit = _DEFAULT_LIMIT if options.limit is None else options.limit
    if options.against:
        return _run_drafts(options, limit, matching)
    if options.report is None:
        pairs = run_analysis(options, Archive.reuse_pairs, limit=limit, **matching)
        print_answer(options, pairs, reuse.print_pairs, reuse.format_pairs_csv)
    else:
        _print_reuse(options, run_analysis(options, Archive.reuse, "report", **matching), limit)
    return 0


def _run_drafts(options: argparse.Namespace, limit: int, matching: dict[str, Any]) -> int:
    """Compare each draft; one that cannot be read does not stop the others."""
    drafts = options.against
    failed: list[Failure] = []
    found: list[Reuse] = []
    with Archive.open(options.index) as archive, show_progress(options) as progress:
        refuse_to_overwrite_source(archive, options)
        for number, file in enumerate(drafts):
            if progress and len(drafts) > 1:
                progress(number, len(drafts), file)
            try:
                found.append(
                    archive.reuse(
                        against=file, official=options.official, **matching, progress=progress
                    )
                )
            except ExtractError as error:
                failed.append(Failure(file, error.message))
        if not failed:
            # All drafts share one note.
            parameters = {"against": drafts, "official": options.official, **matching}
            prepare_note(archive, options, "reuse", found, parameters)
        print_notes(archive, options)
    for failure in failed:
        print_message(options.t.translate(failure.reason))
    if len(drafts) == 1:
        if found:
            _print_reuse(options, found[0], limit)
    elif options.format == "json":
        text = json_csv.to_json({"drafts": found, "failed": failed})
        json_csv.write_output(text, options.output)
    else:
        print_answer(options, found, partial(_print_tables, limit=limit), reuse.format_csv)
    return 1 if failed else 0


def _print_reuse(options: argparse.Namespace, found: Reuse, limit: int) -> None:
    print_answer(
        options,
        found,
        partial(reuse.print_table, limit=limit),
        lambda result: reuse.format_csv([result]),
        partial(_write_document, options, found),
    )


def _print_tables(results: list[Reuse], t: Translator, limit: int) -> None:
    for number, result in enumerate(results):
        if number:
            print()
        reuse.print_table(result, t, limit)


def _run_year_on_year(options: argparse.Namespace) -> int:
    found = run_analysis(
        options,
        Archive.year_on_year,
        *("report", "official"),
        against=options.against[0] if options.against else None,
        previous=options.previous or None,
    )
    document = partial(_write_document, options, found)
    print_answer(options, found, year_on_year.print_table, year_on_year.format_csv, document)
    return 0


def _write_document(options: argparse.Namespace, found: Reuse | YearOnYear, path: Path) -> None:
    """Write an HTML page or a Word file."""
    if options.format == "html":
        from reportsearch.output import html

        page = (
            html.render_reuse_page(found, options.t)
            if isinstance(found, Reuse)
            else html.render_year_on_year_page(found, options.t)
        )
        files.write_file(path, page.encode())
        return
    from reportsearch.output import word

    if isinstance(found, Reuse):
        word.write_reuse_document(found, path, options.t)
    else:
        word.write_year_on_year_document(found, path, options.t)
