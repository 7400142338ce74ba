"""Measure topics by coherence, agreement with the disciplines, and stability.

    python -m benchmarks.topics ABSTRACTS.jsonl.gz [--topics 30]

Each row has ``id``, ``abstract`` and ``discipline``. All abstracts are indexed, each as a report,
and topics are found as for a user. *NPMI*: the mean over topics and over pairs of their first ten
words, based on the passages in which they co-occur. *NMI*: normalised mutual information between an
abstract's strongest topic and its discipline. *Agreement*: the share of the first ten words in
common with the matching topics of subsamples of 80 %, averaged over ten. The same run measures on
the same words: scikit-learn's latent Dirichlet allocation on counts, and its NMF on weighted words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from reportsearch import Archive
from reportsearch.analysis.corpus import Corpus
from reportsearch.analysis.topics import coherence, nmf
from reportsearch.analysis.topics.passages import Passages
from reportsearch.arrays import Floats

SAMPLES = 10
Fit = Callable[[Any], tuple[Floats, Floats]]
"""Maps a matrix to the weights of topics in passages, and of words in topics."""


def ours(topics: int) -> Fit:
    def fit(matrix: Any) -> tuple[Floats, Floats]:
        found = nmf.factorise(matrix, topics)
        return found.weights, found.association

    return fit


def plain(topics: int) -> Fit:
    def fit(matrix: Any) -> tuple[Floats, Floats]:
        found = nmf.factorise(matrix, topics)
        return found.weights, found.words

    return fit


def allocation(topics: int) -> Fit:
    from sklearn.decomposition import LatentDirichletAllocation

    def fit(matrix: Any) -> tuple[Floats, Floats]:
        model = LatentDirichletAllocation(topics, random_state=0, max_iter=50)
        weights = model.fit_transform(matrix)
        return weights, model.components_

    return fit


def measured(
    name: str, fit: Fit, matrix: Any, rows_of: Sequence[int], wanted: Sequence[str]
) -> None:
    """Print one line: coherence, agreement with the disciplines, and with subsamples."""
    from sklearn.metrics import normalized_mutual_info_score

    started = time.perf_counter()
    weights, words = fit(matrix)
    seconds = time.perf_counter() - started
    tops = coherence.find_top_words(words)
    reports = sorted(set(rows_of))
    of_report = np.array(rows_of)
    labels = [int(weights[of_report == report].sum(axis=0).argmax()) for report in reports]
    agreed = []
    for number in range(SAMPLES):
        random = np.random.default_rng(1_000 + number)
        size = int(coherence.SUBSAMPLE_SHARE * matrix.shape[0])
        some = np.sort(random.permutation(matrix.shape[0])[:size])
        agreed.append(
            coherence.agreement(tops, coherence.find_top_words(fit(matrix[some])[1])).mean()
        )
    nmi = normalized_mutual_info_score([wanted[report] for report in reports], labels)
    print(
        f"  {name:<28}NPMI {coherence.npmi(matrix, tops).mean():6.3f}  NMI {nmi:.3f}  "
        f"agreement {np.mean(agreed):.3f}  {seconds:.1f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("abstracts", type=Path)
    parser.add_argument("--topics", type=int, default=30)
    options = parser.parse_args()
    with gzip.open(options.abstracts, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (place / "rows.jsonl").open("w", encoding="utf-8") as out:
            for row in rows:
                # A report must have a title; here it is meaningless.
                report = {"id": row["id"], "title": row["id"], "text": row["abstract"]}
                out.write(json.dumps(report, ensure_ascii=False) + "\n")
        with Archive.create(place / "index") as archive:
            archive.index(place / "rows.jsonl")
            started = time.perf_counter()
            found = archive.topics(options.topics)
            print(
                f"{len(rows)} abstracts, {found.passages} passages, {options.topics} topics in "
                f"{time.perf_counter() - started:.1f} s: NPMI {found.npmi}, stability "
                f"{found.stability}, fit none {found.unfit:.3f}"
            )
            held: Corpus = archive._corpus  # noqa: SLF001
            passages = Passages(held, None, "report", None)
    counted = passages.word_counter.build_counts(
        nmf.compute_min_frequency(passages.word_counter.distinct)
    )
    matrix = nmf.tfidf(counted, counted.frequencies, len(counted.distinct))
    kept = counted.distinct
    wanted = {row["id"]: row["discipline"] for row in rows}
    ids = [passages.places[row][0] for row in kept.tolist()]
    numbers = {name: number for number, name in enumerate(sorted(set(ids)))}
    disciplines = [wanted[name] for name in numbers]
    rows_of = [numbers[name] for name in ids]
    counts = csr_matrix((counted.counts, (counted.rows, counted.columns)), shape=matrix.shape)
    for name, fit, of in (
        ("reportsearch", ours(options.topics), matrix),
        ("NMF, words by their weight", plain(options.topics), matrix),
        ("scikit-learn, LDA", allocation(options.topics), counts),
    ):
        measured(name, fit, of[kept], rows_of, disciplines)


if __name__ == "__main__":
    main()
