"""Where a passage stands, as a Word document says it."""

from __future__ import annotations

from reportsearch.models.report import OCR
from reportsearch.output.prose.citations import Source, short
from reportsearch.output.word.document import one_line

_SHA_SHOWN = 12
_UNREAD = "OCR识别，须核对"

NOTHING = "没有找到符合的内容。"
PAST = "有符合的内容，但本次未取出任何一条。"
PLACES = "字符位置按整理后的报告全文从0数起，含起点、不含终点"
HASH = f"SHA-256为该全文校验值的前{_SHA_SHOWN}位"


def cited(source: Source, section: tuple[str, ...], passage: str, span: tuple[int, int]) -> str:
    """A citation: who, title, year, headings; then passage, place and the hash of the text."""
    exact = [
        passage,
        f"字符{span[0]}–{span[1]}",
        f"SHA-256 {source.sha256[:_SHA_SHOWN]}" if source.sha256 else "",
        _UNREAD if source.reader == OCR else "",
    ]
    parts = [short(source, section), "，".join(part for part in exact if part)]
    return one_line(f"〔{'；'.join(part for part in parts if part)}〕")
