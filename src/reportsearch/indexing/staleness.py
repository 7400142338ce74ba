"""Which reports of an index would be read otherwise today, and how that is remembered.

A report's stamp names the version of the program and the vocabulary with which it was read; the
index keeps those vocabularies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from reportsearch import fingerprint
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine, Origin

_MAX_CHANGED = 500
"""When more strings of the word lists changed, all reports are read again."""


def find_stale(engine: Engine, lexicon: Lexicon) -> set[str]:
    """The ids of the reports that would be read otherwise today.

    When the word lists changed, these are the reports that contain a string that changed.
    """
    current = fingerprint.dump_vocabulary(lexicon)
    now = fingerprint.compute_reading(current)
    by_reading: dict[str, set[str]] = {}
    for report_id, origin in engine.origins().items():
        read = fingerprint.extract_reading_part(origin.stamp)
        if read != now:
            by_reading.setdefault(read, set()).add(report_id)
    found: set[str] = set()
    known = engine.vocabularies() if by_reading else {}
    for read, ids in by_reading.items():
        version, _, name = read.partition(":")
        if version != fingerprint.compute_version() or name not in known:
            found |= ids
            continue
        strings = fingerprint.find_changed_strings(known[name], current)
        if len(strings) > _MAX_CHANGED:
            found |= ids
        elif strings:
            found |= _find_mentioning(engine, strings) & ids
    return found


def _find_mentioning(engine: Engine, strings: Collection[str]) -> set[str]:
    """The reports that contain one of some strings, in the text, its name or what was given."""
    given = {
        info.id
        for info in engine.report_infos()
        if any(string in fold(f"{info.title}\n{info.post}\n{info.id}") for string in strings)
    }
    return given | engine.reports_containing(strings)


def choose_vocabularies(
    engine: Engine, lexicon: Lexicon, stale: AbstractSet[str], written: Mapping[str, Origin]
) -> dict[str, str]:
    """The vocabularies to be kept after a run that has written some of the stale reports.

    They have the names that stand in the stamps. Where all stale reports have been read, today's
    vocabulary stands for an older one: the others need not be looked at again.
    """
    current = fingerprint.dump_vocabulary(lexicon)
    known = engine.vocabularies()
    stamps = {**engine.origins(), **written}
    left = stale - written.keys()
    kept = {}
    for report_id, origin in sorted(stamps.items(), key=lambda entry: entry[0] in left):
        name = fingerprint.extract_reading_part(origin.stamp).partition(":")[2]
        if report_id not in left:
            kept[name] = current
        elif name in known:
            kept[name] = known[name]
    return kept
