"""The nearest passages are those of a comparison by brute force, whatever happened on the way."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportsearch import Archive, lexicon, structure
from reportsearch.normalise import fold
from reportsearch.search.engine import Engine, Origin
from reportsearch.search.memory import MemoryEngine
from reportsearch.search.postings.keys import to_pair_keys
from reportsearch.search.tfidf_index import NearPassage, TfidfIndex
from reportsearch.search.whoosh import WhooshEngine
from reportsearch.tokenizer import Tokenizer

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
    "县" * 300,
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
            writer.add(structure.parse_report(text, name, WORDS, TOKENIZER), Origin(name, "same"))


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
        # Imported here because it takes a second, and one worker alone needs it.
        from sklearn.feature_extraction.text import TfidfVectorizer

        passages = [
            (report.id, passage.number, fold(passage.text))
            for report in engine.reports()
            for passage in report.passages
        ]
        self.names = [(report, number) for report, number, _ in passages]
        texts = [text for _, _, text in passages]
        self._fitted = any(map(features, texts))
        if self._fitted:
            self._units = TfidfVectorizer(analyzer=features, sublinear_tf=True)
            self._matrix = self._units.fit_transform(texts)
            self._plain = TfidfVectorizer(analyzer=features, sublinear_tf=True, norm=None)
            self._plain.fit(texts)

    def nearest(self, text: str) -> list[NearPassage]:
        asked = features(fold(text))
        if not self._fitted or not asked:
            return []
        scores = (self._matrix @ self._units.transform([fold(text)]).T).toarray()[:, 0]
        known = np.linalg.norm(self._plain.transform([fold(text)]).toarray())
        unseen = [
            (1 + np.log(asked.count(feature))) * (1 + np.log(1 + len(self.names)))
            for feature in set(asked) - set(self._plain.vocabulary_)
        ]
        scores *= known / max(np.hypot(known, np.linalg.norm(unseen)), 1e-9)
        found = [
            NearPassage(*name, round(float(score), 6))
            for name, score in zip(self.names, scores, strict=True)
            if round(float(score), 6) > 0
        ]
        return sorted(found, key=lambda near: (-near.score, near.report, near.number))


def assert_same(found: Sequence[NearPassage], expected: Sequence[NearPassage]) -> None:
    """The same passages and order, but for scores that differ in the sixth decimal."""
    scores = {(near.report, near.number): near.score for near in expected}
    assert len(found) == len(scores)
    for near, other in zip(found, expected, strict=True):
        assert abs(near.score - other.score) < 1.5e-6
        assert abs(near.score - scores[near.report, near.number]) < 1.5e-6


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small") / "index"
    with Archive.create(place) as archive:
        texts = {"a.txt": SENTENCES, "b.txt": SENTENCES[3:], "c/d.txt": SENTENCES[:5] * 2}
        put(archive._engine, {name: "\n".join(lines) for name, lines in texts.items()})
    return place


@pytest.fixture
def small_copy(small_index: Path, tmp_path: Path) -> Path:
    """A copy of an index of three reports, for what does not depend on the size."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


def answers(vectors: TfidfIndex) -> list[list[NearPassage]]:
    queries = (*QUERIES, *SENTENCES)
    return [vectors.find_nearest(query, limit=1000) for query in queries]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, st.sampled_from((*QUERIES, *SENTENCES)))
def test_both_engines_give_what_brute_force_gives(texts: dict[str, str], query: str) -> None:
    memory = MemoryEngine(TOKENIZER)
    put(memory, texts)
    expected = BruteForce(memory).nearest(query)
    found = TfidfIndex(memory, TOKENIZER).find_nearest(query, limit=1000)
    assert_same(found, expected)
    with tempfile.TemporaryDirectory() as folder:
        disk = WhooshEngine(Path(folder), TOKENIZER, create=True)
        put(disk, texts)
        assert TfidfIndex(disk, TOKENIZER).find_nearest(query, limit=1000) == found
        disk.close()


def test_on_the_shipped_corpus_every_thirtieth_passage_finds_what_brute_force_finds(
    shipped_copy: Path,
) -> None:
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        brute = BruteForce(engine)
        vectors = TfidfIndex(engine, TOKENIZER)
        assert vectors.passage_count == len(brute.names) == vectors.count_candidates()
        for report in engine.reports():
            for passage in report.passages[::30]:
                expected = brute.nearest(passage.text)
                found = vectors.find_nearest(passage.text, limit=100_000)
                assert_same(found, expected)
                if found:
                    assert found[0].score == 1.0
                assert vectors.find_nearest(passage.text, limit=7) == found[:7]


