"""Measure what a summary covers of a report, compared with lead sentences and TextRank.

    python -m benchmarks.summary [REPORTS.jsonl ...] [--chars 400] [--show ID]

Without files, the reports of corpus/ are used. All summaries have at most the given number of
characters. The measures of each report are:

- sections: the share of its outermost sections with a sentence, and portfolios: of the portfolios
  of its sections, that have a sentence or a part of one in the summary;
- figures: the share of the numbers with a unit (masked ones, too) that occur in it;
- formulae: the share of its letters and digits that are set phrases, or strings that ``reuse``
  calls formulae.

The rivals are: the first sentences (lead); the first sentence of each section in turn, then the
second ones (lead of each section); TextRank (Mihalcea and Tarau 2004) over the sentences, and over
the same stretches that reportsearch chooses from. Each takes the best that still fit, none
overlapping. Exits with 1 unless reportsearch is better on all means than lead and TextRank.
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reportsearch import Archive, Report, lexicon
from reportsearch.analysis.summary.clauses import ClauseSegmenter
from reportsearch.comparable import to_comparable
from reportsearch.normalise import fold, normalise
from reportsearch.structure.sentences import iter_sentences
from reportsearch.tokenizer import Tokenizer

CORPUS = Path(__file__).parents[1] / "corpus"
FIGURE = re.compile(
    r"(?:[0-9０-９]+(?:[.．][0-9０-９]+)?|\*)[余多]?(?:[%％‰]|(?![年月日号时点])[一-龥])"
)
DAMPING = 0.85
ROUNDS = 50
MEASURES = ("sections", "portfolios", "figures", "formulae")

Span = tuple[int, int]


@dataclass(frozen=True)
class Words:
    """Cuts text into words and into stretches."""

    tokenizer: Tokenizer
    stop_words: frozenset[str]
    cutter: ClauseSegmenter

    def of(self, text: str) -> set[str]:
        words = (token.text for token in self.tokenizer.cut(fold(text)))
        return {word for word in words if len(word) > 1 and word not in self.stop_words}

    def stretches(self, report: Report) -> list[Span]:
        """Return the stretches that can stand alone."""
        found = []
        for sentence in iter_sentences(report):
            text = normalise(sentence.text)
            for stretch in self.cutter.find_clause_spans(text.text):
                start, end = text.map_to_original(stretch.start, stretch.end)
                found.append((sentence.start + start, sentence.start + end))
        return found


def lead(spans: Sequence[Span], chars: int) -> list[Span]:
    """Return the first sentences that fit."""
    taken = []
    for start, end in spans:
        if end - start > chars:
            break
        taken.append((start, end))
        chars -= end - start
    return taken


def lead_of_sections(report: Report, spans: Sequence[Span], chars: int) -> list[Span]:
    """Return the first sentence of each outermost section, then the second ones."""
    outer = [section for section in report.sections if section.parent is None]
    queues = [[span for span in spans if part.start <= span[0] < part.end] for part in outer]
    rounds = max(map(len, queues), default=0)
    order = [queue[turn] for turn in range(rounds) for queue in queues if turn < len(queue)]
    return fitting(order or spans, chars)


def fitting(order: Iterable[Span], chars: int) -> list[Span]:
    """Return the spans that fit, in the given order, none overlapping."""
    taken: list[Span] = []
    for start, end in order:
        free = all(end <= first or start >= last for first, last in taken)
        if free and end - start <= chars:
            taken.append((start, end))
            chars -= end - start
    return taken


def textrank(report: Report, spans: Sequence[Span], chars: int, words: Words) -> list[Span]:
    """Return the best spans by TextRank that fit."""
    sets = [words.of(report.text[start:end]) for start, end in spans]
    index: dict[str, int] = {}
    matrix = np.zeros((len(spans), len({word for own in sets for word in own})), dtype=np.float32)
    for row, own in enumerate(sets):
        for word in sorted(own):
            matrix[row, index.setdefault(word, len(index))] = 1
    sizes = np.array([math.log(max(len(own), 1)) for own in sets], dtype=np.float32)
    weights = matrix @ matrix.T / np.maximum(sizes[:, None] + sizes[None, :], 0.5)
    np.fill_diagonal(weights, 0)
    totals = weights.sum(axis=1, keepdims=True)
    moves = np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)
    ranks = np.full(len(spans), 1 / max(len(spans), 1), dtype=np.float32)
    for _ in range(ROUNDS):
        ranks = (1 - DAMPING) / max(len(spans), 1) + DAMPING * (moves.T @ ranks)
    order = sorted(range(len(spans)), key=lambda number: (-float(ranks[number]), number))
    return fitting((spans[number] for number in order), chars)


def measured(report: Report, spans: Sequence[Span], formula: Sequence[Span]) -> dict[str, float]:
    """Return the measures of one summary, omitting shares of nothing."""
    found = {}
    starts = [sentence.start for sentence in iter_sentences(report)]
    outer = [
        part
        for part in report.sections
        if part.parent is None and any(part.start <= start < part.end for start in starts)
    ]
    if outer:
        heard = [any(part.start <= start < part.end for start, _ in spans) for part in outer]
        found["sections"] = sum(heard) / len(outer)
    if report.portfolios:
        told = {
            name
            for passage in report.passages
            if any(passage.start <= start < passage.end for start, _ in spans)
            for name in passage.portfolios
        }
        found["portfolios"] = len(told & {*report.portfolios}) / len(report.portfolios)
    figures = [match.start() for match in FIGURE.finditer(report.text)]
    if figures:
        inside = [any(start <= at < end for start, end in spans) for at in figures]
        found["figures"] = sum(inside) / len(figures)
    marks = np.zeros(len(report.text), dtype=bool)
    for start, end in formula:
        marks[start:end] = True
    places = [
        at
        for start, end in spans
        for at in range(start, end)
        if to_comparable(fold(report.text[at]))
    ]
    if places:
        found["formulae"] = float(marks[places].mean())
    return found


def summaries(
    archive: Archive, report: Report, chars: int, words: Words
) -> Iterator[tuple[str, list[Span]]]:
    """Yield each method and the spans that it selects."""
    sentences = [(sentence.start, sentence.end) for sentence in iter_sentences(report)]
    ours = archive.summary(report.id, chars=chars)
    yield "reportsearch", [(sentence.start, sentence.end) for sentence in ours.sentences]
    yield "lead", lead(sentences, chars)
    yield "lead of each section", lead_of_sections(report, sentences, chars)
    yield "TextRank, sentences", textrank(report, sentences, chars, words)
    yield "TextRank, stretches", textrank(report, words.stretches(report), chars, words)


def measure(archive: Archive, chars: int, words: Words) -> dict[str, dict[str, list[float]]]:
    """Return all measures of all reports, by method."""
    found: dict[str, dict[str, list[float]]] = {}
    for report in archive.reports():
        formula = [span for entry in archive.reuse(report.id).formulae for span in entry.spans]
        for name, spans in summaries(archive, report, chars, words):
            assert sum(end - start for start, end in spans) <= chars  # noqa: S101
            values = found.setdefault(name, {measure: [] for measure in MEASURES})
            for measure_, value in measured(report, spans, formula).items():
                values[measure_].append(value)
    return found


def table(title: str, found: dict[str, dict[str, list[float]]]) -> bool:
    """Print the means; return whether reportsearch beats all rivals that count."""
    print(f"\n{title}\n  {'':<22}" + "".join(f"{name:>12}" for name in MEASURES))
    means = {
        name: {key: statistics.fmean(entries) for key, entries in values.items() if entries}
        for name, values in found.items()
    }
    for name, values in means.items():
        print(f"  {name:<22}" + "".join(f"{values.get(key, math.nan):>12.3f}" for key in MEASURES))
    ours = means["reportsearch"]
    rivals = [values for name, values in means.items() if name == "lead" or "TextRank" in name]
    return all(
        ours[key] < values[key] if key == "formulae" else ours[key] > values[key]
        for values in rivals
        for key in ours.keys() & values.keys()
    )


def opened(files: Sequence[Path], folder: Path) -> Iterator[tuple[str, Archive]]:
    """Yield an archive of corpus/, and one of each file."""
    for number, source in enumerate([CORPUS, *files]):
        archive = Archive.create(folder / str(number) / "index")
        path = source
        if source.suffix == ".gz":
            path = folder / source.name.removesuffix(".gz")
            path.write_bytes(gzip.decompress(source.read_bytes()))
        archive.index([path])
        yield source.name, archive
        archive.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--chars", type=int, nargs="+", default=[400, 800])
    options = parser.parse_args()
    vocabulary = lexicon.load()
    words = Words(Tokenizer(vocabulary), vocabulary.stop_words, ClauseSegmenter(vocabulary.summary))
    better = True
    with tempfile.TemporaryDirectory() as folder:
        for name, archive in opened(options.files, Path(folder)):
            for chars in options.chars:
                reports = len(archive.infos())
                title = f"{name}, {reports} reports, {chars} characters"
                better &= table(title, measure(archive, chars, words))
    return 0 if better else 1


if __name__ == "__main__":
    run: Callable[[], int] = main
    sys.exit(run())
