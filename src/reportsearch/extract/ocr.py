"""Text in pictures of pages, by rapidocr: its models are in its wheel, it needs no network."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportsearch.errors import ExtractError
from reportsearch.extract.layout import Glyph, Page, Rule
from reportsearch.extract.layout.lines import is_wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]

_THREADS = 2
_NARROW = 0.5
"""The width of a Latin letter, in those of a Chinese character."""
_FLAT = 0.75
"""Boxes are drawn with some room; characters are so high in them."""
_DARK = 200
_RULE = 1.0
"""A drawn line is at least so many inches long."""


@lru_cache(maxsize=1)
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ExtractError("to read it, run: pip install 'reportsearch[ocr]'") from error
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return engine


def is_installed() -> bool:
    """Whether the extra for scans is there."""
    from importlib.util import find_spec

    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def read(picture: Picture, dots: float) -> Page:
    """What is written in a picture (height, width, 3: blue, green, red) of ``dots`` per inch."""
    found = _engine()(picture)
    points = 72 / dots
    height, width = picture.shape[:2]
    glyphs: list[Glyph] = []
    if found.boxes is not None:
        for box, text in zip(found.boxes, found.txts, strict=True):
            glyphs += _glyphs(box * points, text)
    return Page(width * points, height * points, glyphs, _rules(picture, dots), scanned=True)


def _glyphs(box: Any, text: str) -> list[Glyph]:
    """The characters of a line, each where it must be about: only the line's box is known."""
    x0, x1 = float(box[:, 0].min()), float(box[:, 0].max())
    top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
    widths = [1.0 if is_wide(char) else _NARROW for char in text]
    em = (x1 - x0) / max(sum(widths), 1.0)
    half = min(em, _FLAT * (bottom - top)) / 2
    middle = (top + bottom) / 2
    glyphs = []
    for char, width in zip(text, widths, strict=True):
        glyphs.append(Glyph(char, x0, middle - half, x0 + width * em, middle + half))
        x0 += width * em
    return glyphs


def _rules(picture: Picture, dots: float) -> list[Rule]:
    """The long straight lines in a picture: those of tables."""
    import cv2
    import numpy as np

    ink = (picture.min(axis=2) < _DARK).astype(np.uint8)
    points = 72 / dots
    length = max(int(_RULE * dots / 2), 2)
    rules: list[Rule] = []
    for size in ((length, 1), (1, length)):
        kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))
        kept = cv2.dilate(kept, np.ones((3, 3), np.uint8))
        _, _, stats, _ = cv2.connectedComponentsWithStats(kept)
        for x, y, wide, high, _ in stats[1:].tolist():
            if min(wide, high) * points > 6:
                continue
            if wide > high:
                at = (y + high / 2) * points
                rules.append(Rule(x * points, at, (x + wide) * points, at))
            else:
                at = (x + wide / 2) * points
                rules.append(Rule(at, y * points, at, (y + high) * points))
    return rules
