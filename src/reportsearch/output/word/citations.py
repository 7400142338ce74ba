"""Citations of passages in Word documents."""

from __future__ import annotations

from reportsearch.models.report import OCR
from reportsearch.output.prose.citations import CitationSource, format_citation
from reportsearch.output.word.document import to_one_line

_SHA_CHARS = 12
_OCR_NOTE = "OCR识别，须核对"

NOTHING = "没有检索结果。"
NONE_RETRIEVED = "有检索结果，但本次未列出。"
PLACES_NOTE = "字符位置按整理后的报告全文从0起计，含起点、不含终点"
HASH_NOTE = f"SHA-256为该全文校验值的前{_SHA_CHARS}位"


def format_exact_citation(
    source: CitationSource, section: tuple[str, ...], passage: str, span: tuple[int, int]
) -> str:
    """Return a citation: who, title, year, headings; then passage, place and hash."""
    exact = [
        passage,
        f"字符{span[0]}–{span[1]}",
        f"SHA-256 {source.sha256[:_SHA_CHARS]}" if source.sha256 else "",
        _OCR_NOTE if source.reader == OCR else "",
    ]
    parts = [format_citation(source, section), "，".join(part for part in exact if part)]
    return to_one_line(f"〔{'；'.join(part for part in parts if part)}〕")
