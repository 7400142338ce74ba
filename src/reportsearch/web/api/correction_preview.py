"""What corrections would change; the API itself changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from reportsearch.archive import Archive
from reportsearch.models.corrections import Corrections
from reportsearch.search.query import Where


def preview_corrections(archive: Archive, where: Where, values: Sequence[str]) -> Corrections:
    """Return what ``correct --where F=V --set F=V`` would change; ``values`` are FIELD=VALUE."""
    pairs = (text.partition("=") for text in values)
    given = {name.strip(): value for name, _, value in pairs}
    return archive.correct_where(where, given, dry_run=True)
