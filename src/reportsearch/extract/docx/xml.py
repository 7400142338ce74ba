"""Helpers for Word's XML: the namespace, and parsing of attribute values."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off"})
# Word itself counts in 32 bits, so a number of a thousand digits is an attack.
_MAX_NUMBER = 1 << 31


def get_val(element: Any, name: str, default: str | None = None) -> str | None:
    """Return ``w:val`` of the child called ``name``."""
    child = None if element is None else element.find(W + name)
    if child is None:
        return default
    found: str | None = child.get(W + "val", default)
    return found


def parse_int(text: str | None, default: int) -> int:
    """Parse the number in ``text``, or return ``default`` if there is none."""
    try:
        found = int(text) if text is not None else default
    except ValueError:
        return default
    return found if -_MAX_NUMBER < found < _MAX_NUMBER else default


def get_on_off(element: Any, name: str) -> bool | None:
    """Return whether the child called ``name`` is on or off, or None if it is missing."""
    child = None if element is None else element.find(W + name)
    return None if child is None else child.get(W + "val", "true") not in _OFF
