"""Whoosh's own codec, of which only columns are used (see ``schema.py``)."""

from __future__ import annotations

import secrets
from typing import Any

from whoosh.codec import whoosh3


class Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """A codec that gives segments unique names."""

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Create a segment with a unique name."""
        segment = super().new_segment(storage, indexname)
        # Whoosh draws the name from `random`, so that a program that seeds it would get the same
        # name twice.
        segment.segid = secrets.token_hex(8)
        return segment
