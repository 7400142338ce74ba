"""How an answer came about: what a reader needs to get the same one from the same reports.

Nothing here depends on when, where or by whom the program is run, nor on the order in which reports
were indexed. Hashes are SHA-256 in hexadecimal digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SET_PHRASES = "set phrase"
FORMULAE = "formula"
TERMS = "term"
"""What can be set aside: a set phrase of the word lists, a formula, a term that is no keyword."""


@dataclass(frozen=True, slots=True)
class NamedReport:
    """A report that was asked for by name, or that was read from a file.

    ``sha256`` is of its clean text in UTF-8; of a file the ``id`` is its name without the folder.
    """

    id: str
    title: str
    chars: int
    sha256: str
    is_file: bool


@dataclass(frozen=True, slots=True)
class MethodSelection:
    """Passages that were asked about, or with which these were compared.

    ``named`` are the reports that were asked for by name, ``passage`` is the one (``REPORT#N``),
    ``text`` the text that was given; ``where`` has the filters, sorted, with the fields' and
    portfolios' canonical names, and ``query`` which passages were wanted. That selects ``passages``
    of ``reports`` with ``chars`` characters without white space. ``sha256`` is of the reports' ids
    and texts and the passages' numbers.
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
    """All that the index holds.

    ``commit`` names it: the beginning of a hash of the three below, so that the same reports have
    the same commit in every index. ``texts_sha256`` is of the reports' ids and clean texts,
    ``metadata_sha256`` of title, kind, year, date, post, level, region, official and source, and
    ``structure_sha256`` of sections, passages and portfolios. ``outdated`` reports would be read
    otherwise with today's word lists and program.
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
    """An analysis in words: what is counted, what is set aside, by which formula, and sources."""

    counted: str
    set_aside: str
    formula: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """What was set aside, how often it stands in what was asked about, and why.

    ``kind`` is ``set phrase``, ``formula`` or ``term``; ``reason`` is that of a term. Of formulae
    of a whole index ``count`` is the number of reports.
    """

    kind: str
    text: str
    count: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MethodRemoved:
    """What was set aside, as far as it occurred.

    ``formula_officials`` is in the reports of how many officials a string has to stand to be a
    formula; None where the analysis knows set phrases alone, or none of them. ``is_told`` tells
    that no others were set aside than those in ``removed``, but for ``unlisted`` ones, which the
    answer counts and does not list; else the answer does not say which they were.
    """

    formula_officials: int | None
    is_told: bool
    unlisted: int
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """One of the word lists, those of the user's own file included, and its number of strings."""

    name: str
    strings: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MethodWords:
    """The word lists as they were used.

    ``reading`` names the version of what reads and cuts texts (see fingerprint.py),
    ``vocabulary_sha256`` is of what of the lists decides how a report is read. ``user_file_sha256``
    is of the bytes of reportsearch.toml, None without one.
    """

    reading: str
    vocabulary_sha256: str
    user_file_sha256: str | None
    lists: tuple[WordList, ...]


@dataclass(frozen=True, slots=True)
class MethodNote:
    """How an answer of ``command`` came about.

    ``parameters`` are all of them, with defaults filled in, but those that make the selection.
    ``compared`` is what the selection was compared with, None where that is no part of the index
    or all of it. ``versions`` are those of the program, Python and the libraries that take part.
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
