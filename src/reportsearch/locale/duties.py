"""How a declared portfolio is treated: the same words wherever that is told."""

from __future__ import annotations

from reportsearch.models.portfolios import MENTIONED_ONLY, NOT_REPORTED, REPORTED

STATES = {
    REPORTED: ("分工里有、有专节或专段", "declared and reported"),
    MENTIONED_ONLY: (
        "分工里有、只在字句里提到",
        "declared, in words only",
    ),
    NOT_REPORTED: ("分工里有、没有讲到", "declared, not reported"),
}
"""State of a portfolio -> (Chinese, English)."""
TEXTS = {
    "in_passages": ("有专节或专段", "with passages about it"),
    "in_words": (
        STATES[MENTIONED_ONLY][0],
        "Declared as a duty and mentioned in words alone",
    ),
    "nowhere": (
        STATES[NOT_REPORTED][0],
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
