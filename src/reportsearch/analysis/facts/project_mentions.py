"""A work and its state as they are told, and what a clause leaves to those before it."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.analysis.facts.name_carried_over import is_heading
from reportsearch.analysis.facts.project_names import PROJECTS
from reportsearch.analysis.facts.project_states import (
    BEGUN,
    BUILT,
    COMPLETES,
    NEGATIONS,
    SIGNED,
    StateVerb,
)
from reportsearch.analysis.facts.tagged_words import DOING, NUMBER, VERB, Row, Word

COUNTED = frozenset({"个", "项", "处", "家"})
"""Measures of works."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work with its span, its state and the words that tell it.

    Where it was told before (签约项目58个,当年开工42个) the span is that of the verb.
    """

    start: int
    end: int
    name: str
    state: str
    verb: str
    is_told_before: bool = False


def has_no_other_verb(row: Row, begin: int, verb: StateVerb) -> bool:
    """Whether what stopped can stand further up: not in 责令停工14起."""
    led = row.words[begin : verb.first]
    return all(word.kind not in {VERB, DOING} or word.text in NEGATIONS for word in led)


def is_followed_by_count(row: Row, verb: StateVerb) -> bool:
    """Whether only how many there are stands behind a verb: 开工42个."""
    after = row.words[verb.last + 1] if verb.last + 1 < len(row.words) else None
    return (
        after is not None
        and after.kind == NUMBER
        and row.quantities[after.number].base in COUNTED
        and verb.state in {BEGUN, BUILT, SIGNED}
        and verb.text not in COMPLETES
    )


def of_those(row: Row, verb: StateVerb, state: str, before: list[Work]) -> Work | None:
    """签约项目58个,当年开工42个: of those that were spoken of in the same sentence."""
    first, last = row.words[verb.first], row.words[verb.last]
    for former in reversed(before):
        if "。" in row.text[former.end : first.start]:
            return None
        if former.name.endswith(PROJECTS):
            return Work(first.start, last.end, former.name, state, verb.text, is_told_before=True)
    return None


def is_heading_before(row: Row, mark: Word) -> bool:
    """Whether a mark ends the heading that is run into the paragraph."""
    return mark.text == "。" and is_heading(row.text[: mark.start])
