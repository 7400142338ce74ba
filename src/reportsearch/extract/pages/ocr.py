"""Recognising text in pictures of pages, by rapidocr.

Its wheel includes the models, so that it needs no network.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from reportsearch.errors import ExtractError
from reportsearch.extract.pages.layout import Glyph, LayoutPage, Rule
from reportsearch.extract.pages.layout.lines import is_wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    """Height x width x 3 (blue, green, red)."""

INSTALL_COMMAND = "pip install 'reportsearch[ocr]'"

_THREADS = max(1, min(2, (os.cpu_count() or 1) // 2))
"""Threads of a reading process; two processes read at once, and threads without a core spin."""
_MIN_CERTAINTY = 0.8
"""Confidence below which a page may be upside down."""
_SIDEWAYS_RATIO = 1.5
"""Ratio of height to width of most lines above which the page lies on its side."""
_MIN_SKEW = math.radians(0.3)
"""Skew of a scanned page below which it is not corrected."""

_LATIN_WIDTH = 0.5
"""Width of a Latin letter relative to a Chinese character."""
_CHARACTER_HEIGHT = 0.75
"""Share of a box's height that characters fill."""

_MAX_GREY = 200
"""The lightest grey of a drawn line."""
_MIN_RULE_LENGTH, _MAX_RULE_THICKNESS = 36.0, 4.0
"""Minimum length and maximum thickness of a drawn line, in points."""


def is_installed() -> bool:
    """Return whether the extra for scans is installed."""
    return all(find_spec(name) for name in ("rapidocr", "onnxruntime"))


@lru_cache(maxsize=1)
def _load_engine() -> Any:
    try:
        from rapidocr import RapidOCR
    except ImportError as error:
        raise ExtractError(
            "it is a scan, and OCR fails to start ({error}); install what is missing, or omit "
            "the scan",
            error=error,
        ) from error
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def recognise_page(
    picture: Picture, dpi: float, report_alive: Callable[[], None] = lambda: None
) -> LayoutPage:
    """Read a picture of ``dpi`` dots per inch, calling ``report_alive`` while it takes time.

    Rotates a page that lies on its side or is upside down.
    """
    import numpy as np

    best = picture
    found = _load_engine()(picture, use_cls=False)
    report_alive()
    for turn in _choose_turns(found):
        turned = np.ascontiguousarray(np.rot90(picture, turn))
        other = _load_engine()(turned, use_cls=False)
        report_alive()
        if _sum_confidence(other) > _sum_confidence(found):
            found, best = other, turned
        if _mean_confidence(found) > _MIN_CERTAINTY:
            break
    return _build_page(found, best, dpi)


def _choose_turns(found: Any) -> tuple[int, ...]:
    """Return the quarter turns to try on a page that does not seem to be upright."""
    import numpy as np

    if found.boxes is None:
        return ()
    sizes = np.ptp(found.boxes, axis=1)
    if np.median(sizes[:, 1] / np.maximum(sizes[:, 0], 1)) > _SIDEWAYS_RATIO:
        return 1, 3
    return (2,) if _mean_confidence(found) < _MIN_CERTAINTY else ()


def _mean_confidence(found: Any) -> float:
    """Return the mean confidence per character, 0 to 1."""
    return _sum_confidence(found) / max(sum(map(len, found.txts or ())), 1)


def _sum_confidence(found: Any) -> float:
    """Return the sum of the characters' confidences."""
    lines = zip(found.txts or (), found.scores or (), strict=True)
    return float(sum(len(text) * score for text, score in lines))


def _build_page(found: Any, picture: Picture, dpi: float) -> LayoutPage:
    import cv2

    points = 72 / dpi
    height, width = picture.shape[:2]
    glyphs: list[Glyph] = []
    if found.boxes is not None:
        boxes = found.boxes
        angle = _measure_skew(boxes)
        if abs(angle) > _MIN_SKEW:
            level = cv2.getRotationMatrix2D((width / 2, height / 2), math.degrees(angle), 1.0)
            boxes = boxes @ level[:, :2].T + level[:, 2]
            white = (255, 255, 255)
            picture = cv2.warpAffine(picture, level, (width, height), borderValue=white)  # type: ignore[assignment]
        for box, text in zip(boxes, found.txts, strict=True):
            glyphs += _place_glyphs(box * points, text)
    return LayoutPage(
        width * points, height * points, glyphs, _find_rules(picture, points), scanned=True
    )


def _measure_skew(boxes: Any) -> float:
    """Return the slope of the lines down to the right, in radians."""
    import numpy as np

    along = boxes[:, 1] - boxes[:, 0]
    longest = along[np.argsort(-np.abs(along[:, 0]))[: max(len(along) // 2, 1)]]
    return float(np.median(np.arctan2(longest[:, 1], longest[:, 0])))


def _place_glyphs(box: Any, text: str) -> list[Glyph]:
    """Estimate the positions of a line's characters from the box of the line."""
    x0, x1 = float(box[:, 0].min()), float(box[:, 0].max())
    top, bottom = float(box[:, 1].min()), float(box[:, 1].max())
    widths = [1.0 if is_wide(char) else _LATIN_WIDTH for char in text]
    em = (x1 - x0) / max(sum(widths), 1.0)
    half = min(em, _CHARACTER_HEIGHT * (bottom - top)) / 2
    middle = (top + bottom) / 2
    glyphs = []
    for char, width in zip(text, widths, strict=True):
        glyphs.append(Glyph(char, x0, middle - half, x0 + width * em, middle + half))
        x0 += width * em
    return glyphs


def _find_rules(picture: Picture, points_per_pixel: float) -> list[Rule]:
    """Find the long straight lines in a picture, which are those of tables."""
    import cv2
    import numpy as np

    ink = (picture.min(axis=2) < _MAX_GREY).astype(np.uint8)
    length = max(int(_MIN_RULE_LENGTH / points_per_pixel), 2)
    rules: list[Rule] = []
    for shape in ((1, length), (length, 1)):
        kept = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        # Thicken lines, since one that is not quite horizontal falls into steps.
        kept = cv2.dilate(kept, np.ones((3, 3), np.uint8))
        _, _, found, _ = cv2.connectedComponentsWithStats(kept)
        for x, y, wide, high, _ in (found[1:] * points_per_pixel).tolist():
            if min(wide, high) > _MAX_RULE_THICKNESS:
                continue
            if wide > high:
                rules.append(Rule(x, y + high / 2, x + wide, y + high / 2))
            else:
                rules.append(Rule(x + wide / 2, y, x + wide / 2, y + high))
    return rules
