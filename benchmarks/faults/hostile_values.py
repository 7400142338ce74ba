"""Values of parameters and headers that lead somewhere, and hostile ones."""

from __future__ import annotations

import random
from urllib.parse import quote, quote_from_bytes

from tests.search.hostile_queries import INVISIBLE, STRANGE, VALID, VALUES

from benchmarks.faults.web_server import MARKUP, REMOVED_FROM, REPORTS, list_keys
from reportsearch.models.facts import FACT_KINDS
from reportsearch.models.keywords import GROUPING_FIELDS
from reportsearch.search.engine import FACETS, GROUPS, SORTS
from reportsearch.web.api.operations import OPERATIONS

READ_KEYS = list_keys(range(REMOVED_FROM))
CHANGED_KEYS = list_keys(range(REMOVED_FROM, REPORTS))
ATTACKS = (
    "../../../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "file:///etc/passwd",
    "....//etc/passwd",
    "%2e%2e%2fetc%2fpasswd", "C:\\CON", "\0", "\r\nX-Injected: 1", "\r\n\r\n<i9q>",
    "\nSet-Cookie: a=b", "{{7*7}}",
    MARKUP, f"\"'><{MARKUP}", "javascript:alert(1)", "//evil.example/", "/\\evil.example", "';--",
    "=1+1", "-1",
    "0", "1e309", "9" * 19, "9" * 5_000, "文" * 2_000, "a" * 60_000, "__class__", "*", "%s%n",
    "true", "null", "[]",
    "２０２３", "2023..2021", "year=2023", "title=" + MARKUP, "year=" + "9" * 400, "portfolio=文旅",
    "=", "甲=乙",
)  # fmt: skip
BROKEN_ENCODINGS = (
    b"%",
    b"%zz",
    b"%ff%fe",
    b"%c0%ae%c0%ae/",
    b"%ed%a0%80",
    b"%00",
    b"\xff\xfe",
    b"\xb8\xba",
    b"%25%30%30",
)
LIKELY: dict[str, tuple[str, ...]] = {
    "q": ("招商引资", "文旅 OR 审计", '"游客"', "year:2021", *VALID),
    "text": ("扎实推进招商引资工作，全年签约项目。", "群众",
    "坚持以文塑旅、以旅彰文。\n明年要建成游客中心。"),
    "by": GROUPING_FIELDS,
    "kind": FACT_KINDS,
    "where": ("year=2021..2023", "portfolio=文旅", "level=县", "official=甲县"),
    "set": ("region=乙县", "year=2020", "level="),
    "sort": (*SORTS, "left", "right"),
    "group": GROUPS,
    "facet": FACETS,
    "view": ("passages", "lines", "years", "alike", "figures"),
    "format": ("json", "csv"),
    "as": ("csv", "json"),
    "lang": ("zh", "en"),
    "term": ("招商引资", "文旅"),
    "portfolio": ("文旅", "招商引资", "审计"),
    "values": ("2021", "甲县副县长", "2018..2022"),
    "topics": ("2", "auto"),
    "terms": ("words", "phrases"),
    "at": ("0-5", "3-9000"),
}  # fmt: skip
_PAGES_OWN = (
    "all", "as", "aside", "at", "done", "figures", "form", "format", "hit", "lang", "of", "page",
    "pairs",
    "previous", "row", "rows", "saved", "source", "term", "token", "top", "topics", "values",
    "view", "years",
    "official", "title", "region", "level", "year", "a[]", "", "=", "q%00",
)  # fmt: skip
NAMES = sorted(
    {one.name for operation in OPERATIONS for one in operation.parameters} | {*_PAGES_OWN}
)
NUMBERS = {
    "limit",
    "offset",
    "top",
    "min_chars",
    "page",
    "hit",
    "passage",
    "width",
    "number",
    "chars",
}


def draw_text(chance: random.Random) -> str:
    """Draw a hostile text."""
    kind = chance.randrange(5)
    if kind == 0:
        return chance.choice(VALUES)
    if kind == 1:
        return "".join(
            chance.choices([*STRANGE, *INVISIBLE, "文", "a", " "], k=chance.randint(1, 12))
        )
    if kind == 2:
        highest = chance.choice((0x7F, 0xFFFF, 0x10FFFF))
        return "".join(chr(chance.randint(0, highest)) for _ in range(chance.choice((1, 8, 90))))
    return chance.choice(ATTACKS)


def draw_value(chance: random.Random, name: str) -> str:
    """Draw a value of a parameter: one that leads somewhere, or a hostile one."""
    if chance.random() < 0.35:
        return draw_text(chance)
    if name in ("report", "previous", "key"):
        return chance.choice(READ_KEYS)
    if name in NUMBERS:
        return str(chance.choice((0, 1, 2, 5, 20, 1_000, 10**9, -1)))
    return chance.choice(LIKELY.get(name, ATTACKS))


def encode(chance: random.Random, text: str) -> bytes:
    """Write a text into an address: as a browser does, or in another way."""
    way = chance.random()
    if way < 0.04:
        return chance.choice(BROKEN_ENCODINGS)
    if way < 0.07:
        return quote(quote(text.encode("utf-8", "surrogatepass"), safe=""), safe="").encode()
    if way < 0.1:
        return quote_from_bytes(text.encode("gb18030", "replace"), safe="").encode()
    if way < 0.12:
        return text.encode("utf-8", "surrogatepass")
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="").encode()
