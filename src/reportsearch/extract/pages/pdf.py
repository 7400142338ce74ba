"""PDF files: pypdfium2 locates the characters, :mod:`reportsearch.extract.pages.layout` joins them.

Pages that are pictures are read by :mod:`reportsearch.extract.pages.ocr`.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reportsearch.errors import ExtractError, Message
from reportsearch.extract.pages import ocr
from reportsearch.extract.pages.layout import (
    Glyph,
    LayoutPage,
    PageLayout,
    Rule,
    analyse_page,
    build_text,
)

if TYPE_CHECKING:
    import pypdfium2

MAX_PAGES = 3000
_MAX_PAGE_CHARACTERS = 200_000
_MAX_OBJECTS = 20_000
"""Limits on characters and drawn objects of a page, beyond which it is not a report's."""

_MIN_CHARACTERS = 30
_MIN_PICTURE_SHARE = 0.5
"""Maximum number of characters and minimum share of pictures on a scanned page."""
_MAX_UNKNOWN_SHARE = 0.3
"""Minimum share of unknown characters on a page that must be scanned."""

_A4, _A3 = 842, 1200
"""The long sides of pages in points, with some margin for A3."""
_SCAN_DPI = 200
_MAX_PIXELS = 12_000_000
"""Resolution in dots per inch at which a scan is read, and the limit on its pixels."""
_MAX_PIXELS_PER_SIDE = 10_000
"""Limit on the pixels of each side of the picture."""
_MAX_RULE_THICKNESS = 3.0
"""Thickness in points up to which a drawn box is a line."""
_QUARTER = math.pi / 2
_MAX_SKEW = math.radians(5)

_DAMAGED = Message(
    "the PDF is damaged or was not fully downloaded; get it again, or open it in a PDF reader "
    "and print it to a new PDF"
)
_PASSWORD = 4
"""FPDF_ERR_PASSWORD"""

_Box = tuple[float, float, float, float]
"""Left, bottom, right, top; in a PDF, y increases upwards."""

# Symbols of Wingdings and similar fonts, used before list items.
_SYMBOLS = range(0xF000, 0xF100)
# Some files write rare characters so. If there are many, the file does not map its characters.
_PRIVATE_USE = range(0xE000, 0xF900)
_OTHER_UNKNOWN = (0, 0xFFFD, 0xFFFE, 0xFFFF)
_HYPHEN = 2  # pdfium's code for a hyphen at the end of a line
_RADICALS = range(0x2E80, 0x2FE0)

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY_MATRIX: _Matrix = (1, 0, 0, 1, 0, 0)
_MAX_FORM_DEPTH = 8
"""Maximum depth of nested forms that are searched."""


def read(data: bytes, advance: Callable[[int, int], None]) -> tuple[str, bool]:
    """Return the text of a PDF, and whether any of it was read by OCR.

    The text has one paragraph or table row per line. ``advance`` is called after each page with its
    number and the total. Raises ExtractError.
    """
    with closing(_open_document(data)) as document:
        pages = len(document)
        if not pages:
            raise ExtractError("the PDF has no pages; export it again")
        if pages > MAX_PAGES:
            raise ExtractError(
                "the PDF has {pages} pages, over the limit of {max_pages}; split it into its "
                "reports",
                pages=pages,
                max_pages=MAX_PAGES,
            )
        sheets: list[PageLayout] = []
        scanned = False
        for number in range(pages):
            page = _read_page(document, number, lambda: advance(number, pages))  # noqa: B023
            scanned = scanned or page.scanned
            sheets.append(analyse_page(page))
            advance(number + 1, pages)
    text = build_text(sheets)
    if scanned and not text.strip():
        raise ExtractError("the scan contains no readable text; scan it again, darker or larger")
    return text, scanned


def _open_document(data: bytes) -> pypdfium2.PdfDocument:
    import pypdfium2

    end = data[-4096:]
    if b"%%EOF" not in end and b"startxref" not in end:
        raise ExtractError(_DAMAGED)
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # A damaged file that sets no error code keeps that of the file before. Only an encrypted
        # one contains the name.
        if getattr(error, "err_code", 0) == _PASSWORD and b"/Encrypt" in data:
            raise ExtractError("the PDF has a password; save it without one") from error
        raise ExtractError(_DAMAGED) from error


