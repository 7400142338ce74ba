"""The Chinese names of fields in a query, as the page writes them: 分管:文旅."""

from __future__ import annotations

import re

from reportsearch.locale import ENGLISH
from reportsearch.models.search import FIELD_NAMES

_NAMES = {field: name for name, field in FIELD_NAMES.items() if not name.isascii()}
_CONDITION = re.compile(rf"(?<![\w\"])({'|'.join(_NAMES)}):(?=[\w\"])")
"""A field with a value, as the program writes it."""


def translate_field_names(language: str, text: str) -> str:
    """Translate the names of fields in the conditions of a query."""
    return text if language == ENGLISH else _CONDITION.sub(_translate_condition, text)


def _translate_condition(condition: re.Match[str]) -> str:
    return f"{_NAMES[condition[1]]}:"
