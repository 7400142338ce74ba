"""With what a report was read: so that an index knows when it has to be read again."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path

from reportsearch.lexicon import Lexicon

# Raise it when extract/ or structure/ make another report of the same bytes.
READING = "2"


def version(lexicon: Lexicon) -> str:
    """Of the reader, the word lists, the folding table and the segmenter; 16 hex digits."""
    parts = (READING, lexicon.fingerprint, _segmenter())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _segmenter() -> str:
    """The name and version of the segmenter that tokens.py uses.

    From the name of its metadata folder: importlib.metadata takes 15 ms, at every search.
    """
    for name in ("rjieba", "jieba"):
        spec = importlib.util.find_spec(name)
        if spec and spec.origin:
            folder = Path(spec.origin).parents[1]
            return next((path.name for path in folder.glob(f"{name}-*.*-info")), name)
    return ""


def stamp(content: bytes, given: object, version_: str) -> str:
    """Of a report's bytes and the metadata given for it; ends with the version."""
    digest = hashlib.sha256(content)
    digest.update(json.dumps(given, ensure_ascii=False, sort_keys=True).encode())
    return f"{digest.hexdigest()[:32]}:{version_}"
