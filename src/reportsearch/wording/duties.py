"""How a declared portfolio is treated: the same words wherever that is told."""

from __future__ import annotations

from collections.abc import Sequence

TEXTS = {
    "in_passages": ("有专节或专段", "with passages about it"),
    "in_words": ("分工里有、只在字句里提到", "Declared as a duty and mentioned in words alone"),
    "nowhere": ("分工里有、没有讲到", "Declared as a duty and not reported on"),
    "all_in_passages": (
        "没有（分工里的 {number} 个领域都有专节或专段）",
        "none (portfolios declared, all with passages about them: {number})",
    ),
    "others_in_passages": (
        "没有（分工里的其余 {number} 个领域都有专节或专段）",
        "none (other portfolios declared, all with passages about them: {number})",
    ),
    "place": ("第 {number} 段", "passage {number}"),
    "places": ("第 {number} 段", "passages {number}"),
}
"""Name -> (Chinese, English)."""


def places(numbers: Sequence[str], comma: str, language: str) -> str:
    """In which passages something stands: 第 15、17 段."""
    name = "place" if len(numbers) == 1 else "places"
    return TEXTS[name][1 if language == "en" else 0].format(number=comma.join(numbers))
