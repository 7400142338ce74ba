"""Shares as percentages."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share with one decimal; little is not nothing."""
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share * 100:.1f}%"


def in_cell(share: float) -> str:
    """A share in a small space: whole percent without the sign, nothing for none."""
    if not share:
        return ""
    return "<1" if share < 0.005 else str(max(round(share * 100), 1))
