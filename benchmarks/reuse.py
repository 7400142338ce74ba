"""Measure an all-pairs comparison of reports: time, memory, and spans; with MinHash LSH.

    python -m benchmarks.reuse REPORTS.jsonl.gz [--millions 1 5 20] [--passages 15000]

Each size runs in a separate process, on the first given millions of compared characters. Then the
passages of the first reports are compared by reportsearch and by datasketch's MinHash LSH. The
reference is all pairs whose sets of five neighbouring characters have a Jaccard index of 0.5 or
more.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.indexing import run

ALL_PAIRS = """
import sys, time
import json
from benchmarks.reuse import texts_of
from reportsearch import lexicon
from reportsearch.analysis.matching import formulae
from reportsearch.analysis.matching.all_pairs import find_pairs
from reportsearch.comparable import to_comparable
from reportsearch.normalise import fold
millions = float(sys.argv[2])
texts = list(texts_of(sys.argv[1], int(1e6 * millions)))
phrases = [to_comparable(fold(phrase)) for phrase in lexicon.load().set_phrases]
officials = list(map(str, range(len(texts))))
least = formulae.compute_default_officials(len(texts))
started = time.perf_counter()
found = find_pairs(texts, officials, min_chars=13, formula_officials=least, set_phrases=phrases)
seconds = time.perf_counter() - started
print(json.dumps({
    "seconds": seconds, "reports": len(texts), "chars": sum(map(len, texts)),
    "pairs": len(found.shared), "spans": found.spans, "formulae": len(found.formulae),
    "officials": least,
}))
"""
SHINGLE = 5
JACCARD = 0.5
SHORTEST = 30
"""Fewest characters of a passage; with few shingles, the Jaccard index varies too much."""


def opened(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a .jsonl or .jsonl.gz file."""
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def texts_of(path: str | Path, chars: int) -> Iterator[str]:
    """Yield the compared characters of the first reports, about ``chars`` in all."""
    from reportsearch.comparable import to_comparable
    from reportsearch.normalise import fold

    for entry in opened(Path(path)):
        text = to_comparable(fold(entry["text"]))
        if text:
            yield text
            chars -= len(text)
        if chars <= 0:
            return


def all_pairs(path: Path, millions: list[float]) -> None:
    """Print one line per size."""
    print(f"\n{'characters':>12} {'reports':>8} {'seconds':>8} {'peak MiB':>9} {'pairs':>9}"
          f" {'spans':>9} {'formulae':>9}")  # fmt: skip
    for size in millions:
        found = run(ALL_PAIRS, path, str(size))
        print(
            f"{found['chars']:>12,} {found['reports']:>8,} {found['seconds']:>8.2f}"
            f" {found['peak']:>9.0f} {found['pairs']:>9,} {found['spans']:>9,}"
            f" {found['formulae']:>9,}  in reports of {found['officials']}"
        )


def passages_of(path: Path, most: int) -> list[str]:
    """Return the compared characters of the first paragraphs that are not short."""
    from reportsearch.comparable import to_comparable
    from reportsearch.normalise import fold

    found = (
        to_comparable(fold(line)) for entry in opened(path) for line in entry["text"].split("\n")
    )
    return list(islice((text for text in found if len(text) >= SHORTEST), most))


def shingles(text: str) -> set[str]:
    """Return all runs of SHINGLE characters."""
    return {text[at : at + SHINGLE] for at in range(len(text) - SHINGLE + 1)}


def exact_pairs(sets: list[set[str]]) -> set[tuple[int, int]]:
    """Return all pairs with a Jaccard index of at least JACCARD, by brute force."""
    import numpy as np
    from scipy.sparse import csr_array

    numbers: dict[str, int] = {}
    columns = [numbers.setdefault(part, len(numbers)) for own in sets for part in sorted(own)]
    sizes = np.array([len(own) for own in sets])
    starts = np.concatenate([[0], np.cumsum(sizes)])
    matrix = csr_array(
        (np.ones(len(columns), dtype=np.int32), np.array(columns), starts),
        shape=(len(sets), len(numbers)),
    )
    across = matrix.T.tocsr()
    found = set()
    for first in range(0, len(sets), 500):
        both = (matrix[first : first + 500] @ across).tocoo()
        rows, others = both.coords[0] + first, both.coords[1]
        enough = both.data >= JACCARD * (sizes[rows] + sizes[others] - both.data)
        enough &= rows < others
        found |= set(zip(rows[enough].tolist(), others[enough].tolist(), strict=True))
    return found


def beside_minhash(path: Path, most: int) -> None:
    """Print the recall of the similar pairs, and the time taken."""
    from datasketch import MinHash, MinHashLSH

    from reportsearch.analysis.matching.all_pairs import find_pairs

    texts = passages_of(path, most)
    sets = [shingles(text) for text in texts]
    alike = exact_pairs(sets)
    print(f"\n{len(texts):,} passages, {sum(map(len, texts)):,} characters; "
          f"{len(alike):,} pairs with a Jaccard index of {JACCARD} or more")  # fmt: skip
    started = time.perf_counter()
    found = find_pairs(
        texts, list(map(str, range(len(texts)))), min_chars=13, formula_officials=len(texts) + 1
    )
    ours = time.perf_counter() - started
    _recall("reportsearch", set(found.shared), alike, ours, 1)
    for permutations in (128, 256):
        started = time.perf_counter()
        index = MinHashLSH(threshold=JACCARD, num_perm=permutations)
        hashes = []
        for number, own in enumerate(sets):
            sketch = MinHash(num_perm=permutations)
            sketch.update_batch([part.encode() for part in sorted(own)])
            hashes.append(sketch)
            index.insert(number, sketch)
        pairs = {
            (min(number, other), max(number, other))
            for number, sketch in enumerate(hashes)
            for other in index.query(sketch)
            if other != number
        }
        seconds = time.perf_counter() - started
        name = f"MinHash LSH, {permutations}"
        _recall(name, pairs, alike, seconds, seconds / ours)


def _recall(
    name: str,
    found: set[tuple[int, int]],
    alike: set[tuple[int, int]],
    seconds: float,
    ratio: float,
) -> None:
    recall = len(found & alike) / len(alike) if alike else 1.0
    print(f"  {name:<18} recall {recall:.4f}  {len(found):>9,} pairs given  {seconds:8.2f} s"
          f"  {ratio:6.1f} times ours")  # fmt: skip


def main() -> None:
    """Measure the collection named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--millions", nargs="+", type=float, default=[1, 5, 20])
    parser.add_argument("--passages", type=int, default=15_000)
    options = parser.parse_args()
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], options.path.name)
    all_pairs(options.path, options.millions)
    beside_minhash(options.path, options.passages)


if __name__ == "__main__":
    main()
