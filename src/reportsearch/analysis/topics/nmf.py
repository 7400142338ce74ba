"""Topics as factors of the weights of words in passages (non-negative matrix factorisation).

Lee and Seung, "Learning the parts of objects by non-negative matrix factorization", 1999;
initialised with a singular value decomposition (Boutsidis and Gallopoulos, "SVD based
initialization", 2008), so that nothing is random. Only this module imports scikit-learn, and only
when needed: importing it takes longer than a search.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from reportsearch.analysis.topics.word_counts import WordCounts
from reportsearch.arrays import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
    from threadpoolctl import ThreadpoolController

IDF_OFFSET = 0.75
"""Added to the logarithm of the idf.

At 0, a few passages form a topic that is not found again in other samples; at 1 and more, so do
words of most passages.
"""
MAX_FITTED_PASSAGES = 20_000
"""Maximum passages that topics are fitted on, sampled evenly; all passages are weighted."""
_FINE_OPTIONS = {"max_iter": 200, "tol": 1e-4}
_ROUGH_OPTIONS = {"max_iter": 100, "tol": 1e-3}
"""Takes half the time, with .007 less agreement."""
_MIN_STRENGTH = 1e-9


@dataclass(frozen=True)
class Factors:
    """The topics of passages.

    ``weights`` (passages x topics) is the amount of each topic in a passage, ``words`` (topics x
    words, each row of length 1) the composition of each topic; their product approximates the
    tf–idf matrix. ``association`` (topics x words) measures how much a word sets the topic apart.
    """

    weights: Floats
    words: Floats
    association: Floats

    @property
    def topics(self) -> int:
        """Return the number of topics."""
        return int(self.words.shape[0])

    def reorder(self, topics: Ints) -> Factors:
        """Return the same topics in another order."""
        return Factors(self.weights[:, topics], self.words[topics], self.association[topics])

    def compute_shares(self) -> Floats:
        """Return the weights of each passage as shares that add up to 1, or are all 0."""
        total = self.weights.sum(axis=1, keepdims=True)
        nothing = np.zeros_like(self.weights)
        return np.asarray(np.divide(self.weights, total, out=nothing, where=total > 0))


def compute_min_frequency(passages: int) -> int:
    """Return the minimum document frequency of a word: 2 of 50, 4 of 1,000, 40 of 100,000."""
    return max(2, round(float(np.sqrt(passages)) / 8))


def tfidf(word_counts: WordCounts, frequencies: Ints, passages: int) -> csr_matrix:
    """Return the weights of words in passages (passages x words); rows have length 1, or are empty.

    ``(1 + ln count) (ln(passages / frequency) + IDF_OFFSET)``; ``frequencies`` is the number of
    passages with each word, out of ``passages``.
    """
    from scipy.sparse import csr_matrix

    idf = np.log(passages / np.maximum(frequencies, 1)) + IDF_OFFSET
    values = (1 + np.log(word_counts.counts)) * idf[word_counts.columns]
    squares = np.bincount(word_counts.rows, weights=values**2, minlength=word_counts.passages)
    values = values / np.sqrt(squares)[word_counts.rows]
    shape = (word_counts.passages, len(frequencies))
    return csr_matrix((values, (word_counts.rows, word_counts.columns)), shape=shape)


def sample_evenly(rows: Ints, max_rows: int) -> Ints:
    """Return up to ``max_rows`` of some rows, evenly spaced."""
    if len(rows) <= max_rows:
        return rows
    return rows[np.linspace(0, len(rows) - 1, max_rows).round().astype(np.int64)]


def factorise(
    matrix: csr_matrix, topics: int, rows: Ints | None = None, *, rough: bool = False
) -> Factors:
    """Find the topics of passages by their tf–idf; there may be fewer than ``topics``.

    They are fitted on ``rows``, or on all rows, and on at most MAX_FITTED_PASSAGES of these; all
    rows are weighted. ``topics`` must not exceed the number of rows or columns. ``rough`` takes
    half the time.
    """
    if rows is None:
        rows = np.arange(matrix.shape[0])
    some = sample_evenly(rows, MAX_FITTED_PASSAGES)
    # One thread, so that sums are in the same order on every machine.
    with _load_threadpools().limit(limits=1):
        weights, words = _fit(matrix[some], topics, rough=rough)
        length = np.linalg.norm(words, axis=1)
        strength = np.linalg.norm(weights, axis=0) * length
        kept = strength > _MIN_STRENGTH * max(float(strength.max(initial=0.0)), 1.0)
        words = words[kept] / length[kept, None]
        if len(some) < matrix.shape[0]:
            weights = compute_weights(matrix, words)
        else:
            weights = weights[:, kept] * length[kept]
        return Factors(weights, words, association(matrix[rows], weights[rows]))


@cache
def _load_threadpools() -> ThreadpoolController:
    """Find the libraries that use threads, which takes as long as fitting a few passages."""
    # Those of sklearn are found only after it is loaded.
    import sklearn.decomposition  # noqa: F401
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _fit(matrix: csr_matrix, topics: int, *, rough: bool) -> tuple[Floats, Floats]:
    model = _make_model(topics, init="nndsvda", **(_ROUGH_OPTIONS if rough else _FINE_OPTIONS))
    with warnings.catch_warnings():
        # The result after this many iterations is good enough.
        warnings.simplefilter("ignore")
        weights = model.fit_transform(matrix)
    return weights, model.components_


def compute_weights(matrix: csr_matrix, words: Floats) -> Floats:
    """Return the amount of given topics in each passage."""
    model = _make_model(len(words), **_FINE_OPTIONS)
    model.components_ = words
    model.n_components_, model.n_features_in_ = words.shape
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights: Floats = model.transform(matrix)
    return weights


def _make_model(topics: int, **options: Any) -> Any:
    from sklearn.decomposition import NMF

    return NMF(topics, random_state=0, **options)


def association(matrix: csr_matrix, weights: Floats) -> Floats:
    """Return how much each word sets each topic apart (topics x words); 0 if it does not.

    ``a ln(a / e)``: ``a`` is the weight of the topic in the passages that have the word, ``e`` the
    expected weight if topic and word were independent. This is the word's part in the
    log-likelihood ratio (Dunning 1993): a word must be both frequent in the topic and rarer
    elsewhere. If words are ordered by the factors' own weights instead, the first ten have .07 less
    NPMI.
    """
    has = matrix.copy()
    has.data = np.ones_like(has.data)
    here = np.asarray((has.T @ weights).T)
    passages = np.asarray(has.sum(axis=0)).ravel()
    expected = np.outer(weights.sum(axis=0), passages / max(matrix.shape[0], 1))
    more = here > expected
    ratio = np.divide(here, expected, out=np.ones_like(here), where=more)
    # Rounding keeps the last bits from deciding between equals.
    return np.asarray(np.where(more, here * np.log(ratio), 0.0).round(9))


def explained_share(matrix: csr_matrix, factors: Factors) -> Floats:
    """Return the share of each passage's tf–idf that the topics reconstruct, from 0 to 1.

    ``1 - |x - wH|² / |x|²`` where ``x`` is the passage, ``w`` its weights, ``H`` the topics; 0 for
    a passage without words.
    """
    weights = factors.weights
    squares = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    common = ((matrix @ factors.words.T) * weights).sum(axis=1)
    own = ((weights @ (factors.words @ factors.words.T)) * weights).sum(axis=1)
    gain = 2 * common - own
    share = np.divide(gain, squares, out=np.zeros_like(gain), where=squares > 0)
    return np.asarray(np.clip(share, 0, 1))
