"""The nearest passages are those of a comparison by brute force, whatever happened on the way."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportsearch import Archive, lexicon, structure
from reportsearch.normalise import fold
from reportsearch.search import whoosh
from reportsearch.search.engine import Engine, Origin
from reportsearch.search.memory import MemoryEngine
from reportsearch.search.tfidf_index import NearPassage, TfidfIndex, cosine, update
from reportsearch.search.tfidf_index.features import hash_word
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
    found = TfidfIndex.of(memory, TOKENIZER).find_nearest(query, limit=1000)
    assert_same(found, expected)
    with tempfile.TemporaryDirectory() as folder:
        disk = WhooshEngine(Path(folder), TOKENIZER, create=True)
        put(disk, texts)
        assert TfidfIndex.of(disk, TOKENIZER).find_nearest(query, limit=1000) == found
        disk.close()


def test_on_the_shipped_corpus_every_thirtieth_passage_finds_what_brute_force_finds(
    shipped_copy: Path,
) -> None:
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        brute = BruteForce(engine)
        vectors = TfidfIndex.of(engine, TOKENIZER)
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
        TfidfIndex.of(engine, TOKENIZER)
        for added, removed in steps:
            put(engine, added, sorted(removed))
            updated = TfidfIndex.of(engine, TOKENIZER)
            again = TfidfIndex.of(engine, TOKENIZER)
            fresh = MemoryEngine(TOKENIZER)
            put(fresh, {report.id: report.text for report in engine.reports()})
            expected = TfidfIndex.of(fresh, TOKENIZER)
            assert updated.passage_count == again.passage_count == expected.passage_count
            assert answers(updated) == answers(again) == answers(expected)
            counted = counted_words(fresh)
            for one in (updated, again, expected):
                assert one.count_occurrences(list(counted)) == list(counted.values())
            for one in (updated, again):
                assert norms(one) == norms(expected)
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
    vectors = TfidfIndex.of(engine, TOKENIZER)
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
    found = TfidfIndex.of(engine, TOKENIZER).find_nearest(SENTENCES[5], limit=4)
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
        vectors = TfidfIndex.of(engine, TOKENIZER)
        assert vectors.find_nearest("县县", limit=5) == vectors.find_nearest("", limit=5) == []
        assert vectors.passage_count == engine.passage_count()
        vectors.close()


def test_progress_counts_all_passages(shipped_copy: Path) -> None:
    calls: list[tuple[int, int]] = []
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        TfidfIndex.of(engine, TOKENIZER, lambda done, every: calls.append((done, every)))
        passages = engine.passage_count()
        assert [done for done, _ in calls] == sorted(done for done, _ in calls)
        assert calls[-1] == (passages, passages)
        calls.clear()
        TfidfIndex.of(engine, TOKENIZER, lambda done, every: calls.append((done, every)))
        assert calls == []


def test_a_run_that_is_broken_off_leaves_nothing(shipped_copy: Path) -> None:
    def broken(done: int, _: int) -> None:
        if done > 60:
            raise ZeroDivisionError

    with Archive.open(shipped_copy) as archive:
        with pytest.raises(ZeroDivisionError):
            TfidfIndex.of(archive._engine, TOKENIZER, broken)
        assert stored(shipped_copy) == []


def test_whole_reports_gone_and_back_in_many_commits_change_no_bit(
    shipped_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that a small collection has several blocks and looks at features one by one.
    monkeypatch.setattr(update, "BLOCK", 50)
    monkeypatch.setattr(cosine, "LONG", 8)
    with Archive.open(shipped_copy) as archive:
        engine = archive._engine
        before = TfidfIndex.of(engine, TOKENIZER)
        reports = list(engine.reports())
        for report in reports[:4]:
            with engine.writer() as writer:
                writer.remove(report.id)
            gone = TfidfIndex.of(engine, TOKENIZER)
            assert gone.passage_count < before.passage_count
            assert report.id not in {
                near.report for near in gone.find_nearest(report.text, limit=9999)
            }
        for report in reports[2::-1] + reports[3:4]:
            with engine.writer() as writer:
                writer.add(report, Origin(report.id, "back"))
            after = TfidfIndex.of(engine, TOKENIZER)
        assert norms(after) == norms(before)
        assert answers(after) == answers(before)
        manifest = json.loads((shipped_copy / "reportsearch-vectors" / "manifest.json").read_text())
        assert len(manifest["content"]["segments"]) <= 4


def stored(place: Path) -> list[Path]:
    """The files of the store, but for the lock."""
    return sorted(
        path for path in (place / "reportsearch-vectors").iterdir() if path.name != "lock"
    )


def named(place: Path) -> set[str]:
    """The files that should be there."""
    content = json.loads((place / "reportsearch-vectors" / "manifest.json").read_text())["content"]
    kinds = ("features", "starts", "rows", "counts")
    arrays = {f"{one['name']}.{kind}.npy" for one in content["segments"] for kind in kinds}
    return {*arrays, content["sums"], "manifest.json"}


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    path.write_bytes(b"\x93NUMPY garbage" * 9)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-len(data) // 3] ^= 4
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "step"), [(Path.unlink, 1), (flip, 1), (cut_short, 3), (empty, 3), (overwrite, 3)]
)
def test_damage_to_any_file_is_made_good_without_a_word(
    damage: Callable[[Path], None], step: int, small_copy: Path
) -> None:
    with Archive.open(small_copy) as archive:
        engine = archive._engine
        expected = answers(TfidfIndex.of(engine, TOKENIZER))
        for number in range(0, len(stored(small_copy)), step):
            damage(stored(small_copy)[number])
            assert answers(TfidfIndex.of(engine, TOKENIZER)) == expected
            assert {path.name for path in stored(small_copy)} == named(small_copy)
            assert answers(TfidfIndex.of(engine, TOKENIZER)) == expected


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", "null", '"x"', '{"check": "", "content": {}}', "[" * 100_000, '{"content": []}'],
)
def test_a_manifest_of_another_kind_is_replaced(text: str, small_copy: Path) -> None:
    with Archive.open(small_copy) as archive:
        expected = answers(TfidfIndex.of(archive._engine, TOKENIZER))
        (small_copy / "reportsearch-vectors" / "manifest.json").write_text(text)
        assert answers(TfidfIndex.of(archive._engine, TOKENIZER)) == expected
        assert {path.name for path in stored(small_copy)} == named(small_copy)


def test_other_words_in_the_dictionary_make_a_new_store(small_copy: Path) -> None:
    other = Tokenizer(replace(WORDS, extra_words=(*WORDS.extra_words, "推进乡村")))
    with Archive.open(small_copy) as archive:
        engine = archive._engine
        before = set(stored(small_copy)) if TfidfIndex.of(engine, TOKENIZER) else set()
        with_word = TfidfIndex.of(engine, other)
        assert not before & set(stored(small_copy)) - {
            small_copy / "reportsearch-vectors" / "manifest.json"
        }
        memory = MemoryEngine(other)
        with memory.writer() as writer:
            for report in engine.reports():
                writer.add(report, Origin(report.id, ""))
        assert answers(with_word) == answers(TfidfIndex.of(memory, other))


def unwritable_lock(place: Path) -> None:
    (place / "reportsearch-vectors" / "lock").unlink(missing_ok=True)
    (place / "reportsearch-vectors" / "lock").mkdir(parents=True)


def file_for_folder(place: Path) -> None:
    shutil.rmtree(place / "reportsearch-vectors", ignore_errors=True)
    (place / "reportsearch-vectors").write_text("")


@pytest.mark.parametrize("spoil", [unwritable_lock, file_for_folder])
@pytest.mark.parametrize("kept", [True, False])
def test_where_nothing_can_be_written_the_answers_are_the_same(
    spoil: Callable[[Path], None], kept: bool, small_copy: Path
) -> None:
    with Archive.open(small_copy) as archive:
        engine = archive._engine
        if kept:
            TfidfIndex.of(engine, TOKENIZER)
        put(engine, {"new.txt": "\n".join(SENTENCES)})
        spoil(small_copy)
        unwritten = answers(TfidfIndex.of(engine, TOKENIZER))
        shutil.rmtree(small_copy / "reportsearch-vectors", ignore_errors=True)
        (small_copy / "reportsearch-vectors").unlink(missing_ok=True)
        assert unwritten == answers(TfidfIndex.of(engine, TOKENIZER))


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_the_folder_is_for_its_owner_alone(small_copy: Path) -> None:
    with Archive.open(small_copy) as archive:
        TfidfIndex.of(archive._engine, TOKENIZER)
    assert stat.S_IMODE((small_copy / "reportsearch-vectors").stat().st_mode) == 0o700


def test_purging_and_erasing_leave_no_trace(small_copy: Path) -> None:
    (small_copy / "reportsearch-notes").mkdir()
    with Archive.open(small_copy) as archive:
        engine = archive._engine
        put(engine, {"secret.txt": "机密文字要删除。"})
        TfidfIndex.of(engine, TOKENIZER)
        put(engine, {}, ["secret.txt"])
        TfidfIndex.of(engine, TOKENIZER)
        with engine.writer(purge=True):
            pass
        assert not (small_copy / "reportsearch-vectors").exists()
        TfidfIndex.of(engine, TOKENIZER)
        key = hash_word("机密").to_bytes(8, "little")
        assert not any(key in path.read_bytes() for path in stored(small_copy))
    whoosh.WhooshEngine.erase(small_copy)
    assert not (small_copy / "reportsearch-vectors").exists()
    assert (small_copy / "reportsearch-notes").is_dir()


ASK = """
import json, sys
from pathlib import Path
from reportsearch import lexicon
from reportsearch.search.whoosh import WhooshEngine
from reportsearch.tokenizer import Tokenizer
from reportsearch.search.tfidf_index import TfidfIndex, update
tokenizer = Tokenizer(lexicon.load())
update.BLOCK = 20
while line := sys.stdin.readline():
    place, stop = json.loads(line)
    engine = WhooshEngine(Path(place), tokenizer)
    def progress(done, every):
        if done >= stop:
            print("there", flush=True)
            sys.stdin.read()
    print("ready", flush=True)
    sys.stdin.readline()
    vectors = TfidfIndex.of(engine, tokenizer, progress if stop else None)
    found = vectors.find_nearest("招商引资项目", limit=9)
    vectors.close()
    engine.close()
    print([(near.report, near.number, near.score) for near in found], flush=True)
