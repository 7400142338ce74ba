"""User-facing texts in Chinese and English, in one file of ``texts/`` per page or output.

A text of a page is looked up by page and name, as in ``search.box``. Fields in ``{}`` are filled in
by name. Plurals are avoided: English says "reports: 5".
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
Text = tuple[str, str]
"""A text in each of LANGUAGES."""

_FOLDER = Path(__file__).with_name("texts")
_SHARED = {"portfolios": "duties", "report": "duties"}
"""Pages that also have the texts of another file."""


@cache
def read_texts(name: str) -> dict[str, Text]:
    """Read the texts of ``texts/NAME.toml`` by name."""
    tables = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    texts = {key: (chinese, english) for key, (chinese, english) in tables.items()}
    return {**read_texts(_SHARED[name]), **texts} if name in _SHARED else texts


@cache
def _read_page_text(page_and_name: str) -> Text:
    page, _, name = page_and_name.partition(".")
    return read_texts(page)[name]


def has_text(name: str) -> bool:
    """Return whether a text of that name exists, as in ``common.year``."""
    page, _, text = name.partition(".")
    return bool(text) and text in read_texts(page)


def translator(language: str) -> Callable[..., str]:
    """Return a translating function: ``t("common.reports", number=5)``.

    It raises KeyError for an unknown name.
    """
    place = LANGUAGES.index(language)

    def translate(name: str, /, **values: object) -> str:
        return _read_page_text(name)[place].format(**values)

    return translate
