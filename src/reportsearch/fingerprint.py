"""With what a report was read: so that an index knows when it has to be read again."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path

from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold, fold_table_version

# Raise it when extract/ or structure/ make another report of the same bytes.
READER_VERSION = "7"


def compute_version() -> str:
    """Of the reader, the folding table and the segmenter; 16 hex digits."""
    parts = (READER_VERSION, fold_table_version(), _identify_segmenter())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _identify_segmenter() -> str:
    """The name and version of the segmenter that tokenizer.py uses.

    From the name of its metadata folder: importlib.metadata takes 15 ms, at every search.
    """
    for name in ("rjieba", "jieba"):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            folder = Path(spec.origin).parents[1]
            return next((path.name for path in folder.glob(f"{name}-*.*-info")), name)
    return ""


def compute_stamp(content: bytes, given: object, reading: str) -> str:
    """Of a report's bytes and the metadata given for it; ends with ``reading``.

    ``reading`` is the version and the vocabulary's id, as :func:`compute_reading` gives it.
    """
    digest = hashlib.sha256(content)
    digest.update(json.dumps(given, ensure_ascii=False, sort_keys=True).encode())
    return f"{digest.hexdigest()[:32]}:{reading}"


def extract_content_part(stamp: str) -> str:
    """The part of a stamp that stands for the bytes and the metadata."""
    return stamp.partition(":")[0]


def extract_reading_part(stamp: str) -> str:
    """The part of a stamp that :func:`compute_reading` gave."""
    return stamp.partition(":")[2]


def dump_vocabulary(lexicon: Lexicon) -> str:
    """The part of the word lists that decides how a report is read and indexed, as JSON.

    What only decides how a query is understood (which strings are synonyms, stop words) is no
    part of it.
    """
    portfolios = {
        portfolio.name: [portfolio.same, portfolio.names, portfolio.departments, portfolio.words]
        for portfolio in lexicon.portfolios
    }
    return json.dumps({"words": lexicon.words, "portfolios": portfolios}, ensure_ascii=False)


def compute_reading(vocabulary: str) -> str:
    """The version and the id of a vocabulary: what the stamp of a current report ends with."""
    return f"{compute_version()}:{hashlib.sha256(vocabulary.encode()).hexdigest()[:16]}"


def find_changed_strings(old: str, new: str) -> frozenset[str]:
    """The folded strings by which two vocabularies differ.

    A report that contains none of them is read the same with both.
    """
    if old == new:
        return frozenset()
    before, after = json.loads(old), json.loads(new)
    strings = set(before["words"]) ^ set(after["words"])
    # Where a string is an item of several portfolios, they come in this order.
    orders = [
        [name for name in side["portfolios"] if name in other["portfolios"]]
        for side, other in ((before, after), (after, before))
    ]
    for name in before["portfolios"].keys() | after["portfolios"].keys():
        lists = before["portfolios"].get(name), after["portfolios"].get(name)
        if lists[0] != lists[1] or orders[0] != orders[1]:
            strings.add(name)
            # All of them: a string's portfolio can change by one that is added beside it.
            strings.update(item for side in lists if side for items in side for item in items)
    return frozenset(map(fold, strings))
