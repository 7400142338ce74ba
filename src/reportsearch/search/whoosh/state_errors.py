"""Errors about the state of an index, with the command that helps."""

from __future__ import annotations

import shlex
from pathlib import Path

from reportsearch.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexOutdatedError,
    IndexStateError,
)
from reportsearch.search.whoosh.schema import INDEX_NAME
from reportsearch.search.whoosh.storage import list_other_formats


def _format_command(folder: Path) -> str:
    """Return the program's command line for an index."""
    name = str(folder)
    return "reportsearch" if name == "index" else f"reportsearch --index {shlex.quote(name)}"


def build_missing_error(folder: Path) -> IndexStateError:
    """Build the error about a folder without an index that this version reads."""
    if list_other_formats(folder, INDEX_NAME):
        return IndexOutdatedError(
            "the index in {folder} was written by another version of reportsearch; rebuild "
            "it with: {command} index FOLDER, the folder of your reports",
            folder=folder,
            command=_format_command(folder),
        )
    if folder.is_file():
        return IndexMissingError(
            "{folder} is a file; name an index folder, or a new folder", folder=folder
        )
    return IndexMissingError(
        "there is no index in the folder {folder}; create one with: {command} index FOLDER",
        folder=folder,
        command=_format_command(folder),
    )


def build_damage_error(folder: Path, error: object, *, can_repair: bool) -> IndexDamagedError:
    """Build the error about a damaged index, with or without checksums to repair it by."""
    if can_repair:
        return IndexDamagedError(
            "the index in {folder} is damaged ({error}); read the damaged reports again with: "
            "{command} index --repair (to list them first: {command} verify)",
            folder=folder,
            error=error,
            command=_format_command(folder),
        )
    return IndexDamagedError(
        "the index in {folder} cannot be read and seems damaged ({error}); rebuild it with: "
        "{command} index --rebuild FOLDER, the folder of your reports",
        folder=folder,
        error=error,
        command=_format_command(folder),
    )
