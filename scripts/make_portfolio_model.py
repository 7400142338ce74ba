"""Train the model of what wording is about which portfolio, and write it as a data file.

    python -m scripts.make_portfolio_model DATA [FILE]

DATA is a folder with ``laws.jsonl.gz`` and ``*reports*.jsonl.gz`` or ``provincial*.jsonl.gz``:
texts of laws and of work reports, rows with ``title`` and ``text``. The model learns from

* the phrases of ``portfolio_phrases.toml`` and the word lists of ``data/portfolios.toml``, alone
  and strung together like the clauses of a report,
* sentences of work reports with several of these phrases of one portfolio, once as they are and
  once without one of them, so that the words around it count, and sentences on study, discipline
  and the like as examples of none,
* sentences of laws whose titles name one portfolio.

It is a logistic regression over tf–idf of runs of two to four characters. Only the runs that tell
portfolios apart best are kept, with weights of one byte. Equal input gives an equal file, byte for
byte. No text goes into the file.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from reportsearch import lexicon
from reportsearch.lexicon import Lexicon
from reportsearch.normalise import fold, normalise
from reportsearch.structure.portfolio_model import NONE, SIZES, find_grams

PROJECT = Path(__file__).parents[1]
PHRASES = Path(__file__).with_name("portfolio_phrases.toml")
MODEL = PROJECT / "src" / "reportsearch" / "data" / "portfolio_model.npz"

_SEED = 18
_RUNS = 40_000
"""Number of runs of characters in the model."""
_MIN_EXAMPLES = 3
_REGULARISATION = 3.0
_MAX_ITERATIONS = 60
_MAX_LAW_SENTENCES = 500
_STRINGS_PER_PHRASE = 6
_WEIGHTS = {"phrase": 2.0, "string": 1.0, "report": 1.0, "without": 0.7, "law": 0.25}
_SENTENCE = re.compile(r"[^。;!?\n]+")
_MAX_SENTENCE = 160
_ABOUT_NONE = re.compile(
    "廉|党组|党委|从严治党|作风|政治建设|主题教育|八项规定|代表委员|各位代表|政协|人大|审议|政府职能"
    "|形式主义|学习贯彻|腐败"
)
_LAWS_ABOUT_NONE = re.compile(
    "人民代表大会|议事规则|立法条例|地方性法规|选举|代表法|监督法|国家赔偿|议案|任免|荣誉市民|公务员"
)


# Masked names, and persons.
_NOT_LEARNT = re.compile("某|近平")


@dataclass
class Examples:
    """Texts with the portfolio that each is about, and their weights."""

    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, text: str, name: str, kind: str) -> None:
        """Add a text."""
        self.texts.append(text)
        self.names.append(name)
        self.weights.append(_WEIGHTS[kind])


class PhraseMatcher:
    """A matcher of phrases that point to portfolios: the longest first, from left to right."""

    def __init__(self, pools: dict[str, list[str]], words: Lexicon) -> None:
        self.portfolios: dict[str, set[str]] = defaultdict(set)
        for name, pool in pools.items():
            for phrase in pool:
                if name != NONE:
                    self.portfolios[phrase].add(name)
        for portfolio in words.portfolios:
            for phrase in (*portfolio.words, *portfolio.same, portfolio.name):
                self.portfolios[fold(phrase)].add(portfolio.name)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted(self.portfolios, key=lambda one: (-len(one), one)):
            self._by_start[phrase[:2]].append(phrase)

    def find(self, text: str) -> list[str]:
        """Return the different phrases in a text, in order."""
        found = []
        at = 0
        while at < len(text) - 1:
            for phrase in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(phrase, at):
                    found.append(phrase)
                    at += len(phrase) - 1
                    break
            at += 1
        return list(dict.fromkeys(found))

    def label(self, phrases: Sequence[str]) -> str | None:
        """Return the portfolio that several phrases agree on, or None."""
        points: Counter[str] = Counter()
        for phrase in phrases:
            names = self.portfolios[phrase]
            for name in names:
                points[name] += (1.0 if len(names) == 1 else 0.5) * (1.5 if len(phrase) > 3 else 1)  # type: ignore[assignment]
        best = sorted(points.items(), key=lambda item: (-item[1], item[0]))[:2]
        if not best or best[0][1] < 2 or (len(best) > 1 and best[0][1] < 2 * best[1][1]):
            return None
        return best[0][0]


def read_pools(words: Lexicon) -> dict[str, list[str]]:
    """Return the phrases of each portfolio, and of none."""
    phrases = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    pools = {}
    for portfolio in words.portfolios:
        listed = (
            portfolio.name,
            *portfolio.same,
            *(name for name in portfolio.names if len(name) > 2),
            *portfolio.words,
            *[name for name in portfolio.departments if len(name) > 2][:12],
            *phrases[portfolio.name].split(),
        )
        pools[portfolio.name] = list(dict.fromkeys(map(fold, listed)))
    pools[NONE] = [fold(phrase) for phrase in phrases[NONE].split()]
    return pools


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a packed file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def add_phrases(examples: Examples, pools: dict[str, list[str]], chance: random.Random) -> None:
    """Add the phrases alone, and several of one portfolio together."""
    for name, pool in pools.items():
        for phrase in pool:
            examples.add(phrase, name, "phrase")
        strings = _STRINGS_PER_PHRASE * (2 if name == NONE else 1) * len(pool)
        for _ in range(strings):
            count = chance.choice((1, 2, 2, 3, 3, 4))
            examples.add(",".join(chance.sample(pool, count)), name, "string")


def add_reports(
    examples: Examples, paths: Sequence[Path], matcher: PhraseMatcher, chance: random.Random
) -> None:
    """Add the sentences of work reports that several phrases tell the portfolio of."""
    for path in paths:
        for row in read_rows(path):
            folded = normalise(row["text"].replace("\n", "。")).text
            for sentence in _SENTENCE.findall(folded):
                long = len(sentence) > _MAX_SENTENCE
                for part in sentence.split(",") if long else [sentence]:
                    phrases = matcher.find(part)
                    name = matcher.label(phrases)
                    if name:
                        examples.add(part, name, "report")
                        examples.add(part.replace(chance.choice(phrases), ","), name, "without")
                    elif not phrases and _ABOUT_NONE.search(part):
                        examples.add(part, NONE, "report")


def add_laws(examples: Examples, path: Path, matcher: PhraseMatcher, chance: random.Random) -> None:
    """Add sentences of the laws whose titles name one portfolio."""
    texts: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(path):
        title = re.sub(r"[（(].*?[)）]", "", row["title"])
        named = [one for one in matcher.find(fold(title)) if len(matcher.portfolios[one]) == 1]
        if named:
            [name] = matcher.portfolios[max(named, key=lambda one: (len(one), one))]
        elif _LAWS_ABOUT_NONE.search(title):
            name = NONE
        else:
            continue
        texts[name].append(row["text"].split("INFO END -->")[-1])
    for name in sorted(texts):
        sentences = []
        for text in texts[name]:
            for line in text.split("\n"):
                article = re.sub(r"^#.*|^第\S{1,6}条\s*", "", line)
                found = _SENTENCE.findall(normalise(article).text)
                sentences += [one for one in found if 12 <= len(one) <= 120]
        chance.shuffle(sentences)
        for sentence in sentences[:_MAX_LAW_SENTENCES]:
            examples.add(sentence, name, "law")


def train(examples: Examples, names: Sequence[str]) -> dict[str, Any]:
    """Return the arrays of the model."""
    grams = [np.unique(find_grams(text).keys) for text in examples.texts]
    keys, ids, counts = np.unique(np.concatenate(grams), return_inverse=True, return_counts=True)
    rows = np.repeat(np.arange(len(grams)), [len(one) for one in grams])
    known = sp.csr_matrix((np.ones(len(ids)), (rows, ids)), shape=(len(grams), len(keys)))
    wanted = np.array([names.index(name) for name in examples.names])
    weights = np.array(examples.weights)
    kept = _choose_runs(known, keys, counts, wanted, weights, len(names))
    idf = np.log((1 + len(grams)) / (1 + counts[kept])) + 1
    features = known[:, kept] @ sp.diags(idf)
    lengths = np.sqrt(np.asarray(features.multiply(features).sum(1)).ravel())
    features = sp.diags(1 / np.where(lengths > 0, lengths, 1)) @ features
    model = LogisticRegression(C=_REGULARISATION, max_iter=_MAX_ITERATIONS, tol=1e-3)
    with threadpool_limits(1):
        model.fit(features.tocsr(), wanted, sample_weight=weights)
    weighed = model.coef_.T * idf[:, None]
    scale = float(np.quantile(np.abs(weighed).max(1), 0.999)) / 127
    return {
        "names": np.array(" ".join(names)),
        "steps": np.diff(keys[kept], prepend=np.uint64(0)),
        "idf": idf.astype(np.float16),
        "weights": np.clip(np.rint(weighed / scale), -127, 127).astype(np.int8),
        "scale": np.array(scale, np.float32),
        "intercepts": model.intercept_.astype(np.float32),
    }


def _spell(key: int) -> str:
    """Return the characters of a run."""
    places = range(16 * (max(SIZES) - 1), -1, -16)
    return "".join(chr(code) for place in places if (code := int(key) >> place & 0xFFFF))


def _choose_runs(
    known: Any, keys: Any, counts: Any, wanted: Any, weights: Any, classes: int
) -> Any:
    """Return the numbers of the runs that tell one portfolio from the others best (chi-squared)."""
    table = sp.csr_matrix((weights, (np.arange(len(wanted)), wanted)), (len(wanted), classes))
    observed = (table.T @ known).toarray()
    shares = np.asarray(table.sum(0)).ravel()
    expected = np.outer(shares / shares.sum(), observed.sum(0))
    excess = np.where(observed > expected, (observed - expected) ** 2 / expected, 0).max(0)
    excess[counts < _MIN_EXAMPLES] = -1
    excess[[bool(_NOT_LEARNT.search(_spell(key))) for key in keys]] = -1
    return np.sort(np.argsort(-excess, kind="stable")[:_RUNS])


def main() -> None:
    """Train and write the model."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the texts to learn from")
    parser.add_argument("file", type=Path, nargs="?", default=MODEL)
    options = parser.parse_args()
    chance = random.Random(_SEED)  # noqa: S311
    words = lexicon.load()
    pools = read_pools(words)
    matcher = PhraseMatcher(
        {name: [p for p in pool if len(p) > 2] for name, pool in pools.items()}, words
    )
    examples = Examples()
    add_phrases(examples, pools, chance)
    print(f"phrases: {len(examples.texts):,}")
    reports = sorted(
        [*options.data.glob("*reports*.jsonl.gz"), *options.data.glob("provincial*.jsonl.gz")]
    )
    add_reports(examples, reports, matcher, chance)
    print(f"with sentences of reports: {len(examples.texts):,}")
    add_laws(examples, options.data / "laws.jsonl.gz", matcher, chance)
    print(f"with sentences of laws: {len(examples.texts):,}")
    names = [*(portfolio.name for portfolio in words.portfolios), NONE]
    with options.file.open("wb") as file:
        np.savez_compressed(file, **train(examples, names))
    print(f"{options.file}: {options.file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
