"""Where a passage stands, as a Word document says it."""

from __future__ import annotations

from reportsearch.word.building import one_line

_SHA_SHOWN = 12

NOTHING = "没有找到符合的内容。"
PAST = "有符合的内容，但本次未取出任何一条。"
PLACES = "字符位置按整理后的报告全文从0数起，含起点、不含终点"
HASH = f"SHA-256为该全文校验值的前{_SHA_SHOWN}位"


def cited(
    title: str, section: tuple[str, ...], passage: str, span: tuple[int, int], sha256: str
) -> str:
    """A citation: title, headings, passage, place and what the report's text can be told by."""
    parts = [
        title,
        " › ".join(section),
        passage,
        f"字符{span[0]}–{span[1]}",
        f"SHA-256 {sha256[:_SHA_SHOWN]}" if sha256 else "",
    ]
    return one_line(f"〔{'，'.join(part for part in parts if part)}〕")
