"""What the web page says, in Chinese and English; a module for each page.

A text is looked up by its name; names are those of the page's module and the text, ``search.box``.
``{}`` in a text are filled in by name. Plural is avoided: English says "reports: 5".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reportsearch.wording.web import (
    analyses,
    common,
    compare,
    errors,
    keywords,
    portfolios,
    topics,
)

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)

_PAGES = {
    "common": common.TEXTS,
    "errors": errors.TEXTS,
    "analyses": analyses.TEXTS,
    "keywords": keywords.TEXTS,
    "topics": topics.TEXTS,
    "compare": compare.TEXTS,
    "portfolios": portfolios.TEXTS,
}


@cache
def texts() -> dict[str, tuple[str, str]]:
    """All texts, Chinese and English, by name."""
    return {
        f"{page}.{name}": both for page, known in _PAGES.items() for name, both in known.items()
    }


def teller(language: str) -> Callable[..., str]:
    """What gives a text in a language: ``t("common.reports", number=5)``. KeyError if unknown."""
    place = LANGUAGES.index(language)

    def tell(name: str, /, **values: object) -> str:
        return texts()[name][place].format(**values)

    return tell
