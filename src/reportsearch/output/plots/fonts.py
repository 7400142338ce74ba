"""Fonts for drawing Chinese characters.

SVG files and pages contain text, which is shown in the reader's own fonts. A PNG is drawn here, in
the font of the package ``pylopdf-fonts-zh-cn`` (Noto Sans SC, SIL Open Font License), which the
extra installs so that pictures look the same on all machines. Without it, a system font is used.
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
# Prefixes of the file names of fonts with Chinese characters.
_FONT_FILE_NAMES = (
    "notosanscjk", "notosanssc", "notoserifcjk", "notoserifsc", "sourcehan", "wqy", "pingfang",
    "hiragino sans gb", "stheiti", "songti", "msyh", "simhei", "simsun", "droidsansfallback",
    "arphic", "uming", "ukai", "lxgw", "harmonyos_sans_sc",
)  # fmt: skip
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def find_packaged_font() -> Path | None:
    """Find the folder of the extra's font; None if it is not installed."""
    found = find_spec(_MODULE)
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    return folder if any(folder.glob("NotoSansSC*")) else None


def check_font(folders: Sequence[str] = FONT_FOLDERS) -> None:
    """Check that a font with Chinese characters exists, from the extra or in these folders.

    Raises PlotError.
    """
    if find_packaged_font() is None and not any(map(_has_chinese_font, folders)):
        raise PlotError(
            "a PNG requires a font with Chinese characters; pip install {package}, or name an "
            ".svg or .html file",
            package=PACKAGE,
        )


def _has_chinese_font(place: str) -> bool:
    """Return whether a folder has a font that is known to contain Chinese characters."""
    for _, _, files in os.walk(Path(place).expanduser()):
        for name in map(str.lower, files):
            if name.endswith(_ENDINGS) and name.startswith(_FONT_FILE_NAMES):
                return True
    return False
