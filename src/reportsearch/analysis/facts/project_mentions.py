"""Project mentions with their state."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.name_carried_over import is_heading
from reportsearch.analysis.facts.project_states import (
    NEGATIONS,
    StateVerb,
)
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord

COUNT_UNITS = frozenset({"个", "项", "处", "家"})
"""Measure words that count projects."""
PIECES = COUNT_UNITS | frozenset("座所条栋幢间户口眼孔村")
"""Measure words that count works; with others a number tells an amount: 新建农村公路118公里."""


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A project with its span, its state and the verb that expresses it.

    What is done to a work that stands already is part of the name, but not of the span: 改造A小区
    tells of A小区改造. ``deed`` is that part.
    """

    start: int
    end: int
    name: str
    state: str
    verb: str
    deed: str = ""


def has_no_other_verb(paragraph: TaggedParagraph, begin: int, verb: StateVerb) -> bool:
    """Check that no other verb precedes a verb in its clause, as one does in 责令停工14起."""
    led = paragraph.words[begin : verb.first]
    return all(word.kind not in kinds.VERBS or word.text in NEGATIONS for word in led)


def is_heading_before(paragraph: TaggedParagraph, mark: TaggedWord) -> bool:
    """Check whether a mark ends a heading run into the paragraph."""
    return mark.text == "。" and is_heading(paragraph.text[: mark.start])
