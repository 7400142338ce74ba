"""The user's string to a :class:`Query`, once for all engines.

The language is small. Terms are separated by spaces and must all be met in one passage; ``OR``,
``NOT`` or ``-``, and brackets combine them; ``"…"``, ``“…”`` and ``「…」`` around a term ask for
exactly that string; ``field:value`` filters. Operators count only at a term's boundary and a colon
only after a known field, half-width or full-width. Anything else is text, so that pieces of a
report can be pasted as they are: ``2023年1－10月``, ``（试行）``, ``增强“四个意识”``.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from reportsearch.errors import QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.models import KINDS, LEVELS, ReportInfo
from reportsearch.normalise import fold
from reportsearch.tokens import Tokenizer

MAX_LENGTH = 5_000
MAX_DEPTH = 20
MAX_TERMS = 200

FIELD_NAMES = {
    "title": "title",
    "标题": "title",
    "kind": "kind",
    "类型": "kind",
    "year": "year",
    "年份": "year",
    "date": "date",
    "日期": "date",
    "post": "post",
    "职务": "post",
    "level": "level",
    "级别": "level",
    "region": "region",
    "地区": "region",
    "official": "official",
    "人员": "official",
    "source": "source",
    "来源": "source",
    "section": "section",
    "章节": "section",
    "portfolio": "portfolio",
    "分管": "portfolio",
    "declared": "declared",
    "申报分管": "declared",
}

_QUOTES = {'"': '"', "＂": "＂", "“": "”", "「": "」"}
_OPEN, _CLOSE = "(（", ")）"
_FIELD = re.compile(r"([^\s:：()（）]{2,9})[:：]")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_YEARS = re.compile(r"(\d{4})?(\.\.)?(\d{4})?")


@dataclass(frozen=True, slots=True)
class Term:
    """A string to be found in a passage.

    ``string`` is folded. A quoted term is met by passages that contain the string; a bare one also
    by those that contain one of ``synonyms``, or all of ``words``. ``ranking`` are the indexed
    words by which passages that meet the term are ranked.
    """

    text: str
    string: str
    quoted: bool
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ranking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """A condition on a report's metadata; ``value`` is folded, years are a closed range."""

    field: str
    value: str
    years: tuple[int, int] | None = None

    def met_by(self, info: ReportInfo) -> bool:
        """Tell whether a report fulfils the condition."""
        if self.years is not None:
            return info.year is not None and self.years[0] <= info.year <= self.years[1]
        if self.field == "declared":
            return self.value in info.declared
        own = fold(getattr(info, self.field) or "")
        if self.field == "date":
            return own.startswith(self.value)
        if self.field == "post":
            # 局长 finds 教育局局长, but 县长 is not 副县长.
            before = own.removesuffix(self.value)
            return own.endswith(self.value) and not before.endswith("副")
        if self.field in {"kind", "level"}:
            return own == self.value
        return self.value in own


@dataclass(frozen=True, slots=True)
class SectionFilter:
    """A condition on a passage's section: a string in one of its headings, or a portfolio."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class And:
    """All parts are met in one passage."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Some part is met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part is not met."""

    part: Node


Node = Term | ReportFilter | SectionFilter | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. ``text`` is the user's string."""

    text: str
    node: Node

    def terms(self) -> tuple[Term, ...]:
        """The terms that are asked for, not those under a NOT, in order and each once."""
        return tuple(dict.fromkeys(_positive(self.node)))


