"""What the web page says, in Chinese and English; a module for each page.

A text is looked up by its name; names are those of the page's module and the text, ``search.box``.
``{}`` in a text are filled in by name. Plural is avoided: English says "reports: 5".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reportsearch.locale import (
    add,
    analyses,
    common,
    compare,
    errors,
    keywords,
    portfolios,
    report,
    reuse,
    reuse_draft,
    search,
    similar,
    topics,
    waiting,
    year_on_year,
)
from reportsearch.locale import help as help_page

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)

_PAGES = {
    "add": add.TEXTS,
    "analyses": analyses.TEXTS,
    "common": common.TEXTS,
    "compare": compare.TEXTS,
    "errors": errors.TEXTS,
    "help": help_page.TEXTS,
    "keywords": keywords.TEXTS,
    "portfolios": portfolios.TEXTS,
    "report": report.TEXTS,
    "reuse": {**reuse.TEXTS, **reuse_draft.TEXTS, **year_on_year.TEXTS},
    "search": search.TEXTS,
    "similar": similar.TEXTS,
    "topics": topics.TEXTS,
    "waiting": waiting.TEXTS,
}


@cache
def load_texts() -> dict[str, tuple[str, str]]:
    """Load all texts, Chinese and English, by name."""
    return {
        f"{page}.{name}": both for page, known in _PAGES.items() for name, both in known.items()
    }


def translator(language: str) -> Callable[..., str]:
    """Return what translates: ``t("common.reports", number=5)``. KeyError for an unknown name."""
    place = LANGUAGES.index(language)

    def translate(name: str, /, **values: object) -> str:
        return load_texts()[name][place].format(**values)

    return translate
