"""The nearest passages are those of a comparison by brute force, whatever happened on the way."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from reportsearch import Archive, lexicon, structure
from reportsearch.engine import Engine, Origin
from reportsearch.engine.memory import MemoryEngine
from reportsearch.engine.whoosh import WhooshEngine
from reportsearch.normalise import fold
from reportsearch.tokens import Tokenizer
from reportsearch.vectorstore import Near, Vectors

WORDS = lexicon.load()
TOKENIZER = Tokenizer(WORDS)

SENTENCES = (
    "全面推进乡村振兴，发展特色产业。",
    "全面推进乡村振兴，产业兴旺，农民增收。",
    "落实招商引资项目*个，到位资金*亿元。",
    "落實招商引資項目12個，到位資金3.5億元。",
    "民政工作扎实推进，养老服务体系不断完善。",
    "分管民政、文旅、招商引资工作。",
    "分管民政、文旅、招商引资工作。",
    "，。！*",
    "县",
    "县县县县县县",
    "GDP增长6.5％，PM2.5下降⑵。",
)
REPORTS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "c/d.txt", "e.txt"]),
    st.lists(st.sampled_from(SENTENCES), max_size=6).map("\n".join),
    max_size=4,
)
QUERIES = ("招商引资项目", "", "，。", "全面推进乡村振兴，民政工作", "不曾有过的qwerty", "县县县")


def put(engine: Engine, texts: Mapping[str, str], removed: Sequence[str] = ()) -> None:
    with engine.writer() as writer:
        for name in removed:
            writer.remove(name)
        for name, text in texts.items():
            writer.put(structure.parse(text, name, WORDS, TOKENIZER), Origin(name, "same"))


def features(folded: str) -> list[str]:
    """The features of a passage as strings."""
    plain = "".join(char for char in folded if char.isalnum())
    words = [token.text for token in TOKENIZER.cut(folded) if len(token.text) > 1]
    return [f"pair {plain[at : at + 2]}" for at in range(len(plain) - 1)] + [
        f"word {word}" for word in words
    ]


class BruteForce:
    """Every passage compared by scikit-learn; what no passage has counts in the query's length."""

    def __init__(self, engine: Engine) -> None:
        passages = [
            (report.id, passage.number, fold(passage.text))
            for report in engine.reports()
            for passage in report.passages
        ]
        self.names = [(report, number) for report, number, _ in passages]
        self._texts = [text for _, _, text in passages]

    def nearest(self, text: str, among: set[tuple[str, int]] | None = None) -> list[Near]:
        asked = features(fold(text))
        if not self._texts or not asked or not any(map(features, self._texts)):
            return []
        model = TfidfVectorizer(analyzer=features, sublinear_tf=True)
        matrix = model.fit_transform(self._texts)
        scores = (matrix @ model.transform([fold(text)]).T).toarray()[:, 0]
        plain = TfidfVectorizer(analyzer=features, sublinear_tf=True, norm=None).fit(self._texts)
        known = np.linalg.norm(plain.transform([fold(text)]).toarray())
        unseen = [
            (1 + np.log(asked.count(feature))) * (1 + np.log(1 + len(self._texts)))
            for feature in set(asked) - set(plain.vocabulary_)
        ]
        scores *= known / max(np.hypot(known, np.linalg.norm(unseen)), 1e-9)
        found = [
            Near(*name, round(float(score), 6))
            for name, score in zip(self.names, scores, strict=True)
            if round(float(score), 6) > 0 and (among is None or name in among)
        ]
        return sorted(found, key=lambda near: (-near.score, near.report, near.number))


def assert_same(found: Sequence[Near], expected: Sequence[Near]) -> None:
    """The same passages; scores as near as the sixth decimal tells; order but for near ties."""
    assert [near.score for near in found] == pytest.approx(
        [near.score for near in expected], abs=1.5e-6
    )
    scores = {(near.report, near.number): near.score for near in expected}
    assert len(scores) == len(found)
    for near in found:
        assert scores[near.report, near.number] == pytest.approx(near.score, abs=1.5e-6)


def answers(vectors: Vectors) -> list[list[Near]]:
    queries = (*QUERIES, *SENTENCES)
    return [vectors.nearest(query, limit=1000) for query in queries]


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, st.sampled_from((*QUERIES, *SENTENCES)))
def test_both_engines_give_what_brute_force_gives(texts: dict[str, str], query: str) -> None:
    memory = MemoryEngine(TOKENIZER)
    put(memory, texts)
    expected = BruteForce(memory).nearest(query)
    found = Vectors.of(memory, TOKENIZER).nearest(query, limit=1000)
    assert_same(found, expected)
    with tempfile.TemporaryDirectory() as folder:
        disk = WhooshEngine(Path(folder), TOKENIZER, create=True)
        put(disk, texts)
        assert Vectors.of(disk, TOKENIZER).nearest(query, limit=1000) == found
        disk.close()


def test_on_the_shipped_corpus_every_fifth_passage_finds_what_brute_force_finds(
    shipped_copy: Path,
) -> None:
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        brute = BruteForce(engine)
        vectors = Vectors.of(engine, TOKENIZER)
        assert vectors.passages == len(brute.names) == vectors.compared()
        for report in list(engine.reports())[:4]:
            for passage in report.passages[::5]:
                expected = brute.nearest(passage.text)
                found = vectors.nearest(passage.text, limit=100_000)
                assert_same(found, expected)
                if found:
                    assert found[0].score == 1.0
                assert vectors.nearest(passage.text, limit=7) == found[:7]


STEPS = st.lists(
    st.tuples(REPORTS, st.sets(st.sampled_from(["a.txt", "b.txt", "e.txt"]))), max_size=4
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, STEPS)
def test_what_happened_on_the_way_makes_no_difference_to_the_last_bit(
    first: dict[str, str], steps: list[tuple[dict[str, str], set[str]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), TOKENIZER, create=True)
        put(engine, first)
        Vectors.of(engine, TOKENIZER)
        for added, removed in steps:
            put(engine, added, sorted(removed))
            updated = Vectors.of(engine, TOKENIZER)
            again = Vectors.of(engine, TOKENIZER)
            fresh = MemoryEngine(TOKENIZER)
            put(fresh, {report.id: report.text for report in engine.reports()})
            expected = Vectors.of(fresh, TOKENIZER)
            assert updated.passages == again.passages == expected.passages
            assert answers(updated) == answers(again) == answers(expected)
            for one in (updated, again):
                assert norms(one) == norms(expected)
        engine.close()


def norms(vectors: Vectors) -> dict[str, list[float]]:
    return {
        report: vectors._norms[rows.start : rows.stop].tolist()
        for report, rows in vectors._rows.items()
    }