def _read_page(
    document: pypdfium2.PdfDocument, number: int, report_alive: Callable[[], None]
) -> LayoutPage:
    import pypdfium2

    try:
        page = document[number]
        characters = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise ExtractError(
            "page {number}: {damaged}", number=number + 1, damaged=_DAMAGED
        ) from error
    with closing(page), closing(characters):
        boxes, quarter, unreadable = _read_characters(characters)
        drawn = _DrawnObjects(page)
        is_picture = len(boxes) < _MIN_CHARACTERS and drawn.pictures > _MIN_PICTURE_SHARE
        if is_picture or unreadable > max(_MAX_UNKNOWN_SHARE * len(boxes), _MIN_CHARACTERS):
            which = Message("page {number} of {pages}", number=number + 1, pages=len(document))
            return _recognise_scan(page, which, report_alive)
        left, bottom, right, top = page.get_bbox()

        def rotate_box(
            x0: float, y0: float, x1: float, y1: float
        ) -> tuple[float, float, float, float]:
            """Convert a box to upright text coordinates, in which y increases downwards."""
            match quarter:
                case 1:
                    return y0 - bottom, x0 - left, y1 - bottom, x1 - left
                case 2:
                    return right - x1, y0 - bottom, right - x0, y1 - bottom
                case 3:
                    return top - y1, right - x1, top - y0, right - x0
                case _:
                    return x0 - left, top - y1, x1 - left, top - y0

        width, height = right - left, top - bottom
        if quarter % 2:
            width, height = height, width
        glyphs = []
        for char, *box in boxes:
            glyph = Glyph(char, *rotate_box(*box))
            # Characters beyond the edge of the paper are invisible.
            middle = (glyph.x0 + glyph.x1) / 2
            if 0 <= middle <= width and glyph.top < height and glyph.bottom > 0:
                glyphs.append(glyph)
        rules = [Rule(*rotate_box(*box)) for box in drawn.rules]
        return LayoutPage(width, height, glyphs, rules)


def _read_characters(
    page: pypdfium2.PdfTextPage,
) -> tuple[list[tuple[str, float, float, float, float]], int, int]:
    """Return characters with boxes, the most frequent rotation, and the number of unknown ones."""
    from pypdfium2 import raw

    count = page.count_chars()
    if count > _MAX_PAGE_CHARACTERS:
        raise ExtractError(
            "a page has {count} characters, too many for a report; remove it from the PDF",
            count=count,
        )
    handle = page.raw
    code_of, angle_of, box_of = (
        raw.FPDFText_GetUnicode, raw.FPDFText_GetCharAngle, raw.FPDFText_GetLooseCharBox,
    )  # fmt: skip
    box = raw.FS_RECTF()
    where = ctypes.byref(box)
    boxes: list[tuple[str, float, float, float, float]] = []
    turns = [0, 0, 0, 0]
    unknown = high = 0
    for i in range(count):
        code = code_of(handle, i)
        if code <= 32 and code != _HYPHEN and (code != 32 or raw.FPDFText_IsGenerated(handle, i)):
            unknown += code == 0
            continue
        if code in _SYMBOLS:
            continue
        unknown += code in _PRIVATE_USE
        if code in _OTHER_UNKNOWN or raw.FPDFText_HasUnicodeMapError(handle, i) == 1:
            unknown += 1
            continue
        if 0xD800 <= code < 0xE000:  # surrogates, on Windows
            if code < 0xDC00:
                high = code
                continue
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
        angle = angle_of(handle, i)
        quarter = round(angle / _QUARTER) if angle else 0
        if abs(angle - quarter * _QUARTER) > _MAX_SKEW:
            continue  # a watermark
        turns[-quarter % 4] += 1  # the angle increases clockwise
        box_of(handle, i, where)
        boxes.append((_decode_char(code), box.left, box.bottom, box.right, box.top))
    return boxes, turns.index(max(turns)), unknown


def _decode_char(code: int) -> str:
    if code == _HYPHEN:
        return "\u00ad"
    # Some programs write the radical ⼀ for the character 一.
    return unicodedata.normalize("NFKC", chr(code)) if code in _RADICALS else chr(code)


