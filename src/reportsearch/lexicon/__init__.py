"""The word lists: portfolios and their names, synonyms, stop words, set phrases, posts and more.

The lists are data, in ``data/``, so that people who do not know the program can read and correct
them. A user's own file, ``reportsearch.toml`` next to the index, extends them. It has the same
tables, and adds to the portfolios and sets of posts that are already known.

``models.py`` has the :class:`Lexicon` with the look-ups that other modules need; ``tables.py``
reads portfolios, posts and synonyms, ``facts.py`` and ``figures.py`` the words about figures, and
``wordlists.py`` the plain lists. All strings are compared folded (see ``normalise.py``). An error
in a user's file raises LexiconError with a one-line message that names the file and the entry.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reportsearch.errors import LexiconError
from reportsearch.files import read_regular
from reportsearch.lexicon import divisions, facts, figures
from reportsearch.lexicon.models import Lexicon
from reportsearch.lexicon.tables import (
    merge_portfolios,
    merge_post_sets,
    parse_portfolio,
    parse_post_set,
    parse_synonym_group,
)
from reportsearch.lexicon.toml_file import (
    merge_word_lists,
    parse_toml,
    read_strings,
    read_tables,
    read_word_lists,
)
from reportsearch.lexicon.wordlists import (
    Boilerplate,
    HeadingWords,
    MetadataWords,
    NameWords,
    PlanWords,
    SiteWords,
    SummaryWords,
)
from reportsearch.normalise import fold

__all__ = ["USER_FILE", "Lexicon", "load", "parse"]

USER_FILE = "reportsearch.toml"
_TOP_LEVEL_KEYS = {
    "words", "stop_words", "set_phrases", "divisions", "plans", "headings", "site", "boilerplate",
    "summary", "facts", "figures", "names", "synonym", "portfolio", "posts",
}  # fmt: skip
_PLAN_KEYS = {"exceptions": "except"}
"""Fields whose keys in the table differ from their names."""


def parse(text: str, where: str) -> Lexicon:
    """Parse a word list in TOML; ``where`` names the file in errors.

    It may have ``words``, ``stop_words``, ``set_phrases``, ``divisions``, ``[plans]``,
    ``[headings]``, ``[site]``, ``[boilerplate]``, ``[summary]``, ``[facts]``, ``[figures]``,
    ``[names]``, ``[[synonym]]``, ``[[portfolio]]`` and ``[[posts]]``.
    """
    return _parse_tables(parse_toml(text, where), where)


def _parse_tables(data: dict[str, Any], where: str) -> Lexicon:
    unknown = set(data) - _TOP_LEVEL_KEYS
    if unknown:
        raise LexiconError(
            "{where}: unknown key {unknown!r}; known: words, stop_words, set_phrases, divisions, "
            "[plans], [headings], [site], [boilerplate], [summary], [facts], [figures], [names], "
            "[[synonym]], [[portfolio]], [[posts]]",
            where=where,
            unknown=min(unknown),
        )
    return Lexicon(
        portfolios=tuple(
            parse_portfolio(entry, where) for entry in read_tables(data, "portfolio", where)
        ),
        groups=tuple(
            parse_synonym_group(entry, where) for entry in read_tables(data, "synonym", where)
        ),
        extra_words=read_strings(data.get("words", []), f"{where}: words"),
        stop_words=frozenset(
            map(fold, read_strings(data.get("stop_words", []), f"{where}: stop_words"))
        ),
        set_phrases=read_strings(data.get("set_phrases", []), f"{where}: set_phrases"),
        own_divisions=divisions.parse_own(
            read_strings(data.get("divisions", []), f"{where}: divisions"), where
        ),
        plans=read_word_lists(PlanWords, data.get("plans", {}), "plans", where, _PLAN_KEYS),
        headings=read_word_lists(HeadingWords, data.get("headings", {}), "headings", where),
        site=read_word_lists(SiteWords, data.get("site", {}), "site", where),
        boilerplate=read_word_lists(Boilerplate, data.get("boilerplate", {}), "boilerplate", where),
        summary=read_word_lists(SummaryWords, data.get("summary", {}), "summary", where),
        facts=facts.parse(data.get("facts", {}), where),
        figures=figures.parse(data.get("figures", {}), where),
        names=read_word_lists(NameWords, data.get("names", {}), "names", where),
        posts=tuple(parse_post_set(entry, where) for entry in read_tables(data, "posts", where)),
    )


def _read_data_text(name: str) -> str:
    return (files("reportsearch") / "data" / name).read_text(encoding="utf-8")


def _read_lines(name: str) -> tuple[str, ...]:
    """Read a list in ``data/`` that has one entry per line."""
    lines = _read_data_text(name).splitlines()
    return tuple(line.strip() for line in lines if line.strip() and line[0] != "#")


@cache
def _load_shipped() -> Lexicon:
    """Return the word lists that ship with the package, read only once."""
    data: dict[str, Any] = {
        "stop_words": list(_read_lines("stopwords.txt")),
        "set_phrases": list(_read_lines("set_phrases.txt")),
    }
    for name in ("portfolios", "synonyms", "post_sets"):
        data |= parse_toml(_read_data_text(f"{name}.toml"), f"{name}.toml")
    for name in (
        "plans",
        "headings",
        "site",
        "boilerplate",
        "summary",
        "facts",
        "figures",
        "names",
    ):
        data[name] = parse_toml(_read_data_text(f"{name}.toml"), f"{name}.toml")
    metadata = parse_toml(_read_data_text("metadata.toml"), "metadata.toml")
    return replace(
        _parse_tables(data, "data"),
        surnames=frozenset(_read_lines("surnames.txt")),
        metadata=read_word_lists(MetadataWords, metadata, "metadata", "metadata.toml"),
    )


def load(user_file: Path | None = None) -> Lexicon:
    """Load the word lists that ship with the package, extended by those of a user's own file.

    Raises LexiconError if the user's file cannot be read or parsed.
    """
    shipped = _load_shipped()
    if user_file is None:
        return shipped
    try:
        data = read_regular(user_file)
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = isinstance(error, OSError) and error.strerror
        raise LexiconError(
            "{user_file} cannot be read ({error}); it must be a text file in UTF-8",
            user_file=user_file,
            error=reason or error,
        ) from error
    own = parse(text.replace("\r\n", "\n").replace("\r", "\n"), str(user_file))
    return Lexicon(
        portfolios=merge_portfolios(shipped.portfolios, own.portfolios, str(user_file)),
        groups=shipped.groups + own.groups,
        extra_words=own.extra_words,
        stop_words=shipped.stop_words | own.stop_words,
        set_phrases=shipped.set_phrases + own.set_phrases,
        own_divisions=own.own_divisions,
        plans=merge_word_lists(shipped.plans, own.plans),
        headings=merge_word_lists(shipped.headings, own.headings),
        site=merge_word_lists(shipped.site, own.site),
        boilerplate=merge_word_lists(shipped.boilerplate, own.boilerplate),
        summary=merge_word_lists(shipped.summary, own.summary),
        facts=facts.merge_fact_words(shipped.facts, own.facts),
        figures=figures.merge_figure_words(shipped.figures, own.figures),
        names=merge_word_lists(shipped.names, own.names),
        surnames=shipped.surnames,
        metadata=shipped.metadata,
        posts=merge_post_sets(shipped.posts, own.posts),
        user_sha256=hashlib.sha256(data).hexdigest(),
    )
