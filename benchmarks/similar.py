"""Measure how fast the passages nearest to a text are found, and whether they are right.

    python -m benchmarks.similar REPORTS.jsonl [MORE ...] [--sizes 10000,400000] [--queries 60]
        [--seed 1] [--keep FOLDER] [--rival-up-to 400000]

For each size, reports are taken from the files in order until they have that many passages (all, if
there are fewer). A process opens the index and answers queries with 10 hits each: whole passages of
100 to 300 characters, and their first 20 characters.

For comparison, over the same passages and with the same features, scikit-learn: ``TfidfVectorizer``
and a product of sparse matrices, which compares all passages. Its hits must equal ours, in the same
order apart from scores that differ in the sixth decimal.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.sized_indexes import kept_in, prepared
from benchmarks.timing import alone, load_average, peak_memory
from reportsearch import lexicon
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine
from reportsearch.search.tfidf_index import NearPassage, TfidfIndex
from reportsearch.search.whoosh import WhooshEngine
from reportsearch.tokenizer import Tokenizer

LIMIT = 10
SHORT = 20
"""Characters of a short text."""
LONG = (100, 300)


@dataclass(frozen=True)
class Answered:
    """The measurements of one process; ``seconds`` and ``hits`` by kind of text."""

    load: float
    peak: float
    seconds: dict[str, list[float]]
    hits: dict[str, list[list[NearPassage]]]


@contextmanager
def opened(index: Path) -> Iterator[tuple[Engine, Tokenizer]]:
    """Yield the engine of an index and a tokenizer that has loaded its dictionary."""
    tokenizer = Tokenizer(lexicon.load())
    tokenizer.cut("热身")
    engine = WhooshEngine(index, tokenizer)
    yield engine, tokenizer
    engine.close()


def passages_of(engine: Engine) -> Iterator[tuple[str, int, str]]:
    """Yield report, number and folded text of each passage."""
    for report, text in engine.texts():
        for number, passage in enumerate(text.split("\n")[:-1], 1):
            yield report, number, passage


def draw(index: Path, seed: int, count: int) -> dict[str, list[str]]:
    """Draw texts to search for."""
    chance = random.Random(seed)  # noqa: S311
    with opened(index) as (engine, _):
        fitting = [text for _, _, text in passages_of(engine) if LONG[0] <= len(text) <= LONG[1]]
    whole = chance.sample(fitting, min(count, len(fitting)))
    short = chance.sample(fitting, min(count, len(fitting)))
    return {"a passage": whole, "a short text": [text[:SHORT] for text in short]}


def answer(index: Path, asked: dict[str, list[str]]) -> Answered:
    """Time the answers of the tf-idf index, and opening it."""
    with opened(index) as (engine, tokenizer):
        started = time.perf_counter()
        vectors = TfidfIndex(engine, tokenizer)
        load = time.perf_counter() - started
        return timed(asked, lambda text: vectors.find_nearest(text, limit=LIMIT), load)


def timed(
    asked: dict[str, list[str]], ask: Callable[[str], list[NearPassage]], load: float
) -> Answered:
    """Time the answers to all texts, after running the first one once."""
    seconds: dict[str, list[float]] = {}
    hits: dict[str, list[list[NearPassage]]] = {}
    for kind, texts in asked.items():
        ask(texts[0])
        seconds[kind], hits[kind] = [], []
        for text in texts:
            started = time.perf_counter()
            hits[kind].append(ask(text))
            seconds[kind].append(time.perf_counter() - started)
    return Answered(load, peak_memory(), seconds, hits)


def answer_rival(index: Path, asked: dict[str, list[str]]) -> Answered:
    """Time scikit-learn comparing every passage; ``load`` is the time to fit it."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    with opened(index) as (engine, tokenizer):

        def features(text: str) -> list[str]:
            plain = "".join(filter(str.isalnum, text))
            words = [token.text for token in tokenizer.cut(text) if len(token.text) > 1]
            pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
            return [f"w{word}" for word in words] + pairs

        started = time.perf_counter()
        passages = list(passages_of(engine))
        model = TfidfVectorizer(analyzer=features, sublinear_tf=True, norm=None)
        matrix = normalize(model.fit_transform(text for _, _, text in passages), copy=False)
        load = time.perf_counter() - started
        unseen = 1 + np.log(1 + len(passages))

        def ask(text: str) -> list[NearPassage]:
            folded = fold(text)
            query = model.transform([folded])
            # Features that no passage has count in the length of the query, as in reportsearch.
            weights = [
                (1 + np.log(found.count(feature))) * unseen
                for found in [features(folded)]
                for feature in {*found} - model.vocabulary_.keys()
            ]
            length = np.hypot(np.linalg.norm(query.data), np.linalg.norm(weights))
            scores = (matrix @ (query.T / length)).toarray()[:, 0]
            best = np.argpartition(-scores, LIMIT)[:LIMIT]
            least = scores[best].min() - 2e-6
            return [
                NearPassage(*passages[row][:2], float(scores[row]))
                for row in np.flatnonzero(scores >= max(least, 1e-6))
            ]

        return timed(asked, ask, load)


