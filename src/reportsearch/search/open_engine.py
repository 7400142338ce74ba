"""Choosing the engine of an index.

A new engine is a folder here and a line in ``_choose_engine``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch.search.engine import Engine
from reportsearch.tokenizer import Tokenizer

if TYPE_CHECKING:
    from reportsearch.search.whoosh import WhooshEngine


def _choose_engine() -> type[WhooshEngine]:
    """Return the class of the engine on disk; its ``erase`` deletes even a damaged index."""
    # Imported here because the engine in memory should start without Whoosh.
    from reportsearch.search.whoosh import WhooshEngine

    return WhooshEngine


def open_engine(
    folder: Path | None, tokenizer: Tokenizer, *, create: bool = False, repair: bool = False
) -> Engine:
    """Open the index in a folder, or an empty one in memory if there is no folder.

    ``create`` makes an empty index in a folder that has none. ``repair`` leaves out what is
    damaged, until it is written again. Raises IndexMissingError,
    IndexOutdatedError or IndexDamagedError.
    """
    if folder is None:
        from reportsearch.search.memory import MemoryEngine

        return MemoryEngine(tokenizer)
    return _choose_engine()(folder, tokenizer, create=create, repair=repair)


def erase_index(folder: Path) -> None:
    """Delete the index in a folder, which may be damaged."""
    _choose_engine().erase(folder)
