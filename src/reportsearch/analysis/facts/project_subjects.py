"""Clauses that begin with a work and tell its state: 东山水库二期进场施工, 新区医院因征地停工."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.project_names import ProjectNames, strip_edges
from reportsearch.analysis.facts.project_states import StateVerb, StateVerbFinder
from reportsearch.analysis.facts.tagged_words import TaggedParagraph
from reportsearch.comparable import Span

_REASONS = frozenset({"因", "因为", "由于", "受", "从"})
_OPENINGS = frozenset({"其中", "同时", "目前", "另外", "此外", "特别是", "一是", "二是", "三是"})
_INTENTIONS = frozenset({"力争", "争取", "推动", "确保", "支持", "力促"})
_PREDICATES = frozenset({"实现", "完成", "保持", "达到", "成为"})
"""Verbs whose object follows: what precedes them is no name."""
_POINT = re.compile("[一二三四五六七八九十]{1,2}[是要]|(?:其中)?(?:主要|重点|一个|另一个)是")
_FIRST = frozenset({kinds.NOUN, kinds.PLACE, kinds.NUMBER, kinds.SCOPE})
_COSTS = frozenset({"投资", "总投资", "占地"})
"""Begin a clause such as 投资2亿元的A、投资3亿元的B等项目投产."""
_TO = frozenset({"至", "到"})
_AT = frozenset({"在", "于"})
_AFTER = frozenset({kinds.NOUN, kinds.OF, kinds.PLACE})
_BETWEEN = frozenset({kinds.TIME, kinds.ADVERB, kinds.ASPECT, kinds.NUMBER})
_HELPERS = frozenset({
    "将", "于", "在", "已", "被", "年内", "如期", "正", "可", "也", "而", "一项", "月", "日",
    "实现", "全线",
})  # fmt: skip
_MAX_CHARS = 90
_MAX_MEMBER_CHARS = 24


@dataclass(frozen=True)
class WorkSubject:
    """Works at the beginning of a clause, with the verb that tells their state."""

    spans: tuple[Span, ...]
    verb: StateVerb
    is_listed: bool
    """Whether the works are members of a category: A、B等路段."""


def find_subject(
    paragraph: TaggedParagraph,
    begin: int,
    end: int,
    names: ProjectNames,
    verbs: StateVerbFinder,
    predicates: frozenset[str],
) -> WorkSubject | None:
    """Return the works that begin a clause and the verb after them, or None."""
    words = paragraph.words
    first = begin
    while first < end and (
        words[first].kind == kinds.TIME or words[first].text in _OPENINGS | _INTENTIONS
    ):
        first += 1
    numbered = _POINT.match(paragraph.text, words[first].start) if first < end else None
    if numbered:
        first = paragraph.find_word(numbered.end())
    if first >= end or not (words[first].kind in _FIRST or words[first].text in _COSTS):
        return None
    for place in range(first + 1, end):
        if words[place].start - words[first].start > _MAX_CHARS:
            return None
        if words[place - 1].kind == kinds.PREPOSITION and words[place - 1].text not in _TO:
            return None
        if words[place - 1].text in _PREDICATES:
            return None
        span = words[first].start, words[place - 1].end
        if not names.ends_like_work(paragraph.text[slice(*span)]):
            continue
        verb = _find_predicate(paragraph, place, end, verbs, predicates)
        if verb is not None:
            spans, is_listed = _split_works(paragraph, first, place, names)
            return WorkSubject(spans, verb, is_listed) if spans else None
    return None


def _find_predicate(
    paragraph: TaggedParagraph,
    place: int,
    end: int,
    verbs: StateVerbFinder,
    predicates: frozenset[str],
) -> StateVerb | None:
    """Return the verb that tells the state, after times, adverbs and a reason."""
    words = paragraph.words
    while place < end:
        if words[place].text in _REASONS:
            # 因征地停工: the last verb tells the state.
            found = (verbs.find_at(paragraph, at, end) for at in range(place, end))
            told = [verb for verb in found if verb is not None and verb.text in predicates]
            return told[-1] if told else None
        verb = verbs.find_at(paragraph, place, end)
        if verb is not None and verb.text in predicates:
            if words[place - 1].text in _AT:
                # 与A学院在贯通培养方面合作
                return None
            behind = verb.last + 1
            after = words[behind].kind if behind < end else kinds.END
            if after == kinds.PLACE and words[behind].text == "中":
                # 正在紧张建设中
                after = kinds.END
            is_part = after in (_AFTER | {kinds.LINK}) or paragraph.text.startswith(
                "全覆盖", words[verb.last].end
            )
            return None if is_part else verb
        word = words[place]
        if word.kind not in _BETWEEN and word.text not in _HELPERS and not word.text.isdigit():
            return None
        place += 1
    return None


def _split_works(
    paragraph: TaggedParagraph, first: int, end: int, names: ProjectNames
) -> tuple[tuple[Span, ...], bool]:
    """Return the members of a list of works, and whether a category ends it."""
    text = paragraph.text
    stop = paragraph.words[end - 1].end
    listed = next(
        (
            place
            for place in range(end - 1, first, -1)
            if paragraph.words[place].text.startswith("等")
            or paragraph.words[place].text.endswith("等")
        ),
        None,
    )
    if listed is not None:
        word = paragraph.words[listed]
        stop = word.start if word.text.startswith("等") else word.end - 1
    spans: list[Span] = []
    at = paragraph.words[first].start
    for place in range(first, end):
        word = paragraph.words[place]
        if word.start >= stop:
            break
        if word.kind == kinds.OF:
            # 换址后的冷库, 长达400公里的输水管道
            at = word.end
        joins = word.kind == kinds.LINK and names.ends_like_work(text[at : word.start])
        if word.kind == kinds.LIST or joins:
            spans.append((at, word.start))
            at = word.end
    spans.append((at, stop))
    spans = [one for start, end in spans if (one := strip_edges(text, start, end))]
    if listed is not None and len(spans) > 1:
        return tuple(span for span in spans if 1 < span[1] - span[0] <= _MAX_MEMBER_CHARS), True
    return tuple(span for span in spans if names.ends_like_work(text[slice(*span)])), False
