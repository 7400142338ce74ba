"""A report prepared for comparison with another one: its sentences, and which are plans."""

from __future__ import annotations

from dataclasses import dataclass

from reportsearch.analysis.year_on_year.section_matching import SectionPath
from reportsearch.analysis.year_on_year.sentence_changes import FoldedSentence
from reportsearch.comparable import to_comparable
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Report
from reportsearch.models.year_on_year import Sentence
from reportsearch.normalise import fold
from reportsearch.structure.plans import find_plan_passages
from reportsearch.structure.sentences import iter_sentences, non_sentence_lines, strip_line


@dataclass(frozen=True)
class ComparedReport:
    """The sentences of a report, and what they are compared by."""

    report: Report
    sentences: tuple[Sentence, ...]
    plan_ids: frozenset[str]

    @classmethod
    def of(cls, report: Report, other: Report, lexicon: Lexicon) -> ComparedReport:
        """Return the sentences of a report, without headings or signatures of the other one."""
        promised = frozenset(passage.id for passage in find_plan_passages(report, lexicon))
        other_lines, seen = non_sentence_lines(other), set()
        kept = []
        for sentence in iter_sentences(report):
            if sentence.passage in seen or strip_line(sentence.text) not in other_lines:
                kept.append(sentence)
            seen.add(sentence.passage)
        return cls(report, tuple(kept), promised)

    @property
    def folded_sentences(self) -> list[FoldedSentence]:
        """Return the sentences as they are compared."""
        return [
            FoldedSentence(fold(sentence.text), sentence.passage in self.plan_ids)
            for sentence in self.sentences
        ]

    @property
    def section_paths(self) -> list[SectionPath]:
        """Return the sections that have sentences, in order."""
        return list(dict.fromkeys(sentence.section for sentence in self.sentences))


def count_chars(sentence: Sentence) -> int:
    """Count the compared characters of a sentence."""
    return len(to_comparable(fold(sentence.text)))