def _positive(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _positive(part)


@dataclass(frozen=True, slots=True)
class _Lexeme:
    """``kind`` is one of ``( ) OR AND NOT field run quoted``; ``value`` the text or the field."""

    kind: str
    value: str
    at: int


class _Lexer:
    """Splits a query into lexemes; every decision is made where a term starts or ends."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spaces = [char.isspace() or fold(char) in {"", " "} for char in text]
        self.spaces_before = list(accumulate(self.spaces, initial=0))
        self.groups: set[int] = set()
        self.lexemes: list[_Lexeme] = []
        self.partner = self._brackets()

    def _brackets(self) -> dict[int, int]:
        """Each opening bracket's place to its closing one's."""
        partner: dict[int, int] = {}
        stack: list[int] = []
        for at, char in enumerate(self.text):
            if char in _OPEN:
                stack.append(at)
            elif char in _CLOSE and stack:
                partner[stack.pop()] = at
        return partner

    def _ends_term(self, at: int) -> bool:
        """Whether a term may end before ``at``: the text's end, a space or a closing bracket."""
        while at < len(self.text) and at in self.groups:
            at += 1
        return at >= len(self.text) or self.spaces[at]

    def run(self) -> list[_Lexeme]:
        at = 0
        while at < len(self.text):
            char = self.text[at]
            if self.spaces[at]:
                at += 1
            elif at in self.groups:
                self._add(")", char, at)
                at += 1
            else:
                at = self._term(at)
        return self.lexemes

    def _add(self, kind: str, value: str, at: int) -> None:
        self.lexemes.append(_Lexeme(kind, value, at))

    def _term(self, at: int) -> int:
        char = self.text[at]
        if char in _OPEN and self._opens_group(at):
            self.groups.add(self.partner[at])
            self._add("(", char, at)
            return at + 1
        if fold(char) == "-" and not self._ends_term(at + 1) and fold(self.text[at + 1]) != "-":
            self._add("NOT", char, at)
            return at + 1
        field = _FIELD.match(self.text, at)
        name = FIELD_NAMES.get(fold(field[1])) if field else None
        if field and name:
            if self._ends_term(field.end()):
                raise QueryError(
                    f"{field[0]} at character {at + 1} has no value; write for example "
                    f"{_EXAMPLES[name]}",
                    at,
                )
            self._add("field", name, at)
            return self._text(field.end())
        return self._text(at)

    def _opens_group(self, at: int) -> bool:
        """A bracket groups when it stands around more than one term; else it is text."""
        end = self.partner.get(at)
        if end is None:
            raise QueryError(
                f"the bracket at character {at + 1} is not closed; close it, or put the text in "
                f"quotation marks",
                at,
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

    def _text(self, at: int) -> int:
        char = self.text[at]
        if char in _QUOTES:
            end = self._closing_quote(at)
            if end is not None:
                self._add("quoted", self.text[at + 1 : end], at)
                return end + 1
        end = at
        while end < len(self.text) and not self.spaces[end] and end not in self.groups:
            end += 1
        value = self.text[at:end]
        operator = unicodedata.normalize("NFKC", value)
        self._add(operator if operator in {"OR", "AND", "NOT"} else "run", value, at)
        return end

    def _closing_quote(self, at: int) -> int | None:
        mark = _QUOTES[self.text[at]]
        end = self.text.find(mark, at + 1)
        if end < 0:
            raise QueryError(
                f"the quotation mark at character {at + 1} is not closed; add {mark} or leave it "
                f"out",
                at,
            )
        while end >= 0 and not self._ends_term(end + 1):
            end = self.text.find(mark, end + 1)
        return end if end >= 0 else None


_EXAMPLES = {
    "title": "title:述职",
    "kind": "kind:述职报告",
    "year": "year:2023 or year:2021..2023",
    "date": "date:2024-01",
    "post": "post:副县长",
    "level": "level:县",
    "region": "region:甲县",
    "official": "official:甲县副县长",
    "source": "source:样本",
    "section": "section:不足",
    "portfolio": "portfolio:文旅",
    "declared": "declared:文旅",
}


class _Parser:
    """Recursive descent over the lexemes; the depth is bounded by MAX_DEPTH."""

    def __init__(self, lexemes: list[_Lexeme], tokenizer: Tokenizer, lexicon: Lexicon) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0
        self.tokenizer = tokenizer
        self.lexicon = lexicon

    def _peek(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def _next(self) -> _Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def parse(self) -> Node:
        node = self._either()
        if self._peek():
            raise self._misplaced()
        return node

    def _misplaced(self) -> QueryError:
        if self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            where, what, at = f"at character {lexeme.at + 1}", lexeme.value, lexeme.at
        else:
            lexeme = self.lexemes[-1]
            where, what, at = "at the end", lexeme.value, lexeme.at
        return QueryError(
            f"{what} {where} needs a term beside it; to search for the word itself, write "
            f'"{what}" in quotation marks',
            at,
        )

    def _either(self) -> Node:
        parts = [self._all()]
        while self._peek() == "OR":
            self._next()
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Node:
        parts = [self._one()]
        while self._peek() not in {"", "OR", ")"}:
            if self._peek() == "AND":
                self._next()
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self) -> Node:
        kind = self._peek()
        if kind not in {"(", "NOT", "field", "run", "quoted"}:
            raise self._misplaced()
        lexeme = self._next()
        if kind == "field":
            return _filter(lexeme, self._next(), self.lexicon)
        if kind in {"run", "quoted"}:
            return _term(lexeme, self.tokenizer, self.lexicon)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(
                f"more than {MAX_DEPTH} brackets or NOTs inside one another at character "
                f"{lexeme.at + 1}; write the query flatter",
                lexeme.at,
            )
        node: Node = Not(self._one()) if kind == "NOT" else self._group()
        self.depth -= 1
        return node

    def _group(self) -> Node:
        node = self._either()
        if self._peek() != ")":
            raise self._misplaced()
        self._next()
        return node


def _term(lexeme: _Lexeme, tokenizer: Tokenizer, lexicon: Lexicon) -> Term:
    quoted = lexeme.kind == "quoted"
    # Spaces at the ends of a quoted string are part of it.
    string = fold(lexeme.value)
    if not string.strip():
        raise QueryError(
            f"nothing to search for at character {lexeme.at + 1}; write a word inside the "
            f"quotation marks",
            lexeme.at,
        )
    ranking = tuple(dict.fromkeys(tokenizer.search_words(string)))
    if quoted:
        return Term(lexeme.value, string, quoted=True, ranking=ranking)
    words = tuple(dict.fromkeys(token.text for token in tokenizer.cut(string)))
    return Term(
        lexeme.value,
        string,
        quoted=False,
        synonyms=lexicon.synonyms.get(string, ()),
        words=() if words == (string,) else words,
        ranking=ranking,
    )


def _filter(name: _Lexeme, value: _Lexeme, lexicon: Lexicon) -> ReportFilter | SectionFilter:
    return make_filter(name.value, value.value, lexicon, value.at)


def make_filter(
    field: str, value: str, lexicon: Lexicon, at: int = 0
) -> ReportFilter | SectionFilter:
    """Return the condition ``field:value``; ``field`` is one of the values of FIELD_NAMES.

    Raises QueryError when the value cannot be one of the field's.
    """
    string = fold(value).strip()
    if not string:
        raise QueryError(
            f"{field} at character {at + 1} has no value; write for example {_EXAMPLES[field]}", at
        )
    if field == "year":
        return ReportFilter(field, string, _years(string, at))
    if field in {"portfolio", "declared"}:
        name = lexicon.portfolio(string)
        if name is None:
            raise QueryError(_unknown_portfolio(string, lexicon), at)
        return SectionFilter(field, name) if field == "portfolio" else ReportFilter(field, name)
    if field == "date" and not _DATE.fullmatch(string):
        raise QueryError(
            f"{value!r} at character {at + 1} is not a date; write for example {_EXAMPLES[field]}",
            at,
        )
    valid = {"kind": KINDS, "level": LEVELS}.get(field)
    if valid and string not in valid:
        raise QueryError(
            f"{value!r} at character {at + 1} is no {field}; it is one of {'、'.join(valid)}", at
        )
    if field == "section":
        return SectionFilter(field, string)
    return ReportFilter(field, string)


def _years(value: str, at: int) -> tuple[int, int]:
    match = _YEARS.fullmatch(value.removesuffix("年"))
    low, dots, high = match.groups() if match else (None, None, None)
    if not (low or high) or (low and high and not dots) or (high and not dots):
        raise QueryError(
            f"{value!r} at character {at + 1} is not a year; write for example {_EXAMPLES['year']}",
            at,
        )
    first = int(low) if low else 0
    last = int(high) if high else (9999 if dots else first)
    if first > last:
        raise QueryError(f"{first} is after {last}; write year:{last}..{first}", at)
    return first, last


def _unknown_portfolio(value: str, lexicon: Lexicon) -> str:
    names = [portfolio.name for portfolio in lexicon.portfolios]
    near = difflib.get_close_matches(value, [*lexicon.by_item], n=5, cutoff=0.3)
    offered = list(dict.fromkeys(name for item in near for name in lexicon.by_item[item]))
    shown = "、".join(offered or names[:12])
    return f"no portfolio is called {value!r}; did you mean one of: {shown}?"


def parse(text: str, tokenizer: Tokenizer, lexicon: Lexicon) -> Query:
    """Parse the user's string. Raises QueryError with the place and the remedy."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            f"the query has {len(text)} characters, the most is {MAX_LENGTH}; search for a part",
            MAX_LENGTH,
        )
    lexemes = _Lexer(text).run()
    if not lexemes:
        raise QueryError('the query is empty; write a word, for example 文旅 or "旅游示范县"')
    if len(lexemes) > MAX_TERMS:
        raise QueryError(
            f"the query has {len(lexemes)} parts, the most is {MAX_TERMS}; search for fewer words",
            lexemes[MAX_TERMS].at,
        )
    # A field's value that is spelt like an operator (title:OR) is text.
    after_field = [False, *(lexeme.kind == "field" for lexeme in lexemes)]
    fixed = [
        _Lexeme("run", lexeme.value, lexeme.at) if is_value and lexeme.kind != "quoted" else lexeme
        for lexeme, is_value in zip(lexemes, after_field, strict=False)
    ]
    return Query(text, _Parser(fixed, tokenizer, lexicon).parse())
