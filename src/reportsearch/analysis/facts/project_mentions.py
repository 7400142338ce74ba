"""Project mentions with their state, and back-references to earlier projects."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.analysis.facts import word_kinds as kinds
from reportsearch.analysis.facts.name_carried_over import is_heading
from reportsearch.analysis.facts.project_names import PROJECT_NOUNS
from reportsearch.analysis.facts.project_states import (
    BEGUN,
    BUILT,
    COMPLETION_VERBS,
    NEGATIONS,
    SIGNED,
    StateVerb,
)
from reportsearch.analysis.facts.tagged_words import TaggedParagraph, TaggedWord

COUNT_UNITS = frozenset({"个", "项", "处", "家"})
"""Measure words that count projects."""


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A project with its span, its state and the verb that expresses it.

    For a back-reference (签约项目58个,当年开工42个) the span is that of the verb.
    """

    start: int
    end: int
    name: str
    state: str
    verb: str
    is_anaphoric: bool = False


def has_no_other_verb(paragraph: TaggedParagraph, begin: int, verb: StateVerb) -> bool:
    """Check that no other verb precedes a verb in its clause, as one does in 责令停工14起."""
    led = paragraph.words[begin : verb.first]
    return all(word.kind not in kinds.VERBS or word.text in NEGATIONS for word in led)


def is_followed_by_count(paragraph: TaggedParagraph, verb: StateVerb) -> bool:
    """Check whether only a count follows a verb: 开工42个."""
    after = paragraph.words[verb.last + 1] if verb.last + 1 < len(paragraph.words) else None
    return (
        after is not None
        and after.kind == kinds.NUMBER
        and paragraph.quantities[after.number].base in COUNT_UNITS
        and verb.state in {BEGUN, BUILT, SIGNED}
        and verb.text not in COMPLETION_VERBS
    )


def find_antecedent(
    paragraph: TaggedParagraph, verb: StateVerb, state: str, before: list[ProjectMention]
) -> ProjectMention | None:
    """Find what a count refers to in the same sentence: 签约项目58个,当年开工42个."""
    first, last = paragraph.words[verb.first], paragraph.words[verb.last]
    for former in reversed(before):
        if "。" in paragraph.text[former.end : first.start]:
            return None
        if former.name.endswith(PROJECT_NOUNS):
            return ProjectMention(
                first.start, last.end, former.name, state, verb.text, is_anaphoric=True
            )
    return None


def is_heading_before(paragraph: TaggedParagraph, mark: TaggedWord) -> bool:
    """Check whether a mark ends a heading run into the paragraph."""
    return mark.text == "。" and is_heading(paragraph.text[: mark.start])
