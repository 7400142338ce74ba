"""Detection of names of places and firms that a single official mentions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from reportsearch.analysis.corpus import Corpus
from reportsearch.normalise import fold
from reportsearch.tokenizer import load_dictionary

_MAX_STEM_CHARS = 4
"""Maximum characters before the suffix of a name of a place or firm: 黄羊滩, 大别山."""
_CHINESE = re.compile(r"[\u4e00-\u9fd5]+")
_EXCLUDED_FIRST_TAGS = frozenset(("r", "p", "c", "d", "q", "u", "ud", "uj", "ul"))
"""Parts of speech that do not begin a name: pronouns, prepositions, adverbs, measure words."""
_EXCLUDED_LAST_TAGS = frozenset(("r", "p", "c", "q", "f", "u", "ud", "uj", "ul"))


def make_name_checker(corpus: Corpus) -> Callable[[str], bool]:
    """Return a function that decides whether a folded term that only one official uses is a name.

    It must have the suffix of a name (``data/names.toml``). Neither the term nor any part of its
    stem may be a word of the dictionary or of a word list, and the stem must never occur alone:
    云栈 is always 云栈岭 or 云栈村, but 康养 is not always 康养村.
    """
    words, known = corpus.lexicon.names, load_dictionary()
    endings = (*words.places, *words.firms)

    def is_word(text: str) -> bool:
        return text in known.counts or text in corpus.lexicon.terms

    def is_bound(stem: str) -> bool:
        text = corpus.load_folded_text()
        return all(
            text.startswith(endings, match.end()) for match in re.finditer(re.escape(stem), text)
        )

    def is_stem(stem: str) -> bool:
        if len(stem) == 1:
            return stem in words.masks
        parts = {
            stem[start:stop]
            for start in range(len(stem))
            for stop in range(start + 2, len(stem) + 1)
        }
        first, last = known.tags.get(stem[0], ""), known.tags.get(stem[-1], "")
        return (
            words.common.isdisjoint(parts)
            and first not in _EXCLUDED_FIRST_TAGS
            and last not in _EXCLUDED_LAST_TAGS
            and not any(map(is_word, parts))
            and is_bound(stem)
        )

    @cache
    def is_name(term: str) -> bool:
        folded = fold(term)
        if not _CHINESE.fullmatch(folded) or is_word(folded):
            return False
        stems = (folded.removesuffix(end) for end in endings if folded.endswith(end))
        return any(is_stem(stem) for stem in stems if 0 < len(stem) <= _MAX_STEM_CHARS)

    return is_name
