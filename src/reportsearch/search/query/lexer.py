"""The lexer, which splits a query into lexemes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from reportsearch.errors import Message, QueryError
from reportsearch.models.search import FIELD_NAMES
from reportsearch.normalise import fold
from reportsearch.search.query.fields import format_example

_QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」"}
_OPEN, _CLOSE = "(（", ")）"
_BEFORE_QUOTE = "(（-－:："
"""Characters after which a quotation mark may start a term."""
_FIELD = re.compile(r"([^\s:：()（）]{2,9})[:：]")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A part of a query.

    ``kind`` is one of ``( ) OR AND NOT field run quoted``; ``value`` is the text or the field.
    """

    kind: str
    value: str
    at: int


class Lexer:
    """A lexer of queries, which makes decisions only where a term starts or ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spaces = [char.isspace() or fold(char) == " " for char in text]
        self.spaces_before = list(accumulate(self.spaces, initial=0))
        self._unclosed: set[str] = set()
        self.group_ends: set[int] = set()
        self.lexemes: list[Lexeme] = []
        self._failed_searches: dict[tuple[str, int], int] = {}
        self._quote_ends = self._match_quotes()
        self.bracket_ends = self._match_brackets()

    def _match_brackets(self) -> dict[int, int]:
        """Map the offset of each opening bracket to that of its closing one."""
        partner: dict[int, int] = {}
        stack: list[int] = []
        quoted = 0
        for at, char in enumerate(self.text):
            if at < quoted:
                continue
            if char in _QUOTES and (
                not at or self.spaces[at - 1] or self.text[at - 1] in _BEFORE_QUOTE
            ):
                # Skip quoted text. An unclosed quotation mark causes an error later.
                quoted = self._find_quote_end(at) + 1
            elif char in _OPEN:
                stack.append(at)
            elif char in _CLOSE and stack:
                partner[stack.pop()] = at
        return partner

    def _match_quotes(self) -> dict[int, int]:
        """Map each opening mark that differs from its closing one to where it is closed."""
        found: dict[int, int] = {}
        open_: dict[str, list[int]] = {}
        for at, char in enumerate(self.text):
            if char in _QUOTES and _QUOTES[char] != char:
                open_.setdefault(_QUOTES[char], []).append(at)
            elif open_.get(char):
                found[open_[char].pop()] = at
        return found

    def _find_quote_end(self, at: int) -> int:
        """Return the offset of the first closing mark that may end a term, or else ``at``."""
        mark = _QUOTES[self.text[at]]
        if mark in self._unclosed:
            return at
        end = self.text.find(mark, at + 1)
        while end >= 0:
            after = self.text[end + 1 : end + 2]
            if not after or after in _CLOSE or self.spaces[end + 1]:
                return end
            end = self.text.find(mark, end + 1)
        self._unclosed.add(mark)
        return at

    def _ends_term(self, at: int) -> bool:
        """Return whether a term may end before ``at``: at the end, a space or a closing bracket."""
        while at < len(self.text) and at in self.group_ends:
            at += 1
        return at >= len(self.text) or self.spaces[at]

    def split_lexemes(self) -> list[Lexeme]:
        """Return the lexemes in order. Raises QueryError."""
        at = 0
        while at < len(self.text):
            char = self.text[at]
            if self.spaces[at]:
                at += 1
            elif at in self.group_ends:
                self._add(")", char, at)
                at += 1
            else:
                at = self._read_term(at)
        return self.lexemes

    def _add(self, kind: str, value: str, at: int) -> None:
        self.lexemes.append(Lexeme(kind, value, at))

    def _read_term(self, at: int) -> int:
        char = self.text[at]
        if char in _OPEN and self._opens_group(at):
            self.group_ends.add(self.bracket_ends[at])
            self._add("(", char, at)
            return at + 1
        if fold(char) == "-" and not self._ends_term(at + 1) and fold(self.text[at + 1]) != "-":
            self._add("NOT", char, at)
            return at + 1
        field = _FIELD.match(self.text, at)
        name = FIELD_NAMES.get(fold(field[1])) if field else None
        if field and name:
            self._check_value(name, at, field.end())
            self._add("field", name, at)
            return self._read_text(field.end())
        return self._read_text(at)

    def _check_value(self, name: str, at: int, start: int) -> None:
        """Raise QueryError if a field is not followed by a single value."""
        if self._ends_term(start):
            raise QueryError(
                "{name}: at character {at} has no value; write for example {examples}",
                position=at,
                name=Message(name, context="query"),
                at=at + 1,
                examples=format_example(name),
            )
        end = self.bracket_ends.get(start)
        if self.text[start] in _OPEN and (
            end is None or self.spaces_before[end] > self.spaces_before[start]
        ):
            raise QueryError(
                "{name}: at character {at} takes one value, not a bracket; write ({name}:… OR "
                "{name}:…), or quote the value",
                position=at,
                name=Message(name, context="query"),
                at=at + 1,
            )

    def _opens_group(self, at: int) -> bool:
        """Return whether a bracket groups: it does around more than one term, else it is text."""
        end = self.bracket_ends.get(at)
        if end is None:
            raise QueryError(
                "the bracket at character {at} is not closed; close it, or quote the text",
                position=at,
                at=at + 1,
            )
        if end == at + 1 or not self._ends_term(end + 1):
            return False
        first = self.text[at + 1]
        field = _FIELD.match(self.text, at + 1)
        return (
            self.spaces_before[end] > self.spaces_before[at + 1]
            or first in _QUOTES
            or first in _OPEN
            or fold(first) == "-"
            or (field is not None and fold(field[1]) in FIELD_NAMES)
        )

    def _read_text(self, at: int) -> int:
        char = self.text[at]
        if char in _QUOTES:
            end = self._find_closing_quote(at)
            if end is not None:
                self._add("quoted", self.text[at + 1 : end], at)
                return end + 1
        end = at
        while end < len(self.text) and not self.spaces[end] and end not in self.group_ends:
            end += 1
        value = self.text[at:end]
        operator = unicodedata.normalize("NFKC", value)
        self._add(operator if operator in {"OR", "AND", "NOT"} else "run", value, at)
        return end

    def _find_closing_quote(self, at: int) -> int | None:
        mark = _QUOTES[self.text[at]]
        pair = self._quote_ends.get(at)
        if pair is not None:
            # “四个意识”、“四个自信” starts and ends with marks, but they are not a pair.
            return pair if self._ends_term(pair + 1) else None
        end = self.text.find(mark, at + 1)
        if end < 0:
            raise QueryError(
                "the quotation mark at character {at} is not closed; add {mark} or remove it",
                position=at,
                at=at + 1,
                mark=mark,
            )
        # Do not search again for the next mark where the search already failed.
        vain = self._failed_searches.get((mark, len(self.group_ends)), len(self.text))
        while 0 <= end < vain and not self._ends_term(end + 1):
            end = self.text.find(mark, end + 1)
        if 0 <= end < vain:
            return end
        self._failed_searches[mark, len(self.group_ends)] = min(vain, at + 1)
        return None
