"""What is in an SVG: its texts with their places, and the colours of its shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\(([-\d.]+),\s*([-\d.]+)\)")


@dataclass(frozen=True)
class Shown:
    text: str
    x: float
    y: float


def parsed(drawn: str) -> Any:
    return etree.fromstring(drawn.encode())


def place(element: Any) -> tuple[float, float]:
    """Where an element stands in the whole picture."""
    x = y = 0.0
    while element is not None:
        moved = _MOVED.search(element.get("transform") or "")
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        element = element.getparent()
    return x, y


def texts(drawn: str) -> list[Shown]:
    """All texts; the lines of one of several lines are joined."""
    return [
        Shown("".join(element.itertext()), *place(element))
        for element in parsed(drawn).iter(f"{SVG}text")
    ]


def says(drawn: str) -> set[str]:
    return {shown.text for shown in texts(drawn)}


def down(drawn: str, *wanted: str) -> list[str]:
    """Those of the texts that are wanted, from the top down."""
    found = [shown for shown in texts(drawn) if shown.text in wanted]
    return [shown.text for shown in sorted(found, key=lambda shown: shown.y)]


def marks(drawn: str, role: str) -> list[list[Any]]:
    """The shapes of each group of marks of a kind, such as ``mark-rect``."""
    return [
        [element for element in group.iter() if element.get("d")]
        for group in parsed(drawn).iter(f"{SVG}g")
        if {role, "role-mark"} <= set((group.get("class") or "").split())
    ]


def luminance(colour: str) -> float:
    if colour.startswith("#"):
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    else:
        parts = [int(part) for part in re.findall(r"\d+", colour)]
    linear = [
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)