class _DrawnObjects:
    """Thin lines drawn on a page, and the share of the page that pictures cover."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._objects_left = _MAX_OBJECTS
        self.rules: list[_Box] = []
        self.pictures = 0.0
        self._bbox = page.get_bbox()
        self._scan_objects(
            raw.FPDFPage_CountObjects(page.raw),
            lambda i, handle=page.raw: raw.FPDFPage_GetObject(handle, i),  # type: ignore[misc]
            _IDENTITY_MATRIX,
            0,
        )

    def _scan_objects(
        self, count: int, at: Callable[[int], Any], matrix: _Matrix, depth: int
    ) -> None:
        raw = self._raw
        for i in range(count):
            self._objects_left -= 1
            if self._objects_left < 0:
                return
            thing = at(i)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._add_path(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._add_picture(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                inner = _multiply_matrices(self._get_matrix(thing), matrix)
                self._scan_objects(
                    raw.FPDFFormObj_CountObjects(thing),
                    lambda i, form=thing: raw.FPDFFormObj_GetObject(form, i),  # type: ignore[misc]
                    inner,
                    depth + 1,
                )

    def _get_matrix(self, thing: Any) -> _Matrix:
        found = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(thing, found)
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _add_picture(self, thing: Any, matrix: _Matrix) -> None:
        sides = [ctypes.c_float() for _ in range(4)]
        if not self._raw.FPDFPageObj_GetBounds(thing, *sides):
            return
        x0, y0, x1, y1 = (side.value for side in sides)
        corners = [_transform_point(matrix, x, y) for x in (x0, x1) for y in (y0, y1)]
        left, bottom, right, top = self._bbox
        wide = min(right, max(x for x, _ in corners)) - max(left, min(x for x, _ in corners))
        high = min(top, max(y for _, y in corners)) - max(bottom, min(y for _, y in corners))
        self.pictures += max(wide, 0) * max(high, 0) / max((right - left) * (top - bottom), 1)

    def _add_path(self, thing: Any, matrix: _Matrix) -> None:
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not (fill.value or stroke.value):
            return
        matrix = _multiply_matrices(self._get_matrix(thing), matrix)
        for outline in self._iter_outlines(thing, matrix):
            xs, ys = [x for x, _ in outline], [y for _, y in outline]
            box = min(xs), min(ys), max(xs), max(ys)
            if _to_rule(*box) or not stroke.value:
                self._add_rule(*box)
            else:
                for (x0, y0), (x1, y1) in pairwise(outline):
                    self._add_rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _iter_outlines(self, thing: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        """Iterate over the subpaths of a path, each as a list of its points."""
        raw = self._raw
        x, y = ctypes.c_float(), ctypes.c_float()
        outline: list[tuple[float, float]] = []
        for i in range(raw.FPDFPath_CountSegments(thing)):
            self._objects_left -= 1
            if self._objects_left < 0:
                return
            segment = raw.FPDFPath_GetPathSegment(thing, i)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and outline:
                yield outline
                outline = []
            outline.append(_transform_point(matrix, x.value, y.value))
            if raw.FPDFPathSegment_GetClose(segment):
                outline.append(outline[0])
        if outline:
            yield outline

    def _add_rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        rule = _to_rule(x0, y0, x1, y1)
        if rule:
            self.rules.append(rule)


def _to_rule(x0: float, y0: float, x1: float, y1: float) -> _Box | None:
    """Return the line that a thin box represents, or None."""
    if y1 - y0 <= _MAX_RULE_THICKNESS < x1 - x0:
        return x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
    if x1 - x0 <= _MAX_RULE_THICKNESS < y1 - y0:
        return (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
    return None


def _transform_point(matrix: _Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _multiply_matrices(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    x0, y0 = _transform_point(then, e, f)
    u, v, w, z, _, _ = then
    return a * u + b * w, a * v + b * z, c * u + d * w, c * v + d * z, x0, y0


def _recognise_scan(
    page: pypdfium2.PdfPage, which: str, report_alive: Callable[[], None]
) -> LayoutPage:
    if not ocr.is_installed():
        raise ExtractError(
            "{which} is a scan, a picture of text; to read it, run: {install_command}",
            which=which,
            install_command=ocr.INSTALL_COMMAND,
        )
    width, height = page.get_size()
    if not (width > 0 and height > 0):
        return LayoutPage(1.0, 1.0, [], scanned=True)
    # A picture inserted without regard to its size makes a page as large as a poster.
    shrink = _A4 / max(width, height) if max(width, height) > _A3 else 1.0
    width, height = width * shrink, height * shrink
    dots = min(
        _SCAN_DPI,
        72 * math.sqrt(_MAX_PIXELS / (width * height)),
        72 * _MAX_PIXELS_PER_SIDE / max(width, height),
    )
    picture = page.render(
        scale=shrink * dots / 72, rev_byteorder=False, maybe_alpha=False
    ).to_numpy()
    return ocr.recognise_page(picture[:, :, :3], dots, report_alive)
