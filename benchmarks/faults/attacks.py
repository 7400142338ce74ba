"""Texts that make a regular expression slow, made from the expression itself.

A quantifier is attacked by repeating what it repeats; a search, by tokens that begin a match again
and again: the expression's own characters, pairs of them, and tokens that reports are full of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from re import _constants as ops
from re import _parser as parser
from typing import Any

TYPICAL = (
    "1", "1.", "1,", "一", "一、", "（一）", "(", "《", "》", "“", "年", "2023年", "、", "，", "。",
    "：", "甲", "甲的", "甲县", "a", "A", "*", "-", "|", " ", "\u3000", "\t", "\n", "1%",
    "增长1%，", "一年",
)  # fmt: skip
TAILS = ("", "\0", "。甲")
_VARIANTS = 4
_MAX_OWN = 10
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_OF_CATEGORY = {
    ops.CATEGORY_DIGIT: "1", ops.CATEGORY_SPACE: " ", ops.CATEGORY_WORD: "甲",
    ops.CATEGORY_NOT_DIGIT: "甲", ops.CATEGORY_NOT_SPACE: "甲", ops.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
_OTHERS = "甲1 a，"
_Nodes = Sequence[tuple[Any, Any]]


def parse(pattern: re.Pattern[Any]) -> _Nodes:
    """Return the parsed expression as a list of nodes."""
    return list(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.DEBUG))


def is_bounded(pattern: re.Pattern[Any]) -> bool:
    """Check whether a match has a greatest length, so that each place takes a limited time."""
    return not any(node[1][1] is ops.MAXREPEAT for node in _iter_repeats(parse(pattern)))


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length, in the type that an expression matches."""

    head: str
    token: str
    tail: str
    is_bytes: bool

    def __str__(self) -> str:
        return f"{self.head!r} + {self.token!r} * n + {self.tail!r}"

    def build(self, length: int) -> Any:
        """Return the text with about so many characters."""
        text = self.head + self.token * (length // len(self.token)) + self.tail
        return text.encode("latin-1", "replace") if self.is_bytes else text


def iter_attacks(
    pattern: re.Pattern[Any], *, pairs: bool = True, tails: Sequence[str] = TAILS
) -> Iterator[Attack]:
    """Yield the attacks on a pattern."""
    seen = set()
    for head, token in _iter_tokens(parse(pattern), pairs=pairs):
        if token and (head, token) not in seen:
            seen.add((head, token))
            for tail in tails:
                yield Attack(head, token, tail, isinstance(pattern.pattern, bytes))


def _iter_tokens(nodes: _Nodes, *, pairs: bool) -> Iterator[tuple[str, str]]:
    """Yield what precedes the repeated text, and what is repeated."""
    for variant in range(_VARIANTS):
        for repeat in _iter_repeats(nodes):
            head = _write(nodes, variant, until=repeat)[0]
            yield head, _write(repeat[1][2], variant)[0]
        yield "", _write(nodes, variant)[0]
    own = list(dict.fromkeys(_iter_characters(nodes)))[:_MAX_OWN]
    yield from (("", token) for token in (*own, *TYPICAL))
    if pairs:
        yield from (("", "".join(pair)) for pair in product(own, repeat=2))


def _iter_repeats(nodes: _Nodes) -> Iterator[tuple[Any, Any]]:
    """Yield the quantified nodes that may repeat often, outer ones first."""
    for node in nodes:
        if node[0] in _REPEATS and node[1][1] > 1:
            yield node
        for inner in _get_inner(node):
            yield from _iter_repeats(inner)


def _get_inner(node: tuple[Any, Any]) -> list[_Nodes]:
    """Return the expressions inside a node."""
    kind, value = node
    if kind in _REPEATS:
        return [value[2]]
    if kind is ops.BRANCH:
        return list(value[1])
    if kind is ops.SUBPATTERN:
        return [value[3]]
    if kind is ops.ATOMIC_GROUP:
        return [value]
    if kind in {ops.ASSERT, ops.ASSERT_NOT}:
        return [value[1]]
    return []


def _write(nodes: _Nodes, variant: int, until: tuple[Any, Any] | None = None) -> tuple[str, bool]:
    """Return a text that nodes may match, up to a node if it is inside, and whether it was."""
    text = ""
    for node in nodes:
        if node is until:
            return text, True
        kind, value = node
        if kind is ops.LITERAL:
            text += chr(value)
        elif kind is ops.NOT_LITERAL:
            text += next(char for char in _OTHERS if ord(char) != value)
        elif kind is ops.ANY:
            text += "甲"
        elif kind is ops.IN:
            text += _write_class(value, variant)
        else:
            written, found = _write_inner(node, variant, until)
            text += written
            if found:
                return text, True
    return text, False


def _write_inner(
    node: tuple[Any, Any], variant: int, until: tuple[Any, Any] | None
) -> tuple[str, bool]:
    kind, value = node
    inner = _get_inner(node)
    for one in inner:
        written, found = _write(one, variant, until)
        if found:
            return written, True
    if kind in {ops.ASSERT, ops.ASSERT_NOT} or not inner:
        return "", False
    written = _write(inner[variant % len(inner)], variant)[0]
    times = max(value[0], variant % 2) if kind in _REPEATS else 1
    return written * times, False


def _write_class(items: _Nodes, variant: int) -> str:
    """Return a character of a class, another one for each variant."""
    characters = list(_iter_class(items))
    return characters[variant % len(characters)]


def _iter_class(items: _Nodes) -> Iterator[str]:
    if items[0][0] is ops.NEGATE:
        excluded = set(_iter_class(items[1:]))
        yield from (char for char in _OTHERS if char not in excluded)
        yield "\1"
        return
    for kind, value in items:
        if kind is ops.LITERAL:
            yield chr(value)
        elif kind is ops.RANGE:
            yield chr(value[0])
            yield chr(value[1])
        elif kind is ops.CATEGORY:
            yield _OF_CATEGORY[value]


def _iter_characters(nodes: _Nodes) -> Iterator[str]:
    """Yield characters that matter to an expression."""
    for node in nodes:
        if node[0] in {ops.LITERAL, ops.NOT_LITERAL}:
            yield chr(node[1])
        elif node[0] is ops.IN:
            yield from list(_iter_class(node[1]))[:3]
        for inner in _get_inner(node):
            yield from _iter_characters(inner)
