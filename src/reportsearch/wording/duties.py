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
    "nth": ("第 {number} 段", "passage {number}"),
    "nths": ("第 {number} 段", "passages {number}"),
    "nths_first": ("第 {number} 等 {all} 段", "passages {number} and others, {all} in all"),
}
"""Name -> (Chinese, English)."""
_PLACES = 5
"""Passages that are named."""


def places(numbers: Sequence[str], comma: str, language: str) -> str:
    """In which passages something stands: 第 15、17 段."""
    name = "nth" if len(numbers) == 1 else "nths" if len(numbers) <= _PLACES else "nths_first"
    text = TEXTS[name][1 if language == "en" else 0]
    return text.format(number=comma.join(numbers[:_PLACES]), all=len(numbers))
