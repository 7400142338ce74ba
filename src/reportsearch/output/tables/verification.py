"""Table of a check of the files of the index."""

from __future__ import annotations

from reportsearch.errors import Message
from reportsearch.locale import Translator
from reportsearch.models.verification import DamagedFile, Verification
from reportsearch.output.json_csv import to_csv
from reportsearch.output.terminal import create_console, print_list, print_text


def describe_damage(result: Verification, program: str) -> Message:
    """Say what is damaged and what to do about it."""
    return Message(
        "{files} damaged files, {reports} reports concerned; read these again with: {program} "
        "index --repair",
        program=program,
        files=sum(not one.is_derived for one in result.damaged),
        reports=len(result.reports),
    )


def print_table(result: Verification, t: Translator) -> None:
    """Print the outcome, the damaged files and the reports concerned."""
    out = create_console()
    checked = t(
        "{files} files with {megabytes} MB checked, {damaged} damaged",
        files=result.files,
        megabytes=f"{result.bytes / 2**20:.1f}",
        damaged=len(result.damaged),
    )
    print_text(out, checked)
    print_list(out, t("Damaged files:"), [_describe(one, t) for one in result.damaged], t)
    print_list(out, t("Reports concerned:"), list(result.reports), t)
    unchecked = t(
        "Files without checksums, from an earlier version of the program (to check them in "
        "future, read everything again with index --rebuild):"
    )
    print_list(out, unchecked, list(result.unchecked), t)


def _describe(one: DamagedFile, t: Translator) -> str:
    problem = t.translate(one.problem)
    if one.is_derived:
        return t("{file}: {problem}; it is rebuilt when needed", file=one.file, problem=problem)
    return t("{file}: {problem}", file=one.file, problem=problem)


def format_csv(result: Verification) -> str:
    """Format the outcome as CSV: one row per count, damaged file, report and unchecked file."""
    found: list[tuple[object, ...]] = [
        ("files", result.files, ""),
        ("bytes", result.bytes, ""),
        *(("damaged", one.file, one.problem) for one in result.damaged),
        *(("report", name, "") for name in result.reports),
        *(("unchecked", name, "") for name in result.unchecked),
    ]
    return to_csv(("what", "value", "reason"), found)
