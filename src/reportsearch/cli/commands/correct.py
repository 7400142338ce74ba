"""``correct``: correct the metadata recognised in one report or in many."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from reportsearch.archive import Archive
from reportsearch.cli.checks import UsageError
from reportsearch.cli.console import show_progress
from reportsearch.cli.options import Commands
from reportsearch.cli.output import print_answer, refuse_to_overwrite_source
from reportsearch.models.corrections import Corrections
from reportsearch.models.report import METADATA_FIELDS, SIDECAR
from reportsearch.output import json_csv
from reportsearch.output.tables import batch_corrections, corrections


def add_command(commands: Commands) -> None:
    """Add the command and its options."""
    t = commands.t
    parser = commands.add(
        "correct",
        t(
            "correct the metadata of a report, of all that match filters, or by a table; saved in "
            "the {file} of each folder",
            file=SIDECAR,
        ),
        "reportsearch correct 戊镇镇长2024 --set year=2023 --set official=戊镇镇长",
        run=run,
        check=check,
    )
    parser.add_report(nargs="?")
    parser.add_where()
    parser.add_argument(
        "--set",
        dest="values",
        metavar="F=V",
        action="append",
        default=[],
        help=t(
            "a field and its value, or FIELD= to undo the correction; can be repeated; fields: "
            "{fields}",
            fields=", ".join(METADATA_FIELDS),
        ),
    )
    parser.add_argument(
        "--table",
        metavar="FILE",
        help=t("take over a table of metadata (CSV) that was written by --export and edited"),
    )
    parser.add_argument(
        "--export",
        metavar="FILE",
        help=t("write the metadata of all reports, or of those of --where, to a table (CSV)"),
    )
    parser.add_argument(
        "--put-back",
        action="store_true",
        help=t("write the corrections again that metadata.csv has lost, as index lists them"),
    )
    parser.add_argument(
        "--accept-lost",
        action="store_true",
        help=t("list the lost corrections no more; metadata.csv holds as it is"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=t("show what would change, and save nothing"),
    )


def check(options: argparse.Namespace) -> None:
    """Raise UsageError unless the options say which reports get which values."""
    of_all = bool(options.put_back) + bool(options.accept_lost)
    chosen = [bool(options.report), bool(options.table), bool(options.export)]
    if sum(chosen) + of_all > 1 or (options.where and (options.report or options.table or of_all)):
        raise UsageError(
            "give only one of {options}",
            options="REPORT, --where, --table, --export, --put-back, --accept-lost",
        )
    if options.table or options.export or of_all:
        if options.values:
            raise UsageError("--set goes with REPORT or --where only")
        if options.export and options.dry_run:
            raise UsageError("--export changes nothing; omit --dry-run")
        return
    if not (options.report or options.where):
        raise UsageError(
            "name what to correct: {options}", options="REPORT, --where F=V, --table FILE"
        )
    if not options.values:
        raise UsageError("--set is missing; write for example --set year=2023")
    for text in options.values:
        if "=" not in text.replace("＝", "="):
            raise UsageError(
                "--set requires a field and its value, as in year=2023, not {text}", text=text
            )


def run(options: argparse.Namespace) -> int:
    """Correct metadata, show what would change, or write the table to edit."""
    pairs = (text.replace("＝", "=", 1).partition("=") for text in options.values)
    values = {name.strip(): value for name, _, value in pairs}
    with Archive.open(options.index) as archive:
        if options.export:
            refuse_to_overwrite_source(archive, options)
            infos = archive.infos(options.where)
            text = corrections.format_metadata_table(infos)
            json_csv.write_output(text, options.export)
            corrections.print_exported(len(infos), options.export, options.t)
            return 0
        if options.accept_lost:
            lost = archive.lost_corrections() if options.dry_run else archive.accept_lost()
            print_answer(options, lost, batch_corrections.print_lost, batch_corrections.format_lost)
            return 0
        if options.report and not options.dry_run:
            info = archive.correct(options.report, values)
            print_answer(options, info, corrections.print_table, corrections.format_csv)
            return 0
        found = _correct_many(archive, options, values)
    print_answer(options, found, batch_corrections.print_table, batch_corrections.format_csv)
    return 1 if found.refused else 0


def _correct_many(
    archive: Archive, options: argparse.Namespace, values: Mapping[str, str]
) -> Corrections:
    with show_progress(options) as progress:
        dry_run = options.dry_run
        if options.put_back:
            return archive.put_back_corrections(dry_run=dry_run, progress=progress)
        if options.table:
            return archive.correct_table(options.table, dry_run=dry_run, progress=progress)
        if options.where:
            return archive.correct_where(options.where, values, dry_run=dry_run, progress=progress)
        report = archive.show(options.report).id
        return archive.correct_many({report: values}, dry_run=dry_run, progress=progress)
