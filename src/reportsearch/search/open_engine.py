"""Choose the engine of an index. A new engine is a folder here and a line in this module."""

from __future__ import annotations

from pathlib import Path

from reportsearch.search.engine import Engine
from reportsearch.tokenizer import Tokenizer


def open_engine(folder: Path | None, tokenizer: Tokenizer, *, create: bool = False) -> Engine:
    """Open the index in a folder, or an empty one in memory where there is no folder.

    ``create`` makes an empty index in a folder that has none. Raises IndexMissingError,
    IndexOutdatedError or IndexDamagedError.
    """
    if folder is None:
        from reportsearch.search.memory import MemoryEngine

        return MemoryEngine(tokenizer)
    from reportsearch.search.whoosh import WhooshEngine

    return WhooshEngine(folder, tokenizer, create=create)


def erase_index(folder: Path) -> None:
    """Delete the index in a folder, which may be damaged."""
    from reportsearch.search import whoosh

    whoosh.erase(folder)
