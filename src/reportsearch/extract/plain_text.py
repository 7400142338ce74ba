"""Text files in the encodings that Chinese offices write."""

from __future__ import annotations

import codecs
import re

from reportsearch.errors import ExtractError

# The codecs take the mark off.
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS_BYTES = 1 << 18
"""Bytes by which an encoding is guessed: that takes long."""
_MIN_BIG5_PAIRS = 20
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes) -> str:
    """Decode a text file. Raises ExtractError when it is none."""
    text = decode(data)
    if len(_CONTROLS.findall(text)) > max(4, len(text) // 200):
        raise ExtractError(
            "this is not a text file, whatever its name says; open it in the program that made "
            "it and save it as .docx or .txt"
        )
    return text


def decode(data: bytes) -> str:
    """Decode by BOM, then as UTF-16 without one, strict UTF-8, GB18030 or Big5, last by guessing.

    Those before guessing: on short Chinese texts they are right far more often.
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, errors="replace")
    utf16 = _detect_utf16(data)
    if utf16:
        return data.decode(utf16, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        if is_nearly_utf8(*count_non_ascii(text)):
            return text
    if is_big5(data):
        text = data.decode("big5hkscs", "replace")
        if text.count(REPLACEMENT_CHARACTER) * 50 <= len(text):
            return text
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return _decode_by_guess(data)


REPLACEMENT_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def count_non_ascii(text: str) -> tuple[int, int]:
    """How many characters beyond ASCII a decoded text has, and how many could not be decoded."""
    replaced = text.count(REPLACEMENT_CHARACTER)
    return len(text) - len(text.encode("ascii", "ignore")) - replaced, replaced


def is_nearly_utf8(wide: int, replaced: int) -> bool:
    """Whether a text is UTF-8 with a few bytes gone wrong: of GB18030 hardly any would be right."""
    return wide > 4 * replaced


def _detect_utf16(data: bytes) -> str | None:
    """UTF-16 shows by its line ends and ASCII: zero bytes, all on one side of the pairs."""
    sample = data[:4096]
    zeros = (sample[0::2].count(0), sample[1::2].count(0))
    if len(sample) < 4 or len(data) % 2 or min(zeros) > 0 or not max(zeros):
        return None
    encoding = "utf-16-le" if zeros[1] else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else encoding


def is_big5(data: bytes) -> bool:
    """Whether far more pairs of bytes are frequent characters in Big5 than are in GB2312.

    Nearly all Big5 can be decoded as GB18030, too, but to rare characters. Of a text of a few words
    nothing is certain: it is none.
    """
    pairs = _PAIR.findall(data[:_GUESS_BYTES])
    in_big5 = sum(0xA4 <= lead <= 0xC6 for lead, _ in pairs)
    in_gb2312 = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    return bool(in_big5 > max(2 * in_gb2312, _MIN_BIG5_PAIRS))


def _decode_by_guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        raise ExtractError("the encoding cannot be told; open it in an editor and save it as UTF-8")
    return data.decode(best.encoding, "replace")
