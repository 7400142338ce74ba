"""``reuse``: of a report, of drafts, of the whole index, and of a report and the one before."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from reportsearch import files as output
from reportsearch.archive import Archive
from reportsearch.cli.method_note import prepare_note, with_method_note
from reportsearch.cli.output import (
    UsageError,
    print_answer,
    print_message,
    print_notes,
    refuse_to_overwrite_source,
    show_progress,
)
from reportsearch.errors import ExtractError
from reportsearch.files import resolve_path
from reportsearch.models.report import Failure
from reportsearch.models.reuse import DEFAULT_MIN_CHARS, Reuse, ReusePairs, YearOnYear
from reportsearch.output import json_csv, tables

_DEFAULT_LIMIT = 20
# What tells how text is compared; the sentences of two years are set against each other otherwise.
_MATCHING_OPTIONS = ("min_chars", "formula_officials", "limit")


def check(options: argparse.Namespace) -> None:
    """Raise UsageError when options do not go together; sort out which report is meant."""
    if options.report is None and options.previous and not options.against:
        # reuse --previous REPORT: the only report that is named is the one that is asked about.
        options.report, options.previous = options.previous, ""
    name, files = options.report, options.against or []
    previous = options.previous is not None
    if name is not None and files:
        raise UsageError("give REPORT, or --against FILE for a report that is not in the index")
    if options.official is not None and not files:
        raise UsageError("--official tells whose the files of --against are")
    if previous and name is None and not files:
        raise UsageError("--previous needs REPORT, or --against FILE")
    if previous and len(files) > 1:
        raise UsageError("--previous takes one FILE of --against")
    if previous and any(getattr(options, option) is not None for option in _MATCHING_OPTIONS):
        given = next(option for option in _MATCHING_OPTIONS if getattr(options, option) is not None)
        raise UsageError(f"--{given.replace('_', '-')} does not go with --previous")
    if options.output and resolve_path(options.output) in map(resolve_path, files):
        raise UsageError(f"{options.output} is what is to be compared; name another file")
    if options.format in {"html", "docx"} and name is None and len(files) != 1:
        raise UsageError(f"--format {options.format} needs REPORT, or one FILE of --against")


def run(options: argparse.Namespace) -> int:
    """Compare, and print."""
    if options.previous is not None:
        return _run_year_on_year(options)
    limit = _DEFAULT_LIMIT if options.limit is None else options.limit
    failed: list[Failure] = []
    found: list[Reuse] = []
    pairs: ReusePairs | None = None
    with Archive.open(options.index) as archive, show_progress(options) as advance:
        refuse_to_overwrite_source(archive, options.output)
        settings: dict[str, Any] = {
            "min_chars": DEFAULT_MIN_CHARS if options.min_chars is None else options.min_chars,
            "formula_officials": options.formula_officials,
            "progress": advance,
        }
        if options.report is not None:
            found.append(archive.reuse(options.report, **settings))
        elif options.against:
            files = options.against
            for number, file in enumerate(files):
                if advance and len(files) > 1:
                    advance(number, len(files), file)
                try:
                    draft = archive.reuse(against=file, official=options.official, **settings)
                    found.append(draft)
                except ExtractError as error:
                    failed.append(Failure(file, str(error)))
        else:
            pairs = archive.reuse_pairs(limit=limit, **settings)
        if not failed:
            _prepare_method_note(archive, options, pairs or found, settings, limit)
        print_notes(archive, options)
        _warn_unknown_official(archive, options)
    for failure in failed:
        print_message(failure.reason)
    if pairs is not None:
        print_answer(options, pairs, tables.reuse.print_pairs, tables.reuse.format_pairs_csv)
    elif found or len(options.against) > 1:
        _print_reuse(options, found, failed, limit)
    return 1 if failed else 0


def _print_reuse(
    options: argparse.Namespace, found: list[Reuse], failed: list[Failure], limit: int
) -> None:
    """One report or draft as it is, several drafts in a list."""
    if len(options.against or []) > 1 and options.format == "json":
        text = json_csv.to_json({"drafts": found, "failed": failed})
        json_csv.write_output(text, options.output)
        return

    def print_tables(results: list[Reuse]) -> None:
        for number, result in enumerate(results):
            if number:
                print()
            tables.reuse.print_table(result, limit)

    def document(path: Path) -> None:
        _write_document(options, found[0], path)

    print_answer(
        options,
        found[0] if options.format == "json" and found else found,
        print_tables,
        tables.reuse.format_csv,
        document,
    )


def _run_year_on_year(options: argparse.Namespace) -> int:
    with Archive.open(options.index) as archive:
        refuse_to_overwrite_source(archive, options.output)
        found = with_method_note(
            archive,
            options,
            archive.year_on_year,
            options.report,
            against=options.against[0] if options.against else None,
            official=options.official,
            previous=options.previous or None,
        )
        print_notes(archive, options)
        _warn_unknown_official(archive, options)
    document = partial(_write_document, options, found)
    print_answer(
        options, found, tables.year_on_year.print_table, tables.year_on_year.format_csv, document
    )
    return 0


def _prepare_method_note(
    archive: Archive,
    options: argparse.Namespace,
    result: ReusePairs | list[Reuse],
    settings: dict[str, Any],
    limit: int,
) -> None:
    """The method note; all drafts have one together."""
    if isinstance(result, ReusePairs):
        prepare_note(archive, options, archive.reuse_pairs, result, limit=limit, **settings)
        return
    asked = {"against": options.against, "official": options.official}
    prepare_note(archive, options, archive.reuse, result, options.report, **asked, **settings)


def _warn_unknown_official(archive: Archive, options: argparse.Namespace) -> None:
    """Tell when no report is of the official that is given: a slip would go unnoticed."""
    name = options.official
    if name and not options.quiet and all(info.official != name for info in archive.infos()):
        print_message(f"note: no report of the index is of {name}; all count as those of others")


def _write_document(options: argparse.Namespace, found: Reuse | YearOnYear, path: Path) -> None:
    """Write a page or a Word file."""
    if options.format == "html":
        from reportsearch.output import html

        page = (
            html.render_reuse_page(found)
            if isinstance(found, Reuse)
            else html.render_year_on_year_page(found)
        )
        output.write_file(path, page.encode())
        return
    from reportsearch.output import word

    if isinstance(found, Reuse):
        word.write_reuse_document(found, path)
    else:
        word.write_year_on_year_document(found, path)
