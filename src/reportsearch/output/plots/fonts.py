"""The font in which Chinese characters are drawn.

An SVG and a page have their text as text, which the reader's own fonts show. A PNG is drawn here:
in the font of the package ``pylopdf-fonts-zh-cn`` (Noto Sans SC, SIL Open Font License), which the
extra brings, so that it looks alike on all machines, or else in one of the system.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from reportsearch.errors import PlotError

PACKAGE = "pylopdf-fonts-zh-cn"
_MODULE = "pylopdf_fonts_zh_cn"
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/System/Library/AssetsV2",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
# How the files of fonts with Chinese characters are called.
_FONT_FILE_NAMES = (
    "notosanscjk", "notosanssc", "notoserifcjk", "notoserifsc", "sourcehan", "wqy", "pingfang",
    "hiragino sans gb", "stheiti", "songti", "msyh", "simhei", "simsun", "droidsansfallback",
    "arphic", "uming", "ukai", "lxgw", "harmonyos_sans_sc",
)  # fmt: skip
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def find_packaged_font() -> Path | None:
    """Find the folder of the font that the extra brings; None where it is not installed."""
    found = find_spec(_MODULE)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    return folder if any(folder.glob("NotoSansSC*")) else None


def check_font(folders: Sequence[str] = FONT_FOLDERS) -> None:
    """Check that there is a font with Chinese characters: the extra's, or one in these folders.

    Raises PlotError.
    """
    if find_packaged_font() is None and not any(map(_has_chinese_font, folders)):
        raise PlotError(
            "a PNG needs a font with Chinese characters: pip install {package}, or "
            "name a file that ends in .svg or .html",
            package=PACKAGE,
        )


def _has_chinese_font(place: str) -> bool:
    """Return whether a font in this folder is known to have Chinese characters."""
    for _, _, files in os.walk(Path(place).expanduser()):
        for name in map(str.lower, files):
            if name.endswith(_ENDINGS) and name.startswith(_FONT_FILE_NAMES):
                return True
    return False
