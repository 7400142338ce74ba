"""The parser of queries, by recursive descent over lexemes."""

from __future__ import annotations

import re

from reportsearch.errors import Message, QueryError
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold
from reportsearch.search.query.fields import make_filter
from reportsearch.search.query.lexer import Lexeme, Lexer
from reportsearch.search.query.nodes import And, FreeText, Node, Not, Or, Query, Term
from reportsearch.tokenizer import Tokenizer

MAX_LENGTH = 5_000
MAX_DEPTH = 20
MAX_PARTS = 200
"""Limit on terms, filters, operators and brackets together."""
MAX_TERMS = 50
"""Limit on words and strings, each of which requires a search of all text."""

# Ends and separators of sentences in folded text, without commas inside numbers.
_SENTENCE = re.compile(r"[。!?;]|\.\.\.|(?<!\d),|,(?!\d)")


class _QueryParser:
    """Recursive descent over the lexemes, to a depth of at most MAX_DEPTH."""

    def __init__(self, lexemes: list[Lexeme], tokenizer: Tokenizer, lexicon: Lexicon) -> None:
        self.lexemes = lexemes
        self.at = 0
        self.depth = 0
        self.tokenizer = tokenizer
        self.lexicon = lexicon

    def _peek(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def _advance(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def parse(self) -> Node:
        node = self._parse_or()
        if self._peek():
            raise self._build_misplaced_error()
        return node

    def _build_misplaced_error(self) -> QueryError:
        if self.at < len(self.lexemes):
            lexeme = self.lexemes[self.at]
            where, what, at = (
                Message("at character {at}", at=lexeme.at + 1),
                lexeme.value,
                lexeme.at,
            )
        else:
            lexeme = self.lexemes[-1]
            where, what, at = Message("at the end"), lexeme.value, lexeme.at
        before = self.lexemes[self.at - 1]
        if lexeme.kind == ")" and before.kind in {"OR", "AND", "NOT"}:
            where, what, at = (
                Message("at character {at}", at=before.at + 1),
                before.value,
                before.at,
            )
        return QueryError(
            "{what} {where} needs a term next to it; to search for the word itself, quote it: "
            '"{what}"',
            position=at,
            what=what,
            where=where,
        )

    def _parse_or(self) -> Node:
        parts = [self._parse_and()]
        while self._peek() == "OR":
            self._advance()
            parts.append(self._parse_and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _parse_and(self) -> Node:
        parts = [self._parse_operand()]
        while self._peek() not in {"", "OR", ")"}:
            if self._peek() == "AND":
                self._advance()
            part = self._parse_operand()
            if isinstance(part, FreeText) and isinstance(parts[-1], FreeText):
                # Sentences that were pasted together.
                parts[-1] = _join_texts(parts[-1], part)
            else:
                parts.append(part)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _parse_operand(self) -> Node:
        kind = self._peek()
        if kind not in {"(", "NOT", "field", "run", "quoted"}:
            raise self._build_misplaced_error()
        lexeme = self._advance()
        if kind == "field":
            value = self._advance()
            return make_filter(lexeme.value, value.value, self.lexicon, value.at)
        if kind in {"run", "quoted"}:
            return _build_term(lexeme, self.tokenizer, self.lexicon)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError(
                "brackets or NOTs are nested more than {max_depth} deep at character {at}; "
                "simplify the query",
                position=lexeme.at,
                max_depth=MAX_DEPTH,
                at=lexeme.at + 1,
            )
        node: Node = Not(self._parse_operand()) if kind == "NOT" else self._parse_group()
        self.depth -= 1
        return node

    def _parse_group(self) -> Node:
        node = self._parse_or()
        if self._peek() != ")":
            raise self._build_misplaced_error()
        self._advance()
        return node


def _build_term(lexeme: Lexeme, tokenizer: Tokenizer, lexicon: Lexicon) -> Term | FreeText:
    # Spaces at the ends of a quoted string are part of it.
    string = fold(lexeme.value)
    if not string.strip():
        raise QueryError(
            "nothing to search for at character {at}; write a word inside the quotation marks",
            position=lexeme.at,
            at=lexeme.at + 1,
        )
    ranking = tuple(dict.fromkeys(tokenizer.cut_for_search(string)))
    if lexeme.kind == "quoted":
        return Term(lexeme.value, string, quoted=True, ranking=ranking, at=lexeme.at + 1)
    telling = _blank_stop_words(string, tokenizer, lexicon)
    if ranking and _SENTENCE.search(string):
        selecting = set(tokenizer.cut_for_search(telling)) - lexicon.stop_words
        chosen = tuple(word for word in ranking if word in selecting)
        return FreeText(lexeme.value, string, chosen or ranking, ranking)
    words = tuple(dict.fromkeys(token.text for token in tokenizer.cut(string)))
    selecting = {token.text for token in tokenizer.cut(telling)} - lexicon.stop_words
    loose = tuple(word for word in words if word in selecting)
    return Term(
        lexeme.value,
        string,
        quoted=False,
        synonyms=lexicon.synonyms.get(string, ()),
        words=() if words == (string,) else words,
        ranking=ranking,
        # A single word is not loosened: the shorter words inside a name (三保 in 两不愁三保障) are
        # about something else.
        loose=(loose or words) if len(words) > 1 else (),
        at=lexeme.at,
    )


def _blank_stop_words(string: str, tokenizer: Tokenizer, lexicon: Lexicon) -> str:
    """Replace stop words with spaces, even those that are cut into several words."""
    tokens = tokenizer.cut(string)
    ends = {token.end for token in tokens}
    blanked = list(string)
    for start in (token.start for token in tokens):
        for end in range(start + 1, start + lexicon.max_stop_word_length + 1):
            if end in ends and string[start:end] in lexicon.stop_words:
                blanked[start:end] = " " * (end - start)
    return "".join(blanked)


def _join_texts(first: FreeText, second: FreeText) -> FreeText:
    return FreeText(
        f"{first.text} {second.text}",
        f"{first.string} {second.string}",
        tuple(dict.fromkeys((*first.words, *second.words))),
        tuple(dict.fromkeys((*first.ranking, *second.ranking))),
    )


def parse(text: str, tokenizer: Tokenizer, lexicon: Lexicon) -> Query:
    """Parse the user's string. Raises QueryError with the offset and the remedy."""
    if len(text) > MAX_LENGTH:
        raise QueryError(
            "the query has {count} characters, over the limit of {max_length}; search for part "
            "of it",
            position=MAX_LENGTH,
            count=len(text),
            max_length=MAX_LENGTH,
        )
    # Invisible characters are not part of a query, and offsets do not count them.
    visible = "".join(char for char in text if fold(char))
    lexemes = Lexer(visible).split_lexemes()
    if not lexemes:
        raise QueryError('the query is empty; write a word, for example 文旅 or "旅游示范县"')
    if len(lexemes) > MAX_PARTS:
        raise QueryError(
            "the query has {count} parts, over the limit of {max_parts}; search for fewer words",
            position=lexemes[MAX_PARTS].at,
            count=len(lexemes),
            max_parts=MAX_PARTS,
        )
    node = _QueryParser(lexemes, tokenizer, lexicon).parse()
    terms = _count_terms(node)
    if terms > MAX_TERMS:
        raise QueryError(
            "the query has {terms} words and strings, over the limit of {max_terms}; search "
            "for fewer, or separate those that need not all occur with commas",
            terms=terms,
            max_terms=MAX_TERMS,
        )
    return Query(text, node, visible)


def _count_terms(node: Node) -> int:
    """Count the terms of a node, including those under a NOT."""
    if isinstance(node, And | Or):
        return sum(map(_count_terms, node.parts))
    if isinstance(node, Not):
        return _count_terms(node.part)
    return int(isinstance(node, Term | FreeText))
