"""Values of an address: texts, lists, numbers and pages, each within bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from starlette.requests import Request

T = TypeVar("T")
_MAX_VALUE_CHARS = 2_000
"""Maximum number of characters of a value that are read; no query may be longer."""
_MAX_DIGITS = 9


@dataclass(frozen=True)
class ListPage(Generic[T]):
    """A page of a list: its items and number, and the total of pages and items."""

    items: Sequence[T]
    number: int
    pages: int
    total: int


def read_text(request: Request, name: str, default: str = "") -> str:
    """Return a value of an address; the last one if there are several."""
    return (request.query_params.get(name) or default)[:_MAX_VALUE_CHARS].strip()


def read_list(request: Request, name: str) -> list[str]:
    """Return all non-empty values of a name."""
    given = request.query_params.getlist(name)
    return [value[:_MAX_VALUE_CHARS].strip() for value in given if value.strip()]


def read_integer(request: Request, name: str, default: int, minimum: int, maximum: int) -> int:
    """Return a number of an address, clamped to bounds; ``default`` if there is none."""
    given = read_text(request, name)
    if not given.isdecimal() or len(given) > _MAX_DIGITS:
        return default
    return min(max(int(given), minimum), maximum)


def read_choice(request: Request, name: str, valid: Sequence[str]) -> str:
    """Return a value of an address if it is valid, otherwise the first valid one."""
    given = read_text(request, name)
    return given if given in valid else valid[0]


def read_page_number(request: Request, pages: int = 10**_MAX_DIGITS) -> int:
    """Return the requested page number, at most the last one."""
    return read_integer(request, "page", 1, 1, max(pages, 1))


def paginate(request: Request, items: Sequence[T], size: int) -> ListPage[T]:
    """Return the requested page of a list; an empty list has one page."""
    pages = max(-(-len(items) // size), 1)
    number = read_page_number(request, pages)
    return ListPage(items[(number - 1) * size : number * size], number, pages, len(items))
