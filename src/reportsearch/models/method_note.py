"""The method note of a result: what is needed to reproduce it from the same reports.

Nothing here depends on when, where or by whom the program is run, nor on the order in which reports
were indexed. Hashes are hexadecimal SHA-256 digests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SET_PHRASES = "set phrase"
FORMULAE = "formula"
TERMS = "term"
"""What can be excluded: a set phrase of the word lists, a formula, a term that is not a keyword."""


@dataclass(frozen=True, slots=True)
class NamedReport:
    """A report that was requested by name, or read from a file.

    ``sha256`` is the hash of its clean text in UTF-8. The ``id`` of a file is its name without the
    folder.
    """

    id: str
    title: str
    chars: int
    sha256: str
    is_file: bool


@dataclass(frozen=True, slots=True)
class MethodSelection:
    """The passages analysed, or those that they were compared with.

    ``named`` are the reports requested by name, ``passage`` the id of a passage (``REPORT#N``),
    ``text`` a text given. ``where`` has the filters, sorted, with canonical names of fields and
    portfolios, and ``query`` the query that selects passages. This selects ``passages`` of
    ``reports`` with ``chars`` characters without white space. ``sha256`` is the hash of the
    reports' ids and texts and the passages' numbers.
    """

    named: tuple[NamedReport, ...]
    passage: str | None
    text: str | None
    where: tuple[str, ...]
    query: str | None
    reports: int
    passages: int
    chars: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodCorpus:
    """The contents of the index.

    ``commit`` is the beginning of a hash of the three hashes below, so that the same reports have
    the same commit in every index. ``texts_sha256`` covers the reports' ids and clean texts,
    ``metadata_sha256`` title, kind, year, date, post, level, region, official and source, and
    ``structure_sha256`` sections, passages and portfolios. ``outdated`` counts the reports that the
    current word lists and program would read differently.
    """

    commit: str
    reports: int
    passages: int
    chars: int
    texts_sha256: str
    metadata_sha256: str
    structure_sha256: str
    outdated: int


@dataclass(frozen=True, slots=True)
class MethodText:
    """A description of an analysis: what is counted and excluded, the formula, and the sources."""

    counted: str
    set_aside: str
    formula: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Something excluded, its number of occurrences in the text analysed, and the reason.

    ``kind`` is ``set phrase``, ``formula`` or ``term``; only terms have a ``reason``. For formulae
    of a whole index ``count`` is the number of reports.
    """

    kind: str
    text: str
    count: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MethodRemoved:
    """What was excluded, as far as it occurred.

    ``formula_officials`` is the number of officials in whose reports a string must occur to be a
    formula; None if the analysis excludes only set phrases, or none. ``is_told`` means that
    ``removed`` is complete but for ``unlisted`` ones, which the result counts without listing them;
    otherwise the result does not say what was excluded.
    """

    formula_officials: int | None
    is_told: bool
    unlisted: int
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """A word list, including the user's own entries, and its number of strings."""

    name: str
    strings: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodWords:
    """The word lists used.

    ``reading`` is the version of the code that reads and segments texts (see fingerprint.py).
    ``vocabulary_sha256`` covers the parts of the lists that affect how a report is read.
    ``user_file_sha256`` is the hash of the bytes of reportsearch.toml, None without one.
    """

    reading: str
    vocabulary_sha256: str
    user_file_sha256: str | None
    lists: tuple[WordList, ...]


@dataclass(frozen=True, slots=True)
class MethodNote:
    """A description of how the result of ``command`` was obtained.

    ``parameters`` are all parameters, including defaults, except those that make the selection.
    ``compared`` is what the selection was compared with, None if that is not a part of the index or
    is all of it. ``versions`` are those of the program, Python and the libraries involved.
    """

    command: str
    selection: MethodSelection
    compared: MethodSelection | None
    parameters: Mapping[str, Any]
    corpus: MethodCorpus
    method: MethodText
    removed: MethodRemoved
    words: MethodWords
    versions: Mapping[str, str]
