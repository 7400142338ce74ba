"""Method notes as Markdown, to publish next to the figures they explain."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reportsearch.models.method_note import (
    FORMULAE,
    SET_PHRASES,
    TERMS,
    MethodCorpus,
    MethodNote,
    MethodRemoved,
    MethodSelection,
    MethodText,
    MethodWords,
    NamedReport,
    Removed,
)
from reportsearch.output.terminal import replace_control_chars

_COMMANDS = {
    "official_similarity": "portfolios --similarity",
    "uses": "compare --term",
    "year_on_year": "reuse --previous",
}
"""Command-line names of archive methods, where they differ."""
_KINDS = {
    SET_PHRASES: "Set phrases of the word lists (套话)",
    FORMULAE: "Boilerplate, or parts of it, that the answer marks (套话)",
    TERMS: "Terms",
}


def format_markdown(note: MethodNote) -> str:
    """Format the note, with its headings in a fixed order."""
    sections: dict[str, Iterable[str]] = {
        "Selection": _iter_selection(note.selection),
        "Reference": _iter_reference(note.compared),
        "Parameters": [_format_parameters(note)],
        "All reports of the index": _iter_corpus(note.corpus),
        "Method": _iter_method(note.method),
        "Excluded": _iter_removed(note.removed),
        "Word lists": _iter_word_lists(note.words),
        "Versions": [_format_table(("", "version"), note.versions.items())],
    }
    parts = [f"# Method note: reportsearch {_find_command(note.command)}", _ABOUT]
    for heading, paragraphs in sections.items():
        found = list(paragraphs)
        if found:
            parts += [f"## {heading}", *found]
    return "\n\n".join(parts) + "\n"


_ABOUT = (
    "The same reports, word lists, parameters and versions give the same answer and this note, "
    "byte for byte, in whatever folder and order they were indexed. Hashes are SHA-256; characters "
    "are counted without white space."
)


def _find_command(name: str) -> str:
    return _COMMANDS.get(name, name)


def _iter_selection(selection: MethodSelection) -> Iterator[str]:
    lines = [_format_named_report(report) for report in selection.named]
    if selection.passage is not None:
        lines.append(f"passage: {_format_code(selection.passage)}")
    if selection.text is not None:
        lines.append(f"text: {_format_code(selection.text)}")
    lines += [f"filter: {_format_code(entry)}" for entry in selection.where]
    if selection.query is not None:
        lines.append(f"query: {_format_code(selection.query)}")
    if lines:
        yield _format_list(lines)
    else:
        yield "All passages of all reports in the index."
    if selection.text is None:
        yield (
            f"This selects {_format_count(selection.reports, 'report')} with "
            f"{_format_count(selection.passages, 'passage')} and "
            f"{_format_count(selection.chars, 'character')}. Its hash: `{selection.sha256}`."
        )


def _format_named_report(report: NamedReport) -> str:
    what = "file" if report.is_file else "report"
    return (
        f"{what}: {_format_code(report.id)}, {_format_code(report.title)}, "
        f"{_format_count(report.chars, 'character')}, text `{report.sha256}`"
    )


def _iter_reference(compared: MethodSelection | None) -> Iterator[str]:
    if compared is None:
        return
    lines = [_format_named_report(report) for report in compared.named]
    lines += [f"filter: {_format_code(entry)}" for entry in compared.where]
    if lines:
        yield _format_list(lines)
    yield (
        f"{_format_count(compared.reports, 'report')} with "
        f"{_format_count(compared.passages, 'passage')} and "
        f"{_format_count(compared.chars, 'character')}. Their hash: `{compared.sha256}`."
    )


def _format_parameters(note: MethodNote) -> str:
    rows = [
        (_format_code(name), _format_code(json.dumps(value, ensure_ascii=False)))
        for name, value in note.parameters.items()
    ]
    return _format_table(("parameter", "value"), rows) if rows else "None."


def _iter_corpus(corpus: MethodCorpus) -> Iterator[str]:
    yield (
        f"Commit `{corpus.commit}`: {_format_count(corpus.reports, 'report')} with "
        f"{_format_count(corpus.passages, 'passage')} and "
        f"{_format_count(corpus.chars, 'character')}. The commit is named after "
        "the three hashes, so that the same reports have it in every index."
    )
    yield _format_table(
        ("", "hash"),
        (
            ("ids and clean texts", f"`{corpus.texts_sha256}`"),
            ("metadata (metadata.csv, rows, texts)", f"`{corpus.metadata_sha256}`"),
            ("sections, passages, portfolios", f"`{corpus.structure_sha256}`"),
        ),
    )
    if corpus.outdated:
        yield (
            f"{_format_count(corpus.outdated, 'report')} would be read differently with the "
            "current word lists and version; index the folder again."
        )


def _iter_method(text: MethodText) -> Iterator[str]:
    yield f"Counted: {text.counted}"
    yield f"Excluded: {text.set_aside}"
    yield f"Formula: {text.formula}"
    if text.sources:
        yield _format_list(text.sources)


def _iter_removed(removed: MethodRemoved) -> Iterator[str]:
    if removed.formula_officials is not None:
        yield (
            "A string that occurs in the reports of at least "
            f"{_format_count(removed.formula_officials, 'official')} counts as boilerplate."
        )
    for (kind, reason), entries in groupby(removed.removed, lambda one: (one.kind, one.reason)):
        name = f"{_KINDS[kind]}: {reason}" if reason else _KINDS[kind]
        yield f"{name}: {_format_removed(entries)}."
    if removed.unlisted:
        more = _format_count(removed.unlisted, "more string")
        yield f"The answer counts {more} of boilerplate, which it does not list."
    if not removed.is_told:
        yield (
            "The answer does not list everything that was excluded; the word lists below "
            "determine it."
        )


def _format_removed(entries: Iterable[Removed]) -> str:
    return "、".join(
        _format_code(entry.text) + (f" × {entry.count}" if entry.count > 1 else "")
        for entry in entries
    )


def _iter_word_lists(words: MethodWords) -> Iterator[str]:
    yield f"Reader and segmenter: `{words.reading}`. Vocabulary: `{words.vocabulary_sha256}`."
    own = words.user_file_sha256
    yield f"reportsearch.toml: {f'`{own}`' if own else 'there is none'}."
    rows = [(entry.name, f"{entry.strings:,}", f"`{entry.sha256}`") for entry in words.lists]
    yield _format_table(("list", "strings", "hash"), rows)


def _format_count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _format_list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _format_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _format_code(text: str) -> str:
    """Format a text as inline code on one line, escaping any Markdown."""
    line = " ".join(replace_control_chars(text).split()).replace("|", "\uff5c")
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if len(fence) > 1 or not line else ""
    return f"{fence}{pad}{line}{pad}{fence}"
