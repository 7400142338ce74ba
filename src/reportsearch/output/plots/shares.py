"""Shares in the cells of a table of colours."""

from __future__ import annotations


def format_cell_share(share: float) -> str:
    """A share in a small space: whole percent without the sign, nothing for none."""
    if not share:
        return ""
    return "<1" if share < 0.005 else str(max(round(share * 100), 1))
