"""Fingerprints of how a report was read, by which an index knows when to read it again."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from functools import lru_cache
from pathlib import Path

from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold, fold_table_version

# Raise it if extract/ or structure/ make a different report from the same bytes.
READER_VERSION = "14"


def compute_version() -> str:
    """Return a hash of the reader, the folding table and the segmenter, as 16 hex digits."""
    parts = (READER_VERSION, fold_table_version(), _identify_segmenter())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _identify_segmenter() -> str:
    """Return the name and version of the segmenter that tokenizer.py uses.

    Reads them from the name of the metadata folder, because importlib.metadata would add 15 ms to
    every search.
    """
    for name in ("rjieba", "jieba"):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            folder = Path(spec.origin).parents[1]
            return next((path.name for path in folder.glob(f"{name}-*.*-info")), name)
    return ""


def compute_stamp(content: bytes, given: object, reading: str) -> str:
    """Return the stamp of a report's bytes and its given metadata, which ends with ``reading``.

    ``reading`` consists of the version and the vocabulary's id, as returned by
    :func:`compute_reading`.
    """
    digest = hashlib.sha256(content)
    digest.update(json.dumps(given, ensure_ascii=False, sort_keys=True).encode())
    return f"{digest.hexdigest()[:32]}:{reading}"


def extract_content_part(stamp: str) -> str:
    """Return the part of a stamp that identifies the bytes and the metadata."""
    return stamp.partition(":")[0]


def extract_reading_part(stamp: str) -> str:
    """Return the part of a stamp that came from :func:`compute_reading`."""
    return stamp.partition(":")[2]


@lru_cache(maxsize=4)
def dump_vocabulary(lexicon: Lexicon) -> str:
    """Dump as JSON the part of the word lists that decides how reports are read and indexed.

    Leaves out what only decides how a query is interpreted, such as synonyms and stop words.
    """
    portfolios = {
        portfolio.name: [
            portfolio.same,
            portfolio.names,
            portfolio.departments,
            portfolio.bodies,
            portfolio.words,
        ]
        for portfolio in lexicon.portfolios
    }
    words = [*lexicon.words, *(division.name for division, _ in lexicon.own_divisions)]
    return json.dumps({"words": words, "portfolios": portfolios}, ensure_ascii=False)


def compute_reading(vocabulary: str) -> str:
    """Return the version and the vocabulary's id, with which the stamp of a current report ends."""
    return f"{compute_version()}:{hashlib.sha256(vocabulary.encode()).hexdigest()[:16]}"


def find_changed_strings(old: str, new: str) -> frozenset[str]:
    """Return the folded strings in which two vocabularies differ.

    A report that contains none of them is read the same way with both.
    """
    if old == new:
        return frozenset()
    before, after = json.loads(old), json.loads(new)
    strings = set(before["words"]) ^ set(after["words"])
    # If a string is an item of several portfolios, their order matters.
    orders = [
        [name for name in side["portfolios"] if name in other["portfolios"]]
        for side, other in ((before, after), (after, before))
    ]
    for name in before["portfolios"].keys() | after["portfolios"].keys():
        lists = before["portfolios"].get(name), after["portfolios"].get(name)
        if lists[0] != lists[1] or orders[0] != orders[1]:
            strings.add(name)
            # Take all of them, since adding an item can change the portfolio of another one.
            strings.update(item for side in lists if side for items in side for item in items)
    return frozenset(map(fold, strings))
