"""Text files in the encodings used by Chinese offices."""

from __future__ import annotations

import codecs
import re

from reportsearch.errors import ExtractError

# These codecs remove the byte order mark.
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESS_BYTES = 1 << 18
"""Number of bytes used to guess an encoding, which is slow."""
_MIN_BIG5_PAIRS = 20
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes) -> str:
    """Decode a text file. Raises ExtractError if it is not one."""
    text = decode(data)
    if len(_CONTROLS.findall(text)) > max(4, len(text) // 200):
        raise ExtractError(
            "this is not a text file, despite its name; open it in the program that created it "
            "and save it as .docx or .txt"
        )
    return text


def decode(data: bytes) -> str:
    """Decode by BOM, or as UTF-16 without BOM, strict UTF-8, GB18030 or Big5, else by guessing.

    Guessing comes last, because the others are right far more often on short Chinese texts.
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
    """Count the non-ASCII characters of a decoded text, and those that could not be decoded."""
    replaced = text.count(REPLACEMENT_CHARACTER)
    return len(text) - len(text.encode("ascii", "ignore")) - replaced, replaced


def is_nearly_utf8(wide: int, replaced: int) -> bool:
    """Return whether a text is UTF-8 with a few wrong bytes.

    Hardly any characters of GB18030 would be valid.
    """
    return wide > 4 * replaced


def _detect_utf16(data: bytes) -> str | None:
    """Detect UTF-16 by the zero bytes of line ends and ASCII, all on one side of the pairs."""
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
    """Return whether far more byte pairs are frequent characters in Big5 than in GB2312.

    Nearly all of Big5 can also be decoded as GB18030, but to rare characters. A text of a few words
    is uncertain and does not count as Big5.
    """
    pairs = _PAIR.findall(data[:_GUESS_BYTES])
    in_big5 = sum(0xA4 <= lead <= 0xC6 for lead, _ in pairs)
    in_gb2312 = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    return bool(in_big5 > max(2 * in_gb2312, _MIN_BIG5_PAIRS))


def _decode_by_guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESS_BYTES]).best()
    if best is None:
        raise ExtractError("the encoding is unknown; open it in an editor and save it as UTF-8")
    return data.decode(best.encoding, "replace")
