"""Choose the engine of an index. A new engine is a folder here and a line in ``_choose_engine``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reportsearch.search.engine import Engine
from reportsearch.tokenizer import Tokenizer

if TYPE_CHECKING:
    from reportsearch.search.whoosh import WhooshEngine


def _choose_engine() -> type[WhooshEngine]:
    """Choose the engine of a folder; its ``erase`` deletes an index that may be damaged."""
    # Imported here, since the engine in memory starts without Whoosh.
    from reportsearch.search.whoosh import WhooshEngine

    return WhooshEngine


def open_engine(folder: Path | None, tokenizer: Tokenizer, *, create: bool = False) -> Engine:
    """Open the index in a folder, or an empty one in memory where there is no folder.

    ``create`` makes an empty index in a folder that has none. Raises IndexMissingError,
    IndexOutdatedError or IndexDamagedError.
    """
    if folder is None:
        from reportsearch.search.memory import MemoryEngine

        return MemoryEngine(tokenizer)
    return _choose_engine()(folder, tokenizer, create=create)


def erase_index(folder: Path) -> None:
    """Delete the index in a folder, which may be damaged."""
    _choose_engine().erase(folder)
