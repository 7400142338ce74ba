"""The corrections made with this program, to notice when a metadata.csv loses them.

A spreadsheet that saves an older copy of a metadata.csv undoes the corrections made since, without
a word. So what the program writes into one is also noted in the index. What the reports do not say
after the next indexing is lost: it can be put back, or accepted, which forgets it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path

from reportsearch import files
from reportsearch.errors import Message
from reportsearch.indexing.batch_corrections import format_known, is_known
from reportsearch.models.corrections import Correction
from reportsearch.models.report import EXCLUDE_COLUMN
from reportsearch.models.verification import DamagedFile
from reportsearch.search.engine import Engine

_FILE = "reportsearch-corrections.json"

Values = Mapping[str, Mapping[str, str]]
"""Values by report id and field."""


def note(index: Path | None, values: Values) -> None:
    """Note values as written into a metadata.csv; an empty one is forgotten. None is in memory.

    Raises ReportSearchError if they cannot be written.
    """
    if index is None:
        return
    noted = _read(index)
    for report, row in values.items():
        kept = {name: value for name, value in {**noted.get(report, {}), **row}.items() if value}
        if kept:
            noted[report] = kept
        else:
            noted.pop(report, None)
    data = json.dumps(noted, sort_keys=True).encode()
    files.write_file(index / _FILE, _format_crc(data) + data)


def find_lost(index: Path | None, engine: Engine) -> tuple[Correction, ...]:
    """Return what was noted and is not so, as corrections that would put it back."""
    noted = _read(index) if index else {}
    return tuple(
        Correction(info.id, name, format_known(info, name), value)
        for info in (engine.report_infos() if noted else ())
        for name, value in sorted(noted.get(info.id, {}).items())
        # A report that is in the index is not excluded.
        if name == EXCLUDE_COLUMN or not is_known(info, name, value)
    )


def find_damage(index: Path) -> DamagedFile | None:
    """Return the journal if it is not as it was written."""
    try:
        _parse(files.read_regular(index / _FILE))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        reason = Message("lost corrections cannot be noticed; the next correction writes it again")
        return DamagedFile(_FILE, reason, is_derived=True)
    return None


def _read(index: Path) -> dict[str, dict[str, str]]:
    try:
        return _parse(files.read_regular(index / _FILE))
    except (OSError, ValueError):
        # The corrections themselves are in the metadata.csv; see find_damage.
        return {}


def _parse(data: bytes) -> dict[str, dict[str, str]]:
    """Return what a file notes. Raises ValueError if it is not as it was written."""
    crc, _, kept = data.partition(b"\n")
    if crc + b"\n" != _format_crc(kept):
        raise ValueError("the checksum is another")
    noted: dict[str, dict[str, str]] = json.loads(kept)
    return noted


def _format_crc(data: bytes) -> bytes:
    return b"%08x\n" % zlib.crc32(data)