def differences(ours: Answered, rival: Answered) -> int:
    """Count the texts whose nearest passages differ from the rival's."""
    wrong = 0
    for kind, answers in ours.hits.items():
        for found, others in zip(answers, rival.hits[kind], strict=True):
            scores = {(near.report, near.number): near.score for near in others}
            best = sorted(scores.values(), reverse=True)
            wrong += not all(
                abs(near.score - score) < 2e-6
                and abs(near.score - scores.get((near.report, near.number), -1)) < 2e-6
                for near, score in zip(found, best, strict=False)
            ) or len(found) != min(LIMIT, len(best))
    return wrong


def show(name: str, answered: Answered) -> None:
    """Print one line per kind of text."""
    for kind, seconds in answered.seconds.items():
        middle, late = np.quantile(seconds, (0.5, 0.95))
        cells = "".join(f"{1000 * value:9.1f}" for value in (middle, late, max(seconds)))
        print(f"  {name:<16}{kind:<16}{cells}", flush=True)


def measure(folder: Path, options: argparse.Namespace) -> int:
    """Print one table per size; return the number of texts whose hits differ from the rival's."""
    wrong = 0
    for passages, index in prepared(folder, options).items():
        asked = alone(draw, index, options.seed, options.queries)
        ours: Answered = alone(answer, index, asked)
        print(
            f"\n{passages} passages, {load_average()}\n"
            f"  opened in {ours.load:.3f} s, peak {ours.peak:.0f} MiB"
        )
        print(f"  {'ms a text':<32}{'p50':>9}{'p95':>9}{'max':>9}")
        show("reportsearch", ours)
        if passages > options.rival_up_to:
            continue
        rival: Answered = alone(answer_rival, index, asked)
        show("scikit-learn", rival)
        ratios = [
            f"{statistics.median(rival.seconds[kind]) / statistics.median(seconds):.1f} ({kind})"
            for kind, seconds in ours.seconds.items()
        ]
        different = differences(ours, rival)
        wrong += different
        print(
            f"  scikit-learn: fitted in {rival.load:.1f} s, peak {rival.peak:.0f} MiB; its median "
            f"is {', '.join(ratios)} times ours\n"
            f"  {different} of {sum(map(len, asked.values()))} texts have other hits"
        )
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the named collections; return 1 if a hit differs from brute force."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="REPORTS.jsonl")
    parser.add_argument("--sizes", default="10000,400000", help="in passages")
    parser.add_argument("--queries", type=int, default=60, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="indexes to use again")
    parser.add_argument(
        "--rival-up-to", type=int, default=400_000, metavar="PASSAGES", help="it needs memory"
    )
    options = parser.parse_args(arguments)
    print(time.strftime("%Y-%m-%d"), sys.version.split()[0], load_average())
    with kept_in(options.keep) as folder:
        return 1 if measure(folder, options) else 0


if __name__ == "__main__":
    raise SystemExit(main())
