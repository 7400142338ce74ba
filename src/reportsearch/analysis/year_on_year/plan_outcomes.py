"""Outcomes of the plans of the previous report: the nearest passages of this report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportsearch.analysis.year_on_year.compared_report import ComparedReport
from reportsearch.analysis.year_on_year.nearest_passages import find_nearest
from reportsearch.comparable import to_comparable
from reportsearch.lexicon import Lexicon
from reportsearch.models.report import Passage
from reportsearch.models.reuse import DEFAULT_MIN_CHARS
from reportsearch.models.year_on_year import ANSWERED, REPEATED, SILENT, Nearest, Plan, Sentence
from reportsearch.normalise import fold
from reportsearch.structure.closing import drop_signature, find_body
from reportsearch.structure.plans import find_plan_passages
from reportsearch.tokenizer import Tokenizer

MAX_NEAREST = 3
"""Passages shown for a plan."""
_MAX_PASSAGES, _MAX_PASSAGE_SHARE = 3, 0.25
"""Limits on the number and share of passages that contain a word, for it to show their subject.

A word is too general if it exceeds both.
"""


def iter_plans(
    now: ComparedReport, before: ComparedReport, lexicon: Lexicon, tokenizer: Tokenizer
) -> Iterator[Plan]:
    """Yield each plan of ``before`` with its outcome in ``now``."""
    report, previous = now.report, before.report
    passages = [
        passage
        for passage in drop_signature(report)
        if to_comparable(fold(report.text[slice(*find_body(passage))]))
    ]
    texts = [fold(report.text[slice(*find_body(passage))]) for passage in passages]
    promised = list(find_plan_passages(previous, lexicon))
    bodies = [find_body(passage) for passage in promised]
    queries = [fold(previous.text[slice(*body)]) for body in bodies]
    near = find_nearest(queries, texts, MAX_NEAREST)
    content = _ContentWords(texts, lexicon, tokenizer)
    repetitions = _Repetitions(passages, now, before)
    for passage, (start, end), query, found in zip(promised, bodies, queries, near, strict=True):
        of_plan = repetitions.for_plan(passage.id)
        new = of_plan.score_new_text(query, [number for number, _ in found])
        nearest_ones = tuple(
            Nearest(
                passage=passages[number].id,
                section=passages[number].section,
                start=find_body(passages[number])[0],
                end=passages[number].end,
                text=report.text[slice(*find_body(passages[number]))],
                score=score,
                is_plan=passages[number].id in now.plan_ids,
                shares_words=content.shares_word(query, number),
                repeats=of_plan.is_repeated_in(number),
                chars=sum(map(len, repetitions.texts[number])),
                kept=sum(
                    len(text)
                    for text in repetitions.texts[number]
                    if text in repetitions.previous_sentences
                ),
                new_score=new.get(number, score),
            )
            for number, score in found
        )
        yield Plan(
            Sentence(passage.section, passage.id, start, end, previous.text[start:end]),
            _classify_outcome(nearest_ones),
            nearest_ones,
        )


def _classify_outcome(found: Sequence[Nearest]) -> str:
    if any(near.is_answer for near in found):
        return ANSWERED
    return REPEATED if any(near.repeats for near in found) else SILENT


class _Repetitions:
    """Text that passages of a report repeat from the previous report.

    ``texts`` are the compared sentences of each passage, ``previous_sentences`` those of the
    previous report.
    """

    def __init__(
        self, passages: Sequence[Passage], now: ComparedReport, before: ComparedReport
    ) -> None:
        sentences: dict[str, list[str]] = {}
        for sentence in now.sentences:
            sentences.setdefault(sentence.passage, []).append(to_comparable(fold(sentence.text)))
        self.texts = [sentences.get(passage.id, []) for passage in passages]
        self._plan_sentences: dict[str, list[str]] = {}
        for sentence in before.sentences:
            text = to_comparable(fold(sentence.text))
            self._plan_sentences.setdefault(sentence.passage, []).append(text)
        self.previous_sentences = {
            text for texts in self._plan_sentences.values() for text in texts
        }

    def for_plan(self, plan: str) -> _PlanRepetitions:
        """Return the repetitions of one plan, by the id of its passage."""
        return _PlanRepetitions(self, self._plan_sentences.get(plan, []))


@dataclass(frozen=True)
class _PlanRepetitions:
    """Text that passages repeat from a plan, whose compared sentences are ``sentences``."""

    repetitions: _Repetitions
    sentences: list[str]

    def is_repeated_in(self, number: int) -> bool:
        """Return whether a passage contains at least half of the plan word for word."""
        texts = self.repetitions.texts[number]
        found = sum(
            len(sentence)
            for sentence in self.sentences
            if sentence in texts
            or (len(sentence) >= DEFAULT_MIN_CHARS and any(sentence in text for text in texts))
        )
        return bool(found) and 2 * found >= sum(map(len, self.sentences))

    def score_new_text(self, query: str, numbers: Sequence[int]) -> dict[int, float]:
        """Return the cosine similarities of the new text in passages that repeat the plan."""
        having = [number for number in numbers if self.is_repeated_in(number)]
        if not having:
            return {}
        rest = list(map(self._remove_repeated, self.repetitions.texts))
        scores = dict(find_nearest([query], rest, len(rest))[0])
        return {number: scores.get(number, 0.0) for number in having}

    def _remove_repeated(self, texts: Iterable[str]) -> str:
        found = "".join(text for text in texts if text not in self.repetitions.previous_sentences)
        for sentence in self.sentences:
            if len(sentence) >= DEFAULT_MIN_CHARS:
                found = found.replace(sentence, "")
        return found


class _ContentWords:
    """Words that show what passages are about: they occur in few of them and are not stop words."""

    def __init__(self, texts: Sequence[str], lexicon: Lexicon, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._stop_words = lexicon.stop_words
        self._words = [self._find_content_words(text) for text in texts]
        having = Counter(word for found in self._words for word in found)
        most = max(_MAX_PASSAGES, len(texts) * _MAX_PASSAGE_SHARE)
        self._general_words = {word for word, count in having.items() if count > most}

    def _find_content_words(self, text: str) -> frozenset[str]:
        tokens = (token.text for token in self._tokenizer.cut(text))
        return frozenset(
            token
            for token in tokens
            if len(token) > 1 and token.isalpha() and token not in self._stop_words
        )

    def shares_word(self, query: str, number: int) -> bool:
        """Return whether a text shares a content word with a passage."""
        return bool((self._find_content_words(query) & self._words[number]) - self._general_words)
