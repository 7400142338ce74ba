"""Finding stale reports: those that would be read differently today.

A report's stamp names the version of the program and the vocabulary with which it was read. The
index stores those vocabularies.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

from reportsearch import fingerprint
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine, Origin

_MAX_CHANGED = 500
"""Number of changed strings in the word lists above which all reports are read again."""


def find_stale(engine: Engine, lexicon: Lexicon) -> set[str]:
    """Return the ids of the reports that would be read differently today.

    If the word lists changed, these are the reports that contain a changed string.
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
    """Return the reports that contain one of the strings in the text, title, post or id."""
    given = {
        info.id
        for info in engine.report_infos()
        if any(string in fold(f"{info.title}\n{info.post}\n{info.id}") for string in strings)
    }
    return given | engine.reports_containing(strings)


def choose_vocabularies(
    engine: Engine, lexicon: Lexicon, stale: AbstractSet[str], written: Mapping[str, Origin]
) -> dict[str, str]:
    """Return the vocabularies to store after a run that has read some of the stale reports again.

    Their keys are the ids in the stamps. An older vocabulary is replaced by today's once none of
    its reports is stale, so that it need not be compared again.
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
