"""Parts of a sentence that can be read on their own.

A Chinese sentence often has a dozen clauses. A part is a run of clauses that begins where somebody
acts and ends where nothing is left open. Words that only tie it to the preceding text (同时，) are
removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.terms.patterns import build_alternatives, compile_alternatives
from reportsearch.lexicon.wordlists import SummaryWords

MIN_SENTENCE_CHARS = 4
"""Minimum number of letters and digits of a sentence; shorter ones say nothing alone."""
MIN_PART_CHARS = 9
"""Minimum number of letters and digits of a part of a sentence."""
MAX_PART_CHARS = 160
"""Maximum number of characters of a part of a sentence; whole sentences may be longer."""
_OPEN, _CLOSE = "(《“‘[{〈「『【〔", ")》”’]}〉」』】〕"
_SEPARATORS = ",;:"
_ENDS = "。!?…"
_NUMBER = r"(?:\d[\d,]{0,20}(?:\.\d{1,20})?|\*(?:\.\*)?)"
_UNIT = (
    r"[万亿千百]+[\u4e00-\u9fff]?|元|人|个|户|名|件|次|吨|亩|公里|公斤|平方|立方|公顷|米|家|项|处|所|座|条|期|批|场|头|只|辆|台"
    r"|套|份|间|层|村|对|例|起|宗|架|支|篇|册|部|幅|颗|株|倍|度|分|天|周|元|％|%|‰|百分点"
)
_NUMERAL = (
    r"百分之[一二三四五六七八九十百点零几]+|"
    r"[一二三四五六七八九十两几][一二三四五六七八九零〇两点]{0,20}[十百千万亿]"
    r"[一二三四五六七八九十百千万亿零〇两点]{0,20}[多余]?(?:个|元|户|人|吨|亩|公里|件|名|斤|公斤|担|万|亿|所|座|家|项|次|米|匹|辆)"
)
FIGURE = re.compile(
    rf"{_NUMERAL}|(?<![\dA-Za-z*.第\-+])(?:{_NUMBER})(?:[-—~至](?:{_NUMBER}))?"
    r"(?:[%‰]|[多余]?(?:"
    r"(?<=[\d多余])(?!年(?!均)|月|日|号|时(?!间)|点|分钟|届|期|级|世纪|热线|周年|季|后|前|[a-z])[\u4e00-\u9fff㎡℃]"
    rf"|(?<=[*多余])(?:{_UNIT})))"
)
"""A number with its unit in folded text, possibly masked, but not a date or a rank."""
DOCUMENT = re.compile("《[^《》]{2,60}》")
_DAY_OR_MONTH = r"[\d一二三四五六七八九十]{1,6}月份?|\d{1,6}日"
_TIME = re.compile(
    rf"(?>{_DAY_OR_MONTH}|(?:\d{{4}}|今|去|当|本|前|近|上|下|每|这|[一二两三四五])?(?:{_DAY_OR_MONTH}"
    r"|年度|年内|年末|年初|年底|年|月|季度|半年|个月|期间|任期|以来|起|至今|来|[-—至到]|\d++))+"
)
"""Times in a row; each is read in one way only, or rejecting a long row would take for ever."""


_NOUN = re.compile(r"[\u4e00-\u9fff“”、]{1,14}的[\u4e00-\u9fff]{1,4}")
_COUNTED_NOUN = re.compile(r"[\u4e00-\u9fff\d]{2,6}[\d*.]+[\u4e00-\u9fff]{1,3}[里中]?")
_ELLIPTIC = re.compile(
    r"[\d*.]+[处件起人户名个项家座条](?=[\d*,]|已|未|被|均|全部|得到|完成|超|当|在|因|是|属|为)"
)
"""Openings of sentences that count something named in the previous one."""


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """A part of a sentence that can be read on its own, with its position in the sentence.

    ``first_statement`` and ``last_statement`` are the numbers of the statements (the text between
    semicolons) that it spans.
    """

    start: int
    end: int
    first_statement: int
    last_statement: int
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    mark: str
    statement: int


class ClauseSegmenter:
    """A segmenter of folded sentences, based on a word list."""

    def __init__(self, words: SummaryWords) -> None:
        dependent, states = build_alternatives(words.dependent), build_alternatives(words.states)
        self._connectives = re.compile(f"(?:{build_alternatives(words.connectives)}),?")
        self._dependent_openings = re.compile(dependent)
        self._pointing_words = compile_alternatives(words.pointing)
        self._verbs = re.compile(rf"(?:{build_alternatives(words.verbs)})(?![率额数量]|面积|资金)")
        self._state_clause = re.compile(
            rf"(?!{dependent})[\u4e00-\u9fff“”]{{4,16}}(?:{states})了?[^,]*[\d*]"
        )
        self._leading_words = compile_alternatives(words.leading)
        self._completing_words = compile_alternatives(words.completing)
        self._predicates = compile_alternatives(words.predicates)
        self._carrying_words = compile_alternatives(words.carrying)
        self._leading_ends = re.compile(
            rf"(?<![\d小])(?:{build_alternatives(words.leading_ends)})$"
        )
        self._actions = compile_alternatives(
            (*words.verbs, *words.states, *words.issued, *words.finished)
        )

    def find_clause_spans(self, sentence: str) -> Iterator[ClauseSpan]:
        """Yield the parts of a folded sentence that can be read on their own; they overlap."""
        clauses = _split_clauses(sentence)
        if not clauses:
            return
        balanced = _is_balanced(sentence, 0, len(sentence))
        final = clauses[-1].end
        ends = [self._can_end(sentence, clause, sentence[clause.end + 1 :]) for clause in clauses]
        ties = [self._is_connective(sentence, clause) for clause in clauses]
        tied = next((at for at, tie in enumerate(ties) if not tie), len(ties))
        for number, clause in enumerate(clauses):
            start = self._find_start(sentence, clauses, number, ends)
            if start is None or (number and not balanced):
                continue
            for other in _iter_possible_ends(clauses, number, start, to_end=number <= tied):
                closing = clauses[other]
                end = len(sentence) if closing.end == final else closing.end
                whole = number <= tied and end == len(sentence)
                opens = any(between.mark == ":" for between in clauses[number:other])
                if opens and closing.mark == ",":
                    # Keep the text after a colon together.
                    continue
                if not whole and (not ends[other] or not balanced or end - start > MAX_PART_CHARS):
                    continue
                fewest = MIN_SENTENCE_CHARS if whole else MIN_PART_CHARS
                if (
                    _count_alphanumeric(sentence, start, end) < fewest
                    or sentence[end - 1] in _SEPARATORS
                ):
                    continue
                if other == number and not whole and self._is_subject(sentence[start:end]):
                    continue
                yield ClauseSpan(
                    start, end, clause.statement, closing.statement,
                    start > 0, end < len(sentence),
                )  # fmt: skip

    def _find_start(
        self, sentence: str, clauses: Sequence[_Clause], number: int, ends: Sequence[bool]
    ) -> int | None:
        """Return where a part that starts with a clause begins, without its connective, or None."""
        clause = clauses[number]
        start = clause.start
        before = clauses[number - 1].mark if number else ""
        tie = self._connectives.match(sentence, start, clause.end + 1)
        if tie:
            start = tie.end()
            if start >= clause.end:
                # 同时， is a separate clause, so the part may as well begin at the next one.
                return None
        elif (
            before == ","
            and not self._is_connective(sentence, clauses[number - 1])
            and not self._can_follow_comma(sentence, start, clause.end)
        ):
            return None
        if (
            sentence[start] in _ENDS
            or _ELLIPTIC.match(sentence, start)
            or self._dependent_openings.match(sentence, start)
        ):
            return None
        # Leading clauses refer back if the clause they lead to does.
        led = next((at for at in range(number, len(clauses)) if ends[at]), len(clauses) - 1)
        return None if self._pointing_words.search(sentence, start, clauses[led].end) else start

    def _is_connective(self, sentence: str, clause: _Clause) -> bool:
        tie = self._connectives.match(sentence, clause.start, clause.end)
        return tie is not None and tie.end() >= clause.end

    def _can_follow_comma(self, sentence: str, start: int, end: int) -> bool:
        return bool(
            self._verbs.match(sentence, start) or self._state_clause.match(sentence, start, end)
        )

    def _can_end(self, sentence: str, clause: _Clause, rest: str) -> bool:
        """Check whether nothing is left open after a clause; ``rest`` follows its mark."""
        if clause.mark == ":" or (clause.mark == "," and self._completing_words.match(rest)):
            return False
        text = sentence[clause.start : clause.end].rstrip(_ENDS)
        if _TIME.fullmatch(text) or self._leading_ends.search(text):
            return False
        if self._leading_words.match(text) or (
            clause.mark == "," and not self._has_predicate(text)
        ):
            return False
        if self._carrying_words.match(text):
            says = FIGURE.search(text) or DOCUMENT.search(text)
            return bool(says and self._actions.search(text, 1))
        return True

    def _has_predicate(self, clause: str) -> bool:
        """Check whether a clause has a verb or ends with a figure."""
        if self._actions.search(clause) or self._predicates.search(clause):
            return True
        return any(match.end() >= len(clause) - 2 for match in FIGURE.finditer(clause))

    def _is_subject(self, clause: str) -> bool:
        """Check whether a clause only names the topic of the next one."""
        if self._verbs.match(clause):
            return False
        return bool(_NOUN.fullmatch(clause)) or bool(
            _COUNTED_NOUN.fullmatch(clause) and not self._actions.search(clause)
        )


def _split_clauses(sentence: str) -> list[_Clause]:
    """Split at commas, semicolons and colons outside brackets."""
    found = []
    depth = start = statement = 0
    for at, char in enumerate(sentence):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(depth - 1, 0)
        elif char in _SEPARATORS and not depth and not _is_in_number(sentence, at):
            if at > start:
                found.append(_Clause(start, at, char, statement))
            statement += char != ","
            start = at + 1
            while start < len(sentence) and sentence[start].isspace():
                start += 1
    if start < len(sentence):
        found.append(_Clause(start, len(sentence), "", statement))
    return found


def _is_in_number(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()


def _iter_possible_ends(
    clauses: Sequence[_Clause], number: int, start: int, *, to_end: bool
) -> Iterator[int]:
    """Yield the clauses that can end a part begun by one; ``to_end`` includes the last clause."""
    for other in range(number, len(clauses)):
        if clauses[other].end - start > MAX_PART_CHARS:
            if to_end:
                yield len(clauses) - 1
            return
        yield other


def _is_balanced(text: str, start: int, end: int) -> bool:
    depth = 0
    for char in text[start:end]:
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


def _count_alphanumeric(text: str, start: int, end: int) -> int:
    return sum(char.isalnum() for char in text[start:end])
