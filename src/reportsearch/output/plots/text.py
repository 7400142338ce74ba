"""Text in pictures: removing invisible characters and breaking lines to fit."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from reportsearch.output.annotations import replace_illegal_xml

_PIECE = re.compile(
    r"[《“‘（【「(]*(?:[0-9A-Za-z.,%'’_/+-]+|\S)[，。、；：！？”’）》】」,;:!?)…]*\s*"
)


def clean_text(text: str) -> str:
    """Return one line without control and invisible characters, which could reverse a label."""
    characters = (" " if c.isspace() else c for c in replace_illegal_xml(text))
    return " ".join("".join(c for c in characters if unicodedata.category(c)[0] != "C").split())


def measure_ems(text: str) -> float:
    """Measure the width of a text in ems, the width of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.53 for c in text)


def wrap_ems(text: str, width: float) -> list[str]:
    """Wrap a text into lines of at most ``width`` ems; an empty text gives one empty line."""
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(clean_text(text)):
        for part in _split_piece(piece, width):
            if line and measure_ems((line + part).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += part
    return [*lines, line.rstrip()] if line or not lines else lines


def _split_piece(piece: str, width: float) -> list[str]:
    """Split a piece that is wider than a line into parts."""
    if measure_ems(piece.rstrip()) <= width:
        return [piece]
    most = max(int(width), 1)
    return [piece[start : start + most] for start in range(0, len(piece), most)]


def wrap_label(text: str, width: float) -> str:
    """Wrap an axis label, joining its lines with line feeds."""
    lines = wrap_ems(text, width)
    # Lines of about equal length, so that the last is not a single character.
    evenly = wrap_ems(text, measure_ems(clean_text(text)) / len(lines) + 1)
    return "\n".join(evenly if len(evenly) == len(lines) else lines)


def make_unique_names(entries: Iterable[tuple[str, str]]) -> list[str]:
    """Make unique names of values with titles: the title, plus the value if several share it."""
    pairs = [
        (clean_text(value), clean_text(title) or clean_text(value)) for value, title in entries
    ]
    frequent = Counter(title for _, title in pairs)
    names = [
        title if frequent[title] == 1 or title == value else f"{title} ({value})"
        for value, title in pairs
    ]
    seen: Counter[str] = Counter()
    for number, name in enumerate(names):
        seen[name] += 1
        if seen[name] > 1:
            names[number] = f"{name} [{seen[name]}]"
    return names


def count_lines(labels: Sequence[str]) -> int:
    """Return the number of lines of the tallest label."""
    return max((text.count("\n") + 1 for text in labels), default=1)


def measure_widest(labels: Iterable[str]) -> float:
    """Measure the width in ems of the widest line."""
    return max((measure_ems(line) for text in labels for line in text.split("\n")), default=0.0)


def format_cell_share(share: float) -> str:
    """Format a share for a small space: whole percent without the sign, empty for zero."""
    if not share:
        return ""
    return "<1" if share < 0.005 else str(max(round(share * 100), 1))
