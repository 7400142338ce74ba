"""Unicode equivalents of Word's symbol fonts: ticks, boxes, bullets, arrows, Greek.

Word stores symbols as code points of a font (F0FC of Wingdings is ✓). The tables contain those that
duty reports and their forms use. Unknown symbols have no text.
"""

from __future__ import annotations

import re

_PRIVATE_USE_START = 0xF000

_WINGDINGS = {
    0x21: "✏✂✁", 0x28: "☎✆✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x45: "☜☞☝☟", 0x4A: "☺", 0x4C: "☹",
    0x51: "✈☼", 0x54: "❄", 0x6C: "●", 0x6D: "❍■□", 0x70: "□❑❒◆◆◆❖◆⌧", 0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩",
    0x8B: "⓿❶❷❸❹❺❻❼❽❾❿", 0x9E: "·•▪○", 0xA3: "○◉◎", 0xA7: "▪□", 0xAA: "✦★✶", 0xAD: "✴✹✵",
    0xB5: "✪✰", 0xD5: "⌫⌦", 0xD8: "➢", 0xDF: "←→↑↓↖↗↙↘", 0xE8: "➔", 0xEF: "⇦⇨⇧⇩⇔⇕",
    0xFB: "✗✓☒☑",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗✓☒☑☒☒", 0x69: "⓪①②③④⑤⑥⑦⑧⑨⑩", 0x74: "⓿❶❷❸❹❺❻❼❽❾❿", 0x96: "•●", 0xA2: "■□",
}  # fmt: skip
_WINGDINGS_3 = {0x21: "←→↑↓", 0x70: "▲▼△▽◀▶◁▷"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}
_SYMBOL = {
    0x20: " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼", 0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
}  # fmt: skip


def _expand_table(runs: dict[int, str]) -> dict[int, str]:
    return {first + place: sign for first, run in runs.items() for place, sign in enumerate(run)}


_FONTS = {
    "wingdings": _expand_table(_WINGDINGS),
    "wingdings 2": _expand_table(_WINGDINGS_2),
    "wingdings 3": _expand_table(_WINGDINGS_3),
    "webdings": _expand_table(_WEBDINGS),
    "symbol": _expand_table(_SYMBOL),
}


PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
"""A private-use character, which only a symbol font can display."""


def map_symbol(font: str, code: int) -> str:
    """Return the symbol of a font, or an empty string; ``code`` may include F000 or not."""
    signs = _FONTS.get(font.strip().lower(), {})
    return signs.get(code - _PRIVATE_USE_START if code >= _PRIVATE_USE_START else code, "")


def replace_symbols(text: str, font: str) -> str:
    """Replace the private-use characters of a symbol font in ``text`` with Unicode, if known."""
    return PRIVATE_USE.sub(lambda sign: map_symbol(font, ord(sign[0])) or sign[0], text)
