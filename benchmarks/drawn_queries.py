"""Queries of five kinds, drawn from the text of a collection with a fixed seed."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportsearch import Archive, Passage, Report
from reportsearch.normalise import fold

RARE = 3
"""A rare word occurs in at most this many passages."""

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE = re.compile(r"(?<![^。；\n])[\u4e00-\u9fff0-9，、]{19,59}。")


@dataclass(frozen=True)
class Asked:
    """A query and its filters."""

    text: str
    where: tuple[str, ...] = ()


class Draw:
    """Draws five kinds of queries from the text of a collection."""

    def __init__(self, reports: Sequence[Report], seed: int) -> None:
        """Count in how many passages each word occurs."""
        import rjieba

        self._chance = random.Random(seed)  # noqa: S311
        self._passages: list[tuple[Report, Passage]] = [
            (report, passage) for report in reports for passage in report.passages
        ]
        self._cut = rjieba.cut
        holding: Counter[str] = Counter()
        for _, passage in self._passages:
            holding.update(self._words(passage.text))
        by_frequency = [word for word, _ in holding.most_common()]
        self._frequent = by_frequency[:100]
        self._rare = [word for word, count in holding.items() if count <= RARE]

    def _words(self, text: str) -> list[str]:
        words = dict.fromkeys(self._cut(text))
        return [word for word in words if len(word) > 1 and _CHINESE.fullmatch(word)]

    def _passage(self) -> tuple[Report, Passage]:
        return self._chance.choice(self._passages)

    def rare(self) -> Asked:
        """Draw a word that is in at most RARE passages."""
        return Asked(self._chance.choice(self._rare))

    def frequent(self) -> Asked:
        """Draw one of the hundred words that are in most passages."""
        return Asked(self._chance.choice(self._frequent))

    def quoted(self) -> Asked:
        """Draw a run of 4-8 Chinese characters, cut anywhere, in quotation marks."""
        size = self._chance.randint(4, 8)
        while True:
            runs = [run for run in _CHINESE.findall(self._passage()[1].text) if len(run) >= size]
            if runs:
                run = self._chance.choice(runs)
                at = self._chance.randint(0, len(run) - size)
                return Asked(f'"{run[at : at + size]}"')

    def filtered(self) -> Asked:
        """Draw three words of a passage, with a filter by its report's year or title."""
        while True:
            report, passage = self._passage()
            words = self._words(passage.text)
            if len(words) < 3:
                continue
            text = " ".join(self._chance.sample(words, 3))
            if report.info.year is not None:
                return Asked(text, (f"year={report.info.year - 2}..{report.info.year + 2}",))
            parts = self._words(report.title)
            if parts:
                return Asked(text, (f"title={self._chance.choice(parts)}",))

    def sentence(self) -> Asked:
        """Draw a sentence of 20-60 characters with its full stop."""
        while True:
            sentences = _SENTENCE.findall(self._passage()[1].text)
            if sentences:
                return Asked(self._chance.choice(sentences))


KINDS: dict[str, Callable[[Draw], Asked]] = {
    "a rare word": Draw.rare,
    "a frequent word": Draw.frequent,
    "a quoted string": Draw.quoted,
    "three words, a filter": Draw.filtered,
    "a pasted sentence": Draw.sentence,
}
QUOTED, SENTENCE = "a quoted string", "a pasted sentence"


def draw_queries(index: Path, seed: int, count: int) -> dict[str, list[Asked]]:
    """Draw ``count`` queries of each kind."""
    with Archive.open(index) as archive:
        drawn = Draw(list(archive.reports()), seed)
    return {kind: [make(drawn) for _ in range(count)] for kind, make in KINDS.items()}


def write_passages(index: Path, texts: Path) -> None:
    """Write the normalised text of each passage, as a JSON string a line."""
    # Under another name until complete, as a run may be interrupted.
    part = texts.with_name(f"{texts.name}.part")
    with Archive.open(index) as archive, part.open("w", encoding="utf-8") as out:
        for report in archive.reports():
            for passage in report.passages:
                out.write(json.dumps(fold(passage.text), ensure_ascii=False) + "\n")
    part.rename(texts)
