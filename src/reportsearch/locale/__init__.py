"""Translates user-facing texts: the program has the English, ``zh.po`` the Chinese.

A :class:`Translator` looks texts up by their English. Fields in ``{}`` are filled in by name.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportsearch.errors import Message

CHINESE = "zh"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)
PAGE = "page"
"""The context of messages whose remedy on the web page differs from that on the command line."""
FIELD = "field"
"""The context of names of fields."""
QUERY = "query"
"""The context of names of fields as they are written in a query."""


@cache
def _load_catalogue(language: str) -> gettext.NullTranslations:
    """Load the catalogue of a language; English is the text in the program itself."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    with Path(__file__).with_name(f"{language}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def translate(language: str, text: str, context: str = "") -> str:
    """Translate a message and the messages among its values; other texts stay as they are.

    An entry with ``context``, for example ``PAGE``, takes precedence.
    """
    if not isinstance(text, Message) or not text.template:
        return text
    catalogue = _load_catalogue(language)
    template = catalogue.gettext(text.template)
    for one in filter(None, (context, text.context)):
        found = catalogue.pgettext(one, text.template)
        template = template if found == text.template else found
    values = {
        name: translate(language, value, context) if isinstance(value, str) else value
        for name, value in text.values.items()
    }
    return _fill(template, values)


@dataclass(frozen=True, slots=True)
class Translator:
    """The texts of the program in one language, by their English.

    ``t("Reports: {number}", number=5)`` looks a text up and fills its values in. ``pgettext`` takes
    a context first, where one English text has several translations: the page, command or kind of
    text. ``ngettext`` takes two texts, for one and for several, and the number. The three have the
    names by which tools find texts to translate, as ``make catalogue`` does. Texts in
    tables, to be looked up later, are written as :class:`Message`, and go to :meth:`translate`.
    """

    language: str

    def __call__(self, text: str, /, **values: object) -> str:
        """Return a text with its values filled in."""
        return _fill(_load_catalogue(self.language).gettext(text), values)

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """Return a text of a context."""
        return _fill(_load_catalogue(self.language).pgettext(context, text), values)

    def ngettext(self, one: str, several: str, number: int, /, **values: object) -> str:
        """Return the text for a number, which also fills ``{number}``."""
        found = _load_catalogue(self.language).ngettext(one, several, number)
        return _fill(found, {"number": number, **values})

    @property
    def language_tag(self) -> str:
        """Return the language as web pages and documents name it, with the script of Chinese."""
        return "zh-CN" if self.language == CHINESE else self.language

    def translate(self, message: str, context: str = "") -> str:
        """Translate a message into this language with :func:`translate`."""
        return translate(self.language, message, context)


def _fill(template: str, values: Mapping[str, object]) -> str:
    return template.format(**values) if values else template
