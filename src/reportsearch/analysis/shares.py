"""Shares of a text, as every analysis rounds them."""

from __future__ import annotations


def compute_share(chars: float, total: int) -> float:
    """Return a share with six decimals: 13 characters of the longest readable report show.

    Nothing of nothing is 0.
    """
    return round(chars / total, 6) if total else 0.0