"""

Asking = Callable[..., AbstractContextManager[subprocess.Popen[str]]]


@pytest.fixture(scope="module")
def asking() -> Iterator[Asking]:
    """Other processes, each ready to ask an index; one halts when so many passages are done."""
    started: list[subprocess.Popen[str]] = []
    idle: list[subprocess.Popen[str]] = []

    @contextmanager
    def ask(place: Path, stop: int = 0) -> Iterator[subprocess.Popen[str]]:
        if not idle:
            process = subprocess.Popen(
                [sys.executable, "-c", ASK],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            started.append(process)
            idle.append(process)
        process = idle.pop()
        go_on(process, json.dumps([str(place), stop]))
        assert said(process) == "ready\n"
        yield process
        if not stop:
            idle.append(process)

    yield ask
    for process in started:
        process.kill()
        process.communicate()


def go_on(process: subprocess.Popen[str], line: str = "") -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def printed(vectors: TfidfIndex) -> str:
    found = vectors.find_nearest("招商引资项目", limit=9)
    return f"{[(near.report, near.number, near.score) for near in found]}\n"


def test_two_processes_at_once_both_answer_right(shipped_copy: Path, asking: Asking) -> None:
    with Archive.open(shipped_copy) as archive:
        expected = printed(TfidfIndex.of(archive._engine, TOKENIZER))
        shutil.rmtree(shipped_copy / "reportsearch-vectors")
    with asking(shipped_copy) as one, asking(shipped_copy) as other:
        go_on(one)
        go_on(other)
        assert said(one) == said(other) == expected
    assert {path.name for path in stored(shipped_copy)} == named(shipped_copy)


def test_one_that_waits_too_long_and_one_after_a_kill_answer_right(
    shipped_copy: Path, asking: Asking
) -> None:
    with Archive.open(shipped_copy) as archive, asking(shipped_copy, 150) as builder:
        go_on(builder)
        assert said(builder) == "there\n"
        left = {path.name for path in stored(shipped_copy)}
        assert left
        in_memory = TfidfIndex.of(archive._engine, TOKENIZER, wait=0.1)
        assert {path.name for path in stored(shipped_copy)} == left
        builder.kill()
        builder.wait()
        after = TfidfIndex.of(archive._engine, TOKENIZER, wait=10)
        assert answers(after) == answers(in_memory)
        assert {path.name for path in stored(shipped_copy)} == named(shipped_copy)
        assert not left & named(shipped_copy)


def test_a_commit_stays_in_view_while_another_process_goes_on(
    shipped_copy: Path, asking: Asking
) -> None:
    with Archive.open(shipped_copy) as reader, Archive.open(shipped_copy) as writer:
        vectors = TfidfIndex.of(reader._engine, TOKENIZER)
        expected = answers(vectors)
        removed = vectors.find_nearest("招商引资项目", limit=1)[0].report
        put(writer._engine, {"new.txt": "\n".join(SENTENCES)}, [removed])
        with asking(shipped_copy) as other:
            go_on(other)
            newest = said(other)
        assert removed not in newest
        assert answers(vectors) == expected
        assert answers(TfidfIndex.of(reader._engine, TOKENIZER)) == expected
        assert printed(TfidfIndex.of(writer._engine, TOKENIZER)) == newest
        reader._engine.refresh()
        assert printed(TfidfIndex.of(reader._engine, TOKENIZER)) == newest