STEPS = st.lists(
    st.tuples(REPORTS, st.sets(st.sampled_from(["a.txt", "b.txt", "e.txt"]))), max_size=4
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, STEPS)
def test_what_happened_on_the_way_makes_no_difference_to_the_last_bit(
    first: dict[str, str], steps: list[tuple[dict[str, str], set[str]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder), TOKENIZER, create=True)
        put(engine, first)
        TfidfIndex(engine, TOKENIZER)
        for added, removed in steps:
            put(engine, added, sorted(removed))
            updated = TfidfIndex(engine, TOKENIZER)
            fresh = MemoryEngine(TOKENIZER)
            put(fresh, {report.id: report.text for report in engine.reports()})
            expected = TfidfIndex(fresh, TOKENIZER)
            assert updated.passage_count == expected.passage_count
            assert answers(updated) == answers(expected)
            counted = counted_words(fresh)
            for one in (updated, expected):
                assert one.count_occurrences(list(counted)) == list(counted.values())
            assert norms(updated) == norms(expected)
        engine.close()


def counted_words(engine: Engine) -> dict[str, int]:
    """How often some words occur, by counting them; not in the order of their keys."""
    words = ("招商引资", "民政", "推进", "县县", "养老", "没有的词")
    found = [
        token.text
        for report in engine.reports()
        for passage in report.passages
        for token in TOKENIZER.cut(fold(passage.text))
    ]
    return {word: found.count(word) for word in words}


def norms(vectors: TfidfIndex) -> dict[str, list[float]]:
    return {
        report: vectors._norms[rows.start : rows.stop].tolist()
        for report, rows in vectors._rows.items()
    }


def test_a_field_and_reports_left_out_narrow_the_same_ranking() -> None:
    engine = MemoryEngine(TOKENIZER)
    put(engine, {"a.txt": "\n".join(SENTENCES), "b.txt": "\n".join(SENTENCES[3:])})
    vectors = TfidfIndex(engine, TOKENIZER)
    everything = vectors.find_nearest(SENTENCES[5], limit=100)
    assert {near.report for near in everything} == {"a.txt", "b.txt"}
    field = {"a.txt": [1, 3, 6, 99, 0], "none.txt": [1]}
    assert vectors.find_nearest(SENTENCES[5], limit=100, candidates=field) == [
        near for near in everything if near.report == "a.txt" and near.number in {1, 3, 6}
    ]
    assert vectors.count_candidates(candidates=field) == 3
    assert (
        vectors.count_candidates(candidates=field, without=["a.txt"])
        == vectors.count_candidates(candidates={})
        == 0
    )
    assert vectors.find_nearest(SENTENCES[5], limit=100, candidates={}) == []
    only = vectors.find_nearest(SENTENCES[5], limit=100, without=["b.txt", "none.txt"])
    assert only == [near for near in everything if near.report == "a.txt"]
    assert vectors.count_candidates(
        without=["b.txt"]
    ) == vectors.passage_count - vectors.count_candidates(without=["a.txt"])
    assert vectors.find_nearest(SENTENCES[5], limit=0) == []


def test_ties_stand_in_the_order_of_reports_and_passages() -> None:
    engine = MemoryEngine(TOKENIZER)
    put(engine, {"b.txt": "\n".join([SENTENCES[5]] * 3), "a.txt": "\n".join([SENTENCES[5]] * 2)})
    found = TfidfIndex(engine, TOKENIZER).find_nearest(SENTENCES[5], limit=4)
    assert [(near.report, near.number, near.score) for near in found] == [
        ("a.txt", 1, 1.0),
        ("a.txt", 2, 1.0),
        ("b.txt", 1, 1.0),
        ("b.txt", 2, 1.0),
    ]


def test_an_empty_index_and_texts_without_a_feature_have_no_hits(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, TOKENIZER, create=True)
    for texts in ({}, {"a.txt": "，。"}, {"a.txt": "县"}, {"a.txt": ""}):
        put(engine, texts)
        vectors = TfidfIndex(engine, TOKENIZER)
        assert vectors.find_nearest("县县", limit=5) == vectors.find_nearest("", limit=5) == []
        assert vectors.passage_count == engine.passage_count()


def test_whole_reports_gone_and_back_in_many_commits_change_no_bit(shipped_copy: Path) -> None:
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        before = TfidfIndex(engine, TOKENIZER)
        reports = list(engine.reports())
        for report in reports[:4]:
            with engine.writer() as writer:
                writer.remove(report.id)
            gone = TfidfIndex(engine, TOKENIZER)
            assert gone.passage_count < before.passage_count
            assert report.id not in {
                near.report for near in gone.find_nearest(report.text, limit=9999)
            }
        for report in reports[2::-1] + reports[3:4]:
            with engine.writer() as writer:
                writer.add(report, Origin(report.id, "back"))
            after = TfidfIndex(engine, TOKENIZER)
        assert norms(after) == norms(before)
        assert answers(after) == answers(before)


def test_an_index_of_an_earlier_version_loses_its_own_files(small_copy: Path) -> None:
    (small_copy / "reportsearch-notes").mkdir()
    (small_copy / "reportsearch-vectors").mkdir()
    (small_copy / "reportsearch-vectors" / "manifest.json").write_text("{}")
    (small_copy / "_reportsearch4_1.toc").write_text("")
    with Archive.open(small_copy) as archive:
        put(archive._engine, {"new.txt": "新的报告。"})
    assert not (small_copy / "reportsearch-vectors").exists()
    assert (small_copy / "reportsearch-notes").is_dir()


def test_a_purge_leaves_no_trace(small_copy: Path) -> None:
    key = int(to_pair_keys("机密")[0]).to_bytes(8, "little")

    def traces() -> list[Path]:
        return [path for path in small_copy.rglob("*.seg") if key in path.read_bytes()]

    with Archive.open(small_copy) as archive:
        put(archive._engine, {"secret.txt": "机密文字要删除。"})
        assert traces()
        put(archive._engine, {}, ["secret.txt"])
        with archive._engine.writer(purge=True):
            pass
        assert not traces()


def test_a_commit_stays_in_view_while_there_is_a_newer_one(shipped_copy: Path) -> None:
    with Archive.open(shipped_copy) as reader, Archive.open(shipped_copy) as writer:
        vectors = TfidfIndex(reader._engine, TOKENIZER)
        expected = answers(vectors)
        removed = vectors.find_nearest("招商引资项目", limit=1)[0].report
        put(writer._engine, {"new.txt": "\n".join(SENTENCES)}, [removed])
        newest = answers(TfidfIndex(writer._engine, TOKENIZER))
        assert removed not in {near.report for found in newest for near in found}
        assert answers(TfidfIndex(reader._engine, TOKENIZER)) == expected
        reader._engine.refresh()
        assert answers(TfidfIndex(reader._engine, TOKENIZER)) == newest
