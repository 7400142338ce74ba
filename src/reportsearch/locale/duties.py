"""How a declared portfolio is treated: the same words wherever that is told."""

from __future__ import annotations

STATES = {
    "declared and reported": ("分工里有、有专节或专段", "declared and reported"),
    "declared, in words only": (
        "分工里有、只在字句里提到",
        "declared, in words only",
    ),
    "declared, not reported": ("分工里有、没有讲到", "declared, not reported"),
}
"""State of a portfolio -> (Chinese, English)."""
TEXTS = {
    "in_passages": ("有专节或专段", "with passages about it"),
    "in_words": (
        STATES["declared, in words only"][0],
        "Declared as a duty and mentioned in words alone",
    ),
    "nowhere": (
        STATES["declared, not reported"][0],
        "Declared as a duty and not reported on",
    ),
    "all_in_passages": (
        "没有（分工里的 {number} 个领域都有专节或专段）",
        "none (portfolios declared, all with passages about them: {number})",
    ),
    "others_in_passages": (
        "没有（分工里的其余 {number} 个领域都有专节或专段）",
        "none (other portfolios declared, all with passages about them: {number})",
    ),
    "unknown": (
        "未能判断（词表里没有这些分工）",
        "Not known (these duties are in no portfolio of the word list)",
    ),
    "nth": ("第 {number} 段", "passage {number}"),
    "nths": ("第 {number} 段", "passages {number}"),
    "nths_first": ("第 {number} 等 {all} 段", "passages {number} and others, {all} in all"),
}
"""Name -> (Chinese, English)."""
